"""Articles that hold several speeches, and what the paragraphs of a speech are."""

import re

import pytest

from assembler.article import pieces_of
from assembler.layout import Role
from assembler.roles import roles_of
from scripts.build_templates import SOURCES

BODY = (
    "今年以来，全区上下抓项目、促投资，取得了一定成效，但差距仍然明显，"
    "大家要把问题看得更重一些，把措施定得更实一些，把责任压得更紧一些。"
)


def parted(*lines: str) -> list[tuple[str, str]]:
    """The pieces of an article: the number taken out of each first line, the rest."""
    return [
        (lines[p.first][slice(*p.mark)], "".join(lines[p.first : p.end])[p.mark[1] :])
        for p in pieces_of(lines)
    ]


@pytest.mark.parametrize(
    ("first", "second", "marks"),
    [
        ("项目推进会讲话稿1", "项目推进会讲话稿2", ["1", "2"]),
        ("项目推进会讲话稿（一）", "项目推进会讲话稿（二）", ["（一）", "（二）"]),
        ("项目推进会讲话稿篇1：", "项目推进会讲话稿篇2：", ["篇1：", "篇2："]),
        ("在会上的讲话１", "在会上的讲话２", ["１", "２"]),
        ("动员会发言稿 第一篇", "动员会发言稿 第二篇", [" 第一篇", " 第二篇"]),
        ("篇一", "篇二", ["篇一", "篇二"]),
        ("【篇一】", "【篇二】", ["【篇一】", "【篇二】"]),
        ("范文一：在会上的讲话", "范文二：在会上的讲话", ["范文一：", "范文二："]),
        ("第一篇 在会上的讲话", "第二篇 在会上的讲话", ["第一篇 ", "第二篇 "]),
        ("讲话稿1：在会上的讲话", "讲话稿2：在会上的讲话", ["讲话稿1：", "讲话稿2："]),
    ],
)
def test_an_article_is_parted_where_its_pieces_are_numbered(
    first: str, second: str, marks: list[str]
) -> None:
    pieces = parted("小编为大家整理了几篇讲话稿。", first, BODY, second, BODY)
    assert [mark for mark, _ in pieces] == marks
    assert all(text.endswith(BODY) for _, text in pieces)


def test_ten_pieces_are_ten() -> None:
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"]
    lines = [line for n in numbers for line in (f"范文{n}", BODY)]
    assert [piece.number for piece in pieces_of(lines)] == list(range(1, 12))


def test_a_table_of_contents_is_no_row_of_speeches() -> None:
    titles = ["讲话稿1", "讲话稿2", "讲话稿3"]
    lines = [*titles, *(line for title in titles for line in (title, BODY))]
    assert [piece.first for piece in pieces_of(lines)] == [3, 5, 7]


def test_a_missing_piece_does_not_join_the_others() -> None:
    lines = ["讲话稿1", BODY, "讲话稿3", BODY]
    assert [piece.number for piece in pieces_of(lines)] == [1, 3]


@pytest.mark.parametrize(
    "lines",
    [
        ["在会上的讲话", "同志们：", BODY, "谢谢大家！"],
        ["一、抓开工", BODY, "二、抓进度", BODY],
        ["第一，要抓开工", BODY, "第二，要抓进度", BODY],
        ["第一篇章要写好", BODY, "第二篇章要写精彩", BODY],
        ["在会上的讲话2023", BODY],
        ["讲话稿2", BODY, "讲话稿3", BODY],
        ["（1）抓开工", BODY, "（2）抓进度", BODY],
    ],
)
def test_other_numbers_part_nothing(lines: list[str]) -> None:
    assert [(p.first, p.end, p.number) for p in pieces_of(lines)] == [
        (0, len(lines), 0)
    ]


def test_an_introduction_before_a_single_numbered_piece_is_left_out() -> None:
    [piece] = pieces_of(["小编整理", "范文一：在会上的讲话", BODY])
    assert (piece.first, piece.end) == (1, 3)


# Roles -------------------------------------------------------------------------------


def shown(*lines: str) -> str:
    return " ".join(str(role) for role in roles_of(lines))


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        (("完成投资X亿元",), "正文"),
        (
            ("在会上的讲话", "（20XX年X月X日）", "区长　X", "同志们：", BODY),
            "标题 日期 讲话人 称呼 正文",
        ),
        (
            ("打赢翻身仗", "——在会上的讲话", "各位代表、同志们：", BODY),
            "标题 标题 称呼 正文",
        ),
        (("在会上的讲话", BODY, BODY), "标题 正文 正文"),
        (("同志们：", BODY), "称呼 正文"),
        (("同志们！", BODY), "称呼 正文"),
        (("尊敬的各位领导，同志们：", BODY), "称呼 正文"),
        (("在区长办公会上的讲话", "同志们：", BODY), "标题 称呼 正文"),
        (
            ("在会上的讲话", "XXX", "×年×月×日", "同志们：", BODY),
            "标题 讲话人 日期 称呼 正文",
        ),
        (("在会上的讲话", "二〇二三年三月一日", BODY), "标题 日期 正文"),
        (("在会上的讲话", "【会议日期】", BODY), "标题 日期 正文"),
    ],
)
def test_the_head_of_a_speech_is_recognised(lines: tuple[str, ...], roles: str) -> None:
    assert shown(*lines) == roles


@pytest.mark.parametrize(
    ("starts", "roles"),
    [
        (("一、抓开工", "二、抓进度"), "一级 一级"),
        (("一、抓", "（一）开工", "（二）进度", "二、管"), "一级 二级 二级 一级"),
        (
            ("一、抓", "（一）开", "1.清单", "2．台账", "（二）管", "二、督"),
            "一级 二级 三级 三级 二级 一级",
        ),
        (("第一，抓", "一是开", "二是管", "第二，督"), "一级 二级 二级 一级"),
        (("一、抓", "第一，开", "第二，管", "二、督"), "一级 二级 二级 一级"),
        (("一要开", "二要管"), "一级 一级"),
        (("首先，抓", "其次，督"), "一级 一级"),
        (("（1）抓", "（2）督"), "一级 一级"),
        (("1.5亿元到位", "2.6亿元到位"), "正文 正文"),
        (("三要素齐备", "四要件齐备"), "正文 正文"),
        (("一、抓开工", "再抓进度"), "正文 正文"),
    ],
)
def test_levels_follow_from_the_numbers_in_use(
    starts: tuple[str, ...], roles: str
) -> None:
    found = roles_of(
        ["同志们：", BODY, *(f"{start}。{BODY}" for start in starts), BODY]
    )
    assert " ".join(map(str, found[2:-1])) == roles


def test_a_long_first_sentence_is_no_heading() -> None:
    assert shown("同志们：", f"一是{BODY}", f"二是{BODY}") == "称呼 正文 正文"


@pytest.mark.parametrize(
    "thanks",
    ["谢谢大家！", "谢谢大家。", "我的讲话完了，谢谢大家。", "谢谢！", "讲话完毕。"],
)
def test_the_last_appeal_and_thanks_are_the_closing(thanks: str) -> None:
    found = roles_of(["同志们：", BODY, f"同志们，{BODY}", thanks])
    assert found[2:] == [Role.CLOSING, Role.CLOSING]


def test_thanks_at_the_beginning_are_none() -> None:
    assert (
        shown("同志们：", "谢谢大家的到来。", BODY, BODY, BODY)
        == "称呼 正文 正文 正文 正文"
    )


def test_the_bundled_speech_with_numbered_parts_gets_its_own_roles_back() -> None:
    speech = (SOURCES / "工作部署.txt").read_text("utf-8").partition("\n字段说明")[0]
    rows = [line.partition("\t") for line in speech.splitlines()]
    lines = [re.sub(r"⟦([^|]*)\|[^⟧]*⟧", r"\1", text) for _, _, text in rows]
    assert [str(role) for role in roles_of(lines)] == [role for role, _, _ in rows]
