"""Names of counts: what is counted, and what is done to it.

The noun stands before the figure (安排重点项目X个) or behind its unit
(X个部门作了发言); a verb alone names what it was done to (受理X件).
"""

import re

from assembler.naming_nouns import (
    first_deed,
    is_deed,
    is_generic,
    leading_deed,
    leading_noun,
    phrase,
)
from assembler.naming_proposals import Past, Proposal, indicator_before
from assembler.naming_text import Site
from assembler.naming_words import MASK, either
from assembler.units import Family
from assembler.units import named as unit_named

_AREA, _LENGTH, _WAY = "面积", "长度", "里程"
_WAYS = ("公里", "千米", "km")
_LENGTHS = ("米", "m", "厘米", "毫米")
_DURATIONS = ("天", "年", "周年", "个月", "小时", "个小时", "分钟", "周", "岁", "月")
_FUNDING = ("投入", "拨付", "兑付", "发放", "争取", "撬动", "整合")
_STUFF = frozenset({Family.WEIGHT, Family.ENERGY, Family.VOLUME})
# Nouns that name a figure by themselves: 常住人口, 建设周期.
_FIGURE_NOUNS = re.compile(
    "(?:"
    + either(
        """
数 量 额 率 值 总额 总数 总量 人口 人次 面积 里程 长度 规模 投资 收入 资金 周期 工期
会期 行程 历时 时间 期限 贷款 存款 产值 浓度 外资 容量 能力 高度 深度 宽度 库容 产能
水位 流量 重量 全长 总长 年限 降雨
"""
    )
    + ")$"
)
_PEOPLE = re.compile(
    "(?:群众|人员|职工|干部|党员|团员|学生|农民|村民|居民|者|力量|师|员|劳力|对象|人)$"
)
_AROUND = re.compile("^(?:左右|以上|以下|多|余)")
_STATE = re.compile("(?:未|已|应|停|在|新|拟|待|尚|正)[一-龥]{1,7}")
_LIGHT_END = re.compile("(?:为|成|有|设|出|是)$")
_ORDERED = re.compile("要|必须|应|将")
_HELD = re.compile(
    "(?:开展|进行|作了?|做了?)(?:了)?(?:现场|集中|表态|专题|书面)?(?P<deed>[一-龥]{2})"
)
_PLANNED = re.compile("拟(?:对|将)?$")
_DEFINITE_LEAD = re.compile("(?:这|上述|以上|该|其余|把)$")
_AMONG = re.compile("(?P<noun>[一-龥]{1,12}?)(?:当中|之中|中|里)(?:[，、有]|$|已)")
_STILL = re.compile("的(?P<noun>[一-龥]{2,8}?)(?P<no>没有|尚未|未)(?P<done>[一-龥]{2})")
_SO = re.compile("就(?P<deed>[一-龥]{2,6})")
_CLOSE = 8


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
        return ""
    known = unit_named(unit)
    if known is not None and known.family is Family.AREA:
        return _AREA
    if known is not None and known.family in _STUFF:
        return "量"
    return _measure_suffix(unit) or _count_suffix(unit, stem, verbal=verbal)


def _funds(stem: str) -> str:
    if not is_deed(stem):
        return ""
    return "资金" if stem in _FUNDING else "金额"


def _measure_suffix(unit: str) -> str:
    if unit in _WAYS:
        return _WAY
    if unit in _LENGTHS:
        return _LENGTH
    if unit in _DURATIONS:
        return unit.removeprefix("个") + "数"
    return "浓度" if unit.endswith("/立方米") else ""


def _count_suffix(unit: str, stem: str, *, verbal: bool) -> str:
    word = unit.lstrip("十百千万亿")
    if word.endswith("次"):
        return word if len(word) > 1 else "次数"
    people = _PEOPLE.search(stem)
    if word == "人" or (word == "名" and people):
        return "数" if stem.endswith("人") else "人数"
    if word in ("个", "") or stem.endswith(word):
        return "数"
    return word + "数" if verbal or (word == "户" and people) else "数"


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
    unit, noun = site.view.unit or "", leading_noun(rest)
    lead = phrase(site.view.lead)
    if not noun:
        return _by_deed(rest, unit) if not lead.words else None
    if site.view.lead.endswith("的") and (_STATE.fullmatch(lead.words) or lead.verb):
        return _of(lead.words + noun, noun, unit)
    if not _leaves_noun_open(site):
        return None
    return _of(_deed_for(site, noun, rest) + noun, noun, unit)


def _of(stem: str, noun: str, unit: str) -> Proposal:
    return Proposal(stem, suffix_for(unit, noun), base=noun)


def _leaves_noun_open(site: Site) -> bool:
    """Whether the words before the figure hold no noun that it could be of."""
    words = phrase(site.view.lead).words
    light_end = _LIGHT_END.search(site.view.lead) or site.view.lead.endswith("的")
    return not words or is_deed(words) or bool(light_end)


def _deed_for(site: Site, noun: str, rest: str) -> str:
    """What is done to the things, or by them, as far as it tells them from others."""
    words = phrase(site.view.lead).words
    if is_deed(words):
        return words
    behind = rest[len(noun) :]
    if leading_deed(noun) or _ORDERED.match(behind):
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
        whole = indicator_before(site, past)
        return Proposal(whole + found.words.removeprefix(whole)) if whole else None
    stem, verbal = found.words, is_deed(found.words)
    if verbal and re.search(f"已经?{stem}", lead):
        stem = f"已{stem}"
    suffix = suffix_for(unit, stem, verbal=verbal or stem.endswith("完成"))
    base = found.noun if len(found.noun) > 1 else stem
    return Proposal(stem, suffix, base=base, subject=found.subject)


def after_its_like(site: Site, past: Past) -> Proposal | None:
    """立案X件X人: the second figure is of what the first was of."""
    last, unit = past.last(), site.view.unit or ""
    if last is None or not last[1].stem or phrase(site.view.lead).words:
        return None
    between = site.text[last[0].at + 1 : site.at]
    if len(between) > _CLOSE or re.search(f"[。；{MASK}]", between):
        return None
    stem = last[1].indicator.removesuffix(last[0].view.unit or "")
    suffix = suffix_for(unit, stem, verbal=True)
    return Proposal(stem, suffix, base=stem) if stem and suffix else None
