"""What a draft says, as cells of a data file: wording and units undone.

A cell is right if merge, reading it, prints what the draft says; each cell here has
been read that way before it is given out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assembler.context import unit_behind
from assembler.fields import Field
from assembler.figures import Day, Figure, Kind, Value, exact_decimal, plain
from assembler.findings import has_errors
from assembler.marking import gap_text
from assembler.reading import read
from assembler.wording import Style, unword, word

_SCALES = ("万", "亿")
_FIGURE = re.compile("第?[-+]?[0-9]+(?:[.,][0-9]+)*(?![0-9多余几成来])")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that a field's text goes back to.

    Attributes:
        text: what is to stand in it.
        exact: whether merge makes of it what the draft says.
        undone: whether it is a plain value, and not wording that was kept.
    """

    text: str
    exact: bool = True
    undone: bool = True


def cell_of(field: Field, text: str, unit: str | None) -> Cell:
    """The cell for a field's text.

    Args:
        field: the field.
        text: what the draft says in its place.
        unit: the unit in the head of the cell's column, None where it names none.

    Returns:
        三成 as 30%, 12.6 as 126000 in a column of 万元; the text itself where it cannot
        be undone exactly but is read as it stands (三分之一, 约120), and also where
        nothing that is printed so could stand in a cell.
    """
    if not text or text == gap_text(field.name):
        return Cell("")
    own = _unit_of(field)
    wanted = said_by(text, field)
    if wanted is None:
        return Cell(text, exact=False, undone=False)
    fitting = [
        (candidate, found)
        for candidate in _candidates(field, text, own, unit)
        if (found := _understood(candidate, field, unit)) is not None
        and _is_same(found, wanted, field)
    ]
    # 1.00 as 10000 in a column of 万元 would come back as 1.
    alike = [cell for cell, found in fitting if _decimals(found) == _decimals(wanted)]
    best = next(iter([*alike, *(cell for cell, _ in fitting)]), None)
    if best is None:
        return Cell(text, exact=False, undone=False)
    is_wording = field.kind.is_number and not _FIGURE.match(best)
    return Cell(best, undone=not is_wording)


def converted(cell: str, field: Field, old: str | None, new: str | None) -> str:
    """A cell of a column moved to a column with another unit.

    Args:
        cell: as it stood in its column.
        field: the field.
        old: the unit in the head of that column.
        new: that in the head of the other.
    """
    own = _unit_of(field)
    value = _understood(cell, field, old)
    if (old or own) == (new or own) or not isinstance(value, Figure):
        return cell
    exact = exact_decimal(value.share * 100) if value.share else value.value
    if exact is None:
        return cell
    return cell_of(field, plain(exact), new).text


def _unit_of(field: Field) -> str | None:
    """The unit that the speech prints beside a field."""
    if field.unit or not field.kind.is_number:
        return field.unit or None
    behind = unit_behind(_after(field))
    return behind.name if behind else None


def _after(field: Field) -> str:
    return field.places[0].after if field.places else ""


def _candidates(
    field: Field, text: str, own: str | None, unit: str | None
) -> Iterator[str]:
    if _PLAIN_NUMBER.fullmatch(text):
        yield text
    for form in (text, text + own) if own and text.endswith(_SCALES) else (text,):
        undone = unword(form, field.kind, own, unit)
        if undone is not None:
            yield undone
    yield text
    if unit is not None and own is not None:
        # 约12.6 in a column of 万元.
        yield text + own


def said_by(text: str, field: Field) -> Value | None:
    """What a text says in the speech, be it doubtful or not; None if nothing.

    1.3万 before 亿元 is 1.3万亿元, and not 1.3万元.
    """
    own = _unit_of(field)
    forms = [text, f"{text}{own}"] if own and field.kind.is_number else [text]
    if text.endswith(_SCALES):
        forms.reverse()
    found = (
        read(form, field.kind, field.unit or None, field=field.name).value
        for form in forms
    )
    return next((value for value in found if value is not None), None)


def says_same(field: Field, one: str, other: str) -> bool:
    """Whether two texts of a field say the same: 一半 and 五成, 1,200 and 1200."""
    if one == other:
        return True
    first, second = said_by(one, field), said_by(other, field)
    if first is None or second is None:
        return False
    if isinstance(first, Figure) and isinstance(second, Figure):
        units = {first.unit, second.unit} - {None}
        same = (first.value, first.share) == (second.value, second.share)
        return same and len(units) <= 1
    return _is_same(first, second, field)


def _understood(cell: str, field: Field, unit: str | None) -> Value | None:
    """What merge makes of a cell in a column with that unit; None if it refuses it."""
    own, after = field.unit or None, _after(field)
    found = read(cell, field.kind, own, field=field.name, column_unit=unit, after=after)
    return None if has_errors(found.findings) else found.value


def _is_same(found: Value, wanted: Value, field: Field) -> bool:
    """Whether two values are printed alike."""
    if isinstance(found, Figure) and isinstance(wanted, Figure):
        if field.kind is Kind.TENTHS:
            # 五成 as 50% would come back as 一半.
            return _worded(found, field) == _worded(wanted, field)
        return found.value == wanted.value and found.unit in (None, wanted.unit)
    if isinstance(found, Day) and isinstance(wanted, Day):
        return _parts(found) == _parts(wanted)
    return found == wanted


def _decimals(value: Value) -> int:
    return value.decimals if isinstance(value, Figure) else 0


def _worded(value: Value, field: Field) -> str:
    return word(value, field.kind, field.unit or None, Style())


def _parts(day: Day) -> tuple[int | None, int | None, int | None]:
    return day.year, day.month, day.day
