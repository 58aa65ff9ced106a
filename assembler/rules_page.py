"""Rules on the printed page: paper and margins, lines, how titles fall.

They need the document, not only its text. What is wrong with the page is said once
for the whole document.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from assembler.document import PAGE_BREAK, Document, Remark
from assembler.findings import Severity
from assembler.linefill import lines
from assembler.rules_text import Paragraph
from assembler.settings import PageFormat
from assembler.styles import size_of
from assembler.typeset import Section, falls, measure_of, page_grid, sections
from assembler.wordml import VALUE, w

_MM = 72 / 25.4
_A4 = (210 * _MM, 297 * _MM)
_PAPER_LEEWAY, _MARGIN_LEEWAY = 3, 1.5 * _MM
_GRID = (22, 28)
_SIDES = {"top": "上", "bottom": "下", "left": "左", "right": "右"}
_PAPER_HINT = "在“布局→纸张大小”里选 A4，纵向。"
_SAME_HINT = "在“布局”里把各节设成一样。"
_MARGIN_HINT = (
    "在“布局→页边距”里改；单位另有规定的，在 assembler.toml 的 [page] 里写明。"
)
_GRID_HINT = "正文用三号字、固定行距 28.95 磅，字距紧缩 0.3 磅。"
_TAIL_HINT = "改写标题，或在词语之间换行，让末行至少有两三个字。"
_END_HINT = "在“段落→换行和分页”里勾选“与下段同页”。"
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第.{1,3}[章节部]"
)
_SENTENCE_ENDS = ("。", "；", "，", "？", "！", "：")
_LONGEST_HEADING = 40
_TITLE_NAMES = ("title", "标题")
_TITLE_SIZE = 22
_HEAD_PARAGRAPHS = 5


def page_setup(document: Document, page: PageFormat) -> Iterator[Remark]:
    """Paper that is not A4, margins or lines unlike the office's page.

    Args:
        document: the document.
        page: the margins it is held to.
    """
    found = sections(document)
    if not found:
        return
    first = found[0]
    yield from _paper(first)
    if any((s.width, s.height) != (first.width, first.height) for s in found):
        yield _page_remark("各节的纸张大小不一样。", _SAME_HINT)
    yield from _margins(first, page)
    grid = page_grid(document)
    if page == PageFormat() and grid not in (None, _GRID):
        shown = "每页 {} 行、每行 {} 字".format(*grid)
        usual = "{} 行、{} 字".format(*_GRID)
        yield _page_remark(f"{shown}，不是 {usual}。", _GRID_HINT)


def _page_remark(message: str, hint: str, severity: Severity = Severity.INFO) -> Remark:
    return Remark("page-setup", severity, message, hint)


def _paper(section: Section) -> Iterator[Remark]:
    size = (section.width, section.height)
    if _is_near(size, _A4):
        return
    if _is_near(size, _A4[::-1]):
        what = "页面是横向的，讲话稿用 A4 纸纵向打印。"
    else:
        millimetres = "×".join(f"{side / _MM:.0f}" for side in size)
        what = f"纸张是 {millimetres} 毫米，不是 A4（210×297 毫米）。"
    yield _page_remark(what, _PAPER_HINT, Severity.WARNING)


def _is_near(size: tuple[float, float], other: tuple[float, float]) -> bool:
    pairs = zip(size, other, strict=True)
    return all(abs(one - two) <= _PAPER_LEEWAY for one, two in pairs)


def _margins(section: Section, page: PageFormat) -> Iterator[Remark]:
    off = [
        f"{word} {section.margins[side] / _MM:.0f}（应为 {getattr(page, side):g}）"
        for side, word in _SIDES.items()
        if abs(section.margins[side] - getattr(page, side) * _MM) > _MARGIN_LEEWAY
    ]
    if off:
        what = f"页边距和版式不一样：{'、'.join(off)}，单位毫米。"
        yield _page_remark(what, _MARGIN_HINT)


def title_tail(document: Document) -> Iterator[Remark]:
    """A title whose last line is a single character, by measure."""
    pages, body = sections(document), document.body
    if not pages:
        return
    for paragraph in body.text.paragraphs:
        if not is_title(paragraph, document):
            continue
        element = body.elements[paragraph.number]
        measure = measure_of(element, document.styles, pages[0].text_width)
        *others, last = lines(paragraph.text, measure)
        if others and sum(c.isalnum() for c in last) == 1:
            start = len(paragraph.text) - len(last)
            yield Remark(
                code="title-tail",
                severity=Severity.INFO,
                message=f"标题末行只有一个字“{last.strip()}”。",
                hint=_TAIL_HINT,
                part=body.story.part,
                paragraph=paragraph.number,
                start=start,
                end=len(paragraph.text),
            )


def title_at_page_end(document: Document) -> Iterator[Remark]:
    """A title or heading as the last line of a page, its text on the next.

    By reckoning, for documents whose lines have a fixed height. A run-in heading is
    followed by its text; one that is kept with the next paragraph cannot be parted.
    """
    found = falls(document) or {}
    prose = document.body.text.paragraphs
    for paragraph, following in pairwise(prose):
        element = document.body.elements[paragraph.number]
        if (
            _is_heading(paragraph, document)
            and found
            and found[following.number].first > found[paragraph.number].last
            and not _is_parted_on_purpose(paragraph, following, document)
            and not document.styles.has_paragraph(element, w("keepNext"))
        ):
            yield Remark(
                code="title-at-page-end",
                severity=Severity.INFO,
                message=f"推算这个标题落在第 {found[paragraph.number].last} 页末行，"
                "正文在下一页。",
                hint=_END_HINT,
                part=document.body.story.part,
                paragraph=paragraph.number,
                end=len(paragraph.text),
            )


def _is_heading(paragraph: Paragraph, document: Document) -> bool:
    text = paragraph.text.strip()
    if not text or len(text) > _LONGEST_HEADING or text.endswith(_SENTENCE_ENDS):
        return False
    numbered = _NUMBERED.match(text) is not None
    return numbered or paragraph.level is not None or is_title(paragraph, document)


def _is_parted_on_purpose(
    paragraph: Paragraph, following: Paragraph, document: Document
) -> bool:
    element = document.body.elements[following.number]
    return PAGE_BREAK in paragraph.text + following.text[
        :1
    ] or document.styles.has_paragraph(element, w("pageBreakBefore"))


def is_title(paragraph: Paragraph, document: Document) -> bool:
    """Whether a paragraph is the speech's title: by its style, else by its looks."""
    if paragraph.in_table or not paragraph.text.strip():
        return False
    if (paragraph.style or "").lower() in _TITLE_NAMES:
        return True
    if paragraph.number > _HEAD_PARAGRAPHS:
        return False
    element = document.body.elements[paragraph.number]
    centred = document.styles.of_paragraph(element, w("jc"), VALUE) == "center"
    return centred and size_of(element, document.styles) >= _TITLE_SIZE
