"""Rules on rates and shares: within 0 and 100, and compared in percentage points."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assembler.findings import Severity
from assembler.rules_text import Line, Spot, clause_at

_PERCENT = r"(?P<v>[-−－]?\d+(?:\.\d+)?)\s*[%％]"
_LINK = r"(?:为|达到?|达|只有|仅为?|约为?|是|在|分别为|升至|降至|提高到|上升到|下降到)?"
_RATES = (
    "开工|竣工|完工|合格|覆盖|办结|普及|参保|就业|(?<!毛)入学|满意|入园|达标|整改"
    "|及格|升学|巩固|上线|优良|治理|回收|收集|处理|化解|出勤|城镇化|毕业|通水|通电"
    "|硬化|入住"
)
_SHARE = (
    rf"(?:占比(?:重)?|比重){_LINK}{_PERCENT}",
    rf"(?:{_RATES})率{_LINK}{_PERCENT}",
    rf"占[^，。；：\d%]{{0,14}}?的?{_PERCENT}",
)
_OPEN_RATE = rf"(?:完成|资产负债|利用|产能利用|执行)率{_LINK}{_PERCENT}"
_HIGHEST_OPEN = Decimal(200)
_OF_A_PLAN = (
    r"计划|目标|任务|预算|去年|上年|同期|序时|定额|标准|需求|能力|编制|核定|设计|容量|合同"
    r"|概算|原|基数|平均|水平|年初"
)
_WHOLE = Decimal(100)

_LEAD = r"(?:高于|低于|快于|慢于|高出|低出|快过|落后)"
_AVERAGES = r"(?:全[市省国区县州]|平均|均值|均速|平均水平|兄弟|周边)"
_AGAINST = (
    rf"{_LEAD}[^，。；\d]{{0,12}}?{_AVERAGES}[^，。；\d]{{0,8}}?\d+(?:\.\d+)?[%％]"
)
_OF_AMOUNT = r"收入|价|工资|成本|产量|单产|用量|面积|规模|总量|费用|电量|数量"
_OF_RATE = r"率|增速|增幅|增长|比重|占比|速|涨幅|降幅"
_POINT_PERCENT = (
    r"(?<![\d.])\d{1,9}(?:\.\d{1,9})?(?:\s?个?百分点[%％]|[%％]\s?个?百分点)"
)
# Rates that nobody measures by their relative change.
_PURE = "(?:开工|竣工|覆盖|普及|就业|城镇化|入园|满意|办结|合格)率"
_N = r"\d+(?:\.\d+)?[%％]"
_SPEED = (
    rf"(?:增速|增幅|涨幅|降幅)[^，。；\d]{{0,12}}(?:加快|回落|放缓|收窄|快|慢)了?(?P<v>{_N})"
    rf"|(?:比|较)序时进度(?:快|慢|超前|滞后|提前)了?(?P<w>{_N})"
)
_SHARE_ROSE = (
    rf"(?:占比|比重|{_PURE})(?:为|达到?)?{_N}，(?:同比|比上年)?"
    rf"(?:上升|提高|下降|回落|提升)了?(?P<v>{_N})"
)
_FROM_TO = (
    r"[由从](?:[^，。；]{0,16}?的)?(?P<a>\d+(?:\.\d+)?)[%％](?:提高|上升|提升|增加|下降|降低|降)"
    r"[到至为](?:[^，。；\d]{0,6})(?P<b>\d+(?:\.\d+)?)[%％]，"
    r"(?:提高|上升|提升|增加|下降|降低)了?(?P<v>(?P<c>\d+(?:\.\d+)?)[%％])"
)
_RATE_ROSE = (
    rf"(?:占比|比重|{_PURE})[^，。；到至为\d]{{0,10}}"
    rf"(?:提高|上升|提升|回升|下降|降低|下滑|增加)了?(?P<v>{_N})(?!个?百分点)"
)


def percent_range(line: Line) -> Iterator[Spot]:
    """``开工率118%``: a share below 0 or above 100."""
    for pattern in _SHARE:
        for found in re.finditer(pattern, line.plain):
            if _beyond(found, _WHOLE) and not re.search(_OF_A_PLAN, found.group()):
                message = f"比率“{found['v']}%”不在0到100之间。"
                yield _value_spot(line, found, message)
    for found in re.finditer(_OPEN_RATE, line.plain):
        if _beyond(found, _HIGHEST_OPEN):
            spot = _value_spot(line, found, f"比率“{found['v']}%”高得少见。")
            yield replace(spot, severity=Severity.WARNING)


def _beyond(found: "re.Match[str]", limit: Decimal) -> bool:
    number = found["v"]
    return number[0] in "-−－" or Decimal(number) > limit


def _value_spot(line: Line, found: "re.Match[str]", message: str) -> Spot:
    return line.spot(found.start("v"), found.end(), message)


def percent_vs_points(line: Line) -> Iterator[Spot]:
    """``高于全市平均2.1%``: the difference of two rates is in 个百分点."""
    yield from _against_average(line)
    yield from _changed(line)
    for found in re.finditer(_POINT_PERCENT, line.plain):
        yield line.hit(found, "“百分点”与“%”不能连用。")
    for found in re.finditer(_SPEED, line.plain):
        group = "v" if found["v"] else "w"
        yield line.hit(found, "增速、进度相比应说“百分点”，不说“%”。", group)


def _against_average(line: Line) -> Iterator[Spot]:
    for found in re.finditer(_AGAINST, line.plain):
        start, _ = clause_at(line.plain, found.start())
        subject = line.plain[start : found.end()]
        if re.search(_OF_RATE, subject) or not re.search(_OF_AMOUNT, subject):
            yield line.hit(found, "两个比率相比应说“百分点”，不说“%”。")


def _changed(line: Line) -> Iterator[Spot]:
    """A rate that rose by its difference, or one that nobody measures otherwise."""
    for found in re.finditer(_FROM_TO, line.plain):
        if abs(Decimal(found["b"]) - Decimal(found["a"])) == Decimal(found["c"]):
            yield line.hit(found, "两个比率之差应说“个百分点”，不说“%”。", "v")
    for pattern in (_RATE_ROSE, _SHARE_ROSE):
        for found in re.finditer(pattern, line.plain):
            message = "比率的升降应说“个百分点”；“到”多少才用“%”。"
            spot = line.hit(found, message, "v")
            yield replace(spot, severity=Severity.WARNING)
