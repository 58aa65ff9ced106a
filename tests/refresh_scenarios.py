"""Scenarios of refresh: what people did to a draft, the new data, what comes of it.

Each has two full cycles of edit and refresh. The edits come from reference experience:
how Word and LibreOffice treat bookmarks, what copier's users and those of template
engines have suffered from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import handwork as do
from tests.documents import document, guide, p
from tests.documents import field as blank
from tests.handwork import Edit, nothing, together

ROW = {
    "文件名": "清河讲话",
    "地区": "清河区",
    "项目数": "240",
    "开工数": "164",
    "开工率": "",
    "领导": "陆知远",
    "单位": "区自然资源局",
    "投资": "12.6",
}
TEMPLATE = document(
    p("在", blank("地区", "X"), "推进会上的讲话"),
    p(
        *("今年全区安排重点项目", blank("项目数", "X"), "个，目前已开工"),
        *(blank("开工数", "X"), "个，开工率", blank("开工率", "X")),
        "%，好于上年同期。",
    ),
    p(
        *("这项工作由", blank("领导", "X"), "同志牵头，", blank("单位", "X")),
        *("具体负责，年底前完成投资", blank("投资", "X"), "亿元，力争再快一些。"),
    ),
    p("会后请各单位抓紧落实，不得拖延。"),
    guide(
        ("项目数", "数量", "个", "", ""),
        ("开工数", "数量", "个", "", ""),
        ("开工率", "百分比", "%", "开工数 / 项目数", ""),
        ("领导", "人名", "", "", ""),
        ("单位", "单位", "", "", ""),
        ("投资", "金额", "亿元", "", ""),
        ("地区", "地名", "", "", ""),
    ),
)
TITLE = "在清河区推进会上的讲话"
LAST = "会后请各单位抓紧落实，不得拖延。"


def works(projects: str = "240", begun: str = "164", share: str = "68.3") -> str:
    """The second paragraph."""
    return (
        f"今年全区安排重点项目{projects}个，目前已开工{begun}个，"
        f"开工率{share}%，好于上年同期。"
    )


def plan(
    leader: str = "陆知远", office: str = "区自然资源局", money: str = "12.6"
) -> str:
    """The third paragraph."""
    return (
        f"这项工作由{leader}同志牵头，{office}具体负责，"
        f"年底前完成投资{money}亿元，力争再快一些。"
    )


@dataclass(frozen=True)
class Cycle:
    """An edit, a refresh, and what the draft says then.

    Attributes:
        edit: what was done to the draft.
        data: what of the row is new, against `ROW`.
        says: the paragraphs of the draft; None for those of `works` and the others
            as the data give them.
        codes: the findings.
        options: for refresh.
    """

    edit: Edit
    data: Mapping[str, str]
    says: tuple[str, ...]
    codes: frozenset[str] = frozenset()
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """A scenario; its name is a sentence."""

    name: str
    cycles: tuple[Cycle, ...]


def cycle(
    edit: Edit, data: Mapping[str, str], *says: str, codes: str = "", **options: object
) -> Cycle:
    """A cycle; the title goes without saying, and the last paragraph at the end."""
    closing = () if LAST in says or options.pop("open_end", False) else (LAST,)
    return Cycle(
        edit, data, (TITLE, *says, *closing), frozenset(codes.split()), options
    )


MORE = {"开工数": "170"}
MOST = {"开工数": "180"}
RICH = {"投资": "15.8"}
RICHER = {"投资": "16.2"}

SCENARIOS = (
    Scenario(
        "an untouched draft takes the new figures, calculated ones too",
        (
            cycle(nothing, MORE, works(begun="170", share="70.8"), plan()),
            cycle(nothing, MOST, works(begun="180", share="75.0"), plan()),
        ),
    ),
    Scenario(
        "old data change nothing",
        (
            cycle(nothing, {}, works(), plan()),
            cycle(
                do.rewrite("力争", "务求"), {}, works(), plan().replace("力争", "务求")
            ),
        ),
    ),
    Scenario(
        "a sentence rewritten round its figure keeps its new words",
        (
            cycle(
                do.rewrite("个，目前已开工", "个。截至昨天，真正动起来的有"),
                MORE,
                works(begun="170", share="70.8").replace(
                    "个，目前已开工", "个。截至昨天，真正动起来的有"
                ),
                plan(),
            ),
            cycle(
                do.rewrite("好于上年同期", "还要再快"),
                MOST,
                works(begun="180", share="75.0")
                .replace("个，目前已开工", "个。截至昨天，真正动起来的有")
                .replace("好于上年同期", "还要再快"),
                plan(),
            ),
        ),
    ),
    Scenario(
        "paragraphs added and deleted elsewhere do not matter",
        (
            cycle(
                do.append_paragraph("谢谢大家。"),
                RICH,
                works(),
                plan(money="15.8"),
                LAST,
                "谢谢大家。",
            ),
            cycle(
                do.delete_paragraph("会后请"),
                RICHER,
                works(),
                plan(money="16.2"),
                "谢谢大家。",
                open_end=True,
            ),
        ),
    ),
    Scenario(
        "a figure corrected by hand stays while the data stay",
        (
            cycle(
                do.change_inside("投资", "13.1"),
                MORE,
                works(begun="170", share="70.8"),
                plan(money="13.1"),
                codes="kept-by-hand",
            ),
            cycle(
                nothing,
                MOST,
                works(begun="180", share="75.0"),
                plan(money="13.1"),
                codes="kept-by-hand",
            ),
        ),
    ),
    Scenario(
        "a figure corrected by hand is a conflict once the data change too",
        (
            cycle(
                do.change_inside("投资", "13.1"),
                RICH,
                works(),
                plan(money="13.1"),
                codes="both-changed",
            ),
            cycle(nothing, RICHER, works(), plan(money="13.1"), codes="both-changed"),
        ),
    ),
    Scenario(
        "a conflict waits, however often it is refreshed",
        (
            cycle(
                do.change_inside("投资", "13.1"),
                RICH,
                works(),
                plan(money="13.1"),
                codes="both-changed",
            ),
            cycle(nothing, RICH, works(), plan(money="13.1"), codes="both-changed"),
        ),
    ),
    Scenario(
        "a conflict is decided for the data",
        (
            cycle(
                do.change_inside("投资", "13.1"),
                RICH,
                works(),
                plan(money="13.1"),
                codes="both-changed",
            ),
            cycle(nothing, RICH, works(), plan(money="15.8"), take="data"),
            cycle(nothing, RICHER, works(), plan(money="16.2")),
        ),
    ),
    Scenario(
        "a conflict is decided for the draft, and is none any more",
        (
            cycle(
                do.change_inside("投资", "13.1"),
                RICH,
                works(),
                plan(money="13.1"),
                take="draft",
            ),
            cycle(nothing, RICH, works(), plan(money="13.1"), codes="kept-by-hand"),
        ),
    ),
    Scenario(
        "what both changed alike is settled",
        (
            cycle(do.change_inside("投资", "15.8"), RICH, works(), plan(money="15.8")),
            cycle(nothing, RICHER, works(), plan(money="16.2")),
        ),
    ),
    Scenario(
        "the same figure written otherwise is no conflict",
        (
            cycle(
                do.change_inside("投资", "15.80"), RICH, works(), plan(money="15.80")
            ),
            cycle(nothing, RICHER, works(), plan(money="16.2")),
        ),
    ),
    Scenario(
        "a figure typed over in LibreOffice is seen whole",
        (
            cycle(
                do.retype_in_libreoffice("投资", "13.1"),
                {},
                works(),
                plan(money="13.1"),
                codes="kept-by-hand",
            ),
            cycle(nothing, RICH, works(), plan(money="13.1"), codes="both-changed"),
        ),
    ),
    Scenario(
        "a figure that begins with the old one is not taken for it",
        (
            cycle(
                do.retype_in_libreoffice("项目数", "2405"),
                {"项目数": "250"},
                works(projects="2405", share="6.8"),
                plan(),
                codes="both-changed recalculated",
            ),
            cycle(
                nothing,
                {"项目数": "250"},
                works(projects="2405", share="6.8"),
                plan(),
                codes="both-changed recalculated",
            ),
        ),
    ),
    Scenario(
        "a figure typed over in Word, its bookmark gone, is known as corrected",
        (
            cycle(
                do.retype_in_word("投资", "13.1"),
                RICH,
                works(),
                plan(money="13.1"),
                codes="both-changed found-again",
            ),
            cycle(nothing, RICH, works(), plan(money="15.8"), take="data"),
        ),
    ),
    Scenario(
        "a name typed over in Word is known as corrected",
        (
            cycle(
                do.retype_in_word("领导", "贺同舟"),
                {},
                works(),
                plan(leader="贺同舟"),
                codes="kept-by-hand found-again",
            ),
            cycle(
                nothing,
                {"领导": "韩叙安"},
                works(),
                plan(leader="贺同舟"),
                codes="both-changed found-again",
            ),
        ),
    ),
    Scenario(
        "a lost bookmark is found again by the words around",
        (
            cycle(
                do.lose_bookmark("投资"),
                RICH,
                works(),
                plan(money="15.8"),
                codes="found-again",
            ),
            cycle(nothing, RICHER, works(), plan(money="16.2")),
        ),
    ),
    Scenario(
        "all bookmarks lost at once are found again",
        (
            cycle(
                do.strip_bookmarks,
                MORE | RICH,
                works(begun="170", share="70.8"),
                plan(money="15.8"),
                codes="found-again",
            ),
            cycle(
                do.strip_bookmarks,
                MOST | RICHER,
                works(begun="180", share="75.0"),
                plan(money="16.2"),
                codes="found-again",
            ),
        ),
    ),
    Scenario(
        "a record that was stripped is made anew, and told",
        (
            cycle(
                do.strip_record,
                MORE,
                works(begun="170", share="70.8"),
                plan(),
                codes="record-lost unproved-update",
                template=True,
                row="清河讲话",
            ),
            cycle(
                do.change_inside("投资", "13.1"),
                RICH,
                works(),
                plan(money="13.1"),
                codes="both-changed",
            ),
        ),
    ),
    Scenario(
        "without a record, but with the template, names are renewed like figures",
        (
            cycle(
                do.strip_record,
                {"领导": "贺同舟"},
                works(),
                plan("贺同舟"),
                codes="record-lost unproved-update",
                template=True,
                row="清河讲话",
            ),
            cycle(nothing, {"领导": "韩叙安"}, works(), plan("韩叙安")),
        ),
    ),
    Scenario(
        "without record and template the bookmarks tell the figures, not the words",
        (
            cycle(
                do.strip_record,
                RICH | {"开工率": "70.1", "领导": "贺同舟"},
                works(share="70.1"),
                plan(money="15.8"),
                codes="record-lost fields-lost unproved-update both-changed",
                row="清河讲话",
            ),
            cycle(
                nothing,
                RICHER | {"开工率": "70.1"},
                works(share="70.1"),
                plan(money="16.2"),
                codes="fields-lost",
            ),
        ),
    ),
    Scenario(
        "without record and template part of a longer figure is not replaced",
        (
            cycle(
                together(do.type_before("投资", "5"), do.strip_record),
                RICH | {"开工率": "68.3"},
                works(),
                plan(money="512.6"),
                codes="record-lost fields-lost both-changed found-again",
                row="清河讲话",
            ),
            cycle(
                nothing,
                RICHER | {"开工率": "68.3"},
                works(),
                plan(money="512.6"),
                codes="fields-lost both-changed found-again",
            ),
        ),
    ),
    Scenario(
        "with record and bookmarks stripped the template tells",
        (
            cycle(
                together(do.strip_record, do.strip_bookmarks),
                MORE,
                works(begun="170", share="70.8"),
                plan(),
                codes="record-lost unproved-update found-again",
                template=True,
                row="清河讲话",
            ),
            cycle(
                nothing,
                MOST,
                works(begun="180", share="75.0"),
                plan(),
                codes="found-again",
            ),
        ),
    ),
    Scenario(
        "a record that was stripped costs no figure if the draft's are taken",
        (
            cycle(
                together(do.change_inside("投资", "13.1"), do.strip_record),
                RICH,
                works(),
                plan(money="13.1"),
                codes="record-lost",
                template=True,
                row="清河讲话",
                take="draft",
            ),
            cycle(nothing, RICHER, works(), plan(money="13.1"), codes="both-changed"),
        ),
    ),
    Scenario(
        "a deleted sentence is told, and found when it comes back",
        (
            cycle(do.delete_paragraph("这项工作由"), RICH, works(), codes="place-lost"),
            cycle(
                do.append_paragraph(plan()),
                RICH,
                works(),
                LAST,
                plan(money="15.8"),
                codes="found-again",
            ),
        ),
    ),
    Scenario(
        "a deleted sentence whose data stay is told in passing",
        (
            cycle(
                do.delete_paragraph("这项工作由"),
                MORE,
                works(begun="170", share="70.8"),
                codes="place-lost",
            ),
            cycle(nothing, MOST, works(begun="180", share="75.0"), codes="place-lost"),
        ),
    ),
    Scenario(
        "a figure deleted in LibreOffice stays deleted",
        (
            cycle(
                do.delete_figure("投资", "lo"),
                {},
                works(),
                plan(money=""),
                codes="kept-by-hand",
            ),
            cycle(nothing, RICH, works(), plan(money=""), codes="both-changed"),
        ),
    ),
    Scenario(
        "a figure deleted in Word is put back on request",
        (
            cycle(
                do.delete_figure("投资", "word"),
                RICH,
                works(),
                plan(money=""),
                codes="both-changed found-again",
            ),
            cycle(
                nothing,
                RICH,
                works(),
                plan(money="15.8"),
                take="data",
                codes="found-again",
            ),
        ),
    ),
    Scenario(
        "a figure broken by Enter is told, not put together",
        (
            cycle(
                do.enter_inside("投资"),
                RICH,
                works(),
                "这项工作由陆知远同志牵头，区自然资源局具体负责，年底前完成投资1",
                "2.6亿元，力争再快一些。",
                codes="place-lost",
            ),
            cycle(
                do.join_to_next("年底前完成投资1"),
                RICH,
                works(),
                plan(money="15.8"),
            ),
        ),
    ),
    Scenario(
        "paragraphs split and joined keep their figures",
        (
            cycle(
                do.split_after("个，目前已开工"),
                MORE,
                "今年全区安排重点项目240个，目前已开工",
                "170个，开工率70.8%，好于上年同期。",
                plan(),
            ),
            cycle(
                do.join_to_next("今年全区安排"),
                MOST,
                works(begun="180", share="75.0"),
                plan(),
            ),
        ),
    ),
    Scenario(
        "a paragraph moved elsewhere takes its figures along",
        (
            cycle(
                do.move_paragraph("这项工作由", "今年全区安排"),
                RICH,
                plan(money="15.8"),
                works(),
            ),
            cycle(
                do.move_paragraph("会后请", "这项工作由"),
                RICHER,
                LAST,
                plan(money="16.2"),
                works(),
            ),
        ),
    ),
    Scenario(
        "a paragraph moved without its bookmarks is found",
        (
            cycle(
                together(
                    do.strip_bookmarks, do.move_paragraph("这项工作由", "今年全区安排")
                ),
                RICH,
                plan(money="15.8"),
                works(),
                codes="found-again",
            ),
            cycle(nothing, RICHER, plan(money="16.2"), works()),
        ),
    ),
    Scenario(
        "a paragraph copied in LibreOffice is refreshed in both places",
        (
            cycle(
                do.copy_paragraph("这项工作由", "lo"),
                RICH,
                works(),
                plan(money="15.8"),
                LAST,
                plan(money="15.8"),
            ),
            cycle(
                nothing, RICHER, works(), plan(money="16.2"), LAST, plan(money="16.2")
            ),
        ),
    ),
    Scenario(
        "a paragraph copied in Word, without bookmarks, is refreshed in both places",
        (
            cycle(
                do.copy_paragraph("这项工作由", "word"),
                RICH,
                works(),
                plan(money="15.8"),
                LAST,
                plan(money="15.8"),
                codes="copied-place",
            ),
            cycle(
                nothing, RICHER, works(), plan(money="16.2"), LAST, plan(money="16.2")
            ),
        ),
    ),
    Scenario(
        "of two copies the one that was corrected is kept",
        (
            cycle(
                together(
                    do.copy_paragraph("这项工作由", "lo"),
                    do.change_inside("投资", "13.1"),
                ),
                RICH,
                works(),
                plan(money="13.1"),
                LAST,
                plan(money="15.8"),
                codes="both-changed",
            ),
            cycle(
                nothing,
                RICHER,
                works(),
                plan(money="13.1"),
                LAST,
                plan(money="16.2"),
                codes="both-changed",
            ),
        ),
    ),
    Scenario(
        "copies that have all lost their bookmarks are told, none is chosen",
        (
            cycle(
                together(
                    do.copy_paragraph("这项工作由", "word"),
                    do.strip_bookmarks,
                    do.rewrite("好于上年同期", "要再快"),
                ),
                RICH,
                works().replace("好于上年同期", "要再快"),
                plan(),
                LAST,
                plan(),
                codes="place-lost found-again stale-figure",
            ),
            cycle(
                do.delete_paragraph("这项工作由"),
                RICH,
                works().replace("好于上年同期", "要再快"),
                LAST,
                plan(money="15.8"),
                codes="found-again",
            ),
        ),
    ),
    Scenario(
        "a figure that was copied alone is left, and told when it is out of date",
        (
            cycle(
                do.append_paragraph("再说一遍：12.6亿元一分不能少。"),
                RICH,
                works(),
                plan(money="15.8"),
                LAST,
                "再说一遍：12.6亿元一分不能少。",
                codes="stale-figure",
            ),
            cycle(
                do.rewrite("12.6亿元一分", "15.8亿元一分"),
                RICHER,
                works(),
                plan(money="16.2"),
                LAST,
                "再说一遍：15.8亿元一分不能少。",
                codes="stale-figure",
            ),
        ),
    ),
    Scenario(
        "a word that changes what a figure says is a person's",
        (
            cycle(
                do.type_before("投资", "近"),
                RICH,
                works(),
                plan(money="近12.6"),
                codes="both-changed",
            ),
            cycle(nothing, RICH, works(), plan(money="15.8"), take="data"),
        ),
    ),
    Scenario(
        "a digit typed in front, inside the bookmark or outside, is a person's",
        (
            cycle(
                do.type_before("投资", "2"),
                RICH,
                works(),
                plan(money="212.6"),
                codes="both-changed",
            ),
            cycle(
                do.type_before("开工数", "1", inside=True),
                MORE | RICH,
                works(begun="1164", share="485.0"),
                plan(money="212.6"),
                codes="both-changed recalculated",
            ),
        ),
    ),
    Scenario(
        "a digit typed behind is a person's",
        (
            cycle(
                do.type_after("投资", "5"),
                RICH,
                works(),
                plan(money="12.65"),
                codes="both-changed",
            ),
            cycle(nothing, RICHER, works(), plan(money="12.65"), codes="both-changed"),
        ),
    ),
    Scenario(
        "a unit changed by hand is a person's, and never overruled",
        (
            cycle(
                do.rewrite("亿元，力争", "万元，力争"),
                RICH,
                works(),
                plan().replace("亿元", "万元"),
                codes="both-changed",
            ),
            cycle(
                nothing,
                RICH,
                works(),
                plan().replace("亿元", "万元"),
                codes="both-changed",
                take="data",
            ),
        ),
    ),
    Scenario(
        "a direction changed by hand is a person's",
        (
            cycle(
                do.rewrite("年底前完成投资", "年底前投资下降"),
                RICH,
                works(),
                plan().replace("完成投资", "投资下降"),
                codes="both-changed",
            ),
            cycle(
                do.rewrite("年底前投资下降", "年底前完成投资"),
                RICH,
                works(),
                plan(money="15.8"),
            ),
        ),
    ),
    Scenario(
        "words added to a name are a person's",
        (
            cycle(
                do.type_after("单位", "和清源街道"),
                {"单位": "区林业局"},
                works(),
                plan(office="区自然资源局和清源街道"),
                codes="both-changed",
            ),
            cycle(
                nothing,
                {"单位": "区林业局"},
                works(),
                plan(office="区林业局和清源街道"),
                take="data",
            ),
        ),
    ),
    Scenario(
        "a bookmark grown over the words beside it is put right",
        (
            cycle(
                do.grow_bookmark("投资", 3),
                RICH,
                works(),
                plan(money="15.8"),
                codes="found-again",
            ),
            cycle(nothing, RICHER, works(), plan(money="16.2")),
        ),
    ),
    Scenario(
        "a bookmark moved to other words is put back",
        (
            cycle(
                do.move_bookmark("投资", "会后"),
                RICH,
                works(),
                plan(money="15.8"),
                codes="found-again",
            ),
            cycle(nothing, RICHER, works(), plan(money="16.2")),
        ),
    ),
    Scenario(
        "a second bookmark of a name on other words is left alone",
        (
            cycle(
                do.double_bookmark("投资", "会后"),
                RICH,
                works(),
                plan(money="15.8"),
                codes="both-changed",
            ),
            cycle(nothing, {}, works(), plan(), codes="kept-by-hand"),
        ),
    ),
    Scenario(
        "a figure typed over while changes are tracked is a person's",
        (
            cycle(
                do.retype_tracked("投资", "13.1"),
                RICH,
                works(),
                plan(money="13.1"),
                codes="both-changed",
            ),
            cycle(nothing, RICHER, works(), plan(money="13.1"), codes="both-changed"),
        ),
    ),
    Scenario(
        "a figure half of which is a link cannot be written, and that is told",
        (
            cycle(do.link_half("投资"), RICH, works(), plan(), codes="cannot-write"),
            cycle(nothing, {}, works(), plan()),
        ),
    ),
    Scenario(
        "a calculated figure that a person changed is a conflict that says so",
        (
            cycle(
                do.change_inside("开工率", "69"),
                MORE,
                works(begun="170", share="69"),
                plan(),
                codes="both-changed speech-disagrees",
            ),
            cycle(nothing, MORE, works(begun="170", share="70.8"), plan(), take="data"),
        ),
    ),
    Scenario(
        "a calculated figure follows from what the speech says",
        (
            cycle(
                do.change_inside("开工数", "168"),
                {"项目数": "250"},
                works("250", "168", "67.2"),
                plan(),
                codes="kept-by-hand recalculated",
            ),
            cycle(
                nothing,
                {"项目数": "300"},
                works("300", "168", "56.0"),
                plan(),
                codes="kept-by-hand recalculated",
            ),
        ),
    ),
    Scenario(
        "a share that no longer fits a corrected part is told while the data stay",
        (
            cycle(
                do.change_inside("开工数", "168"),
                {},
                works(begun="168"),
                plan(),
                codes="kept-by-hand speech-disagrees",
            ),
            cycle(
                nothing,
                {},
                works(begun="168"),
                plan(),
                codes="kept-by-hand speech-disagrees",
            ),
        ),
    ),
    Scenario(
        "a part that cannot be read keeps nobody from being told",
        (
            cycle(
                do.change_inside("开工数", "大半"),
                {"项目数": "250"},
                works("250", "大半", "65.6"),
                plan(),
                codes="kept-by-hand speech-unreadable",
            ),
            cycle(
                nothing,
                {"项目数": "250"},
                works("250", "大半", "65.6"),
                plan(),
                codes="kept-by-hand speech-unreadable",
            ),
        ),
    ),
    Scenario(
        "data with an error leave the draft as it is",
        (
            cycle(
                nothing,
                {"投资": "很多"},
                works(),
                plan(),
                codes="unclear-figure draft-not-refreshed",
            ),
            cycle(nothing, RICH, works(), plan(money="15.8")),
        ),
    ),
    Scenario(
        "data without a value leave the draft as it is",
        (
            cycle(
                nothing,
                {"领导": ""},
                works(),
                plan(),
                codes="missing-value draft-not-refreshed",
            ),
            cycle(nothing, {"领导": "贺同舟"}, works(), plan(leader="贺同舟")),
        ),
    ),
    Scenario(
        "a row that has another name now must be named",
        (
            cycle(
                nothing,
                RICH | {"文件名": "清河讲话（二稿）"},
                works(),
                plan(),
                codes="no-row-for-draft",
            ),
            cycle(
                nothing,
                RICH | {"文件名": "清河讲话（二稿）"},
                works(),
                plan(money="15.8"),
                row="2",
            ),
            cycle(
                nothing,
                RICHER | {"文件名": "清河讲话（二稿）"},
                works(),
                plan(money="16.2"),
            ),
        ),
    ),
    Scenario(
        "values with signs and line breaks go in as they are",
        (
            cycle(
                nothing,
                {"单位": "A&B<局>\n“甲”"},
                works(),
                plan(office="A&B<局>\n“甲”"),
            ),
            cycle(nothing, {"单位": "区林业局"}, works(), plan(office="区林业局")),
        ),
    ),
    Scenario(
        "figures in a format of the secretary's keep it",
        (
            cycle(
                do.format_figure("投资", "<w:b/>"), RICH, works(), plan(money="15.8")
            ),
            cycle(
                do.format_figure("开工数", '<w:u w:val="single"/>'),
                RICHER | MORE,
                works(begun="170", share="70.8"),
                plan(money="16.2"),
            ),
        ),
    ),
    Scenario(
        "kept words survive the second refresh as they did the first",
        (
            cycle(
                together(
                    do.rewrite("力争再快一些", "确保颗粒归仓"),
                    do.change_inside("领导", "贺同舟"),
                ),
                RICH,
                works(),
                plan("贺同舟", money="15.8").replace("力争再快一些", "确保颗粒归仓"),
                codes="kept-by-hand",
            ),
            cycle(
                do.rewrite("不得拖延", "务求实效"),
                RICHER,
                works(),
                plan("贺同舟", money="16.2").replace("力争再快一些", "确保颗粒归仓"),
                LAST.replace("不得拖延", "务求实效"),
                codes="kept-by-hand",
                open_end=True,
            ),
        ),
    ),
    Scenario(
        "everything at once",
        (
            cycle(
                together(
                    do.rewrite("好于上年同期", "还要再快"),
                    do.lose_bookmark("项目数"),
                    do.change_inside("领导", "贺同舟"),
                    do.copy_paragraph("会后请", "word"),
                    do.move_paragraph("这项工作由", "今年全区安排"),
                ),
                {"项目数": "250", "投资": "15.8"},
                plan("贺同舟", money="15.8"),
                works("250", "164", "65.6").replace("好于上年同期", "还要再快"),
                LAST,
                LAST,
                codes="kept-by-hand found-again",
            ),
            cycle(
                do.retype_in_word("投资", "17.3"),
                {"项目数": "250", "投资": "16.2"},
                plan("贺同舟", money="17.3"),
                works("250", "164", "65.6").replace("好于上年同期", "还要再快"),
                LAST,
                LAST,
                codes="kept-by-hand both-changed found-again",
            ),
        ),
    ),
)


def template_file(folder: Path) -> Path:
    """The template, written to a folder where nobody looks for it."""
    folder.mkdir(exist_ok=True)
    path = folder / "推进会.docx"
    path.write_bytes(TEMPLATE)
    return path
