"""The guide 字段说明: what it says of the fields, and that no draft holds it."""

import pytest

from assembler.guide import Guide, GuideRelation, GuideRow, read_guide, remove_guide
from assembler.template import Template
from assembler.wordml import Element
from tests.documents import (
    MAIN,
    PAGE_BREAK,
    SAME_HEADERS,
    bookmark_texts,
    cell,
    document,
    end,
    field,
    guide,
    lines,
    mark,
    p,
    r,
    root_of,
    row,
    run,
    section,
    shape,
    start,
    table,
)
from tests.drafting import draft, template

X = field("开工率", "X")
GUIDE = guide(
    ("开工率", "百分比", "%", "已开工数 / 子项目数", "占比，保留一位"),
    ("标 题", "文字", "", "", "选填。默认：在会上的讲话"),
    ("投资", "金额", "亿元", "", "只用于校核，不印出来"),
    ("校核", "", "", "甲 + 乙 = 丙", "三项相加"),
    ("校核（提醒）", "", "", "甲 <= 丙", ""),
    ("校核(提醒)", "", "", "乙 <= 丙", ""),
    ("校核", "", "", "", "没有写算式"),
    ("", "", "", "", "空行"),
)


def read(*blocks: str) -> Guide | None:
    return read_guide(root_of(document(*blocks)))


# Reading ------------------------------------------------------------------------------


def test_rows_and_relations_are_read() -> None:
    found = read("文", GUIDE)
    assert found is not None
    assert found.rows == {
        "开工率": GuideRow(
            "开工率", "百分比", "%", "已开工数 / 子项目数", "占比，保留一位"
        ),
        "标题": GuideRow("标题", "文字", "", "", "选填。默认：在会上的讲话"),
        "投资": GuideRow("投资", "金额", "亿元", "", "只用于校核，不印出来"),
    }
    assert found.relations == (
        GuideRelation("甲 + 乙 = 丙", "三项相加", soft=False),
        GuideRelation("甲 <= 丙", "", soft=True),
        GuideRelation("乙 <= 丙", "", soft=True),
    )


@pytest.mark.parametrize(
    ("note", "optional", "default", "printed"),
    [
        ("", False, None, True),
        ("选填", True, None, True),
        ("选填。讲话人的姓名", True, None, True),
        ("选填。默认：全区", True, "全区", True),
        ("默认: 全区 ", False, "全区", True),
        ("可以选填", False, None, True),
        ("只用于校核", False, None, False),
        ("选填。默认：", True, "", True),
    ],
)
def test_a_note_tells_whether_a_row_may_leave_a_field_out(
    note: str,
    optional: bool,  # noqa: FBT001 - a column of the table
    default: str | None,
    printed: bool,  # noqa: FBT001 - as above
) -> None:
    found = GuideRow("甲", note=note)
    assert (found.optional, found.default, found.printed) == (
        optional,
        default,
        printed,
    )


def test_a_field_whose_name_begins_like_a_relation_is_a_field() -> None:
    found = read(guide(("校核人", "人名", "", "", ""), ("校核", "", "", "甲=乙", "")))
    assert found is not None
    assert list(found.rows) == ["校核人"]
    assert len(found.relations) == 1


def test_a_cell_of_several_paragraphs_is_read_whole() -> None:
    head = row("字段", "类型", "单位", "算式", "说明")
    split = row(cell(p("开工"), p("率")), "百分比", "", "", cell(p("一"), p("二")))
    found = read(p("字段说明"), table(head, split, columns=5))
    assert found is not None
    assert found.rows["开工率"].note == "一\n二"


def test_columns_may_stand_in_another_order_and_others_beside_them() -> None:
    head = row("字段", "类型", "说明", "例", "单位")
    line = row("开工率", "百分比", "占比", "68.3", "%")
    found = read(p("字段说明"), table(head, line, columns=5))
    assert found is not None
    assert found.rows["开工率"] == GuideRow("开工率", "百分比", "%", "", "占比")


@pytest.mark.parametrize(
    "blocks",
    [
        (p("文"),),
        (p("字段说明"),),
        (p("字段说明"), table(row("序号", "名称"))),
        (p("字段说明如下"), GUIDE[len(p("字段说明")) :]),
        (table(row("字段", "类型")), p("文")),
    ],
    ids=["none", "no table", "another table", "another heading", "no heading"],
)
def test_what_is_no_guide_is_text(blocks: tuple[str, ...]) -> None:
    root = root_of(document(*map(type(GUIDE), blocks)))
    assert read_guide(root) is None
    before = len(list(root.iter()))
    remove_guide(root)
    assert len(list(root.iter())) == before


def test_the_last_of_two_guides_counts() -> None:
    first = guide(("旧字段", "", "", "", ""))
    found = read("文", first, "文", GUIDE)
    assert found is not None
    assert "开工率" in found.rows


def test_a_heading_may_have_blanks_and_a_break_before() -> None:
    table_only = type(GUIDE)(GUIDE[len(p("字段说明")) :])
    assert read(p(PAGE_BREAK, "字 段 说　明"), table_only) is not None


# Removing -----------------------------------------------------------------------------

SPEECH = (p("一"), p("占", X, "%。"))
NO_GUIDE = {
    "right behind the speech": (SPEECH, ["一", "占3%。"]),
    "behind empty paragraphs": ((*SPEECH, p(), p(" ")), ["一", "占3%。"]),
    "behind a page break": ((*SPEECH, p(PAGE_BREAK)), ["一", "占3%。"]),
    "behind a break at the speech's end": (
        (p("一"), p("占", X, "%。", PAGE_BREAK)),
        ["一", "占3%。"],
    ),
    "behind a section of its own": (
        (p("一"), p("占", X, "%。", properties=section())),
        ["一", "占3%。"],
    ),
    "behind an empty paragraph that ends a section": (
        (*SPEECH, p(properties=section())),
        ["一", "占3%。"],
    ),
    "behind a line break in the speech": (
        (p("一"), p("占", X, "%。\n")),
        ["一", "占3%。\n"],
    ),
    "behind a picture": ((*SPEECH, p(shape())), ["一", "占3%。", ""]),
    "behind a table": (
        (*SPEECH, table(row("格")), p()),
        ["一", "占3%。", "格", ""],
    ),
}


@pytest.mark.parametrize("case", NO_GUIDE)
def test_no_draft_holds_the_guide(case: str) -> None:
    blocks, shown = NO_GUIDE[case]
    made = draft(document(*blocks, GUIDE, p(), p()), 开工率="3")
    assert lines(made) == shown
    tags = [child.tag.rpartition("}")[2] for child in root_of(made)[0]]
    assert tags[-1] == "sectPr"
    assert tags.count("sectPr") == 1
    assert tags[-2] == "p"
    assert not any("sectPr" in e.tag for e in root_of(made).iter("{*}pPr"))


def test_a_table_right_before_the_guide_keeps_a_paragraph_behind_it() -> None:
    made = draft(document(p("占", X), table(row("格")), GUIDE), 开工率="3")
    tags = [child.tag.rpartition("}")[2] for child in root_of(made)[0]]
    assert tags == ["p", "tbl", "p", "sectPr"]


def test_the_section_of_the_speech_stays_the_documents() -> None:
    narrow = section(SAME_HEADERS).replace('w:w="11906"', 'w:w="9999"')
    content = document(
        *SPEECH[:1],
        p("末", X, properties=narrow),
        GUIDE,
        headers={"default": p("页眉")},
    )
    (found,) = root_of(draft(content)).iter("{*}sectPr")
    size = found.find("{*}pgSz")
    assert size is not None
    assert "9999" in size.attrib.values()
    assert found.find("{*}headerReference") is not None


def test_text_behind_the_guide_stays() -> None:
    made = draft(document(*SPEECH, GUIDE, p("附件：名单")), 开工率="3")
    assert lines(made) == ["一", "占3%。", "附件：名单"]


def test_a_bookmark_that_ends_where_the_guide_begins_keeps_its_end() -> None:
    content = document(p("占", start("字段_开工率", 5), "X"), p(end(5)), GUIDE)
    made = draft(content, 开工率="3")
    assert lines(made) == ["占3"]
    assert bookmark_texts(made) == [("字段_开工率", "3")]


def test_a_bookmark_over_the_whole_document_is_kept_whole() -> None:
    content = document(start("全文", 5), p("占", X), GUIDE, end(5))
    tags = [e.tag.rpartition("}")[2] for e in root_of(draft(content)).iter()]
    assert tags.count("bookmarkStart") == tags.count("bookmarkEnd") == 2


def test_fields_in_the_guide_itself_are_no_fields() -> None:
    written = guide(("开工率", "百分比", "%", "", "如X.8，见[样例字段]和{{ 丙 }}"))
    assert list(template(document(p(X), written)).fields) == ["开工率"]


# What a template makes of it ----------------------------------------------------------


def opened() -> Template:
    return template(document(p(field("标题", "X")), p("占", X, "%"), GUIDE))


def test_kinds_units_formulas_and_notes_come_from_the_guide() -> None:
    found = opened().fields["开工率"]
    assert (found.kind, found.unit) == ("百分比", "%")
    assert found.formula == "已开工数 / 子项目数"
    assert found.note == "占比，保留一位"
    assert not found.optional


def test_an_optional_field_without_value_prints_its_default() -> None:
    title = opened().fields["标题"]
    assert (title.optional, title.default) == (True, "在会上的讲话")
    assert lines(opened().render({"开工率": "3"})) == ["在会上的讲话", "占3%"]
    assert lines(opened().render({"开工率": "3", "标题": "讲话"}))[0] == "讲话"


def test_a_field_that_is_only_checked_is_kept_apart() -> None:
    assert list(opened().checked) == ["投资"]
    assert "投资" not in opened().fields
    assert len(opened().relations) == 3


def paragraphs_of(root: Element) -> list[str]:
    return ["".join(map(str, e.itertext())) for e in root.iter("{*}p")]


def test_a_part_that_is_no_document_has_no_guide() -> None:
    header = root_of(
        document("文", headers={"default": p("字段说明")}), "word/header1.xml"
    )
    assert read_guide(header) is None
    remove_guide(header)
    assert paragraphs_of(header) == ["字段说明"]


def test_a_break_with_text_behind_it_is_the_speechs_own() -> None:
    content = document(p("占", X, PAGE_BREAK, r("%")), p(run(""), mark("_a")), GUIDE)
    assert lines(draft(content, 开工率="3"), MAIN) == ["占3\n%"]
