"""Rules on typing that stands for layout, and on how a speech begins and ends."""

import re
from collections.abc import Iterator

from assembler.rules_text import Line, Reading, Spot

_BLANKS = " \t\u00a0\u3000"
_LEADING = rf"^[{_BLANKS}]+(?=[^{_BLANKS}\n])"
_BODY_LENGTH = 40
_HEAD_LINES = 12
_SALUTATION = (
    r"^[\s\u3000]*(?:尊敬的|亲爱的)?[^。：:，,！!？]{0,20}"
    r"(?:同志们|朋友们|各位[^。：:，,！!？的]{2,12}|先生们|同学们|乡亲们|战友们)"
    r"(?P<m>[：:，,。！!]?)\s*$"
)
_LONGEST_SALUTATION = 40
_THANKS = (
    r"^[\s\u3000]*谢谢(?:大家|各位(?:领导|同志|代表|来宾)?|同志们)?(?P<m>[。！!.]*)\s*$"
)
_AFTER_END = r"^\s*(?:附件?[：:\d]?|字段说明|（|\(|(?:19|20)\d\d年|.{0,30}$)"


def space_indent(reading: Reading) -> Iterator[Spot]:
    """Typed spaces before a paragraph: one finding with the number of paragraphs."""
    found = [
        (line, match)
        for line in reading.prose
        if (match := re.match(_LEADING, line.text))
    ]
    if found:
        line, first = found[0]
        message = f"段首用空格缩进（共{len(found)}段）。"
        yield line.mend(first, message, "")


def soft_return(line: Line) -> Iterator[Spot]:
    """A line break inside a paragraph (Shift+Enter)."""
    found = re.search(r"[\n\v]", line.text)
    if found and not line.in_table:
        yield line.hit(found, "段落里有手动换行（Shift+回车）。")


def empty_paragraph(reading: Reading) -> Iterator[Spot]:
    """Empty paragraphs between those of the body; under title and date they may be."""
    lines = reading.prose
    body = _body_start(lines)
    last = max((n for n, line in enumerate(lines) if line.text.strip()), default=0)
    for place in range(max(body, 1), last):
        line, above = lines[place], lines[place - 1]
        starts_gap = not line.text.strip() and above.text.strip()
        if starts_gap and _is_body(_next_text(lines, place)):
            yield line.spot(0, len(line.text), "用空行隔开段落，间距应由段落格式来定。")


def _next_text(lines: tuple[Line, ...], place: int) -> str:
    return next(line.text for line in lines[place:] if line.text.strip())


def _is_body(text: str) -> bool:
    """Whether a paragraph is body text; a blank before 附件 or a signature may be."""
    return text.strip()[-1] in "。！？：；" or len(text.strip()) >= _BODY_LENGTH


def _body_start(lines: tuple[Line, ...]) -> int:
    for index, line in enumerate(lines):
        if len(line.text.strip()) >= _BODY_LENGTH or re.match(_SALUTATION, line.text):
            return index
    return len(lines)


def salutation_form(reading: Reading) -> Iterator[Spot]:
    """``同志们，`` indented: the first salutation is flush left and ends with ：."""
    for line in reading.prose[:_HEAD_LINES]:
        found = re.match(_SALUTATION, line.text)
        if not found or len(line.text.strip()) > _LONGEST_SALUTATION:
            continue
        yield from _salutation_flaws(line, found)
        return


def _salutation_flaws(line: Line, found: "re.Match[str]") -> Iterator[Spot]:
    if found["m"] != "：":
        yield line.hit(found, "称呼后面应为全角冒号“：”。")
    elif line.text[:1] in _BLANKS or (line.paragraph.indent or 0) > 0:
        yield line.hit(found, "称呼应顶格，不缩进。")


def closing_form(reading: Reading) -> Iterator[Spot]:
    """``谢谢大家`` without its mark, twice, or with more speech behind it."""
    lines = [line for line in reading.prose if line.text.strip()]
    ends = [n for n, line in enumerate(lines) if re.match(_THANKS, line.text)]
    for place in ends:
        found = re.match(_THANKS, lines[place].text)
        if found and not found["m"]:
            yield lines[place].hit(found, "结束语末尾缺句号或叹号。")
    for place in ends[:1]:
        rest = lines[place + 1 :]
        if any(len(line.text.strip()) >= _BODY_LENGTH for line in rest):
            yield from _rest_after(lines[place], rest)


def _rest_after(end: Line, rest: list[Line]) -> Iterator[Spot]:
    begins_anew = any(re.match(_SALUTATION, line.text) for line in rest)
    if not begins_anew and not re.match(_AFTER_END, rest[0].text):
        yield end.spot(0, len(end.text), "结束语后面还有正文，疑是合并或复制时留下的。")
