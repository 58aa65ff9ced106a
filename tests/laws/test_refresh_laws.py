"""Laws of refresh: whatever was edited and whatever figures come.

Each example is an evening: a speech of thirty-six fields is merged, edited at random as
LibreOffice or Word do it, refreshed with a row made at random, and judged against what
the edits are known to be.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.refresh import RefreshOptions
from assembler.threeway import Take
from tests.documents import unzipped
from tests.editing import MAIN, Desk
from tests.evenings import (
    TEMPLATE,
    Evening,
    Stripped,
    row_of,
    save_by_libreoffice,
)
from tests.judging import WrongError

SEEDS = st.integers(0, 10**9)
PROGRAMS = st.sampled_from(["lo", "word"])
EDITS = st.lists(
    st.sampled_from(sorted({edit.__name__ for edit in Desk.EDITS})), max_size=14
)
# What may change beside the text: comments come with a conflict.
CHANGING = (MAIN, "word/comments", "[Content_Types].xml", "_rels/", "customXml/")


def edited(evening: Evening, edits: list[str]) -> None:
    for name in edits:
        getattr(evening.desk, name)()


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evening")


@given(seed=SEEDS, program=PROGRAMS, evenings=st.lists(EDITS, min_size=1, max_size=3))
@settings(max_examples=120)
def test_no_character_outside_fields_changes_and_every_field_ends_as_the_rule_says(
    folder: Path, seed: int, program: str, evenings: list[list[str]]
) -> None:
    evening = Evening(folder, seed, program)
    for edits in evenings:
        edited(evening, edits)
        evening.save()
        evening.new_figures()
        evening.sit_down_again(evening.judged(evening.refresh()))


@given(seed=SEEDS, program=PROGRAMS, edits=EDITS, take=st.sampled_from(list(Take)))
@settings(max_examples=60)
def test_a_person_decides_for_all_conflicts_and_for_nothing_else(
    folder: Path, seed: int, program: str, edits: list[str], take: Take
) -> None:
    evening = Evening(folder, seed, program)
    edited(evening, edits)
    evening.save()
    evening.new_figures()
    options = RefreshOptions(take=take)
    evening.judged(evening.refresh(options), options)


@given(seed=SEEDS, program=PROGRAMS, edits=EDITS)
@settings(max_examples=40)
def test_tracked_figures_stand_where_untracked_ones_would(
    folder: Path, seed: int, program: str, edits: list[str]
) -> None:
    evening = Evening(folder, seed, program)
    edited(evening, edits)
    evening.save()
    evening.new_figures()
    options = RefreshOptions(tracked=True)
    evening.judged(evening.refresh(options), options)


@given(seed=SEEDS, program=PROGRAMS, edits=EDITS, bookmarks=st.booleans())
@settings(max_examples=40)
def test_a_draft_without_its_record_is_refreshed_by_bookmarks_and_words(
    folder: Path, *, seed: int, program: str, edits: list[str], bookmarks: bool
) -> None:
    evening = Evening(folder, seed, program)
    edited(evening, edits)
    evening.save(Stripped(record=True, bookmarks=bookmarks))
    evening.new_figures()
    options = RefreshOptions(row="2", template=TEMPLATE)
    done = evening.refresh(options)
    evening.judged(done, options)
    assert "record-lost" in {one.code for one in done.findings}


@given(seed=SEEDS, program=PROGRAMS, edits=EDITS)
@settings(max_examples=40)
def test_a_draft_without_its_bookmarks_is_refreshed_by_the_words_around(
    folder: Path, seed: int, program: str, edits: list[str]
) -> None:
    evening = Evening(folder, seed, program)
    edited(evening, edits)
    evening.save(Stripped(bookmarks=True))
    evening.new_figures()
    evening.judged(evening.refresh())


WAYS = [
    RefreshOptions(),
    RefreshOptions(tracked=True),
    RefreshOptions(take=Take.DATA),
    RefreshOptions(take=Take.DRAFT),
]
STRIPPED = st.builds(Stripped, record=st.booleans(), bookmarks=st.booleans())


@given(
    seed=SEEDS,
    program=PROGRAMS,
    edits=EDITS,
    options=st.sampled_from(WAYS),
    stripped=STRIPPED,
)
@settings(max_examples=80)
def test_refresh_twice_is_refresh_once(
    folder: Path,
    *,
    seed: int,
    program: str,
    edits: list[str],
    options: RefreshOptions,
    stripped: Stripped,
) -> None:
    evening = Evening(folder, seed, program)
    edited(evening, edits)
    evening.save(stripped)
    evening.new_figures()
    if stripped.record:
        options = RefreshOptions(options.tracked, options.take, "2", template=TEMPLATE)
    evening.refresh(options)
    once = evening.draft.read_bytes()
    again = evening.refresh(options)
    assert evening.draft.read_bytes() == once
    assert not again.written


@given(seed=SEEDS, program=PROGRAMS, edits=EDITS, options=st.sampled_from(WAYS))
@settings(max_examples=60)
def test_the_old_data_change_nothing(
    folder: Path, seed: int, program: str, edits: list[str], options: RefreshOptions
) -> None:
    evening = Evening(folder, seed, program)
    edited(evening, edits)
    evening.save()
    before = evening.draft.read_bytes()
    evening.refresh(options)
    assert evening.draft.read_bytes() == before


@given(seed=SEEDS, program=PROGRAMS, edits=EDITS)
@settings(max_examples=40)
def test_all_other_parts_of_the_file_stay_byte_for_byte(
    folder: Path, seed: int, program: str, edits: list[str]
) -> None:
    evening = Evening(folder, seed, program)
    edited(evening, edits)
    evening.save()
    before = unzipped(evening.draft.read_bytes())
    evening.new_figures()
    evening.refresh()
    after = unzipped(evening.draft.read_bytes())
    kept = [name for name in before if not any(one in name for one in CHANGING)]
    assert len(kept) > 5
    assert [name for name in kept if before[name] != after.get(name)] == []


@pytest.mark.libreoffice
def test_drafts_edited_at_random_and_saved_by_libreoffice_end_as_the_rule_says(
    tmp_path: Path,
) -> None:
    evenings = [Evening(made(tmp_path, n), n, "lo") for n in range(48)]
    for evening in evenings:
        evening.edit(evening.random.randint(1, 14))
    save_by_libreoffice(evenings, tmp_path)
    for evening in evenings:
        evening.new_figures()
        evening.judged(evening.refresh(), formats=False)


def made(folder: Path, number: int) -> Path:
    made = folder / str(number)
    made.mkdir()
    return made


# The judge itself ---------------------------------------------------------------------


@pytest.fixture
def evening(folder: Path) -> Evening:
    """One whose draft is as merge has left it."""
    evening = Evening(folder, 3, "lo")
    evening.save()
    return evening


def test_the_judge_sees_a_changed_character_outside_fields(evening: Evening) -> None:
    done = evening.refresh()
    evening.desk.type_prose()
    with pytest.raises(WrongError):
        evening.judged(done)


def test_the_judge_sees_a_lost_edit(evening: Evening) -> None:
    evening.row = row_of(4)
    done = evening.refresh()
    evening.desk.change_digit()
    with pytest.raises(WrongError):
        evening.judged(done)


def test_the_judge_sees_an_old_figure_that_nobody_was_told_of(
    evening: Evening,
) -> None:
    done = evening.refresh()
    evening.row = row_of(4)
    with pytest.raises(WrongError, match="stale and not told"):
        evening.judged(done)


def test_the_judge_sees_a_changed_format(evening: Evening) -> None:
    done = evening.refresh()
    evening.desk.embolden()
    with pytest.raises(WrongError, match="a format changed"):
        evening.judged(done)
