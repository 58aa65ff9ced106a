"""Revisions of this program that nobody has judged yet: kept whole, or taken back.

Tracked changes: ISO/IEC 29500-1, 17.13.5. Other programs save them in other pieces:
LibreOffice gives each run an insertion of its own, and lets a bookmark begin inside the
deletion that it was written in front of.
"""

from itertools import pairwise, takewhile

from assembler.comments import AUTHOR
from assembler.wordml import (
    CHARACTERS,
    DELETED,
    DELETED_TEXT,
    INSERTED,
    MARKS,
    MOVED_FROM,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    Bookmark,
    Element,
    pieces,
    remove,
    unwrap,
    w,
)

WRITER = w("author")


def is_by_us(element: Element, tag: str) -> bool:
    """Whether an element is a revision of this program, of a kind."""
    return element.tag == tag and element.get(WRITER) == AUTHOR


def is_ours(run: Element) -> bool:
    """Whether a run stands in an insertion of ours."""
    return any(is_by_us(one, INSERTED) for one in run.iterancestors(INSERTED))


def deletion_round(mark: Element) -> Element:
    """The outermost deletion that a mark stands in, whoever's it is; else the mark."""
    return next(reversed([mark, *mark.iterancestors(DELETED, MOVED_FROM)]))


def held_by(bookmark: Bookmark) -> list[Element]:
    """What a bookmark holds: runs, marks, and revisions as a whole.

    Returns:
        The elements in their order; none where it crosses the border of a link or the
        like.
    """
    first, last = bookmark.start, bookmark.end
    if first.getparent() is not last.getparent():
        first, last = _revision_round(first), _revision_round(last)
    held = [] if first is bookmark.start else [first]
    if first is last:
        return held
    for element in first.itersiblings():
        if element is last:
            return held if last is bookmark.end else [*held, last]
        held.append(element)
    return []


def _revision_round(mark: Element) -> Element:
    parent = mark.getparent()
    is_revision = parent is not None and parent.tag in (INSERTED, DELETED)
    return parent if parent is not None and is_revision else mark


def is_emptied(bookmark: Bookmark) -> bool:
    """Whether a deletion of ours lies in a place."""
    return any(is_by_us(one, DELETED) for one in held_by(bookmark))


def restored(bookmark: Bookmark, text: str) -> list[Element]:
    """Take back revisions of ours that have replaced just the text that is wanted.

    Args:
        bookmark: the place.
        text: what is wanted there.

    Returns:
        The runs that hold it; none where there are no such revisions.
    """
    held = [one for one in held_by(bookmark) if one.tag not in MARKS]
    old = [one for one in held if is_by_us(one, DELETED)]
    new = [one for one in held if is_by_us(one, INSERTED)]
    runs = [one for one in held if one.tag == RUN and not _has_text(one)]
    if len(old) + len(new) + len(runs) < len(held):
        return []
    if not old + new or "".join(map(_deleted_text, old)) != text:
        return []
    # One run at least stays to hold the place.
    spare = [] if old or runs else [run for one in new for run in one.iter(RUN)][:1]
    for insertion in new:
        unwrap(insertion, [e for e in insertion if e.tag in MARKS or e in spare])
    for run in spare:
        _empty(run)
    return [*runs, *spare, *(run for deletion in old for run in _kept(deletion))]


def _empty(run: Element) -> None:
    for child in list(run):
        if child.tag != RUN_PROPERTIES:
            run.remove(child)


def _kept(deletion: Element) -> list[Element]:
    """Take back a deletion; the runs that it held."""
    content = list(deletion)
    for text in deletion.iter(DELETED_TEXT):
        text.tag = TEXT
    unwrap(deletion, content)
    return [one for one in content if one.tag == RUN]


def _has_text(run: Element) -> bool:
    return any(piece.text for piece in pieces(run))


def _deleted_text(deletion: Element) -> str:
    return "".join(
        CHARACTERS.get(str(one.tag)) or one.text or ""
        for one in deletion.iter(DELETED_TEXT, *CHARACTERS)
    )


def join_insertions(paragraph: Element, start: int, end: int) -> None:
    """Let insertions of ours that together hold a stretch of a paragraph be one.

    Args:
        paragraph: the ``w:p``, changed in place; what a person sees stays.
        start: offset of the first character.
        end: offset behind the last one.
    """
    holders = dict.fromkeys(
        _insertion_of(piece.element)
        for piece in pieces(paragraph)
        if piece.text and start < piece.end and piece.start < end
    )
    insertions = [one for one in holders if one is not None]
    if len(insertions) < len(holders):
        return
    if not all(_is_beside(*pair) for pair in pairwise(insertions)):
        return
    first, *others = insertions
    for other in others:
        for element in [*_marks_behind(first), *other]:
            first.append(element)
        remove(other)


def _insertion_of(text: Element) -> Element | None:
    """The insertion of ours that a piece of text stands in, in a run."""
    holder = next(text.iterancestors(INSERTED), None)
    run = text.getparent()
    is_direct = run is not None and run.getparent() is holder
    return holder if is_direct and is_ours(text) else None


def _is_beside(one: Element, other: Element) -> bool:
    """Whether nothing but marks stands between an insertion and a later one."""
    marks = _marks_behind(one)
    last = marks[-1] if marks else one
    return last.getnext() is other


def _marks_behind(insertion: Element) -> list[Element]:
    return list(takewhile(lambda one: one.tag in MARKS, insertion.itersiblings()))
