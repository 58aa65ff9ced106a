"""The text of a document's stories with the places of its fields marked in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from assembler.names import field_of, is_field_bookmark
from assembler.wordml import (
    BOOKMARK_END,
    BOOKMARK_START,
    DELETED,
    MOVED_FROM,
    TEXT,
    Bookmark,
    CrossingError,
    Element,
    Story,
    bookmark_span,
    bookmarks,
    in_fallback,
    paragraph_of,
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
class Crossing:
    """A field bookmark that reaches over a paragraph's end.

    Attributes:
        name: its name.
        texts: what it holds of each paragraph.
    """

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph's text with the field bookmarks in it.

    Attributes:
        story: the story it stands in.
        number: its number in its part, from 1.
        element: the ``w:p``.
        text: what a person sees of it.
        marks: its field bookmarks, by where they start.
        crossings: those that start in it and reach over its end.
    """

    story: Story
    number: int
    element: Element
    text: str
    marks: tuple[Mark, ...]
    crossings: tuple[Crossing, ...] = ()


def marked_paragraphs(story: Story, root: Element) -> list[MarkedParagraph]:
    """The paragraphs of a part, repetitions of text boxes left out.

    Bookmarks that reach over a paragraph's end, and those whose text was deleted while
    changes were tracked, are no marks: they tell no place.
    """
    marks: dict[Element, list[Mark]] = {}
    crossings: dict[Element | None, list[Crossing]] = {}
    for bookmark in bookmarks(root, is_field_bookmark):
        if in_fallback(bookmark.start) or _is_deleted(bookmark):
            continue
        try:
            paragraph, start, end = bookmark_span(bookmark)
        except CrossingError:
            own = crossings.setdefault(paragraph_of(bookmark.start), [])
            own.append(Crossing(bookmark.name, _held_by(bookmark)))
            continue
        field = field_of(bookmark.name) or ""
        marks.setdefault(paragraph, []).append(Mark(bookmark, field, start, end))
    return [
        MarkedParagraph(
            story=story,
            number=number,
            element=paragraph,
            text=text_of(paragraph),
            marks=_sorted(marks.get(paragraph, ())),
            crossings=tuple(crossings.get(paragraph, ())),
        )
        for number, paragraph in enumerate(paragraphs(root), 1)
    ]


def _held_by(bookmark: Bookmark) -> tuple[str, ...]:
    """What a bookmark holds of each paragraph that it reaches into."""
    texts: dict[Element | None, str] = {}
    inside = False
    for element in bookmark.start.getroottree().iter(*_TEXT_OR_MARK):
        if element is bookmark.end:
            break
        if element is bookmark.start:
            inside = True
        elif inside and element.tag == TEXT:
            paragraph = paragraph_of(element)
            texts[paragraph] = texts.get(paragraph, "") + (element.text or "")
    return tuple(texts.values())


_TEXT_OR_MARK = (TEXT, BOOKMARK_START, BOOKMARK_END)


def _is_deleted(bookmark: Bookmark) -> bool:
    return all(
        next(mark.iterancestors(DELETED, MOVED_FROM), None) is not None
        for mark in (bookmark.start, bookmark.end)
    )


def _sorted(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))
