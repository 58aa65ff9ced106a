"""Formulas reckoned over the figures of a row, exactly.

Shares (百分比, 百分点, 成数) enter as parts of a whole, 68.3% as 0.683; amounts and
measures in the smallest unit of their family, so that 万元 and 亿元 can be added. All
steps are fractions: nothing is rounded before the end.

A bare number takes the unit of the figure it is added to or compared with: 5 beside an
amount in 亿元 is 5亿元. Beside a share it is a part of the whole, 1 − 开工率, and more
than 1 is refused: 100 has to be written 100%.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NoReturn, Self

from assembler.figures import Figure, Kind, plain, rounded
from assembler.formula_tokens import FormulaError
from assembler.formulas import (
    Binary,
    Formula,
    Name,
    Negative,
    Node,
    Number,
    Relation,
    names,
)
from assembler.tenths import nearest_share, word_share
from assembler.units import Family, of_field

_COUNTS = frozenset({Family.COUNTED, Family.LONE})
_HUNDRED = 100
_RATIO = "比率"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as formulas see it.

    Attributes:
        value: in its unit; percentages and 成数 as the number before the % sign.
        decimals: how many decimals the speech shows of it.
        kind: a kind that is a number.
        unit: its unit, None if it has none.
        share: of a 成数 the exact part of the whole.
    """

    value: Decimal
    decimals: int
    kind: Kind
    unit: str | None = None
    share: Fraction | None = None

    @classmethod
    def of(cls, figure: Figure, kind: Kind, unit: str | None) -> Self:
        """The quantity of a figure that was read for a field."""
        own = unit or figure.unit
        return cls(figure.value, figure.decimals, kind, own, figure.share)

    @property
    def scale(self) -> Fraction:
        """What 1 of its unit is in formulas: a hundredth for %, 10**8 for 亿元."""
        return _measured(self.kind, self.unit)[0]

    @property
    def amount(self) -> Fraction:
        """The figure as formulas take it."""
        if self.share is not None:
            return self.share
        value, scale = Fraction(self.value), self.scale
        return value if scale == 1 else value * scale

    @property
    def dimension(self) -> str:
        """What it measures; figures of two dimensions cannot be added."""
        return _measured(self.kind, self.unit)[1]

    @property
    def is_rounded(self) -> bool:
        """Whether there may be more to it than it shows; counts are exact."""
        if self.kind in (Kind.MONTH, Kind.YEAR, Kind.RANK):
            return False
        return self.kind is not Kind.COUNT or self.decimals > 0

    @property
    def shown(self) -> str:
        """The figure as messages print it, its unit only where it is %."""
        if self.kind is Kind.TENTHS:
            return word_share(self.share or self.amount)
        sign = "%" if self.kind is Kind.PERCENT else ""
        return plain(rounded(Fraction(self.value), self.decimals)) + sign

    @property
    def shown_with_unit(self) -> str:
        """The figure with its unit."""
        has_sign = self.kind in (Kind.PERCENT, Kind.TENTHS)
        return self.shown if has_sign else self.shown + (self.unit or "")


@lru_cache(maxsize=256)
def _measured(kind: Kind, unit: str | None) -> tuple[Fraction, str]:
    """Scale and dimension of figures of this kind and unit."""
    if kind is Kind.TENTHS or (kind.is_ratio and not unit):
        return Fraction(1, _HUNDRED), _RATIO
    if not unit:
        return Fraction(1), Family.COUNTED.value
    known = of_field(unit)
    if kind.is_ratio:
        return known.factor / _HUNDRED, _RATIO
    is_count = known.family in _COUNTS
    return known.factor, Family.COUNTED.value if is_count else known.family.value


Quantities = Mapping[str, Quantity]


@dataclass(frozen=True, slots=True)
class _Term:
    """A part of a formula reckoned.

    Attributes:
        amount: its number.
        dimension: what it measures; None where a product or quotient leaves it open.
        scale: what a bare number beside it counts in; None for a bare number.
    """

    amount: Fraction
    dimension: str | None = None
    scale: Fraction | None = Fraction(1)

    @property
    def is_bare(self) -> bool:
        """Whether it consists of bare numbers only."""
        return self.scale is None


@dataclass(frozen=True, slots=True)
class _Reckoner:
    """Reckons the parts of one formula over the figures of one row."""

    text: str
    quantities: Quantities

    def term(self, node: Node) -> _Term:
        match node:
            case Number():
                whole = _RATIO if node.percent else None
                scale = Fraction(1) if node.percent else None
                return _Term(node.value, whole, scale)
            case Name():
                found = self.quantities[node.name]
                return _Term(found.amount, found.dimension, found.scale)
            case Negative():
                part = self.term(node.part)
                return replace(part, amount=-part.amount)
            case Binary():
                return self._joined(node)

    def _joined(self, node: Binary) -> _Term:
        left, right = self.term(node.left), self.term(node.right)
        if node.operator == "×":
            return _product(left, right)
        if node.operator == "÷":
            return self._quotient(left, right, node)
        left, right = self._like(left, right, node)
        total = left.amount + (right.amount if node.operator == "+" else -right.amount)
        return replace(left if not left.is_bare else right, amount=total)

    def _quotient(self, left: _Term, right: _Term, node: Binary) -> _Term:
        if right.amount == 0:
            raise ZeroDivisionError(spelt(node.right))
        amount = left.amount / right.amount
        if right.is_bare:
            return replace(left, amount=amount)
        return _Term(amount)

    def _like(self, left: _Term, right: _Term, node: Binary) -> tuple[_Term, _Term]:
        """Both terms in one unit, a bare number taking the other's."""
        if left.is_bare and not right.is_bare:
            return self._scaled(left, right, node), right
        if right.is_bare and not left.is_bare:
            return left, self._scaled(right, left, node)
        both = (left.dimension, right.dimension)
        if None not in both and both[0] != both[1]:
            self._fail(f"{both[0]}和{both[1]}不能相加减，也不能比较", node)
        return left, right

    def _scaled(self, bare: _Term, other: _Term, node: Binary) -> _Term:
        if other.dimension == _RATIO:
            if abs(bare.amount) > 1:
                shown = plain(rounded(bare.amount, 0))
                self._fail(f"跟百分比放在一起的数要带百分号，如 {shown}%", node)
            return bare
        return replace(bare, amount=bare.amount * (other.scale or 1))

    def _fail(self, message: str, node: Binary) -> NoReturn:
        raise FormulaError(message, self.text, node.position)


def _product(left: _Term, right: _Term) -> _Term:
    """A part of an amount is an amount; what else products measure stays open."""
    amount = left.amount * right.amount
    if left.is_bare or left.dimension == _RATIO:
        return replace(right, amount=amount)
    if right.is_bare or right.dimension == _RATIO:
        return replace(left, amount=amount)
    return _Term(amount)


def evaluate(node: Node, quantities: Quantities, text: str = "") -> Fraction:
    """A part of a formula over the figures of a row.

    Args:
        node: the part.
        quantities: field name → figure, for every name in it.
        text: the formula, for error messages.

    Returns:
        The exact number: shares as parts of a whole, the rest in the smallest unit of
        its family.

    Raises:
        ZeroDivisionError: with the divisor's text.
        FormulaError: figures that cannot be added or compared, or a bare 100 beside
            shares.
    """
    return _Reckoner(text, quantities).term(node).amount


def difference(relation: Relation, quantities: Quantities) -> Fraction:
    """Left side minus right side of a relation, with the errors of `evaluate`."""
    return evaluate(_difference(relation), quantities, relation.text)


def _difference(relation: Relation) -> Binary:
    return Binary("−", relation.left, relation.right, relation.position)


def tolerance(relation: Relation, quantities: Quantities) -> Fraction:
    """How far the sides of a relation may differ because its figures are rounded.

    The sum of what half a unit in the last place of each rounded figure brings about.
    """
    tree = _difference(relation)
    exact = evaluate(tree, quantities, relation.text)
    total = Fraction(0)
    for name in names(relation):
        quantity = quantities[name]
        if quantity.is_rounded and quantity.share is None:
            half = Decimal(5).scaleb(-quantity.decimals - 1)
            total += max(
                abs(evaluate(tree, {**quantities, name: moved}) - exact)
                for moved in (
                    replace(quantity, value=quantity.value + half),
                    replace(quantity, value=quantity.value - half),
                )
            )
    return total


@dataclass(frozen=True, slots=True)
class Target:
    """The field that a formula is reckoned for.

    Attributes:
        field: its name.
        kind: what it holds, a number.
        unit: its unit.
        decimals: how many it shows.
    """

    field: str
    kind: Kind
    unit: str | None
    decimals: int


def result(formula: Formula, target: Target, quantities: Quantities) -> Fraction:
    """What a formula gives in the target's unit, not rounded; errors as `evaluate`.

    ``甲 ÷ 乙 × 100`` for a percentage is understood as ``甲 ÷ 乙``.
    """
    sample = Quantity(Decimal(0), target.decimals, target.kind, target.unit)
    tree = formula.tree
    if target.kind.is_ratio:
        tree = without_hundred(tree)
    term = _Reckoner(formula.text, quantities).term(tree)
    if term.is_bare and not target.kind.is_ratio:
        return term.amount
    if term.dimension not in (None, sample.dimension):
        message = f"算出来是{term.dimension}，而“{target.field}”是{target.kind.value}"
        raise FormulaError(message, formula.text)
    return term.amount / sample.scale


def without_hundred(tree: Node) -> Node:
    """``甲 ÷ 乙 × 100``, as people write percentages, without the × 100."""
    if isinstance(tree, Binary) and tree.operator == "×":
        for factor, other in ((tree.left, tree.right), (tree.right, tree.left)):
            if isinstance(factor, Number) and factor.text == str(_HUNDRED):
                return other
    return tree


def calculated(formula: Formula, target: Target, quantities: Quantities) -> Figure:
    """The figure that a formula gives for a field, half up; errors as `evaluate`.

    A 成数 is given as a speaker would say it: 一半 for 49.2%.
    """
    exact = result(formula, target, quantities)
    if target.kind is Kind.TENTHS:
        share = nearest_share(exact / _HUNDRED)
        value = rounded(share * _HUNDRED, 1)
        return Figure(value, 1, word_share(share), share=share)
    value = rounded(exact, target.decimals)
    return Figure(value, target.decimals, plain(value))


def misfit(
    rule: Formula | Relation,
    kinds: Mapping[str, tuple[Kind, str | None]],
    field: str | None = None,
) -> FormulaError | None:
    """What is wrong with a rule whatever the figures: words or mixed units in it.

    Args:
        rule: the formula of a field, or a relation.
        kinds: field name → kind and unit, for every name in the rule.
        field: the field of a formula, also in ``kinds``.

    Returns:
        The error that `evaluate` would raise for every row; None if there is none.
    """
    samples = {}
    for value, name in enumerate(names(rule), start=2):
        kind, unit = kinds[name]
        if not kind.is_number:
            return FormulaError(f"“{name}”的类型是{kind.value}，不能计算", rule.text)
        samples[name] = Quantity(Decimal(value), 0, kind, unit)
    try:
        if isinstance(rule, Relation):
            difference(rule, samples)
        elif field is not None:
            result(rule, Target(field, *kinds[field], decimals=0), samples)
    except FormulaError as error:
        return error
    except ZeroDivisionError:
        # By chance of the samples; rows have their own figures.
        return None
    return None


def spelt(node: Node, quantities: Quantities | None = None) -> str:
    """The formula in print, with × ÷ −; with figures put in where these are given."""
    return _Speller(quantities).spelt(node)


_BINDING = {"+": 1, "−": 1, "×": 2, "÷": 2}


@dataclass(frozen=True, slots=True)
class _Speller:
    quantities: Quantities | None

    def spelt(self, node: Node) -> str:
        match node:
            case Number(text=text):
                return text
            case Name(name=name):
                return self.quantities[name].shown if self.quantities else name
            case Negative(part=part):
                inner = self.spelt(part)
                return f"−({inner})" if isinstance(part, Binary) else f"−{inner}"
            case Binary():
                left = self._side(node.left, node, is_right=False)
                right = self._side(node.right, node, is_right=True)
                return f"{left} {node.operator} {right}"

    def _side(self, part: Node, whole: Binary, *, is_right: bool) -> str:
        text = self.spelt(part)
        if not isinstance(part, Binary):
            return text
        inner, outer = _BINDING[part.operator], _BINDING[whole.operator]
        needs = inner < outer or (
            is_right and inner == outer and whole.operator in "−÷"
        )
        return f"({text})" if needs else text
