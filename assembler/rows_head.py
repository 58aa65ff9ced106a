"""Where the heads of a table are, and what they are called."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from assembler.errors import DataError
from assembler.names import normalised
from assembler.rows_model import Column, Merge, Record, Source, clean, column_letter

_UNIT = re.compile(r"(.+)[(\[【〔](?:单位:?)?([^()\[\]【】〔〕]*)[)\]】〕]")
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
_FIRST_LINES = 12
_PAIR = 2
_DEEPEST = 3


def field_name(head: str) -> tuple[str, str | None]:
    """What a head is compared by.

    Args:
        head: as written, ``上年全年投资（万元）``.

    Returns:
        The name, NFKC and without blanks, and the unit in the brackets at its end:
        ``("上年全年投资", "万元")``; None where there is none.
    """
    name = "".join(clean(part) for part in normalised(clean(head)))
    match = _UNIT.fullmatch(name)
    if match is None:
        return name, None
    return match[1], match[2] or None


@dataclass(frozen=True, slots=True)
class Head:
    """The heads of a table.

    Attributes:
        last: the number of the record that ends them.
        width: how many cells the record holds, empty ones too.
        cells: the head of each column, "" for none.
        groups: what stands over each head in a block of several lines, "" for nothing.
        titles: the lines above, which belong to no column.
    """

    last: int
    width: int
    cells: tuple[str, ...]
    groups: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """The columns that have a head, from 0."""
        return tuple(index for index, cell in enumerate(self.cells) if cell)

    @property
    def stated(self) -> str:
        """The heads for a message, the first few of many."""
        shown = [cell for cell in self.cells if cell][:4]
        return "、".join(shown) + "……" * (len(self.positions) > len(shown))


def find_head(path: Path, source: Source) -> Head:
    """Find the heads: the first line that holds several cells.

    Lines with one cell above it are titles, and so is a line of a few cells (填报单位,
    单位：万元) above one with at least twice as many words. A table of one column has
    its head in its first line. In a workbook merged cells may make the heads a block
    of up to three lines; then the lowest is the head, what is merged above it is its
    group.

    Args:
        path: the file, for messages.
        source: its records.

    Raises:
        DataError: the file holds nothing but blanks.
    """
    lines = list(islice(_filled_records(source), _FIRST_LINES))
    if not lines:
        message = f"{path.name} 里没有内容：全是空行。请填好数据再试。"
        raise DataError(message)
    index = next((i for i, line in enumerate(lines) if _filled(line) > 1), 0)
    while _is_title(lines[index : index + 2], source):
        index += 1
    last = _last_line(lines[index:], source.merges)
    block = [line for line in lines[index:] if line.number <= last]
    columns = list(_columns(block, source.merges))
    return Head(
        last=last,
        width=max(len(line.cells) for line in block),
        cells=tuple(parts[-1] if parts else "" for parts in columns),
        groups=tuple("".join(parts[:-1]) for parts in columns),
        titles=tuple(_title(line) for line in lines[:index]),
    )


def _filled_records(source: Source) -> Iterator[Record]:
    return (record for record in source.records() if _filled(record))


def _filled(record: Record) -> int:
    return sum(bool(clean(cell)) for cell in record.cells)


def _title(record: Record) -> str:
    return "　".join(filter(None, map(clean, record.cells)))


def _is_title(lines: list[Record], source: Source) -> bool:
    """Whether the first of two lines, though it holds several cells, is a title."""
    if len(lines) < _PAIR:
        return False
    line, following = lines
    if any(merge.first_row == line.number for merge in source.merges):
        return False
    if source.delimited and len(line.cells) != len(following.cells):
        return False
    words = [cell for cell in map(clean, following.cells) if cell]
    return len(words) >= 2 * _filled(line) and not any(map(_NUMBER.fullmatch, words))


def _last_line(lines: list[Record], merges: tuple[Merge, ...]) -> int:
    """The number of the last line of the heads that begin in the first of these."""
    top = lines[0].number
    here = [m for m in merges if m.first_row == top and m.last_row < top + _DEEPEST]
    last = max((merge.last_row for merge in here), default=top)
    groups = [m for m in here if m.last_column > m.first_column and m.last_row == last]
    under = next((line for line in lines[1:] if line.number == last + 1), None)
    if groups and under and all(_has_heads(under, group) for group in groups):
        return under.number
    return last


def _has_heads(line: Record, group: Merge) -> bool:
    """Whether under each column of a group stands a word that can be a head."""
    cells = line.cells[group.first_column : group.last_column + 1]
    words = [cell for cell in map(clean, cells) if cell and not _NUMBER.fullmatch(cell)]
    return len(words) == group.last_column - group.first_column + 1


def _columns(block: list[Record], merges: tuple[Merge, ...]) -> Iterator[list[str]]:
    """For each column what its head says from top to bottom, merged cells spread."""
    grid = {line.number: [clean(cell) for cell in line.cells] for line in block}
    last = block[-1].number
    for merge in merges:
        if merge.first_row in grid and merge.last_row < last:
            _spread(grid, merge)
    for index in range(max(len(cells) for cells in grid.values())):
        column = [cells[index] for cells in grid.values() if index < len(cells)]
        yield list(dict.fromkeys(filter(None, column)))


def _spread(grid: dict[int, list[str]], merge: Merge) -> None:
    """Put the text of a merged block above the lowest line over all its columns."""
    cells = grid[merge.first_row]
    if merge.first_column >= len(cells):
        return
    missing = merge.last_column + 1 - len(cells)
    cells.extend([""] * missing)
    for index in range(merge.first_column, merge.last_column + 1):
        cells[index] = cells[merge.first_column]


def columns_of(path: Path, head: Head) -> tuple[Column, ...]:
    """The columns that have a head, in order.

    Of a block of several lines the lowest names the column; where that is not unique
    (数, 占比 under 超进度 and under 达进度) the group is put before it. A group's unit
    holds for the columns under it.

    Raises:
        DataError: two columns have one name.
    """
    columns = [_column(head, index) for index in head.positions]
    names = Counter(column.name for column in columns)
    columns = [
        column if names[column.name] == 1 else _with_group(head, index, column)
        for index, column in zip(head.positions, columns, strict=True)
    ]
    places = [f"第 {column_letter(index)} 列" for index in head.positions]
    refuse_doubles(path, columns, places)
    return tuple(columns)


def _column(head: Head, index: int) -> Column:
    name, unit = field_name(head.cells[index])
    return Column(head.cells[index], name, unit or field_name(head.groups[index])[1])


def _with_group(head: Head, index: int, column: Column) -> Column:
    group, _ = field_name(head.groups[index])
    return Column(head.groups[index] + column.head, group + column.name, column.unit)


def refuse_doubles(path: Path, columns: list[Column], places: list[str]) -> None:
    """Raise an error where two columns have one name.

    Args:
        path: the file, for the message.
        columns: all columns.
        places: where each is, 第 B 列 or 第3行.

    Raises:
        DataError: it names both columns and their heads as written.
    """
    seen: dict[str, tuple[Column, str]] = {}
    for column, place in zip(columns, places, strict=True):
        if column.name in seen:
            other, first = seen[column.name]
            message = (
                f"{path.name} 的{first}“{other.head}”和{place}“{column.head}”同名"
                f"（都是“{column.name}”），不知道用哪一个。请删去或改名其中一个。"
            )
            raise DataError(message)
        seen[column.name] = column, place
