"""Rules on words: the same word twice, a word for another."""

import re
from collections.abc import Iterator

from assembler.rules_lists import pairs, words
from assembler.rules_text import HANZI, Line, Reading, Spot, lead

_TWICE = rf"(?=([{HANZI}]{{2,6}})\1)"
# What may follow or precede a doubled single character that is right as it stands.
_SINGLES = (
    r"(?<![目标])的的(?![确士])",
    r"(?<![不完受得])了了(?![解结然事])",
    r"(?<![现实存正好潜内外所自健])在在(?![册校职岗编]|建(?!设))",
    r"(?<![还于但可就要凡只总不正都算便即倒老真])是是(?![非否])",
    r"(?<![总缓温饱共平])和和(?![美气谐睦])",
    r"(?<![面针相应校绝反核比])对对(?![子联方])",
)
_UNITS_AFTER_FIGURE = r"[\d一二三四五六七八九十百千万两几%]$"


def doubled_word(line: Line) -> Iterator[Spot]:
    """``掀起掀起热潮``: a word typed twice."""
    taken = 0
    for found in re.finditer(_TWICE, line.plain):
        word, start = found[1], found.start()
        end = start + 2 * len(word)
        if start < taken or _may_double(word, lead(line.plain, start)):
            continue
        taken = end
        yield _double(line, start, end, word)
    for pattern in _SINGLES:
        for found in re.finditer(pattern, line.plain):
            yield _double(line, found.start(), found.end(), found[0][0])


def _double(line: Line, start: int, end: int, word: str) -> Spot:
    return Spot(line.number, start, end, f"“{word}”重复。", repair=word)


def _may_double(word: str, before: str) -> bool:
    # 一条沟一条沟地清, 走着走着; a unit after a figure is another rule's.
    each = word[0] in "一很" or word.endswith("着") or len(set(word)) == 1
    return each or word in words("reduplications") or _is_unit(before)


def _is_unit(before: str) -> bool:
    return bool(re.search(_UNITS_AFTER_FIGURE, before))


def wrong_word(reading: Reading) -> Iterator[Spot]:
    """``截止目前``, ``布署``: a word the list knows as wrong."""
    # The office's own words are plain text, the bundled ones patterns.
    own = ((re.escape(wrong), right) for wrong, right in reading.office.wrong_words)
    text = "\n".join(line.plain for line in reading.lines)
    for wrong, right in (*pairs("wrong_words"), *own):
        if wrong and _occurs(wrong, text):
            yield from _wrong(reading, wrong, right)


def _wrong(reading: Reading, wrong: str, right: str) -> Iterator[Spot]:
    for line in reading.lines:
        for found in re.finditer(wrong, line.plain):
            yield line.mend(found, f"“{found.group()}”应为“{right}”。", right)


def _occurs(wrong: str, text: str) -> bool:
    """Whether a wrong word may stand in a text; plain words need no pattern."""
    words_of = wrong.split("|")
    if all(word.isalnum() for word in words_of):
        return any(word in text for word in words_of)
    return bool(re.search(wrong, text))
