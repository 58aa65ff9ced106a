"""What a field holds: kinds, typed values, and the findings that speak of them.

A value is read by `assembler.reading`, worded by `assembler.wording` and reckoned with
by `assembler.evaluation`; here are the nouns these share. Numbers are `Decimal` and
`Fraction` throughout, never binary floats.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from assembler.findings import Finding, Severity


class Kind(StrEnum):
    """What a field holds; the value is the word the guide uses."""

    COUNT = "数量"
    PERCENT = "百分比"
    POINTS = "百分点"
    AMOUNT = "金额"
    MONTH = "月份"
    YEAR = "年份"
    DATE = "日期"
    RANK = "位次"
    TENTHS = "成数"
    PERSON = "人名"
    BODY = "单位"
    PLACE = "地名"
    TEXT = "文字"

    @property
    def is_text(self) -> bool:
        """Whether values of this kind are words that stay as they are."""
        return self in (Kind.PERSON, Kind.BODY, Kind.PLACE, Kind.TEXT)

    @property
    def is_number(self) -> bool:
        """Whether values of this kind can stand in a formula."""
        return not self.is_text and self is not Kind.DATE

    @property
    def is_ratio(self) -> bool:
        """Whether formulas take values of this kind as parts of a whole."""
        return self in (Kind.PERCENT, Kind.POINTS, Kind.TENTHS)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it was read.

    Attributes:
        value: in the field's unit: of 68.3% it is 68.3, of 三成 30, of 12.6亿元 12.6
            for a field in 亿元.
        decimals: how many decimals it shows.
        text: as written in the data.
        share: of a 成数 the exact part of the whole, a third for 三分之一, where
            `value` can hold but 28 digits.
        unit: the unit it was written with, where the speech prints none beside the
            blank and the value must bring its own; otherwise None.
    """

    value: Decimal
    decimals: int
    text: str
    share: Fraction | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A date as it was read; what was not written is None."""

    year: int | None
    month: int | None
    day: int | None
    text: str


# A str is a value of a text kind, or an approximation (约120) that stays as it is.
Value: TypeAlias = Figure | Day | str


def rounded(value: Fraction, decimals: int) -> Decimal:
    """The number rounded half up, away from zero, to so many decimals, exactly."""
    scale = 10**decimals
    whole = (2 * abs(value.numerator) * scale + value.denominator) // (
        2 * value.denominator
    )
    return Decimal(f"{'-' if value < 0 and whole else ''}{whole}E-{decimals}")


def exact_decimal(value: Fraction) -> Decimal | None:
    """The fraction as a decimal with no zeros at its end; None where it has no end."""
    rest, decimals = value.denominator, 0
    while rest % 10 == 0:
        rest, decimals = rest // 10, decimals + 1
    for factor in (2, 5):
        while rest % factor == 0:
            rest, decimals = rest // factor, decimals + 1
    return rounded(value, decimals) if rest == 1 else None


def decimals_of(value: Decimal) -> int:
    """How many decimals a number shows, zeros at its end included."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Decimal) -> str:
    """The number in plain digits, its decimals kept: never 1E+3."""
    return f"{value:f}"


# The guide to each: docs/findings-figures.tsv.
SEVERITIES = {
    "ambiguous-figure": Severity.ERROR,
    "approximate-figure": Severity.INFO,
    "date-serial": Severity.WARNING,
    "division-by-zero": Severity.ERROR,
    "doubled-unit": Severity.ERROR,
    "doubled-word": Severity.WARNING,
    "doubtful-share": Severity.ERROR,
    "figure-range": Severity.ERROR,
    "float-noise": Severity.WARNING,
    "formula-mismatch": Severity.ERROR,
    "impossible-date": Severity.ERROR,
    "inexact-unit": Severity.ERROR,
    "long-decimal": Severity.WARNING,
    "missing-value": Severity.ERROR,
    "negative-figure": Severity.WARNING,
    "not-calculated": Severity.ERROR,
    "not-whole": Severity.ERROR,
    "out-of-range": Severity.ERROR,
    "percent-vs-points": Severity.ERROR,
    "placeholder-value": Severity.ERROR,
    "relation-broken": Severity.ERROR,
    "relation-doubtful": Severity.WARNING,
    "scientific-notation": Severity.ERROR,
    "share-out-of-range": Severity.ERROR,
    "share-over-100": Severity.WARNING,
    "short-year": Severity.ERROR,
    "time-dropped": Severity.WARNING,
    "too-small-for-unit": Severity.ERROR,
    "unclear-figure": Severity.ERROR,
    "unknown-unit": Severity.WARNING,
    "wrong-unit": Severity.ERROR,
}


def finding(code: str, field: str | None, message: str, hint: str) -> Finding:
    """A finding about a figure; the caller adds file and row.

    Args:
        code: one of `SEVERITIES`.
        field: the field's name, None where a finding concerns several alike.
        message: one Chinese sentence that stands alone, its full stop left off.
        hint: what to do, in Chinese, its full stop left off.
    """
    severity = SEVERITIES[code]
    return Finding(code, severity, f"{message}。", field=field, hint=f"{hint}。")
