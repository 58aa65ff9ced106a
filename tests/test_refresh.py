"""refresh: new figures into drafts that people have edited."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from assembler.check import Checker
from assembler.merge import Maker, MergeOptions, Written, merge
from assembler.refresh import Refreshed, RefreshOptions, refresh
from assembler.rows import Table, open_table
from assembler.template import Template
from assembler.threeway import Take
from tests.cli.conftest import write_csv
from tests.documents import lines
from tests.programs import libreoffice
from tests.refresh_scenarios import ROW, SCENARIOS, Cycle, Scenario, template_file

NAMES = [scenario.name for scenario in SCENARIOS]


class Office:
    """A folder with a template, data and one draft.

    Args:
        folder: where all lies.
        template: the template.
    """

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder = folder
        self._template = template
        self.draft = folder / "稿子" / f"{ROW['文件名']}.docx"

    def table(self, changes: Mapping[str, str]) -> Table:
        row = ROW | dict(changes)
        data = self.folder / "数据.csv"
        return open_table(write_csv(data, tuple(row), tuple(row.values())))

    def merge(self, changes: Mapping[str, str] | None = None) -> None:
        template, table = Template.open(self._template), self.table(changes or {})
        checker = Checker(template, table.columns, "数据.csv")
        maker = Maker(template, checker, MergeOptions(self.draft.parent))
        (outcome,) = merge(maker, table.rows())
        assert isinstance(outcome, Written)

    def refresh(self, cycle: Cycle) -> Refreshed:
        asked = cycle.options
        options = RefreshOptions(
            take=Take(str(asked["take"])) if "take" in asked else None,
            row=str(asked["row"]) if "row" in asked else None,
            template=self._template if asked.get("template") else None,
        )
        return self.refreshed(cycle.data, options)

    def refreshed(
        self, changes: Mapping[str, str], options: RefreshOptions | None = None
    ) -> Refreshed:
        table = self.table(changes)
        (done,) = refresh([self.draft], table, options or RefreshOptions())
        assert done.error is None
        return done

    def edit(self, cycle: Cycle) -> None:
        self.draft.write_bytes(cycle.edit(self.draft.read_bytes()))

    def says(self) -> tuple[str, ...]:
        return tuple(lines(self.draft.read_bytes()))

    def judge(self, cycle: Cycle, done: Refreshed) -> None:
        assert self.says() == cycle.says
        assert {one.code for one in done.findings} == cycle.codes


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, template_file(tmp_path / "模板"))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=NAMES)
def test_scenario(office: Office, scenario: Scenario) -> None:
    office.merge()
    for cycle in scenario.cycles:
        office.edit(cycle)
        done = office.refresh(cycle)
        office.judge(cycle, done)
        again = office.draft.read_bytes()
        office.refresh(cycle)
        assert office.draft.read_bytes() == again, "refresh twice is refresh once"


# Enter inside a figure comes back from LibreOffice as two bookmarks of one name with
# one end; a link's border moves. Both are told of, in other words than before.
_OTHERWISE = {
    "a figure broken by Enter is told, not put together",
    "a figure half of which is a link cannot be written, and that is told",
}


# LibreOffice 7.4 ends the bookmarks behind a comment one character too early.
_BY_LIBREOFFICE = {"found-again"}


@pytest.mark.libreoffice
def test_every_scenario_with_drafts_saved_by_libreoffice_in_between(
    tmp_path: Path,
) -> None:
    template = template_file(tmp_path / "模板")
    offices = {
        number: Office(tmp_path / str(number), template)
        for number, scenario in enumerate(SCENARIOS)
        if scenario.name not in _OTHERWISE
    }
    for office in offices.values():
        office.folder.mkdir()
        office.merge()
    save_all(offices.values(), tmp_path / "merged")
    for turn in range(max(len(one.cycles) for one in SCENARIOS)):
        cycles = {
            number: SCENARIOS[number].cycles[turn]
            for number in offices
            if turn < len(SCENARIOS[number].cycles)
        }
        for number, cycle in cycles.items():
            offices[number].edit(cycle)
        save_all([offices[number] for number in cycles], tmp_path / f"edited{turn}")
        for number, cycle in cycles.items():
            done = offices[number].refresh(cycle)
            codes = frozenset(one.code for one in done.findings) - _BY_LIBREOFFICE
            shown = NAMES[number], offices[number].says(), codes
            wanted = cycle.codes - _BY_LIBREOFFICE
            assert shown == (NAMES[number], cycle.says, wanted)
        save_all([offices[number] for number in cycles], tmp_path / f"done{turn}")


def save_all(offices: Iterable[Office], folder: Path) -> None:
    """Let LibreOffice save all drafts, in one start."""
    folder.mkdir()
    drafts = {folder / f"{number}.docx": o for number, o in enumerate(offices)}
    for path, office in drafts.items():
        path.write_bytes(office.draft.read_bytes())
    saved = libreoffice(list(drafts), folder / "saved")
    for path, office in zip(saved, drafts.values(), strict=True):
        office.draft.write_bytes(path.read_bytes())
