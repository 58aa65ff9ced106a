"""What a namer answers, and what it may ask of the blanks named before."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from assembler.figures import Kind
from assembler.naming_nouns import is_generic, is_measured, phrase, subject_of
from assembler.naming_text import Site
from assembler.naming_words import MASK


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name in its parts.

    Attributes:
        stem: what the value is of, 技改投资; empty where only a plain name is left.
        suffix: what it tells of it: 数, 增速, 占比, 全市位次; or empty.
        kind: the kind of its values.
        unit: the unit that the speech prints beside it, None if it prints none.
        base: what a share or growth behind it refers to, where that is not the stem.
        subject: a noun that may tell it from a namesake; or empty.
        definite: whether the words around say that the thing was named before.
    """

    stem: str
    suffix: str = ""
    kind: Kind = Kind.TEXT
    unit: str | None = None
    base: str = ""
    subject: str = ""
    definite: bool = False

    @property
    def name(self) -> str:
        """Stem and suffix; empty where nothing is known."""
        return self.stem + self.suffix

    @property
    def indicator(self) -> str:
        """What a growth or share that follows grows or shares."""
        return self.base or self.stem


@dataclass(frozen=True, slots=True)
class Named:
    """A blank with the field proposed for it.

    Attributes:
        paragraph: the index of its paragraph in the text, from 0.
        start: offset of the mask's first character in the paragraph.
        end: offset behind the mask's last character.
        mask: the whole mask.
        name: a valid field name.
        kind: what the field holds.
        unit: the unit that the text prints beside it, None if it prints none.
        same_as_earlier: whether an earlier blank is the same field.
        doubts: Chinese; what a person should decide about the name.
    """

    paragraph: int
    start: int
    end: int
    mask: str
    name: str
    kind: Kind
    unit: str | None
    same_as_earlier: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """The blanks of the same paragraph that are named already, in order."""

    named: list[tuple[Site, Proposal]] = field(default_factory=list)

    def last(self) -> tuple[Site, Proposal] | None:
        """The blank before; None for the paragraph's first."""
        return self.named[-1] if self.named else None

    def since(self, start: int) -> list[tuple[Site, Proposal]]:
        """The blanks named from a place in the paragraph on."""
        count = len(self.named)
        while count and self.named[count - 1][0].at >= start:
            count -= 1
        return self.named[count:]

    def figures(self, site: Site) -> list[Proposal]:
        """The figures named before a blank in its sentence."""
        before = self.since(site.at - len(site.view.sentence))
        return [p for _, p in before if p.stem and p.kind.is_number]


Namer: TypeAlias = Callable[[Site, Past], Proposal | None]
_CLAUSE = re.compile("[^，：；]+[，：；]?")
_FIGURE = re.compile(rf"[0-9][0-9.,]*|{MASK}")
_DATES = frozenset({Kind.MONTH, Kind.YEAR, Kind.DATE})


def indicator_before(site: Site, past: Past, *, wide: bool = False) -> str:
    """The nearest measured thing to the left of a figure; or empty.

    Args:
        site: the figure.
        past: what was named before it in the paragraph.
        wide: whether to look past ；, as for a verb whose object is left out.
    """
    stretch = site.view.period if wide else site.view.sentence
    start = site.at - len(stretch)
    earlier = past.since(start)
    for clause in reversed(list(_CLAUSE.finditer(stretch))):
        begin, end = start + clause.start(), start + clause.end()
        indicators = [
            proposal.indicator
            for place, proposal in earlier
            if begin <= place.at < end and _has_indicator(proposal)
        ]
        if indicators:
            return indicators[-1]
        own = end >= site.at
        words = clause[0].removesuffix(site.view.lead) if own else clause[0]
        if noun := _measured_noun(words):
            return noun
    return ""


def _has_indicator(proposal: Proposal) -> bool:
    numeric = proposal.kind.is_number and proposal.kind not in _DATES
    return numeric and bool(proposal.indicator)


def _measured_noun(clause: str) -> str:
    head = clause.strip("，：；")
    figures = list(_FIGURE.finditer(head))
    if figures:
        head = head[: figures[-1].start()]
    noun = phrase(subject_of(head)).words
    return noun if is_measured(noun) else ""


def thing_before(words: str, site: Site, past: Past) -> str:
    """What changes or is compared: the subject, else the indicator before it.

    Args:
        words: what stands before the verb, in the same clause.
        site: the figure.
        past: what was named before it in the paragraph.
    """
    noun = phrase(subject_of(words)).words
    if noun and not is_generic(noun):
        return noun
    whole = indicator_before(site, past)
    return whole if whole.endswith(noun) else whole + noun
