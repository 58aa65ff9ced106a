"""Rules on figures that belong together within a sentence: parts and their whole.

Only what the words tie together is compared. A list of parts may be incomplete or
overlap, so a sum below the whole counts only where the words close the list (其余,
分为, all states of work), a sum above it only where the parts cannot overlap.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assembler.findings import Severity
from assembler.rules_numbers import Figure, figures, shown
from assembler.rules_text import Line, Reading, Spot, lead, sentences

# Figures that say how far something changed, or a bound, are no parts or wholes.
_CHANGE = (
    r"(?:比|较|同比|增加|减少|增长|下降|提高|降低|多|少|高于|低于|超过|新增加|净增|每|平均"
    r"|人均|单价|最高|最低|高达|至少|不低于|不少于|不超过|多完成|上升|回落|差距|相差|缩小|扩大"
    r"|均|由|从|满|近|不足|不到|拿出|奖励?|罚款|补贴|补助|标准)[^，。；：、\d]{0,12}$"
)
_BOUND = r"\s*(?:以上|以下|以内|左右|上下|之内|起步|的?(?:增加|提高|降)?到|～|~|—|/|每)"
_AVERAGED = r"人均|平均|均价|户均|单价|每人|每户|亩均|每亩|标准|最高|工资|价格|率|速"
_OVERLAP = "以上|以下|以内|新增|新开工|含|同时|既|涉及|重点|先后|累计|另有|还有|也|次"
_OF_WHOLE = (
    r"[^，。；：、！？\d（）]{0,12}(?:中(?![心央小型])|里)[，,：:]?|[，。；（]其中"
)
_CLOSED = r"分别(?:为|是)|由[^，。；]{0,20}组成|均已|全部"
_REST = r"(?:其余|剩余|余下|另外|其他)(?:的|还有)?[^，。；、\d]{0,6}$"
_STATES = (
    r"超进度|达进度|欠进度|不作评估|完工|竣工|建成|投产|在建|停工|停建|未开工|没有开工|续建"
    r"|正常施工|未完工|已开工|已办结|正在办理|未办结|已整改|正在整改|未整改|男|女"
)
_MANY = 3
_PAIR = 2
_MOST_PARTS = 16
# How far behind a whole the words that break it down may begin.
_REACH = 120
_OTHER_KIND = 3
_OUTCOME = (
    "结案|审结|办结|完成|实现|达到|解决|销号|签约|到位|支付|兑现|惠及|带动|新增|培训|发放"
    "|通过|入选|获|拥有|入驻|设有|建有|有企业|配备|结对"
)
_TOTAL = r"(?:合计|共计|总计|总共|一共)[^，。；：\d]{0,8}$"


@dataclass(frozen=True, slots=True)
class _Sentence:
    line: Line
    start: int
    text: str

    def spot(self, figure: Figure, message: str) -> Spot:
        start = self.start + figure.start
        return self.line.spot(start, self.start + figure.end, message)

    def before(self, figure: Figure) -> str:
        """The words of the figure's clause that stand before it."""
        return re.split(r"[，。；：、（\d]", lead(self.text, figure.start))[-1]

    def after(self, figure: Figure) -> str:
        return self.text[figure.end :]


def _all_sentences(reading: Reading) -> Iterator[_Sentence]:
    """The sentences outside tables; 其中 belongs to the sentence before it."""
    for line in reading.prose:
        held: _Sentence | None = None
        for start, text in sentences(line.plain):
            if held and re.match(r"\s*其中", text):
                held = _Sentence(line, held.start, held.text + text)
                continue
            if held:
                yield held
            held = _Sentence(line, start, text)
        if held:
            yield held


def _is_level(sentence: _Sentence, figure: Figure) -> bool:
    """Whether a figure counts something, rather than a change or a bound."""
    changed = re.search(_CHANGE, lead(sentence.text, figure.start))
    return not changed and not re.match(_BOUND, sentence.after(figure))


def sum_mismatch(reading: Reading) -> Iterator[Spot]:
    """``56个项目中，完工20个、在建30个、停工8个``: parts against their whole."""
    for sentence in _all_sentences(reading):
        found = list(figures(sentence.text))
        for index, whole in enumerate(found):
            if _opens_parts(sentence, found, index):
                yield from _parts(
                    sentence, whole, found[index + 1 : index + _MOST_PARTS]
                )
        yield from _totals(sentence, found)
        yield from _rests(sentence, found)


def _opens_parts(sentence: _Sentence, found: list[Figure], index: int) -> bool:
    """Whether the words after a figure break it down."""
    whole = found[index]
    if whole.is_share or not _is_level(sentence, whole):
        return False
    clause = sentence.text[max(whole.start - 16, 0) : whole.start]
    if re.search(_AVERAGED, clause):
        return False
    return _breaks_down(sentence, found, index)


def _breaks_down(sentence: _Sentence, found: list[Figure], index: int) -> bool:
    whole = found[index]
    after = sentence.after(whole)[:_REACH]
    if re.match(_OF_WHOLE, after):
        return True
    following = re.search("其中", after)
    if not following or "；" in after[: following.start()]:
        return False
    limit = whole.end + following.start()
    return not any(
        other.family == whole.family and _is_level(sentence, other)
        for other in found[index + 1 : index + _MOST_PARTS]
        if other.start < limit
    )


def _parts(
    sentence: _Sentence, whole: Figure, following: list[Figure]
) -> Iterator[Spot]:
    opening = re.search(_OF_WHOLE, sentence.after(whole)[:_REACH])
    begin = whole.end + (opening.end() if opening else 0)
    end = sentence.text.find("；", begin)
    parts = [
        part
        for part in following
        if part.family == whole.family
        and begin <= part.start < (end if end >= 0 else len(sentence.text))
        and _is_level(sentence, part)
    ]
    if not parts or _breaks_again(sentence, parts):
        return
    for part in parts:
        if _exceeds(sentence, whole, part):
            message = f"“{part.written}”比总数{whole.written}还多。"
            yield sentence.spot(part, message)
            return
    yield from _compare(sentence, whole, parts)


def _exceeds(sentence: _Sentence, whole: Figure, part: Figure) -> bool:
    """Whether a part named after 其中 is more than its whole, though of its kind."""
    above = part.value - part.slack > whole.value + whole.slack
    named = "其中" in sentence.text[whole.end : part.start]
    # What is many times the whole counts another thing in the same unit.
    return above and named and part.value <= whole.value * _OTHER_KIND


def _breaks_again(sentence: _Sentence, parts: list[Figure]) -> bool:
    """Whether one of the parts is itself broken down, or another whole begins."""
    last = max(parts, key=lambda part: part.start)
    between = sentence.text[parts[0].start : last.start]
    return bool(re.search(r"其中|中，|共|总|合计|包括", between))


def _compare(sentence: _Sentence, whole: Figure, parts: list[Figure]) -> Iterator[Spot]:
    total = sum((part.value for part in parts), Decimal(0))
    slack = sum((part.slack for part in parts), whole.slack)
    difference = total - whole.value
    if abs(difference) <= slack or len(parts) < _PAIR:
        return
    severity = _judge(sentence, whole, parts, above=difference > 0)
    if severity is None:
        return
    terms = " + ".join(part.written for part in parts)
    message = (
        f"各部分之和与总数不符：{terms} = {shown(total, whole)}，"
        f"总数写的是{whole.written}。"
    )
    yield replace(sentence.spot(whole, message), severity=severity)


def _judge(
    sentence: _Sentence, whole: Figure, parts: list[Figure], *, above: bool
) -> Severity | None:
    """How sure a sum that differs is a slip; None where the words leave it open."""
    last = parts[-1]
    span = sentence.text[parts[0].start : last.end + 12]
    closed = any(re.search(_REST, sentence.before(part)) for part in parts)
    if closed:
        return Severity.ERROR
    if _may_overlap(sentence, whole, parts):
        return None
    if above or re.search(_CLOSED, sentence.text[whole.end : parts[0].start]):
        return Severity.ERROR
    states = sum(bool(re.search(_STATES, _about(sentence, part))) for part in parts)
    if states == len(parts) >= _MANY and "等" not in span:
        return Severity.WARNING
    return None


def _may_overlap(sentence: _Sentence, whole: Figure, parts: list[Figure]) -> bool:
    """Whether the parts may count one thing twice, or two different things."""
    about = [_about(sentence, part) for part in parts]
    outcomes = sum(bool(re.search(_OUTCOME, words)) for words in about)
    if any(re.search(_OVERLAP, words) for words in about) or outcomes:
        return True
    values = [part.value for part in parts]
    # Some of them fill the whole already: the others divide it anew.
    return any(
        sum(values[:cut]) == whole.value or sum(values[cut:]) == whole.value
        for cut in range(2, len(values))
    )


def _about(sentence: _Sentence, part: Figure) -> str:
    after = re.split(r"[，。；：、（）\d]", sentence.after(part))[0]
    return sentence.before(part) + after


def _totals(sentence: _Sentence, found: list[Figure]) -> Iterator[Spot]:
    """``甲12个、乙15个，合计28个``: the parts stand before their sum."""
    for index, total in enumerate(found):
        if not re.search(_TOTAL, lead(sentence.text, total.start)):
            continue
        parts = _run_before(sentence, found[max(index - _MOST_PARTS, 0) : index], total)
        value = sum((part.value for part in parts), Decimal(0))
        slack = sum((part.slack for part in parts), total.slack)
        if len(parts) >= _PAIR and abs(value - total.value) > slack:
            terms = " + ".join(part.written for part in parts)
            message = (
                f"合计不符：{terms} = {shown(value, total)}，写的是{total.written}。"
            )
            yield sentence.spot(total, message)


def _rests(sentence: _Sentence, found: list[Figure]) -> Iterator[Spot]:
    """``意见11条，已答复7条，其余6条``: whole, parts and rest without 其中."""
    for index, rest in enumerate(found):
        if not re.search(_REST, lead(sentence.text, rest.start)):
            continue
        earlier = [
            figure
            for figure in found[max(index - _MOST_PARTS, 0) : index]
            if figure.family == rest.family and _is_level(sentence, figure)
        ]
        if len(earlier) < _PAIR or "其中" in sentence.text or rest.is_share:
            continue
        yield from _check_rest(sentence, earlier, rest)


def _check_rest(
    sentence: _Sentence, earlier: list[Figure], rest: Figure
) -> Iterator[Spot]:
    whole, *parts = earlier
    total = sum((part.value for part in parts), rest.value)
    slack = sum((part.slack for part in parts), whole.slack + rest.slack)
    is_whole = all(part.value < whole.value for part in parts)
    if is_whole and rest.value < whole.value and abs(total - whole.value) > slack:
        message = f"“{rest.written}”与前面的数合起来不是总数{whole.written}。"
        yield replace(sentence.spot(rest, message), severity=Severity.WARNING)


def _run_before(
    sentence: _Sentence, earlier: list[Figure], total: Figure
) -> list[Figure]:
    """The unbroken list of like figures that leads to a sum."""
    run: list[Figure] = []
    end = total.start
    for figure in reversed(earlier):
        gap = sentence.text[figure.end : end]
        if len(re.findall("[，；。：]", gap)) > 1 or "其中" in gap:
            break
        if figure.family == total.family and _is_level(sentence, figure):
            run.insert(0, figure)
            end = figure.start
    return run


_STRUCTURE = r"结构[^，。；\d]{0,8}(?P<s>\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?){2,})"
_ONE = r"\d+(?:\.\d+)?[%％]"
_SHARES = rf"分别(?:占|为)[^，。；\d]{{0,14}}(?P<s>{_ONE}(?:、{_ONE})*[和、]{_ONE})"
_LISTED_SHARE = r"占(?:比)?(?:为|达)?\s*(?P<v>\d+(?:\.\d+)?)[%％]"
_ONE_WHOLE = r"构成|结构|按[^，。；]{1,10}分|分为|其中"
_WHOLE = Decimal(100)
_SHARE_SLACK = Decimal("0.5")
_RATIO_SLACK = Decimal("0.3")


def percent_sum(reading: Reading) -> Iterator[Spot]:
    """``占45%、占38%、占25%``: shares of one whole that exceed it."""
    for sentence in _all_sentences(reading):
        yield from _structures(sentence)
        yield from _share_lists(sentence)


def _structures(sentence: _Sentence) -> Iterator[Spot]:
    for found in re.finditer(_STRUCTURE, sentence.text):
        values = [Decimal(value) for value in re.split("[:：]", found["s"])]
        total = sum(values, Decimal(0))
        small = total < _WHOLE / _PAIR
        if not small and abs(total - _WHOLE) > _RATIO_SLACK:
            yield _share_spot(sentence, found, "s", total)
    for found in re.finditer(_SHARES, sentence.text):
        text = sentence.text[: found.end()]
        if "占" not in text[-60:] or re.search(r"[率增速]", found.group()):
            continue
        total = sum(map(Decimal, re.findall(r"\d+(?:\.\d+)?", found["s"])), Decimal(0))
        if total > _WHOLE + _SHARE_SLACK:
            yield _share_spot(sentence, found, "s", total)


def _share_lists(sentence: _Sentence) -> Iterator[Spot]:
    found = list(re.finditer(_LISTED_SHARE, sentence.text))
    if len(found) < _MANY:
        return
    span = sentence.text[found[0].start() : found[-1].end()]
    plain_list = not re.search("[，；。]", span)
    if not plain_list and not re.search(_ONE_WHOLE, sentence.text):
        return
    total = sum((Decimal(each["v"]) for each in found), Decimal(0))
    if total > _WHOLE + _SHARE_SLACK:
        start = sentence.start + found[0].start()
        message = f"各部分占比之和为{total}%，超过100%。"
        yield sentence.line.spot(start, sentence.start + found[-1].end(), message)


def _share_spot(
    sentence: _Sentence, found: "re.Match[str]", group: str, total: Decimal
) -> Spot:
    message = f"各部分占比之和为{total}，应为100。"
    start = sentence.start + found.start(group)
    return sentence.line.spot(start, sentence.start + found.end(group), message)
