"""Names of percentage points, ranks and tenths: what is held against what."""

import re

from assembler.blank_spots import alternatives
from assembler.figures import Kind
from assembler.naming_nouns import leading_noun, phrase, subject_of
from assembler.naming_proposals import (
    Past,
    Proposal,
    indicator_before,
    thing_before,
)
from assembler.naming_shares import CHANGE, Parts, respectively
from assembler.naming_text import Site
from assembler.naming_words import AGAINST, COUNTED, MASK

_POINTS = ("个百分点", "百分点")
_POINTS_AHEAD = re.compile(
    rf"个?(?:(?:[、和与]|[、，][^，。；{MASK}]{{1,12}}){MASK}个?)+(?:个百分点|百分点)"
)
_AVERAGE = "的?(?:平均)?(?:水平)?"
_AGAINST = re.compile(
    rf"(?P<verb>{AGAINST})(?P<ref>[^，。；]{{1,10}}?){_AVERAGE}$"
    rf"|(?<![同环])[比较](?P<ref2>[^，。；提增升上]{{1,10}}?){_AVERAGE}"
    "(?P<verb2>高|低|快|慢|多|少)[出了]?$"
)
_EARLIER = re.compile("年|月|季度|期|初|末|底|周")
_AVERAGE_END = re.compile(f"{_AVERAGE}$|两级$")
_LISTED = re.compile(
    rf"(?:分别)?(?:(?P<compare>[比较])|(?P<verb>{AGAINST}))"
    r"(?P<places>[^，。；、高低快慢]{1,6}(?:、[^，。；、高低快慢]{1,6})*"
    r"(?:[和与][^，。；、高低快慢]{1,6})?)(?P<verb2>高|低|快|慢)?"
    rf"(?P<masks>(?:{MASK}个?[、和与])*)$"
)
_NEXT_OF_LIST = re.compile(rf"个?(?:[、和与]{MASK}个?)*")
_BEHIND_PLAN = re.compile(
    "(?:与|和|同|离|距离?|较|比)(?P<to>[^，。]{2,10}?)(?:相比|比)?(?:还|尚|仍)?"
    "(?:差|欠|落后|滞后)了?$"
)
_RANK = re.compile(
    "(?:位?居|位?列|排名?在?|名列|位次)?(?P<scope>全[国省市区县镇]|[一-龥]{0,2}省)?"
    "(?:位?居|位?列|排名?在?|名列|位次)?第$"
)
_RANKED = re.compile("[位名]|[，。；、]|$")
_CONTEST = re.compile("(?P<contest>[一-龥]{2,12})(?:中|上|方面)，[^，]*$")
_NEARLY = re.compile("(?:接近|将近|超过|近|约)$")
_TENTHS = re.compile("(?P<unit>成)?的(?P<rest>[一-龥]{2,16})")
_VERDICT = re.compile(
    f"(?P<noun>{alternatives(COUNTED)}|[一-龥]{{1,8}}?)"
    "(?P<did>(?:没有?|尚?未|不)[一-龥]{2,5}|落在[一-龥]{2,6}"
    "|落后[一-龥]{0,4}|滞后|[一-龥]{2,3}不[一-龥]{1,2})"
)


def name_points(site: Site, past: Past) -> Proposal | None:
    """Name a blank with 个百分点 behind it, its own or its pair's."""
    if site.view.unit in _POINTS:
        unit = site.view.unit
    elif _POINTS_AHEAD.match(site.view.after):
        unit = "个百分点"
    else:
        return None
    rules = (_behind_plan, _listed, _paired, _against, _changed)
    found = next((parts for rule in rules if (parts := rule(site, past))), ("", ""))
    return Proposal(*found, Kind.POINTS, unit, found[0])


def _behind_plan(site: Site, _past: Past) -> Parts | None:
    """与序时进度相比还差X个百分点."""
    match = _BEHIND_PLAN.search(site.view.lead)
    if match is None:
        return None
    return phrase(match["to"]).words or match["to"], "差距百分点"


def _listed(site: Site, past: Past) -> Parts | None:
    """分别高于全国、全省X、X个百分点: each mask has its own place."""
    match = _LISTED.search(site.view.clause)
    if match is None or not (match["verb"] or match["verb2"]):
        return None
    places = re.split("[、和与]", match["places"])
    rank = match["masks"].count(MASK)
    behind = _NEXT_OF_LIST.match(site.view.after)
    total = rank + 1 + (behind[0].count(MASK) if behind else 0)
    if len(places) != total or total == 1:
        return None
    thing = thing_before(site.view.clause[: match.start()], site, past)
    verb = match["verb"] or f"{match['verb2']}于"
    return thing, f"{verb}{_AVERAGE_END.sub('', places[rank])}百分点"


def _paired(site: Site, past: Past) -> Parts | None:
    found = respectively(site, past)
    return (found[0], f"{found[1]}百分点") if found else None


def _against(site: Site, past: Past) -> Parts | None:
    """低于全市平均水平X个百分点."""
    lead = site.view.lead
    match = _AGAINST.search(lead)
    if match is None or (match["ref2"] and _EARLIER.search(match["ref2"])):
        return None
    thing = thing_before(lead[: match.start()], site, past)
    verb = match["verb"] or f"{match['verb2']}于"
    place = _AVERAGE_END.sub("", match["ref"] or match["ref2"])
    return thing, f"{verb}{place}百分点"


def _changed(site: Site, past: Past) -> Parts | None:
    """同比提高X个百分点."""
    lead = site.view.lead
    match = CHANGE.search(lead)
    if match is None:
        return None
    thing = thing_before(lead[: match.start()], site, past)
    again = any(p.suffix.endswith(f"{match['verb']}百分点") for p in past.figures(site))
    since = f"比{match['ref']}" if match["ref"] and again else ""
    return (thing, f"{since}{match['verb']}百分点") if thing else None


def name_rank(site: Site, past: Past) -> Proposal | None:
    """Name the blank in 居全市第X位, and in 较上年提升X位."""
    if site.view.before.endswith("第") and _RANKED.match(site.view.after):
        return _ranked(site, past)
    return _moved(site, past) if site.view.unit == "位" else None


def _ranked(site: Site, past: Past) -> Proposal | None:
    match = _RANK.search(site.view.lead)
    if match is None:
        return None
    thing = _ranked_thing(site.view.lead[: match.start()], site, past)
    unit = site.view.after[:1] if site.view.after[:1] in ("位", "名") else None
    scope = match["scope"] or ""
    if unit is None and not thing:
        return None
    suffix = f"{'' if scope in thing else scope}位次"
    return Proposal(thing, suffix, Kind.RANK, unit, thing)


def _ranked_thing(head: str, site: Site, past: Past) -> str:
    if phrase(subject_of(head)).words:
        return thing_before(head, site, past)
    if indicator := indicator_before(site, past):
        return indicator
    contest = _CONTEST.search(site.view.sentence)
    return phrase(contest["contest"]).words if contest else ""


def _moved(site: Site, past: Past) -> Proposal | None:
    match = CHANGE.search(site.view.lead)
    if match is None:
        return None
    ranks = [p for p in past.figures(site) if p.kind is Kind.RANK]
    thing = ranks[-1].stem if ranks else indicator_before(site, past)
    return Proposal(thing, f"{match['verb']}位数", Kind.COUNT, "位", thing)


def name_tenths(site: Site, _past: Past) -> Proposal | None:
    """Name the blank in 接近X的项目没有踩上点 and X成的项目."""
    match = _TENTHS.match(site.view.after)
    if match is None or not (match["unit"] or _NEARLY.search(site.view.lead)):
        return None
    did = _VERDICT.fullmatch(match["rest"])
    stem = did["did"] + did["noun"] if did else leading_noun(match["rest"])
    return Proposal(stem, "成数" if stem else "", Kind.TENTHS, match["unit"])
