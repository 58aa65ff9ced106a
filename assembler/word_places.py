"""Places in a Word document for adopt: what is a field already, boxes, table heads."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from assembler.blanks import find_blanks
from assembler.errors import TemplateError
from assembler.locate import tag_problem
from assembler.names import field_of, is_field_bookmark
from assembler.notations import Marker, field_spans
from assembler.rows_head import field_name
from assembler.tag_text import tags_in
from assembler.tags import TagError, mark_simple_tags
from assembler.word_fields import mark_controls, mark_merge_fields
from assembler.wordml import (
    ALTERNATIVES,
    CELL,
    PARAGRAPH,
    ROW,
    TABLE,
    Element,
    Story,
    bookmarks,
    in_fallback,
    paragraphs,
    text_of,
)

Spans = tuple[tuple[int, int], ...]
# Heads that say nothing of what is to be filled in.
_EMPTY_HEADS = re.compile(
    "(?:数值|数量|数字|值|内容|填写内容|填写|具体内容|备注|结果|单位|序号)?"
)
_LONGEST_HEAD = 20


def field_names(roots: Iterable[Element]) -> frozenset[str]:
    """The names of the fields that these parts have, in any notation but brackets."""
    copies = [deepcopy(root) for root in roots]
    marker = Marker(copies)
    for copy in copies:
        _mark(copy, marker)
    marks = (
        mark.name for copy in copies for mark in bookmarks(copy, is_field_bookmark)
    )
    return frozenset(field_of(name) or "" for name in marks)


def _mark(root: Element, marker: Marker) -> None:
    """Turn all notations but brackets into bookmarks; TagError where a tag is bad."""
    mark_controls(root, marker)
    mark_merge_fields(root, marker)
    mark_simple_tags(root, marker)


def field_stretches(roots: Mapping[Story, Element], name: str) -> dict[Element, Spans]:
    """What of each paragraph is a field already, in any notation but brackets.

    Args:
        roots: story → root of its part; left as they are.
        name: the document's file name, for messages.

    Raises:
        TemplateError: a tag cannot be understood.
    """
    copies = {story: deepcopy(root) for story, root in roots.items()}
    marker = Marker(copies.values())
    found: dict[Element, Spans] = {}
    for story, copy in copies.items():
        try:
            _mark(copy, marker)
        except TagError as error:
            problem = tag_problem(error, story, copy)
            message = f"“{name}”里有标签写得不对，要先改好。"
            raise TemplateError(message, (problem,)) from error
        pairs = zip(
            paragraphs(roots[story], fallback=True),
            paragraphs(copy, fallback=True),
            strict=True,
        )
        spans = field_spans(copy)
        for original, marked in pairs:
            text = text_of(original)
            own = _translated(sorted(spans.get(marked, [])), text_of(marked), text)
            found[original] = (*own, *tags_in(text))
    return found


def _translated(
    spans: list[tuple[int, int]], marked: str, text: str
) -> Iterator[tuple[int, int]]:
    """Yield where the fields stand in the text as it was before it was marked.

    An empty merge field shows its name only once it is marked.
    """
    shift = 0
    for start, end in spans:
        first, last = start - shift, end - shift
        if len(marked) == len(text) or text[first:last] == marked[start:end]:
            yield first, last
        else:
            shift += end - start


def twins_of(root: Element) -> dict[Element, Element]:
    """Paragraph of a text box → the same paragraph in the box's fallback."""
    sides: dict[Element, tuple[list[Element], list[Element]]] = {}
    for paragraph in paragraphs(root, fallback=True):
        home = next(paragraph.iterancestors(ALTERNATIVES), None)
        if home is not None:
            sides.setdefault(home, ([], []))[in_fallback(paragraph)].append(paragraph)
    return {
        own: twin
        for modern, fallback in sides.values()
        for own, twin in zip(modern, fallback, strict=False)
        if text_of(own) == text_of(twin)
    }


@dataclass(frozen=True, slots=True)
class CellHeads:
    """The words of a table that say what a cell of it holds.

    Attributes:
        row: the head of its row, empty where there is none.
        column: the head of its column.
        unit: the unit that one of the heads has in brackets.
    """

    row: str = ""
    column: str = ""
    unit: str = ""

    @property
    def words(self) -> str:
        """The heads as words before the cell's text."""
        return self.row + self.column

    @property
    def note(self) -> str:
        """Where the cell is, for people."""
        return f"表格里“{'”“'.join(filter(None, (self.row, self.column)))}”这一格"


def cell_heads(paragraph: Element) -> CellHeads | None:
    """The heads for a paragraph in a table; None for one elsewhere, or without."""
    cell = next(paragraph.iterancestors(CELL), None)
    row = next(paragraph.iterancestors(ROW), None)
    table = next(paragraph.iterancestors(TABLE), None)
    if cell is None or row is None or table is None:
        return None
    cells = list(row.iter(CELL))
    before = [_head(other) for other in cells[: cells.index(cell)]]
    first = list(next(table.iter(ROW)).iter(CELL))
    above = _head(first[cells.index(cell)]) if len(first) == len(cells) else ("", "")
    across = next((head for head in before if head[0]), ("", ""))
    if first[0] is cells[0]:
        above = ("", "")
    heads = CellHeads(across[0], above[0], across[1] or above[1])
    return heads if heads.words else None


def _head(cell: Element) -> tuple[str, str]:
    """A cell's words and unit, if it is a head: short, and without a blank."""
    text = "".join(text_of(paragraph) for paragraph in cell.iter(PARAGRAPH))
    name, unit = field_name(text)
    if len(name) > _LONGEST_HEAD or find_blanks(text):
        return "", ""
    return "" if _EMPTY_HEADS.fullmatch(name) else name, unit or ""
