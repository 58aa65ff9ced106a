"""What a figure can be: counts whole, months 1 to 12, shares 0 to 100."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from assembler.cells import EXAMPLES, Cell, RefusedError
from assembler.dates import FIRST_YEAR, LAST_YEAR
from assembler.figures import Figure, Kind, plain
from assembler.findings import Finding
from assembler.measures import Measure
from assembler.units import Family

_WHOLE_FAMILIES = frozenset(
    {Family.COUNTED, Family.MONTH, Family.YEAR, Family.RANK, Family.DAY}
)
_WHOLE_KINDS = frozenset({Kind.MONTH, Kind.YEAR, Kind.RANK})
_LIMITS = MappingProxyType(
    {
        Kind.MONTH: (1, 12, "月份从 1 到 12"),
        Kind.YEAR: (FIRST_YEAR, LAST_YEAR, f"年份从 {FIRST_YEAR} 到 {LAST_YEAR}"),
        Kind.RANK: (1, None, "位次从 1 起"),
        Kind.COUNT: (0, None, "数量不能是负数"),
    }
)
# A growth rate may be anything; a rate of plan, debt or use may pass 100.
_GROWTH = re.compile("增长|增速|增幅|增率|涨|升|降|减|同比|环比|变化|波动")
_ABOVE_100 = re.compile(
    "计划|任务|预算|完成|达成|达产|负债|杠杆|利用率|目标|覆盖|达标|兑现|回报|利润"
)
_SHARE = re.compile("(?:占比|比重|比例|份额|率|比|百分比)(?:_?[0-9]+)?$")

_Check = Callable[[Cell, Measure], tuple[Finding, ...]]


def in_range(cell: Cell, found: Measure) -> tuple[Finding, ...]:
    """The findings on a figure that was read, those of its reading included.

    Raises:
        RefusedError: the field can hold no such figure.
    """
    findings = found.findings
    for check in _CHECKS:
        findings += check(cell, found)
    return findings


def in_whole_numbers(cell: Cell, found: Measure) -> Figure:
    """The figure, 240.0个 as 240; only magnitudes keep decimals, 1.20万人."""
    figure = found.figure
    if figure.decimals == 0 or not _is_whole(cell, found):
        return figure
    if figure.value != int(figure.value):
        return figure
    return replace(figure, value=Decimal(int(figure.value)), decimals=0)


def _is_whole(cell: Cell, found: Measure) -> bool:
    """Whether there are no halves of what the field counts."""
    counted = found.unit.family in _WHOLE_FAMILIES or not found.unit.name
    return cell.kind in _WHOLE_KINDS or (cell.kind is Kind.COUNT and counted)


def _whole(cell: Cell, found: Measure) -> tuple[Finding, ...]:
    if found.figure.decimals == 0 or not _is_whole(cell, found):
        return ()
    base = Fraction(found.figure.value) * found.unit.magnitude
    if base.denominator != 1:
        raise RefusedError(
            cell.finding("not-whole", "这里只能是整数", EXAMPLES[cell.kind])
        )
    return ()


def _limited(cell: Cell, found: Measure) -> tuple[Finding, ...]:
    if cell.kind not in _LIMITS:
        return ()
    lowest, highest, rule = _LIMITS[cell.kind]
    value = found.figure.value
    if value < lowest or (highest is not None and value > highest):
        hint = _lost_dash(cell) or EXAMPLES[cell.kind]
        raise RefusedError(cell.finding("out-of-range", rule, hint))
    return ()


def _lost_dash(cell: Cell) -> str | None:
    """19 and 110 are what is left of 1—9 and 1—10 once the dash is lost."""
    match = re.fullmatch("1([2-9]|1[0-2])月?|1(10)月?", cell.plain)
    if cell.kind is not Kind.MONTH or match is None:
        return None
    last = match[1] or match[2]
    return f"像是 1—{last}月丢了连接号；只填最后一个月 {last}"


def _share(cell: Cell, found: Measure) -> tuple[Finding, ...]:
    value = found.figure.value
    if cell.kind is not Kind.PERCENT or 0 <= value <= 100:  # noqa: PLR2004
        return ()
    if not _SHARE.search(cell.field) or _GROWTH.search(cell.field):
        return ()
    if value > 0 and _ABOVE_100.search(cell.field):
        return (
            cell.finding(
                "share-over-100", "超过 100%", "确实超额就不用改；否则核对分子和分母"
            ),
        )
    raise RefusedError(
        cell.finding(
            "share-out-of-range", "占比只能在 0% 到 100% 之间", "核对分子、分母和小数点"
        )
    )


def _negative(cell: Cell, found: Measure) -> tuple[Finding, ...]:
    value = found.figure.value
    if cell.kind not in (Kind.AMOUNT, Kind.POINTS) or value >= 0:
        return ()
    opposite = plain(abs(value))
    return (
        cell.finding(
            "negative-figure",
            "是负数，读出来往往不通",
            f"核对正负；若改填 {opposite}，旁边的词（高于、低于、差距）也要改",
        ),
    )


_CHECKS: tuple[_Check, ...] = (_whole, _limited, _share, _negative)
