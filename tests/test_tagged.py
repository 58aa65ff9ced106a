"""A part after its tags ran: what a loop repeats, what a tag takes away."""

from assembler.tagged import Numbering
from tests.documents import (
    MAIN,
    Xml,
    bookmark_texts,
    box,
    cell,
    control,
    document,
    end,
    field,
    mark,
    p,
    root_of,
    row,
    shape,
    start,
    table,
)
from tests.drafting import draft


def test_fields_in_a_loop_get_names_and_ids_of_their_own() -> None:
    looped = row(
        cell(p("{{ 项 }}")), cell(p(field("乙", "X"), box(p(field("丙", "X")))))
    )
    content = document(
        table(row("{%tr for 项 in 甲 %}", ""), looped, row("{%tr endfor %}", "")),
        p(mark("字段_乙__2", "X")),
        headers={"default": p(mark("字段_乙__3", "X"))},
    )
    made = draft(content, 甲="路、桥、隧", 乙="3", 丙="4")
    named = bookmark_texts(made)
    assert [n for n, t in named if t == "3"] == [
        "字段_乙",
        "字段_乙__4",
        "字段_乙__5",
        "字段_乙__2",
    ]
    boxed = [n for n, t in named if t == "4"]
    assert boxed == [n for turn in ("", "__4", "__5") for n in [f"字段_丙{turn}"] * 2]
    assert_distinct_ids(made)
    assert bookmark_texts(made, "word/header1.xml") == [("字段_乙__3", "3")]


def assert_distinct_ids(content: bytes) -> None:
    marks = [e.get(e.keys()[0]) for e in root_of(content).iter("{*}bookmarkStart")]
    assert len(marks) == len(set(marks))
    assert marks == [
        e.get(e.keys()[0]) for e in root_of(content).iter("{*}bookmarkEnd")
    ]


def test_two_parts_that_loop_over_one_field_give_it_different_names() -> None:
    looped = p("{% for 项 in 甲 %}", field("乙", "X"), "{% endfor %}")
    content = document(looped, headers={"default": looped}, footers={"default": looped})
    made = draft(content, 甲="路、桥、隧", 乙="3")
    parts = (MAIN, "word/header1.xml", "word/footer1.xml")
    names = [name for part in parts for name, _ in bookmark_texts(made, part)]
    assert len(names) == len(set(names)) == 9


def test_what_may_stand_once_only_stands_once() -> None:
    once = p(mark("_Ref1", "文"), shape(number=7), control("", "单", alias="a-b"))
    once = Xml(
        once.replace(
            "<w:p>", '<w:p w14:paraId="1A2B3C4D" w14:textId="77777777">', 1
        ).replace("<w:sdtPr>", '<w:sdtPr><w:id w:val="9"/>')
    )
    content = document(p("{%p for 项 in 甲 %}"), once, p("{%p endfor %}"))
    root = root_of(draft(content, 甲="路、桥"))
    assert len(list(root.iter("{*}bookmarkStart"))) == 1
    assert len({e.get("id") for e in root.iter("{*}docPr")}) == 2
    identified = [e for e in root.iter("{*}p") if "1A2B3C4D" in e.attrib.values()]
    assert len(identified) == 1
    assert len(list(root.iterfind(".//{*}sdtPr/{*}id"))) == 1


def test_a_mark_whose_partner_went_with_a_tags_paragraph_goes_too() -> None:
    content = document(
        p("文", start("_Ref1", 5)),
        p(end(5), "{%p if 甲 %}"),
        p("{%p endif %}"),
        p("末"),
    )
    root = root_of(draft(content, 甲="1"))
    assert [e.tag for e in root.iter("{*}bookmarkStart", "{*}bookmarkEnd")] == []


def test_a_table_that_a_tag_emptied_goes_and_a_cell_keeps_a_paragraph() -> None:
    content = document(
        p("前"),
        table(row("{%tr for 项 in 甲 %}"), row("{{ 项 }}"), row("{%tr endfor %}")),
        table(row(cell(p("{%p if 甲 %}"), p("有"), p("{%p endif %}")))),
        p("末"),
    )
    root = root_of(draft(content, 甲=""))
    assert len(list(root.iter("{*}tbl"))) == 1
    assert [len(list(found.iter("{*}p"))) for found in root.iter("{*}tc")] == [1]


def test_a_table_grows_its_grid_with_its_cells() -> None:
    content = document(
        table(row("{%tc for 项 in 甲 %}", "{{ 项 }}", "{%tc endfor %}"), columns=2), p()
    )
    root = root_of(draft(content, 甲="1、2、3、4"))
    widths = [e.get(e.keys()[0]) for e in root.iter("{*}gridCol")]
    assert widths == ["1000"] * 4


def test_further_places_take_the_numbers_of_their_lane() -> None:
    places = Numbering(highest_id=0, highest_place=2, lane=1, lanes=3).places()
    assert [next(places) for _ in range(3)] == [4, 7, 10]
