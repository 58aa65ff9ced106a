"""The row of a draft: a cell for each column, each held to what merge makes of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.extract import Difference, Extracted, draft_finding
from assembler.extract_cells import Cell, cell_of, converted, says_same
from assembler.extract_office import Merged, OwnRow, merged
from assembler.fields import Field
from assembler.findings import Finding, Severity
from assembler.marking import gap_text
from assembler.rows import Column, Row, field_name

_FILE_COLUMN = "文件名"
_DIGITS = re.compile("-?[0-9.,]+[%％]?")
_DISAGREEING = frozenset({"formula-mismatch", "relation-broken", "division-by-zero"})


def own_cells(one: Extracted) -> dict[str, str]:
    """What is known of a draft's row beside the fields of its speech."""
    record = one.draft.record
    if record is None:
        # The column that says which draft a row is of.
        return {_FILE_COLUMN: one.draft.path.stem}
    unprinted = {n: text for n, text in record.data.items() if n not in one.fields}
    return {**record.origin.own, **unprinted}


def heads_of(one: Extracted) -> dict[str, str | None]:
    """The columns that a draft remembers: name → the unit in its head."""
    record = one.draft.record
    return dict(map(field_name, record.origin.heads)) if record else {}


@dataclass(frozen=True, slots=True)
class RowOf:
    """The row of a draft.

    Attributes:
        one: the draft.
        cells: column name → cell.
        kept: the fields whose text stands there as it is, since it cannot be undone:
            name → whether merge makes of it what the draft says.
    """

    one: Extracted
    cells: Mapping[str, str]
    kept: Mapping[str, bool]


def row_of(one: Extracted, columns: Sequence[Column], own: OwnRow | None) -> RowOf:
    """The row of a draft.

    Args:
        one: the draft.
        columns: those of the table.
        own: its row in the office's data file, where that is at hand.
    """
    units = {column.name: column.unit for column in columns}
    cells = {**(own.row.values if own else {}), **_beside(one, units, own)}
    kept = {}
    for name, field in one.fields.items():
        cell = _cell(one, field, units.get(name), own)
        cells[name] = cell.text
        if not cell.undone:
            kept[name] = cell.exact
    for name in _left_to_formulas(one, cells, columns):
        cells[name] = ""
    return RowOf(one, cells, kept)


def _left_to_formulas(
    one: Extracted, cells: Mapping[str, str], columns: Sequence[Column]
) -> list[str]:
    """The changed figures that their formulas give just so.

    Their cells were empty, and stay so: what the parts give needs no filling in.
    """
    data = one.draft.record.data if one.draft.record else {}
    changed = [d.field for d in one.differences if data.get(d.field) == ""]
    if not changed:
        return []
    row = Row(0, "", {**cells, **dict.fromkeys(changed, "")})
    found = merged(one.draft.known.base, columns, row)
    if found is None or any(found.texts[n] != one.said[n].text for n in changed):
        return []
    return changed


def _beside(
    one: Extracted, units: Mapping[str, str | None], own: OwnRow | None
) -> dict[str, str]:
    """The cells of what the speech does not print."""
    checked = one.draft.known.base.checked
    found = {}
    for name, text in own_cells(one).items():
        field = checked.get(name)
        if own is not None and own.merged.data.get(name) == text:
            found[name] = own.row.values[name]
        elif field is not None:
            # The record has it in the field's own unit.
            found[name] = converted(text, field, None, units.get(name))
        else:
            found[name] = text
    return found


def _cell(one: Extracted, field: Field, unit: str | None, own: OwnRow | None) -> Cell:
    name, record = field.name, one.draft.record
    said = one.said[name]
    text = said.text
    if text is None:
        return Cell("")
    if own is not None and name in own.row.values and own.merged.texts[name] == text:
        # The office's own way to write it.
        return Cell(own.row.values[name])
    if record is not None and text == said.recorded:
        if name in record.data:
            old = heads_of(one).get(name)
            return Cell(converted(record.data[name], field, old, unit))
        if text == field.default:
            return Cell("")
    return cell_of(field, text, unit)


# What merge makes of it ---------------------------------------------------------------


def row_findings(
    row: RowOf, cells: Mapping[str, str], columns: Sequence[Column]
) -> Iterator[Finding]:
    """What merge would not print as the draft says it, and what does not add up.

    Args:
        row: the row of a draft.
        cells: the row of the table it went into; more than one draft may share it.
        columns: those of the table.
    """
    one = row.one
    for difference in one.differences:
        yield _different(one, difference, cells[difference.field])
    for name, is_exact in row.kept.items():
        yield _kept_well(one, name) if is_exact else _kept(one, name)
    found = merged(one.draft.known.base, columns, Row(0, "", dict(cells)))
    if found is None:
        return
    for name in one.fields.keys() - {n for n, exact in row.kept.items() if not exact}:
        if _prints_otherwise(one, name, found):
            yield _otherwise(one, name, found.texts[name])
    if one.differences:
        yield from _disagreeing(one, found)


def _prints_otherwise(one: Extracted, name: str, found: Merged) -> bool:
    text = one.said[name].text
    if not text or text == gap_text(name):
        return False
    return not says_same(one.fields[name], found.texts[name], text)


def _different(one: Extracted, difference: Difference, cell: str) -> Finding:
    name, now = difference.field, difference.now
    old = "" if difference.recorded == gap_text(name) else difference.recorded
    was = f"数据是“{old}”" if old else "数据空着"
    is_now = f"稿子里是“{now}”" if now else "稿子里空着"
    message = f"里{name}和上次的数据不一样：{was}，{is_now}。"
    hint = "表里放的是现在的；要是改得不对，请把稿子和表都改回去。"
    if one.fields[name].formula is not None and now:
        hint = (
            "它由算式算出来；改过的数已经填进表里，再合并时会按算式核对。"
            "要让算式重新算，把表里这一格清空。"
        )
        if not cell:
            hint = "它由算式算出来，照别的数算也是这么多，表里就空着。"
    found = draft_finding(one.draft, "differs-from-record", message, hint)
    return replace(found, severity=Severity.INFO, field=name)


def _kept_well(one: Extracted, name: str) -> Finding:
    message = f"里{name}写的是“{one.said[name].text}”，没有化成数，照原文放进表里。"
    hint = "要参加计算和核对，请在表里改成数字；本来就要这样写的不用改。"
    found = replace(draft_finding(one.draft, "kept-as-text", message, hint), field=name)
    return replace(found, severity=Severity.INFO)


def _kept(one: Extracted, name: str) -> Finding:
    said = one.said[name]
    message = f"里{name}写的是“{said.text}”，化不成准确的数，照原文放进表里。"
    hint = "请在表里改成数字；本来就要这样写的不用改。"
    if _DIGITS.fullmatch(said.text or ""):
        message = f"里{name}写的是“{said.text}”，照原样放进表里，再合并会报错。"
        hint = "请核对这个数：它不合模板里对这一项的要求。"
    if one.fields[name].kind.is_text:
        message = f"里{name}写的是“{said.text}”，数据表里这样写，合并时印不出来。"
        hint = "表里放的是原文；再合并以前，请在表里换个说法。"
    found = replace(draft_finding(one.draft, "kept-as-text", message, hint), field=name)
    if said.text == said.recorded:
        return replace(found, severity=Severity.INFO)
    return found


def _otherwise(one: Extracted, name: str, text: str) -> Finding:
    said, field = one.said[name], one.fields[name]
    printed = "印不出来" if text in ("", gap_text(name)) else f"会印成“{text}”"
    message = f"里{name}是“{said.text}”，照这张表再合并{printed}。"
    hint = "请核对这一格，或者看看模板的字段说明里对它有什么要求。"
    if field.formula is not None:
        message = (
            f"里{name}还是“{said.text}”，它由算式算出来，"
            f"照这张表再合并{printed}（别的数改过了）。"
        )
        hint = f"请核对：稿子里的要不要也改过来；要照稿子印，就在表里填上 {said.text}。"
    found = draft_finding(one.draft, "prints-otherwise", message, hint)
    return replace(found, field=name)


def _disagreeing(one: Extracted, found: Merged) -> Iterator[Finding]:
    for finding in found.findings:
        if finding.code in _DISAGREEING:
            told = finding.message.removeprefix(Row(0, "", {}).heading)
            message = f"里现在的数合不上：{told}"
            hint = finding.hint or ""
            again = draft_finding(one.draft, "speech-disagrees", message, hint)
            yield replace(again, field=finding.field)
