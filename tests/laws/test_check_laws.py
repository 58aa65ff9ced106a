"""The bundled guides held to random rows: no false alarm, nothing unnoticed."""

from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from assembler.bundled import resolve_data, resolve_template
from assembler.check import Checked, Checker
from assembler.rows import Row, open_table
from assembler.template import Template
from tests.consistent_rows import KINDS, broken_rules, consistent_rows

TABLE = open_table(resolve_data(Path("重点项目进度")))
SAMPLE = next(iter(TABLE.rows())).values
NAMES = ("工作部署", "总结推进")


@pytest.fixture(scope="module", params=NAMES)
def checker(request: pytest.FixtureRequest) -> Checker:
    template = Template.open(resolve_template(Path(request.param)))
    return Checker(template, TABLE.columns, "数据.csv")


def checked(checker: Checker, figures: dict[str, str]) -> Checked:
    return checker.row(Row(2, "甲", {**SAMPLE, **figures}))


def with_like_decimals(figures: dict[str, str]) -> dict[str, str]:
    """Rows as an office writes them: figures of a kind with the same decimals."""
    shares = [v for n, v in figures.items() if KINDS[n][1] == "%"]
    lengths = {len(share.strip("%％").partition(".")[2]) for share in shares}
    return figures if len(lengths) == 1 else {}


def test_ten_thousand_consistent_rows_raise_no_alarm(checker: Checker) -> None:
    rows = filter(None, map(with_like_decimals, consistent_rows(seed=11)))
    for figures in islice(rows, 10_000):
        found = checked(checker, figures).findings
        assert not found, (figures, found)


def test_a_figure_moved_by_one_in_its_last_place_is_found_wherever_a_rule_binds_it(
    checker: Checker,
) -> None:
    random = Random(5)  # noqa: S311 - a seeded row is no secret
    rows = filter(None, map(with_like_decimals, consistent_rows(seed=12)))
    noticed = 0
    for figures in islice(rows, 1_000):
        name = random.choice([n for n in KINDS if n != "欠进度约占几成"])
        moved = {**figures, name: one_more(figures[name], random.choice((1, -1)))}
        if broken_rules(moved):
            noticed += 1
            assert checked(checker, moved).findings, (name, moved)
    assert noticed > 300


def one_more(text: str, step: int) -> str:
    digits = text.rstrip("%％")
    unit = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return f"{Decimal(digits) + step * unit}{text[len(digits) :]}"
