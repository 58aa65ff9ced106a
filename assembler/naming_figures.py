"""Names of figures with a unit: thresholds, gaps, differences, amounts, counts."""

import re
from dataclasses import replace

from assembler.context import kind_from_context, unit_behind
from assembler.figures import Kind
from assembler.naming_counts import (
    after_its_like,
    definite,
    in_all,
    is_money,
    most_of_all,
    noun_before,
    noun_behind,
    of_the_same,
    suffix_for,
    time_spent,
)
from assembler.naming_nouns import (
    is_deed,
    is_generic,
    leading_noun,
    measured_end,
    phrase,
    subject_of,
    without_tail,
)
from assembler.naming_proposals import Namer, Past, Proposal, indicator_before
from assembler.naming_text import Site
from assembler.naming_words import MASK

_COUNTED_KINDS = (Kind.COUNT, Kind.AMOUNT, Kind.TEXT, Kind.RANK)
_UNIT_REACH = 12
# Before a noun these may begin a name; before a mark they count.
_RARE_COUNTERS = tuple("张起例层类轮块片部双本根头")
_GAP_NOUN = re.compile("的(?P<gap>[一-龥]{0,4}(?:差距|缺口|差额|欠账|窟窿))")
_LACKS = re.compile("(?:尚|还|仍)?(?:差|缺|欠)了?$")
_FROM_GOAL = re.compile(
    "(?:与|和|同|离|距离?|较|比)(?P<to>[^，。]{2,12}?)(?:的?水平)?(?:相比)?"
    "(?:还有|尚有|还差|尚差|仍差|还|尚|仍|有|差)*$"
)
_OVER = re.compile("(?P<edge>[以之][上下]|以内)的?(?=[一-龥])")
_DONE = re.compile("(?:实际)?完成投资$")
_PER = re.compile("[户人亩地年月日]均")
_DIFFERENCE = re.compile(
    "(?:同比|环比|[比较](?P<to>[^，]{0,8}?))(?P<verb>增加|减少|高出|多|少|高|低)$"
    "|(?P<against>高于|低于)(?P<where>全[国省市区县])(?:平均)?(?:水平)?$"
)
_DIFFERENCES = {"多": "增加", "少": "减少"}
_WHERE = re.compile("全[国省市区县]|[一-龥]{0,2}省")


def name_figure(site: Site, past: Past) -> Proposal | None:
    """Name a blank with a unit behind it that no other rule took."""
    unit = site.view.unit
    if unit is None or not _is_counted(site):
        return None
    rules = (*_COMMON, *(_MONEY if is_money(unit) else _COUNTS))
    found = next((p for rule in rules if (p := rule(site, past))), Proposal(""))
    kind = Kind.AMOUNT if is_money(unit) else Kind.COUNT
    return replace(found, kind=kind, unit=unit)


def _is_counted(site: Site) -> bool:
    """Whether the unit is one that counts: not so in X镇, 第X次."""
    before, after = site.view.before[-_UNIT_REACH:], site.view.after
    if before.endswith("第") or site.view.unit in ("日", "号"):
        return False
    kind, _ = kind_from_context(before, after)
    if kind is Kind.TEXT and unit_behind(after[:_UNIT_REACH]):
        counts = site.view.unit in _RARE_COUNTERS and not site.view.rest
        return counts and bool(phrase(site.view.lead).words)
    return kind in _COUNTED_KINDS or site.view.unit == "年"


def _threshold(site: Site, past: Past) -> Proposal | None:
    """引进X万元以上设备: a threshold, named by what it is a threshold of."""
    match = _OVER.match(site.view.tail)
    if match is None:
        return None
    unit = site.view.unit or ""
    words = phrase(site.view.lead)
    noun = "" if is_deed(words.words) else words.noun
    thing = leading_noun(site.view.tail[match.end() :].partition(MASK)[0])
    known = "" if words.words else indicator_before(site, past)
    stem = noun or known or thing + ("金额" if is_money(unit) else "")
    edge = "下限" if match["edge"].endswith("上") else "上限"
    return Proposal(stem, edge, base=thing) if noun or known or thing else None


def _gap(site: Site, past: Past) -> Proposal | None:
    """还有X亿元的差距, 尚差X亿元: a gap of the indicator named before."""
    behind = _GAP_NOUN.match(site.view.tail)
    if not behind and not _LACKS.search(site.view.lead):
        return None
    goal = _FROM_GOAL.search(site.view.lead)
    indicator = indicator_before(site, past, wide=True)
    if behind:
        stem = indicator or (phrase(goal["to"]).words if goal else "")
        return Proposal(stem, behind["gap"]) if stem else None
    return Proposal(indicator, "差距") if goal and indicator else None


def _difference(site: Site, past: Past) -> Proposal | None:
    """比年初增加X亿元, 比全市平均低X万元."""
    lead = without_tail(site.view.lead)
    match = _DIFFERENCE.search(lead)
    if match is None:
        return None
    thing = phrase(subject_of(lead)).words or indicator_before(site, past)
    if not thing:
        return Proposal("")
    if match["against"]:
        return Proposal(thing, f"{match['against']}{match['where']}金额")
    where = _WHERE.match(match["to"] or "")
    if where and match["verb"] in "高低":
        return Proposal(thing, f"{match['verb']}于{where[0]}金额")
    unit = site.view.unit or ""
    size = "额" if is_money(unit) else suffix_for(unit, "")
    return Proposal(thing, _DIFFERENCES.get(match["verb"], match["verb"]) + size)


def _amount(site: Site, past: Past) -> Proposal | None:
    """完成投资X亿元, 到位资金X万元, 户均X元."""
    found = phrase(site.view.lead)
    stem = found.words.removesuffix("完成") or found.words
    if site.view.is_glued:
        stem = measured_end(stem)
    if _PER.fullmatch(stem):
        thing = phrase(indicator_before(site, past)).noun
        return Proposal(stem + thing, base=thing)
    if is_generic(stem):
        return of_the_same(site, past, stem)
    if stem == "投资" and (done := _DONE.search(site.view.lead)):
        return Proposal(done[0], base=stem, subject=found.subject)
    if not stem:
        return None
    unit = site.view.unit or ""
    return Proposal(stem, suffix_for(unit, stem), subject=found.subject)


def _same_amount(site: Site, past: Past) -> Proposal | None:
    """…完成投资X亿元；…实现X亿元: the object is left out."""
    lead = phrase(site.view.lead).words
    if lead and not is_deed(lead):
        return None
    indicator = indicator_before(site, past, wide=True)
    return Proposal(indicator) if indicator else None


_COMMON: tuple[Namer, ...] = (_threshold, _gap, _difference, in_all)
_MONEY: tuple[Namer, ...] = (noun_behind, _amount, _same_amount)
_COUNTS: tuple[Namer, ...] = (
    definite,
    time_spent,
    noun_behind,
    noun_before,
    most_of_all,
    after_its_like,
)
