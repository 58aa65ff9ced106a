"""Noun phrases cut to what a name wants: from the left, from the right, by the verb."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assembler.blank_spots import alternatives
from assembler.naming_words import (
    AGAINST,
    COUNTED,
    DATE_EVENTS,
    DEEDS,
    FALL,
    GENERIC,
    LIGHT,
    LIGHT_DEEDS,
    MASK,
    MEASURED,
    NOUN_STOPS,
    RISE,
    SCOPE,
    SMALL,
    TAIL,
    TIME,
)
from assembler.numerals import to_chinese

_HEADING = re.compile(
    "(?:第?[一二三四五六七八九十]{1,3}(?:[是要来]|、|，|方面)"
    "|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[.、](?![0-9])|首先|其次|再次|最后)"
)
_FRONT = re.compile(f"(?P<time>{TIME})|(?:{SCOPE})|(?:{SMALL})|(?:{LIGHT})|[、\\s—-]")
_BACK = re.compile(f"(?:{TAIL}|[、\\s—-])$")
_DEEDS = alternatives(DEEDS)
_DEED = re.compile(_DEEDS)
_ONLY_DEEDS = re.compile(f"(?:{_DEEDS})+")
_LAST_DEED = re.compile(f"{_DEEDS}$")
# 志愿服务队: a verb may stand in the middle of a noun.
_COMPOUND = re.compile(
    f"{_DEEDS}[一-龥]{{0,2}}(?:[队员站点所区园户村线厂馆室院岗组会社店证款金费地]|中心)"
)
_TELLING_DEED = re.compile(alternatives(set(DEEDS) - set(LIGHT_DEEDS)))
_STOP = re.compile(f"{_DEEDS}|{NOUN_STOPS}|[0-9]")
_NARROWED = re.compile(f"{_DEEDS}的?{alternatives(COUNTED)}")
_GROWING = f"(?:净|持续|小幅|大幅|稳步)?(?:{RISE}|{FALL})"
_COMPARED = re.compile(
    rf"占|(?:同比|环比)?(?:比(?![例重率较])|较|与(?!会)|跟|{AGAINST}|{_GROWING})"
)
# A light verb in the middle parts a subject from what is measured of it.
_MIDDLE = re.compile(
    "(?<=[一-龥]{2})(?:全年|今年|去年|上半年|下半年|前[一二三]季度|本月|上月|年内)(?=[一-龥]{2})|"
    "(?<=[一-龥])(?:累计|共计|共|已|合计)?"
    "(?:完成|实现|达到|共有|包含|安排|涉及|突破|(?<!公)共(?=看|排|查|抽))了?"
    "(?=[一-龥]{2})(?!率)"
)
# Words that join a clause to what went before; the noun stands behind them.
_INSIDE = re.compile(
    "(?<=[一-龥])(?:已经?(?!完成)|(?<!公)共(?=[一-龥]{2})(?![享青同产建治])|把|将(?!军)|终于|正在)"
    "(?=[一-龥]{2})"
)
# 区应急局检查…: the body that acts is no part of the name.
_ACTOR = re.compile(
    "^[一-龥]{2,14}?(?:部门|公司|局|委|办|镇|乡|街道|队|组|院|校|中心)(?:联合[一-龥]{2,4})?"
    f"(?={_DEEDS}[一-龥])"
)
# 镇里账上的可用资金; but 应开工未开工的项目 is one thing.
_OWNER = re.compile(
    f"^(?![未已应停在新拟待尚不]|{_DEEDS})[一-龥]{{2,12}}(?<!以[上下])的(?=[一-龥]{{2}})"
)
_MEASURED_END = re.compile(f"{alternatives(MEASURED)}$")
_GENERIC = re.compile(alternatives(GENERIC))
_TIME = re.compile(TIME)
_MONTHS_SO_FAR = re.compile(r"(?<![0-9])1[—\-至到](?P<last>[0-9]{1,2})月份?")
_PLACED = re.compile("^(?:截至|截止到?|到|至|自|从)(?=.{2})")
_DATE_EVENT = re.compile(f"{alternatives(DATE_EVENTS)}(?!率)")
_NOT_IN_NAMES = re.compile(r"[\W_]+")
_LEADING_NUMBER = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase taken apart.

    Attributes:
        noun: the noun with the words that belong to it.
        verb: what is done to it, where the verb says something; or empty.
        time: the last time words that were cut off its front; or empty.
        subject: the noun before a light verb in its middle; or empty.
    """

    noun: str
    verb: str = ""
    time: str = ""
    subject: str = ""

    @property
    def words(self) -> str:
        """Verb and noun together."""
        return self.verb + self.noun


@lru_cache(maxsize=1024)
def phrase(text: str) -> Phrase:
    """The noun phrase that a stretch of words before a figure holds.

    Args:
        text: one clause at most: 今年全区安排重点项目 gives 重点项目.
    """
    front, time = _without_front(text)
    noun, subject = without_tail(front), ""
    for middle in (_MIDDLE, _INSIDE, _ACTOR, _OWNER):
        cut = next(reversed(list(middle.finditer(noun))), None)
        if cut is not None:
            subject = subject or noun[: cut.start()]
            noun, later = _without_front(noun[cut.end() :])
            time = later or time
    verb = leading_deed(noun)
    verb = "" if verb == noun else verb
    return Phrase(noun[len(verb) :], verb, time, subject)


def _without_front(text: str) -> tuple[str, str]:
    """The words without what only joins and places, and the time that was cut off."""
    heading = _HEADING.match(text)
    text, time = text[heading.end() if heading else 0 :], ""
    while (match := _FRONT.match(text)) and match.end():
        if len(match["time"] or "") > 1:
            time = match["time"]
        text = text[match.end() :]
    return text, time


def without_tail(text: str) -> str:
    """The words without the small words and light verbs at their end."""
    while match := _BACK.search(text):
        text = text[: match.start()]
    return text


def leading_noun(text: str) -> str:
    """The noun at the beginning of the words behind a figure; or empty.

    Args:
        text: the words behind the unit: 部门作了发言 gives 部门.
    """
    narrowed = _NARROWED.match(text)
    match = _STOP.search(text, narrowed.end() if narrowed else 0)
    if match and match.start() and _COMPOUND.fullmatch(text, match.start()):
        return text
    return text[: match.start()] if match else text


def leading_deed(text: str) -> str:
    """The verb of doing that a stretch of words begins with; or empty."""
    match = _DEED.match(text)
    return match[0] if match else ""


def last_deed(text: str) -> str:
    """The verb of doing that a stretch of words ends with; or empty."""
    match = _LAST_DEED.search(text)
    return match[0] if match else ""


def is_deed(text: str) -> bool:
    """Whether the words are verbs of doing and nothing else."""
    return _ONLY_DEEDS.fullmatch(text) is not None


def first_deed(text: str) -> str:
    """The first verb in a stretch of words that says what is done; or empty."""
    match = _TELLING_DEED.search(text)
    return match[0] if match else ""


def date_event(text: str) -> str:
    """The first verb in a stretch of words that may have a date; or empty."""
    match = _DATE_EVENT.search(text)
    return match[0] if match else ""


def subject_of(clause: str) -> str:
    """The noun a clause is about, cut before its verb of growth or comparison.

    Args:
        clause: 全区固定资产投资增速低于全市平均水平 gives 固定资产投资增速.
    """
    front, _ = _without_front(clause)
    match = _COMPARED.search(front)
    return without_tail(front[: match.start()] if match else front)


def is_measured(noun: str) -> bool:
    """Whether a noun is a measured thing that a later share may refer to."""
    return len(noun) > 1 and _MEASURED_END.search(noun) is not None


def measured_end(noun: str) -> str:
    """The word at the end of a noun that names a measured thing; or empty."""
    match = _MEASURED_END.search(noun)
    return match[0] if match and len(match[0]) > 1 else ""


def is_generic(noun: str) -> bool:
    """Whether a noun needs the thing before it to say anything: 增速, 总量."""
    return _GENERIC.fullmatch(noun) is not None


def time_words(text: str) -> list[str]:
    """The time words of a stretch as a name has them: 今年前十月 for 今年1—10月."""
    found = [word[0] for word in _TIME.finditer(text)]
    named = [word for word in found if len(word) > 1 and MASK not in word]
    placed = [_PLACED.sub("", word) or word for word in named]
    return [_MONTHS_SO_FAR.sub(_so_far, word) for word in placed]


def _so_far(match: re.Match[str]) -> str:
    return f"前{to_chinese(Decimal(match['last']))}月"


def clean(name: str, longest: int) -> str:
    """A name without marks and masks, its beginning no digit.

    Args:
        name: the words put together.
        longest: how many letters may stay; the last ones do.
    """
    name = _NOT_IN_NAMES.sub("", name.replace(MASK, ""))
    if match := _LEADING_NUMBER.match(name):
        name = to_chinese(Decimal(match[0])) + name[match.end() :]
    return name[-longest:]
