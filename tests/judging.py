"""Holding what refresh made of an edited draft against what the edits are known to be.

Reckoned without the program: the text that each place may show follows from the edits,
the old row and the new one by the three-way rule alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


def judge(
    desk: Desk,
    new: Mapping[str, str],
    lines: Sequence[str],
    told: Iterable[str],
    formulas: Mapping[str, str],
) -> Counter[str]:
    """What became of each place.

    Args:
        desk: the draft as it was edited.
        new: field name → the text that the new data give.
        lines: the paragraphs after refresh.
        told: the fields that were reported as not put in.
        formulas: field name → ``A / B`` or ``A - B``.

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
        for instance, shown in _decoded(desk, text, line, new, formulas):
            found[_outcome(desk, instance, shown, new, reported)] += 1
    return found


def _decoded(
    desk: Desk,
    text: Sequence[Char],
    line: str,
    new: Mapping[str, str],
    formulas: Mapping[str, str],
) -> list[tuple[Instance, str]]:
    """What each place of a paragraph shows, all else being as it was."""
    pattern, instances = "", []
    last: Instance | None = None
    for char in text:
        if char.place is None:
            pattern += re.escape(char.text)
        elif char.place is not last:
            instances.append(char.place)
            allowed = {desk.now(char.place), new[char.place.field]}
            allowed |= _recalculated(desk, char.place.field, new, formulas)
            others = sorted(map(re.escape, allowed), key=len, reverse=True)
            pattern += f"({'|'.join(others)})"
        last = char.place
    match = re.fullmatch(pattern, line)
    if match is None:
        raise WrongError(("".join(char.text for char in text), line))
    return list(zip(instances, match.groups(), strict=True))


def _outcome(
    desk: Desk,
    instance: Instance,
    shown: str,
    new: Mapping[str, str],
    reported: set[str],
) -> str:
    now, data = desk.now(instance), new[instance.field]
    if not instance.edited:
        if shown != now:
            return "updated"
        if data == now:
            return "same"
        if instance.field not in reported:
            raise WrongError(("stale and not told", instance.field, now, data))
        return "not placed"
    if shown not in (now, data) or (shown == data != now):
        raise WrongError(("an edit was lost", instance.field, now, shown))
    if _number(data) in (_number(instance.base), _number(now)):
        return "kept"
    if instance.field not in reported:
        raise WrongError(("a conflict was not told", instance.field, now, data))
    return "conflict"


def _number(text: str) -> Decimal | str:
    """A figure by its value: 46.50 and 46.5 are the same."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def _recalculated(
    desk: Desk, name: str, new: Mapping[str, str], formulas: Mapping[str, str]
) -> set[str]:
    """What a figure may be that follows from others which a person keeps by hand."""
    if name not in formulas:
        return set()
    first, sign, second = formulas[name].split()
    return {
        text
        for one in _said(desk, first, new)
        for other in _said(desk, second, new)
        for text in _result(one, sign, other)
    }


def _said(desk: Desk, name: str, new: Mapping[str, str]) -> set[str]:
    """What the speech may say of a field: the data's figure, or an edited one."""
    edited = {desk.now(i) for i in desk.instances() if i.field == name and i.edited}
    return edited | {new.get(name, "")}


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
