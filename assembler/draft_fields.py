"""The fields of a draft as they now stand, whoever has changed what since merge.

A bookmark tells where a figure is, not how far it reaches: who selects a figure and
types another leaves but the first digit inside. What a person reads as one number is
one here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assembler.document import Document, ReadStory
from assembler.names import field_of, is_field_bookmark
from assembler.wordml import (
    Bookmark,
    CrossingError,
    Element,
    bookmark_span,
    bookmarks,
    in_fallback,
)

_DIGITS_BEFORE = re.compile(r"(?:\d[.,]?)+$")
_DIGITS_AFTER = re.compile(r"(?:[.,]?\d)+")
_NUMERIC = re.compile(r"[\d.,]*")


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """One place of a field.

    Attributes:
        field: the field's name.
        text: what stands there now.
        part: the part it stands in.
        paragraph: the paragraph's number.
        start: first character in the paragraph's text.
        end: one past the last.
        after: up to twelve characters behind it.
    """

    field: str
    text: str
    part: str
    paragraph: int
    start: int
    end: int
    after: str


_WORDS_BEHIND = 12


def draft_places(document: Document) -> Mapping[str, tuple[DraftPlace, ...]]:
    """Field name → its places, in reading order."""
    found: dict[str, list[DraftPlace]] = {}
    for story in document.stories:
        numbers = {element: number for number, element in story.elements.items()}
        for bookmark in bookmarks(story.root, is_field_bookmark):
            if in_fallback(bookmark.start):
                continue
            for place in _places(bookmark, story, numbers):
                found.setdefault(place.field, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _places(
    bookmark: Bookmark, story: ReadStory, numbers: Mapping[Element, int]
) -> Iterator[DraftPlace]:
    try:
        paragraph, start, end = bookmark_span(bookmark)
    except CrossingError:
        return
    if paragraph not in numbers:
        return
    number = numbers[paragraph]
    text = story.paragraph(number).text
    start, end = whole_number(text, start, end)
    yield DraftPlace(
        field=field_of(bookmark.name) or "",
        text=text[start:end],
        part=story.story.part,
        paragraph=number,
        start=start,
        end=end,
        after=text[end : end + _WORDS_BEHIND],
    )


def whole_number(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of digits with the digits that touch it.

    Args:
        text: the paragraph.
        start: first character of the stretch.
        end: one past its last; the stretch may be empty.

    Returns:
        Start and end of the whole number; the same where it is no number.
    """
    if not _NUMERIC.fullmatch(text[start:end]):
        return start, end
    after = _DIGITS_AFTER.match(text, end)
    before = _DIGITS_BEFORE.search(text[:start])
    return (
        before.start() if before else start,
        after.end() if after else end,
    )
