"""Rules on what copying from the web, a scan or a converter did to characters."""

import re
from collections.abc import Iterator

from assembler.rules_lists import any_of, words
from assembler.rules_text import HANZI, Line, Spot

_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ"
_PINYIN = (
    rf"(?<=[{HANZI}])[（(]\s*(?=[^（()）\n]*[{_TONED}])[A-Za-zü{_TONED}]{{1,6}}\s*[）)]"
)
_EATEN = (
    rf"(?<=[{HANZI}])[?`][A-Za-zü{_TONED}]+[)）]?"
    rf"|(?<=[{HANZI}])\?{{2,}}(?=[{HANZI}])|(?<=[{HANZI}])`+(?=[{HANZI}])"
    rf"|(?<![A-Za-zü{_TONED}(（])[A-Za-zü{_TONED}]*[{_TONED}][A-Za-z]*[)）](?=[{HANZI}])"
    r"|\ufffd+|锟斤拷|烫烫烫|屯屯屯|ï»¿|â€[œ™\u009d]?|Ã[\u0080-\u00bf]"
)
# GB 2312 sorts its 3755 commonest characters before this lead byte.
_RARE_FROM = 0xD8
_BIG5_COMMON = range(0xA4, 0xC7)
_ZHE_AFTER = r"著(?![名作称书述录者有文])"


def _gb(character: str) -> bytes:
    try:
        return character.encode("gb2312")
    except UnicodeEncodeError:
        return b""


def _is_traditional(character: str) -> bool:
    """Whether a character belongs to the commoner half of Big5 but not to GB 2312."""
    if _gb(character) or character in words("standard_characters"):
        return False
    try:
        code = character.encode("big5")
    except UnicodeEncodeError:
        return False
    return len(code) > 1 and code[0] in _BIG5_COMMON


def _may_need_pinyin(character: str) -> bool:
    """A rare character may carry its reading for the speaker's sake."""
    code = _gb(character)
    return code[0] >= _RARE_FROM if code else not _is_traditional(character)


def pinyin_residue(line: Line) -> Iterator[Spot]:
    """``推進(jìn)``: pinyin left behind a common character."""
    for found in re.finditer(_PINYIN, line.text):
        before = line.text[found.start() - 1]
        if not _may_need_pinyin(before):
            yield line.mend(found, f"“{before}”后面留有拼音“{found.group()}”。", "")


def eaten_text(line: Line) -> Iterator[Spot]:
    """``做强?gōng)業``: characters that a conversion destroyed."""
    for found in re.finditer(_EATEN, line.text):
        yield line.hit(found, f"“{found.group()}”处的文字在转换时损坏了。")


def traditional_character(line: Line) -> Iterator[Spot]:
    """``清河區要抓緊開工``: traditional characters; 著 where 着 belongs."""
    places = [
        place
        for place, character in enumerate(line.plain)
        if "\u4e00" <= character <= "\u9fff" and _is_traditional(character)
    ]
    if places:
        found = "".join(dict.fromkeys(line.text[place] for place in places))
        end = _run_end(places)
        yield line.spot(places[0], end, f"夹有繁体字“{found}”，应改为规范汉字。")
    for wrong in re.finditer(_zhe(), line.plain):
        yield line.mend(wrong, "动词后面应为“着”，不是“著”。", wrong[0][:-1] + "着")


def _run_end(places: list[int]) -> int:
    end = places[0] + 1
    for place in places[1:]:
        if place != end:
            break
        end += 1
    return end


def _zhe() -> str:
    return rf"(?:{any_of('zhe_verbs')}){_ZHE_AFTER}"
