"""Names of counts: what is counted, and what is done to it.

The noun stands before the figure (安排重点项目X个) or behind its unit
(X个部门作了发言); a verb alone names what it was done to (受理X件).
"""

import re

from assembler.blank_spots import alternatives
from assembler.naming_nouns import (
    Phrase,
    first_deed,
    is_deed,
    is_generic,
    last_deed,
    leading_deed,
    leading_noun,
    phrase,
)
from assembler.naming_proposals import Past, Proposal, indicator_before
from assembler.naming_text import Site
from assembler.naming_words import COUNTED, MASK, either
from assembler.units import Family
from assembler.units import named as unit_named

_AREA, _LENGTH, _WAY = "面积", "长度", "里程"
_WAYS = ("公里", "千米", "km")
_LENGTHS = ("米", "m", "厘米", "毫米")
_LINES = re.compile("[路道管线网桥墙渠沟隧巷堤]$")
_DURATIONS = (
    "天",
    "年",
    "周年",
    "个月",
    "小时",
    "个小时",
    "分钟",
    "周",
    "岁",
    "月",
    "个工作日",
    "个星期",
)
_FUNDING = ("投入", "拨付", "兑付", "发放", "争取", "撬动", "整合")
_STUFF = frozenset({Family.WEIGHT, Family.ENERGY, Family.VOLUME})
# Nouns that name a figure by themselves: 常住人口, 建设周期.
_FIGURE_NOUNS = re.compile(
    "(?:"
    + either(
        """
数 量 额 率 值 总额 总数 总量 人口 人次 面积 里程 长度 规模 投资 收入 资金 周期 工期
会期 行程 历时 时间 期限 贷款 存款 产值 浓度 外资 容量 能力 高度 深度 宽度 库容 产能
水位 流量 重量 全长 总长 年限 降雨 水深 雨强
"""
    )
    + ")$"
)
_PEOPLE = re.compile(
    "(?:群众|人员|职工|干部|党员|团员|学生|农民|村民|居民|者|力量|师|员|劳力|对象|人)$"
)
_HOMES = re.compile("[村镇乡组区]$")
_AROUND = re.compile("^(?:左右|以上|以下|多|余)")
_STATE = re.compile("(?:未|已|应|停|在|新|拟|待|尚|正)[一-龥]{1,7}")
_LIGHT_END = re.compile("(?:[为成有设出是讲谈提到至等在]|覆盖|涉及|惠及)$")
_REACH = re.compile("(?:覆盖|惠及)$")
_ORDERED = re.compile("要|必须|应|将")
_HELD = re.compile("(?:开展|进行|作|做)了?[一-龥]{0,6}?(?P<deed>[一-龥]{2})$")
_IN_ALL = re.compile("(?:合计|总计|加起来|加在一起)[有为达]?$")
_DENIED = re.compile("[还仍尚]?(?:没有|没|未能?|不)")
_SURE_NOUN = re.compile(alternatives(word for word in COUNTED if len(word) > 1))
_NEGATED = re.compile("[没未不无]")
_PLANNED = re.compile("拟(?:对|将)?$")
_DEFINITE_LEAD = re.compile("(?:这|上述|以上|该|把)$")
_AMONG = re.compile("(?P<noun>[一-龥]{1,12}?)(?:当中|之中|中|里)(?:[，、有]|$|已)")
_STILL = re.compile("的(?P<noun>[一-龥]{2,8}?)(?P<no>没有|尚未|未)(?P<done>[一-龥]{2})")
_SO = re.compile("就(?P<deed>[一-龥]{2,6})")
_MOST = re.compile(
    "(?P<noun>[一-龥]{2,12})(?:最多|较多|不少|最少|偏多|居多)，(?:共|有|达到?|为)*$"
)
# A size is not counted in these: X座水库蓄水量 tells no noun.
_COUNTERS = tuple("个家座项件处名位台辆")
_SHORT_STATE = 6
_SHORT_NOUN = 3
_CLOSE = 8
# What is counted in these has a size too: 立案X件X人, 报批X宗X亩.
_LOTS = tuple("宗处块起件个栋幢座间套")


def is_money(unit: str) -> bool:
    """Whether a unit is one of money."""
    known = unit_named(unit)
    return known is not None and known.family in (Family.MONEY, Family.CURRENCY)


def suffix_for(unit: str, stem: str, *, verbal: bool = False) -> str:
    """What a figure is called behind its noun: 数, 户数, 面积, 天数, 人数; or nothing.

    Args:
        unit: the unit behind the blank.
        stem: the noun, or the verb.
        verbal: whether only a verb is left, so that the unit has to name the thing.
    """
    if is_money(unit):
        return _funds(stem)
    if _FIGURE_NOUNS.search(stem):
        return "户数" if unit == "户" and stem.endswith("人口") else ""
    if unit in _LENGTHS:
        return _LENGTH if _LINES.search(stem) else ""
    return _measure_suffix(unit) or _count_suffix(unit, stem, verbal=verbal)


def _funds(stem: str) -> str:
    if not is_deed(stem):
        return ""
    return "资金" if stem in _FUNDING else "金额"


def _measure_suffix(unit: str) -> str:
    known = unit_named(unit)
    if known is not None and known.family is Family.AREA:
        return _AREA
    if known is not None and known.family in _STUFF:
        return "量"
    if unit in _WAYS:
        return _WAY
    if unit in _DURATIONS:
        return unit.removeprefix("个") + "数"
    return "浓度" if unit.endswith("/立方米") else ""


def _count_suffix(unit: str, stem: str, *, verbal: bool) -> str:
    word = unit.lstrip("十百千万亿")
    if word.endswith("次"):
        return word if len(word) > 1 else "次数"
    people = _PEOPLE.search(stem)
    if word == "人" or (word == "名" and people):
        return "数" if stem.endswith(("人", "人员")) else "人数"
    if word in ("个", "") or stem.endswith(word):
        return "数"
    home = word == "户" and (people or _HOMES.search(stem))
    return word + "数" if verbal or home else "数"


def in_all(site: Site, _past: Past) -> Proposal | None:
    """…X个，合计X个: the sum of those before."""
    lead = site.view.lead
    if not _IN_ALL.search(lead) or len(phrase(lead).words) > 1:
        return None
    unit = site.view.unit or ""
    suffix = "金额" if is_money(unit) else suffix_for(unit, "", verbal=True)
    return Proposal("合计", suffix)


def definite(site: Site, _past: Past) -> Proposal | None:
    """X个子项目中, 这X个项目, 把X个项目: the thing was named before."""
    unit, rest = site.view.unit or "", site.view.rest
    among = _AMONG.match(rest)
    if not among and not _DEFINITE_LEAD.search(site.view.lead):
        return None
    noun = among["noun"] if among else leading_noun(rest)
    if not noun:
        return None
    return Proposal(noun, suffix_for(unit, noun), definite=True)


def noun_behind(site: Site, _past: Past) -> Proposal | None:
    """X个部门作了发言: the noun stands behind the unit."""
    rest = _AROUND.sub("", site.view.rest)
    if not rest or rest.startswith("的"):
        return _not_yet(site)
    unit, noun = site.view.unit or "", _noun_of(site, rest)
    lead = phrase(site.view.lead)
    if not noun:
        return _without_noun(site, lead, rest)
    if site.view.lead.endswith("的") and _tells_which(lead.words):
        return _of(lead.words + noun, noun, unit)
    if not _leaves_noun_open(site):
        return None
    return _of(_deed_for(site, noun, rest) + noun, noun, unit)


def _noun_of(site: Site, rest: str) -> str:
    """The noun behind the unit; before the next figure no more than is sure."""
    noun = leading_noun(rest)
    sure = _SURE_NOUN.match(noun)
    before_figure = _is_before_figure(site) and noun == rest
    if sure and (before_figure or len(noun) < len(rest)):
        return sure[0]
    return "" if before_figure and len(noun) > _SHORT_NOUN else noun


def _tells_which(words: str) -> bool:
    """Whether words before 的 belong to the name: 应开工未开工的, 产值下降的."""
    return 1 < len(words) <= _SHORT_STATE or _STATE.fullmatch(words) is not None


def _without_noun(site: Site, lead: Phrase, rest: str) -> Proposal | None:
    """No noun is sure behind the unit: the verb there, the words before, or none."""
    if not lead.words and (found := _by_deed(rest, site.view.unit or "")):
        return found
    is_cut = _is_before_figure(site) and (not lead.words or site.view.lead[-1:] == "的")
    return Proposal("") if is_cut else None


def _is_before_figure(site: Site) -> bool:
    return site.view.tail[len(site.view.rest) :].startswith(MASK)


def _of(stem: str, noun: str, unit: str) -> Proposal:
    if unit in _COUNTERS and _FIGURE_NOUNS.search(noun):
        return Proposal("")
    return Proposal(stem, suffix_for(unit, noun))


def _leaves_noun_open(site: Site) -> bool:
    """Whether the words before the figure hold no noun that it could be of."""
    words = phrase(site.view.lead).words
    lead = site.view.lead
    light_end = _LIGHT_END.search(lead) or lead.endswith(("的", "了"))
    return len(words) < 2 or is_deed(words) or bool(light_end)  # noqa: PLR2004 (a verb of one letter)


def _deed_for(site: Site, noun: str, rest: str) -> str:
    """What is done to the things, or by them, as far as it tells them from others."""
    lead = phrase(site.view.lead)
    if reach := _REACH.search(site.view.lead):
        return reach[0]
    if deed := lead.verb or last_deed(lead.words):
        return deed
    behind = rest[len(noun) :]
    if leading_deed(noun) or _ORDERED.match(behind):
        return ""
    if denied := _DENIED.match(behind):
        deed = leading_deed(behind[denied.end() :])
        return f"未{deed}" if deed else ""
    if _NEGATED.search(behind):
        return ""
    planned = "拟" if _PLANNED.search(site.view.lead) else ""
    held = _HELD.search(behind)
    return planned + (held["deed"] if held else first_deed(behind))


def _not_yet(site: Site) -> Proposal | None:
    """还有X亿元的投资没有完成: 未完成投资."""
    match = _STILL.match(site.view.tail)
    if match is None or phrase(site.view.lead).noun:
        return None
    return Proposal(f"未{match['done']}{match['noun']}")


def _by_deed(rest: str, unit: str) -> Proposal | None:
    """其中X家投产: what the things did names them."""
    deed = first_deed(rest)
    if not deed or not rest.startswith(deed):
        return None
    return Proposal(deed, suffix_for(unit, deed, verbal=True))


def time_spent(site: Site, _past: Past) -> Proposal | None:
    """只用了X天就恢复供电: 恢复供电天数."""
    unit, match = site.view.unit, _SO.match(site.view.rest)
    if unit not in _DURATIONS or match is None:
        return None
    return Proposal(match["deed"], _measure_suffix(unit))


def noun_before(site: Site, past: Past) -> Proposal | None:
    """安排重点项目X个, 已签约X户: the noun or the verb stands before."""
    unit, lead = site.view.unit or "", site.view.lead
    found = phrase(lead)
    if site.view.is_glued or not found.words:
        return None
    if is_generic(found.words):
        return of_the_same(site, past, found.words)
    stem, verbal = found.words, is_deed(found.words)
    if verbal and re.search(f"已经?{stem}", lead):
        stem = f"已{stem}"
    acting = last_deed(stem) or stem in ("其余", "剩余")
    suffix = suffix_for(unit, stem, verbal=bool(acting))
    return Proposal(stem, suffix, subject=found.subject)


def of_the_same(site: Site, past: Past, noun: str) -> Proposal | None:
    """总量突破X万户: of the thing counted before, whatever was done to it."""
    whole = indicator_before(site, past)
    thing = phrase(whole).noun if len(phrase(whole).noun) > 1 else whole
    return Proposal(thing + noun.removeprefix(thing)) if thing else None


def most_of_all(site: Site, _past: Past) -> Proposal | None:
    """欠进度项目最多，达X个: the noun stands in the clause before."""
    match = _MOST.search(site.view.sentence)
    noun = phrase(match["noun"]).words if match else ""
    return Proposal(noun, suffix_for(site.view.unit or "", noun)) if noun else None


def after_its_like(site: Site, past: Past) -> Proposal | None:
    """立案X件X人: the second figure is of what the first was of."""
    last, unit = past.last(), site.view.unit or ""
    if last is None or not last[1].stem or phrase(site.view.lead).words:
        return None
    between = site.text[last[0].at + 1 : site.at]
    first = last[0].view.unit or ""
    goes_on = unit in _DURATIONS and first in _DURATIONS
    if not (unit.endswith("人") or first in _LOTS or goes_on):
        return None
    if len(between) > _CLOSE or re.search(f"[。；{MASK}]", between):
        return None
    stem = last[1].indicator.removesuffix(last[0].view.unit or "")
    suffix = suffix_for(unit, stem, verbal=True)
    return Proposal(stem, suffix, base=stem) if stem else None
