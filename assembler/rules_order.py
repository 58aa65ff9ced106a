"""Rules on order words: chains without gaps, counts kept, marks after numbers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assembler.findings import Severity
from assembler.rules_chains import Break, Mark, chains
from assembler.rules_text import HANZI, Line, Reading, Spot, ordinal, sentence_at

_DIGITS = "一二三四五六七八九十"
_NOUN = (
    "点(?!钟|半|整|[前后到多]|[一二三四五]?十)|个方面|方面|句话|[件大]?(?:实|小)?事"
    "|件事|个(?:问题|特点|亮点|原因|重点|环节|关键|转变|坚持|着力|到位|字|词|要点|层面"
    "|维度|明显|突出|强化|确保|不)|项(?:工作|任务|措施|要求|议程|内容|建议|原则|制度"
    "|举措|重点|行动|机制|问题|事项)|条(?:意见|要求|建议|措施|原则|经验|体会)"
    "|大(?:任务|举措|问题|行动|难题|优势)|道关|步"
)
_ANNOUNCED = (
    rf"(?<![第上下午晨{_DIGITS}\d.])(?P<n>[两二三四五六七八九十]|\d{{1,2}})"
    rf"(?:{_NOUN})[^，。；：！？\n]{{0,10}}[：。，；:]\s*$"
)
_THERE_ARE = r"(?:有|为|如下|是)(?P<n>[两二三四五六七八九])(?:[点条个项]?)[：，:]\s*$"
_TWO = 2
_TEN = 10
_LOOK_BACK = 12
_OTHER_COUNT = "首先|其次|再次|其一|其二|一来|一个是|另一个"
_MOST_ANNOUNCED = 20

_FIRST = r"(?:^\s*|(?<=[。；：！？\n]))首先(?:[，、,]|是|要)"
_SECOND = (
    r"(?:^\s*|(?<=[。；：！？，\n]))(?:其次|第二|二是|然后|接着|接下来|随后|同时|此外)"
)
_THIRD = r"(?:^\s*|(?<=[。；：！？，\n]))(?:再次[，、,]|再次是|再者|第三)"
_LAST = r"(?:^\s*|(?<=[。；！？\n]))最后(?:[，、,]|是|要)"
_COURTESY = (
    "代表|感谢|祝|欢迎|致以|敬意|问候|请|进行|宣读|通报|介绍|传达|学习|散会|再|希望"
    "|让我们|说明|声明|我先"
)
_AT_FIRST = "首先|第一|首要|最|主要|一是|一来|固然|优先|头等|其一"

_AFTER_NUMBER = (
    (rf"^\s*[{_DIGITS}]{{1,3}}(?P<m>[,，.．:：])(?=[{HANZI}])", "、"),
    (rf"(?:^\s*|(?<=[。；：\n]))第[{_DIGITS}]{{1,2}}(?P<m>、)(?=[{HANZI}])", "，"),
    (r"^\s*\d{1,2}(?P<m>、)(?!\d)", "."),
    (rf"^\s*[（(](?:[{_DIGITS}]{{1,3}}|\d{{1,2}})[）)](?P<m>[、，,.．])", ""),
    (r"(?:^\s*|(?<=[。；：\n]))(?:首先|其次|再次|最后)(?P<m>、)", "，"),
    (rf"(?:^\s*|(?<=[。；：，\n]))[{_DIGITS}][是要](?P<m>、)", ""),
)
_IN_SERIES = (
    rf"(?:第?(?:[{_DIGITS}]|\d+)"
    r"(?:[、和]|[号期批次]|产业|季度|组|条|款|类|轮|阶段|个|户|家|名|线|级))"
)
_HEADING = (
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
    r"[^。，；！？：\n]{2,24}(?P<m>。)\s*$"
)
_MIXED_RANK = (
    r"(?:全[市省国区县州]|位?居|列|排名?)[^，。；！？第]{0,6}"
    rf"第(?P<n>\d{{1,3}}|[{_DIGITS}]{{1,3}})[位名]"
)
_NO_RANK = r"(?:[摆放排]在|坐|传道)[^，。；]{0,4}$"


def broken_ordinal(reading: Reading) -> Iterator[Spot]:
    """``一是抓招商。三是抓服务。``: a chain with a gap, a repeat or no start."""
    _, breaks = chains(reading)
    for each in breaks:
        mark = each.mark
        line = reading.lines[mark.line]
        if _counted_otherwise(reading, each):
            continue
        spot = line.spot(mark.start, mark.end, _break_message(each))
        yield spot if each.before else replace(spot, severity=Severity.WARNING)


def _counted_otherwise(reading: Reading, each: Break) -> bool:
    """Whether the items before were counted in other words: 首先, 其次, 进行第二项."""
    mark, before = each.mark, each.before
    if before and before.number >= mark.number:
        return False
    first = before.line if before else max(mark.line - _LOOK_BACK, 0)
    lines = reading.lines[first : mark.line]
    text = "".join(line.plain for line in lines)
    text += reading.lines[mark.line].plain[: mark.start]
    missing = _DIGITS[min(mark.number, _TEN) - _TWO]
    return bool(re.search(rf"{_OTHER_COUNT}|第{missing}", text))


def _break_message(each: Break) -> str:
    mark, before = each.mark, each.before
    if before is None:
        return f"前面没有相应的第一项，这里就出现了“{mark.word}”。"
    if before.number >= mark.number:
        return f"“{mark.word}”重复或倒退了，它前面已经是“{before.word}”。"
    return f"从“{before.word}”跳到了“{mark.word}”，中间缺了序号。"


def announced_count(reading: Reading) -> Iterator[Spot]:
    """``我讲三点意见。第一，… 第二，…``: more or fewer points than announced."""
    found, _ = chains(reading)
    for chain in found:
        spot = _announcement(reading, chain)
        if spot:
            yield spot


def _announcement(reading: Reading, chain: tuple[Mark, ...]) -> Spot | None:
    line, end = _before(reading, chain[0])
    start = sentence_at(line.plain, max(end - 2, 0))[0]
    text = line.plain[start:end]
    said = re.search(_ANNOUNCED, text) or re.search(_THERE_ARE, text)
    if not said or _announces_twice(text, said):
        return None
    number = ordinal(said["n"]) or 0
    counts = {len(chain), chain[-1].number}
    if number in counts or not _TWO <= number <= _MOST_ANNOUNCED:
        return None
    message = (
        f"前面说“{said.group().strip('：。，；: ')}”，"
        f"后面排到“{chain[-1].word}”，共{len(chain)}项。"
    )
    return line.spot(start + said.start("n"), start + said.end("n") + 1, message)


def _announces_twice(text: str, said: "re.Match[str]") -> bool:
    earlier = rf"[两二三四五六七八九十](?:{_NOUN})"
    return bool(re.search(earlier, text[: said.start()]))


def _before(reading: Reading, mark: Mark) -> tuple[Line, int]:
    """The text that leads to a chain: of its paragraph, or of the one before."""
    line = reading.lines[mark.line]
    if line.plain[: mark.start].strip() or mark.line == 0:
        return line, mark.start
    above = reading.lines[mark.line - 1]
    return above, len(above.plain)


def incomplete_sequence(reading: Reading) -> Iterator[Spot]:
    """``首先…最后…`` without 其次, ``其次`` without 首先."""
    text = "\n".join(line.plain for line in reading.lines)
    for start, part in _chapters(text):
        for place, word in _lonely(part):
            spot = _spot_at(reading, start + place, len(word))
            if spot:
                yield spot


def _chapters(text: str) -> Iterator[tuple[int, str]]:
    """A sequence stays within a chapter, as a rule."""
    start = 0
    for found in re.finditer(rf"\n(?=\s*[{_DIGITS}]{{1,3}}、)", text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]


def _lonely(text: str) -> Iterator[tuple[int, str]]:
    first = _listed(_FIRST, text)
    last = _listed(_LAST, text)
    if first and last and last.start() > first.start():
        between = text[first.end() : last.start()]
        if not re.search(rf"{_SECOND}|{_THIRD}", between):
            yield _word(last)
    second = re.search(r"(?:^\s*|(?<=[。；！？\n]))其次[，、,是要]", text)
    if second and not re.search(_AT_FIRST, text[: second.start()]):
        yield _word(second)
    third = re.search(r"(?:^\s*|(?<=[。；！？\n]))再次[，、,]", text)
    if third and "其次" not in text[: third.start()]:
        yield _word(third)


def _word(found: "re.Match[str]") -> tuple[int, str]:
    word = found.group().strip()
    return found.end() - len(word), word[:2]


def _listed(pattern: str, text: str) -> "re.Match[str] | None":
    """The first such word that counts points and is no courtesy."""
    for found in re.finditer(pattern, text):
        start, end = sentence_at(text, found.end())
        if not re.search(_COURTESY, text[start:end]):
            return found
    return None


def _spot_at(reading: Reading, place: int, length: int) -> Spot | None:
    for line in reading.lines:
        if place < len(line.plain):
            message = f"有“{line.text[place : place + length]}”，前面却缺一项。"
            return line.spot(place, place + length, message)
        place -= len(line.plain) + 1
    return None


def ordinal_punctuation(line: Line) -> Iterator[Spot]:
    """``一,加强领导``, ``第一、统一思想``: the wrong mark after an order word."""
    if line.in_table:
        return
    for pattern, right in _AFTER_NUMBER:
        for found in re.finditer(pattern, line.plain):
            if re.match(_IN_SERIES, line.plain[found.end() :]):
                continue
            word = found.group()[: found.start("m") - found.start()].strip()
            wanted = f"应用“{right}”" if right else "不加标点"
            spot = line.hit(found, f"“{word}”后面{wanted}。", "m")
            yield replace(spot, repair=right)


def heading_full_stop(reading: Reading) -> Iterator[Spot]:
    """``（二）抓好招商。`` alone in its paragraph: a heading takes no full stop."""
    lines = reading.prose
    for line, following in pairwise(lines):
        found = re.match(_HEADING, line.plain)
        if not found or re.match(
            r"\s*(?:$|（?[一二三四五六七八九十]+[、）])", following.plain
        ):
            continue
        spot = line.hit(found, "单独成行的标题末尾不用句号。", "m")
        yield replace(spot, repair="")


def mixed_numerals(reading: Reading) -> Iterator[Spot]:
    """``第7位…第三位``: alike ranks written in two scripts."""
    ranks = [
        (line, found)
        for line in reading.lines
        for found in re.finditer(_MIXED_RANK, line.plain)
        if not re.search(_NO_RANK, line.plain[: found.start("n") - 1])
    ]
    arabic = sum(found["n"].isdecimal() for _, found in ranks)
    if arabic in {0, len(ranks)}:
        return
    usual = arabic * _TWO >= len(ranks)
    for line, found in ranks:
        if found["n"].isdecimal() != usual:
            style = "阿拉伯数字" if usual else "汉字数字"
            message = f"名次写法不统一，全文多用{style}。"
            yield line.spot(found.start("n") - 1, found.end(), message)
