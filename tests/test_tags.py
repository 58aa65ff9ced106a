"""docxtpl's tags: conditions, loops, filters; mistakes placed, no escape."""

import pytest
from lxml import etree

from assembler.errors import TemplateError
from assembler.tag_text import reason_in_chinese, tags_in, unclosed
from tests.documents import (
    MAIN,
    Xml,
    box,
    cell,
    document,
    field,
    lines,
    link,
    mark,
    note,
    p,
    r,
    root_of,
    row,
    table,
)
from tests.drafting import draft, fields, problems, template

# Text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        (
            "今年{{ 甲 }}和{%p if 乙 %}{# 注 #}",
            ["{{ 甲 }}", "{%p if 乙 %}", "{# 注 #}"],
        ),
        ("{{甲}}{{乙}}", ["{{甲}}", "{{乙}}"]),
        ("｛｛ 甲 ｝｝", ["｛｛ 甲 ｝｝"]),
        ("见 {{ 说明，{% if 甲 %}", ["{% if 甲 %}"]),
        ("{ { 甲 } } {甲} }} {", []),
        ("", []),
    ],
)
def test_tags_are_found_in_a_paragraphs_text(text: str, tags: list[str]) -> None:
    assert [text[first:last] for first, last in tags_in(text)] == tags


@pytest.mark.parametrize(
    ("tags", "rank"),
    [
        (["{% if 甲 %}", "{% endif %}"], None),
        (["{% if 甲 %}", "{%p for 项 in 乙 %}", "{%p endfor %}"], 0),
        (["{% if 甲 %}", "{% else %}", "{% endif %}", "{%tr for 项 in 乙 %}"], 3),
        (["{% set 甲 = 1 %}", "{% set 乙 %}"], 1),
        (["{{ if }}", "{# if #}"], None),
        (["{% endif %}"], None),
    ],
)
def test_the_block_left_open_is_told(tags: list[str], rank: int | None) -> None:
    assert unclosed(tags) == rank


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("'甲' is undefined", "“甲”没有定义"),
        ("No filter named 'safe'.", "没有“safe”这种过滤器"),
        ("division by zero", "除数是零"),
        ("something new", "something new"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_where_it_is_known(
    reason: str, words: str
) -> None:
    assert reason_in_chinese(reason) == words


# Tags that are a plain name -----------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    ["{{ 甲 }}", "{{甲}}", "{{\u00a0甲\u3000}}", "{{r 甲 }}", "{{p 甲}}", "｛｛甲｝｝"],
)
def test_a_plain_name_is_a_field(tag: str) -> None:
    content = document(p("占", tag, "%"))
    assert fields(content) == {"甲": [f"tag 正文第1段 占〖{tag}〗%"]}
    assert lines(draft(content, 甲="3")) == ["占3%"]


def test_wide_letters_in_a_name_are_narrow_ones() -> None:
    assert list(fields(document(p("{{ ＧＤＰ }}")))) == ["GDP"]


@pytest.mark.parametrize("text", ["用 {{ 表示", "}} 和 {%", "{ } }", "{#1", "100%}"])
def test_braces_in_prose_are_text(text: str) -> None:
    plain = document(p(text), p("{{ 甲 }}"))
    assert lines(draft(plain, 甲="3")) == [text, "3"]
    with_logic = document(p(text), p("{{ 甲|upper }}"), p(text))
    assert lines(draft(with_logic, 甲="a")) == [text, "A", text]


def test_braces_outside_text_are_no_tags() -> None:
    named = Xml(mark("书签{{ 乙 }}", "文"))
    noted = Xml("<!-- {{ 丙 }} {% if %} -->")
    content = document(p(named, noted, "{{ 甲|upper }}"))
    assert list(fields(content)) == ["甲"]
    made = draft(content, 甲="a")
    assert lines(made) == ["文A"]
    assert "书签{{ 乙 }}" in etree.tostring(root_of(made), encoding="unicode")


# Conditions, loops, filters -----------------------------------------------------------

IF = (
    p("{%p if 甲 %}"),
    p("有甲"),
    p("{%p else %}"),
    p("没有"),
    p("{%p endif %}"),
    p("末"),
)


@pytest.mark.parametrize(("value", "shown"), [("3", "有甲"), ("", "没有")])
def test_a_condition_takes_paragraphs_in_or_out(value: str, shown: str) -> None:
    assert lines(draft(document(*IF), 甲=value)) == [shown, "末"]


CASES: dict[str, tuple[tuple[str, ...], dict[str, str], list[str]]] = {
    "if in a line": ((p("{% if 甲 %}有{% else %}无{% endif %}"),), {"甲": "1"}, ["有"]),
    "elif, curly quotes": (
        (p("{% if 甲 == “是” %}一{% elif 甲 == ‘否’ %}二{% endif %}"),),
        {"甲": "否"},
        ["二"],
    ),
    "greater than": ((p("{% if 甲|int > 5 %}多{% endif %}"),), {"甲": "6"}, ["多"]),
    "runs": (
        (p("一{%r if 甲 %}", r("二", "<w:b/>"), "{%r endif %}三"),),
        {"甲": ""},
        ["一三"],
    ),
    "items by 、": (
        (p("{%p for 项 in 甲 %}"), p("{{ 项 }}。"), p("{%p endfor %}")),
        {"甲": "路、桥 、"},
        ["路。", "桥。"],
    ),
    "items by ； keep 、": (
        (p("{% for 项 in 甲 %}〔{{ 项 }}〕{% endfor %}"),),
        {"甲": "路、桥；隧"},
        ["〔路、桥〕〔隧〕"],
    ),
    "items by lines keep ；": (
        (p("{% for 项 in 甲 %}〔{{ 项 }}〕{% endfor %}"),),
        {"甲": "路；桥\n隧\n"},
        ["〔路；桥〕〔隧〕"],
    ),
    "no items": ((p("a{% for 项 in 甲 %}x{% endfor %}b"),), {"甲": ""}, ["ab"]),
    "the loop knows its place": (
        (
            p(
                "{% for 项 in 甲 %}{{ loop.index }}/{{ loop.length }}{{ 项 }}"
                "{% if not loop.last %}，{% endif %}{% endfor %}"
            ),
        ),
        {"甲": "路、桥"},
        ["1/2路，2/2桥"],
    ),
    "nested loops": (
        (
            p(
                "{% for 甲项 in 甲 %}{% for 乙项 in 乙 %}{{ 甲项 }}{{ 乙项 }} "
                "{% endfor %}{% endfor %}"
            ),
        ),
        {"甲": "1、2", "乙": "a、b"},
        ["1a 1b 2a 2b "],
    ),
    "rows": (
        (
            table(
                row("{%tr for 项 in 甲 %}", ""),
                row("{{ 项 }}", "{{ 乙 }}"),
                row("{%tr endfor %}", ""),
            ),
            p(),
        ),
        {"甲": "路、桥", "乙": "3"},
        ["路", "3", "桥", "3", ""],
    ),
    "cells": (
        (table(row("{%tc for 项 in 甲 %}", "{{ 项 }}", "{%tc endfor %}")), p()),
        {"甲": "路、桥、隧"},
        ["路", "桥", "隧", ""],
    ),
    "products": (
        (p("{{ 甲|int * 3 }}{{ '－' * 3 }}{{ 2.5 * 2 }}"),),
        {"甲": "4"},
        ["12－－－5.0"],
    ),
    "set": (
        (p("{% set 和 = 甲|int + 乙|int %}{{ 和 }}"),),
        {"甲": "3", "乙": "4"},
        ["7"],
    ),
    "default for nothing": ((p("{{ 甲|default('无') }}"),), {"甲": ""}, ["无"]),
    "default for something": ((p("{{ 甲|d('无') }}"),), {"甲": "3"}, ["3"]),
    "or": ((p("{{ 甲 or '无' }}"),), {"甲": ""}, ["无"]),
    "defined": ((p("{% if 甲 is defined %}有{% endif %}。"),), {"甲": ""}, ["。"]),
    "undefined": (
        (p("{% if 甲 is undefined %}无{% endif %}。"),),
        {"甲": ""},
        ["无。"],
    ),
    "escape, as docxtpl's users write": (
        (p("{{ 甲|e }}"),),
        {"甲": "a<b&c"},
        ["a<b&c"],
    ),
    "replace": ((p("{{ 甲|replace('、', '\\n') }}"),), {"甲": "a、b"}, ["a\nb"]),
    "ampersand in a tag": ((p("{{ 甲 ~ '&<' }}"),), {"甲": "a"}, ["a&<"]),
    "a comment": ((p("一{# 不印 #}二"),), {}, ["一二"]),
    "whitespace control": (
        (p("一"), p("{%- if 甲 %}二{% endif %}")),
        {"甲": "1"},
        ["一二"],
    ),
    "macro": (
        (p("{% macro 段(名) %}《{{ 名 }}》{% endmacro %}{{ 段(甲) }}"),),
        {"甲": "a&b"},
        ["《a&b》"],
    ),
    "range": ((p("{% for 数 in range(3) %}{{ 数 }}{% endfor %}"),), {}, ["012"]),
    "a break inside a tag": ((p("{% if 甲\n%}有{% endif %}"),), {"甲": "1"}, ["有"]),
    "a tag of many runs": (
        (p("{", "%", " if", " 甲 ", "%", "}", "有", "{% endif", " %}"),),
        {"甲": "1"},
        ["有"],
    ),
    "with a bookmark field inside": (
        (p("{%p if 甲 %}"), p("占", field("甲", "X"), "%"), p("{%p endif %}"), p("末")),
        {"甲": "3"},
        ["占3%", "末"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_tags_do_what_docxtpls_users_know(case: str) -> None:
    blocks, values, shown = CASES[case]
    content = document(*blocks)
    assert fields(content).keys() == values.keys()
    assert lines(draft(content, **values)) == shown


def test_tags_work_in_headers_notes_and_boxes() -> None:
    tagged = p("{% if 甲 %}有{{ 乙|upper }}{% endif %}")
    content = document(
        p("文", note(1), box(tagged)), headers={"default": tagged}, footnotes=[tagged]
    )
    made = draft(content, 甲="1", 乙="b")
    assert lines(made) == ["文", "有B", "有B"]
    assert lines(made, "word/header1.xml") == ["有B"]
    assert lines(made, "word/footnotes.xml")[2:] == ["有B"]


@pytest.mark.parametrize(
    "value",
    ["A&B<C>\"'", "a\nb", "a\tb", "{{ 7*7 }}", "{% if %}", "{#", "]]>", "😀" * 99],
)
def test_a_value_in_a_tag_is_text_and_nothing_else(value: str) -> None:
    content = document(
        p("{{ 甲|trim }}"),
        p("{% for 项 in 乙 %}{{ 项 }}{% endfor %}"),
        p("{{ 丙 }}"),
    )
    made = draft(content, 甲=value, 乙=value.replace("\n", " "), 丙=value)
    assert lines(made) == [value, value.replace("\n", " "), value]


@pytest.mark.parametrize("value", ['FF"/><w:x a="', "FF0000", "甲&<"])
def test_a_value_never_leaves_the_attribute_that_it_colours(value: str) -> None:
    content = document(table(row(cell(p("{% cellbg 甲 %}文")), "乙")), p())
    (shade,) = root_of(draft(content, 甲=value)).iter("{*}shd")
    assert shade.get(shade.nsmap["w"].join("{}") + "fill") == value


# Which names are fields, and which a row may leave out --------------------------------


def needed(*blocks: str) -> dict[str, bool]:
    return {n: not f.optional for n, f in template(document(*blocks)).fields.items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ 甲|upper }}", {"甲": True}),
        ("{% if 甲 %}有{% endif %}", {"甲": False}),
        ("{% if 甲 %}{{ 甲 }}{% endif %}", {"甲": False}),
        (
            "{% if 甲 and 乙 %}{{ 甲|upper }}{{ 乙 }}{% endif %}",
            {"甲": False, "乙": False},
        ),
        ("{% if 甲 %}{{ 乙 }}{% endif %}", {"甲": False, "乙": True}),
        ("{% if 甲 %}a{% endif %}{{ 甲 }}", {"甲": True}),
        ("{% if 甲 %}a{% elif 乙 %}{{ 乙 }}{% endif %}", {"甲": False, "乙": False}),
        ("{{ 甲|default('无') }}", {"甲": False}),
        ("{{ 甲 or 乙 }}", {"甲": False, "乙": True}),
        ("{{ '有' if 甲 else '无' }}", {"甲": False}),
        ("{% for 项 in 甲 %}{{ 项 }}{{ 乙 }}{% endfor %}", {"甲": True, "乙": True}),
        ("{% set 和 = 甲 %}{{ 和 }}", {"甲": True}),
        ("{{ 甲.乙 }}", {"甲": True}),
        ("{{ '甲' ~ 乙 }}", {"乙": True}),
        ("{# 甲 #}", {}),
        ("{% if 甲 %}占[乙率]%{% endif %}", {"甲": False, "乙率": True}),
        ("{% if 乙率 %}占[乙率]%{% endif %}", {"乙率": False}),
    ],
)
def test_names_are_fields_and_those_only_asked_about_may_lack(
    text: str, names: dict[str, bool]
) -> None:
    assert needed(p(text)) == names


def test_a_name_that_one_part_asks_about_and_another_prints_is_needed() -> None:
    content = document(
        p("{% if 甲 %}有{% endif %}"), headers={"default": p("页眉{{ 甲 }}")}
    )
    assert not template(content).fields["甲"].optional


def test_fields_come_in_reading_order_whatever_their_notation() -> None:
    content = document(
        p("占", field("甲", "X"), "，{{ 乙|upper }}，[丙名]"),
        p("{%p if 丁 %}"),
        p("{{ 戊 }}"),
        p("{%p endif %}"),
    )
    assert list(fields(content)) == ["甲", "乙", "丙名", "丁", "戊"]


def test_a_name_in_a_tag_with_logic_is_listed_with_place_and_words() -> None:
    content = document(p("一"), p("今年{% if 开工率 %}好{% endif %}"))
    assert fields(content) == {
        "开工率": ["tag 正文第2段 今年〖{% if 开工率 %}〗好{% endif %}"]
    }


# Mistakes -----------------------------------------------------------------------------

BAD = {
    "{{ 甲 乙 }}": "“乙”写在了不该写的地方",
    "{{ }}": "里面没有写名称",
    "{{ 甲| }}": "写在了不该写的地方",
    "{{ 甲|没有的 }}": "没有“没有的”这种过滤器",
    "{% if 甲 %}": "{% if %} 没有配上 {% endif %}",
    "{% for 项 in 甲 %}": "{% for %} 没有配上 {% endfor %}",
    "{% endif %}": "{% endif %} 前面缺了开头",
    "{% 如果 甲 %}": "没有“如果”这种标签",
    "{{ 甲|safe }}": "没有“safe”这种过滤器",
    "{{ 1季度 }}": "写在了不该写的地方",
    "{{ 甲！}}": "不能写在标签里",
}


@pytest.mark.parametrize("tag", BAD)
def test_a_bad_tag_is_refused_with_its_place(tag: str) -> None:
    content = document(p("一{{ 丙|upper }}"), p("二"), p("在", tag, "后"), p("末"))
    (found,) = problems(content)
    assert (found.code, found.part, found.paragraph) == ("bad-tag", MAIN, 3)
    assert found.excerpt == f"在〖{tag}〗后"
    assert BAD[tag] in found.message


def test_the_open_block_is_named_not_the_last_line() -> None:
    content = document(p("{%p if 甲 %}"), p("{%p if 乙 %}"), p("{%p endif %}"), p("末"))
    (found,) = problems(content)
    assert found.paragraph == 1


def test_a_bad_tag_in_a_header_is_placed_there() -> None:
    (found,) = problems(document(p("一"), headers={"default": p("{{ 甲 乙 }}")}))
    assert found.part == "word/header1.xml"
    assert found.message.startswith("页眉第1段")


FAILING = {
    "{{ ''.__class__ }}": "不许使用“__class__”",
    "{{ 甲.__class__.__mro__ }}": "不许使用“__class__”",
    "{{ 甲|attr('__class__') }}": "“__class__”",
    "{{ 甲['__class__'] }}": "“__class__”",
    "{{ '{0.__class__}'.format(甲) }}": "“__class__”",
    "{{ namespace.__init__.__globals__ }}": "“__init__”",
    "{{ 1/0 }}": "除数是零",
    "{{ 9**9**9 }}": "乘方",
    "{{ range(999999999) }}": "范围太大",
    "{{ '长' * 999999999 }}": "次数太多",
    "{{ 999999999 * [丙] }}": "次数太多",
    "{{ 甲.没有 }}": "“没有”没有定义",
    "{{ 甲() }}": "把名称当成了函数",
    "{{ 甲 - 1 }}": "字和数不能这样算",
    "{{ 甲 + 1 }}": "字和数不能这样算",
    "{% include '别的' %}": "不能引用别的文件",
    "{{ [][5] }}": "没有这一项",
}


@pytest.mark.parametrize("tag", FAILING)
def test_what_cannot_be_carried_out_is_told_with_its_place(tag: str) -> None:
    opened = template(document(p("一{{ 丙|upper }}"), p("在", tag, "后"), p("末")))
    with pytest.raises(TemplateError) as caught:
        opened.render(dict.fromkeys(opened.fields, "3"))
    (found,) = caught.value.findings
    assert (found.code, found.paragraph) == ("bad-tag", 2)
    assert found.excerpt is not None
    assert f"〖{tag}〗" in found.excerpt
    assert FAILING[tag] in found.message
    assert "Traceback" not in found.message


def test_of_two_equal_tags_the_failing_one_is_placed() -> None:
    content = document(
        p("{%p if 甲 %}"),
        p("{{ 乙|int / 0 }}"),
        p("{%p endif %}"),
        p("{{ 乙|int / 0 }}"),
    )
    opened = template(content)
    with pytest.raises(TemplateError) as caught:
        opened.render({"甲": "", "乙": "3"})
    assert caught.value.findings[0].paragraph == 4


@pytest.mark.parametrize(
    "blocks",
    [
        (p("{%p if 甲 %}"), table(row("{%p endif %}", "乙")), p("末")),
        (table(row("{%tr if 甲 %}")), p("{%tr endif %}")),
        (p("{%p if 甲 == '5%' %}"), p("a"), p("{%p endif %}")),
    ],
    ids=["into a cell", "row and paragraph", "percent in a tag"],
)
def test_tags_that_do_not_fit_the_document_are_refused(blocks: tuple[str, ...]) -> None:
    with pytest.raises(TemplateError):
        draft(document(*blocks), 甲="")


@pytest.mark.parametrize("tag", ["{% if 甲 %}", "{{ 甲|upper }}"])
def test_a_tag_half_inside_a_link_is_refused(tag: str) -> None:
    closing = "{% endif %}" if "%" in tag else ""
    content = document(p("在", tag[:4], link(tag[4:], "后"), closing))
    assert problems(content)[0].code == "crossing-field"


def test_the_tail_of_the_document_survives_tags() -> None:
    content = document(p("{%p if 甲 %}"), p("有"), p("{%p endif %}"), p("末段"))
    for value in ("1", ""):
        body = root_of(draft(content, 甲=value))[0]
        assert [e.tag.rpartition("}")[2] for e in body][-2:] == ["p", "sectPr"]
        assert lines(draft(content, 甲=value))[-1] == "末段"
