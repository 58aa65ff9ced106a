"""Rows that say the same, and speeches that would have the same file name."""

from dataclasses import replace

from assembler.findings import Finding, Severity
from assembler.rows import Row


class Repeats:
    """Remembers the rows of one data file.

    Args:
        file: the data file's name, for findings.
        file_column: the column that names files; it does not make rows differ.
    """

    def __init__(self, file: str, file_column: str) -> None:
        self._file = file
        self._file_column = file_column
        # Digests, not texts: thousands of rows are to need no memory to speak of.
        self._rows: dict[int, int] = {}
        self._stems: dict[int, int] = {}

    def findings(self, row: Row, stem: str) -> list[Finding]:
        """What a row repeats of the rows before it.

        Args:
            row: the row.
            stem: the file name that it asks for.
        """
        values = dict(row.values)
        values.pop(self._file_column, None)
        content = hash(tuple(values.values()))
        same = self._rows.setdefault(content, row.number)
        if same != row.number:
            return [self._equal_row(row, replace(row, number=same).place)]
        named = self._stems.setdefault(hash(stem.casefold()), row.number)
        if named != row.number:
            return [self._equal_name(row, stem, replace(row, number=named).place)]
        return []

    def _equal_row(self, row: Row, other: str) -> Finding:
        return Finding(
            code="equal-row",
            severity=Severity.WARNING,
            message=f"{row.heading}和{other}的内容完全一样。",
            file=self._file,
            row=row.number,
            hint="请看看是不是重复粘贴了；多余的请删掉。",
        )

    def _equal_name(self, row: Row, stem: str, other: str) -> Finding:
        return Finding(
            code="equal-file-name",
            severity=Severity.WARNING,
            message=f"{row.heading}的文件名“{stem}”和{other}相同。",
            file=self._file,
            row=row.number,
            hint="生成时后一个会加上 -2；要分清楚，请改“文件名”这一列。",
        )
