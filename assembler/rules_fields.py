"""Rules on the figures of a draft: what merge knew of them, held to what they say now.

Formulas and relations of the template's guide are reckoned again over the text as it
stands, so that a figure corrected by hand without its share is found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.agreement import compare, disagreements, settle_doubts
from assembler.bundled import resolve_template
from assembler.document import Document, Remark
from assembler.draft_fields import DraftPlace, draft_places
from assembler.errors import AssemblerError
from assembler.evaluation import Quantity
from assembler.figures import Figure
from assembler.findings import Finding, Severity, has_errors
from assembler.formulas import Formula, names
from assembler.reading import Reading, read
from assembler.record import Record, read_record
from assembler.rows import Column
from assembler.rulebook import FieldRule, Rulebook, make_rulebook
from assembler.template import Template

_GAP = "【待补"
_LOST_HINT = "多半是删掉后重新打的。请自己核对与它有关的数。"
_CONFLICT_HINT = "核对哪一个对，把几处改成一样。"

Places = Mapping[str, tuple[DraftPlace, ...]]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft with what is known of its fields."""

    places: Places
    record: Record
    rules: Rulebook


def fields(document: Document) -> Iterator[Remark]:
    """Fields whose places disagree, whose values are none, whose formulas fail.

    Args:
        document: any; one without a record gives nothing.
    """
    record = read_record(document.package)
    if record is None:
        return
    places = draft_places(document)
    rules = rules_of(record, Path(document.file).parent)
    if rules is None:
        return
    draft = _Draft(places, record, rules)
    yield from _conflicts(draft)
    yield from _disagreements(draft)
    yield from _lost(draft)


def rules_of(record: Record, folder: Path) -> Rulebook | None:
    """What the template of a draft asks of its fields; None where it is not found.

    Args:
        record: the draft's.
        folder: where the draft lies; the template may lie beside it.
    """
    name = Path(f"{record.template}.docx")
    columns = {n: Column(n, n, None) for n in record.data if n not in record.printed}
    for path in (folder / name, resolve_template(Path(record.template))):
        if path.is_file():
            try:
                return make_rulebook(Template.open(path), columns)
            except AssemblerError:
                continue
    return None


def _conflicts(draft: _Draft) -> Iterator[Remark]:
    """Two places of one field that no longer say the same."""
    for name, places in draft.places.items():
        rule = draft.rules.fields.get(name)
        first, *others = places
        for other in others:
            if rule is not None and not _is_same(first, other, rule):
                yield _conflict(first, other, rule, draft.record)


def _is_same(first: DraftPlace, other: DraftPlace, rule: FieldRule) -> bool:
    if first.text == other.text:
        return True
    one, two = (_read(place.text, rule, place.after).value for place in (first, other))
    if isinstance(one, Figure) and isinstance(two, Figure):
        return (one.value, one.share) == (two.value, two.share)
    return False


def _conflict(
    first: DraftPlace, other: DraftPlace, rule: FieldRule, record: Record
) -> Remark:
    printed = record.printed.get(rule.name)
    changed = first if other.text == printed else other
    kept = other if changed is first else first
    was = f"，合并时是“{printed}”" if printed in (first.text, other.text) else ""
    remark = Remark(
        code="value-conflict",
        # Words may be put differently in two places; a figure may not.
        severity=Severity.WARNING if rule.kind.is_text else Severity.ERROR,
        message=f"{rule.name}这里是“{changed.text}”，第{kept.paragraph}段是“{kept.text}”{was}。",
        hint=_CONFLICT_HINT,
        field=rule.name,
    )
    return _at(remark, changed)


def _at(remark: Remark, place: DraftPlace) -> Remark:
    return replace(
        remark,
        part=place.part,
        paragraph=place.paragraph,
        start=place.start,
        end=place.end,
    )


def _disagreements(draft: _Draft) -> Iterator[Remark]:
    readings = {name: _now(rule, draft) for name, rule in draft.rules.fields.items()}
    quantities = {
        name: Quantity.of(reading.value, rule.kind, rule.unit)
        for name, rule in draft.rules.fields.items()
        if isinstance((reading := readings[name]).value, Figure)
    }
    formulas, told = draft.rules.formulas, set[Finding]()
    for name, reading in readings.items():
        found = reading.findings
        if name in formulas and name in quantities:
            mismatch = compare(name, formulas[name], quantities)
            if _can_be_compared(formulas[name], quantities):
                found = settle_doubts(found, mismatch)
                told |= {mismatch} if mismatch else set()
        yield from (_remark(one, draft) for one in found if has_errors([one]))
    for one in disagreements(formulas, draft.rules.relations, quantities):
        if one not in told:
            yield _remark(one, draft)


def _lost(draft: _Draft) -> Iterator[Remark]:
    """Fields that formulas need and whose place is no longer known."""
    rules = draft.rules
    used = {n for formula in rules.formulas.values() for n in names(formula)}
    used |= {n for relation, _ in rules.relations for n in names(relation)}
    for name, text in draft.record.printed.items():
        if text and name in used | rules.formulas.keys() and name not in draft.places:
            yield Remark(
                code="lost-field",
                severity=Severity.WARNING,
                message=f"“{name}”（合并时是 {text}）找不到了，有关的数没有核对。",
                hint=_LOST_HINT,
                field=name,
            )


def _can_be_compared(formula: Formula, quantities: Mapping[str, Quantity]) -> bool:
    return set(names(formula)) <= quantities.keys()


def _now(rule: FieldRule, draft: _Draft) -> Reading:
    """What a field says now: in the text, else in the data that merge recorded."""
    places = draft.places.get(rule.name, ())
    if not places:
        return _read(draft.record.data.get(rule.name, ""), rule, rule.after)
    # A gap is told of by the rule on hints that were left behind.
    text = "" if _GAP in places[0].text else places[0].text
    return _read(text, rule, places[0].after)


def _read(text: str, rule: FieldRule, after: str) -> Reading:
    return read(text, rule.kind, rule.unit, field=rule.name, after=after)


def _remark(found: Finding, draft: _Draft) -> Remark:
    name = found.field or ""
    remark = Remark(
        code=found.code,
        severity=found.severity,
        message=found.message.removesuffix("。") + _changes(name, draft) + "。",
        hint=found.hint or "",
        field=name,
    )
    places = draft.places.get(name)
    return _at(remark, places[0]) if places else remark


def _changes(name: str, draft: _Draft) -> str:
    """Which of the figures behind a finding were changed since merge."""
    parts = [name]
    if name in draft.rules.formulas:
        parts += names(draft.rules.formulas[name])
    for relation, _ in draft.rules.relations:
        parts += names(relation) if name in names(relation) else ()
    changed = [
        f"{part}合并时是 {draft.record.printed[part]}，现在是 {places[0].text}"
        for part in dict.fromkeys(parts)
        if (places := draft.places.get(part))
        and draft.record.printed.get(part, places[0].text) != places[0].text
    ]
    return f"（{'；'.join(changed)}）" if changed else ""
