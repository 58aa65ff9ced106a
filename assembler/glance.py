"""Rows that are plainly right, seen at a glance.

Most rows of an office are in order: bare digits, names and words, figures that agree.
Such a row needs none of the care that `assembler.check` takes of the others, which
costs twenty times as much. A glance answers only where the long way would give the
same texts and no finding; in any doubt it gives no answer. All of it is reckoned in
whole numbers, as exactly as the long way.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple, cast

from assembler.evaluation import Quantity, without_hundred
from assembler.figures import Figure, Kind
from assembler.formulas import Binary, Formula, Name, Negative, Node, Number, Relation
from assembler.reading import read
from assembler.relations import SOFT_POINTS
from assembler.rulebook import FieldRule, Rulebook
from assembler.wording import UNIFORM_KINDS, Style, word

# A numerator and a denominator above 0, not reduced.
Pair = tuple[int, int]


class _Seen(NamedTuple):
    """A cell read at a glance: digits and decimals of a figure, or the pair of a 成数.

    Attributes:
        digits: the figure without its point.
        decimals: how many of the digits stand behind the point.
        pair: what formulas reckon with; None for words.
    """

    digits: int
    decimals: int
    pair: Pair | None


_WORDS = _Seen(0, 0, None)
_Reader = Callable[[str], _Seen | None]

_WHOLE = re.compile(r"(0|[1-9][0-9]{0,8})()", re.ASCII)
_DECIMAL = re.compile(r"([1-9][0-9]{0,6})(?:\.([0-9]{1,2}))?", re.ASCII)
_SHARE = re.compile(r"([1-9][0-9]?)(?:\.([0-9]{1,2}))?", re.ASCII)
_POINTS = re.compile(r"(0(?=\.[0-9]?[1-9])|[1-9][0-9]?)(?:\.([0-9]{1,2}))?", re.ASCII)
_MONTH = re.compile(r"([1-9]|1[0-2])()", re.ASCII)
_RANK = re.compile(r"([1-9][0-9]{0,2})()", re.ASCII)
_NUMBERS = {
    Kind.COUNT: _WHOLE,
    Kind.PERCENT: _SHARE,
    Kind.POINTS: _POINTS,
    Kind.AMOUNT: _DECIMAL,
    Kind.MONTH: _MONTH,
    Kind.RANK: _RANK,
}
_DATE = re.compile(r"(?:19|20)[0-9]{2}年(?:[1-9]|1[0-2])月(?:[1-9]|1[0-9]|2[0-8])日")
# Words of hanzi; what may stand for a gap (待补, 暂无, 某某) is looked at the long way.
_PLAIN_WORDS = re.compile(
    "(?!某|待|未|暂|此处|同上|略|空|不详|无|没有)"
    "(?:(?!某某|【)[\u4e00-\u9fff、，；（）《》“”0-9]){2,200}"
)
_LONGEST_OVERLAP = 12
_MOST_REMEMBERED = 500


class Glance:
    """Looks at rows by one rulebook.

    Args:
        rules: the rules; what they ask for beyond plain figures is never answered.
    """

    def __init__(self, rules: Rulebook) -> None:
        self._lanes = [_lane(rule, rules) for rule in rules.fields.values()]
        self._screens: list[_Screen | None] = [
            *(_formula_screen(n, f, rules) for n, f in rules.formulas.items()),
            *(_relation_screen(relation, rules) for relation, _ in rules.relations),
        ]
        self._can_answer = all(screen is not None for screen in self._screens)

    def is_plainly_right(self, cells: Mapping[str, str]) -> bool:
        """Whether a row is right and prints as it stands.

        Args:
            cells: field name → cell, for every field of the rulebook.
        """
        if not self._can_answer:
            return False
        seen = self._seen(cells)
        if seen is None:
            return False
        try:
            return all(screen(seen) for screen in self._screens if screen)
        except (KeyError, TypeError, ZeroDivisionError):
            # A figure that is not given, or 0 in a divisor.
            return False

    def _seen(self, cells: Mapping[str, str]) -> dict[str, _Seen] | None:
        found: dict[str, _Seen] = {}
        decimals: dict[Kind, int] = {}
        for name, known, read_cell, may_lack, kind in self._lanes:
            cell = cells[name]
            if not cell:
                if may_lack:
                    continue
                return None
            seen = known.get(cell) or read_cell(cell)
            if seen is None:
                return None
            found[name] = seen
            if kind and decimals.setdefault(kind, seen.decimals) != seen.decimals:
                return None
        return found


class _Lane(NamedTuple):
    """How the cells of one field are seen.

    Attributes:
        name: the field's name.
        known: cell → what was seen in it; offices write the same names and small
            figures again and again.
        read: looks at a cell that is not known yet.
        may_lack: whether the cell may be empty.
        kind: the field's kind where its figures print alike throughout a speech.
    """

    name: str
    known: dict[str, _Seen]
    read: _Reader
    may_lack: bool
    kind: Kind | None


def _lane(rule: FieldRule, rules: Rulebook) -> _Lane:
    known: dict[str, _Seen] = {}
    is_uniform = rule.printed and rule.kind in UNIFORM_KINDS
    return _Lane(
        name=rule.name,
        known=known,
        read=_remembering(_reader(rule), known),
        may_lack=rule.optional and rule.name not in rules.formulas,
        kind=rule.kind if is_uniform else None,
    )


def _remembering(reader: _Reader, known: dict[str, _Seen]) -> _Reader:
    def remembered(cell: str) -> _Seen | None:
        seen = reader(cell)
        if seen is not None:
            if len(known) > _MOST_REMEMBERED:
                known.clear()
            known[cell] = seen
        return seen

    return remembered


def _reader(rule: FieldRule) -> _Reader:
    if rule.style != Style() or (rule.column_unit and rule.kind.is_number):
        return _never
    if rule.kind.is_text:
        return _words_reader(rule)
    if rule.kind is Kind.DATE:
        return _date
    if rule.kind is Kind.TENTHS:
        return partial(_tenths, rule)
    if rule.kind in _NUMBERS and rule.unit:
        return _number_reader(rule)
    return _never


def _never(_: str) -> _Seen | None:
    return None


def _date(cell: str) -> _Seen | None:
    return _WORDS if _DATE.fullmatch(cell) else None


def _words_reader(rule: FieldRule) -> _Reader:
    after = rule.after
    endings = [after[:n] for n in range(2, min(len(after), _LONGEST_OVERLAP) + 1)]
    endings += [rule.unit or "同志", "同志"]
    doubled = tuple(endings)

    def words(cell: str) -> _Seen | None:
        is_plain = _PLAIN_WORDS.fullmatch(cell) and not cell.endswith(doubled)
        return _WORDS if is_plain else None

    return words


def _tenths(rule: FieldRule, cell: str) -> _Seen | None:
    found = read(cell, rule.kind, rule.unit, field=rule.name, after=rule.after)
    figure = found.value
    if found.findings or not isinstance(figure, Figure):
        return None
    if word(figure, rule.kind, rule.unit, rule.style) != cell:
        return None
    amount = Quantity.of(figure, rule.kind, rule.unit).amount
    return _Seen(0, 0, (amount.numerator, amount.denominator))


def _number_reader(rule: FieldRule) -> _Reader:
    pattern = _NUMBERS[rule.kind]
    scale = _scale(rule)
    above, below = scale.numerator, scale.denominator

    def number(cell: str) -> _Seen | None:
        match = pattern.fullmatch(cell)
        if match is None:
            return None
        whole, behind = match.groups()
        if not behind:
            digits = int(whole)
            return _Seen(digits, 0, (digits * above, below))
        digits, decimals = int(whole + behind), len(behind)
        return _Seen(digits, decimals, (digits * above, below * 10**decimals))

    return number


def _scale(rule: FieldRule) -> Fraction:
    return Quantity(Decimal(1), 0, rule.kind, rule.unit).scale


_Screen = Callable[[Mapping[str, _Seen]], bool]
_Reckoned = Callable[[Mapping[str, _Seen]], Pair]


def _formula_screen(name: str, formula: Formula, rules: Rulebook) -> _Screen | None:
    """Whether what a formula gives rounds to what is written; None: cannot tell."""
    rule = rules.fields[name]
    if rule.kind not in _NUMBERS:
        return None
    tree = without_hundred(formula.tree) if rule.kind.is_ratio else formula.tree
    part = _compiled(tree, rules)
    if part is None or part.is_bare:
        return None
    reckon, scale = part.reckon, _scale(rule)
    above, below = scale.denominator, scale.numerator

    def agrees(seen: Mapping[str, _Seen]) -> bool:
        top, bottom = reckon(seen)
        written = seen[name]
        top, bottom = top * above * 10**written.decimals, bottom * below
        due = (2 * top + bottom) // (2 * bottom)
        return bool(top >= 0 and due == written.digits)

    return agrees


def _relation_screen(relation: Relation, rules: Rulebook) -> _Screen | None:
    """Whether a relation holds; None: cannot tell."""
    tree = Binary("−", relation.left, relation.right, relation.position)
    part = _compiled(tree, rules)
    if part is None or relation.operator not in _HOLDS:
        return None
    if relation.operator in _SOFT and not part.is_ratio:
        return None
    reckon, holds = part.reckon, _HOLDS[relation.operator]
    return lambda seen: holds(*reckon(seen))


_LEEWAY = SOFT_POINTS.numerator, SOFT_POINTS.denominator
_SOFT = ("≈", "接近")
_HOLDS: Mapping[str, Callable[[int, int], bool]] = {
    "=": lambda top, _: top == 0,
    "≤": lambda top, _: top <= 0,
    "≥": lambda top, _: top >= 0,
    "<": lambda top, _: top < 0,
    ">": lambda top, _: top > 0,
    "≠": lambda top, _: top != 0,
    "≈": lambda top, bottom: abs(top) * _LEEWAY[1] <= bottom * _LEEWAY[0],
    "接近": lambda top, bottom: 0 <= -top * _LEEWAY[1] <= bottom * _LEEWAY[0],
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a formula: how to reckon it, and what a bare number beside it means."""

    reckon: _Reckoned
    scale: Fraction | None
    is_ratio: bool

    @property
    def is_bare(self) -> bool:
        return self.scale is None


def _compiled(node: Node, rules: Rulebook) -> _Part | None:
    """A part of a formula, with the meaning that `assembler.evaluation` gives it."""
    match node:
        case Number():
            pair = (node.value.numerator, node.value.denominator)
            scale = Fraction(1) if node.percent else None
            return _Part(lambda _: pair, scale, node.percent)
        case Name():
            return _name(node.name, rules)
        case Negative():
            part = _compiled(node.part, rules)
            return None if part is None else _negative(part)
        case Binary():
            left, right = _compiled(node.left, rules), _compiled(node.right, rules)
            if left is None or right is None:
                return None
            return _JOINED[node.operator](left, right)


def _name(name: str, rules: Rulebook) -> _Part | None:
    rule = rules.fields[name]
    if rule.kind is not Kind.TENTHS and (rule.kind not in _NUMBERS or not rule.unit):
        return None

    def reckon(seen: Mapping[str, _Seen]) -> Pair:
        # None for words: unpacking it fails, which is no answer.
        return cast("Pair", seen[name].pair)

    return _Part(reckon, _scale(rule), rule.kind.is_ratio)


def _negative(part: _Part) -> _Part:
    def reckon(seen: Mapping[str, _Seen]) -> Pair:
        top, bottom = part.reckon(seen)
        return -top, bottom

    return _Part(reckon, part.scale, part.is_ratio)


def _sum(left: _Part, right: _Part, sign: int) -> _Part:
    if left.is_bare and not right.is_bare:
        left = _scaled(left, right)
    elif right.is_bare and not left.is_bare:
        right = _scaled(right, left)
    first, second = left.reckon, right.reckon

    def reckon(seen: Mapping[str, _Seen]) -> Pair:
        (a, b), (c, d) = first(seen), second(seen)
        return (a + sign * c, b) if b == d else (a * d + sign * c * b, b * d)

    return _Part(reckon, left.scale, left.is_ratio)


def _scaled(bare: _Part, other: _Part) -> _Part:
    """A bare number in the unit of the figure beside it."""
    scale = Fraction(1) if other.is_ratio else other.scale or Fraction(1)

    def reckon(seen: Mapping[str, _Seen]) -> Pair:
        top, bottom = bare.reckon(seen)
        return top * scale.numerator, bottom * scale.denominator

    return _Part(reckon, other.scale, other.is_ratio)


def _product(left: _Part, right: _Part) -> _Part:
    def reckon(seen: Mapping[str, _Seen]) -> Pair:
        (a, b), (c, d) = left.reckon(seen), right.reckon(seen)
        return a * c, b * d

    if left.is_bare or left.is_ratio:
        return _Part(reckon, right.scale, right.is_ratio)
    if right.is_bare or right.is_ratio:
        return _Part(reckon, left.scale, left.is_ratio)
    return _Part(reckon, Fraction(1), is_ratio=False)


def _quotient(left: _Part, right: _Part) -> _Part:
    first, second = left.reckon, right.reckon

    def reckon(seen: Mapping[str, _Seen]) -> Pair:
        (a, b), (c, d) = first(seen), second(seen)
        if c <= 0:
            raise ZeroDivisionError
        return a * d, b * c

    if right.is_bare:
        return _Part(reckon, left.scale, left.is_ratio)
    return _Part(reckon, Fraction(1), is_ratio=False)


_JOINED: Mapping[str, Callable[[_Part, _Part], _Part]] = {
    "+": lambda left, right: _sum(left, right, 1),
    "−": lambda left, right: _sum(left, right, -1),
    "×": _product,
    "÷": _quotient,
}
