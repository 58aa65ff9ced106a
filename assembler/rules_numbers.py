"""Figures in running text, as the rules on figures see them.

A figure is digits with the unit behind them. Amounts of one family compare in one
base unit; rounding leaves each figure half a unit of its last digit open. Decimals
throughout, never binary floats.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assembler.rules_text import lead

_SCALED = {
    "万亿元": ("元", 12),
    "亿元": ("元", 8),
    "万元": ("元", 4),
    "元": ("元", 0),
    "亿美元": ("美元", 8),
    "万美元": ("美元", 4),
    "美元": ("美元", 0),
    "万人次": ("人次", 4),
    "人次": ("人次", 0),
    "万人": ("人", 4),
    "人": ("人", 0),
    "名": ("人", 0),
    "万户": ("户", 4),
    "户": ("户", 0),
    "万亩": ("亩", 4),
    "亩": ("亩", 0),
    "万吨": ("吨", 4),
    "吨": ("吨", 0),
    "万平方米": ("平方米", 4),
    "平方米": ("平方米", 0),
    "平方公里": ("平方公里", 0),
    "公里": ("公里", 0),
    "公顷": ("公顷", 0),
    "万家": ("家", 4),
    "家": ("家", 0),
    "万个": ("个", 4),
    "个": ("个", 0),
    "万件": ("件", 4),
    "件": ("件", 0),
    "%": ("%", 0),
    "％": ("%", 0),
    "个百分点": ("百分点", 0),
    "百分点": ("百分点", 0),
}
_COUNTED = "项宗条座栋幢套辆台所处间场次起批支位口张座根盏亿万"
_UNIT = "|".join([*sorted(_SCALED, key=len, reverse=True), *_COUNTED])
_NOT_A_COUNT = (
    "个月|个小时|个工作日|个百分之|名单|名义|名录|人均|户均|家庭|位于|位居|个别|处理"
)
_FIGURE = (
    r"(?<![\d.,第A-Za-z/])(?P<n>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?)"
    rf"(?![\d:])[ ]?(?:余|多|来)?(?!{_NOT_A_COUNT})(?P<u>{_UNIT})"
)
MONEY = "元"
PERCENT = "%"
POINTS = "百分点"
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit in a text.

    Attributes:
        start: its first digit.
        end: one past its unit.
        number: the value as written.
        decimals: how many decimals are written.
        unit: the unit as written.
        family: the base unit it compares in.
        power: how many tens the unit multiplies the base unit by.
    """

    start: int
    end: int
    number: Decimal
    decimals: int
    unit: str
    family: str
    power: int

    @property
    def written(self) -> str:
        """Number and unit, for a message."""
        return f"{self.number}{self.unit}"

    @property
    def value(self) -> Decimal:
        """The value in the family's base unit."""
        return self.number.scaleb(self.power)

    @property
    def slack(self) -> Decimal:
        """Half a unit of the last digit shown, in the base unit; 0 for counts."""
        if self.power == 0 and self.decimals == 0 and self.family not in "元%百分点":
            return Decimal(0)
        return _HALF.scaleb(self.power - self.decimals)

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage or a difference of percentages."""
        return self.family in {PERCENT, POINTS}


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text in reading order."""
    for found in re.finditer(_FIGURE, text):
        unit = found["u"]
        family, power = _SCALED.get(unit, (unit, 0))
        digits = found["n"].replace(",", "")
        decimals = len(digits.partition(".")[2])
        number = Decimal(digits)
        yield Figure(found.start(), found.end(), number, decimals, unit, family, power)


def shown(value: Decimal, like: Figure) -> str:
    """A value in the unit and with the decimals of a figure, for a message."""
    number = value.scaleb(-like.power)
    step = Decimal(1).scaleb(-like.decimals)
    return f"{number.quantize(step)}{like.unit}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure of a paragraph with the words that lead to it.

    Attributes:
        figure: the figure.
        lead: its clause before it, other figures included.
    """

    figure: Figure
    lead: str


def with_leads(text: str) -> list[Placed]:
    """The figures of a paragraph, each with its lead."""
    return [
        Placed(figure, re.split(r"[，。；：（]", lead(text, figure.start))[-1])
        for figure in figures(text)
    ]
