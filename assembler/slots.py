"""Slots in the places of fields, and what stands only if a field has a value.

A slot is a processing instruction in the empty text of one run; `program` says what
its words mean.
"""

from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from assembler.cutting import isolate, replace_text
from assembler.notations import Stretch
from assembler.program import END_MARK, slot_mark, when_mark
from assembler.wordml import (
    CHARACTERS,
    MARKS,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    REPLACEABLE,
    RUN,
    RUN_PROPERTIES,
    SECTION_PROPERTIES,
    TABLE,
    TEXT,
    TYPE,
    Bookmark,
    Element,
    is_instruction,
    paragraphs,
    text_of,
)

MARK_TARGET = "assembler"


@dataclass(frozen=True, slots=True)
class Spot:
    """A field's bookmark while its slot is still to be made."""

    bookmark: Bookmark
    field: str
    stretch: Stretch


def fill_slots(spots: list[Spot], fields: list[str]) -> None:
    """Put a slot in each spot.

    Args:
        spots: in document order within each part; their runs are cut already.
        fields: the field names; the number in a slot's mark is a name's rank.
    """
    numbers = {field: number for number, field in enumerate(fields)}
    # From the last to the first, so that the offsets of the others stay right.
    for spot in reversed(spots):
        stretch = spot.stretch
        if stretch.end > stretch.start:
            runs = isolate(stretch.paragraph, stretch.start, stretch.end)
        else:
            runs = [_new_run(spot.bookmark.start)]
        runs[0].addprevious(spot.bookmark.start)
        runs[-1].addnext(spot.bookmark.end)
        text = replace_text(runs)
        text.append(_mark(slot_mark(numbers[spot.field])))


def _new_run(mark: Element) -> Element:
    """A run for an empty bookmark, in the format of the run before it."""
    run = mark.makeelement(RUN)
    neighbour = next(mark.itersiblings(RUN, preceding=True), None)
    properties = None if neighbour is None else neighbour.find(RUN_PROPERTIES)
    if properties is not None:
        run.append(deepcopy(properties))
    mark.addnext(run)
    return run


def _mark(text: str) -> Element:
    return etree.ProcessingInstruction(MARK_TARGET, text)


def mark_optional(root: Element, fields: list[str], optional: frozenset[str]) -> None:
    """Let paragraphs that hold only optional fields stand only if one has a value.

    Args:
        root: a part with its slots.
        fields: the field names, in the order of the slots' numbers.
        optional: the fields that a row may leave out.
    """
    for paragraph in list(paragraphs(root, fallback=True)):
        slots = _slot_numbers(paragraph)
        if (
            slots
            and all(fields[number] in optional for number in slots)
            and _holds_only_text(paragraph)
            and _may_be_left_out(paragraph)
        ):
            paragraph.addprevious(_mark(when_mark(slots, every=False)))
            paragraph.addnext(_mark(END_MARK))
            _mark_gaps(paragraph)


def _slot_numbers(element: Element) -> list[int]:
    """The fields whose slots stand in a text or paragraph, boxes in it included."""
    return [
        int((child.text or "").split()[1])
        for text in element.iter(TEXT)
        for child in text
        if is_instruction(child)
    ]


def _holds_only_text(paragraph: Element) -> bool:
    """Whether nothing would be lost with a paragraph but signs without meaning."""
    return not any(character.isalnum() for character in text_of(paragraph)) and all(
        child.tag == PARAGRAPH_PROPERTIES
        or child.tag in MARKS
        or (child.tag == RUN and all(map(_is_plain, child)))
        for child in paragraph
    )


def _is_plain(child: Element) -> bool:
    return child.tag in REPLACEABLE and child.get(TYPE) is None


def _may_be_left_out(paragraph: Element) -> bool:
    """Whether Word's rules let a paragraph go.

    One must stay in each cell and the like, behind a table at its end, between two
    tables, and where a section ends.
    """
    section = paragraph.find(f"{PARAGRAPH_PROPERTIES}/{SECTION_PROPERTIES}")
    before = _first_to_stay(paragraph, preceding=True)
    behind = _first_to_stay(paragraph, preceding=False)
    if section is not None or PARAGRAPH not in (before, behind):
        return False
    return before != TABLE or behind not in (None, TABLE)


def _first_to_stay(paragraph: Element, *, preceding: bool) -> object:
    """The tag of the nearest paragraph without slots, or table; None without one."""
    for other in paragraph.itersiblings(PARAGRAPH, TABLE, preceding=preceding):
        if other.tag == TABLE or not _slot_numbers(other):
            return other.tag
    return None


def _mark_gaps(paragraph: Element) -> None:
    """Let blank space between slots stand only between two that have a value."""
    texts = [
        element
        for element in paragraph.iter(TEXT, *CHARACTERS)
        if element.tag != TEXT or element.text or len(element)
    ]
    before: list[int] = []
    for element, following in pairwise(texts):
        behind = _slot_numbers(following)
        if before and behind and _is_gap(element):
            _wrap(element, when_mark(behind, every=True))
            _wrap(element, when_mark(before, every=False))
        before += _slot_numbers(element)


def _is_gap(element: Element) -> bool:
    if element.tag == TEXT:
        return bool(element.text) and str(element.text).isspace()
    return CHARACTERS[str(element.tag)] == "\t"


def _wrap(element: Element, opening: str) -> None:
    """Set marks round an element of a run: it stands only if the opening one holds."""
    element.addprevious(_mark(opening))
    element.addnext(_mark(END_MARK))
