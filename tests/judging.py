"""Holding what refresh made of an edited draft against what the edits are known to be.

Reckoned without the program: the text that each place may show follows from the edits,
the old row and the new one by the three-way rule alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tests.editing import Char, Desk, Instance

# Findings that tell of a figure which was not put in.
TOLD = {
    "both-changed",
    "place-lost",
    "no-place",
    "cannot-write",
    "draft-not-refreshed",
    "stale-figure",
    "recalculated",
}


class WrongError(AssertionError):
    """Refresh did what the three-way rule forbids, or kept it to itself."""


@dataclass(frozen=True)
class Case:
    """What a draft is refreshed with.

    Attributes:
        new: field name → the text that the new data give.
        formulas: field name → ``A / B`` or ``A - B``.
        take: whose figure stands where both sides changed it: data, draft or neither.
        has_record: whether the draft knows what merge had put in.
    """

    new: Mapping[str, str]
    formulas: Mapping[str, str]
    take: str = ""
    has_record: bool = True


def judge(
    desk: Desk, lines: Sequence[str], told: Iterable[str], case: Case
) -> Counter[str]:
    """What became of each place.

    Args:
        desk: the draft as it was edited.
        lines: the paragraphs after refresh.
        told: the fields that were reported as not put in.
        case: what it was refreshed with.

    Returns:
        How many places were updated, kept, in conflict, … .

    Raises:
        WrongError: a character outside fields changed, an edit was lost, an old figure
            stayed and nobody was told.
    """
    reported = set(told)
    texts = desk.texts()
    if len(texts) != len(lines):
        raise WrongError((len(texts), len(lines)))
    found: Counter[str] = Counter()
    for text, line in zip(texts, lines, strict=True):
        for instance, shown in _decoded(desk, text, line, case):
            is_told = instance.field in reported
            found[_outcome(desk, instance, shown, case, told=is_told)] += 1
    return found


def _decoded(
    desk: Desk, text: Sequence[Char], line: str, case: Case
) -> list[tuple[Instance, str]]:
    """What each place of a paragraph shows, all else being as it was."""
    pattern, instances = "", []
    last: Instance | None = None
    for char in text:
        if char.place is None:
            pattern += re.escape(char.text)
        elif char.place is not last:
            instances.append(char.place)
            allowed = {desk.now(char.place), case.new[char.place.field]}
            allowed |= _recalculated(desk, char.place.field, case)
            if case.take == "data":
                texts = desk.now(char.place), case.new[char.place.field]
                allowed |= _with_data(char.place, *texts)
            others = sorted(map(re.escape, allowed), key=len, reverse=True)
            pattern += f"({'|'.join(others)})"
        last = char.place
    match = re.fullmatch(pattern, line)
    if match is None:
        raise WrongError(("".join(char.text for char in text), line))
    return list(zip(instances, match.groups(), strict=True))


def _outcome(
    desk: Desk, instance: Instance, shown: str, case: Case, *, told: bool
) -> str:
    now, data = desk.now(instance), case.new[instance.field]
    if not instance.edited or not case.has_record:
        return _of_untouched(instance, (now, data, shown), case, told=told)
    if _number(data) in (_number(instance.base), _number(now)):
        _require(_number(shown) == _number(now), "an edit was lost", instance, shown)
        return "kept"
    if case.take == "data" and shown in _with_data(instance, now, data):
        return "taken"
    _require(shown == now, "an edit was lost", instance, shown)
    _require(told or case.take == "draft", "not told of a conflict", instance, shown)
    return "decided" if case.take == "draft" else "conflict"


def _of_untouched(
    instance: Instance, texts: tuple[str, str, str], case: Case, *, told: bool
) -> str:
    now, data, shown = texts
    if shown != now:
        return "updated"
    if _number(data) == _number(now):
        return "same"
    _require(told or case.take == "draft", "stale and not told", instance, shown)
    return "not placed"


def _with_data(instance: Instance, now: str, data: str) -> set[str]:
    """What a place shows once the data's text is in it; words beside a name stay."""
    is_figure = instance.base[:1].isdecimal()
    return {data} if is_figure else {data, now.replace(instance.base, data)}


def _require(holds: bool, rule: str, instance: Instance, shown: str) -> None:  # noqa: FBT001
    if not holds:
        raise WrongError((rule, instance.field, instance.base, shown))


def _number(text: str) -> Decimal | str:
    """A figure by its value: 46.50 and 46.5 are the same."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def _recalculated(desk: Desk, name: str, case: Case) -> set[str]:
    """What a figure may be that follows from others which a person keeps by hand."""
    if name not in case.formulas:
        return set()
    first, sign, second = case.formulas[name].split()
    return {
        text
        for one in _said(desk, first, case)
        for other in _said(desk, second, case)
        for text in _result(one, sign, other)
    }


def _said(desk: Desk, name: str, case: Case) -> set[str]:
    """What the speech may say of a field: the data's figure, or an edited one."""
    places = (one for one in desk.instances() if one.field == name)
    return {desk.now(one) for one in places} | {case.new.get(name, "")}


def _result(first: str, sign: str, second: str) -> set[str]:
    try:
        one, other = Decimal(first), Decimal(second)
    except ArithmeticError:
        return set()
    if sign == "-":
        return {str(one - other)} | {f"{one - other:.{n}f}" for n in range(3)}
    if not other:
        return set()
    share = Fraction(one) / Fraction(other) * 100
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return {str(exact.quantize(Decimal(1).scaleb(-n), ROUND_HALF_UP)) for n in range(4)}
