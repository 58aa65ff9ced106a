"""LibreOffice, asked to make PDFs: one start for many, and none may hang it.

It converts files in the order given and writes each result when it is done, so the
folder of results shows how far it is. The first file without a result when time is up
is the one that hangs; it is given up, and another start does those behind it.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.errors import OutputError
from assembler.fonts import font_settings

_NAMES = ("soffice", "libreoffice", "soffice.exe")
_USUAL_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_INSTALL = {
    "win32": "winget install TheDocumentFoundation.LibreOffice",
    "darwin": "brew install --cask libreoffice",
    "linux": "sudo apt install libreoffice-writer",
}
# What LibreOffice is asked for. Blank pages stay: speeches that begin on a new sheet
# are printed on both sides. Versions before 7.4 pass over what stands in braces.
_PDF = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
_END = b"%%EOF"
_TAIL = 64
_LOOK_AGAIN = 0.1
_TIMED_OUT = "{seconds:g} 秒还没有转换完，已经放弃。请在 Word 里打开看看，另存后再试"
_REFUSED = "LibreOffice 打不开它。请在 Word 里打开看看，另存后再试"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a file.

    Attributes:
        source: the file.
        content: the bytes of the PDF; None where there is none.
        problem: why there is none, in Chinese.
    """

    source: Path
    content: bytes | None = None
    problem: str | None = None


def find_office() -> Path | None:
    """LibreOffice's program: on the path, else in its usual places; None without it."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((p for place in _USUAL_PLACES if (p := Path(place)).is_file()), None)


def missing_office() -> str:
    """What to say where LibreOffice is missing, with the command that installs it."""
    command = _INSTALL.get(sys.platform, _INSTALL["linux"])
    return f"没有找到 LibreOffice，做不了这一步。装好再试，安装命令：{command}"


def to_pdf(
    files: Sequence[Path],
    seconds: float,
    advance: Callable[[], None] = lambda: None,
    missing_fonts: Sequence[str] = (),
) -> list[Conversion]:
    """Make PDFs of documents, all in one start unless one hangs or breaks it.

    Args:
        files: the documents.
        seconds: how long one document may take; the first one's include the start.
        advance: called after each document.
        missing_fonts: faces that this machine lacks; good stand-ins are taken.

    Returns:
        What became of each, in the order given.

    Raises:
        OutputError: LibreOffice is missing or does not start.
    """
    program = find_office()
    if program is None:
        raise OutputError(missing_office())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment = {**os.environ, **font_settings(missing_fonts, Path(folder))}
        batch = _Batch(program, Path(folder), _Order(seconds, environment))
        batch.take_in(files)
        batch.run(advance)
        return [batch.result(number, file) for number, file in enumerate(files)]


@dataclass(frozen=True, slots=True)
class _Order:
    """How long LibreOffice may take for a document, and its environment."""

    seconds: float
    environment: Mapping[str, str]


class _Batch:
    """The documents of one call, known by their numbers.

    They are copied under plain names: what LibreOffice makes of spaces, commas and
    equal names in different folders is its own affair.
    """

    def __init__(self, program: Path, folder: Path, order: _Order) -> None:
        self._program, self._order = program, order
        self._inputs, self._outputs = folder / "in", folder / "out"
        self._profile, self._log = folder / "profile", folder / "log"
        for path in (self._inputs, self._outputs):
            path.mkdir()
        self._problems: dict[int, str] = {}
        self._waiting: list[int] = []

    def take_in(self, files: Iterable[Path]) -> None:
        for number, file in enumerate(files):
            shutil.copyfile(file, self._input(number))
            self._waiting.append(number)

    def run(self, advance: Callable[[], None]) -> None:
        while self._waiting:
            timed_out = self._start(advance)
            if not timed_out and not self._has_started():
                raise OutputError(self._broken())
            self._settle(advance, timed_out=timed_out)

    def result(self, number: int, file: Path) -> Conversion:
        if number in self._problems:
            return Conversion(file, problem=self._problems[number])
        return Conversion(file, content=self._output(number).read_bytes())

    def _input(self, number: int) -> Path:
        return self._inputs / f"{number:04}.docx"

    def _output(self, number: int) -> Path:
        return self._outputs / f"{number:04}.pdf"

    def _has_started(self) -> bool:
        """Whether LibreOffice came so far as to make its profile, or a result."""
        return self._profile.exists() or any(self._outputs.iterdir())

    def _broken(self) -> str:
        said = self._log.read_text("utf-8", "replace").strip().splitlines()
        reason = f"（它说：{said[-1]}）" if said else ""
        return f"LibreOffice 启动不了{reason}。请先单独打开它一次，或者重新安装。"

    def _start(self, advance: Callable[[], None]) -> bool:
        """Let LibreOffice convert what is waiting; whether it had to be stopped."""
        with self._log.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - its own arguments only
                self._command(),
                stdout=log,
                stderr=log,
                env=self._order.environment,
                start_new_session=True,
            )
            try:
                return self._is_hanging(process, advance)
            finally:
                _stop(process)

    def _command(self) -> list[str]:
        return [
            str(self._program),
            f"-env:UserInstallation={self._profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            _PDF,
            "--outdir",
            str(self._outputs),
            *(str(self._input(number)) for number in self._waiting),
        ]

    def _is_hanging(
        self, process: "subprocess.Popen[bytes]", advance: Callable[[], None]
    ) -> bool:
        """Wait until the program ends or hangs."""
        since = time.monotonic()
        while process.poll() is None:
            if self._count_finished(advance):
                since = time.monotonic()
            elif time.monotonic() - since > self._order.seconds:
                return True
            time.sleep(_LOOK_AGAIN)
        return False

    def _count_finished(self, advance: Callable[[], None]) -> bool:
        """Take note of new results; whether there were any."""
        finished = [n for n in self._waiting if _is_whole(self._output(n))]
        for number in finished:
            self._pass_over(number)
            self._waiting.remove(number)
            advance()
        return bool(finished)

    def _pass_over(self, number: int) -> None:
        """What stands before a result and has none itself was refused."""
        for earlier in self._waiting[: self._waiting.index(number)]:
            self._problems[earlier] = _REFUSED

    def _settle(self, advance: Callable[[], None], *, timed_out: bool) -> None:
        self._count_finished(advance)
        for number in [n for n in self._waiting if n in self._problems]:
            self._waiting.remove(number)
            advance()
        if self._waiting:
            culprit = self._waiting.pop(0)
            said = (
                _TIMED_OUT.format(seconds=self._order.seconds)
                if timed_out
                else _REFUSED
            )
            self._problems[culprit] = said
            advance()


def _is_whole(path: Path) -> bool:
    """Whether a result is there and was written to its end."""
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - _TAIL))
            return _END in stream.read()
    except OSError:
        return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End a program and its children, if it still runs."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - as above
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
