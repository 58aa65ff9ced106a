"""Where fields stand, and what goes when an optional field has no value."""

import pytest

from tests.documents import (
    MAIN,
    PAGE_BREAK,
    SAME_HEADERS,
    Xml,
    box,
    cell,
    control,
    document,
    field,
    guide,
    lines,
    link,
    note,
    p,
    r,
    root_of,
    row,
    run,
    section,
    shape,
    table,
)
from tests.drafting import draft, fields, problems, refusal, template

# Every story --------------------------------------------------------------------------

ONE = field("甲", "X")


def test_fields_are_found_in_every_story_and_listed_in_reading_order() -> None:
    content = document(
        p("前节", properties=section(SAME_HEADERS)),
        p("正文", field("正文字段", "X"), note(1), note(1, "endnote")),
        table(row("格", cell(p("格里", field("表格字段", "X"))))),
        p(box(p("框里", field("框字段", "X")))),
        headers={
            "default": p("上", field("页眉字段", "X")),
            "first": p("首", field("首页字段", "X")),
            "even": p("双", field("双页字段", "X")),
        },
        footers={"default": p("下", field("页脚字段", "X"))},
        footnotes=[p("注", field("脚注字段", "X"))],
        endnotes=[p("尾", field("尾注字段", "X"))],
    )
    assert fields(content) == {
        "正文字段": ["bookmark 正文第2段 正文〖X〗"],
        "表格字段": ["bookmark 正文第4段 格里〖X〗"],
        "框字段": ["bookmark 正文第6段 框里〖X〗"],
        "页眉字段": ["bookmark 页眉第1段 上〖X〗"],
        "首页字段": ["bookmark 页眉第1段 首〖X〗"],
        "双页字段": ["bookmark 页眉第1段 双〖X〗"],
        "页脚字段": ["bookmark 页脚第1段 下〖X〗"],
        "脚注字段": ["bookmark 脚注第1段 注〖X〗"],
        "尾注字段": ["bookmark 尾注第1段 尾〖X〗"],
    }
    made = draft(content)
    shown = {
        "word/header1.xml": ["上《页眉字段》"],
        "word/header2.xml": ["首《首页字段》"],
        "word/header3.xml": ["双《双页字段》"],
        "word/footer1.xml": ["下《页脚字段》"],
        "word/footnotes.xml": ["", "", "注《脚注字段》"],
        "word/endnotes.xml": ["", "", "尾《尾注字段》"],
    }
    assert {part: lines(made, part) for part in shown} == shown
    boxed = ["框里《框字段》"] * 2
    assert lines(made) == [
        "前节",
        "正文《正文字段》",
        "格",
        "格里《表格字段》",
        "",
        *boxed,
    ]


def test_a_place_tells_its_words_and_no_more_than_twelve() -> None:
    before, after = "甲乙丙丁戊己庚辛壬癸子丑寅", "一二三四五六七八九十百千万"
    opened = template(document(p(before, ONE, after)))
    (place,) = opened.fields["甲"].places
    assert (place.before, place.mask, place.after) == (before[1:], "X", after[:12])
    assert (place.part, place.paragraph, place.bookmark) == (MAIN, 1, "字段_甲")
    assert place.position == "正文第1段"


def test_a_field_only_in_the_repetition_of_a_box_is_filled_without_a_place() -> None:
    inner = box(p("框", field("甲", "X")))
    content = document(p(Xml(inner.replace(field("甲", "X"), r("字"), 1)), "文"))
    assert fields(content) == {"甲": []}
    assert lines(draft(content, 甲="3")) == ["文", "框字", "框3"]


def test_problems_of_all_parts_are_told_together_with_a_summary() -> None:
    content = document(p("完成X个"), headers={"default": p("X区")})
    error = refusal(content)
    assert error.exit_code == 4
    assert "2个空白处没有名字" in error.message
    assert "adopt" in error.message
    assert [f.part for f in error.findings] == [MAIN, "word/header1.xml"]
    mixed = document(p("完成X个，", link("{{ 甲"), " }}"))
    assert "2处要先改好" in refusal(mixed).message
    assert [f.code for f in problems(mixed)] == ["crossing-field", "unnamed-blank"]


# Optional fields ----------------------------------------------------------------------

OPTIONAL = guide(
    ("甲", "", "", "", "选填"), ("乙", "", "", "", "选填。"), ("丙", "", "", "", "选填")
)
A, B, C = (field(name, "X") for name in "甲乙丙")
FULL = {"甲": "", "乙": "", "丙": ""}

GOES = {
    "alone": ((p("前"), p(A), p("后")), ["前", "后"]),
    "in brackets": ((p("前"), p("（", A, "）"), p("后")), ["前", "后"]),
    "with a blank between": ((p("前"), p(B, "　", A), p("后")), ["前", "后"]),
    "several in a row": ((p("前"), p(A), p(B), p("后")), ["前", "后"]),
    "in a cell with another": (
        (table(row(cell(p("前"), p(A)))), p("后")),
        ["前", "后"],
    ),
    "before a table": ((p("前"), p(A), table(row("格")), p("后")), ["前", "格", "后"]),
    "behind a table, before text": (
        (table(row("格")), p(A), p("后")),
        ["格", "后"],
    ),
    "in a box with another": ((p("前", box(p("框"), p(A))),), ["前", "框", "框"]),
}


@pytest.mark.parametrize("case", GOES)
def test_a_paragraph_of_optional_fields_without_value_goes(case: str) -> None:
    blocks, shown = GOES[case]
    assert lines(draft(document(*blocks, OPTIONAL), **FULL)) == shown


STAYS = {
    "with other words": ((p("前"), p("电话：", A), p("后")), ["前", "电话：", "后"]),
    "the only one of a cell": (
        (table(row(cell(p(A)), "乙")), p("后")),
        ["", "乙", "后"],
    ),
    "two that fill a cell": (
        (table(row(cell(p(A), p(B)), "乙")), p()),
        ["", "", "乙", ""],
    ),
    "the last of a cell, behind a table": (
        (table(row(cell(p("文"), table(row("内")), p(A)))), p()),
        ["文", "内", "", ""],
    ),
    "between two tables": (
        (p("前"), table(row("上")), p(A), table(row("下")), p("后")),
        ["前", "上", "", "下", "后"],
    ),
    "where a section ends": (
        (p("前"), p(A, properties=section()), p("后")),
        ["前", "", "后"],
    ),
    "with a page break": ((p("前"), p(A, PAGE_BREAK), p("后")), ["前", "\n", "后"]),
    "with a picture": ((p("前"), p(A, shape()), p("后")), ["前", "", "后"]),
    "with a box": (
        (p("前"), p(box(p("框", A))), p("后")),
        ["前", "", "框", "框", "后"],
    ),
    "with a note": ((p("前"), p(A, note(1)), p("后")), ["前", "", "后"]),
    "with a field that is needed": (
        (p("前"), p(A, "，", field("丁", "X")), p("后")),
        ["前", "，《丁》", "后"],
    ),
}


@pytest.mark.parametrize("case", STAYS)
def test_a_paragraph_that_word_or_a_reader_needs_stays(case: str) -> None:
    blocks, shown = STAYS[case]
    content = document(*blocks, OPTIONAL, footnotes=[p("注")])
    assert lines(draft(content, **FULL)) == shown


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"甲": "1", "乙": "2", "丙": "3"}, "1　2 3"),
        ({"甲": "1", "乙": "2", "丙": ""}, "1　2"),
        ({"甲": "1", "乙": "", "丙": "3"}, "1 3"),
        ({"甲": "", "乙": "2", "丙": "3"}, "2 3"),
        ({"甲": "", "乙": "", "丙": "3"}, "3"),
        ({"甲": "1", "乙": "", "丙": ""}, "1"),
    ],
)
@pytest.mark.parametrize("wide", ["　", "\t"])
def test_blanks_stand_only_between_two_fields_with_a_value(
    values: dict[str, str], shown: str, wide: str
) -> None:
    content = document(p("前"), p(A, wide, B, " ", C), p("后"), OPTIONAL)
    made = draft(content, **values)
    assert lines(made) == ["前", shown.replace("　", wide), "后"]


def test_a_blank_that_begins_or_ends_a_paragraph_stays() -> None:
    content = document(p("前"), p("　　", A, " "), OPTIONAL)
    assert lines(draft(content, 甲="1")) == ["前", "　　1 "]


def test_the_fallback_of_a_box_loses_the_same_paragraphs() -> None:
    content = document(p("前", box(p("框"), p(A), p(B, " ", C))), OPTIONAL)
    assert lines(draft(content, 甲="", 乙="2", 丙="")) == ["前", "框", "2", "框", "2"]


def test_an_empty_bookmark_takes_the_format_before_it() -> None:
    content = document(p(r("占", "<w:b/>"), field("甲"), "后"))
    runs = root_of(draft(content, 甲="3")).iterfind(".//{*}r")
    assert [e.findtext("{*}t") for e in runs if e.find("{*}rPr") is not None] == [
        "占",
        "3",
    ]


def test_an_empty_field_in_a_control_cell_is_filled() -> None:
    content = document(table(row(control("甲", cell(p())), "乙")), p())
    assert lines(draft(content, 甲="3")) == ["3", "乙", ""]


def test_runs_that_hold_other_things_than_text_are_left_alone() -> None:
    content = document(p("占", run("<w:softHyphen/>"), "[甲率]", "%"))
    made = draft(content, 甲率="3")
    assert lines(made) == ["占3%"]
    assert len(list(root_of(made).iter("{*}softHyphen"))) == 1
