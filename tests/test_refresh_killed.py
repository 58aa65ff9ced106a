"""Killed at any moment, refresh leaves the old draft or the new one, whole.

Processes are really killed: by the clock over the whole of their work and while they
replace the file; before and after each call that the replacement makes of the system;
by the kernel in the middle of writing. A few are the command as it is installed.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

if sys.platform == "win32":
    reason = "processes are copied by fork, which Windows has not"
    pytest.skip(reason, allow_module_level=True)

import resource

from assembler.cli import app
from assembler.merge import Maker
from assembler.package import write_whole
from tests import handwork as do
from tests.killing import (
    Work,
    ended,
    killed_at_every_call,
    killed_by_the_clock,
    killed_while_replacing,
    killed_while_writing,
    outcomes,
    started,
)
from tests.offices import Office
from tests.refresh_scenarios import ROW, template_file

# Not to be packed smaller than its characters ask for.
_HANZI = [chr(0x4E00 + number) for number in range(9000)]
LONG = "".join(Random(5).choices(_HANZI, k=3000))  # noqa: S311 - no secret
# The works ----------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A draft in which somebody has worked."""
    office = Office(tmp_path, template_file(tmp_path / "模板"), ROW | {"文件名": "稿"})
    office.merge()
    office.edit(do.rewrite("抓紧落实", "狠抓落实"))
    return office


def refreshing(office: Office, *, keeps: bool = False, **changes: str) -> Work:
    """The refresh of a draft; one that lost its record is kept."""
    old = office.draft.read_bytes()
    before = do.strip_record(old) if keeps else old
    office.draft.write_bytes(before)
    command = ["refresh", str(office.draft)]
    command += ["--row", "稿", "--template", str(office.template)] if keeps else []
    command += ["--data", str(office.table(changes).path)]
    # Here, not in a copy: what is imported once need not be imported by each of them.
    assert CliRunner().invoke(app, command).exit_code == 0
    new = office.draft.read_bytes()
    work = Work(tuple(command), office.draft, before, new, keeps=keeps)
    work.reset()
    return work


@pytest.fixture
def work(office: Office) -> Work:
    """The refresh of a draft."""
    return refreshing(office, 开工数="170", 投资="15.8")


def test_killed_before_and_after_every_call_of_the_replacement(work: Work) -> None:
    found = outcomes(work, killed_at_every_call(work))
    assert found.total() > 100
    assert set(found) == {
        *("old", "old、a part", "old、a part、the old one"),
        *("old、a whole temporary", "old、a whole temporary、the old one"),
        *("old、the old one", "new、the old one", "new"),
    }


def test_killed_by_the_clock_at_any_moment_of_its_work(work: Work) -> None:
    found = outcomes(work, killed_by_the_clock(work, 100))
    assert found["old"] > 1
    assert found["new"] > 1


def test_killed_by_the_clock_while_it_replaces_the_file(work: Work) -> None:
    found = outcomes(work, killed_while_replacing(work, 120))
    assert len(found) > 2
    assert {outcome.partition("、")[0] for outcome in found} == {"old", "new"}


def test_killed_in_the_middle_of_writing(office: Office) -> None:
    work = refreshing(office, 单位=LONG)
    assert work.old is not None
    between = range(0, len(work.new), len(work.new) // 30)
    found = outcomes(work, killed_while_writing(work, between))
    assert found["old、a part"] > 1
    assert found["old、a part、the old one"] > 10
    assert found.keys() <= {"old、a part", "old、a part、the old one", "new"}


def test_killed_where_the_old_draft_is_kept_for_good(office: Office) -> None:
    work = refreshing(office, keeps=True, 开工数="170")
    found = outcomes(work, killed_at_every_call(work, 2))
    assert {"old", "old、the old one", "new、the old one"} <= set(found)
    assert "new" not in found


def test_merge_killed_while_it_replaces_what_somebody_wrote(office: Office) -> None:
    old = office.draft.read_bytes()
    command = ["merge", str(office.template), str(office.table({}).path)]
    command += ["-o", str(office.draft.parent), "--force"]
    assert CliRunner().invoke(app, command).exit_code == 0
    new, code = office.draft.read_bytes(), Maker.make.__code__
    work = Work(tuple(command), office.draft, old, new, code, keeps=True)
    work.reset()
    found = outcomes(work, killed_at_every_call(work, 5))
    assert found.keys() >= {"old", "old、the old one", "new、the old one"}


def test_extract_killed_writes_a_whole_file_or_none(office: Office) -> None:
    file = office.folder / "取" / "取.csv"
    file.parent.mkdir()
    command = "extract", str(office.draft), "-o", str(file)
    assert CliRunner().invoke(app, list(command)).exit_code == 0
    work = Work(command, file, None, file.read_bytes(), write_whole.__code__)
    work.reset()
    found = outcomes(work, killed_at_every_call(work))
    assert set(found) == {"old", "old、a part", "old、a whole temporary", "new"}


def test_the_command_itself_killed(work: Work) -> None:
    program = "from assembler.cli import main; main()"
    arguments = [sys.executable, "-c", program, *work.command]
    begin = time.perf_counter()
    subprocess.run(arguments, check=True, capture_output=True)
    seconds = time.perf_counter() - begin
    work.reset()

    def codes() -> Iterator[int]:
        for number in range(8):
            process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
            time.sleep(seconds * (0.5 + number / 12))
            process.kill()
            yield process.wait()

    assert outcomes(work, codes()).total() == 8


# Where it cannot be written -----------------------------------------------------------


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    """A folder with a draft and its data; refreshed it is longer by far."""
    folder = tmp_path / "另存"
    folder.mkdir()
    office.draft.rename(folder / "稿.docx")
    office.table({"单位": LONG}).path.rename(folder / "数据.csv")
    return folder


def refused(folder: Path, prepare: Callable[[], None]) -> tuple[int, str]:
    """Refresh where that fails: the exit code, and what is said."""
    told, tells = os.pipe()

    def run() -> None:
        os.chdir(folder)
        prepare()
        arguments = ["refresh", "稿.docx", "--data", "数据.csv"]
        done = CliRunner().invoke(app, arguments)
        os.write(tells, done.stderr.encode())
        sys.exit(done.exit_code)

    process = started(run)
    os.close(tells)
    with os.fdopen(told, encoding="utf-8") as stream:
        return ended(process), stream.read()


def limit(size: int) -> None:
    """Let no file be longer: a full disk that a test can have for itself."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def become_nobody() -> None:
    """Lose the rights of root, if there are any."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


@pytest.mark.parametrize("size", [0, 3000, 9000])
def test_a_full_disk_leaves_the_old_draft_and_is_told(folder: Path, size: int) -> None:
    old = (folder / "稿.docx").read_bytes()
    code, told = refused(folder, lambda: limit(size))
    require_untouched(folder, old)
    assert code == 5
    assert "“稿.docx”没有更新，还是原来的样子" in told
    assert "磁盘" in told


def test_a_folder_that_is_read_only_leaves_the_old_draft_and_is_told(
    folder: Path,
) -> None:
    old = (folder / "稿.docx").read_bytes()
    folder.chmod(0o555)
    try:
        code, told = refused(folder, become_nobody)
    finally:
        folder.chmod(0o755)
    require_untouched(folder, old)
    assert code == 5
    assert "“稿.docx”没有更新，还是原来的样子" in told
    assert "权限" in told


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can play two users")
def test_a_draft_that_is_locked_stays_and_that_is_told(folder: Path) -> None:
    old = (folder / "稿.docx").read_bytes()
    # As with a lock, files can be made in the folder, but this one not be replaced.
    folder.chmod(0o1777)
    code, told = refused(folder, become_nobody)
    require_untouched(folder, old)
    assert code == 5
    assert "“稿.docx”没有更新，还是原来的样子" in told
    assert "打开着" in told


def require_untouched(folder: Path, old: bytes) -> None:
    assert {one.name for one in folder.iterdir()} == {"稿.docx", "数据.csv"}
    assert (folder / "稿.docx").read_bytes() == old
