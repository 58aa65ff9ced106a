"""Figures held to the relations of the guide: sums, limits, what is nearly the same."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from assembler.evaluation import (
    Quantities,
    Quantity,
    difference,
    evaluate,
    spelt,
    tolerance,
)
from assembler.figures import finding, plain, rounded
from assembler.findings import Finding
from assembler.formulas import Formula, Name, Node, Relation, names

# Breaches of these are never errors.
SOFT = ("≈", "接近")
# ≈ and 接近 let shares differ by 5 percentage points, other figures by 5 %.
SOFT_POINTS = Fraction(5, 100)
_SOFT_PART = Fraction(5, 100)


def missing_names(rule: Formula | Relation, quantities: Quantities) -> list[str]:
    """The fields that a rule needs and the row has no figure for."""
    return [name for name in names(rule) if name not in quantities]


def divided_by_zero(
    field: str, rule: Formula | Relation, error: ZeroDivisionError
) -> Finding:
    """The finding for a rule that divides by a figure that is 0."""
    text = spelt(rule.tree) if isinstance(rule, Formula) else rule.text
    return finding(
        "division-by-zero",
        field,
        f"{field}没法按 {text} 计算：除数 {error} 是 0",
        f"核对 {error}",
    )


def hold(
    relation: Relation, quantities: Quantities, *, soft: bool = False
) -> Finding | None:
    """Hold the figures of a row to a relation.

    ``=`` is exact between counts; where one side is a single rounded figure, the other
    has to round to it; otherwise the sides may differ by what rounding explains.

    Args:
        relation: the relation.
        quantities: the figures of the row.
        soft: whether a breach is only a warning; ≈ and 接近 always are.

    Returns:
        What is wrong; None where it holds or one of its figures is missing.

    Raises:
        FormulaError: the relation compares what cannot be compared.
    """
    if missing_names(relation, quantities):
        return None
    try:
        if _HOLDS[relation.operator](relation, quantities):
            return None
    except ZeroDivisionError as error:
        return divided_by_zero(_subject(relation), relation, error)
    is_soft = soft or relation.operator in SOFT
    code = "relation-doubtful" if is_soft else "relation-broken"
    return finding(
        code,
        _subject(relation),
        _breach(relation, quantities),
        f"核对 {'、'.join(names(relation))}，改正填错的那一个",
    )


def _subject(relation: Relation) -> str:
    """The field a breach is listed under: the one that stands alone, else the first."""
    for side in (relation.right, relation.left):
        if isinstance(side, Name):
            return side.name
    return next(iter(names(relation)), "")


def _equal(relation: Relation, quantities: Quantities) -> bool:
    apart = difference(relation, quantities)
    singles = [
        (quantities[side.name], other)
        for side, other in (
            (relation.left, relation.right),
            (relation.right, relation.left),
        )
        if isinstance(side, Name)
    ]
    if apart == 0:
        return True
    if not singles:
        return abs(apart) <= tolerance(relation, quantities)
    return any(
        single.is_rounded and _rounds_to(evaluate(other, quantities), single)
        for single, other in singles
    )


def _rounds_to(amount: Fraction, single: Quantity) -> bool:
    value = rounded(amount / single.scale, single.decimals)
    return value == rounded(Fraction(single.value), single.decimals)


def mended(relation: Relation, name: str, quantities: Quantities) -> Quantity | None:
    """The figure that this one would have to be for an equation to hold.

    Returns:
        The quantity with that value; None where none is whole, not negative and shown
        with the same decimals.
    """
    quantity = quantities[name]
    try:
        apart = difference(relation, quantities)
        step = replace(quantity, value=quantity.value + 1, share=None)
        slope = difference(relation, {**quantities, name: step}) - apart
    except ZeroDivisionError:
        return None
    if slope == 0:
        return None
    exact = Fraction(quantity.value) - apart / slope
    value = rounded(exact, quantity.decimals)
    fixed = replace(quantity, value=value, share=None)
    holds = difference(relation, {**quantities, name: fixed}) == 0
    return fixed if holds and value >= 0 else None


def _nearly(relation: Relation, quantities: Quantities) -> bool:
    return abs(difference(relation, quantities)) <= _leeway(relation, quantities)


def _closely_below(relation: Relation, quantities: Quantities) -> bool:
    gap = -difference(relation, quantities)
    return 0 <= gap <= _leeway(relation, quantities)


def _leeway(relation: Relation, quantities: Quantities) -> Fraction:
    if any(quantities[name].kind.is_ratio for name in names(relation)):
        return SOFT_POINTS
    # A bare number on the right counts in the left's unit.
    if names(relation.right):
        right = evaluate(relation.right, quantities)
    else:
        right = evaluate(relation.left, quantities) - difference(relation, quantities)
    return abs(right) * _SOFT_PART


_HOLDS: Mapping[str, Callable[[Relation, Quantities], bool]] = MappingProxyType(
    {
        "=": _equal,
        "≠": lambda relation, figures: difference(relation, figures) != 0,
        "<": lambda relation, figures: difference(relation, figures) < 0,
        "≤": lambda relation, figures: difference(relation, figures) <= 0,
        ">": lambda relation, figures: difference(relation, figures) > 0,
        "≥": lambda relation, figures: difference(relation, figures) >= 0,
        "≈": _nearly,
        "接近": _closely_below,
    }
)
_DEMANDS = MappingProxyType(
    {
        "=": "应当等于",
        "≠": "不应等于",
        "<": "应当小于",
        "≤": "不应超过",
        ">": "应当大于",
        "≥": "不应少于",
        "≈": "应当约等于",
        "接近": "应当略低于（接近）",
    }
)


def _breach(relation: Relation, quantities: Quantities) -> str:
    sides = (relation.left, relation.right)
    if relation.operator == "=":
        for single, other in (sides, sides[::-1]):
            if isinstance(single, Name) and not isinstance(other, Name):
                return _sum_breach(single.name, other, quantities)
    left, right = (_side(side, quantities) for side in sides)
    return f"{left}，{_DEMANDS[relation.operator]} {right}"


def _sum_breach(field: str, other: Node, quantities: Quantities) -> str:
    single = quantities[field]
    total = evaluate(other, quantities) / single.scale
    if not names(other):
        return f"{field}填的是 {single.shown_with_unit}，应当是 {spelt(other)}"
    more = total - Fraction(single.value)
    apart = _number(abs(more)) + ("个百分点" if single.kind.is_ratio else "")
    return (
        f"{_side(other, quantities, single)}，{field}填的是 {single.shown}，"
        f"{'多' if more > 0 else '少'} {apart}"
    )


def _side(node: Node, quantities: Quantities, like: Quantity | None = None) -> str:
    """One side of a relation: 甲 + 乙 = 36 + 72 = 108."""
    route, figures = spelt(node), spelt(node, quantities)
    if not names(node):
        return route
    if isinstance(node, Name):
        return f"{route}（{quantities[node.name].shown_with_unit}）"
    unit = like or next(quantities[name] for name in names(node))
    total = evaluate(node, quantities) / unit.scale
    shown = _number(total) + ("%" if unit.kind.is_ratio else "")
    return f"{route} = {figures} = {shown}"


_MOST_SHOWN = 4


def _number(value: Fraction) -> str:
    text = plain(rounded(value, _MOST_SHOWN))
    return text.rstrip("0").rstrip(".")
