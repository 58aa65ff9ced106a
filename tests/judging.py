"""Holding what refresh made of an edited draft against what the edits are known to be.

Reckoned without the program: the text that each place may show follows from the edits,
the old row and the new one by the three-way rule alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby

from assembler.findings import Finding
from tests.documents import lines
from tests.editing import Char, Desk, Instance

# Findings that tell of a figure which was not put in.
_TELLING = {
    "both-changed",
    "place-lost",
    "no-place",
    "cannot-write",
    "stale-figure",
    "recalculated",
}


_VALUE = re.compile("〖(.*?)〗")


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
        tracked: whether new figures are revisions.
        has_base: whether the draft, or a template at hand, knows the words around.
        formats: whether formats are judged too.
        has_marks: whether its bookmarks were left in the draft.
    """

    new: Mapping[str, str]
    formulas: Mapping[str, str]
    take: str = ""
    has_record: bool = True
    tracked: bool = False
    has_base: bool = True
    formats: bool = True
    has_marks: bool = True


@dataclass(frozen=True)
class Judged:
    """What became of one place.

    Attributes:
        instance: the place.
        shown: what it shows after refresh.
        outcome: updated, kept, conflict, ….
        data: what the new data give for it.
        line: the paragraph it stands in, from 0.
        start: offset of its first character there.
    """

    instance: Instance
    shown: str
    outcome: str
    data: str
    line: int
    start: int


class _Sheet:
    """A draft as it was edited: what `Desk` tells of it, told once.

    Args:
        desk: the draft.
        has_marks: whether its bookmarks were left in it.
    """

    def __init__(self, desk: Desk, *, has_marks: bool) -> None:
        self.texts = desk.texts()
        self.marked = desk.marked() if has_marks else set()
        self.first = desk.first
        self._said: dict[Instance, str] = {}
        for text in self.texts:
            for char in text:
                if char.place is not None:
                    said = self._said.get(char.place, "")
                    self._said[char.place] = said + char.text

    def instances(self) -> list[Instance]:
        """The places that are there."""
        return list(self._said)

    def now(self, instance: Instance) -> str:
        """What a place says."""
        return self._said.get(instance, "")


class Told:
    """What refresh reported as not put in.

    Args:
        findings: all that it had to say.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        telling = [one for one in findings if one.code in _TELLING]
        self._places = {(one.field, one.paragraph) for one in telling}
        # Two fields may have had the same old value.
        self._stale = {
            (_VALUE.findall(one.excerpt or "")[-1], one.paragraph)
            for one in telling
            if one.code == "stale-figure"
        }

    def anywhere(self, field: str) -> bool:
        """Whether anything was told of a field."""
        return any(field == one for one, _ in self._places)

    def here(self, field: str, shown: str, line: int) -> bool:
        """Whether anything was told of a field that may be about this place."""
        is_told = {(field, None), (field, line + 1)} & self._places
        return bool(is_told) or (shown, line + 1) in self._stale


def judge(desk: Desk, content: bytes, told: Told, case: Case) -> list[Judged]:
    """What became of each place.

    Args:
        desk: the draft as it was edited.
        content: the draft after refresh.
        told: what was reported as not put in.
        case: what it was refreshed with.

    Raises:
        WrongError: a character outside fields or its format changed, an edit was lost,
            an old figure stayed and nobody was told.
    """
    sheet, shown = _Sheet(desk, has_marks=case.has_marks), lines(content)
    texts = sheet.texts
    if len(texts) != len(shown):
        raise WrongError((len(texts), len(shown)))
    judged = [
        one
        for number, (text, line) in enumerate(zip(texts, shown, strict=True))
        for one in _of_line(sheet, number, text, line, told, case)
    ]
    if case.has_base:
        _judge_missing(sheet, told, case)
    if case.formats:
        _judge_formats(sheet, Desk(content, desk.random), judged, case)
    return judged


def counted(judged: Iterable[Judged]) -> Counter[str]:
    """How many places were updated, kept, in conflict, … ."""
    return Counter(one.outcome for one in judged)


def _of_line(
    sheet: _Sheet, number: int, text: Sequence[Char], line: str, told: Told, case: Case
) -> Iterator[Judged]:
    for instance, shown, start in _decoded(sheet, text, line, case):
        is_told = told.here(instance.field, shown, number)
        if not shown or (instance.edited and instance.source is not None):
            # Nothing is to be seen of it there, or it copies what a person wrote.
            is_told = told.anywhere(instance.field)
        is_told = is_told or (shown == "" and _has_twin(sheet, instance))
        is_told = is_told or not _is_knowable(sheet, instance, case)
        outcome = _outcome(sheet, instance, shown, case, told=is_told)
        data = case.new[instance.field]
        yield Judged(instance, shown, outcome, data, number, start)


def _decoded(
    sheet: _Sheet, text: Sequence[Char], line: str, case: Case
) -> list[tuple[Instance, str, int]]:
    """What each place of a paragraph shows and where, all else being as it was."""
    pattern, instances = "", []
    last: Instance | None = None
    for char in text:
        if char.place is None:
            pattern += re.escape(char.text)
        elif char.place is not last:
            instances.append(char.place)
            allowed = _allowed(sheet, char.place, case)
            others = sorted(map(re.escape, allowed), key=len, reverse=True)
            pattern += f"({'|'.join(others)})"
        last = char.place
    match = re.fullmatch(pattern, line, re.DOTALL)
    if match is None:
        raise WrongError(("".join(char.text for char in text), line))
    starts = map(match.start, range(1, len(instances) + 1))
    return list(zip(instances, match.groups(), starts, strict=True))


def _allowed(sheet: _Sheet, place: Instance, case: Case) -> set[str]:
    """What a place may show at all."""
    now, new = sheet.now(place), case.new[place.field]
    if place.broken or (place.rest is not None and sheet.now(place.rest)):
        return {now}
    allowed = {now, new} | _recalculated(sheet, place.field, case)
    return allowed | (_with_data(place, now, new) if case.take == "data" else set())


def _outcome(
    sheet: _Sheet, instance: Instance, shown: str, case: Case, *, told: bool
) -> str:
    now, data = sheet.now(instance), case.new[instance.field]
    if not instance.edited or instance.loose or not case.has_record:
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
    if instance.edited and _number(data) == _number(instance.base):
        return "kept"
    _require(told or case.take == "draft", "stale and not told", instance, shown)
    return "not placed"


def _with_data(instance: Instance, now: str, data: str) -> set[str]:
    """What a place shows once the data's text is in it; words beside a name stay."""
    is_figure = instance.base[:1].isdecimal()
    if is_figure or instance.base not in now:
        return {data}
    return {data, now.replace(instance.base, data)}


def _is_knowable(sheet: _Sheet, instance: Instance, case: Case) -> bool:
    """Whether anything is left by which a program could know of a place."""
    if instance.loose or (instance.edited and instance.source is not None):
        # A copy that a person wrote over is prose, unless its bookmark came along.
        return not instance.broken and instance in sheet.marked
    if case.has_record or instance in sheet.marked:
        return True
    return case.has_base and instance.source is None and not instance.edited


def _has_twin(sheet: _Sheet, instance: Instance) -> bool:
    """Whether a figure that was deleted is a copy, or a copy of it still stands."""
    if instance.source is not None:
        return True
    others = (one for one in sheet.instances() if one.root is instance.root)
    return any(sheet.now(one) for one in others)


def _judge_missing(sheet: _Sheet, told: Told, case: Case) -> None:
    """Each place that stands nowhere any more was reported."""
    there = {place.root for place in sheet.instances()}
    for place in sheet.first:
        if place.root not in there and case.new[place.field] != place.base:
            _require(told.anywhere(place.field), "not told that it is gone", place, "")


def _judge_formats(
    sheet: _Sheet, after: Desk, judged: Iterable[Judged], case: Case
) -> None:
    """Formats and revisions are as they were; a new figure has those of the old."""
    shown = {one.instance: one.shown for one in judged}
    for before, now in zip(sheet.texts, after.texts(), strict=True):
        expected = list(_expected(sheet, before, shown, case))
        found = [(char.text, char.style, char.revision) for char in now]
        if not all(map(_fits, found, expected)):
            raise WrongError(("a format changed", expected, found))


def _fits(
    found: tuple[str, bytes, str], expected: tuple[str, bytes | None, str]
) -> bool:
    text, style, revision = expected
    return found == (text, found[1] if style is None else style, revision)


def _expected(
    sheet: _Sheet, text: Sequence[Char], shown: Mapping[Instance, str], case: Case
) -> Iterator[tuple[str, bytes | None, str]]:
    """The characters of a paragraph as they should be after refresh.

    What comes where a figure was deleted has a format of its neighbours'.
    """
    for place, group in groupby(text, key=lambda char: char.place):
        chars = list(group)
        styles: list[bytes | None] = [char.style for char in chars]
        if place is not None and shown[place] != sheet.now(place):
            revision = "ins" if case.tracked else chars[0].revision
            styles = [chars[0].style if chars[0].text else None] * len(shown[place])
            first = replace(chars[0], revision=revision)
            chars = [replace(first, text=c) for c in shown[place]]
        for char, style in zip(chars, styles, strict=True):
            if char.text:
                yield char.text, style, char.revision


def _require(holds: bool, rule: str, instance: Instance, shown: str) -> None:  # noqa: FBT001
    if not holds:
        raise WrongError((rule, instance.field, instance.base, shown))


def _number(text: str) -> Decimal | str:
    """A figure by its value: 46.50 and 46.5 are the same."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def _recalculated(sheet: _Sheet, name: str, case: Case) -> set[str]:
    """What a figure may be that follows from others which a person keeps by hand."""
    if name not in case.formulas:
        return set()
    first, sign, second = case.formulas[name].split()
    return {
        text
        for one in _said(sheet, first, case)
        for other in _said(sheet, second, case)
        for text in _result(one, sign, other)
    }


def _said(sheet: _Sheet, name: str, case: Case) -> set[str]:
    """What the speech may say of a field: the data's figure, or an edited one."""
    places = (one for one in sheet.instances() if one.field == name)
    return {sheet.now(one) for one in places} | {case.new.get(name, "")}


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
