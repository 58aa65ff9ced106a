"""What refresh is to do with each place of a draft: verdicts, and figures that follow.

A figure with a formula follows from others. Where a person keeps one of those by hand,
what the data give for it would not fit the speech any more: it is calculated anew from
the figures as the speech says them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.base import Base
from assembler.check import Checked, Checker
from assembler.fields import Field, printed_texts
from assembler.figures import Day, Figure
from assembler.findings import Finding, Severity
from assembler.formulas import names, parse_formula
from assembler.places import Located, Place, Trace
from assembler.reading import read
from assembler.threeway import Sides, Take, Verdict, decide
from assembler.wording import unword

_HELD = frozenset({Verdict.KEPT, Verdict.AGREED, Verdict.CONFLICT, Verdict.DECIDED})


_DISAGREEING = frozenset(
    {"formula-mismatch", "relation-broken", "relation-doubtful", "division-by-zero"}
)


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one place.

    Attributes:
        place: the place.
        verdict: what the three-way rule says.
        text: the text that the data give for it, or that was calculated anew.
        calculated: whether it was calculated anew.
        blocked: whether it could not be written where it belongs.
    """

    place: Place
    verdict: Verdict
    text: str
    calculated: bool = False
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a draft.

    Attributes:
        checked: the new row.
        texts: field name → the text that the data give for it.
        steps: what becomes of each place, in reading order.
        findings: figures that do not fit those a person keeps by hand.
    """

    checked: Checked
    texts: Mapping[str, str]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """By what places are judged.

    Attributes:
        base: what the draft remembers of its template.
        checker: for these fields and the data file.
        units: column name → the unit in its head.
        take: whose figure stands where both sides changed it.
        guessed: whether nobody knows any more which fields a row must have.
    """

    base: Base
    checker: Checker
    units: Mapping[str, str | None]
    take: Take | None
    guessed: bool = False


def make_plan(terms: Terms, checked: Checked, located: Located) -> Plan:
    """Decide what becomes of each place.

    Args:
        terms: by what places are judged.
        checked: the new row, without errors.
        located: where the fields stand now.
    """
    texts = printed_texts(terms.base.fields, checked.values)
    steps = tuple(_step(terms, one, texts[one.field]) for one in located.places)
    held = _held(steps)
    if not held:
        return Plan(checked, texts, steps, ())
    speech = _Speech(terms, checked)
    fresh = speech.recalculated(steps, held)
    steps = tuple(_restated(terms, one, fresh) for one in steps)
    return Plan(checked, texts, steps, tuple(speech.disagreements(steps)))


def _step(terms: Terms, place: Place, text: str) -> Step:
    field = terms.base.fields[place.field]
    if terms.guessed and not text:
        return Step(place, Verdict.SAME, place.now)
    # Read off the draft alone, words have no end that anybody could tell.
    plain = not (terms.guessed and field.kind.is_text)
    sides = Sides(
        base=place.base,
        draft=place.now,
        data=text,
        touched=place.touched,
        certain=place.certain,
        bounded=place.certain or place.trace is Trace.WORDS,
        plain=plain,
    )
    verdict = decide(sides, terms.take, lambda one, other: says_same(field, one, other))
    return Step(place, verdict, text)


def says_same(field: Field, one: str, other: str) -> bool:
    """Whether two texts of a field say the same: 一半 and 五成, 1,200 and 1200."""
    if one == other:
        return True
    first, second = _essence(field, one), _essence(field, other)
    return first is not None and first == second


def _essence(field: Field, text: str) -> object:
    """What a text says, however it is written; None where that cannot be told."""
    value = read(text, field.kind, field.unit or None, field=field.name).value
    if isinstance(value, Figure):
        return value.value, value.share, value.unit
    if isinstance(value, Day):
        return value.year, value.month, value.day
    return value


def _held(steps: Sequence[Step]) -> dict[str, str]:
    """Field name → the text that a person keeps, where no place says what data say."""
    told = {step.place.field for step in steps if _shown(step) == step.text}
    return {
        step.place.field: step.place.now
        for step in steps
        if step.verdict in _HELD and step.place.field not in told
    }


def _restated(terms: Terms, step: Step, fresh: Mapping[str, str]) -> Step:
    text = fresh.get(step.place.field)
    if text is None or step.verdict is not Verdict.UPDATED:
        return step
    again = _step(terms, step.place, text)
    return replace(again, calculated=text != step.text)


class _Speech:
    """The row as the speech says it, with the figures that people keep by hand.

    Args:
        terms: by what places are judged.
        checked: the new row.
    """

    def __init__(self, terms: Terms, checked: Checked) -> None:
        self._terms = terms
        self._checked = checked
        self._parts = dict(_parts(terms.base))

    def recalculated(
        self, steps: Iterable[Step], held: Mapping[str, str]
    ) -> dict[str, str]:
        """Field name → text, for figures to be renewed that follow from held ones."""
        following = self._following(set(held))
        updated = {one.place.field for one in steps if one.verdict is Verdict.UPDATED}
        renewed = (updated & following) - held.keys()
        cells = self._cells(held)
        if cells is None or not renewed:
            return {}
        blank = dict.fromkeys(following - held.keys(), "")
        again = self._check(cells | blank)
        texts = printed_texts(self._terms.base.fields, again.values)
        return {name: texts[name] for name in renewed if texts[name]}

    def disagreements(self, steps: Sequence[Step]) -> Iterator[Finding]:
        """What does not fit together in the speech as it will stand."""
        fields = self._terms.base.fields
        figures = [
            one
            for one in steps
            if fields[one.place.field].kind.is_number and _shown(one)
        ]
        cells = self._cells({one.place.field: _shown(one) for one in figures})
        if cells is None:
            yield from self._unreadable(figures)
            return
        row = self._checked.row
        known = {finding.message for finding in self._checked.findings}
        for finding in self._check(cells).findings:
            if finding.code in _DISAGREEING and finding.message not in known:
                message = finding.message.removeprefix(row.heading)
                yield replace(
                    finding,
                    code="speech-disagrees",
                    severity=Severity.WARNING,
                    message=f"稿子里现在的数合不上：{message}",
                    row=None,
                )

    def _unreadable(self, steps: Iterable[Step]) -> Iterator[Finding]:
        for step in steps:
            name, text = step.place.field, _shown(step)
            following = self._following({name})
            if following and self._cells({name: text}) is None:
                yield Finding(
                    code="speech-unreadable",
                    severity=Severity.WARNING,
                    message=(
                        f"{step.place.position}的{name}改成了“{text}”，认不出是多少，"
                        f"由它算出来的{'、'.join(sorted(following))}没法核对。"
                    ),
                    field=name,
                    hint="请自己算一下，或者把它写成数字再运行。",
                )

    def _following(self, held: set[str]) -> set[str]:
        """The fields whose formulas use one of these, or one that follows from it."""
        found: set[str] = set()
        while True:
            known = held | found
            more = {name for name, used in self._parts.items() if used & known} - found
            if not more:
                return found
            found |= more

    def _cells(self, texts: Mapping[str, str]) -> dict[str, str] | None:
        """Cells that say what the speech says; None where one cannot be told."""
        cells = {}
        for name, text in texts.items():
            field = self._terms.base.fields[name]
            unit = self._terms.units.get(name)
            cell = unword(text, field.kind, field.unit or None, unit)
            if cell is None and text:
                return None
            cells[name] = cell or ""
        return cells

    def _check(self, cells: Mapping[str, str]) -> Checked:
        row = self._checked.row
        values = {**row.values, **cells}
        return self._terms.checker.row(replace(row, values=values))


def _parts(base: Base) -> Iterator[tuple[str, set[str]]]:
    """Each field with a formula, and the fields that the formula uses."""
    for field in [*base.fields.values(), *base.checked.values()]:
        if field.formula:
            # The checker has refused formulas that cannot be understood.
            yield field.name, set(names(parse_formula(field.formula, field.name)))


def _shown(step: Step) -> str:
    return step.text if step.verdict.writes else step.place.now
