"""Formulas parsed: the notation, the order of reckoning, errors with their place."""

import pytest

from assembler.evaluation import spelt
from assembler.formula_tokens import FormulaError
from assembler.formulas import (
    CircularError,
    Formula,
    Relation,
    names,
    order,
    parse,
    parse_formula,
    parse_relation,
    unknown_name,
)


def printed(text: str) -> str:
    """A formula as the program prints it, to see how it was understood."""
    found = parse(text)
    if isinstance(found, Formula):
        return spelt(found.tree)
    return f"{spelt(found.left)} {found.operator} {spelt(found.right)}"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("已开工数 / 子项目数", "已开工数 ÷ 子项目数"),
        ("已开工数÷子项目数", "已开工数 ÷ 子项目数"),
        ("已开工数／子项目数", "已开工数 ÷ 子项目数"),
        ("甲*乙", "甲 × 乙"),
        ("甲×乙", "甲 × 乙"),
        ("甲＊乙", "甲 × 乙"),
        ("甲－乙", "甲 − 乙"),
        ("甲−乙", "甲 − 乙"),
        ("甲–乙", "甲 − 乙"),
        ("甲＋乙", "甲 + 乙"),
        ("（甲＋乙）×丙", "(甲 + 乙) × 丙"),
        ("(甲)", "甲"),
        ("甲 + 乙 × 丙", "甲 + 乙 × 丙"),
        ("甲 − (乙 − 丙)", "甲 − (乙 − 丙)"),
        ("甲 − 乙 − 丙", "甲 − 乙 − 丙"),
        ("甲 ÷ (乙 × 丙)", "甲 ÷ (乙 × 丙)"),
        ("甲 ÷ 乙 × 丙", "甲 ÷ 乙 × 丙"),
        ("-甲 + 乙", "−甲 + 乙"),
        ("−(甲 + 乙)", "−(甲 + 乙)"),
        ("+甲", "甲"),
        ("甲 × 2.5％", "甲 × 2.5%"),
        ("甲 × １２", "甲 × 12"),
        ("合计(甲、乙、丙)", "甲 + 乙 + 丙"),
        ("合计（甲，乙）÷2", "(甲 + 乙) ÷ 2"),
        ("合计 ÷ 2", "合计 ÷ 2"),
        ("开工率 = 已开工数 / 子项目数", "开工率 = 已开工数 ÷ 子项目数"),
        ("甲＝乙", "甲 = 乙"),
        ("甲 == 乙", "甲 = 乙"),
        ("甲 <= 乙", "甲 ≤ 乙"),
        ("甲≤乙", "甲 ≤ 乙"),
        ("甲≦乙", "甲 ≤ 乙"),
        ("甲 =< 乙", "甲 ≤ 乙"),
        ("甲 >= 乙", "甲 ≥ 乙"),
        ("甲＞乙", "甲 > 乙"),
        ("甲＜乙", "甲 < 乙"),
        ("甲 != 乙", "甲 ≠ 乙"),
        ("甲≠乙", "甲 ≠ 乙"),
        ("甲 ≈ 乙", "甲 ≈ 乙"),
        ("欠进度占比 接近 欠进度约占几成", "欠进度占比 接近 欠进度约占几成"),
        ("上年全年投资_2 + ｘ１", "上年全年投资_2 + x1"),
    ],
)
def test_notation_is_understood(text: str, understood: str) -> None:
    assert printed(text) == understood


@pytest.mark.parametrize(
    ("text", "message", "marked"),
    [
        ("", "没有写完", "〖〗"),
        ("甲 +", "没有写完", "甲 +〖〗"),
        ("(甲 + 乙", "左括号没有对应", "〖(〗甲 + 乙"),
        ("甲)", "右括号没有对应", "甲〖)〗"),
        ("甲 乙", "前面少了运算符号", "甲 〖乙〗"),
        ("2甲", "前面少了运算符号", "2〖甲〗"),
        ("甲(乙)", "后面少了运算符号", "甲〖(〗乙)"),
        ("甲 ÷ ÷ 乙", "少了字段名或数字", "甲 ÷ 〖÷〗 乙"),
        ("()", "少了字段名或数字", "(〖)〗"),
        ("甲 = 乙 = 丙", "只能有一个比较号", "甲 = 乙 〖=〗 丙"),
        ("甲 < 乙 < 丙", "只能有一个比较号", "甲 < 乙 〖<〗 丙"),
        ("1—10月投资", "不能有“—”", "1〖—〗10月投资"),
        ("甲：乙", "不能有“：”", "甲〖：〗乙"),
        ("__import__('os')", "不能有“'”", "__import__(〖'〗os')"),
        ("甲 ** 2", "少了字段名或数字", "甲 *〖*〗 2"),
        ("1.2.3", "不是数字", "〖1〗.2.3"),
        ("甲 + 1.", "不是数字", "甲 + 〖1〗."),
        ("(" * 30 + "甲", "括号套得太深", "(" * 20 + "〖(〗" + "(" * 9 + "甲"),
    ],
)
def test_error_shows_its_place(text: str, message: str, marked: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert message in caught.value.message
    assert caught.value.marked == marked


def test_formula_without_end_is_refused() -> None:
    with pytest.raises(FormulaError, match="拆成几条"):
        parse("甲+" * 200 + "甲")


def test_formula_of_a_field_may_name_the_field() -> None:
    named = parse_formula("开工率 = 已开工数 / 子项目数", "开工率")
    assert spelt(named.tree) == "已开工数 ÷ 子项目数"
    assert named.tree == parse_formula("开工率 = 已开工数 / 子项目数", "开工率").tree


def test_formula_of_another_field_is_refused() -> None:
    with pytest.raises(FormulaError, match="“开工率”的算式，写在了“完工率”"):
        parse_formula("开工率 = 已开工数 / 子项目数", "完工率")


def test_relation_in_a_formulas_place_is_refused_and_the_reverse() -> None:
    with pytest.raises(FormulaError, match="“校核”一行"):
        parse_formula("甲 <= 乙", "甲")
    with pytest.raises(FormulaError, match="比较号"):
        parse_relation("甲 + 乙")


def test_names_come_once_each_from_left_to_right() -> None:
    assert names(parse("乙 + 甲 * 乙 <= 丙 - 甲")) == ("乙", "甲", "丙")
    assert names(parse("2 + 3")) == ()


def test_unknown_name_is_told_with_its_place() -> None:
    rule = parse_relation("甲 + 丁 <= 乙")
    error = unknown_name(rule, {"甲", "乙"})
    assert error is not None
    assert "丁" in error.message
    assert error.marked == "甲 + 〖丁〗 <= 乙"
    assert unknown_name(rule, {"甲", "乙", "丁"}) is None


def formulas(**texts: str) -> dict[str, Formula]:
    return {field: parse_formula(text, field) for field, text in texts.items()}


def test_formulas_are_ordered_so_that_each_finds_what_it_needs() -> None:
    found = order(formulas(丙="乙 * 2", 乙="甲 + 1", 丁="丙 - 乙"))
    assert found.index("乙") < found.index("丙") < found.index("丁")
    assert set(found) == {"乙", "丙", "丁"}


def test_cycle_is_named_round_to_its_beginning() -> None:
    with pytest.raises(CircularError) as caught:
        order(formulas(甲="乙 + 1", 乙="丙 * 2", 丙="甲 - 丁"))
    cycle = caught.value.cycle
    assert cycle[0] == cycle[-1]
    assert set(cycle) == {"甲", "乙", "丙"}
    assert " → ".join(cycle) in caught.value.message


def test_field_that_needs_itself_is_a_cycle() -> None:
    with pytest.raises(CircularError, match="甲 → 甲"):
        order(formulas(甲="甲 + 1"))


def test_relation_knows_where_its_sign_stands() -> None:
    found = parse("甲 + 乙 <= 丙")
    assert isinstance(found, Relation)
    assert found.text[found.position] == "<"
