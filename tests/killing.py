"""Work that is killed: processes that replace a file, and what they leave behind.

They are copies of this process, everything imported, so that hundreds can be afforded.
"""

import os
import re
import resource
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from types import CodeType, FrameType

from assembler.cli import app
from assembler.file_choice import documents_in
from assembler.replacement import replace_file

TEMPORARY = re.compile(r"\.~[0-9a-f]{16}\.tmp")
ASIDE = re.compile("稿（更新前[0-9a-f]{8}）.docx")
BACKUP = re.compile(r"稿（备份\d*）.docx")
DEADLY = signal.SIGKILL, signal.SIGXFSZ, signal.SIGALRM


@dataclass(frozen=True)
class Work:
    """A command that replaces a file, which lies alone in its folder.

    Attributes:
        command: its arguments.
        file: what it replaces.
        old: the content before; None where there is no file.
        new: the content afterwards.
        code: the function that replaces it.
        keeps: whether the old content is kept for good.
    """

    command: tuple[str, ...]
    file: Path
    old: bytes | None
    new: bytes
    code: CodeType = replace_file.__code__
    keeps: bool = False

    def run(self) -> None:
        """Do it; the process ends with the command's exit code."""
        app(list(self.command))

    def reset(self) -> None:
        """Let all be as it was before."""
        for other in self.file.parent.iterdir():
            other.unlink()
        if self.old is not None:
            self.file.write_bytes(self.old)

    def outcome(self) -> str:
        """Whether the old or the new file is there, whole; what lies beside it."""
        content = self.file.read_bytes() if self.file.exists() else None
        assert content in (self.old, self.new)
        state = "new" if content == self.new else "old"
        if self.keeps and state == "new":
            assert self.old in [one.read_bytes() for one in self._beside()]
        return "、".join([state, *sorted(self._kind(one) for one in self._beside())])

    def _beside(self) -> list[Path]:
        return [one for one in self.file.parent.iterdir() if one != self.file]

    def _kind(self, other: Path) -> str:
        content = other.read_bytes()
        if TEMPORARY.fullmatch(other.name):
            whole = [one for one in (self.old, self.new) if one is not None]
            assert any(one.startswith(content) for one in whole)
            return "a whole temporary" if content in whole else "a part"
        assert (BACKUP if self.keeps else ASIDE).fullmatch(other.name)
        assert content == self.old
        return "the old one"

    def recover(self) -> None:
        """Do it again, an hour later: then all is as if nothing had happened."""
        if self.old is None and self.file.exists():
            return
        if self.old is not None:
            assert documents_in([self.file.parent]) == [self.file]
        for other in self._beside():
            os.utime(other, (0, 0))
        assert ended(started(self.run)) == 0
        assert self.file.read_bytes() == self.new
        if self.old is not None:
            assert len(self._beside()) == self.keeps


def started(work: Callable[[], None]) -> int:
    """The number of a process that does some work and ends."""
    with warnings.catch_warnings():
        # What a copy of a process with threads may lack, this work does not ask for.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process:
        return process
    code = 1
    with suppress(BaseException):
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, sys.__stdout__.fileno() if sys.__stdout__ else 1)
        try:
            work()
            code = 0
        except SystemExit as done:
            code = int(done.code or 0)
    os._exit(code)


def ended(process: int) -> int:
    """Wait for a process: its exit code, or minus the signal that killed it."""
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def on_replacing(act: Callable[[], None]) -> None:
    """Act, once, right before this process opens a file to write it whole."""
    acted: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and not acted:
            name = Path(str(arguments[0])).name
            if TEMPORARY.fullmatch(name):
                acted.append(name)
                act()

    sys.addaudithook(hook)


class Deadline:
    """Kills this process at a moment of the replacement of a file.

    The moments are those right before and after each call of C code, and so of the
    system, from the first file that is opened to write it to the end of a function.

    Args:
        code: the function.
        moment: the number of the moment, from 0.
    """

    def __init__(self, code: CodeType, moment: int) -> None:
        self._code = code
        self._left = moment

    def begin(self) -> None:
        """Count from now on."""
        self._pass()
        sys.setprofile(self)

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """As `sys.setprofile` wants it."""
        if event.startswith("c_"):
            self._pass()
        elif event == "return" and frame.f_code is self._code:
            sys.setprofile(None)

    def _pass(self) -> None:
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1


def outcomes(work: Work, codes: Iterator[int]) -> Counter[str]:
    """What came of processes that are killed one after the other, by their codes.

    Each outcome is recovered from, once.
    """
    found: Counter[str] = Counter()
    for code in codes:
        assert code in (0, *(-number for number in DEADLY))
        outcome = work.outcome()
        if outcome not in found:
            work.recover()
        found[outcome] += 1
        work.reset()
    return found


def killed_by_the_clock(work: Work, times: int) -> Iterator[int]:
    """Kill processes at moments spread over the whole of their work."""
    begin = time.perf_counter()
    yield ended(started(work.run))
    seconds = time.perf_counter() - begin
    for number in range(times):
        process = started(work.run)
        time.sleep(1.2 * seconds * number / times)
        os.kill(process, signal.SIGKILL)
        yield ended(process)


def killed_while_replacing(work: Work, times: int) -> Iterator[int]:
    """Kill processes at moments spread over the replacement of the file alone.

    It takes a thousandth of a second: the kernel, not this process, looks at the clock.
    """
    seconds = median(replacement_seconds(work) for _ in range(5))
    work.reset()
    for number in range(1, times + 1):
        yield ended(started(partial(run_for, work, 1.5 * seconds * number / times)))


def replacement_seconds(work: Work) -> float:
    """How long it takes to replace the file."""
    begin = time.perf_counter()
    replace_file(work.file, work.new, keep=False)
    return time.perf_counter() - begin


def run_for(work: Work, seconds: float) -> None:
    """Work until some time after the replacement has begun, and be killed then."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    on_replacing(lambda: alarm(seconds))
    work.run()


def alarm(seconds: float) -> None:
    """Be killed in a while."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def killed_at_every_call(work: Work, step: int = 1) -> Iterator[int]:
    """Kill processes before and after each call of the replacement, in turn."""
    for moment in count(0, step):
        code = ended(started(partial(run_until, work, moment)))
        yield code
        if code == 0:
            return


def run_until(work: Work, moment: int) -> None:
    """Work up to a moment of the replacement, and be killed there."""

    on_replacing(Deadline(work.code, moment).begin)
    work.run()


def killed_while_writing(work: Work, sizes: Iterable[int]) -> Iterator[int]:
    """Let the kernel kill processes that have written so many bytes of a file."""
    for size in sizes:
        yield ended(started(partial(run_within, work, size, signal.SIG_DFL)))


def run_within(work: Work, size: int, handler: signal.Handlers) -> None:
    """Work where no file may be longer; beyond it is death, or a full disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    signal.signal(signal.SIGXFSZ, handler)
    work.run()
