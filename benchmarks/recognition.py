"""How well blanks are recognised: recall and precision by notation and in all.

Run from a checkout: ``python benchmarks/recognition.py [TABLE...]``. Without tables it
reads tests/blank_cases.tsv and tests/blank_corpus.tsv (id, text, expected masks in
reading order, note). A mask counts as found when it is cut exactly and gets the answer
wanted: a blank, or a doubt in the lines whose note begins with ``ask``.
"""

import csv
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assembler.blanks import Verdict, find_blanks  # noqa: E402 (a checkout need not be installed)

TABLES = ("tests/blank_cases.tsv", "tests/blank_corpus.tsv")
# By the mask's own signs, so that what is wanted and what is found are sorted alike.
NOTATIONS = (
    ("tag", r"\{.*|\$.*|«.*|<.*"),
    ("hint", r"[（(].*(?:填|待|补).*"),
    ("brackets", r"[\[［【〔（(].*"),
    ("year", r"(?:19|2[0O]|１９|２０|二).*|2[Xx]{3}"),
    ("date", r"[Yy].*月.*"),
    ("some", r"某+"),
    ("circles", r"[○〇◯]+"),
    ("times", r"[×✕╳⨯✖.]+"),
    ("stars", r"[*＊.]+"),
    ("underscores", r"_.*|＿.*"),
    ("letters", r"[0-9XxＸｘNＮ.．,\-]+"),
    ("other", r".*"),
)


@dataclass
class Tally:
    """What was wanted, found and found rightly, by notation."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    whole_lines: int = 0
    traps: int = 0
    silent_traps: int = 0


def notation_of(mask: str) -> str:
    """The notation a mask is written in."""
    return next(
        name for name, signs in NOTATIONS if re.fullmatch(signs, mask, re.DOTALL)
    )


def rows_of(table: Path) -> list[dict[str, str]]:
    """The lines of a table."""
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def count(tally: Tally, row: dict[str, str]) -> None:
    """Judge one line of a table."""
    note = row["note"] or ""
    wanted = [mask for mask in (row["expected"] or "").split("|") if mask]
    answer = Verdict.DOUBT if note.startswith("ask") else Verdict.BLANK
    blanks = find_blanks(
        row["text"], markdown=note.startswith("md:"), last=note.startswith("last:")
    )
    found = [
        blank.mask if blank.verdict is answer else f"{blank.mask} {blank.verdict}"
        for blank in blanks
    ]
    pairs = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    right = [mask for a, _, size in pairs for mask in wanted[a : a + size]]
    tally.wanted.update(map(notation_of, wanted))
    tally.found.update(notation_of(blank.mask) for blank in blanks)
    tally.right.update(map(notation_of, right))
    tally.lines += 1
    tally.whole_lines += wanted == found
    tally.traps += not wanted
    tally.silent_traps += not wanted and not found


def share(part: int, whole: int) -> str:
    """A share in percent, or a dash where there is nothing to share."""
    return f"{100 * part / whole:6.1f}%" if whole else "      –"


def show(title: str, tally: Tally) -> None:
    """Print one tally as a table."""
    print(f"\n{title}: {tally.lines} lines, {tally.whole_lines} right as a whole")
    print(f"  traps without a blank: {tally.silent_traps} of {tally.traps} silent")
    print(f"  {'notation':12}{'wanted':>8}{'found':>8}{'recall':>9}{'precision':>11}")
    names = [name for name, _ in NOTATIONS if tally.wanted[name] or tally.found[name]]
    for name in sorted(names, key=lambda name: -tally.wanted[name]):
        wanted, found, right = (
            counter[name] for counter in (tally.wanted, tally.found, tally.right)
        )
        row = f"{share(right, wanted):>9}{share(right, found):>11}"
        print(f"  {name:12}{wanted:8}{found:8}{row}")
    totals = tally.wanted.total(), tally.found.total(), tally.right.total()
    row = f"{share(totals[2], totals[0]):>9}{share(totals[2], totals[1]):>11}"
    print(f"  {'in all':12}{totals[0]:8}{totals[1]:8}{row}")


def main(names: list[str]) -> None:
    """Print recall and precision for each table and for all together."""
    tables = [Path(name) for name in names] or [ROOT / name for name in TABLES]
    everything = Tally()
    for table in tables:
        tally = Tally()
        for row in rows_of(table):
            count(tally, row)
            count(everything, row)
        show(table.name, tally)
    if len(tables) > 1:
        show("all tables", everything)


if __name__ == "__main__":
    main(sys.argv[1:])
