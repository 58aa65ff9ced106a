"""Values worded: the text that is printed for a value, and the way back.

Numbers follow GB/T 15835-2011 and reference practice: Arabic digits unless the guide
asks for 汉字, one number of decimals for figures of a kind, years digit by digit.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from assembler.dates import word_day
from assembler.figures import Day, Figure, Kind, Value, exact_decimal, plain, rounded
from assembler.measures import LONGEST_DECIMALS
from assembler.numerals import digits_to_chinese, from_chinese, to_chinese
from assembler.reading import read
from assembler.tenths import read_share, word_share
from assembler.units import convert, named, of_field

Numerals = Literal["arabic", "chinese"]

# Kinds whose figures show the same number of decimals throughout a speech.
UNIFORM_KINDS = (Kind.PERCENT, Kind.POINTS, Kind.AMOUNT)
# Decimals of a share that is calculated and for which the guide names none.
CALCULATED_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Style:
    """How a field's figures are printed.

    Attributes:
        decimals: how many, rounded half up; None prints them as given.
        thousands: whether digits are grouped, 1,234.5.
        numerals: ``arabic``, or ``chinese`` for 一百二十 and 二〇二二.
    """

    decimals: int | None = None
    thousands: bool = False
    numerals: Numerals = "arabic"


_DECIMALS = re.compile("(?:保留)?([零一两二三四五六0-6])位小数")
_NUMBER_WORDS = {"零": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_WHOLE = re.compile("取整|整数|不留小数|不要小数")
_THOUSANDS = re.compile("千分位|千位分隔")
_CHINESE = re.compile("汉字|中文数字")


def parse_style(note: str, unit: str | None) -> Style:
    """The style that the 说明 of the guide asks for.

    Understood, anywhere in the note: 一位小数, 两位小数, 保留1位小数 …; 取整 or 整数;
    千分位 (also 千位分隔); 汉字 (also 中文数字). What it does not name stays as
    given in the data.

    Args:
        note: the guide's 说明.
        unit: the field's unit; beside a printed % or in 百分点 汉字 makes no sense, so
            digits stay.
    """
    decimals = None
    if match := _DECIMALS.search(note):
        decimals = _NUMBER_WORDS.get(match[1])
        decimals = int(match[1]) if decimals is None else decimals
    elif _WHOLE.search(note):
        decimals = 0
    chinese = _CHINESE.search(note) and unit not in ("%", "％", "‰")
    return Style(
        decimals,
        thousands=_THOUSANDS.search(note) is not None,
        numerals="chinese" if chinese else "arabic",
    )


def uniform_decimals(
    figures: Mapping[Kind, Iterable[Figure]], fixed: Mapping[Kind, int] | None = None
) -> dict[Kind, int]:
    """How many decimals the figures of each kind show throughout a speech.

    Args:
        figures: by kind, those whose guide fixes no number of decimals.
        fixed: kinds for which the guide fixes one for all.

    Returns:
        For 百分比, 百分点 and 金额 the most that one of the figures shows; figures with
        a calculation's rest (more than three decimals) do not set the number for the
        others. Kinds without figures, and those that count, are left out.
    """
    decided = dict(fixed or {})
    for kind in UNIFORM_KINDS:
        shown = [
            figure.decimals
            for figure in figures.get(kind, ())
            if figure.decimals <= LONGEST_DECIMALS
        ]
        if shown:
            decided.setdefault(kind, max(shown))
    return decided


def word(value: Value, kind: Kind, unit: str | None, style: Style) -> str:
    """The text that is printed for a value, without the unit that the speech prints.

    Args:
        value: as it was read or calculated.
        kind: what the field holds.
        unit: the unit that the speech prints beside the blank, None if none.
        style: how it is to look.

    Returns:
        68.3 beside %, 68.3% where nothing stands beside; 一百二十; 2022年10月31日;
        一半. Text and approximations come back as they are.
    """
    if isinstance(value, str):
        return value
    chinese = style.numerals == "chinese"
    if isinstance(value, Day):
        return word_day(value, chinese=chinese)
    if kind is Kind.TENTHS:
        return _worded_share(value, unit)
    shown = _shown(value, style)
    if chinese and kind is Kind.PERCENT:
        chinese = unit == _SPELT_PERCENT or value.unit is not None
    if not chinese:
        return _with_unit(_in_digits(shown, kind, style), value, kind)
    if kind is Kind.PERCENT:
        return ("" if unit == _SPELT_PERCENT else _SPELT_PERCENT) + to_chinese(shown)
    return _with_unit(_in_chinese(shown, kind), value, kind)


_SPELT_PERCENT = "百分之"


def _shown(figure: Figure, style: Style) -> Decimal:
    """The number with the decimals it is to show."""
    decimals = figure.decimals if style.decimals is None else style.decimals
    return rounded(Fraction(figure.value), decimals)


def _in_digits(value: Decimal, kind: Kind, style: Style) -> str:
    grouped = style.thousands and kind is not Kind.YEAR
    return f"{value:,f}" if grouped else plain(value)


def _in_chinese(value: Decimal, kind: Kind) -> str:
    if kind is Kind.YEAR:
        return digits_to_chinese(str(int(value)))
    if value == 2 and kind in (Kind.COUNT, Kind.AMOUNT):  # noqa: PLR2004
        # Before a measure word 2 is 两: 两个, 两亿元.
        return "两"
    return to_chinese(value)


def _with_unit(text: str, figure: Figure, kind: Kind) -> str:
    """With the unit that the value has to bring along, 第 before it for a rank."""
    unit = figure.unit or ""
    return f"第{text}{unit}" if kind is Kind.RANK and unit else text + unit


def _worded_share(figure: Figure, unit: str | None) -> str:
    """成数 as written if in words, else in words; before 成 only the number."""
    share = figure.share or Fraction(figure.value) / 100
    if unit == _TENTHS:
        return _tenths(share, figure.text)
    in_words = read_share(figure.text) == share and not _DIGITS.search(figure.text)
    return figure.text if in_words else word_share(share)


_TENTHS = "成"
_DIGITS = re.compile("[0-9]")


def _tenths(share: Fraction, text: str) -> str:
    tens = share * 10
    numeral = text.removesuffix(_TENTHS)
    if from_chinese(numeral) == tens:
        return numeral
    exact = exact_decimal(tens)
    return plain(rounded(tens, 1) if exact is None else exact)


def unword(
    text: str, kind: Kind, unit: str | None, column_unit: str | None = None
) -> str | None:
    """The way back from printed text to the form that data files hold.

    Args:
        text: what stands in the speech in the field's place: 一百二十, 三成.
        kind: what the field holds.
        unit: the unit that the speech prints beside it.
        column_unit: the unit in the head of the column it goes back to.

    Returns:
        120, 30%, 68.3%, 2022年10月31日, words as they are, an amount in the column's
        unit; None where the text cannot be undone exactly (三分之一) or is no value of
        that kind, so that it has to be kept as text.
    """
    value = read(text, kind, unit, field="").value
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Day):
        return word_day(value, chinese=False)
    if kind is Kind.RANK:
        return word(value, kind, unit, Style())
    if kind in (Kind.TENTHS, Kind.PERCENT):
        exact = value.share is None or exact_decimal(value.share * 100) == value.value
        return f"{plain(value.value)}%" if exact else None
    return _in_column(value, unit, column_unit)


def _in_column(figure: Figure, unit: str | None, column_unit: str | None) -> str | None:
    """The number without its unit, in the column's where that has one."""
    source = of_field(unit) if unit else named(figure.unit or "")
    target = named(column_unit) if column_unit else source
    if source is None or target is None:
        return plain(figure.value)
    if not source.is_like(target):
        return None
    converted = convert(figure.value, source, target)
    own_unit = "" if unit or column_unit else figure.unit
    return None if converted is None else f"{plain(converted)}{own_unit}"
