"""The table of extract: its columns, and a row for each that drafts were made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.extract import Extracted, draft_finding
from assembler.extract_cells import says_same
from assembler.extract_office import Office, OwnRow
from assembler.extract_rows import RowOf, heads_of, own_cells, row_findings, row_of
from assembler.findings import Finding
from assembler.rows import Column

_FIELD_HEAD = "字段"
_FILE_COLUMN = "文件名"


@dataclass(frozen=True, slots=True)
class Speech:
    """A row of the table.

    Attributes:
        title: what stands over it in the upright form.
        cells: column name → cell.
        rows: the rows of its drafts: one, or one for each template that the data fill.
    """

    title: str
    cells: Mapping[str, str]
    rows: tuple[RowOf, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The table.

    Attributes:
        columns: its columns.
        speeches: its rows.
        findings: what merge would not print as the drafts say it.
    """

    columns: tuple[Column, ...]
    speeches: tuple[Speech, ...]
    findings: tuple[Finding, ...]

    def lines(self, *, upright: bool) -> list[list[str]]:
        """The cells, head first.

        Args:
            upright: a line a field instead of a line a speech.
        """
        names = [column.name for column in self.columns]
        lines = [[column.head for column in self.columns]]
        lines += [[one.cells.get(name, "") for name in names] for one in self.speeches]
        if not upright:
            return lines
        turned = [list(line) for line in zip(*lines, strict=True)]
        return [[_FIELD_HEAD, *(one.title for one in self.speeches)], *turned]


def make_table(taken: Sequence[Extracted], office: Office | None) -> Table:
    """The table of some drafts.

    Args:
        taken: the drafts.
        office: their data file, where that is at hand.
    """
    columns = _columns(taken, office)
    own = [office.row_of(one) if office else None for one in taken]
    rows = [row_of(one, columns, found) for one, found in zip(taken, own, strict=True)]
    groups = list(_grouped(rows, own))
    speeches, findings = [], list[Finding]()
    for group, found in groups:
        cells, told = _joined(group)
        findings += told
        title = found.title if found else ""
        speeches.append(Speech(title or group[0].one.label, cells, tuple(group)))
        for row in group:
            findings += row_findings(row, cells, columns)
    kept = _worth_keeping(columns, speeches, office)
    return Table(kept, tuple(speeches), tuple(findings))


# Columns ------------------------------------------------------------------------------


def _columns(taken: Iterable[Extracted], office: Office | None) -> tuple[Column, ...]:
    """The columns, in the order of the data file where that is known."""
    taken = list(taken)
    known = {column.name for column in office.columns} if office else set()
    columns = {one.name: _with_unit(one, taken) for one in _of(office)}
    for one in taken:
        heads = heads_of(one)
        for name in (*heads, *own_cells(one), *one.fields):
            unit = heads.get(name)
            head = f"{name}({unit})" if unit else name
            columns.setdefault(name, Column(head, name, unit))
    for name, column in columns.items():
        if name not in known:
            columns[name] = _with_one_unit(column, taken)
    return tuple(columns.values())


def _of(office: Office | None) -> tuple[Column, ...]:
    return office.columns if office else ()


def _with_unit(column: Column, taken: Sequence[Extracted]) -> Column:
    """A column with its unit in the head, where it stood beside in a column 单位."""
    if column.unit is None or column.unit in column.head:
        return column
    if all(column.unit == _own_unit(one, column.name) for one in taken):
        return replace(column, unit=None)
    return replace(column, head=f"{column.head}({column.unit})")


def _with_one_unit(column: Column, taken: Sequence[Extracted]) -> Column:
    """A column that says its unit where the drafts would understand several."""
    name = column.name
    units = {
        unit: None
        for one in taken
        if (unit := heads_of(one).get(name) or _own_unit(one, name))
    }
    if len(units) <= 1:
        return column
    unit = next(iter(units))
    return Column(f"{name}({unit})", name, unit)


def _own_unit(one: Extracted, name: str) -> str | None:
    base = one.draft.known.base
    field = base.fields.get(name) or base.checked.get(name)
    return field.unit if field and field.unit and field.kind.is_number else None


def _worth_keeping(
    columns: Sequence[Column], speeches: Sequence[Speech], office: Office | None
) -> tuple[Column, ...]:
    """The columns without those that no data file had and nothing stands in."""
    rows = [row for one in speeches for row in one.rows]
    known = {column.name for column in _of(office)}
    known |= {name for row in rows for name in heads_of(row.one)}
    if any(row.one.draft.record is None for row in rows):
        known |= {name for row in rows for name in row.one.fields}
    return tuple(
        column
        for column in columns
        if column.name in known or any(one.cells.get(column.name) for one in speeches)
    )


# Rows ---------------------------------------------------------------------------------


def _grouped(
    rows: Sequence[RowOf], own: Sequence[OwnRow | None]
) -> Iterator[tuple[list[RowOf], OwnRow | None]]:
    """The drafts of one row together, in the order of the data file where known."""
    groups: list[tuple[list[RowOf], OwnRow | None]] = []
    for row, found in zip(rows, own, strict=True):
        group = next((g for g, _ in groups if _is_of_one_row(g, row)), None)
        if group is None:
            groups.append(([row], found))
        else:
            group.append(row)
    last = max((found.row.number for found in own if found), default=0) + 1
    yield from sorted(groups, key=lambda pair: pair[1].row.number if pair[1] else last)


def _is_of_one_row(group: Sequence[RowOf], row: RowOf) -> bool:
    """Whether a draft was made of the same row as others, by another template."""
    record, first = row.one.draft.record, group[0].one.draft.record
    if record is None or first is None or not record.origin.own.get(_FILE_COLUMN):
        return False
    templates = {r.one.draft.record.template for r in group if r.one.draft.record}
    same = (record.row, record.origin.own) == (first.row, first.origin.own)
    return same and record.template not in templates


def _joined(group: Sequence[RowOf]) -> tuple[dict[str, str], list[Finding]]:
    """The cells of a row that several drafts tell of."""
    cells: dict[str, str] = {}
    findings = list[Finding]()
    for name in dict.fromkeys(name for row in group for name in row.cells):
        telling = [row for row in group if name in row.one.fields]
        telling = telling or [row for row in group if name in row.cells]
        chosen = next((r for r in telling if _is_changed(r, name)), telling[0])
        cells[name] = chosen.cells[name]
        findings += (
            _differing(chosen, other, name)
            for other in telling
            if other is not chosen and not _say_the_same(chosen, other, name)
        )
    return cells, findings


def _is_changed(row: RowOf, name: str) -> bool:
    return any(one.field == name for one in row.one.differences)


def _say_the_same(row: RowOf, other: RowOf, name: str) -> bool:
    if row.cells[name] == other.cells[name] or name not in row.one.fields:
        return True
    texts = [one.one.said[name].text or "" for one in (row, other)]
    return says_same(row.one.fields[name], *texts)


def _differing(row: RowOf, other: RowOf, name: str) -> Finding:
    one, second = row.cells[name], other.cells[name]
    path = other.one.draft.path
    message = (
        f"里{name}是“{one}”，“{path.parent.name}/{path.name}”里是“{second}”，"
        f"它们是同一行数据，表里放的是“{one}”。"
    )
    hint = "请核对，把几篇改成一样的。"
    found = draft_finding(row.one.draft, "places-differ", message, hint)
    return replace(found, field=name)
