"""docs/findings.md has every finding that the program can give, and no other."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembler.proof import CODES
from scripts.build_findings_page import PAGE, TABLES, entries, page

ROOT = Path(__file__).parents[1]
_CODE = re.compile("[a-z]+(?:-[a-z]+)+")
_WORD = re.compile("[a-z]+(?:-[a-z]+)*")
# What is written like a code and is none.
_OTHERS = frozenset(
    {
        *("d-mmm", "d-mmm-yy", "m-d-yy", "mmm-yy", "x-sysdate", "x-systime"),
        "fc-list",
    }
)
ENTRIES = [entry for table, _ in TABLES for entry in entries(table)]


def given() -> set[str]:
    """The codes in the program's source.

    Words joined by hyphens, and single words that stand beside a severity.
    """
    found: set[str] = set()
    for path in (ROOT / "assembler").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found |= {text for text in _texts(node) if _CODE.fullmatch(text)}
            if isinstance(node, ast.Call | ast.Tuple) and _has_severity(node):
                texts = (t for child in _parts(node) for t in _texts(child))
                found |= {text for text in texts if _WORD.fullmatch(text)}
    return found - _OTHERS


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _parts(node: ast.Call | ast.Tuple) -> list[ast.expr]:
    if isinstance(node, ast.Tuple):
        return node.elts
    return [*node.args, *(keyword.value for keyword in node.keywords)]


def _has_severity(node: ast.Call | ast.Tuple) -> bool:
    return any(
        isinstance(part, ast.Attribute)
        and isinstance(part.value, ast.Name)
        and part.value.id == "Severity"
        for part in _parts(node)
    )


def test_every_code_of_the_program_is_on_the_page() -> None:
    assert given() - {entry.code for entry in ENTRIES} == set()


def test_every_code_on_the_page_is_given_by_the_program() -> None:
    source = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "assembler").glob("*.py")
    )
    assert [entry.code for entry in ENTRIES if f'"{entry.code}"' not in source] == []


@pytest.mark.parametrize("table", [table for table, _ in TABLES])
def test_no_code_is_told_twice(table: str) -> None:
    counts = Counter(entry.code for entry in entries(table))
    assert [code for code, count in counts.items() if count > 1] == []


def test_what_has_a_table_of_its_own_is_not_among_the_others() -> None:
    others, *own = ({e.code for e in entries(table)} for table, _ in TABLES)
    assert others.isdisjoint(set().union(*own))


def test_nothing_is_left_empty() -> None:
    assert all(e.example and e.cause and e.cure for e in ENTRIES)


def test_every_code_that_can_be_ignored_is_on_the_page() -> None:
    assert set(CODES) <= {entry.code for entry in ENTRIES}


def test_the_page_is_what_the_script_makes() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_a_table_of_the_page_has_five_cells_a_line() -> None:
    lines = [line for line in page().splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 6 for line in lines)
