"""Figures calculated by the formulas of the guide, and held against them.

What disagrees is told with both figures and how they come about, and with the slip
that would explain it where one does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assembler.causes import Mismatch, likely_cause
from assembler.evaluation import (
    Quantities,
    Quantity,
    Target,
    calculated,
    result,
    spelt,
)
from assembler.figures import Figure, Kind, finding, rounded
from assembler.findings import Finding
from assembler.formulas import Formula, Relation, names, order
from assembler.relations import (
    SOFT_POINTS,
    divided_by_zero,
    hold,
    mended,
    missing_names,
)

_DECIMALS_OF_SHARES = 1


@dataclass(frozen=True, slots=True)
class Derived:
    """What the formulas add to the figures of a row.

    Attributes:
        quantities: the figures given and those calculated.
        figures: field name → the figure calculated for it.
        findings: why others could not be calculated.
    """

    quantities: Quantities
    figures: Mapping[str, Figure]
    findings: tuple[Finding, ...]


def derive(
    formulas: Mapping[str, Formula],
    quantities: Quantities,
    targets: Mapping[str, Target],
) -> Derived:
    """Calculate the fields that have a formula and no value.

    Args:
        formulas: field name → its formula.
        quantities: the figures given.
        targets: the fields to calculate; others are left as they are.

    Raises:
        CircularError: formulas need one another.
        FormulaError: a formula adds what cannot be added.
    """
    known, figures = dict(quantities), dict[str, Figure]()
    findings = []
    for field in order(formulas):
        if field in known or field not in targets:
            continue
        target, formula = targets[field], formulas[field]
        figure, problem = _calculate(formula, target, known)
        if figure is not None:
            figures[field] = figure
            known[field] = Quantity.of(figure, target.kind, target.unit)
        if problem is not None:
            findings.append(problem)
    return Derived(known, figures, tuple(findings))


def _calculate(
    formula: Formula, target: Target, quantities: Quantities
) -> tuple[Figure | None, Finding | None]:
    missing = missing_names(formula, quantities)
    if missing:
        needed = "、".join(missing)
        return None, finding(
            "not-calculated",
            target.field,
            f"{target.field}没有填，按 {spelt(formula.tree)} 也算不出来，还缺 {needed}",
            f"填上 {needed}，或者直接填 {target.field}",
        )
    try:
        return calculated(formula, target, quantities), None
    except ZeroDivisionError as error:
        return None, divided_by_zero(target.field, formula, error)


def target_decimals(kind: Kind, formula: Formula, quantities: Quantities) -> int:
    """How many decimals a calculated figure shows where the guide names none.

    One for shares and points; for amounts as many as the most exact of its parts; none
    for what is counted.
    """
    if kind.is_ratio:
        return _DECIMALS_OF_SHARES
    parts = [quantities[name] for name in names(formula) if name in quantities]
    shown = [part.decimals for part in parts if part.kind is kind]
    return max(shown, default=0)


def compare(field: str, formula: Formula, quantities: Quantities) -> Finding | None:
    """Hold a field that has both a value and a formula to the formula.

    They agree when what the formula gives, rounded half up to the decimals shown, is
    what was written; 成数 when it is within 5 percentage points.

    Args:
        field: its name.
        formula: its formula.
        quantities: the figures of the row, the field's among them.

    Returns:
        What is wrong; None where they agree or a part of the formula is missing.

    Raises:
        FormulaError: the formula adds what cannot be added.
    """
    if field not in quantities or missing_names(formula, quantities):
        return None
    written = quantities[field]
    target = Target(field, written.kind, written.unit, written.decimals)
    try:
        exact = result(formula, target, quantities)
    except ZeroDivisionError as error:
        return divided_by_zero(field, formula, error)
    if rounded(exact, written.decimals) == written.value:
        return None
    mismatch = Mismatch(target, formula, written, exact, quantities)
    if written.kind is Kind.TENTHS:
        near = abs(written.amount - exact / 100) <= SOFT_POINTS
        return None if near else _mismatch_finding("relation-doubtful", mismatch)
    if mismatch.is_written(exact):
        return None
    return _mismatch_finding("formula-mismatch", mismatch)


def _mismatch_finding(code: str, mismatch: Mismatch) -> Finding:
    field, tree = mismatch.target.field, mismatch.formula.tree
    due = replace(mismatch.written, value=mismatch.due, share=None)
    route = spelt(tree)
    figures = spelt(tree, mismatch.quantities)
    if figures != route:
        route = f"{route} = {figures}"
    cause = likely_cause(mismatch) if code == "formula-mismatch" else None
    message = (
        f"{field}填的是 {mismatch.written.shown_with_unit}，"
        f"按 {route} 应为 {due.shown_with_unit}"
    )
    return finding(
        code,
        field,
        f"{message}；{cause}" if cause else message,
        f"核对 {'、'.join((field, *names(mismatch.formula)))}，改正填错的那一个",
    )


def disagreements(
    formulas: Mapping[str, Formula],
    relations: Iterable[tuple[Relation, bool]],
    quantities: Quantities,
) -> Iterator[Finding]:
    """All that is wrong between the figures of a row.

    Args:
        formulas: field name → its formula.
        relations: each with whether it is soft.
        quantities: the figures of the row as they are printed, calculated ones too.
    """
    for field, formula in formulas.items():
        if (found := compare(field, formula, quantities)) is not None:
            yield found
    for relation, soft in relations:
        if (found := hold(relation, quantities, soft=soft)) is not None:
            yield _with_suspect(found, relation, formulas, quantities)


def _with_suspect(
    found: Finding,
    relation: Relation,
    formulas: Mapping[str, Formula],
    quantities: Quantities,
) -> Finding:
    """The finding with the one figure to blame, where other formulas point to it."""
    if relation.operator != "=":
        return found
    suspects = []
    for name in names(relation):
        fixed = mended(relation, name, quantities)
        if fixed and _speaks_for(name, fixed, formulas, quantities):
            suspects.append((name, fixed))
    if len(suspects) != 1:
        return found
    name, fixed = suspects[0]
    cause = f"；{name}若是 {fixed.shown} 就都对得上"
    return replace(found, message=found.message.removesuffix("。") + cause + "。")


def _speaks_for(
    name: str,
    fixed: Quantity,
    formulas: Mapping[str, Formula],
    quantities: Quantities,
) -> bool:
    """Whether formulas that failed would agree with the mended figure, and all do."""
    bound = {f: rule for f, rule in formulas.items() if name in (f, *names(rule))}
    mended_row = {**quantities, name: fixed}
    broken = [f for f, rule in bound.items() if compare(f, rule, quantities)]
    return bool(broken) and not any(
        compare(f, rule, mended_row) for f, rule in bound.items()
    )


def settle_doubts(
    findings: tuple[Finding, ...], disagreement: Finding | None
) -> tuple[Finding, ...]:
    """The findings of a field's reading and of its formula, none told twice.

    A bare 0.8 in a field of percentages is no doubt once its formula gives 0.8%; where
    the formula gives another figure, the doubt says all there is to say.

    Args:
        findings: of the reading.
        disagreement: what `compare` found, None where the formula agrees; only for
            fields whose formula could be compared.
    """
    doubted = any(finding.code == "doubtful-share" for finding in findings)
    if disagreement is None:
        return tuple(f for f in findings if f.code != "doubtful-share")
    return findings if doubted else (*findings, disagreement)
