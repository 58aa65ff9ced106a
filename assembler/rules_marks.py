"""Rules on single punctuation marks, after GB/T 15834-2011.

Full-width marks in Chinese text, curled quotes, six-dot ellipsis, two-em dash,
〔〕 round the year of a document number, no 、 between quoted items, no spaces
between characters.
"""

import re
from collections.abc import Iterator

from assembler.rules_text import HANZI, Line, Spot

_FULL = {
    ",": "，",
    ":": "：",
    ";": "；",
    "?": "？",
    "!": "！",
    ".": "。",
    "(": "（",
    ")": "）",
}
_SIDE = rf"[{HANZI}”’》）%％〕】]"
_HALF_MARK = rf"(?<={_SIDE})[,:;!](?!\d{{3}}\b)|[,:;!](?=[{HANZI}“《])"
_HALF_QUESTION = rf"(?<!\?)(?<={_SIDE})\?(?![?A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùü])"
_HALF_STOP = rf"(?<=[{HANZI}”》）])\.(?=[{HANZI}“]|$)"
_BRACKETS = r"[(（][^()（）\n]*[)）]"
_ANY_HANZI = rf"[{HANZI}]"

_QUOTED = r"""(?<![\dA-Za-z])(["'＂])([^"'＂\n]{1,80}?)\1"""
_LONE_QUOTE = rf"""(?<=[{HANZI}，。；：、])["＂]|(?<![\d"])["＂](?=[{HANZI}])"""

_ODD_MARKS = {
    "〝": "“",
    "〞": "”",
    "〟": "”",
    "﹙": "（",
    "﹚": "）",
    "﹝": "〔",
    "﹞": "〕",
    "˙": "·",
    "﹑": "、",
    "､": "、",
    "﹐": "，",
    "﹔": "；",
    "﹕": "：",
    "﹖": "？",
    "﹗": "！",
    "｡": "。",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
}
_ODD = "[" + "".join(_ODD_MARKS) + "]"
# 〔2024〕 is a document number, 〔唐〕 a dynasty, 〔×〕 a blank of its own rule.
_TURNED = r"〔(?!\s*[\dX×xx*_○〇]|[唐宋元明清汉晋隋秦]〕)"
_MIDDLE_DOT = r"(?<=\d)·(?=\d+(?:[%％]|[亿万]|个百分点|公里))"

_TWICE = r"([，。；：、])\1(?!\1)"
_MIXED = r"[，、；：][，。、；：！？]|。[，、；：]"

_DOTS = r"\.{3,}|。{3,}|·{3,}|、{3,}|，{3,}|(?<!…)(?:…|…{3})(?!…)"
_DASHES = (
    rf"(?<=[{HANZI}，。；：”》）])-{{2,}}(?=[{HANZI}“《])"
    rf"|^-{{1,4}}(?=[{HANZI}“《])"
    rf"|^[—–―](?=[{HANZI}“《])"
    rf"|(?<=[，。；：”》）])[—–](?=[{HANZI}“《])"
    rf"|(?<=[{HANZI}])[—–](?=[，。；：“《])"
    r"|—{3}(?!—)|—-+|-+—"
)

_YEAR_BRACKET = (
    rf"(?:^|(?<=[{HANZI}（]))[\[(（【［{{]\s*((?:19|20)\d\d)年?\s*[\])）】］}}]"
    r"(?=\s*(?:第\s*)?\d+\s*号)"
)
_SPACES = " \u00a0\u2002-\u200a\u3000"
_SPACE = (
    rf"(?<=[{HANZI}])[{_SPACES}]+(?=[{HANZI}，。；：、！？）”])"
    rf"|(?<=[，。；、（“])[{_SPACES}]+(?=[{HANZI}])"
)
# 第一条 为…, 主持人 …: the space parts a number or a label from its text.
_HEADS = (
    rf"：$|^\s*(?:第[{HANZI}\d]{{1,4}}[条章节款编]"
    rf"|[{HANZI}]{{1,3}}、|（[{HANZI}]{{1,3}}）)$"
)
_PADDED_NAME = rf"(?<![{HANZI}])[{HANZI}][{_SPACES}]+[{HANZI}](?![{HANZI}])"


def halfwidth_punctuation(line: Line) -> Iterator[Spot]:
    """``补短板,抓落实``: an English mark beside a Chinese character."""
    yield from _half_brackets(line)
    for pattern in (_HALF_MARK, _HALF_QUESTION, _HALF_STOP):
        for found in re.finditer(pattern, line.plain):
            mark = found.group()
            message = f"中文里用了英文标点“{mark}”，应为“{_FULL[mark]}”。"
            yield line.mend(found, message, _FULL[mark])


def _half_brackets(line: Line) -> Iterator[Spot]:
    for found in re.finditer(_BRACKETS, line.plain):
        opening, inner, closing = found[0][0], found[0][1:-1], found[0][-1]
        mixed = (opening, closing) in {("(", "）"), ("（", ")")}
        if mixed or (opening == "(" and re.search(_ANY_HANZI, inner)):
            text = line.text[found.start() + 1 : found.end() - 1]
            yield line.mend(found, "中文里的括号应为全角“（）”。", f"（{text}）")


def straight_quote(line: Line) -> Iterator[Spot]:
    """``打造"清河品牌"``: straight quote marks round Chinese text."""
    paired: list[tuple[int, int]] = []
    for found in re.finditer(_QUOTED, line.plain):
        paired.append(found.span())
        if not re.search(_ANY_HANZI, found[2]) and not _between_hanzi(line, found):
            continue
        curled = "‘{}’" if found[1] == "'" else "“{}”"
        repair = curled.format(line.text[found.start(2) : found.end(2)])
        yield line.mend(found, "直引号应改为弯引号“”。", repair)
    for found in re.finditer(_LONE_QUOTE, line.plain):
        if not any(start <= found.start() < end for start, end in paired):
            yield line.hit(found, "多出一个直引号，前后不成对。")


def _between_hanzi(line: Line, found: "re.Match[str]") -> bool:
    """Whether figures in quotes, such as "12345", stand in Chinese text."""
    around = (
        line.plain[found.start() - 1 : found.start()] + line.plain[found.end() :][:1]
    )
    is_number = re.fullmatch(r"[\d·.+\-]+", found[2])
    return bool(is_number and re.fullmatch(rf"[{HANZI}]{{2}}", around))


def wrong_mark(line: Line) -> Iterator[Spot]:
    """``一网通办〞``: a mark that Chinese text does not use in this place."""
    for found in re.finditer(_ODD, line.plain):
        right = _ODD_MARKS[found.group()]
        yield line.mend(found, f"标点“{found.group()}”应为“{right}”。", right)
    for found in re.finditer(_TURNED, line.plain):
        yield line.hit(found, "“〔”只用于发文字号里的年份，这里疑是引号或括号之误。")
    for found in re.finditer(_MIDDLE_DOT, line.plain):
        yield line.mend(found, "小数点误作间隔号“·”。", ".")


def doubled_punctuation(line: Line) -> Iterator[Spot]:
    """``务必落实。。``: two marks where one belongs."""
    for found in re.finditer(_TWICE, line.plain):
        yield line.mend(found, f"标点“{found[1]}”重复。", found[1])
    for found in re.finditer(_MIXED, line.plain):
        if found[0][0] != found[0][1]:
            yield line.hit(found, f"两个标点“{found[0]}”连用，应只留一个。")


def broken_ellipsis(line: Line) -> Iterator[Spot]:
    """``防汛......``: an ellipsis not written as ……."""
    for found in re.finditer(_DOTS, line.plain):
        yield line.mend(found, "省略号应为六点“……”。", "……")


def broken_dash(line: Line) -> Iterator[Spot]:
    """``--记清河的一天``: a dash not written as ——."""
    for found in re.finditer(_DASHES, line.plain):
        yield line.mend(found, "破折号应为“——”。", "——")


def needless_enumeration_comma(line: Line) -> Iterator[Spot]:
    """``“先锋岗”、“示范窗”``: 、 between quoted or book-marked items."""
    for found in re.finditer(r"(?<=[”》])、(?=[“《])", line.text):
        yield line.mend(found, "并列的引号、书名号之间不用顿号。", "")


def document_number_bracket(line: Line) -> Iterator[Spot]:
    """``清政发[2024]3号``: the year of a document number not in 〔〕."""
    for found in re.finditer(_YEAR_BRACKET, line.text):
        message = f"发文字号的年份应写作“〔{found[1]}〕”。"
        yield line.mend(found, message, f"〔{found[1]}〕")


def stray_space(line: Line) -> Iterator[Spot]:
    """``清河区 今年 完成``: a space between characters of a sentence."""
    # Lines without a sentence's marks are labels, names and heads: set with spaces.
    if line.in_table or not re.search(r"[，。；！？]", line.plain):
        return
    padded = [found.span() for found in re.finditer(_PADDED_NAME, line.plain)]
    for found in re.finditer(_SPACE, line.plain):
        if _is_layout(line, found, padded):
            continue
        yield line.mend(found, "汉字之间有多余的空格。", "")


def _is_layout(
    line: Line, found: "re.Match[str]", padded: list[tuple[int, int]]
) -> bool:
    inside_name = any(start < found.start() < end for start, end in padded)
    wide = len(found.group()) > 1 and "\u3000" in found.group()
    label = not re.search(r"[，。；！？]", line.plain[: found.start()])
    before = line.plain[: found.start()]
    return inside_name or wide or (label and bool(re.search(_HEADS, before)))
