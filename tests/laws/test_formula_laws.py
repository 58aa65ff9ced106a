"""Laws of formulas: no change goes unnoticed where a rule binds.

Rounding leaves room: of 900 projects one more or less need not move a share's first
decimal. So the law is exact: something is found if and only if a rule, reckoned
independently in consistent_rows.py, is broken.
"""

import re
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.agreement import disagreements
from assembler.evaluation import Quantity, Target, calculated, evaluate
from assembler.figures import Kind, decimals_of
from assembler.findings import Finding, Severity
from assembler.formula_tokens import FormulaError
from assembler.formulas import Formula, Name, parse
from tests.consistent_rows import (
    CLASSES,
    FORMULAS,
    KINDS,
    RELATIONS,
    SHARES,
    broken_rules,
    consistent_row,
    half_up,
    number,
    understood,
)

seeds = st.integers(min_value=0, max_value=2**32)
LAW = settings(deadline=None, derandomize=True)


def found_in(row: dict[str, str]) -> list[Finding]:
    figures, refusals = understood(row)
    return [*refusals, *disagreements(FORMULAS, RELATIONS, figures)]


def moved(text: str, steps: int) -> str:
    """A figure by so many units in its last place, its sign kept."""
    value = number(text)
    unit = Decimal(1).scaleb(-decimals_of(value))
    sign = text[-1] if text[-1] in "%％" else ""
    return f"{value + steps * unit}{sign}"


NUMBERS = [name for name in KINDS if name != "欠进度约占几成"]


@given(seeds, st.sampled_from(NUMBERS), st.sampled_from((1, -1)))
@settings(LAW, max_examples=1000)
def test_one_unit_in_the_last_place_is_found_wherever_a_rule_is_broken(
    seed: int, name: str, step: int
) -> None:
    row = consistent_row(seed)
    changed = {**row, name: moved(row[name], step)}
    if number(changed[name]) < 0:
        return
    assert bool(found_in(changed)) == bool(broken_rules(changed)), (name, changed)


# Fields that stand alone in a formula or in a sum: one unit always shows.
TIGHT = (*SHARES, "投资差距", "上年全年投资", *CLASSES, "子项目数", "固投月份")


@given(seeds, st.sampled_from(TIGHT), st.sampled_from((1, -1)))
@settings(LAW, max_examples=600)
def test_one_unit_is_always_found_in_fields_bound_without_room(
    seed: int, name: str, step: int
) -> None:
    row = consistent_row(seed)
    changed = {**row, name: moved(row[name], step)}
    if number(changed[name]) < 0:
        return
    assert any(f.severity is Severity.ERROR for f in found_in(changed)), changed


@given(seeds)
@settings(LAW, max_examples=300)
def test_calculated_figure_agrees_with_its_formula(seed: int) -> None:
    figures, _ = understood(consistent_row(seed))
    for field, formula in FORMULAS.items():
        kind, unit = KINDS[field]
        target = Target(field, kind, unit, decimals=1)
        given_others = {name: q for name, q in figures.items() if name != field}
        figure = calculated(formula, target, given_others)
        row = {**given_others, field: Quantity.of(figure, kind, unit)}
        assert not [f for f in disagreements(FORMULAS, (), row) if f.field == field]


@LAW
@given(st.fractions(min_value=0, max_value=10**9), st.integers(0, 6))
def test_rounding_agrees_with_the_decimal_module(
    value: Fraction, decimals: int
) -> None:
    tree = Formula("甲", Name("甲", 0))
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    figure = Quantity(exact, 0, Kind.AMOUNT)
    target = Target("乙", Kind.AMOUNT, None, decimals)
    found = calculated(tree, target, {"甲": figure})
    assert found.value == half_up(Fraction(exact), decimals)


operands = st.sampled_from(("甲", "乙", "丙", "2", "0.5"))
expressions = st.recursive(
    operands,
    lambda parts: st.tuples(parts, st.sampled_from("+-*/"), parts).map(
        lambda made: f"({made[0]}{made[1]}{made[2]})"
    ),
    max_leaves=8,
)


@LAW
@given(expressions, st.tuples(*[st.integers(1, 99)] * 3))
def test_formula_gives_what_exact_arithmetic_gives(
    text: str, values: tuple[int, int, int]
) -> None:
    figures = dict(zip("甲乙丙", values, strict=True))
    parsed = parse(text)
    assert isinstance(parsed, Formula)
    given_figures = {
        name: Quantity(Decimal(value), 0, Kind.COUNT, "个")
        for name, value in figures.items()
    }
    numbers = {name: Fraction(value) for name, value in figures.items()}
    try:
        expected = _by_python(text, numbers)
    except ZeroDivisionError:
        expected = None
    try:
        found = evaluate(parsed.tree, given_figures)
    except ZeroDivisionError:
        found = None
    assert found == expected


def _by_python(text: str, numbers: dict[str, Fraction]) -> Fraction:
    """The text reckoned by Python itself, over exact fractions."""
    scope = {**numbers, "f": Fraction}
    code = re.sub(r"0\.5|2", lambda match: f"f('{match[0]}')", text)
    result = eval(code, {"__builtins__": {}}, scope)  # noqa: S307  (our own text)
    return Fraction(result)


@given(st.text(alphabet="甲乙合计 1.5%+-*/×÷()（）=<>≤、，—x接近@'\"", max_size=30))
@settings(LAW, max_examples=500)
def test_any_text_is_parsed_or_refused_with_a_place(text: str) -> None:
    error = refusal(text)
    if error is not None:
        assert error.message
        assert error.position is None or 0 <= error.position <= len(text)


def refusal(text: str) -> FormulaError | None:
    try:
        parse(text)
    except FormulaError as error:
        return error
    return None
