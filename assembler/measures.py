"""Cells read as numbers: parted from their unit, converted, held to their range."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assembler.cells import EXAMPLES, Cell, RefusedError, diagnosis
from assembler.figures import Figure, Kind, decimals_of, exact_decimal, plain
from assembler.findings import Finding
from assembler.numerals import CHARACTERS
from assembler.tenths import read_share
from assembler.units import Family, Unit, beside, convert, named, of_field
from assembler.written import Number, numbers, without_noise

# No unit at all: neither the cell nor the speech nor the column's head has one.
_BARE = Unit("", Family.LONE, "", 1, Fraction(1))
# More than these are a calculation's rest, not a figure for the ear.
LONGEST_DECIMALS = 3
# 0.0005亿元 is 5万元: nobody says so little in so large a unit.
_SMALLEST = Decimal("0.001")
_FAMILIES = {
    Kind.PERCENT: (Family.PERCENT,),
    Kind.POINTS: (Family.POINTS,),
    Kind.AMOUNT: (Family.MONEY, Family.CURRENCY),
    Kind.MONTH: (Family.MONTH,),
    Kind.YEAR: (Family.YEAR,),
    Kind.RANK: (Family.RANK,),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that was read, in the field's unit.

    Attributes:
        figure: the number.
        unit: the unit it counts in.
        findings: what a person should know of it; no errors but ``doubtful-share``.
    """

    figure: Figure
    unit: Unit
    findings: tuple[Finding, ...] = ()


def measure(cell: Cell) -> Measure:
    """Read a number with or without a unit.

    Raises:
        RefusedError: the cell holds no number, or one in a unit that does not fit.
    """
    if (short := _bare(cell)) is not None:
        return short
    if (share := _spelt_share(cell)) is not None:
        return Measure(_figure(cell, share, _BARE), cell.target or _BARE)
    number, source = _parted(cell)
    target = cell.target or source
    _require_family(cell, source, target)
    value = without_noise(number.value)
    converted = convert(value, source, target)
    if converted is None:
        raise RefusedError(_inexact(cell, source, target))
    if source.factor < target.factor and 0 < abs(converted) < _SMALLEST:
        raise RefusedError(_too_small(cell, converted, target))
    # A cell is told the worst of its findings only.
    findings = _doubtful_share(cell, number, value) or _decimals_remarks(
        cell, number.value, converted
    )
    return Measure(_figure(cell, converted, source), target, tuple(findings))


_BARE_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,3})?")


def _bare(cell: Cell) -> Measure | None:
    """The short way for what most cells are: plain digits in the field's unit."""
    if not cell.unit or cell.column_unit or not _BARE_NUMBER.fullmatch(cell.plain):
        return None
    value = Decimal(cell.plain)
    findings = _doubtful_share(cell, Number(value, ""), value)
    figure = Figure(value, decimals_of(value), cell.text)
    return Measure(figure, of_field(cell.unit), tuple(findings))


def _spelt_share(cell: Cell) -> Decimal | None:
    """三成五 and 一半 in a field of percentages."""
    if cell.kind is not Kind.PERCENT or not re.search("成|半", cell.plain):
        return None
    share = read_share(cell.plain)
    return None if share is None else exact_decimal(share * 100)


def _figure(cell: Cell, value: Decimal, source: Unit) -> Figure:
    unit = None
    if not cell.is_unit_printed:
        unit = (cell.target.name if cell.target else source.name) or None
    return Figure(value, decimals_of(value), cell.text, unit=unit)


def _parted(cell: Cell) -> tuple[Number, Unit]:
    for number in numbers(_behind(cell.plain)):
        source = _source(cell, number.tail)
        if source is not None:
            return number, source
    raise RefusedError(diagnosis(cell))


_PARTS_PER = re.compile("([负+-]?)(百分之|千分之)(.+)")
_CURRENCY = re.compile("(?:人民币|RMB|[¥￥])(.*?)(元?)", re.IGNORECASE)


def _behind(text: str) -> str:
    """The text with the signs that stand before a number put behind it."""
    if match := _PARTS_PER.fullmatch(text):
        sign = "%" if match[2] == "百分之" else "‰"
        digits = "一百" if match[3] == "百" else match[3]
        return f"{match[1]}{digits}{sign}"
    if match := _CURRENCY.fullmatch(text):
        return f"{match[1]}元"
    return text


def _source(cell: Cell, tail: str) -> Unit | None:
    """The unit of a number with this tail; None where the tail is no unit."""
    if not tail:
        return cell.column or cell.target or _BARE
    if cell.after.startswith(tail):
        return cell.target or named(tail) or _BARE
    return beside(tail, cell.target)


def _require_family(cell: Cell, source: Unit, target: Unit) -> None:
    allowed = _FAMILIES.get(cell.kind)
    if cell.target is None and source is not _BARE:
        fits = source.family in allowed if allowed else not _is_ratio(source)
    else:
        fits = source is _BARE or source.is_like(target)
    if not fits:
        raise RefusedError(_wrong_unit(cell, source))


def _is_ratio(unit: Unit) -> bool:
    return unit.family in (Family.PERCENT, Family.POINTS)


def _wrong_unit(cell: Cell, source: Unit) -> Finding:
    target = cell.target
    wanted = target.name if target else cell.kind.value
    if target and _is_ratio(source) and _is_ratio(target):
        return cell.finding(
            "percent-vs-points",
            f"是{source.family}，这里要的是{target.family}",
            f"百分点是两个百分比的差，不能混用；{EXAMPLES[cell.kind]}",
        )
    in_head = source == cell.column and not cell.plain.endswith(source.name)
    where = "（列名里写的）" if in_head else ""
    return cell.finding(
        "wrong-unit",
        f"单位“{source.name}”{where}不能换算成“{wanted}”",
        f"核对是不是填错了格；应填以“{wanted}”为单位的数",
    )


def _inexact(cell: Cell, source: Unit, target: Unit) -> Finding:
    return cell.finding(
        "inexact-unit",
        f"从{source.name}换算成{target.name}除不尽",
        f"直接填以“{target.name}”为单位的数",
    )


def _too_small(cell: Cell, converted: Decimal, target: Unit) -> Finding:
    return cell.finding(
        "too-small-for-unit",
        f"换算成{target.name}只有 {plain(converted)}，像是单位填错了",
        f"核对单位；应填以“{target.name}”为单位的数",
    )


def _decimals_remarks(cell: Cell, value: Decimal, converted: Decimal) -> list[Finding]:
    meant = without_noise(value)
    if meant is not value:
        return [
            cell.finding(
                "float-noise",
                f"是 Excel 计算留下的误差，按 {plain(meant)} 写进稿子",
                f"核对后把它改成 {plain(meant)}",
            )
        ]
    if decimals_of(converted) <= LONGEST_DECIMALS:
        return []
    as_read = "" if converted == value else f"换算成 {plain(converted)}，"
    return [
        cell.finding(
            "long-decimal",
            f"{as_read}小数有 {decimals_of(converted)} 位，念不出来",
            "填四舍五入后的数，或者在字段说明里写明“一位小数”",
        )
    ]


def _doubtful_share(cell: Cell, number: Number, value: Decimal) -> list[Finding]:
    """A bare 0.683 may be 68.3% or 0.683%, a bare 1 may be 100% or 1%."""
    if cell.kind is not Kind.PERCENT or value == 0 or abs(value) > 1:
        return []
    if number.tail or cell.column or "分之" in cell.plain:
        return []
    shown, hundredfold = plain(value), exact_decimal(Fraction(value) * 100) or value
    return [
        cell.finding(
            "doubtful-share",
            f"没有百分号，说不清是 {plain(hundredfold)}% 还是 {shown}%",
            f"补上百分号：写 {plain(hundredfold)}% 或者 {shown}%",
        )
    ]


_ABOUT = re.compile("约为|大约|约|将近|接近|近|逾|超过|超|不足|不到|至少|上")
_VAGUE = re.compile(
    rf"(?:{_ABOUT.pattern})?(?:[0-9][0-9.,]*|[{CHARACTERS}几数]+)"
    "[十百千万亿]*[余多来]?[十百千万亿]*"
)
_UNCERTAIN = re.compile("几|数[十百千万亿]|[余多来]")
# 三五, 七八十, 十二三: neighbouring numbers.
_NEIGHBOURS = re.compile(
    "[二三四五六七八九]?十?(?:一两|一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)"
    "[十百千万亿]*"
)
_APPROXIMATE_KINDS = (Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.POINTS)


def approximation(cell: Cell) -> str | None:
    """The text of an approximate figure, the unit that the speech prints left off.

    Args:
        cell: 约120个, 近十二亿元, 120余个, 几十, 三五个.

    Returns:
        约120, 近十二, 120余, 几十, 三五; None where the cell is no approximation, or
        one whose words cannot stand before the printed unit (12亿元左右).
    """
    if cell.kind not in _APPROXIMATE_KINDS:
        return None
    text = _without_printed_unit(cell).replace(" ", "")
    if _NEIGHBOURS.fullmatch(text):
        return text
    if _UNCERTAIN.search(text):
        return text if _VAGUE.fullmatch(text) else None
    about = _ABOUT.match(text)
    return _about_figure(cell, about[0]) if about else None


def _without_printed_unit(cell: Cell) -> str:
    printed = cell.printed_behind
    for name in (cell.unit, printed.name if printed else None):
        if name and cell.plain.endswith(name):
            return cell.plain.removesuffix(name)
    return cell.plain


def _about_figure(cell: Cell, about: str) -> str:
    rest = cell.plain.removeprefix(about).strip()
    figure = measure(replace(cell, text=rest, plain=rest)).figure
    return f"{about}{plain(figure.value)}{figure.unit or ''}"


def approximate_remark(cell: Cell) -> Finding:
    """That an approximation stands in the speech unchecked."""
    return cell.finding(
        "approximate-figure",
        "是约数，原样写进稿子，不参加计算和核对",
        "要参加核对，就填准确的数",
    )
