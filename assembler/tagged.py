"""A part after its tags were carried out, made a part that Word opens again.

A loop repeats ids and names that may stand once only, and a tag may take away what a
table or cell cannot do without. Nothing here knows of the tag language.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from assembler.names import bookmark_name, field_of, is_field_bookmark, place_of
from assembler.wordml import (
    BOOKMARK_END,
    BOOKMARK_START,
    CELL,
    CONTROL_PROPERTIES,
    IDENTIFIER,
    NAME,
    PARAGRAPH,
    ROW,
    TABLE,
    TEXT_BOX,
    VALUE,
    Bookmark,
    Element,
    bookmarks,
    highest_bookmark_id,
    in_fallback,
    remove,
    w,
)

_DRAWING_PROPERTIES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
)
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PARAGRAPH_ID = _WORD_2010 + "paraId"
_PARAGRAPH_IDS = frozenset({_PARAGRAPH_ID, _WORD_2010 + "textId"})
_GRID, _GRID_COLUMN, _WIDTH = w("tblGrid"), w("gridCol"), w("w")
_SPAN = w("gridSpan")
# What must hold a paragraph (ISO/IEC 29500-1, 17.4.65 and the like for the others).
_HOLDERS = (CELL, TEXT_BOX, w("hdr"), w("ftr"), w("footnote"), w("endnote"))


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which numbers a part may give to what its loops repeat.

    Attributes:
        highest_id: the highest bookmark id in the package.
        highest_place: the highest number of a field's place in the package.
        lane: this part's rank among the parts with tags.
        lanes: how many those are: each takes every such number only, so that no two
            give the same name.
    """

    highest_id: int
    highest_place: int
    lane: int = 0
    lanes: int = 1

    def places(self) -> Iterator[int]:
        """The numbers for further places of a field."""
        return count(self.highest_place + 1 + self.lane, self.lanes)


def numberings(roots: Iterable[Element], lanes: int) -> list[Numbering]:
    """The numbers that are free for each of so many parts with tags.

    Args:
        roots: the roots of all parts.
        lanes: how many parts have tags.
    """
    known = list(roots)
    highest_place = max(
        (
            place_of(pair.name)
            for root in known
            for pair in bookmarks(root, is_field_bookmark)
        ),
        default=1,
    )
    highest_id = highest_bookmark_id(known)
    return [Numbering(highest_id, highest_place, lane, lanes) for lane in range(lanes)]


def mend(root: Element, numbering: Numbering) -> None:
    """Make a part whose tags were carried out fit for Word.

    Args:
        root: the part, changed in place.
        numbering: the numbers that are free for it.
    """
    _part_bookmarks(root, numbering)
    _part_identifiers(root)
    _mend_tables(root)
    for holder in root.iter(*_HOLDERS):
        last = holder[-1].tag if len(holder) else None
        if last == TABLE or next(holder.iter(PARAGRAPH), None) is None:
            holder.append(holder.makeelement(PARAGRAPH))


def _part_bookmarks(root: Element, numbering: Numbering) -> None:
    pairs = bookmarks(root, lambda _: True)
    _drop_lone_marks(root, pairs)
    ids = count(numbering.highest_id + 1)
    used: set[str | None] = set()
    names = _Names(numbering)
    for pair in pairs:
        name = names.name_for(pair)
        if name is None:
            remove(pair.start)
            remove(pair.end)
            continue
        pair.start.set(NAME, name)
        identifier = pair.start.get(IDENTIFIER)
        if identifier in used:
            identifier = str(next(ids))
            pair.start.set(IDENTIFIER, identifier)
            pair.end.set(IDENTIFIER, identifier)
        used.add(identifier)


def _drop_lone_marks(root: Element, pairs: list[Bookmark]) -> None:
    """Drop marks whose partner went with the paragraph of a tag."""
    paired = {mark for pair in pairs for mark in (pair.start, pair.end)}
    for mark in list(root.iter(BOOKMARK_START, BOOKMARK_END)):
        if mark not in paired:
            remove(mark)


class _Names:
    """Gives each turn of a loop its own bookmark names."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._places: dict[str, Iterator[int]] = {}
        # Name in the template → the one that stands for it in this turn.
        self._current: dict[str, str] = {}

    def name_for(self, pair: Bookmark) -> str | None:
        """The bookmark's name; None where it stands already and is not a field's."""
        if pair.name not in self._current:
            self._current[pair.name] = pair.name
        elif not in_fallback(pair.start):
            field = field_of(pair.name)
            if field is None:
                return None
            places = self._places.setdefault(field, self._numbering.places())
            self._current[pair.name] = bookmark_name(field, next(places))
        return self._current[pair.name]


def _part_identifiers(root: Element) -> None:
    """Let ids of drawings, paragraphs and content controls stand once only."""
    drawings = list(root.iter(_DRAWING_PROPERTIES))
    free = count(max((_number(d.get("id")) for d in drawings), default=0) + 1)
    seen: Counter[tuple[str, str | None]] = Counter()
    for drawing in drawings:
        if not in_fallback(drawing) and _is_double(seen, "drawing", drawing.get("id")):
            drawing.set("id", str(next(free)))
    for paragraph in root.iter(PARAGRAPH, ROW):
        if _is_double(seen, "paragraph", paragraph.get(_PARAGRAPH_ID)):
            for name in _PARAGRAPH_IDS.intersection(map(str, paragraph.keys())):
                del paragraph.attrib[name]
    for properties in root.iter(CONTROL_PROPERTIES):
        identifier = properties.find(IDENTIFIER)
        if identifier is not None and _is_double(
            seen, "control", identifier.get(VALUE)
        ):
            properties.remove(identifier)


def _is_double(
    seen: "Counter[tuple[str, str | None]]", kind: str, identifier: str | None
) -> bool:
    seen[kind, identifier] += 1
    return identifier is not None and seen[kind, identifier] > 1


def _mend_tables(root: Element) -> None:
    for row in list(root.iter(ROW)):
        if next(row.iter(CELL), None) is None:
            remove(row)
    for table in list(root.iter(TABLE)):
        if next(table.iter(ROW), None) is None:
            remove(table)
        else:
            _widen_grid(table)


def _widen_grid(table: Element) -> None:
    """Give a table whose rows grew as many columns, in the same width in all."""
    grid = table.find(_GRID)
    widest = max(sum(map(_span, row.iterchildren(CELL))) for row in _rows(table))
    if grid is None or widest <= len(columns := list(grid.iterchildren(_GRID_COLUMN))):
        return
    width = sum(_number(column.get(_WIDTH)) for column in columns)
    for _ in range(widest - len(columns)):
        columns.append(grid.makeelement(_GRID_COLUMN))
        grid.append(columns[-1])
    for column in columns:
        column.set(_WIDTH, str(width // widest))


def _rows(table: Element) -> list[Element]:
    return [row for row in table.iter(ROW) if next(row.iterancestors(TABLE)) is table]


def _span(cell: Element) -> int:
    for span in cell.iterfind(f"{w('tcPr')}/{_SPAN}"):
        return _number(span.get(VALUE))
    return 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
