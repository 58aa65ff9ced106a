"""What a proofreader found, as Word comments at the places."""

from collections.abc import Iterable, Mapping

from assembler.comments import Comments
from assembler.cutting import isolate
from assembler.document import Document, Remark
from assembler.package import deflated, pack
from assembler.wordml import (
    IDENTIFIER,
    PARAGRAPH_PROPERTIES,
    RUN,
    CrossingError,
    Element,
    in_text_box,
    paragraph_of,
    pieces,
    serialise,
    w,
)

_REFERENCES = {"脚注": w("footnoteReference"), "尾注": w("endnoteReference")}


def commented(document: Document, remarks: Iterable[Remark]) -> bytes:
    """The document with a comment at the place of each remark.

    Word shows comments in the body only: what is said of a text box stands where that
    hangs, what is said of a note at its number, what is said of a header or the whole
    document at the body's first words.

    Args:
        document: the document; its body is changed in place.
        remarks: what there is to say.

    Returns:
        The bytes of the .docx.
    """
    comments = Comments(document.package)
    # From the end, since cutting runs leaves the places before it as they are.
    for remark in sorted(remarks, key=_place, reverse=True):
        first, last = _elements(document, remark)
        comments.add(first, last, _words(document, remark))
    members = dict(document.package.members)
    changed: Mapping[str, bytes] = {
        document.body.story.part: serialise(document.body.root).encode(),
        **comments.changed_parts(),
    }
    members |= {name: deflated(name, data) for name, data in changed.items()}
    return pack(members.values())


def _place(remark: Remark) -> tuple[int, int, int]:
    return remark.paragraph or 0, remark.start, remark.end


def _words(document: Document, remark: Remark) -> str:
    body = document.body.story.part
    where = ""
    if remark.part not in (None, body) and remark.paragraph is not None:
        label = document.story(remark.part or "").story.label
        where = f"{label}第{remark.paragraph}段："
    return f"{where}{remark.message}\n{remark.hint}（{remark.code}）"


def _elements(document: Document, remark: Remark) -> tuple[Element, Element]:
    """The elements between which the comment goes."""
    if remark.part == document.body.story.part and remark.paragraph is not None:
        paragraph = document.body.elements[remark.paragraph]
        if in_text_box(paragraph):
            *_, holder = paragraph.iterancestors(RUN)
            return holder, holder
        return _stretch(paragraph, remark.start, remark.end)
    reference = _reference(document, remark)
    if reference is not None:
        return reference, reference
    elements = document.body.elements.values()
    filled = (e for e in elements if any(piece.text for piece in pieces(e)))
    return _stretch(next(filled, next(iter(elements))), 0, 1)


def _stretch(paragraph: Element, start: int, end: int) -> tuple[Element, Element]:
    """The runs of a stretch; cut out where that can be done, else those around."""
    if end > start:
        try:
            runs = isolate(paragraph, start, end)
        except CrossingError:
            runs = _runs(paragraph, start, end)
        if runs:
            return runs[0], runs[-1]
    run = _bare_run(paragraph)
    return run, run


def _runs(paragraph: Element, start: int, end: int) -> list[Element]:
    """The runs that a stretch touches."""
    found = []
    for piece in pieces(paragraph):
        run = next(piece.element.iterancestors(RUN), None)
        if run is not None and piece.start < end and piece.end > start:
            found.append(run)
    return found


def _bare_run(paragraph: Element) -> Element:
    """A new run at a paragraph's beginning, for what is said of all of it."""
    run = paragraph.makeelement(RUN)
    first = next(iter(paragraph), None)
    if first is not None and first.tag == PARAGRAPH_PROPERTIES:
        first.addnext(run)
    else:
        paragraph.insert(0, run)
    return run


def _reference(document: Document, remark: Remark) -> Element | None:
    """The run in the body with the number of the note that a remark is about."""
    if remark.part is None or remark.paragraph is None:
        return None
    story = document.story(remark.part)
    tag = _REFERENCES.get(story.story.label)
    note = next(
        (
            ancestor.get(IDENTIFIER)
            for ancestor in story.elements[remark.paragraph].iterancestors()
            if ancestor.get(IDENTIFIER) is not None
        ),
        None,
    )
    for mark in document.body.root.iter(tag) if tag else ():
        if mark.get(IDENTIFIER) == note and paragraph_of(mark) is not None:
            return next(mark.iterancestors(RUN), None)
    return None
