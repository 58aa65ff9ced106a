"""Data files: the door. A table in CSV or Excel becomes rows, one for each speech.

Two forms are told apart by the head. Across: a line a speech, a column a field.
Upright: the first head is 字段, then a line a field and a column a speech; the helper
columns of a sheet to fill in are passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assembler.errors import DataError
from assembler.rows_csv import CsvFile
from assembler.rows_excel import ExcelFile
from assembler.rows_head import (
    Head,
    columns_of,
    field_name,
    find_head,
    refuse_doubles,
)
from assembler.rows_kind import Kind, kind_of
from assembler.rows_model import Column, Record, Row, are_clean, clean, column_letter
from assembler.rows_select import select
from assembler.rows_survey import refuse_ragged, refuse_strays, survey, under
from assembler.rows_xls import XlsFile

__all__ = ["Column", "Row", "Table", "field_name", "open_table", "select"]

UPRIGHT_HEADS = {"字段", "字段名", "字段名称"}
_UNIT_HEAD = "单位"
_HELPERS = {_UNIT_HEAD, "类型", "说明", "前后文", "算式", "次数"}
_PLAIN_SPEECH = "值"
_FILE_NAME, _PLACE = "文件名", "地区"

_File = CsvFile | ExcelFile | XlsFile


@dataclass(frozen=True, slots=True)
class Table:
    """A data file whose form is known and sound.

    Attributes:
        path: the file.
        columns: its columns in order; in the upright form its lines.
        upright: whether a speech is a column.
        count: how many speeches it holds.
        encoding: a CSV file's codec, None for a workbook.
        separator: a CSV file's separator, None for a workbook.
        sheet: a workbook's sheet, None for a CSV file.
        titles: the lines above the heads that were passed over.
    """

    path: Path
    columns: tuple[Column, ...]
    upright: bool
    count: int
    encoding: str | None
    separator: str | None
    sheet: str | None
    titles: tuple[str, ...]
    _file: _File = field(repr=False)
    _head: Head = field(repr=False)

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the file, read anew at each call.

        Across, they are streamed: the size of the file does not matter.

        Raises:
            DataError: the file was damaged or taken away in the meantime.
        """
        return self._upright_rows() if self.upright else self._across_rows()

    def title_of(self, row: Row) -> str:
        """What stands over the column of a row in the upright form; across, nothing."""
        return clean(self._head.cells[row.number - 1]) if self.upright else ""

    @property
    def described(self) -> str:
        """What was found out, for people: CSV，GB18030 编码，逗号分隔，横表，6 行."""
        kind = "CSV" if self.encoding else "Excel"
        form = f"竖表，{len(self.columns)} 个字段" if self.upright else "横表"
        number = f"{self.count} {'列' if self.upright else '行'}"
        parts = [kind, self._file.described, form, number]
        if self.titles:
            parts.append(f"上面的“{'”“'.join(self.titles)}”当作表题略过")
        return "，".join(parts)

    def _across_rows(self) -> Iterator[Row]:
        names = [column.name for column in self.columns]
        positions = self._head.positions
        whole = positions == tuple(range(len(positions)))
        for record in under(self._file, self._head):
            if whole and len(record.cells) == len(names) and are_clean(record.cells):
                cells = record.cells
            else:
                cells = [_cell(record, position) for position in positions]
            values = dict(zip(names, cells, strict=True))
            yield Row(record.number, _label(values), values)

    def _upright_rows(self) -> Iterator[Row]:
        lines = _field_lines(self._file, self._head)
        names = [column.name for column in self.columns]
        for position in _speeches(self._head):
            cells = [_cell(line, position) for line in lines]
            values = dict(zip(names, cells, strict=True))
            title = field_name(self._head.cells[position])[0]
            named = values.get(_FILE_NAME) or (title if title != _PLAIN_SPEECH else "")
            yield Row(position + 1, named or _label(values), values, upright=True)


def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Open a data file, find out how it is made and prove that it is sound.

    Args:
        path: a CSV file, a workbook (.xlsx, .xlsm, .xls); what counts is its content.
        encoding: a CSV file's, where the guess is wrong.
        separator: a CSV file's, where the guess is wrong.
        sheet: a workbook's sheet, by name or by number from 1.

    Raises:
        DataError: the file cannot be read or is no sound table; the message names the
            file, the place and what to do. Lines with too many or too few cells are
            all listed, as findings too.
    """
    file = _open(path, encoding, separator, sheet)
    head = find_head(path, file)
    found = survey(file, head)
    refuse_ragged(path, head, found)
    refuse_strays(path, found)
    upright = field_name(head.cells[head.positions[0]])[0] in UPRIGHT_HEADS
    columns = _field_columns(path, file, head) if upright else columns_of(path, head)
    count = _speech_count(path, file, head) if upright else found.count
    if not count:
        raise DataError(_empty_message(path, head, upright=upright))
    return Table(
        path=path,
        columns=columns,
        upright=upright,
        count=count,
        encoding=file.encoding if isinstance(file, CsvFile) else None,
        separator=file.separator if isinstance(file, CsvFile) else None,
        sheet=None if isinstance(file, CsvFile) else file.sheet,
        titles=head.titles,
        _file=file,
        _head=head,
    )


def _open(
    path: Path, encoding: str | None, separator: str | None, sheet: str | None
) -> _File:
    kind = kind_of(path)
    if kind is Kind.XLSX:
        return ExcelFile.open(path, sheet)
    if kind is Kind.XLS:
        return XlsFile.open(path, sheet)
    if sheet is not None:
        message = f"{path.name} 是 CSV，没有工作表，不能用 --sheet {sheet} 来选。"
        raise DataError(message)
    return CsvFile.open(path, encoding, separator)


def _empty_message(path: Path, head: Head, *, upright: bool) -> str:
    if upright and _speeches(head):
        first = head.cells[_speeches(head)[0]]
        return f"{path.name} 的字段都还没有填值。请在“{first}”一列填好数据再试。"
    if upright:
        return f"{path.name} 只有字段（{head.stated}），没有填值的列。请加上“值”一列。"
    return f"{path.name} 只有表头（{head.stated}），下面没有数据。请填好数据再试。"


def _cell(record: Record, position: int) -> str:
    """A cell's text, "" for one that its line does not reach."""
    cells = record.cells
    return clean(cells[position]) if position < len(cells) else ""


def _label(values: dict[str, str]) -> str:
    chosen = values.get(_FILE_NAME) or values.get(_PLACE)
    return chosen or next(filter(None, values.values()), "")


def _speeches(head: Head) -> list[int]:
    """The columns of an upright table that hold speeches."""
    names = {index: field_name(head.cells[index])[0] for index in head.positions[1:]}
    return [index for index, name in names.items() if name not in _HELPERS]


def _field_lines(file: _File, head: Head) -> list[Record]:
    """The lines of an upright table that name a field."""
    first = head.positions[0]
    return [record for record in under(file, head) if _cell(record, first)]


def _field_columns(path: Path, file: _File, head: Head) -> tuple[Column, ...]:
    """The fields of an upright table as columns."""
    first = head.positions[0]
    units = [
        index
        for index in head.positions[1:]
        if field_name(head.cells[index])[0] == _UNIT_HEAD
    ]
    columns: list[Column] = []
    places: list[str] = []
    for line in _field_lines(file, head):
        name, unit = field_name(_cell(line, first))
        beside = _cell(line, units[0]) if units else ""
        columns.append(Column(_cell(line, first), name, unit or beside or None))
        places.append(f"第{line.number}行")
    refuse_doubles(path, columns, places)
    return tuple(columns)


def _speech_count(path: Path, file: _File, head: Head) -> int:
    """How many speeches an upright table holds; each line with values has a field."""
    speeches = _speeches(head)
    filled = 0
    for line in under(file, head):
        values = [index for index in speeches if _cell(line, index)]
        filled += len(values)
        if values and not _cell(line, head.positions[0]):
            message = (
                f"{path.name} 第{line.number}行没有字段名，"
                f"{column_letter(values[0])} 列却有值。请补上字段名，或清空这一行。"
            )
            raise DataError(message)
    return len(speeches) if filled else 0
