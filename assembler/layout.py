"""The printed page: a speech set as offices print it.

A4, 22 lines of 28 characters, the styles of ``assembler/skeleton`` (after GB/T
9704-2012, which speeches follow by habit). Takes paragraphs with roles, gives the
bytes of a .docx whose blanks are field bookmarks and which ends in its guide.
"""

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from assembler.guide import COLUMNS, HEADING, Guide, guide_lines
from assembler.names import bookmark_name
from assembler.package import deflated, pack, parse_package
from assembler.wordml import (
    Element,
    add_bookmark,
    hint_east_asian,
    remove,
    repeat_on_each_page,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph as WordParagraph

_RUN_IN_END = "。"
# Shares of the text's width, for 字段 类型 单位 算式 说明.
_COLUMN_SHARES = (0.2, 0.1, 0.1, 0.27, 0.33)


class Role(StrEnum):
    """What a paragraph of a speech is; the words are those of the text sources."""

    TITLE = "标题"
    DATE = "日期"
    SPEAKER = "讲话人"
    SALUTATION = "称呼"
    BODY = "正文"
    LEVEL_1 = "一级"
    LEVEL_2 = "二级"
    LEVEL_3 = "三级"
    CLOSING = "结语"


_STYLES = {
    Role.TITLE: "Title",
    Role.DATE: "Date",
    Role.SPEAKER: "讲话人",
    Role.SALUTATION: "Salutation",
    Role.BODY: "Body Text",
    Role.LEVEL_1: "heading 1",
    Role.LEVEL_2: "heading 2",
    Role.LEVEL_3: "heading 3",
    Role.CLOSING: "Closing",
}
_RUN_IN_STYLES = {
    Role.LEVEL_1: "一级标题句",
    Role.LEVEL_2: "二级标题句",
    Role.LEVEL_3: "三级标题句",
}


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank of a speech: its mask and the field it stands for."""

    mask: str
    field: str


@dataclass(frozen=True, slots=True)
class SpeechParagraph:
    """A paragraph: its role, and its text with the blanks in their places."""

    role: Role
    content: tuple[str | Blank, ...]


def set_speech(
    paragraphs: Sequence[SpeechParagraph], guide: Guide, title: str
) -> bytes:
    """Set a speech as a template.

    Args:
        paragraphs: the speech, from title to closing.
        guide: what its fields are; set as a table on a page of its own.
        title: for the document's properties.

    Returns:
        The bytes of the .docx; equal arguments give equal bytes.
    """
    import docx  # noqa: PLC0415 - merge and check do without it

    document = docx.Document(io.BytesIO(skeleton()))
    numbers = _Numbers()
    for paragraph in paragraphs:
        _add_paragraph(document, paragraph, numbers)
    if guide.rows:
        _add_guide(document, guide)
    document.core_properties.title = title
    stream = io.BytesIO()
    document.save(stream)
    package = parse_package(stream.getvalue(), title)
    return pack(deflated(n, member.data()) for n, member in package.members.items())


def skeleton() -> bytes:
    """An empty .docx with the page, styles and page numbers of a speech."""
    root = files("assembler") / "skeleton"
    return pack(deflated(name, item.read_bytes()) for name, item in _walk(root, ""))


def _walk(folder: Traversable, base: str) -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{base}{item.name}"
        if item.is_dir():
            yield from _walk(item, name + "/")
        else:
            yield name, item


class _Numbers:
    """Counts bookmarks in all, and the places of each field."""

    def __init__(self) -> None:
        self._bookmarks = 0
        self._places: dict[str, int] = {}

    def next(self, field: str) -> tuple[str, int]:
        """The name and id of the next bookmark of a field."""
        self._bookmarks += 1
        self._places[field] = self._places.get(field, 0) + 1
        return bookmark_name(field, self._places[field]), self._bookmarks


def _add_paragraph(
    document: "Document", paragraph: SpeechParagraph, numbers: _Numbers
) -> None:
    target = document.add_paragraph(style=_STYLES[paragraph.role])
    style = _RUN_IN_STYLES.get(paragraph.role)
    for item in paragraph.content:
        if isinstance(item, Blank):
            _add_blank(target, item, style, numbers)
            continue
        before, mark, after = item.partition(_RUN_IN_END)
        if style is None or not mark:
            _add_text(target, item, style)
            continue
        _add_text(target, before + mark, style)
        _add_text(target, after, None)
        style = None


def _add_text(target: "WordParagraph", text: str, style: str | None) -> None:
    if text:
        _add_run(target, text, style)


def _add_run(target: "WordParagraph", text: str, style: str | None) -> Element:
    run: Element = target.add_run(text, style=style)._r  # noqa: SLF001 - its way in
    # Else Word sets “ ” and — in the Latin face, half as wide.
    hint_east_asian(run)
    return run


def _add_blank(
    target: "WordParagraph", blank: Blank, style: str | None, numbers: _Numbers
) -> None:
    run = _add_run(target, blank.mask, style)
    name, identifier = numbers.next(blank.field)
    add_bookmark([run], name, identifier)


def _add_guide(document: "Document", guide: Guide) -> None:
    document.add_paragraph(HEADING, style="字段说明标题")
    table = document.add_table(rows=1, cols=len(COLUMNS), style="字段说明表")
    for cell in table.rows[0].cells:
        cell.paragraphs[0].style = "字段说明正文"
    _set_widths(document, table)
    _add_lines(table, guide_lines(guide))
    repeat_on_each_page(table.rows[0]._tr)  # noqa: SLF001 - as above
    # Word wants a paragraph behind a table that ends the body.
    document.add_paragraph(style="字段说明正文")


def _add_lines(table: "Table", lines: Sequence[Sequence[str]]) -> None:
    """Fill a table whose one empty row is the pattern of all."""
    pattern = table.rows[0]._tr  # noqa: SLF001 - python-docx's way in
    for line in lines:
        row = deepcopy(pattern)
        pattern.addprevious(row)
        for cell, text in zip(row.tc_lst, line, strict=True):
            cell.p_lst[0].add_r().text = text
    remove(pattern)


def _set_widths(document: "Document", table: "Table") -> None:
    from docx.shared import Emu  # noqa: PLC0415 - merge and check do without

    width = document._block_width  # noqa: SLF001 - python-docx's own table width
    table.autofit = False
    for share, column in zip(_COLUMN_SHARES, table.columns, strict=True):
        column.width = Emu(int(width * share))
        for cell in column.cells:
            cell.width = Emu(int(width * share))
