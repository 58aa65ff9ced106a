"""Excel workbooks (.xlsx, .xlsm): each cell as Excel shows it, records streamed.

The cells are read here and not by openpyxl, measured at 3.1.5: it takes the number
formats that Chinese Excel names by number only (27–36 and 50–58, among them
``yyyy"年"m"月"d"日"``) for General, so that a date becomes 44865; its read-only mode
knows no merged cells and cannot tell a formula without a result from an empty cell.
The format: ECMA-376-1 §18 (SpreadsheetML), its strict form too.
"""

import errno
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, ClassVar, Self

from lxml import etree

from assembler.errors import DataError
from assembler.numformat import BUILTIN, NumberFormat
from assembler.rows_kind import unreadable
from assembler.rows_model import Merge, Record, column_index, column_letter
from assembler.rows_sheets import choose_sheet

_REFERENCE = re.compile(r"([A-Za-z]+)(\d+)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone
_DAY = 86_400
_COLUMNS = 16_384
_LARGEST = 308  # the power of ten that a double ends at
_DAMAGE = (
    etree.XMLSyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share.

    Attributes:
        strings: the shared texts.
        formats: the number format of each cell style.
        date1904: whether days are counted from 1904.
    """

    strings: tuple[str, ...]
    formats: tuple[NumberFormat, ...]
    date1904: bool


@dataclass(frozen=True, slots=True)
class ExcelFile:
    """One sheet of a workbook.

    Attributes:
        path: the workbook.
        sheet: the sheet's name.
        part: the member of the zip file that holds it.
        book: what it shares with the other sheets.
        merges: its merged blocks.
    """

    path: Path
    sheet: str
    part: str
    book: Book = field(repr=False)
    merges: tuple[Merge, ...]
    delimited: ClassVar[bool] = False

    @classmethod
    def open(cls, path: Path, wanted: str | None) -> Self:
        """Choose the sheet and read what is needed to show its cells.

        Args:
            path: a zip file with ``xl/`` in it.
            wanted: a sheet's name or its number among the visible ones, from 1; None
                for the first visible sheet that holds something.

        Raises:
            DataError: the workbook is damaged, has no such sheet or only empty ones.
        """
        with _sound(path), zipfile.ZipFile(path) as archive:
            main, targets = _main_part(archive)
            workbook = _tree(archive, main)
            parts = _sheet_parts(workbook, targets)
            scanned: dict[str, tuple[bool, tuple[Merge, ...]]] = {}

            def is_filled(sheet: str) -> bool:
                scanned[sheet] = _scan(archive, parts[sheet][0])
                return scanned[sheet][0]

            visible = [name for name, (_, shown) in parts.items() if shown]
            sheet = choose_sheet(path, wanted, visible, list(parts), is_filled)
            merges = (scanned.get(sheet) or _scan(archive, parts[sheet][0]))[1]
            book = _book(archive, workbook, targets)
            return cls(path, sheet, parts[sheet][0], book, merges)

    def records(self) -> Iterator[Record]:
        """The sheet's lines that hold cells, streamed.

        Raises:
            DataError: a formula has no stored result, or the sheet is damaged.
        """
        with (
            _sound(self.path),
            zipfile.ZipFile(self.path) as archive,
            archive.open(self.part) as stream,
        ):
            number = 0
            for row in _elements(stream, "row"):
                number = int(row.get("r") or number + 1)
                yield Record(number, self._cells(number, row))

    def _cells(self, number: int, row: etree._Element) -> list[str]:
        cells: list[str] = []
        for cell in row.iterchildren("{*}c"):
            index = _column(cell.get("r") or "", len(cells))
            cells.extend([""] * (index - len(cells)))
            cells.append(self._shown(number, index, cell))
        return cells

    def _shown(self, number: int, index: int, cell: etree._Element) -> str:
        """The text that a cell shows."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return self._style(cell).show_text(_text(cell))
        stored = _stored(cell)
        if not stored:
            if kind != "str" and _child(cell, "f") is not None:
                raise DataError(_formula_message(self.path, number, index))
            return ""
        if kind in {"s", "str"}:
            text = self.book.strings[int(stored)] if kind == "s" else _plain(stored)
            return self._style(cell).show_text(text)
        if kind == "b":
            return "TRUE" if stored in {"1", "true"} else "FALSE"
        value = None if kind == "e" else _number(stored, is_day=kind == "d")
        if value is None:
            return stored
        return self._style(cell).show(value, date1904=self.book.date1904)

    def _style(self, cell: etree._Element) -> NumberFormat:
        index = int(cell.get("s") or 0)
        formats = self.book.formats
        return formats[index] if index < len(formats) else _GENERAL

    @property
    def described(self) -> str:
        """The sheet for people: 工作表“Sheet1”."""
        return f"工作表“{self.sheet}”"


_GENERAL = NumberFormat.parse("General")


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """Turn what a damaged or missing workbook causes into one of our errors."""
    try:
        yield
    except (OSError, *_DAMAGE) as error:
        # A seek to where a broken directory points is no fault of the system.
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise unreadable(path, error) from error
        message = (
            f"{path.name} 已损坏，里面的表格读不出来。"
            "请用 Excel 或 WPS 打开、修复并另存为 .xlsx 再试。"
        )
        raise DataError(message) from error


def _formula_message(path: Path, number: int, index: int) -> str:
    return (
        f"{path.name} 第{number}行 {column_letter(index)} 列是公式，但文件里没有存下"
        "计算结果（多半是别的程序生成的表）。"
        "请用 Excel 或 WPS 打开一次，保存后再试。"
    )


def _column(reference: str, following: int) -> int:
    """The column of a cell, the following one where the cell does not say."""
    match = _REFERENCE.fullmatch(reference)
    index = column_index(match[1]) if match else following
    if index >= _COLUMNS:
        raise ValueError(reference)
    return index


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _local(child) == name), None)


def _tree(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(part), parser)


def _elements(stream: IO[bytes], *names: str) -> Iterator[etree._Element]:
    """The elements of these local names as they end, each forgotten after use."""
    tags = [f"{{*}}{name}" for name in names]
    for _, element in etree.iterparse(
        stream, events=("end",), tag=tags, resolve_entities=False, no_network=True
    ):
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and parent[0] is not element:
            del parent[0]


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """A part's relationships: id → the last word of the type, the target part."""
    folder, name = posixpath.split(part)
    relations: dict[str, tuple[str, str]] = {}
    for relation in _tree(archive, f"{folder}/_rels/{name}.rels".lstrip("/")):
        target = posixpath.join("/", folder, relation.get("Target") or "")
        kind = (relation.get("Type") or "").rpartition("/")[2]
        path = posixpath.normpath(target).lstrip("/")
        relations[relation.get("Id") or ""] = kind, path
    return relations


def _main_part(archive: zipfile.ZipFile) -> tuple[str, dict[str, tuple[str, str]]]:
    main = dict(_relations(archive, "").values())["officeDocument"]
    return main, _relations(archive, main)


def _sheet_parts(
    workbook: etree._Element, targets: dict[str, tuple[str, str]]
) -> dict[str, tuple[str, bool]]:
    """The sheets with cells, in order: name → part, whether visible."""
    parts: dict[str, tuple[str, bool]] = {}
    for sheet in workbook.iter("{*}sheet"):
        names = [str(name) for name in sheet.attrib]
        named = {name.rpartition("}")[2]: name for name in names if "}" in name}
        kind, part = targets[sheet.get(named["id"]) or ""]
        if kind == "worksheet":
            shown = sheet.get("state", "visible") == "visible"
            parts[sheet.get("name") or ""] = part, shown
    return parts


def _scan(archive: zipfile.ZipFile, part: str) -> tuple[bool, tuple[Merge, ...]]:
    """Whether a sheet holds anything, and its merged blocks."""
    filled = False
    merges: list[Merge] = []
    with archive.open(part) as stream:
        for element in _elements(stream, "row", "mergeCell"):
            if _local(element) == "row":
                filled = filled or any(len(cell) for cell in element)
            elif merge := _merge(element.get("ref") or ""):
                merges.append(merge)
    return filled, tuple(merges)


def _merge(reference: str) -> Merge | None:
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    first, last = corners[0], corners[-1]
    if first is None or last is None:
        return None
    rows = int(first[2]), int(last[2])
    return Merge(*rows, column_index(first[1]), column_index(last[1]))


def _book(
    archive: zipfile.ZipFile,
    workbook: etree._Element,
    targets: dict[str, tuple[str, str]],
) -> Book:
    parts = dict(targets.values())
    strings: tuple[str, ...] = ()
    formats: tuple[NumberFormat, ...] = ()
    if "sharedStrings" in parts:
        with archive.open(parts["sharedStrings"]) as stream:
            strings = tuple(_text(item) for item in _elements(stream, "si"))
    if "styles" in parts:
        formats = _formats(_tree(archive, parts["styles"]))
    settings = next(workbook.iter("{*}workbookPr"), None)
    era = settings.get("date1904") if settings is not None else None
    return Book(strings, formats, era in {"1", "true"})


def _formats(styles: etree._Element) -> tuple[NumberFormat, ...]:
    codes = dict(BUILTIN)
    for custom in styles.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(custom.get("numFmtId") or 0)] = custom.get("formatCode") or ""
    used = [
        codes.get(int(style.get("numFmtId") or 0)) or BUILTIN[0]
        for style in styles.iterfind("{*}cellXfs/{*}xf")
    ]
    read = {code: NumberFormat.parse(code) for code in set(used)}
    return tuple(read[code] for code in used)


def _text(item: etree._Element) -> str:
    """The text of a string with its runs, without the reading aids of East Asia."""
    pieces = [
        text.text or "" for text in item.iter("{*}t") if _local(_parent(text)) != "rPh"
    ]
    return _plain("".join(pieces))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _plain(text: str) -> str:
    """The text with ``_x000A_`` and the like undone (ECMA-376-1 §22.9.2.19)."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code in _SURROGATES or not code else chr(code)


def _stored(cell: etree._Element) -> str:
    value = _child(cell, "v")
    return (value.text or "") if value is not None else ""


def _number(stored: str, *, is_day: bool) -> Decimal | None:
    """The stored number, of a date written as such its serial number."""
    if is_day:
        passed = datetime.fromisoformat(stored).replace(tzinfo=None) - _FIRST_DAY
        return passed.days + Decimal(passed.seconds) / _DAY
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value.adjusted() <= _LARGEST else None
