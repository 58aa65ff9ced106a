"""What a person would call the content of a document, as one digest.

Two documents have the same fingerprint when a person sees the same text with the
same emphasis, pictures, comments and tracked changes. Saving again in Word, WPS or
LibreOffice does not change it: run borders, ids, style details and field results
that are computed (page numbers) are not in it. A changed comma is.
"""

import hashlib
from collections.abc import Iterable

from assembler.package import Package
from assembler.wordml import (
    CHARACTERS,
    DELETED,
    DELETED_TEXT,
    FALLBACK,
    FIELD_CHARACTER,
    FIELD_CHARACTER_TYPE,
    INSERTED,
    INSTRUCTION,
    INSTRUCTION_TEXT,
    MOVED_FROM,
    MOVED_TO,
    PARAGRAPH,
    PICTURES,
    PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    SIMPLE_FIELD,
    TEXT,
    TEXT_BOX,
    VALUE,
    Element,
    Story,
    comment_parts,
    is_instruction,
    is_layout_note,
    parse,
    story_parts,
    w,
)

# XML text can hold none of these characters.
MARK_OPENING, MARK_CLOSING = "\0", "\4"
_EMPHASIS_MARK = "\1"
_EMPHASIS = {w("b"), w("i"), w("u"), w("strike"), w("highlight"), w("color")}
_PLAIN = frozenset({"0", "false", "off", "none", "auto"})
_REVISIONS = {DELETED: "-", MOVED_FROM: "-", INSERTED: "+", MOVED_TO: "+"}
_COMPUTED = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "DATE", "TIME", "FILENAME"}
)
_UNORDERED = frozenset({"页眉", "页脚"})


def content_of(root: Element) -> str:
    """The content of a part as text, a line a paragraph.

    Processing instructions inside (the marks of a template being compiled) are
    kept, each between `MARK_OPENING` and `MARK_CLOSING`.
    """
    reader = _Reader()
    reader.read(root, "")
    return "".join(reader.found)


def digest(contents: Iterable[tuple[str, str]]) -> str:
    """The fingerprint of a document.

    Args:
        contents: per story its Chinese label and what `content_of` gives for it.

    Returns:
        A hexadecimal SHA-256. Programs rename, reorder and add empty headers and
        footers on saving, so those count as a set.
    """
    ordered = [f"{label}\2{text}" for label, text in contents if text.strip("\n")]
    fixed = [line for line in ordered if line[:2] not in _UNORDERED]
    loose = sorted({line for line in ordered if line[:2] in _UNORDERED})
    return hashlib.sha256("\3".join([*fixed, *loose]).encode()).hexdigest()


def fingerprint(package: Package) -> str:
    """The fingerprint of a document that was read."""
    parts = [*story_parts(package), *_comments(package)]
    return digest(
        (story.label, content_of(parse(package.data(story.part)))) for story in parts
    )


def _comments(package: Package) -> list[Story]:
    return [Story(part, "批注") for part in comment_parts(package)]


class _Reader:
    """Walks a part once, keeping what a person sees."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._emphasis = ""
        self._boxes: list[Element] = []
        # One entry for each open complex field: its code, and whether its result
        # has begun.
        self._codes: list[str] = []
        self._in_result: list[bool] = []

    def read(self, element: Element, revision: str) -> None:
        """Take in an element and what is below it."""
        for child in element:
            tag = child.tag
            if is_instruction(child):
                self.found.append(f"{MARK_OPENING}{child.text}{MARK_CLOSING}")
            elif tag == PARAGRAPH:
                self._read_paragraph(child, revision)
            elif tag == RUN:
                self._read_run(child, revision)
            elif tag == TEXT_BOX:
                self._boxes.append(child)
            elif not _is_unseen(child):
                self.read(child, _REVISIONS.get(str(tag), revision))

    def _read_paragraph(self, paragraph: Element, revision: str) -> None:
        outer, self._boxes = self._boxes, []
        self.read(paragraph, revision)
        self.found.append("\n")
        for box in self._boxes:
            self.read(box, revision)
        self._boxes = outer

    def _read_run(self, run: Element, revision: str) -> None:
        emphasis = revision + _emphasis_of(run)
        for child in run:
            tag = child.tag
            if tag == FIELD_CHARACTER:
                self._turn(child.get(FIELD_CHARACTER_TYPE, ""))
            elif tag == INSTRUCTION_TEXT and self._codes:
                self._codes[-1] += child.text or ""
            elif tag in PICTURES:
                self._add("", "\N{OBJECT REPLACEMENT CHARACTER}")
                self.read(child, revision)
            elif not self._is_hidden():
                self._read_text(child, emphasis, revision)

    def _read_text(self, element: Element, emphasis: str, revision: str) -> None:
        if element.tag in (TEXT, DELETED_TEXT):
            self._add(emphasis, element.text or "")
            self._read_marks(element)
        elif element.tag in CHARACTERS:
            self._add(emphasis, CHARACTERS[str(element.tag)])
        elif element.tag != RUN_PROPERTIES:
            self.read(element, revision)

    def _read_marks(self, text: Element) -> None:
        for child in text:
            self.found += (
                f"{MARK_OPENING}{child.text}{MARK_CLOSING}",
                child.tail or "",
            )

    def _add(self, emphasis: str, text: str) -> None:
        if not text and not emphasis:
            return
        if emphasis != self._emphasis:
            self.found.append(_EMPHASIS_MARK + emphasis + _EMPHASIS_MARK)
            self._emphasis = emphasis
        self.found.append(text)

    def _turn(self, kind: str) -> None:
        """Follow a complex field's begin, separate and end."""
        if kind == "begin":
            self._codes.append("")
            self._in_result.append(False)
        elif kind == "separate" and self._codes:
            self._in_result[-1] = True
        elif kind == "end" and self._codes:
            self._codes.pop()
            self._in_result.pop()

    def _is_hidden(self) -> bool:
        return any(
            not shown or _is_computed(code)
            for code, shown in zip(self._codes, self._in_result, strict=True)
        )


def _is_unseen(element: Element) -> bool:
    return (
        element.tag in PROPERTIES
        or element.tag == FALLBACK
        or is_layout_note(element)
        or (element.tag == SIMPLE_FIELD and _is_computed(element.get(INSTRUCTION, "")))
    )


def _is_computed(code: str) -> bool:
    word = next(iter(code.split()), "")
    return word.upper() in _COMPUTED


def _emphasis_of(run: Element) -> str:
    properties = run.find(RUN_PROPERTIES)
    if properties is None:
        return ""
    return "".join(
        f"{str(child.tag).rpartition('}')[2]}={child.get(VALUE, '1')};"
        for child in properties
        if child.tag in _EMPHASIS and child.get(VALUE, "1") not in _PLAIN
    )
