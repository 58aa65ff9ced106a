"""Forty-nine slips of all kinds in one speech: found in one run, quickly."""

import time
from pathlib import Path

from assembler.rules import Hit, Paragraph, TextDocument, run

_HERE = Path(__file__).parent
_AT_LEAST_PLANTED = 40
_LONGEST_SECONDS = 1.0


def _lines() -> list[str]:
    text = (_HERE / "planted_slips.txt").read_text(encoding="utf-8")
    return text.rstrip("\n").split("\n")


def _hits() -> list[Hit]:
    paragraphs = tuple(
        Paragraph(number, text) for number, text in enumerate(_lines(), start=1)
    )
    return run(TextDocument(paragraphs), own_place="清河区")


def _planted() -> list[tuple[int, str, str]]:
    table = (_HERE / "planted_slips.tsv").read_text(encoding="utf-8").splitlines()
    rows = (row.split("\t") for row in table if not row.startswith("#"))
    return [(int(paragraph), code, slip) for paragraph, code, slip in rows]


def _found() -> list[tuple[int, str, str]]:
    lines = _lines()
    return [
        (hit.paragraph, hit.code, lines[hit.paragraph - 1][hit.start : hit.end])
        for hit in _hits()
    ]


def test_every_planted_slip_is_found_with_its_code_and_place() -> None:
    planted = _planted()
    assert len(planted) >= _AT_LEAST_PLANTED
    assert [slip for slip in planted if slip not in _found()] == []


def test_nothing_else_is_found_in_the_planted_speech() -> None:
    assert sorted(_found()) == sorted(_planted())


def test_the_planted_slips_are_of_many_kinds() -> None:
    assert len({code for _, code, _ in _planted()}) >= _AT_LEAST_PLANTED - 5


def test_one_run_takes_less_than_a_second() -> None:
    begin = time.perf_counter()
    _hits()
    assert time.perf_counter() - begin < _LONGEST_SECONDS
