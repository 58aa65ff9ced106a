import csv
import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from assembler.blanks import find_blanks
from assembler.tidy import moved, tidy, undo

HERE = Path(__file__).parent


class Case(NamedTuple):
    id: str
    text: str
    expected: str
    listed: str
    note: str


def plain(cell: str) -> str:
    return cell.replace("\\r", "\r").replace("\\n", "\n")


def read() -> list[Case]:
    with (HERE / "tidy_cases.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert next(rows) == list(Case._fields)
        return [Case(*map(plain, row)) for row in rows]


CASES = read()


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_every_line_of_the_table_is_repaired(case: Case) -> None:
    tidied = tidy(case.text)
    assert tidied.text == case.expected
    assert [item.code for item in tidied.suspicions] == [
        code for code in case.listed.split("|") if code
    ]
    assert undo(tidied) == case.text
    assert tidy(tidied.text).repairs == ()


ARTICLE = """讲话稿范文三篇

在全区重点项目推进会上的讲话
（2024年3月1日）

同志们：
&nbsp;&nbsp;今天我们召开會議,主要任务是总结前一阶段的工作，安排部署下一
阶段的任务。刚才,[部门/单位]作了发(fā)言，講得都很好。
扫码关注，回复“讲话”领取全文
一、总体要求
今年1-10月，全区完成投资 XX 亿元,占年度计划的X.8%(含税)。要圍繞著目标 抓
落实，掀起掀起热潮。
二、聚焦双提升”行动
谢谢大家!
×
"""

MENDED = """讲话稿范文三篇

在全区重点项目推进会上的讲话
（2024年3月1日）

同志们：
  今天我们召开会议，主要任务是总结前一阶段的工作，安排部署下一阶段的任务。\
刚才，[部门/单位]作了发言，讲得都很好。
一、总体要求
今年1—10月，全区完成投资 XX 亿元，占年度计划的X.8%（含税）。要围绕着目标抓\
落实，掀起掀起热潮。
二、聚焦双提升”行动
谢谢大家！"""


def test_damaged_article_is_mended_as_a_whole() -> None:
    tidied = tidy(ARTICLE)
    assert tidied.text.rstrip("\n") == MENDED
    assert undo(tidied) == ARTICLE
    assert [item.code for item in tidied.suspicions] == [
        "doubled-word",
        "unpaired-quote",
    ]


def test_every_repair_says_what_stood_there_and_why() -> None:
    for repair in tidy(ARTICLE).repairs:
        assert ARTICLE[repair.start : repair.end] == repair.before
        assert repair.before != repair.after
        assert re.search("[一-龥]", repair.why)


def test_repairs_are_in_reading_order_and_apart() -> None:
    repairs = tidy(ARTICLE).repairs
    assert all(a.end <= b.start for a, b in pairwise(repairs))


def test_suspicions_stand_at_their_places_in_the_original() -> None:
    for item in tidy(ARTICLE).suspicions:
        assert ARTICLE[item.start : item.end] == item.before
        assert item.message
        assert item.hint


def test_suspicion_over_a_repair_covers_what_stood_there() -> None:
    text = "今天,抓落实，聚焦双提升〞行动"
    tidied = tidy(text)
    (item,) = tidied.suspicions
    assert item.before == "〞"
    assert text[item.start] == "〞"


def test_place_in_the_original_is_found_in_the_repaired_text() -> None:
    text = "发(fā)展产(chǎn)业,抓项目"
    tidied = tidy(text)
    for offset, char in enumerate(text):
        if char in "发展产业抓项目":
            assert tidied.text[moved(tidied, offset)] == char
    assert moved(tidied, len(text)) == len(tidied.text)


def test_caller_can_keep_repairs_out_of_its_own_places() -> None:
    text = "落实〈要抓重点,补短板〉,快干"
    inside = re.compile("〈.*〉")

    def protect(current: str) -> list[tuple[int, int]]:
        return [match.span() for match in inside.finditer(current)]

    assert tidy(text, protect=protect).text == "落实〈要抓重点,补短板〉，快干"


def test_masks_of_a_text_are_the_same_after_repair() -> None:
    text = ARTICLE + "由XXX(职务)于20XX年X月X日兑付(此处填写数额)万元,增长xx0.7%"

    def masks(current: str) -> list[str]:
        return [
            blank.mask
            for line in current.splitlines()
            for blank in find_blanks(line, last=line == "×")
        ]

    assert masks(tidy(text).text) == masks(text)


def test_wrapped_text_is_joined_and_headings_stay() -> None:
    wrapped = (
        "同志们：\n"
        "今年以来，全区上下紧紧围绕重点项目建设这条主线，倒排工期挂图\n"
        "作战，项目推进总体有力有序。但是也要看到，一些项目开工不足进\n"
        "度滞后的问题仍然突出，个别单位认识不到位措施不得力办法也不多\n"
        "，必须引起高度重视。\n"
        "一、正视差距\n"
        "总的看，开工率还不够高，投资完成得也不够理想，与年初定的目标\n"
        "相比还有差距。\n"
    )
    assert tidy(wrapped).text.count("\n") == 4
    assert "\n一、正视差距\n" in tidy(wrapped).text


def test_clean_speeches_are_left_alone() -> None:
    texts = sorted((HERE / "corpus").glob("*.txt"))
    assert texts
    for path in texts:
        tidied = tidy(path.read_text(encoding="utf-8"))
        assert tidied.repairs == (), path.name
        assert [item.code for item in tidied.suspicions] == [], path.name


@pytest.mark.parametrize(
    "text", ["", "\n", "\r\n\r\n", "　", "plain English, no more."]
)
def test_texts_without_chinese_are_left_alone(text: str) -> None:
    assert tidy(text).text == text


@pytest.mark.parametrize(
    "piece", ["a", "1", "（", '"', "'项", "&amp;", "项 ", "项\n", "(", "1:", "a.", "著"]
)
def test_long_runs_take_no_long_time(piece: str) -> None:
    # A rule that goes back over its run at every character would take hours here.
    text = piece * (60_000 // len(piece))
    assert undo(tidy(text)) == text
