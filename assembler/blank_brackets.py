"""Masks in brackets and tags: [部门/单位], 【日期】, {{牵头单位}}, (此处填写数额).

A bracket is a blank when it holds at least one Chinese word that is neither a label
such as 注 or 摘要 nor a numbering; its words are the blank's name, cut to the noun.
"""

import re
from collections.abc import Iterator

from assembler.blank_spots import (
    NO,
    YES,
    Blank,
    Claim,
    Ruling,
    Scene,
    Spot,
    Verdict,
    alternatives,
    ask,
    is_hanzi,
)
from assembler.blank_words import HINT_VERBS, SLOT_NOUNS, TAGS

_ADDRESS = re.compile(
    r"(?:https?|ftp)://[!-~]+|(?<![A-Za-z0-9_.+\-])(?:www\.[!-~]+"
    r"|[A-Za-z0-9_.+\-]+@[A-Za-z0-9.\-]+"
    r"|[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*"
    r"\.(?:com|cn|net|org|gov|edu|info|cc|top|vip)(?![A-Za-z0-9])(?:/[!-~]*)?"
    r"|[A-Za-z0-9_.\-]*[A-Za-z0-9]"
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|txt|csv|jpe?g|png|zip|rar|html?)(?![A-Za-z]))"
)
_STATEMENT = re.compile(r"\{%.{0,200}?%\}|\{#.{0,200}?#\}")
_TAG = re.compile(
    r"\{\{(?P<tag>[^{}\n]{1,80})\}\}|\$\{(?P<dollar>[^{}\n]{1,40})\}"
    r"|«(?P<mergefield>[^«»\n]{1,40})»"
    r"|\{(?P<brace>[^{}\n]{1,40})\}|[<＜](?P<angle>[^<>＜＞\n]{1,30})[>＞]"
)
_BRACKET = re.compile(
    r"[\[［](?P<square>[^\[\]［］]{1,60})[\]］]|【(?P<thick>[^【】]{1,60})】"
    r"|〔(?P<shell>[^〔〕]{1,40})〕"
)
_ROUND = re.compile(r"[（(](?P<inside>[^（）()]{1,40})[）)]")
_MASKS_ONLY = re.compile(r"[XxＸｘ×*＊_＿○〇◯.．\s]+")
_NUMBERING = re.compile(
    r"第?[一二三四五六七八九十百零〇0-9０-９]+[章节条款项篇例]?|[图表例附]\s?[0-9一二三四五六七八九十]+"
    r"|(?:范[文例本]|篇|例文|示例|案例|附件)\s?[0-9一二三四五六七八九十]*|[甲乙丙丁]"
)
_CITATION = re.compile(
    r"[^，,]{2,20}[，,]\s?(?:19|20)[0-9]{2}|(?:参见|详见|见|引自|摘自).*"
    r"|.*(?:修订稿|征求意见稿|送审稿|审议稿|讨论稿|草案|试行|暂行|年版|节选|摘录)"
)
_TAG_WORD = re.compile(rf"{alternatives(TAGS)}|{alternatives(TAGS)}[:：].*", re.DOTALL)
_SLOT = re.compile(
    rf".*{alternatives(SLOT_NOUNS)}[一二三四五六七八九十0-9]*", re.DOTALL
)
_GOES_ON = re.compile("[的在于要是由将对和、，负]")
_HINT_VERB = alternatives(HINT_VERBS)
_NOT_YET = r"待(?:补充?|核实?|定|填写?|确认|查|完善|更新|统计|报)"
_HINT = re.compile(
    rf"(?:请|此处|这里|在此|由|据实|如实|按|根据|参照|结合|对照|照)?.{{0,10}}?"
    rf"(?:{_HINT_VERB})(?!说明|要求|表|人|范围|规范|时间|日期|方法|须知)[^的]{{0,8}}"
    rf"|{_NOT_YET}[^的]{{0,8}}|(?:此处|这里)可?[填写插补加输列].{{0,12}}",
    re.DOTALL,
)
_LOOSE_HINT = re.compile(
    r"(?:请)?(?:据实|如实|根据实际|按实际|视情况?|自行|酌情).{0,6}"
    r"(?:填|改|修改|调整|补充|替换|增减|核对|核实)写?|可(?:替换|修改|调整|增减)",
    re.DOTALL,
)
_BARE_HINT = re.compile(
    rf"(?:请)?(?:据实|如实|认真|按要求|按实)?(?:{_HINT_VERB})", re.DOTALL
)
_POST = re.compile(
    r"(?<=[XxＸｘ×*＊_＿○〇◯某\]］】}])\s?(?P<mask>[（(](?:单位|部门|姓名|名字|职务|职称|身份"
    r"|级别|地点|时间|日期|电话|联系方式|职级|学历|籍贯)"
    r"(?:[、/及和](?:单位|部门|职务|职称|身份|姓名))?[）)])"
)
_LEADING = re.compile(
    rf"(?:请|此处|这里|在此|据实|如实|{_HINT_VERB}|填|列举|列出|输入|插入|补充|描述|简述"
    rf"|概述|概括|介绍|注明|选择|举例|例如|{_NOT_YET}|[:：\s])+"
)
_TRAILING = re.compile(rf"(?:{_NOT_YET}|{_HINT_VERB}|等|:|：|\s)+$")
_BRACKET_SIGNS = "[]［］【】〔〕（）(){}<>＜＞«»$ \t\n\u3000"
_LETTERS_ONLY = "(?<![A-Za-z])[XxＸｘ]+(?![A-Za-z])"
_OMITTED = re.compile(
    r"(?:此处|以下|以上|下文|全文|从|下|中|省|内容)*(?:从|省)?略.{0,4}"
)
_NOT_A_NAME = re.compile(r"[^\w]+")
_LONG_BRACKET = 40
_NAME_LENGTH = 32


def find_addresses(scene: Scene) -> Iterator[Claim]:
    """Yield addresses, file names and tag statements: there is no blank in them."""
    for pattern in (_ADDRESS, _STATEMENT):
        for match in pattern.finditer(scene.text):
            yield Claim(*match.span())


def find_tags(scene: Scene) -> Iterator[Claim]:
    """Yield named tags: {{ }}, ${ }, «», { } and < > round a Chinese word."""
    for match in _TAG.finditer(scene.text):
        kind = match.lastgroup or "tag"
        inside = match[kind].strip()
        if kind in {"brace", "angle", "dollar"} and not _holds_word(inside):
            continue
        notation = kind if kind == "mergefield" else "tag"
        spot = Spot(scene, *match.span())
        listed = kind in {"brace", "angle"} and re.search("[，。、；,;]", inside)
        ruling = ask("括号里像一串列举，不能断定是不是空白处") if listed else YES
        yield _claim(spot, notation, ruling, clean_name(inside.split("|")[0]))


def find_brackets(scene: Scene) -> Iterator[Claim]:
    """Yield square, thick and shell brackets that stand for a value."""
    for match in _BRACKET.finditer(scene.text):
        spot = Spot(scene, *match.span())
        kind = match.lastgroup or "square"
        ruling = _judge_bracket(spot, kind, match[kind])
        if ruling.verdict is not None:
            yield _claim(spot, "brackets", ruling, clean_name(match[kind]))


def find_hints(scene: Scene) -> Iterator[Claim]:
    """Yield round brackets that ask the writer to fill something in."""
    for match in _ROUND.finditer(scene.text):
        inside = re.sub(r"\s+", "", match["inside"])
        spot = Spot(scene, *match.span())
        if _HINT.fullmatch(inside) and "附件" not in inside:
            bare = _BARE_HINT.fullmatch(inside)
            doubt = ask("填写提示前面没有占位符，不能断定要填什么")
            yield _claim(spot, "hint", doubt if bare else YES, clean_name(inside))
        elif _LOOSE_HINT.fullmatch(inside):
            yield _claim(spot, "hint", ask("像填写提示，前面没有占位符"), None)


def find_posts(scene: Scene) -> Iterator[Claim]:
    """Yield brackets such as (职务) directly behind a mask: a blank of their own."""
    for match in _POST.finditer(scene.text):
        spot = Spot(scene, *match.span("mask"))
        yield _claim(spot, "brackets", YES, clean_name(match["mask"]))


def clean_name(inside: str) -> str | None:
    """The words of a bracket cut to their noun, or ``None`` where they hold none.

    Args:
        inside: the bracket with or without its signs, ``列举难点``, ``待补：村数``.

    Returns:
        A name without marks, at most 32 characters: ``难点``, ``村数``; a choice,
        ``部门/单位``, reads ``部门或单位``.
    """
    words = inside.strip(_BRACKET_SIGNS)
    leading = _LEADING.match(words)
    words = _TRAILING.sub("", words[leading.end() :] if leading else words)
    words = re.sub(r"\s*[/／|]\s*", "或", words)
    if re.search(rf"[×*＊○〇◯]|{_LETTERS_ONLY}", words):
        return None
    return _NOT_A_NAME.sub("", words)[:_NAME_LENGTH] or None


def _holds_word(inside: str) -> bool:
    return any(map(is_hanzi, inside))


def _judge_bracket(spot: Spot, kind: str, inside: str) -> Ruling:
    words = inside.strip()
    if not words:
        return ask("括号里是空的") if kind == "thick" else NO
    if _MASKS_ONLY.fullmatch(words):
        return NO if kind == "shell" else YES
    if not _holds_word(words) or _is_label(words):
        return NO
    if kind == "shell" and re.search(r"(?:19|20)[0-9XxＸ×*]{2}", words):
        return NO
    if len(words) > _LONG_BRACKET:
        return ask("括号里是一段话，请看是写作提示还是正文")
    return _judge_heading(spot, words) if kind == "thick" else YES


def _is_label(words: str) -> bool:
    labels = (_TAG_WORD, _NUMBERING, _CITATION, _OMITTED)
    return any(pattern.fullmatch(words) for pattern in labels)


def _judge_heading(spot: Spot, words: str) -> Ruling:
    """Thick brackets at a paragraph's start are a label unless they name a slot."""
    if spot.head and spot.left != "】":
        return YES
    if re.search("[XxＸｘ×*＊]", words):
        return YES
    if _SLOT.fullmatch(words) or re.match(_NOT_YET, words):
        return YES
    if spot.left != "】" and _GOES_ON.match(spot.tail):
        return ask("段首的括号，可能是栏目名，也可能是空白处")
    return NO


def _claim(spot: Spot, notation: str, ruling: Ruling, name: str | None) -> Claim:
    verdict = ruling.verdict or Verdict.DOUBT
    mask = spot.mask
    blank = Blank(
        spot.start, spot.end, mask, notation, verdict, name=name, reason=ruling.reason
    )
    return Claim(spot.start, spot.end, (blank,))
