"""What a cell says before it has a kind: nothing, a stand-in, or a number and a tail.

The figure forms follow GB/T 15835-2011 where it rules them (thousands in groups of
three, decimals behind a point); what it leaves open is refused, not guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assembler.figures import decimals_of, rounded
from assembler.numerals import CHARACTERS, from_chinese, from_mixed

# Figures longer than this are no figures of a speech, and would outgrow Decimal's 28.
LONGEST_FIGURE = 24

# Full-width forms to half-width ones, except the comma: 12，345 may be a list, a
# thousands separator or a slip for a point.
_WIDE = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！"
}
_BLANKS = dict.fromkeys(
    map(ord, "\u3000\u00a0\u2002\u2003\u2007\u2009\u200a\u202f"), 32
)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SIGNS = str.maketrans("−﹣﹪٪", "--%%")
_NARROWING: dict[int, int | None] = {**_WIDE, **_BLANKS, **_UNSEEN, **_SIGNS}


def narrowed(text: str) -> str:
    """The text with narrow digits and signs, plain blanks, nothing invisible."""
    return (text if text.isascii() else text.translate(_NARROWING)).strip()


_NONE = re.compile(r"[-—–―─]{1,4}|[/\\]|无|没有|空|\.{3,6}|…{1,2}")


def is_none(plain: str) -> bool:
    """Whether a cell, narrowed, says that there is nothing: empty, —, /, 无."""
    return not plain or _NONE.fullmatch(plain) is not None


_EXCEL_ERRORS = re.compile(
    r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA|BLOCKED!"
    r"|CONNECT!|FIELD!|UNKNOWN!)",
    re.IGNORECASE,
)
_STAND_INS = re.compile(
    r"[xX×＊*?？_□○〇△●■]+(?:[.．][0-9xX×]+)?[%％]?|0?[xX×]{1,4}[.．][0-9]"
    r"|某+[一-龥]{0,2}|[待未][补定填核实查报入确认提供统计明计算充]{1,3}|暂[无缺未][一-龥]{0,2}"
    r"|此处[一-龥]{1,6}|同上|略|空缺|不详|未知|N/?A|NULL|NONE|NAN|TBD|TODO|UNDEFINED",
    re.IGNORECASE,
)
_MASKED = re.compile(
    r"(?<![A-Za-z0-9])[xX×]{2,}(?![A-Za-z0-9])|[*＊]{2,}|_{2,}|□|某某|【待|[\[【［][^0-9]"
    r"[^\]】］]*[\]】］]|\{\{|«|[（(](?:待补|待核|待定|待确认|待填|此处|填写)|20[xX×]{2}|^[xX×][一-龥]{1,2}$"
)
_REAL_X = re.compile("[xX](?:光|射线|线|轴)")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Why a value is no value: what it is, and what to do."""

    what: str
    remedy: str


_DIGITS_ONLY = re.compile("[0-9.,]+%?")


def stand_in(plain: str) -> StandIn | None:
    """What a cell holds in a value's place: a mask, 待补, an error of Excel; else None.

    Args:
        plain: the cell, narrowed.
    """
    if _DIGITS_ONLY.fullmatch(plain):
        return None
    if _EXCEL_ERRORS.fullmatch(plain):
        return StandIn("是 Excel 的出错提示", "回到 Excel 改好公式，再导出数据")
    if re.fullmatch("#{2,}", plain):
        return StandIn("是列太窄时 Excel 显示的井号", "把列拉宽，重新复制或导出")
    if plain.startswith("="):
        return StandIn("是公式，不是公式的结果", "在 Excel 里复制，选择性粘贴为“数值”")
    if _STAND_INS.fullmatch(plain) or (
        _MASKED.search(plain) and not _REAL_X.fullmatch(plain)
    ):
        return StandIn("是占位的字样，不是内容", "填上真实内容；还没有就让它空着")
    return None


@dataclass(frozen=True, slots=True)
class Number:
    """A number at the beginning of a cell.

    Attributes:
        value: the number, the decimals it shows kept.
        tail: what stands behind it, blanks removed.
        chinese: whether it was written in Chinese numerals.
    """

    value: Decimal
    tail: str
    chinese: bool = False


_ARABIC = re.compile(
    r"([+-]?)((?:[1-9][0-9]{0,2}(?:(?P<comma>[, ])[0-9]{3})(?:(?P=comma)[0-9]{3})*"
    r"|0|[1-9][0-9]*)(?:\.[0-9]+)?)(?![0-9.,])"
)
_MIXED = re.compile(f"[0-9{CHARACTERS}]+")
_CHINESE = re.compile(f"负?[{CHARACTERS}]+")


def numbers(text: str) -> Iterator[Number]:
    """All ways to part a cell into a number and what follows it, the likely ones first.

    Args:
        text: as `narrowed` leaves it; 负 before digits is a minus.

    Yields:
        12.60亿元 as 12.60 and 亿元 rather than as 1260000000 and 元; 十二万元 as 十二万
        and 元, then as 十二 and 万元.
    """
    if len(text) > LONGEST_FIGURE * 2:
        return
    text = re.sub("^负(?=[0-9])", "-", text)
    if match := _ARABIC.match(text):
        digits = re.sub("[, ]", "", match[2])
        if len(digits) <= LONGEST_FIGURE:
            sign = "-" if match[1] == "-" else ""
            yield Number(Decimal(sign + digits), _closed(text[match.end() :]))
    yield from _parted(text, _MIXED.match(text), chinese=False)
    yield from _parted(text, _CHINESE.match(text), chinese=True)


def _parted(text: str, run: re.Match[str] | None, *, chinese: bool) -> Iterator[Number]:
    for end in range(run.end() if run else 0, 0, -1):
        head = text[:end]
        value = from_chinese(head) if chinese else from_mixed(head)
        if value is not None and (chinese or not head.isdecimal()):
            yield Number(value, _closed(text[end:]), chinese)


def _closed(tail: str) -> str:
    return tail.replace(" ", "")


# 15.000000001, 14.9999999999, 0.30000000000000004: five or more 0s or 9s, then the
# trace of a binary float.
_NOISE = re.compile(r"[0-9]*?(0{5,}[0-9]{0,2}[1-9]|9{5,}[0-9]{0,2})")
_SHORTEST_NOISE = 8


def without_noise(value: Decimal) -> Decimal:
    """The number that a binary float was meant to be; others as they are."""
    if decimals_of(value) < _SHORTEST_NOISE:
        return value
    match = _NOISE.fullmatch(f"{value:f}".partition(".")[2])
    meant = rounded(Fraction(value), match.start(1)) if match else value
    # What would round to nothing is no rest of something.
    return meant or value
