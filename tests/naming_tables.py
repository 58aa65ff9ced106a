"""The tables that say what names are wanted, and how a proposed name is judged.

A wanted name is exact or acceptable. An acceptable one is a pattern: ``(…)`` may be
left out, ``{甲/乙}`` is one of the two, ``(甲/乙)`` one or none. In the tables of
sentences the names of one blank are joined by ``=`` (the exact one first), its kinds by
``/``, its unit stands behind a colon, and blanks are parted by `` | ``; ``¶`` ends a
paragraph. ``?`` wants the plain name with its place, ``*`` takes any.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assembler.blanks import Blank, Verdict, find_blanks
from assembler.naming import Named

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent / "word_templates" / "sources"
SENTENCE_TABLES = ("naming_cases.tsv", "naming_heldout.tsv", "naming_heldout2.tsv")
EXACT, ACCEPTABLE, PLAIN, WRONG = "exact", "acceptable", "plain", "wrong"
_FIELD = re.compile("⟦([^|⟧]*)\\|([^⟧]*)⟧")
_PLAIN = re.compile("(?:第[0-9]+段)?空白[0-9]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one blank should be named."""

    exact: str
    acceptable: re.Pattern[str]
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def judge(self, name: str) -> str:
        """How good a proposed name is."""
        plain = _PLAIN.fullmatch(name) is not None
        if self.exact == name or (self.exact == "?" and plain):
            return EXACT
        if self.acceptable.fullmatch(name):
            return ACCEPTABLE
        return PLAIN if plain else WRONG

    def has_kind(self, named: Named) -> bool:
        """Whether the kind is one of those wanted."""
        return not self.kinds or "*" in self.kinds or named.kind in self.kinds

    def has_unit(self, named: Named) -> bool:
        """Whether the unit is one of those wanted."""
        return not self.units or (named.unit or "") in self.units


@dataclass(frozen=True, slots=True)
class Case:
    """A text, its blanks and the names wanted for them."""

    id: str
    paragraphs: tuple[str, ...]
    wanted: tuple[Wanted, ...]

    @property
    def blanks(self) -> list[list[Blank]]:
        """The blanks of each paragraph, without the doubtful."""
        return [
            [blank for blank in find_blanks(text) if blank.verdict is Verdict.BLANK]
            for text in self.paragraphs
        ]


def compiled(patterns: list[str]) -> re.Pattern[str]:
    """One expression for several patterns of a table."""
    text = "|".join(re.escape(pattern) for pattern in patterns)
    text = text.replace("/", "|").replace(r"\*", ".*")
    text = text.replace(r"\(", "(?:").replace(r"\)", ")?")
    return re.compile(text.replace(r"\{", "(?:").replace(r"\}", ")"))


def sentence_cases(name: str) -> list[Case]:
    """The cases of a table of sentences."""
    return [
        Case(
            row["id"],
            tuple(row["text"].split("¶")),
            tuple(_wanted(entry) for entry in row["expected"].split(" | ")),
        )
        for row in _rows(HERE / name)
    ]


def bundled_cases() -> list[Case]:
    """The bundled layouts, their names taken away."""
    rows = _rows(HERE / "naming_bundled.tsv")
    layouts = dict.fromkeys(row["layout"] for row in rows)
    return [
        Case(
            layout,
            tuple(_speech(layout)),
            tuple(_wanted_row(row) for row in rows if row["layout"] == layout),
        )
        for layout in layouts
    ]


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _speech(layout: str) -> Iterator[str]:
    text = (SOURCES / f"{layout}.txt").read_text("utf-8")
    for line in text.partition("\n字段说明\n")[0].splitlines():
        yield _FIELD.sub(r"\1", line.partition("\t")[2])


def _wanted_row(row: dict[str, str]) -> Wanted:
    acceptable = compiled([row["exact"], *row["acceptable"].split()])
    return Wanted(
        row["exact"], acceptable, tuple(row["kind"].split("/")), (row["unit"],)
    )


def _wanted(entry: str) -> Wanted:
    names, _, rest = entry.partition(" ")
    kinds, _, units = rest.partition(":")
    exact, *acceptable = names.split("=")
    return Wanted(
        exact,
        compiled([exact, *acceptable]),
        tuple(kinds.split("/")) if kinds else (),
        tuple(units.split("/")) if units else (),
    )
