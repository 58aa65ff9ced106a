"""The guide written into any Word document: a plain table on a page of its own.

Its paragraphs carry their own format, since the document's styles are not ours.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy

from assembler.guide import (
    COLUMNS,
    HEADING,
    RELATION,
    Guide,
    GuideRow,
    guide_lines,
)
from assembler.names import normalised
from assembler.wordml import (
    BODY,
    CELL,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    ROW,
    RUN,
    RUN_PROPERTIES,
    SECTION_PROPERTIES,
    TABLE,
    TEXT,
    Element,
    repeat_on_each_page,
    set_text,
    text_of,
    w,
)

# Twentieths of a point; together the text's width of a usual A4 page.
_WIDTHS = (1800, 900, 900, 2400, 2800)
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_HEADING_SIZE, _TEXT_SIZE = "32", "21"
_FACES = ("ascii", "hAnsi", "eastAsia", "cs")


def append_guide(root: Element, guide: Guide) -> None:
    """Write a guide at the end of a document's main part.

    Args:
        root: the part's root, changed in place.
        guide: what to write.
    """
    body = root.find(BODY)
    if body is None:
        return
    table = _table(body, guide_lines(guide))
    parts = [_paragraph(body, HEADING, heading=True), table, _paragraph(body, "")]
    section = body.find(SECTION_PROPERTIES)
    for part in parts:
        if section is None:
            body.append(part)
        else:
            section.addprevious(part)


def extend_guide(table: Element, rows: Iterable[GuideRow]) -> None:
    """Add rows to a guide's table, behind its fields and before its relations."""
    lines = list(table.iter(ROW))
    heads = [normalised(text) for text in _texts(lines[0])]
    fields = [line for line in lines[1:] if not _is_relation(line)]
    last = fields[-1] if fields else lines[0]
    for row in rows:
        line = _like(last)
        values = (row.name, row.kind, row.unit, row.formula, row.note)
        texts = dict(zip(COLUMNS, values, strict=True))
        for head, cell in zip(heads, line.iter(CELL), strict=False):
            set_cell(cell, texts.get(head, ""))
        last.addnext(line)
        last = line


def _like(line: Element) -> Element:
    """A copy of a row without the identities that Word gives rows and paragraphs."""
    line = deepcopy(line)
    for element in line.iter("*"):
        for name in [name for name in element.attrib if str(name).endswith("Id")]:
            del element.attrib[name]
    return line


def guide_cells(table: Element) -> Iterator[tuple[str, Element]]:
    """Yield the cells of a guide's table below its head, each with its column."""
    head, *lines = table.iter(ROW)
    heads = [normalised(text) for text in _texts(head)]
    for line in lines:
        yield from zip(heads, line.iter(CELL), strict=False)


def cell_text(cell: Element) -> str:
    """The text of a cell, its paragraphs as lines."""
    return "\n".join(text_of(paragraph) for paragraph in cell.iter(PARAGRAPH))


def set_cell(cell: Element, text: str) -> None:
    """Let a cell hold just this text, in the format of its first run."""
    first, *others = cell.iter(PARAGRAPH)
    for paragraph in others:
        cell.remove(paragraph)
    run = next(first.iter(RUN), None)
    properties = None if run is None else run.find(RUN_PROPERTIES)
    for child in list(first):
        if child.tag != PARAGRAPH_PROPERTIES:
            first.remove(child)
    if text:
        first.append(_run(first, text, properties))


def _is_relation(line: Element) -> bool:
    first = next(line.iter(CELL), None)
    return first is not None and normalised(cell_text(first)).startswith(RELATION)


def _texts(line: Element) -> list[str]:
    return [cell_text(cell) for cell in line.iter(CELL)]


def _run(home: Element, text: str, properties: Element | None) -> Element:
    run = home.makeelement(RUN)
    if properties is not None:
        run.append(deepcopy(properties))
    element = home.makeelement(TEXT)
    set_text(element, text)
    run.append(element)
    return run


def _element(home: Element, name: str, **attributes: str) -> Element:
    return home.makeelement(w(name), {w(key): v for key, v in attributes.items()})


def _paragraph(home: Element, text: str, *, heading: bool = False) -> Element:
    paragraph = home.makeelement(PARAGRAPH)
    properties = home.makeelement(PARAGRAPH_PROPERTIES)
    if heading:
        properties.append(_element(home, "keepNext"))
        properties.append(_element(home, "pageBreakBefore"))
    spacing = {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}
    indent = {"left": "0", "right": "0", "firstLineChars": "0", "firstLine": "0"}
    properties.append(_element(home, "spacing", **spacing))
    properties.append(_element(home, "ind", **indent))
    properties.append(_element(home, "jc", val="center" if heading else "left"))
    paragraph.append(properties)
    if text:
        paragraph.append(_run(home, text, _run_format(home, heading=heading)))
    return paragraph


def _run_format(home: Element, *, heading: bool) -> Element:
    properties = home.makeelement(RUN_PROPERTIES)
    face = "黑体" if heading else "宋体"
    properties.append(_element(home, "rFonts", **dict.fromkeys(_FACES, face)))
    size = _HEADING_SIZE if heading else _TEXT_SIZE
    properties.append(_element(home, "sz", val=size))
    properties.append(_element(home, "szCs", val=size))
    return properties


def _table(home: Element, lines: Iterable[Iterable[str]]) -> Element:
    table = home.makeelement(TABLE)
    properties = _element(home, "tblPr")
    properties.append(_element(home, "tblW", w=str(sum(_WIDTHS)), type="dxa"))
    borders = _element(home, "tblBorders")
    line_format = {"val": "single", "sz": "4", "space": "0", "color": "auto"}
    for edge in _EDGES:
        borders.append(_element(home, edge, **line_format))
    properties.append(borders)
    properties.append(_element(home, "tblLayout", type="fixed"))
    grid = _element(home, "tblGrid")
    for width in _WIDTHS:
        grid.append(_element(home, "gridCol", w=str(width)))
    table.extend((properties, grid))
    table.extend(_row(home, line) for line in lines)
    repeat_on_each_page(next(table.iter(ROW)))
    return table


def _row(home: Element, line: Iterable[str]) -> Element:
    row = home.makeelement(ROW)
    for width, text in zip(_WIDTHS, line, strict=True):
        cell = home.makeelement(CELL)
        properties = _element(home, "tcPr")
        properties.append(_element(home, "tcW", w=str(width), type="dxa"))
        cell.extend((properties, _paragraph(home, text)))
        row.append(cell)
    return row
