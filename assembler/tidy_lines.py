"""Repairs of whole lines: site lines and buttons, hard line ends, blanks from PDF."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assembler.tidy_text import HANZI, Edit, Page, is_hanzi, lines_of

_CERTAIN_SITE = re.compile(
    r"回复[^，。\n]{0,10}(?:领取|获取|查看|下载)|加(?:我|小编)?微信|微信号|网址|开通(?:VIP|会员)"
    r"|VIP|本文(?:来自|来源|由)|点击(?:下载|阅读|查看|展开|这里|收藏)|(?:阅读|展开|复制|下载|领取)全文"
    r"|付费(?:阅读|下载|文档)|免费下载|未经(?:授权|许可)|转载请注明|https?://|www\."
    r"|\.(?:com|cn|net)(?![A-Za-z])|扫码(?:领取|进群)|更多(?:范文|精彩)|范文(?:网|大全)"
    r"|收藏本[站文]|公众号[“：:]|原创不易|进群|加群"
)
_LIKELY_SITE = re.compile(
    r"关注|扫码|扫一扫|下载|公众号|小程序|领取|收藏|分享|转发|点赞|在看|客服|文库|会员|网站|本站|小编|二维码|&[a-z]{2,6};"
)
_BUTTON_WORDS = (
    r"收藏|分享|打印|关闭|复制|复制全文|下载|返回|返回顶部|回到顶部|更多|展开全文|阅读全文|点赞|评论"
    r"|举报|纠错|字号|大|中|小|首页|上一页|下一页|上一篇|下一篇|相关推荐|猜你喜欢|目录|加入收藏|登录|注册"
)
_BUTTONS = re.compile(
    rf"[\s\[【|/·>]*(?:{_BUTTON_WORDS})(?:[\s\]】|/·>\[【：:]+(?:{_BUTTON_WORDS}))+[\s\]】|/·>]*"
    r"|(?:收藏|分享|打印|返回顶部|回到顶部|展开全文|阅读全文|点击下载|加入收藏|相关推荐|猜你喜欢)"
    r"|\[标签[:：][^\]\n]{0,20}\]"
)
_SITE_LABEL = re.compile(
    r"\s*(?:[上下]一篇|相关(?:阅读|文章|推荐|链接)|责任编辑|浏览(?:次数|量)?|阅读(?:次数|量)"
    r"|点击(?:数|量|次数)|本文(?:来源|链接|标题)|文章来源|版权声明|免责声明|发布者|上传者)[:：]"
)
_CLOSE_SIGN = re.compile(r"\s*[×✕✖╳⨯]\s*")
_SITE_LENGTH, _SENTENCE_LENGTH = 80, 40

_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、．.，,]|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|[0-9]{1,2}(?:[、）)]|[.．](?![0-9]))|[（(][0-9]{1,2}[）)]|[①-⑳]"
    r"|第[一二三四五六七八九十]{1,3}(?:[，、,]|[章节条部编篇]|部分|方面)"
    r"|[一二三四五六七八九十](?:是|要)|首先|其次|再次|最后[，,]|同志们|各位|同学们|尊敬的"
    r"|篇[一二三四五六七八九十0-9]|范文|讲话稿|谢谢|附[:：]|附件|[#*\-•·●○]\s)"
)
_LABEL = re.compile(r"\s*[^，。；：:\s]{1,8}[：:]")
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十0-9]{1,3}[）)]"
    r"|[0-9]{1,2}[、．.]|第[一二三四五六七八九十]{1,3}[章节部编])"
)
_SENTENCE = re.compile("[。！？]")
_ENDS = "。：；！？….!?;:"
_MAY_END = "”’）】〕》」)"
_GOES_ON = tuple("，、,（(“《‘")
_COMES_AFTER = tuple("，。、；：！？）”》’%％℃,;)")
_OPENERS, _CLOSERS = "（(《“【〔[", "）)》”】〕]"
_FIGURE_REST = re.compile(
    r"\.[0-9]|[亿万]?元|[亿万][吨亩人]|个百分点|年[0-9]|月[0-9]|日"
)
_LONG_HEADING = 30
_OPEN_LINE = 15
# Display columns: a hanzi takes two.
_WRAP_LEAST, _WRAP_SLACK, _COLUMNS = 36, 6, 2
_WRAPPED_LINES, _WRAPPED_SHARE, _NEAR_SHARE = 3, 0.3, 0.6
_INDENT = re.compile(r"[ \t]{4,}|[\u3000\t]{2,}|[ \u3000]*\u3000\u3000")

_SPACE = re.compile(
    r"(?<=[\u4e00-\u9fff，。；：、！？）”》])[ \xa0\u2002-\u200a]{1,2}"
    r"(?=[\u4e00-\u9fff，。；：、！？（“《])"
)
_BARE_UNIT = re.compile(
    r"(?:[亿万]?元|[亿万](?:元|吨|亩|人|户|千瓦时)|个百分点|万?平方|公里|人次|月|日|年|季度)"
    r"|[个家户件项名亩吨台](?=[，。；、])|个(?![别人体性])"
)
_PROSE_LENGTH = 8
_SURNAME_GAP = re.compile(
    rf"(?<!{HANZI}){HANZI}[ \xa0]{{1,2}}{HANZI}(?=同志|(?!{HANZI}))"
)


def site_lines(page: Page) -> Iterator[Edit]:
    """Yield lines that belong to the site and not to the speech, and its buttons."""
    lines = list(lines_of(page.text))
    last = max((at for at, line in enumerate(lines) if _words(page, line)), default=-1)
    for at, (start, end) in enumerate(lines):
        line = page.text[start:end]
        why = _site_reason(line, is_last=at == last)
        if why:
            yield Edit(*_with_line_end(page.text, start, end), "", why)


def is_site_line(line: str) -> bool:
    """Whether a line holds one sure word of a site and one more, or is a label of it.

    Speeches about apps and networks use single words of these; two in one short
    line, one of them sure, they do not.
    """
    sentence = len(line) > _SENTENCE_LENGTH and line.rstrip()[-1:] in "。！？"
    if len(line) > _SITE_LENGTH or sentence:
        return False
    if _SITE_LABEL.match(line):
        return True
    sure = {match.span() for match in _CERTAIN_SITE.finditer(line)}
    likely = {
        match.span()
        for match in _LIKELY_SITE.finditer(line)
        if not any(a <= match.start() < b for a, b in sure)
    }
    return bool(sure) and len(sure) + len(likely) > 1


def site_words(line: str) -> int:
    """How many words of a site a line holds."""
    spans = [*_CERTAIN_SITE.finditer(line), *_LIKELY_SITE.finditer(line)]
    return len({match.start() for match in spans})


def line_ends(page: Page) -> Iterator[Edit]:
    """Yield the line ends inside sentences, with the spaces around them."""
    lines = list(lines_of(page.text))
    width = _wrap_width([page.text[start:end] for start, end in lines])
    for (start, end), (following, stop) in pairwise(lines):
        line, after = page.text[start:end], page.text[following:stop]
        if _continues(line, after, width):
            first = start + len(line.rstrip())
            behind = following + len(after) - len(after.lstrip())
            latin = _is_latin(line.rstrip()[-1]) and _is_latin(after.lstrip()[0])
            yield Edit(first, behind, " " if latin else "", "句子中间的硬换行")


def spaces(page: Page) -> Iterator[Edit]:
    """Yield the spaces between hanzi that a PDF's text brings with it."""
    for start, end in lines_of(page.text):
        line = page.text[start:end]
        if len(line) < _PROSE_LENGTH or not re.search("[，。；！？]", line):
            continue
        names = [match.span() for match in _SURNAME_GAP.finditer(line)]
        for match in _SPACE.finditer(line):
            stands = _BARE_UNIT.match(line, match.end()) and is_hanzi(
                line[match.start() - 1]
            )
            named = any(a < match.start() < b for a, b in names)
            first, last = start + match.start(), start + match.end()
            if not stands and not named and page.free(first, last):
                yield Edit(first, last, "", "汉字之间多余的空格")


def _words(page: Page, line: tuple[int, int]) -> bool:
    return bool(page.text[slice(*line)].strip())


def _site_reason(line: str, *, is_last: bool) -> str | None:
    if not line.strip():
        return None
    if is_site_line(line):
        return "网站的推广或标注行"
    if _BUTTONS.fullmatch(line.strip()):
        return "网页按钮"
    if is_last and _CLOSE_SIGN.fullmatch(line):
        return "网页关闭按钮"
    return None


def _with_line_end(text: str, start: int, end: int) -> tuple[int, int]:
    """The line with its own line end, or with the one before if it is the last."""
    behind = re.compile(r"\r\n|\r|\n").match(text, end)
    if behind:
        return start, behind.end()
    before = re.search(r"(?:\r\n|\r|\n)$", text[max(0, start - 2) : start])
    return start - (len(before[0]) if before else 0), end


def _width(line: str) -> int:
    """The columns a line takes on a screen, its trailing spaces left out."""
    text = line.rstrip()
    return len(text) + sum(char > "\u2e7f" for char in text) * (_COLUMNS - 1)


def _wrap_width(lines: list[str]) -> int | None:
    """The columns at which the text was broken by hand, ``None`` if it was not.

    It was when many lines stop short of a sentence's end and most of those are about
    as wide as the widest line.
    """
    long = [line for line in lines if len(line.strip()) >= _OPEN_LINE]
    opened = [line for line in long if line.rstrip()[-1] not in _ENDS + _MAY_END]
    if len(opened) < max(_WRAPPED_LINES, _WRAPPED_SHARE * len(long)):
        return None
    widest = max(map(_width, long))
    near = sum(_width(line) >= widest - _WRAP_SLACK for line in opened)
    enough = widest >= _WRAP_LEAST and near >= _NEAR_SHARE * len(opened)
    return widest if enough else None


def _continues(line: str, after: str, width: int | None) -> bool:
    """Whether the sentence of one line goes on in the next."""
    head, tail = line.rstrip(), after.lstrip()
    if not head or not tail or head[-1] in _ENDS or _starts_anew(after):
        return False
    if "\t" in line.strip() or "\t" in after.strip():
        return False
    if head.endswith(_GOES_ON) or tail.startswith(_COMES_AFTER):
        return True
    if _cuts_figure(head, tail) or _opens_for(head, tail):
        return True
    if width is not None and _width(line) >= width - _WRAP_SLACK:
        return True
    return head[-1] not in _MAY_END and _runs_on(head) and _ends_it(tail)


def _starts_anew(after: str) -> bool:
    return any(pattern.match(after) for pattern in (_HEADING, _INDENT, _LABEL))


def _runs_on(head: str) -> bool:
    """Whether a line reads as part of a sentence, not as a title, heading or label."""
    if len(head) < _OPEN_LINE or not re.search("[，。；,;]", head):
        return False
    if _SENTENCE.search(head):
        return True
    heading = _NUMBERED.match(head) and len(head) <= _LONG_HEADING
    return not heading and not _LABEL.match(head)


def _ends_it(tail: str) -> bool:
    """Whether the next line reads as the rest of a sentence."""
    apart = tail.startswith(("——", "（", "("))
    return not apart and re.search("[。！？，；：,;]", tail) is not None


def _cuts_figure(head: str, tail: str) -> bool:
    """Whether the line ends between a figure and its decimals or its unit."""
    return head[-1].isdigit() and _FIGURE_REST.match(tail) is not None


def _opens_for(head: str, tail: str) -> bool:
    """Whether a bracket that the line leaves open is closed in the next."""
    opened = sum(head.count(sign) for sign in _OPENERS)
    left_open = opened > sum(head.count(sign) for sign in _CLOSERS)
    return left_open and any(closer in tail for closer in _CLOSERS)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
