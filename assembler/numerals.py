"""Chinese numerals, exactly: 一百二十, 二〇二二, 三点四五亿, 3亿4500万.

Own work, because neither library at hand passed the forms in
tests/test_numerals.py: cn2an 0.5.24 takes 三五 (three to five) for 35 and 三点 for 3,
reckons in binary floats and needs 0.16 s to import; pycnnum 2.1.1 reads 二〇二二 as 2
and 三亿四千五百万 as 300000004005000000, and writes 120 as 一百二.
"""

import re
from decimal import Decimal
from fractions import Fraction

from assembler.figures import exact_decimal

_DIGITS = "零一二三四五六七八九"
_PLACES = "千百十"
_MYRIADS = (("亿", 10**8), ("万", 10**4))
# The forms that stand for another: written small, for accounts, Traditional.
_STANDARD = str.maketrans(
    "〇○两壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億點負",
    "零零二一二二三三四五六六七八九十百千万亿点负",
)
_SCORES = (("廿", "二十"), ("卅", "三十"))
CHARACTERS = "零〇○一二两三四五六七八九十百千万亿点负壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅"
_MAGNITUDE = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
_MIXED_PLACES = (*_MYRIADS, ("千", 1000), ("百", 100), ("十", 10))
_ARABIC = re.compile("[0-9]+")
# 二百五, 三千二: the last place left out.
_SHORT = re.compile(f".*([千百])[{_DIGITS[1:]}]")


def from_chinese(text: str) -> Decimal | None:
    """The number a Chinese numeral stands for.

    Args:
        text: 一百二十, 两百, 廿三, 一万零三十, 三点四五亿, 负二; also the spoken short
            forms 二百五 (250) and 一万二 (12000).

    Returns:
        The number, its decimals as written; None where the text is no well-formed
        numeral, as 三五 (three to five) is none.
    """
    text = _standard(text)
    if text.startswith("负"):
        number = from_chinese(text[1:])
        return None if number is None or number < 0 else number.copy_negate()
    head, point, tail = text.partition("点")
    whole = _whole(head)
    if whole is None:
        return None
    return _with_decimals(whole, tail) if point else Decimal(whole)


def _standard(text: str) -> str:
    text = text.translate(_STANDARD)
    for score, tens in _SCORES:
        text = text.replace(score, tens)
    return text


def _with_decimals(whole: int, tail: str) -> Decimal | None:
    match = re.fullmatch(f"([{_DIGITS}]+)(万亿|万|亿)?", tail)
    if match is None:
        return None
    digits = "".join(str(_DIGITS.index(digit)) for digit in match[1])
    number = Decimal(f"{whole}.{digits}")
    if not match[2]:
        return number
    return exact_decimal(Fraction(number) * _MAGNITUDE[match[2]])


def _whole(text: str) -> int | None:
    """The number of a numeral without decimals, split where 亿, then 万 stands."""
    for sign, place in _MYRIADS:
        high, found, low = text.partition(sign)
        if found:
            above = _whole(high)
            return _joined(above, low, place) if above else None
    return 0 if text == "零" else _section(text)


def _joined(above: int, low: str, place: int) -> int | None:
    """What stands above 万 or 亿 joined with what stands below it."""
    if not low:
        return above * place
    if low in _DIGITS[1:]:
        return above * place + _DIGITS.index(low) * place // 10
    zero = low.startswith("零")
    below = _whole(low[1:] if zero else low)
    if not below or (zero and below * 10 >= place and above % 10):
        return None
    return above * place + below


def _section(text: str) -> int | None:
    """The number of a numeral under 万; None unless it is written as is the custom."""
    number, digit = 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        elif sign in _PLACES:
            number += (digit or 1) * 10 ** (3 - _PLACES.index(sign))
            digit = 0
        else:
            return None
    short = _SHORT.fullmatch(text)
    number += digit * 10 ** (3 - _PLACES.index(short[1]) - 1) if short else digit
    return number if text and text in _spellings(number) else None


def _spellings(number: int) -> set[str]:
    """All customary ways to write a number under 10000."""
    full = _section_text(number)
    spellings = {full}
    if full.startswith("一十"):
        spellings.add(full[1:])
    if re.search("(千.百|百.十)$", full):
        spellings.add(full[:-1])
    return spellings


def _section_text(number: int) -> str:
    """一千零一十 for 1010; the text of a number from 1 to 9999."""
    parts = []
    for position, digit in enumerate(f"{number:04d}"):
        place = _PLACES[position] if position < len(_PLACES) else ""
        parts.append("零" if digit == "0" else _DIGITS[int(digit)] + place)
    return re.sub("零+", "零", "".join(parts)).strip("零")


def to_chinese(number: Decimal) -> str:
    """The number in Chinese numerals as speeches write them.

    Args:
        number: its decimals are all spelt.

    Returns:
        一百二十, 十二, 两万, 六十八点三; the inverse of `from_chinese`.
    """
    sign = "负" if number < 0 else ""
    whole, _, decimals = f"{abs(number):f}".partition(".")
    tail = "点" + "".join(_DIGITS[int(digit)] for digit in decimals) if decimals else ""
    return sign + _whole_text(int(whole)) + tail


def _whole_text(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    text = _long_text(number)
    # Spoken are 十二, not 一十二, and 两千, 两万, not 二千, 二万.
    text = re.sub("^一十", "十", text)
    return re.sub("^二(?=[千万亿])", "两", text)


def _long_text(number: int) -> str:
    for sign, place in _MYRIADS:
        above, below = divmod(number, place)
        if above:
            gap = "零" if 0 < below < place // 10 else ""
            return _long_text(above) + sign + gap + _long_text(below)
    return _section_text(number) if number else ""


def digits_to_chinese(digits: str) -> str:
    """Digit by digit, as years are written: 二〇二二 for 2022."""
    return "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in digits)


def digits_from_chinese(text: str) -> str | None:
    """The digits of 二〇二二 (also 二零二二, 二○二二); None if one is no digit."""
    text = text.translate(_STANDARD)
    if not text or any(sign not in _DIGITS for sign in text):
        return None
    return "".join(str(_DIGITS.index(sign)) for sign in text)


def from_mixed(text: str) -> Decimal | None:
    """The number of Arabic digits with Chinese places: 3亿4500万, 3亿4千5百万, 1万2000.

    Returns:
        The number; None where the text is written otherwise, where a lower part is
        too large for its place, or where digits at the end leave open what they are
        (1万2: 10002 or 12000).
    """
    number = _mixed(text)
    return None if number is None else Decimal(number)


def _mixed(text: str) -> int | None:
    if _ARABIC.fullmatch(text):
        return int(text)
    for sign, place in _MIXED_PLACES:
        high, found, low = text.partition(sign)
        if found:
            above, below = _mixed(high), _mixed_rest(low, place)
            return above * place + below if above and below is not None else None
    return None


def _mixed_rest(text: str, place: int) -> int | None:
    if not text:
        return 0
    if _ARABIC.fullmatch(text) and len(text) != len(str(place)) - 1:
        return None
    number = _mixed(text)
    return number if number is not None and number < place else None
