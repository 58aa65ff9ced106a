"""Print the false alarms of the proofreading rules over the clean prose, by rule.

Usage: python benchmarks/false_alarms.py [--held-out | --seen]

Everything in tests/corpus is clean, so every finding there is a false alarm. About a
third of it (heldout_*.txt) was not looked at while the rules were written.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

from assembler.rules import Hit, Paragraph, TextDocument, run  # noqa: E402 - path first

_CORPUS = _ROOT / "tests" / "corpus"
_OWN_PLACE = "澄川区"
_PER = 10_000
_AROUND = 12


def main() -> None:
    """Read the corpus with all rules and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--held-out", action="store_true", help="only heldout_*.txt")
    group.add_argument("--seen", action="store_true", help="only the others")
    options = parser.parse_args()
    for title, paths in _parts(held_out=options.held_out, seen=options.seen):
        _report(title, paths)


def _parts(*, held_out: bool, seen: bool) -> list[tuple[str, list[Path]]]:
    paths = sorted(_CORPUS.glob("*.txt"))
    held = [path for path in paths if path.stem.startswith("heldout")]
    others = [path for path in paths if path not in held]
    parts = []
    if not held_out:
        parts.append(("seen while the rules were written", others))
    if not seen:
        parts.append(("held out", held))
    return parts


def _report(title: str, paths: list[Path]) -> None:
    counts: Counter[str] = Counter()
    characters = 0
    begin = time.perf_counter()
    for path in paths:
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        characters += len("".join("".join(lines).split()))
        for hit in _hits(lines):
            counts[hit.code] += 1
            print(f"  {path.name}:{hit.paragraph} {hit.code} {_excerpt(lines, hit)}")
    seconds = time.perf_counter() - begin
    rate = counts.total() / characters * _PER
    print(f"{title}: {len(paths)} files, {characters} characters, {seconds:.2f} s")
    for code, number in counts.most_common():
        print(f"  {code:32} {number:4} {number / characters * _PER:8.2f}")
    print(f"  {'all rules':32} {counts.total():4} {rate:8.2f} per {_PER} characters")


def _hits(lines: list[str]) -> list[Hit]:
    paragraphs = (Paragraph(number, text) for number, text in enumerate(lines, 1))
    return run(TextDocument(tuple(paragraphs)), own_place=_OWN_PLACE)


def _excerpt(lines: list[str], hit: Hit) -> str:
    text = lines[hit.paragraph - 1]
    before = text[max(hit.start - _AROUND, 0) : hit.start]
    return f"{before}〖{text[hit.start : hit.end]}〗{text[hit.end : hit.end + _AROUND]}"


if __name__ == "__main__":
    main()
