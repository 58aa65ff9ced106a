"""Places: where a draft's fields stand now, and what became of those that do not."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assembler.base import Base
from assembler.figures import Kind
from assembler.stream import MarkedParagraph
from assembler.wordml import Bookmark

# What the record has for a place of which nobody knows what was left there.
UNKNOWN = "（不详）"
_WORDS_AROUND = 12
_LONGEST_SHOWN, _ENDS_SHOWN = 60, 24


class Trace(StrEnum):
    """By what a place was found."""

    MARK = "mark"
    WORDS = "words"
    COPY = "copy"


def brief(text: str) -> str:
    """A value for a line that people read: long ones without their middle."""
    if len(text) <= _LONGEST_SHOWN:
        return text
    return f"{text[:_ENDS_SHOWN]}……{text[-_ENDS_SHOWN:]}"


def excerpt_of(text: str, start: int, end: int) -> str:
    """The words round a stretch of a text, the stretch between 〖 and 〗."""
    before = text[max(0, start - _WORDS_AROUND) : start]
    return f"{before}〖{brief(text[start:end])}〗{text[end : end + _WORDS_AROUND]}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a field as it stands now.

    Attributes:
        field: the field.
        name: the bookmark that is its own; empty for a copy that has none yet.
        base: the text that merge or refresh left there; None where that is not known.
        touched: whether a person has changed it, or what touches it.
        certain: whether it is beyond doubt how far it reaches.
        trace: by what it was found.
        paragraph: the paragraph it stands in.
        start: offset of its first character in the paragraph's text.
        end: offset behind its last one.
        bookmark: the bookmark that is there already, None if there is none.
    """

    field: str
    name: str
    base: str | None
    touched: bool
    certain: bool
    trace: Trace
    paragraph: MarkedParagraph
    start: int
    end: int
    bookmark: Bookmark | None

    @property
    def now(self) -> str:
        """The text that stands there."""
        return self.paragraph.text[self.start : self.end]

    @property
    def excerpt(self) -> str:
        """The words around, the value between 〖 and 〗."""
        return excerpt_of(self.paragraph.text, self.start, self.end)

    def around(self, characters: int) -> tuple[str, str]:
        """So many characters in front of it and behind it, in its paragraph."""
        text = self.paragraph.text
        before = text[max(0, self.start - characters) : self.start]
        return before, text[self.end : self.end + characters]

    @property
    def position(self) -> str:
        """Where it is, for people: 正文第3段."""
        return f"{self.paragraph.story.label}第{self.paragraph.number}段"


class Loss(StrEnum):
    """What became of a place that is there no more.

    `GONE`: its sentence was deleted or is another. `SEVERAL`: more than one stretch of
    the draft could be it. `TORN`: Enter was pressed in the middle of it. `COPIED`: it
    is gone, but copies of it stand. `COPY`: it was such a copy, and is gone.
    """

    GONE = "gone"
    SEVERAL = "several"
    TORN = "torn"
    COPIED = "copied"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Lost:
    """A place that is there no more, or cannot be told for certain.

    Attributes:
        field: the field.
        name: the bookmark that stood there; empty where that is elsewhere by now.
        base: the text that stood there; None where that is not known.
        before: the words that were in front of it in its paragraph.
        behind: the words that were behind it.
        loss: what became of it.
    """

    field: str
    name: str
    base: str | None
    before: str
    behind: str
    loss: Loss

    @property
    def excerpt(self) -> str:
        """The words around, the value between 〖 and 〗."""
        value = "……" if self.base is None else brief(self.base)
        return f"{self.before}〖{value}〗{self.behind}"


@dataclass(frozen=True, slots=True)
class Located:
    """What became of the places of a draft.

    Attributes:
        places: those that are there, in reading order.
        lost: the others.
    """

    places: tuple[Place, ...]
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a draft from the time it was made.

    Attributes:
        base: its fields and text.
        printed: field name → text; None where the record was stripped.
        places: bookmark name → text, for places that do not show what was printed.
        guessed: whether the base was stripped too, and read off the draft itself.
    """

    base: Base
    printed: Mapping[str, str] | None
    places: Mapping[str, str]
    guessed: bool = False

    def text(self, name: str, field: str) -> str | None:
        """The text that was left in a place."""
        if self.printed is None:
            return None
        text = self.places.get(name, self.printed.get(field))
        return None if text == UNKNOWN else text

    def kind(self, field: str) -> Kind:
        """What a field holds; words where that is not known."""
        known = self.base.fields.get(field)
        return known.kind if known else Kind.TEXT
