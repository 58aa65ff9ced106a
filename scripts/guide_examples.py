"""The worked examples of the template author's guide, as files.

``docs/模板制作.md`` shows each example as three code blocks: a template (its lines are
paragraphs, lines that begin with ｜ are rows of a table), a CSV file, and the draft of
each row. Here they become real files, so that pictures show and tests prove what the
guide says.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from docx.text.paragraph import Paragraph

from assembler.layout import skeleton

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "模板制作.md"
BAR = "｜"
_GUIDE_HEADING = "字段说明"
_BLOCKS = re.compile(
    r"^```模板\n(?P<template>.*?)^```\n"
    r".*?^```csv\n(?P<data>.*?)^```\n"
    r"(?P<drafts>(?:(?!^```模板\n).)*)",
    re.DOTALL | re.MULTILINE,
)
_DRAFT = re.compile(r"^```稿子\n(.*?)^```", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example.

    Attributes:
        template: the template's lines.
        data: the CSV file's text.
        drafts: the lines of the draft of each row.
    """

    template: tuple[str, ...]
    data: str
    drafts: tuple[tuple[str, ...], ...]


def read_examples(guide: Path = GUIDE) -> list[Example]:
    """The examples in the order of the guide."""
    return [
        Example(
            tuple(found["template"].splitlines()),
            found["data"],
            tuple(tuple(text.splitlines()) for text in _DRAFT.findall(found["drafts"])),
        )
        for found in _BLOCKS.finditer(guide.read_text("utf-8"))
    ]


def build_template(lines: tuple[str, ...]) -> bytes:
    """A template with these lines, on the page and in the styles of a speech."""
    document = Document(io.BytesIO(skeleton()))
    in_guide = False
    for is_table, block in groupby(lines, lambda line: line.startswith(BAR)):
        for line in () if is_table else block:
            in_guide = in_guide or line == _GUIDE_HEADING
            document.add_paragraph(line, style=_style(document, line))
        if is_table:
            _add_table(document, list(block), in_guide=in_guide)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _style(document: WordDocument, line: str) -> str:
    if line == _GUIDE_HEADING:
        return "字段说明标题"
    if not document.paragraphs:
        return "Title"
    return "Salutation" if line.endswith("：") else "Body Text"


def _add_table(document: WordDocument, lines: list[str], *, in_guide: bool) -> None:
    rows = [_cells(line) for line in lines]
    table = document.add_table(rows=0, cols=len(rows[0]), style="字段说明表")
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 1:
            # A tag alone in its row: merged, as a person would do it.
            cells = (cells[0].merge(cells[-1]),)
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
            cell.paragraphs[0].style = "字段说明正文" if in_guide else "Normal"
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    document.add_paragraph(style="字段说明正文")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip(BAR).split(BAR)]


def lines_of(document: WordDocument) -> Iterator[str]:
    """A document in the guide's notation, blank paragraphs left out."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph) and block.text:
            yield block.text
        if isinstance(block, Table):
            for row in block.rows:
                cells = f" {BAR} ".join(cell.text for cell in row.cells)
                yield f"{BAR} {cells} {BAR}"
