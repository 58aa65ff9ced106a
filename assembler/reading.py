"""Values read: from what a cell says to what a field holds, or why not.

One entrance, `read`. It never guesses in silence: what has two meanings is refused
with both of them named, and what was mended is said.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType

from assembler.cells import EXAMPLES, Cell, RefusedError, diagnosis
from assembler.dates import FIRST_YEAR, LAST_YEAR, DayReading, read_day, word_day
from assembler.figures import Day, Figure, Kind, Value, exact_decimal, finding, rounded
from assembler.findings import Finding
from assembler.measures import approximate_remark, approximation, measure
from assembler.numerals import CHARACTERS, digits_from_chinese
from assembler.ranges import in_range, in_whole_numbers
from assembler.tenths import read_share
from assembler.units import named
from assembler.written import is_none, narrowed, numbers, stand_in


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a cell.

    Attributes:
        value: None where the cell gives none. None without findings means that
            nothing was given: the cell is empty, or says —, / or 无.
        findings: what a person should know; an error beside a value is a
            ``doubtful-share`` that a formula may still settle.
    """

    value: Value | None
    findings: tuple[Finding, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether nothing was given."""
        return self.value is None and not self.findings


def read(
    text: str,
    kind: Kind,
    unit: str | None,
    *,
    field: str,
    column_unit: str | None = None,
    after: str = "",
) -> Reading:
    """Read what a cell says as a value of a field.

    Args:
        text: the cell as written, numbers as Excel shows them.
        kind: what the field holds.
        unit: the unit that the speech prints beside the blank, None if none.
        field: the field's name; it also tells shares (…占比, …率) from growth rates.
        column_unit: the unit in the column's head, 万元 in 投资(万元).
        after: the speech's text right behind the blank; its words are not printed
            twice.

    Returns:
        A `Figure` in ``unit``, a `Day`, or text (the kinds of words; approximations
        such as 约120), with the findings; the caller adds file and row.
    """
    plain = narrowed(text)
    if is_none(plain):
        return Reading(None)
    cell = Cell(text.strip(), plain, field, kind, unit or None, column_unit, after)
    if (substitute := stand_in(plain)) is not None:
        problem = cell.finding("placeholder-value", substitute.what, substitute.remedy)
        return Reading(None, (problem,))
    try:
        return _READERS[kind](cell)
    except RefusedError as refusal:
        return Reading(None, (refusal.finding,))


def missing_value(field: str, kind: Kind, written: str = "") -> Finding:
    """The finding for a field that nothing was given for and nothing calculates.

    Args:
        field: the field's name.
        kind: what it holds.
        written: the cell, — or / where that is what it says.
    """
    text = written.strip()
    said = f"填的是“{text}”，等于没有填" if text else "没有填"
    example = EXAMPLES.get(kind, "填上要印出来的文字")
    return finding("missing-value", field, f"{field}{said}", example)


def column_remark(field: str, unit: str | None, column_unit: str) -> Finding | None:
    """What to say of the unit in a column's head, once for the whole column.

    Returns:
        A warning where the word in brackets is no unit that is known, so that bare
        numbers are taken in the field's own unit; otherwise None.
    """
    name = narrowed(column_unit)
    if not name or name == unit or named(name) is not None:
        return None
    own = f"“{unit}”" if unit else "字段说明里的单位"
    return finding(
        "unknown-unit",
        field,
        f"列名 {field}({column_unit}) 括号里的不是认得的单位，按{own}理解",
        "列名括号里只写单位，如 万元；说明的话放到别处",
    )


def _number(cell: Cell) -> Reading:
    try:
        found = measure(cell)
    except RefusedError:
        approximate = approximation(cell)
        if approximate is None:
            raise
        return Reading(approximate, (approximate_remark(cell),))
    return Reading(in_whole_numbers(cell, found), in_range(cell, found))


def _month(cell: Cell) -> Reading:
    text = re.sub("^0(?=[1-9])", "", cell.plain)
    return _number(replace(cell, plain=text))


def _rank(cell: Cell) -> Reading:
    text = re.sub(r"^第\s*", "", cell.plain)
    unit = cell.unit or "位"
    text = re.sub(r"(?<=.)\s*[位名]$", unit, text)
    return _number(replace(cell, plain=text))


# 二0二二 and 二O二二 are 二〇二二 as it comes from a keyboard.
_YEAR = re.compile(f"([0-9OoＯ{CHARACTERS}]{{4}})(年份|年度|年)?")
_SHORT_YEAR = re.compile("([0-9]{2})(年份|年度|年)?")


def _year(cell: Cell) -> Reading:
    if short := _SHORT_YEAR.fullmatch(cell.plain):
        raise RefusedError(_short_year(cell, short[1]))
    match = _YEAR.fullmatch(cell.plain.replace(" ", ""))
    if match and not match[1].isdecimal():
        digits = digits_from_chinese(re.sub("[0OoＯ]", "〇", match[1]))
        if digits:
            cell = replace(cell, plain=digits + (match[2] or ""))
    return _number(cell)


def _short_year(cell: Cell, digits: str) -> Finding:
    return cell.finding(
        "short-year", "年份只有两位", f"写四位年份，如 20{digits}，或者 19{digits}"
    )


def _date(cell: Cell) -> Reading:
    found = read_day(cell.plain, cell.text)
    if found is None:
        raise RefusedError(diagnosis(cell))
    remark = _DATE_REMARKS[found.remark](cell, found) if found.remark else None
    if found.day is None and remark:
        raise RefusedError(remark)
    return Reading(found.day, (remark,) if remark else ())


def _impossible_date(cell: Cell, _: DayReading) -> Finding:
    return cell.finding(
        "impossible-date",
        f"没有这一天，年份要在 {FIRST_YEAR} 到 {LAST_YEAR} 之间",
        EXAMPLES[Kind.DATE],
    )


def _short_dated(cell: Cell, _: DayReading) -> Finding:
    return _short_year(cell, cell.plain[:2])


def _from_serial(cell: Cell, found: DayReading) -> Finding:
    day = _worded(found.day)
    return cell.finding(
        "date-serial",
        f"是 Excel 里日期变成的数字，按 {day} 写进稿子",
        f"核对日期；在 Excel 里把这一列设成日期格式，或者直接写 {day}",
    )


def _time_dropped(cell: Cell, found: DayReading) -> Finding:
    day = _worded(found.day)
    return cell.finding(
        "time-dropped", f"带着钟点，稿子里只写 {day}", f"只写日期：{day}"
    )


def _worded(day: Day | None) -> str:
    return word_day(day, chinese=False) if day else ""


_DATE_REMARKS = MappingProxyType(
    {
        "impossible-date": _impossible_date,
        "short-year": _short_dated,
        "date-serial": _from_serial,
        "time-dropped": _time_dropped,
    }
)

_NEARLY = re.compile(
    "(?:约|近|将近|接近|超|超过|过|不到|不足|逾)(.+)|(.+?)(?:多|强|弱|余)"
)
# As many as Decimal keeps with two digits before the point.
_MOST_DECIMALS = 26
_PARTLY = re.compile(
    "(?:大|多|小|一多|一大|一小)半|大部分|绝大部分|大多数|绝大多数|少部分|过半"
)


def _tenths(cell: Cell) -> Reading:
    text = cell.plain.replace(" ", "")
    share = read_share(text)
    if share is None and "成" in (cell.unit, cell.after[:1]) and text[:1] != "0":
        share = read_share(text + "成")
    if share is None:
        return _vague_share(cell, text)
    if not 0 < share <= 1:
        raise RefusedError(
            cell.finding("out-of-range", "部分不能多于整体", EXAMPLES[Kind.TENTHS])
        )
    hundredths = share * 100
    value = exact_decimal(hundredths)
    if value is None:
        value = rounded(hundredths, _MOST_DECIMALS)
    return Reading(Figure(value, 0, cell.text, share=share))


def _vague_share(cell: Cell, text: str) -> Reading:
    about = _NEARLY.fullmatch(text)
    if _PARTLY.fullmatch(text) or (about and read_share(about[1] or about[2])):
        return Reading(text, (approximate_remark(cell),))
    if any(not number.tail and not number.chinese for number in numbers(text)):
        problem = "没有写“成”，也没有百分号，说不清是多少"
        raise RefusedError(
            cell.finding("doubtful-share", problem, EXAMPLES[Kind.TENTHS])
        )
    raise RefusedError(diagnosis(cell))


def _text(cell: Cell) -> Reading:
    """Words stay as they are, but are not said twice with what the speech prints."""
    text = re.sub("[ \u3000]*、[ \u3000]*", "、", cell.text.replace("\r\n", "\n"))
    for printed in (cell.unit, *_printed_titles(cell)):
        if printed and text.endswith(printed) and text != printed:
            return Reading(text.removesuffix(printed).rstrip())
    doubled = _doubled_word(text, cell.after)
    if doubled is None:
        return Reading(text)
    remark = cell.finding(
        "doubled-word",
        f"末尾的“{doubled}”稿子里已经有了，会印出两遍",
        f"删掉末尾的“{doubled}”",
    )
    return Reading(text, (remark,))


def _printed_titles(cell: Cell) -> tuple[str, ...]:
    """同志 behind a person's name, where the speech prints it."""
    is_title = cell.kind is Kind.PERSON and cell.after.startswith("同志")
    return ("同志",) if is_title else ()


def _doubled_word(text: str, after: str) -> str | None:
    """The longest word of two or more letters that ends the one, begins the other."""
    for length in range(min(len(text), len(after)), 1, -1):
        if after[:length] == text[-length:] and after[:length].isalpha():
            return after[:length]
    return None


_READERS: MappingProxyType[Kind, Callable[[Cell], Reading]] = MappingProxyType(
    {
        Kind.COUNT: _number,
        Kind.PERCENT: _number,
        Kind.POINTS: _number,
        Kind.AMOUNT: _number,
        Kind.MONTH: _month,
        Kind.YEAR: _year,
        Kind.DATE: _date,
        Kind.RANK: _rank,
        Kind.TENTHS: _tenths,
        Kind.PERSON: _text,
        Kind.BODY: _text,
        Kind.PLACE: _text,
        Kind.TEXT: _text,
    }
)
