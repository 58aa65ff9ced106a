"""Replacing a file: what is kept beside it, and what is cleared away."""

import os
import time
from pathlib import Path

import pytest

from assembler.errors import OutputError
from assembler.file_choice import documents_in
from assembler.package import clear_temporaries, write_whole
from assembler.replacement import keep_backup, replace_file

ASIDE = "稿（更新前da925a30）.docx"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "稿.docx"
    path.write_bytes(b"old")
    return path


def beside(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.parent.iterdir() if one != path}


def test_a_replaced_file_leaves_nothing_behind(path: Path) -> None:
    assert replace_file(path, b"new", keep=False) is None
    assert path.read_bytes() == b"new"
    assert beside(path) == {}


def test_the_old_file_is_kept_where_that_is_asked(path: Path) -> None:
    backup = replace_file(path, b"new", keep=True)
    assert backup == path.with_name("稿（备份）.docx")
    assert beside(path) == {"稿（备份）.docx": b"old"}


def test_a_backup_takes_the_first_free_name(path: Path) -> None:
    for content in (b"one", b"two", b"three"):
        path.write_bytes(content)
        keep_backup(path)
    assert beside(path) == {
        "稿（备份）.docx": b"one",
        "稿（备份2）.docx": b"two",
        "稿（备份3）.docx": b"three",
    }


def test_what_was_kept_before_is_not_kept_again(path: Path) -> None:
    assert keep_backup(path) == keep_backup(path)
    assert beside(path) == {"稿（备份）.docx": b"old"}


def test_what_a_killed_program_put_aside_is_cleared_away(path: Path) -> None:
    path.with_name(ASIDE).write_bytes(b"older")
    replace_file(path, b"new", keep=False)
    assert beside(path) == {}


def test_what_somebody_has_worked_in_stays(path: Path) -> None:
    path.with_name(ASIDE).write_bytes(b"somebody's work")
    replace_file(path, b"new", keep=False)
    assert beside(path) == {ASIDE: b"somebody's work"}


def test_another_file_s_are_not_touched(path: Path) -> None:
    other = f"别的{ASIDE}"
    path.with_name(other).write_bytes(b"older")
    replace_file(path, b"new", keep=False)
    assert beside(path) == {other: b"older"}


def test_what_was_put_aside_is_no_draft_of_the_folder(path: Path) -> None:
    path.with_name(ASIDE).write_bytes(b"older")
    assert documents_in([path.parent]) == [path]


@pytest.mark.parametrize("keep", [True, False])
def test_what_cannot_be_replaced_is_as_it_was(path: Path, *, keep: bool) -> None:
    # No file can take the place of a folder.
    folder = path.with_name("夹.docx")
    folder.mkdir()
    with pytest.raises(OutputError):
        replace_file(folder, b"new", keep=keep)
    assert [one.name for one in sorted(path.parent.iterdir())] == ["夹.docx", "稿.docx"]


def test_a_long_name_has_a_backup_too(tmp_path: Path) -> None:
    path = tmp_path / f"{'稿' * 83}.docx"
    path.write_bytes(b"old")
    backup = replace_file(path, b"new", keep=True)
    assert backup is not None
    assert backup.read_bytes() == b"old"
    replace_file(path, b"newer", keep=False)
    assert path.read_bytes() == b"newer"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(("minutes", "stays"), [(5, True), (90, False)])
def test_temporary_files_of_a_killed_program_are_cleared_away_once_they_are_old(
    path: Path, minutes: int, *, stays: bool
) -> None:
    left = path.with_name(".~0123456789abcdef.tmp")
    left.write_bytes(b"hal")
    then = time.time() - minutes * 60
    os.utime(left, (then, then))
    clear_temporaries(path.parent)
    assert left.exists() is stays


def test_nobody_else_s_files_are_cleared_away(path: Path) -> None:
    names = [".~lock.稿.docx#", "~$稿.docx", "0123456789abcdef.tmp", ".~稿.tmp"]
    for name in names:
        path.with_name(name).write_bytes(b"")
        os.utime(path.with_name(name), (0, 0))
    clear_temporaries(path.parent)
    assert sorted(beside(path)) == sorted(names)


def test_a_synced_file_is_written_like_any_other(path: Path) -> None:
    write_whole(path, b"new", synced=True)
    assert path.read_bytes() == b"new"
    assert beside(path) == {}
