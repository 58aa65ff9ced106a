"""The text of a document's stories with the places of its fields marked in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from assembler.names import field_of, is_field_bookmark
from assembler.wordml import (
    DELETED,
    MOVED_FROM,
    Bookmark,
    CrossingError,
    Element,
    Story,
    bookmark_span,
    bookmarks,
    in_fallback,
    paragraphs,
    text_of,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A field bookmark in a paragraph's text.

    Attributes:
        bookmark: its marks in the document.
        field: the field it carries.
        start: offset of its first character.
        end: offset behind its last one.
    """

    bookmark: Bookmark
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph's text with the field bookmarks in it.

    Attributes:
        story: the story it stands in.
        number: its number in its part, from 1.
        element: the ``w:p``.
        text: what a person sees of it.
        marks: its field bookmarks, by where they start.
    """

    story: Story
    number: int
    element: Element
    text: str
    marks: tuple[Mark, ...]


def marked_paragraphs(story: Story, root: Element) -> list[MarkedParagraph]:
    """The paragraphs of a part, repetitions of text boxes left out.

    Bookmarks that reach over a paragraph's end, and those whose text was deleted while
    changes were tracked, are no marks: they tell no place.
    """
    marks: dict[Element, list[Mark]] = {}
    for bookmark in bookmarks(root, is_field_bookmark):
        if in_fallback(bookmark.start) or _is_deleted(bookmark):
            continue
        try:
            paragraph, start, end = bookmark_span(bookmark)
        except CrossingError:
            continue
        field = field_of(bookmark.name) or ""
        marks.setdefault(paragraph, []).append(Mark(bookmark, field, start, end))
    return [
        MarkedParagraph(story, number, p, text_of(p), _sorted(marks.get(p, ())))
        for number, p in enumerate(paragraphs(root), 1)
    ]


def _is_deleted(bookmark: Bookmark) -> bool:
    return all(
        next(mark.iterancestors(DELETED, MOVED_FROM), None) is not None
        for mark in (bookmark.start, bookmark.end)
    )


def _sorted(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))
