"""The office's own data file: which it is, and which of its rows a draft came from.

A draft does not remember the file: the same data in any file give the same draft, byte
for byte. But a row tells that it is the draft's when merge makes of it what the draft's
record says. So the file is found again where it lies at hand, and gives back its form,
its order, and what the speech does not print.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.base import Base
from assembler.bundled import bundled_data
from assembler.check import Checker
from assembler.errors import AssemblerError
from assembler.extract import Extracted
from assembler.fields import printed_texts
from assembler.findings import Finding
from assembler.marking import gap_text
from assembler.row_choice import RowChoice
from assembler.rows import Column, Row, Table, open_table

_ENDINGS = frozenset({".csv", ".xlsx", ".xlsm", ".xls"})
# A folder of downloads is no place to look through; nor are its largest files.
_MOST_FILES = 40
_LARGEST = 1_000_000
_FOLDERS_UP = 3


@dataclass(frozen=True, slots=True)
class Merged:
    """What merge makes of a row.

    Attributes:
        texts: field name → the text that it prints.
        data: what it records of the cells beside.
        heads: the columns that it records.
        findings: what it has to say.
    """

    texts: Mapping[str, str]
    data: Mapping[str, str]
    heads: tuple[str, ...]
    findings: tuple[Finding, ...]


def merged(base: Base, columns: Iterable[Column], row: Row) -> Merged | None:
    """What merge makes of a row for a draft's template; None where it cannot tell."""
    try:
        checker = Checker(base, columns, "")
    except AssemblerError:
        # What a draft remembers may lack a column that a formula needs.
        return None
    checked = checker.row(row)
    gaps = {name: gap_text(name) for name in checked.gaps}
    return Merged(
        texts=printed_texts(base.fields, {**checked.values, **gaps}),
        data=checked.data,
        heads=checker.origin(row, "").heads,
        findings=checked.findings,
    )


@dataclass(frozen=True, slots=True)
class OwnRow:
    """The row that a draft came from.

    Attributes:
        row: the row.
        merged: what merge makes of it.
        title: what stands over its column in the upright form.
    """

    row: Row
    merged: Merged
    title: str


class Office:
    """The office's data file.

    Args:
        table: the file.
        asked: whether a person named it.
    """

    def __init__(self, table: Table, *, asked: bool) -> None:
        self.table = table
        self.asked = asked
        self._choice = RowChoice(table, None)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in their order."""
        return self.table.columns

    def row_of(self, one: Extracted) -> OwnRow | None:
        """The row that a draft came from; None where there is none, or several."""
        chosen = self._choice.row_for(one.draft)
        if chosen.row is None or chosen.findings:
            return None
        found = merged(one.draft.known.base, self.columns, chosen.row)
        title = self.table.title_of(chosen.row)
        return None if found is None else OwnRow(chosen.row, found, title)

    def likeness(self, taken: Iterable[Extracted]) -> tuple[int, int, int]:
        """How sure it is that drafts come from it; larger is surer, no 0 is none.

        Returns:
            How many drafts one of its rows gives just as they are recorded; how many
            have a row in it and the same columns; how many columns it has.
        """
        found = [(one, self.row_of(one)) for one in taken]
        alike = [(one, own) for one, own in found if own and _has_its_columns(one, own)]
        same = sum(_is_recorded(one, own.merged) for one, own in alike)
        return same, len(alike), len(self.columns)


def _has_its_columns(one: Extracted, own: OwnRow) -> bool:
    record = one.draft.record
    if record is None:
        return one.fields.keys() <= own.row.values.keys()
    return own.merged.heads == record.origin.heads


def _is_recorded(one: Extracted, found: Merged) -> bool:
    record = one.draft.record
    return (
        record is not None
        and found.texts == record.printed
        and found.data == record.data
    )


# Looking for it -----------------------------------------------------------------------


def named_office(path: Path) -> Office:
    """The data file that a person named.

    Raises:
        DataError: it cannot be read.
    """
    return Office(open_table(path), asked=True)


def find_office(taken: Sequence[Extracted]) -> Office | None:
    """The data file that drafts came from, if it lies at hand.

    Looked for beside the work at hand, beside the drafts and in the folders above, and
    among the data that come with the program.

    Args:
        taken: the drafts.
    """
    found = [(one.likeness(taken), one) for one in _candidates(taken)]
    best = max((likeness for likeness, _ in found), default=(0, 0, 0))
    if not best[1]:
        return None
    return next(office for likeness, office in found if likeness == best)


def _candidates(taken: Sequence[Extracted]) -> Iterator[Office]:
    folders: dict[Path, None] = {Path.cwd(): None}
    for one in taken:
        above = one.draft.path.resolve().parents[:_FOLDERS_UP]
        folders |= dict.fromkeys(above)
    for folder in folders:
        yield from _offices(folder)
    yield from _opened(bundled_data())


def _offices(folder: Path) -> Iterator[Office]:
    try:
        files = sorted(f for f in folder.iterdir() if _may_be_one(f))
    except OSError:
        return
    if len(files) <= _MOST_FILES:
        yield from _opened(files)


def _may_be_one(file: Path) -> bool:
    is_named_so = file.suffix.lower() in _ENDINGS and not file.name.startswith("~$")
    return is_named_so and file.is_file() and file.stat().st_size <= _LARGEST


def _opened(files: Iterable[Path]) -> Iterator[Office]:
    for file in files:
        try:
            yield Office(open_table(file), asked=False)
        except AssemblerError:
            # Nobody asked for this file; it may be anything.
            continue
