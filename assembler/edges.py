"""What stands at the edges of a figure, and whether it is still the same figure.

Programs differ in what they count to a bookmark when somebody types beside it or over
it, so a bookmark's text alone does not tell whether a figure was changed: of 58.3 typed
over 5, LibreOffice leaves 5 inside and 8.3 outside. What touches the figure tells.
"""

import re

from assembler.figures import Kind
from assembler.units import leading

# Between two paragraphs, and at both ends of a story.
BREAK = "\x1e"
_FIGURE = "0-9０-９.．,〇零○一二两三四五六七八九十百千万亿半—–～~/／\\-−－+＋"
_FIGURE_BEFORE = re.compile(f"[{_FIGURE}]*$")
_FIGURE_BEHIND = re.compile(f"^[{_FIGURE}]*")
# What says how a figure is to be taken: 超过60, 未达60, 下降3.2, 第5, 10至12.
_BEARING_BEFORE = re.compile(
    "([未没]有?能?(?:超过?|突破|达到?|到|满)"
    "|(?:大?约|将?近|接近|不?超过?|逾|突破|不足|不到|不[少低高多大小]于"
    "|[少低高多大小]于|至[少多]|最[少多高低]|增[长加速幅]|上[升涨]|提高|下[降滑跌]"
    "|降[低幅]|减少?|回落|[百千万]分之|第|前|后|负|每|零下|翻)(?:了|到|达|至|为)?"
    "|(?<=[0-9０-９百千万亿元%％个])[到至])$"
)
_BEARING_BEHIND = re.compile("[多余来几]|左右|以[上下内外]|上下|[强弱不]|有余|出头")
# Before a unit only: 十来个, but 12.6亿元来之不易.
_BEARING_BEFORE_UNIT = ("来", "几")
_NUMBER = re.compile(r"\d+(?:,\d{3}(?!\d))*(?:[.．]\d+)?")
_TO_THE_LEFT = 12
# Signs that end what belongs together; 、 joins the names of a list.
_BOUNDARIES = frozenset(f"，。；：！？…“”‘’（）《》\n\t\u3000{BREAK}")


def figure_before(text: str) -> str:
    """The characters at the end of a text that may be part of a figure."""
    return _matched(_FIGURE_BEFORE, text[-_TO_THE_LEFT:])


def figure_behind(text: str) -> str:
    """The characters at the beginning of a text that may be part of a figure."""
    return _matched(_FIGURE_BEHIND, text)


def _matched(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""


def is_still(kind: Kind, base: tuple[str, str], now: tuple[str, str]) -> bool:
    """Whether what touches a value says the same as it did.

    Args:
        kind: what the value is.
        base: the text in front of it and behind it, as merge wrote them.
        now: the same as they stand now.

    Returns:
        For figures, whether no digit, unit or word such as 超过 and 下降 was added,
        changed or taken away right beside it; the sentence around may be another. For
        words, whether the same character touches it on each side, or a stop does.
    """
    if kind.is_text:
        return _touches(base[0][-1:], now[0][-1:]) and _touches(base[1][:1], now[1][:1])
    return _before(base[0]) == _before(now[0]) and _behind(base[1]) == _behind(now[1])


def _touches(base: str, now: str) -> bool:
    return base == now or not now or now in _BOUNDARIES


def _before(text: str) -> tuple[str, str]:
    figure = figure_before(text)
    rest = text[: len(text) - len(figure)]
    return _matched(_BEARING_BEFORE, rest[-_TO_THE_LEFT:]), figure


def _behind(text: str) -> tuple[str, ...]:
    figure = figure_behind(text)
    rest = text[len(figure) :]
    first = _bearing_behind(rest)
    unit = leading(rest[len(first) :])
    name = unit.name if unit else ""
    last = _bearing_behind(rest[len(first) + len(name) :])
    if name and last in _BEARING_BEFORE_UNIT:
        last = ""
    return figure, first, name, last


def _bearing_behind(text: str) -> str:
    found = _BEARING_BEHIND.match(text)
    return found.group() if found else ""


def continues_figure(left: str, figure: str, right: str) -> bool:
    """Whether a figure goes on beyond its edges: 5 in 15, 58 in 58.3, 1 in 1,200."""
    before = left[-_TO_THE_LEFT:]
    start, end = len(before), len(before + figure)
    numbers = _NUMBER.finditer(before + figure + right[:_TO_THE_LEFT])
    return figure != "" and any(
        one.start() < edge < one.end() for one in numbers for edge in (start, end)
    )
