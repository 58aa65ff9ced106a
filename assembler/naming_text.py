"""The words around a blank, made easy to read: sites, clauses, what stands behind.

Every mask becomes one sign, however it is written, and the paragraph's punctuation is
made one; so the namers know nothing of notations.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assembler.blank_spots import Blank
from assembler.context import unit_behind
from assembler.naming_words import (
    GROUP_WORDS,
    MASK,
    PLACE_WORDS,
    POST_WORDS,
    either,
)
from assembler.units import Family
from assembler.units import named as unit_named

#: What stands in place of a tab, of several spaces and of a full-width one.
WIDE_SPACE = "\u3000"
# No namer looks further, so that a text in one paragraph takes no longer than another.
_LEFT_REACH = 160
_RIGHT_REACH = 90
_UNIT_REACH = 12
_PLAIN_MARKS = str.maketrans(
    {
        **dict(zip(";:?!()％﹪．", "；：？！（）%%.", strict=True)),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("~～–―", "—"),
        **dict.fromkeys("「『〝", "“"),
        **dict.fromkeys("」』〞", "”"),
    }
)
_COMMA = re.compile("(?<![0-9]),|,(?![0-9])")
_SPACES = re.compile(r"[ \t\u3000\xa0\u2002\u2003\u2009\u202f]+")
_SENTENCE_ENDS = "。！？；\n"
_PERIOD_ENDS = "。！？\n"
_CLAUSE_ENDS = f"，：{WIDE_SPACE}{_SENTENCE_ENDS}"
_EDGE = re.compile(rf"[{_CLAUSE_ENDS}“”\"（）《》【】…]")
_REST_EDGE = re.compile(rf"[{_CLAUSE_ENDS}、“”\"（）《》…{MASK}]")
_WORDS = either(
    """
个百分点 百分点 个月 个小时 人次 户次 车次 台次 架次 例次 平方公里 平方米 立方米 公里
公顷 千瓦时 千瓦 兆瓦 美元 欧元 港元 小时 分钟 微克/立方米 周年 毫米 厘米 km
[%‰元个户人家件项名座条场批所栋幢套辆台组篇张块片间棵头只口艘处宗起例米亩吨克斤天岁倍位份次]
[门孔枚床届期盏株村] 节(?![约日水能目奏]) 个工作日 个星期
点(?=意见|要求|建议|想法|体会|看法|希望)
"""
)
#: A unit behind a figure, its magnitude with it.
UNITS = rf"[十百千万亿]{{0,2}}(?:{_WORDS})"
# 5万元以下的户 and 10亿元级 are words of a name, not figures of their own.
_FIGURE = re.compile(
    rf"(?:{MASK}|[0-9][0-9.,]*)[多余几]?{UNITS}"
    r"(?![以之][上下内外]|级|至|—|月|年|日|的{MASK})"
)
_LOOSE_UNIT = re.compile(
    rf"[多余几]?(?P<unit>{UNITS})"
    r"|(?P<money>[万亿])多元"
)
_MYRIAD = re.compile("[多余]?(?P<unit>[万亿])(?=[一-龥])")
# Units that begin with a shorter one or that no list of units holds.
_LONG_UNITS = (
    "周年",
    "个工作日",
    "个星期",
    "台次",
    "微克/立方米",
    "亿度",
    "万度",
    "架次",
    "例次",
    "户次",
)
_TO = "(?:至|到|—|-)"
_UPPER_END = re.compile(f"{_TO}{MASK}")
_DATES = (Family.MONTH, Family.YEAR, Family.DAY)
_JOINED_TO_FIGURE = re.compile("[和与及]$")
_LIST_BEFORE = re.compile("^.*、")
# What follows a mask directly belongs to it: 副区长到, 镇一仓库, 月底前.
_BEHIND_MASK = re.compile(
    "^(?:[年月](?:份|度)?[日号]?[底末初]?(?:[上中下]旬)?(?:之?前|以[前来后])?|[日号天]|时间|季度"
    rf"|{UNITS}[以之][上下内外]的?"
    f"|(?:{POST_WORDS}|(?:{PLACE_WORDS}|{GROUP_WORDS}"
    "|[一-龥]{1,2}(?:公司|集团|银行))(?:两岸|沿线|流域|周边)?一?)+)"
)


#: The lower end of a range before its upper, and the upper end behind its lower.
LOWER_END = re.compile(rf"(?:{UNITS})?{_TO}{MASK}")
UPPER_END = re.compile(rf"{MASK}(?:{UNITS})?{_TO}$")


class View:
    """What a namer sees from a blank: the words on either side, cut in several ways.

    Args:
        text: the paragraph with a sign for each mask.
        at: where in it the blank's sign stands.
    """

    def __init__(self, text: str, at: int) -> None:
        self.before = text[max(0, at - _LEFT_REACH) : at]
        self.after = text[at + 1 : at + 1 + _RIGHT_REACH]

    def _since(self, ends: str) -> str:
        return self.before[max(map(self.before.rfind, ends)) + 1 :]

    @cached_property
    def period(self) -> str:
        """The words before it back to the last full stop."""
        return self._since(_PERIOD_ENDS)

    @cached_property
    def sentence(self) -> str:
        """The words before it in its sentence, which ； ends as 。 does."""
        return self._since(_SENTENCE_ENDS)

    @cached_property
    def clause(self) -> str:
        """The words before it in its clause."""
        return self._since(_CLAUSE_ENDS)

    @cached_property
    def lead(self) -> str:
        """The words between it and the mark or figure before it."""
        edges = [edge.end() for edge in _EDGE.finditer(self.before)]
        chunk = self.before[edges[-1] :] if edges else self.before
        figures = [figure.end() for figure in _FIGURE.finditer(chunk)]
        mask = chunk.rfind(MASK) + 1
        cut = max([*figures, mask])
        if not cut:
            return chunk
        if _JOINED_TO_FIGURE.search(chunk) and cut != mask:
            return ""
        rest = _LIST_BEFORE.sub("", chunk[cut:]).lstrip("和与及")
        return _BEHIND_MASK.sub("", rest, count=1) if cut == mask else rest

    @cached_property
    def is_glued(self) -> bool:
        """Whether the lead follows a mask that has no unit: 商 in X商返乡投资X亿元."""
        return self.before.removesuffix(self.lead).endswith(MASK) and bool(self.lead)

    @property
    def unit(self) -> str | None:
        """The unit behind it, or behind the upper end of its range; else None."""
        return self._unit_and_tail[0]

    @property
    def tail(self) -> str:
        """The words behind its unit, over marks and blanks."""
        return self._unit_and_tail[1]

    @cached_property
    def rest(self) -> str:
        """The words behind its unit up to the next mark or blank."""
        edge = _REST_EDGE.search(self.tail)
        return self.tail[: edge.start()] if edge else self.tail

    @cached_property
    def _unit_and_tail(self) -> tuple[str | None, str]:
        after = self.after.lstrip(WIDE_SPACE)
        if upper := _UPPER_END.match(after):
            return _unit_of_range(after, upper.end())
        return _unit_at(after)


def _unit_of_range(after: str, cut: int) -> tuple[str | None, str]:
    """The unit behind the upper end serves the lower end too, except in dates."""
    unit, tail = _unit_at(after[cut:])
    known = unit_named(unit) if unit else None
    return (None, after) if known and known.family in _DATES else (unit, tail)


def _unit_at(after: str) -> tuple[str | None, str]:
    """The unit that the words begin with, and the words behind it."""
    for unit in _LONG_UNITS:
        if after.startswith(unit):
            return unit, after[len(unit) :]
    if found := unit_behind(after[:_UNIT_REACH]):
        return found.name, after[len(found.name) :]
    if match := _LOOSE_UNIT.match(after):
        return _known_unit(match, after)
    if match := _MYRIAD.match(after):
        return match["unit"], after[match.end() :]
    return None, after


def _known_unit(match: re.Match[str], after: str) -> tuple[str | None, str]:
    """A unit behind 余 or 多, unless it only looks like one (个别, 项目)."""
    if match["money"]:
        return f"{match['money']}元", after[match.end() :]
    start = match.start("unit")
    looks_real = unit_behind(after[start:][:_UNIT_REACH]) or not unit_named(
        match["unit"]
    )
    if not looks_real:
        return None, after
    return match["unit"], after[match.end() :]


@dataclass(frozen=True, slots=True)
class Site:
    """A blank and where it stands.

    Attributes:
        paragraph: the paragraph's index in the text, from 0.
        number: which of its paragraph's blanks it is, from 1.
        blank: the blank as the recogniser cut it.
        text: the paragraph with a sign for each mask, and plain marks.
        at: where in it the blank's sign stands.
        view: what a namer sees from there.
    """

    paragraph: int
    number: int
    blank: Blank
    text: str
    at: int
    view: View


def sites_of(
    paragraphs: Sequence[str], blanks: Sequence[Sequence[Blank]]
) -> list[Site]:
    """The blanks of a text with what stands around them, in reading order.

    Args:
        paragraphs: the text.
        blanks: the blanks of each paragraph.
    """
    sites: list[Site] = []
    for index, (text, found) in enumerate(zip(paragraphs, blanks, strict=True)):
        if not found:
            continue
        flat, places = flattened(text, found)
        sites.extend(
            Site(index, number, blank, flat, at, View(flat, at))
            for number, (blank, at) in enumerate(zip(found, places, strict=True), 1)
        )
    return sites


def flattened(text: str, blanks: Sequence[Blank]) -> tuple[str, list[int]]:
    """The paragraph with one sign for each mask, hints and single spaces left out.

    Args:
        text: the paragraph.
        blanks: its blanks, in order.

    Returns:
        The text, and where in it each blank's sign stands.
    """
    pieces: list[str] = []
    places: list[int] = []
    length, done, hint = 0, 0, None
    for blank in blanks:
        piece = _plain(text, done, blank.start, hint)
        sign = MASK + _word_inside(blank)
        pieces += [piece, sign]
        places.append(length + len(piece))
        length += len(piece) + len(sign)
        done, hint = blank.end, blank.hint_span
    pieces.append(_plain(text, done, len(text), hint))
    return "".join(pieces), places


_INSIDE = re.compile(r"[\[［【〔][XxＸｘ×*○某]+(?P<word>[一-龥]{1,6})[\]］】〕]")


def _word_inside(blank: Blank) -> str:
    """The word in a bracket round a mask, [XX局]: it says what has the name."""
    match = _INSIDE.fullmatch(blank.mask) if blank.name is None else None
    return match["word"] if match else ""


def _plain(text: str, start: int, end: int, hint: tuple[int, int] | None) -> str:
    """A stretch with plain marks; wide gaps stay as one sign, the hint goes."""
    stretch = text[start:end]
    if hint and start <= hint[0] and hint[1] <= end:
        stretch = text[start : hint[0]] + text[hint[1] : end]
    stretch = _SPACES.sub(_gap, stretch)
    return _COMMA.sub("，", stretch.translate(_PLAIN_MARKS))


def _gap(spaces: re.Match[str]) -> str:
    return WIDE_SPACE if len(spaces[0]) > 1 or spaces[0] in "\u3000\t" else ""
