"""What a person would call the content of a document, as one digest.

Two documents have the same fingerprint when a person sees the same text with the
same emphasis, pictures, comments and tracked changes. Saving again in Word, WPS or
LibreOffice does not change it: run borders, ids, style details and field results
that are computed (page numbers) are not in it. A changed comma is.
"""

import hashlib
import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

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
_EMPHASIS_OPENING, _EMPHASIS_CLOSING = "\1", "\5"
_EMPHASISED = re.compile("\1([^\1]*)\1([^\1\5]*)\5")
_CODE = re.compile("[0-9A-Fa-f]{1,4}")
_SYMBOL = w("sym")
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
_EMPHASIS = {w("b"), w("i"), w("u"), w("strike"), w("highlight"), w("color")}
_PLAIN = frozenset({"0", "false", "off", "none", "auto"})
_REVISIONS = {DELETED: "-", MOVED_FROM: "-", INSERTED: "+", MOVED_TO: "+"}
_COMPUTED = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "DATE", "TIME", "FILENAME"}
)


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
        A hexadecimal SHA-256. Programs rename, reorder, repeat and add empty headers
        and footers on saving, so the stories count as a set.
    """
    lines = {f"{label}\2{_joined(t)}" for label, t in contents if t.strip("\n")}
    return hashlib.sha256("\3".join(sorted(lines)).encode()).hexdigest()


def _joined(content: str) -> str:
    """Content whose neighbouring stretches with one emphasis are one stretch."""
    if _EMPHASIS_OPENING not in content:
        return content
    plain, *others = _EMPHASISED.split(content)
    stretches = [("", plain)]
    for emphasis, text, following in zip(*[iter(others)] * 3, strict=True):
        stretches += [(emphasis, text), ("", following)]
    filled = [(emphasis, text) for emphasis, text in stretches if text]
    return "".join(
        _emphasised(emphasis, "".join(text for _, text in same))
        for emphasis, same in groupby(filled, itemgetter(0))
    )


def _emphasised(emphasis: str, text: str) -> str:
    if not emphasis:
        return text
    opening = f"{_EMPHASIS_OPENING}{emphasis}{_EMPHASIS_OPENING}"
    return f"{opening}{text}{_EMPHASIS_CLOSING}"


def fingerprint(package: Package) -> str:
    """The fingerprint of a document that was read."""
    stories = (*story_parts(package), *comment_stories(package))
    return digest(
        (story.label, content_of(parse(package.data(story.part)))) for story in stories
    )


def comment_stories(package: Package) -> list[Story]:
    """The part that holds Word comments, as a story."""
    return [Story(part, "批注") for part in comment_parts(package)]


class _Reader:
    """Walks a part once, keeping what a person sees."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._boxes: list[Element] = []
        self._pictures = 0
        # One entry for each open complex field: its code, and whether its result
        # has begun.
        self._codes: list[str] = []
        self._in_result: list[bool] = []

    def read(self, element: Element, revision: str) -> None:
        """Take in an element and what is below it."""
        for child in element:
            tag = child.tag
            if is_instruction(child):
                self._keep_mark(child)
            elif tag == PARAGRAPH:
                self._read_paragraph(child, revision)
            elif tag == RUN:
                self._read_run(child, revision)
            elif tag == TEXT_BOX:
                self._boxes.append(child)
            elif not _is_unseen(child):
                self._pictures += tag in PICTURES
                self.read(child, _REVISIONS.get(str(tag), revision))

    def _read_paragraph(self, paragraph: Element, revision: str) -> None:
        outer, self._boxes = self._boxes, []
        pictures, self._pictures = self._pictures, 0
        self.read(paragraph, revision)
        # At the end, wherever they are tied: programs move that about.
        self.found.append(_PICTURE * self._pictures + "\n")
        for box in self._boxes:
            self.read(box, revision)
        self._boxes, self._pictures = outer, pictures

    def _read_run(self, run: Element, revision: str) -> None:
        emphasis = revision + _emphasis_of(run)
        begin = len(self.found)
        for child in run:
            tag = child.tag
            if is_instruction(child):
                self._keep_mark(child)
            elif tag == FIELD_CHARACTER:
                self._turn(child.get(FIELD_CHARACTER_TYPE, ""))
            elif tag == INSTRUCTION_TEXT and self._codes:
                self._codes[-1] += child.text or ""
            elif not self._is_hidden():
                self._read_text(child, revision)
        text = "".join(self.found[begin:])
        self.found[begin:] = [_emphasised(emphasis, text)]

    def _read_text(self, element: Element, revision: str) -> None:
        tag = element.tag
        if tag in (TEXT, DELETED_TEXT):
            self.found.append(element.text or "")
            for mark in element:
                self._keep_mark(mark)
                self.found.append(mark.tail or "")
        elif tag in CHARACTERS:
            self.found.append(CHARACTERS[str(tag)])
        elif tag == _SYMBOL:
            self.found.append(_symbol(element))
        elif tag != RUN_PROPERTIES:
            self._pictures += tag in PICTURES
            self.read(element, revision)

    def _keep_mark(self, mark: Element) -> None:
        self.found.append(f"{MARK_OPENING}{mark.text}{MARK_CLOSING}")

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


def _symbol(element: Element) -> str:
    """The sign of a symbol font as the character that other programs write."""
    code = element.get(w("char"), "")
    is_code = _CODE.fullmatch(code) is not None
    return chr(int(code, 16)) if is_code else code


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
