"""A model text on its way to a template: what adopt's steps hand to one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assembler.figures import Kind
from assembler.findings import Finding, Severity
from assembler.guide import Guide
from assembler.layout import Role

WORDS_AROUND = 12
MAIN_LABEL = "正文"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a model text.

    Attributes:
        text: what a person reads.
        number: its number in its part, from 1.
        label: the Chinese name of its story.
        part: its part in the Word package.
        role: what it is in the speech.
        fields: stretches that are fields already.
        notes: offset of a mask → the hint that stood behind it, such as 据实填写.
        context: words that belong before the text though they stand elsewhere: the
            heads of a table's row and column, where its one blank is all it says.
        unit: a unit that stands elsewhere in the same way.
        place: where in a table it is, for people; empty outside of tables.
    """

    text: str
    number: int
    label: str = MAIN_LABEL
    part: str = "word/document.xml"
    role: Role = Role.BODY
    fields: tuple[tuple[int, int], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    context: str = ""
    unit: str = ""
    place: str = ""

    def excerpt(self, start: int, end: int) -> str:
        """The words around a stretch, the stretch between 〖 and 〗."""
        before, after = around(self.text, start, end)
        return f"{before}〖{self.text[start:end]}〗{after}"

    def finding(
        self, found: "tuple[str, Severity]", span: tuple[int, int], what: str, hint: str
    ) -> Finding:
        """A finding about a stretch of this paragraph.

        Args:
            found: its code and severity.
            span: the stretch.
            what: Chinese, without a full stop: what is to be said of it.
            hint: Chinese: what to do.
        """
        excerpt = self.excerpt(*span)
        what = what.rstrip("。")
        return Finding(
            *found,
            f"{self.label}第{self.number}段“{excerpt}”：{what}。",
            part=self.part,
            paragraph=self.number,
            excerpt=excerpt,
            hint=hint if hint.endswith(("。", "？")) else f"{hint}。",
        )


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Up to twelve characters before a stretch and behind it."""
    return text[max(0, start - WORDS_AROUND) : start], text[end : end + WORDS_AROUND]


@dataclass(frozen=True, slots=True)
class Mend:
    """A repair as it is reported.

    Attributes:
        before: what stood there.
        after: what stands there now.
        why: Chinese.
        paragraph: the number of the template's paragraph; None outside of all.
    """

    before: str
    after: str
    why: str
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A blank with the field that it is to be.

    Attributes:
        paragraph: where it stands.
        start: offset of its first character, with the spaces that filling drops.
        end: offset behind its last one.
        mask: the characters of the blank alone.
        name: the field's name.
        kind: what the field holds.
        unit: the unit beside it.
        note: what a person should know when filling it in.
        notation: the recogniser's word for how it is written.
        hint: where a hint stands that is to go, None without one.
    """

    paragraph: Paragraph
    start: int
    end: int
    mask: str
    name: str
    kind: Kind
    unit: str
    note: str = ""
    notation: str = ""
    hint: tuple[int, int] | None = None


class Model(Protocol):
    """A model text that is to become one template."""

    @property
    def title(self) -> str:
        """What the speech is called."""

    @property
    def stem(self) -> str:
        """The template's file name without ending."""

    @property
    def paragraphs(self) -> Sequence[Paragraph]:
        """Its paragraphs in reading order, empty ones too."""

    @property
    def guide(self) -> Guide:
        """The guide that it has already."""

    @property
    def taken(self) -> frozenset[str]:
        """The names of the fields that it has already."""

    @property
    def repairs(self) -> Sequence[Mend]:
        """What was repaired."""

    @property
    def doubts(self) -> Sequence[Finding]:
        """What is doubtful about it apart from its blanks."""

    def template(self, marks: Sequence[Mark], guide: Guide) -> bytes:
        """The template: these blanks as fields, and this guide.

        Raises:
            TemplateError: a blank cannot be made a field.
        """
