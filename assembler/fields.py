"""Fields: what a template's blanks are called, hold and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from assembler.figures import Kind
from assembler.guide import GuideRelation
from assembler.locate import Place


@dataclass(frozen=True, slots=True)
class Field:
    """A named blank of a template.

    Attributes:
        name: the field's name, the head of its column.
        kind: what it holds.
        unit: the unit word beside it, empty where it has none.
        formula: the right-hand side of its formula, None where it has none.
        note: what the guide says of it.
        optional: whether a row may leave it out.
        default: what is printed where a row leaves it out.
        places: where it stands; never empty but for a field that is only checked.
    """

    name: str
    kind: Kind
    unit: str
    formula: str | None
    note: str
    optional: bool
    default: str | None
    places: tuple[Place, ...]


class FieldSource(Protocol):
    """What rows are checked against: a template, or what a draft remembers of it."""

    @property
    def file(self) -> str:
        """The template's file name, for messages."""

    @property
    def fields(self) -> Mapping[str, Field]:
        """Field name → field, in reading order."""

    @property
    def checked(self) -> Mapping[str, Field]:
        """The guide's fields that no place prints but formulas may use."""

    @property
    def lost(self) -> tuple[str, ...]:
        """Those of them that the guide does not mark as unprinted."""

    @property
    def relations(self) -> tuple[GuideRelation, ...]:
        """What must hold between fields."""


def printed_texts(
    fields: Mapping[str, Field], values: Mapping[str, str]
) -> dict[str, str]:
    """The text that each field prints.

    Args:
        fields: field name → field.
        values: field name → text; "" or none at all where a row leaves it out.
    """
    texts = {
        name: values.get(name, "") or field.default or ""
        for name, field in fields.items()
    }
    return {
        name: text.replace("\r\n", "\n").replace("\r", "\n")
        for name, text in texts.items()
    }
