"""Figures against formulas and relations: what is found, and how it is told."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assembler.agreement import (
    compare,
    derive,
    disagreements,
    settle_doubts,
    target_decimals,
)
from assembler.evaluation import Quantity, Target, calculated, misfit
from assembler.figures import Figure, Kind
from assembler.findings import Finding, Severity
from assembler.formula_tokens import FormulaError
from assembler.formulas import Formula, parse_formula, parse_relation
from assembler.reading import read
from assembler.relations import hold
from tests.consistent_rows import FORMULAS, KINDS, RELATIONS, understood

# The row that layouts.md gives as one that satisfies every rule.
SOUND = {
    "重点项目数": "120",
    "子项目数": "240",
    "已开工数": "164",
    "开工率": "68.3",
    "应开工未开工数": "38",
    "应开工未开工占比": "15.8",
    "超进度数": "36",
    "超进度占比": "15.0",
    "达进度数": "72",
    "达进度占比": "30.0",
    "不作评估数": "14",
    "欠进度数": "118",
    "欠进度占比": "49.2",
    "欠进度约占几成": "一半",
    "上年全年投资": "412.6",
    "今年前十月投资": "263.8",
    "年度计划投资": "455",
    "占年度计划比": "58.0",
    "占上年全年比": "63.9",
    "投资差距": "148.8",
    "固投月份": "10",
    "拟拉练项目数": "46",
    "拉练不作评估数": "5",
    "拉练欠进度数": "23",
}


def quantities(**cells: str) -> dict[str, Quantity]:
    """The sound row with some cells changed, read as the program reads it."""
    figures, refusals = understood({**SOUND, **cells})
    assert not refusals
    return figures


def found(**cells: str) -> dict[str, str]:
    """Field → message, for the sound row with some cells changed."""
    all_found = disagreements(FORMULAS, RELATIONS, quantities(**cells))
    return {finding.field or "": finding.message for finding in all_found}


def test_sound_row_raises_no_finding() -> None:
    assert found() == {}


def test_share_of_the_gap_is_told_with_both_figures_and_its_cause() -> None:
    assert found(占上年全年比="36.1%") == {
        "占上年全年比": "占上年全年比填的是 36.1%，按 今年前十月投资 ÷ 上年全年投资"
        " = 263.8 ÷ 412.6 应为 63.9%；36.1% 恰好是投资差距所占比重（148.8 ÷ 412.6）。"
    }


def test_classes_that_do_not_add_up_name_the_figure_to_blame() -> None:
    messages = found(欠进度数="120")
    assert messages["子项目数"] == (
        "超进度数 + 达进度数 + 不作评估数 + 欠进度数 = 36 + 72 + 14 + 120 = 242，"
        "子项目数填的是 240，多 2；欠进度数若是 118 就都对得上。"
    )
    assert "应为 50.0%" in messages["欠进度占比"]


def test_sum_alone_cannot_say_who_is_to_blame() -> None:
    relation = parse_relation("甲 + 乙 = 丙")
    row = {name: count(number) for name, number in (("甲", 3), ("乙", 4), ("丙", 8))}
    told = [finding.message for finding in disagreements({}, [(relation, False)], row)]
    assert told == ["甲 + 乙 = 3 + 4 = 7，丙填的是 8，少 1。"]


@pytest.mark.parametrize(
    ("field", "cell", "cause"),
    [
        ("投资差距", "158.8", "只差一个数字，像是把“4”写成了“5”"),
        ("投资差距", "1488", "像是小数点错了一位"),
        ("投资差距", "-148.8", "像是减数和被减数颠倒了"),
        ("开工率", "86.3", "像是“6”和“8”两个数字写颠倒了"),
        ("开工率", "31.7", "31.7% 恰好是 100% 减去 68.3%"),
        ("开工率", "0.683%", "像是填成了小数，没有换成百分数"),
        ("开工率", "30.0", "30.0% 恰好是达进度数所占比重（72 ÷ 240）"),
        ("开工率", "63.9", "63.9% 恰好是占上年全年比，像是填错了格"),
        ("占年度计划比", "57.9", "像是去掉了尾数，没有四舍五入"),
        ("投资差距", "148.9", "只差末位，像是用四舍五入以前的数算的"),
    ],
)
def test_likely_cause_is_named(field: str, cell: str, cause: str) -> None:
    messages = found(**{field: cell})
    assert cause in messages[field]
    assert "应为" in messages[field]


def test_what_nothing_explains_has_no_cause() -> None:
    message = found(开工率="41.7")["开工率"]
    assert message.endswith("应为 68.3%。")


def test_numerator_and_denominator_the_wrong_way_round_are_recognised() -> None:
    rule = parse_formula("甲 / 乙", "增速比")
    row = {"甲": count(100), "乙": count(80), "增速比": percent("80.0")}
    told = compare("增速比", rule, row)
    assert told is not None
    assert "分子和分母颠倒了" in told.message


def test_limit_that_is_passed_shows_both_sides() -> None:
    assert found(拉练欠进度数="50") == {
        "拉练欠进度数": "拉练欠进度数（50个），不应超过 "
        "拟拉练项目数 − 拉练不作评估数 = 46 − 5 = 41。"
    }


def test_fixed_month_is_held_to_the_number() -> None:
    assert found(固投月份="9") == {"固投月份": "固投月份填的是 9月，应当是 10。"}


def test_share_in_words_that_is_not_a_little_above_is_a_warning() -> None:
    for said in ("三成", "四成", "七成"):
        (finding,) = disagreements(FORMULAS, RELATIONS, quantities(欠进度约占几成=said))
        assert finding.code == "relation-doubtful"
        assert finding.severity is Severity.WARNING
        assert said in finding.message


def test_zero_divisor_is_a_finding_that_names_it() -> None:
    rule = parse_formula("甲 / (乙 - 丙)", "率")
    row = {"甲": count(1), "乙": count(2), "丙": count(2), "率": percent("50")}
    told = compare("率", rule, row)
    assert told is not None
    assert told.code == "division-by-zero"
    assert told.message == "率没法按 甲 ÷ (乙 − 丙) 计算：除数 乙 − 丙 是 0。"
    relation = parse_relation("甲 / (乙 - 丙) = 率")
    broken = hold(relation, row)
    assert broken is not None
    assert broken.code == "division-by-zero"


def count(number: int) -> Quantity:
    return Quantity(Decimal(number), 0, Kind.COUNT, "个")


def percent(text: str) -> Quantity:
    return quantity(text, Kind.PERCENT, "%")


def amount(text: str, unit: str = "亿元") -> Quantity:
    return quantity(text, Kind.AMOUNT, unit)


def quantity(text: str, kind: Kind, unit: str | None) -> Quantity:
    figure = read(text, kind, unit, field="某数").value
    assert isinstance(figure, Figure)
    return Quantity.of(figure, kind, unit)


@pytest.mark.parametrize(
    ("written", "agrees"),
    [
        ("68.3", True),
        ("68.33", True),
        ("68.333", True),
        ("68", True),
        ("68.4", False),
        ("68.2", False),
        ("68.30", False),
        ("69", False),
    ],
)
def test_figures_agree_at_the_decimals_shown(written: str, *, agrees: bool) -> None:
    row = {"已开工数": count(164), "子项目数": count(240), "开工率": percent(written)}
    rule = parse_formula("已开工数 / 子项目数", "开工率")
    assert (compare("开工率", rule, row) is None) is agrees


def test_figure_that_is_printed_with_more_decimals_is_held_to_these() -> None:
    row = {"甲": count(76), "乙": count(250), "率": percent("30")}
    rule = parse_formula("甲 / 乙", "率")
    assert compare("率", rule, row) is None
    row["率"] = Quantity(Decimal(30), 1, Kind.PERCENT, "%")
    told = compare("率", rule, row)
    assert told is not None
    assert "填的是 30.0%" in told.message
    assert "应为 30.4%" in told.message


def test_hundredfold_in_a_formula_for_a_share_is_understood() -> None:
    row = {"甲": count(1), "乙": count(4), "率": percent("25")}
    for text in ("甲 / 乙", "甲 / 乙 * 100", "100 × (甲 ÷ 乙)", "甲 / 乙 * 100%"):
        assert compare("率", parse_formula(text, "率"), row) is None


def test_amounts_of_two_units_are_added_in_one() -> None:
    row = {"省补": amount("3.5"), "县补": amount("1200", "万元")}
    target = Target("合计", Kind.AMOUNT, "万元", 0)
    rule = parse_formula("省补 + 县补", "合计")
    assert calculated(rule, target, row).value == Decimal(36200)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("投资差距 >= 148.8", True),
        ("投资差距 > 148.8", False),
        ("投资差距 >= 149", False),
        ("投资差距 < 149", True),
        ("投资差距 ≠ 148.8", False),
        ("子项目数 ≠ 241", True),
        ("开工率 <= 100%", True),
        ("开工率 >= 0.7", False),
        ("1 - 开工率 <= 31.7%", True),
        ("100% - 开工率 = 31.7%", True),
        ("开工率 ≈ 70%", True),
        ("开工率 ≈ 75%", False),
        ("投资差距 ≈ 145", True),
        ("投资差距 ≈ 120", False),
        ("投资差距 接近 150", True),
        ("投资差距 接近 148", False),
        ("投资差距 接近 200", False),
        ("欠进度占比 ≈ 欠进度约占几成", True),
        ("欠进度占比 接近 欠进度约占几成", True),
        ("开工率 = 已开工数 / 子项目数", True),
        ("已开工数 / 子项目数 = 开工率", True),
        ("应开工未开工占比 = 已开工数 / 子项目数", False),
        ("超进度占比 + 达进度占比 = 45%", True),
        ("超进度占比 + 达进度占比 = 44.9%", True),
        ("超进度占比 + 达进度占比 = 44.8%", False),
        ("超进度数 + 达进度数 = 108", True),
        ("超进度数 + 达进度数 = 109", False),
        ("子项目数 = 重点项目数 * 2", True),
        ("子项目数 = 重点项目数 * 2.001", False),
        ("合计(超进度数、达进度数) <= 已开工数", True),
    ],
)
def test_relation_holds_or_is_told(text: str, *, holds: bool) -> None:
    relation = parse_relation(text)
    assert (hold(relation, quantities()) is None) is holds


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("开工率 <= 100", "要带百分号，如 100%"),
        ("投资差距 + 子项目数 = 300", "金额和数量词不能相加减"),
        ("投资差距 <= 子项目数", "金额和数量词不能相加减，也不能比较"),
        ("固投月份 <= 子项目数", "月份和数量词不能"),
    ],
)
def test_relation_between_unlike_figures_is_an_error_of_the_template(
    text: str, message: str
) -> None:
    relation = parse_relation(text)
    with pytest.raises(FormulaError, match=message):
        hold(relation, quantities())
    error = misfit(relation, KINDS)
    assert error is not None
    assert message in error.message


def test_rules_of_the_layouts_fit_their_fields() -> None:
    for field, formula in FORMULAS.items():
        assert misfit(formula, KINDS, field) is None
    for relation, _ in RELATIONS:
        assert misfit(relation, KINDS) is None


def test_formula_with_words_or_another_measure_in_it_does_not_fit() -> None:
    kinds = {**KINDS, "牵头领导": (Kind.PERSON, None)}
    wordy = misfit(parse_formula("牵头领导 / 2", "开工率"), kinds, "开工率")
    assert wordy is not None
    assert "“牵头领导”的类型是人名，不能计算" in wordy.message
    unlike = misfit(parse_formula("上年全年投资", "开工率"), kinds, "开工率")
    assert unlike is not None
    assert "算出来是金额，而“开工率”是百分比" in unlike.message


def test_rule_with_a_missing_figure_is_not_held() -> None:
    row = quantities()
    del row["年度计划投资"]
    assert list(disagreements(FORMULAS, RELATIONS, row)) == []


def targets(*fields: str) -> dict[str, Target]:
    return {field: Target(field, *KINDS[field], decimals=1) for field in fields}


def test_fields_left_empty_are_calculated_in_the_order_they_need() -> None:
    formulas = {
        "投资差距": parse_formula("上年全年投资 - 今年前十月投资", "投资差距"),
        "差距比重": parse_formula("投资差距 / 上年全年投资", "差距比重"),
    }
    row = {name: q for name, q in quantities().items() if name != "投资差距"}
    wanted = {
        "差距比重": Target("差距比重", Kind.PERCENT, "%", 1),
        **targets("投资差距"),
    }
    derived = derive(formulas, row, wanted)
    assert derived.figures["投资差距"].value == Decimal("148.8")
    assert derived.figures["差距比重"].value == Decimal("36.1")
    assert derived.quantities["差距比重"].shown == "36.1%"
    assert derived.findings == ()


def test_calculation_takes_figures_that_were_not_rounded_before() -> None:
    formulas = {"率": parse_formula("甲 / 乙", "率")}
    row = {"甲": count(1), "乙": count(3)}
    target = {"率": Target("率", Kind.PERCENT, "%", 2)}
    assert derive(formulas, row, target).figures["率"].value == Decimal("33.33")


def test_share_in_words_is_calculated_as_a_speaker_would_say_it() -> None:
    rule = {"欠进度约占几成": parse_formula("欠进度数 / 子项目数", "欠进度约占几成")}
    row = quantities()
    del row["欠进度约占几成"]
    figure = derive(rule, row, targets("欠进度约占几成")).figures["欠进度约占几成"]
    assert figure.share == Fraction(1, 2)
    assert figure.text == "一半"


def test_what_cannot_be_calculated_says_what_is_missing() -> None:
    row = quantities()
    del row["年度计划投资"], row["占年度计划比"]
    derived = derive(FORMULAS, row, targets("占年度计划比"))
    (finding,) = derived.findings
    assert finding.code == "not-calculated"
    assert "还缺 年度计划投资" in finding.message
    assert "占年度计划比" not in derived.quantities


def test_calculation_by_zero_is_a_finding() -> None:
    rule = {"率": parse_formula("甲 / 乙", "率")}
    row = {"甲": count(1), "乙": count(0)}
    derived = derive(rule, row, {"率": Target("率", Kind.PERCENT, "%", 1)})
    assert [finding.code for finding in derived.findings] == ["division-by-zero"]


def test_field_with_a_value_is_not_calculated_anew() -> None:
    derived = derive(FORMULAS, quantities(开工率="70.0"), targets("开工率"))
    assert derived.figures == {}
    assert derived.quantities["开工率"].value == Decimal("70.0")


def test_calculated_decimals_follow_the_kind() -> None:
    row = {"甲": amount("412.65"), "乙": amount("263.8")}
    rule = parse_formula("甲 - 乙", "丙")
    assert target_decimals(Kind.PERCENT, rule, row) == 1
    assert target_decimals(Kind.AMOUNT, rule, row) == 2
    assert target_decimals(Kind.COUNT, rule, row) == 0


def doubt() -> tuple[Finding, ...]:
    return read("0.8", Kind.PERCENT, "%", field="开工率").findings


def test_doubtful_share_is_settled_by_a_formula_that_agrees() -> None:
    row = {"甲": count(2), "乙": count(240), "开工率": percent("0.8")}
    rule = parse_formula("甲 / 乙", "开工率")
    assert settle_doubts(doubt(), compare("开工率", rule, row)) == ()


def test_doubtful_share_that_the_formula_refutes_is_told_once() -> None:
    row = {"甲": count(192), "乙": count(240), "开工率": percent("0.8")}
    mismatch = compare("开工率", parse_formula("甲 / 乙", "开工率"), row)
    assert mismatch is not None
    assert settle_doubts(doubt(), mismatch) == doubt()


def test_disagreement_without_a_doubt_is_kept() -> None:
    mismatch = compare(
        "开工率",
        parse_formula("甲", "开工率"),
        {"甲": percent("70"), "开工率": percent("68.3")},
    )
    assert mismatch is not None
    assert settle_doubts((), mismatch) == (mismatch,)


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ("一半", True),
        ("五成", True),
        ("四成五", True),
        ("三成", False),
        ("六成", False),
    ],
)
def test_share_in_words_with_a_formula_agrees_within_five_points(
    said: str, *, agrees: bool
) -> None:
    rule = parse_formula("欠进度数 / 子项目数", "欠进度约占几成")
    told = compare("欠进度约占几成", rule, quantities(欠进度约占几成=said))
    assert (told is None) is agrees
    if told is not None:
        assert told.severity is Severity.WARNING
        assert f"填的是 {said}，" in told.message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-甲 + 乙", "1"),
        ("甲 × 50%", "1.5"),
        ("甲 × 2 + 乙", "10"),
        ("乙 ÷ 2", "2"),
        ("(甲 + 乙) × 2 − 甲", "11"),
        ("2 × 3 + 甲", "9"),
    ],
)
def test_formula_is_reckoned_in_the_order_of_arithmetic(text: str, value: str) -> None:
    row = {"甲": amount("3"), "乙": amount("4")}
    target = Target("丙", Kind.AMOUNT, "亿元", 1)
    assert calculated(parse_formula(text, "丙"), target, row).value == Decimal(value)


def test_relation_with_a_missing_figure_is_not_held() -> None:
    assert hold(parse_relation("甲 <= 乙"), {"甲": count(3)}) is None


def test_figure_that_no_value_can_mend_is_not_blamed() -> None:
    relation = parse_relation("甲 × 0 + 乙 ÷ (丙 − 丙 + 1) = 丙")
    row = {"甲": count(3), "乙": count(4), "丙": count(9)}
    (told,) = disagreements({}, [(relation, False)], row)
    assert "就都对得上" not in told.message


def test_error_without_a_place_shows_the_whole_formula() -> None:
    error = misfit(parse_formula("上年全年投资", "开工率"), KINDS, "开工率")
    assert error is not None
    assert error.marked == "上年全年投资"


def test_rule_that_divides_by_the_samples_chance_is_not_blamed() -> None:
    rule = parse_formula("已开工数 / (子项目数 - 子项目数)", "开工率")
    assert misfit(rule, KINDS, "开工率") is None


def test_soft_relation_of_the_guide_only_warns() -> None:
    relation = parse_relation("重点项目数 > 子项目数")
    told = hold(relation, quantities(), soft=True)
    assert told is not None
    assert told.severity is Severity.WARNING


def test_finding_names_all_figures_to_look_at() -> None:
    row = quantities(投资差距="158.8")
    told = compare("投资差距", FORMULAS["投资差距"], row)
    assert told is not None
    assert (
        told.hint == "核对 投资差距、上年全年投资、今年前十月投资，改正填错的那一个。"
    )


def test_formula_of_numbers_only_is_the_number_itself() -> None:
    rule = Formula("10", parse_formula("10", "固投月份").tree)
    target = Target("固投月份", Kind.MONTH, "月", 0)
    assert calculated(rule, target, {}).value == Decimal(10)
    target = Target("投资", Kind.AMOUNT, "亿元", 1)
    assert calculated(parse_formula("5", "投资"), target, {}).value == Decimal("5.0")
