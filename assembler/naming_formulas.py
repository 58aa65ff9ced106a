"""Formulas that a text itself states: 开工率, 占比, 差距, 剩余, 合计.

Only what is evident: the parts are named before the result, in the same period and with
the same unit, or the words say which field the whole is. A formula's parts stand before
its field in the text, so that no two can need one another.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assembler.blank_spots import Blank
from assembler.figures import Kind
from assembler.names import LONGEST_NAME
from assembler.naming_nouns import clean, is_deed, phrase, time_words
from assembler.naming_proposals import Named
from assembler.naming_text import Site, sites_of
from assembler.naming_words import MASK

_PART_OF = re.compile("占(?P<whole>[^，；。]*?)的?(?:比重|比例|比率)?(?:约|达到?|为)?$")
_TOTAL = re.compile("总[数量额]$|^(?:全部|全体|所有)")
_AMONG = re.compile("[^，。；]{0,12}?(?:当中|之中|中|里)(?:[，、有已：]|$)")
_OF_WHICH = re.compile("[^。；]{0,12}[，：]其中")
_RESULT = re.compile(f"[^。；{MASK}]{{1,20}}(?:结果|情况)(?:是|如下)?[，：]")
_RATE = re.compile("(?P<deed>[一-龥]{2})率$")
_PLANNED = re.compile("计划|目标|任务|应")
_DONE = re.compile("实际|完成|已|实")
_LEFT = re.compile("(?:尚缺|还缺|尚差|还差|剩余|剩下|尚余|还剩|尚未|未)")
_ALL = re.compile("(?:合计|共计|总计|加起来|总共)(?:有|为|达|是)?$")
_GAP = re.compile("差距|缺口|差额")
_SINCE = re.compile("(?:与|和|同|离|距离?|较|比|占)(?P<to>[^，。；]{2,12})")


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure, its words, and the figures of its period before it."""

    named: Named
    site: Site
    earlier: tuple["_Place", ...]

    @property
    def name(self) -> str:
        return self.named.name

    def alike(self, unit: str | None) -> list["_Place"]:
        """The earlier figures with a unit, each field once, the nearest last."""
        found = {p.name: p for p in self.earlier if p.named.unit == unit}
        found.pop(self.name, None)
        return list(found.values())


# Unit → the fields named so far with it.
_Known: TypeAlias = Mapping[str | None, list[str]]
_Parts: TypeAlias = tuple[str, ...]


def formulas_from_text(
    paragraphs: Sequence[str], named: Sequence[Named]
) -> Mapping[str, str]:
    """The formulas that the words of a text leave no doubt of.

    Args:
        paragraphs: the text.
        named: its blanks as `name_blanks` returned them.

    Returns:
        Field name → right-hand side, 已开工数 / 子项目数, as the guide has it.
    """
    first: dict[str, int] = {}
    for place, blank in enumerate(named):
        first.setdefault(blank.name, place)
    formulas: dict[str, str] = {}
    known: dict[str | None, list[str]] = defaultdict(list)
    for figure in _figures(paragraphs, named):
        parts = _parts(figure, known) if figure.name not in formulas else None
        if parts and all(first[part] < first[figure.name] for part in parts[1:]):
            formulas[figure.name] = f" {parts[0]} ".join(parts[1:])
        known[figure.named.unit].append(figure.name)
    return formulas


def _parts(figure: _Place, known: _Known) -> _Parts | None:
    """The operator and the fields it joins."""
    return next((found for rule in _RULES if (found := rule(figure, known))), None)


def _figures(paragraphs: Sequence[str], named: Sequence[Named]) -> list[_Place]:
    blanks: dict[int, list[Blank]] = defaultdict(list)
    for one in named:
        blanks[one.paragraph].append(Blank(one.start, one.end, one.mask, "other"))
    sites = sites_of(paragraphs, [blanks[i] for i in range(len(paragraphs))])
    figures: list[_Place] = []
    for one, site in zip(named, sites, strict=True):
        if one.kind.is_number:
            figures.append(_Place(one, site, _in_period(site, figures)))
    return figures


def _in_period(site: Site, figures: Sequence[_Place]) -> tuple[_Place, ...]:
    start = site.at - len(site.view.period)
    count = len(figures)
    while count and _is_since(figures[count - 1].site, site.paragraph, start):
        count -= 1
    return tuple(figures[count:])


def _is_since(site: Site, paragraph: int, start: int) -> bool:
    return site.paragraph == paragraph and site.at >= start


def _share(figure: _Place, known: _Known) -> _Parts | None:
    """占…的X%: the part is the count before, the whole what the words name."""
    if figure.named.kind is not Kind.PERCENT or not figure.earlier:
        return None
    match = _PART_OF.search(figure.site.view.lead)
    if match is None:
        return None
    last = figure.earlier[-1]
    is_part = last.named.unit not in ("%", None) and _is_of(figure, last)
    part = last if is_part else _amount_before(figure)
    whole = _whole(part, match["whole"], known) if part else None
    return ("/", part.name, whole) if part and whole else None


def _is_of(figure: _Place, part: _Place) -> bool:
    """Whether the share is named after the part: 超进度占比, 超进度数."""
    return figure.name[:2] == part.name[:2]


def _amount_before(figure: _Place) -> _Place | None:
    amounts = [p for p in figure.earlier if p.named.kind is Kind.AMOUNT]
    return amounts[-1] if amounts and figure.name.startswith("占") else None


def _whole(part: _Place, words: str, known: _Known) -> str | None:
    """The field that the part is held against: named, or opening the sentence."""
    if words:
        return _named_by(words, known[part.named.unit])
    opening = [p.name for p in part.alike(part.named.unit) if _opens(p)]
    return opening[0] if len(opening) == 1 else None


def _opens(place: _Place) -> bool:
    """Whether what follows is said to be of this figure: X个子项目中, 共X个，其中."""
    tail = place.site.view.tail
    return any(words.match(tail) for words in (_AMONG, _OF_WHICH, _RESULT))


def _named_by(words: str, names: Sequence[str]) -> str | None:
    """The one field that the words mean: 子项目总数, 上年全年."""
    noun = _TOTAL.sub("", phrase(words).words) or words
    exact = [name for name in names if name in (noun, f"{noun}数")]
    times = [clean(time, LONGEST_NAME) for time in time_words(words)]
    timed = [name for name in names if times and name.startswith(times[-1])]
    found = list(dict.fromkeys(exact or timed))
    return found[0] if len(found) == 1 else None


def _rate(figure: _Place, _known: _Known) -> _Parts | None:
    """子项目X个，已开工X个，开工率X%."""
    match = _RATE.search(figure.name)
    if match is None or figure.named.kind is not Kind.PERCENT:
        return None
    if match["deed"] == "完成":
        return _completion(figure)
    done = [p for p in figure.earlier if match["deed"] in p.name and _counts(p)]
    if not done:
        return None
    others = done[-1].alike(done[-1].named.unit)
    if not others or (len(others) > 1 and _is_by_deed(others[-1])):
        return None
    return "/", done[-1].name, others[-1].name


def _is_by_deed(place: _Place) -> bool:
    """Whether a count is named after a verb alone: 竣工数 is one class of several."""
    return is_deed(place.name.removesuffix("数").removeprefix("已"))


def _counts(place: _Place) -> bool:
    return place.named.kind in (Kind.COUNT, Kind.AMOUNT)


def _completion(figure: _Place) -> _Parts | None:
    """计划投资X亿元，实际完成X亿元，完成率X%."""
    if len(figure.earlier) < 2:  # noqa: PLR2004 (a plan and what was done)
        return None
    plan, done = figure.earlier[-2:]
    if plan.named.unit != done.named.unit or not _counts(plan):
        return None
    evident = _PLANNED.search(plan.name) and _DONE.search(done.name)
    return ("/", done.name, plan.name) if evident else None


def _gap(figure: _Place, _known: _Known) -> _Parts | None:
    """上年X亿元；今年X亿元，与上年相比还有X亿元的差距."""
    since = _SINCE.search(figure.site.view.lead)
    if not _GAP.search(figure.name) or since is None or not _counts(figure):
        return None
    names = [p.name for p in figure.alike(figure.named.unit)]
    whole = _named_by(since["to"].split("相比")[0], names)
    others = [name for name in names if name != whole]
    return ("-", whole, others[-1]) if whole and others else None


def _rest(figure: _Place, _known: _Known) -> _Parts | None:
    """计划X亩，已报批X亩，尚缺X亩."""
    lead = phrase(figure.site.view.lead).words or figure.site.view.lead
    if not _counts(figure) or not _LEFT.match(lead):
        return None
    alike = figure.alike(figure.named.unit)
    if len(alike) != 2 or not _DONE.search(alike[1].name):  # noqa: PLR2004 (all, done)
        return None
    return "-", alike[0].name, alike[1].name


def _sum(figure: _Place, _known: _Known) -> _Parts | None:
    """甲X个、乙X个，合计X个."""
    if not _counts(figure) or not _ALL.search(figure.site.view.lead):
        return None
    alike = figure.alike(figure.named.unit)
    return ("+", *(p.name for p in alike)) if len(alike) > 1 else None


_RULES: tuple[Callable[[_Place, _Known], _Parts | None], ...] = (
    _share,
    _rate,
    _gap,
    _rest,
    _sum,
)
