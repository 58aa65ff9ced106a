"""A part compiled to constant text with slots: a row costs one join.

The text comes with marks in it: ``slot 3`` where field number 3 goes, ``when all 3
4`` … ``end`` round what is left out unless those fields have a value. Pure text:
how the marks are delimited and what is escaped is the caller's business.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class When:
    """What stands only if every (or any) of these fields has a text."""

    fields: tuple[str, ...]
    every: bool
    body: "Program"

    def text(self, values: Mapping[str, str]) -> str:
        """The body's text, or none, given the texts of the fields."""
        filled = (bool(values[field]) for field in self.fields)
        holds = all(filled) if self.every else any(filled)
        return run(self.body, values) if holds else ""


@dataclass(frozen=True, slots=True)
class Program:
    """Compiled text: constants with slots between them.

    Attributes:
        constants: one more than there are slots.
        slots: the name of a field for each slot, or "" for a condition.
        conditions: rank of a slot → the condition that stands there.
    """

    constants: tuple[str, ...]
    slots: tuple[str, ...]
    conditions: Mapping[int, When]


def slot_mark(field: int) -> str:
    """The mark for the text of field number ``field``."""
    return f"slot {field}"


def when_mark(fields: Iterable[int], *, every: bool) -> str:
    """The mark that opens a stretch which needs every (or any) of these fields."""
    return " ".join(["when", "all" if every else "any", *map(str, fields)])


END_MARK = "end"


class _Builder:
    """Gathers a program piece by piece."""

    def __init__(self, head: str) -> None:
        self.head = head
        self._constants = [""]
        self._slots: list[str] = []
        self._conditions: dict[int, When] = {}

    def constant(self, text: str) -> None:
        self._constants[-1] += text

    def slot(self, field: str) -> None:
        self._slots.append(field)
        self._constants.append("")

    def condition(self, when: When) -> None:
        self._conditions[len(self._slots)] = when
        self.slot("")

    def program(self) -> Program:
        return Program(tuple(self._constants), tuple(self._slots), self._conditions)


def compile_text(text: str, opening: str, closing: str, fields: list[str]) -> Program:
    """Compile text with marks.

    Args:
        text: the text.
        opening: what stands before each mark; it must not occur otherwise.
        closing: what stands behind each mark.
        fields: the field names that the numbers in the marks point to.

    Returns:
        The program that `run` carries out.
    """
    first, *others = text.split(opening)
    stack = [_Builder("")]
    stack[0].constant(first)
    for other in others:
        mark, _, constant = other.partition(closing)
        word, *details = mark.split()
        if word == "slot":
            stack[-1].slot(fields[int(details[0])])
        elif word == "when":
            stack.append(_Builder(mark))
        else:
            inner = stack.pop()
            stack[-1].condition(_when(inner, fields))
        stack[-1].constant(constant)
    return stack[0].program()


def _when(builder: _Builder, fields: list[str]) -> When:
    _, mode, *numbers = builder.head.split()
    names = tuple(fields[int(number)] for number in numbers)
    return When(names, mode == "all", builder.program())


def run(program: Program, values: Mapping[str, str]) -> str:
    """The text with the fields' texts put in.

    Args:
        program: as `compile_text` made it.
        values: field name → text, for every field of the program, ready to be put in.
    """
    pieces = [""] * (2 * len(program.slots) + 1)
    pieces[::2] = program.constants
    pieces[1::2] = [values[field] if field else "" for field in program.slots]
    for rank, when in program.conditions.items():
        pieces[2 * rank + 1] = when.text(values)
    return "".join(pieces)
