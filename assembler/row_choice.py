"""Which row of the data belongs to a draft."""

from assembler.draft import Draft
from assembler.filenames import safe_stem
from assembler.findings import Finding, Severity
from assembler.names import normalised
from assembler.rows import Row, Table

_FILE_COLUMN = "文件名"
_MOST_SHOWN = 6


class RowChoice:
    """Finds the rows of drafts.

    Args:
        table: the data.
        asked: the row that a person asked for: its number, place or label.
    """

    def __init__(self, table: Table, asked: str | None) -> None:
        self._table = table
        self._asked = asked
        self._rows: dict[str, list[Row]] = {}
        self._labels: list[str] = []
        for row in table.rows():
            self._rows.setdefault(normalised(row.label), []).append(row)
            self._labels.append(row.label)

    def row_for(self, draft: Draft) -> Row | Finding:
        """The row of a draft, or why there is none."""
        if self._asked is not None:
            return self._asked_row(draft, self._asked)
        if draft.record is None:
            return self._only(draft, self._by_file_name(draft), draft.path.stem)
        found = self._rows.get(normalised(draft.record.row), [])
        if len(found) > 1:
            own = draft.record.origin.own.items()
            alike = [r for r in found if all(r.values.get(k) == v for k, v in own)]
            found = alike if len(alike) == 1 else found
        return self._only(draft, found, draft.record.row)

    def _asked_row(self, draft: Draft, asked: str) -> Row | Finding:
        wanted = normalised(asked)
        rows = [row for group in self._rows.values() for row in group]
        found = [row for row in rows if wanted in (str(row.number), row.place)]
        return self._only(draft, found or self._rows.get(wanted, []), asked)

    def _by_file_name(self, draft: Draft) -> list[Row]:
        """The rows whose column 文件名 gives a draft its name."""
        return [
            row
            for group in self._rows.values()
            for row in group
            if (named := row.values.get(_FILE_COLUMN))
            and safe_stem(named) == draft.path.stem
        ]

    def _only(self, draft: Draft, found: list[Row], key: str) -> Row | Finding:
        if len(found) == 1:
            return found[0]
        file = self._table.path.name
        if found:
            places = "、".join(row.place for row in found[:_MOST_SHOWN])
            why = f"{file} 里有 {len(found)} 行都叫“{key}”（{places}）"
        else:
            labels = "、".join(filter(None, self._labels[:_MOST_SHOWN]))
            why = f"{file} 里没有叫“{key}”的行（有：{labels}）"
        return Finding(
            code="no-row-for-draft",
            severity=Severity.ERROR,
            message=f"“{draft.path.name}”没有更新：{why}，不知道该用哪一行。",
            file=str(draft.path),
            hint="请用 --row 指定，如 --row 3（Excel 里的行号）或 --row 云岭区讲话。",
        )
