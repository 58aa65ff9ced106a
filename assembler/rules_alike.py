"""Rules on alike things written alike: units, magnitudes, decimals."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assembler.rules_numbers import MONEY, Figure, figures
from assembler.rules_text import Line, Reading, Spot, clause_at, sentence_at, sentences

_BARE = r"(?<![\d.])\d+(?:\.\d+)?(?P<u>[亿万])(?=[，。；、）]|$)"
_MONEY_WORDS = (
    "投资|资金|收入|产值|贷款|税|贡献|总额|利润|预算|支出|债|营收|销售|增加值|金额|财政"
    "|存款|余额"
)
_AFTER_YI = r"亿\d{1,9}[千百十]?\d?[百千]?万"
_AFTER_WAN = r"万\d{1,9}千(?![米克瓦伏里])"
_MIXED_SCALE = rf"(?<!\d)\d{{1,9}}(?:{_AFTER_YI}|{_AFTER_WAN}|[千百]万)"
_NATION = r"全国|全省|全球|世界|我国|国家|中央|国债|全市|省里"
_HUGE = Decimal(10) ** 12
_RATIO = Decimal(1000)
_FEWEST = 3
_FEW = 10
_BIG_UNIT = "亿元"
_STOCK = r"余额|总值|GDP|存款|贷款|总产值|总额|资产"
_GROWTH = (
    r"(?:增长|下降|上升|回落|增速(?:为|达)?|增幅(?:为|达)?|上涨)了?(?P<v>\d+(?:\.(?P<d>\d+))?)[%％]"
    r"(?!以上|左右|以内|的?目标|上下)"
)
_SHARE = (
    r"占(?:比)?(?:为|达)?(?P<v>\d+(?:\.(?P<d>\d+))?)[%％](?!以上|左右|以内|的?目标)"
)
_GOAL = r"目标|力争|确保|预期|计划|要求|达到|左右|以上|约|不低于|不少于|预计|近|超"


def unit_style(reading: Reading) -> Iterator[Spot]:
    """``12.5亿 … 8亿元``: amounts with and without 元; 3亿4千万."""
    with_unit = any(
        figure.family == MONEY and figure.power
        for line in reading.lines
        for figure in figures(line.plain)
    )
    for line in reading.lines:
        for found in re.finditer(_MIXED_SCALE, line.plain):
            yield line.hit(found, "数字只能用“万”“亿”作单位，且不混用。")
        if with_unit:
            yield from _bare_amounts(line)


def _bare_amounts(line: Line) -> Iterator[Spot]:
    for found in re.finditer(_BARE, line.plain):
        start, _ = clause_at(line.plain, found.start())
        if re.search(_MONEY_WORDS, line.plain[start : found.start()]):
            message = f"“{found.group()}”缺“元”，别处的金额都写了“元”。"
            yield line.mend(found, message, f"{found.group()}元")


def unit_magnitude(reading: Reading) -> Iterator[Spot]:
    """``一个项目投资38500亿元``: 万 and 亿 confused."""
    amounts = [
        (line, figure)
        for line in reading.lines
        for figure in figures(line.plain)
        if figure.unit == _BIG_UNIT and not _is_total(line, figure)
    ]
    values = sorted((figure.value for _, figure in amounts), reverse=True)
    for line, figure in amounts:
        if figure.value == values[0] and _is_outlier(values):
            message = f"“{figure.written}”大得不合常理，疑是“万”“亿”写错。"
            yield line.spot(figure.start, figure.end, message)


def _is_outlier(values: list[Decimal]) -> bool:
    """Whether the first of these falling amounts is out of all proportion."""
    second = values[1] if len(values) > 1 else Decimal(0)
    huge = values[0] >= _HUGE and values[0] >= second * _FEW
    return huge or (len(values) >= _FEWEST and values[0] >= second * _RATIO)


def _is_total(line: Line, figure: Figure) -> bool:
    """Whether an amount is a nation's, or a stock that dwarfs projects by nature."""
    start, end = sentence_at(line.plain, figure.start)
    clause, _ = clause_at(line.plain, figure.start)
    stock = re.search(_STOCK, line.plain[clause : figure.start])
    return bool(stock or re.search(_NATION, line.plain[start:end]))


def mixed_decimals(reading: Reading) -> Iterator[Spot]:
    """``增长8%，…增长7.65%``: figures of one kind with different decimals."""
    for line in reading.prose:
        for start, sentence in sentences(line.plain):
            if re.search(_GOAL, sentence):
                continue
            for pattern in (_GROWTH, _SHARE):
                yield from _uneven(line, start, list(re.finditer(pattern, sentence)))


def _uneven(line: Line, start: int, found: list["re.Match[str]"]) -> Iterator[Spot]:
    """The figures that have other decimals than the first of their sentence."""
    for each in found[1:]:
        first = found[0]
        if len(each["d"] or "") != len(first["d"] or ""):
            message = f"小数位数与同句的“{first['v']}%”不一致。"
            yield line.spot(start + each.start("v"), start + each.end(), message)
            return
