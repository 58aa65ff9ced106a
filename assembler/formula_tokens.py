"""The signs of formulas: text cut into numbers, names and operators in plain form."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from assembler.names import normalised

LONGEST_FORMULA = 300


class FormulaError(ValueError):
    """A formula that cannot be understood or reckoned with.

    Attributes:
        message: what is wrong, one Chinese sentence, its full stop left off.
        text: the formula as written.
        position: where in it, from 0; None where no one place is to blame.
    """

    def __init__(self, message: str, text: str, position: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.position = position

    @property
    def marked(self) -> str:
        """The formula with the place between 〖 and 〗, at its end if it broke off."""
        if self.position is None:
            return self.text
        before, spot = self.text[: self.position], self.text[self.position :]
        return f"{before}〖{spot[:1]}〗{spot[1:]}"


# ≈ : within 5 percentage points, or 5 % of what is no share. 接近: the left a little
# below the right, no further than that.
COMPARISONS = ("=", "≠", "<", "≤", ">", "≥", "≈", "接近")
_SIGNS = MappingProxyType(
    {
        "<=": "≤",
        ">=": "≥",
        "=<": "≤",
        "=>": "≥",
        "==": "=",
        "!=": "≠",
        "<>": "≠",
        "~=": "≈",
        "*": "×",
        "/": "÷",
        "-": "−",
        "–": "−",
        "×": "×",
        "✕": "×",
        "÷": "÷",
        "∕": "÷",
        "⁄": "÷",
        "−": "−",
        "+": "+",
        "=": "=",
        "<": "<",
        ">": ">",
        "≤": "≤",
        "≥": "≥",
        "≦": "≤",
        "≧": "≥",
        "⩽": "≤",
        "⩾": "≥",
        "≠": "≠",
        "≈": "≈",
        "≒": "≈",
        "(": "(",
        ")": ")",
        "、": "、",
        ",": "、",
        "%": "%",
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula.

    Attributes:
        kind: ``number``, ``name``, ``sign`` or ``end``.
        text: in its plain form, ≤ for <=.
        position: where in the formula, from 0.
    """

    kind: str
    text: str
    position: int


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a formula, blanks left out, ``end`` at its end.

    Raises:
        FormulaError: there is a sign in it that means nothing, or too much of it.
    """
    if len(text) > LONGEST_FORMULA:
        message = f"算式超过 {LONGEST_FORMULA} 个字，请拆成几条"
        raise FormulaError(message, text)
    plain = [unicodedata.normalize("NFKC", sign) for sign in text]
    position = 0
    while position < len(text):
        sign = plain[position]
        if sign.isspace() or not sign:
            position += 1
            continue
        token, length = _token(text, plain, position)
        yield token
        position += length
    yield Token("end", "", len(text))


def _token(text: str, plain: list[str], start: int) -> tuple[Token, int]:
    pair = "".join(plain[start : start + 2])
    for length, sign in ((2, pair), (1, plain[start])):
        if sign in _SIGNS:
            return Token("sign", _SIGNS[sign], start), length
    digits = _run(plain, start, "0123456789.")
    if digits:
        return Token("number", "".join(plain[start : start + digits]), start), digits
    length = _name_length(plain, start)
    if not length:
        message = f"算式里不能有“{text[start]}”"
        raise FormulaError(message, text, start)
    name = normalised(text[start : start + length])
    kind = "sign" if name in COMPARISONS else "name"
    return Token(kind, name, start), length


def _run(plain: list[str], start: int, signs: str) -> int:
    end = start
    while end < len(plain) and plain[end] in signs:
        end += 1
    return end - start


def _name_length(plain: list[str], start: int) -> int:
    end = start
    while end < len(plain) and "".join(plain[start : end + 1]).isidentifier():
        end += 1
    return end - start
