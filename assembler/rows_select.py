"""Choosing rows: ``--where 地区=清河区`` and ``--rows 3-8,11``."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from assembler.errors import DataError
from assembler.names import nearest
from assembler.rows_head import field_name
from assembler.rows_model import Row, clean, column_index

_RANGE = re.compile(r"(\d+|[A-Z]{1,3})(?:-(\d+|[A-Z]{1,3}))?")
_DASHES = dict.fromkeys(map(ord, "—–―−~～〜至到"), "-") | dict.fromkeys(
    map(ord, "、;"), ","
)


def select(
    rows: Iterable[Row],
    *,
    where: Sequence[tuple[str, str]] = (),
    numbers: str | None = None,
) -> Iterator[Row]:
    """The rows that were asked for, in the order of the file.

    Args:
        rows: all rows.
        where: column and value; a row must have every one of these values, compared
            without regard to full-width forms and outer blanks.
        numbers: rows as Excel numbers them, ``3-8,11``; in the upright form columns,
            ``C-E`` or ``3-5``. None for all.

    Raises:
        DataError: at once where ``numbers`` cannot be read; as rows are asked for where
            a column is unknown, and at the end where no row was chosen.
    """
    ranges = None if numbers is None else _ranges(numbers)
    wanted = [(field_name(column)[0], _plain(value)) for column, value in where]
    return _chosen(rows, wanted, ranges, _asked(where, numbers))


def _chosen(
    rows: Iterable[Row],
    wanted: list[tuple[str, str]],
    ranges: list[range] | None,
    asked: str,
) -> Iterator[Row]:
    any_chosen = False
    for row in rows:
        if ranges is not None and not any(row.number in part for part in ranges):
            continue
        if all(_plain(_value(row, column)) == value for column, value in wanted):
            any_chosen = True
            yield row
    if not any_chosen and asked:
        message = f"没有一行符合 {asked}。请核对列名、值和行号。"
        raise DataError(message)


def _asked(where: Sequence[tuple[str, str]], numbers: str | None) -> str:
    parts = [f"--where {column}={value}" for column, value in where]
    return " ".join(parts if numbers is None else [*parts, f"--rows {numbers}"])


def _plain(text: str) -> str:
    return clean(unicodedata.normalize("NFKC", text))


def _value(row: Row, column: str) -> str:
    if column in row.values:
        return row.values[column]
    near = nearest(column, list(row.values))
    names = "、".join(row.values)
    hint = f"是不是“{near}”？" if near else f"有这些列：{names}。"
    message = f"数据里没有“{column}”这一列，不能用 --where 来选。{hint}"
    raise DataError(message)


def _ranges(numbers: str) -> list[range]:
    plain = unicodedata.normalize("NFKC", numbers).translate(_DASHES).upper()
    parts = ["".join(part.split()) for part in plain.split(",")]
    return [_range(part, numbers) for part in parts if part or len(parts) == 1]


def _range(part: str, numbers: str) -> range:
    match = _RANGE.fullmatch(part)
    first = _number(match[1]) if match else 0
    last = _number(match[2]) if match and match[2] else first
    if not 0 < first <= last:
        message = (
            f"--rows {numbers} 看不懂：“{part}”应是行号或从小到大的一段行号，"
            "如 --rows 3-8,11（行号就是 Excel 左边显示的号）。"
        )
        raise DataError(message)
    return range(first, last + 1)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else column_index(text) + 1
