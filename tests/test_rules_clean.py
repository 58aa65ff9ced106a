"""Clean prose stays silent: the corpus, and the bundled speeches with their data."""

import csv
import re
from pathlib import Path

import pytest

from assembler.rules import Hit, Paragraph, TextDocument, run

_ROOT = Path(__file__).parent.parent
_CORPUS = _ROOT / "tests" / "corpus"
_SOURCES = _ROOT / "word_templates" / "sources"
_OWN_PLACE = "澄川区"
_FEWEST_CHARACTERS = 30_000
_MOST_ALARMS = 2.0
_FIELD = re.compile(r"⟦([^⟦⟧|]*)\|([^⟦⟧|]*)⟧")
_BRACKETED = re.compile(r"\[([^\[\]]+)\]")
_SPEECH_KINDS = {"标题", "日期", "讲话人", "称呼", "正文", "一级", "二级", "结语"}


def _document(lines: list[str]) -> TextDocument:
    return TextDocument(
        tuple(Paragraph(number, text) for number, text in enumerate(lines, start=1))
    )


def _corpus() -> list[Path]:
    return sorted(_CORPUS.glob("*.txt"))


def _hits(path: Path) -> list[Hit]:
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    return run(_document(lines), own_place=_OWN_PLACE)


def _characters(paths: list[Path]) -> int:
    return sum(len("".join(path.read_text(encoding="utf-8").split())) for path in paths)


def test_the_corpus_is_large_and_a_third_of_it_was_held_out() -> None:
    held_out = [path for path in _corpus() if path.stem.startswith("heldout")]
    assert _characters(_corpus()) >= _FEWEST_CHARACTERS
    assert _characters(held_out) >= _characters(_corpus()) * 0.3


def test_false_alarms_stay_below_two_per_ten_thousand_characters() -> None:
    alarms = [(path.name, hit) for path in _corpus() for hit in _hits(path)]
    rate = len(alarms) / _characters(_corpus()) * 10_000
    assert rate < _MOST_ALARMS, alarms


def _speech(name: str, values: dict[str, str]) -> list[str]:
    """The paragraphs of a bundled speech, its fields filled from one data row."""
    paragraphs = []
    for line in (_SOURCES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition("\t")
        if kind == "字段说明":
            break
        if kind in _SPEECH_KINDS:
            text = _FIELD.sub(lambda found: values.get(found[2]) or found[1], text)
            text = _BRACKETED.sub(lambda found: values[found[1]], text)
            paragraphs.append(text)
    return paragraphs


def _rows(name: str) -> list[dict[str, str]]:
    path = _ROOT / "data" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as source:
        table = list(csv.reader(source))
    if table[0][0] == "字段":
        table = [list(column) for column in zip(*table, strict=True)]
    head, *rows = table
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("speech", "data"),
    [
        ("工作部署", "重点项目进度"),
        ("总结推进", "重点项目进度"),
        ("问题整改", "问题整改"),
    ],
)
def test_the_bundled_speeches_give_no_finding(speech: str, data: str) -> None:
    for values in _rows(data):
        paragraphs = _speech(speech, values)
        assert run(_document(paragraphs), own_place=values.get("本地名称")) == []
        assert run(_document(paragraphs)) == []
