"""Names of years, months, days and hours: by what happens then."""

import re
from collections.abc import Callable

from assembler.figures import Kind
from assembler.naming_nouns import date_event
from assembler.naming_proposals import Past, Proposal
from assembler.naming_text import Site
from assembler.naming_words import MASK

# Of a speech's first paragraphs one may be the day of the meeting.
_HEAD = 5
_LONGEST_DATE_LINE = 48
_ALONE = ("年月日", "月日", "年月")
_PART = re.compile("[年月日]")
_SIGNED = re.compile(f"^[^，。；：]{{2,30}}{MASK}年{MASK}月{MASK}日$")
_POINTED = re.compile(f"{MASK}(?P<joint>[.\\-—/]){MASK}(?P=joint){MASK}")
_RANGE_FROM_FIGURE = re.compile("[0-9]{1,2}[—\\-至到]$")
_MONTH = re.compile("月(?![报度亮饼嫂]|均)")
_MONTH_LIMIT = re.compile(
    f"月份?(?:{MASK}[日号])?[底末初]?(?:[上中下]旬)?[底末]?(?:之?前|以前)"
)
_UP_TO_MONTH = re.compile(f"(?:至|到|—|-){MASK}月")
_DAY = re.compile("日(?![常益程均子报本落照])|号(?![召线楼文院码称])")
_NUMBER = re.compile("号(?!上午|下午|早|晚|前|之前|以前|[开召至到—])")
_DAY_LIMIT = re.compile("[日号](?:之?前|以前)")
_DAY_BEGINS = re.compile(f"[日号](?:至|到|—|-)(?:{MASK}月)?{MASK}[日号]")
_DAY_ENDS = re.compile(f"{MASK}[日号](?:至|到|—|-)(?:{MASK}月)?$")
_YEAR_SPAN = re.compile("年(?:来|内|间|期|多|余|左右|以上|时间)")
_SPENT = re.compile("(?:工作|任职|从事|历时|[用花干拖过隔停]了?|长达|满|学习|经营)$")
_HOUR = re.compile(f"[时点](?:[整半许，。召开在前到]|{MASK}|$)")
_HOUR_LEAD = re.compile("[日号午晨晚时间：于，]$")
_DAYTIME = re.compile("(?:[日号午晨晚]|时间：?)$")
_NEXT_CLAUSES = re.compile("[^，]*(?:，[^，]*)?")


def name_date(site: Site, _past: Past) -> Proposal | None:
    """Name a blank of a date: a year, a month, a day, an hour."""
    return next((found for rule in _RULES if (found := rule(site))), None)


def _part(event: str, part: str) -> Proposal:
    if part == "年":
        return Proposal(event, "年份", Kind.YEAR, "年")
    if part == "月":
        return Proposal(event, "月份", Kind.MONTH, "月")
    return Proposal(event, "日" if event else "日期", Kind.COUNT, part)


def _whole_date(site: Site) -> Proposal | None:
    """（X年X月X日） as a line of its own: the day of the meeting, or of the paper."""
    part = _PART.match(site.view.after)
    if part is None or len(site.text) > _LONGEST_DATE_LINE:
        return None
    if _SIGNED.match(site.text):
        return _part("成文", part[0])
    if re.sub(f"[（）\u3000{MASK}]", "", site.text) not in _ALONE:
        return None
    return _part("会议" if site.paragraph < _HEAD else "成文", part[0])


def _spelled(site: Site) -> Proposal | None:
    if site.blank.notation == "date" and "年" in site.blank.mask:
        return Proposal("", "日期", Kind.DATE)
    return None


def _pointed(site: Site) -> Proposal | None:
    """20XX.XX.XX: year, month and day by their order."""
    start = max(0, site.at - 4)
    for match in _POINTED.finditer(site.text, start, site.at + 5):
        places = [i for i in range(*match.span()) if site.text[i] == MASK]
        if site.at in places and _is_year(site, places[0]):
            rank = places.index(site.at)
            return Proposal("", *_POINTED_PARTS[rank])
    return None


_POINTED_PARTS: tuple[tuple[str, Kind], ...] = (
    ("年份", Kind.YEAR),
    ("月份", Kind.MONTH),
    ("日期", Kind.COUNT),
)


def _is_year(site: Site, place: int) -> bool:
    """Whether the first mask of a pointed date is a year, as far as it can be seen."""
    return site.at != place or len(site.blank.mask) > 2  # noqa: PLR2004 (20XX, XXXX)


def _quarter(site: Site) -> Proposal | None:
    if site.view.before.endswith("第") and site.view.after.startswith("季度"):
        return Proposal("季度")
    return None


def _month(site: Site) -> Proposal | None:
    after, before = site.view.after, site.view.before
    if _UP_TO_MONTH.match(after):
        return Proposal("起始", "月份", Kind.MONTH, "月")
    if not _MONTH.match(after):
        return None
    if _RANGE_FROM_FIGURE.search(before):
        return Proposal("统计截止", "月份", Kind.MONTH, "月")
    if re.search(f"{MASK}[至到—-]$", before):
        return Proposal("截止", "月份", Kind.MONTH, "月")
    event = _event(site)
    limit = "期限" if event and _MONTH_LIMIT.match(after) else ""
    return _part(event + limit if event else _bare_month(site), "月")


def _bare_month(site: Site) -> str:
    if re.match("月份?，", site.view.after) and not site.view.clause:
        return "统计"
    return "截止" if re.search("(?:到|至|截至|截止)$", site.view.before) else ""


def _event(site: Site) -> str:
    """What happens at the date: the first such verb behind it, no figure between.

    It stands in the date's clause or in the one behind, and no later.
    """
    behind = re.split("[。；！？]", site.view.after)[0]
    dated = re.sub(f"(?<!，){MASK}(?=[年月日号时点分])", "", behind)
    near = _NEXT_CLAUSES.match(re.split(f"，?{MASK}", dated)[0])
    return date_event(near[0]) if near else ""


def _is_number(site: Site) -> bool:
    """Whether 号 is the number of a house or a paper, no day."""
    dated = re.search("[月于在到至]$", site.view.before)
    return not dated and _NUMBER.match(site.view.after) is not None


def _day(site: Site) -> Proposal | None:
    after = site.view.after
    if not _DAY.match(after) or _is_number(site):
        return None
    event, edge = _event(site), ""
    if _DAY_BEGINS.match(after):
        edge = "开始"
    elif _DAY_ENDS.search(site.view.before):
        edge = "结束"
    elif event and _DAY_LIMIT.match(after):
        edge = "期限"
    return _part(event + edge, after[0])


def _year(site: Site) -> Proposal | None:
    after = site.view.after
    masked = site.blank.notation == "year"
    if not after.startswith("年"):
        return _bare_year(after) if masked else None
    if not masked and (_YEAR_SPAN.match(after) or _SPENT.search(site.view.lead)):
        return None
    event = _event(site) if re.match(f"年(?:{MASK}月)", after) else ""
    if re.search("(?:到|至)$", site.view.clause):
        event = event or "目标"
    return _part(event, "年")


def _bare_year(after: str) -> Proposal:
    """A masked year without 年: 〔20XX〕, 20XX级."""
    return Proposal("发文" if after.startswith("〕") else "", "年份", Kind.YEAR)


def _clock(site: Site) -> Proposal | None:
    after, before = site.view.after, site.view.before
    if _HOUR.match(after) and _HOUR_LEAD.search(before):
        return Proposal(_event(site) or "时间", "时")
    if after.startswith("分") and re.search(f"{MASK}[时点]$", before):
        return Proposal(_event(site) or "时间", "分")
    if re.match(f"：{MASK}", after) and _DAYTIME.search(before):
        return Proposal("时间", "时")
    if re.search(f"(?:[日号午晨晚]|时间：?){MASK}：$", before):
        return Proposal("时间", "分")
    return None


_RULES: tuple[Callable[[Site], Proposal | None], ...] = (
    _whole_date,
    _spelled,
    _pointed,
    _quarter,
    _month,
    _day,
    _year,
    _clock,
)
