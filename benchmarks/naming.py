"""How well blanks are named: exact, acceptable, plain and wrong, table by table.

Run from a checkout: ``python benchmarks/naming.py [-v] [--heldout] [--speed]``. It
reads tests/naming_bundled.tsv (the bundled layouts, their names taken away) and
tests/naming_cases.tsv; the sentences that were held out, only when asked for. ``-v``
lists every name that is not exact, ``--speed`` times a text of two megabytes.

The held-out tables were each looked at once before what they showed was mended:
naming_heldout.tsv gave 91.1 % exact or acceptable, 3.0 % plain, 6.0 % wrong, the harder
naming_heldout2.tsv 85.7 %, 4.4 % and 9.9 %. With jieba 0.42.1 holding every cut to the
edges of its words the same two gave 91.7 % and 86.8 %, and one more name of the tuned
table went wrong: too little for a dependency.

*shared* counts pairs of different things that got one name within a text, *split*
places of one thing that got a name of their own, *kind* and *unit* the blanks whose
kind and unit are right. The three opening lines of a bundled layout (date, speaker) are
counted apart, because the layouts' counts leave them out.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assembler.naming import Named, formulas_from_text, name_blanks  # noqa: E402 (a checkout need not be installed)
from tests.naming_tables import (  # noqa: E402 (the same)
    ACCEPTABLE,
    EXACT,
    PLAIN,
    SENTENCE_TABLES,
    WRONG,
    Case,
    Wanted,
    bundled_cases,
    sentence_cases,
)

_HEAD_BLANKS = 5
_TWO_MEGABYTES = 2_000_000
Pair = tuple[Wanted, Named]


@dataclass
class Tally:
    """What was proposed, how good it was, and what did not fit."""

    answers: Counter[str] = field(default_factory=Counter)
    shared: int = 0
    split: int = 0
    kinds: int = 0
    units: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def blanks(self) -> int:
        """How many blanks were named."""
        return self.answers.total()


def named_pairs(case: Case) -> list[Pair]:
    """Each blank's wanted name and the one proposed.

    Raises:
        ValueError: the recogniser finds other blanks than the table has.
    """
    blanks = case.blanks
    if sum(map(len, blanks)) != len(case.wanted):
        message = (
            f"{case.id}: {sum(map(len, blanks))} blanks, {len(case.wanted)} wanted"
        )
        raise ValueError(message)
    return list(zip(case.wanted, name_blanks(case.paragraphs, blanks), strict=True))


def count(tally: Tally, case_id: str, pairs: Sequence[Pair]) -> None:
    """Judge the names of one text."""
    for wanted, named in pairs:
        answer = wanted.judge(named.name)
        tally.answers[answer] += 1
        tally.kinds += wanted.has_kind(named)
        tally.units += wanted.has_unit(named)
        right = wanted.has_kind(named) and wanted.has_unit(named)
        if answer != EXACT or not right:
            unit = named.unit or ""
            shown = f"{named.name} {named.kind}:{unit}, wanted {wanted.exact}"
            tally.notes.append(f"{case_id} {answer:10} {named.mask} → {shown}")
    for (wanted, named), (other, other_named) in combinations(pairs, 2):
        same, alike = wanted.exact == other.exact, named.name == other_named.name
        tally.shared += alike and not same
        tally.split += same and not alike and wanted.exact != "?"


def share(part: int, whole: int) -> str:
    """A count and its share in percent."""
    return f"{part:4} ({100 * part / whole:5.1f}%)" if whole else f"{part:4}"


def show(title: str, tally: Tally, *, verbose: bool) -> None:
    """Print one tally."""
    print(f"{title}: {tally.blanks} blanks")
    good = tally.answers[EXACT] + tally.answers[ACCEPTABLE]
    print(f"  exact or acceptable {share(good, tally.blanks)}")
    for answer in (EXACT, ACCEPTABLE, PLAIN, WRONG):
        print(f"    {answer:17} {share(tally.answers[answer], tally.blanks)}")
    print(f"  kind {share(tally.kinds, tally.blanks)}", end=", ")
    print(f"unit {share(tally.units, tally.blanks)}", end=", ")
    print(f"shared {tally.shared}, split {tally.split}")
    for note in tally.notes if verbose else []:
        print(f"    {note}")


def tally_of(parts: Iterable[tuple[str, Sequence[Pair]]]) -> Tally:
    """One tally for several texts."""
    tally = Tally()
    for case_id, pairs in parts:
        count(tally, case_id, pairs)
    return tally


def show_speed() -> None:
    """Print how long a text of two megabytes takes, its blanks found beforehand."""
    cases = [*bundled_cases(), *sentence_cases(SENTENCE_TABLES[0])]
    size = sum(len(text.encode()) for case in cases for text in case.paragraphs)
    times = -(-_TWO_MEGABYTES // size)
    paragraphs = [text for case in cases for text in case.paragraphs] * times
    blanks = [found for case in cases for found in case.blanks] * times
    start = perf_counter()
    named = name_blanks(paragraphs, blanks)
    named_at = perf_counter()
    formulas_from_text(paragraphs, named)
    print(f"two megabytes, {len(named)} blanks: ", end="")
    print(f"named in {named_at - start:.1f} s", end=", ")
    print(f"formulas in {perf_counter() - named_at:.1f} s")


def main() -> None:
    """Print a tally for each table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--heldout", action="store_true")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    bundled = [(case.id, named_pairs(case)) for case in bundled_cases()]
    bodies = tally_of((name, pairs[_HEAD_BLANKS:]) for name, pairs in bundled)
    heads = tally_of((name, pairs[:_HEAD_BLANKS]) for name, pairs in bundled)
    show("naming_bundled.tsv, the speeches", bodies, verbose=options.verbose)
    show("naming_bundled.tsv, opening lines", heads, verbose=options.verbose)
    for table in SENTENCE_TABLES[: None if options.heldout else 1]:
        cases = [(case.id, named_pairs(case)) for case in sentence_cases(table)]
        show(table, tally_of(cases), verbose=options.verbose)
    if options.speed:
        show_speed()


if __name__ == "__main__":
    main()
