"""The three-way rule as a table, and every case there is held against it."""

from dataclasses import dataclass
from itertools import product

import pytest

from assembler.threeway import Sides, Take, Verdict, decide

# Texts in one set say the same; the first of each is what the program would print.
MEANINGS = (("一半", "五成"), ("三成", "30%"), ("两成", "20%"))
TEXTS = {
    "base": "一半",
    "base in other words": "五成",
    "data": "三成",
    "data in other words": "30%",
    "another": "两成",
    "unknown": None,
}

# What a line asks for, a dash where it does not matter:
#   data     what the data say now: as the base, or something new;
#   draft    what stands there now;
#   touched, certain, bounded, plain: y or n; take: data, draft or 0 for neither.
WITH_BASE = """
data                 touched  draft                certain  take   verdict
base                 n        -                    -        -      same
base in other words  n        -                    -        -      updated
data                 n        -                    -        -      updated
base                 y        -                    -        -      kept
base in other words  y        -                    -        -      kept
data                 y        data                 y        -      agreed
data                 y        data in other words  y        -      agreed
data                 y        base in other words  y        -      updated
data                 y        base                 y        0      conflict
data                 y        base                 y        data   taken
data                 y        base                 y        draft  decided
data                 y        another              y        0      conflict
data                 y        another              y        data   taken
data                 y        another              y        draft  decided
data                 y        -                    n        0      conflict
data                 y        -                    n        data   conflict
data                 y        -                    n        draft  decided
"""
# Here the data's text is "data" throughout, and nobody can tell what was touched.
WITHOUT_BASE = """
draft                bounded  certain  plain  take   verdict
data                 y        -        -      -      same
data in other words  y        -        -      -      same
data                 n        y        y      0      updated
data                 n        y        n      0      conflict
data                 n        n        -      0      conflict
data                 n        y        -      data   taken
data                 n        n        -      data   conflict
data                 n        -        -      draft  decided
data in other words  n        y        y      0      updated
data in other words  n        y        n      0      conflict
data in other words  n        n        -      0      conflict
data in other words  n        y        -      data   taken
data in other words  n        n        -      data   conflict
data in other words  n        -        -      draft  decided
another              -        y        y      0      updated
another              -        y        n      0      conflict
another              -        n        -      0      conflict
another              -        y        -      data   taken
another              -        n        -      data   conflict
another              -        -        -      draft  decided
"""
ANYTHING = "-"


@dataclass(frozen=True)
class Case:
    """One combination, in the table's words."""

    base: str
    data: str
    draft: str
    touched: str
    certain: str
    bounded: str
    plain: str
    take: str

    def sides(self) -> Sides:
        draft, data = TEXTS[self.draft], TEXTS[self.data]
        assert draft is not None
        assert data is not None
        return Sides(
            base=TEXTS[self.base],
            draft=draft,
            data=data,
            touched=self.touched == "y",
            certain=self.certain == "y",
            bounded=self.bounded == "y",
            plain=self.plain == "y",
        )

    def verdict(self) -> Verdict:
        take = None if self.take == "0" else Take(self.take)
        return decide(self.sides(), take, say_same)

    def fits(self, line: dict[str, str]) -> bool:
        return all(
            cell in (ANYTHING, getattr(self, head))
            for head, cell in line.items()
            if head != "verdict"
        )


def say_same(one: str, other: str) -> bool:
    return any(one in texts and other in texts for texts in MEANINGS)


def lines(table: str) -> list[dict[str, str]]:
    head, *rows = (
        [cell.strip() for cell in line.split("  ") if cell.strip()]
        for line in table.strip().splitlines()
    )
    return [dict(zip(head, row, strict=True)) for row in rows]


def cases(base: str, datas: tuple[str, ...], drafts: tuple[str, ...]) -> list[Case]:
    answers = *["yn"] * 4, ("0", "data", "draft")
    every = product(datas, drafts, *answers)
    return [Case(base, data, draft, *others) for data, draft, *others in every]


NEW = ("data", "data in other words", "another")
OLD = ("base", "base in other words")
TABLES = {
    "the base is known": (
        lines(WITH_BASE),
        cases("base", (*OLD, "data"), (*OLD, *NEW)),
    ),
    "the base is unknown": (lines(WITHOUT_BASE), cases("unknown", ("data",), NEW)),
}


@pytest.mark.parametrize("table", TABLES)
def test_every_case_ends_as_the_one_line_of_the_table_says_that_speaks_of_it(
    table: str,
) -> None:
    written, every = TABLES[table]
    for case in every:
        (line,) = [line for line in written if case.fits(line)]
        assert case.verdict() == line["verdict"], case


@pytest.mark.parametrize("table", TABLES)
def test_no_line_of_the_table_is_idle(table: str) -> None:
    written, every = TABLES[table]
    for line in written:
        assert any(case.fits(line) for case in every), line


@pytest.mark.parametrize(
    ("verdict", "writes", "settles"),
    [
        (Verdict.SAME, False, True),
        (Verdict.UPDATED, True, True),
        (Verdict.KEPT, False, True),
        (Verdict.AGREED, False, True),
        (Verdict.CONFLICT, False, False),
        (Verdict.TAKEN, True, True),
        (Verdict.DECIDED, False, True),
    ],
)
def test_what_a_verdict_writes_and_whether_it_settles_the_place(
    verdict: Verdict, *, writes: bool, settles: bool
) -> None:
    assert (verdict.writes, verdict.settles) == (writes, settles)


def test_every_verdict_is_reached_by_some_case() -> None:
    found = {case.verdict() for _, every in TABLES.values() for case in every}
    assert found == set(Verdict)


def test_a_place_is_bounded_and_plain_unless_somebody_says_otherwise() -> None:
    certain = Sides(None, "两成", "三成", touched=False, certain=True)
    assert decide(certain) is Verdict.UPDATED
    beside = Sides(None, "三成", "三成", touched=False, certain=False)
    assert decide(beside) is Verdict.SAME


def test_unless_told_how_to_read_them_only_equal_texts_say_the_same() -> None:
    reworded = Sides("一半", "五成", "三成", touched=True, certain=True)
    assert decide(reworded) is Verdict.CONFLICT
    assert decide(reworded, alike=say_same) is Verdict.UPDATED
    settled = Sides("一半", "三成", "三成", touched=True, certain=True)
    assert decide(settled) is Verdict.AGREED
