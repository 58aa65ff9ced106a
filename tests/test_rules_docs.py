"""docs/findings-proof.tsv keeps step with the rules: same codes, examples that ring."""

import csv
from pathlib import Path

import pytest

from assembler.findings import Severity
from assembler.rules import RULES, Paragraph, TextDocument, run

_TABLE = Path(__file__).parent.parent / "docs" / "findings-proof.tsv"
_COLUMNS = ["code", "severity", "例子", "原因", "怎么办"]


def _rows() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))


def _example(row: dict[str, str]) -> TextDocument:
    text = row["例子"].replace("␊", "\n")
    return TextDocument(
        tuple(
            Paragraph(number, paragraph)
            for number, paragraph in enumerate(text.split("⏎"), start=1)
        )
    )


def test_docs_and_rules_name_the_same_codes_in_the_same_order_and_severity() -> None:
    documented = [(row["code"], row["severity"]) for row in _rows()]
    registered = [(rule.code, rule.severity.value) for rule in RULES]
    assert documented == registered


def test_every_column_is_filled() -> None:
    for row in _rows():
        assert list(row) == _COLUMNS
        assert all(row.values()), row["code"]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["code"])
def test_each_example_gives_the_finding_it_stands_for(row: dict[str, str]) -> None:
    hits = [hit for hit in run(_example(row)) if hit.code == row["code"]]
    assert Severity(row["severity"]) in {hit.severity for hit in hits}


def test_no_code_is_registered_twice() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))


def test_hints_and_messages_are_chinese_sentences() -> None:
    for rule in RULES:
        assert rule.hint.endswith("。"), rule.code
    for row in _rows():
        for hit in run(_example(row)):
            assert hit.message.endswith("。"), hit.code
