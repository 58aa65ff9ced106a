"""Several speeches in one document to be printed, each with its own page numbers.

Every speech becomes sections of its own that begin on a new sheet. Styles, numbering,
notes, headers and pictures are taken over under ids that do not clash.
"""

from collections.abc import Sequence
from copy import deepcopy
from itertools import product

from assembler.combine_guest import Guest
from assembler.combine_parts import Book
from assembler.errors import TemplateError
from assembler.formatting import properties_of, set_property
from assembler.wordml import (
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    SECTION_PROPERTIES,
    TYPE,
    Element,
    w,
)

_STORIES = ("header", "footer")
_EVEN_PAGES = w("evenAndOddHeaders")


def combined(documents: Sequence[tuple[str, bytes]]) -> bytes:
    """One document of several.

    Args:
        documents: name and bytes of each clean copy, at least one.

    Returns:
        The bytes of a .docx: first speech first, each with pages from 1.

    Raises:
        TemplateError: two documents cannot share a file.
    """
    (name, content), *others = documents
    book = Book(Guest.read(name, content))
    two_sided = any(Guest.settings(n, c).setting(_EVEN_PAGES) for n, c in documents)
    _open_section(book, book.host, 1, two_sided=two_sided)
    for number, (other_name, other) in enumerate(others, 2):
        guest = Guest.read(other_name, other)
        book.require_room_for(guest)
        _add(book, guest, number, two_sided=two_sided)
    if two_sided:
        book.host.turn_on(_EVEN_PAGES)
    return book.content()


def _add(book: Book, guest: Guest, number: int, *, two_sided: bool) -> None:
    book.take_in(guest, number)
    _open_section(book, guest, number, two_sided=two_sided)
    body, other = book.host.body, guest.body
    _close_section(body)
    body.extend(list(other))


def _open_section(book: Book, guest: Guest, number: int, *, two_sided: bool) -> None:
    """Let a speech begin on a new sheet with page 1, under its own headers."""
    sections = list(guest.main.iter(SECTION_PROPERTIES))
    if two_sided and not guest.setting(_EVEN_PAGES):
        for section in sections:
            _repeat_on_even_pages(section)
    for section in sections[:1]:
        if number > 1:
            set_property(section, "type", val="oddPage" if two_sided else "nextPage")
            _require_own_stories(book, section)
        set_property(section, "pgNumType", start=1)


def _repeat_on_even_pages(section: Element) -> None:
    for kind in _STORIES:
        held = {e.get(TYPE): e for e in section.findall(w(f"{kind}Reference"))}
        if "default" in held and "even" not in held:
            copy = deepcopy(held["default"])
            copy.set(TYPE, "even")
            held["default"].addnext(copy)


def _require_own_stories(book: Book, section: Element) -> None:
    """Without headers of its own a section would show those of the speech before."""
    for kind, which in product(_STORIES, ("default", "even", "first")):
        held = {e.get(TYPE) for e in section.findall(w(f"{kind}Reference"))}
        if which not in held:
            section.insert(0, book.empty_story(section, kind, which))


def _close_section(body: Element) -> None:
    """Let what stands at the body's end describe the sections before it only."""
    section = body.find(SECTION_PROPERTIES)
    if section is None:
        message = "有一篇稿子没有页面设置，合不到一起。请在 Word 里另存一次再试。"
        raise TemplateError(message)
    body.remove(section)
    last = body[-1] if len(body) else None
    if last is None or last.tag != PARAGRAPH or _ends_section(last):
        last = body.makeelement(PARAGRAPH)
        body.append(last)
    properties = properties_of(last, PARAGRAPH_PROPERTIES)
    set_property(properties, "sectPr")
    mark = properties.find(SECTION_PROPERTIES)
    if mark is not None:
        properties.replace(mark, section)


def _ends_section(paragraph: Element) -> bool:
    found = paragraph.find(f"{PARAGRAPH_PROPERTIES}/{SECTION_PROPERTIES}")
    return found is not None
