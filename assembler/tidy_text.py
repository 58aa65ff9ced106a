"""A text under repair: what must not be touched, single edits, and their sum.

Every rule of repair reads a page and proposes edits; the sum of all edits is kept in
terms of the original text, so that each can be shown and all can be undone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

HANZI = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_IS_HANZI = re.compile(HANZI)

#: What no repair may enter: addresses, times, ratios, thousands, tags, bracket blanks.
_GUARDED = re.compile(
    r"(?:https?|ftp)://[!-~]+|www\.[!-~]+"
    r"|(?<![A-Za-z0-9_.+\-])[A-Za-z0-9_.+\-]+@[A-Za-z0-9.\-]+"
    r"|(?<![A-Za-z0-9_.\-])[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)*"
    r"\.(?:com|cn|net|org|gov|edu|docx?|xlsx?|pdf|txt|csv|jpg|png|html?)(?![A-Za-z0-9])"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|(?<![0-9])[0-9]{1,12}:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+"
    r"|\{\{[^{}\n]{1,80}\}\}|\{%[^\n]{1,200}?%\}|\$\{[^{}\n]{1,40}\}|«[^«»\n]{1,40}»"
    r"|\[(?=[^\[\]\n]{0,30}[\u4e00-\u9fff])[^\[\]\n]{1,40}\]|【(?!(?:19|20)[0-9]{2}】)[^【】\n]{1,30}】"
    r"|〔(?=[^〔〕\n]{0,20}[\u4e00-\u9fffXx×])[^〔〕\n]{1,30}〕"
    r"|(?<=[XxＸｘ×*_○〇])[（(](?:单位|部门|姓名|职务|职称|身份)[^（）()\n]{0,6}[）)]"
    r"|[（(](?:请|此处|这里|据实|按|待)[^（）()\n]{0,16}(?:填|补|核|定)[^（）()\n]{0,8}[）)]"
)

Spans = Sequence[tuple[int, int]]
Protector = Callable[[str], Spans]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the page and what is to stand there instead.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character.
        after: the new text.
        why: the reason, in Chinese.
    """

    start: int
    end: int
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair, in terms of the original text.

    Attributes:
        start: offset in the original of the first character replaced.
        end: offset in the original behind the last one.
        before: what stood there, ``original[start:end]``.
        after: what stands there now.
        why: the reason or reasons, in Chinese.
    """

    start: int
    end: int
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """The text as it stands now, with the places that no repair may enter."""

    text: str
    guarded: bytes

    def free(self: Self, start: int, end: int) -> bool:
        """Whether no character of the stretch is guarded."""
        return not any(self.guarded[start:end])


Rule = Callable[[Page], Iterable[Edit]]


def page_of(text: str, protect: Protector | None = None) -> Page:
    """The text with its guarded places: the built-in ones and the caller's."""
    guarded = bytearray(len(text))
    spans = [match.span() for match in _GUARDED.finditer(text)]
    for start, end in (*spans, *(protect(text) if protect else ())):
        guarded[start:end] = b"\1" * (end - start)
    return Page(text, bytes(guarded))


def is_hanzi(char: str) -> bool:
    """Whether the one character given is a Chinese character."""
    return bool(_IS_HANZI.match(char))


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each line, its line end left out."""
    start = 0
    for match in re.finditer(r"\r\n|\r|\n|\Z", text):
        yield start, match.start()
        start = match.end()


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in reading order, without those that overlap an earlier one."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits made; they are in reading order and apart."""
    pieces = []
    done = 0
    for edit in edits:
        pieces += [text[done : edit.start], edit.after]
        done = edit.end
    return "".join([*pieces, text[done:]])


def added(
    original: str, current: str, repairs: Sequence[Repair], edits: Sequence[Edit]
) -> tuple[Repair, ...]:
    """The repairs of the original that also make the edits of the current text.

    Args:
        original: the text as it came.
        current: the original with the repairs made.
        repairs: what was repaired so far, in reading order and apart.
        edits: what is to change in the current text, in reading order and apart.

    Returns:
        Repairs in reading order and apart; an edit that enters an earlier repair is
        one repair with it.
    """
    old = list(_in_current(repairs))
    summed: list[Repair] = []
    shift = 0
    for cluster in _clusters(old, edits):
        start = min(item.start for item in cluster)
        end = max(item.end for item in cluster)
        inner = [item for item in cluster if isinstance(item, Edit)]
        past = [item for item in cluster if isinstance(item, _Placed)]
        grown = sum(len(item.repair.after) - len(item.repair.before) for item in past)
        first, last = start - shift, end - shift - grown
        shift += grown
        moved = [Edit(e.start - start, e.end - start, e.after, e.why) for e in inner]
        after = applied(current[start:end], moved)
        reasons = [item.repair.why for item in past] + [edit.why for edit in inner]
        before = original[first:last]
        if after != before:
            summed.append(Repair(first, last, before, after, _joined(reasons)))
    return tuple(summed)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A repair with its offsets in the current text."""

    start: int
    end: int
    repair: Repair


def _in_current(repairs: Iterable[Repair]) -> Iterator[_Placed]:
    shift = 0
    for repair in repairs:
        start = repair.start + shift
        yield _Placed(start, start + len(repair.after), repair)
        shift += len(repair.after) - len(repair.before)


def _clusters(
    old: Sequence[_Placed], new: Sequence[Edit]
) -> Iterator[list[_Placed | Edit]]:
    """Yield what belongs together because it overlaps."""
    items: list[_Placed | Edit] = [*old, *new]
    items.sort(key=lambda item: (item.start, item.end))
    cluster: list[_Placed | Edit] = []
    end = -1
    for item in items:
        if cluster and item.start < end:
            cluster.append(item)
        else:
            yield from [cluster] if cluster else []
            cluster = [item]
        end = max(end, item.end)
    yield from [cluster] if cluster else []


def _joined(reasons: Iterable[str]) -> str:
    parts = [part for reason in reasons for part in reason.split("；")]
    return "；".join(dict.fromkeys(parts))
