"""Keeping characters on one line: figures with their units, the last words of all.

Between hanzi any line may end. A zero width no-break space (U+FEFF) forbids it. Word
heeds it everywhere; LibreOffice (7.4, measured) only in text that is not marked as
Chinese, for which it has rules of its own.
"""

import re
from collections.abc import Iterator

from assembler.cutting import isolate
from assembler.units import leading
from assembler.wordml import (
    TEXT,
    CrossingError,
    Element,
    set_text,
    text_of,
)

JOINER = "\ufeff"
_NUMBER = r"\d+(?:[.,]\d+)*"
_FIGURE = re.compile(
    rf"第?(?:{_NUMBER}(?:[—～~\-]{_NUMBER})*|[〇零一二两三四五六七八九十百千万亿几]+)"
    r"(?=[^\d])"
)
_DIGITS = frozenset("0123456789.,")
_LAST = re.compile(r"\w{1,4}\W{0,3}$")
_LONGEST = 14


def keep_together(paragraph: Element, *, last: bool) -> None:
    """Keep the figures of a paragraph on one line with their units.

    Args:
        paragraph: the ``w:p``, changed in place.
        last: whether also the last four characters stay together, so that no line
            holds fewer.
    """
    # From the end, so that the offsets of the others stay right.
    for start, end in reversed(
        list(_merged(_stretches(text_of(paragraph), last=last)))
    ):
        try:
            runs = isolate(paragraph, start, end)
        except CrossingError:
            continue
        _join(runs)


def _stretches(text: str, *, last: bool) -> Iterator[tuple[int, int]]:
    for found in _FIGURE.finditer(text):
        unit = leading(text[found.end() : found.end() + _LONGEST])
        if unit is not None:
            yield found.start(), found.end() + len(unit.name)
        elif found.group().startswith("第"):
            yield found.span()
    end = _LAST.search(text) if last else None
    if end is not None:
        yield end.span()


def _merged(stretches: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches that overlap as one."""
    start = end = 0
    for first, behind in sorted(stretches):
        if first >= end > start:
            yield start, end
            start = first
        elif end == start:
            start = first
        end = max(end, behind)
    if end > start:
        yield start, end


def _join(runs: list[Element]) -> None:
    """Put joiners between all characters of these runs but within numbers."""
    before = ""
    for run in runs:
        for element in run.iter(TEXT):
            joined = ""
            for character in element.text or "":
                if before and not {before, character} <= _DIGITS:
                    joined += JOINER
                joined += character
                before = character
            set_text(element, joined)
