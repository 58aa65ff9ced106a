from collections import Counter
from itertools import combinations

import pytest

from assembler.blanks import Verdict, find_blanks
from assembler.figures import Kind
from assembler.formulas import order, parse_formula
from assembler.naming import Named, formulas_from_text, name_blanks
from scripts.build_templates import SOURCES
from tests.naming_tables import (
    ACCEPTABLE,
    EXACT,
    PLAIN,
    WRONG,
    Case,
    bundled_cases,
    sentence_cases,
)

_OPENING_BLANKS = 5


def named(*paragraphs: str) -> list[Named]:
    blanks = [
        [blank for blank in find_blanks(text) if blank.verdict is Verdict.BLANK]
        for text in paragraphs
    ]
    return name_blanks(paragraphs, blanks)


def names(*paragraphs: str) -> list[str]:
    return [one.name for one in named(*paragraphs)]


def formulas(*paragraphs: str) -> dict[str, str]:
    return dict(formulas_from_text(paragraphs, named(*paragraphs)))


def answers(cases: list[Case]) -> Counter[str]:
    tally: Counter[str] = Counter()
    for case in cases:
        proposals = name_blanks(case.paragraphs, case.blanks)
        for wanted, one in zip(case.wanted, proposals, strict=True):
            tally[wanted.judge(one.name)] += 1
    return tally


BUNDLED = bundled_cases()
CASES = sentence_cases("naming_cases.tsv")
HELD_OUT = sentence_cases("naming_heldout.tsv")
MORE_HELD_OUT = sentence_cases("naming_heldout2.tsv")
ALL = [*BUNDLED, *CASES, *HELD_OUT, *MORE_HELD_OUT]


def test_the_tables_are_large_and_a_third_is_held_out() -> None:
    assert len(CASES) + len(HELD_OUT) >= 120
    assert len(HELD_OUT) * 3 >= len(CASES) + len(HELD_OUT) - 3
    texts = [case.paragraphs for case in [*CASES, *HELD_OUT]]
    assert len(set(texts)) == len(texts)
    counts = [len(case.wanted) - _OPENING_BLANKS for case in BUNDLED]
    assert sorted(counts) == [7, 33, 37]


def test_most_names_of_the_bundled_layouts_are_exact_or_acceptable() -> None:
    tally = answers(BUNDLED)
    good = tally[EXACT] + tally[ACCEPTABLE]
    assert good >= 0.95 * tally.total()
    assert tally[WRONG] <= 1


def test_names_of_the_held_out_sentences_are_mostly_right() -> None:
    for cases in (HELD_OUT, MORE_HELD_OUT):
        tally = answers(cases)
        assert tally[WRONG] + tally[PLAIN] <= 0.03 * tally.total()


def test_names_of_the_tuned_sentences_stay_right() -> None:
    tally = answers(CASES)
    assert tally[WRONG] == 0
    assert tally[PLAIN] <= 2


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_no_two_different_things_share_a_name(case: Case) -> None:
    proposals = name_blanks(case.paragraphs, case.blanks)
    pairs = list(zip(case.wanted, proposals, strict=True))
    for (wanted, one), (other_wanted, other) in combinations(pairs, 2):
        if one.name == other.name:
            assert wanted.exact == other_wanted.exact


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_kind_and_unit_follow_the_words(case: Case) -> None:
    proposals = name_blanks(case.paragraphs, case.blanks)
    for wanted, one in zip(case.wanted, proposals, strict=True):
        assert wanted.has_kind(one), one
        assert wanted.has_unit(one), one


def test_thing_named_before_is_one_field_where_the_words_say_so() -> None:
    first, _, again = named("安排子项目X个，已开工X个。", "X个子项目中，欠进度的不少。")
    assert (again.name, again.same_as_earlier) == (first.name, True)
    assert again.doubts == ()
    assert names("共排出问题X个。", "这X个问题要逐个销号。") == ["排出问题数"] * 2


def test_new_things_of_the_same_noun_are_fields_of_their_own() -> None:
    first, second = named("安排子项目X个。", "近期拟对X个子项目开展现场拉练。")
    assert first.name != second.name
    assert not second.same_as_earlier


def test_own_place_is_one_field_throughout() -> None:
    one, other = named("服务X工作大局。", "X人民勤劳智慧。")
    assert one.name == other.name == "本地名称"
    assert one.kind is Kind.PLACE
    assert other.same_as_earlier


def test_namesakes_that_nothing_tells_apart_get_a_number_and_a_doubt() -> None:
    one, other = named("XX镇重视这项工作。", "XX镇的经验要学。")
    assert (one.name, other.name) == ("镇名一", "镇名二")
    assert all("看不出是不是同一个" in proposal.doubts[0] for proposal in (one, other))
    assert not other.same_as_earlier


def test_names_in_one_list_are_numbered_without_a_doubt() -> None:
    proposals = named("X局、X局和X局作了汇报。")
    assert [one.name for one in proposals] == ["局名一", "局名二", "局名三"]
    assert not any(one.doubts for one in proposals)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东片区征地X亩；西片区征地X亩", ["东片区征地面积", "西片区征地面积"]),
        ("去年投资X亿元；今年投资X亿元", ["去年投资", "今年投资"]),
        ("今年1—10月投资X亿元；去年投资X亿元", ["今年前十月投资", "去年投资"]),
    ],
)
def test_namesakes_are_told_apart_by_place_or_time(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    ["XX", "一是XX；", "三次产业结构为X:X:X", "增长X%", "还有X个百分点"],
)
def test_what_the_words_do_not_tell_gets_a_plain_name_with_its_place(
    text: str,
) -> None:
    before = "同志们："
    proposals = named(before, text)
    assert [one.name for one in proposals] == [
        f"第2段空白{number}" for number in range(1, len(proposals) + 1)
    ]


def test_plain_names_count_the_blanks_of_their_paragraph() -> None:
    assert names("开工X个，增幅XX。")[1] == "第1段空白2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("财政总收入X亿元，增长X%", ["财政总收入", "财政总收入增速"]),
        ("税收X亿元，同比下降X%", ["税收", "税收降幅"]),
        ("财政收入12亿元，增长X%", ["财政收入增速"]),
        (
            "税收X亿元，占财政收入的X%，占年度计划的X%",
            ["税收", "税收占比", "占年度计划比"],
        ),
        (
            "增幅分别高于全国、全省X、X个百分点",
            ["增幅高于全国百分点", "增幅高于全省百分点"],
        ),
        ("培训X至X人次", ["培训人次下限", "培训人次上限"]),
        ("工期由X天压缩到X天", ["工期压缩前", "工期压缩后"]),
        ("入学率、巩固率分别为X%、X%", ["入学率", "巩固率"]),
        ("甲类X个、乙类X个，合计X个", ["甲类数", "乙类数", "合计数"]),
        ("引进X万元以上设备X台", ["设备金额下限", "设备数"]),
        ("总指挥：XXX(职务)", ["总指挥姓名", "总指挥职务"]),
        ("按照“X”标准验收", ["标准名称"]),
        ("×府办〔20××〕×号", ["发文机关代字", "发文年份", "发文序号"]),
        ("受益户XX 户（据实填写）", ["受益户数"]),
        ("60岁以上老人X人", ["六十岁以上老人数"]),
    ],
)
def test_names_follow_the_verb_the_noun_and_the_unit(
    text: str, expected: list[str]
) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("初次信访化解率X%", "次信访"),
        ("用地原因X个", "地原因"),
        ("请假X人", "假"),
        ("实到XX人", "实"),
        ("一般公共预算收入X亿元", "预算收入"),
        ("在建项目X个", "建项目"),
        ("技改项目X个", "技"),
    ],
)
def test_words_are_not_cut_in_two(text: str, pieces: str) -> None:
    (name,) = names(text)
    stem = name.removesuffix("数").removesuffix("人")
    assert stem != pieces


def test_line_under_the_date_is_the_speakers_post_and_name() -> None:
    proposals = named("在推进会上的讲话", "（X年X月X日）", "X　X", "同志们：")
    assert [one.name for one in proposals] == [
        "会议年份",
        "会议月份",
        "会议日",
        "讲话人职务",
        "讲话人",
    ]


def test_words_in_brackets_stay_the_name() -> None:
    assert names("[具体项目1]克服[列举难点]", "由{{牵头单位}}牵头") == [
        "具体项目1",
        "难点",
        "牵头单位",
    ]


def test_same_words_in_brackets_are_one_field() -> None:
    one, other = named("{{牵头单位}}负责，{{ 牵头单位 }}考核")
    assert one.name == other.name == "牵头单位"
    assert other.same_as_earlier


def test_offsets_are_those_of_the_blank() -> None:
    text = "今年新开工 XX 个"
    (one,) = named("", text)
    assert one.paragraph == 1
    assert text[one.start : one.end] == one.mask == "XX"


# What the guides of the bundled templates say, in the names proposed.
LAYOUT_FORMULAS = {
    "开工率": "已开工数 / 子项目数",
    "应开工未开工占比": "应开工未开工数 / 子项目数",
    "超进度占比": "超进度数 / 子项目数",
    "达进度占比": "达进度数 / 子项目数",
    "欠进度占比": "欠进度数 / 子项目数",
    "占上年全年比": "今年前十月投资 / 上年全年投资",
    "投资差距": "上年全年投资 - 今年前十月投资",
}


@pytest.mark.parametrize("layout", ["工作部署", "总结推进"])
def test_formulas_of_the_layouts_are_those_of_their_guides(layout: str) -> None:
    guide = (SOURCES / f"{layout}.txt").read_text("utf-8").partition("字段说明")[2]
    rows = [line.split("\t") for line in guide.splitlines() if line.count("\t") == 4]
    in_guide = {row[0]: row[3] for row in rows[1:] if row[3] and row[1]}
    assert in_guide.items() >= LAYOUT_FORMULAS.items()
    case = next(case for case in BUNDLED if case.id == layout)
    proposals = name_blanks(case.paragraphs, case.blanks)
    final = {
        one.name: wanted.exact
        for wanted, one in zip(case.wanted, proposals, strict=True)
    }
    found = formulas_from_text(case.paragraphs, proposals)
    assert {
        final[name]: " ".join(final.get(word, word) for word in formula.split())
        for name, formula in found.items()
    } == LAYOUT_FORMULAS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理X件，办结X件，办结率X%", {"办结率": "办结件数 / 受理件数"}),
        (
            "计划投资X亿元，实际完成投资X亿元，完成率X%",
            {"完成率": "实际完成投资 / 计划投资"},
        ),
        ("计划用地X亩，已报批X亩，尚缺X亩", {"尚缺面积": "计划用地面积 - 已报批面积"}),
        ("甲类X个、乙类X个，合计X个", {"合计数": "甲类数 + 乙类数"}),
        ("落户企业X家，其中投产X家，占X%", {"投产占比": "投产家数 / 落户企业数"}),
    ],
)
def test_formulas_are_those_that_the_text_itself_states(
    text: str, expected: dict[str, str]
) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "签约项目X个，竣工X个，开工X个，开工率X%",
        "新建道路X公里，其中主干道X条，占X%",
        "小学入学率X%，初中入学率X%",
        "税收X亿元，占财政收入的X%",
        "工业投资X亿元，占年度计划的X%",
        "共X个项目，还有X个没有动静",
    ],
)
def test_no_formula_is_made_up_where_the_text_leaves_it_open(text: str) -> None:
    assert formulas(text) == {}


def test_formulas_can_be_read_and_put_in_order() -> None:
    for case in ALL:
        proposals = name_blanks(case.paragraphs, case.blanks)
        found = formulas_from_text(case.paragraphs, proposals)
        parsed = {name: parse_formula(text, name) for name, text in found.items()}
        assert set(order(parsed)) == set(found)


def test_text_without_blanks_has_no_names() -> None:
    assert named() == []
    assert named("", "同志们，散会。") == []
