"""An article taken from the web, parted into the speeches that it holds. Pure text.

Collections number their pieces: a title that ends in 讲话稿1, 讲话稿（二）, or one that
begins with 篇一, 范文一, 第一篇. What stands before the first piece introduces the
collection and belongs to no speech.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九"
_NUMBER = f"(?P<number>[1-9][0-9]?|[{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}])"
_PIECE = "(?:讲话稿?|发言稿?|致辞|致词|讲稿|演讲稿|主持词|汇报材料|心得体会|范文|文稿)"
_OPEN, _CLOSE = r"[（(【\[〔]", r"[）)】\]〕]"
_LEADING = re.compile(
    rf"{_OPEN}?(?:(?:篇章?|范文|例文|范例|样文|讲话稿){_NUMBER}"
    rf"|第{_NUMBER.replace('number', 'other')}篇){_CLOSE}?"
    r"(?:[\s:、.,\-—]+|$)"
)
_TRAILING = re.compile(
    rf".*{_PIECE}(?P<mark>\s*(?:篇章?|第)?\s*{_OPEN}?{_NUMBER}{_CLOSE}?篇?\s*[:。]?\s*)$"
)
_LONGEST_TITLE = 50
# A piece with less text than this is a line of a table of contents.
_LEAST_PIECE = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A speech in an article.

    Attributes:
        first: the rank of its first line, from 0: its title or number.
        end: the rank behind its last line.
        number: what the article numbers it with, 0 where it has no number.
        mark: where in the first line the number stands, with what belongs to it.
    """

    first: int
    end: int
    number: int = 0
    mark: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that may begin a speech."""

    line: int
    number: int
    mark: tuple[int, int]


def pieces_of(lines: Sequence[str]) -> list[Piece]:
    """Part an article into its speeches.

    Args:
        lines: the article's lines, without empty ones.

    Returns:
        The speeches in order; an article that numbers none is one speech. Lines
        before the first piece introduce the article.
    """
    leading = _chain(lines, list(_headings(lines, _LEADING)))
    trailing = _chain(lines, list(_headings(lines, _TRAILING)))
    chain = max(leading, trailing, key=len)
    if not chain:
        return [Piece(0, len(lines))]
    ends = [*(heading.line for heading in chain[1:]), len(lines)]
    return [
        Piece(heading.line, end, heading.number, heading.mark)
        for heading, end in zip(chain, ends, strict=True)
    ]


def _headings(lines: Sequence[str], pattern: re.Pattern[str]) -> Iterator[_Heading]:
    for rank, line in enumerate(lines):
        if len(line) > _LONGEST_TITLE:
            continue
        # Sign by sign, so that places in the plain form are places in the line.
        plain = "".join(_narrow(sign) for sign in line)
        match = pattern.match(plain)
        if match is not None:
            groups = match.groupdict()
            number = _value(groups["number"] or groups["other"])
            mark = match.span("mark") if "mark" in groups else match.span()
            yield _Heading(rank, number, mark)


def _narrow(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _value(number: str) -> int:
    """The value of 12 or 十二."""
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    high = (_DIGITS.find(tens) + 1 or 1) if ten else 0
    return high * 10 + _DIGITS.find(ones) + 1 if ones else high * 10


def _chain(lines: Sequence[str], headings: list[_Heading]) -> list[_Heading]:
    """The headings that part the article: from number 1 on, each with a text."""
    ends = [*(heading.line for heading in headings), len(lines)][1:]
    chain: list[_Heading] = []
    for heading, end in zip(headings, ends, strict=False):
        text = sum(map(len, lines[heading.line + 1 : end]))
        follows = heading.number == 1 or (chain and heading.number > chain[-1].number)
        if text >= _LEAST_PIECE and follows:
            chain.append(heading)
    return chain
