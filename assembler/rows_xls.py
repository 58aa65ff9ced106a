"""Workbooks of Excel 97-2003 (.xls, and .et of WPS): each cell as Excel shows it.

xlrd is the one reader that keeps the number formats of such cells; without them 68.3%
would be 0.683. The records' layout has not changed since 2003, nor needs xlrd to.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from assembler.errors import DataError
from assembler.numformat import BUILTIN, NumberFormat
from assembler.rows_kind import unreadable
from assembler.rows_model import Merge, Record
from assembler.rows_ole2 import is_sound
from assembler.rows_sheets import choose_sheet

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell, Sheet

_T = TypeVar("_T")
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(frozen=True, slots=True)
class XlsFile:
    """One sheet of an old workbook.

    Attributes:
        path: the workbook.
        sheet: the sheet's name.
        merges: its merged blocks.
    """

    path: Path
    sheet: str
    merges: tuple[Merge, ...]
    delimited: ClassVar[bool] = False

    @classmethod
    def open(cls, path: Path, wanted: str | None) -> Self:
        """Choose the sheet.

        Args:
            path: a compound file.
            wanted: as for `assembler.rows_excel.ExcelFile.open`.

        Raises:
            DataError: the workbook is damaged or encrypted, has no such sheet or only
                empty ones.
        """
        book = _book(path)
        sheets = {name: _sheet(path, book, name) for name in book.sheet_names()}
        visible = [name for name, sheet in sheets.items() if not sheet.visibility]
        name = choose_sheet(
            path, wanted, visible, list(sheets), lambda name: bool(sheets[name].nrows)
        )
        merges = [
            Merge(top + 1, bottom, left, right - 1)
            for top, bottom, left, right in sheets[name].merged_cells
        ]
        return cls(path, name, tuple(merges))

    def records(self) -> Iterator[Record]:
        """The sheet's lines."""
        book = _book(self.path)
        sheet = _sheet(self.path, book, self.sheet)
        yield from _sound(self.path, lambda: _records(book, sheet))

    @property
    def described(self) -> str:
        """The sheet for people: 工作表“Sheet1”."""
        return f"工作表“{self.sheet}”"


class _Shown:
    """Gives the text that a cell of a workbook shows."""

    def __init__(self, book: "Book") -> None:
        codes = BUILTIN | {
            item.format_key: item.format_str for item in book.format_list
        }
        keys = [style.format_key for style in book.xf_list]
        read = {key: NumberFormat.parse(codes.get(key) or "General") for key in keys}
        self._formats = [read[key] for key in keys]
        self._date1904 = bool(book.datemode)

    def text(self, cell: "Cell") -> str:
        kind, value = cell.ctype, cell.value
        style: NumberFormat = self._formats[cell.xf_index or 0]
        if kind == _TEXT:
            return style.show_text(str(value))
        if kind in {_NUMBER, _DATE}:
            return style.show(Decimal(repr(value)), date1904=self._date1904)
        if kind == _BOOLEAN:
            return "TRUE" if value else "FALSE"
        return _ERRORS.get(int(value), "#N/A") if kind == _ERROR else ""


def _records(book: "Book", sheet: "Sheet") -> list[Record]:
    shown = _Shown(book)
    return [
        Record(index + 1, [shown.text(cell) for cell in sheet.row(index)])
        for index in range(sheet.nrows)
    ]


def _book(path: Path) -> "Book":
    return _sound(path, lambda: _loaded(path.read_bytes()))


def _loaded(content: bytes) -> "Book":
    import xlrd  # noqa: PLC0415 - few files are that old

    if not is_sound(content):
        message = "a chain of sectors runs in a circle"
        raise ValueError(message)
    return xlrd.open_workbook(
        file_contents=content,
        logfile=io.StringIO(),
        formatting_info=True,
        on_demand=True,
    )


def _sheet(path: Path, book: "Book", name: str) -> "Sheet":
    return _sound(path, lambda: book.sheet_by_name(name))


def _sound(path: Path, load: Callable[[], _T]) -> _T:
    """What ``load`` gives; whatever a damaged file does to xlrd is our error."""
    try:
        return load()
    except OSError as error:
        raise unreadable(path, error) from error
    except Exception as error:
        if "encrypted" in str(error):
            problem = "加了打开密码，读不了。请先在 Excel 或 WPS 里去掉密码再试。"
        else:
            problem = (
                "读不出来：可能已经损坏，也可能不是表格。"
                "请用 Excel 或 WPS 打开它，另存为 .xlsx 再试。"
            )
        message = f"{path.name} {problem}"
        raise DataError(message) from error
