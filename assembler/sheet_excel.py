"""The sheet to fill in as an Excel workbook: widths, frozen head, drop-downs."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assembler.fields import Field
from assembler.figures import Kind
from assembler.template import Template

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_UPRIGHT_WIDTHS = (24, 24, 10, 10, 44, 60)
_WIDE_WIDTH = 18
_HEAD_FILL = PatternFill("solid", fgColor="DDEBF7")
_CALCULATED_FILL = PatternFill("solid", fgColor="EDEDED")
_TEXT_FORMAT = "@"
_VALUE_COLUMN = 2
_FIRST_FIELD_LINE = 3
_WIDE_LINES = 200
# What a kind can hold where that is a short fixed set.
_CHOICES = {Kind.MONTH: [str(month) for month in range(1, 13)]}
_CHOICES[Kind.TENTHS] = [
    "一成", "两成", "四分之一", "三成", "三分之一", "四成", "一半", "六成",
    "三分之二", "七成", "四分之三", "八成", "九成",
]  # fmt: skip


def workbook(
    template: Template, lines: Sequence[Sequence[str]], *, wide: bool
) -> bytes:
    """A workbook with these lines.

    Args:
        template: whose fields the lines list.
        lines: the cells, head first, as the CSV form has them.
        wide: whether a column is a field.

    Returns:
        The bytes of the .xlsx.
    """
    book = Workbook()
    page = book.worksheets[0]
    page.title = "数据"
    for line in lines:
        page.append(list(line))
    for cell in page[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD_FILL
    fields = [*template.fields.values(), *template.checked.values()]
    if wide:
        _finish_wide(page, fields)
    else:
        _finish_upright(page, fields)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _finish_upright(page: "Worksheet", fields: Sequence[Field]) -> None:
    for column, width in enumerate(_UPRIGHT_WIDTHS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "C2"
    for line in page.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for number, field in enumerate(fields, _FIRST_FIELD_LINE):
        cell = page.cell(row=number, column=_VALUE_COLUMN)
        # As text, so that Excel does not turn 10—12 or 3/5 into a date.
        cell.number_format = _TEXT_FORMAT
        if field.formula:
            cell.fill = _CALCULATED_FILL
        _offer(page, field, cell.coordinate)


def _finish_wide(page: "Worksheet", fields: Sequence[Field]) -> None:
    page.freeze_panes = "B2"
    page.column_dimensions["A"].width = _WIDE_WIDTH
    for column, field in enumerate(fields, 2):
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = max(_WIDE_WIDTH, 2 * len(field.name) + 2)
        if field.formula:
            page.cell(row=1, column=column).fill = _CALCULATED_FILL
        for row in range(2, _WIDE_LINES + 2):
            page.cell(row=row, column=column).number_format = _TEXT_FORMAT
        _offer(page, field, f"{letter}2:{letter}{_WIDE_LINES + 1}")


def _offer(page: "Worksheet", field: Field, cells: str) -> None:
    """A drop-down where a kind has a fixed set; other values stay allowed."""
    choices = _CHOICES.get(field.kind)
    if choices is None:
        return
    listed = ",".join(choices)
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    rule.showErrorMessage = False
    page.add_data_validation(rule)
    rule.add(cells)
