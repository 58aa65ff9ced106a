"""Repairs of half-width punctuation, brackets and straight quotes in Chinese text."""

import re
from collections.abc import Iterator

from assembler.tidy_text import Edit, Page, is_hanzi, lines_of

_WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_MARK = re.compile(r"[,:;?!]")
_FULL_STOP = re.compile(r"(?<=[\u4e00-\u9fff”）》%％])\.(?=\s*(?:[\r\n]|\Z))")
_ENTITY = re.compile(r"&[#\w]{1,8}$")
_QUESTION_BEFORE = re.compile(
    r"(?:[吗呢吧么谁哪啥否]|(?:什么|怎么|如何|为何|为什么|怎样|多少|哪里|能不能|是不是"
    r"|何[以在时]|难道|岂)[^，。；！？?\n]{0,30})$"
)
_CHINESE_SIGNS = "，。；：、！？（）《》“”‘’【】〔〕—…"
_BRACKETS = re.compile(r"[()（）]")
_LIST_MARK = re.compile(r"\s*[0-9A-Za-z一二三四五六七八九十]{1,3}\)")
_REACH = 40
_WHY = "中文里的半角标点"


def punctuation(page: Page) -> Iterator[Edit]:
    """Yield half-width marks with a Chinese character on one side."""
    for match in _MARK.finditer(page.text):
        at = match.start()
        if not page.guarded[at] and _is_chinese(page.text, at):
            yield Edit(at, at + 1, _WIDE[match[0]], _WHY)
    for match in _FULL_STOP.finditer(page.text):
        if page.free(*match.span()):
            yield Edit(*match.span(), "。", _WHY)


def brackets(page: Page) -> Iterator[Edit]:
    """Yield both sides of a pair of round brackets that holds Chinese text."""
    for start, end in lines_of(page.text):
        for opening, closing in _bracket_pairs(page, start, end):
            inside = page.text[opening + 1 : closing]
            if any(map(is_hanzi, inside)) or _is_mixed(page.text, opening, closing):
                yield from _widened(page.text, opening, "（")
                yield from _widened(page.text, closing, "）")


def quotes(page: Page) -> Iterator[Edit]:
    """Yield straight quotes that stand in pairs round Chinese text."""
    for sign, pair in (('"', "“”"), ("'", "‘’")):
        if sign not in page.text:
            continue
        for start, end in lines_of(page.text):
            places = list(_quote_places(page, start, end, sign))
            if len(places) == 1:
                yield from _closing(page.text[start:end], start, places[0], pair)
            if len(places) % 2:
                continue
            for opening, closing in zip(places[::2], places[1::2], strict=True):
                if _quotes_chinese(page.text, opening, closing):
                    yield Edit(opening, opening + 1, pair[0], "直引号改为弯引号")
                    yield Edit(closing, closing + 1, pair[1], "直引号改为弯引号")


def is_eaten_mark(text: str, at: int) -> bool:
    """Whether the ? at this offset is what is left of a broken character."""
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    if not behind or behind.isspace() or behind in "”’\"'）)」?!？！":
        return False
    if not (is_hanzi(before) or is_hanzi(behind) or behind.isalpha()):
        return False
    return not _QUESTION_BEFORE.search(text[max(0, at - _REACH) : at])


def _is_chinese(text: str, at: int) -> bool:
    sign, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    chinese = [
        bool(char) and (is_hanzi(char) or char in _CHINESE_SIGNS)
        for char in (before, behind)
    ]
    if not any(chinese) or not (is_hanzi(before) or is_hanzi(behind)):
        return _closes_figure(text, at) if sign in ",;" else False
    if sign == "?":
        return is_hanzi(before) and not is_eaten_mark(text, at)
    return not (sign == ";" and _ENTITY.search(text[max(0, at - 9) : at]))


def _closes_figure(text: str, at: int) -> bool:
    """Whether the mark stands behind 12%, or a full-width bracket, before a space."""
    return text[at - 1 : at] in ("%", "％", "”", "）", "》") and at > 0


def _bracket_pairs(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a line whose two sides are free, inner ones first."""
    line = page.text[start:end]
    mark = _LIST_MARK.match(line)
    opened: list[int] = []
    for match in _BRACKETS.finditer(line, mark.end() if mark else 0):
        if match[0] in "(（":
            opened.append(start + match.start())
        elif opened:
            opening, closing = opened.pop(), start + match.start()
            if not page.guarded[opening] and not page.guarded[closing]:
                yield opening, closing


def _is_mixed(text: str, opening: int, closing: int) -> bool:
    return (text[opening] == "（") != (text[closing] == "）")


def _widened(text: str, at: int, wide: str) -> Iterator[Edit]:
    if text[at] != wide:
        yield Edit(at, at + 1, wide, _WHY)


def _quote_places(page: Page, start: int, end: int, sign: str) -> Iterator[int]:
    """Yield where the quotes of a line stand, apostrophes and guarded ones left out."""
    at = page.text.find(sign, start, end)
    while at >= 0:
        sides = page.text[at - 1 : at] + page.text[at + 1 : at + 2]
        apostrophe = sign == "'" and sides.isascii() and sides.isalnum()
        if not page.guarded[at] and not apostrophe:
            yield at
        at = page.text.find(sign, at + 1, end)


def _closing(line: str, start: int, at: int, pair: str) -> Iterator[Edit]:
    """Yield a lone straight quote that closes a curled one: “三个到位"."""
    before, behind = line[: at - start], line[at - start + 1 :]
    unclosed = before.count(pair[0]) - before.count(pair[1])
    if unclosed == 1 and behind.count(pair[0]) == behind.count(pair[1]):
        yield Edit(at, at + 1, pair[1], "直引号改为弯引号")


def _quotes_chinese(text: str, opening: int, closing: int) -> bool:
    inside = text[opening + 1 : closing]
    if any(map(is_hanzi, inside)):
        return True
    before, behind = text[opening - 1 : opening], text[closing + 1 : closing + 2]
    return bool(inside.strip()) and (is_hanzi(before) or is_hanzi(behind))
