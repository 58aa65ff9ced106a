"""All that adopt changes in an article, as one list that can be undone. Pure text."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from assembler.blanks import find_blanks
from assembler.tidy import Tidied, tidy
from assembler.tidy_doubts import Suspicion, suspicions
from assembler.tidy_text import Edit, Repair, added, applied, lines_of


@dataclass(frozen=True)
class Changes:
    """An article's text as it came and as it is now.

    Attributes:
        original: as it came.
        tidied: as it is now, with the repairs in terms of the original.
    """

    original: str
    tidied: Tidied

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.tidied.text

    def amended(self, edits: Iterable[Edit]) -> "Changes":
        """These changes and some more; the edits are in reading order and apart."""
        more = list(edits)
        repairs = added(self.original, self.text, self.tidied.repairs, more)
        text = applied(self.text, more)
        return Changes(self.original, Tidied(text, repairs, self.tidied.suspicions))

    @cached_property
    def _shifts(self) -> list[int]:
        """How far the text before each repair, and at last all of it, has moved."""
        grown = (len(r.after) - len(r.before) for r in self.tidied.repairs)
        return list(accumulate(grown, initial=0))

    @cached_property
    def _starts(self) -> list[int]:
        return [repair.start for repair in self.tidied.repairs]

    def moved(self, offset: int) -> int:
        """Where a place of the original stands now, as `assembler.tidy.moved`."""
        rank = bisect_right(self._starts, offset)
        if rank and offset < self.tidied.repairs[rank - 1].end:
            return self._starts[rank - 1] + self._shifts[rank - 1]
        return offset + self._shifts[rank]

    def repairs(self) -> list[tuple[int, Repair]]:
        """The repairs in reading order, each with its place in the text as it is."""
        shifted = zip(self.tidied.repairs, self._shifts, strict=False)
        return [(repair.start + shift, repair) for repair, shift in shifted]

    def suspicions(self) -> list[tuple[int, int, Suspicion]]:
        """The damage left, with its place in the text as it is now."""
        return [
            (self.moved(item.start), self.moved(item.end), item)
            for item in self.tidied.suspicions
        ]


def repaired(text: str) -> Changes:
    """The article with what copying broke repaired; masks stay as they are."""
    return Changes(text, tidy(text, protect=_Masks()))


def untouched(text: str) -> Changes:
    """The article as it came, its damage only listed."""
    return Changes(text, Tidied(text, (), tuple(suspicions(text))))


@dataclass(frozen=True, slots=True)
class _Masks:
    """Finds the masks of a text; lines seen before are not looked through again."""

    _seen: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def __call__(self, text: str) -> Sequence[tuple[int, int]]:
        return [
            (start + first, start + last)
            for start, end in lines_of(text)
            for first, last in self._of(text[start:end])
        ]

    def _of(self, line: str) -> list[tuple[int, int]]:
        if line not in self._seen:
            self._seen[line] = [(blank.start, blank.end) for blank in find_blanks(line)]
        return self._seen[line]
