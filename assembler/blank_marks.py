"""Masks written in signs: ×, *, _, ○, 某, N and the like.

Each sign has a life of its own beside that of a mask: multiplication, bold type and
footnotes, identifiers, the zero of 二〇二三年, 某些. The rules below tell them apart.
"""

import re
from collections.abc import Iterator

from assembler.blank_letters import followed_by_unit
from assembler.blank_spots import (
    NO,
    YES,
    Claim,
    Ruling,
    Scene,
    Spot,
    alternatives,
    ask,
    claim,
    is_hanzi,
    judge,
)
from assembler.blank_words import (
    AFTER_SIGN,
    AFTER_SOME,
    BEFORE_SIGN,
    BODIES,
    FACTORS,
    PERSONS,
    PLACES,
    SURNAMES,
)

_TIMES = re.compile(r"[×✕╳⨯✖]+(?:[.．](?:[×✕╳⨯✖]+|[0-9]+))?")
_STARS = re.compile(r"[*＊]+(?:[.．](?:[*＊]+|[0-9]+))?")
_UNDERSCORES = re.compile(r"[_＿]+[XxＸｘ×]+[_＿]+|[_＿]+(?:[.．][_＿]+)?")
_CIRCLES = re.compile(r"[○〇◯]+")
_SOME = re.compile(r"某+")
_N = re.compile(r"(?<![A-Za-z0-9+＋])[NＮ](?![A-Za-z0-9+＋])")
_OTHER = re.compile(r"([□△■▲◇◆☆＃#&?？])\1+")
_BOLD = re.compile(
    r"(?<!\*)(?P<open>\*\*)(?=[^\s*])(?P<inside>[^*\n]{2,120}?)(?P<close>\*\*)(?!\*)"
)
_UNDERLINED_BOLD = re.compile(
    r"(?<![\w])(?P<open>__)(?=[^\s_])(?P<inside>[^_\n]{2,120}?)(?P<close>__)(?![\w])"
)
_NAMED = re.compile(alternatives((*PLACES, *BODIES, *PERSONS)))
_PUNCTUATION = "，。；：、！？,;:!?（）()《》“”"
_SIGN_BEHIND = re.compile(
    rf"{alternatives(AFTER_SIGN)}(?!楼|文件|院|线|馆|厅|仓|门)|[的，。、；,.”’]|$"
)
_SIGN_NAMED = re.compile(r"号(?:表示|代表|标记|符号|为错|者|的(?=[为是表]))")
_FACTOR_BEFORE = re.compile(rf"{alternatives(FACTORS)}$")
_FACTOR_BEHIND = re.compile(alternatives(FACTORS))
_DIGIT_SIGNS = "0123456789０１２３４５６７８９"
_HANZI_DIGITS = "一二三四五六七八九十百千零〇○两"
_SOME_PLACE = re.compile(
    r"市(?![场民面值])|县(?!级|域)|区(?![域间块段别])|村(?!民)|镇|乡(?![愁亲土])|省"
    r"|街道|社区|州(?!官)"
)
_TOLD = re.compile(r"[^，。；]{0,6}(?:曾|原|发生|因|出现|违|一[名家起个]|查处|案)")
_SOME_BODY = re.compile(
    r"[局委厅]|公司|集团|大学|中学|小学|学校|医院|银行|同志|书记|主任"
)
_FOOTNOTE = (
    *(
        "注",
        "备注",
        "说明",
        "表示",
        "为",
        "号为",
        "附",
        "以上",
        "以下",
        "本",
        "数据",
        "此",
    ),
    *("该", "其中", "不含", "含", "按", "据", "根据", "参见", "详见", "见"),
)
_MANY_TIMES = 5
_RULE_LENGTH = 10
_FEW_STARS = 4


def find_times(scene: Scene) -> Iterator[Claim]:
    """Yield what is decided on each run of multiplication signs."""
    for match in _TIMES.finditer(scene.text):
        spot = Spot(scene, *match.span())
        yield claim(spot, "times", judge(spot, _TIMES_RULES))


def find_stars(scene: Scene) -> Iterator[Claim]:
    """Yield what is decided on each run of stars, pairs of bold type first."""
    yield from _pairs(scene, _BOLD, "stars")
    for match in _STARS.finditer(scene.text):
        spot = Spot(scene, *match.span())
        yield claim(spot, "stars", judge(spot, _STAR_RULES))


def find_underscores(scene: Scene) -> Iterator[Claim]:
    """Yield what is decided on each run of underscores, with a mask between or not."""
    if scene.markdown:
        yield from _pairs(scene, _UNDERLINED_BOLD, "underscores")
    for match in _UNDERSCORES.finditer(scene.text):
        spot = Spot(scene, *match.span())
        yield claim(spot, "underscores", judge(spot, _UNDERSCORE_RULES))


def find_circles(scene: Scene) -> Iterator[Claim]:
    """Yield what is decided on each run of circles."""
    for match in _CIRCLES.finditer(scene.text):
        spot = Spot(scene, *match.span())
        yield claim(spot, "circles", judge(spot, _CIRCLE_RULES))


def find_some(scene: Scene) -> Iterator[Claim]:
    """Yield what is decided on each 某."""
    for match in _SOME.finditer(scene.text):
        spot = Spot(scene, *match.span())
        rules = (_single_some,) if len(spot.mask) == 1 else (_repeated_some,)
        yield claim(spot, "some", judge(spot, rules, otherwise=NO))


def find_rare(scene: Scene) -> Iterator[Claim]:
    """Yield the N of N个 and runs of signs that nobody uses for anything else."""
    for match in _N.finditer(scene.text):
        spot = Spot(scene, *match.span())
        yield claim(spot, "letters", _judge_n(spot))
    for match in _OTHER.finditer(scene.text):
        spot = Spot(scene, *match.span())
        smells = followed_by_unit(spot) or _NAMED.match(spot.tail)
        ruling = ask("像占位符，不能断定是不是空白处") if smells else NO
        yield claim(spot, "other", ruling)


def _pairs(scene: Scene, pattern: re.Pattern[str], notation: str) -> Iterator[Claim]:
    """Yield the two signs of each pair that sets words in bold type."""
    for match in pattern.finditer(scene.text):
        signs = [Spot(scene, *match.span(name)) for name in ("open", "close")]
        if _masks_a_name(match["inside"], signs[1]):
            continue
        outside = signs[0].touching_left, signs[1].touching_right
        framed = all(not char or char in _PUNCTUATION + "\n" for char in outside)
        led = not signs[0].head or match["inside"][-1] in "。：:"
        certain = scene.markdown or framed or led
        ruling = NO if certain else ask("成对的符号，可能是加粗标记，也可能是空白处")
        for spot in signs:
            yield claim(spot, notation, ruling)


def _masks_a_name(inside: str, closing: Spot) -> bool:
    """Whether the pair is two masks: a body or unit word stands right of one."""
    few = sum(map(is_hanzi, inside)) < len("两字")
    joined = inside[-1] in "、，,和与及同由在到对"
    named = _NAMED.match(inside) or _NAMED.match(closing.tail)
    unit = followed_by_unit(closing) or re.match(r"[%％个名亿万年月日户家]", inside)
    return bool(few or joined or named or unit)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _rule_of_product(spot: Spot) -> Ruling | None:
    """Digits, Latin letters, a tick or an equals sign beside: no mask."""
    if spot.right in _DIGIT_SIGNS and spot.right:
        return NO
    if spot.left in _DIGIT_SIGNS and spot.left:
        return ask("前面是数字，不能断定是不是空白处") if followed_by_unit(spot) else NO
    if _is_latin(spot.touching_left) or _is_latin(spot.touching_right):
        return NO
    quoted = spot.touching_left in ("“", '"', "‘") and len(spot.mask) == 1
    beside = spot.head + spot.tail if quoted else spot.head[-4:] + spot.tail[:4]
    return NO if re.search(r"[√✓=＝÷]", beside) else None


def _rule_of_factors(spot: Spot) -> Ruling | None:
    if len(spot.mask) > 1:
        return None
    if re.search(r"[甲乙丙丁]$", spot.head) and re.match(r"[甲乙丙丁]", spot.tail):
        return ask("可能是乘号或比赛双方，不能断定是不是空白处")
    both = _FACTOR_BEFORE.search(spot.head) and _FACTOR_BEHIND.match(spot.tail)
    sized = re.match(r"[宽高长厚深]\s?[0-9XxＸ×]", spot.tail)
    return NO if both or sized else None


def _rule_of_sign(spot: Spot) -> Ruling | None:
    """The sign itself is named: 打×号, “×”表示, 带*号的."""
    if len(spot.mask) > 1:
        return None
    quoted = spot.head.rstrip("“‘\"'（(")
    named = quoted.endswith(BEFORE_SIGN) and _SIGN_BEHIND.match(spot.tail)
    return NO if named or _SIGN_NAMED.match(spot.tail) else None


def _rule_of_lone_times(spot: Spot) -> Ruling | None:
    length = len(spot.mask)
    if spot.alone and length == 1:
        closes = spot.scene.last
        return NO if closes else ask("单独一个×，可能是否定的记号，也可能是空白处")
    if spot.alone and length >= _MANY_TIMES:
        return ask("单独成行的一串×，可能是有意隐去的内容")
    if length == 1 and spot.left in ("（", "(") and spot.right in ("）", ")"):
        return ask("括号里单独一个×，可能是否定的记号")
    return None


def _rule_of_lone_stars(spot: Spot) -> Ruling | None:
    if not spot.alone:
        return None
    few = len("**") <= len(spot.mask) <= _FEW_STARS
    return ask("单独成行的星号，可能是分隔线") if few else NO


def _rule_of_code(spot: Spot) -> Ruling | None:
    """Digits or Latin letters touch: a masked number, code, an identifier."""
    for char in (spot.touching_left, spot.touching_right):
        if char and (_is_latin(char) or char in _DIGIT_SIGNS or char in "\\★☆"):
            return NO
    if re.search(r"(?:密码|口令|账号|帐号)[:： ]?$", spot.head):
        return NO
    latin = _is_latin(spot.left) and not is_hanzi(spot.right)
    return NO if latin or "★" in (spot.left, spot.right) else None


def _rule_of_footnote(spot: Spot) -> Ruling | None:
    """One star at the line's start or behind a word: bullet or footnote."""
    if len(spot.mask) > 1:
        return None
    if not spot.head:
        return _judge_first_star(spot)
    if re.match(r"[%％‰]|[、,，至—\-]\s?[*＊]", spot.tail) or is_hanzi(spot.right):
        return None
    return ask("单个星号，可能是脚注记号，也可能是空白处")


def _judge_first_star(spot: Spot) -> Ruling | None:
    if spot.touching_right.isspace():
        return NO
    if spot.tail.startswith(_FOOTNOTE):
        return NO
    if followed_by_unit(spot) or _NAMED.match(spot.tail):
        return None
    return ask("行首单个星号，可能是脚注记号，也可能是空白处")


def _rule_of_underlines(spot: Spot) -> Ruling | None:
    if spot.alone and len(spot.mask) >= _RULE_LENGTH:
        return NO
    if len(spot.mask) > 1 or spot.alone:
        return None
    sure = followed_by_unit(spot) or _NAMED.match(spot.tail)
    return None if sure or spot.head.endswith("第") else ask("单个下划线，可能是连字符")


def _rule_of_zero(spot: Spot) -> Ruling | None:
    """The circle is a zero beside Chinese or Arabic digits and before 年."""
    before, behind = spot.touching_left, spot.touching_right
    digits = _HANZI_DIGITS + _DIGIT_SIGNS
    if (before and before in digits + "万亿") or (behind and behind in digits):
        return NO
    if spot.tail.startswith(("年", "后")):
        dated = re.match(r"年\s?[○〇◯]", spot.tail)
        return ask("年份前的圆圈，可能是零") if dated else NO
    return None


def _rule_of_bullet(spot: Spot) -> Ruling | None:
    if not spot.head and (spot.touching_right.isspace() or not spot.tail):
        return NO
    if len(spot.mask) > 1:
        return None
    measured = followed_by_unit(spot) and spot.right not in "号时分度"
    if spot.head and (measured or _NAMED.match(spot.tail)):
        return YES
    return ask("行首单个圆圈，可能是项目符号") if _NAMED.match(spot.tail) else NO


def _single_some(spot: Spot) -> Ruling | None:
    place = _SOME_PLACE.match(spot.tail)
    if place:
        told = _TOLD.match(spot.tail, place.end())
        return ask("可能是有意隐去名称的地方") if told else YES
    if spot.tail.startswith(AFTER_SOME) or spot.touching_left in tuple(SURNAMES):
        return NO
    return ask("可能是有意隐去名称") if _SOME_BODY.match(spot.tail) else NO


def _repeated_some(spot: Spot) -> Ruling | None:
    if _NAMED.match(spot.tail) or re.match(r"[年月日]", spot.tail):
        return YES
    if spot.head.endswith(PERSONS):
        return YES
    if spot.tail.startswith(AFTER_SOME) or spot.touching_left in tuple(SURNAMES):
        return NO
    return ask("某某后面没有地名、单位或称呼，不能断定是不是空白处")


def _judge_n(spot: Spot) -> Ruling:
    dated = re.match(r"月\s?[NＮ]?|日", spot.tail) and not spot.tail.startswith("月氏")
    if dated or re.match(r"年\s?[NＮ]\s?月", spot.tail):
        return YES
    if spot.tail.startswith("次方") or not followed_by_unit(spot):
        return NO
    return ask("N 可能是空白处，也可能是“许多”的意思")


_TIMES_RULES = (
    _rule_of_lone_times,
    _rule_of_sign,
    _rule_of_product,
    _rule_of_factors,
)
_STAR_RULES = (
    _rule_of_lone_stars,
    _rule_of_code,
    _rule_of_sign,
    _rule_of_footnote,
)
_UNDERSCORE_RULES = (_rule_of_code, _rule_of_underlines)
_CIRCLE_RULES = (_rule_of_zero, _rule_of_bullet)
