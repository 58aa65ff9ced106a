"""Proposing a name, a kind and a unit for each blank from the words around it.

As a careful secretary would: the head noun on the left, the unit and the word on the
right, the clause's subject. What the context cannot tell gets a plain name with its
place, 第3段空白2, never a guess dressed up. Pure text in, names out.
"""

from collections.abc import Sequence

from assembler.blank_spots import Blank
from assembler.context import kind_from_context
from assembler.naming_bodies import (
    name_document_number,
    name_place,
    name_quoted,
    name_thing,
)
from assembler.naming_dates import name_date
from assembler.naming_figures import name_figure
from assembler.naming_formulas import formulas_from_text
from assembler.naming_persons import (
    name_bracket,
    name_label,
    name_opening,
    name_person,
)
from assembler.naming_proposals import Named, Namer, Past, Proposal
from assembler.naming_ranks import name_points, name_rank, name_tenths
from assembler.naming_rows import name_in_row
from assembler.naming_shares import name_percent
from assembler.naming_text import Site, sites_of
from assembler.naming_unique import Settled, settled

__all__ = ["Named", "formulas_from_text", "name_blanks"]

# The first that has an answer counts.
_NAMERS: tuple[Namer, ...] = (
    name_bracket,
    name_opening,
    name_document_number,
    name_date,
    name_rank,
    name_tenths,
    name_in_row,
    name_points,
    name_percent,
    name_label,
    name_person,
    name_figure,
    name_quoted,
    name_thing,
    name_place,
)
_CONTEXT_REACH = 12


def name_blanks(
    paragraphs: Sequence[str], blanks: Sequence[Sequence[Blank]]
) -> list[Named]:
    """Name every blank of a text.

    Args:
        paragraphs: the text.
        blanks: the blanks of each paragraph, as `find_blanks` returns them.

    Returns:
        One answer for each blank, in reading order. Two blanks share a name only where
        the words around say that they are one thing.
    """
    entries: list[tuple[Site, Proposal]] = []
    past = Past()
    for site in sites_of(paragraphs, blanks):
        if past.named and past.named[-1][0].paragraph != site.paragraph:
            past = Past()
        proposal = _proposal(site, past)
        past.named.append((site, proposal))
        entries.append((site, proposal))
    return [
        _named(site, proposal, answer)
        for (site, proposal), answer in zip(entries, settled(entries), strict=True)
    ]


def _proposal(site: Site, past: Past) -> Proposal:
    for namer in _NAMERS:
        if proposal := namer(site, past):
            return proposal
    kind, unit = kind_from_context(site.view.before[-_CONTEXT_REACH:], site.view.after)
    return Proposal("", "", kind, unit)


def _named(site: Site, proposal: Proposal, answer: Settled) -> Named:
    blank = site.blank
    return Named(
        site.paragraph,
        blank.start,
        blank.end,
        blank.mask,
        answer.name,
        proposal.kind,
        proposal.unit,
        answer.same,
        tuple(answer.doubts),
    )
