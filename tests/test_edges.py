"""What touches a figure or a name, and whether it still says what it did.

In the tables 〖〗 is where the value stands; it is the same on both sides.
"""

import pytest

from assembler.edges import (
    BREAK,
    continues_figure,
    figure_before,
    figure_behind,
    is_still,
)
from assembler.figures import Kind

MONEY = "年底前完成投资〖〗亿元，力争再快一些。"
SHARE = "开工率超过〖〗%，好于上年。"
RANK = "居全省第〖〗位。"
POINTS = "比上年下降〖〗个百分点。"
MORE = "惠及〖〗多户群众。"
LEAST = "投资〖〗亿元以上。"
RANGE = "去年的8—〖〗亿元。"

# What was there, what is there now.
STILL_THE_SAME_FIGURE = [
    ("投资〖〗亿元来之不易", "投资〖〗亿元，来年再增"),
    ("投资〖〗亿元，很好", "投资〖〗亿元来之不易"),
    (MONEY, MONEY),
    (MONEY, "现在看，投资已有〖〗亿元！"),
    (MONEY, "年底前完成投资〖〗亿元人民币"),
    (MONEY, "（〖〗亿元）"),
    (MONEY, "十亿元以上的投资，合计〖〗亿元"),
    (MONEY, "12.6亿元，〖〗亿元。还有多少"),
    (SHARE, "已经超过〖〗%！"),
    (RANK, "排在全省第〖〗位，不算落后"),
    (POINTS, "成本下降〖〗个百分点，很好"),
    (MORE, "让〖〗多户搬了新家"),
    (LEAST, "总要有〖〗亿元以上吧"),
    (RANGE, "，8—〖〗亿元"),
    ("由去年的8%到〖〗%", "由去年的9%到〖〗%"),
    ("年内〖〗", "今年之内〖〗。"),
]
ANOTHER_FIGURE = [
    ("共〖〗个", "共〖〗来个"),
    # Of 58.3 typed over the value, LibreOffice leaves 5 inside and 8.3 outside.
    (MONEY, "年底前完成投资〖〗8.3亿元"),
    (MONEY, "年底前完成投资〖〗.3亿元"),
    (MONEY, "年底前完成投资〖〗８亿元"),
    (MONEY, "年底前完成投资3〖〗亿元"),
    (MONEY, "年底前完成投资３．〖〗亿元"),
    (MONEY, "年底前完成投资十〖〗亿元"),
    # Words in front that say how it is to be taken.
    (MONEY, "年底前完成投资近〖〗亿元"),
    (MONEY, "年底前完成投资约〖〗亿元"),
    (MONEY, "年底前完成投资超过〖〗亿元"),
    (MONEY, "年底前完成投资不超过〖〗亿元"),
    (MONEY, "年底前投资下降〖〗亿元"),
    (MONEY, "年底前投资减少了〖〗亿元"),
    (MONEY, "年底前投资负〖〗亿元"),
    (MONEY, "第〖〗亿元"),
    (MONEY, "年底前投资至少〖〗亿元"),
    (SHARE, "开工率不超过〖〗%，好于上年。"),
    (SHARE, "开工率未超过〖〗%，好于上年。"),
    (SHARE, "开工率没有超过〖〗%，好于上年。"),
    (SHARE, "开工率〖〗%，好于上年。"),
    ("达到〖〗%", "未达到〖〗%"),
    (RANK, "居全省前〖〗位。"),
    (POINTS, "比上年提高〖〗个百分点。"),
    (POINTS, "比上年下降到〖〗个百分点。"),
    # And behind.
    (MONEY, "年底前完成投资〖〗多亿元"),
    (MONEY, "年底前完成投资〖〗余亿元"),
    (MONEY, "年底前完成投资〖〗亿多元"),
    (MONEY, "年底前完成投资〖〗亿元左右"),
    (MONEY, "年底前完成投资〖〗亿元以上"),
    (MONEY, "年底前完成投资〖〗亿元不到"),
    (MONEY, "年底前完成投资〖〗亿元有余"),
    (MORE, "惠及〖〗户群众。"),
    (LEAST, "投资〖〗亿元以下。"),
    # Its unit.
    (MONEY, "年底前完成投资〖〗万元"),
    (MONEY, "年底前完成投资〖〗亿美元"),
    (MONEY, "年底前完成投资〖〗"),
    (POINTS, "比上年下降〖〗%。"),
    # A range.
    (MONEY, "年底前完成投资10—〖〗亿元"),
    (MONEY, "年底前完成投资10–〖〗亿元"),
    (MONEY, "年底前完成投资10～〖〗亿元"),
    (MONEY, "年底前完成投资10至〖〗亿元"),
    (MONEY, "年底前完成投资10亿元到〖〗亿元"),
    (MONEY, "年底前完成投资〖〗—15亿元"),
    (MONEY, "年底前完成投资〖〗至15亿元"),
    (RANGE, "去年的〖〗亿元。"),
    ("超过8—〖〗亿元", "不到8—〖〗亿元"),
    # A sign.
    (MONEY, "年底前完成投资-〖〗亿元"),
    (MONEY, "年底前完成投资−〖〗亿元"),
    (MONEY, "年底前完成投资－〖〗亿元"),
]
NAME = "这项工作由〖〗同志牵头"
STILL_THE_SAME_WORDS = [
    (NAME, NAME),
    (NAME, "共由〖〗同 志"),
    (NAME, "，〖〗同志"),
    (NAME, "由〖〗，他"),
    (NAME, "由〖〗（兼）"),
    (NAME, "\t〖〗\n"),
    (NAME, f"{BREAK}〖〗{BREAK}"),
    (NAME, "〖〗"),
]
OTHER_WORDS = [
    (NAME, "请〖〗同志"),
    (NAME, "由〖〗等同志"),
    (NAME, "由〖〗、贺同舟同志"),
    (NAME, "由小〖〗同志"),
    (NAME, "由 〖〗同志"),
    ("，〖〗同志", "由〖〗同志"),
    (f"{BREAK}〖〗{BREAK}", f"局长〖〗{BREAK}"),
]


def sides(text: str) -> tuple[str, str]:
    left, _, right = text.partition("〖〗")
    return left, right


def is_still_said(kind: Kind, base: str, now: str) -> bool:
    return is_still(kind, sides(base), sides(now))


@pytest.mark.parametrize(("base", "now"), STILL_THE_SAME_FIGURE)
def test_the_sentence_round_a_figure_may_be_another(base: str, now: str) -> None:
    assert is_still_said(Kind.AMOUNT, base, now)


@pytest.mark.parametrize(("base", "now"), ANOTHER_FIGURE)
def test_what_is_added_or_taken_away_right_beside_a_figure_changes_it(
    base: str, now: str
) -> None:
    assert not is_still_said(Kind.AMOUNT, base, now)
    assert not is_still_said(Kind.AMOUNT, now, base)


@pytest.mark.parametrize(("base", "now"), STILL_THE_SAME_WORDS)
def test_a_name_is_the_same_between_its_neighbours_or_stops(
    base: str, now: str
) -> None:
    assert is_still_said(Kind.PERSON, base, now)


@pytest.mark.parametrize(("base", "now"), OTHER_WORDS)
def test_a_name_that_another_character_touches_may_be_part_of_a_longer_one(
    base: str, now: str
) -> None:
    assert not is_still_said(Kind.PERSON, base, now)


@pytest.mark.parametrize("kind", Kind)
def test_words_are_judged_as_words_and_all_else_as_figures(kind: Kind) -> None:
    is_figure = not is_still_said(kind, MONEY, MONEY.replace("投资", "投资近"))
    is_words = not is_still_said(kind, NAME, NAME.replace("由", "请"))
    assert (is_figure, is_words) == ((True, True) if kind.is_text else (True, False))


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("完成投资12.6", "12.6"),
        ("完成投资1,2", "1,2"),
        ("完成投资１２．", "１２．"),
        ("共约十二", "十二"),
        ("第10—", "10—"),
        ("第10–", "10–"),
        ("完成投资", ""),
        ("12.6亿元", ""),
        ("", ""),
        ("9" * 20, "9" * 12),
    ],
)
def test_the_end_of_a_text_that_may_belong_to_a_figure(text: str, end: str) -> None:
    assert figure_before(text) == end


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("8.3亿元", "8.3亿"),
        ("—15个", "—15"),
        ("．５", "．５"),
        ("%", ""),
        ("多户12", ""),
        ("", ""),
    ],
)
def test_the_beginning_of_a_text_that_may_belong_to_a_figure(
    text: str, beginning: str
) -> None:
    assert figure_behind(text) == beginning


@pytest.mark.parametrize(
    "text",
    [
        "1〖5〗个",
        "完成〖58〗.3亿元",
        "完成〖58〗．３亿元",
        "完成〖5〗8亿元",
        "完成5〖.8〗亿元",
        "完成〖5.〗8亿元",
        "完成1.〖5〗亿元",
        "完成〖1〗,200万元",
        "完成1,〖200〗万元",
        "完成〖1,200〗,000元",
        "完成〖１〗２个",
    ],
)
def test_a_figure_that_goes_on_beyond_its_edges_is_part_of_another(text: str) -> None:
    left, _, rest = text.partition("〖")
    figure, _, right = rest.partition("〗")
    assert continues_figure(left, figure, right)


@pytest.mark.parametrize(
    "text",
    [
        "完成〖58〗亿元",
        "完成〖58〗。3月以后",
        "完成了〖58〗",
        "〖58〗.",
        "其中，2,〖58〗个",
        "〖58〗,3个",
        "〖58〗,3000个",
        "3〖一半〗4",
        "十〖五〗",
        "1〖〗2",
        "3，〖58〗，4",
        "3 〖58〗 4",
    ],
)
def test_a_figure_that_ends_at_its_edges_stands_for_itself(text: str) -> None:
    left, _, rest = text.partition("〖")
    figure, _, right = rest.partition("〗")
    assert not continues_figure(left, figure, right)
