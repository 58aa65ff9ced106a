"""A document as a proofreader reads it, and what a rule may say about it.

Rules see paragraphs of plain text. Addresses, codes and the titles in 《》 are not
the speaker's own words: :attr:`Line.plain` hides them behind characters of equal
number, so that places found in it are places in the text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from assembler.findings import Severity

HANZI = "\u4e00-\u9fff〇"
HIDDEN = "\ue000"
_ADDRESS = r"(?:https?://|www\.)[\w\-./?=&%#:~+]+|[\w.\-]+@[\w\-]+(?:\.[\w\-]+)+"
_CODE = (
    r"(?<![A-Za-z0-9])[A-Za-z]{1,6}[-/]?\d+(?:[-./]\d+)*[A-Za-z]*"
    r"(?![A-Za-z0-9%亿万元]|\.\d)"
)
_PROTECTED = rf"{_ADDRESS}|{_CODE}|(?<=《)[^《》\n]{{1,80}}(?=》)"
_SENTENCE_END = "。！？\n"
_CLAUSE_END = "，。；：！？、\n（）"
_DIGITS = "零一二三四五六七八九"
_TEN = 10
_LEAD = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a document's story, as its reader sees it.

    Attributes:
        number: the paragraph's number in its part, from 1.
        text: runs joined; line breaks and tabs as characters of their own.
        style: the name of its paragraph style.
        level: its outline level from 1, None for body text.
        in_table: whether it stands in a table cell.
        indent: first-line indent in characters, None where unknown.
    """

    number: int
    text: str
    style: str | None = None
    level: int | None = None
    in_table: bool = False
    indent: float | None = None


@dataclass(frozen=True, slots=True)
class TextDocument:
    """One story of a document: its paragraphs in reading order."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """What an office tells the rules about itself; everything may be left out.

    Attributes:
        own_places: full names of its own places (``清河区``, its towns).
        foreign_places: places whose model texts it works from.
        wrong_words: further pairs of wrong and right word.
        accepted: stretches of text that are never reported, whatever the rule.
    """

    own_places: tuple[str, ...] = ()
    foreign_places: tuple[str, ...] = ()
    wrong_words: tuple[tuple[str, str], ...] = ()
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spot:
    """What a rule found: a stretch of one paragraph and what is wrong there.

    Attributes:
        paragraph: the paragraph's number.
        start: first character of the stretch, from 0.
        end: one past its last character.
        message: Chinese, naming what is wrong.
        severity: where the case is milder or graver than its rule's default.
        repair: what could stand there instead, where that is certain.
    """

    paragraph: int
    start: int
    end: int
    message: str
    severity: Severity | None = None
    repair: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph prepared for the rules.

    Attributes:
        paragraph: where it comes from.
        plain: its text with addresses, codes and titles hidden, equally long.
    """

    paragraph: Paragraph
    plain: str

    @property
    def number(self) -> int:
        """The paragraph's number."""
        return self.paragraph.number

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self.paragraph.text

    @property
    def in_table(self) -> bool:
        """Whether the paragraph stands in a table cell."""
        return self.paragraph.in_table

    def spot(self, start: int, end: int, message: str) -> Spot:
        """A finding on a stretch of this paragraph."""
        return Spot(self.number, start, end, message)

    def hit(self, found: "re.Match[str]", message: str, group: int | str = 0) -> Spot:
        """A finding on what a pattern (or a group of it) matched."""
        return self.spot(found.start(group), found.end(group), message)

    def mend(self, found: "re.Match[str]", message: str, repair: str | None) -> Spot:
        """A finding on a match that knows what should stand there."""
        return Spot(self.number, found.start(), found.end(), message, repair=repair)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document ready to be proofread: its lines and whose speech it is."""

    lines: tuple[Line, ...]
    office: Office = field(default_factory=Office)

    @property
    def prose(self) -> tuple[Line, ...]:
        """The lines outside tables."""
        return tuple(line for line in self.lines if not line.in_table)


LineFinder = Callable[[Line], Iterator[Spot]]
Finder = Callable[[Reading], Iterator[Spot]]


def each_line(find: LineFinder) -> Finder:
    """A rule about one paragraph as a rule about a whole document."""
    return partial(_over_lines, find)


def _over_lines(find: LineFinder, reading: Reading) -> Iterator[Spot]:
    for line in reading.lines:
        yield from find(line)


def read(document: TextDocument, office: Office) -> Reading:
    """Prepare a document for the rules."""
    own = tuple(name for place in office.own_places if (name := place.strip()))
    foreign = tuple(name for place in office.foreign_places if (name := place.strip()))
    office = replace(office, own_places=own, foreign_places=foreign)
    lines = tuple(
        Line(paragraph, hidden(paragraph.text)) for paragraph in document.paragraphs
    )
    return Reading(lines, office)


def hidden(text: str) -> str:
    """The text with addresses, codes and titles hidden, equally long."""
    return re.sub(_PROTECTED, lambda found: HIDDEN * len(found.group()), text)


def stretch(text: str, place: int, ends: str) -> tuple[int, int]:
    """Start and end of the piece round a place, bounded by any of these marks."""
    start = max(text.rfind(mark, 0, place) for mark in ends) + 1
    stops = [stop for mark in ends if (stop := text.find(mark, place)) >= 0]
    return start, min(stops, default=len(text))


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """Start and end of the sentence round a place, its mark not counted."""
    return stretch(text, place, _SENTENCE_END)


def clause_at(text: str, place: int) -> tuple[int, int]:
    """Start and end of the clause round a place, its marks not counted."""
    return stretch(text, place, _CLAUSE_END)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with the place where it starts, its mark included."""
    for found in re.finditer(rf"[^{_SENTENCE_END}]+[{_SENTENCE_END}]?", text):
        yield found.start(), found.group()


def lead(text: str, place: int) -> str:
    """The words right before a place, as many as a rule may want to look at."""
    return text[max(place - _LEAD, 0) : place]


def in_quotes(text: str, place: int) -> bool:
    """Whether a place lies between an opening quote mark and its closing one."""
    before = text[:place]
    return before.rfind("“") > before.rfind("”")


def ordinal(word: str) -> int | None:
    """The number that hanzi or digits write, 1 to 99; None for anything else."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _digit(word)
    head = _digit(tens) if tens else 1
    tail = _digit(ones) if ones else 0
    return None if head is None or tail is None else head * _TEN + tail


def _digit(word: str) -> int | None:
    if len(word) != 1:
        return None
    if word == "两":
        return 2
    place = _DIGITS.find(word)
    return place if place >= 0 else None
