"""Rules on marks that come in pairs: quotes and brackets.

One scan of a paragraph gives its flaws; three rules report a kind each. A quotation
over several paragraphs opens each of them and closes the last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from assembler.findings import Severity
from assembler.rules_text import Line, Reading, Spot

_PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "〔": "〕",
    "【": "】",
    "[": "]",
    "［": "］",
}
# Half- and full-width forms close each other; their width is another rule's.
_CLASS = {"(": "（", ")": "）", "［": "[", "］": "]"}
_QUOTES = "“”‘’"
_ODD_FORMS = str.maketrans("〝〞〟﹙﹚", "“””（）")
_MILD = "()[]［］"
_LIST_MARK = (
    r"(?:^|[\s；。：，、])(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$"
)
# A quoted poem or letter opens once and closes some paragraphs later.
_LONGEST_QUOTATION = 6
# What stands between two quote marks turned alike is a name, not a sentence.
_LONGEST_NAME = 14


class _Kind(StrEnum):
    UNCLOSED = "unclosed"
    UNOPENED = "unopened"
    CROSSED = "crossed"
    TURNED = "turned"


@dataclass(frozen=True, slots=True)
class _Flaw:
    kind: _Kind
    mark: str
    place: int


def _same(mark: str) -> str:
    return _CLASS.get(mark, mark)


def _closes(opening: str, closing: str) -> bool:
    return _same(_PAIRS[opening]) == _same(closing)


def _is_apostrophe(text: str, place: int) -> bool:
    before, after = text[:place][-1:], text[place + 1 : place + 2]
    return before.isascii() and before.isalpha() and (after.isascii() or not after)


def _is_list_mark(text: str, place: int) -> bool:
    return text[place] in "）)" and bool(re.search(_LIST_MARK, text[:place]))


class _Scan:
    """The stack of open marks of one paragraph while it is read."""

    def __init__(self, text: str) -> None:
        # A wrong form of a quote mark is another rule's; here it still pairs.
        self.text = text.translate(_ODD_FORMS)
        self.open: list[tuple[str, int]] = []
        self.flaws: list[_Flaw] = []

    def run(self) -> tuple[_Flaw, ...]:
        for place, mark in enumerate(self.text):
            if mark in _PAIRS:
                self._opening(mark, place)
            elif mark in "”’）)》〉〕】]］":
                self._closing(mark, place)
        for mark, place in self.open:
            self._blame(_Kind.UNCLOSED, mark, place)
        return tuple(sorted(_turned(self.flaws), key=lambda flaw: flaw.place))

    def _blame(self, kind: _Kind, mark: str, place: int) -> None:
        self.flaws.append(_Flaw(kind, mark, place))

    def _opening(self, mark: str, place: int) -> None:
        if mark in "“‘" and self.open and self.open[-1][0] == mark:
            self._blame(_Kind.UNCLOSED, *self.open.pop())
        self.open.append((mark, place))

    def _closing(self, mark: str, place: int) -> None:
        if mark == "’" and _is_apostrophe(self.text, place):
            return
        depth = self._depth_of(mark)
        if depth is None:
            if not _is_list_mark(self.text, place):
                self._blame(_Kind.UNOPENED, mark, place)
            return
        self._close_down_to(depth, mark, place)

    def _depth_of(self, mark: str) -> int | None:
        for depth in range(len(self.open) - 1, -1, -1):
            if _closes(self.open[depth][0], mark):
                return depth
        return None

    def _close_down_to(self, depth: int, mark: str, place: int) -> None:
        """Close an open mark; those opened after it are crossed or unclosed."""
        above = self.open[depth + 1 :]
        late = [entry for entry in above if self._closes_later(entry[0], place)]
        if late:
            self._blame(_Kind.CROSSED, mark, place)
        for entry in above:
            if entry not in late:
                self._blame(_Kind.UNCLOSED, *entry)
        self.open[depth:] = late

    def _closes_later(self, opening: str, place: int) -> bool:
        """Whether the rest of the paragraph closes once more than it opens."""
        balance = 0
        for mark in self.text[place + 1 :]:
            if _same(mark) == _same(opening):
                balance += 1
            elif _same(mark) == _same(_PAIRS[opening]):
                balance -= 1
            if balance < 0:
                return True
        return False


def _turned(flaws: list[_Flaw]) -> Iterator[_Flaw]:
    """Two opening quotes with no closing one between: the second is turned."""
    waiting: _Flaw | None = None
    for flaw in sorted(flaws, key=lambda flaw: flaw.place):
        is_open_quote = flaw.kind is _Kind.UNCLOSED and flaw.mark in "“‘"
        if waiting and is_open_quote and _is_short(waiting, flaw):
            yield replace(flaw, kind=_Kind.TURNED)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = flaw if is_open_quote else None
        if not is_open_quote:
            yield flaw
    if waiting:
        yield waiting


def _is_short(first: _Flaw, second: _Flaw) -> bool:
    near = second.place - first.place <= _LONGEST_NAME
    return near and first.mark == second.mark


def unpaired_quote(reading: Reading) -> Iterator[Spot]:
    """``聚焦双提升”行动``: a quote mark without its partner."""
    flaws = [_Scan(line.text).run() for line in reading.lines]
    spared = _quotations(reading.lines, flaws)
    for index, line in enumerate(reading.lines):
        for flaw in flaws[index]:
            if flaw.mark not in _QUOTES or flaw.kind is _Kind.CROSSED:
                continue
            if (index, flaw.place) not in spared:
                yield _spot(line, flaw)


def _quotations(
    lines: tuple[Line, ...], flaws: list[tuple[_Flaw, ...]]
) -> set[tuple[int, int]]:
    """Places of marks that open or close a quotation over several paragraphs."""
    spared: set[tuple[int, int]] = set()
    for index, line in enumerate(lines):
        for flaw in flaws[index]:
            if flaw.kind is _Kind.UNCLOSED and flaw.mark in "“‘":
                spared |= _continued(lines, flaws, index, flaw)
                if _begins_quotation(line.text, flaw.place):
                    spared |= _closed_later(lines, flaws, index, flaw)
    return spared


def _continued(
    lines: tuple[Line, ...], flaws: list[tuple[_Flaw, ...]], index: int, flaw: _Flaw
) -> set[tuple[int, int]]:
    """Each further paragraph opens again, the last one closes."""
    if index + 1 < len(lines) and lines[index + 1].text.startswith(flaw.mark):
        following = [each for each in flaws[index + 1] if each.place == 0]
        closed = not following
        goes_on = index + 2 < len(lines) and lines[index + 2].text.startswith(flaw.mark)
        if closed or goes_on:
            return {(index, flaw.place)}
    return set()


def _begins_quotation(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in "：:"


def _closed_later(
    lines: tuple[Line, ...], flaws: list[tuple[_Flaw, ...]], index: int, flaw: _Flaw
) -> set[tuple[int, int]]:
    """Opened once; the closing mark ends one of the next paragraphs."""
    last = min(index + 1 + _LONGEST_QUOTATION, len(lines))
    for later in range(index + 1, last):
        for other in flaws[later]:
            if other.mark not in _QUOTES:
                continue
            ends_paragraph = not lines[later].text[other.place + 1 :].strip("。！？")
            if other.mark == _PAIRS[flaw.mark] and ends_paragraph:
                return {(index, flaw.place), (later, other.place)}
            return set()
    return set()


def unpaired_bracket(line: Line) -> Iterator[Spot]:
    """``清河区（含开发区共9个街道``: a bracket without its partner."""
    for flaw in _Scan(line.text).run():
        if flaw.mark not in _QUOTES and flaw.kind is not _Kind.CROSSED:
            yield _spot(line, flaw)


def crossed_pair(line: Line) -> Iterator[Spot]:
    """``“清河（新城”）``: one pair closes inside another."""
    for flaw in _Scan(line.text).run():
        if flaw.kind is _Kind.CROSSED:
            message = f"“{flaw.mark}”与前面的另一对标点交叉了。"
            yield line.spot(flaw.place, flaw.place + 1, message)


def _spot(line: Line, flaw: _Flaw) -> Spot:
    messages = {
        _Kind.UNCLOSED: f"“{flaw.mark}”没有配对的后一半。",
        _Kind.UNOPENED: f"“{flaw.mark}”没有配对的前一半。",
        _Kind.TURNED: f"这里的“{flaw.mark}”方向反了，应为后引号。",
    }
    severity = Severity.WARNING if flaw.mark in _MILD else None
    spot = line.spot(flaw.place, flaw.place + 1, messages[flaw.kind])
    return replace(spot, severity=severity)
