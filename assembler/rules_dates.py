"""Rules on dates and periods."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assembler.rules_text import Line, Reading, Spot, lead, sentence_at

_DASH = r"(?P<dash>\s?(?:[-–﹣－~]|--)\s?)"
_PERIOD_UNITS = r"(?:月(?![龄])|日|年|时(?!代)|点(?!位)|[:：]\d{2})"
_RANGE = (
    r"(?<![\d.\-A-Za-z])(?P<a>\d{1,4}"
    r"(?:年\d{1,2}月\d{1,2}日|月\d{1,2}日|月|日|年|时|点|:\d{2})?)"
    rf"{_DASH}(?P<b>\d{{1,4}})(?={_PERIOD_UNITS})"
)
_LOST_DASH = r"(?<![\d.\-—～~/])1(?P<m>[3-9]|1[0-2])月(?![龄子度]|\d{1,2}日)"
_SPAN = r"(?:工期|为期|历时|周期|保修期?|期限)(?:为|约|是|共)?$"
_SERIAL = (
    r"(?:截至|截止到?|日期[:：为]?|时间[:：为]?)\s*(?P<d>4\d{4})"
    r"(?![\d.万亿元个户人%％公亩吨平册件名家套张辆台项次])"
    r"|(?<![\d.])(?P<e>4\d{4})(?=年|月|日(?![元均]))"
)
_SLASHED = r"(?<![\d/])(?:19|20)\d\d/\d{1,2}/\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
_DASHED = (
    r"(?<![\d\-])(?:19|20)\d\d-\d{1,2}-\d{1,2}"
    r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?)?(?![\d\-])"
)
_MIDNIGHT = r"\s?(?<!\d)0{1,2}:00:00(?:\.0+)?"

_SHORT_YEAR = (
    r"(?:^|(?<=[，。；：、（从自在比较与同到至于]))(?P<y>[12]\d)年"
    r"(?=以来|\d{1,2}月|上半年|下半年|[一二三四]季度|[一二三四]季|底前)"
)
_LEADING_ZERO = r"(?<!\d)0(?P<n>\d)(?=月|日(?![A-Za-z]))"
_ZERO_YEAR = r"[一二][〇零Oo0О九][〇零Oo0О一二三四五六七八九]{2}(?=年)"
_DOTTED = (
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)\.(?P<m>0?[1-9]|1[0-2])"
    r"\.(?P<d>0?[1-9]|[12]\d|3[01])(?![\d.])"
)

_SPEECH_DATE = (
    r"^\s{0,20}[（(]?\s{0,4}(?:19|20)\d\d年(?P<m>\d{1,2})月(?:\d{1,2}日)?\s*[）)]?\s*$"
)
_COVERED = r"(?<!\d)1\s?[—–\-～~至到]\s?(?P<m>\d{1,2})月(?!份?底前|\d)"
_NEARLY_OVER = {
    "一季度": 3,
    "上半年": 6,
    "二季度": 6,
    "三季度": 9,
    "前三季度": 9,
}
_OVER = (
    r"(?P<p>前三季度|一季度|二季度|三季度|上半年)"
    r"(?:即将|就要|马上就要|快要)(?:结束|收官|过去)"
)
_LEFT = (
    r"(?:离|距离?)(?:年底|年末|全年收官)[^，。；]{0,6}?"
    r"(?P<n>[一二两三四五六七八九]|\d{1,2})个半?月"
)
_DUE = (
    r"(?<![\d年])(?P<m>\d{1,2})月底?(?:之?前|以前)"
    r"(?=[^，。；]{0,20}(?:完成|开工|竣工|到位|投产|建成|整改|交付|落实|办结|报))"
)
_MUST = r"要|必须|务必|确保|力争|须"
_OTHER_TIME = (
    r"去年|上年|明年|次年|后年|往年|历年|年前|已|了|当年|来年|同期|曾|(?:19|20)\d\d年"
)
_LAG = 3
_YEAR = 12
_HALF_A_YEAR = 6
_NUMERALS = "零一二三四五六七八九"


def range_dash(line: Line) -> Iterator[Spot]:
    """``1-9月``: from–to of time takes the one-em dash —."""
    for found in re.finditer(_RANGE, line.plain):
        message = "时间起止之间应用一字线“—”。"
        start, end = found.span("dash")
        yield Spot(line.number, start, end, message, repair="—")


def lost_range_dash(line: Line) -> Iterator[Spot]:
    """``今年19月``: the dash of 1—9月 was lost."""
    for found in re.finditer(_LOST_DASH, line.plain):
        if re.search(_SPAN, lead(line.plain, found.start())):
            continue
        right = f"1—{found['m']}月"
        yield line.mend(found, f"没有“{found.group()}”，疑为“{right}”。", right)


def raw_date(line: Line) -> Iterator[Spot]:
    """``截至45231``, ``2024/10/31 00:00:00``: a date as the program stores it."""
    for found in re.finditer(_SERIAL, line.plain):
        group = "d" if found["d"] else "e"
        message = f"“{found[group]}”是表格里的日期序号，应写成年月日。"
        yield line.hit(found, message, group)
    taken: list[tuple[int, int]] = []
    for pattern in (_SLASHED, _DASHED):
        for found in re.finditer(pattern, line.plain):
            taken.append(found.span())
            yield line.mend(found, "日期应写成“年月日”。", _spelled(found.group()))
    for found in re.finditer(_MIDNIGHT, line.plain):
        if not any(start <= found.start() < end for start, end in taken):
            yield line.hit(found, "日期后面带着表格里的零点时刻。")


def _spelled(date: str) -> str:
    year, month, day = re.split(r"[/\-]", re.split(r"[T\s]", date)[0])
    return f"{year}年{int(month)}月{int(day)}日"


def date_form(line: Line) -> Iterator[Spot]:
    """``24年以来``, ``05月01日``, ``二O二四年``: a date not in its form."""
    for found in re.finditer(_SHORT_YEAR, line.plain):
        repair = f"20{found['y']}年"
        yield line.mend(found, "年份应写四位数字。", repair)
    for found in re.finditer(_LEADING_ZERO, line.plain):
        yield line.mend(found, "月、日前面不加“0”。", found["n"])
    for found in re.finditer(_ZERO_YEAR, line.plain):
        if re.search("[Oo0О]", found.group()):
            repair = re.sub("[Oo0О]", "〇", found.group())
            yield line.mend(found, "汉字年份里的零应写“〇”。", repair)
    for found in re.finditer(_DOTTED, line.plain):
        repair = f"{found['y']}年{int(found['m'])}月{int(found['d'])}日"
        yield line.mend(found, "日期应写成“年月日”。", repair)


@dataclass(frozen=True, slots=True)
class _When:
    """When a speech is held and how far its figures go; 0 where it does not say."""

    month: int
    covered: int


def mixed_period(reading: Reading) -> Iterator[Spot]:
    """1—10月 figures, yet ``一季度即将结束``: times of the speech that do not fit."""
    when = _when(reading)
    for line in reading.lines:
        yield from _covered_too_far(line, when)
        yield from _nearly_over(line, when)
        yield from _past_deadlines(line, when)


def _when(reading: Reading) -> _When:
    month = 0
    covered = 0
    for line in reading.lines:
        said = re.match(_SPEECH_DATE, line.plain)
        if said and not month:
            month = int(said["m"])
        covered = max([covered, *(int(found["m"]) for found in _periods(line))])
    return _When(month, covered)


def _periods(line: Line) -> Iterator["re.Match[str]"]:
    for found in re.finditer(_COVERED, line.plain):
        start, end = sentence_at(line.plain, found.start())
        if (
            1 < int(found["m"]) <= _YEAR
            and not re.search(_OTHER_TIME, line.plain[start : found.end()])
            and not re.search(_MUST, line.plain[start:end])
        ):
            yield found


def _covered_too_far(line: Line, when: _When) -> Iterator[Spot]:
    for found in _periods(line):
        # In January and February the figures are last year's.
        if when.month >= _LAG and int(found["m"]) > when.month:
            message = f"讲话在{when.month}月，却已有“{found.group()}”的数据。"
            yield line.hit(found, message)


def _nearly_over(line: Line, when: _When) -> Iterator[Spot]:
    now = when.month or when.covered
    if not now:
        return
    for found in re.finditer(_OVER, line.plain):
        if abs(_NEARLY_OVER[found["p"]] - now) > _LAG - 1:
            yield _time_spot(line, found, when)
    for found in re.finditer(_LEFT, line.plain):
        left = int(found["n"]) if found["n"].isdecimal() else _small(found["n"])
        if abs(_YEAR - left - now) > _LAG - 1:
            yield _time_spot(line, found, when)


def _small(word: str) -> int:
    return 2 if word == "两" else _NUMERALS.index(word)


def _time_spot(line: Line, found: "re.Match[str]", when: _When) -> Spot:
    basis = f"讲话在{when.month}月" if when.month else f"数据到{when.covered}月"
    return line.hit(found, f"{basis}，与“{found.group()}”不合。")


def _past_deadlines(line: Line, when: _When) -> Iterator[Spot]:
    if not when.month:
        return
    for found in re.finditer(_DUE, line.plain):
        start, end = sentence_at(line.plain, found.start())
        sentence = line.plain[start:end]
        behind = when.month - int(found["m"])
        is_due = re.search(_MUST, sentence) and not re.search(_OTHER_TIME, sentence)
        if is_due and 0 < behind < _HALF_A_YEAR:
            message = f"讲话在{when.month}月，期限“{found.group()}”已过。"
            yield line.hit(found, message)
