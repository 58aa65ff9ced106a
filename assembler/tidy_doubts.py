"""Damage that no rule can repair: listed with its place, never guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assembler.rules_lists import words
from assembler.tidy_lines import is_site_line, site_words
from assembler.tidy_marks import is_eaten_mark
from assembler.tidy_rules import is_written_work, simplified
from assembler.tidy_text import HANZI, Page, is_hanzi, lines_of, page_of

_UNIT = r"(?:[亿万]?元|[亿万](?:吨|亩|人|户|千瓦时)|[%％]|个百分点|公里|平方米|公顷)"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A place that looks damaged and that a person has to mend.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character.
        before: what stands there.
        code: ``unpaired-quote``, ``unpaired-bracket``, ``lost-range-dash``,
            ``eaten-text``, ``doubled-word``, ``doubled-unit``, ``missing-text``,
            ``broken-decimal``, ``lost-percent``, ``traditional-character``,
            ``straight-quote``, ``halfwidth-punctuation`` or ``site-line``.
        message: one Chinese sentence: what is wrong.
        hint: one Chinese sentence: what to do.
    """

    start: int
    end: int
    before: str
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of damage that one pattern finds."""

    code: str
    pattern: re.Pattern[str]
    message: str
    hint: str


_KINDS = (
    _Kind(
        "lost-range-dash",
        re.compile(r"(?<![0-9.,:X×])(?:1[3-9]|[2-9][0-9]|1[0-9]{2})月(?!龄)"),
        "月份大于 12，可能丢了起止的一字线",
        "看是不是 1—9月、1—10月 一类，补上一字线",
    ),
    _Kind(
        "eaten-text",
        re.compile(
            "\ufffd+|锟斤拷[锟斤拷]*|烫烫烫+|[\ue000-\uf8ff]+"
            "|[?`][a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}[)）]?[）)]?"
        ),
        "文字损坏，认不出原来的字",
        "对照原文把字补上",
    ),
    _Kind(
        "doubled-unit",
        re.compile(
            r"(亿元|万元|万吨|万亩|万人|人次|公里|平方米|个百分点)\1|[%％]{2,}"
            r"|个百分点[%％]|[%％]个百分点|(?<=[0-9])(?:亿元万元|万元亿元|元元)"
        ),
        "单位重复",
        "删去多余的单位",
    ),
    _Kind(
        "missing-text",
        re.compile(
            r"[（(\[［【〔](?:此处|以下|以上|下文|中间|后文|内容)?(?:略去|从略|省略|略|下略|以下略)"
            r"[^（）()\[\]【】\n]{0,8}[）)\]］】〕]|……（略）|[（(]此处(?:缺|少)[^（）()\n]{0,8}[）)]"
        ),
        "这里略去了原文",
        "看要不要补上，不要就整个删去",
    ),
    _Kind(
        "broken-decimal",
        re.compile(
            rf"(?<![0-9.,])[0-9]{{1,3}}(?:[ \u3000][0-9]{{1,2}}|[。·][0-9]{{1,2}}"
            rf"|，[0-9]{{1,2}})(?={_UNIT})"
        ),
        "数字断开了，可能丢了小数点",
        "核对数字，把小数点补上",
    ),
    _Kind(
        "halfwidth-punctuation",
        re.compile(r"(?<=[\u4e00-\u9fff]{2})\.(?=[\u4e00-\u9fff])"),
        "字中间有半角句点，不能断定是句号、顿号还是间隔号",
        "改成全角标点",
    ),
    _Kind(
        "lost-percent",
        re.compile(
            r"(?:增长|下降|提高|回落|增幅|降幅|占比)(?:为|达到?|了)?[0-9]+\.[0-9]+(?=[，。；、])"
        ),
        "增减的数后面没有单位，可能丢了百分号",
        "核对后补上 % 或个百分点",
    ),
)
_DOUBLED = re.compile(rf"({HANZI}{{2,6}})\1|(的的|了了|在在|是是|和和|对对)")
_DOUBLED_UNITS = ("亿元", "万元", "万吨", "万亩", "万人", "人次", "公里", "平方米")
_REPEATABLE = re.compile(
    r"(?:研究|讨论|商量|考虑|总结|学习|调查|锻炼|活动|打听|了解|介绍|休息|准备|照顾|体验|感受|合计"
    r"|琢磨|比较|一[\u4e00-\u9fff]|[多少]少|好好|天天|人人|年年|户户|村村|时时|处处|件件|事事|样样"
    r"|层层|步步|项项|实实|扎扎|方方|面面|认认|真真|千千|万万|点点|滴滴|种种|哈哈|谢谢|家家)"
)
_RIGHT_DOUBLES = re.compile(
    r"的的确|目的的|了了[解结然]|对对[方手]|实在在|自在在|[\u4e00-\u9fff]着[\u4e00-\u9fff]着|是是非|总和和|和和[气睦]"
)
_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "【": "】", "〔": "〕"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_PAIR_SIGN = re.compile("[“”‘’（）《》【】〔〕]")
_QUOTES = "“”‘’"
_LIST_MARK = re.compile(r"\s*[0-9A-Za-z一二三四五六七八九十]{1,3}）")
_QUESTION = re.compile(r"\?")
_STRAIGHT = re.compile('"')
_SITE_WORDS = 2
_SITE_LENGTH = 80


def suspicions(text: str) -> list[Suspicion]:
    """List the damage that is left in a text, in reading order.

    Args:
        text: the text after all repairs.

    Returns:
        Suspicions with offsets in this text.
    """
    page = page_of(text)
    found = [
        *_of_kinds(page),
        *_eaten_marks(page),
        *_doubled_words(text),
        *_traditional(text),
    ]
    for start, end in lines_of(text):
        found += _unpaired(text, start, end)
        found += _of_line(text, start, end)
    return sorted(found, key=lambda item: (item.start, item.end))


def _of_kinds(page: Page) -> Iterator[Suspicion]:
    for kind in _KINDS:
        for match in kind.pattern.finditer(page.text):
            if kind.code != "eaten-text" or page.free(*match.span()):
                yield Suspicion(
                    *match.span(), match[0], kind.code, kind.message, kind.hint
                )


def _eaten_marks(page: Page) -> Iterator[Suspicion]:
    pattern = next(kind.pattern for kind in _KINDS if kind.code == "eaten-text")
    for match in _QUESTION.finditer(page.text):
        at = match.start()
        told = page.guarded[at] or pattern.match(page.text, at)
        if not told and is_eaten_mark(page.text, at):
            yield Suspicion(
                at,
                at + 1,
                "?",
                "eaten-text",
                "字中间有问号，可能是没转换过来的字",
                "对照原文把字补上，真是问句就改成全角问号",
            )


def _doubled_words(text: str) -> Iterator[Suspicion]:
    for match in _DOUBLED.finditer(text):
        near = text[max(0, match.start() - 1) : match.end() + 1]
        fine = _REPEATABLE.match(match[0]) or _RIGHT_DOUBLES.search(near)
        verb = match[1] and len(match[1]) == len("点评") and not is_hanzi(near[-1])
        usual = match[1] in words("reduplications") or match[1] in _DOUBLED_UNITS
        if not (fine or verb or usual):
            yield Suspicion(
                *match.span(),
                match[0],
                "doubled-word",
                "词语重复",
                "删去多余的一个；本来就要重复的不用改",
            )


def _traditional(text: str) -> Iterator[Suspicion]:
    for at, (old, new) in enumerate(zip(text, simplified(text), strict=True)):
        if old != new or (old == "著" and not is_written_work(text, at)):
            yield Suspicion(
                at,
                at + 1,
                old,
                "traditional-character",
                f"简体文字里有个“{old}”字",
                "人名里的不用改，其余改成简体字",
            )


def _unpaired(text: str, start: int, end: int) -> Iterator[Suspicion]:
    """Yield the quotes and brackets of a paragraph that have no partner.

    A quotation over several paragraphs opens each of them and closes in the last.
    """
    mark = _LIST_MARK.match(text, start, end)
    opened: list[int] = []
    for match in _PAIR_SIGN.finditer(text, mark.end() if mark else start, end):
        at = match.start()
        if match[0] in _PAIRS:
            opened.append(at)
        elif not _is_apostrophe(text, at):
            yield from (_lonely(text, place) for place in _closed(text, opened, at))
    quotation = text[end : end + 8].lstrip().startswith("“")
    for at in opened:
        if not (text[at] == "“" and quotation):
            yield _lonely(text, at)


def _closed(text: str, opened: list[int], at: int) -> list[int]:
    """Take the partner of a closing sign off the stack; returns who is left alone."""
    partner = _CLOSING[text[at]]
    if not any(text[place] == partner for place in opened):
        return [at]
    alone = []
    while text[opened[-1]] != partner:
        alone.append(opened.pop())
    opened.pop()
    return alone


def _is_apostrophe(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return text[at] == "’" and before.isascii() and before.isalpha()


def _lonely(text: str, at: int) -> Suspicion:
    sign = text[at]
    quote = sign in _QUOTES
    other = _PAIRS.get(sign) or _CLOSING[sign]
    side = "右" if sign in _PAIRS else "左"
    return Suspicion(
        at,
        at + 1,
        sign,
        "unpaired-quote" if quote else "unpaired-bracket",
        f"“{sign}”没有配对的“{other}”，丢了{side}{'引号' if quote else '括号'}",
        "看这个词从哪里起、到哪里止，把缺的一半补上",
    )


def _of_line(text: str, start: int, end: int) -> Iterator[Suspicion]:
    line = text[start:end]
    straight = [match.start() for match in _STRAIGHT.finditer(line)]
    if len(straight) % 2 and re.search(HANZI, line):
        at = start + straight[-1]
        message = "直引号不成对，不能断定是左是右"
        yield Suspicion(
            at, at + 1, '"', "straight-quote", message, "改成“ ”并补上缺的一半"
        )
    short = len(line) <= _SITE_LENGTH
    if short and (site_words(line) >= _SITE_WORDS or is_site_line(line)):
        message = "像网站的推广文字"
        yield Suspicion(
            start, end, line, "site-line", message, "不是讲话内容就整行删去"
        )
