"""Every rule against its wrong and right sentences, tests/rule_cases.tsv."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assembler.rules import RULES, Hit, Office, Paragraph, TextDocument, run

_TABLE = Path(__file__).parent / "rule_cases.tsv"
_SIGNS = {"␊": "\n", "␣": " ", "␤": "\u3000"}
_MARKED = re.compile("〖(.*?)〗", re.DOTALL)
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Case:
    code: str
    verdict: str
    text: str
    options: dict[str, str]


def _cases() -> list[Case]:
    cases = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, verdict, text, options, *_ = [*line.split("\t"), ""]
        for sign, character in _SIGNS.items():
            text = text.replace(sign, character)
        cases.append(Case(code, verdict, text, _options(options)))
    return cases


def _options(text: str) -> dict[str, str]:
    pairs = (option.partition("=") for option in text.split())
    return {name: value for name, _, value in pairs}


def _document(case: Case) -> TextDocument:
    plain = case.text.replace("〖", "").replace("〗", "")
    indent = float(case.options["indent"]) if "indent" in case.options else None
    return TextDocument(
        tuple(
            Paragraph(number, text, in_table="table" in case.options, indent=indent)
            for number, text in enumerate(plain.split("⏎"), start=1)
        )
    )


def _office(case: Case) -> Office:
    foreign = case.options.get("foreign")
    return Office(foreign_places=(foreign,) if foreign else ())


def _hits(case: Case) -> list[Hit]:
    own = case.options.get("own")
    return run(_document(case), own_place=own, office=_office(case))


def _marked_spots(text: str) -> list[tuple[int, int, int]]:
    spots = []
    for number, paragraph in enumerate(text.split("⏎"), start=1):
        for order, found in enumerate(_MARKED.finditer(paragraph)):
            start = found.start() - 2 * order
            spots.append((number, start, start + len(found[1])))
    return spots


def _name(case: Case) -> str:
    return f"{case.code}-{case.verdict}-{case.text[:16]}"


@pytest.mark.parametrize(
    "case", [case for case in _cases() if case.verdict == "wrong"], ids=_name
)
def test_wrong_sentence_is_found_at_its_spot(case: Case) -> None:
    spots = [
        (hit.paragraph, hit.start, hit.end)
        for hit in _hits(case)
        if hit.code == case.code
    ]
    assert spots == _marked_spots(case.text)


@pytest.mark.parametrize(
    "case", [case for case in _cases() if case.verdict == "right"], ids=_name
)
def test_right_sentence_is_passed_by_every_rule(case: Case) -> None:
    assert _hits(case) == []


def _repaired(case: Case) -> TextDocument:
    """The case with every repair of its rule made."""
    document = _document(case)
    texts = {each.number: each.text for each in document.paragraphs}
    for hit in reversed(_hits(case)):
        if hit.code == case.code and hit.repair is not None:
            text = texts[hit.paragraph]
            texts[hit.paragraph] = text[: hit.start] + hit.repair + text[hit.end :]
    return TextDocument(
        tuple(replace(each, text=texts[each.number]) for each in document.paragraphs)
    )


def _has_repairs(case: Case) -> bool:
    hits = [hit for hit in _hits(case) if hit.code == case.code]
    return bool(hits) and all(hit.repair is not None for hit in hits)


@pytest.mark.parametrize(
    "case",
    [case for case in _cases() if case.verdict == "wrong" and _has_repairs(case)],
    ids=_name,
)
def test_what_was_repaired_is_not_found_again(case: Case) -> None:
    own = case.options.get("own")
    hits = run(_repaired(case), own_place=own, office=_office(case))
    again = [hit for hit in hits if hit.code == case.code and hit.repair is not None]
    # Of typed indents the first stands for all.
    assert again == [] or case.code == "space-indent"


def test_each_rule_has_five_wrong_and_five_right_sentences() -> None:
    counts = Counter((case.code, case.verdict) for case in _cases())
    for rule in RULES:
        for verdict in ("wrong", "right"):
            assert counts[rule.code, verdict] >= _FEWEST, (rule.code, verdict)


def test_table_names_no_unknown_rule() -> None:
    assert {case.code for case in _cases()} == {rule.code for rule in RULES}


def test_wrong_sentences_mark_a_spot_and_right_ones_none() -> None:
    for case in _cases():
        assert bool(_marked_spots(case.text)) == (case.verdict == "wrong"), case.text
