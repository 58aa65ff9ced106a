"""The table of extract: across or upright, CSV or Excel, no cell a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from assembler.errors import OutputError
from assembler.extract import Extracted
from assembler.package import write_whole
from assembler.rows import field_name

_FIELD_HEAD = "字段"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"[-+]?[\d.,]+[%％]?")
_QUOTE = "'"


def table_lines(extracted: Sequence[Extracted], *, upright: bool) -> list[list[str]]:
    """The cells of the table, head first.

    Args:
        extracted: the drafts.
        upright: a line a field instead of a line a draft.
    """
    names: dict[str, str] = {}
    for one in extracted:
        for head in one.heads:
            names.setdefault(field_name(head)[0], head)
    lines = [list(names.values())]
    lines += [[one.cells.get(name, "") for name in names] for one in extracted]
    if not upright:
        return lines
    turned = [list(line) for line in zip(*lines, strict=True)]
    return [[_FIELD_HEAD, *(one.label for one in extracted)], *turned]


def write_table(lines: Sequence[Sequence[str]], path: Path) -> None:
    """Write a table.

    Args:
        lines: the cells.
        path: the file; its ending says CSV or Excel.

    Raises:
        OutputError: the file exists already, cannot be written, or has another ending.
    """
    if path.exists():
        message = (
            f"“{path}”已经存在，没有覆盖（里面可能有别的数据）。"
            "请用 -o 换个文件名，或者先把它移走。"
        )
        raise OutputError(message)
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_whole(path, _csv(lines))
    elif suffix == ".xlsx":
        write_whole(path, _workbook(lines))
    else:
        message = f"不知道怎么写“{path.name}”：数据表只能是 .csv 或 .xlsx。"
        raise OutputError(message)


def is_formula(cell: str) -> bool:
    """Whether Excel would take a cell of a CSV file for a formula; -3.2 is none."""
    return cell.startswith(_FORMULA_SIGNS) and not _PLAIN_NUMBER.fullmatch(cell)


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    safe = [[_QUOTE * is_formula(cell) + cell for cell in line] for line in lines]
    csv.writer(stream).writerows(safe)
    # With a byte order mark Excel reads UTF-8; without, it takes it for GBK.
    return stream.getvalue().encode("utf-8-sig")


def _workbook(lines: Iterable[Sequence[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - it is slow to import
    from openpyxl.styles import Font  # noqa: PLC0415 - the same

    book = Workbook()
    page = book.worksheets[0]
    page.title = "数据"
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = page.cell(number, column)
            # As text, so that Excel makes no date of 10—12 and no formula of =1.
            cell.value, cell.number_format = text, "@"
            cell.data_type = "s"
            cell.quotePrefix = is_formula(text)
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "B2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
