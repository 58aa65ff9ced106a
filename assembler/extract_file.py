"""The data file that extract writes: CSV or Excel, no cell of it a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from assembler.errors import OutputError
from assembler.package import write_whole
from assembler.rows_guard import guarded, is_formula

# What a cell of a workbook can hold (ECMA-376-1 §18.3.1.96, Excel's own limit).
_LONGEST = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Excel takes _x0041_ for a character (§22.9.2.19); the first line is then escaped.
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def require_free(path: Path) -> None:
    """See that a data file can be written under a name.

    Args:
        path: the file; its ending says CSV or Excel.

    Raises:
        OutputError: something of that name exists already, or it has another ending.
    """
    if path.suffix.lower() not in (".csv", ".xlsx"):
        message = (
            f"不知道怎么写“{path}”：数据表只能是 .csv 或 .xlsx。"
            f"请写全文件名，如 -o {path.stem or '数据'}.xlsx。"
        )
        raise OutputError(message)
    if path.exists():
        message = (
            f"“{path}”已经存在，没有覆盖（里面可能有别的数据）。"
            "请用 -o 换个文件名，或者先把它移走。"
        )
        raise OutputError(message)


def write_table(lines: Sequence[Sequence[str]], path: Path) -> None:
    """Write a table.

    Args:
        lines: the cells, head first.
        path: the file; its ending says CSV or Excel.

    Raises:
        OutputError: it exists already, cannot be written, or has another ending; or a
            text is longer than Excel allows.
    """
    require_free(path)
    is_csv = path.suffix.lower() == ".csv"
    write_whole(path, _csv(lines) if is_csv else _workbook(lines, path))


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([guarded(cell) for cell in line] for line in lines)
    # With a byte order mark Excel reads UTF-8; without, it takes it for GBK.
    return stream.getvalue().encode("utf-8-sig", "replace")


def _workbook(lines: Iterable[Sequence[str]], path: Path) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - it is slow to import
    from openpyxl.styles import Font  # noqa: PLC0415 - the same

    book = Workbook()
    page = book.worksheets[0]
    page.title = "数据"
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = page.cell(number, column)
            # As text, so that Excel makes no date of 10—12 and no formula of =1.
            cell.value, cell.number_format = _writable(text, path), "@"
            cell.data_type = "s"
            cell.quotePrefix = is_formula(text)
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "B2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _writable(text: str, path: Path) -> str:
    """A text as a workbook can hold it."""
    if len(text) > _LONGEST:
        message = (
            f"写不了“{path}”：有一格超过 {_LONGEST} 个字，Excel 放不下。"
            "请用 -o 换成 .csv 文件。"
        )
        raise OutputError(message)
    return _LIKE_AN_ESCAPE.sub("_x005F_", _ILLEGAL.sub("", text))
