"""The printed page, measured: LibreOffice sets the bundled speeches, rulers follow.

22 lines of 28 characters on A4 (GB/T 9704-2012 as offices use it for speeches), page
numbers outside, title centred, paragraphs begun two characters in. Points throughout.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from pdfplumber.page import Page

from assembler.bundled import resolve_data, resolve_template
from assembler.check import Checker
from assembler.merge import Maker, MergeOptions, merge
from assembler.rows import open_table
from assembler.template import Template
from tests.programs import libreoffice

pytestmark = pytest.mark.libreoffice

A4 = (595.3, 841.9)
LEFT, RIGHT = 79.35, 521.6
TOP, PITCH = 104.9, 28.95
CHARACTER = 15.75
LINES, CHARACTERS = 22, 28
SAMPLES = (
    ("工作部署", "重点项目进度"),
    ("总结推进", "重点项目进度"),
    ("问题整改", "问题整改"),
)

Line = list[dict[str, float | str]]


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One speech of each template."""
    folder = tmp_path_factory.mktemp("pages")
    drafts = []
    for name, data in SAMPLES:
        template = Template.open(resolve_template(Path(name)))
        table = open_table(resolve_data(Path(data)))
        checker = Checker(template, table.columns, table.path.name)
        options = MergeOptions(folder / name)
        list(merge(Maker(template, checker, options), table.rows()))
        drafts.append(min((folder / name).iterdir()).rename(folder / f"{name}.docx"))
    return drafts


@pytest.fixture(scope="module")
def pages(drafts: list[Path]) -> Iterator[dict[str, list[Page]]]:
    """Speech → its pages."""
    pdfs = libreoffice(drafts, drafts[0].parent, "pdf")
    opened = [pdfplumber.open(pdf) for pdf in pdfs]
    yield {
        name: list(pdf.pages) for (name, _), pdf in zip(SAMPLES, opened, strict=True)
    }
    for pdf in opened:
        pdf.close()


def lines_of(page: Page) -> list[Line]:
    """The lines of the text area from the top, each as its characters."""
    found: dict[int, Line] = defaultdict(list)
    for character in page.chars:
        slot = round((float(character["bottom"]) - TOP) / PITCH - 0.5)
        if slot < LINES and str(character["text"]).strip():
            found[slot].append(character)
    return [found[slot] for slot in sorted(found)]


def text_of(line: Line) -> str:
    return "".join(str(character["text"]) for character in line)


def page_number(page: Page) -> Line:
    foot = TOP + LINES * PITCH + 5
    return [c for c in page.chars if c["top"] > foot and str(c["text"]).strip()]


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_the_page_is_a4(pages: dict[str, list[Page]], name: str) -> None:
    for page in pages[name]:
        assert (page.width, page.height) == pytest.approx(A4, abs=0.2)


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_every_full_page_holds_22_lines(
    pages: dict[str, list[Page]], name: str
) -> None:
    first, *others = pages[name]
    # The blank line under the speaker's name holds no characters.
    assert len(lines_of(first)) == LINES - 1
    for page in others[:-1]:
        assert len(lines_of(page)) == LINES


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_a_full_line_of_hanzi_holds_28_characters(
    pages: dict[str, list[Page]], name: str
) -> None:
    lines = [text_of(line) for page in pages[name] for line in lines_of(page)]
    hanzi = [line for line in lines if not any(c.isascii() for c in line)]
    full = [len(line) for line in hanzi if len(line) > CHARACTERS - 2]
    assert full.count(CHARACTERS) > len(full) / 2
    # A comma may hang over the line's end, as typesetters have it.
    assert max(full) <= CHARACTERS + 1


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_characters_stand_in_the_text_area(
    pages: dict[str, list[Page]], name: str
) -> None:
    for page in pages[name]:
        for line in lines_of(page):
            assert float(line[0]["x0"]) > LEFT - 1
            hanging = str(line[-1]["text"]) in "，。、；："
            limit = RIGHT + (CHARACTER if hanging else 0) + 1
            assert float(line[-1]["x1"]) < limit, text_of(line)


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_paragraphs_begin_two_characters_in(
    pages: dict[str, list[Page]], name: str
) -> None:
    body = lines_of(pages[name][0])[4:]
    starts = {round((float(line[0]["x0"]) - LEFT) / CHARACTER) for line in body}
    assert starts == {0, 2}


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_title_date_and_speaker_are_centred_and_the_salutation_is_not(
    pages: dict[str, list[Page]], name: str
) -> None:
    *head, salutation = lines_of(pages[name][0])[:4]
    for line in head:
        centre = (float(line[0]["x0"]) + float(line[-1]["x1"])) / 2
        assert centre == pytest.approx((LEFT + RIGHT) / 2, abs=5), text_of(line)
    assert float(salutation[0]["x0"]) == pytest.approx(LEFT, abs=1)
    assert text_of(salutation).endswith("：")


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_a_blank_line_parts_the_head_from_the_speech(
    pages: dict[str, list[Page]], name: str
) -> None:
    tops = [float(line[0]["bottom"]) for line in lines_of(pages[name][0])[:6]]
    gaps = [round((below - above) / PITCH) for above, below in pairwise(tops)]
    assert gaps == [1, 1, 2, 1, 1]


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_page_numbers_stand_outside(pages: dict[str, list[Page]], name: str) -> None:
    assert len(pages[name]) >= 3
    for number, page in enumerate(pages[name], 1):
        mark = page_number(page)
        assert text_of(mark) == f"—{number}—"
        if number % 2:
            assert float(mark[-1]["x1"]) == pytest.approx(RIGHT - 14, abs=2)
        else:
            assert float(mark[0]["x0"]) == pytest.approx(LEFT + 14, abs=2)


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_the_guide_is_not_printed(pages: dict[str, list[Page]], name: str) -> None:
    text = "".join(text_of(line) for page in pages[name] for line in lines_of(page))
    assert "字段说明" not in text
    assert "谢谢大家" in text_of(lines_of(pages[name][-1])[-1])


@pytest.mark.parametrize("name", [name for name, _ in SAMPLES])
def test_every_character_of_the_speech_is_printed(
    pages: dict[str, list[Page]], drafts: list[Path], name: str
) -> None:
    # LibreOffice 7.4 drops marks that hang over a line's end where characters are
    # set 0.25 pt closer; 0.3 pt, which sets the same 28 in a line, keeps them.
    [draft] = [path for path in drafts if path.stem == name]
    written = "".join(paragraph.text for paragraph in Document(str(draft)).paragraphs)
    printed = "".join(text_of(line) for page in pages[name] for line in lines_of(page))
    assert printed == "".join(written.split())
