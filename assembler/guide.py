"""The guide 字段说明 at the end of a template: what its fields are.

A heading paragraph 字段说明, then a table with the head row 字段, 类型, 单位, 算式 and
说明. Staff edit it in Word; merge reads it and leaves it out of the draft. A row with
校核 in its first cell holds a relation in 算式; 校核（提醒） makes it soft. A 说明 that
begins with 选填 makes a field optional, ``默认：…`` in it gives the text that is
printed where a row has none; 只用于校核 at its beginning marks a field that no speech
prints.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assembler.names import normalised
from assembler.wordml import (
    BODY,
    BOOKMARK_END,
    BOOKMARK_START,
    CELL,
    IDENTIFIER,
    MARKS,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    PICTURES,
    ROW,
    SECTION_PROPERTIES,
    TABLE,
    TYPE,
    Element,
    pieces,
    remove,
    text_of,
)

HEADING = "字段说明"
COLUMNS = ("字段", "类型", "单位", "算式", "说明")
RELATION = "校核"
SOFT_RELATION = "校核（提醒）"
_SOFT_RELATION = normalised(SOFT_RELATION)
_OPTIONAL = "选填"
_DEFAULT = re.compile("默认[：:](.*)", re.DOTALL)
_UNPRINTED = "只用于校核"


@dataclass(frozen=True, slots=True)
class GuideRow:
    """What the guide says of one field; empty strings where it says nothing.

    Attributes:
        name: the field's name.
        kind: the 类型 as written.
        unit: the 单位 as written.
        formula: the right-hand side of its 算式.
        note: the 说明.
    """

    name: str
    kind: str = ""
    unit: str = ""
    formula: str = ""
    note: str = ""

    @property
    def optional(self) -> bool:
        """Whether a row may leave the field out."""
        return self.note.startswith(_OPTIONAL)

    @property
    def default(self) -> str | None:
        """What is printed where a row leaves the field out."""
        found = _DEFAULT.search(self.note)
        return found[1].strip() if found else None

    @property
    def printed(self) -> bool:
        """Whether the speech prints the field at all."""
        return not self.note.startswith(_UNPRINTED)


@dataclass(frozen=True, slots=True)
class GuideRelation:
    """A relation between fields: the text of the 算式, why, and whether it is soft."""

    text: str
    note: str
    soft: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """A template's guide: field name → row, and the relations."""

    rows: dict[str, GuideRow]
    relations: tuple[GuideRelation, ...] = ()


def guide_lines(guide: Guide) -> list[tuple[str, str, str, str, str]]:
    """The lines of a guide's table, its head first."""
    return [
        COLUMNS,
        *((r.name, r.kind, r.unit, r.formula, r.note) for r in guide.rows.values()),
        *(
            (SOFT_RELATION if r.soft else RELATION, "", "", r.text, r.note)
            for r in guide.relations
        ),
    ]


def read_guide(root: Element) -> Guide | None:
    """The guide of a main part, None where it has none."""
    found = find_guide(root)
    return None if found is None else _read(found[1])


def remove_guide(root: Element) -> None:
    """Take the guide out: heading, table, what stands between and empty rest.

    Empty paragraphs and page breaks right before the heading go too; where the guide
    was a section of its own, the speech's last section becomes the document's.
    """
    found = find_guide(root)
    if found is None:
        return
    heading, table = found
    body = heading.getparent()
    if body is None:
        return
    children = list(body)
    first, last = children.index(heading), children.index(table)
    while first > 0 and _may_go(children[first - 1]):
        first -= 1
    before = children[first - 1] if first > 0 else None
    if before is not None:
        _drop_closing_page_break(before)
    while last + 1 < len(children) and _is_blank_paragraph(children[last + 1]):
        last += 1
    _keep_ends(children[first : last + 1], before)
    for element in children[first : last + 1]:
        remove(element)
    _close(body)


def find_guide(root: Element) -> tuple[Element, Element] | None:
    """The guide's heading and table, where the last such heading stands."""
    body = root.find(BODY)
    if body is None:
        return None
    found = None
    for heading in body.iterchildren(PARAGRAPH):
        if normalised(text_of(heading)) == HEADING:
            table = next(heading.itersiblings(TABLE), None)
            if table is not None and _is_guide_table(table):
                found = (heading, table)
    return found


def _is_guide_table(table: Element) -> bool:
    head = next(_rows(table), [])
    return tuple(normalised(cell) for cell in head[:2]) == COLUMNS[:2]


def _rows(table: Element) -> Iterator[list[str]]:
    for row in table.iter(ROW):
        yield [
            "\n".join(text_of(p) for p in cell.iter(PARAGRAPH)).strip()
            for cell in row.iter(CELL)
        ]


def _read(table: Element) -> Guide:
    head, *lines = _rows(table)
    columns = [normalised(cell) for cell in head]
    rows: dict[str, GuideRow] = {}
    relations: list[GuideRelation] = []
    for line in lines:
        cells = dict(zip(columns, line, strict=False))
        name, kind, unit, formula, note = (cells.get(c, "") for c in COLUMNS)
        field = normalised(name)
        if field in (RELATION, _SOFT_RELATION):
            relations.append(GuideRelation(formula, note, field == _SOFT_RELATION))
        elif field:
            rows.setdefault(field, GuideRow(field, kind, unit, formula, note))
    return Guide(rows, tuple(relation for relation in relations if relation.text))


def _is_blank_paragraph(element: Element) -> bool:
    """Whether an element is a paragraph without text that ends no section."""
    return (
        element.tag == PARAGRAPH
        and not text_of(element).strip()
        and element.find(f"{PARAGRAPH_PROPERTIES}/{SECTION_PROPERTIES}") is None
        and next(element.iter(*PICTURES), None) is None
    )


def _drop_closing_page_break(element: Element) -> None:
    """Drop the page break with which the speech's last paragraph may end."""
    for piece in pieces(element)[-1:]:
        if piece.element.get(TYPE) == "page":
            remove(piece.element)


def _may_go(element: Element) -> bool:
    """Whether an element before the guide is blank, and no table needs it."""
    previous = element.getprevious()
    behind_table = previous is not None and previous.tag == TABLE
    return _is_blank_paragraph(element) and not behind_table


def _keep_ends(removed: list[Element], before: Element | None) -> None:
    """Move the ends of bookmarks that begin in the speech to the speech's end."""
    starts = {e.get(IDENTIFIER) for root in removed for e in root.iter(BOOKMARK_START)}
    ends = [end for root in removed for end in root.iter(BOOKMARK_END)]
    for end in ends:
        if end.get(IDENTIFIER) in starts:
            continue
        if before is not None and before.tag == PARAGRAPH:
            before.append(end)
        else:
            removed[0].addprevious(end)


def _close(body: Element) -> None:
    """Let the body end as Word wants it: a paragraph, then the last section."""
    content = [e for e in body if e.tag not in MARKS and e.tag != SECTION_PROPERTIES]
    closing = body.find(SECTION_PROPERTIES)
    if not content:
        return
    last = content[-1]
    if last.tag == TABLE:
        last.addnext(last.makeelement(PARAGRAPH))
    section = last.find(f"{PARAGRAPH_PROPERTIES}/{SECTION_PROPERTIES}")
    if section is None or closing is None:
        return
    body.replace(closing, section)
    if not text_of(last).strip() and not any(child.tag in MARKS for child in last):
        remove(last)
