"""A cell of the data beside the blank it is for, and what to say where it is unclear.

`diagnosis` is asked only once no reading has worked; it names the form that was
written and the one to write instead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from assembler.context import unit_behind
from assembler.figures import Kind, finding
from assembler.findings import Finding
from assembler.numerals import CHARACTERS
from assembler.units import Unit, are_doubled, named, of_field, of_kind
from assembler.written import narrowed

_LONGEST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Cell:
    """What is written for a field, and what the speech prints around it.

    Attributes:
        text: as written.
        plain: narrowed, what is still to be read.
        field: the field's name.
        kind: what it has to hold.
        unit: the unit that the speech prints beside the blank, None if none.
        column_unit: the unit in the column's head, None if none.
        after: the speech's text right behind the blank, as far as known.
    """

    text: str
    plain: str
    field: str
    kind: Kind
    unit: str | None
    column_unit: str | None
    after: str

    @property
    def target(self) -> Unit | None:
        """The unit in which the field counts, None where nothing tells."""
        if self.unit:
            return of_field(self.unit)
        return unit_behind(self.after) or of_kind(self.kind)

    @property
    def printed_behind(self) -> Unit | None:
        """The unit in the speech's text behind the blank."""
        return unit_behind(self.after)

    @property
    def is_unit_printed(self) -> bool:
        """Whether the speech itself prints the unit."""
        return bool(self.unit) or self.printed_behind is not None

    @property
    def column(self) -> Unit | None:
        """The unit in the column's head, None where it names none that is known."""
        if not self.column_unit:
            return None
        name = narrowed(self.column_unit)
        return of_field(name) if name == self.unit else named(name)

    def finding(self, code: str, problem: str, hint: str) -> Finding:
        """A finding that says what was written, then what is wrong with it."""
        shown = self.text
        if len(shown) > _LONGEST_SHOWN:
            shown = shown[:_LONGEST_SHOWN] + "……"
        return finding(
            code, self.field, f"{self.field}填的是“{shown}”，{problem}", hint
        )


class RefusedError(Exception):
    """A cell gives no value; kept within the modules that read cells."""

    def __init__(self, cause: Finding) -> None:
        super().__init__(cause.message)
        self.finding = cause


EXAMPLES = MappingProxyType(
    {
        Kind.COUNT: "只填一个数，如 240",
        Kind.PERCENT: "填带百分号的数，如 68.3%",
        Kind.POINTS: "只填数，如 3.2",
        Kind.AMOUNT: "填数和单位，如 12.6亿元",
        Kind.MONTH: "只填月份的数，如 10",
        Kind.YEAR: "填四位年份，如 2022",
        Kind.DATE: "填完整的日期，如 2022年10月31日",
        Kind.RANK: "只填名次的数，如 7",
        Kind.TENTHS: "填 三成、三成五、一半、三分之一 这样的词，或带百分号的数",
    }
)

_NUMERAL = f"[0-9{CHARACTERS}]"
_FORMS: tuple[tuple[str, str, str], ...] = (
    (
        r"[+-]?[0-9.]+[eE][+-]?[0-9]+.*",
        "scientific-notation",
        "是科学记数法，后面的数字可能已经丢了",
    ),
    (
        r".*百分点 *[%‰]|.*[%‰] *个?百分点",
        "percent-vs-points",
        "百分号和百分点只能有一个",
    ),
    (
        rf".*{_NUMERAL}.*(?:左右|上下|以上|以下|以内|之多)",
        "unclear-figure",
        "“左右”“以上”这样的词放不到稿子里的单位前面",
    ),
    (
        rf"{_NUMERAL}.*(?:[-~～—–―至到]|\.\.+){_NUMERAL}.*",
        "figure-range",
        "是一个范围，这里只能有一个数",
    ),
    (r".*[0-9]+\.[0-9]*\..*", "ambiguous-figure", "有两个小数点"),
    (r".*[0-9]，[0-9].*", "ambiguous-figure", "全角逗号说不清是分节还是小数点"),
    (r".*[0-9],.*", "ambiguous-figure", "逗号不是每三位一个"),
    (r".*[0-9][。·][0-9].*", "ambiguous-figure", "小数点写成了别的符号"),
    (r".*[0-9] +[0-9].*", "ambiguous-figure", "数字中间有空格，可能丢了小数点"),
    (rf".*{_NUMERAL}[、;；\s]{_NUMERAL}.*", "ambiguous-figure", "不止一个数"),
    (r"[(（][0-9.,]+[)）].*", "ambiguous-figure", "括号可能表示负数，也可能只是编号"),
    (r"[-+—–]{2,}.*|[—–―].*", "ambiguous-figure", "前面的横线说不清是负号还是破折号"),
    (r"0[0-9].*", "ambiguous-figure", "以 0 开头，像编号不像数"),
    (r".*(?:[0-9][OoIl]|[OoIl][0-9]).*", "ambiguous-figure", "把字母当成了数字"),
    (r"\.[0-9]+.*|[0-9]+\.(?![0-9]).*", "ambiguous-figure", "小数点前后缺数字"),
)
_CLOSING = re.compile("[。，、；：！,.;:!]+$")


def diagnosis(cell: Cell) -> Finding:
    """What to say of a cell that cannot be read as its kind."""
    for test in _TESTS:
        if found := test(cell):
            return found
    problem = f"看不出是{_NOUNS.get(cell.kind, '什么数')}"
    return cell.finding("unclear-figure", problem, EXAMPLES[cell.kind])


_NOUNS = MappingProxyType(
    {
        Kind.COUNT: "多少",
        Kind.PERCENT: "百分之几",
        Kind.POINTS: "几个百分点",
        Kind.AMOUNT: "多少钱",
        Kind.MONTH: "哪个月",
        Kind.YEAR: "哪一年",
        Kind.DATE: "哪一天",
        Kind.RANK: "第几位",
        Kind.TENTHS: "几成",
    }
)


def _doubled(cell: Cell) -> Finding | None:
    """A unit written twice, by hand or because a formula appended one."""
    tail = _tail(cell)
    if not tail or named(tail) or not are_doubled(tail):
        return None
    return cell.finding("doubled-unit", f"单位“{tail}”写重了", EXAMPLES[cell.kind])


def _closing_mark(cell: Cell) -> Finding | None:
    match = _CLOSING.search(cell.plain)
    if match is None or not re.match(_NUMERAL, cell.plain):
        return None
    return cell.finding(
        "unclear-figure", f"末尾多了标点“{match[0]}”", "把末尾的标点删掉"
    )


def _known_form(cell: Cell) -> Finding | None:
    for form, code, problem in _FORMS:
        if re.fullmatch(form, cell.plain, re.DOTALL):
            return cell.finding(code, problem, _hint(cell, code))
    return None


def _hint(cell: Cell, code: str) -> str:
    if code == "scientific-notation":
        return "在 Excel 里把单元格格式改成“数值”，写出全部数字"
    if code == "figure-range" and cell.kind is Kind.MONTH:
        return "只填最后一个月，如 1—10月填 10"
    if code == "unclear-figure":
        return "约数写成“约”“近”开头的，如 约12；要参加核对就填准确的数"
    return EXAMPLES[cell.kind]


def _strange_unit(cell: Cell) -> Finding | None:
    tail = _tail(cell)
    if not tail or cell.kind in (Kind.DATE, Kind.TENTHS):
        return None
    if cell.unit:
        hint = f"只填数，或者写成以“{cell.unit}”为单位的数"
    else:
        hint = EXAMPLES[cell.kind]
    return cell.finding("unclear-figure", f"数字后面的“{tail}”不是认得的单位", hint)


_HEAD: Callable[[str], re.Match[str] | None] = re.compile(
    rf"[+-]?(?:[0-9][0-9.,]*|{_NUMERAL}+) *"
).match


def _tail(cell: Cell) -> str:
    """What stands behind the number, blanks removed."""
    head = _HEAD(cell.plain)
    return cell.plain[head.end() :].replace(" ", "") if head else ""


_TESTS = (_doubled, _closing_mark, _known_form, _strange_unit)
