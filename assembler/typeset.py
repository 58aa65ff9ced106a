"""How a document's paragraphs are set, in points: lines, sizes, pages.

Reckoned from styles and page without a renderer; right where lines have a fixed
height, as in speeches.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from assembler.document import Document
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
    # A hundredth of a line is what rounding to twips may cost.
    return (
        int(pages[0].text_height / height + 0.01),
        int(pages[0].text_width / advance + 0.01),
    )


def estimated_pages(document: Document) -> int | None:
    """How many pages a document has; None where that cannot be reckoned.

    Tables, pictures, several sections and lines without a fixed height cannot.
    """
    pages, body = sections(document), document.body
    if len(pages) != 1 or next(body.root.iter(TABLE, *PICTURES), None) is not None:
        return None
    height = 0.0
    for paragraph in body.text.paragraphs:
        own = _height(body.elements[paragraph.number], paragraph, document, pages[0])
        if own is None:
            return None
        height += own
    return max(1, ceil(height / pages[0].text_height - 0.01))


def _height(
    element: Element, paragraph: Paragraph, document: Document, page: Section
) -> float | None:
    line = line_height(element, document.styles)
    if line is None:
        return None
    measure = measure_of(element, document.styles, page.text_width)
    around = sum(
        number_in(document.styles.of_paragraph(element, w("spacing"), w(side)))
        for side in ("before", "after")
    )
    return len(lines(paragraph.text, measure)) * line + around / _TWIPS
