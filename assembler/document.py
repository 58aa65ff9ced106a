"""A .docx as a proofreader sees it: stories, paragraphs, exact places.

The rules see text with numbers; this module leads from there back to the elements of
the document, and tells of each paragraph what its formatting says.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from assembler.errors import TemplateError
from assembler.findings import Finding, Severity
from assembler.guide import read_guide, remove_guide
from assembler.package import Package, parse_package, read_package
from assembler.rules_text import Paragraph, TextDocument
from assembler.styles import Styles, first_line_indent
from assembler.wordml import (
    CELL,
    TYPE,
    Element,
    Story,
    paragraphs,
    parse,
    pieces,
    story_parts,
    w,
)

PAGE_BREAK = "\f"
_BREAKS = frozenset({"page", "column"})
_WORDS_AROUND = 12
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong in a document, with its place.

    Attributes:
        code: as `Finding.code`.
        severity: how much it matters.
        message: what is wrong, in Chinese, without the place.
        hint: what to do, in Chinese.
        part: the part it stands in, None where it is about the whole document.
        paragraph: the paragraph's number in its part, from 1.
        start: first character of the stretch in the paragraph's text, from 0.
        end: one past its last character.
        field: the field it is about.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    part: str | None = None
    paragraph: int | None = None
    start: int = 0
    end: int = 0
    field: str | None = None


@dataclass(frozen=True, slots=True)
class ReadStory:
    """One story of a document.

    Attributes:
        story: its part and Chinese name.
        root: the part's root element.
        elements: paragraph number → ``w:p``; the guide's are left out.
        text: the same paragraphs as the rules see them.
    """

    story: Story
    root: Element
    elements: dict[int, Element]
    text: TextDocument

    def paragraph(self, number: int) -> Paragraph:
        """A paragraph by its number."""
        return next(p for p in self.text.paragraphs if p.number == number)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    Attributes:
        file: its name as the user gave it.
        package: its container.
        styles: what its styles say.
        stories: body first, then headers, footers and notes.
        has_guide: whether it ends in a guide, as templates do.
    """

    file: str
    package: Package
    styles: Styles
    stories: tuple[ReadStory, ...]
    has_guide: bool

    @classmethod
    def open(cls, path: Path) -> "Document":
        """Read a document.

        Raises:
            TemplateError: it is missing, no .docx, encrypted, or damaged.
        """
        return cls.read(read_package(path), str(path))

    @classmethod
    def parse(cls, content: bytes, file: str) -> "Document":
        """Read a document from its bytes; as `open`."""
        return cls.read(parse_package(content, file), file)

    @classmethod
    def read(cls, package: Package, file: str) -> "Document":
        """Read a document from its container; as `open`."""
        try:
            styles = Styles(package)
            roots = [(s, parse(package.data(s.part))) for s in story_parts(package)]
        except etree.XMLSyntaxError as error:
            message = (
                f"“{Path(file).name}”的内容已经损坏，读不出来。"
                "请用 Word 或 WPS 打开它（会提示修复），另存为 .docx 再用。"
            )
            raise TemplateError(message) from error
        stories = tuple(_read_story(story, root, styles) for story, root in roots)
        has_guide = bool(roots) and read_guide(roots[0][1]) is not None
        return cls(file, package, styles, stories, has_guide)

    @property
    def body(self) -> ReadStory:
        """The main story."""
        return self.stories[0]

    def story(self, part: str) -> ReadStory:
        """The story that a part holds."""
        return next(s for s in self.stories if s.story.part == part)

    def finding(self, remark: Remark) -> Finding:
        """A remark as a finding of this document."""
        position, excerpt = "", None
        if remark.part is not None and remark.paragraph is not None:
            story = self.story(remark.part)
            position = f"{story.story.label}第{remark.paragraph}段："
            text = story.paragraph(remark.paragraph).text
            excerpt = marked(text, remark.start, remark.end)
        return Finding(
            code=remark.code,
            severity=remark.severity,
            message=position + remark.message,
            file=self.file,
            field=remark.field,
            part=remark.part,
            paragraph=remark.paragraph,
            excerpt=excerpt,
            hint=remark.hint,
        )


def marked(text: str, start: int, end: int) -> str:
    """The words around a stretch, the stretch between 〖 and 〗."""
    before = text[max(0, start - _WORDS_AROUND) : start]
    after = text[end : end + _WORDS_AROUND]
    excerpt = f"{before}〖{text[start:end]}〗{after}"
    return excerpt.translate({ord(c): " " for c in "\n\t\v\f"})


def text_with_breaks(paragraph: Element) -> str:
    """The text of a paragraph, a break to a new page told from one to a new line."""
    return "".join(
        PAGE_BREAK if piece.element.get(TYPE) in _BREAKS else piece.text
        for piece in pieces(paragraph)
    )


def _read_story(story: Story, root: Element, styles: Styles) -> ReadStory:
    elements = dict(_kept(root))
    text = TextDocument(
        tuple(_paragraph(number, e, styles) for number, e in elements.items())
    )
    return ReadStory(story, root, elements, text)


def _kept(root: Element) -> Iterator[tuple[int, Element]]:
    """The numbered paragraphs of a part but for those of a guide."""
    numbered = list(enumerate(paragraphs(root), 1))
    if read_guide(root) is None:
        yield from numbered
        return
    # A copy loses its guide; what stays in it shows which paragraphs to keep.
    copied = deepcopy(root)
    copies = list(paragraphs(copied))
    remove_guide(copied)
    left = set(paragraphs(copied))
    for (number, element), copy in zip(numbered, copies, strict=True):
        if copy in left:
            yield number, element


def _paragraph(number: int, element: Element, styles: Styles) -> Paragraph:
    return Paragraph(
        number=number,
        text=text_with_breaks(element),
        style=styles.name_of(element),
        level=_level(element, styles),
        in_table=next(element.iterancestors(CELL), None) is not None,
        indent=first_line_indent(element, styles),
    )


def _level(element: Element, styles: Styles) -> int | None:
    level = styles.of_paragraph(element, w("outlineLvl"), w("val"))
    if level is None or not level.isdecimal() or int(level) >= _BODY_LEVEL:
        return None
    return int(level) + 1
