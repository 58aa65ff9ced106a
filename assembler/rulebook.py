"""What a template and a data file together ask of each row, worked out once.

Formulas and relations of the guide parsed, put in order and proved sound; how each
field is read and printed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assembler.errors import TemplateError
from assembler.evaluation import misfit
from assembler.fields import Field, FieldSource
from assembler.figures import Kind
from assembler.findings import Finding, Severity
from assembler.formula_tokens import FormulaError
from assembler.formulas import (
    CircularError,
    Formula,
    Relation,
    names,
    order,
    parse_formula,
    parse_relation,
    unknown_name,
)
from assembler.guide import HEADING
from assembler.rows import Column
from assembler.wording import Style, parse_style


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is read and printed.

    Attributes:
        name: the field's name, or a data column's that only formulas use.
        kind: what it holds.
        unit: the unit that the speech prints beside it, None where it prints none.
        style: how it is printed.
        column_unit: the unit in its column's head.
        after: the words behind its first place.
        optional: whether a row may leave it out.
        printed: whether the speech prints it.
        default: what is printed where a row leaves it out.
    """

    name: str
    kind: Kind
    unit: str | None
    style: Style
    column_unit: str | None
    after: str
    optional: bool
    printed: bool
    default: str | None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules for the rows of one data file.

    Attributes:
        fields: name → rule: the template's fields, then those that are only checked,
            then data columns that formulas use.
        formulas: field name → formula.
        relations: each with whether it is soft.
    """

    fields: Mapping[str, FieldRule]
    formulas: Mapping[str, Formula]
    relations: tuple[tuple[Relation, bool], ...]


def make_rulebook(template: FieldSource, columns: Mapping[str, Column]) -> Rulebook:
    """The rules for a template and the columns of a data file.

    Args:
        template: whose guide holds formulas and relations.
        columns: column name → column.

    Raises:
        TemplateError: formulas or relations that cannot be understood, use unknown
            names or words, mix units or need one another, all as findings.
    """
    problems: list[Finding] = []
    formulas = _formulas(template, problems)
    relations = _relations(template, problems)
    fields = {
        field.name: _field_rule(field, columns.get(field.name))
        for field in [*template.fields.values(), *template.checked.values()]
    }
    rules: list[Formula | Relation] = [*formulas.values(), *_rules(relations)]
    used = {name for rule in rules for name in names(rule)}
    for name in sorted(used & columns.keys() - fields.keys()):
        fields[name] = _column_rule(columns[name])
    problems += _unsound(formulas, relations, fields)
    if problems:
        message = f"“{template.file}”的{HEADING}里有{len(problems)}处算式要先改好。"
        raise TemplateError(message, tuple(problems))
    return Rulebook(fields, formulas, relations)


def _rules(relations: Iterable[tuple[Relation, bool]]) -> list[Relation]:
    return [relation for relation, _ in relations]


def _formulas(template: FieldSource, problems: list[Finding]) -> dict[str, Formula]:
    found = {}
    for field in [*template.fields.values(), *template.checked.values()]:
        if field.formula is None:
            continue
        try:
            found[field.name] = parse_formula(field.formula, field.name)
        except FormulaError as error:
            problems.append(_problem(error, field.name))
    return found


def _relations(
    template: FieldSource, problems: list[Finding]
) -> tuple[tuple[Relation, bool], ...]:
    found = []
    for relation in template.relations:
        try:
            found.append((parse_relation(relation.text), relation.soft))
        except FormulaError as error:
            problems.append(_problem(error, None))
    return tuple(found)


def _field_rule(field: Field, column: Column | None) -> FieldRule:
    unit = field.unit or None
    return FieldRule(
        name=field.name,
        kind=field.kind,
        unit=unit,
        style=parse_style(field.note, unit),
        column_unit=column.unit if column else None,
        after=field.places[0].after if field.places else "",
        optional=field.optional,
        printed=bool(field.places),
        default=field.default,
    )


def _column_rule(column: Column) -> FieldRule:
    """A data column that the guide does not know but a formula uses: a plain number."""
    return FieldRule(
        name=column.name,
        kind=Kind.AMOUNT,
        unit=column.unit,
        style=Style(),
        column_unit=column.unit,
        after="",
        optional=True,
        printed=False,
        default=None,
    )


def _unsound(
    formulas: Mapping[str, Formula],
    relations: Iterable[tuple[Relation, bool]],
    fields: Mapping[str, FieldRule],
) -> list[Finding]:
    known = set(fields)
    kinds = {name: (rule.kind, rule.unit) for name, rule in fields.items()}
    rules: list[tuple[str | None, Formula | Relation]] = list(formulas.items())
    rules += [(None, relation) for relation in _rules(relations)]
    found = []
    for field, rule in rules:
        error = unknown_name(rule, known) or misfit(rule, kinds, field)
        if error is not None:
            found.append(_problem(error, field))
    try:
        order(formulas)
    except CircularError as error:
        found.append(_problem(error, error.cycle[0]))
    return found


def _problem(error: FormulaError, field: str | None) -> Finding:
    where = f"{HEADING}里“{field}”一行" if field else f"{HEADING}的校核行"
    return Finding(
        code="bad-formula",
        severity=Severity.ERROR,
        message=f"{where}“{error.marked}”：{error.message}。",
        field=field,
        excerpt=error.marked,
        hint="请打开模板，在最后的字段说明表里改好算式。",
    )
