"""Masks written in letters, and masked years and dates: X, xx, X.8, 20××, XX.XX.XX.

A token (letters, digits and points that touch) is one mask or none at all; what stands
beside it then decides between a blank, a code such as KX-120, a fixed word such as
X光 and algebra. Every rule has its lines in
tests/blank_cases.tsv or tests/blank_corpus.tsv.
"""

import re
from collections.abc import Iterator

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
    AFTER_X,
    BEFORE_ADDRESS,
    BEFORE_UNKNOWN,
    INDICATORS,
    LATIN_UNITS,
    LAUGHTER,
    UNITS,
)

_M = "[XxＸｘ]"
_MARK = r"[XxＸｘ×✕╳⨯*＊_＿]"
_ALNUM = "0-9A-Za-zＸｘ０-９"
_UNIT = re.compile(rf"{alternatives(UNITS)}|{alternatives(LATIN_UNITS)}(?![A-Za-z])")
_TOKEN = re.compile(
    rf"(?:R&D|[{_ALNUM}])+(?:(?:[.．]|,(?={_M}{{3}}(?!{_M})))[{_ALNUM}]+)*"
)
_FORM = re.compile(
    rf"(?P<indicator>{alternatives(INDICATORS)})?"
    rf"(?:(?P<run>{_M}+(?:[.．](?:{_M}+|[0-9]+))?)"
    rf"|(?P<damaged>{_M}{{2,}}[0-9]+(?:[.．][0-9]+)?|{_M}[0-9]+[.．][0-9]+)"
    rf"|(?P<half>[0-9]+[.．]{_M}+)"
    rf"|(?P<digits>[0-9]+{_M}+(?:[.．](?:{_M}+|[0-9]+))?)"
    rf"|(?P<model>{_M}[0-9]+))"
    rf"(?:{alternatives(LATIN_UNITS)})?"
)
_GLUED_WORD = re.compile(
    rf"(?P<mask>{_M}{{2,}})(?:{alternatives(INDICATORS)}|APP|AI|VR|LED|PPP|EPC|CEO)"
)
_THOUSANDS = re.compile(rf"{_M}{{1,3}}(?:,{_M}{{3}})+(?:[.．]{_M}+)?")
_AMOUNT = re.compile(r"[余多]?[万亿]?(?:元|人|吨|亩|户|平方|美元|立方)")
_LIST_NUMBER = re.compile(r"[0-9]{1,2}[.．]")
_TELEPHONE = re.compile(
    rf"(?<![{_ALNUM}\-])(?:0{_M}{{2,3}}|{_M}{{3,4}})-{_M}{{7,8}}(?![{_ALNUM}\-])"
)
_PIECE = rf"(?:{_M}{{1,2}}|[×*]{{1,2}})"
_DATE = re.compile(
    rf"(?<![{_ALNUM}.\-/])"
    rf"(?P<year>(?:19|20)(?:{_M}{{2}}|[0-9]{_M}|×{{2}}|\*{{2}})|{_M}{{4}}|×{{4}})"
    rf"(?P<joint>[.．\-/])(?P<month>{_PIECE})(?P=joint)(?P<day>{_PIECE})"
    rf"(?![{_ALNUM}])"
)
_YEAR = re.compile(
    rf"(?<![{_ALNUM}.])"
    rf"(?:(?:19|2[0O]|１９|２０)(?: ?(?:{_M}{{2}}|×{{1,2}}|[*＊]{{1,2}}|[_＿]{{1,4}})"
    rf"|[0-9０-９]{_MARK}|{_M})"
    rf"|2(?:{_M}{{3}}|×{{3}})(?= ?年)"
    rf"|[一二][〇○零0九](?:{_MARK}{{2}}|[〇○零一二三四五六七八九]{_MARK})(?= ?年))"
    rf"(?!{_MARK}|[0-9A-Za-z])"
)
_SPELLED_DATE = re.compile(
    r"(?<![A-Za-z])[Yy]{1,4}年[Mm]{1,2}月(?:[Dd]{1,2}日)?"
    r"|(?<![A-Za-z0-9])[Yy]{4}(?P<joint>[-/.])[Mm]{2}(?P=joint)[Dd]{2}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z])[Mm]{1,2}月[Dd]{1,2}日"
)
_AFTER_YEAR = re.compile(r"年|届|学年|财年|级|[〕\])）\-—–~～至.．/]|$")
_LATIN_WORD = re.compile(r"[A-Za-z&][A-Za-z0-9.&\-]*$")
_FIXED = re.compile("|".join(AFTER_X))
_SIGN_BEHIND = re.compile(rf"{alternatives(AFTER_SIGN)}|[的，。、；,.]|$")
_BEFORE_ADDRESS = re.compile(rf"{alternatives(BEFORE_ADDRESS)}(?:号)?[:： ]?$")
_OPERATORS = "=＝<>＜＞≤≥±√÷"
_LONGEST = 20
_ALONE = 9
_DIGITS_INSIDE = "占位符里夹着数字，像是整批替换留下的，请整个重填"


def find_dates(scene: Scene) -> Iterator[Claim]:
    """Yield masked dates: YYYY年MM月DD日 whole, 20XX.XX.XX in its three parts."""
    for match in _SPELLED_DATE.finditer(scene.text):
        yield claim(Spot(scene, *match.span()), "date", YES)
    for match in _DATE.finditer(scene.text):
        parts = (Spot(scene, *match.span(name)) for name in ("year", "month", "day"))
        blanks = [
            blank
            for spot, notation in zip(
                parts, ("year", "letters", "letters"), strict=True
            )
            for blank in claim(spot, notation, YES).blanks
        ]
        yield Claim(*match.span(), tuple(blanks))


def find_years(scene: Scene) -> Iterator[Claim]:
    """Yield masked years: 20XX, 202x, 20__, 二〇XX, the whole token."""
    for match in _YEAR.finditer(scene.text):
        spot = Spot(scene, *match.span())
        yield claim(spot, "year", _judge_year(spot))


def find_letters(scene: Scene) -> Iterator[Claim]:
    """Yield what is decided on every token that holds an X."""
    for match in _TELEPHONE.finditer(scene.text):
        yield claim(Spot(scene, *match.span()), "letters", YES)
    for match in _TOKEN.finditer(scene.text):
        if re.search(_M, match[0]):
            yield from _judge_token(scene, *match.span())


def followed_by_unit(spot: Spot) -> bool:
    """Whether a measure word or unit stands to the right."""
    return bool(_UNIT.match(spot.tail))


def _judge_year(spot: Spot) -> Ruling:
    if re.search(r"[A-WYZa-wyz]-?$", spot.head):
        return NO
    if _AFTER_YEAR.match(spot.tail) and (spot.right or spot.mask[-1] not in "*＊_＿"):
        return YES
    if spot.mask[-1] in "*＊_＿":
        return NO
    if followed_by_unit(spot) or not re.search(rf"{_MARK}{{2}}$", spot.mask):
        return ask("数字和占位符连在一起，不能断定是不是年份")
    return YES


def _judge_token(scene: Scene, start: int, end: int) -> Iterator[Claim]:
    """Cut a token at its commas unless they part thousands, then judge the pieces."""
    token = scene.text[start:end]
    spot = Spot(scene, start, end)
    if "," not in token:
        yield _judge_form(scene, start, end)
    elif _THOUSANDS.fullmatch(token) and _AMOUNT.match(spot.tail):
        yield claim(spot, "letters", YES)
    else:
        for piece in re.finditer(r"[^,]+", token):
            if re.search(_M, piece[0]):
                yield _judge_form(scene, start + piece.start(), start + piece.end())


def _judge_form(scene: Scene, start: int, end: int) -> Claim:
    text = scene.text
    number = _LIST_NUMBER.match(text, start, end)
    if number and Spot(scene, start, end).left in ("", "。", "；", ";", "："):
        start = number.end()
    match = _FORM.fullmatch(text, start, end)
    if match is None:
        return _judge_other(scene, start, end)
    kind = next(name for name in _RULES if match[name] is not None)
    spot = Spot(scene, *match.span(kind))
    if match["indicator"]:
        unit = followed_by_unit(spot)
        ruling = YES if unit else ask("紧跟在字母后面，不能断定是不是空白处")
    else:
        ruling = judge(spot, _RULES[kind])
    return claim(spot, "letters", ruling)


def _judge_other(scene: Scene, start: int, end: int) -> Claim:
    """A token of more than mask letters is a code, unless a known word is glued on."""
    glued = _GLUED_WORD.fullmatch(scene.text, start, end)
    if glued is None:
        return Claim(start, end)
    spot = Spot(scene, *glued.span("mask"))
    return claim(spot, "letters", ask("和字母连在一起，不能断定是不是空白处"))


def _rule_of_address(spot: Spot) -> Ruling | None:
    if _BEFORE_ADDRESS.search(spot.head) and not is_hanzi(spot.right):
        return NO
    return None


def _rule_of_alone(spot: Spot) -> Ruling | None:
    if len(spot.mask) > (_ALONE - 1 if spot.alone else _LONGEST):
        return ask("一长串占位符，可能是有意隐去的内容")
    return None


def _rule_of_latin(spot: Spot) -> Ruling | None:
    """A Latin word beside the mask, one space between: Windows X, GDP XX 亿元."""
    word = _LATIN_WORD.search(spot.head)
    if word and not re.fullmatch(rf"(?:{_M}|[.\-])+", word[0]):
        if not followed_by_unit(spot):
            return NO
        known = word[0] in INDICATORS
        return YES if known else ask("前面是字母词，不能断定是不是空白处")
    if re.match(r"[A-Za-z]", spot.tail) and len(spot.mask) == 1:
        unit_or_mask = _UNIT.match(spot.tail) or re.match(_M, spot.tail)
        return None if unit_or_mask else NO
    return None


def _rule_of_number(spot: Spot) -> Ruling | None:
    if re.search(r"[0-9]$", spot.head) and followed_by_unit(spot):
        return ask("前面是数字，不能断定是不是空白处")
    return None


def _rule_of_joints(spot: Spot) -> Ruling | None:
    """A hyphen, stroke or sign touches: a range of masks, a minus sign or a code."""
    before = _joint_before(spot)
    return before if before is not None else _joint_behind(spot)


def _joint_before(spot: Spot) -> Ruling | None:
    sign, beyond = spot.touching_left, spot.head[-2:-1]
    if sign and sign in _OPERATORS:
        return ask("像算式，不能断定是不是空白处") if followed_by_unit(spot) else NO
    if _LIST_NUMBER.fullmatch(re.split("[。；;]", spot.head)[-1].lstrip()):
        return None
    if sign and sign in "-‐~+＋/.&*#" and _is_code_char(beyond):
        within_range = sign in "-~" and beyond.isdigit() and followed_by_unit(spot)
        return YES if within_range else NO
    if sign and sign in "+＋" and not followed_by_unit(spot):
        return ask("带加号，不能断定是不是空白处")
    return _ruling_on_neighbour(sign)


def _joint_behind(spot: Spot) -> Ruling | None:
    sign, beyond = spot.touching_right, spot.tail[1:2]
    if sign and (sign in _OPERATORS or sign in "²³₁₂"):
        return NO
    if sign and sign in "-‐~/.&*" and _is_code_char(beyond):
        return NO
    if sign and sign in "+＋":
        return NO if beyond.isdigit() else ask("带加号，不能断定是不是空白处")
    return _ruling_on_neighbour(sign)


def _ruling_on_neighbour(char: str) -> Ruling | None:
    """Letters of other alphabets and signs of addresses make no blank."""
    if char and char in "@\\^_":
        return NO
    if char and char in "{}":
        return ask("花括号里的字母，不能断定是不是空白处")
    foreign = char.isalpha() and not char.isascii() and not is_hanzi(char)
    return NO if foreign else None


def _is_code_char(char: str) -> bool:
    return char.isascii() and char.isalnum() and char not in "Xx"


def _rule_of_fixed_words(spot: Spot) -> Ruling | None:
    if len(spot.mask) == 1 and _FIXED.match(spot.tail):
        return NO
    return NO if spot.head.endswith(BEFORE_UNKNOWN) else None


def _rule_of_slang(spot: Spot) -> Ruling | None:
    if spot.head.endswith(LAUGHTER):
        return ask("像随手打的符号，不能断定是不是空白处")
    return None


def _rule_of_roman(spot: Spot) -> Ruling | None:
    upper = re.fullmatch(r"X+", spot.mask) is not None
    if spot.tail.startswith("世纪"):
        return NO if upper else ask("可能是世纪的罗马数字")
    if upper and spot.head.endswith("第") and spot.tail.startswith("届"):
        return ask("第…届里的 X 可能是罗马数字")
    return None


def _rule_of_sign(spot: Spot) -> Ruling | None:
    struck = spot.head.endswith(("打", "画", "划"))
    if struck and len(spot.mask) == 1 and _SIGN_BEHIND.match(spot.tail):
        return NO
    return None


def _rule_of_damage(spot: Spot) -> Ruling | None:
    if re.match(rf"{_M}{{2,}}[.．]?[0-9]|{_M}[0-9]", spot.mask):
        return Ruling(YES.verdict, _DIGITS_INSIDE)
    return None


def _rule_of_model(spot: Spot) -> Ruling | None:
    """One letter and digits, X5: a model's name unless a unit follows."""
    if spot.mask.lower() in {"x86", "x64", "x32"}:
        return NO
    if followed_by_unit(spot) and not spot.tail.startswith(("号", "代", "款")):
        return ask("字母和数字连在一起，可能是型号")
    return NO


def _rule_of_version(spot: Spot) -> Ruling | None:
    return NO if spot.tail.startswith("版") and "." in spot.mask else None


def _rule_of_half(spot: Spot) -> Ruling | None:
    """Digits before a masked decimal, 12.X: the whole is the mask if a unit follows."""
    if not followed_by_unit(spot):
        return NO
    return Ruling(YES.verdict, _DIGITS_INSIDE)


def _rule_of_digits(spot: Spot) -> Ruling | None:
    """Digits before letters, 5X: a code, or a figure with one digit masked."""
    telephone = re.fullmatch(rf"1[0-9]*{_M}{{4,}}", spot.mask)
    if followed_by_unit(spot) or telephone:
        return ask("数字和占位符连在一起，不能断定是不是空白处")
    return NO


_NEIGHBOURS = (_rule_of_address, _rule_of_joints, _rule_of_latin)
_RULES = {
    "run": (
        _rule_of_alone,
        *_NEIGHBOURS,
        _rule_of_number,
        _rule_of_fixed_words,
        _rule_of_slang,
        _rule_of_roman,
        _rule_of_sign,
        _rule_of_version,
        _rule_of_damage,
    ),
    "damaged": (*_NEIGHBOURS, _rule_of_damage),
    "half": (*_NEIGHBOURS, _rule_of_half),
    "digits": (*_NEIGHBOURS, _rule_of_digits),
    "model": (*_NEIGHBOURS, _rule_of_model),
}
