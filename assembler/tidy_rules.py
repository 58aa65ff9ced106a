"""Repairs of single characters: entities, pinyin, traditional characters, ranges.

Each rule reads a page and yields edits. A rule never guesses: what it cannot decide
is listed by ``assembler.tidy_doubts``.
"""

import html
import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from assembler.tidy_text import HANZI, Edit, Page, lines_of

if TYPE_CHECKING:
    from opencc import OpenCC

_ENTITY = re.compile(
    r"&(?:amp;)*(?P<name>nbsp|quot|apos|amp|lt|gt|[lr][ds]quo|[mn]dash|hellip|middot|times"
    r"|e[nm]sp|thinsp|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[0-9]{2,3});"
)
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]+"
)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600\u260e\u2728\u26a1\u2705\u274c\u2764\u2b50]+"
)
_MARKS = str.maketrans(
    {
        "〝": "“",
        "〞": "”",
        "「": "“",
        "」": "”",
        "『": "‘",
        "』": "’",
        "﹙": "（",
        "﹚": "）",
        "﹐": "，",
        "﹑": "、",
        "﹔": "；",
        "﹕": "：",
        "﹖": "？",
        "﹗": "！",
        "︰": "：",
        "｢": "“",
        "｣": "”",
    }
)
_MARK = re.compile("[" + "".join(map(chr, _MARKS)) + "]")
_CROSSED = re.compile(
    rf"〔(?P<inside>[^〔〕（）\n]{{0,30}}?{HANZI}[^〔〕（）\n]{{0,30}})）"
)
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_PLAIN = "a-zA-Züêɡ"
_PINYIN = re.compile(
    rf"(?<={HANZI})[ ]?[(（][ ]?[{_PLAIN}]{{0,5}}[{_TONED}][{_PLAIN}]{{0,5}}[ ]?[)）]"
)
_DOCUMENT_NUMBER = re.compile(
    r"(?<=[发办字函文政令委组])[\[(【（](?P<year>(?:19|20)[0-9]{2})[\])】）](?=[0-9]+号)"
)
_DASH = r"[ ]?[\-~–－−][ ]?"
_FREE = r"(?<![0-9A-Za-z.,:/\-~–—～])"
_SHORT, _YEAR = "[0-9]{1,2}", "(?:19|20)[0-9]{2}"
_RANGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_FREE}(?P<first>{_SHORT})(?P<dash>{_DASH})(?P<last>{_SHORT})(?= ?月(?!龄))",
        rf"{_FREE}(?P<first>{_SHORT})(?P<dash>{_DASH})(?P<last>{_SHORT})(?=日)",
        rf"{_FREE}(?P<first>{_YEAR})年?(?P<dash>{_DASH})(?P<last>{_YEAR})(?=年)",
        rf"(?<=[0-9])(?P<unit>[年月日])(?P<dash>{_DASH})(?=[0-9]{{1,4}}(?P=unit))",
    )
)
_LAST_MONTH, _LAST_DAY = 12, 31

_ZHU = re.compile("著")
_ZHU_BEHIND = tuple("名作称述录书者文")
_ZHU_BEFORE = tuple("显昭卓论编专名土拙原译巨新所合遗撰较彰素执")
_ZHU_VERB = re.compile(
    "(?:围绕|意味|面临|伴随|标志|牵动|存在|肩负|发挥|坚持|影响|制约|保持|凝聚|饱含|蕴含|孕育"
    "|焕发|预示|充满|闪耀|关系|拥有|决定|代表|象征|[沿随向有本朝跟接盯看走顶冒迎靠当怀带守干扛"
    "对站坐拿抓笑听忙领护循照活想等说唱沉忍])$"
)
# Also characters of simplified script, in 乾隆 or a name: no sign of a copy.
_NO_EVIDENCE = "乾徵瞭藉夥馀鍾锺昇甯祇"
_COPY_COUNT, _COPY_SHARE = 3, 0.002
_LINE_COUNT, _LINE_SHARE = 2, 0.05


def entities(page: Page) -> Iterator[Edit]:
    """Yield what is left of a web page's character codes: &nbsp; &39; &quot;."""
    for match in _ENTITY.finditer(page.text):
        name = match["name"]
        char = html.unescape(f"&{'#' if name.isdigit() else ''}{name};")
        char = " " if char.isspace() else char
        if char.isprintable() and page.free(*match.span()):
            yield Edit(*match.span(), char, "网页字符代码")


def unseen(page: Page) -> Iterator[Edit]:
    """Yield characters that nobody sees, and pictures, which sites strew in."""
    for match in _INVISIBLE.finditer(page.text):
        yield Edit(*match.span(), "", "看不见的字符")
    for match in _EMOJI.finditer(page.text):
        yield Edit(*match.span(), "", "表情符号")


def wrong_marks(page: Page) -> Iterator[Edit]:
    """Yield marks of other scripts, and a 〔 that a ） closes."""
    for match in _MARK.finditer(page.text):
        if page.free(*match.span()):
            yield Edit(*match.span(), match[0].translate(_MARKS), "标点用错")
    for match in _CROSSED.finditer(page.text):
        start = match.start("inside") - 1
        if page.free(start, match.end()):
            yield Edit(start, start + 1, "（", "括号不成对，按右括号改")


def traditional(page: Page) -> Iterator[Edit]:
    """Yield traditional characters where the text is a copy made with them."""
    converted = simplified(page.text)
    for start, end in copied_lines(page.text, converted):
        changed = [
            at
            for at in range(start, end)
            if page.text[at] != converted[at] and not page.guarded[at]
        ]
        for _, run in groupby(enumerate(changed), lambda pair: pair[1] - pair[0]):
            places = [at for _, at in run]
            first, last = places[0], places[-1] + 1
            yield Edit(first, last, converted[first:last], "繁体字改为简体字")


def zhe(page: Page) -> Iterator[Edit]:
    """Yield 著 that stands for 着, which converters leave: 围绕著."""
    text = page.text
    if "著" not in text:
        return
    copied = list(copied_lines(text, simplified(text)))
    for match in _ZHU.finditer(text):
        at = match.start()
        if is_written_work(text, at) or page.guarded[at]:
            continue
        in_copy = any(start <= at < end for start, end in copied)
        if in_copy or _ZHU_VERB.search(text[max(0, at - 2) : at]):
            yield Edit(at, at + 1, "着", "“著”改为“着”")


def pinyin(page: Page) -> Iterator[Edit]:
    """Yield the pinyin that sites put behind characters: 發(fā)展."""
    matches = list(_PINYIN.finditer(page.text))
    single = len(matches) == 1
    for match in matches:
        hard = single and is_hard_character(page.text[match.start() - 1])
        if not hard and page.free(*match.span()):
            yield Edit(*match.span(), "", "字后残留的拼音")


def document_numbers(page: Page) -> Iterator[Edit]:
    """Yield the year of a document number in a wrong bracket: 清政发[2024]3号."""
    for match in _DOCUMENT_NUMBER.finditer(page.text):
        if page.free(*match.span()):
            yield Edit(
                *match.span(), f"〔{match['year']}〕", "发文字号的年份用六角括号"
            )


def ranges(page: Page) -> Iterator[Edit]:
    """Yield the hyphen or tilde of a span of months, days or years: 1-10月."""
    for pattern in _RANGES:
        for match in pattern.finditer(page.text):
            if _is_span(match) and page.free(*match.span("dash")):
                yield Edit(*match.span("dash"), "—", "起止用一字线")


def simplified(text: str) -> str:
    """The text in simplified characters, each in the place of the one it replaces.

    Words are converted by OpenCC's phrase table (乾隆 keeps its 乾); a line whose
    length that would change is converted character by character.
    """
    converter = _converter()
    converted: str = converter.convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(_line_simplified(line, converter) for line in text.splitlines(True))  # noqa: FBT003 (the built-in's only form)


def copied_lines(text: str, converted: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that were written in traditional characters.

    The whole text is such a copy when at least three characters and two in a
    thousand hanzi differ, or when pinyin stands behind some; otherwise a line is one
    when at least two characters and a twentieth of its hanzi differ.
    """
    changed = _changes(text, converted)
    share = _COPY_SHARE * len(re.findall(HANZI, text))
    whole = changed >= max(_COPY_COUNT, share) or (changed and _PINYIN.search(text))
    if whole:
        yield 0, len(text)
    elif changed:
        for start, end in lines_of(text):
            changed = _changes(text[start:end], converted[start:end])
            share = _LINE_SHARE * len(re.findall(HANZI, text[start:end]))
            if changed >= max(_LINE_COUNT, share):
                yield start, end


def is_written_work(text: str, at: int) -> bool:
    """Whether the 著 at this offset is that of 著名, 著作, 显著 and the like."""
    return text[at + 1 : at + 2] in _ZHU_BEHIND or text[at - 1 : at] in _ZHU_BEFORE


def is_hard_character(char: str) -> bool:
    """Whether a reader may need the sound: a rare character of simplified script."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return simplified(char) == char
    return code >= b"\xd8\xa1"


def _changes(text: str, converted: str) -> int:
    pairs = zip(text, converted, strict=True)
    return sum(a != b and a not in _NO_EVIDENCE for a, b in pairs)


def _is_span(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    if "first" not in groups:
        return True
    first, last = int(groups["first"]), int(groups["last"])
    behind = match.string[match.end() : match.end() + 2].lstrip()[:1]
    most = {"月": _LAST_MONTH, "日": _LAST_DAY}.get(behind, last)
    return 0 < first < last <= most


def _line_simplified(line: str, converter: "OpenCC") -> str:
    converted: str = converter.convert(line)
    if len(converted) == len(line):
        return converted
    return "".join(converter.convert(char)[: len(char)] for char in line)


@cache
def _converter() -> "OpenCC":
    # Loaded where it is used: most commands never see a traditional character.
    from opencc import OpenCC  # noqa: PLC0415

    return OpenCC("t2s")
