"""Reading a document with the proofreading rules.

The rules themselves are listed in :mod:`assembler.rules_register`; each is a small
function over a :class:`~assembler.rules_text.Reading`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assembler.findings import Severity
from assembler.rules_register import RULES, Rule, Scope
from assembler.rules_text import Office, Paragraph, Reading, Spot, TextDocument, read

__all__ = [
    "RULES",
    "Hit",
    "Office",
    "Paragraph",
    "Rule",
    "Scope",
    "TextDocument",
    "run",
]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a rule found.

    Attributes:
        code: the rule's code.
        severity: how much this case matters.
        message: what is wrong, in Chinese.
        hint: what to do, in Chinese.
        paragraph: the paragraph's number.
        start: first character in the paragraph's text, from 0.
        end: one past the last character.
        repair: what could stand there instead, None where a person must decide.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    paragraph: int
    start: int
    end: int
    repair: str | None = None


def run(
    document: TextDocument,
    ignore: frozenset[str] = frozenset(),
    own_place: str | None = None,
    office: Office | None = None,
) -> list[Hit]:
    """Read a document with every rule.

    Args:
        document: one story of a document.
        ignore: codes of rules to leave out.
        own_place: the place whose speech it is (本地名称), where known.
        office: the office's own names and words, and what it has accepted for good.

    Returns:
        The hits by place; the same input always gives the same list.
    """
    office = office or Office()
    if own_place:
        office = replace(office, own_places=(own_place, *office.own_places))
    reading = read(document, office)
    hits = {
        hit for rule in RULES if rule.code not in ignore for hit in _hits(rule, reading)
    }
    return sorted(hits, key=_place)


def _place(hit: Hit) -> tuple[int, int, int, str]:
    return hit.paragraph, hit.start, hit.end, hit.code


def _hits(rule: Rule, reading: Reading) -> Iterator[Hit]:
    texts = {line.number: line.text for line in reading.lines}
    for spot in rule.find(reading):
        if texts[spot.paragraph][spot.start : spot.end] not in reading.office.accepted:
            yield _hit(rule, spot)


def _hit(rule: Rule, spot: Spot) -> Hit:
    return Hit(
        rule.code,
        spot.severity or rule.severity,
        spot.message,
        rule.hint,
        spot.paragraph,
        spot.start,
        spot.end,
        spot.repair,
    )
