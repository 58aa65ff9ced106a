"""What a data file is made of: records, columns, rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

_LETTERS = 26
# Everything that str.strip() takes off, and what has no width: byte order marks
# inside files pasted together, zero-width spaces from web pages.
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + (
    "\ufeff\u200b\u200c\u200d\u2060"
)
_BLANK = frozenset(_BLANKS)
_EITHER = f"[{re.escape(_BLANKS)}]"
_BLANK_END = re.compile(f"(?:^|\x1f){_EITHER}|{_EITHER}(?:$|\x1f)")


class Record(NamedTuple):
    """A line of the table as it lies in the file.

    Attributes:
        number: from 1, as Excel shows it; blank lines count.
        cells: the text of each cell, outer blanks and all.
    """

    number: int
    cells: list[str]


class Merge(NamedTuple):
    """A merged block of cells; rows from 1 as Excel shows them, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


class Source(Protocol):
    """A file that gives records, as often as asked."""

    @property
    def merges(self) -> tuple[Merge, ...]:
        """The merged blocks; none in a CSV file."""

    @property
    def delimited(self) -> bool:
        """Whether the cells of a record are told apart by a separator."""

    def records(self) -> Iterator[Record]:
        """The records from the first on."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; in the upright form a line of it.

    Attributes:
        head: the head as written, outer blanks removed.
        name: the head as it is compared with field names: NFKC, blanks and the unit in
            brackets removed.
        unit: the unit of the column's values, None where none is given.
    """

    head: str
    name: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """The values for one speech.

    Attributes:
        number: the row's number as Excel shows it; in the upright form the column's.
        label: what a person calls it: 文件名, else 地区, else its first value.
        values: column name → the text shown in the cell, "" for an empty one.
        upright: whether the speech is a column of the file.
    """

    number: int
    label: str
    values: dict[str, str] = field(hash=False)
    upright: bool = False

    @property
    def place(self) -> str:
        """Where a person finds it: 第3行, in the upright form C列."""
        if self.upright:
            return f"{column_letter(self.number - 1)}列"
        return f"第{self.number}行"

    @property
    def heading(self) -> str:
        """How a message about the row begins: 第3行（清河区）."""
        return f"{self.place}（{self.label}）" if self.label else self.place


def column_letter(index: int) -> str:
    """The letters that Excel puts over a column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_index(letters: str) -> int:
    """The column, from 0, under these letters: A → 0, AA → 26."""
    index = 0
    for letter in letters.upper():
        index = index * _LETTERS + ord(letter) - ord("A") + 1
    return index - 1


def are_clean(cells: list[str]) -> bool:
    """Whether no cell has a blank at either end; most lines are so."""
    return _BLANK_END.search("\x1f".join(cells)) is None


def clean(cell: str) -> str:
    """A cell's text without the blanks round it, full-width and invisible ones too."""
    # Most cells have no blank at either end, and so many to try takes time.
    if cell and cell[0] not in _BLANK and cell[-1] not in _BLANK:
        return cell
    return cell.strip(_BLANKS)
