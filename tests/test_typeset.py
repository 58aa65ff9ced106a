"""Lines and pages reckoned from styles, held against LibreOffice's."""

import io
from pathlib import Path

import pdfplumber
import pytest

from assembler.document import Document
from assembler.linefill import Measure, lines
from assembler.office import find_office, to_pdf
from assembler.typeset import estimated_pages, measure_of, page_grid, sections
from tests.documents import PAGE_BREAK, document, p, r, shape, table
from tests.documents import row as table_row
from tests.drafting import bundled_drafts
from tests.programs import libreoffice
from tests.speeches import BODY, CLOSING, SALUTATION, body, speech, style, title, whole

TEN = Measure(width=160, size=16)


def read(content: bytes) -> Document:
    return Document.parse(content, "稿子.docx")


FILLED = [
    ("一" * 10, ["一" * 10]),
    ("一" * 11, ["一" * 10, "一"]),
    ("一" * 10 + "。", ["一" * 10 + "。"]),
    ("一" * 10 + "。”", ["一" * 9, "一。”"]),
    ("一" * 9 + "“二三", ["一" * 9, "“二三"]),
    ("一" * 8 + "2025年", ["一" * 8, "2025年"]),
    ("甲\n乙", ["甲", "乙"]),
    ("", [""]),
    ("1" * 20, ["1" * 20]),
]


@pytest.mark.parametrize(("text", "expected"), FILLED)
def test_lines_are_filled_by_measure(text: str, expected: list[str]) -> None:
    assert lines(text, TEN) == expected


def test_the_first_line_alone_is_indented() -> None:
    assert lines("一" * 18, Measure(160, 16, indent=32)) == ["一" * 8, "一" * 10]


def test_spacing_lets_more_characters_in() -> None:
    assert len(lines("一" * 28, Measure(442.25, 16, -0.3))) == 1
    assert len(lines("一" * 28, Measure(442.25, 16))) == 2


def test_no_character_is_lost() -> None:
    text = "".join(BODY[n:] + "2025年1—10月，“甲（乙）”。" for n in range(20))
    assert "".join(lines(text, TEN)) == text


def test_the_bundled_page_holds_22_lines_of_28_characters() -> None:
    for content in bundled_drafts().values():
        assert page_grid(read(content)) == (22, 28)


def test_the_page_is_read_in_points() -> None:
    [page] = sections(read(whole()))
    assert page.text_width == pytest.approx(442.25, abs=0.1)
    assert page.text_height == pytest.approx(637.8, abs=0.1)


UNTOLD = [
    ("a table", document(p(BODY), table(table_row("甲", "乙")))),
    ("a picture", document(p(BODY), p(shape()))),
    ("lines as high as the face", document(p(BODY))),
]


@pytest.mark.parametrize(
    "content", [pytest.param(content, id=what) for what, content in UNTOLD]
)
def test_pages_that_only_printing_tells_are_not_guessed(content: bytes) -> None:
    assert estimated_pages(read(content)) is None


def test_measures_follow_styles_and_direct_formatting() -> None:
    indent = '<w:ind w:leftChars="200" w:left="640" w:firstLine="0"/>'
    content = speech(body(BODY), p(r(BODY, '<w:sz w:val="44"/>'), properties=indent))
    opened = read(content)
    first, second = opened.body.elements.values()
    assert measure_of(first, opened.styles, 442).indent == 32
    measure = measure_of(second, opened.styles, 442)
    assert (measure.size, measure.width, measure.indent) == (22, 442 - 44, 0)


@pytest.mark.libreoffice
def test_reckoned_pages_are_those_that_libreoffice_prints(tmp_path: Path) -> None:
    if find_office() is None:
        libreoffice([], tmp_path, "pdf")
    contents = [
        *bundled_drafts().values(),
        *(speech(title(), SALUTATION, *[BODY] * n, CLOSING) for n in range(5, 15)),
        *(speech(title(), *["短句。"] * n) for n in (19, 20, 21, 22)),
        speech(title(), p(BODY, PAGE_BREAK, properties=style("BodyText")), BODY),
    ]
    files = []
    for number, content in enumerate(contents):
        files.append(tmp_path / f"{number}.docx")
        files[-1].write_bytes(content)
    printed = []
    for one in to_pdf(files, 60):
        with pdfplumber.open(io.BytesIO(one.content or b"")) as pdf:
            printed.append(len(pdf.pages))
    assert [estimated_pages(read(content)) for content in contents] == printed
