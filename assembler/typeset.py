"""How a document's paragraphs are set, in points: lines, sizes, pages.

Reckoned from styles and page without a renderer; right where lines have a fixed
height, as in speeches.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assembler.document import PAGE_BREAK, Document
from assembler.linefill import Measure, lines
from assembler.rules_text import Paragraph
from assembler.styles import (
    Styles,
    first_line_indent,
    first_text_run,
    number_in,
    size_of,
)
from assembler.wordml import PICTURES, SECTION_PROPERTIES, TABLE, Element, w

SIDES = ("top", "right", "bottom", "left")
_TWIPS = 20
_A4 = (11906, 16838)
_BODY_LENGTH = 40
_HUNDREDTHS = 100
# What rounding to twips may cost, in lines.
_ROUNDING = 0.01


@dataclass(frozen=True, slots=True)
class Section:
    """A section's page.

    Attributes:
        width: of the paper.
        height: of the paper.
        margins: side → margin.
    """

    width: float
    height: float
    margins: dict[str, float]

    @property
    def text_width(self) -> float:
        """Between the margins, from left to right."""
        return self.width - self.margins["left"] - self.margins["right"]

    @property
    def text_height(self) -> float:
        """Between the margins, from top to bottom."""
        return self.height - self.margins["top"] - self.margins["bottom"]


def sections(document: Document) -> list[Section]:
    """The sections that say what their page is."""
    found = []
    for element in document.body.root.iter(SECTION_PROPERTIES):
        size, margins = element.find(w("pgSz")), element.find(w("pgMar"))
        if size is not None and margins is not None:
            found.append(
                Section(
                    number_in(size.get(w("w")), _A4[0]) / _TWIPS,
                    number_in(size.get(w("h")), _A4[1]) / _TWIPS,
                    # A margin below zero lets the text reach over a header.
                    {s: abs(number_in(margins.get(w(s)))) / _TWIPS for s in SIDES},
                )
            )
    return found


def measure_of(element: Element, styles: Styles, width: float) -> Measure:
    """What a line of a paragraph has room for.

    Args:
        element: the ``w:p``.
        styles: the document's styles.
        width: of the page between its margins.
    """
    size = size_of(element, styles)
    run = first_text_run(element)
    spacing = None if run is None else styles.of_run(run, element, w("spacing"))
    sides = sum(_indent(element, styles, side, size) for side in ("left", "right"))
    indent = first_line_indent(element, styles) * size
    return Measure(width - sides, size, number_in(spacing) / _TWIPS, indent)


def _indent(element: Element, styles: Styles, side: str, size: float) -> float:
    for indent in styles.paragraph_settings(element, w("ind")):
        characters = number_in(indent.get(w(f"{side}Chars")))
        if characters:
            return characters / _HUNDREDTHS * size
        if w(side) in indent.attrib:
            return number_in(indent.get(w(side))) / _TWIPS
    return 0


def line_height(element: Element, styles: Styles) -> float | None:
    """From line to line in points; None where it follows from the face."""
    if styles.of_paragraph(element, w("spacing"), w("lineRule")) != "exact":
        return None
    return number_in(styles.of_paragraph(element, w("spacing"), w("line"))) / _TWIPS


def body_paragraphs(document: Document) -> Iterator[tuple[Paragraph, Element]]:
    """The long paragraphs of running text outside tables."""
    for paragraph in document.body.text.paragraphs:
        if not paragraph.in_table and len(paragraph.text.strip()) >= _BODY_LENGTH:
            yield paragraph, document.body.elements[paragraph.number]


def page_grid(document: Document) -> tuple[int, int] | None:
    """Lines a page and characters a line; None where lines have no fixed height."""
    found = Counter[tuple[float, float]]()
    for _, element in body_paragraphs(document):
        height = line_height(element, document.styles)
        measure = measure_of(element, document.styles, 0)
        if height:
            found[height, measure.size + measure.spacing] += 1
    pages = sections(document)
    if not found or not pages:
        return None
    (height, advance), _ = found.most_common(1)[0]
    return (
        int(pages[0].text_height / height + _ROUNDING),
        int(pages[0].text_width / advance + _ROUNDING),
    )


@dataclass(frozen=True, slots=True)
class Fall:
    """Where a paragraph falls: the pages of its first and last line, from 1."""

    first: int
    last: int


def falls(document: Document) -> dict[int, Fall] | None:
    """Paragraph number → where it falls; None where that cannot be reckoned.

    Tables, pictures, several sections and lines without a fixed height cannot.
    """
    pages, body = sections(document), document.body
    if len(pages) != 1 or next(body.root.iter(TABLE, *PICTURES), None) is not None:
        return None
    setter, found = _Setter(pages[0], document.styles), dict[int, Fall]()
    for paragraph in body.text.paragraphs:
        fall = setter.set(paragraph, body.elements[paragraph.number])
        if fall is None:
            return None
        found[paragraph.number] = fall
    return found


def estimated_pages(document: Document) -> int | None:
    """How many pages a document has; None where that cannot be reckoned."""
    found = falls(document)
    return max((f.last for f in found.values()), default=1) if found else None


class _Setter:
    """Sets paragraphs one below the other, page by page.

    Args:
        page: the page.
        styles: the document's styles.
    """

    def __init__(self, page: Section, styles: Styles) -> None:
        self._page, self._styles = page, styles
        self._number, self._used = 1, 0.0

    def set(self, paragraph: Paragraph, element: Element) -> Fall | None:
        """Set the next paragraph; None where its lines have no fixed height."""
        height = line_height(element, self._styles)
        if not height:
            return None
        if self._styles.has_paragraph(element, w("pageBreakBefore")):
            self._turn()
        self._used += self._space(element, "before")
        first = 0
        for index, stretch in enumerate(paragraph.text.split(PAGE_BREAK)):
            if index:
                self._turn()
            measure = measure_of(element, self._styles, self._page.text_width)
            if index:
                measure = replace(measure, indent=0)
            count = len(lines(stretch, measure))
            start = self._take(count, height, element)
            first = first or start
        last = self._number
        self._used += self._space(element, "after")
        return Fall(first, last)

    def _take(self, count: int, height: float, element: Element) -> int:
        """Take room for lines; the page of the first."""
        room = int((self._page.text_height - self._used) / height + _ROUNDING)
        keeps = self._styles.has_paragraph(element, w("widowControl"))
        # With widow control no page begins or ends with one line of several.
        least = min(count, 2) if keeps else 1
        if room < least:
            self._turn()
            room = int(self._page.text_height / height + _ROUNDING)
        elif keeps and count == room + 1:
            room -= 1
            if room < least:
                self._turn()
                room = count
        first = self._number
        while count > room:
            count -= max(room, 1)
            self._turn()
            room = int(self._page.text_height / height + _ROUNDING)
        self._used += count * height
        return first

    def _turn(self) -> None:
        self._number, self._used = self._number + 1, 0.0

    def _space(self, element: Element, side: str) -> float:
        twips = self._styles.of_paragraph(element, w("spacing"), w(side))
        return number_in(twips) / _TWIPS
