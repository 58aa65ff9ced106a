"""docs/findings-figures.tsv: the page on findings about figures keeps in step."""

import ast
from pathlib import Path

from assembler.figures import SEVERITIES

ROOT = Path(__file__).parent.parent
FORMULA_CODES = {
    "division-by-zero",
    "formula-mismatch",
    "not-calculated",
    "relation-broken",
    "relation-doubtful",
}
# What `missing_value` and `column_remark` say is no reading of a cell.
ROW_CODES = {"missing-value", "unknown-unit"}


def table(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [dict(zip(head, row, strict=True)) for row in rows]


PAGE = table(ROOT / "docs" / "findings-figures.tsv")


def test_page_has_every_code_with_its_severity() -> None:
    assert {row["code"]: row["severity"] for row in PAGE} == SEVERITIES
    assert len(PAGE) == len(SEVERITIES)


def test_page_leaves_no_cell_empty() -> None:
    assert all(cell.strip() for row in PAGE for cell in row.values())


def test_every_code_of_reading_has_a_line_in_the_table_of_figures() -> None:
    cases = table(ROOT / "tests" / "figure_cases.tsv")
    shown = {
        word for case in cases for word in case["读成"].split() if word in SEVERITIES
    }
    assert shown == set(SEVERITIES) - FORMULA_CODES - ROW_CODES


def test_every_code_is_used() -> None:
    used = set()
    for path in (ROOT / "assembler").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imports = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        if imports & {"finding", "Cell", "RefusedError"}:
            used |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    assert set(SEVERITIES) <= used
