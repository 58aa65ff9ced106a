"""One pass over a table before it is used: is every line as its heads say?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from assembler.errors import DataError
from assembler.findings import Finding, Severity
from assembler.rows_head import Head
from assembler.rows_model import Record, Source, clean, column_letter

# Excel writes CSV in blocks of 16 lines and leaves out the separators of the columns
# at the end that are empty in the whole block; such short lines are sound.
_EXCEL_BLOCK = 16
_THOUSANDS = re.compile(r"[-+]?\d{1,3}")
_BEHIND_COMMA = re.compile(r"\d{3}(\.\d+)?\D*")
_LISTED = 20
_REMEDY = (
    "值里带逗号的，请去掉数字里的逗号，或给整个值加上英文双引号，"
    '如 "1,234"；单元格少的，请补上缺的分隔符。'
)


class Ragged(NamedTuple):
    """A line whose cells are not as many as the heads.

    Attributes:
        number: its number.
        length: how many cells it has.
        split: a figure that its own comma seems to have cut in two, "" for none.
    """

    number: int
    length: int
    split: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the lines under the heads has found.

    Attributes:
        count: how many lines hold something.
        ragged: those of a CSV file with more or fewer cells than there are heads.
        strays: column without a head → the first line that has something there.
    """

    count: int
    ragged: tuple[Ragged, ...]
    strays: dict[int, int]


def under(source: Source, head: Head) -> Iterator[Record]:
    """The lines under the heads that hold something."""
    for record in source.records():
        if record.number > head.last and any(map(clean, record.cells)):
            yield record


def survey(source: Source, head: Head) -> Survey:
    """Go over all lines once.

    Args:
        source: the file.
        head: its heads.
    """
    width = head.positions[-1] + 1
    gaps = tuple(index for index in range(width) if not head.cells[index])
    count = 0
    longer: list[Ragged] = []
    shorter: list[Ragged] = []
    strays: dict[int, int] = {}
    lengths: dict[int, set[int]] = {_block(head.last): {width}}
    for record in under(source, head):
        count += 1
        bare = _bare(record.cells, gaps, width)
        lengths.setdefault(_block(record.number), set()).add(len(record.cells))
        if bare and source.delimited and bare[-1] >= head.width:
            longer.append(_ragged(record))
        elif bare:
            strays = dict.fromkeys(bare, record.number) | strays
        elif source.delimited and len(record.cells) < width:
            shorter.append(_ragged(record))
    uneven = [line for line in shorter if len(lengths[_block(line.number)]) > 1]
    return Survey(count, tuple(sorted(longer + uneven)), strays)


def _block(number: int) -> int:
    return (number - 1) // _EXCEL_BLOCK


def _bare(cells: list[str], gaps: tuple[int, ...], width: int) -> list[int]:
    """The columns without a head in which this line has something."""
    suspects = (*gaps, *range(width, len(cells)))
    return [index for index in suspects if index < len(cells) and clean(cells[index])]


def _ragged(record: Record) -> Ragged:
    return Ragged(record.number, len(record.cells), _split_figure(record.cells))


def _split_figure(cells: list[str]) -> str:
    """The first pair of cells that reads like one figure: 1 and 234.5 for 1,234.5."""
    for left, right in pairwise(map(clean, cells)):
        if _THOUSANDS.fullmatch(left) and _BEHIND_COMMA.fullmatch(right):
            return f"{left},{right}"
    return ""


def refuse_ragged(path: Path, head: Head, found: Survey) -> None:
    """Raise an error that lists all lines with more or fewer cells than heads.

    Raises:
        DataError: there are such lines; each is a finding of the error too.
    """
    if not found.ragged:
        return
    width = len(head.positions)
    said = [_said(line) for line in found.ragged[:_LISTED]]
    more = "……" if len(found.ragged) > _LISTED else ""
    message = (
        f"{path.name} 有 {len(found.ragged)} 行的单元格数和表头对不上"
        f"（表头 {width} 列）：{'；'.join(said)}{more}。{_REMEDY}"
    )
    raise DataError(message, tuple(_finding(path, width, x) for x in found.ragged))


def _said(line: Ragged) -> str:
    cause = f"（“{line.split}”像是一个数，被里面的逗号拆开了）" if line.split else ""
    return f"第{line.number}行 {line.length} 个{cause}"


def _finding(path: Path, width: int, line: Ragged) -> Finding:
    return Finding(
        code="ragged-row",
        severity=Severity.ERROR,
        message=f"{_said(line)}，表头是 {width} 列，对不上。",
        file=path.name,
        row=line.number,
        hint=_REMEDY,
    )


def refuse_strays(path: Path, found: Survey) -> None:
    """Raise an error for a column that holds something and has no head.

    Raises:
        DataError: it names the first such column and the first line that holds it.
    """
    if not found.strays:
        return
    index = min(found.strays)
    message = (
        f"{path.name} 的第 {column_letter(index)} 列没有列名，"
        f"第{found.strays[index]}行却有值。请给这一列写上列名，或清空这一列；"
        "表头是合并单元格的，请取消合并，每列各写一个列名。"
    )
    raise DataError(message)
