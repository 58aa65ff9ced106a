"""Names of shares and of growth: the verb decides.

增长X% is 增速, 占…X% is 占比, 完成…的X% is 完成率, and 开工率X% says it itself.
What they are of is the clause's subject, else the nearest indicator to the left.
"""

import re
from typing import TypeAlias

from assembler.figures import Kind
from assembler.naming_nouns import (
    first_deed,
    is_generic,
    is_measured,
    last_deed,
    leading_noun,
    phrase,
    without_tail,
)
from assembler.naming_proposals import (
    Past,
    Proposal,
    indicator_before,
    thing_before,
)
from assembler.naming_text import Site
from assembler.naming_words import BASELINE, FALL, MASK, RISE

#: Stem and suffix of a name; both empty where nothing can be told.
Parts: TypeAlias = tuple[str, str]
_UNKNOWN: Parts = ("", "")
_SHORT = 2
_PERCENT_UNITS = ("%", "‰")
_PERCENT_AHEAD = re.compile(rf"(?:[、和与]{MASK})+(?P<unit>[%‰])")
_REFERENCE = "[^，。；、比较高低快慢]{1,10}?"
#: A verb of growth at the end of the words before a figure.
CHANGE = re.compile(
    rf"(?:(?P<basis>同比|环比)|[比较](?P<ref>{_REFERENCE}))?"
    "(?P<how>净|累计|名义|实际|平均|年均|持续|稳步|小幅|大幅)?"
    rf"(?P<verb>{RISE}|{FALL})(?:了|到|约|近|超|超过|达|达到|为)*$"
)
_FALLING = re.compile(FALL)
_RESPECTIVELY = re.compile(
    rf"分别(?:同比|环比|[比较]{_REFERENCE})?(?P<verb>{RISE}|{FALL})(?P<rest>[^，。；]*)$"
)
_NEXT_OF_PAIR = re.compile(rf"(?:%|个百分点|个)?(?:[、和与]{MASK}(?:%|个百分点|个)?)*")
_GOAL = "(?:计划|目标|任务|预算|指标)"
_DONE_OF = re.compile(
    rf"(?P<verb>完成|为|达到|达|相当于)了?(?P<goal>[^，；。{MASK}]{{0,10}}?{_GOAL}"
    r"[^，；。]{0,3}?)的$"
    rf"|完成了?(?P<goal2>[^，；。{MASK}]{{0,10}}?{_GOAL})$"
)
_GOAL_DONE = re.compile(rf"(?P<goal>[一-龥]{{0,6}}{_GOAL})(?:仅|只|已|共)?完成了?$")
_PART_OF = re.compile(
    "占(?:到|据)?(?P<whole>[^，；。]*?)的?(?P<noun>比重|比例|比率|份额)?$"
)
_GIVEN = re.compile("(?:贡献|提供|创造|承担)了?(?P<whole>[^，；。]{2,10})的$")
_OWNED = re.compile("的(?P<rest>[一-龥]{1,12})")
_BASELINE = re.compile(BASELINE)


def name_percent(site: Site, past: Past) -> Proposal | None:
    """Name a blank with % behind it, its own or its pair's, or 百分之 before it."""
    unit = _percent_unit(site)
    if unit is None:
        return None
    for rule in _RULES:
        if (found := rule(site, past)) is not None:
            stem, suffix = found
            base = indicator_before(site, past) if suffix == "比" else stem
            return Proposal(stem, suffix, Kind.PERCENT, unit, base)
    return Proposal("", "", Kind.PERCENT, unit)


def _percent_unit(site: Site) -> str | None:
    if site.view.unit in _PERCENT_UNITS:
        return site.view.unit
    if site.view.before.endswith("百分之"):
        return "百分之"
    ahead = _PERCENT_AHEAD.match(site.view.after)
    return ahead["unit"] if ahead else None


def _lead(site: Site) -> str:
    return site.view.lead.removesuffix("百分之").rstrip("+-—")


def respectively(site: Site, past: Past) -> tuple[str, str] | None:
    """The thing and the verb of 接待游客…，旅游收入…，分别增长X%和X%.

    Returns:
        What this mask's place in the pair belongs to and the verb; None if the clause
        has no 分别 or names fewer things than figures.
    """
    match = _RESPECTIVELY.search(site.view.clause)
    if match is None:
        return None
    rank = match["rest"].count(MASK)
    behind = _NEXT_OF_PAIR.match(site.view.after)
    total = rank + 1 + (behind[0].count(MASK) if behind else 0)
    things = list(dict.fromkeys(p.indicator for p in past.figures(site)))
    return (things[-total:][rank], match["verb"]) if len(things) >= total else None


def _paired(site: Site, past: Past) -> Parts | None:
    found = respectively(site, past)
    return (found[0], growth(found[1])) if found else None


def growth(verb: str, how: str = "") -> str:
    """What the share behind a verb of growth is called: 增速, 增幅, 降幅, 净增幅."""
    if _FALLING.fullmatch(verb):
        return "降幅"
    if verb in ("改善", "好转"):
        return f"{verb}幅度"
    if "净" in verb + how:
        return "净增幅"
    return "增速" if verb in ("增长", "增", "加快", "快") else "增幅"


def _completed(site: Site, past: Past) -> Parts | None:
    """完成年度计划的X%, 全年目标仅完成X%."""
    lead = _lead(site)
    if match := _GOAL_DONE.search(lead):
        return _goal(match["goal"]), "完成率"
    match = _DONE_OF.search(lead)
    if match is None:
        return None
    thing = phrase(lead[: match.start()]).words or indicator_before(site, past)
    goal = _goal(match["goal"] or match["goal2"])
    verb = match["verb"] or "完成"
    if verb != "完成":
        return thing, f"占{goal}比"
    return thing.removesuffix(goal), f"{goal}完成率"


def _goal(words: str) -> str:
    """全年任务 of 了全年任务: time words stay, they say which plan it is."""
    return re.sub("^(?:了|省|市|区|县)+(?=[一-龥]{3})", "", without_tail(words))


def _part_of(site: Site, past: Past) -> Parts | None:
    """占…的X%: the part's share, or 占…比 where the whole is a plan or a year."""
    lead = _lead(site)
    if match := _GIVEN.search(lead):
        return phrase(lead[: match.start()]).words, f"占{match['whole']}比"
    match = _PART_OF.search(lead)
    if match is None or lead[: match.start()].endswith(("强", "抢", "侵")):
        return None
    part = phrase(lead[: match.start()]).words or indicator_before(site, past)
    whole = match["whole"].removesuffix("的")
    held = part and whole.endswith(part)
    if (held or _BASELINE.search(whole)) and not match["noun"]:
        return f"占{whole}", "比"
    if part:
        return part, "占比"
    return (f"占{whole}", "比") if len(whole) > 1 else _UNKNOWN


def _share_of_behind(site: Site, _past: Past) -> Parts | None:
    """X%的村实现了…: the share of what stands behind 的."""
    match = _OWNED.match(site.view.tail)
    if match is None or phrase(_lead(site)).noun:
        return None
    noun = leading_noun(match["rest"])
    deed = first_deed(match["rest"][len(noun) :])
    return (deed + noun, "占比") if noun else _UNKNOWN


def _changed(site: Site, past: Past) -> Parts | None:
    """同比增长X%: of the subject, else of the indicator before."""
    lead = _lead(site)
    match = CHANGE.search(lead)
    if match is None:
        return None
    thing = thing_before(lead[: match.start()], site, past)
    basis = "环比" if match["basis"] == "环比" else ""
    suffix = basis + growth(match["verb"], match["how"] or "")
    told = is_measured(thing) or len(thing) > _SHORT
    return (thing, suffix) if told else _UNKNOWN


def _rated(site: Site, past: Past) -> Parts | None:
    """开工率X%: the noun is the rate itself."""
    lead = _lead(site)
    found = phrase(lead)
    if not found.words:
        return _same_rate(site, past, found.time)
    if lead.endswith(("的", "同比", "环比")) or site.view.is_glued:
        return _UNKNOWN
    if is_generic(found.words):
        whole = indicator_before(site, past)
        told = whole or found.words not in ("数字", "数据", "比例", "数额", "数量")
        return (whole + found.words, "") if told else _UNKNOWN
    if is_measured(found.words) or not last_deed(found.words):
        return found.words, ""
    return _UNKNOWN


def _same_rate(site: Site, past: Past, time: str) -> Parts | None:
    """…完成率为X%，二季度为X%: the rate before, at another time."""
    rates = [
        proposal
        for proposal in past.figures(site)
        if proposal.kind is Kind.PERCENT and proposal.name.endswith("率")
    ]
    return (rates[-1].stem, rates[-1].suffix) if time and rates else None


_RULES = (_paired, _completed, _part_of, _share_of_behind, _changed, _rated)
