"""Rules on the figures of a draft: what merge knew of them, held to what they say now.

Formulas and relations of the template's guide are reckoned again over the text as it
stands, so that a figure corrected by hand without its share is found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.agreement import compare, disagreements, settle_doubts
from assembler.base import Base, parse_base, read_base
from assembler.bundled import resolve_template
from assembler.document import Document, Remark
from assembler.errors import AssemblerError
from assembler.evaluation import Quantity
from assembler.figures import Figure
from assembler.findings import Finding, Severity, has_errors
from assembler.formulas import Formula, names
from assembler.places import Known, Place
from assembler.reading import Reading, read
from assembler.record import Record, read_record
from assembler.rows import Column
from assembler.rulebook import FieldRule, Rulebook, make_rulebook
from assembler.search import find_places
from assembler.stream import marked_paragraphs
from assembler.template import Template

_GAP = "【待补"
_LOST_HINT = "多半是删掉后重新打的。请自己核对与它有关的数。"
_CONFLICT_HINT = "核对哪一个对，把几处改成一样。"
_WORDS_BEHIND = 12


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft with what is known of its fields.

    Attributes:
        places: field name → its places that are beyond doubt, in reading order.
        record: what merge put into it.
        rules: what its template asks of the fields.
    """

    places: Mapping[str, tuple[Place, ...]]
    record: Record
    rules: Rulebook


def fields(document: Document) -> Iterator[Remark]:
    """Fields whose places disagree, whose values are none, whose formulas fail.

    Args:
        document: any; one that merge did not make gives nothing.
    """
    record = read_record(document.package)
    if record is None:
        return
    base = read_base(document.package, record.printed) or _base_of_template(
        record, Path(document.file).parent
    )
    if base is None:
        return
    columns = {n: Column(n, n, None) for n in record.data if n not in record.printed}
    try:
        rules = make_rulebook(base, columns)
    except AssemblerError:
        # A template whose formulas cannot be read asks nothing that could fail.
        return
    draft = _Draft(
        _places(document, Known(base, record.printed, record.places)), record, rules
    )
    yield from _conflicts(draft)
    yield from _disagreements(draft)
    yield from _lost(draft)


def _base_of_template(record: Record, folder: Path) -> Base | None:
    """What the template tells, for drafts in which that was not kept."""
    name = Path(f"{record.template}.docx")
    for path in (folder / name, resolve_template(Path(record.template))):
        if path.is_file():
            try:
                return parse_base(Template.open(path).base, record.printed)
            except AssemblerError:
                continue
    return None


def _places(document: Document, known: Known) -> dict[str, tuple[Place, ...]]:
    paragraphs = [
        paragraph
        for story in document.stories
        for paragraph in marked_paragraphs(story.story, story.root)
    ]
    found: dict[str, list[Place]] = {}
    for place in find_places(paragraphs, known).places:
        if place.certain:
            found.setdefault(place.field, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _conflicts(draft: _Draft) -> Iterator[Remark]:
    """Two places of one field that no longer say the same."""
    for name, places in draft.places.items():
        rule = draft.rules.fields.get(name)
        first, *others = places
        for other in others:
            if rule is not None and not _is_same(first, other, rule):
                yield _conflict(first, other, rule, draft.record)


def _is_same(first: Place, other: Place, rule: FieldRule) -> bool:
    if first.now == other.now:
        return True
    one, two = (_read(place.now, rule, _after(place)).value for place in (first, other))
    if isinstance(one, Figure) and isinstance(two, Figure):
        return (one.value, one.share) == (two.value, two.share)
    return False


def _conflict(first: Place, other: Place, rule: FieldRule, record: Record) -> Remark:
    printed = record.printed.get(rule.name)
    changed = first if other.now == printed else other
    kept = other if changed is first else first
    was = f"，合并时是“{printed}”" if printed in (first.now, other.now) else ""
    remark = Remark(
        code="value-conflict",
        # Words may be put differently in two places; a figure may not.
        severity=Severity.WARNING if rule.kind.is_text else Severity.ERROR,
        message=f"{rule.name}这里是“{changed.now}”，第{kept.paragraph.number}段是“{kept.now}”{was}。",
        hint=_CONFLICT_HINT,
        field=rule.name,
    )
    return _at(remark, changed)


def _at(remark: Remark, place: Place) -> Remark:
    return replace(
        remark,
        part=place.paragraph.story.part,
        paragraph=place.paragraph.number,
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
    text = "" if _GAP in places[0].now else places[0].now
    return _read(text, rule, _after(places[0]))


def _after(place: Place) -> str:
    return place.paragraph.text[place.end : place.end + _WORDS_BEHIND]


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
        f"{part}合并时是 {draft.record.printed[part]}，现在是 {places[0].now}"
        for part in dict.fromkeys(parts)
        if (places := draft.places.get(part))
        and draft.record.printed.get(part, places[0].now) != places[0].now
    ]
    return f"（{'；'.join(changed)}）" if changed else ""
