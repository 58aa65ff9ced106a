"""Laws of reading and wording: what is printed reads back as what was written."""

import string
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.figures import Day, Figure, Kind, exact_decimal, plain, rounded
from assembler.findings import Severity
from assembler.numerals import (
    digits_from_chinese,
    digits_to_chinese,
    from_chinese,
    to_chinese,
)
from assembler.reading import Reading, read
from assembler.units import beside, convert, of_field
from assembler.wording import Style, unword, word
from assembler.written import without_noise

LAW = settings(deadline=None, derandomize=True, max_examples=300)

FULL_WIDTH = str.maketrans("0123456789.-%,", "０１２３４５６７８９．－％，")
counts = st.integers(min_value=0, max_value=10**12)
numbers = st.decimals(
    min_value=Decimal("0.001"),
    max_value=Decimal(99999999),
    places=3,
    allow_nan=False,
).flatmap(lambda value: st.sampled_from([value, round(value, 1), round(value, 2)]))
amounts = numbers.filter(lambda value: value > 0)
shares = st.decimals(min_value=2, max_value=100, places=1)
styles = st.builds(
    Style, thousands=st.booleans(), numerals=st.sampled_from(["arabic", "chinese"])
)
money = st.sampled_from(["元", "万元", "百万元", "千万元", "亿元"])
UNITS = {
    Kind.COUNT: "个",
    Kind.PERCENT: "%",
    Kind.POINTS: "个百分点",
    Kind.AMOUNT: "亿元",
    Kind.MONTH: "月",
    Kind.YEAR: "年",
    Kind.RANK: "位",
}


def value_of(reading: Reading) -> Decimal | None:
    return reading.value.value if isinstance(reading.value, Figure) else None


@LAW
@given(counts)
def test_chinese_numeral_reads_back_as_its_number(number: int) -> None:
    assert from_chinese(to_chinese(Decimal(number))) == number


@LAW
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_chinese_decimal_reads_back_with_all_its_places(number: Decimal) -> None:
    found = from_chinese(to_chinese(number))
    assert found is not None
    assert plain(found) == plain(number).replace("-0.000", "0.000")


@LAW
@given(st.integers(min_value=0, max_value=9999))
def test_year_in_chinese_digits_reads_back(year: int) -> None:
    assert digits_from_chinese(digits_to_chinese(f"{year:04}")) == f"{year:04}"


@LAW
@given(counts, st.sampled_from(["", "个", " 个"]), st.booleans())
def test_count_reads_the_same_in_every_spelling(
    number: int,
    tail: str,
    wide: bool,  # noqa: FBT001  (hypothesis gives it by position)
) -> None:
    spellings = [str(number), f"{number:,}", to_chinese(Decimal(number))]
    for spelling in spellings:
        text = spelling + tail
        if wide and "," not in text:
            text = text.translate(FULL_WIDTH)
        reading = read(text, Kind.COUNT, "个", field="子项目数")
        assert value_of(reading) == number, text
        assert reading.findings == ()


@LAW
@given(amounts, money, money)
def test_amount_reads_the_same_in_every_unit(
    amount: Decimal, written: str, printed: str
) -> None:
    there = convert(amount, of_field(printed), of_field(written))
    assert there is not None
    if without_noise(there) != there:
        # 1.000000001亿元 looks like a float's trace, whatever it was.
        return
    reading = read(f"{plain(there)}{written}", Kind.AMOUNT, printed, field="投资")
    if value_of(reading) is None:
        # Only what is absurdly little in the printed unit is refused.
        assert reading.findings[0].code == "too-small-for-unit"
    else:
        assert value_of(reading) == amount


@LAW
@given(shares)
def test_share_reads_the_same_in_every_spelling(share: Decimal) -> None:
    chinese = to_chinese(share)
    for text in (
        f"{share}",
        f"{share}%",
        f"{share}％",
        f"{share} %",
        f"百分之{chinese}",
        f"百分之{share}",
        str(share).translate(FULL_WIDTH),
    ):
        reading = read(text, Kind.PERCENT, "%", field="开工率")
        assert value_of(reading) == share, text
        assert reading.findings == ()


@LAW
@given(st.sampled_from(list(UNITS)), numbers, styles)
def test_printed_figure_reads_back_as_the_figure(
    kind: Kind, number: Decimal, style: Style
) -> None:
    written = plain(number)
    if kind in (Kind.COUNT, Kind.RANK):
        written = str(int(number) + 1)
    elif kind is Kind.MONTH:
        written = str(int(number) % 12 + 1)
    elif kind is Kind.YEAR:
        written = str(1900 + int(number) % 200)
    elif kind is Kind.PERCENT:
        written += "%"
    first = read(written, kind, UNITS[kind], field="某数").value
    assert isinstance(first, Figure)
    printed = word(first, kind, UNITS[kind], style)
    again = unword(printed, kind, UNITS[kind])
    assert again is not None
    assert value_of(read(again, kind, UNITS[kind], field="某数")) == first.value
    assert UNITS[kind] not in printed


@LAW
@given(st.sampled_from(list(UNITS)), counts)
def test_printed_unit_is_never_printed_twice(kind: Kind, number: int) -> None:
    unit = UNITS[kind]
    for written in (f"{number}{unit}", f"{number}{unit}{unit}"):
        value = read(written, kind, unit, field="某数").value
        if value is not None:
            assert not word(value, kind, unit, Style()).endswith(unit)


@LAW
@given(st.dates())
def test_date_reads_the_same_in_every_spelling(day: object) -> None:
    year, month, date = (int(part) for part in str(day).split("-"))
    if not 1900 <= year <= 2100:
        return
    for text in (
        f"{year}年{month}月{date}日",
        f"{year}/{month}/{date}",
        f"{year}-{month:02}-{date:02}",
        f"{year}{month:02}{date:02}",
        f"{year}-{month:02}-{date:02} 00:00:00",
    ):
        value = read(text, Kind.DATE, None, field="会议日期").value
        assert isinstance(value, Day)
        assert (value.year, value.month, value.day) == (year, month, date)
        assert word(value, Kind.DATE, None, Style()) == f"{year}年{month}月{date}日"
        chinese = word(value, Kind.DATE, None, Style(numerals="chinese"))
        again = read(chinese, Kind.DATE, None, field="会议日期").value
        assert isinstance(again, Day)
        assert (again.year, again.month, again.day) == (year, month, date)


@LAW
@given(st.integers(1, 19))
def test_tenths_read_back_from_words(twentieths: int) -> None:
    share = Fraction(twentieths, 20)
    value = read(f"{plain_of(share * 100)}%", Kind.TENTHS, None, field="几成").value
    assert isinstance(value, Figure)
    printed = word(value, Kind.TENTHS, None, Style())
    again = read(printed, Kind.TENTHS, None, field="几成").value
    assert isinstance(again, Figure)
    assert again.share == share


def plain_of(value: Fraction) -> str:
    found = exact_decimal(value)
    assert found is not None
    return plain(found)


@LAW
@given(
    st.integers(-(10**6), 10**6),
    st.integers(0, 3),
    st.floats(min_value=-1e-9, max_value=1e-9),
)
def test_trace_of_a_float_is_taken_off(
    digits: int, decimals: int, trace: float
) -> None:
    meant = rounded(Fraction(digits, 10**decimals), decimals)
    noisy = Decimal(repr(float(meant) + trace))
    if abs(noisy) > 1 and "E" not in str(noisy):
        assert abs(without_noise(noisy) - meant) <= Decimal("1e-8")
        assert without_noise(meant) == meant


@LAW
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_sum_of_floats_prints_no_noise(first: int, second: int) -> None:
    total = repr(first / 10 + second / 10)
    reading = read(total, Kind.AMOUNT, "亿元", field="投资")
    assert value_of(reading) == Decimal(first + second) / 10


SIGNS = (
    "０９.,%％-—～ 、/Xx#=个项亿万千百元一二三五十点零〇两成半分之约近余第年月日位待补"
)


@given(
    st.text(alphabet=string.digits + SIGNS, max_size=14),
    st.sampled_from(list(Kind)),
    st.sampled_from([None, "个", "%", "亿元", "个百分点", "月", "位", "成", "网格"]),
)
@settings(LAW, max_examples=3000)
def test_any_cell_gives_a_value_a_finding_or_nothing(
    text: str, kind: Kind, unit: str | None
) -> None:
    reading = read(text, kind, unit, field="某数", after="个子项目")
    errors = [f for f in reading.findings if f.severity is Severity.ERROR]
    if reading.value is None:
        assert reading.is_missing or len(errors) == 1
    else:
        assert {f.code for f in errors} <= {"doubtful-share"}
        assert len(reading.findings) <= 2
        assert word(reading.value, kind, unit, Style())


@LAW
@given(
    st.sampled_from(["元", "万元", "亿元", "个", "万人", "亩", "公顷", "吨", "万吨"])
)
def test_unit_converts_to_itself_unchanged(name: str) -> None:
    unit = of_field(name)
    assert beside(name, unit) == unit
    assert convert(Decimal("12.60"), unit, unit) == Decimal("12.60")
