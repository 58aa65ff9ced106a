"""refresh --tracked: new figures as revisions, to be accepted or refused one by one.

LibreOffice judges them, really: all accepted, a draft is what refresh would have made
of it at once; all rejected, it is as it was. A secretary's own revisions are judged
along with ours, so a draft that has some is held against what LibreOffice makes of it
before any refresh.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assembler.comments import AUTHOR
from assembler.refresh import Refreshed, RefreshOptions
from assembler.threeway import Take
from tests import handwork as do
from tests.documents import (
    box,
    cell,
    document,
    field,
    guide,
    link,
    note,
    p,
    r,
    root_of,
    row,
    table,
)
from tests.drafting import ROOT
from tests.editing import Desk
from tests.offices import Office, codes
from tests.programs import Judged, invalid
from tests.refresh_scenarios import ROW, SCENARIOS, Cycle, template_file
from tests.revising import (
    Trial,
    has_revisions,
    judge,
    looks,
    numbered,
    rejected,
    texts,
    tried,
    w,
    written,
)

TRACKED = RefreshOptions(tracked=True)
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
    last = {trial.name.partition(",")[0]: trial.tracked for trial in scenarios}
    assert invalid(written(last.values(), tmp_path / "valid")) == {}


@pytest.mark.libreoffice
@pytest.mark.validator
def test_drafts_edited_at_random_accepted_are_refreshed_and_rejected_as_they_were(
    tmp_path: Path,
) -> None:
    trials = [random_trial(number, tmp_path) for number in range(30)]
    assert sum(has_revisions(trial.before) for trial in trials) > 6
    require_right(trials, tmp_path)
    tracked = [trial.tracked for trial in trials[::2]]
    assert invalid(written(tracked, tmp_path / "valid")) == {}


# Every kind of place, and revisions upon revisions ------------------------------------

PLACES = document(
    p("在", field("地区", r("X", "<w:b/>"), r("X", "<w:i/>")), "讲话"),
    p(
        *("共有", link("重点", field("链", r("X", '<w:u w:val="single"/>')), "个")),
        *("，完成", field("完成", "X"), "个，备注", field("备注", "X"), "。"),
    ),
    table(
        row("名称", "数量"),
        row(
            cell(p(field("完成__2", "X"))),
            cell(p("有", field("格", r("X", "<w:i/>")), "个")),
        ),
    ),
    p("框在此", box(p("框里", field("框", "X"), "个"))),
    p("见脚注", note(1), "和尾注", note(1, "endnote"), "。"),
    p("选", field("选", "X"), "与", field("另选", "X"), "并列。"),
    guide(
        *((name, "数量", "个", "", "") for name in ("链", "完成", "格", "框")),
        *((name, "文字", "", "", "选填") for name in ("备注", "选", "另选")),
    ),
    headers={"default": p("页眉", field("页", "X"))},
    footers={"default": p("页脚", field("页__2", "X"))},
    footnotes=[p("注", field("脚", "X"), "。")],
    endnotes=[p("尾", field("尾", "X"), "。")],
)
FIELDS = ("地区", "链", "完成", "备注", "格", "框", "选", "另选", "页", "脚", "尾")


def values(text: str) -> dict[str, str]:
    return dict(zip(FIELDS, text.replace("_", "").split("|"), strict=True))


OLD = values("清河区|5|12|如下|7|9|有|_|旧页眉|旧脚注|旧尾注")
NEW = values("云岭\n县|6|13|一\t二\n三|8|10|_|新有|新页\t眉|新脚\n注|新尾注")
NEWER = values("澄湖区|66|133|四|88|100|又有|_|再新|脚注|尾注")
Step = tuple[Mapping[str, str], bool]
# Data after data, and whether each is refreshed with --tracked.
HISTORIES: dict[str, tuple[Step, ...]] = {
    "once": ((NEW, True),),
    "twice": ((NEW, True), (NEWER, True)),
    "thrice": ((NEW, True), (NEWER, True), (NEW, True)),
    "there and back": ((NEW, True), (OLD, True)),
    "there and back again": ((NEW, True), (OLD, True), (NEWER, True)),
    "at last without --tracked": ((NEW, True), (NEWER, False)),
}


@dataclass(frozen=True)
class History:
    """A draft refreshed time and again, nothing judged in between.

    Attributes:
        office: where it lies, as it was before.
        trial: the draft before, after all, and refreshed at once with the last data.
        before: what LibreOffice makes of the first of these three.
        tracked: of the second.
        plain: of the third.
    """

    office: Office
    trial: Trial
    before: Judged
    tracked: Judged
    plain: Judged


def refreshed(office: Office, *steps: Step) -> bytes:
    """A draft after some refreshes; then it is again as it was."""
    before = office.draft.read_bytes()
    for data, tracked in steps:
        office.refresh(data, RefreshOptions(tracked=tracked))
    content = office.draft.read_bytes()
    office.draft.write_bytes(before)
    return content


def places_office(folder: Path) -> Office:
    """A draft with every kind of place."""
    (folder / "模板").mkdir()
    template = folder / "模板" / "全.docx"
    template.write_bytes(PLACES)
    office = Office(folder, template, {"文件名": "稿", **OLD})
    office.merge()
    return office


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, History]:
    folder = tmp_path_factory.mktemp("histories")
    office = places_office(folder)
    before = office.draft.read_bytes()
    trials = []
    for name, steps in HISTORIES.items():
        last, _ = steps[-1]
        plain = refreshed(office, (last, False))
        trials.append(Trial(name, before, refreshed(office, *steps), plain))
    contents = ((one.before, one.tracked, one.plain) for one in trials)
    judged = iter(judge(chain.from_iterable(contents), folder / "judged"))
    return {
        trial.name: History(office, trial, next(judged), next(judged), next(judged))
        for trial in trials
    }


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", HISTORIES)
def test_every_kind_of_place_accepted_looks_as_if_refreshed_at_once(
    histories: dict[str, History], name: str
) -> None:
    one = histories[name]
    accepted = one.tracked.accepted.read_bytes()
    assert looks(accepted) == looks(one.plain.accepted.read_bytes())
    assert texts(accepted) == texts(one.trial.plain)


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", HISTORIES)
def test_every_kind_of_place_rejected_looks_as_before_the_first_refresh(
    histories: dict[str, History], name: str
) -> None:
    one = histories[name]
    rejected = one.tracked.rejected.read_bytes()
    assert looks(rejected) == looks(one.before.rejected.read_bytes())
    assert texts(rejected) == texts(one.trial.before)


@pytest.mark.libreoffice
@pytest.mark.validator
def test_every_kind_of_place_validates(
    histories: dict[str, History], tmp_path: Path
) -> None:
    tracked = [one.trial.tracked for one in histories.values()]
    assert invalid(written(tracked, tmp_path / "valid")) == {}


def test_going_back_leaves_no_revision(tmp_path: Path) -> None:
    office = places_office(tmp_path)
    content = refreshed(office, (NEW, True), (OLD, True))
    assert looks(content) == looks(office.draft.read_bytes())
    assert not has_revisions(content)


def test_a_new_figure_has_the_format_of_the_old_one(tmp_path: Path) -> None:
    office = places_office(tmp_path)
    root = root_of(refreshed(office, (NEW, True)))
    formats = {
        str(run.xpath("string()")): [etree.QName(one).localname for one in properties]
        for run in root.iter(w("r"))
        if (properties := run.find(w("rPr"))) is not None
    }
    assert formats["清河区"] == formats["云岭县"] == ["b"]
    assert formats["5"] == formats["6"] == ["u"]
    assert formats["7"] == formats["8"] == ["i"]


def test_a_figure_refreshed_twice_is_judged_once(tmp_path: Path) -> None:
    office = places_office(tmp_path)
    content = refreshed(office, *HISTORIES["twice"])
    (link,) = root_of(content).iter(w("hyperlink"))
    revisions = [one.tag for one in link.iter(w("del"), w("ins"))]
    assert revisions == [w("del"), w("ins")]


def test_our_figure_stands_beside_a_person_s_insertion_not_in_it(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path, template_file(tmp_path / "模板"), ROW)
    office.merge()
    office.edit(do.retype_tracked("投资", "13.1"))
    take = RefreshOptions(tracked=True, take=Take.DATA)
    office.refresh({"投资": "15.8"}, take)
    root = root_of(office.draft.read_bytes())
    ours = [one for one in root.iter(w("ins")) if one.get(w("author")) == AUTHOR]
    assert [lineage(one) for one in ours] == [["p"]]
    (deletion,) = (one for one in root.iter(w("del")) if one.get(w("author")) == AUTHOR)
    assert lineage(deletion) == ["ins", "p"]


def lineage(element: etree._Element) -> list[str]:
    """What a revision stands in, up to its paragraph."""
    names = [etree.QName(one).localname for one in element.iterancestors()]
    return names[: names.index("p") + 1]


def test_a_gap_that_was_filled_is_marked_again_once_that_is_rejected(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path, template_file(tmp_path / "模板"), ROW)
    office.merge({"投资": ""}, draft=True)
    gap = [
        one for one in chain(*looks(office.draft.read_bytes())) if "yellow" in one[1]
    ]
    assert gap
    content = refreshed(office, ({"投资": "15.8"}, True))
    assert not [one for one in chain(*looks(content)) if "yellow" in one[1]]
    again = chain(*looks(rejected(content)))
    assert [one for one in again if "yellow" in one[1]] == gap


@settings(max_examples=25)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                name: st.sampled_from([OLD[name], NEW[name], NEWER[name]])
                for name in FIELDS
            }
        ),
        min_size=1,
        max_size=4,
    )
)
def test_however_often_refreshed_accepting_gives_the_last_rejecting_the_first(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    office = places_office(tmp_path_factory.mktemp("law"))
    content = refreshed(office, *((data, True) for data in rows))
    assert texts(content) == texts(refreshed(office, (rows[-1], False)))
    assert texts(rejected(content)) == texts(office.draft.read_bytes())


# What stands after it was judged ------------------------------------------------------


LAST = values("江北县|1|2|三|4|5|六|七|八|九|十")


@pytest.mark.libreoffice
def test_accepted_figures_are_refreshed_on(histories: dict[str, History]) -> None:
    one = histories["twice"]
    wanted = texts(refreshed(one.office, (LAST, False)))
    done, after = refreshed_from(one, one.tracked.accepted, LAST)
    assert texts(after) == wanted
    assert codes(done) == set()


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("data", "told", "is_written"),
    [(NEW, "kept-by-hand", False), (NEWER, "both-changed", True)],
    ids=["with the same data", "with newer data"],
)
def test_rejected_figures_are_a_person_s_decision(
    histories: dict[str, History], data: dict[str, str], told: str, *, is_written: bool
) -> None:
    one = histories["once"]
    done, after = refreshed_from(one, one.tracked.rejected, data)
    assert texts(after) == texts(one.trial.before)
    # What was empty before and is to be empty again is no conflict.
    agreed = {name for name in FIELDS if OLD[name] == data[name]}
    assert {f.field for f in done.findings if f.code == told} == {*FIELDS} - agreed
    assert done.written == is_written


def refreshed_from(
    history: History, judged: Path, data: Mapping[str, str]
) -> tuple[Refreshed, bytes]:
    """Refresh a draft that was judged; what refresh says, and the draft then."""
    office = history.office
    office.draft.write_bytes(judged.read_bytes())
    done = office.refresh(data)
    after = office.draft.read_bytes()
    office.draft.write_bytes(history.trial.before)
    return done, after


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
