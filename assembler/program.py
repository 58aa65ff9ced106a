"""A part compiled to constant text with slots: a row costs one join.

The text comes with marks in it: ``slot 3`` where field number 3 goes, ``when all 3
4`` … ``end`` round what is left out unless those fields have a value. Pure text:
how the marks are delimited and what is escaped is the caller's business.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the text of a field goes."""

    field: str


@dataclass(frozen=True, slots=True)
class When:
    """What stands only if all (or any) of these fields have a value."""

    fields: tuple[str, ...]
    every: bool
    body: "tuple[Node, ...]"

    def holds(self, values: Mapping[str, str]) -> bool:
        """Whether the body stands, given the texts of the fields."""
        filled = (bool(values[field]) for field in self.fields)
        return all(filled) if self.every else any(filled)


Node = str | Slot | When
Program = tuple[Node, ...]


def slot_mark(field: int) -> str:
    """The mark for the text of field number ``field``."""
    return f"slot {field}"


def when_mark(fields: Iterable[int], *, every: bool) -> str:
    """The mark that opens a stretch which needs every (or any) of these fields."""
    return " ".join(["when", "all" if every else "any", *map(str, fields)])


END_MARK = "end"


def compile_text(text: str, opening: str, closing: str, fields: list[str]) -> Program:
    """Compile text with marks.

    Args:
        text: the text.
        opening: what stands before each mark; it must not occur otherwise.
        closing: what stands behind each mark.
        fields: the field names that the numbers in the marks point to.

    Returns:
        The nodes in order, neighbouring constants joined.
    """
    first, *others = text.split(opening)
    stack: list[list[Node]] = [[first]]
    heads: list[str] = []
    for other in others:
        mark, _, constant = other.partition(closing)
        word, *details = mark.split()
        if word == "slot":
            stack[-1].append(Slot(fields[int(details[0])]))
        elif word == "when":
            heads.append(mark)
            stack.append([])
        else:
            body = tuple(node for node in stack.pop() if node != "")
            stack[-1].append(_when(heads.pop(), body, fields))
        stack[-1].append(constant)
    return tuple(node for node in stack[0] if node != "")


def _when(mark: str, body: Program, fields: list[str]) -> When:
    _, mode, *numbers = mark.split()
    return When(tuple(fields[int(n)] for n in numbers), mode == "all", body)


def run(program: Program, values: Mapping[str, str]) -> str:
    """The text with the fields' texts put in.

    Args:
        program: as `compile_text` made it.
        values: field name → text, for every field of the program, ready to be put in.
    """
    pieces: list[str] = []
    for node in program:
        if isinstance(node, str):
            pieces.append(node)
        elif isinstance(node, Slot):
            pieces.append(values[node.field])
        elif node.holds(values):
            pieces.append(run(node.body, values))
    return "".join(pieces)
