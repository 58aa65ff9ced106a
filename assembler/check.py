"""A row against the fields of a template: read, derived, compared, worded.

A `Checker` is made once for a template and a data file; it then turns each row into
the texts that the template prints, and says all that is wrong with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from assembler.agreement import (
    Derived,
    compare,
    derive,
    disagreements,
    settle_doubts,
    target_decimals,
)
from assembler.evaluation import Quantity, Target
from assembler.fields import FieldSource
from assembler.figures import (
    Day,
    Figure,
    Kind,
    Value,
    exact_decimal,
    plain,
    rounded,
)
from assembler.findings import Finding, Severity, has_errors
from assembler.formulas import names
from assembler.glance import Glance
from assembler.names import nearest
from assembler.reading import Reading, column_remark, missing_value, read
from assembler.record import Origin
from assembler.rows import Column, Row
from assembler.rulebook import FieldRule, Rulebook, make_rulebook
from assembler.template import illegal_character
from assembler.wording import Style, uniform_decimals, word

# Columns that say something of the row itself, not of the speech.
ROW_COLUMNS = frozenset({"文件名", "地区", "序号", "备注"})
# Those that a draft remembers; a 备注 is for the office alone.
_OWN_COLUMNS = ("文件名", "地区", "序号")


# Findings on what stands in a value's place without being one.
_NO_VALUE = frozenset({"placeholder-value", "control-character"})


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that was checked.

    Attributes:
        row: the row.
        values: field name → text to print; "" where there is none.
        findings: what is wrong or worth knowing, in the order of the fields.
        gaps: the fields that still need a value.
        data: field name → what the data say, where the printed text does not tell it,
            and for fields that only formulas use.
    """

    row: Row
    values: Mapping[str, str]
    findings: tuple[Finding, ...]
    gaps: frozenset[str] = frozenset()
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_wrong(self) -> bool:
        """Whether the row must not become a speech."""
        return has_errors(self.findings) or bool(self.gaps)


class Checker:
    """Checks rows of one data file against one template.

    Args:
        template: the template, or what a draft remembers of it.
        columns: the columns of the data file.
        file: the data file's name, for findings.
        used: names of columns that are used otherwise, as in a file name pattern.

    Raises:
        TemplateError: the guide has formulas that cannot be used.
    """

    def __init__(
        self,
        template: FieldSource,
        columns: Iterable[Column],
        file: str,
        used: Iterable[str] = (),
    ) -> None:
        self._template = template
        self.file = file
        self._columns = {column.name: column for column in columns}
        self._used = ROW_COLUMNS | set(used)
        self._rules = make_rulebook(template, self._columns)
        self._heads = tuple(self._heads_used())
        self._printed = tuple(template.fields)
        self._unprinted = tuple(
            name for name in self._rules.fields if name not in template.fields
        )
        self._glance = Glance(self._rules)
        self._absent = frozenset(
            name
            for name, rule in self._rules.fields.items()
            if name not in self._columns and rule.printed
        )

    def origin(self, row: Row, file: str) -> Origin:
        """Where a draft's values come from, for its record.

        Args:
            row: the row.
            file: the name the draft is written under, without its ending.
        """
        own = {name: row.values[name] for name in _OWN_COLUMNS if row.values.get(name)}
        return Origin(file, self._heads, own)

    def _heads_used(self) -> Iterator[str]:
        """The columns that a speech has to do with, units where not the field's."""
        known = {**self._template.fields, **self._template.checked}
        for name, column in self._columns.items():
            own = known[name].unit if name in known else None
            if name in self._rules.fields and column.unit not in (None, own):
                yield f"{name}({column.unit})"
            elif name in self._rules.fields or name in ROW_COLUMNS:
                yield name

    def columns(self) -> list[Finding]:
        """What is wrong with the columns as a whole, whatever the rows hold."""
        unused = [
            name
            for name in self._columns
            if name not in self._rules.fields and name not in self._used
        ]
        found = [
            *self._missing_columns(unused),
            *self._unused_columns(unused),
            *self._unit_remarks(),
            *self._lost_fields(),
        ]
        return [replace(self._placed(one), file=self.file) for one in found]

    def _missing_columns(self, unused: list[str]) -> Iterator[Finding]:
        for name, rule in self._rules.fields.items():
            if name not in self._absent:
                continue
            near = nearest(name, unused)
            dispensable = rule.optional or name in self._rules.formulas
            if dispensable and near is None:
                continue
            hint = f"请在表头加上“{name}”一列，填好后再运行。"
            if near:
                hint = f"数据里有一列叫“{near}”，如果就是它，请把表头改成“{name}”。"
            yield Finding(
                code="missing-column",
                severity=Severity.WARNING if dispensable else Severity.ERROR,
                message=f"数据里没有“{name}”这一列{self._where(name)}。",
                field=name,
                hint=hint,
            )

    def _unused_columns(self, unused: list[str]) -> Iterator[Finding]:
        missing = sorted(self._absent)
        for name in unused:
            near = nearest(name, missing)
            hint = f"是不是“{near}”写错了？是的话请改表头。" if near else None
            yield Finding(
                code="unused-column",
                severity=Severity.INFO,
                message=f"“{self._columns[name].head}”这一列，模板里没有用到。",
                field=name,
                hint=hint or "不影响合并；不需要可以不管。",
            )

    def _lost_fields(self) -> Iterator[Finding]:
        for name in self._template.lost:
            yield Finding(
                code="field-without-place",
                severity=Severity.WARNING,
                message=f"字段说明里有“{name}”，稿子里却没有它的位置，印不出来。",
                field=name,
                hint=(
                    "多半是书签丢了或改了名，请在模板里补上；"
                    "如果只用来校核，请在它的说明开头写“只用于校核”。"
                ),
            )

    def _unit_remarks(self) -> Iterator[Finding]:
        for rule in self._rules.fields.values():
            if rule.column_unit and rule.kind.is_number:
                remark = column_remark(rule.name, rule.unit, rule.column_unit)
                if remark is not None:
                    yield remark

    def row(self, row: Row) -> Checked:
        """The texts that a row prints, and all that is wrong with it."""
        given = row.values
        cells = {name: given.get(name, "") for name in self._rules.fields}
        if self._glance.is_plainly_right(cells):
            values = {name: cells[name] for name in self._printed}
            data = {name: cells[name] for name in self._unprinted if cells[name]}
            return Checked(row, values, (), data=data)
        readings = {
            name: _read(rule, cells[name]) for name, rule in self._rules.fields.items()
        }
        figures = _Figures(self._rules, readings)
        findings = [
            *self._unreadable(cells),
            *figures.findings(),
            *self._missing(readings, cells, figures.derived),
        ]
        values = {
            name: self._text(self._rules.fields[name], cells[name], figures)
            for name in self._template.fields
        }
        return Checked(
            row=row,
            values=values,
            findings=tuple(self._of_row(one, row) for one in findings),
            gaps=self._gaps(values, findings),
            data=self._data(cells, values, figures),
        )

    def _data(
        self, cells: Mapping[str, str], values: Mapping[str, str], figures: "_Figures"
    ) -> dict[str, str]:
        """What of the cells the printed texts do not tell."""
        found = {}
        for name, cell in cells.items():
            rule, value = self._rules.fields[name], figures.value(name)
            if cell and not rule.printed:
                found[name] = _canonical(cell, value)
            elif name in figures.derived.figures:
                # The cell left it to the formula, and will again.
                found[name] = cell
            elif cell and not _says(values.get(name, ""), rule, value):
                found[name] = cell
        return found

    def _text(self, rule: FieldRule, cell: str, figures: "_Figures") -> str:
        value = figures.value(rule.name)
        if value is None:
            # A value that could not be read is shown as it is, to be mended there.
            is_given = bool(figures.readings[rule.name].findings)
            return cell if is_given else ""
        return word(value, rule.kind, rule.unit, figures.style(rule))

    def _gaps(
        self, values: Mapping[str, str], findings: Iterable[Finding]
    ) -> frozenset[str]:
        stand_ins = {one.field for one in findings if one.code in _NO_VALUE}
        return frozenset(
            name
            for name, text in values.items()
            if name in stand_ins or not (text or self._rules.fields[name].optional)
        )

    def _missing(
        self,
        readings: Mapping[str, Reading],
        cells: Mapping[str, str],
        derived: Derived,
    ) -> Iterator[Finding]:
        told = {one.field for one in derived.findings}
        for name, rule in self._rules.fields.items():
            if (
                readings[name].is_missing
                and rule.printed
                and not rule.optional
                and name not in derived.figures
                and name not in told
                and name not in self._absent
            ):
                finding = missing_value(name, rule.kind, cells[name])
                where = self._where(name)
                message = f"{finding.message.removesuffix('。')}{where}。"
                yield replace(finding, message=message)

    def _unreadable(self, cells: Mapping[str, str]) -> Iterator[Finding]:
        if illegal_character("".join(cells.values())) is None:
            return
        for name, text in cells.items():
            illegal = illegal_character(text)
            if illegal is not None and self._rules.fields[name].printed:
                yield Finding(
                    code="control-character",
                    severity=Severity.ERROR,
                    message=f"{name}里有看不见的控制字符（U+{ord(illegal):04X}）。",
                    field=name,
                    hint="多半是粘贴带进来的。请删掉这一格，重新手打一遍。",
                )

    def _of_row(self, finding: Finding, row: Row) -> Finding:
        """The finding with its file, row and the field's first place."""
        placed = self._placed(finding)
        message = f"{row.heading}{finding.message}"
        return replace(placed, message=message, file=self.file, row=row.number)

    def _placed(self, finding: Finding) -> Finding:
        field = self._template.fields.get(finding.field or "")
        if field is None or not field.places:
            return finding
        place = field.places[0]
        return replace(
            finding,
            part=place.part,
            paragraph=place.paragraph,
            excerpt=place.excerpt,
        )

    def _where(self, name: str) -> str:
        field = self._template.fields.get(name)
        if field is None or not field.places:
            return ""
        place = field.places[0]
        return f"（稿子里在{place.position}：{place.excerpt}）"


def _canonical(cell: str, value: Value | None) -> str:
    """A figure without zeros at its end, so that 455 and 455.0 are recorded alike."""
    if not isinstance(value, Figure) or value.share is not None:
        return cell
    return plain(exact_decimal(Fraction(value.value)) or value.value)


def _says(text: str, rule: FieldRule, value: Value | None) -> bool:
    """Whether a printed text, read again, gives the value that the data gave."""
    printed = read(text, rule.kind, rule.unit, field=rule.name, after="").value
    if isinstance(printed, Figure) and isinstance(value, Figure):
        return printed.value == value.value and printed.share == value.share
    if isinstance(printed, Day) and isinstance(value, Day):
        return replace(printed, text="") == replace(value, text="")
    return printed == value


def _read(rule: FieldRule, cell: str) -> Reading:
    return read(
        cell,
        rule.kind,
        rule.unit,
        field=rule.name,
        column_unit=rule.column_unit,
        after=rule.after,
    )


class _Figures:
    """The figures of a row: as read, as calculated, and as they will be printed."""

    def __init__(self, rules: Rulebook, readings: Mapping[str, Reading]) -> None:
        self._rules = rules
        self.readings = readings
        given = self._given()
        self._decimals = uniform_decimals(self._by_kind(given))
        quantities = {name: self._quantity(name, one) for name, one in given.items()}
        targets = {
            name: self._target(name, quantities)
            for name in rules.formulas
            if readings[name].is_missing
        }
        self.derived = derive(rules.formulas, quantities, targets)

    def _given(self) -> dict[str, Figure]:
        return {
            name: reading.value
            for name, reading in self.readings.items()
            if isinstance(reading.value, Figure)
        }

    def _by_kind(self, given: Mapping[str, Figure]) -> dict[Kind, list[Figure]]:
        """The printed figures that tell how many decimals their kind shows."""
        found: dict[Kind, list[Figure]] = {}
        for name, figure in given.items():
            rule = self._rules.fields[name]
            is_doubtful = has_errors(self.readings[name].findings)
            if rule.printed and rule.style.decimals is None and not is_doubtful:
                found.setdefault(rule.kind, []).append(figure)
        return found

    def value(self, name: str) -> Value | None:
        """What a field holds, read or calculated."""
        found = self.derived.figures.get(name)
        return found if found is not None else self.readings[name].value

    def style(self, rule: FieldRule) -> Style:
        """How a field is printed in this row: its figures alike within their kind."""
        decimals = self._shown_decimals(rule)
        return replace(rule.style, decimals=decimals)

    def _shown_decimals(self, rule: FieldRule) -> int | None:
        if rule.style.decimals is not None or not rule.printed:
            return rule.style.decimals
        return self._decimals.get(rule.kind)

    def _quantity(self, name: str, figure: Figure) -> Quantity:
        """The figure as the speech shows it: what is printed has to be right."""
        rule = self._rules.fields[name]
        quantity = Quantity.of(figure, rule.kind, rule.unit)
        decimals = self._shown_decimals(rule)
        if decimals is None:
            return quantity
        value = rounded(Fraction(figure.value), decimals)
        return replace(quantity, value=value, decimals=decimals)

    def _target(self, name: str, quantities: Mapping[str, Quantity]) -> Target:
        rule = self._rules.fields[name]
        decimals = self._shown_decimals(rule)
        if decimals is None:
            formula = self._rules.formulas[name]
            decimals = target_decimals(rule.kind, formula, quantities)
        return Target(name, rule.kind, rule.unit, decimals)

    def findings(self) -> Iterator[Finding]:
        """What the cells, the formulas and the relations have to say."""
        quantities = self.derived.quantities
        compared: dict[str, Finding | None] = {}
        for name, formula in self._rules.formulas.items():
            if name in quantities and set(names(formula)) <= quantities.keys():
                compared[name] = compare(name, formula, quantities)
        for name, reading in self.readings.items():
            if name in compared:
                yield from settle_doubts(reading.findings, compared[name])
            else:
                yield from reading.findings
        yield from self.derived.findings
        told = set(compared.values())
        rules = self._rules
        for one in disagreements(rules.formulas, rules.relations, quantities):
            if one not in told:
                yield one
