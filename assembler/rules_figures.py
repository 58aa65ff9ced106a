"""Rules on a single figure: what cannot be, and how it is written."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from assembler.rules_text import Line, Spot, lead, stretch

_RANK = r"第(?P<v>0+|\d+\.\d+|-\d+)[位名]"
_DAY = r"(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = 12
_MONTH = r"(?<![\d.\-—～~/])(?P<m>\d{1,3})月(?![龄子度])"
_SPAN = r"(?:工期|为期|历时|周期|保修期?|期限)(?:为|约|是|共)?$"
_LOST_RANGE = r"(?:1[3-9]|11[0-2])"
_CLOCK = r"(?<![\d:.])(?P<h>\d{1,2})(?:[:：]|[时点])(?P<m>\d{2})(?![\d:.])(?:分)?"
_CLOCK_NEAR = r"(?:上午|下午|晚上?|凌晨|中午|早上|时间|日|[—～]|于|至|到)$"
_HOURS, _MINUTES = 24, 60
_PARTIAL = r"(?<![\d.])\d+\.\d+(?P<u>[个家户人项件名位宗座栋所辆台条])"
_PARTIAL_FITS = (
    r"个(?:百分点|小时|月|工作日|学分|积分|点|基点|单位|标准|台班|学时|课时|工日|亿|千瓦|毫"
    r"|档|名额)|人次|位数|项目法|台班|家庭"
)
_AVERAGE = r"每|平均|人均|户均|均|率|万人|拥有量|密度|之比|相当于|折合|只有.{0,4}分之"

_DOUBLED = (
    r"\d\s?(?P<u>亿元|万元|元|[%％]|个百分点|公里|平方米|平方公里|亩|吨|人次|公顷)\s?(?P=u)",
    r"\d(?P<u>[个户家人名项件])(?P=u)(?=[，。；、）的]|以上|$)",
    r"\d(?P<u>[亿万])元元",
    r"第\d+(?P<u>位)位(?![于列居移置次])",
    r"\d(?P<u>月)月(?![月均报])",
    r"\d(?P<u>亿|万)元(?:亿|万)元",
    r"\d(?P<u>日)日(?![日均报])",
)
_LONG = r"(?<![\d.])(?P<n>\d{1,12}\.\d{4,20})(?![\d.])"
_COORDINATE = r"[纬经]|坐标|圆周率|π|汇率|中间价|净值|[°NSEW]"
# Land is measured to four decimals of a hectare.
_LAND = "公顷|平方公里"
_NOISE = r"^(\d+\.\d*?)(?:0{5,}|9{5,})\d*$"
_UNITS = r"(?:亿元|万元|亿美元|万亩|万吨|个百分点|公里|平方公里|平方米|[%％])"
_BROKEN = (
    rf"(?<![\d.])\d{{1,4}}[ \u00a0\u3000]\d{{1,2}}(?={_UNITS})",
    rf"\d{{1,4}}。\d{{1,2}}(?={_UNITS})",
    rf"(?<![\d，])\d{{1,4}}，\d{{1,2}}(?={_UNITS})",
    rf"(?<![\d,])\d{{1,4}},\d{{1,2}}(?={_UNITS})",
    rf"\d\.\s+\d{{1,2}}(?={_UNITS})|\d\s+\.\d{{1,2}}(?={_UNITS})",
    rf"\d\.{{2}}\d|(?<!\d)\d{{1,9}}\.(?={_UNITS})|(?<![\d.])\.\d+(?={_UNITS})",
)
_FALL = (
    r"(?:减少|下降|降低|缩短|缩小|压减|压缩|减低|回落|下跌|降)(?:了|到|为|至|近|约|超过|将近)*"
    r"\s*(?:\d+(?:\.\d+)?|[一二两三四五六七八九十几半]+)倍"
)
_RANGE = (
    r"(?<![\d.\-—～~])(?P<a>\d+(?:\.\d+)?)[～~—](?P<b>\d+(?:\.\d+)?)"
    r"(?P<u>[%％]|万元|亿元|万[人亩吨户]|亿斤|万)"
)
_NEIGHBOURS = (
    r"(?<![第一二三四五六七八九十百、])(?P<a>[一二三四五六七八])、(?P<b>[二三四五六七八九])"
    r"(?=(?:[个户家人天名次件公百千万里位岁辆台亩座]|年(?!级)|条(?!例)|项))"
)


def impossible_value(line: Line) -> Iterator[Spot]:
    """``2月30日``, ``第0位``, ``3.5个项目``: a value that cannot be."""
    for found in re.finditer(_RANK, line.plain):
        yield line.hit(found, f"没有“{found.group()}”这样的位次。")
    yield from _dates(line)
    yield from _clocks(line)
    yield from _partial_counts(line)


def _dates(line: Line) -> Iterator[Spot]:
    days: set[int] = set()
    for found in re.finditer(_DAY, line.plain):
        days.add(found.start())
        if not _is_day(int(found["m"]), int(found["d"])):
            yield line.hit(found, f"没有“{found.group()}”这一天。")
    for found in re.finditer(_MONTH, line.plain):
        month = int(found["m"])
        lost_dash = re.fullmatch(_LOST_RANGE, found["m"])
        spans = re.search(_SPAN, lead(line.plain, found.start()))
        if found.start() in days or 1 <= month <= _MONTHS or lost_dash or spans:
            continue
        yield line.hit(found, f"没有“{found.group()}”。")


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= _MONTHS and 1 <= day <= _DAYS[month - 1]


def _clocks(line: Line) -> Iterator[Spot]:
    for found in re.finditer(_CLOCK, line.plain):
        near = re.search(_CLOCK_NEAR, lead(line.plain, found.start()))
        wrong = int(found["h"]) > _HOURS or int(found["m"]) >= _MINUTES
        if wrong and (near or found.group().endswith("分")):
            yield line.hit(found, f"没有“{found.group()}”这个时刻。")


def _partial_counts(line: Line) -> Iterator[Spot]:
    for found in re.finditer(_PARTIAL, line.plain):
        if re.match(_PARTIAL_FITS, line.plain[found.start("u") :]):
            continue
        start, _ = stretch(line.plain, found.start(), "。；！？\n")
        if not re.search(_AVERAGE, line.plain[start : found.start()]):
            yield line.hit(found, f"“{found.group()}”应为整数。")


def doubled_unit(line: Line) -> Iterator[Spot]:
    """``12亿元亿元``: the unit twice."""
    for pattern in _DOUBLED:
        for found in re.finditer(pattern, line.plain):
            start = found.start() + 1
            text = line.text[start : found.end()]
            half = (
                text[: len(text) // 2] if text[: len(text) // 2] * 2 == text else None
            )
            repair = half or (text[:-1] if text.endswith("元元") else None)
            message = f"单位重复：“{found.group()}”。"
            yield Spot(line.number, start, found.end(), message, repair=repair)


def long_decimal(line: Line) -> Iterator[Spot]:
    """``68.333333%``: decimals that no speech reads out."""
    for found in re.finditer(_LONG, line.plain):
        around = line.plain[max(found.start() - 8, 0) : found.end() + 3]
        if re.search(_COORDINATE, around) or re.match(_LAND, line.plain[found.end() :]):
            continue
        message = f"“{found['n']}”小数位过多，疑是表格里的原始值。"
        yield line.mend(found, message, _rounded(found["n"]))


def _rounded(number: str) -> str:
    """One decimal, half up; noise of binary floats goes at the place where it is."""
    noise = re.match(_NOISE, number)
    kept = len(noise[1].partition(".")[2]) if noise else 1
    value = Decimal(number).quantize(Decimal(1).scaleb(-kept), ROUND_HALF_UP)
    return format(value.normalize(), "f") if noise else format(value, "f")


def broken_decimal(line: Line) -> Iterator[Spot]:
    """``7 4亿元``, ``21。5%``: the decimal point is lost or another mark."""
    for pattern in _BROKEN:
        for found in re.finditer(pattern, line.plain):
            yield line.hit(found, f"“{found.group()}”的小数点疑有误。")


def decrease_multiple(line: Line) -> Iterator[Spot]:
    """``投诉量减少了2倍``: a decrease is never in 倍."""
    for found in re.finditer(_FALL, line.plain):
        yield line.hit(found, "减少、下降不能用“倍”，应说“几分之几”或百分比。")


def range_unit(line: Line) -> Iterator[Spot]:
    """``30～40%``: the first figure of a range lacks what the second has."""
    for found in re.finditer(_RANGE, line.plain):
        unit = found["u"]
        repair = f"{found['a']}{unit}～{found['b']}{unit}"
        yield line.mend(found, f"范围的前一个数也要写上“{unit}”。", repair)


def needless_approximation_comma(line: Line) -> Iterator[Spot]:
    """``三、五个村``: neighbouring numerals that mean 'about' take no 、."""
    for found in re.finditer(_NEIGHBOURS, line.plain):
        repair = f"{found['a']}{found['b']}"
        yield line.mend(found, "表示概数的相邻数字之间不用顿号。", repair)
