"""Which row of the data belongs to a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from assembler.draft import Draft
from assembler.filenames import safe_stem
from assembler.findings import Finding, Severity
from assembler.names import normalised
from assembler.rows import Row, Table

_FILE_COLUMN, _PLACE_COLUMN = "文件名", "地区"
_MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """The row of a draft.

    Attributes:
        row: the row, None where it cannot be told.
        findings: why not, or by what it was told where its name was of no help.
    """

    row: Row | None
    findings: tuple[Finding, ...] = ()


class RowChoice:
    """Finds the rows of drafts.

    Args:
        table: the data.
        asked: the row that a person asked for: its number, place or label.
    """

    def __init__(self, table: Table, asked: str | None) -> None:
        self._table = table
        self._asked = asked
        self._rows = list(table.rows())
        self._named: dict[str, list[Row]] = {}
        for row in self._rows:
            self._named.setdefault(normalised(row.label), []).append(row)

    def row_for(self, draft: Draft) -> Choice:
        """The row of a draft."""
        if self._asked is not None:
            return self._only(draft, self._asked_for(self._asked), self._asked)
        if draft.record is None:
            return self._only(draft, self._by_file_name(draft), draft.path.stem)
        key = draft.record.row
        found = self._named.get(normalised(key), [])
        own = draft.record.origin.own
        if len(found) > 1:
            alike = [r for r in found if own.items() <= r.values.items()]
            found = alike if len(alike) == 1 else found
        return self._only(draft, found, key) if found else self._by_cells(draft, key)

    def _asked_for(self, asked: str) -> list[Row]:
        wanted = normalised(asked)
        found = [row for row in self._rows if wanted.upper() in _numbers(row)]
        return found or self._named.get(wanted, [])

    def _by_file_name(self, draft: Draft) -> list[Row]:
        """The rows whose column 文件名 gives a draft its name."""
        return [
            row
            for row in self._rows
            if (named := row.values.get(_FILE_COLUMN))
            and safe_stem(named) == draft.path.stem
        ]

    def _by_cells(self, draft: Draft, key: str) -> Choice:
        """The row that has the key in another column, or else the draft's 地区.

        The latter only where no column gives names to files any more: one that does
        tells that the row is of another speech.
        """
        columns = [column.name for column in self._table.columns]
        found = self._with(key, columns)
        place = draft.record.origin.own.get(_PLACE_COLUMN) if draft.record else None
        if not found and place and _FILE_COLUMN not in columns:
            found = self._with(place, [_PLACE_COLUMN])
        if len({row.number for _, row in found}) != 1:
            return self._only(draft, [], key)
        column, row = found[0]
        return Choice(row, (self._told(draft, key, column, row),))

    def _with(self, text: str, columns: Sequence[str]) -> list[tuple[str, Row]]:
        """The rows that say this in one of some columns, with that column."""
        return [
            (name, row)
            for row in self._rows
            for name in columns
            if row.values.get(name) == text
        ]

    def _told(self, draft: Draft, key: str, column: str, row: Row) -> Finding:
        value = row.values[column]
        return Finding(
            code="row-by-column",
            severity=Severity.INFO,
            message=(
                f"“{draft.path.name}”用的是{row.heading}：{self._table.path.name} 里"
                f"没有叫“{key}”的行，按“{column}”这一列的“{value}”找到的。"
            ),
            file=str(draft.path),
            row=row.number,
            hint="不对的话，请用 --row 指定。",
        )

    def _only(self, draft: Draft, found: Sequence[Row], key: str) -> Choice:
        if len(found) == 1:
            return Choice(found[0])
        why = self._several(found, key) if found else self._none(key)
        return Choice(
            None,
            (
                Finding(
                    code="no-row-for-draft",
                    severity=Severity.ERROR,
                    message=f"“{draft.path.name}”没有更新：{why}，不知道该用哪一行。",
                    file=str(draft.path),
                    hint=self._advice(found or self._rows),
                ),
            ),
        )

    def _several(self, found: Sequence[Row], key: str) -> str:
        places = "、".join(row.place for row in found[:_MOST_SHOWN])
        file = self._table.path.name
        return f"{file} 里有 {len(found)} 行都叫“{key}”（{places}）"

    def _none(self, key: str) -> str:
        labels = [row.label for row in self._rows if row.label]
        more = f"等 {len(labels)} 行" if len(labels) > _MOST_SHOWN else ""
        shown = f"{'、'.join(labels[:_MOST_SHOWN])}{more}"
        called = f"第 {key} 行" if key.isdecimal() else f"叫“{key}”的行"
        return f"{self._table.path.name} 里没有{called}（有：{shown}）"

    def _advice(self, rows: Sequence[Row]) -> str:
        row = rows[0]
        number = _numbers(row)[-1]
        where = f"{number}（Excel 里的{'列' if row.upright else '行'}号）"
        is_told_apart = len(self._named[normalised(row.label)]) == 1
        name = f"或 --row {row.label}" if row.label and is_told_apart else ""
        return f"请用 --row 指定，如 --row {where}{name}。"


def _numbers(row: Row) -> tuple[str, ...]:
    """How a person may number a row: 3 or 第3行, in the upright form C列 or C too."""
    letters = (row.place.removesuffix("列"),) if row.upright else ()
    return (row.place, str(row.number), *letters)
