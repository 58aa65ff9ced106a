"""Chinese numerals: the forms that decided for a module of our own."""

from decimal import Decimal

import pytest

from assembler.numerals import (
    digits_from_chinese,
    digits_to_chinese,
    from_chinese,
    from_mixed,
    to_chinese,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", "0"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("廿三", "23"),
        ("卅", "30"),
        ("一百零八", "108"),
        ("一百一十", "110"),
        ("一百二十", "120"),
        ("两百", "200"),
        ("二百五", "250"),
        ("三千二", "3200"),
        ("一千零一十", "1010"),
        ("三千零五", "3005"),
        ("一万二", "12000"),
        ("一万零三十", "10030"),
        ("两万五", "25000"),
        ("十万五千", "105000"),
        ("一百九十万三千九百七十一", "1903971"),
        ("一百九十万零三千九百七十一", "1903971"),
        ("九千九百九十九万九千九百九十九", "99999999"),
        ("一亿零三", "100000003"),
        ("一亿二千万", "120000000"),
        ("三亿四千五百万", "345000000"),
        ("一万二千亿", "1200000000000"),
        ("六十八点三", "68.3"),
        ("六十八点三零", "68.30"),
        ("零点零五", "0.05"),
        ("三点四五亿", "345000000"),
        ("负三点二", "-3.2"),
        ("壹佰贰拾叁", "123"),
    ],
)
def test_numeral_gives_its_number(text: str, number: str) -> None:
    found = from_chinese(text)
    assert found is not None
    assert f"{found:f}" == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三五",
        "二〇二二",
        "三点",
        "点五",
        "百",
        "百十",
        "十百",
        "十十",
        "千百",
        "一二百",
        "一百二三",
        "二百二百",
        "一零",
        "零五",
        "一百零",
        "一千五十",
        "一零百",
        "一百万万",
        "万",
        "亿万",
        "负负三",
        "一百个",
        "几十",
    ],
)
def test_what_is_no_numeral_gives_nothing(text: str) -> None:
    assert from_chinese(text) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "零"),
        ("10", "十"),
        ("20", "二十"),
        ("110", "一百一十"),
        ("112", "一百一十二"),
        ("200", "二百"),
        ("2000", "两千"),
        ("22000", "两万二千"),
        ("100000", "十万"),
        ("120000", "十二万"),
        ("1010", "一千零一十"),
        ("10030", "一万零三十"),
        ("100000003", "一亿零三"),
        ("1000000000000", "一万亿"),
        ("68.30", "六十八点三零"),
        ("-0.5", "负零点五"),
    ],
)
def test_number_is_written_as_it_is_spoken(number: str, text: str) -> None:
    assert to_chinese(Decimal(number)) == text


def test_years_are_written_digit_by_digit() -> None:
    assert digits_to_chinese("2022") == "二〇二二"
    assert digits_from_chinese("二〇二二") == "2022"
    assert digits_from_chinese("二零二二") == "2022"
    assert digits_from_chinese("二○二二") == "2022"
    assert digits_from_chinese("二十二") is None
    assert digits_from_chinese("") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3亿4500万", 345000000),
        ("3亿4千5百万", 345000000),
        ("1万2000", 12000),
        ("3千5百", 3500),
        ("12万", 120000),
        ("240", 240),
        ("1万2", None),
        ("3千50", None),
        ("3万4万", None),
        ("3亿45000万", None),
        ("亿", None),
        ("3.4亿5万", None),
        ("", None),
    ],
)
def test_digits_with_chinese_places_give_their_number(
    text: str, number: int | None
) -> None:
    assert from_mixed(text) == number
