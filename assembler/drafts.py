"""What a file that already lies in a draft's place is to us."""

import os
from enum import StrEnum
from pathlib import Path

from lxml import etree

from assembler.errors import AssemblerError
from assembler.fingerprint import fingerprint
from assembler.package import read_package
from assembler.record import read_record

_LOCK_MARK, _UNCUT_STEM = "~$", 6


class Standing(StrEnum):
    """How a file stands to the draft that is to be written there."""

    ABSENT = "absent"
    UNCHANGED = "unchanged"
    EDITED = "edited"
    FOREIGN = "foreign"
    OTHER_TEMPLATE = "other-template"
    OPEN = "open"


def standing(path: Path, template: str) -> Standing:
    """Judge the file at a path by its content, never by its time.

    Args:
        path: where a draft is to be written.
        template: the name of the template that makes it.
    """
    if not path.exists():
        return Standing.ABSENT
    if lock_of(path) is not None:
        return Standing.OPEN
    try:
        package = read_package(path)
        record = read_record(package)
        content = fingerprint(package)
    except (AssemblerError, etree.XMLSyntaxError, KeyError):
        return Standing.FOREIGN
    if record is None:
        return Standing.FOREIGN
    if record.fingerprint != content:
        return Standing.EDITED
    return (
        Standing.UNCHANGED if record.template == template else (Standing.OTHER_TEMPLATE)
    )


def lock_of(path: Path) -> Path | None:
    """The file that tells that somebody has a document open; None where none does.

    Word leaves ``~$`` with the document's name beside it, WPS ``.~``, LibreOffice
    ``.~lock.`` and ``#``. Word's ``~$`` takes the place of what a stem has beyond six
    characters, of two at most: documents whose names differ in these alone share it.
    """
    replaced = min(max(len(path.stem) - _UNCUT_STEM, 0), len(_LOCK_MARK))
    names = (
        _LOCK_MARK + path.name[replaced:],
        f".~{path.name}",
        f".~lock.{path.name}#",
    )
    locks = (path.with_name(name) for name in names)
    # Not pathlib: names that are too long for a lock are an error to it.
    return next((lock for lock in locks if os.path.exists(lock)), None)  # noqa: PTH110 - see above
