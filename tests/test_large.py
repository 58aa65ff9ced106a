"""The reading copy, measured on the PDF that LibreOffice makes of it."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from pdfplumber.page import Page

from assembler.clean import clean_copy
from assembler.document import Document
from assembler.fonts import asked_fonts, missing_fonts
from assembler.large import large_copy
from assembler.office import find_office, to_pdf
from assembler.settings import LargeFormat
from assembler.unbroken import JOINER, keep_together
from tests.documents import (
    MAIN,
    cell,
    document,
    lines,
    link,
    p,
    r,
    root_of,
    row,
    shape,
    table,
    unzipped,
)
from tests.drafting import bundled_drafts
from tests.programs import libreoffice, validation_errors
from tests.speeches import BODY, CLOSING, SALUTATION, body, speech, title

# Figures that must stay whole: number and unit, ranges, ranks.
FIGURES = (
    "第?[0-9][0-9.,]*(?:—[0-9]+)?"
    "(?:亿元|万元|万平方米|个百分点|个|%|月|年|日|项|户|位|家|公里|人次|人)"
)
SAMPLES = ("工作部署", "总结推进", "问题整改", "数字")


def large(content: bytes, format_: LargeFormat | None = None) -> bytes:
    clean = Document.parse(clean_copy(Document.parse(content, "稿子")), "稿子")
    return large_copy(clean, format_ or LargeFormat())


def figures_speech() -> bytes:
    """A speech in which a figure with its unit falls at each place of a line."""
    paragraphs = [
        body(
            "抓" * count
            + f"完成投资12{count}.6亿元，增长3.{count}个百分点，居第{count}位。"
        )
        for count in range(1, 30)
    ]
    return speech(title(), SALUTATION, *paragraphs, CLOSING)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[Page]]]:
    """Speech → the pages of its reading copy."""
    folder = tmp_path_factory.mktemp("large")
    if find_office() is None:
        libreoffice([], folder, "pdf")
    contents = {**bundled_drafts(), "数字": figures_speech()}
    files = []
    for name in SAMPLES:
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(large(contents[name]))
    faces = missing_fonts(asked_fonts(Document.open(files[0])))
    done = to_pdf(files, 120, missing_fonts=faces)
    opened = [pdfplumber.open(io.BytesIO(one.content or b"")) for one in done]
    yield {name: pdf.pages for name, pdf in zip(SAMPLES, opened, strict=True)}
    for pdf in opened:
        pdf.close()


def texts(page: Page) -> list[str]:
    """The lines of a page, blanks left out."""
    found = page.extract_text_lines()
    return ["".join(str(line["text"]).split()) for line in found]


def of_speech(page: Page) -> list[str]:
    """The lines of a page without its header and footer."""
    return texts(page)[1:-1]


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", SAMPLES)
def test_no_figure_is_parted_from_its_unit(
    pages: dict[str, list[Page]], name: str
) -> None:
    set_lines = [line for page in pages[name] for line in of_speech(page)]
    whole = "".join(set_lines)
    expected = re.findall(FIGURES, whole)
    found = [figure for line in set_lines for figure in re.findall(FIGURES, line)]
    assert len(expected) >= 3
    assert found == expected


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", SAMPLES)
def test_each_page_says_which_of_how_many_it_is(
    pages: dict[str, list[Page]], name: str
) -> None:
    count = len(pages[name])
    assert count > 3
    shown = [texts(page)[-1] for page in pages[name]]
    assert shown == [f"第{number}页/共{count}页" for number in range(1, count + 1)]


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", SAMPLES)
def test_each_page_is_marked_as_the_speakers(
    pages: dict[str, list[Page]], name: str
) -> None:
    assert {texts(page)[0] for page in pages[name]} == {"讲话人用"}


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", SAMPLES)
def test_no_short_line_stands_alone(pages: dict[str, list[Page]], name: str) -> None:
    for page in pages[name]:
        assert len(of_speech(page)) > 1
    # A paragraph's last line begins at the margin and ends early.
    for page in pages[name]:
        first = of_speech(page)[0]
        assert len(first) > 4, first
    for line in (line for page in pages[name] for line in of_speech(page)):
        assert len(line) >= 4, line


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", SAMPLES)
def test_the_letters_are_large_and_the_lines_wide(
    pages: dict[str, list[Page]], name: str
) -> None:
    for page in pages[name]:
        inner = page.extract_text_lines()[1:-1]
        sizes = {round(float(c["size"])) for line in inner for c in line["chars"]}
        assert min(sizes) >= 22
        tops = sorted({round(float(line["bottom"])) for line in inner})
        gaps = [below - above for above, below in pairwise(tops)]
        assert min(gaps, default=46) >= 40


# Without a renderer ------------------------------------------------------------------


def test_the_text_stays_but_for_joiners() -> None:
    for content in (*bundled_drafts().values(), figures_speech()):
        copy = large(content)
        assert [line.replace(JOINER, "") for line in lines(copy)] == lines(content)


@pytest.mark.validator
def test_reading_copies_validate(tmp_path: Path) -> None:
    path = tmp_path / "大字版.docx"
    foreign = document(
        p(r("在会上的讲话", '<w:sz w:val="44"/>'), properties='<w:jc w:val="center"/>'),
        p(BODY, link("附件12个"), shape()),
        table(row("投资", cell(p("12.6亿元")))),
        headers={"default": p("内部"), "first": p("首页")},
        footers={"even": p("双页")},
    )
    for content in (*bundled_drafts().values(), foreign):
        path.write_bytes(large(content))
        assert validation_errors(path) == []


def test_sizes_are_the_offices() -> None:
    copy = large(
        figures_speech(), LargeFormat(size=30, line=60, bold=False, mark="甲稿")
    )
    main = unzipped(copy)[MAIN].decode()
    assert main.count('<w:sz w:val="60"/>') > 30
    assert 'w:line="1200"' in main
    assert "<w:b/>" not in main
    assert "甲稿" in unzipped(copy)["word/headerLarge.xml"].decode()


def test_old_headers_and_footers_are_gone() -> None:
    content = document(
        p(BODY), headers={"default": p("内部")}, footers={"even": p("2")}
    )
    members = unzipped(large(content))
    assert "word/header1.xml" not in members
    assert "内部" not in "".join(data.decode() for data in members.values())


def test_indents_grow_with_the_letters() -> None:
    main = unzipped(large(speech(title(), SALUTATION, BODY)))[MAIN].decode()
    assert 'w:firstLineChars="200" w:firstLine="1040"' in main
    assert main.count('w:firstLineChars="0" w:firstLine="0"') == 2


JOINED = [
    ("投资12.6亿元。", "投资12.6‿亿‿元。"),
    ("低于3.2个百分点，", "低于3.2‿个‿百‿分‿点，"),
    ("居第7位，", "居第‿7‿位，"),
    ("占68.3%的", "占68.3‿%的"),
    ("1—10月份", "1‿—‿10‿月‿份"),
    ("2025年11月6日起", "2025‿年11‿月6‿日起"),
    ("讲三点意见", "讲三点意见"),
    ("共十二个村", "共十‿二‿个村"),
    ("编号12号楼", "编号12‿号楼"),
    ("没有数字", "没有数字"),
    ("第3，", "第‿3，"),
]


@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_figures_are_joined_with_their_units(text: str, expected: str) -> None:
    for cut in range(1, len(text)):
        content = document(p(text[:cut], r(text[cut:], "<w:b/>")))
        root = root_of(content)
        [paragraph] = root.iter(f"{{{root.nsmap['w']}}}p")
        keep_together(paragraph, last=False)
        found = "".join(str(t) for t in paragraph.itertext())
        assert found.replace(JOINER, "‿") == expected


LAST = [
    ("要把任务抓到位。", "要把任务‿抓‿到‿位‿。"),
    ("谢谢。", "谢‿谢‿。"),
    ("共12个。", "共‿12‿个‿。"),
    ("他说：“好！”", "他说：“好‿！‿”"),
    ("。", "。"),
]


@pytest.mark.parametrize(("text", "expected"), LAST)
def test_the_last_words_stay_together(text: str, expected: str) -> None:
    root = root_of(document(p(text)))
    [paragraph] = root.iter(f"{{{root.nsmap['w']}}}p")
    keep_together(paragraph, last=True)
    joined = "".join(str(t) for t in paragraph.itertext()).replace(JOINER, "‿")
    assert joined == expected
