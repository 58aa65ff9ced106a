"""Dates as offices write them, and how speeches print them.

Printed dates follow GB/T 15835-2011: the full year, no leading zeros; in Chinese
numerals the year digit by digit with 〇.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assembler.figures import Day
from assembler.numerals import (
    digits_from_chinese,
    digits_to_chinese,
    from_chinese,
    to_chinese,
)

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Excel's day 0, its 29 February 1900 (which never was) included.
_SERIAL_ORIGIN = date(1899, 12, 30)
# 1982 to 2064: other five-digit numbers are hardly dates of a speech.
_FIRST_SERIAL, _LAST_SERIAL = 30000, 60000


@dataclass(frozen=True, slots=True)
class DayReading:
    """A date that was read, or why there is none.

    Attributes:
        day: the date; None where it cannot be used.
        remark: the code of the finding that is due, None for a plain good date.
    """

    day: Day | None
    remark: str | None = None


_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>[0-9]{4}|[0-9]{2})年(?:(?P<m>[0-9]{1,2})月(?:份|(?P<d>[0-9]{1,2})[日号])?)?",
        r"(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?:(?P=s)(?P<d>[0-9]{1,2}))?",
        r"(?P<y>[0-9]{2})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        r"(?P<m>[0-9]{1,2})月(?:份|(?P<d>[0-9]{1,2})[日号])?",
    )
)
_CHINESE_FORM = re.compile(
    "(?:(?P<y>[零〇○一二三四五六七八九]{2,4})年)?"
    "(?:(?P<m>[一二三四五六七八九十]{1,2})月"
    "(?:份|(?P<d>[一二三四五六七八九十廿卅]{1,3})[日号])?)?"
)
_TIME = re.compile(r"[T ]*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?Z?$")


def read_day(text: str, written: str) -> DayReading | None:
    """Read a date.

    Args:
        text: the cell, narrowed.
        written: the cell as it stands in the data, kept in the date.

    Returns:
        What was read, with the remark ``impossible-date``, ``short-year``,
        ``date-serial`` or ``time-dropped`` where one is due; None if the form is
        not a date's.
    """
    day_text, has_time = _without_time(text)
    day_text = day_text.replace(" ", "")
    if re.fullmatch("[0-9]{5}", day_text):
        return _from_serial(int(day_text), written)
    parts = _parts(day_text)
    if parts is None:
        return None
    year, month, day = parts
    if year is not None and year < 100:  # noqa: PLR2004  (two digits are under 100)
        return DayReading(None, "short-year")
    if not _exists(year, month, day):
        return DayReading(None, "impossible-date")
    remark = "time-dropped" if has_time else None
    return DayReading(Day(year, month, day, written), remark)


def _without_time(text: str) -> tuple[str, bool]:
    """The text without a time of day behind it, and whether that was not midnight."""
    match = _TIME.search(text)
    if match is None:
        return text, False
    return text[: match.start()], any(int(part) for part in match.groups("0"))


def _parts(text: str) -> tuple[int | None, int | None, int | None] | None:
    for form in _FORMS:
        if match := form.fullmatch(text):
            found = match.groupdict()
            year, month, day = (found.get(key) for key in "ymd")
            return _number(year), _number(month), _number(day)
    match = _CHINESE_FORM.fullmatch(text)
    if match is None or not text:
        return None
    year = digits_from_chinese(match["y"] or "")
    return _number(year), _numeral(match["m"]), _numeral(match["d"])


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _numeral(text: str | None) -> int | None:
    """The number of a numeral, 0 (no month and no day) for one that is malformed."""
    if text is None:
        return None
    number = from_chinese(text)
    return 0 if number is None else int(number)


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    if month is None:
        return year is not None
    if not 1 <= month <= 12:  # noqa: PLR2004  (months)
        return False
    # A date without a year may be the 29th of February.
    return day is None or 1 <= day <= monthrange(year or 2000, month)[1]


def _from_serial(serial: int, written: str) -> DayReading | None:
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return None
    found = _SERIAL_ORIGIN + timedelta(days=serial)
    return DayReading(Day(found.year, found.month, found.day, written), "date-serial")


def word_day(day: Day, *, chinese: bool) -> str:
    """The date as it is printed: 2022年10月31日, or 二〇二二年十月三十一日."""
    parts = []
    if day.year is not None:
        year = str(day.year)
        parts.append((digits_to_chinese(year) if chinese else year) + "年")
    for number, sign in ((day.month, "月"), (day.day, "日")):
        if number is not None:
            text = to_chinese(Decimal(number)) if chinese else str(number)
            parts.append(text + sign)
    return "".join(parts)
