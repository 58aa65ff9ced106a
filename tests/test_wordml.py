"""The text of paragraphs, cutting runs, bookmarks."""

import pytest
from lxml import etree

from assembler.cutting import isolate, replace_text
from assembler.package import parse_package
from assembler.wordml import (
    BOOKMARK_END,
    BOOKMARK_START,
    PARAGRAPH,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    CrossingError,
    Element,
    add_bookmark,
    bookmark_span,
    bookmarks,
    comment_parts,
    highest_bookmark_id,
    paragraphs,
    parse,
    pieces,
    prefix_of,
    serialise,
    story_parts,
    text_of,
    value_markup,
    w,
)
from tests.documents import (
    MAIN,
    PROOFING,
    RENDERED_BREAK,
    SAME_HEADERS,
    Xml,
    box,
    cell,
    comment,
    complex_field,
    control,
    deleted,
    document,
    end,
    field,
    inserted,
    link,
    mark,
    note,
    p,
    r,
    root_of,
    row,
    run,
    section,
    shape,
    simple_field,
    start,
    table,
)


def body(*blocks: str) -> Element:
    return root_of(document(*blocks))


def only(*content: str) -> Element:
    """The one paragraph of a document that holds this."""
    return next(body(p(*content)).iter(PARAGRAPH))


def run_texts(paragraph: Element) -> list[str]:
    """The texts of the runs, empty ones left out, in the order in which they stand."""
    texts = ["".join(t.text or "" for t in e.iter(TEXT)) for e in paragraph.iter(RUN)]
    return [text for text in texts if text]


# Stories ------------------------------------------------------------------------------


def test_the_stories_are_listed_once_each() -> None:
    content = document(
        p("前一节", properties=section(SAME_HEADERS)),
        p("后一节", note(1), note(1, "endnote"), comment(0, "这里")),
        headers={"default": p("页眉"), "first": p("首页"), "even": p("双数页")},
        footers={"default": p("页脚")},
        footnotes=[p("脚注")],
        endnotes=[p("尾注")],
        comments=["批注"],
    )
    package = parse_package(content, "稿.docx")
    assert [(s.part, s.label) for s in story_parts(package)] == [
        ("word/document.xml", "正文"),
        ("word/header1.xml", "页眉"),
        ("word/header2.xml", "页眉"),
        ("word/header3.xml", "页眉"),
        ("word/footer1.xml", "页脚"),
        ("word/footnotes.xml", "脚注"),
        ("word/endnotes.xml", "尾注"),
    ]
    assert comment_parts(package) == ["word/comments.xml"]


def test_a_document_without_them_has_only_its_body() -> None:
    package = parse_package(document("正文"), "稿.docx")
    assert [s.part for s in story_parts(package)] == [MAIN]
    assert comment_parts(package) == []


def test_paragraphs_come_in_document_order_boxes_and_tables_included() -> None:
    root = body(
        p("一", box(p("框"))),
        table(row(cell("格", table(row("内"))), control("", cell("控件格")))),
        control("", p("控件段")),
        p("末"),
    )
    shown = ["一", "框", "格", "内", "控件格", "控件段", "末"]
    assert [text_of(found) for found in paragraphs(root)] == shown
    twice = ["一", "框", "框", *shown[2:]]
    assert [text_of(found) for found in paragraphs(root, fallback=True)] == twice


def test_the_lines_above_footnotes_are_no_paragraphs() -> None:
    content = document(p("文", note(1)), footnotes=[p("注一") + p("续")])
    root = root_of(content, "word/footnotes.xml")
    assert [text_of(found) for found in paragraphs(root)] == ["注一", "续"]


def test_the_prefix_of_a_part_is_its_own() -> None:
    root = parse(f'<q:hdr xmlns:q="{w("")[1:-1]}"/>'.encode())
    assert prefix_of(root) == "q"
    assert prefix_of(body("一")) == "w"


def test_a_part_written_is_the_part_read() -> None:
    root = body(p("今年", r("粗", "<w:b/>"), "<&>“”\n\t😀"))
    again = parse(serialise(root).encode())
    assert etree.tostring(again, method="c14n") == etree.tostring(root, method="c14n")


# Text ---------------------------------------------------------------------------------

READ = {
    "runs": (("今年", r("开工", "<w:b/>"), "率"), "今年开工率"),
    "a link": (("见", link("这里"), "。"), "见这里。"),
    "an insertion": (("第", inserted("三"), "次"), "第三次"),
    "a deletion": (("第", deleted("二"), "次"), "第次"),
    "a move": (
        (
            "a",
            Xml(f'<w:moveFrom w:id="9" w:author="x">{r("b")}</w:moveFrom>'),
            Xml(f'<w:moveTo w:id="8" w:author="x">{r("c")}</w:moveTo>'),
        ),
        "ac",
    ),
    "a control": (("由", control("单位", "发改局"), "牵头"), "由发改局牵头"),
    "a short field": (("共", simple_field(" NUMPAGES ", "9"), "页"), "共9页"),
    "a long field": (("共", complex_field(" NUMPAGES ", "9"), "页"), "共9页"),
    "breaks and tabs": (("一\n二\t三",), "一\n二\t三"),
    "a carriage return": (("一", run("<w:cr/>"), "二"), "一\n二"),
    "a hyphen that does not break": (("1", run("<w:noBreakHyphen/>"), "10"), "1-10"),
    "an alignment tab": (
        (
            "左",
            run('<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>'),
            "右",
        ),
        "左\t右",
    ),
    "tab stops are no tabs": (
        (Xml('<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>'), "一"),
        "一",
    ),
    "a reading above characters": (
        (
            run(
                f"<w:ruby><w:rubyPr/><w:rt>{r('fā')}</w:rt>"
                f"<w:rubyBase>{r('发')}</w:rubyBase></w:ruby>"
            ),
            "展",
        ),
        "发展",
    ),
    "a box is a paragraph of its own": (("一", box(p("框")), "二"), "一二"),
    "marks and notes": (
        ("一", note(1), PROOFING, mark("_GoBack"), comment(0, "二")),
        "一二",
    ),
    "a comment in the markup": (("一", Xml("<!-- 注 -->"), "二"), "一二"),
    "a smart tag": (
        (Xml(f'<w:smartTag w:uri="u" w:element="e">{r("清河")}</w:smartTag>'), "区"),
        "清河区",
    ),
}


@pytest.mark.parametrize("case", READ)
def test_a_paragraph_reads_as_a_person_sees_it(case: str) -> None:
    content, text = READ[case]
    assert text_of(only(*content)) == text


def test_pieces_say_where_each_text_begins() -> None:
    found = pieces(only("今年", inserted("开工"), "\n率"))
    assert [(piece.start, piece.text) for piece in found] == [
        (0, "今年"),
        (2, "开工"),
        (4, "\n"),
        (5, "率"),
    ]
    assert found[-1].end == 6


# Cutting ------------------------------------------------------------------------------

CUT = {
    "within a run": (("今年开工率",), 2, 4, ["今年", "开工", "率"]),
    "a whole run": (("今年", "开工", "率"), 2, 4, ["今年", "开工", "率"]),
    "over runs": (("今年开", "工率是"), 2, 5, ["今年", "开", "工率", "是"]),
    "the whole text": (("开工率",), 0, 3, ["开工率"]),
    "round marks": (
        ("今", "开", PROOFING, mark("_GoBack"), "工"),
        1,
        3,
        ["今", "开", "工"],
    ),
    "round a comment's marks": (
        (Xml('<w:commentRangeStart w:id="0"/>'), "开工", "率"),
        0,
        3,
        ["开工", "率"],
    ),
    "round a page break of the last print": (
        (run(f"<w:t>开</w:t>{RENDERED_BREAK}<w:t>工</w:t>"),),
        0,
        2,
        ["开工"],
    ),
    "round an empty run": (
        ("开", run(""), run("<w:t></w:t>"), "工率"),
        0,
        2,
        ["开", "工", "率"],
    ),
    "inside a link": (("见", link("这里和那里")), 1, 3, ["见", "这里", "和那里"]),
    "inside an insertion": ((inserted("这里和"), "那里"), 0, 2, ["这里", "和", "那里"]),
    "inside a control": (
        ("由", control("", "发改局"), "办"),
        1,
        3,
        ["由", "发改", "局", "办"],
    ),
    "a line break": (("一\n二",), 0, 2, ["一", "二"]),
    "before a note in the same run": (
        (run('<w:t>甲乙</w:t><w:footnoteReference w:id="1"/>'), "丙"),
        1,
        2,
        ["甲", "乙", "丙"],
    ),
    "behind a note in the same run": (
        (run('<w:footnoteReference w:id="1"/><w:t>甲乙</w:t>'),),
        0,
        1,
        ["甲", "乙"],
    ),
}


@pytest.mark.parametrize("case", CUT)
def test_a_stretch_fills_whole_runs_and_nothing_seen_changes(case: str) -> None:
    content, first, last, texts = CUT[case]
    paragraph = only(*content)
    before = text_of(paragraph)
    runs = isolate(paragraph, first, last)
    assert run_texts(paragraph) == texts
    assert text_of(paragraph) == before
    shown = "".join(piece.text for found in runs for piece in pieces(found))
    assert shown == before[first:last]


CROSSING = {
    "into a link": ("见", link("这里")),
    "out of a link": (link("这里"), "见"),
    "a control": ("由", control("", "局"), "办"),
    "an insertion": ("第", inserted("三"), "次"),
    "a deletion": ("第", deleted("二"), "次"),
    "a long field": ("共", complex_field(" PAGE ", "9"), "页"),
    "a short field": ("共", simple_field(" PAGE ", "9"), "页"),
    "a picture": ("甲", shape(), "乙"),
    "a note": ("甲", note(1), "乙"),
    "a box": ("甲", box(p("框")), "乙"),
}


@pytest.mark.parametrize("case", CROSSING)
def test_a_stretch_that_crosses_a_border_is_refused(case: str) -> None:
    paragraph = only(*CROSSING[case])
    with pytest.raises(CrossingError):
        isolate(paragraph, 0, len(text_of(paragraph)))


def test_both_halves_of_a_cut_run_keep_its_format() -> None:
    paragraph = only(r("开工率", '<w:b/><w:color w:val="FF0000"/>'))
    isolate(paragraph, 1, 2)
    formats = [etree.tostring(found) for found in paragraph.iter(RUN_PROPERTIES)]
    assert len(formats) == 3
    assert len(set(formats)) == 1


def test_blanks_at_the_edges_of_a_cut_are_kept() -> None:
    paragraph = only("a  b")
    isolate(paragraph, 0, 2)
    again = parse(etree.tostring(paragraph))
    assert text_of(again) == "a  b"
    spaces = "{http://www.w3.org/XML/1998/namespace}space"
    assert {t.get(spaces) for t in again.iter(TEXT)} == {"preserve"}


def test_replaced_runs_leave_one_empty_text_in_the_first_ones_format() -> None:
    paragraph = only("前", r("开", "<w:b/>"), r("工", "<w:i/>"), "后")
    text = replace_text(isolate(paragraph, 1, 3))
    text.text = "竣工"
    assert text_of(paragraph) == "前竣工后"
    first = text.getparent()
    assert first is not None
    assert [child.tag for child in first] == [RUN_PROPERTIES, TEXT]
    assert first.find(f"{RUN_PROPERTIES}/{w('b')}") is not None


# Bookmarks ----------------------------------------------------------------------------


def spans(*blocks: str) -> list[tuple[str, str]]:
    """Per bookmark its name and its text, or ``!`` where it crosses a border."""
    found = []
    for bookmark in bookmarks(body(*blocks), lambda name: name.startswith("字段")):
        try:
            paragraph, first, last = bookmark_span(bookmark)
            found.append((bookmark.name, text_of(paragraph)[first:last]))
        except CrossingError:
            found.append((bookmark.name, "!"))
    return found


START, END = start("字段_甲", 7), end(7)
SPANS = {
    "round runs": ((p("今年", field("甲", "X", "X"), "个"),), "XX"),
    "empty": ((p("今年", field("甲"), "个"),), ""),
    "the whole paragraph": ((p(field("甲", "全文")),), "全文"),
    "in a link": ((p("见", link("前", START, "X", END)),), "X"),
    "from a run into a link": ((p("见", START, "X", link("Y", END, "Z")),), "XY"),
    "with a deletion inside": ((p(START, "X", deleted("Y"), "Z", END),), "XZ"),
    "end mark at the next paragraph's head": ((p(START, "X"), p(END, "后")), "X"),
    "end mark in an empty paragraph": ((p("a", START, "X"), p(END)), "X"),
    "end mark between paragraphs": ((p("a", START, "X"), END, p("后")), "X"),
    "end mark behind an empty paragraph": ((p("a", START, "X"), p(), p(END)), "X"),
    "both marks between paragraphs": ((START, p("X"), END, p("后")), "X"),
    "start mark between paragraphs": ((START, p("X", END, "后")), "X"),
    "over two paragraphs": ((p("a", START, "X"), p("Y", END)), "!"),
    "over three paragraphs": ((p(START, "X"), p("Y"), p(END)), "!"),
    "from between over two paragraphs": ((START, p("X"), p("Y", END)), "!"),
    "into a table": ((p(START, "X"), table(row(cell(p("Y", END))))), "!"),
    "round cells": ((table(row(START, cell("X"), END)),), "!"),
    "round a table": ((START, table(row("X")), END, p()), "!"),
}


@pytest.mark.parametrize("case", SPANS)
def test_a_bookmark_covers_text_of_one_paragraph_or_is_refused(case: str) -> None:
    blocks, text = SPANS[case]
    assert spans(*blocks) == [("字段_甲", text)]


def test_a_line_end_in_the_markup_is_no_text() -> None:
    indented = Xml(f"<w:p>\n {START}{r('X')}\n</w:p>\n<w:p>\n {END}</w:p>\n")
    assert spans(indented) == [("字段_甲", "X")]


@pytest.mark.parametrize(
    "content",
    [
        (START, "X"),
        ("X", END),
        (END, "X", START),
        (START, "X", end(8)),
    ],
    ids=["no end", "no start", "reversed", "other id"],
)
def test_unpaired_marks_are_no_bookmarks(content: tuple[str, ...]) -> None:
    assert spans(p(*content)) == []


def test_equal_ids_are_paired_in_order() -> None:
    twice = p(START, "X", END, "和", start("字段_乙", 7), "Y", end(7))
    assert spans(twice) == [("字段_甲", "X"), ("字段_乙", "Y")]


def test_bookmarks_may_overlap() -> None:
    content = p(START, "X", start("字段_乙", 8), "Y", END, "Z", end(8))
    assert spans(content) == [("字段_甲", "XY"), ("字段_乙", "YZ")]


def test_a_new_bookmark_stands_round_its_runs() -> None:
    paragraph = only("今年", r("X", "<w:b/>"), "个")
    add_bookmark(isolate(paragraph, 2, 3), "字段_甲", 12)
    tags = [child.tag for child in paragraph]
    assert tags == [RUN, BOOKMARK_START, RUN, BOOKMARK_END, RUN]
    assert highest_bookmark_id([paragraph]) == 12
    assert text_of(paragraph) == "今年X个"


def test_the_highest_id_ignores_what_is_no_number() -> None:
    root = body(p(mark("a", "X", identifier=3), mark("b", "X", identifier=-1)))
    assert highest_bookmark_id([root]) == 3
    assert highest_bookmark_id([]) == 0


# Values -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "68.3",
        "A&B<C>\"'",
        "一\n二",
        "一\t二",
        "\n\n尾",
        " 两边空 ",
        "]]>",
        "<w:br/>",
        "😀𠮷",
        "{{ 7*7 }}",
        "&amp;",
        "",
    ],
)
def test_a_value_stands_in_the_text_as_it_is(value: str) -> None:
    markup = value_markup(value, "w")
    run_markup = f'<w:r><w:t xml:space="preserve">{markup}</w:t></w:r>'
    assert text_of(only(Xml(run_markup))) == value
