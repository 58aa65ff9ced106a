"""A row against the fields of a template: texts to print, and findings.

A `Checker` is made once for a template and a data file; it then turns each row into
the texts that the template prints.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assembler.findings import Finding, Severity, has_errors
from assembler.names import nearest
from assembler.rows import Column, Row
from assembler.template import Field, Template, illegal_character

# Columns that say something of the row itself, not of the speech.
ROW_COLUMNS = frozenset({"文件名", "地区", "序号", "备注"})


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that was checked.

    Attributes:
        row: the row.
        values: field name → text to print, "" where there is none.
        findings: what is wrong or worth knowing.
    """

    row: Row
    values: Mapping[str, str]
    findings: tuple[Finding, ...]


class Checker:
    """Checks rows of one data file against one template.

    Args:
        template: the template.
        columns: the columns of the data file.
        file: the data file's name, for findings.
        used: names of columns that are used otherwise, as in a file name pattern.
    """

    def __init__(
        self,
        template: Template,
        columns: Iterable[Column],
        file: str,
        used: Iterable[str] = (),
    ) -> None:
        self._template = template
        self._file = file
        self._columns = {column.name: column for column in columns}
        self._used = ROW_COLUMNS | set(used)
        self._absent = {name for name in template.fields if name not in self._columns}
        self._required = {
            name: field
            for name, field in template.fields.items()
            if not field.optional and name not in self._absent
        }
        self._is_short = any(not template.fields[n].optional for n in self._absent)

    def columns(self) -> list[Finding]:
        """What is wrong with the columns as a whole, whatever the rows hold."""
        unused = [
            name
            for name in self._columns
            if name not in self._template.fields
            and name not in self._template.checked
            and name not in self._used
        ]
        return [*self._missing_columns(unused), *self._unused_columns(unused)]

    def _missing_columns(self, unused: list[str]) -> Iterator[Finding]:
        for name, field in self._template.fields.items():
            near = nearest(name, unused) if name in self._absent else None
            if name not in self._absent or (field.optional and near is None):
                continue
            hint = f"请在表头加上“{name}”一列，填好后再运行。"
            if near:
                hint = f"数据里有一列叫“{near}”，如果就是它，请把表头改成“{name}”。"
            finding = Finding(
                code="missing-column",
                severity=Severity.WARNING if field.optional else Severity.ERROR,
                message=f"数据里没有“{name}”这一列{_where(field)}。",
                file=self._file,
                field=name,
                hint=hint,
            )
            yield _placed(finding, field)

    def _unused_columns(self, unused: list[str]) -> Iterator[Finding]:
        missing = sorted(self._absent)
        for name in unused:
            near = nearest(name, missing)
            hint = f"是不是“{near}”写错了？是的话请改表头。" if near else None
            yield Finding(
                code="unused-column",
                severity=Severity.INFO,
                message=f"“{self._columns[name].head}”这一列，模板里没有用到。",
                file=self._file,
                field=name,
                hint=hint or "不影响合并；不需要可以不管。",
            )

    def row(self, row: Row) -> Checked:
        """The texts that a row prints, and what is wrong with it."""
        values = {name: row.values.get(name, "") for name in self._template.fields}
        findings = [
            self._missing(row, field)
            for name, field in self._required.items()
            if not values[name]
        ]
        if illegal_character("".join(values.values())):
            findings += self._illegal(row, values)
        return Checked(row, values, tuple(findings))

    def is_refused(self, checked: Checked) -> bool:
        """Whether the row must not become a draft."""
        return self._is_short or has_errors(checked.findings)

    def _missing(self, row: Row, field: Field) -> Finding:
        return self._finding(
            row,
            field,
            "missing-value",
            f"“{field.name}”没有填{_where(field)}",
            f"请在数据文件{row.place}的“{field.name}”填上。",
        )

    def _illegal(self, row: Row, values: Mapping[str, str]) -> Iterator[Finding]:
        for name, text in values.items():
            illegal = illegal_character(text)
            if illegal is not None:
                yield self._finding(
                    row,
                    self._template.fields[name],
                    "control-character",
                    f"“{name}”里有一个看不见的控制字符（U+{ord(illegal):04X}）",
                    "多半是从网页或别的软件粘贴来的。请删掉这一格，重新手打一遍。",
                )

    def _finding(
        self, row: Row, field: Field, code: str, message: str, hint: str
    ) -> Finding:
        finding = Finding(
            code=code,
            severity=Severity.ERROR,
            message=f"{row.place}（{row.label}）{message}。",
            file=self._file,
            row=row.number,
            field=field.name,
            hint=hint,
        )
        return _placed(finding, field)


def _where(field: Field) -> str:
    if not field.places:
        return ""
    place = field.places[0]
    return f"（稿子里在{place.position}：{place.excerpt}）"


def _placed(finding: Finding, field: Field) -> Finding:
    """The finding with the field's first place."""
    if not field.places:
        return finding
    place = field.places[0]
    return replace(
        finding,
        part=place.part,
        paragraph=place.paragraph,
        excerpt=place.excerpt,
    )
