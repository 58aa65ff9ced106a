"""The date and time codes of Excel number formats."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from assembler.numformat_tokens import Token, Tokens, numerals, spoken

_DAY = 86_400
_LAST_DAY = 2_958_465  # 9999-12-31
_NO_DATE = "########"
# Excel holds 1900 for a leap year: its day 60 is 29 February 1900.
_FALSE_LEAP_DAY = 60
_EPOCH = date(1899, 12, 30)
_NOON = 12
_YEAR_WIDTH, _SHORT_YEAR = 4, 2
_NAME, _FULL_NAME, _INITIAL = 3, 4, 5
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = (
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
)
_CHINESE_DAYS = "日一二三四五六"


@dataclass(frozen=True, slots=True)
class _Moment:
    """A serial number as calendar and clock show it."""

    year: int
    month: int
    day: int
    weekday: int
    seconds: int
    fraction: str
    elapsed: int
    half_days: bool
    chinese: bool
    script: int

    @property
    def hour(self) -> int:
        hour = self.seconds // 3600
        return (hour - 1) % _NOON + 1 if self.half_days else hour


def is_date(tokens: Tokens) -> bool:
    """Whether a section shows a date or time: its codes stand before any digit."""
    for token in tokens:
        if token.kind in {"date", "elapsed", "half"}:
            return True
        if token.kind in {"digit", "general"}:
            return False
    return False


def date_text(tokens: Tokens, serial: Decimal, *, chinese: bool, script: int) -> str:
    """What a date section shows.

    Args:
        tokens: the section.
        serial: days since the end of 1899, as Excel counts them.
        chinese: whether ``mmmm`` and ``dddd`` are Chinese names.
        script: 0 for 12, 1 for 十二, 2 for 壹拾贰, 3 for １２.

    Returns:
        The text, ``########`` for a day that no calendar has.
    """
    if not 0 <= serial < _LAST_DAY + 1:
        return _NO_DATE
    places = sum(token.kind == "digit" for token in tokens)
    total = (serial * _DAY).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    total = min(total, (_LAST_DAY + 1) * _DAY - Decimal(1).scaleb(-places))
    days, clock = divmod(total, _DAY)
    seconds, _, fraction = f"{clock:f}".partition(".")
    year, month, day = _calendar(int(days))
    moment = _Moment(
        year=year,
        month=month,
        day=day,
        weekday=(int(days) - 1) % 7,
        seconds=int(seconds),
        fraction=fraction,
        elapsed=int(total),
        half_days=any(token.kind == "half" for token in tokens),
        chinese=chinese,
        script=script,
    )
    return _joined(tokens, moment)


def _calendar(days: int) -> tuple[int, int, int]:
    if days == 0:
        return 1900, 1, 0
    if days == _FALSE_LEAP_DAY:
        return 1900, 2, 29
    shift = 1 if days < _FALSE_LEAP_DAY else 0
    found = _EPOCH + timedelta(days=days + shift)
    return found.year, found.month, found.day


def _joined(tokens: Tokens, moment: _Moment) -> str:
    fraction = iter(moment.fraction)
    pieces: list[str] = []
    for index, token in enumerate(tokens):
        if token.kind == "digit":
            pieces.append(numerals(next(fraction, ""), moment.script))
        elif token.kind == "date" and _is_minute(tokens, index):
            pieces.append(_count(moment.seconds // 60 % 60, len(token.text), moment))
        else:
            pieces.append(_piece(token, moment))
    return "".join(pieces)


def _is_minute(tokens: Tokens, index: int) -> bool:
    """Whether an m stands for minutes: behind hours or before seconds."""
    if tokens[index].text.lower() not in {"m", "mm"}:
        return False
    clock = [t.text[0].lower() for t in tokens[:index] if t.kind in {"date", "elapsed"}]
    later = [
        t.text[0].lower() for t in tokens[index + 1 :] if t.kind in {"date", "elapsed"}
    ]
    return clock[-1:] == ["h"] or later[:1] == ["s"]


def _piece(token: Token, moment: _Moment) -> str:
    if token.kind == "date":
        return _DATE_CODES[token.text[0].lower()](moment, len(token.text))
    if token.kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[token.text[0].lower()]
        return str(moment.elapsed // unit).zfill(len(token.text))
    if token.kind == "half":
        morning, _, evening = token.text.partition("/")
        return morning if moment.seconds < _DAY // 2 else evening
    return "" if token.kind == "text" else token.text


def _count(number: int, width: int, moment: _Moment) -> str:
    if moment.script:
        return spoken(str(number), moment.script, short_ten=True)
    return str(number).zfill(min(width, 2))


def _year(moment: _Moment, width: int) -> str:
    digits = str(moment.year)
    return numerals(digits[-2:] if width <= _SHORT_YEAR else digits, moment.script)


def _long_year(moment: _Moment, _: int) -> str:
    return _year(moment, _YEAR_WIDTH)


def _month(moment: _Moment, width: int) -> str:
    if width < _NAME:
        return _count(moment.month, width, moment)
    if moment.chinese:
        return spoken(str(moment.month), 1, short_ten=True) + "月"
    return _shortened(_MONTHS[moment.month - 1], width)


def _day(moment: _Moment, width: int) -> str:
    if width < _NAME:
        return _count(moment.day, width, moment)
    if moment.chinese:
        return _chinese_day(moment, width)
    return _shortened(_DAYS[moment.weekday], min(width, _FULL_NAME))


def _shortened(name: str, width: int) -> str:
    return {_NAME: name[:3], _INITIAL: name[:1]}.get(width, name)


def _chinese_day(moment: _Moment, width: int) -> str:
    return "星期" * (width > _NAME) + _CHINESE_DAYS[moment.weekday]


def _hour(moment: _Moment, width: int) -> str:
    return _count(moment.hour, width, moment)


def _second(moment: _Moment, width: int) -> str:
    return _count(moment.seconds % 60, width, moment)


_DATE_CODES: dict[str, Callable[[_Moment, int], str]] = {
    "y": _year,
    "e": _long_year,
    "m": _month,
    "d": _day,
    "a": _chinese_day,
    "h": _hour,
    "s": _second,
}
