"""Rules on what is left of a template, a data file or a web page in a finished text."""

import re
from collections.abc import Iterator

from assembler.blanks import Verdict, find_blanks
from assembler.findings import Severity
from assembler.rules_lists import words
from assembler.rules_text import HANZI, Line, Reading, Spot

_TAG = (
    r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|\{#[^#\n]*#\}|\$\{[^}\n]*\}|«[^»\n]*»"
    r"|｛｛[^｝\n]*｝｝|\{\{|\}\}|\{%|%\}|[«»]|｛｛|｝｝|\bMERGEFIELD\b"
)
_HINT_WORDS = (
    r"(?:请|此处|在此|据实|如实|按实际)+(?:情况)?"
    r"(?:填写|填入|填上|补充|补写|插入|列出|说明)"
    r"|填写(?!说明|要求|规范|指南|样例|须知|人|日期|时间|完|好|了)"
    r"|待(?:补|填|核实|核对|核|定|确认|更新|查)(?![区期点居])"
    r"|据实(?!报|结|核|列|申|际|支|上)"
    r"|(?:数据|数字|姓名|日期|金额|地点)(?:待|请)|TODO|TBD"
)
_INNER = r"[^（）()【】\[\]〔〕\n]"
_HINT = rf"[（(【\[〔]{_INNER}{{0,12}}(?:{_HINT_WORDS}){_INNER}{{0,40}}[）)】\]〕]?"
_HINT_OPEN = r"【(?:待补|待填|待核)"
# Marks of the other two rules, which a blank may also look like.
_OTHERS = f"{_TAG}|{_HINT}|{_HINT_OPEN}"
_CELL_ERROR = (
    r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!)|#{3,}"
    r"|错误\s*[!！]\s*(?:未(?:找到|定义|指定)[^。，；]{0,12}|文档中没有[^。，；]{0,12})"
    r"|Error!\s*[A-Za-z ]{3,40}\."
    rf"|(?:(?<=[{HANZI}\s])|^)(?:None|NaN|nan|null|NULL|undefined|Infinity)"
    rf"(?=[{HANZI}%，。；、\s]|$)"
    r"|\d(?:\.\d+)?E[+-]\d{1,3}"
)
_ENTITY = r"&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|hellip|mdash|middot|#?\d{2,5});?"
_MARKUP = r"</?(?:br|p|div|span|strong|b|a|font|img)\b[^<>\n]{0,80}/?>"
_EMOJI = "[\U0001f300-\U0001faff\u2600-\u26ff\u2705\u2728\u274c\u2764\ufe0f]+"
_ADDRESS = r"https?://[\w\-./?=&%#:~+]+|www\.[\w\-./]+"
_HEAD = rf"\s*【(?!待)[{HANZI}]{{2,12}}】\s*"
_SHORT_LINE = 45
_TWO = 2


def leftover_blank(reading: Reading) -> Iterator[Spot]:
    """``已交付安置房X套``: a blank nobody filled in; a doubtful one is a warning."""
    last = reading.lines[-1] if reading.lines else None
    heads = [line for line in reading.lines if re.fullmatch(_HEAD, line.text)]
    for line in reading.lines:
        # Several 【…】, each alone in its paragraph, are the text's headings.
        if line in heads and len(heads) >= _TWO:
            continue
        taken = [found.span() for found in re.finditer(_OTHERS, line.text)]
        for blank in find_blanks(line.text, last=line is last):
            if not any(start < blank.end and blank.start < end for start, end in taken):
                yield _blank_spot(line, blank.start, blank.end, blank.verdict)


def _blank_spot(line: Line, start: int, end: int, verdict: Verdict) -> Spot:
    mask = line.text[start:end].strip()
    if verdict is Verdict.BLANK:
        return line.spot(start, end, f"空白处“{mask}”还没有填。")
    message = f"“{mask}”像是没有填的空白处。"
    return Spot(line.number, start, end, message, severity=Severity.WARNING)


def leftover_tag(line: Line) -> Iterator[Spot]:
    """``由{{ 牵头单位 }}答复``: a template's tag in the finished text."""
    for found in re.finditer(_TAG, line.text):
        yield line.hit(found, f"模板标记“{found.group()}”留在了稿子里。")


def leftover_hint(line: Line) -> Iterator[Spot]:
    """``总投资（此处填写金额）``: an instruction to the writer, or 【待补：…】."""
    taken = 0
    for found in re.finditer(f"{_HINT}|{_HINT_OPEN}", line.text):
        if found.start() >= taken:
            taken = found.end()
            yield line.hit(found, f"填写提示“{found.group()}”留在了稿子里。")


def error_value(line: Line) -> Iterator[Spot]:
    """``投资#REF!亿元``: a spreadsheet's or Word's error in place of a value."""
    for found in re.finditer(_CELL_ERROR, line.text):
        yield line.hit(found, f"“{found.group()}”是表格或程序的出错值，不是数据。")


def site_line(line: Line) -> Iterator[Spot]:
    """``扫码关注，回复“讲话”领取全文``: what a web page carried along."""
    for pattern in (_ENTITY, _MARKUP, _EMOJI):
        for found in re.finditer(pattern, line.text):
            yield line.hit(found, f"网页残留“{found.group()}”。")
    span = _site_words(line.text)
    if span:
        yield line.spot(*span, "疑是从网页带来的推广语或按钮文字。")


def _site_words(text: str) -> tuple[int, int] | None:
    """The stretch of a line that site words cover, None where they do not tell."""
    strong: list[tuple[int, int]] = []
    weak: list[tuple[int, int]] = [
        found.span() for found in re.finditer(_ADDRESS, text)
    ]
    for entry in words("site_lines"):
        place = text.find(entry.lstrip("?"))
        if place >= 0:
            span = (place, place + len(entry.lstrip("?")))
            (weak if entry.startswith("?") else strong).append(span)
    is_short = len(text.strip()) <= _SHORT_LINE and "。" not in text
    if not strong and not (is_short and len(weak) >= _TWO):
        return None
    spans = strong or weak
    return min(spans)[0], max(end for _, end in spans)
