"""How many characters go on a line: Chinese text set by measure, without a renderer.

Hanzi and full-width marks take one em, digits half of one, as in all faces that
speeches are printed in. A closing mark never begins a line and may hang over its end
(GB/T 15834-2011, 5.1; Word's and LibreOffice's default).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_CLOSING = "，。、；：？！”’）》〉】〕」』％%)]}…"
_OPENING = "“‘（《〈【〔「『([{"
_NARROW = {".": 0.25, ",": 0.25, ":": 0.28, " ": 0.25, "-": 0.33, "%": 0.83}
_DIGIT, _CAPITAL, _LETTER = 0.5, 0.7, 0.46
# What Word and LibreOffice leave between hanzi and Latin letters or digits.
_GAP = 0.25
# Numbers and Latin words are not cut; all else may be, character by character.
_PIECES = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,%:/\-]*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a line has room for; all in points.

    Attributes:
        width: of a line.
        size: of the characters.
        spacing: added behind each character; may be negative.
        indent: of the first line.
    """

    width: float
    size: float
    spacing: float = 0
    indent: float = 0


def lines(text: str, measure: Measure) -> list[str]:
    """The lines that a paragraph is set in.

    Args:
        text: the paragraph; a line break in it ends a line.
        measure: what a line has room for.

    Returns:
        Its lines from the first on, at least one.
    """
    found: list[str] = []
    indent = measure.indent
    for stretch in text.split("\n"):
        found += _filled(stretch, measure, indent)
        indent = 0
    return found


def _filled(text: str, measure: Measure, indent: float) -> Iterator[str]:
    line, used = "", indent
    for piece in _unbroken(text):
        gap = _GAP * measure.size if line and _is_border(line[-1], piece[0]) else 0
        width = width_of(piece, measure)
        # One closing mark hangs over the margin.
        over = width_of(piece[-1], measure) if piece[-1] in _CLOSING else 0
        if line and used + gap + width - over > measure.width:
            yield line
            line, used, gap = "", 0, 0
        line += piece
        used += gap + width
    yield line


def _unbroken(text: str) -> Iterator[str]:
    """Pieces that stay on one line: a closing mark with what stands before it."""
    piece = ""
    for found in _PIECES.findall(text):
        if piece and not (found in _CLOSING or piece[-1] in _OPENING):
            yield piece
            piece = ""
        piece += found
    if piece:
        yield piece


def width_of(text: str, measure: Measure) -> float:
    """How wide a text is on one line, without gaps at its edges."""
    return sum(_em(c) * measure.size + measure.spacing for c in text)


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1
    if character in _NARROW:
        return _NARROW[character]
    if character.isdigit():
        return _DIGIT
    return _CAPITAL if character.isupper() else _LETTER


def _is_border(left: str, right: str) -> bool:
    """Whether hanzi and Latin meet; no gap is left beside full-width marks."""
    return (_is_hanzi(left) and _is_latin(right)) or (
        _is_latin(left) and _is_hanzi(right)
    )


def _is_hanzi(character: str) -> bool:
    return unicodedata.category(character) == "Lo" and not character.isascii()


def _is_latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "%")
