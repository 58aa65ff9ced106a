"""Putting a new text in a place of a draft: at once, or as a revision to be judged.

Tracked changes: ISO/IEC 29500-1, 17.13.5. They carry no date, so that equal input gives
equal bytes. Only the runs of the place change; what lies among them stays.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from assembler.comments import AUTHOR, HIGHLIGHT
from assembler.cutting import isolate, replace_text
from assembler.unjudged import (
    WRITER,
    deletion_round,
    held_by,
    is_by_us,
    is_emptied,
    is_ours,
    join_insertions,
    restored,
)
from assembler.wordml import (
    ALTERNATIVES,
    BOOKMARK_END,
    BOOKMARK_START,
    DELETED,
    DELETED_TEXT,
    FALLBACK,
    IDENTIFIER,
    INSERTED,
    NAME,
    PARAGRAPH,
    REPLACEABLE,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    Bookmark,
    CrossingError,
    Element,
    bookmark_span,
    bookmarks,
    paragraph_of,
    pieces,
    remove,
    set_text,
    text_of,
    w,
)

_SIGNS = {"\n": w("br"), "\t": w("tab")}
_CHANGED_PROPERTIES = w("rPrChange")


class Numbers:
    """Numbers that no mark of a document bears yet.

    Args:
        roots: the parts of the document.
    """

    def __init__(self, roots: Iterable[Element]) -> None:
        given = (
            value
            for root in roots
            for element in root.iter("*")
            if (value := element.get(IDENTIFIER)) is not None
        )
        self._last = max((int(v) for v in given if v.isdecimal()), default=0)

    def next(self) -> str:
        """A number that was not given before."""
        self._last += 1
        return str(self._last)


@dataclass(frozen=True, slots=True)
class Change:
    """A new text for a stretch of a paragraph.

    Attributes:
        start: offset of the first character.
        end: offset behind the last one.
        text: what is to stand there.
        plain: whether the stretch loses its highlight, having been a marked gap.
        bookmark: the bookmark there that is known to hold just this stretch.
    """

    start: int
    end: int
    text: str
    plain: bool = False
    bookmark: Bookmark | None = None


def repetitions(paragraph: Element, change: Change) -> list[tuple[Element, Change]]:
    """The paragraphs that repeat one of a text box for programs of old.

    Returns:
        Each of them, and the change for it, its own bookmark in it.
    """
    choice = next(
        (one for one in paragraph.iterancestors() if _is_alternative(one)), None
    )
    if choice is None or choice.tag == FALLBACK:
        return []
    number = list(choice.iter(PARAGRAPH)).index(paragraph)
    found = []
    for fallback in choice.itersiblings(FALLBACK):
        repeated = list(fallback.iter(PARAGRAPH))
        if number < len(repeated) and text_of(repeated[number]) == text_of(paragraph):
            twin = repeated[number]
            found.append((twin, replace(change, bookmark=_same(twin, change))))
    return found


def _same(twin: Element, change: Change) -> Bookmark | None:
    """The bookmark of a repeated paragraph that holds what a change's own holds."""
    if change.bookmark is None:
        return None
    own, place = change.bookmark.name, (twin, change.start, change.end)
    for one in bookmarks(twin, lambda name: name == own):
        with suppress(CrossingError):
            if bookmark_span(one) == place:
                return one
    return None


def _is_alternative(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == ALTERNATIVES


def put(
    paragraph: Element, change: Change, numbers: Numbers, *, tracked: bool
) -> list[Element]:
    """Put a new text in a stretch of a paragraph.

    A revision of ours that nobody has judged yet stays one, with the new text; it goes
    where that text is what it replaced.

    Args:
        paragraph: the ``w:p``, changed in place.
        change: what is to stand where.
        numbers: for tracked changes.
        tracked: whether the new text becomes a revision, or stands there at once.

    Returns:
        The elements that hold the stretch now, in their order; one at least.

    Raises:
        CrossingError: the stretch crosses the border of a link, a field or somebody's
            tracked change, or holds a picture; nothing that a person sees was changed.
    """
    mark = change.bookmark
    runs = [] if mark is None else restored(mark, change.text)
    if runs:
        return runs
    # Asked before anything moves.
    is_revised = change.end == change.start and mark is not None and is_emptied(mark)
    runs = _runs(paragraph, change)
    if is_ours(runs[0]) or not (tracked or is_revised):
        if change.plain:
            _unmark(runs)
        _fill(replace_text(runs), change.text)
        return [runs[0]]
    return _tracked(runs, change, numbers)


def _runs(paragraph: Element, change: Change) -> list[Element]:
    if change.end > change.start:
        join_insertions(paragraph, change.start, change.end)
        return isolate(paragraph, change.start, change.end)
    return [_run_at(paragraph, change)]


def _run_at(paragraph: Element, change: Change) -> Element:
    """An empty run where a text of no length stands."""
    mark = change.bookmark
    if mark is not None and paragraph_of(mark.start) is paragraph:
        return _run_in(mark)
    length = len(text_of(paragraph))
    if change.start > 0:
        neighbour = isolate(paragraph, change.start - 1, change.start)[-1]
    elif length:
        neighbour = isolate(paragraph, 0, 1)[0]
    else:
        return etree.SubElement(paragraph, RUN)
    run = _like(neighbour)
    if change.start > 0:
        neighbour.addnext(run)
    else:
        neighbour.addprevious(run)
    return run


def _run_in(bookmark: Bookmark) -> Element:
    """The empty run that a bookmark holds; a new one in the format beside it."""
    held = held_by(bookmark)
    for element in held:
        for run in element.iter(RUN) if is_by_us(element, INSERTED) else [element]:
            if run.tag == RUN and all(child.tag in REPLACEABLE for child in run):
                return run
    # Not in a deletion, where nobody would see it.
    start = deletion_round(bookmark.start)
    deleted = [one for one in held if is_by_us(one, DELETED)]
    models = [run for one in deleted for run in one.iter(RUN)]
    models += [*start.itersiblings(RUN, preceding=True), *start.itersiblings(RUN)]
    run = _like(models[0]) if models else start.makeelement(RUN)
    start.addnext(run)
    return run


def _like(run: Element) -> Element:
    """An empty run in the format of another."""
    made = run.makeelement(RUN)
    properties = run.find(RUN_PROPERTIES)
    if properties is not None:
        made.append(deepcopy(properties))
        for change in made.findall(f"{RUN_PROPERTIES}/{_CHANGED_PROPERTIES}"):
            remove(change)
    return made


def _fill(text: Element, value: str) -> None:
    """Put a value in an empty ``w:t``, with line breaks and tabs beside it."""
    first, *others = re.split("([\n\t])", value)
    set_text(text, first)
    last = text
    for piece in others:
        if not piece:
            continue
        element = text.makeelement(_SIGNS.get(piece, TEXT))
        if piece not in _SIGNS:
            set_text(element, piece)
        last.addnext(element)
        last = element


def _unmark(runs: Iterable[Element]) -> None:
    for run in runs:
        for mark in run.findall(f"{RUN_PROPERTIES}/{HIGHLIGHT}"):
            remove(mark)


# Tracked changes ----------------------------------------------------------------------


def _tracked(runs: list[Element], change: Change, numbers: Numbers) -> list[Element]:
    new = _like(runs[0])
    if change.plain:
        _unmark([new])
    filled = (group for group in _neighbours(runs) if any(map(_has_text, group)))
    old = [_deleted(group, numbers) for group in filled] or runs
    if not change.text:
        return old
    insertion = _revision(INSERTED, numbers, new)
    insertion.append(new)
    _fill(etree.SubElement(new, TEXT), change.text)
    _add_outside(old[-1], insertion)
    return [*old, insertion]


def _revision(tag: str, numbers: Numbers, model: Element) -> Element:
    return model.makeelement(tag, {IDENTIFIER: numbers.next(), WRITER: AUTHOR})


def _neighbours(runs: list[Element]) -> Iterator[list[Element]]:
    """The runs in groups between which nothing else stands."""
    group = runs[:1]
    for run in runs[1:]:
        if run.getprevious() is group[-1]:
            group.append(run)
        else:
            yield group
            group = [run]
    yield group


def _has_text(run: Element) -> bool:
    return any(piece.text for piece in pieces(run))


def _deleted(runs: list[Element], numbers: Numbers) -> Element:
    """Let runs that stand side by side be deleted."""
    deletion = _revision(DELETED, numbers, runs[0])
    runs[0].addprevious(deletion)
    for run in runs:
        deletion.append(run)
        for text in run.findall(TEXT):
            text.tag = DELETED_TEXT
    return deletion


def _add_outside(element: Element, insertion: Element) -> None:
    """Add an insertion behind an element, but into no insertion of somebody else."""
    parent = element.getparent()
    if parent is None or parent.tag != INSERTED:
        element.addnext(insertion)
        return
    rest = list(element.itersiblings())
    parent.addnext(insertion)
    if rest:
        other = deepcopy(parent)
        other[:] = rest
        insertion.addnext(other)


# Bookmarks ----------------------------------------------------------------------------


def set_bookmark(
    name: str, elements: list[Element], bookmark: Bookmark | None, numbers: Numbers
) -> Bookmark:
    """Let a bookmark hold just these elements.

    Args:
        name: its name.
        elements: what it is to hold, in their order.
        bookmark: the one that there is already, moved; None makes one.
        numbers: for a new one.
    """
    if bookmark is None:
        number = numbers.next()
        model = elements[0]
        start = model.makeelement(BOOKMARK_START, {IDENTIFIER: number, NAME: name})
        end = model.makeelement(BOOKMARK_END, {IDENTIFIER: number})
        bookmark = Bookmark(name, start, end)
    elements[0].addprevious(bookmark.start)
    elements[-1].addnext(bookmark.end)
    return bookmark


def elements_of(paragraph: Element, start: int, end: int) -> list[Element]:
    """The runs that hold a stretch of a paragraph, cut where need be.

    Raises:
        CrossingError: the stretch is empty, or not all of it lies side by side.
    """
    if end <= start:
        raise CrossingError
    return isolate(paragraph, start, end)
