"""Laws of naming: whatever the text, each blank gets one valid name of its own."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.blank_words import words
from assembler.blanks import find_blanks
from assembler.formulas import order, parse_formula
from assembler.names import LONGEST_NAME, is_valid
from assembler.naming import formulas_from_text, name_blanks

LAW = settings(max_examples=250, deadline=None, derandomize=True)
WORDS = words(
    """
X xx X.8 20XX × ** __ 某 ○○ [项目名称] 【待补】 {{金额}} «日期» （请填写数额） (职务)
个 户 人 件 亿元 万元 % ％ 个百分点 月 年 日 位 公里 亩 天 成的 家 号 时 分 村 镇 局
、 ， 。 ； ： ？ “ ” （ ） 《 》 〔 〕 至 — 和 与 分别 由 减少到 占 的 其中 合计 共 已
增长 下降 同比 比上年 高于 全市 全国、全省 居 第 第X位 全年 今年 去年 1—10月 X月X日前
重点项目 子项目 开工 完成投资 财政收入 开工率 办结率 整改 排查隐患 部门 企业 群众 差距
书记 区长 同志 牵头 负责 主持 代表 标准 活动 会议 街道 公司 县 镇 大桥 接近 完成 计划
一是 第一， 同志们： 2023年 12.5亿元 60岁以上 PM2.5 GDP 个项目中 这 把 以上 左右 10
"""
)
PIECES = st.sampled_from([*WORDS, " ", "\u3000", "\n", "\t", "啊", "\ue000", "_", "9"])
TEXTS = st.lists(PIECES, max_size=25).map("".join)


@given(st.lists(TEXTS, max_size=4))
@LAW
def test_every_blank_gets_one_valid_name(paragraphs: list[str]) -> None:
    blanks = [find_blanks(text) for text in paragraphs]
    named = name_blanks(paragraphs, blanks)
    places = [
        (index, blank.start, blank.end, blank.mask)
        for index, found in enumerate(blanks)
        for blank in found
    ]
    assert [(one.paragraph, one.start, one.end, one.mask) for one in named] == places
    for one in named:
        assert is_valid(one.name), one
        assert len(one.name) <= LONGEST_NAME


@given(st.lists(TEXTS, max_size=4))
@LAW
def test_a_name_returns_only_for_the_same_thing(paragraphs: list[str]) -> None:
    named = name_blanks(paragraphs, [find_blanks(text) for text in paragraphs])
    seen: set[str] = set()
    for one in named:
        assert one.same_as_earlier == (one.name in seen), one
        seen.add(one.name)


@given(st.lists(TEXTS, max_size=3))
@LAW
def test_equal_texts_get_equal_names(paragraphs: list[str]) -> None:
    blanks = [find_blanks(text) for text in paragraphs]
    assert name_blanks(paragraphs, blanks) == name_blanks(paragraphs, blanks)


@given(st.lists(TEXTS, max_size=4))
@LAW
def test_formulas_are_well_formed_and_need_only_named_fields(
    paragraphs: list[str],
) -> None:
    named = name_blanks(paragraphs, [find_blanks(text) for text in paragraphs])
    formulas = formulas_from_text(paragraphs, named)
    known = {one.name for one in named}
    parsed = {name: parse_formula(text, name) for name, text in formulas.items()}
    assert known >= set(formulas)
    for formula in parsed.values():
        assert known >= set(formula.names)
    assert set(order(parsed)) == set(formulas)


@given(st.text(max_size=80))
@LAW
def test_any_text_is_named_without_an_exception(text: str) -> None:
    blanks = [find_blanks(text)]
    assert len(name_blanks([text], blanks)) == len(blanks[0])
