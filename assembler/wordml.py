"""WordprocessingML: its names, the text of paragraphs, bookmarks.

The only module that spells ``w:`` names (ISO/IEC 29500-1, clause 17); others use
the constants here. Nothing here knows of fields, data or findings.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from assembler.package import Package

Element = etree._Element  # noqa: SLF001 - lxml names its element type so

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{WORD}}}{name}"


BODY, PARAGRAPH, RUN, TEXT, TABLE = w("body"), w("p"), w("r"), w("t"), w("tbl")
ROW, CELL = w("tr"), w("tc")
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = w("pPr"), w("rPr")
SECTION_PROPERTIES = w("sectPr")
BOOKMARK_START, BOOKMARK_END = w("bookmarkStart"), w("bookmarkEnd")
INSERTED, DELETED, DELETED_TEXT = w("ins"), w("del"), w("delText")
MOVED_FROM, MOVED_TO = w("moveFrom"), w("moveTo")
CONTENT_CONTROL, CONTROL_CONTENT = w("sdt"), w("sdtContent")
CONTROL_PROPERTIES, TAG, ALIAS = w("sdtPr"), w("tag"), w("alias")
SIMPLE_FIELD, FIELD_CHARACTER = w("fldSimple"), w("fldChar")
INSTRUCTION, INSTRUCTION_TEXT = w("instr"), w("instrText")
TEXT_BOX, FALLBACK = w("txbxContent"), f"{{{COMPATIBILITY}}}Fallback"
ALTERNATIVES = f"{{{COMPATIBILITY}}}AlternateContent"
PROOFING_ERROR, RENDERED_BREAK = w("proofErr"), w("lastRenderedPageBreak")
FIELD_CHARACTER_TYPE = w("fldCharType")
NAME, IDENTIFIER, VALUE, TYPE = w("name"), w("id"), w("val"), w("type")
# Elements that stand for one character each.
CHARACTERS = {
    w("br"): "\n",
    w("cr"): "\n",
    w("tab"): "\t",
    w("ptab"): "\t",
    w("noBreakHyphen"): "-",
}
PICTURES = frozenset({w("drawing"), w("pict"), w("object")})
# Properties and ruby readings: their text is not the paragraph's.
PROPERTIES = frozenset(
    {PARAGRAPH_PROPERTIES, RUN_PROPERTIES, CONTROL_PROPERTIES, w("rt")}
)
_UNREAD = PROPERTIES | {DELETED, MOVED_FROM, TEXT_BOX, FALLBACK}
# Marks that stand between runs and hold no text: a stretch of text may span them.
MARKS = frozenset(
    {
        BOOKMARK_START,
        BOOKMARK_END,
        PROOFING_ERROR,
        w("commentRangeStart"),
        w("commentRangeEnd"),
        w("permStart"),
        w("permEnd"),
    }
)
# What a run may hold when its text is replaced; anything else would be lost.
REPLACEABLE = frozenset(
    {
        RUN_PROPERTIES,
        TEXT,
        RENDERED_BREAK,
        w("softHyphen"),
        *CHARACTERS,
    }
)
TEXTLESS = frozenset({RUN_PROPERTIES, RENDERED_BREAK})
STORY_NAMES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
}
_LAYOUT_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class CrossingError(ValueError):
    """A stretch of text begins in one container (link, field…) and ends in another."""


@dataclass(frozen=True, slots=True)
class Story:
    """A part with running text: its name in the package and its Chinese name."""

    part: str
    label: str


def story_parts(package: Package) -> list[Story]:
    """The stories of a document: body, headers, footers, footnotes, endnotes.

    A header that serves several sections is listed once.
    """
    main = package.main_part
    found = {main: Story(main, "正文")}
    for relationship in package.relationships(main):
        label = STORY_NAMES.get(relationship.type)
        if (
            label
            and not relationship.external
            and relationship.target in (package.members)
        ):
            found[relationship.target] = Story(relationship.target, label)
    return list(found.values())


def comment_parts(package: Package) -> list[str]:
    """The names of the parts that hold Word comments: one or none."""
    return [
        relationship.target
        for relationship in package.relationships(package.main_part)
        if relationship.type == "comments" and relationship.target in package.members
    ]


def parse(data: bytes) -> Element:
    """The root element of a part; etree.XMLSyntaxError where it is not XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    # No part may have a document type (ISO/IEC 29500-2): let the parser fail on it.
    return etree.fromstring(data.replace(b"<!DOCTYPE", b"<!"), parser)


def serialise(root: Element) -> str:
    """A part as text, with the XML declaration that Word writes."""
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return declaration + etree.tostring(root, encoding="unicode")


def prefix_of(root: Element) -> str:
    """The namespace prefix of WordprocessingML in a part."""
    return next((p for p, uri in root.nsmap.items() if uri == WORD and p), "w")


def paragraphs(root: Element, *, fallback: bool = False) -> Iterator[Element]:
    """The paragraphs of a part in document order, text boxes and tables included.

    Args:
        root: the part's root.
        fallback: also those of ``mc:Fallback``, which repeat a text box for
            programs that do not know its modern form.

    Yields:
        ``w:p`` elements; layout-only notes (separators) are left out.
    """
    for paragraph in root.iter(PARAGRAPH):
        containers = {ancestor.tag for ancestor in paragraph.iterancestors()}
        if FALLBACK in containers and not fallback:
            continue
        parent = paragraph.getparent()
        if parent is None or not is_layout_note(parent):
            yield paragraph


def is_layout_note(element: Element) -> bool:
    """Whether an element is a footnote that only draws the separating line."""
    return element.get(TYPE) in _LAYOUT_NOTES


def is_instruction(element: Element) -> bool:
    """Whether a node is a processing instruction."""
    return isinstance(element, etree._ProcessingInstruction)  # noqa: SLF001 - as above


def in_text_box(element: Element) -> bool:
    """Whether an element stands in a text box: Word shows no comments there.

    [MS-OI29500] 2.1.315: Word ignores comments in headers, footers, text boxes,
    footnotes and endnotes.
    """
    return next(element.iterancestors(TEXT_BOX), None) is not None


def in_fallback(element: Element) -> bool:
    """Whether an element lies in an ``mc:Fallback``."""
    return next(element.iterancestors(FALLBACK), None) is not None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph's text that one element holds.

    Attributes:
        start: offset of its first character in the paragraph's text.
        text: what a person sees of it.
        element: the ``w:t``, ``w:br``, ``w:tab``…
    """

    start: int
    text: str
    element: Element

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.start + len(self.text)


def pieces(paragraph: Element) -> list[Piece]:
    """The text of a paragraph as a person sees it, piece by piece.

    Inserted text, links, field results and content controls are read; deleted
    text, field codes and text boxes (paragraphs of their own) are not.
    """
    found: list[Piece] = []
    offset = 0
    for element in _text_elements(paragraph):
        text = _text_of(element)
        found.append(Piece(offset, text, element))
        offset += len(text)
    return found


def text_of(paragraph: Element) -> str:
    """The text of a paragraph as a person sees it."""
    return "".join(piece.text for piece in pieces(paragraph))


def _text_elements(element: Element) -> Iterator[Element]:
    for child in element:
        tag = child.tag
        if tag in _UNREAD:
            continue
        if tag == TEXT or tag in CHARACTERS:
            yield child
        else:
            yield from _text_elements(child)


def _text_of(element: Element) -> str:
    if element.tag == TEXT:
        return element.text or ""
    return CHARACTERS[str(element.tag)]


def set_text(element: Element, text: str) -> None:
    """Set the text of a ``w:t`` so that blanks at its edges are kept."""
    element.text = text
    element.set(_XML_SPACE, "preserve")


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element, content: Iterable[Element]) -> None:
    """Put these elements in an element's place."""
    for child in list(content):
        element.addprevious(child)
    remove(element)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A pair of bookmark marks in one part."""

    name: str
    start: Element
    end: Element


def bookmarks(root: Element, wanted: Callable[[str], bool]) -> list[Bookmark]:
    """The bookmarks with wanted names, in document order; unpaired marks left out."""
    ends: dict[str, list[Element]] = {}
    order: dict[Element, int] = {
        element: place for place, element in enumerate(root.iter("*"))
    }
    for end in root.iter(BOOKMARK_END):
        ends.setdefault(end.get(IDENTIFIER, ""), []).append(end)
    found = []
    for start in root.iter(BOOKMARK_START):
        name = start.get(NAME, "")
        if not wanted(name):
            continue
        candidates = ends.get(start.get(IDENTIFIER, ""), [])
        match = next((e for e in candidates if order[e] > order[start]), None)
        if match is not None:
            candidates.remove(match)
            found.append(Bookmark(name, start, match))
    return found


def highest_bookmark_id(roots: Iterable[Element]) -> int:
    """The highest bookmark id in these parts, 0 where there is none."""
    ids = (
        start.get(IDENTIFIER, "0")
        for root in roots
        for start in root.iter(BOOKMARK_START)
    )
    return max((int(number) for number in ids if number.isdecimal()), default=0)


def add_bookmark(runs: list[Element], name: str, identifier: int) -> Bookmark:
    """Set bookmark marks round these sibling runs."""
    start = runs[0].makeelement(
        BOOKMARK_START, {IDENTIFIER: str(identifier), NAME: name}
    )
    end = runs[0].makeelement(BOOKMARK_END, {IDENTIFIER: str(identifier)})
    runs[0].addprevious(start)
    # addnext carries a tail along; parts of ours have none between elements.
    runs[-1].addnext(end)
    return Bookmark(name, start, end)


def paragraph_of(element: Element) -> Element | None:
    """The nearest paragraph that holds an element."""
    return next(element.iterancestors(PARAGRAPH), None)


def bookmark_span(bookmark: Bookmark) -> tuple[Element, int, int]:
    """Where a bookmark's text lies.

    Returns:
        Its paragraph, the offsets of its first character and behind its last.

    Raises:
        CrossingError: it begins outside a paragraph or holds text of a second one.
    """
    paragraph = paragraph_of(bookmark.start)
    if paragraph is None:
        return _span_between_paragraphs(bookmark)
    start = _offset_of(paragraph, bookmark.start)
    if paragraph_of(bookmark.end) is paragraph:
        return paragraph, start, _offset_of(paragraph, bookmark.end)
    if _text_after_paragraph(paragraph, bookmark.end):
        raise CrossingError
    return paragraph, start, len(text_of(paragraph))


def _span_between_paragraphs(bookmark: Bookmark) -> tuple[Element, int, int]:
    """A start mark between paragraphs: Word writes it so for a whole paragraph."""
    following = next(bookmark.start.itersiblings(PARAGRAPH), None)
    if following is None or (
        paragraph_of(bookmark.end) is not following
        and _text_after_paragraph(following, bookmark.end)
    ):
        raise CrossingError
    if paragraph_of(bookmark.end) is following:
        return following, 0, _offset_of(following, bookmark.end)
    return following, 0, len(text_of(following))


def _text_after_paragraph(paragraph: Element, end: Element) -> bool:
    """Whether text stands between a paragraph's end and a mark behind it."""
    passed = False
    root = paragraph.getroottree().getroot()
    for element in root.iter(PARAGRAPH, TEXT, BOOKMARK_END):
        if element is paragraph:
            passed = True
        elif element is end:
            return not passed
        elif passed and _is_text_beside(element, paragraph):
            return True
    return True


def _is_text_beside(element: Element, paragraph: Element) -> bool:
    filled = element.tag == TEXT and bool(element.text)
    return filled and paragraph_of(element) is not paragraph


def _offset_of(paragraph: Element, mark: Element) -> int:
    """How many characters of a paragraph's text stand before a mark in it."""
    offset = 0
    readable = {piece.element: len(piece.text) for piece in pieces(paragraph)}
    for element in paragraph.iter("*"):
        if element is mark:
            break
        offset += readable.get(element, 0)
    return offset


def value_markup(text: str, prefix: str) -> str:
    """A value as it stands inside a ``w:t``.

    Args:
        text: the value; a line break in it becomes a line break, a tab a tab.
        prefix: the namespace prefix of WordprocessingML in the part.

    Returns:
        The escaped text, with breaks between ``w:t`` elements.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" not in escaped and "\t" not in escaped:
        return escaped
    around = f'</{prefix}:t><{prefix}:%s/><{prefix}:t xml:space="preserve">'
    return escaped.replace("\n", around % "br").replace("\t", around % "tab")


def repeat_on_each_page(row: Element) -> None:
    """Let a table row stand at the top of each page that the table reaches."""
    properties = row.find(w("trPr"))
    if properties is None:
        properties = row.makeelement(w("trPr"))
        row.insert(0, properties)
    etree.SubElement(properties, w("tblHeader"))


def hint_east_asian(run: Element) -> None:
    """Let signs that both scripts share (quotes, dashes) take the East-Asian face.

    ISO/IEC 29500-1, 17.3.2.26, attribute ``hint``.
    """
    properties = run.find(RUN_PROPERTIES)
    if properties is None:
        properties = run.makeelement(RUN_PROPERTIES)
        run.insert(0, properties)
    fonts = properties.find(w("rFonts"))
    if fonts is None:
        fonts = properties.makeelement(w("rFonts"))
        style = properties.find(w("rStyle"))
        properties.insert(0 if style is None else 1, fonts)
    fonts.set(w("hint"), "eastAsia")
