"""refresh --tracked, place by place: what the revisions are, and what follows on them.

LibreOffice judges them, really. A draft with every kind of place is refreshed time and
again; it must look as if it had been refreshed at once, or never.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

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
from tests.offices import Office, codes
from tests.programs import Judged, invalid, libreoffice
from tests.refresh_scenarios import ROW, template_file
from tests.revising import (
    Trial,
    has_revisions,
    judge,
    looks,
    rejected,
    rewritten,
    texts,
    w,
    written,
)

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
    p("选", field("选", r("X", "<w:b/>")), "与", field("另选", "X"), "并列。"),
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


@pytest.mark.libreoffice
def test_revisions_saved_by_libreoffice_are_still_ours(tmp_path: Path) -> None:
    office = places_office(tmp_path)
    before = office.draft.read_bytes()
    drafts = written([refreshed(office, (NEW, True))], tmp_path / "once")
    (saved,) = libreoffice(drafts, tmp_path / "saved")
    steps: list[Step] = [(NEWER, True), (NEWER, False), (OLD, True), (OLD, False)]
    wanted = [texts(refreshed(office, (data, False))) for data, _ in steps]
    office.draft.write_bytes(saved.read_bytes())
    again = [refreshed(office, step) for step in steps]
    judged = judge(again, tmp_path / "again")
    accepted = [texts(one.accepted.read_bytes()) for one in judged]
    assert accepted == wanted
    rejected = [texts(one.rejected.read_bytes()) for one in judged]
    assert rejected == [texts(before)] * len(steps)


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


@pytest.mark.parametrize("tracked", [True, False])
def test_no_figure_is_put_into_what_somebody_deleted(
    tmp_path: Path, *, tracked: bool
) -> None:
    office = Office(tmp_path, template_file(tmp_path / "模板"), ROW)
    office.merge()
    # As LibreOffice saves it: the bookmark begins inside the deletion.
    deleted = r'<w:del w:id="9000" w:author="章若川">\1\2delText\3delText\4</w:del>'
    office.edit(rewritten("投资", deleted))
    options = RefreshOptions(tracked=tracked, take=Take.DATA)
    office.refresh({"投资": "15.8"}, options)
    assert "年底前完成投资15.8亿元" in "".join(office.says())


def test_the_reference_of_a_comment_stays_where_a_figure_was_deleted(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path, template_file(tmp_path / "模板"), ROW)
    office.merge()
    office.edit(rewritten("投资", r"\1<w:r><w:annotationRef/></w:r>"))
    office.refresh({"投资": "15.8"}, RefreshOptions(take=Take.DATA))
    assert "年底前完成投资15.8亿元" in "".join(office.says())
    root = root_of(office.draft.read_bytes())
    assert len(list(root.iter(w("annotationRef")))) == 1


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
