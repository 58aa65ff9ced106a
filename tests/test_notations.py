"""Every notation of a field, whatever runs Word has cut it into."""

from collections.abc import Callable, Sequence

import pytest

from tests.documents import (
    MAIN,
    PROOFING,
    Xml,
    bookmark_texts,
    box,
    cell,
    complex_field,
    control,
    deleted,
    document,
    end,
    field,
    inserted,
    lines,
    link,
    mark,
    p,
    r,
    root_of,
    row,
    run,
    simple_field,
    start,
    table,
)
from tests.drafting import draft, fields, problems

NAMED = "开工率"

# Each notation, given the runs' text in pieces; what it shows in the template.
Notation = Callable[[Sequence[str]], tuple[str, ...]]
NOTATIONS: dict[str, tuple[Notation, str, str]] = {
    "bookmark": (lambda cut: (field(NAMED, *cut),), "X.8", "bookmark"),
    "tag": (tuple, "{{ 开工率 }}", "tag"),
    "square brackets": (tuple, "[开工率]", "bracket"),
    "black brackets": (tuple, "【开工率】", "bracket"),
    "control": (lambda cut: (control(NAMED, *cut),), "单击输入", "control"),
    "short merge field": (
        lambda cut: (simple_field(" MERGEFIELD 开工率 ", *cut),),
        "«开工率»",
        "mergefield",
    ),
    "long merge field": (
        lambda cut: (complex_field([" MERGE", "FIELD 开", "工率 "], *cut),),
        "«开工率»",
        "mergefield",
    ),
}


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("step", [1, 2, 100])
def test_split_runs_do_not_hide_a_field(notation: str, step: int) -> None:
    write, mask, name = NOTATIONS[notation]
    cut = [mask[i : i + step] for i in range(0, len(mask), step)]
    content = document(p("全区", *write(cut), "，居前列"), p("末段"))
    around = f"{name} 正文第1段 全区〖{mask}〗，居前列"
    assert fields(content) == {NAMED: [around]}
    made = draft(content, 开工率="68.3%")
    assert lines(made) == ["全区68.3%，居前列", "末段"]
    assert bookmark_texts(made) == [("字段_开工率", "68.3%")]


@pytest.mark.parametrize("notation", ["tag", "square brackets", "black brackets"])
def test_marks_among_the_runs_do_not_hide_a_field(notation: str) -> None:
    _, mask, _ = NOTATIONS[notation]
    pieces = [mask[:1], PROOFING, mask[1:2], mark("_GoBack"), run(""), mask[2:]]
    made = draft(document(p("全区", *pieces, "，")), 开工率="68.3%")
    assert lines(made) == ["全区68.3%，"]


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_value_takes_the_format_of_the_masks_first_run(notation: str) -> None:
    write, mask, _ = NOTATIONS[notation]
    faces = '<w:rFonts w:ascii="Arial" w:eastAsia="黑体"/><w:b/>'
    cut = [r(mask[:1], faces), r(mask[1:], "<w:i/>")]
    made = draft(document(p("全区", *write(cut), r("后", "<w:u/>"))))
    runs = root_of(made).iterfind(".//{*}r")
    (properties,) = (e[0] for e in runs if e.findtext("{*}t") == "《开工率》")
    assert [child.tag.rpartition("}")[2] for child in properties] == ["rFonts", "b"]
    assert "黑体" in properties[0].attrib.values()


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_field_in_a_text_box_is_written_twice_and_listed_once(notation: str) -> None:
    write, mask, name = NOTATIONS[notation]
    content = document(p("前", box(p("框里", *write([mask])))), p("末", *write([mask])))
    shown = [place.split()[:2] for place in fields(content)[NAMED]]
    assert shown == [[name, "正文第2段"], [name, "正文第3段"]]
    made = draft(content, 开工率="68")
    assert lines(made) == ["前", "框里68", "框里68", "末68"]
    names = [bookmark for bookmark, _ in bookmark_texts(made)]
    assert names[0] == names[1] != names[2]
    assert len(set(names)) == 2


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_field_wholly_inside_a_link_or_insertion_is_filled(notation: str) -> None:
    write, mask, _ = NOTATIONS[notation]
    content = document(
        p("见", link("前", *write([mask]), "后"), inserted(*write([mask])))
    )
    assert lines(draft(content, 开工率="68")) == ["见前68后68"]


@pytest.mark.parametrize("mask", ["{{ 开工率 }}", "[开工率]", "【开工率】"])
@pytest.mark.parametrize("wrap", [link, inserted], ids=["link", "insertion"])
def test_a_field_half_inside_a_link_or_insertion_is_refused(
    mask: str, wrap: Callable[..., Xml]
) -> None:
    found = problems(document(p("一"), p("全区", mask[:3], wrap(mask[3:], "后"))))
    assert [(f.code, f.paragraph) for f in found] == [("crossing-field", 2)]
    assert f"〖{mask}〗" in (found[0].excerpt or "")


# Bookmarks ----------------------------------------------------------------------------


def test_further_places_of_a_field_are_the_same_field() -> None:
    content = document(p(mark("字段_甲", "X"), "和", mark("字段_甲__2", "X")))
    assert list(fields(content)) == ["甲"]
    made = draft(content, 甲="3")
    assert bookmark_texts(made) == [("字段_甲", "3"), ("字段_甲__2", "3")]


def test_a_copy_that_libreoffice_named_is_a_place_of_the_same_field() -> None:
    copied = mark("字段_甲__2_Copy_1", "X")
    assert list(fields(document(p(mark("字段_甲", "X"), copied)))) == ["甲"]


def test_bookmarks_of_one_name_or_id_are_parted() -> None:
    twice = mark("字段_甲", "X", identifier=5)
    content = document(p(twice), p(twice), headers={"default": p(twice)})
    made = draft(content, 甲="3")
    names = [name for name, _ in bookmark_texts(made)]
    names += [name for name, _ in bookmark_texts(made, "word/header1.xml")]
    assert sorted(names) == ["字段_甲", "字段_甲__2", "字段_甲__3"]
    ids = [e.get(e.keys()[0]) for e in root_of(made).iter("{*}bookmarkStart")]
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    ("blocks", "shown"),
    [
        ((p("a", start("字段_甲", 7), "X"), p(end(7), "后")), ["a3", "后"]),
        ((start("字段_甲", 7), p("X"), end(7), p("后")), ["3", "后"]),
        ((p("占", field("甲"), "%"),), ["占3%"]),
        ((p(field("甲")),), ["3"]),
        ((p("占", start("字段_甲", 7), deleted("Y"), "X", end(7)),), ["占3"]),
    ],
    ids=["end in the next", "round a paragraph", "empty", "alone", "deletion"],
)
def test_a_bookmark_that_word_leaves_askew_is_read(
    blocks: tuple[str, ...], shown: list[str]
) -> None:
    content = document(*blocks)
    made = draft(content, 甲="3")
    assert lines(made) == shown
    assert bookmark_texts(made) == [("字段_甲", "3")]


@pytest.mark.parametrize(
    "blocks",
    [
        (p("一"), p("a", start("字段_甲", 7), "X"), p("Y", end(7))),
        (p("一"), p("a", start("字段_甲", 7), "X", link("Y", end(7), "Z"))),
        (p("一"), p("a", field("甲", "X", box(p("框")), "Y"))),
    ],
    ids=["over paragraphs", "into a link", "round a box"],
)
def test_a_bookmark_over_a_border_is_refused_with_its_place(
    blocks: tuple[str, ...],
) -> None:
    (found,) = problems(document(*blocks))
    assert (found.code, found.part, found.paragraph) == ("crossing-field", MAIN, 2)
    assert "字段_甲" in found.message


def test_a_bookmark_round_cells_is_refused() -> None:
    wrapped = row(start("字段_甲", 7), cell("X"), end(7), cell("b"))
    found = problems(document(table(wrapped), p()))
    assert found[0].code == "crossing-field"


def test_an_empty_bookmark_between_paragraphs_is_refused() -> None:
    (found,) = problems(document(start("字段_甲", 7), p(end(7)), p("后")))
    assert found.code == "crossing-field"


def test_overlapping_fields_are_refused() -> None:
    content = p(
        "一", start("字段_甲", 7), "X", start("字段_乙", 8), "Y", end(7), end(8)
    )
    (found,) = problems(document(content))
    assert found.code == "overlapping-fields"
    assert "“甲”" in found.message
    assert "“乙”" in found.message


@pytest.mark.parametrize("name", ["开工率(%)", "1季度", "字" * 33, "开·工"])
def test_a_bookmark_whose_field_name_is_none_is_refused(name: str) -> None:
    (found,) = problems(document(p(mark(f"字段_{name}", "X"))))
    assert found.code == "bad-field-name"
    assert "32个字以内" in (found.hint or "")


def test_other_peoples_bookmarks_stay() -> None:
    made = draft(document(p(mark("_Toc1", "一"), mark("附件", field("甲", "X")))))
    marks = [e.get(e.keys()[1]) for e in root_of(made).iter("{*}bookmarkStart")]
    assert marks == ["_Toc1", "附件", "字段_甲"]


# Brackets -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["见[1]。", "[注]", "〔2023〕5号", "(职务)", "5[3]", "按[2023]号文"]
)
def test_brackets_that_name_nothing_stay(text: str) -> None:
    content = document(p(text))
    assert fields(content) == {}
    assert lines(draft(content)) == [text]


def test_a_name_in_brackets_is_read_without_width_and_blanks() -> None:
    assert list(fields(document(p("在[ 项目 名称 ]推进中，[具体项目１]")))) == [
        "项目名称",
        "具体项目1",
    ]


# Content controls ---------------------------------------------------------------------

HOMES: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "inline": ((p("由", control("单位", "X"), "办"),), ["由局办"]),
    "block": ((control("单位", p("X")), p("后")), ["局", "后"]),
    "cell": (
        (table(row(control("单位", cell("X")), "乙")), p()),
        ["局", "乙", ""],
    ),
    "row": (
        (table(row("甲", "乙"), control("单位", row("X"))), p()),
        ["甲", "乙", "局", ""],
    ),
    "named by its title": ((p(control("", "X", alias="单 位")),), ["局"]),
    "tag no name, title one": ((p(control("a-b", "X", alias="单位")),), ["局"]),
    "inside a container": (
        (control("", p("由"), p(control("单位", "X"))),),
        ["由", "局"],
    ),
    "empty": ((p("由", control("单位"), "办"),), ["由局办"]),
    "empty block": ((control("单位", p()), p("后")), ["局", "后"]),
}


@pytest.mark.parametrize("case", HOMES)
def test_a_control_is_a_field_wherever_it_stands(case: str) -> None:
    blocks, shown = HOMES[case]
    content = document(*blocks)
    assert list(fields(content)) == ["单位"]
    made = draft(content, 单位="局")
    assert lines(made) == shown
    assert list(root_of(made).iter("{*}tag")) == []
    assert [text for _, text in bookmark_texts(made)] == ["局"]


def test_the_look_of_a_placeholder_goes_with_it() -> None:
    style = '<w:rStyle w:val="PlaceholderText"/><w:b/>'
    content = document(p(control("单位", r("单击输入", style), placeholder=True)))
    (found,) = [e for e in root_of(draft(content)).iter("{*}rPr") if len(e)]
    assert [child.tag.rpartition("}")[2] for child in found] == ["b"]


def test_a_container_of_several_paragraphs_stays() -> None:
    content = document(control("部分", p("一"), p("由", control("单位", "X"))))
    assert list(fields(content)) == ["单位"]
    assert len(list(root_of(draft(content)).iter("{*}sdt"))) == 1


def test_a_control_without_a_usable_name_stays_if_it_holds_text() -> None:
    named = control("a-b", "办"), control("goog_rdk_12", "公")
    content = document(p("由", control("", "发改局"), *named))
    assert fields(content) == {}
    assert lines(draft(content)) == ["由发改局办公"]


def test_a_control_that_still_asks_and_has_no_name_is_refused() -> None:
    asking = control("", "单击此处输入文字", placeholder=True)
    (found,) = problems(document(p("一"), p("由", asking, "办")))
    assert (found.code, found.paragraph) == ("unnamed-blank", 2)
    assert found.excerpt == "由〖单击此处输入文字〗办"


def test_a_control_with_a_link_inside_is_refused() -> None:
    (found,) = problems(document(p("由", control("单位", "X", link("Y")), "办")))
    assert (found.code, found.excerpt) == ("crossing-field", "由〖XY〗办")


def test_what_word_fills_in_itself_is_no_field() -> None:
    gallery = Xml(
        "<w:sdt><w:sdtPr><w:tag w:val='目录'/><w:docPartObj><w:docPartGallery"
        f' w:val="x"/></w:docPartObj></w:sdtPr><w:sdtContent>{p("目 录")}'
        "</w:sdtContent></w:sdt>"
    )
    assert fields(document(gallery)) == {}


# Merge fields -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (" MERGEFIELD 开工率 ", "开工率"),
        ("MERGEFIELD  开工率", "开工率"),
        (' MERGEFIELD "重点 项目" \\* MERGEFORMAT ', "重点项目"),
        (" mergefield 开工率 \\* MERGEFORMAT", "开工率"),
        (' MERGEFIELD "ＧＤＰ" ', "GDP"),
    ],
)
def test_a_merge_fields_name_is_read(code: str, name: str) -> None:
    content = document(p(simple_field(code, "X")), p(complex_field(code, "X")))
    assert list(fields(content)) == [name]
    assert lines(draft(content, **{name: "3"})) == ["3", "3"]


def test_a_merge_field_without_a_result_is_filled_in_its_own_format() -> None:
    bare = Xml(
        run('<w:fldChar w:fldCharType="begin"/>', "<w:b/>")
        + run("<w:instrText> MERGEFIELD 甲 </w:instrText>")
        + run('<w:fldChar w:fldCharType="end"/>')
    )
    content = document(p("占", bare, "%"), p(simple_field(" MERGEFIELD 乙 ")))
    made = draft(content, 甲="3")
    assert lines(made) == ["占3%", "《乙》"]
    bold = [e for e in root_of(made).iter("{*}r") if e.find("{*}rPr/{*}b") is not None]
    assert [e.findtext("{*}t") for e in bold] == ["3"]


def test_field_characters_in_one_run_are_parted() -> None:
    inner = (
        '<w:fldChar w:fldCharType="begin"/><w:instrText> MERGEFIELD 甲 </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>X</w:t>'
        '<w:fldChar w:fldCharType="end"/>'
    )
    assert lines(draft(document(p("占", run(inner), "%")), 甲="3")) == ["占3%"]


def test_other_fields_stay() -> None:
    content = document(
        p("第", complex_field(" PAGE ", "9"), "页", simple_field(" DATE "))
    )
    assert fields(content) == {}
    codes = [e.text for e in root_of(draft(content)).iter("{*}instrText")]
    assert codes == [" PAGE "]


@pytest.mark.parametrize("code", [" MERGEFIELD 开工-率 ", ' MERGEFIELD "1季度" '])
def test_a_merge_field_whose_name_is_none_is_refused(code: str) -> None:
    content = document(
        p("占", simple_field(code, "X")), p("占", complex_field(code, "X"))
    )
    assert [(f.code, f.paragraph) for f in problems(content)] == [
        ("bad-field-name", 1),
        ("bad-field-name", 2),
    ]


def test_a_merge_field_in_another_fields_code_is_refused() -> None:
    nested = Xml(
        run('<w:fldChar w:fldCharType="begin"/>')
        + run("<w:instrText> IF </w:instrText>")
        + complex_field(" MERGEFIELD 性别 ", "«性别»")
        + run('<w:instrText> = "男" "先生" "女士" </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + r("先生")
        + run('<w:fldChar w:fldCharType="end"/>')
    )
    (found,) = problems(document(p("尊敬的", nested)))
    assert found.code == "nested-field"
    assert "性别" in found.message


def test_a_merge_field_in_another_fields_result_is_filled() -> None:
    content = document(
        p(complex_field(" REF x ", complex_field(" MERGEFIELD 甲 ", "X")))
    )
    assert lines(draft(content, 甲="3")) == ["3"]


def test_a_merge_field_over_two_paragraphs_is_refused() -> None:
    parts = complex_field(" MERGEFIELD 甲 ", "X").split("<w:r>")
    first, last = "<w:r>".join(parts[:-1]), "<w:r>" + parts[-1]
    (found,) = problems(document(p("占", Xml(first)), p(Xml(last))))
    assert (found.code, found.paragraph) == ("crossing-field", 1)


# Blanks without a name ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("今年完成X个项目", "今年完成〖X〗个项目"),
        ("开工率X.8%", "开工率〖X.8〗%"),
        ("{｛甲｝}", "〖{｛甲｝}〗"),
    ],
)
def test_a_blank_without_a_name_is_refused_with_place_and_hint(
    text: str, excerpt: str
) -> None:
    content = document(p("一"), table(row("甲", "乙")), p(text))
    (found,) = problems(content)
    assert (found.code, found.paragraph) == ("unnamed-blank", 4)
    assert found.excerpt == excerpt
    assert "adopt" in (found.hint or "")


def test_all_problems_are_told_in_one_run() -> None:
    content = document(
        p("完成X个，占{{ 甲 乙 }}"),
        p("{{ 开", link("工率 }}")),
        p("新建X个"),
        headers={"default": p("X区")},
    )
    codes = [(f.code, f.part) for f in problems(content)]
    assert ("unnamed-blank", "word/header1.xml") in codes
    assert len(codes) >= 2
