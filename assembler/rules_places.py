"""Rules on whose speech it is: places, the level of the place, persons' posts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assembler.rules_lists import any_of
from assembler.rules_text import HANZI, Line, Reading, Spot, lead

_OWN_WORD = (
    r"(?<![安完健])(?<!(?<!确)保)[全我本](?P<level>[区县市])(?![域分别间场民长直区])"
)
_OFFICE_WORD = (
    r"(?:^|(?<=[，。、；：在向受由经对代表请报按照和跟到]))"
    r"(?P<level>[区县])(?:委|政府|人大|政协)(?=[，。、；和及与办区县常坚领统召决要书工])"
)
_CITY_TOO = r"全市|市委|市政府|市里|市直|市级|市区两级|省市"
_HEAD_LINES = 4
# Before 区 or 县 these make common nouns.
_COMMON = {
    "区": "范发新业护宅小社片园城郊山库灾景地牧林矿校辖老特民活聚能验行户务游假湿学"
    "港航厂全我本各市县外内东西南北中心作居商住域整分大战禁疫牌跨示进赶他海自该某邻街边"
    "开税贸保岸导态领板步动展冲离染置迁收工公餐候众植殖溉成划制线险涝洼养闲急诊卡试采"
    "加带段综旱敏感等",
    "县": "全我本各邻市区外该困强大小范进点贫业粮游某两个这那百十农牧林穷富名老山库新"
    "多乡镇周他省赶一级原建省县态明生安治口境对核管系扶援家达后类整",
}
_AFTER_COMMON = {"区": "域别分间块长直级内外划位段", "县": "域城级直令衙志区长"}
_AS_A_PLACE = (
    "的?(?:人民(?!政府)|各级|上下|发展|经济|高质量|实际|干部|儿女|现代化|项目|工作|明天"
    "|未来|父老|大地|全面|广大|各项|建设|投资|产业|振兴)"
)
_AS_AN_OFFICE = rf"委|政府|人民政府|人大|[{HANZI}]{{1,5}}?[局办]"
_LEADS = (
    "(?:^|[，。；：、！？“（《 \u3000]"
    "|[在到赴向对把让使为是和与及从由自同比将给离跟于的即指叫称]"
    "|推动|建设|擦亮|打造|促进|加快|支持|宣传|推进|展示|走进|服务|助力|实现|奋进|打响"
    "|造福|热爱|建成|了解|来到|走遍|立足|扎根|提升|塑造|发展|振兴|繁荣|唱响|美丽|幸福"
    "|魅力|平安|法治|活力|富裕|现代化|全面|新时代|事关|关系|影响|代表|作为|位于|地处)$"
)
_GRAMMAR = (
    "[的了在是和与对为把被从到向各本这那个两三有其不由于年名我你他们请经报按受将据]"
)
_NAME_LENGTHS = (2, 3)
_COMPARED = (
    "学习|考察|对口|对标|借鉴|结对|协作|相邻|毗邻|邻近|交界|接壤|合作|支援|帮扶|来自"
    "|客商|邀请|兄弟|比学|取经|邻居|先进|联合|签约|签订|兴起于|籍|调任|调到|任职|往返"
    "|高速|铁路|公路|至|与|跨|流经|发源|上游|下游|引进|外地|周边|出差|次于|对接|联动"
    "|[东西南北][邻接]|一体化|参观|观摩|经验"
)
_NEAR = 10
_TITLES = "书记|区长|县长|市长|镇长|乡长|局长|部长|主席"
_PERSON_END = rf"(?:{_TITLES}|同志|主任|校长|院长|经理|先生|女士|委员|老师)"


@dataclass(frozen=True, slots=True)
class _Mention:
    line: Line
    start: int
    end: int
    word: str


def own_place(reading: Reading) -> str | None:
    """The place whose speech it is: the office's first, or the one in the title."""
    if reading.office.own_places:
        return reading.office.own_places[0]
    for line in reading.lines[:_HEAD_LINES]:
        found = re.search(
            rf"(?:在|中共|^)([{HANZI}]{{2,3}}[区县])(?![{HANZI}]?域)", line.plain
        )
        if found and not _is_common(found[1], line.plain[found.end() :]):
            return found[1]
    return None


def _is_common(name: str, after: str) -> bool:
    level = name[-1]
    return name[-2] in _COMMON[level] or after[:1] in _AFTER_COMMON[level]


def foreign_place(reading: Reading) -> Iterator[Spot]:
    """``擦亮云岭名片`` in a speech for 清河区: a place of the model text."""
    own = own_place(reading)
    if own is None:
        return
    places = {own, *reading.office.own_places}
    seen: set[str] = set()
    for mention in _foreign(reading, places):
        name = _stem(mention.word)
        if name in seen or _is_compared(reading, name):
            continue
        seen.add(name)
        message = f"“{mention.word}”不是本地（{own}）的地名，疑是范文留下的。"
        yield mention.line.spot(mention.start, mention.end, message)


def _stem(name: str) -> str:
    return (
        name[:-1]
        if len(name) > len("清河") and name[-1] in "省市县区州旗镇乡"
        else name
    )


def _foreign(reading: Reading, own: set[str]) -> Iterator[_Mention]:
    listed = [name for name in reading.office.foreign_places if name not in own]
    stems = sorted({*listed, *map(_stem, listed)}, key=len, reverse=True)
    for line in reading.lines:
        mentions = [*_listed(line, stems), *_county_names(line, own)]
        yield from sorted(mentions, key=lambda mention: mention.start)


def _listed(line: Line, names: list[str]) -> Iterator[_Mention]:
    if not names:
        return
    for found in re.finditer("|".join(map(re.escape, names)), line.plain):
        yield _Mention(line, found.start(), found.end(), found.group())


def _county_names(line: Line, own: set[str]) -> Iterator[_Mention]:
    """Names with 区 or 县 that no common noun explains."""
    for found in re.finditer("[区县]", line.plain):
        for length in _NAME_LENGTHS:
            start = found.start() - length
            if start >= 0 and _is_county(line.plain, start, found.end(), own):
                name = line.plain[start : found.end()]
                yield _Mention(line, start, found.end(), name)
                break


def _is_county(text: str, start: int, end: int, own: set[str]) -> bool:
    """Whether a stretch with 区 or 县 at its end reads as a foreign county's name."""
    name = text[start:end]
    if not re.fullmatch(rf"[{HANZI}]+", name) or _is_common(name, text[end:]):
        return False
    if re.search(_GRAMMAR, name) or not re.search(_LEADS, lead(text, start)):
        return False
    if any(text[: end - 1].endswith(_stem(place)) for place in own):
        return False
    # 听取区政府, 活禽区: of its own level only what is spoken of as a place is one.
    is_own_level = name[-1] in {place[-1] for place in own}
    wanted = _AS_A_PLACE if is_own_level else rf"{_AS_A_PLACE}|{_AS_AN_OFFICE}"
    return bool(re.match(wanted, text[end:]))


def _is_compared(reading: Reading, name: str) -> bool:
    """Whether the text speaks of that place as of another one."""
    for line in reading.lines:
        for found in re.finditer(re.escape(name), line.plain):
            near = line.plain[max(found.start() - _NEAR, 0) : found.end() + _NEAR]
            if re.search(_COMPARED, near):
                return True
    return False


def mixed_level(reading: Reading) -> Iterator[Spot]:
    """``全区上下… 我县还有差距``: the speaker's place changes its level."""
    mentions = list(_level_words(reading))
    own = _own_level(reading, mentions)
    text = "".join(line.plain for line in reading.lines)
    for mention in mentions:
        level = mention.word[-1] if mention.word[0] in "全我本" else mention.word[0]
        if _fits(level, own, mention.word, text):
            continue
        message = f"本稿说的是{own}，这里却写“{mention.word}”。"
        yield mention.line.spot(mention.start, mention.end, message)


def _level_words(reading: Reading) -> Iterator[_Mention]:
    for line in reading.lines:
        for pattern in (_OWN_WORD, _OFFICE_WORD):
            for found in re.finditer(pattern, line.plain):
                yield _Mention(line, found.start(), found.end(), found.group())


def _own_level(reading: Reading, mentions: list[_Mention]) -> str:
    place = own_place(reading)
    if place and place[-1] in "区县市":
        return place[-1]
    counts = Counter(
        level
        for mention in mentions
        for level in mention.word
        if level in "区县" or (level == "市" and mention.word[0] in "我本")
    )
    return counts.most_common(1)[0][0] if counts else ""


def _fits(level: str, own: str, word: str, text: str) -> bool:
    """Whether a level word may stand in a speech of a place of that level."""
    if not own or level == own:
        return True
    if level == "市":
        return word.startswith("全") or bool(re.search(_CITY_TOO, text))
    # A city speaks of 全区 of one of its districts, never of 我区.
    return own == "市" and not word.startswith(("我", "本"))


def conflicting_post(reading: Reading) -> Iterator[Spot]:
    """``区长周远志…周远志书记``: one person, two posts that the text does not join."""
    posts: dict[str, dict[str, _Mention]] = {}
    for name, title, mention in _posts(reading):
        posts.setdefault(name, {}).setdefault(title, mention)
    for name, held in posts.items():
        titles = list(held)
        for title in titles[1:]:
            if not _held_together(reading, name, titles[0], title):
                message = f"{name}前面称“{titles[0]}”，这里称“{title}”。"
                mention = held[title]
                yield mention.line.spot(mention.start, mention.end, message)


def _posts(reading: Reading) -> Iterator[tuple[str, str, _Mention]]:
    names = _names(reading)
    if not names:
        return
    name = "|".join(map(re.escape, names))
    before = rf"(?P<t>{_TITLES})[ \u3000]?(?P<n>{name})"
    pattern = rf"{before}|(?P<m>{name})(?P<u>{_TITLES})"
    for line in reading.lines:
        for found in re.finditer(pattern, line.plain):
            mention = _Mention(line, found.start(), found.end(), found.group())
            yield found["n"] or found["m"], found["t"] or found["u"], mention


def _names(reading: Reading) -> list[str]:
    """Persons whose name ends certainly: before a title, a mark or a line's end."""
    surname = any_of("surnames")
    before = rf"(?<![{HANZI}])((?:{surname})[{HANZI}]{{1,2}}){_PERSON_END}"
    after = rf"(?:{_TITLES})[ \u3000]?((?:{surname})[{HANZI}]{{1,2}})(?![{HANZI}])"
    linked = rf"(?<=[请由和与向对、])((?:{surname})[{HANZI}]{{1,2}}){_PERSON_END}"
    certain = {
        match[1]
        for line in reading.lines
        for pattern in (before, after, linked)
        for match in re.finditer(pattern, line.plain)
    }
    names = certain | _repeated_names(reading, surname)
    return sorted(names, key=lambda name: (-len(name), name))


def _repeated_names(reading: Reading, surname: str) -> set[str]:
    """Three hanzi that follow a title more than once are a name."""
    pattern = rf"(?:{_TITLES})((?:{surname})[{HANZI}]{{2}})"
    found = Counter(
        match[1] for line in reading.lines for match in re.finditer(pattern, line.plain)
    )
    return {name for name, times in found.items() if times > 1}


def _held_together(reading: Reading, name: str, first: str, second: str) -> bool:
    """Whether the text joins the posts, by 兼 or 、, or tells of a change."""
    joined = rf"{first}[^，。；]{{0,12}}{second}|{second}[^，。；]{{0,12}}{first}"
    moved = rf"{name}[^。]{{0,20}}(?:任|兼|调|当选|转任)"
    changed = rf"{moved}|(?:原|前|时任)[^，。；]{{0,10}}{name}"
    return any(
        re.search(joined, line.plain) or re.search(changed, line.plain)
        for line in reading.lines
        if name in line.plain
    )
