"""Why a figure may be wrong: the slip that would explain what was written.

A cause is named only if it gives the written figure exactly, at the decimals shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from assembler.evaluation import Quantities, Quantity, Target, result
from assembler.figures import Kind, plain, rounded
from assembler.formulas import Binary, Formula, Name

# Fewer digits than these agree by chance.
_TELLING_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A figure that is not what its formula gives.

    Attributes:
        target: the field.
        formula: its formula.
        written: the figure as written.
        exact: what the formula gives in the field's unit, not rounded.
        quantities: the figures of the row.
    """

    target: Target
    formula: Formula
    written: Quantity
    exact: Fraction
    quantities: Quantities

    @property
    def due(self) -> Decimal:
        """What should have been written."""
        return rounded(self.exact, self.written.decimals)

    def is_written(self, value: Fraction) -> bool:
        """Whether this number, rounded, is what was written."""
        return self.rounds_to(value) == self.rounds_to(Fraction(self.written.value))

    def rounds_to(self, value: Fraction) -> Decimal:
        """A number at the decimals that the figure shows."""
        return rounded(value, self.written.decimals)

    def shown(self, value: Decimal) -> str:
        """A number as the field's figures are printed in messages."""
        return replace(self.written, value=value, share=None).shown


def likely_cause(mismatch: Mismatch) -> str | None:
    """The first slip that explains the written figure, as half a Chinese sentence.

    Returns:
        36.1% 恰好是投资差距所占比重（148.8 ÷ 412.6）; None where nothing explains it.
    """
    for cause in _CAUSES:
        if found := cause(mismatch):
            return found
    return None


def _other_share(mismatch: Mismatch) -> str | None:
    """Another figure over the same whole."""
    tree = mismatch.formula.tree
    if not isinstance(tree, Binary) or tree.operator != "÷":
        return None
    for name, quantity in _others(mismatch):
        replaced = Formula("", replace(tree, left=Name(name, 0)))
        whole = mismatch.quantities.get(_name_of(tree.right))
        if whole is None or whole.dimension != quantity.dimension:
            continue
        if name == _name_of(tree.right) or name == _name_of(tree.left):
            continue
        if mismatch.is_written(_result(mismatch, replaced)):
            return (
                f"{_written(mismatch)} 恰好是{name}所占比重"
                f"（{quantity.shown} ÷ {whole.shown}）"
            )
    return None


def _result(mismatch: Mismatch, formula: Formula) -> Fraction:
    return result(formula, mismatch.target, mismatch.quantities)


def _name_of(node: object) -> str:
    return node.name if isinstance(node, Name) else ""


def _others(mismatch: Mismatch) -> Iterator[tuple[str, Quantity]]:
    for name, quantity in mismatch.quantities.items():
        if name != mismatch.target.field:
            yield name, quantity


def _written(mismatch: Mismatch) -> str:
    return mismatch.written.shown


def _complement(mismatch: Mismatch) -> str | None:
    if mismatch.target.kind is not Kind.PERCENT:
        return None
    if not mismatch.is_written(100 - mismatch.exact):
        return None
    due = mismatch.shown(mismatch.due)
    return f"{_written(mismatch)} 恰好是 100% 减去 {due}，像是填成了余下的部分"


def _other_field(mismatch: Mismatch) -> str | None:
    """The figure of another field of the same kind and unit."""
    written = mismatch.written
    if len(str(abs(written.value)).replace(".", "").strip("0")) < _TELLING_DIGITS:
        return None
    for name, quantity in _others(mismatch):
        alike = (quantity.kind, quantity.unit) == (written.kind, written.unit)
        if alike and quantity.value == written.value:
            return f"{_written(mismatch)} 恰好是{name}，像是填错了格"
    return None


def _swapped(mismatch: Mismatch) -> str | None:
    tree = mismatch.formula.tree
    if not isinstance(tree, Binary) or tree.operator not in "÷−":
        return None
    turned = replace(tree, left=tree.right, right=tree.left)
    try:
        value = _result(mismatch, Formula("", turned))
    except ZeroDivisionError:
        return None
    if not mismatch.is_written(value):
        return None
    parts = "分子和分母" if tree.operator == "÷" else "减数和被减数"
    return f"像是{parts}颠倒了"


_SHIFTS = (
    (100, "像是漏了小数点，或者多乘了 100"),
    (Fraction(1, 100), "像是填成了小数，没有换成百分数"),
    (10, "像是小数点错了一位"),
    (Fraction(1, 10), "像是小数点错了一位"),
    (10**4, "像是把“亿”和“万”弄混了"),
    (Fraction(1, 10**4), "像是把“亿”和“万”弄混了"),
)


def _shifted(mismatch: Mismatch) -> str | None:
    """The decimal point in the wrong place."""
    written = Fraction(mismatch.written.value)
    if written == 0:
        return None
    for factor, words in _SHIFTS:
        # What was written shows more or fewer digits than the right figure would.
        if mismatch.is_written(mismatch.exact * factor) or (
            rounded(written / factor, mismatch.written.decimals) == mismatch.due
            and mismatch.due != 0
        ):
            return words
    return None


def _transposed(mismatch: Mismatch) -> str | None:
    written, due = _digits(mismatch)
    for place, (first, second) in enumerate(pairwise(due)):
        turned = due[:place] + second + first + due[place + 2 :]
        if first != second and turned == written:
            return f"像是“{first}”和“{second}”两个数字写颠倒了"
    return None


def _one_digit(mismatch: Mismatch) -> str | None:
    written, due = _digits(mismatch)
    if len(written) != len(due):
        return None
    wrong = [pair for pair in zip(written, due, strict=True) if pair[0] != pair[1]]
    if len(wrong) != 1 or written[:-1] == due[:-1]:
        return None
    return f"只差一个数字，像是把“{wrong[0][1]}”写成了“{wrong[0][0]}”"


def _digits(mismatch: Mismatch) -> tuple[str, str]:
    written = mismatch.rounds_to(Fraction(mismatch.written.value))
    return plain(written), plain(mismatch.due)


def _cut_off(mismatch: Mismatch) -> str | None:
    """Digits dropped instead of rounded."""
    scale = 10**mismatch.written.decimals
    cut = Fraction(int(mismatch.exact * scale), scale)
    if Fraction(mismatch.written.value) != cut:
        return None
    return "像是去掉了尾数，没有四舍五入"


def _last_place(mismatch: Mismatch) -> str | None:
    """One unit off in the last place: computed from figures not yet rounded."""
    unit = Decimal(1).scaleb(-mismatch.written.decimals)
    if abs(mismatch.written.value - mismatch.due) != unit:
        return None
    if not any(q.is_rounded for q in mismatch.quantities.values()):
        return None
    return "只差末位，像是用四舍五入以前的数算的"


_CAUSES: tuple[Callable[[Mismatch], str | None], ...] = (
    _other_share,
    _complement,
    _other_field,
    _swapped,
    _shifted,
    _transposed,
    _one_digit,
    _cut_off,
    _last_place,
)
