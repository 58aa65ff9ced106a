"""Rules on figures that follow from two others: shares and differences.

Each figure is known to half a unit of its last digit; a share or difference is wrong
only where no values within those bounds give what is written.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from assembler.findings import Severity
from assembler.rules_numbers import (
    PERCENT,
    POINTS,
    Figure,
    Placed,
    figures,
    shown,
    with_leads,
)
from assembler.rules_text import HANZI, Line, Reading, Spot, lead, sentence_at

_HUNDRED = Decimal(100)
_PAIR = 2
_ROUGH = r"(?:约|近|超|超过|接近|将近|左右|不到|不足|多|逾|达到近)[^，。；\d]{0,3}$"
_ROUGHLY = Decimal(2)
_OF_BASE = r"占(?!比)[^，。；\d]{0,14}$"
_OF_PERCENT = r"的?(?:比重|比例)?(?:为|达到?|约|近|超过?|只有|仅)*$"
_PLAN = (
    r"占(?:年度|全年|年初)?(?:计划|目标|预算|任务|目标任务|计划任务|年度计划|年度任务)"
    r"(?:投资|总投资|数)?的$"
)
_PLAN_BASE = r"(?:计划|预算|目标|任务)[^，。；\d]{0,8}$"
_RATE = rf"(?P<key>[{HANZI}]{{2}})率(?:为|达到?|只有|仅为?|是|约|达)*$"
_NO_KEY = r"完成|增长|同比|利用|满意|覆盖|普及|就业|合格|负债|存贷|增速"
_NOT_BASE = (
    r"(?:比|较|增加|减少|增长|下降|提高|多|少|每|平均|新增|同比)[^，。；：、\d]{0,8}$"
)
_GAP = r"(?:差距|相差|差额|缺口|两者相差|减少额|增加额)(?:为|达|是|还有|仍有|约)*$"
# 与目标的差距: one of the two figures is not in the sentence.
_ELSEWHERE = r"[与同和离较比]|(?<!差)距"
_MOVED = "增加|提高|增长|上升|扩大|减少|下降|降低|缩短|缩小|压减|压缩|降|升|增|涨"
_FROM_TO = (
    r"[由从][^，。；]{0,24}?(?P<a>\d[\d.,]*)[^\d，。；、]{1,4}?"
    rf"(?:大幅|快速|稳步|逐步)?(?:{_MOVED})(?:到|至|为)"
    r"[^，。；\d]{0,6}(?P<b>\d[\d.,]*)[^\d，。；、]{1,4}?，"
    rf"净?(?:{_MOVED})了?(?=\d)"
)


def _is_base(placed: Placed) -> bool:
    return not placed.figure.is_share and not re.search(_NOT_BASE, placed.lead)


def _fits(part: Figure, base: Figure, share: Figure, extra: Decimal) -> bool:
    """Whether some values within the rounding of all three agree."""
    if base.value - base.slack <= 0:
        return True
    low = (part.value - part.slack) / (base.value + base.slack) * _HUNDRED
    high = (part.value + part.slack) / (base.value - base.slack) * _HUNDRED
    slack = share.slack + extra
    return low - slack <= share.number <= high + slack


def _true_share(part: Figure, base: Figure, share: Figure) -> str:
    step = Decimal(1).scaleb(-share.decimals)
    exact = part.value / base.value * _HUNDRED
    return f"{exact.quantize(step, ROUND_HALF_UP)}%"


def share_mismatch(reading: Reading) -> Iterator[Spot]:
    """``完成12.4亿元，占计划40亿元的36%``: a share against its part and base."""
    for line in reading.prose:
        found = with_leads(line.plain)
        for index, placed in enumerate(found):
            if placed.figure.family == PERCENT:
                yield from _stated_base(line, found, index)
                yield from _planned_base(line, found, index)
                yield from _named_rate(line, found, index)


def _stated_base(line: Line, found: list[Placed], index: int) -> Iterator[Spot]:
    """``…占计划40亿元的36%``: part, base and share in one sentence."""
    if index < _PAIR:
        return
    part, base, share = (each.figure for each in found[index - _PAIR : index + 1])
    tied = (
        part.family == base.family != PERCENT
        and re.search(_OF_BASE, lead(line.plain, base.start))
        and re.fullmatch(_OF_PERCENT, line.plain[base.end : share.start])
        and sentence_at(line.plain, part.start) == sentence_at(line.plain, share.start)
        and _is_base(found[index - _PAIR])
    )
    if tied and not _fits(part, base, share, _extra(line, share)):
        yield _share_spot(line, part, base, share, Severity.ERROR)


def _extra(line: Line, share: Figure) -> Decimal:
    rough = re.search(_ROUGH, lead(line.plain, share.start))
    rough = rough or re.match("左右|以上|多", line.plain[share.end :])
    return _ROUGHLY if rough else Decimal(0)


def _planned_base(line: Line, found: list[Placed], index: int) -> Iterator[Spot]:
    """``占年度计划的84.4%``, where the paragraph names one plan of that kind."""
    share = found[index].figure
    if not index or not re.search(_PLAN, lead(line.plain, share.start)):
        return
    part = found[index - 1]
    bases = [
        each.figure
        for each in found[: index - 1]
        if each.figure.family == part.figure.family
        and re.search(_PLAN_BASE, lead(line.plain, each.figure.start))
    ]
    if len(bases) == 1 and _is_base(part):
        base = bases[0]
        if not _fits(part.figure, base, share, _extra(line, share)):
            yield _share_spot(line, part.figure, base, share, Severity.WARNING)


def _named_rate(line: Line, found: list[Placed], index: int) -> Iterator[Spot]:
    """``已开工79个，开工率91.9%``, where the paragraph holds the whole."""
    share = found[index].figure
    rate = re.search(_RATE, lead(line.plain, share.start))
    if not rate or re.search(_NO_KEY, rate.group()):
        return
    part = _part_of(line, found[:index], rate["key"])
    if part is None:
        return
    bases = [
        each.figure
        for each in found[:index]
        if each.figure.family == part.family
        and each.figure.value > part.value
        and each.figure.start < part.start
        and _is_base(each)
    ]
    extra = _extra(line, share)
    # The true base may not be in the text, so this is never more than a warning.
    if bases and not any(_fits(part, base, share, extra) for base in bases):
        yield _share_spot(line, part, bases[-1], share, Severity.WARNING)


def _part_of(line: Line, earlier: list[Placed], key: str) -> Figure | None:
    """The figure of the same sentence that counts what the rate is named after."""
    for placed in reversed(earlier):
        figure = placed.figure
        near = sentence_at(line.plain, figure.start)[0]
        counts = re.search(
            rf"(?<![未待应没可])(?<!没有){key}了?[^，。；\d]{{0,4}}$",
            line.plain[near : figure.start],
        )
        if counts and not figure.is_share:
            return figure
    return None


def _share_spot(
    line: Line, part: Figure, base: Figure, share: Figure, severity: Severity
) -> Spot:
    message = (
        f"{part.written} ÷ {base.written}"
        f" = {_true_share(part, base, share)}，写的是{share.number}%。"
    )
    return Spot(line.number, share.start, share.end, message, severity=severity)


def difference_mismatch(reading: Reading) -> Iterator[Spot]:
    """``去年52亿元，今年38亿元，差距18亿元``: a difference against its two figures."""
    for line in reading.prose:
        yield from _gaps(line)
        yield from _changes(line)


def _gaps(line: Line) -> Iterator[Spot]:
    found = with_leads(line.plain)
    for index, placed in enumerate(found):
        gap = placed.figure
        if not re.search(_GAP, placed.lead) or re.search(_ELSEWHERE, placed.lead):
            continue
        start = sentence_at(line.plain, gap.start)[0]
        earlier = [
            each.figure
            for each in found[:index]
            if each.figure.family == _family_of(gap)
            and each.figure.start >= start
            and _is_base_of(each, gap)
        ]
        if len(earlier) == _PAIR:
            yield from _difference(line, earlier[0], earlier[1], gap)


def _family_of(gap: Figure) -> str:
    return PERCENT if gap.family == POINTS else gap.family


def _is_base_of(placed: Placed, gap: Figure) -> bool:
    return gap.family == POINTS or _is_base(placed)


def _changes(line: Line) -> Iterator[Spot]:
    """``从41.2%提高到53.8%，提高了12.6个百分点``."""
    found = {figure.start: figure for figure in figures(line.plain)}
    for change in re.finditer(_FROM_TO, line.plain):
        first = found.get(change.start("a"))
        second = found.get(change.start("b"))
        gap = found.get(change.end())
        if (
            first
            and second
            and gap
            and first.family == second.family == _family_of(gap)
        ):
            yield from _difference(line, first, second, gap)


def _difference(
    line: Line, first: Figure, second: Figure, gap: Figure
) -> Iterator[Spot]:
    if gap.family == PERCENT:
        return
    exact = abs(first.value - second.value)
    slack = first.slack + second.slack + gap.slack
    if abs(exact - gap.value) > slack:
        message = (
            f"{first.written}与{second.written}"
            f"相差{shown(exact, gap)}，写的是{gap.written}。"
        )
        yield line.spot(gap.start, gap.end, message)
