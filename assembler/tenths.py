"""成数: parts of a whole in words: 三成, 三成五, 一半, 三分之一.

A part is kept as an exact fraction, because a third has no end as a decimal.
"""

import re
from decimal import Decimal
from fractions import Fraction

from assembler.figures import exact_decimal, plain, rounded
from assembler.numerals import from_chinese, to_chinese
from assembler.written import numbers

HALF = Fraction(1, 2)
_HALVES = frozenset({"一半", "半数", "百分之五十", "二分之一"})
_TENTHS = re.compile(
    "([一二两三四五六七八九十]|[0-9]{1,2}(?:\\.[0-9])?)成([一二三四五六七八九半]?)"
)
_FRACTION = re.compile("(.+)分之(.+)")
_SLASHED = re.compile("([0-9]{1,2})/([0-9]{1,2})")
# Thirds and quarters are said as fractions; fifths as 成, being two of them.
_SPOKEN_FRACTIONS = {
    Fraction(1, 3): "三分之一",
    Fraction(2, 3): "三分之二",
    Fraction(1, 4): "四分之一",
    Fraction(3, 4): "四分之三",
}
_MOST_TENTHS = 9


def read_share(text: str) -> Fraction | None:
    """The part of the whole that a text names.

    Args:
        text: 一半, 三成, 3.5成, 三成五, 三成半, 三分之一, 1/3, 百分之三十, 30%.

    Returns:
        The part, 1/2 for 一半; None where the text names none.
    """
    if text in _HALVES:
        return HALF
    for form, reader in (
        (_TENTHS, _from_tenths),
        (_FRACTION, _from_fraction),
        (_SLASHED, _from_slashed),
    ):
        if match := form.fullmatch(text):
            return reader(match)
    return _from_percent(text)


def _from_tenths(match: re.Match[str]) -> Fraction | None:
    whole = _number(match[1])
    if whole is None:
        return None
    rest = Decimal(5) if match[2] == "半" else from_chinese(match[2] or "零")
    if rest is None or (match[2] and whole != int(whole)):
        return None
    return Fraction(whole) / 10 + Fraction(rest) / 100


def _from_fraction(match: re.Match[str]) -> Fraction | None:
    below = Decimal(100) if match[1] == "百" else _number(match[1])
    above = _number(match[2])
    return Fraction(above) / Fraction(below) if above is not None and below else None


def _from_slashed(match: re.Match[str]) -> Fraction | None:
    above, below = int(match[1]), int(match[2])
    return Fraction(above, below) if 0 < above < below else None


def _from_percent(text: str) -> Fraction | None:
    for number in numbers(text):
        if number.tail == "%":
            return Fraction(number.value) / 100
    return None


def _number(text: str) -> Decimal | None:
    return next((number.value for number in numbers(text) if not number.tail), None)


def word_share(share: Fraction) -> str:
    """The part in words: 一半, 三成, 三成五, 三分之一; else as a percentage, 49.2%."""
    if share == HALF:
        return "一半"
    if share in _SPOKEN_FRACTIONS:
        return _SPOKEN_FRACTIONS[share]
    hundredths = share * 100
    tens, rest = divmod(hundredths, 10)
    if 1 <= tens <= _MOST_TENTHS and rest in (0, 5):
        return f"{to_chinese(Decimal(tens))}成{'五' if rest else ''}"
    exact = exact_decimal(hundredths)
    return f"{plain(rounded(hundredths, 1) if exact is None else exact)}%"


def nearest_share(share: Fraction) -> Fraction:
    """The part a speaker would say for one: a half for 0.492, a third for 0.331."""
    tenths = [Fraction(tens, 10) for tens in range(1, _MOST_TENTHS + 1)]
    return min((*tenths, *_SPOKEN_FRACTIONS), key=lambda part: abs(part - share))
