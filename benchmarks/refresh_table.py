"""What becomes of the figures of a thousand edited drafts when new figures come.

Run from a checkout: ``python benchmarks/refresh_table.py [--drafts N] [--write]``. Each
draft is the bundled speech with thirty-six fields, made of a row at random, edited one
to fourteen times as LibreOffice or Word do it (tests/editing.py: typing, deleting,
splitting and joining paragraphs, bold, sentences moved and copied, figures typed over,
tracked changes, bookmarks lost and grown), and refreshed with another row at random.
What every place must show follows from the edits and the three-way rule alone
(tests/judging.py). Where soffice is at hand, a row tells of drafts that LibreOffice has
saved in between. ``--write`` puts the table into docs/refresh-table.md.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assembler.places import Trace  # noqa: E402 (a checkout need not be installed)
from assembler.refresh import RefreshOptions  # noqa: E402 (the same)
from assembler.threeway import Take  # noqa: E402 (the same)
from tests.evenings import (  # noqa: E402 (the same)
    TEMPLATE,
    Evening,
    Stripped,
    save_by_libreoffice,
)
from tests.judging import WrongError  # noqa: E402 (the same)

PAGE = ROOT / "docs" / "refresh-table.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
MOST_EDITS = 14
# Drafts for one process, and for one start of LibreOffice.
BATCH = 50
HEAD = (
    *("drafts", "places", "unchanged", "updated", "kept by hand", "conflict"),
    *("left and told", "gone and told", "wrong", "found again", "copies"),
)


@dataclass(frozen=True)
class Way:
    """How drafts come to refresh, and how it is asked.

    Attributes:
        name: for the table.
        options: what is asked for.
        stripped: what programs have stripped from the drafts.
        resaved: whether LibreOffice has saved them in between.
    """

    name: str
    options: RefreshOptions = field(default_factory=RefreshOptions)
    stripped: Stripped = field(default_factory=Stripped)
    resaved: bool = False


KNOWN = RefreshOptions(row="2", template=TEMPLATE)
WAYS = (
    Way("as edited"),
    Way("as edited, saved by LibreOffice", resaved=True),
    Way("as edited, `--take data`", RefreshOptions(take=Take.DATA)),
    Way("as edited, `--tracked`", RefreshOptions(tracked=True)),
    Way("bookmarks stripped", stripped=Stripped(bookmarks=True)),
    Way("record stripped", KNOWN, Stripped(record=True)),
    Way("both stripped", KNOWN, Stripped(record=True, bookmarks=True)),
)


def batch(way: Way, seeds: Sequence[int]) -> Counter[str]:
    """What became of the places of some drafts."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for evening in _ready(way, seeds, Path(folder)):
            counts += _outcomes(way, evening)
            counts["drafts"] += 1
    return counts


def _ready(way: Way, seeds: Iterable[int], folder: Path) -> Iterator[Evening]:
    """Drafts that were edited, and whose new figures have come."""
    evenings = [_edited(way, seed, folder / str(seed)) for seed in seeds]
    if way.resaved:
        save_by_libreoffice(evenings, folder)
    yield from evenings


def _edited(way: Way, seed: int, folder: Path) -> Evening:
    folder.mkdir()
    program = "lo" if way.resaved or seed % 2 else "word"
    evening = Evening(folder, seed, program)
    evening.desk.edit(evening.random.randint(1, MOST_EDITS))
    evening.save(way.stripped)
    evening.new_figures()
    return evening


def _outcomes(way: Way, evening: Evening) -> Counter[str]:
    done = evening.refresh(way.options)
    traces = Counter(step.place.trace for step in done.steps)
    try:
        judged = evening.judged(done, way.options, formats=not way.resaved)
    except WrongError as error:
        print(f"wrong: {way.name}: draft {evening.seed}: {error}", file=sys.stderr)
        return Counter({"wrong": 1})
    outcomes = Counter(one.outcome for one in judged)
    gone = _gone(evening)
    return Counter(
        {
            "places": len(judged) + gone,
            "unchanged": outcomes["same"],
            "updated": outcomes["updated"] + outcomes["taken"],
            "kept by hand": outcomes["kept"],
            "conflict": outcomes["conflict"],
            "left and told": outcomes["not placed"],
            "gone and told": gone,
            "found again": traces[Trace.WORDS],
            "copies": traces[Trace.COPY],
        }
    )


def _gone(evening: Evening) -> int:
    """How many places stand nowhere any more; the judge has seen that all were told."""
    there = {place.root for place in evening.desk.instances()}
    return sum(place.root not in there for place in evening.desk.first)


def rows(ways: Iterable[Way], drafts: int) -> Iterator[tuple[Way, Counter[str]]]:
    """The rows of the table."""
    seeds = range(drafts)
    batches = [seeds[start : start + BATCH] for start in range(0, drafts, BATCH)]
    with ProcessPoolExecutor() as pool:
        for way in ways:
            yield way, sum(pool.map(partial(batch, way), batches), Counter[str]())


def table(counted: Iterable[tuple[Way, Counter[str]]]) -> Iterator[str]:
    """The table in Markdown."""
    yield f"| draft | {' | '.join(HEAD)} |"
    yield "|---|" + "---:|" * len(HEAD)
    for way, counts in counted:
        cells = " | ".join(f"{counts[head]:,}" for head in HEAD)
        yield f"| {way.name} | {cells} |"


def page(lines: Iterable[str], old: str) -> str:
    """The page of the docs with another table in it."""
    before, _, rest = old.partition(BEGIN)
    _, _, behind = rest.partition(END)
    return "\n".join((f"{before}{BEGIN}", *lines, f"{END}{behind}"))


def main() -> int:
    """Print the table, and write it where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--drafts", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    has_libreoffice = shutil.which("soffice") is not None
    ways = [way for way in WAYS if has_libreoffice or not way.resaved]
    counted = list(rows(ways, asked.drafts))
    lines = list(table(counted))
    print("\n".join(lines))
    if asked.write:
        PAGE.write_text(page(lines, PAGE.read_text("utf-8")), "utf-8")
    return int(any(counts["wrong"] for _, counts in counted))


if __name__ == "__main__":
    raise SystemExit(main())
