"""Formulas and relations: their text parsed to a tree, never run as code.

    开工率 = 已开工数 ÷ 子项目数
    合计(超进度数、达进度数、不作评估数、欠进度数) = 子项目数
    拉练欠进度数 ≤ 拟拉练项目数 － 拉练不作评估数
    欠进度占比 接近 欠进度约占几成

The grammar, the tightest first: numbers (12.6, 100%), field names, brackets and
合计(…); a sign; × and ÷; + and −; one comparison. Full-width and typographic signs
count as their plain forms (`assembler.formula_tokens`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import NoReturn, TypeAlias

from assembler.formula_tokens import COMPARISONS, FormulaError, Token, tokens

# Deeper brackets are a slip; and a parser that calls itself has to end somewhere.
_DEEPEST = 20
SUM = "合计"


class CircularError(FormulaError):
    """Formulas that need one another.

    Attributes:
        cycle: the fields in order, the first once more at the end.
    """

    def __init__(self, cycle: tuple[str, ...]) -> None:
        route = " → ".join(cycle)
        super().__init__(f"算式绕成了一圈，谁也算不出来：{route}", route)
        self.cycle = cycle


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a formula; ``percent`` tells 5% from 5."""

    value: Fraction
    text: str
    percent: bool
    position: int


@dataclass(frozen=True, slots=True)
class Name:
    """A field in a formula."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Negative:
    """A part with a minus before it."""

    part: "Node"
    position: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts with one of + − × ÷ between them."""

    operator: str
    left: "Node"
    right: "Node"
    position: int


Node: TypeAlias = Number | Name | Negative | Binary


@dataclass(frozen=True, slots=True)
class Formula:
    """What a field follows from.

    Attributes:
        text: as written.
        tree: the expression.
        names: the fields it needs, each once, from left to right.
    """

    text: str
    tree: Node
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Gather the names once: rows ask for them over and over."""
        object.__setattr__(self, "names", _names_in(self.tree))


@dataclass(frozen=True, slots=True)
class Relation:
    """What must hold between fields.

    Attributes:
        text: as written.
        left: the expression before the sign.
        operator: one of = ≠ < ≤ > ≥ ≈ 接近.
        right: the expression behind it.
        position: where in the text the operator stands, from 0.
        names: the fields it needs, each once, from left to right.
    """

    text: str
    left: Node
    operator: str
    right: Node
    position: int
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Gather the names once: rows ask for them over and over."""
        object.__setattr__(self, "names", _names_in(self.left, self.right))


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class _Parser:
    """Reads the tokens of one formula from the first to the last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(tokens(text))
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self, *signs: str) -> Token | None:
        token = self._next
        if token.kind != "sign" or token.text not in signs:
            return None
        self._at += 1
        return token

    def parse(self) -> Formula | Relation:
        left = self._sum()
        comparison = self._take(*COMPARISONS)
        if comparison is None:
            self._finish()
            return Formula(self._text, left)
        right = self._sum()
        self._finish()
        sign, position = comparison.text, comparison.position
        return Relation(self._text, left, sign, right, position)

    def _finish(self) -> None:
        token = self._next
        if token.kind == "end":
            return
        if token.text in COMPARISONS:
            self._fail("一条算式只能有一个比较号，请拆成两条", token)
        if token.text == ")":
            self._fail("这个右括号没有对应的左括号", token)
        self._fail(f"“{token.text}”前面少了运算符号", token)

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "−"):
            node = Binary(sign.text, node, self._product(), sign.position)
        return node

    def _product(self) -> Node:
        node = self._signed()
        while sign := self._take("×", "÷"):
            node = Binary(sign.text, node, self._signed(), sign.position)
        return node

    def _signed(self) -> Node:
        minuses = []
        while sign := self._take("−", "+"):
            minuses.append(sign)
        node = self._single()
        for sign in reversed(minuses):
            node = Negative(node, sign.position) if sign.text == "−" else node
        return node

    def _single(self) -> Node:
        token = self._next
        if opening := self._take("("):
            node = self._sum_in(opening)
            self._close(opening)
            return node
        if token.kind == "number":
            self._at += 1
            return self._number(token)
        if token.kind == "name":
            self._at += 1
            opening = self._take("(") if token.text == SUM else None
            return self._total(opening) if opening else self._name(token)
        missing = f"“{token.text}”这里少了字段名或数字"
        return self._fail("算式没有写完" if token.kind == "end" else missing, token)

    def _sum_in(self, opening: Token) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._fail("括号套得太深", opening)
        return self._sum()

    def _total(self, opening: Token) -> Node:
        node = self._sum_in(opening)
        while sign := self._take("、"):
            node = Binary("+", node, self._sum(), sign.position)
        self._close(opening)
        return node

    def _close(self, opening: Token) -> None:
        if not self._take(")"):
            self._fail("这个左括号没有对应的右括号", opening)
        self._depth -= 1

    def _number(self, token: Token) -> Number:
        if not _NUMBER.fullmatch(token.text):
            self._fail(f"“{token.text}”不是数字", token)
        value = Fraction(token.text)
        percent = self._take("%") is not None
        shown = token.text + "%" * percent
        return Number(value / 100 if percent else value, shown, percent, token.position)

    def _name(self, token: Token) -> Name:
        if self._next.text == "(" and self._next.kind == "sign":
            self._fail(f"“{token.text}”后面少了运算符号", self._next)
        return Name(token.text, token.position)

    def _fail(self, message: str, token: Token) -> NoReturn:
        raise FormulaError(message, self._text, token.position)


def parse(text: str) -> Formula | Relation:
    """Parse a formula or, if there is a comparison in it, a relation.

    Args:
        text: as the guide has it.

    Raises:
        FormulaError: with the place where it cannot be understood.
    """
    return _Parser(text).parse()


def parse_formula(text: str, field: str) -> Formula:
    """Parse what the guide has in a field's row: ``甲 / 乙`` or ``field = 甲 / 乙``.

    Raises:
        FormulaError: it cannot be understood, or is a relation.
    """
    parsed = parse(text)
    if isinstance(parsed, Formula):
        return parsed
    if parsed.operator == "=" and isinstance(parsed.left, Name):
        if parsed.left.name == field:
            return Formula(text, parsed.right)
        message = f"这是“{parsed.left.name}”的算式，写在了“{field}”一行"
        raise FormulaError(message, text, parsed.left.position)
    message = "这是校核关系，不是算式；请写到“校核”一行"
    raise FormulaError(message, text)


def parse_relation(text: str) -> Relation:
    """Parse what the guide has in a row 校核.

    Raises:
        FormulaError: it cannot be understood, or compares nothing.
    """
    parsed = parse(text)
    if isinstance(parsed, Relation):
        return parsed
    message = "校核关系里要有 = ≤ ≥ < > ≈ 这样的比较号"
    raise FormulaError(message, text)


Rule: TypeAlias = Formula | Relation | Node


def walk(rule: Rule) -> Iterator[Node]:
    """All parts of a formula, a relation or a part of these, from left to right."""
    match rule:
        case Formula(tree=tree):
            yield from walk(tree)
        case Relation(left=left, right=right):
            yield from walk(left)
            yield from walk(right)
        case Binary(left=left, right=right):
            yield from walk(left)
            yield rule
            yield from walk(right)
        case Negative(part=part):
            yield rule
            yield from walk(part)
        case Number() | Name():
            yield rule


def names(rule: Rule) -> tuple[str, ...]:
    """The fields a formula or relation needs, each once, from left to right."""
    return rule.names if isinstance(rule, Formula | Relation) else _names_in(rule)


def _names_in(*nodes: Node) -> tuple[str, ...]:
    parts = (part for node in nodes for part in walk(node))
    return tuple(dict.fromkeys(p.name for p in parts if isinstance(p, Name)))


def unknown_name(rule: Formula | Relation, known: set[str]) -> FormulaError | None:
    """The error for the first name that no field or data column has, else None."""
    for node in walk(rule):
        if isinstance(node, Name) and node.name not in known:
            message = f"算式里的“{node.name}”，模板和数据里都没有"
            return FormulaError(message, rule.text, node.position)
    return None


def order(formulas: Mapping[str, Formula]) -> tuple[str, ...]:
    """The fields in an order in which each one's formula finds what it needs.

    Args:
        formulas: field name → its formula.

    Raises:
        CircularError: fields that need one another, or one that needs itself.
    """
    needs = {field: names(formula) for field, formula in formulas.items()}
    try:
        sorted_names = tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        # graphlib names each field behind the one that needs it.
        raise CircularError(tuple(reversed(error.args[1]))) from None
    return tuple(name for name in sorted_names if name in formulas)
