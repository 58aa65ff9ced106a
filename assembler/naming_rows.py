"""Names of figures that come in rows: ranges, turns, and one for each of several.

X至X人次 has two ends, 由X户减少到X户 a before and an after, 分别为X元、X元 a figure for
each noun named before.
"""

import re
from dataclasses import replace

from assembler.figures import Kind
from assembler.naming_counts import is_money, noun_before, noun_behind, suffix_for
from assembler.naming_nouns import is_measured, phrase
from assembler.naming_proposals import Past, Proposal, indicator_before
from assembler.naming_text import LOWER_END, UNITS, UPPER_END, Site
from assembler.naming_words import FALL, MASK, RISE

_TURN = f"(?:{RISE}|{FALL}|压缩|缩短|延长|精简|调整|涨|跌|升)"
_TURN_BEGINS = re.compile(f"(?:{UNITS})?(?P<verb>{_TURN})[到至为]{MASK}")
_TURN_ENDS = re.compile(f"(?P<verb>{_TURN})[到至为]$")
#: What stands before the first figure of a turn: 由, 从原来的.
FROM = re.compile(
    "[由从](?:原来|原先|去年|上年|年初|过去|此前)?的?(?:每[人户亩月年天])*$"
)
_EACH = re.compile(
    "(?P<nouns>[^，。；：]{2,40}?)(?:分别|依次)"
    "(?:为|是|达到?|完成|实现|(?:提高|增加|下降|降低|减少|增长|上升)[到至为])?"
    f"(?P<masks>(?:{MASK}(?:{UNITS})?[、和与])*)$"
)
_NEXT_OF_ROW = re.compile(f"(?:{UNITS})?(?:[、和与]{MASK}(?:{UNITS})?)*")
_JOINTS = re.compile("[、和与及]")
_KINDS = {"%": Kind.PERCENT, "‰": Kind.PERCENT, "个百分点": Kind.POINTS}


def name_in_row(site: Site, past: Past) -> Proposal | None:
    """Name a figure of a range, of a turn or of a row after 分别."""
    unit = site.view.unit or _unit_of_row(site)
    if unit is None:
        return None
    for rule in (_range, _turn, _each):
        if found := rule(site, past):
            return replace(found, kind=_kind_of(unit), unit=unit)
    return None


def _unit_of_row(site: Site) -> str | None:
    """The unit at the row's end, where its first figures have none: X、X万元."""
    match = re.match(f"(?:[、和与]{MASK})+(?P<unit>{UNITS})", site.view.after)
    return match["unit"] if match and _EACH.search(site.view.clause) else None


def _kind_of(unit: str) -> Kind:
    if is_money(unit):
        return Kind.AMOUNT
    return _KINDS.get(unit, Kind.COUNT)


def _range(site: Site, past: Past) -> Proposal | None:
    """X至X人次: the lower and the upper end of one figure."""
    last = past.last()
    if last and last[1].suffix.endswith("下限") and UPPER_END.search(site.view.before):
        return replace(last[1], suffix=last[1].suffix.removesuffix("下限") + "上限")
    if not LOWER_END.match(site.view.after) or FROM.search(site.view.lead):
        return None
    found = noun_behind(site, past) or noun_before(site, past)
    if found is None or not found.stem:
        return None
    return replace(found, suffix=f"{found.suffix}下限")


def _turn(site: Site, past: Past) -> Proposal | None:
    """由X户减少到X户: one figure before and after."""
    view, last = site.view, past.last()
    begins, origin = _TURN_BEGINS.match(view.after), FROM.search(view.lead)
    if begins and origin:
        stem = phrase(view.lead[: origin.start()]).words or indicator_before(site, past)
        suffix = f"{begins['verb']}前{_suffix(view.unit or '', stem)}"
        return Proposal(stem, suffix) if stem else None
    ends = _TURN_ENDS.search(view.lead)
    if ends and last and last[1].suffix.startswith(f"{ends['verb']}前"):
        return replace(last[1], suffix=last[1].suffix.replace("前", "后", 1))
    return None


def _suffix(unit: str, stem: str) -> str:
    """What ends the name: nothing where the stem is a rate."""
    return "" if unit in _KINDS else suffix_for(unit, stem)


def _each(site: Site, _past: Past) -> Proposal | None:
    """入学率、巩固率分别为X%、X%: a figure for each noun."""
    match = _EACH.search(site.view.clause)
    if match is None:
        return None
    rank = match["masks"].count(MASK)
    behind = _NEXT_OF_ROW.match(site.view.after)
    total = rank + 1 + (behind[0].count(MASK) if behind else 0)
    if total == 1:
        return None
    nouns = [phrase(noun).words for noun in _JOINTS.split(match["nouns"])]
    unit = site.view.unit or _unit_of_row(site) or ""
    stem = phrase(match["nouns"]).words
    if len(nouns) == total and all(map(is_measured, nouns)):
        stem = nouns[rank]
    return Proposal(stem, _suffix(unit, stem)) if stem else None
