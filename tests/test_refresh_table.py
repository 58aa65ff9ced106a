"""The table of what becomes of edited drafts: what the docs show, and its script."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "refresh-table.md"
SCRIPT = ROOT / "benchmarks" / "refresh_table.py"


def cells(text: str) -> list[dict[str, str]]:
    """The table's rows: head → cell."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    head, _, *rows = [[c.strip() for c in line.strip("|").split("|")] for line in lines]
    return [dict(zip(head, row, strict=True)) for row in rows if len(row) == len(head)]


def number(cell: str) -> int:
    return int(cell.replace(",", ""))


def table_of_page() -> list[dict[str, str]]:
    text = PAGE.read_text("utf-8")
    _, _, rest = text.partition("<!-- table: begin -->")
    return cells(rest.partition("<!-- table: end -->")[0])


def test_of_a_thousand_drafts_none_went_wrong_whatever_was_stripped() -> None:
    rows = table_of_page()
    assert len(rows) == 7
    assert {row["drafts"] for row in rows} == {"1,000"}
    assert {row["wrong"] for row in rows} == {"0"}


def test_every_place_is_accounted_for() -> None:
    outcomes = ("unchanged", "updated", "kept by hand", "conflict")
    told = ("left and told", "gone and told")
    for row in table_of_page():
        counted = sum(number(row[head]) for head in (*outcomes, *told))
        assert counted == number(row["places"])


def test_the_script_prints_such_a_table() -> None:
    command = [sys.executable, str(SCRIPT), "--drafts", "2"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    printed = cells(done.stdout)
    shown = {row["draft"]: row for row in table_of_page()}
    assert len(printed) >= 6
    for row in printed:
        assert row.keys() == shown[row["draft"]].keys()
        assert (row["drafts"], row["wrong"]) == ("2", "0")
