"""The base and the draft as texts that can be compared: a token in each place."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assembler.anchoring import WORDS_KEPT, Anchor, tokens_for
from assembler.base import BaseMark, BaseParagraph
from assembler.edges import BREAK
from assembler.places import Known
from assembler.stream import MarkedParagraph


@dataclass(frozen=True, slots=True)
class BaseText:
    """A story of the base.

    Attributes:
        text: its text, a token in each place.
        anchors: its places, in reading order.
    """

    text: str
    anchors: tuple[Anchor, ...]


NO_BASE = BaseText("", ())


def base_texts(known: Known) -> dict[str, BaseText]:
    """The stories of the base by their Chinese name; headers are one story."""
    tokens = tokens_for(known.base.fields)
    labels = dict.fromkeys(story.label for story in known.base.stories)
    return {label: _base_text(label, known, tokens) for label in labels}


def _base_text(label: str, known: Known, tokens: Mapping[str, str]) -> BaseText:
    text, marks = BREAK, list[tuple[int, BaseMark]]()
    for paragraph in _paragraphs(label, known):
        for piece in paragraph:
            if isinstance(piece, str):
                text += piece
            elif piece.field in tokens:
                marks.append((len(text), piece))
                text += tokens[piece.field]
        text += BREAK
    anchors = (
        Anchor(
            name=mark.bookmark,
            field=mark.field,
            kind=known.kind(mark.field),
            text=known.text(mark.bookmark, mark.field),
            left=text[max(0, offset - WORDS_KEPT) : offset],
            right=text[offset + 1 : offset + 1 + WORDS_KEPT],
        )
        for offset, mark in marks
    )
    return BaseText(text, tuple(anchors))


def _paragraphs(label: str, known: Known) -> Iterable[BaseParagraph]:
    return (
        paragraph
        for story in known.base.stories
        if story.label == label
        for paragraph in story.paragraphs
        if not _was_left_out(paragraph, known)
    )


def _was_left_out(paragraph: BaseParagraph, known: Known) -> bool:
    """Whether merge left a paragraph out since its fields had no values."""
    marks = [piece for piece in paragraph if isinstance(piece, BaseMark)]
    words = "".join(piece for piece in paragraph if isinstance(piece, str))
    return (
        bool(marks)
        and not any(character.isalnum() for character in words)
        and all(known.text(mark.bookmark, mark.field) == "" for mark in marks)
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a token stands for: offsets in the text of a paragraph."""

    paragraph: int
    start: int
    end: int
    token: str


class StoryText:
    """A story as it stands now, as one text with tokens in some places.

    Args:
        paragraphs: the story's.
        stretches: what tokens stand for; one that reaches into another gets none.
    """

    def __init__(
        self, paragraphs: Sequence[MarkedParagraph], stretches: Iterable[Stretch]
    ) -> None:
        by_paragraph: dict[int, list[Stretch]] = {}
        for stretch in stretches:
            by_paragraph.setdefault(stretch.paragraph, []).append(stretch)
        # Where each literal piece begins: in the whole text, and in its paragraph.
        self._starts: list[int] = []
        self._origins: list[tuple[int, int]] = []
        self.text = BREAK
        for index, paragraph in enumerate(paragraphs):
            position = 0
            for one in sorted(by_paragraph.get(index, ()), key=_by_offsets):
                if one.start < position:
                    continue
                self._add(index, position, paragraph.text[position : one.start])
                self.text += one.token
                position = one.end
            self._add(index, position, paragraph.text[position:] + BREAK)

    def _add(self, index: int, offset: int, text: str) -> None:
        self._starts.append(len(self.text))
        self._origins.append((index, offset))
        self.text += text

    def origin(self, offset: int) -> tuple[int, int]:
        """Index of the paragraph, and the offset in its text."""
        piece = max(bisect_right(self._starts, offset) - 1, 0)
        index, begin = self._origins[piece]
        return index, begin + offset - self._starts[piece]

    def offset(self, paragraph: int, position: int) -> int:
        """The way back; right behind a token rather than in front of it."""
        piece = bisect_right(self._origins, (paragraph, position)) - 1
        return self._starts[piece] + position - self._origins[piece][1]


def _by_offsets(stretch: Stretch) -> tuple[int, int]:
    return stretch.start, stretch.end
