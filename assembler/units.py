"""Units: which family a unit word belongs to, and how families convert, exactly.

A family is what may stand for one another: 亿元 and 万元, 公顷 and 亩, % and 成. A
counting word (个, 户, 项) is a family of its own: 240项 is never 240个, but 1.2万个 is
12000个.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from assembler.figures import Kind, exact_decimal


class Family(StrEnum):
    """What units have in common; words of the last three convert to themselves only."""

    MONEY = "金额"
    AREA = "面积"
    LENGTH = "长度"
    WEIGHT = "重量"
    VOLUME = "体积"
    POWER = "功率"
    ENERGY = "电量"
    PERCENT = "百分比"
    POINTS = "百分点"
    MONTH = "月份"
    YEAR = "年份"
    DAY = "日期"
    RANK = "位次"
    CURRENCY = "外币"
    COUNTED = "数量词"
    LONE = "其他"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit.

    Attributes:
        name: as it is written, 亿元.
        family: its family.
        word: the name without its magnitude, 元.
        magnitude: what the magnitude stands for, 10**8; 1 where there is none.
        factor: how many of the family's smallest unit it holds, magnitude included.
    """

    name: str
    family: Family
    word: str
    magnitude: int
    factor: Fraction

    def is_like(self, other: "Unit") -> bool:
        """Whether figures in the one can be converted to the other."""
        if self.family is not other.family:
            return False
        return self.family not in _OWN_WORD_ONLY or self.word == other.word

    def times(self, magnitude: str) -> "Unit | None":
        """The unit of this word with a magnitude: 万 gives 万元 of 亿元.

        None if there is no such magnitude, or units of the family take none.
        """
        number = _MAGNITUDES.get(magnitude)
        if number is None or (magnitude and self.family in _UNMULTIPLIED):
            return None
        name, factor = magnitude + self.word, self.factor / self.magnitude
        return Unit(name, self.family, self.word, number, factor * number)


_OWN_WORD_ONLY = frozenset({Family.CURRENCY, Family.COUNTED, Family.LONE})
# 万% and 亿月 are slips of the pen.
_UNMULTIPLIED = frozenset(
    {
        Family.PERCENT,
        Family.POINTS,
        Family.MONTH,
        Family.YEAR,
        Family.DAY,
        Family.RANK,
    }
)
# The longest first, so that 百万 is not taken for 百 before a word 万….
_MAGNITUDES = MappingProxyType(
    {
        "十万": 10**5,
        "百万": 10**6,
        "千万": 10**7,
        "十亿": 10**9,
        "百亿": 10**10,
        "千亿": 10**11,
        "万亿": 10**12,
        "十": 10,
        "百": 100,
        "千": 10**3,
        "万": 10**4,
        "亿": 10**8,
        "": 1,
    }
)
# What each word holds of the first in its line. That 15亩 are 1公顷 and 2斤 1公斤 is
# fixed by the State Council's order on legal units of measure of 1984.
_MEASURES = {
    Family.MONEY: "元=1 角=1/10 人民币=1",
    Family.AREA: "平方米=1 平米=1 ㎡=1 m²=1 m2=1 亩=2000/3 公顷=10000 "
    "平方公里=1000000 平方千米=1000000 km²=1000000 km2=1000000",
    Family.LENGTH: "米=1 m=1 厘米=1/100 毫米=1/1000 公里=1000 km=1000",
    Family.WEIGHT: "克=1 斤=500 公斤=1000 kg=1000 吨=1000000",
    Family.VOLUME: "立方米=1 立方=1 m³=1 m3=1 升=1/1000 毫升=1/1000000",
    Family.POWER: "瓦=1 千瓦=1000 兆瓦=1000000",
    Family.ENERGY: "千瓦时=1 度=1",
    Family.PERCENT: "%=1 ％=1 百分之=1 ‰=1/10 千分之=1/10 成=10",
    Family.POINTS: "个百分点=1 百分点=1",
    Family.MONTH: "月=1 月份=1",
    Family.YEAR: "年=1 年度=1",
    Family.DAY: "日=1 号=1",
    Family.RANK: "位=1",
}
_COUNTING = """
个 项 户 人 家 件 宗 次 名 处 座 条 场 批 所 栋 幢 套 辆 台 组 支 份 篇 张 块 片 间
层 级 类 种 起 例 期 轮 遍 人次 户次 车次 标段 孔 眼 棵 株 头 只 口 艘 架 部 枚 双 对
章 款 册 卷 本 笔 单 根 门 床 席 届 股 车 村 镇
"""
_LONE = "天 周 个月 小时 个小时 分钟 岁 倍"
_CURRENCIES = "美元 港元 欧元 日元 英镑"


def _words() -> dict[str, tuple[Family, Fraction]]:
    words = dict.fromkeys(_COUNTING.split(), (Family.COUNTED, Fraction(1)))
    words |= dict.fromkeys(_LONE.split(), (Family.LONE, Fraction(1)))
    words |= dict.fromkeys(_CURRENCIES.split(), (Family.CURRENCY, Fraction(1)))
    for family, line in _MEASURES.items():
        for entry in line.split():
            word, _, factor = entry.partition("=")
            words[word] = (family, Fraction(factor))
    return words


_WORDS = MappingProxyType(_words())


@lru_cache(maxsize=1024)
def named(name: str) -> Unit | None:
    """The unit of this name; None if it is no unit that is known.

    Args:
        name: with its magnitude: 亿元, 万平方米, 个百分点, ％; without blanks.
    """
    for magnitude in _MAGNITUDES:
        word = name.removeprefix(magnitude)
        if name.startswith(magnitude) and word in _WORDS:
            family, factor = _WORDS[word]
            unit = Unit(word, family, word, 1, factor)
            if found := unit.times(magnitude):
                return found
    return None


@lru_cache(maxsize=1024)
def of_field(name: str) -> Unit:
    """The unit a guide gives a field; an unknown word is a counting word (个标段)."""
    return named(name) or Unit(name, Family.COUNTED, name, 1, Fraction(1))


def of_kind(kind: Kind) -> Unit | None:
    """The unit that goes without saying for a kind: % for a 百分比."""
    name = {Kind.PERCENT: "%", Kind.POINTS: "个百分点"}.get(kind)
    return named(name) if name else None


def beside(tail: str, unit: Unit | None) -> Unit | None:
    """The unit that a word behind a number means, next to a field's unit.

    Args:
        tail: the word; 亿 alone means 亿元 in a field of 万元.
        unit: the field's, None if it has none.
    """
    if unit is not None and tail == unit.name:
        return unit
    if unit is not None and (found := unit.times(tail.removesuffix(unit.word))):
        return found
    return named(tail)


def convert(value: Decimal, source: Unit, target: Unit) -> Decimal | None:
    """A figure in one unit as a figure in another of its family, exactly.

    Returns:
        The figure without zeros at its end, or as it stands if the units hold the
        same; None where the division has no end (100亩 in 公顷).
    """
    if source.factor == target.factor:
        return value
    return exact_decimal(Fraction(value) * source.factor / target.factor)


def are_doubled(tail: str) -> bool:
    """Whether a word is two units of one family in a row: 亿元亿元, %%, 亿亿元."""
    for cut in range(1, len(tail)):
        second = named(tail[cut:])
        first = beside(tail[:cut], second) if second else None
        if first and second and first.is_like(second):
            return True
    return False


def leading(text: str) -> Unit | None:
    """The longest unit at the beginning of a text: 个百分点 of 个百分点，居全省.

    A word that merely begins like a unit (项目, 个别) has to be told apart by the
    caller.
    """
    for length in range(min(len(text), _LONGEST), 0, -1):
        if (unit := named(text[:length])) is not None:
            return unit
    return None


_LONGEST = max(map(len, _WORDS)) + max(map(len, _MAGNITUDES))
