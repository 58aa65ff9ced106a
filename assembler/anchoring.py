"""Where a value stands in a text that people have edited, found by the words around.

Pure text. A story is one string, its paragraphs parted by `BREAK`; the place of each
field is one token character, so that a neighbour's new figure does not change the words
around. A place counts as found only where the words around it say so for certain: they
are unlike those of every other place of the base, and stand once in the text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assembler.edges import BREAK, figure_before, figure_behind, is_still
from assembler.figures import Kind

WORDS_KEPT = 64
# Words on each side that together may tell a place, from few to many.
_REACHES = (4, 6, 9, 14, 21, 32)
_LEAST_FOR_EDITED = 6
_LEAST_ON_ONE_SIDE = 10
_LONGEST_VALUE = 60
_LONGEST_FIGURE = 24
_NEAR = 24
# A mark's own edge needs fewer words to prove it than another place near it.
_LEAST_AT_EDGE, _LEAST_BESIDE = 2, 4
_BOTH = 2
_FIGURES = (
    "[0-9０-９.．,〇零○一二两三四五六七八九十廿百千万亿半点成分之数几多余约近"
    "—–～~/／年月日第%％−－-]"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the base, with the words around it.

    Attributes:
        name: the bookmark that stood there.
        field: the field.
        kind: what it holds.
        text: the value that stood there; None where that is not known any more.
        left: the base's text in front of it; `WORDS_KEPT` characters are enough.
        right: the base's text behind it.
    """

    name: str
    field: str
    kind: Kind
    text: str | None
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of a text where a value stands.

    Attributes:
        start: offset of its first character.
        end: offset behind its last one.
        certain: whether it is beyond doubt that just this is the value.
    """

    start: int
    end: int
    certain: bool = True

    def overlaps(self, other: "Extent") -> bool:
        """Whether they have a character in common, or one stands in the other."""
        last, others_last = (
            max(self.end, self.start + 1),
            max(other.end, other.start + 1),
        )
        return self.start < others_last and other.start < last


class Finder:
    """Looks for the places of one story.

    Args:
        base: the base's text, a token in each place.
        tokens: field → the character that stands for it.
        texts: token → the texts that may stand there instead, its bookmark lost; none
            for a token of which that is not known.
    """

    def __init__(
        self, base: str, tokens: Mapping[str, str], texts: Mapping[str, frozenset[str]]
    ) -> None:
        self._base = base
        self._tokens = "".join(tokens.values())
        self._texts = dict(texts)
        self._known_reaches: dict[str, int | None] = {}

    def learn(self, texts: Mapping[str, frozenset[str]]) -> None:
        """Take note of what stands in places of which nothing was known."""
        new = {token: one for token, one in texts.items() if token not in self._texts}
        if new:
            self._texts |= new
            self._known_reaches = {}

    def exact(self, anchor: Anchor, text: str) -> list[Extent]:
        """Where a place's own value stands among its own words.

        Args:
            anchor: the place; its value must be known and not empty.
            text: the text as it is now, tokens in the places that are known.

        Returns:
            Each stretch that it could be; it is found where there is one only.
        """
        if not anchor.text or anchor.text not in text:
            return []
        value = re.escape(anchor.text)
        reach = self._reach(anchor)
        if reach is not None:
            found = self._unless_several(anchor, (reach, reach), value, text)
            if found:
                return found
        return self._by_one_side(anchor, value, text)

    def copies(self, anchor: Anchor, text: str) -> list[Extent]:
        """Where else a place's value stands among its words: copied sentences."""
        if not anchor.text or anchor.text not in text:
            return []
        reach = self._reach(anchor)
        if reach is None:
            return []
        reach = max(reach, _LEAST_FOR_EDITED)
        value = re.escape(anchor.text)
        return self._hits(self._around(anchor, (reach, reach), value), text)

    def torn(self, anchor: Anchor, text: str) -> list[Extent]:
        """Where a place's value stands with a paragraph's end in the middle of it."""
        value = anchor.text or ""
        cuts = range(1, len(value))
        pieces = [re.escape(f"{value[:cut]}{BREAK}{value[cut:]}") for cut in cuts]
        if not pieces:
            return []
        reach = _REACHES[0], _REACHES[0]
        return self._hits(self._around(anchor, reach, "|".join(pieces)), text)

    def edited(self, anchor: Anchor, text: str) -> list[Extent]:
        """Where another value stands among a place's own words."""
        reach = self._reach(anchor)
        if reach is None:
            return []
        reach = max(reach, _LEAST_FOR_EDITED)
        value = self._any_value(anchor.kind)
        return self._unless_several(anchor, (reach, reach), value, text)

    def _unless_several(
        self, anchor: Anchor, reach: tuple[int, int], value: str, text: str
    ) -> list[Extent]:
        """Where a value stands; the same words round any other count as well.

        A sentence that was copied and then changed could be the place as much as what
        it was copied from.
        """
        found = self._hits(self._around(anchor, reach, value), text)
        if not found:
            return []
        any_value = self._any_value(anchor.kind)
        loosely = self._around(anchor, reach, any_value, loosely=True)
        others = self._hits(loosely, text)
        return [*found, *(o for o in others if not any(map(o.overlaps, found)))]

    def _any_value(self, kind: Kind) -> str:
        if kind.is_text:
            return f"[^{BREAK}。；{re.escape(self._tokens)}]{{0,{_LONGEST_VALUE}}}?"
        return f"{_FIGURES}{{0,{_LONGEST_FIGURE}}}?"

    def _by_one_side(self, anchor: Anchor, value: str, text: str) -> list[Extent]:
        """The value with many of its words on one side, others on the other."""
        found: dict[Extent, None] = {}
        for length in _REACHES:
            if length < _LEAST_ON_ONE_SIDE:
                continue
            for reach in ((length, 0), (0, length)):
                if self._is_unlike_others(anchor, reach):
                    hits = self._hits(self._around(anchor, reach, value), text)
                    found |= dict.fromkeys(hits)
        return [one for one in found if _still(anchor, text, one)]

    def _reach(self, anchor: Anchor) -> int | None:
        """How many characters on both sides tell a place from all others."""
        if anchor.name not in self._known_reaches:
            fitting = (r for r in _REACHES if self._is_unlike_others(anchor, (r, r)))
            self._known_reaches[anchor.name] = next(fitting, None)
        return self._known_reaches[anchor.name]

    def _is_unlike_others(self, anchor: Anchor, reach: tuple[int, int]) -> bool:
        # On one side there is no telling how far what stands between would reach.
        between = (
            f"(?:[{re.escape(self._tokens)}]|[^{BREAK}]{{0,{_LONGEST_VALUE}}}?)"
            if all(reach)
            else ""
        )
        return len(self._hits(self._around(anchor, reach, between), self._base)) == 1

    def _around(
        self,
        anchor: Anchor,
        reach: tuple[int, int],
        value: str,
        *,
        loosely: bool = False,
    ) -> re.Pattern[str]:
        """A pattern for a value among so many words of a place on each side."""
        left, right = reach
        before = self._words(anchor.left[-left:] if left else "", loosely=loosely)
        behind = self._words(anchor.right[:right], loosely=loosely)
        return re.compile(f"{before}({value}){behind}")

    def _words(self, text: str, *, loosely: bool) -> str:
        """A pattern for words of the base; a neighbour may have lost its bookmark."""
        return "".join(self._word(character, loosely=loosely) for character in text)

    def _word(self, character: str, *, loosely: bool) -> str:
        if character not in self._tokens:
            return re.escape(character)
        texts = self._texts.get(character)
        if loosely or texts is None:
            return f"(?:{character}|[^{BREAK}。；]{{0,{_LONGEST_FIGURE}}}?)"
        others = "|".join(map(re.escape, sorted(texts - {""})))
        return f"(?:{character}|{others})" if others else character

    def _hits(self, pattern: re.Pattern[str], text: str) -> list[Extent]:
        found: dict[tuple[int, int], None] = {}
        match = pattern.search(text)
        while match:
            found[match.span(1)] = None
            match = pattern.search(text, match.start() + 1)
        return [Extent(*span) for span in found]


def _still(anchor: Anchor, text: str, extent: Extent) -> bool:
    now = text[: extent.start], text[extent.end :]
    return is_still(anchor.kind, (anchor.left, anchor.right), now)


def likeness(anchor: Anchor, left: str, right: str) -> int:
    """How many characters beside a place are those of an anchor."""
    return _common(anchor.left[::-1], left[::-1]) + _common(anchor.right, right)


def _common(first: str, second: str) -> int:
    length = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        length += 1
    return length


def in_place(anchor: Anchor, text: str, start: int, end: int) -> Extent:
    """How far a value reaches whose bookmark is there but does not hold it as it was.

    Args:
        anchor: the place in the base.
        text: the text as it is now.
        start: offset of the bookmark's first character.
        end: offset behind its last one.

    Returns:
        The stretch between the words that stood beside it; where they are gone, of a
        figure all its characters, of words what the bookmark holds. It is certain
        only where the words on one side at least are the same.
    """
    if anchor.kind.is_text and text[start:end] == anchor.text:
        # What was written beside a name or word is prose, not part of it.
        return Extent(start, end)
    left = _left_edge(anchor, text, start, end)
    right = _right_edge(anchor, text, start if left is None else left, end)
    known = sum(edge is not None for edge in (left, right))
    if left is None:
        left = min(start, end if right is None else right)
        left -= 0 if anchor.kind.is_text else _grown_before(anchor.left, text[:left])
    if right is None:
        right = max(end, left)
        right += 0 if anchor.kind.is_text else _grown_behind(anchor.right, text[right:])
    found = Extent(left, right, certain=False)
    if not (is_value(anchor.kind, text[left:right]) and _still(anchor, text, found)):
        return found
    if anchor.text is None:
        # Of words that nobody remembers, nobody knows how far they reach.
        return replace(found, certain=known == _BOTH and not anchor.kind.is_text)
    return replace(found, certain=known >= (_BOTH if left == right else 1))


def is_value(kind: Kind, text: str) -> bool:
    """Whether a text may be a value of a kind: a figure, or words of one sentence."""
    if kind.is_text:
        return not set(text) & _ENDS and len(text) <= _LONGEST_VALUE
    return _FIGURE.fullmatch(text) is not None


_ENDS = frozenset(f"{BREAK}。；")
_FIGURE = re.compile(f"{_FIGURES}{{0,{_LONGEST_FIGURE}}}")


def _left_edge(anchor: Anchor, text: str, start: int, end: int) -> int | None:
    """Where the words in front of a place end: nearest to the bookmark's beginning."""
    base = anchor.left[::-1]
    offsets = range(max(0, start - _NEAR), end + 1)
    alike = {
        offset: _common(base, text[max(0, offset - _NEAR) : offset][::-1])
        for offset in offsets
    }
    return _nearest(alike, start, len(base))


def _right_edge(anchor: Anchor, text: str, start: int, end: int) -> int | None:
    """Where the words behind a place begin: nearest to the bookmark's end."""
    offsets = range(start, min(len(text), end + _NEAR) + 1)
    alike = {
        offset: _common(anchor.right, text[offset : offset + _NEAR])
        for offset in offsets
    }
    return _nearest(alike, end, len(anchor.right))


def _nearest(alike: Mapping[int, int], edge: int, most: int) -> int | None:
    """The offset with the most characters alike; of several the nearest to an edge."""
    found = [
        (length, -abs(offset - edge), offset)
        for offset, length in alike.items()
        if length >= min(_LEAST_AT_EDGE if offset == edge else _LEAST_BESIDE, most)
    ]
    return max(found)[2] if found else None


def _grown_before(base: str, now: str) -> int:
    """How many characters of a figure stand in front that did not in the base."""
    before, own = figure_before(now), figure_before(base)
    return len(before) - len(own) if before.startswith(own) else 0


def _grown_behind(base: str, now: str) -> int:
    behind, own = figure_behind(now), figure_behind(base)
    return len(behind) - len(own) if behind.endswith(own) else 0


def tokens_for(fields: Mapping[str, object]) -> dict[str, str]:
    """A character for each field, from a plane that no text uses."""
    return {field: chr(0xF0000 + number) for number, field in enumerate(fields)}
