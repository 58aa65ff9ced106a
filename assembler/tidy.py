"""Repairing what copying broke in a text: every repair listed, none a guess.

Pure text. All repairs can be undone, and a repaired text needs no further repair.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from assembler import tidy_lines, tidy_marks, tidy_rules
from assembler.tidy_doubts import Suspicion, suspicions
from assembler.tidy_text import (
    Protector,
    Repair,
    Rule,
    added,
    apart,
    applied,
    page_of,
)

__all__ = ["Repair", "Suspicion", "Tidied", "moved", "tidy", "undo"]

# Traditional characters come before pinyin, which is a sign of such a copy; lines are
# joined before marks are judged by their neighbours.
_RULES: tuple[Rule, ...] = (
    tidy_rules.entities,
    tidy_rules.unseen,
    tidy_lines.site_lines,
    tidy_rules.wrong_marks,
    tidy_rules.traditional,
    tidy_rules.zhe,
    tidy_rules.pinyin,
    tidy_lines.line_ends,
    tidy_marks.brackets,
    tidy_marks.quotes,
    tidy_marks.punctuation,
    tidy_rules.document_numbers,
    tidy_rules.ranges,
    tidy_lines.spaces,
)


@dataclass(frozen=True, slots=True)
class Tidied:
    """A repaired text.

    Attributes:
        text: the text with all repairs made.
        repairs: what was repaired, in reading order; offsets are the original's.
        suspicions: damage that no rule can repair; offsets are the original's.
    """

    text: str
    repairs: tuple[Repair, ...]
    suspicions: tuple[Suspicion, ...]


def tidy(text: str, *, protect: Protector | None = None) -> Tidied:
    """Repair a whole article.

    Args:
        text: the article with its line ends; any of the three kinds.
        protect: gives the stretches of a text that no repair may enter, such as the
            masks that ``blanks.find_blanks`` finds. Called anew for each state of the
            text. Addresses, times, ratios, thousands, tags and bracketed blanks are
            protected in any case.

    Returns:
        The repaired text, each repair, and what could not be repaired. Figures and
        masks are as they were; ``undo`` gives the original back.
    """
    page = page_of(text, protect)
    repairs: tuple[Repair, ...] = ()
    settled = False
    while not settled:
        settled = True
        for rule in _RULES:
            edits = apart(rule(page))
            if edits:
                settled = False
                repairs = added(text, page.text, repairs, edits)
                page = page_of(applied(page.text, edits), protect)
    tidied = Tidied(page.text, repairs, ())
    return replace(tidied, suspicions=_in_original(tidied, text))


def undo(tidied: Tidied) -> str:
    """The original text, from the repaired one and its list of repairs."""
    pieces = []
    done = 0
    shift = 0
    for repair in tidied.repairs:
        start = repair.start + shift
        pieces += [tidied.text[done:start], repair.before]
        done = start + len(repair.after)
        shift += len(repair.after) - len(repair.before)
    return "".join([*pieces, tidied.text[done:]])


def moved(tidied: Tidied, offset: int) -> int:
    """Where a place of the original stands in the repaired text.

    Args:
        tidied: the repaired text.
        offset: an offset in the original.

    Returns:
        The offset in ``tidied.text``; inside a repair, that of the repair's start.
    """
    shift = 0
    for repair in tidied.repairs:
        if offset < repair.end:
            return min(offset, repair.start) + shift
        shift += len(repair.after) - len(repair.before)
    return offset + shift


def _in_original(tidied: Tidied, original: str) -> tuple[Suspicion, ...]:
    """The suspicions of the repaired text, at their places in the original."""
    starts, ends, shifts = [0], [0], [0]
    shift = 0
    for repair in tidied.repairs:
        starts.append(repair.start + shift)
        ends.append(repair.start + shift + len(repair.after))
        shift += len(repair.after) - len(repair.before)
        shifts.append(shift)

    def first(offset: int) -> int:
        at = bisect_right(starts, offset) - 1
        inside = at and offset < ends[at]
        return tidied.repairs[at - 1].start if inside else offset - shifts[at]

    def last(offset: int) -> int:
        at = bisect_left(starts, offset) - 1
        inside = at > 0 and offset < ends[at]
        return tidied.repairs[at - 1].end if inside else offset - shifts[max(at, 0)]

    found = []
    for item in suspicions(tidied.text):
        start = first(item.start)
        end = max(start, last(item.end))
        found.append(replace(item, start=start, end=end, before=original[start:end]))
    return tuple(found)
