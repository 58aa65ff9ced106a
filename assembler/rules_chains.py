"""Chains of order words, 一、 （一） 1. （1） ① 第一， 一是 一要.

Marks are read in order. Each continues the nearest open chain of its kind that waits
for its number, or opens a new chain with one; what does neither is broken. A chain
that goes on ends those opened inside it, so that （一） starts anew under 二、.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from assembler.rules_text import Line, Reading, in_quotes, ordinal

_DIGITS = "一二三四五六七八九十"
_NUMBER = f"[{_DIGITS}]{{1,3}}"
# Where a mark inside a paragraph may stand: after a mark that ends a clause.
_CLAUSE = r"(?:^\s*|(?<=[。；：！？，\n”）]))"
_STEP = (
    "点|条|句话|句|件事|件|步|个方面|方面|层|招|关|个问题|个原因|个字|个词"
    "|块长板|块短板|块|组|道|项"
)


class Level(IntEnum):
    """The kinds of order words, the outermost first."""

    CHAPTER = 0
    SECTION = 1
    POINT = 2
    ITEM = 3
    CIRCLE = 4
    ORDER = 5
    SHI = 6
    YAO = 7


_MARKS: dict[Level, str] = {
    Level.CHAPTER: rf"^\s*(?P<n>{_NUMBER})(?:[、．.]|[，,](?!{_NUMBER}))"
    rf"(?!{_NUMBER}[个户家人天年次名条公百千万里位岁、])",
    Level.SECTION: rf"^\s*[（(](?P<n>{_NUMBER})[）)]",
    Level.POINT: r"^\s*(?:附件[：:]\s*)?(?P<n>\d{1,2})(?:[．、]|\.(?!\d))(?!\d+[、号])",
    Level.ITEM: r"(?:^\s*|(?<=[。；：，]))[（(](?P<n>\d{1,2})[）)]",
    Level.CIRCLE: r"(?:^\s*|(?<=[；：]))(?P<n>[①-⑳])",
    Level.ORDER: rf"{_CLAUSE}第(?P<n>{_NUMBER})"
    rf"(?:(?:{_STEP})?[，：,:]|、(?![{_DIGITS}第\d])|(?:{_STEP})?是)",
    Level.SHI: rf"{_CLAUSE}(?P<n>{_NUMBER})是(?!{_NUMBER}[，、]|否)",
    Level.YAO: rf"{_CLAUSE}(?P<n>{_NUMBER})要(?![点务素件闻])",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One order word.

    Attributes:
        level: its kind.
        number: the number it writes.
        line: the paragraph's place among the lines read.
        start: its first character.
        end: one past its last.
        word: its text.
    """

    level: Level
    number: int
    line: int
    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Break:
    """A mark that continues nothing.

    Attributes:
        mark: the mark.
        before: the mark of the chain it should have continued, None where none.
    """

    mark: Mark
    before: Mark | None


@dataclass(slots=True, eq=False)
class _Chain:
    marks: list[Mark]

    @property
    def last(self) -> Mark:
        return self.marks[-1]


class _Tracker:
    """The chains that are open while the marks are read, the inmost last."""

    def __init__(self) -> None:
        self.chains: list[_Chain] = []
        self.breaks: list[Break] = []
        self._open: list[_Chain] = []

    def take(self, mark: Mark) -> None:
        """Continue a chain, open one, or note a break."""
        if mark.number == 1:
            self._start(mark)
        elif chain := self._waiting(mark) or self._resumable(mark):
            self._continue(chain, mark)
        else:
            self._broken(mark)

    def _start(self, mark: Mark) -> None:
        if mark.level is Level.CHAPTER:
            self._open.clear()
        chain = _Chain([mark])
        self.chains.append(chain)
        self._open.append(chain)

    def _waiting(self, mark: Mark) -> _Chain | None:
        return _latest(self._open, mark, mark.number - 1)

    def _resumable(self, mark: Mark) -> _Chain | None:
        """1. 2. 3. may go on counting under the next heading."""
        if mark.level is not Level.POINT:
            return None
        return _latest(self.chains, mark, mark.number - 1)

    def _continue(self, chain: _Chain, mark: Mark) -> None:
        """Going on with a chain ends those that were opened inside it."""
        chain.marks.append(mark)
        if chain in self._open:
            del self._open[self._open.index(chain) + 1 :]
        else:
            self._open.append(chain)

    def _broken(self, mark: Mark) -> None:
        chain = _latest(self._open, mark)
        self.breaks.append(Break(mark, chain.last if chain else None))
        if chain:
            self._continue(chain, mark)
        else:
            self._start(mark)


def _latest(
    chains: list[_Chain], mark: Mark, number: int | None = None
) -> _Chain | None:
    """The last of these chains of the mark's kind (that stands at this number)."""
    for chain in reversed(chains):
        if chain.last.level is mark.level and number in {None, chain.last.number}:
            return chain
    return None


def marks(reading: Reading) -> Iterator[Mark]:
    """The order words of a document in reading order; tables are left out."""
    for index, line in enumerate(reading.lines):
        if not line.in_table:
            yield from sorted(_marks_in(index, line), key=lambda mark: mark.start)


def _marks_in(index: int, line: Line) -> Iterator[Mark]:
    for level, pattern in _MARKS.items():
        for found in re.finditer(pattern, line.plain):
            number = _number(found["n"])
            if number and not in_quotes(line.plain, found.start("n")):
                word = found.group().strip(" \n\u3000：:，,、")
                yield Mark(level, number, index, found.start(), found.end(), word)


def _number(word: str) -> int | None:
    if "①" <= word <= "⑳":
        return ord(word) - ord("①") + 1
    return ordinal(word)


def chains(reading: Reading) -> tuple[tuple[tuple[Mark, ...], ...], tuple[Break, ...]]:
    """The chains of a document and the marks that break them.

    Returns:
        Chains in the order of their first mark, each with its marks; breaks in
        reading order.
    """
    tracker = _Tracker()
    for mark in marks(reading):
        tracker.take(mark)
    found = tuple(tuple(chain.marks) for chain in tracker.chains)
    return found, tuple(tracker.breaks)
