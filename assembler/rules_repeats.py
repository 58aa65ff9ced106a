"""Rules on one thing that is given twice: the figures must be the same.

Only back-references (这42个签约项目) and sentences that repeat the same words, time and
place are compared; other periods and places have figures of their own.
"""

import re
from collections.abc import Iterator

from assembler.rules_numbers import Figure, with_leads
from assembler.rules_text import HANZI, Reading, Spot, sentence_at

_UNIT = "[个家户人项件名位宗条座所处栋]"
_BACK = (
    rf"(?:这|上述|以上|全部|所有)(?P<n>\d+)(?P<u>{_UNIT})(?P<k>[^，。；、\d]{{2,8}})"
    rf"|(?:^|(?<=[，。；：]))(?P<n2>\d+)(?P<u2>{_UNIT})(?P<k2>[^，。；、\d]{{2,8}}?)中[，,]"
)
_SAME_WORDS = 8
_TIME = (
    r"去年|上年|今年|本年|明年|前年|同期|上半年|下半年|季度|\d+月|\d{4}年|昨|目前|截至|上月|本月|"
    r"近|历年|年末|月末|期末|年初|现在|当时|原来|调整|到\d"
)
_PLACE = rf"[{HANZI}]{{1,3}}(?:镇|乡|街道|村|县|区|市|省|局|公司|园区|片区)"


def value_conflict(reading: Reading) -> Iterator[Spot]:
    """``签约项目42个…这24个签约项目``: one thing, two figures."""
    yield from _references(reading)
    yield from _repeats(reading)


def _references(reading: Reading) -> Iterator[Spot]:
    """A figure taken up again that was never given, while another one was."""
    said = ""
    for line in reading.prose:
        for found in re.finditer(_BACK, line.plain):
            number = found["n"] or found["n2"]
            unit = found["u"] or found["u2"]
            key = found["k"] or found["k2"]
            text = said + line.plain[: found.start()]
            other = _said_of(text, key, unit)
            if other and not re.search(rf"(?<!\d){number}{unit}", text):
                message = f"这里说{number}{unit}，前面说“{other}”。"
                group = "n" if found["n"] else "n2"
                yield line.spot(
                    found.start(group), found.end(group) + len(unit), message
                )
        said += line.plain + "\n"


def _said_of(text: str, key: str, unit: str) -> str | None:
    """What was said before of the same thing in the same unit, exactly once."""
    words = {key[:size] for size in range(2, len(key) + 1)}
    words |= {key[-size:] for size in range(3, len(key) + 1)}
    longest = sorted(words, key=len, reverse=True)
    for word in longest:
        escaped = re.escape(word)
        before = rf"{escaped}[^，。；、\d]{{0,2}}(?P<n>\d+){unit}"
        after = rf"(?P<m>\d+){unit}{escaped}"
        found = list(re.finditer(f"{before}|{after}", text))
        if len(found) == 1:
            return found[0].group()
    return None


def _repeats(reading: Reading) -> Iterator[Spot]:
    """The same eight words before a figure, the same unit, another value."""
    seen: dict[tuple[str, str], tuple[Figure, str]] = {}
    for line in reading.prose:
        for each in with_leads(line.plain):
            figure = each.figure
            words = re.split(r"\d", each.lead)[-1]
            if len(words) < _SAME_WORDS or figure.is_share:
                continue
            start, end = sentence_at(line.plain, figure.start)
            scope = _scope(line.plain[start:end])
            first, place = seen.setdefault((words, figure.family), (figure, scope))
            if first.value != figure.value and place == scope:
                message = f"“{words}”前面是{first.written}。"
                yield line.spot(figure.start, figure.end, message)


def _scope(sentence: str) -> str:
    """Times and places of a sentence: figures compare only within the same."""
    return "|".join([*re.findall(_TIME, sentence), *re.findall(_PLACE, sentence)])
