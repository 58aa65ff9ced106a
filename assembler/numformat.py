"""Number formats of Excel: a stored value and a format code give the text shown.

A cell that shows 68.3% holds 0.683 and the code ``0.0%``. The grammar of the codes is
that of ECMA-376-1 §18.8.30 and §18.8.31; where the standard leaves a code's look to the
program's language, it is that of Chinese Excel. Rounding is Excel's: the value is cut
to 15 significant digits, then rounded half up to the digits shown.

Not told apart from a plain value: fractions (``# ?/?``) and the blanks that only align
(``_)``, ``* ``). A column too narrow for its value is no matter here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Self

from assembler.numformat_dates import date_text, is_date
from assembler.numformat_tokens import Token, Tokens, numerals, spoken, tokens_of

_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
# Digits that a double holds for certain, and that Excel keeps.
_EXCEL_DIGITS = 15
# Room for every digit of the largest double, 1.8E308, and its decimals.
_ALL_DIGITS = 400
# General shows ten digits, nine of them behind the point.
_GENERAL_DIGITS = 10
_GENERAL_PLACES = 9
_TINY, _TINY_DIGITS = -5, 6
_LONGEST_PLAIN = 21

_LARGEST_SECTION_COUNT = 3
_SETTINGS = {"condition", "numerals", "language"}

BUILTIN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The codes that files name by number only, as Chinese Excel shows them
(ECMA-376-1 §18.8.30, the tables for all languages and for zh-cn)."""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts of a code that semicolons divide.

    Attributes:
        tokens: what it is made of, brackets resolved.
        condition: comparison and bound, ``(">=", Decimal(100))``, None without.
        numerals: 0 for 12, 1 for 十二, 2 for 壹拾贰, 3 for １２ (``[DBNum1]`` …).
        chinese: whether names of months and days are Chinese (``[$-804]``).
    """

    tokens: Tokens
    condition: tuple[str, Decimal] | None
    numerals: int
    chinese: bool

    @property
    def is_text(self) -> bool:
        """Whether the section is for text: it holds ``@`` and no digits."""
        kinds = {token.kind for token in self.tokens}
        return "text" in kinds and "digit" not in kinds


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format code, read once.

    Attributes:
        sections: those for numbers, at least one.
        text: the one for text, None where text is shown as it is.
    """

    sections: tuple[Section, ...]
    text: Section | None

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read a code; any text is one, as in Excel unknown signs stand for themselves.

        Args:
            code: as styles.xml has it, ``0.0"亿元";[Red]-0.0"亿元"``.
        """
        sections = [_section(tokens) for tokens in tokens_of(code)]
        text = sections.pop() if len(sections) > 1 and sections[-1].is_text else None
        if text is None and sections[0].is_text:
            text = sections[0]
        return cls(tuple(sections[:_LARGEST_SECTION_COUNT]), text)

    def show_text(self, text: str) -> str:
        """The text that a cell holding text shows."""
        if self.text is None:
            return text
        shown = (text if t.kind == "text" else t.text for t in self.text.tokens)
        return "".join(shown)

    def show(self, value: Decimal, *, date1904: bool = False) -> str:
        """The text that a cell holding a number or date shows.

        Args:
            value: the number, a finite one; a date is its serial number in days.
            date1904: whether the file counts its days from 1904.

        Returns:
            The text; ``########`` for a date that no calendar has, as in Excel.
        """
        if self.sections == _GENERAL:
            return general(value)
        value = _kept(value)
        section, signed = self._chosen(value)
        if is_date(section.tokens):
            days = value + 1462 if date1904 else value
            return date_text(
                section.tokens,
                days,
                chinese=section.chinese,
                script=section.numerals,
            )
        sign = "-" if signed and value < 0 else ""
        return sign + _number_text(section, abs(value))

    def _chosen(self, value: Decimal) -> tuple[Section, bool]:
        """The section for a number, and whether it needs a minus of its own."""
        if any(section.condition for section in self.sections):
            return self._chosen_by_condition(value)
        if len(self.sections) == 1:
            return self.sections[0], True
        if value < 0:
            return self.sections[1], False
        if value == 0 and len(self.sections) == _LARGEST_SECTION_COUNT:
            return self.sections[2], False
        return self.sections[0], False

    def _chosen_by_condition(self, value: Decimal) -> tuple[Section, bool]:
        for section in self.sections:
            if section.condition is None:
                return section, True
            comparison, bound = section.condition
            if _holds(value, comparison, bound):
                return section, not (comparison.startswith("<") and bound <= 0)
        return self.sections[-1], True


_GENERAL = (Section((Token("general", "General"),), None, 0, chinese=False),)


def _kept(value: Decimal) -> Decimal:
    return Context(prec=_EXCEL_DIGITS, rounding=ROUND_HALF_UP).plus(value)


def _rounded(value: Decimal, places: int) -> Decimal:
    context = Context(prec=_ALL_DIGITS, rounding=ROUND_HALF_UP)
    return value.quantize(Decimal(1).scaleb(-places), context=context)


def _holds(value: Decimal, comparison: str, bound: Decimal) -> bool:
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[comparison]


def _section(tokens: Tokens) -> Section:
    condition = None
    script = 0
    chinese = False
    for token in tokens:
        if token.kind == "condition":
            condition = _condition(token.text) or condition
        elif token.kind == "numerals":
            script = int(token.text)
        elif token.kind == "language":
            chinese = token.text.endswith("04") or token.text.startswith("zh")
    kept = tuple(token for token in tokens if token.kind not in _SETTINGS)
    return Section(kept, condition, script, chinese)


def _condition(text: str) -> tuple[str, Decimal] | None:
    match = _CONDITION.fullmatch(text)
    if match is None:
        return None
    try:
        return match[1], Decimal(match[2])
    except InvalidOperation:
        return None


def _number_text(section: Section, value: Decimal) -> str:
    kinds = [token.kind for token in section.tokens]
    if "slash" in kinds and "digit" in kinds:
        return general(value)
    if "general" in kinds or "text" in kinds:
        shown = spoken(general(value), section.numerals)
        plain = {"general", "text"}
        return "".join(shown if t.kind in plain else t.text for t in section.tokens)
    if "exponent" in kinds:
        return _scientific(section.tokens, value)
    return numerals(_decimal(section.tokens, value), section.numerals)


def general(value: Decimal) -> str:
    """What the code General shows, no exponent up to 21 digits.

    Excel turns whole numbers of 12 digits and more, and decimals under 0.0001, into
    ``1.23E+11``; as that is never wanted in a speech, their digits are kept instead.

    Args:
        value: a finite number.
    """
    value = _kept(value)
    size = value.adjusted()
    if value and size >= _LONGEST_PLAIN:
        mantissa = _trimmed(f"{value.scaleb(-size):.5f}")
        return f"{mantissa}E+{size}"
    places = _GENERAL_PLACES if size < 0 else max(0, _GENERAL_DIGITS - 1 - size)
    if size < _TINY + 1:
        places = _TINY_DIGITS - 1 - size
    shown = _trimmed(f"{_rounded(value, places):f}")
    return "0" if shown == "-0" else shown


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _split(tokens: Tokens, kind: str) -> tuple[Tokens, Tokens]:
    """The tokens before the first of a kind, and those from it on."""
    for index, token in enumerate(tokens):
        if token.kind == kind:
            return tokens[:index], tokens[index:]
    return tokens, ()


def _digits(tokens: Tokens) -> list[int]:
    return [index for index, token in enumerate(tokens) if token.kind == "digit"]


def _decimal(tokens: Tokens, value: Decimal) -> str:
    """A number by its placeholders: percent and scaling commas count in."""
    whole, rest = _split(tokens, "point")
    percent = sum(token.kind == "percent" for token in tokens)
    scaled = value.scaleb(2 * percent - 3 * _scaling(whole) - 3 * _scaling(rest))
    return _placed(whole, rest, scaled)


def _scaling(tokens: Tokens) -> int:
    """How many commas stand behind the last placeholder: a thousand each."""
    places = _digits(tokens)
    behind = tokens[places[-1] :] if places else ()
    return sum(token.kind == "comma" for token in behind)


def _placed(whole: Tokens, rest: Tokens, value: Decimal) -> str:
    digits, _, decimals = f"{_rounded(value, len(_digits(rest))):f}".partition(".")
    return _whole_text(whole, digits.lstrip("0")) + _rest_text(rest, decimals)


def _whole_text(tokens: Tokens, digits: str) -> str:
    """The digits before the point, dealt to the placeholders from the right."""
    places = _digits(tokens)
    inner = tokens[places[0] : places[-1]] if places else ()
    grouped = any(token.kind == "comma" for token in inner)
    dealt = _dealt([tokens[index].text for index in places], digits, grouped=grouped)
    pieces = [_as_written(token) for token in tokens]
    for index, piece in zip(places, dealt, strict=True):
        pieces[index] = piece
    return "".join(pieces)


def _dealt(marks: list[str], digits: str, *, grouped: bool) -> list[str]:
    surplus = max(0, len(digits) - len(marks))
    padding = " " * (len(marks) - len(digits) + surplus)
    heads, tail = digits[:surplus], padding + digits[surplus:]
    empty = {"0": "0", "?": " ", "#": ""}
    dealt = [
        digit if digit != " " else empty[mark]
        for mark, digit in zip(marks, tail, strict=True)
    ]
    if dealt:
        dealt[0] = heads + dealt[0]
    return list(_with_commas(dealt)) if grouped else dealt


def _with_commas(dealt: list[str]) -> Iterator[str]:
    """The pieces with a comma behind each digit that has 3, 6, … digits behind it."""
    left = sum(piece.isdigit() and len(piece) for piece in dealt)
    for piece in dealt:
        grouped = ""
        for digit in piece:
            left -= digit.isdigit()
            comma = digit.isdigit() and left and left % 3 == 0
            grouped += digit + "," * bool(comma)
        yield grouped


def _rest_text(tokens: Tokens, decimals: str) -> str:
    """The digits behind the point; ``#`` and ``?`` drop the zeros at the end."""
    needed = len(decimals.rstrip("0"))
    pieces: list[str] = []
    taken = 0
    for token in tokens:
        if token.kind != "digit":
            pieces.append(_as_written(token))
            continue
        dropped = taken >= needed and token.text != "0"
        blank = " " if token.text == "?" else ""
        pieces.append(blank if dropped else decimals[taken])
        taken += 1
    return "".join(pieces)


def _as_written(token: Token) -> str:
    return "" if token.kind == "comma" else token.text


def _scientific(tokens: Tokens, value: Decimal) -> str:
    mantissa, power = _split(tokens, "exponent")
    whole, rest = _split(mantissa, "point")
    step = max(1, len(_digits(whole)))
    size = _exponent(value, step, len(_digits(rest)))
    sign = "-" if size < 0 else "+" * power[0].text.endswith("+")
    behind = _whole_text(power[1:], str(abs(size)).lstrip("0"))
    shown = _placed(whole, rest, value.scaleb(-size))
    return f"{shown}E{sign}{behind}"


def _exponent(value: Decimal, step: int, places: int) -> int:
    """The power of ten, a multiple of ``step``, that the rounded mantissa leaves."""
    if not value:
        return 0
    size = value.adjusted() - value.adjusted() % step
    overflow = _rounded(value.scaleb(-size), places) >= Decimal(10) ** step
    return size + step if overflow else size
