"""What all recognisers of blanks share: the answer, a spot under judgement, a ruling.

A recogniser proposes spots (stretches of a paragraph that might be masks) and lets
an ordered list of rules look at each one's surroundings; the first ruling counts.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

#: How far a rule may look to either side, in characters.
REACH = 24
_SPACES = " \t\u3000\xa0\u2002\u2003\u2009\u202f"
_HANZI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


class Verdict(StrEnum):
    """Whether a mask is a blank; what is none is simply not returned."""

    BLANK = "blank"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Blank:
    """A stretch of text that stands for something still to be filled in.

    Attributes:
        start: offset of the mask's first character in the paragraph.
        end: offset behind the mask's last character.
        mask: the whole mask, ``paragraph[start:end]``.
        notation: letters, year, date, times, stars, underscores, circles, some,
            brackets, tag, mergefield, hint or other.
        verdict: a blank, or a doubt that a person has to decide.
        name: the words inside a bracket or tag, cut to the noun; else ``None``.
        reason: Chinese; why it is doubtful, or what is damaged about a blank.
        hint_span: the offsets of a hint such as （据实填写） behind the mask, which
            has to go when the blank is filled.
    """

    start: int
    end: int
    mask: str
    notation: str
    verdict: Verdict = Verdict.BLANK
    name: str | None = None
    reason: str | None = None
    hint_span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something beside the masks that a person should look at.

    Attributes:
        start: offset of its first character in the paragraph.
        end: offset behind its last character.
        code: ``missing-figure``, ``missing-subject``, or one of ``foreign-place``,
            ``foreign-person``, ``foreign-year``, ``foreign-figure``,
            ``foreign-project``, ``masked-number``.
        message: one Chinese sentence: what stands there.
        hint: one Chinese sentence: what to do.
    """

    start: int
    end: int
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The text a recogniser works on, and what kind of text it is.

    Attributes:
        text: the paragraph, with some words of its neighbours where they continue it.
        markdown: whether paired ``**`` are bold type.
        last: whether this is the last paragraph of the whole text.
    """

    text: str
    markdown: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch that might be a mask, with its surroundings."""

    scene: Scene
    start: int
    end: int

    @property
    def mask(self: Self) -> str:
        """The stretch itself."""
        return self.scene.text[self.start : self.end]

    @property
    def head(self: Self) -> str:
        """Up to 24 characters of the same line on the left, without the last spaces."""
        near = self.scene.text[max(0, self.start - REACH) : self.start]
        return near.rpartition("\n")[2].rstrip(_SPACES)

    @property
    def tail(self: Self) -> str:
        """Up to 24 characters of the same line on the right, without leading spaces."""
        near = self.scene.text[self.end : self.end + REACH]
        return near.partition("\n")[0].lstrip(_SPACES)

    @property
    def left(self: Self) -> str:
        """The nearest character on the left, spaces skipped; empty at a line's edge."""
        return self.head[-1:]

    @property
    def right(self: Self) -> str:
        """The nearest character on the right, spaces skipped; empty at the edge."""
        return self.tail[:1]

    @property
    def touching_left(self: Self) -> str:
        """The character directly before the stretch."""
        return self.scene.text[self.start - 1 : self.start] if self.start else ""

    @property
    def touching_right(self: Self) -> str:
        """The character directly behind the stretch."""
        return self.scene.text[self.end : self.end + 1]

    @property
    def alone(self: Self) -> bool:
        """Whether nothing else stands in the line."""
        return not self.head and not self.tail


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule says of a spot: a verdict, or ``None`` for no blank at all."""

    verdict: Verdict | None
    reason: str | None = None


YES = Ruling(Verdict.BLANK)
NO = Ruling(None)
Rule = Callable[[Spot], Ruling | None]


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch that one recogniser has decided on: no other looks at it again."""

    start: int
    end: int
    blanks: tuple[Blank, ...] = ()


def ask(reason: str) -> Ruling:
    """A doubt, with its reason in Chinese."""
    return Ruling(Verdict.DOUBT, reason)


def judge(spot: Spot, rules: Sequence[Rule], otherwise: Ruling = YES) -> Ruling:
    """The ruling of the first rule that has one on this spot."""
    for rule in rules:
        ruling = rule(spot)
        if ruling is not None:
            return ruling
    return otherwise


def claim(spot: Spot, notation: str, ruling: Ruling) -> Claim:
    """The spot taken: with one blank or doubt, or with none."""
    if ruling.verdict is None:
        return Claim(spot.start, spot.end)
    blank = Blank(
        spot.start,
        spot.end,
        spot.mask,
        notation,
        ruling.verdict,
        reason=ruling.reason,
    )
    return Claim(spot.start, spot.end, (blank,))


def is_hanzi(char: str) -> bool:
    """Whether the one character given is a Chinese character."""
    return bool(_HANZI.match(char))


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for one of the words, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"
