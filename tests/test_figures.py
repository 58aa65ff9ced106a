"""Cells read and worded: the table figure_cases.tsv, and what no table can hold.

A line of the table: 类型, 单位 (printed beside the blank), 字段, 列单位 (in the
column's head), 后文 (the speech's text behind the blank), 填写 (the cell; ␣ stands for
a blank at its ends), 读成 (the value, then ``! code`` for a finding), 印成.
"""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from assembler.figures import Day, Figure, Kind, Value, exact_decimal, plain, rounded
from assembler.findings import Severity
from assembler.reading import Reading, column_remark, missing_value, read
from assembler.wording import Style, parse_style, uniform_decimals, unword, word

TESTS = Path(__file__).parent
MISSING = "（没有填）"


def cases() -> list[dict[str, str]]:
    lines = (TESTS / "figure_cases.tsv").read_text(encoding="utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [dict(zip(head, row, strict=True)) for row in rows]


CASES = cases()


def reading_of(case: dict[str, str]) -> Reading:
    return read(
        case["填写"].replace("␣", " "),
        Kind(case["类型"]),
        case["单位"] or None,
        field=case["字段"],
        column_unit=case["列单位"] or None,
        after=case["后文"],
    )


def spelt(reading: Reading) -> str:
    """A reading as the table writes it."""
    if reading.is_missing:
        return MISSING
    codes = " ".join(f"! {finding.code}" for finding in reading.findings)
    return f"{value_text(reading.value)} {codes}".strip()


def value_text(value: Value | None) -> str:
    match value:
        case Figure(share=share) if share is not None:
            return str(share)
        case Figure(value=number):
            return plain(number)
        case Day(year=year, month=month, day=day):
            parts = (
                f"{year}" if year else "-",
                *(f"{part:02}" for part in (month, day) if part),
            )
            return "-".join(parts)
        case None:
            return ""
        case _:
            return value


def identity(case: dict[str, str]) -> str:
    return f"{case['类型']} {case['填写']}"


@pytest.mark.parametrize("case", CASES, ids=identity)
def test_cell_is_read_as_the_table_says(case: dict[str, str]) -> None:
    assert spelt(reading_of(case)) == case["读成"]


@pytest.mark.parametrize("case", CASES, ids=identity)
def test_value_is_printed_as_the_table_says(case: dict[str, str]) -> None:
    value = reading_of(case).value
    text = ""
    if value is not None:
        text = word(value, Kind(case["类型"]), case["单位"] or None, Style())
    assert text == case["印成"]


@pytest.mark.parametrize("case", CASES, ids=identity)
def test_finding_names_field_cell_and_remedy(case: dict[str, str]) -> None:
    for finding in reading_of(case).findings:
        assert finding.field == case["字段"]
        assert f"{case['字段']}填的是“" in finding.message
        assert case["填写"].strip("␣　 ")[:30] in finding.message
        assert finding.message.endswith("。")
        assert finding.hint
        assert finding.hint.endswith("。")


def test_table_has_more_than_two_hundred_forms() -> None:
    assert len({(c["类型"], c["单位"], c["列单位"], c["填写"]) for c in CASES}) > 200


def test_doubtful_share_names_both_meanings() -> None:
    reading = read("0.683", Kind.PERCENT, "%", field="开工率")
    assert "68.3% 还是 0.683%" in reading.findings[0].message


def test_error_beside_a_value_is_only_the_doubtful_share() -> None:
    for case in CASES:
        reading = reading_of(case)
        errors = {f.code for f in reading.findings if f.severity is Severity.ERROR}
        if reading.value is not None:
            assert errors <= {"doubtful-share"}
        elif not reading.is_missing:
            assert errors


def test_nothing_given_is_no_finding_until_the_row_needs_it() -> None:
    assert read(" ", Kind.COUNT, "个", field="子项目数").is_missing
    assert missing_value("子项目数", Kind.COUNT).message == "子项目数没有填。"
    dash = missing_value("子项目数", Kind.COUNT, "—")
    assert dash.message == "子项目数填的是“—”，等于没有填。"
    assert dash.severity is Severity.ERROR


def test_lost_dash_of_months_is_pointed_out() -> None:
    reading = read("110", Kind.MONTH, "月", field="固投月份")
    assert "1—10月丢了连接号" in (reading.findings[0].hint or "")


def test_wrong_unit_of_a_column_head_is_said_to_stand_there() -> None:
    reading = read("240", Kind.COUNT, "个", field="子项目数", column_unit="户")
    assert "（列名里写的）" in reading.findings[0].message


@pytest.mark.parametrize(
    ("unit", "column_unit", "code"),
    [
        ("亿元", "万元", None),
        ("亿元", "初步", "unknown-unit"),
        ("网格", "网格", None),
        (None, "", None),
    ],
)
def test_column_head_with_an_unknown_unit_is_told_once(
    unit: str | None, column_unit: str, code: str | None
) -> None:
    found = column_remark("投资", unit, column_unit)
    assert (found.code if found else None) == code


def test_long_cell_is_cut_short_in_the_message() -> None:
    reading = read("数" * 200, Kind.COUNT, "个", field="子项目数")
    assert len(reading.findings[0].message) < 80


@pytest.mark.parametrize(
    ("note", "unit", "style"),
    [
        ("", None, Style()),
        ("选填", "%", Style()),
        ("两位小数", "%", Style(decimals=2)),
        ("保留1位小数", "亿元", Style(decimals=1)),
        ("四舍五入，保留两位小数", "亿元", Style(decimals=2)),
        ("取整", "亿元", Style(decimals=0)),
        ("千分位", "万元", Style(thousands=True)),
        ("一位小数，千分位", "万元", Style(decimals=1, thousands=True)),
        ("汉字", "个", Style(numerals="chinese")),
        ("用汉字", None, Style(numerals="chinese")),
        ("汉字", "%", Style()),
    ],
)
def test_note_of_the_guide_sets_the_style(
    note: str, unit: str | None, style: Style
) -> None:
    assert parse_style(note, unit) == style


CHINESE = Style(numerals="chinese")


@pytest.mark.parametrize(
    ("written", "kind", "unit", "style", "printed"),
    [
        ("120", Kind.COUNT, "个", CHINESE, "一百二十"),
        ("2", Kind.COUNT, "个", CHINESE, "两"),
        ("2", Kind.RANK, "位", CHINESE, "二"),
        ("2", Kind.MONTH, "月", CHINESE, "二"),
        ("20000", Kind.COUNT, "人", CHINESE, "两万"),
        ("12", Kind.COUNT, "个", CHINESE, "十二"),
        ("3.45", Kind.AMOUNT, "亿元", CHINESE, "三点四五"),
        ("2022", Kind.YEAR, "年", CHINESE, "二〇二二"),
        ("10", Kind.MONTH, "月", CHINESE, "十"),
        ("2022/10/31", Kind.DATE, None, CHINESE, "二〇二二年十月三十一日"),
        ("68.3", Kind.PERCENT, None, CHINESE, "百分之六十八点三"),
        ("68.3", Kind.PERCENT, "百分之", CHINESE, "六十八点三"),
        ("68.3", Kind.PERCENT, "%", CHINESE, "68.3"),
        ("1234.5", Kind.AMOUNT, "万元", Style(thousands=True), "1,234.5"),
        ("1234", Kind.COUNT, "个", Style(thousands=True), "1,234"),
        ("2022", Kind.YEAR, "年", Style(thousands=True), "2022"),
        ("12.65", Kind.AMOUNT, "亿元", Style(decimals=1), "12.7"),
        ("-12.65", Kind.AMOUNT, "亿元", Style(decimals=1), "-12.7"),
        ("68", Kind.PERCENT, "%", Style(decimals=1), "68.0"),
        ("0.04%", Kind.PERCENT, "%", Style(decimals=1), "0.0"),
        ("-0.04%", Kind.PERCENT, "%", Style(decimals=1), "0.0"),
        ("35%", Kind.TENTHS, None, Style(), "三成五"),
        ("5%", Kind.TENTHS, None, Style(), "5%"),
        ("五分之二", Kind.TENTHS, None, Style(), "五分之二"),
        ("七分之二", Kind.TENTHS, None, Style(), "七分之二"),
        ("2/7", Kind.TENTHS, None, Style(), "28.6%"),
        ("35%", Kind.TENTHS, "成", Style(), "3.5"),
    ],
)
def test_figure_is_worded_as_the_style_asks(
    written: str, kind: Kind, unit: str | None, style: Style, printed: str
) -> None:
    value = read(written, kind, unit, field="某数").value
    assert value is not None
    assert word(value, kind, unit, style) == printed


def figures(*texts: str) -> list[Figure]:
    return [Figure(Decimal(t), len(t.partition(".")[2]), t) for t in texts]


def test_figures_of_a_kind_show_as_many_decimals_as_the_most_exact() -> None:
    decided = uniform_decimals(
        {
            Kind.PERCENT: figures("68.3", "30", "15.0"),
            Kind.AMOUNT: figures("412.65", "263.8"),
            Kind.COUNT: figures("240", "1.5"),
            Kind.POINTS: [],
        }
    )
    assert decided == {Kind.PERCENT: 1, Kind.AMOUNT: 2}


def test_guide_decides_before_the_figures_do() -> None:
    given = {Kind.PERCENT: figures("68.33")}
    assert uniform_decimals(given, {Kind.PERCENT: 1}) == {Kind.PERCENT: 1}


def test_the_rest_of_a_calculation_does_not_set_decimals_for_others() -> None:
    given = {Kind.PERCENT: figures("68.333333", "30.0")}
    assert uniform_decimals(given) == {Kind.PERCENT: 1}


@pytest.mark.parametrize(
    ("printed", "kind", "unit", "column_unit", "data"),
    [
        ("一百二十", Kind.COUNT, "个", None, "120"),
        ("1,234.5", Kind.AMOUNT, "万元", None, "1234.5"),
        ("12.6", Kind.AMOUNT, "亿元", "万元", "126000"),
        ("12.6亿元", Kind.AMOUNT, None, None, "12.6亿元"),
        ("12.6亿元", Kind.AMOUNT, None, "万元", "126000"),
        ("12.6", Kind.AMOUNT, "亿元", "亩", None),
        ("12.6", Kind.AMOUNT, None, "万元", "12.6"),
        ("68.30", Kind.PERCENT, "%", None, "68.30%"),
        ("三成", Kind.TENTHS, None, None, "30%"),
        ("三成五", Kind.TENTHS, None, None, "35%"),
        ("三", Kind.TENTHS, "成", None, "30%"),
        ("三分之一", Kind.TENTHS, None, None, None),
        ("二〇二二", Kind.YEAR, "年", None, "2022"),
        ("二〇二二年十月", Kind.DATE, None, None, "2022年10月"),
        ("第7位", Kind.RANK, None, None, "第7位"),
        ("七", Kind.RANK, "位", None, "7"),
        ("约120", Kind.COUNT, "个", None, "约120"),
        ("清河区", Kind.PLACE, None, None, "清河区"),
        ("大有进展", Kind.COUNT, "个", None, None),
        ("", Kind.COUNT, "个", None, None),
    ],
)
def test_printed_text_goes_back_to_data_where_that_is_exact(
    printed: str,
    kind: Kind,
    unit: str | None,
    column_unit: str | None,
    data: str | None,
) -> None:
    assert unword(printed, kind, unit, column_unit) == data


@pytest.mark.parametrize(
    ("number", "decimals", "result"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.05", 1, "0.1"),
        ("0.04", 1, "0.0"),
        ("-0.04", 1, "0.0"),
        ("68.35", 1, "68.4"),
        ("1e30", 0, "1" + "0" * 30),
    ],
)
def test_rounding_is_half_up_and_exact(number: str, decimals: int, result: str) -> None:
    assert plain(rounded(Fraction(number), decimals)) == result


def test_decimal_without_an_end_is_none() -> None:
    assert exact_decimal(Fraction(1, 3)) is None
    assert exact_decimal(Fraction(1, 40)) == Decimal("0.025")
    assert exact_decimal(Fraction(240)) == Decimal(240)
