"""Recognising blanks in the text of a speech: the whole mask, and none of the traps.

Three answers: a blank, no blank (not returned), or a doubt that a person decides.
Pure text in, offsets out; nothing here knows of files or Word.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from assembler.blank_brackets import (
    find_addresses,
    find_brackets,
    find_hints,
    find_posts,
    find_tags,
)
from assembler.blank_facts import find_doubts, find_leftovers, place_names
from assembler.blank_letters import find_dates, find_letters, find_years
from assembler.blank_marks import (
    find_circles,
    find_rare,
    find_some,
    find_stars,
    find_times,
    find_underscores,
)
from assembler.blank_spots import REACH, Blank, Claim, Doubt, Scene, Verdict

__all__ = [
    "Blank",
    "Doubt",
    "Verdict",
    "find_blanks",
    "find_doubts",
    "find_leftovers",
    "place_names",
]

# The order is the precedence: who claims a stretch first decides on it alone.
_RECOGNISERS: tuple[Callable[[Scene], Iterator[Claim]], ...] = (
    find_addresses,
    find_tags,
    find_posts,
    find_hints,
    find_brackets,
    find_dates,
    find_years,
    find_underscores,
    find_letters,
    find_times,
    find_stars,
    find_circles,
    find_some,
    find_rare,
)
_ANY_SIGN = re.compile(
    r"[XxＸｘNＮYyMm×✕╳⨯✖*＊_＿○〇◯某\[［【〔{<＜«（(□△■▲◇◆☆＃#&?？]"
)
_BETWEEN_MASK_AND_HINT = re.compile(r"\s*[\u4e00-\u9fff%％‰℃]{0,8}\s*")


def find_blanks(
    paragraph: str,
    *,
    before: str = "",
    after: str = "",
    markdown: bool = False,
    last: bool = False,
) -> list[Blank]:
    """Find every blank and every doubtful mask of a paragraph, in reading order.

    Args:
        paragraph: the text as a person reads it, runs joined.
        before: text that the paragraph continues without a break, such as the line
            before a hard line end; empty for a paragraph that stands by itself.
        after: text that continues the paragraph in the same way.
        markdown: whether the text is Markdown, where ``**`` in pairs is bold type.
        last: whether this is the last paragraph of the whole text, where a lone ×
            is what a copied page's close button left.

    Returns:
        The blanks, whole masks without the spaces around them; those with the verdict
        ``DOUBT`` stay as they are until a person has decided.
    """
    if not _ANY_SIGN.search(paragraph):
        return []
    lead = before[-REACH:]
    scene = Scene(lead + paragraph + after[:REACH], markdown=markdown, last=last)
    blanks = _with_hints(scene.text, _claimed(scene))
    inner = len(lead), len(lead) + len(paragraph)
    return [
        _moved(blank, -inner[0])
        for blank in blanks
        if inner[0] <= blank.start and blank.end <= inner[1]
    ]


def _claimed(scene: Scene) -> list[Blank]:
    """The blanks of all recognisers, an earlier claim keeping out the later ones."""
    taken = bytearray(len(scene.text))
    blanks: list[Blank] = []
    for recogniser in _RECOGNISERS:
        for claim in recogniser(scene):
            if not any(taken[claim.start : claim.end]):
                taken[claim.start : claim.end] = b"\1" * (claim.end - claim.start)
                blanks.extend(claim.blanks)
    return sorted(blanks, key=lambda blank: blank.start)


def _with_hints(text: str, blanks: Iterable[Blank]) -> list[Blank]:
    """Give each hint behind a mask to its mask; a hint by itself stays the mask."""
    kept: list[Blank] = []
    for blank in blanks:
        if blank.notation == "hint" and kept and _belongs(text, kept[-1], blank):
            kept[-1] = replace(kept[-1], hint_span=(blank.start, blank.end))
        else:
            kept.append(blank)
    return kept


def _belongs(text: str, mask: Blank, hint: Blank) -> bool:
    if mask.hint_span or hint.start - mask.end > REACH:
        return False
    return bool(_BETWEEN_MASK_AND_HINT.fullmatch(text, mask.end, hint.start))


def _moved(blank: Blank, by: int) -> Blank:
    if not by:
        return blank
    hint = blank.hint_span
    return replace(
        blank,
        start=blank.start + by,
        end=blank.end + by,
        hint_span=(hint[0] + by, hint[1] + by) if hint else None,
    )
