"""Field names, and the names of the bookmarks that carry them in Word.

A field is a bookmark ``字段_<name>``; its further places are ``字段_<name>__2``,
``__3``. Word takes bookmark names of at most 40 characters that begin with a letter
and hold letters, digits and underscores.
"""

import re
import unicodedata
from difflib import get_close_matches

FIELD_PREFIX = "字段_"
LONGEST_NAME = 32
_COPIES = re.compile("(?<=.)(?:_Copy_[0-9]+)+$")
_FURTHER_PLACE = re.compile("(?<=.)__[0-9]+$")
# Below this likeness a suggestion misleads more than it helps.
_LIKENESS = 0.5


def normalised(text: str) -> str:
    """A head or name as it is compared: NFKC, blanks removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_valid(name: str) -> bool:
    """Whether a name can be a field's.

    An identifier of letters, digits and ``_``, at most 32 of them, that does not end
    as the name of a further place or of a copy does.
    """
    return (
        name.isidentifier()
        and name.replace("_", "").isalnum()
        and len(name) <= LONGEST_NAME
        and field_of(bookmark_name(name, 1)) == normalised(name)
    )


def bookmark_name(field: str, place: int) -> str:
    """The bookmark of a field's n-th place, counted from 1."""
    suffix = f"__{place}" if place > 1 else ""
    return f"{FIELD_PREFIX}{field}{suffix}"


def is_field_bookmark(name: str) -> bool:
    """Whether a bookmark of this name carries a field."""
    return bool(field_of(name))


def field_of(bookmark: str) -> str | None:
    """The field that a bookmark carries, None where it is not one of ours.

    LibreOffice names the bookmarks of a copied paragraph ``…_Copy_1``; they are
    places of the same field.
    """
    if not bookmark.startswith(FIELD_PREFIX):
        return None
    name = normalised(bookmark.removeprefix(FIELD_PREFIX))
    return _FURTHER_PLACE.sub("", _COPIES.sub("", name)) or None


def copied_from(bookmark: str) -> str:
    """The bookmark that LibreOffice has copied to one of this name; else the same."""
    return _COPIES.sub("", bookmark)


def place_of(bookmark: str) -> int:
    """The number of the place that a field's bookmark marks, 1 for the first."""
    number = _FURTHER_PLACE.search(_COPIES.sub("", bookmark))
    return int(number.group().lstrip("_")) if number else 1


def nearest(name: str, others: list[str]) -> str | None:
    """The most similar of these names, None where none is alike."""
    found = get_close_matches(name, others, n=1, cutoff=_LIKENESS)
    return found[0] if found else None
