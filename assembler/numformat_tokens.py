"""The signs of an Excel number format, and the digits it may be shown in."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<general>General|G/通用格式)
    | "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | (?P<space>[_*].?)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|aaa+|e+)
    | (?P<digit>[0\#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<text>@)
    | (?P<slash>/)
    | (?P<semicolon>;)
    | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(?:-(?P<language>.*))?", re.DOTALL)
# Codes that leave the look to the system, as Chinese Windows has it.
_SYSTEM_CODES = {
    "f800": 'yyyy"年"m"月"d"日"',
    "x-sysdate": 'yyyy"年"m"月"d"日"',
    "f400": "h:mm:ss",
    "x-systime": "h:mm:ss",
}
_DBNUM = re.compile(r"DBNum([123])", re.IGNORECASE)

_WESTERN = "0123456789"
_SCRIPTS = ("", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "０１２３４５６７８９")
_STEPS = ("", ("", "十", "百", "千"), ("", "拾", "佰", "仟"))
_GROUPS = ("", "万", "亿", "万亿")
_GROUP_DIGITS = 4
_FULL_WIDTH = 3


@dataclass(frozen=True, slots=True)
class Token:
    """One sign of a format code.

    Attributes:
        kind: general, digit, point, comma, percent, text, slash, exponent, date,
            elapsed, half, condition, numerals, language or literal.
        text: the sign; of a literal what it shows, of a bracket what it says.
    """

    kind: str
    text: str


Tokens = tuple[Token, ...]


def tokens_of(code: str) -> list[Tokens]:
    """The signs of each section of a code; there is at least one section."""
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "literal"
        if kind == "semicolon":
            sections.append([])
        else:
            sections[-1].extend(_read(kind, match[kind]))
    return [_of_this_system(section) for section in sections]


def _of_this_system(section: list[Token]) -> Tokens:
    """The section, or the system's own long date or time where it asks for that."""
    for token in section:
        if token.kind == "language" and token.text.lower() in _SYSTEM_CODES:
            return tokens_of(_SYSTEM_CODES[token.text.lower()])[0]
    return tuple(section)


def _read(kind: str, text: str) -> list[Token]:
    if kind == "space":
        return []
    if kind in {"quoted", "escaped"}:
        return [Token("literal", text)]
    if kind == "bracket":
        return _bracket(text)
    return [Token(kind, text)]


def _bracket(text: str) -> list[Token]:
    """A bracket's meaning; colours have none for the text."""
    if _ELAPSED.fullmatch(text):
        return [Token("elapsed", text)]
    if text[:1] in tuple("<>="):
        return [Token("condition", text)]
    if script := _DBNUM.match(text):
        return [Token("numerals", script[1])]
    if currency := _CURRENCY.fullmatch(text):
        language = Token("language", currency["language"] or "")
        return [language, Token("literal", currency["sign"])]
    return []


def numerals(text: str, script: int) -> str:
    """The text with each digit in a script: 0 as it is, 1 一, 2 壹, 3 １."""
    if not script:
        return text
    return text.translate(str.maketrans(_WESTERN, _SCRIPTS[script]))


def spoken(number: str, script: int, *, short_ten: bool = False) -> str:
    """A number as it is said: 120 → 一百二十.

    Args:
        number: digits, with or without decimals.
        script: as for `numerals`; 0 and 3 only change the digits.
        short_ten: whether 12 is 十二, as in dates, not 一十二.
    """
    if script in {0, _FULL_WIDTH}:
        return numerals(number, script)
    whole, point, decimals = number.partition(".")
    if not whole.isdecimal() or len(whole) > _GROUP_DIGITS * len(_GROUPS):
        return numerals(number, script)
    said = _said(whole, script)
    if short_ten and said[0] + said[1:2] in {"一十", "壹拾"}:
        said = said[1:]
    return said + point + numerals(decimals, script)


def _said(whole: str, script: int) -> str:
    zero = _SCRIPTS[script][0]
    padded = whole.zfill(_GROUP_DIGITS * len(_GROUPS))
    said = ""
    for place, unit in enumerate(reversed(_GROUPS)):
        start = place * _GROUP_DIGITS
        group = padded[start : start + _GROUP_DIGITS]
        if int(group):
            gap = zero if said and group.startswith("0") else ""
            said += gap + _said_group(group, script) + unit
        elif said and not said.endswith(zero) and int(padded[start:]):
            said += zero
    return re.sub(f"{zero}+", zero, said) or zero


def _said_group(group: str, script: int) -> str:
    zero = _SCRIPTS[script][0]
    said = ""
    for place, digit in enumerate(group):
        step = _STEPS[script][_GROUP_DIGITS - 1 - place]
        said += _SCRIPTS[script][int(digit)] + (step if digit != "0" else "")
    return re.sub(f"{zero}+", zero, said).strip(zero)
