"""Where the fields of a draft stand now, whatever was done to its bookmarks.

What is found is written field=text, with what there is to say of it: "touched" by a
person, "in doubt" how far it reaches, "by words" or "by copy" instead of by its mark.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from assembler.base import Base, base_xml, parse_base
from assembler.fields import Field
from assembler.figures import Kind
from assembler.package import parse_package
from assembler.places import UNKNOWN, Known, Located, Place, Trace
from assembler.search import find_places
from assembler.stream import MarkedParagraph, marked_paragraphs
from assembler.wordml import parse, story_parts
from tests.documents import (
    Xml,
    box,
    cell,
    document,
    end,
    field,
    inserted,
    mark,
    note,
    p,
    r,
    row,
    run,
    start,
    table,
)

KINDS = {"领导": Kind.PERSON, "单位": Kind.BODY, "说明": Kind.TEXT}
PROJECTS, BEGUN = field("项目数", "240"), field("开工数", "164")
LEADER, MONEY = field("领导", "陆知远"), field("投资", "12.6")
LAST = "会后请各单位抓紧落实。"


def works(projects: str = PROJECTS, begun: str = BEGUN) -> Xml:
    return p(
        "今年全区安排重点项目", projects, "个，目前已开工", begun, "个，好于上年。"
    )


def plan(leader: str = LEADER, money: str = MONEY) -> Xml:
    return p(
        *("这项工作由", leader, "同志牵头，年底前完成投资", money),
        "亿元，力争再快一些。",
    )


MERGED = document(works(), plan(), LAST)
PRINTED = {"项目数": "240", "开工数": "164", "领导": "陆知远", "投资": "12.6"}
UNTOUCHED = ["项目数=240", "开工数=164", "领导=陆知远", "投资=12.6"]


def paragraphs_of(content: bytes) -> list[MarkedParagraph]:
    package = parse_package(content, "稿子.docx")
    return [
        paragraph
        for story in story_parts(package)
        for paragraph in marked_paragraphs(story, parse(package.data(story.part)))
    ]


def made_of(
    merged: bytes = MERGED,
    printed: Mapping[str, str] | None = PRINTED,
    places: Mapping[str, str] | None = None,
    *,
    guessed: bool = False,
) -> Known:
    """What is known of a draft that merge made so."""
    paragraphs = paragraphs_of(merged)
    names = dict.fromkeys(mark.field for one in paragraphs for mark in one.marks)
    fields = {name: _field(name) for name in names}
    base = base_xml(Base("模板.docx", fields, {}, (), ()), paragraphs, guessed=guessed)
    read = parse_base(base, printed or {})
    return Known(read, printed, places or {}, guessed=guessed)


def _field(name: str) -> Field:
    kind = KINDS.get(name, Kind.AMOUNT)
    return Field(name, kind, "", None, "", optional=True, default=None, places=())


def located(known: Known, *blocks: str, **parts: Mapping[str, str]) -> Located:
    return find_places(paragraphs_of(document(*blocks, **parts)), known)  # type: ignore[arg-type] # headers and footers only


def found(*blocks: str, known: Known | None = None) -> list[str]:
    """What is found in a draft, and what is lost."""
    return said(located(known or made_of(), *blocks))


def said(there: Located) -> list[str]:
    lost = [f"{_own(one.name)} {one.loss}" for one in there.lost]
    return [*map(_said, there.places), *lost]


def _said(place: Place) -> str:
    notes = [
        " touched" if place.touched else "",
        "" if place.certain else " in doubt",
        "" if place.trace is Trace.MARK else f" by {place.trace}",
    ]
    return f"{_own(place.name)}={place.now}{''.join(notes)}"


def _own(name: str) -> str:
    return name.removeprefix("字段_")


def changed(old: str, new: Iterable[str]) -> list[str]:
    """What is found where all but one place are as merge left them."""
    at = next(i for i, one in enumerate(UNTOUCHED) if one.startswith(f"{old}="))
    return [*UNTOUCHED[:at], *new, *UNTOUCHED[at + 1 :]]


# Marks --------------------------------------------------------------------------------

HALF_IN = (start("字段_项目数", 7), "240", start("字段_开工数", 8))
EDITED_MARKS = {
    "as merge left it": (works(), changed("项目数", ["项目数=240"])),
    "another figure": (
        works(field("项目数", "250")),
        changed("项目数", ["项目数=250 touched"]),
    ),
    "typed over in LibreOffice": (
        works(Xml(field("项目数", "2") + r("50"))),
        changed("项目数", ["项目数=250 touched"]),
    ),
    "a figure that begins like the old one": (
        works(Xml(field("项目数", "240") + r("5"))),
        changed("项目数", ["项目数=2405 touched"]),
    ),
    "a word before it": (
        works(Xml(r("近") + field("项目数", "240"))),
        changed("项目数", ["项目数=近240 touched"]),
    ),
    "in front of another unit": (
        p("今年全区安排重点项目", PROJECTS, "户，目前已开工", BEGUN, "个，好于上年。"),
        changed("项目数", ["项目数=240 touched in doubt"]),
    ),
    "grown over its unit": (
        p("今年全区安排重点项目", field("项目数", "240个"), "，", BEGUN, "个开工"),
        ["项目数=240 by words", "开工数=164", "领导=陆知远", "投资=12.6"],
    ),
    "grown over a neighbour": (
        p(
            "今年全区安排重点项目",
            *(start("字段_项目数", 7), r("240个，目前已开工"), BEGUN, end(7)),
            "个，好于上年。",
        ),
        changed("项目数", ["项目数=240 by words"]),
    ),
    "grown half into a neighbour": (
        p(
            "今年全区安排重点项目",
            *(start("字段_项目数", 7), r("240个，目前已开工")),
            *(start("字段_开工数", 8), r("1"), end(7), r("64"), end(8)),
            "个，好于上年。",
        ),
        ["项目数=240 by words", "开工数=164 by words", "领导=陆知远", "投资=12.6"],
    ),
    "shrunk to nothing before its figure": (
        works(Xml(field("项目数") + r("240"))),
        changed("项目数", ["项目数=240 by words"]),
    ),
    "emptied": (works(field("项目数")), changed("项目数", ["项目数= touched"])),
    "lost": (works("240"), changed("项目数", ["项目数=240 by words"])),
    "lost with its figure": (
        works("250"),
        changed("项目数", ["项目数=250 touched by words"]),
    ),
}


@pytest.mark.parametrize("what", EDITED_MARKS)
def test_a_place_is_found_though_its_mark_is_not_what_it_was(what: str) -> None:
    paragraph, wanted = EDITED_MARKS[what]
    assert found(paragraph, plan(), LAST) == wanted


def test_a_mark_on_words_where_nothing_else_tells_is_in_doubt() -> None:
    paragraph = p("项目总数，", field("项目数", "很多很多"), "，不好说")
    assert found(paragraph, plan()) == [
        "项目数=很多很多 touched in doubt",
        "领导=陆知远",
        "投资=12.6",
        "开工数 gone",
    ]


def test_a_mark_moved_to_other_words_comes_back_to_its_figure() -> None:
    there = located(made_of(), works("240"), plan(), p(field("项目数", "会后"), "请"))
    assert said(there) == changed("项目数", ["项目数=240 by words"])
    bookmark = there.places[0].bookmark
    assert bookmark is not None
    assert bookmark.name == "字段_项目数"


def test_two_marks_on_one_stretch_do_not_both_hold_it() -> None:
    both = Xml(start("字段_开工数", 7) + PROJECTS + end(7))
    assert found(works(both, "164"), plan()) == [
        "项目数=240 by words",
        "开工数=164 by words",
        "领导=陆知远",
        "投资=12.6",
    ]


def test_a_figure_behind_digits_of_the_template_is_whole() -> None:
    merged = p("20", field("年份", "26"), "年的工作就说这些。")
    assert found(merged, known=made_of(document(merged), {"年份": "26"})) == ["年份=26"]
    assert found(
        "2026年的工作就说这些。", known=made_of(document(merged), {"年份": "26"})
    ) == ["年份=26 by words"]


def test_a_name_does_not_reach_over_another_place() -> None:
    leader = Xml(field("领导", "贺") + r("等") + PROJECTS + r("个"))
    assert found(plan(leader)) == [
        *("领导=贺 touched in doubt", "项目数=240", "投资=12.6", "开工数 gone"),
    ]


def test_an_empty_mark_inside_another_says_nothing_against_it() -> None:
    inside = (r("2"), start("字段_开工数", 8), end(8), r("40"))
    projects = Xml(start("字段_项目数", 7) + "".join(inside) + end(7))
    assert found(works(projects, "164"), plan()) == changed(
        "开工数", ["开工数=164 by words"]
    )


def test_a_stray_mark_round_another_figure_puts_both_in_doubt() -> None:
    stray = Xml(start("字段_项目数", 7) + r("总数很多，目前已开工164") + end(7))
    assert found(p("大家看，", stray, "个，好于上年。"), plan()) == [
        "项目数=总数很多，目前已开工164 touched in doubt",
        "开工数=164 touched in doubt by words",
        *UNTOUCHED[2:],
    ]


CLOSE = document(p("重点项目", PROJECTS, "个，开工", BEGUN, "个，好于上年。"))
TWO = {"项目数": "240", "开工数": "164"}


def test_two_neighbours_without_mark_and_figure_do_not_tell_each_other() -> None:
    draft = p("重点项目250个，开工170个，好于上年。")
    assert found(draft, known=made_of(CLOSE, TWO)) == ["项目数 gone", "开工数 gone"]


def test_a_neighbour_that_nobody_remembers_may_show_anything() -> None:
    draft = p("重点项目250个，开工170个，好于上年。")
    known = made_of(CLOSE, TWO, {"字段_项目数": UNKNOWN})
    assert found(draft, known=known) == [
        "项目数=250 touched by words",
        "开工数=170 touched by words",
    ]


def test_bookmarks_that_are_no_fields_of_the_draft_tell_nothing() -> None:
    own = mark("书签", PROJECTS), mark("_GoBack"), mark("字段_别的", "别的")
    assert found(works(own[0]), p(*own[1:]), plan()) == UNTOUCHED


def test_a_bookmark_of_the_secretary_round_a_figure_is_not_taken_for_its_mark() -> None:
    assert found(works(mark("项目数", "240")), plan()) == changed(
        "项目数", ["项目数=240 by words"]
    )


# Enter --------------------------------------------------------------------------------

TORN = (
    p("这项工作由", LEADER, "同志牵头，年底前完成投资", start("字段_投资", 9), "12"),
    p(".6", end(9), "亿元，力争再快一些。"),
)


def test_a_figure_torn_by_enter_is_told_and_not_put_together() -> None:
    there = located(made_of(), works(), *TORN)
    assert said(there) == [*UNTOUCHED[:3], "投资 torn"]
    (lost,) = there.lost
    assert (lost.name, lost.base) == ("字段_投资", "12.6")
    assert lost.excerpt == "同志牵头，年底前完成投资〖12.6〗亿元，力争再快一些。"


def test_of_a_torn_figure_a_copy_that_lost_its_mark_is_not_taken_for_it() -> None:
    assert found(works(), *TORN, plan("陆知远", "12.6")) == [
        *UNTOUCHED[:3],
        "=陆知远 by copy",
        "投资 torn",
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        # Enter before the figure, which is whole in the next paragraph.
        (p("年底前完成投资", start("字段_投资", 9)), p("12.6", end(9), "亿元，力争")),
        # The bookmark has grown over words of the paragraph before.
        (
            p("同志牵头，", start("字段_投资", 9), "年底前完成投资"),
            p("12.6", end(9), "亿元，力争再快一些。"),
        ),
    ],
)
def test_a_mark_over_a_paragraphs_end_that_holds_its_figure_whole_tears_nothing(
    blocks: tuple[Xml, Xml],
) -> None:
    assert (
        found(works(), p("这项工作由", LEADER, "同志牵头"), *blocks)[-1] != "投资 torn"
    )


def test_an_end_mark_that_slipped_behind_the_paragraph_tears_nothing() -> None:
    line = p("这项工作由", start("字段_领导", 9), "陆知远")
    known = made_of(document(p("这项工作由", LEADER)), {"领导": "陆知远"})
    assert found(line, end(9), p(), known=known) == ["领导=陆知远"]


def test_torn_marks_of_no_field_or_of_no_known_text_are_borne() -> None:
    other = p(start("字段_别的", 9), "一"), p("二", end(9))
    assert found(works(), *other, plan()) == UNTOUCHED
    stripped = made_of(printed=None)
    assert found(works(), *TORN, known=stripped)[-1] == "投资 torn"


def test_a_figure_torn_by_enter_is_told_though_its_mark_is_lost() -> None:
    torn = (
        p("这项工作由", LEADER, "同志牵头，年底前完成投资12"),
        p(".6亿元，力争再快一些。"),
    )
    assert found(works(), *torn) == [*UNTOUCHED[:3], "投资 torn"]


def test_a_torn_copy_is_told_beside_the_place_itself() -> None:
    torn = p("年底前完成投资1"), p("2.6亿元，力争再快一些。")
    there = located(made_of(), works(), plan(), *torn, *torn)
    assert said(there) == [*UNTOUCHED, " torn"]
    assert [(one.field, one.name) for one in there.lost] == [("投资", "")]


def test_a_copy_torn_by_enter_is_told_as_such() -> None:
    copy = (
        p("年底前完成投资", start("字段_投资_Copy_1", 9), "12"),
        p(".6", end(9), "亿元，力争再快一些。"),
    )
    assert found(works(), plan(), *copy) == [*UNTOUCHED, "投资_Copy_1 torn"]


# Other stories ------------------------------------------------------------------------


def test_fields_are_found_in_tables_boxes_headers_and_footnotes() -> None:
    blocks = (
        table(row("项目", cell(p("共", PROJECTS, "个"))), row("开工", cell(p(BEGUN)))),
        p("见框：", box(p("由", LEADER, "牵头")), "和注", note(1)),
    )
    header = p("投资", MONEY, "亿元")
    footnote = p("单位：", field("单位", "区林业局"))
    content = document(*blocks, headers={"default": header}, footnotes=[footnote])
    printed = {**PRINTED, "单位": "区林业局"}
    there = find_places(paragraphs_of(content), made_of(content, printed))
    shown = [f"{one.position} {_said(one)}" for one in there.places]
    assert shown == [
        "正文第2段 项目数=240",
        "正文第4段 开工数=164",
        "正文第6段 领导=陆知远",
        "页眉第1段 投资=12.6",
        "脚注第1段 单位=区林业局",
    ]
    assert there.lost == ()


def test_a_figure_is_found_by_words_in_its_own_story_only() -> None:
    content = document(LAST, headers={"default": p("完成投资", MONEY, "亿元")})
    known = made_of(content, {"投资": "12.6"})
    plain = p("完成投资12.6亿元")
    header = {"headers": {"default": plain}}
    assert said(located(known, LAST, **header)) == ["投资=12.6 by words"]
    assert said(located(known, plain)) == ["投资 gone"]
    # A person who moves a figure with its mark moves the place.
    moved = located(known, p("完成投资", MONEY, "亿元"))
    assert [one.position for one in moved.places] == ["正文第1段"]
    assert said(moved) == ["投资=12.6"]


def test_headers_of_several_sections_are_one_story() -> None:
    one, other = p("清河区", PROJECTS, "个"), p("云岭县", BEGUN, "个")
    printed = {"项目数": "240", "开工数": "164"}
    known = made_of(document(LAST, headers={"default": one, "first": other}), printed)
    headers = {"default": p("云岭县164个"), "first": p("清河区240个")}
    assert said(located(known, LAST, headers=headers)) == [
        "开工数=164 by words",
        "项目数=240 by words",
    ]


# Deletions ----------------------------------------------------------------------------


def _tracked(*content: str) -> Xml:
    return Xml(f'<w:del w:id="41" w:author="章若川">{"".join(content)}</w:del>')


def test_a_mark_in_a_tracked_deletion_is_none_and_what_replaces_it_is_found() -> None:
    gone = run("<w:delText>12.6</w:delText>")
    money = Xml(_tracked(mark("字段_投资", gone)) + inserted("13.1"))
    assert found(works(), plan(money=money)) == [
        *UNTOUCHED[:3],
        "投资=13.1 touched by words",
    ]


def test_a_mark_only_half_of_which_was_deleted_still_stands() -> None:
    gone = run("<w:delText>前</w:delText>")
    half = Xml(_tracked(start("字段_投资", 9) + gone) + r("12.6") + end(9))
    assert found(works(), plan(money=half)) == UNTOUCHED


def test_a_deleted_sentence_is_told_with_the_words_that_were_around() -> None:
    there = located(made_of(), works(), LAST)
    assert said(there) == [*UNTOUCHED[:2], "领导 gone", "投资 gone"]
    assert [lost.excerpt for lost in there.lost] == [
        "这项工作由〖陆知远〗同志牵头，年底前完成投资",
        "同志牵头，年底前完成投资〖12.6〗亿元，力争再快一些。",
    ]


def test_the_words_of_a_lost_place_stay_in_its_paragraph_and_show_no_tokens() -> None:
    there = located(made_of(), plan(), LAST)
    assert [lost.excerpt for lost in there.lost] == [
        "今年全区安排重点项目〖240〗个，目前已开工…个，好于",
        "重点项目…个，目前已开工〖164〗个，好于上年。",
    ]


# Copies -------------------------------------------------------------------------------


def test_a_copy_with_its_mark_is_a_place_under_its_own_name() -> None:
    copy = plan(mark("字段_领导_Copy_1", "陆知远"), mark("字段_投资_Copy_1", "12.6"))
    assert found(works(), plan(), copy) == [
        *UNTOUCHED,
        "领导_Copy_1=陆知远",
        "投资_Copy_1=12.6",
    ]


def test_a_copy_without_marks_is_a_place_without_a_name() -> None:
    copy = plan("陆知远", "12.6")
    assert found(works(), plan(), copy) == [
        *UNTOUCHED,
        "=陆知远 by copy",
        "=12.6 by copy",
    ]


def test_copies_that_have_all_lost_their_marks_are_several() -> None:
    bare = plan("陆知远", "12.6")
    assert found(works(), bare, LAST, bare) == [
        *UNTOUCHED[:2],
        "领导 several",
        "投资 several",
    ]


def test_of_two_marks_with_one_name_the_second_is_a_copy_without_one() -> None:
    copy = plan(LEADER, mark("字段_投资", "13.1", identifier=77))
    there = located(made_of(), works(), plan(), copy)
    assert said(there) == [*UNTOUCHED, "=陆知远", "=13.1 touched"]


def test_of_two_copies_with_one_name_both_may_be_corrected() -> None:
    first = plan(money=field("投资", "13.1"))
    second = plan(money=mark("字段_投资", "13.2", identifier=77))
    third = plan(money=mark("字段_投资", "13.3", identifier=78))
    assert found(works(), first, second, third) == [
        *UNTOUCHED[:3],
        "投资=13.1 touched",
        *("=陆知远", "=13.2 touched"),
        *("=陆知远", "=13.3 touched"),
    ]


def test_a_copy_in_doubt_is_not_lost_among_others_without_a_name() -> None:
    copy = plan(LEADER, mark("字段_投资", "很多", identifier=77))
    assert found(works(), plan(), copy) == [
        *UNTOUCHED,
        "=陆知远",
        "=很多 touched in doubt",
    ]


KEPT = {"字段_投资": "12.6"}
NEWER = PRINTED | {"投资": "15.8"}


@pytest.mark.parametrize(
    ("now", "base"),
    [
        # A copy of what was kept, or one that shows already what was printed since.
        ("12.6", "12.6"),
        ("15.8", "15.8"),
        ("13.1", "12.6"),
    ],
)
def test_a_copy_was_left_as_what_it_was_copied_from_or_as_printed(
    now: str, base: str
) -> None:
    known = made_of(printed=NEWER, places=KEPT)
    copy = plan("陆某", mark("字段_投资_Copy_1", now))
    there = located(known, works(), plan(), copy)
    assert {one.name: one.base for one in there.places if one.field == "投资"} == {
        "字段_投资": "12.6",
        "字段_投资_Copy_1": base,
    }


def test_a_copy_that_refresh_has_seen_before_is_known_by_its_name() -> None:
    seen = {"字段_投资_Copy_1": "14.4"}
    copy = plan(money=mark("字段_投资_Copy_1", "14.4"))
    there = located(made_of(places=seen), works(), plan(), copy)
    assert _said(there.places[-1]) == "投资_Copy_1=14.4"
    assert there.places[-1].base == "14.4"


def test_a_second_mark_of_a_name_that_the_record_has_gets_no_name() -> None:
    known = made_of(printed=NEWER, places=KEPT)
    copy = plan(money=mark("字段_投资", "12.6", identifier=77))
    there = located(known, works(), plan(), copy)
    assert [one.name for one in there.places if one.field == "投资"] == [
        "字段_投资",
        "",
    ]


# Two places of one field --------------------------------------------------------------

TWICE = document(
    p("上半年全区完成投资", MONEY, "亿元，好于去年。"),
    p("这里再说一遍，", field("投资__2", "12.6"), "亿元很不容易。"),
)


def test_two_places_of_a_field_are_told_by_their_names() -> None:
    known = made_of(TWICE, {"投资": "12.6"}, {"字段_投资__2": "9.9"})
    # Their words have changed places, their marks tell which is which.
    blocks = (
        p("这里再说一遍，", MONEY, "亿元很不容易。"),
        p("上半年全区完成投资", field("投资__2", "9.9"), "亿元，好于去年。"),
    )
    there = located(known, *blocks)
    assert [(one.name, one.base) for one in there.places] == [
        ("字段_投资", "12.6"),
        ("字段_投资__2", "9.9"),
    ]


def test_a_place_edited_among_the_words_of_another_is_still_its_own() -> None:
    known = made_of(TWICE, {"投资": "12.6"}, {"字段_投资__2": "9.9"})
    there = located(known, p("这里再说一遍，", field("投资", "13.1"), "亿元很不容易。"))
    assert [(one.name, one.base) for one in there.places] == [("字段_投资", "12.6")]


def test_of_two_places_a_copy_belongs_to_the_one_whose_words_it_has() -> None:
    known = made_of(TWICE, {"投资": "15.8"}, {"字段_投资__2": "9.9"})
    blocks = (
        p("上半年全区完成投资", field("投资", "15.8"), "亿元，好于去年。"),
        p("这里再说一遍，", field("投资__2", "9.9"), "亿元很不容易。"),
        p("这里再说一遍，", field("投资_Copy_1", "9.9"), "亿元很不容易。"),
    )
    there = located(known, *blocks)
    assert said(there)[-1] == "投资_Copy_1=9.9"
    assert there.places[-1].base == "9.9"


def test_a_second_mark_of_a_name_belongs_where_its_words_are() -> None:
    known = made_of(TWICE, {"投资": "12.6"}, {"字段_投资__2": "9.9"})
    again = mark("字段_投资", "9.9", identifier=77)
    there = located(
        known,
        p("上半年全区完成投资", MONEY, "亿元，好于去年。"),
        p("这里再说一遍，", again, "亿元很不容易。"),
    )
    assert said(there) == ["投资=12.6", "投资__2=9.9"]
    assert there.places[1].base == "9.9"


def test_of_two_places_one_corrected_leaves_the_other() -> None:
    known = made_of(TWICE, {"投资": "12.6"})
    assert found(
        p("上半年全区完成投资", field("投资", "13.1"), "亿元，好于去年。"),
        p("这里再说一遍，12.6亿元很不容易。"),
        known=known,
    ) == ["投资=13.1 touched", "投资__2=12.6 by words"]


def test_what_two_places_could_both_be_is_neither() -> None:
    merged = document(
        p("今年全区安排水利和交通项目", field("甲", "50"), "个在建。"),
        p("规模", field("乙", "50"), "个，比上年同期多得多了。"),
    )
    known = made_of(merged, {"甲": "50", "乙": "50"})
    joined = p("今年全区安排水利和交通项目50个，比上年同期多得多了。")
    assert found(joined, known=known) == ["甲 several", "乙 several"]


# What nobody remembers ----------------------------------------------------------------


def test_without_a_record_a_figure_between_its_neighbours_is_plausible() -> None:
    stripped = made_of(printed=None)
    assert found(works(), plan(), known=stripped) == UNTOUCHED


@pytest.mark.parametrize(
    ("money", "wanted"),
    [
        (field("投资", "13.1"), "投资=13.1"),
        (Xml(field("投资", "1") + r("3.1")), "投资=13.1 touched"),
        (Xml(r("近") + MONEY), "投资=近12.6 touched"),
        (field("投资"), "投资= touched"),
        (field("投资", "很多"), "投资=很多 touched in doubt"),
        (field("投资", "12.6亿元"), "投资=12.6亿元 touched in doubt"),
        ("13.1", "投资=13.1 touched by words"),
        ("", "投资= touched in doubt by words"),
    ],
)
def test_without_a_record_what_touches_a_figure_tells_whether_it_is_one(
    money: str, wanted: str
) -> None:
    stripped = made_of(printed=None)
    assert found(works(), plan(money=money), known=stripped) == [
        *UNTOUCHED[:3],
        wanted,
    ]


def test_without_a_record_words_without_a_mark_are_in_doubt() -> None:
    assert found(works(), plan("贺同舟"), known=made_of(printed=None)) == [
        *UNTOUCHED[:2],
        "领导=贺同舟 touched in doubt by words",
        "投资=12.6",
    ]


def test_without_a_record_a_copy_has_no_text_of_its_own_either() -> None:
    copy = plan(money=mark("字段_投资_Copy_1", "12.6"))
    there = located(made_of(printed=None), works(), plan(), copy)
    assert said(there)[-1] == "投资_Copy_1=12.6"
    assert there.places[-1].base is None


def test_a_place_that_the_record_calls_unknown_is_as_without_a_record() -> None:
    known = made_of(places={"字段_投资": UNKNOWN})
    there = located(known, works(), plan(money=field("投资", "99")))
    assert said(there)[-1] == "投资=99"
    assert there.places[-1].base is None


def test_one_figure_that_is_found_tells_of_its_neighbour() -> None:
    stripped = made_of(printed=None)
    assert found(works("250", "170"), plan(), known=stripped) == [
        "项目数=250 touched by words",
        "开工数=170 touched by words",
        *UNTOUCHED[2:],
    ]


GUESSED = made_of(guessed=True)


def test_in_a_draft_that_knows_nothing_the_marks_tell() -> None:
    assert found(works(), plan(), known=GUESSED) == UNTOUCHED


@pytest.mark.parametrize(
    ("money", "wanted"),
    [
        (field("投资", "13.1"), "投资=13.1 touched by words"),
        (Xml(MONEY + r("5")), "投资=12.6 touched in doubt by words"),
        (Xml(r("5") + MONEY), "投资=12.6 touched in doubt by words"),
    ],
)
def test_in_a_draft_that_knows_nothing_part_of_a_figure_is_in_doubt(
    money: str, wanted: str
) -> None:
    draft = works(), plan(money=money)
    # The base was read off the draft as it stands.
    known = made_of(document(*draft), PRINTED, guessed=True)
    assert found(*draft, known=known)[-1] == wanted


def test_in_a_draft_that_knows_nothing_the_rest_of_a_longer_figure_is_seen() -> None:
    draft = works(), plan(money=Xml(field("投资", "1") + r(",200")))
    known = made_of(document(*draft), None, guessed=True)
    assert found(*draft, known=known)[-1] == "投资=1 touched in doubt by words"


# Paragraphs that merge left out -------------------------------------------------------


def test_a_paragraph_that_was_left_out_parts_nothing_and_is_not_missed() -> None:
    merged = document(
        p("全区完成投资", MONEY),
        p("（", field("说明"), "）"),
        p(field("领导", "陆知远")),
    )
    known = made_of(merged, {"投资": "12.6", "说明": "", "领导": "陆知远"})
    assert found("全区完成投资12.6", p("陆知远"), known=known) == [
        "投资=12.6 by words",
        "领导=陆知远 by words",
    ]
    # A mark for what has no place any more is nobody's.
    assert found("全区完成投资12.6", p(field("说明", "新的")), known=known) == [
        "投资=12.6 by words",
        "领导=新的 touched in doubt by words",
    ]


def test_a_paragraph_with_words_or_a_value_was_not_left_out() -> None:
    merged = document(p("说明：", field("说明")), p(field("领导", "陆知远")))
    known = made_of(merged, {"说明": "", "领导": "陆知远"})
    assert found(LAST, known=known) == ["说明 gone", "领导 gone"]


def test_a_place_of_the_base_whose_field_is_unknown_is_passed_over() -> None:
    known = made_of()
    fields = {name: one for name, one in known.base.fields.items() if name != "投资"}
    known = replace(known, base=replace(known.base, fields=fields))
    assert found(works(), plan(), known=known) == UNTOUCHED[:3]


def test_an_empty_line_was_not_left_out() -> None:
    merged = document(p("全区完成投资", MONEY), p(), p("谢谢大家。"))
    known = made_of(merged, {"投资": "12.6"})
    assert found("全区完成投资13.1", p(), "谢谢大家。", known=known) == [
        "投资=13.1 touched by words"
    ]


def test_a_paragraph_one_of_whose_values_is_empty_was_not_left_out() -> None:
    merged = document("主持人：", p(LEADER, "（", field("说明"), "）"), "谢谢大家。")
    known = made_of(merged, {"说明": "", "领导": "陆知远"})
    assert found("主持人：", "陆知远（）", "谢谢大家。", known=known) == [
        "领导=陆知远 by words",
        "说明= by words",
    ]


def test_another_whole_paragraph_is_not_taken_for_a_value_that_was_one() -> None:
    merged = document(p("主持人："), p(field("领导", "陆知远")), p("时间：今天"))
    known = made_of(merged, {"领导": "陆知远"})
    assert found(p("主持人："), p("大家请安静"), p("时间：今天"), known=known) == [
        "领导=大家请安静 touched in doubt by words"
    ]
