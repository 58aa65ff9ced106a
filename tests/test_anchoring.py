"""A value found by the words around it: where it stands for certain, and where not.

Texts are written with 〖项目数〗 where a bookmark is known, as a token stands
there, and in the base with the value that was left, 〖项目数：240〗. What is found is
shown between other brackets, 〔240〕.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from assembler.anchoring import (
    WORDS_KEPT,
    Anchor,
    Extent,
    Finder,
    in_place,
    is_value,
    likeness,
    tokens_for,
)
from assembler.edges import BREAK
from assembler.figures import Kind

KINDS = {"领导": Kind.PERSON, "单位": Kind.BODY, "说明": Kind.TEXT}
_PLACE = re.compile("〖([^：〗]*)(?:：(.*?))?〗")
WORKS = "今年全区安排重点项目〖项目数：240〗个，目前已开工〖开工数：164〗个，好于上年。"
PLAN = (
    "这项工作由〖领导：陆知远〗同志牵头，年底前完成投资〖投资：12.6〗亿元，力争再快。"
)
WORKS_NOW = "今年全区安排重点项目240个，目前已开工164个，好于上年。"
PLAN_NOW = "这项工作由陆知远同志牵头，年底前完成投资12.6亿元，力争再快。"


def joined(paragraphs: Iterable[str]) -> str:
    return BREAK + "".join(paragraph + BREAK for paragraph in paragraphs)


class Story:
    """A story of the base, as merge left it.

    Args:
        paragraphs: its paragraphs; a place without a value is one whose text nobody
            knows.
    """

    def __init__(self, *paragraphs: str) -> None:
        raw = joined(paragraphs)
        self._tokens = tokens_for(dict.fromkeys(m[1] for m in _PLACE.finditer(raw)))
        self.base = self._with_tokens(raw)
        self._anchors: dict[str, Anchor] = {}
        texts: dict[str, set[str]] = {}
        for number, match in enumerate(_PLACE.finditer(raw)):
            anchor = self._anchor(number, match[1], match[2])
            self._anchors[anchor.name] = anchor
            if anchor.text is not None:
                texts.setdefault(self._tokens[match[1]], set()).add(anchor.text)
        known = {token: frozenset(some) for token, some in texts.items()}
        self.finder = Finder(self.base, self._tokens, known)

    def _anchor(self, number: int, field: str, text: str | None) -> Anchor:
        spots = [i for i, c in enumerate(self.base) if c in self._tokens.values()]
        spot = spots[number]
        further = sum(one.field == field for one in self._anchors.values()) + 1
        return Anchor(
            name=field if further == 1 else f"{field}__{further}",
            field=field,
            kind=KINDS.get(field, Kind.AMOUNT),
            text=text,
            left=self.base[max(0, spot - WORDS_KEPT) : spot],
            right=self.base[spot + 1 : spot + 1 + WORDS_KEPT],
        )

    def _with_tokens(self, text: str) -> str:
        return _PLACE.sub(lambda match: self._tokens[match[1]], text)

    def anchor(self, name: str) -> Anchor:
        return self._anchors[name]

    def learn(self, field: str, *texts: str) -> None:
        self.finder.learn({self._tokens[field]: frozenset(texts)})

    def exact(self, name: str, *now: str) -> list[str]:
        text = self._with_tokens(joined(now))
        return shown(text, self.finder.exact(self.anchor(name), text))

    def edited(self, name: str, *now: str) -> list[str]:
        text = self._with_tokens(joined(now))
        return shown(text, self.finder.edited(self.anchor(name), text))

    def copies(self, name: str, *now: str) -> list[str]:
        text = self._with_tokens(joined(now))
        return shown(text, self.finder.copies(self.anchor(name), text))

    def torn(self, name: str, *now: str) -> list[str]:
        text = self._with_tokens(joined(now))
        return shown(text, self.finder.torn(self.anchor(name), text))

    def in_place(self, name: str, now: str) -> tuple[str, bool]:
        """What a bookmark's value is found to be, the bookmark standing at [ ]."""
        text = joined([now])
        start, end = text.index("["), text.index("]") - 1
        text = self._with_tokens(text.replace("[", "").replace("]", ""))
        found = in_place(self.anchor(name), text, start, end)
        return text[found.start : found.end], found.certain


def shown(text: str, extents: Sequence[Extent]) -> list[str]:
    """Each stretch with two characters on both sides."""
    return [
        f"{text[max(0, e.start - 2) : e.start]}〔{text[e.start : e.end]}〕"
        f"{text[e.end : e.end + 2]}".replace(BREAK, "¶")
        for e in sorted(extents, key=lambda extent: extent.start)
    ]


@pytest.fixture
def story() -> Story:
    return Story(WORKS, PLAN)


# A place's own value ------------------------------------------------------------------

OWN = {
    "项目数": "项目〔240〕个，",
    "开工数": "开工〔164〕个，",
    "领导": "作由〔陆知远〕同志",
    "投资": "投资〔12.6〕亿元",
}


@pytest.mark.parametrize("name", OWN)
def test_a_value_without_its_bookmark_is_found_among_its_words(
    story: Story, name: str
) -> None:
    assert story.exact(name, WORKS_NOW, PLAN_NOW) == [OWN[name]]
    assert story.exact(name, PLAN_NOW, "新加的一段。", WORKS_NOW) == [OWN[name]]


def test_of_a_sentence_that_stands_twice_both_are_shown(story: Story) -> None:
    assert story.exact("项目数", WORKS_NOW, PLAN_NOW, WORKS_NOW) == [OWN["项目数"]] * 2


def test_a_copy_with_another_figure_counts_as_well(story: Story) -> None:
    copy = WORKS_NOW.replace("240", "250")
    found = story.exact("项目数", WORKS_NOW, copy)
    assert found == ["项目〔240〕个，", "项目〔250〕个，"]


def test_a_copy_whose_neighbour_has_another_figure_counts_as_well(
    story: Story,
) -> None:
    copy = WORKS_NOW.replace("164", "170")
    assert story.exact("项目数", WORKS_NOW, copy) == [OWN["项目数"]] * 2


def test_a_copy_counts_though_the_neighbour_that_tells_them_apart_is_another() -> None:
    story = Story("共〖项目数：240〗项〖开工数：164〗个，好于上年。")
    now = ("共240项164个，好于上年。", "共240项170个，好于上年。")
    assert story.exact("项目数", *now) == ["¶共〔240〕项1"] * 2


def test_a_sentence_that_is_gone_is_not_found(story: Story) -> None:
    assert story.exact("项目数", PLAN_NOW) == []
    assert story.exact("项目数", "今年全区的重点项目都很好，目前有240家。") == []


@pytest.mark.parametrize(
    "now",
    [
        "今年全区安排重点项目240个，目前已开工164个，好于上年。",
        "今年全区安排重点项目240个，目前已开工〖开工数〗个，好于上年。",
        # Words beyond those that tell it from all others may be others.
        "总的看，安排重点项目240个，目前超过上年。",
    ],
)
def test_neighbours_may_have_lost_their_bookmarks_or_be_others(
    story: Story, now: str
) -> None:
    assert story.exact("项目数", now) == [OWN["项目数"]]


@pytest.mark.parametrize(
    ("now", "found"),
    [
        # Ten characters on one side, and nothing that says otherwise on the other.
        ("今年全区安排重点项目240个（含续建）", ["项目〔240〕个（"]),
        ("再加上240个，目前已开工164个，好于上年。", ["加上〔240〕个，"]),
        ("安排重点项目240个（含续建）", []),
        # As figures they are others: a figure typed before it, another unit.
        ("今年全区安排重点项目240多个", []),
        ("今年全区安排重点项目240户", []),
        ("再加上1240个，目前已开工164个，好于上年。", []),
        ("再加上近240个，目前已开工164个，好于上年。", []),
    ],
)
def test_many_words_on_one_side_tell_it_if_the_other_does_not_speak_against_it(
    story: Story, now: str, found: list[str]
) -> None:
    assert story.exact("项目数", now) == found


def test_both_sides_of_a_sentence_torn_in_two_are_shown(story: Story) -> None:
    first = "今年全区安排重点项目240个（含续建）。"
    second = "再加上240个，目前已开工164个，好于上年。"
    found = story.exact("项目数", first, second)
    assert found == ["项目〔240〕个（", "加上〔240〕个，"]


def test_what_stood_twice_in_the_base_with_all_its_words_tells_nothing() -> None:
    words = (
        "大家要把这件事放在心上，抓在手上，一步一步地往前走，件件做到实处，不能停下来"
    )
    line = f"{words}。全年完成投资〖投资：12.6〗亿元。{words}。"
    story = Story("先说交通。", line, line, "就说这些。")
    text = line.replace("〖投资：12.6〗", "12.6")
    now = ("先说交通。", text, "就说这些。")
    for name in ("投资", "投资__2"):
        assert story.exact(name, *now) == []
        assert story.exact(name, "先说交通。", text, text, "就说这些。") == []
        assert story.edited(name, *now) == []
        assert story.copies(name, *now) == []


def test_what_stands_before_and_behind_two_like_sentences_tells_them_apart() -> None:
    line = "全年完成投资〖投资：12.6〗亿元。"
    story = Story("先说交通。", line, "再说水利。", line, "就说这些。")
    text = "全年完成投资12.6亿元。"
    now = ("先说交通。", text, "再说水利。", text.replace("12.6", "13.1"), "就说这些。")
    assert story.exact("投资", *now) == ["投资〔12.6〕亿元"]
    assert story.edited("投资__2", *now) == ["投资〔13.1〕亿元"]


def test_the_edges_of_the_story_and_of_paragraphs_are_words_too() -> None:
    story = Story("〖领导：陆知远〗", "〖单位：区林业局〗", "在〖地区：清河区〗")
    now = ("陆知远", "区林业局", "在清河区")
    assert story.exact("领导", *now) == ["¶〔陆知远〕¶区"]
    assert story.exact("单位", *now) == ["远¶〔区林业局〕¶在"]
    assert story.exact("地区", *now) == ["¶在〔清河区〕¶"]
    assert story.exact("领导", "局长陆知远", "区林业局", "在清河区") == []


def test_short_words_round_two_figures_tell_them_apart() -> None:
    story = Story("人〖人数：12〗名", "户〖户数：12〗家")
    assert story.exact("人数", "人12名", "户12家") == ["¶人〔12〕名¶"]
    assert story.exact("户数", "人12名", "户12家") == ["¶户〔12〕家¶"]
    assert story.exact("户数", "人12名") == []


@pytest.mark.parametrize(
    "line", ["投资〖投资：〗亿元，很好。", "投资〖投资〗亿元，很好。"]
)
def test_a_value_that_is_empty_or_not_known_has_no_words_of_its_own(line: str) -> None:
    story = Story(line)
    assert story.exact("投资", "投资12.6亿元，很好。", "投资亿元，很好。") == []
    assert story.copies("投资", "投资12.6亿元，很好。") == []


def test_a_story_that_is_nothing_but_a_place_is_told_by_its_edges() -> None:
    story = Story("〖领导：陆知远〗")
    assert story.exact("领导", "陆知远") == ["¶〔陆知远〕¶"]
    assert story.exact("领导", "区长陆知远") == []
    assert story.copies("领导", "〖领导〗", "陆知远", "区长陆知远") == [
        "\U000f0000¶〔陆知远〕¶区"
    ]


# Another value ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("投资", "12.6", "13.1", "投资〔13.1〕亿元"),
        ("投资", "12.6", "", "投资〔〕亿元"),
        ("投资", "12.6", "十三点一", "投资〔十三点一〕亿元"),
        ("投资", "12.6", "12—14", "投资〔12—14〕亿元"),
        ("投资", "12.6", "12–14", "投资〔12–14〕亿元"),
        ("投资", "12.6", "１３．１", "投资〔１３．１〕亿元"),
        ("投资", "12.6", "近13", "投资〔近13〕亿元"),
        ("领导", "陆知远", "贺同舟", "作由〔贺同舟〕同志"),
        ("领导", "陆知远", "区长贺同舟、韩叙安", "作由〔区长贺同舟、韩叙安〕同志"),
    ],
)
def test_another_value_is_found_among_the_same_words(
    story: Story, name: str, old: str, new: str, found: str
) -> None:
    assert story.edited(name, WORKS_NOW, PLAN_NOW.replace(old, new)) == [found]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        # Never a whole sentence for a figure, nor several sentences for a name.
        ("投资", "12.6", "和往年一样多，还是十二个多"),
        ("投资", "12.6", "X"),
        ("投资", "12.6", "1" * 25),
        ("领导", "陆知远", "区里定。牵头的是贺同舟"),
        ("领导", "陆知远", "区里定；牵头的是贺同舟"),
        ("领导", "陆知远", "好" * 61),
        ("领导", "陆知远", "〖投资〗"),
    ],
)
def test_what_cannot_be_its_value_is_not_taken_for_it(
    story: Story, name: str, old: str, new: str
) -> None:
    assert story.edited(name, WORKS_NOW, PLAN_NOW.replace(old, new)) == []


def test_a_name_does_not_reach_over_the_end_of_a_paragraph(story: Story) -> None:
    now = (WORKS_NOW, "这项工作由贺同舟", "同志牵头，年底前完成投资12.6亿元")
    assert story.edited("领导", *now) == []


def test_the_longest_figure_and_the_longest_name_are_found(story: Story) -> None:
    figure, name = "1" * 24, "好" * 60
    now = PLAN_NOW.replace("12.6", figure)
    assert story.edited("投资", WORKS_NOW, now) == [f"投资〔{figure}〕亿元"]
    now = PLAN_NOW.replace("陆知远", name)
    assert story.edited("领导", WORKS_NOW, now) == [f"作由〔{name}〕同志"]


def test_another_value_needs_six_characters_on_each_side() -> None:
    story = Story("投资合计〖投资：12.6〗亿元，很好。")
    now = "投资合计13.1亿元，很好。"
    assert story.exact("投资", "那么投资合计12.6亿元，很多。") == ["合计〔12.6〕亿元"]
    assert story.edited("投资", "那么投资合计13.1亿元，很多。") == []
    assert story.edited("投资", now) == ["合计〔13.1〕亿元"]


def test_two_sentences_with_other_values_are_both_shown(story: Story) -> None:
    copies = [PLAN_NOW.replace("12.6", new) for new in ("13.1", "13.2")]
    found = story.edited("投资", WORKS_NOW, *copies)
    assert found == ["投资〔13.1〕亿元", "投资〔13.2〕亿元"]


@pytest.mark.parametrize(
    ("neighbour", "found"),
    [
        ("〖项目数〗", ["开工〔170〕个，"]),
        ("240", ["开工〔170〕个，"]),
        # Its bookmark lost and another figure in its place: no longer the same words.
        ("250", []),
    ],
)
def test_a_neighbour_counts_as_such_by_its_bookmark_or_its_value(
    neighbour: str, found: list[str]
) -> None:
    story = Story("重点项目〖项目数：240〗个，开工〖开工数：164〗个，好于上年。")
    now = f"重点项目{neighbour}个，开工170个，好于上年。"
    assert story.edited("开工数", now) == found


def test_a_neighbour_that_nobody_remembers_may_show_any_figure() -> None:
    story = Story("重点项目〖项目数〗个，开工〖开工数：164〗个，好于上年。")
    now = "重点项目250个，开工170个，好于上年。"
    assert story.edited("开工数", now) == ["开工〔170〕个，"]


def test_a_neighbour_that_was_found_tells_what_it_shows() -> None:
    story = Story("重点项目〖项目数〗个，开工〖开工数：164〗个，好于上年。")
    story.learn("项目数", "250")
    now = "重点项目250个，开工170个，好于上年。"
    assert story.edited("开工数", now) == ["开工〔170〕个，"]
    assert story.edited("开工数", now.replace("250", "260")) == []


def test_what_is_learnt_does_not_replace_what_the_record_says() -> None:
    story = Story("重点项目〖项目数：240〗个，开工〖开工数：164〗个，好于上年。")
    story.learn("项目数", "250")
    now = "重点项目250个，开工170个，好于上年。"
    assert story.edited("开工数", now) == []
    assert story.edited("开工数", now.replace("250", "240")) == ["开工〔170〕个，"]


def test_what_is_learnt_may_tell_two_places_apart() -> None:
    # While a neighbour may be anything, the first of these could be the second too.
    line = "重点项目〖{}〗个，开工〖{}：164〗个，好于上年。"
    story = Story(line.format("项目数", "开工数"), line.format("工程数", "动工数"))
    now = "重点项目250个，开工170个，好于上年。"
    assert story.edited("开工数", now) == []
    story.learn("项目数", "250")
    story.learn("工程数", "30")
    assert story.edited("开工数", now) == ["开工〔170〕个，"]


def test_an_empty_neighbour_leaves_no_trace_but_its_bookmark() -> None:
    story = Story("重点项目〖项目数：〗个，开工〖开工数：164〗个，好于上年。")
    assert story.edited("开工数", "重点项目〖项目数〗个，开工170个，好于上年。") == [
        "开工〔170〕个，"
    ]
    assert story.edited("开工数", "重点项目个，开工170个，好于上年。") == []


# Copies -------------------------------------------------------------------------------


def test_copies_are_all_that_stand_without_a_bookmark(story: Story) -> None:
    first = PLAN_NOW.replace("12.6", "〖投资〗").replace("陆知远", "〖领导〗")
    assert story.copies("投资", WORKS_NOW, first) == []
    now = (WORKS_NOW, first, PLAN_NOW, "谢谢。", PLAN_NOW)
    assert story.copies("投资", *now) == [OWN["投资"]] * 2
    assert story.copies("领导", *now) == [OWN["领导"]] * 2


def test_a_copy_needs_six_of_its_characters_on_each_side(story: Story) -> None:
    assert story.copies("投资", "年底前完成投资12.6亿元，力争再快。")
    assert story.copies("投资", "底前完成投资12.6亿元，力争再。") == [OWN["投资"]]
    assert story.copies("投资", "下月前完成投资12.6亿元，力争再。") == []
    assert story.copies("投资", "底前完成投资12.6亿元，力争。") == []
    assert story.copies("投资", "底前完成投资13.1亿元，力争再。") == []


# Enter ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (("年底前完成投资1", "2.6亿元，力争"), ["投资〔1¶2.6〕亿元"]),
        (("年底前完成投资12.", "6亿元，力争"), ["投资〔12.¶6〕亿元"]),
        (
            ("年底前完成投资12", ".6亿元", "完成投资1", "2.6亿元，力争"),
            ["投资〔1¶2.6〕亿元"],
        ),
        # Enter beside it tears nothing, nor is another figure in two its own.
        (("年底前完成投资", "12.6亿元，力争"), []),
        (("年底前完成投资12.6", "亿元，力争"), []),
        (("年底前完成投资1", "3.1亿元，力争"), []),
        (("说是投资1", "2.6亿元，力争"), []),
        (("年底前完成投资1", "2.6亿，力争"), []),
    ],
)
def test_a_figure_torn_by_enter_is_seen_between_four_characters_of_its_words(
    story: Story, now: tuple[str, ...], found: list[str]
) -> None:
    assert story.torn("投资", *now) == found


@pytest.mark.parametrize("value", ["〖投资：〗", "〖投资〗", "〖投资：8〗"])
def test_no_value_or_one_character_cannot_be_torn(value: str) -> None:
    story = Story(f"年底前完成投资{value}亿元，力争再快。")
    assert story.torn("投资", "年底前完成投资", "亿元，力争") == []
    assert story.torn("投资", "年底前完成投资8", "亿元，力争") == []


# A bookmark that is there still ------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "value", "certain"),
    [
        ("年底前完成投资[13.1]亿元，力争再快。", "13.1", True),
        ("年底前完成投资[1]3.1亿元，力争再快。", "13.1", True),
        ("年底前完成投资2[12.6]亿元，力争再快。", "212.6", True),
        ("年底前完成投资[12.6亿元]，力争再快。", "12.6", True),
        ("年底前[完成投资12.6]亿元，力争再快。", "12.6", True),
        ("年底前完成投资12[]13.1亿元，力争再快。", "1213.1", True),
        ("年底前完成投资近[12.6]亿元，力争再快。", "近12.6", True),
        # The words on one side are others, those on the other still tell.
        ("真正投下去的有[13.1]亿元，力争再快。", "13.1", True),
        ("真正投下去的有[1]3.1亿元，力争再快。", "13.1", True),
        ("真正投下去的有2[13.1]亿元，力争再快。", "213.1", True),
        ("年底前完成投资[13.1]亿元这么多", "13.1", True),
        # Neither side tells: what is in the bookmark, with all its digits.
        ("真正投下去的有[13.1]个亿", "13.1", False),
        # The bookmark slid behind its figure, whose words still stand round it.
        ("年底前完成投资12.6亿元，力争[再]快一些。", "12.6", True),
        ("真正投下去的有[1]3.1亿美元", "13.1", False),
        # Another unit beside it is a person's, so it cannot be replaced.
        ("年底前完成投资[12.6]万元，力争再快。", "12.6", False),
        # No figure at all.
        ("年底前完成投资[大量]亿元，力争再快。", "大量", False),
        # Deleted: certain only between the words of both sides.
        ("年底前完成投资[]亿元，力争再快。", "", True),
        ("年底前完成投资[]，力争再快。", "", False),
        ("真正投下去的有[]亿元，力争再快。", "", False),
        ("年底前完成投资[]", "", False),
    ],
)
def test_how_far_a_figure_reaches_whose_bookmark_does_not_hold_it_as_it_was(
    story: Story, now: str, value: str, *, certain: bool
) -> None:
    assert story.in_place("投资", now) == (value, certain)


@pytest.mark.parametrize(
    ("now", "value", "certain"),
    [
        ("前年8—2[13]亿元，很好。", "213", True),
        ("前年9—2[13]亿元，很好。", "13", False),
        ("前年2[13]亿元，很好。", "13", False),
    ],
)
def test_figures_that_stood_in_front_of_a_value_are_no_part_of_it(
    now: str, value: str, *, certain: bool
) -> None:
    story = Story("去年的8—〖投资：12〗亿元，很好。")
    assert story.in_place("投资", now) == (value, certain)


def test_a_value_at_the_end_of_the_story_is_seen_whole() -> None:
    story = Story("主持人是〖领导：陆知远〗")
    assert story.in_place("领导", "主持人是[贺]同舟") == ("贺同舟", True)


@pytest.mark.parametrize(
    ("now", "value"),
    [
        ("大的有[2]50多家", "250"),
        ("大的有2[5]0多家", "250"),
        ("大的有25[0]多家", "250"),
        ("大的有[250]多家", "250"),
        ("大的有[250多]家", "250多"),
    ],
)
def test_of_a_figure_among_other_words_all_digits_are_shown_but_it_stays_in_doubt(
    story: Story, now: str, value: str
) -> None:
    assert story.in_place("项目数", now) == (value, False)


@pytest.mark.parametrize(
    ("now", "value", "certain"),
    [
        ("这项工作由[贺同舟]同志牵头", "贺同舟", True),
        ("这项工作由[贺]同舟同志牵头", "贺同舟", True),
        ("这项工作由[陆知远、贺同舟]同志牵头", "陆知远、贺同舟", True),
        ("这项工作由陆知远[]、贺同舟同志牵头", "陆知远、贺同舟", True),
        # What is written beside the very name is prose.
        ("这项工作由区长[陆知远]同志牵头", "陆知远", True),
        ("这项工作请[陆知远]等同志牵头", "陆知远", True),
        # Without its words on both sides a name has no end that anybody could tell.
        ("牵头的是[贺同舟]，他", "贺同舟", False),
        ("这项工作由[贺同舟]等人牵头", "贺同舟", False),
        ("这项工作由[贺同舟]，他牵头", "贺同舟", True),
        # What stands beside words is no part of them, though it looks like a figure.
        ("一共3[小组]12名", "小组", False),
        ("这项工作由[区里定。贺同舟]同志牵头", "区里定。贺同舟", False),
        ("这项工作由[]同志牵头", "", True),
    ],
)
def test_how_far_a_name_reaches_whose_bookmark_does_not_hold_it_as_it_was(
    story: Story, now: str, value: str, *, certain: bool
) -> None:
    assert story.in_place("领导", now) == (value, certain)


@pytest.mark.parametrize(
    ("now", "value", "certain"),
    [
        ("完成投资[13.1]亿元，力争", "13.1", True),
        ("完成投资[1]3.1亿元，力争", "13.1", True),
        # One side is not enough where nobody knows what stood there.
        ("投下去[13.1]亿元，力争", "13.1", False),
        ("完成投资[13.1]，力争", "13.1", False),
    ],
)
def test_a_figure_that_nobody_remembers_needs_its_words_on_both_sides(
    now: str, value: str, *, certain: bool
) -> None:
    assert Story("完成投资〖投资〗亿元，力争再快。").in_place("投资", now) == (
        value,
        certain,
    )


def test_words_that_nobody_remembers_are_never_certain() -> None:
    story = Story("这项工作由〖领导〗同志牵头。")
    assert story.in_place("领导", "这项工作由[贺同舟]同志牵头。") == ("贺同舟", False)


def test_words_far_from_a_bookmark_do_not_draw_it_to_them(story: Story) -> None:
    far = "年底前完成投资" + "，这一点请大家放心，" * 3 + "[13.1]亿元，力争再快。"
    assert story.in_place("投资", far) == ("13.1", True)
    away = "年底前完成投资12.6亿元，力争再快。" + "这一点请大家放心，" * 3 + "[很多]。"
    assert story.in_place("投资", away) == ("很多", False)


# Small measures -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((0, 3), (3, 6), False),
        ((0, 3), (2, 6), True),
        ((2, 6), (0, 3), True),
        ((0, 9), (3, 6), True),
        ((3, 3), (3, 6), True),
        ((3, 3), (3, 3), True),
        ((3, 3), (0, 3), False),
        ((3, 3), (4, 4), False),
    ],
)
def test_stretches_overlap_if_they_have_a_character_in_common(
    first: tuple[int, int], second: tuple[int, int], *, overlap: bool
) -> None:
    one, other = Extent(*first), Extent(*second)
    assert (one.overlaps(other), other.overlaps(one)) == (overlap, overlap)


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("年底前完成投资", "亿元，力争再快。", 15),
        ("完成投资", "亿元", 6),
        ("投资完成", "亿元", 2),
        ("投资", "", 2),
        ("", "", 0),
        ("投下", "万元", 0),
    ],
)
def test_likeness_counts_the_characters_that_are_the_same_from_the_place_outwards(
    left: str, right: str, alike: int
) -> None:
    anchor = Story("年底前完成投资〖投资：12.6〗亿元，力争再快。").anchor("投资")
    assert likeness(anchor, left, right) == alike


@pytest.mark.parametrize(
    ("kind", "text", "is_one"),
    [
        (Kind.AMOUNT, "12.6", True),
        (Kind.AMOUNT, "近十二点六", True),
        (Kind.AMOUNT, "10—12", True),
        (Kind.AMOUNT, "１２", True),
        (Kind.TENTHS, "三分之一", True),
        (Kind.DATE, "2026年3月5日", True),
        (Kind.AMOUNT, "", True),
        (Kind.AMOUNT, "12.6亿元", False),
        (Kind.AMOUNT, "很多", False),
        (Kind.AMOUNT, "1" * 24, True),
        (Kind.AMOUNT, "1" * 25, False),
        (Kind.BODY, "区林业局（筹）、区水务局", True),
        (Kind.BODY, "区林业局。区水务局", False),
        (Kind.BODY, "区林业局；区水务局", False),
        (Kind.BODY, f"区林业局{BREAK}区水务局", False),
        (Kind.BODY, "局" * 60, True),
        (Kind.BODY, "局" * 61, False),
    ],
)
def test_what_may_be_a_value_of_a_kind(kind: Kind, text: str, *, is_one: bool) -> None:
    assert is_value(kind, text) is is_one


def test_each_field_has_a_character_of_its_own_that_no_text_has() -> None:
    tokens = tokens_for({"项目数": 1, "投资": 2, "领导": 3})
    assert list(tokens) == ["项目数", "投资", "领导"]
    assert len(set(tokens.values())) == 3
    assert all(ord(token) >= 0xF0000 for token in tokens.values())


def test_a_value_is_not_looked_for_where_it_does_not_stand(story: Story) -> None:
    anchor = replace(story.anchor("投资"), text="99.9")
    assert story.finder.exact(anchor, joined([PLAN_NOW])) == []
    assert story.finder.copies(anchor, joined([PLAN_NOW])) == []
