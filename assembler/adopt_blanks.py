"""What adopt finds in a model text: its blanks, and all that is doubtful in it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from assembler.adopt_changes import repaired
from assembler.adopt_model import Paragraph
from assembler.blanks import (
    Blank,
    Doubt,
    Verdict,
    find_blanks,
    find_doubts,
    find_leftovers,
    place_names,
)
from assembler.findings import Finding, Severity
from assembler.layout import Role
from assembler.roles import DATE
from assembler.tidy_text import Repair

_WARNED = frozenset({"missing-figure", "missing-subject", "masked-number"})
_DECIDE = "是空白处，就把它改写成 X 再运行 adopt；不是就不用管"
_LOOK = "填数据时请对照原文看一看"
_NOT_REPAIRED = "Word 稿的文字没有动，要改请在 Word 里改"
_FILLED_SPACES = " \xa0"
_MASK_SIGNS = "×○〇某＿_Ｘｘ＊*\u3000\t\n"
_LATIN = re.compile("[A-Za-z0-9]")
_HEAD_ROLES = frozenset({Role.TITLE, Role.DATE, Role.SPEAKER})


@dataclass(frozen=True, slots=True)
class Recognised:
    """A paragraph with what was recognised in it.

    Attributes:
        paragraph: the paragraph.
        masks: all that may be a blank, doubtful ones too, but fields.
        blanks: what is one, in reading order.
    """

    paragraph: Paragraph
    masks: tuple[Blank, ...]
    blanks: tuple[Blank, ...]


def recognised(paragraph: Paragraph) -> Recognised:
    """Recognise the blanks of a paragraph.

    A date under the title is one blank, whatever masks it is made of.
    """
    masks = tuple(
        blank
        for blank in find_blanks(paragraph.text)
        if not _meets(blank, paragraph.fields)
    )
    blanks = tuple(blank for blank in masks if blank.verdict is Verdict.BLANK)
    match = DATE.fullmatch(paragraph.text) if paragraph.role is Role.DATE else None
    if blanks and match is not None:
        blanks = (Blank(*match.span("date"), match["date"], "date"),)
    return Recognised(paragraph, masks, blanks)


def with_spaces(paragraph: Paragraph, blank: Blank) -> tuple[int, int]:
    """Where a blank begins and ends with the spaces that filling it drops.

    Spaces between words and a mask only set the mask apart. Those between two masks,
    at Latin words, at a line's edge, under the title and before a date or the line's
    last word part what will be filled in.
    """
    text, start, end = paragraph.text, blank.start, blank.end
    if paragraph.role in _HEAD_ROLES:
        return start, end
    while start and text[start - 1] in _FILLED_SPACES:
        start -= 1
    while end < len(text) and text[end] in _FILLED_SPACES:
        end += 1
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    is_last = behind in ("", "年")
    return (
        blank.start if is_last or _is_parted_from(before) else start,
        blank.end if _is_parted_from(behind) else end,
    )


def _is_parted_from(neighbour: str) -> bool:
    """Whether a space between a mask and this character must stay."""
    return (
        not neighbour or neighbour in _MASK_SIGNS or _LATIN.match(neighbour) is not None
    )


def _meets(blank: Blank | Doubt, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < blank.end and blank.start < end for start, end in spans)


def doubts_of(text: Sequence[Recognised]) -> Iterator[Finding]:
    """Yield what a person should look at: doubtful masks, gaps, another's facts.

    A fact is told at its first place only.

    Args:
        text: the model text.
    """
    names = place_names("\n".join(one.paragraph.text for one in text))
    seen: set[tuple[str, str]] = set()
    for one in text:
        paragraph = one.paragraph
        yield from _doubtful_masks(one)
        taken = [*paragraph.fields, *((blank.start, blank.end) for blank in one.blanks)]
        gaps = find_doubts(paragraph.text)
        facts = find_leftovers(paragraph.text, names=names)
        for doubt in sorted((*gaps, *facts), key=lambda doubt: doubt.start):
            fact = (doubt.code, paragraph.text[doubt.start : doubt.end])
            if _meets(doubt, taken) or (doubt.code not in _WARNED and fact in seen):
                continue
            seen.add(fact)
            yield _finding(paragraph, doubt)


def _doubtful_masks(one: Recognised) -> Iterator[Finding]:
    for blank in one.masks:
        if blank.reason is not None:
            doubtful = blank.verdict is Verdict.DOUBT
            found = (
                "doubtful-blank" if doubtful else "damaged-mask",
                Severity.WARNING,
            )
            span = (blank.start, blank.end)
            hint = _DECIDE if doubtful else _LOOK
            yield one.paragraph.finding(found, span, blank.reason, hint)


def _finding(paragraph: Paragraph, doubt: Doubt) -> Finding:
    severity = Severity.WARNING if doubt.code in _WARNED else Severity.INFO
    found = (doubt.code, severity)
    span = (doubt.start, doubt.end)
    return paragraph.finding(found, span, doubt.message, doubt.hint)


def damage_of(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Yield what copying broke in a text that is not to be changed.

    What a rule would repair is told with what it would become; spaces and line ends
    are the document's layout and nothing to tell of.
    """
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    lengths = (len(paragraph.text) + 1 for paragraph in paragraphs)
    starts = list(accumulate(lengths, initial=0))
    tidied = repaired(text).tidied
    places = [(r.start, r.end, _proposed(r)) for r in tidied.repairs if _is_of_words(r)]
    places += [
        (item.start, item.end, (item.code, Severity.WARNING, item.message, item.hint))
        for item in tidied.suspicions
    ]
    for start, end, (code, severity, message, hint) in sorted(places):
        rank = bisect_right(starts, start) - 1
        if end <= starts[rank] + len(paragraphs[rank].text):
            span = (start - starts[rank], end - starts[rank])
            yield paragraphs[rank].finding((code, severity), span, message, hint)


def _is_of_words(repair: Repair) -> bool:
    """Whether a repair changes more than spaces, within one line."""
    both = repair.before + repair.after
    words = ["".join(text.split()) for text in (repair.before, repair.after)]
    return "\n" not in both and words[0] != words[1]


def _proposed(repair: Repair) -> tuple[str, Severity, str, str]:
    after = f"应改成“{repair.after}”" if repair.after else "应删去"
    return "unrepaired", Severity.INFO, f"{repair.why}，{after}", _NOT_REPAIRED


def of_file(findings: Sequence[Finding], name: str) -> tuple[Finding, ...]:
    """The findings, said to be of this file where they name none."""
    return tuple(replace(one, file=one.file or name) for one in findings)
