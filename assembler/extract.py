"""extract: the values as they stand in drafts now, back into a data file.

draft ─ open ─ locate ─ read each field ─ undo the wording ─ table ─ CSV or Excel
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.draft import Draft
from assembler.fields import Field
from assembler.figures import Kind, Value
from assembler.findings import Finding, Severity
from assembler.marking import gap_text
from assembler.places import Located, Place
from assembler.reading import read
from assembler.rows import Column, field_name
from assembler.wording import Style, unword, word

_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that says something else than the record.

    Attributes:
        field: the field.
        recorded: the text that was printed.
        now: the text that stands there.
    """

    field: str
    recorded: str
    now: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """The values of a draft.

    Attributes:
        draft: the draft.
        heads: its columns, as the heads of its data file name them.
        cells: column name → cell.
        differences: what differs from the record.
        kept: the fields whose text could not be undone exactly and is kept as it is.
        findings: what a person should know.
    """

    draft: Draft
    heads: tuple[str, ...]
    cells: Mapping[str, str]
    differences: tuple[Difference, ...]
    kept: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def label(self) -> str:
        """What a person calls the draft."""
        return (self.draft.record and self.draft.record.row) or self.draft.path.stem


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a field of a draft holds.

    Attributes:
        text: the text that stands there; None where that cannot be told.
        recorded: the text that was printed; None where that is not known.
        findings: what there is to say of it.
    """

    text: str | None
    recorded: str | None
    findings: tuple[Finding, ...] = ()


def extracted(draft: Draft, columns: Sequence[Column] = ()) -> Extracted:
    """The values of a draft as they stand now.

    Args:
        draft: the draft.
        columns: those of the table they go back to, where that is at hand; others
            follow after them.
    """
    located = draft.locate()
    readings = {
        name: _read_field(draft, field, located)
        for name, field in draft.known.base.fields.items()
    }
    heads = _heads(draft, columns)
    units = dict(map(field_name, heads))
    cells, kept = _own_cells(draft), list[str]()
    for name, reading in readings.items():
        field = draft.known.base.fields[name]
        cell = _cell(draft, field, reading, units.get(name))
        if cell is None:
            kept.append(name)
        cells[name] = (reading.text or "") if cell is None else cell
    differences = tuple(_differences(readings))
    findings = [
        *(one for one in draft.findings() if one.code == "fields-lost"),
        *(_record_lost(draft) if draft.record is None else ()),
        *(finding for reading in readings.values() for finding in reading.findings),
        *(_difference_finding(draft, one) for one in differences),
        *(_kept_finding(draft, readings[name], name) for name in kept),
    ]
    return Extracted(draft, heads, cells, differences, tuple(kept), tuple(findings))


def _read_field(draft: Draft, field: Field, located: Located) -> _Reading:
    places = [place for place in located.places if place.field == field.name]
    record = draft.record
    recorded = record.printed.get(field.name) if record else None
    doubtful = [place for place in places if place.touched and not place.certain]
    texts = {place.now for place in places if place.certain}
    changed = {text for text in texts if text != recorded}
    if doubtful or len(changed) > 1:
        return _Reading(recorded, recorded, (_doubt(draft, field, places),))
    if not texts:
        lost = recorded != "" and field.places[0].notation != "tag"
        return _Reading(recorded, recorded, (_gone(draft, field),) if lost else ())
    text = next(iter(changed or texts))
    if len(texts) > 1:
        return _Reading(text, recorded, (_differing(draft, field, places),))
    return _Reading(text, recorded)


def _own_cells(draft: Draft) -> dict[str, str]:
    """What the record knows of the row beside the fields of the speech."""
    record = draft.record
    if record is None:
        return {}
    printed = draft.known.base.fields
    unprinted = {n: text for n, text in record.data.items() if n not in printed}
    return {**record.origin.own, **unprinted}


def _heads(draft: Draft, columns: Sequence[Column]) -> tuple[str, ...]:
    """The heads of the columns, in the order of the data file where that is known."""
    own, fields = _own_cells(draft), draft.known.base.fields
    wanted = [_head(one) for one in columns if one.name in {*own, *fields}]
    recorded = draft.record.origin.heads if draft.record else ()
    heads: dict[str, str] = {}
    for head in (*(wanted or recorded), *own, *fields):
        heads.setdefault(field_name(head)[0], head)
    return tuple(heads.values())


def _head(column: Column) -> str:
    is_named = column.unit is None or field_name(column.head)[1] is not None
    return column.head if is_named else f"{column.head}({column.unit})"


def _cell(
    draft: Draft, field: Field, reading: _Reading, unit: str | None
) -> str | None:
    """What a data file says for a field's text; None where that cannot be told."""
    text, record = reading.text, draft.record
    if not text or text == gap_text(field.name):
        return ""
    if record is not None and text == reading.recorded:
        if field.name in record.data:
            return record.data[field.name]
        if text == field.default:
            return ""
    if _PLAIN_NUMBER.fullmatch(text):
        value = _value(text, field, None)
        if value is not None and value == _value(text, field, unit):
            return text
    cell = unword(text, field.kind, field.unit or None, unit)
    if field.kind is Kind.TENTHS and cell is not None:
        # 五成 as 50% would come back as 一半.
        return cell if _printed(cell, field) == text else text
    return cell


def _printed(cell: str, field: Field) -> str | None:
    """What merge prints for a cell."""
    value = _value(cell, field, None)
    if value is None:
        return None
    return word(value, field.kind, field.unit or None, Style())


def _value(text: str, field: Field, unit: str | None) -> Value | None:
    """What a cell of that text says in a column with that unit, if beyond doubt."""
    own = field.unit or None
    found = read(text, field.kind, own, field=field.name, column_unit=unit)
    return None if found.findings else found.value


def _differences(readings: Mapping[str, _Reading]) -> Iterator[Difference]:
    for name, reading in readings.items():
        recorded, text = reading.recorded, reading.text
        if recorded is not None and text is not None and text != recorded:
            yield Difference(name, recorded, text)


# What there is to say -----------------------------------------------------------------


def _finding(draft: Draft, code: str, message: str, hint: str = "") -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING,
        message=f"“{draft.path.name}”{message}",
        file=str(draft.path),
        hint=hint or None,
    )


def _record_lost(draft: Draft) -> Iterator[Finding]:
    message = "里的合并记录没有了，说不出和合并时有哪些不同；值按稿子里现在的取。"
    yield _finding(draft, "record-lost", message)


def _difference_finding(draft: Draft, one: Difference) -> Finding:
    message = f"里{one.field}改过：合并时是“{one.recorded}”，现在是“{one.now}”。"
    hint = "如果改得对，请把数据表也改过来。"
    found = _finding(draft, "differs-from-record", message, hint)
    return replace(found, severity=Severity.INFO, field=one.field)


def _kept_finding(draft: Draft, reading: _Reading, name: str) -> Finding:
    text = reading.text
    message = f"里{name}写的是“{text}”，化不成准确的数，照原文放进表里。"
    hint = "请在表里改成数字；本来就要这样写的不用改。"
    found = replace(_finding(draft, "kept-as-text", message, hint), field=name)
    is_as_merged = text == reading.recorded
    return replace(found, severity=Severity.INFO) if is_as_merged else found


def _doubt(draft: Draft, field: Field, places: Sequence[Place]) -> Finding:
    message = (
        f"里{field.name}说不准现在是多少（{_shown(places)}），表里放的是合并时的。"
    )
    hint = "请看看稿子，自己改表里的数。"
    return replace(_finding(draft, "doubtful-value", message, hint), field=field.name)


def _differing(draft: Draft, field: Field, places: Sequence[Place]) -> Finding:
    message = (
        f"里{field.name}几处说得不一样（{_shown(places)}），表里放的是改过的那个。"
    )
    hint = "请核对，把几处改成一样的。"
    return replace(_finding(draft, "places-differ", message, hint), field=field.name)


def _gone(draft: Draft, field: Field) -> Finding:
    message = f"里找不到{field.name}了，表里放的是合并时的。"
    hint = "请看看稿子里还有没有这个数。"
    return replace(_finding(draft, "place-lost", message, hint), field=field.name)


def _shown(places: Iterable[Place]) -> str:
    return "；".join(f"{place.position}“{place.excerpt}”" for place in places)
