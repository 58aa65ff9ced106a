"""What each paragraph of a plain speech is: title, salutation, level, closing.

Pure text, after the habits of such speeches: title, date in brackets, speaker's post
and name, salutation with a colon, levels 一、 （一） 1. or 第一， 一是, thanks last.
"""

import re
from collections.abc import Sequence

from assembler.layout import Role

_TITLE_LENGTH, _SPEAKER_LENGTH, _SALUTATION_LENGTH = 45, 30, 45
_HEAD_LINES, _TITLE_LINES, _LAST_LINES = 6, 3, 3
# A longer first sentence is no heading, whatever number it bears.
_HEADING_LENGTH = 40
_CLOSES_SENTENCE = "。！？；，、!?;,"

_SALUTATION = re.compile(
    "(?:尊敬的|敬爱的|各位|同志们|女士们|先生们|朋友们|同事们|代表们|委员们|老师们|同学们|乡亲们|战友们|父老乡亲)"
    ".*[：:！!]"
)
_FIGURE = r"[0-9０-９XxＸｘ×✕*＊_＿○〇◯零一二三四五六七八九十某YMD]{1,4}"
DATE = re.compile(
    rf"[（(〔\[]?\s*(?P<date>{_FIGURE}\s*年\s*{_FIGURE}\s*月(?:\s*{_FIGURE}\s*日)?"
    rf"|{_FIGURE}\s*月\s*{_FIGURE}\s*日)\s*[）)〕\]]?"
)
_NAMED_DATE = re.compile(r"[（(]?[\[【〔][^\[\]【】〔〕]*(?:日期|时间)[\]】〕][）)]?")
_SPEAKER = re.compile(
    "书记|[省市区县镇乡局厅处科州长部]长|主任|主席|秘书长|常委|委员|经理|董事长|校长|院长|总指挥|组长"
    "|讲话人|发言人|主讲|同志|姓名|职务"
)
_SPEECH_NAME = re.compile("(?:讲话稿?|发言稿?|致辞|致词|报告|演讲稿?|主持词)[）)》]?$")
_MASKS = re.compile(r"[\s　XxＸｘ×*＊_＿○〇某（）()]+")
_THANKS = re.compile(
    "(?:我的(?:讲话|发言|汇报|介绍)?|以上|最后)?.{0,12}谢谢(?:大家|各位[^，。！]{0,8}|您)?[！!。.]?"
    "|(?:我的)?(?:讲话|发言|汇报)?(?:完了|完毕|到此结束|就到这里)[，。！!]?(?:谢谢.{0,6})?"
)
_LAST_APPEAL = re.compile("(?:同志们|各位(?:领导|代表|同志|同事))[，,：:！!、]")

_HANZI_NUMBER = "[一二三四五六七八九十]{1,3}"
_BRACKETED = rf"[（(]{_HANZI_NUMBER}[）)]"
_SCHEMES = {
    "一、": re.compile(f"{_HANZI_NUMBER}、"),
    "（一）": re.compile(_BRACKETED),
    "1.": re.compile(r"[0-9０-９]{1,2}(?:[.．](?![0-9])|、)"),
    "（1）": re.compile("[（(][0-9０-９]{1,2}[）)]"),
    "第一，": re.compile(f"第{_HANZI_NUMBER}[，,、：:]|(?:首先|其次|再次|最后)[，,]"),
    "一是": re.compile(f"{_HANZI_NUMBER}(?:是|要(?![素点件求害]))"),
}
# 第一， heads the parts of a speech, unless 一、 does.
_ORDER = ("一、", "（一）", "1.", "（1）", "第一，", "一是")
_ORDER_WITHOUT = ("第一，", "（一）", "1.", "（1）", "一是")
_LEVELS = (Role.LEVEL_1, Role.LEVEL_2, Role.LEVEL_3)


def roles_of(lines: Sequence[str]) -> list[Role]:
    """What each paragraph of a speech is.

    Args:
        lines: the paragraphs, none of them empty, without blanks at their edges.

    Returns:
        A role for each.
    """
    roles = [Role.BODY] * len(lines)
    head = _head_length(lines)
    if head < len(lines):
        roles[:head] = _head_roles(lines[:head])
        if _is_salutation(lines[head]):
            roles[head] = Role.SALUTATION
            head += 1
    else:
        head = 0
    levels = _levels(lines[head:])
    roles[head:] = [_level(line, levels) for line in lines[head:]]
    for rank in _closing(lines, roles, head):
        roles[rank] = Role.CLOSING
    return roles


def _is_salutation(line: str) -> bool:
    return len(line) <= _SALUTATION_LENGTH and _SALUTATION.fullmatch(line) is not None


def _head_length(lines: Sequence[str]) -> int:
    """How many lines stand before the salutation or the first line of the text."""
    for rank, line in enumerate(lines[:_HEAD_LINES]):
        numbered = any(scheme.match(line) for scheme in _SCHEMES.values())
        sentence = line[-1] in _CLOSES_SENTENCE or len(line) > _TITLE_LENGTH
        if _is_salutation(line) or numbered or sentence:
            return rank
    return 1 if len(lines) > _HEAD_LINES else len(lines)


def _head_roles(lines: Sequence[str]) -> list[Role]:
    roles: list[Role] = []
    for rank, line in enumerate(lines):
        if DATE.fullmatch(line) or _NAMED_DATE.fullmatch(line):
            roles.append(Role.DATE)
        elif rank and _is_speaker(line):
            roles.append(Role.SPEAKER)
        elif rank < _TITLE_LINES and set(roles) <= {Role.TITLE}:
            roles.append(Role.TITLE)
        else:
            roles.append(Role.BODY)
    return roles


def _is_speaker(line: str) -> bool:
    if len(line) > _SPEAKER_LENGTH or line.startswith("—") or _SPEECH_NAME.search(line):
        return False
    return bool(_SPEAKER.search(line) or _MASKS.fullmatch(line))


def _levels(lines: Sequence[str]) -> list[tuple[re.Pattern[str], Role]]:
    """The schemes of numbering in use, the outer first, each with its level."""
    used = {
        name
        for name, scheme in _SCHEMES.items()
        if sum(scheme.match(line) is not None for line in lines) > 1
    }
    order = _ORDER if "一、" in used else _ORDER_WITHOUT
    schemes = [_SCHEMES[name] for name in order if name in used]
    return list(zip(schemes, _LEVELS, strict=False))


def _level(line: str, levels: list[tuple[re.Pattern[str], Role]]) -> Role:
    if len(line.partition("。")[0]) > _HEADING_LENGTH:
        return Role.BODY
    found = (role for scheme, role in levels if scheme.match(line))
    return next(found, Role.BODY)


def _closing(lines: Sequence[str], roles: Sequence[Role], head: int) -> list[int]:
    """The ranks of the last appeal and of the thanks."""
    tail = range(max(head, len(lines) - _LAST_LINES), len(lines))
    return [
        rank
        for rank in tail
        if roles[rank] is Role.BODY
        and (_THANKS.fullmatch(lines[rank]) or _LAST_APPEAL.match(lines[rank]))
    ]
