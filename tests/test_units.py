"""Units: families, exact conversion, units written twice."""

from decimal import Decimal

import pytest

from assembler.units import are_doubled, beside, convert, leading, named, of_field


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        ("126000", "万元", "亿元", "12.6"),
        ("12.60", "亿元", "亿元", "12.60"),
        ("12.6", "亿元", "元", "1260000000"),
        ("3", "百万元", "千万元", "0.3"),
        ("0.5", "元", "角", "5"),
        ("15", "亩", "公顷", "1"),
        ("1", "公顷", "亩", "15"),
        ("150", "公顷", "平方公里", "1.5"),
        ("1", "万平方米", "㎡", "10000"),
        ("3500", "米", "公里", "3.5"),
        ("1", "千米", "公里", "1"),
        ("3", "万吨", "千克", "30000000"),
        ("5", "斤", "公斤", "2.5"),
        ("3", "‰", "%", "0.3"),
        ("3", "成", "%", "30"),
        ("1.2", "万个", "个", "12000"),
        ("1.2", "万千瓦", "千瓦", "12000"),
        ("5", "度", "千瓦时", "5"),
        ("100", "亩", "公顷", None),
    ],
)
def test_figures_convert_exactly_within_a_family(
    value: str, source: str, target: str, result: str | None
) -> None:
    one, other = of_field(source), of_field(target)
    assert one.is_like(other)
    found = convert(Decimal(value), one, other)
    assert (None if found is None else f"{found:f}") == result


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("亿元", "亿美元"),
        ("个", "项"),
        ("人", "户"),
        ("人", "人次"),
        ("%", "个百分点"),
        ("亩", "米"),
        ("月", "个月"),
        ("吨", "立方米"),
    ],
)
def test_units_of_two_families_do_not_convert(one: str, other: str) -> None:
    assert not of_field(one).is_like(of_field(other))


@pytest.mark.parametrize(
    "name", ["", "万", "亿", "万%", "亿月", "项目", "百分", "元旦"]
)
def test_word_that_is_no_unit_is_not_known(name: str) -> None:
    assert named(name) is None


def test_unknown_word_of_a_guide_counts_itself() -> None:
    assert of_field("万网格") == of_field("万网格")
    grid = of_field("网格")
    assert beside("万网格", grid) == grid.times("万")
    assert not grid.is_like(of_field("标段"))


@pytest.mark.parametrize(
    ("tail", "field", "name"),
    [
        ("亿", "亿元", "亿元"),
        ("万", "亿元", "万元"),
        ("元", "亿元", "元"),
        ("万", "个", "万个"),
        ("万", "%", None),
        ("万", None, None),
        ("项", "个", "项"),
    ],
)
def test_magnitude_alone_means_the_unit_of_the_field(
    tail: str, field: str | None, name: str | None
) -> None:
    found = beside(tail, of_field(field) if field else None)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("tail", "doubled"),
    [
        ("亿元亿元", True),
        ("亿亿元", True),
        ("%%", True),
        ("个个", True),
        ("月月份", True),
        ("个百分点百分点", True),
        ("人人次", False),
        ("个户", False),
        ("左右", False),
        ("", False),
    ],
)
def test_unit_written_twice_is_found(tail: str, *, doubled: bool) -> None:
    assert are_doubled(tail) is doubled


def test_longest_unit_at_the_beginning_is_taken() -> None:
    assert getattr(leading("个百分点，居全省"), "name", None) == "个百分点"
    assert getattr(leading("万平方米安置房"), "name", None) == "万平方米"
    assert leading("，居全省") is None
