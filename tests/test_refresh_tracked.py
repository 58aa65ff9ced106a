"""refresh --tracked: new figures as revisions, to be accepted or refused one by one.

LibreOffice judges them, really: all accepted, a draft is what refresh would have made
of it at once; all rejected, it is as it was. A secretary's own revisions are judged
along with ours, so a draft that has some is held against what LibreOffice makes of it
before any refresh.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from assembler.refresh import RefreshOptions
from assembler.threeway import Take
from tests.documents import MAIN, unzipped
from tests.drafting import ROOT
from tests.editing import Desk
from tests.offices import Office
from tests.programs import invalid
from tests.refresh_scenarios import ROW, SCENARIOS, Cycle, template_file
from tests.revising import (
    Trial,
    has_revisions,
    judge,
    looks,
    numbered,
    texts,
    tried,
    written,
)

# Scenarios, random drafts, bundled speeches -------------------------------------------


def scenario_trials(folder: Path) -> Iterator[Trial]:
    template = template_file(folder / "模板")
    for number, scenario in enumerate(SCENARIOS):
        office = Office(folder / str(number), template, ROW)
        office.folder.mkdir()
        office.merge()
        for turn, cycle in enumerate(scenario.cycles, 1):
            office.edit(cycle.edit)
            name = f"{scenario.name}, cycle {turn}"
            yield tried(name, office, cycle.data, options_of(cycle, office))


def options_of(cycle: Cycle, office: Office) -> RefreshOptions:
    asked = cycle.options
    return RefreshOptions(
        take=Take(str(asked["take"])) if "take" in asked else None,
        row=str(asked["row"]) if "row" in asked else None,
        template=office.template if asked.get("template") else None,
    )


CHANGES = {
    "项目数": ("240", "250", "312"),
    "开工数": ("164", "170", "98"),
    "领导": ("陆知远", "韩叙安"),
    "单位": ("区自然资源局", "区林业局\n和水务局"),
    "投资": ("12.6", "15.8"),
    "地区": ("清河区", "云岭县"),
}


def speeches() -> list[dict[str, str]]:
    path = ROOT / "data" / "重点项目进度.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [dict(one) for one in csv.DictReader(stream)]


def random_trial(number: int, folder: Path) -> Trial:
    """A draft at which a secretary has been, refreshed with whatever data."""
    random = Random(number)  # noqa: S311 - a seeded draft is no secret
    if number % 3:
        old, name = ROW, template_file(folder / "模板")
        new = {field: random.choice(values) for field, values in CHANGES.items()}
    else:
        old, other = random.sample(speeches(), 2)
        name = ROOT / "word_templates" / f"{random.choice(BUNDLED)}.docx"
        new = other | {"文件名": old["文件名"]}
    office = Office(folder / str(number), name, old)
    office.folder.mkdir()
    office.merge()
    desk = Desk(office.draft.read_bytes(), random, random.choice(("lo", "word")))
    desk.edit(random.randint(0, 12))
    office.draft.write_bytes(numbered(desk.content()))
    take = random.choice((None, None, Take.DATA))
    return tried(f"random draft {number}", office, new, RefreshOptions(take=take))


BUNDLED = "工作部署", "总结推进"


def as_they_were(trials: Iterable[Trial], folder: Path) -> dict[str, list[list[str]]]:
    """Trial → its draft before refresh, its own revisions rejected."""
    trials = list(trials)
    own = [trial for trial in trials if has_revisions(trial.before)]
    judged = judge((trial.before for trial in own), folder)
    known = {
        trial.name: texts(one.rejected.read_bytes())
        for trial, one in zip(own, judged, strict=True)
    }
    return {one.name: known.get(one.name) or texts(one.before) for one in trials}


def require_right(trials: list[Trial], folder: Path) -> None:
    """Accepted it is the refreshed draft, rejected the old one."""
    old = as_they_were(trials, folder / "old")
    judged = judge((trial.tracked for trial in trials), folder / "new")
    for trial, one in zip(trials, judged, strict=True):
        accepted = trial.name, texts(one.accepted.read_bytes())
        assert accepted == (trial.name, texts(trial.plain))
        rejected = trial.name, texts(one.rejected.read_bytes())
        assert rejected == (trial.name, old[trial.name])


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> list[Trial]:
    """All scenarios, cycle by cycle, where there is something to judge."""
    trials = scenario_trials(tmp_path_factory.mktemp("scenarios"))
    return [trial for trial in trials if has_revisions(trial.tracked)]


@pytest.mark.libreoffice
def test_every_scenario_accepted_is_refreshed_and_rejected_is_as_it_was(
    scenarios: list[Trial], tmp_path: Path
) -> None:
    assert len(scenarios) > len(SCENARIOS)
    require_right(scenarios, tmp_path)


@pytest.mark.validator
def test_every_scenario_validates(scenarios: list[Trial], tmp_path: Path) -> None:
    unlike = {markup(trial.tracked): trial.tracked for trial in scenarios}
    assert invalid(written(unlike.values(), tmp_path / "valid")) == {}


def markup(content: bytes) -> bytes:
    """The body without its words and figures: what the validator looks at."""
    return re.sub(rb">[^<]+<|[0-9]+", b"", unzipped(content)[MAIN])


@pytest.mark.libreoffice
@pytest.mark.validator
def test_drafts_edited_at_random_accepted_are_refreshed_and_rejected_as_they_were(
    tmp_path: Path,
) -> None:
    trials = [random_trial(number, tmp_path) for number in range(27)]
    assert sum(has_revisions(trial.before) for trial in trials) > 6
    require_right(trials, tmp_path)
    tracked = [trial.tracked for trial in trials[::3]]
    assert invalid(written(tracked, tmp_path / "valid")) == {}


@pytest.mark.libreoffice
@pytest.mark.validator
@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_speech_can_be_judged_and_refreshed_on(
    tmp_path: Path, name: str
) -> None:
    first, second, third = (one | {"文件名": "稿"} for one in speeches()[:3])
    template = ROOT / "word_templates" / f"{name}.docx"
    office = Office(tmp_path, template, first)
    office.merge()
    trial = tried(name, office, second, RefreshOptions())
    contents = trial.before, trial.tracked, trial.plain
    before, tracked, plain = judge(contents, tmp_path / "judged")
    assert looks(tracked.accepted.read_bytes()) == looks(plain.accepted.read_bytes())
    assert looks(tracked.rejected.read_bytes()) == looks(before.rejected.read_bytes())
    assert invalid(written([trial.tracked], tmp_path / "valid")) == {}
    office.refresh(third)
    wanted = texts(office.draft.read_bytes())
    office.draft.write_bytes(tracked.accepted.read_bytes())
    office.refresh(third)
    assert texts(office.draft.read_bytes()) == wanted
