"""Other programs that tests ask: LibreOffice and the Open XML SDK validator.

A test is skipped where its program is missing, and fails there instead if
``ASSEMBLER_REQUIRE_PROGRAMS=1`` says that this machine must have it.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest

_ROOT = Path(__file__).parents[1]
_VALIDATOR = _ROOT / "node_modules" / ".bin" / "ooxml-validator"
_SECONDS = 180


def _missing(program: str) -> None:
    message = f"{program} is not on this machine"
    if os.environ.get("ASSEMBLER_REQUIRE_PROGRAMS") == "1":
        pytest.fail(message)
    pytest.skip(message)


def libreoffice(files: Sequence[Path], folder: Path, form: str = "docx") -> list[Path]:
    """Let LibreOffice save files in another form, all in one start.

    Args:
        files: what to convert; their names must differ.
        folder: where the results go.
        form: docx or pdf.

    Returns:
        The results in the order of the files.
    """
    with tempfile.TemporaryDirectory() as profile:
        _run_libreoffice(
            Path(profile),
            *("--convert-to", form, "--outdir", str(folder), *map(str, files)),
        )
    results = [folder / f"{file.stem}.{form}" for file in files]
    for result in results:
        assert result.exists(), f"LibreOffice did not make {result.name}"
    return results


def _run_libreoffice(profile: Path, *arguments: str) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        _missing("LibreOffice")
    subprocess.run(
        [
            str(program),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            *arguments,
        ],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )


class Judged(NamedTuple):
    """A document whose tracked changes LibreOffice has judged.

    Attributes:
        accepted: saved after all of them were accepted.
        rejected: saved after all of them were rejected.
    """

    accepted: Path
    rejected: Path


def libreoffice_revisions(files: Iterable[Path], folder: Path) -> list[Judged]:
    """Let LibreOffice accept all tracked changes, and reject them; all in one start.

    Args:
        files: .docx files; they stay as they are.
        folder: where the results go; it is made.

    Returns:
        The results in the order of the files.
    """
    folder.mkdir(parents=True)
    judged, work = [], []
    for number, file in enumerate(files):
        one = Judged(folder / f"{number}接受.docx", folder / f"{number}拒绝.docx")
        commands = "AcceptAllTrackedChanges", "RejectAllTrackedChanges"
        for result, command in zip(one, commands, strict=True):
            work += [file.resolve().as_uri(), result.resolve().as_uri(), command]
        judged.append(one)
    _judge(work, folder / "list.txt")
    for one in judged:
        assert all(result.exists() for result in one), f"LibreOffice left out {one}"
    return judged


def _judge(work: list[str], listing: Path) -> None:
    listing.write_text("\n".join(work), "utf-8")
    run_macro(_MACRO, f'JudgeAll("{listing.resolve().as_uri()}")')


def run_macro(basic: str, call: str) -> None:
    """Let LibreOffice run a macro.

    Args:
        basic: a module in LibreOffice Basic.
        call: the procedure to call, with its arguments.
    """
    with tempfile.TemporaryDirectory() as name:
        profile = Path(name)
        library = profile / "user" / "basic" / "Standard"
        library.mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SET_UP, "utf-8")
        (library.parent / "script.xlc").write_text(_LIBRARIES, "utf-8")
        (library / "script.xlb").write_text(_LIBRARY, "utf-8")
        module = _MODULE.replace("{basic}", escape(basic))
        (library / "Module1.xba").write_text(module, "utf-8")
        _run_libreoffice(profile, f"macro:///Standard.Module1.{call}")


# LibreOffice has no option for this; a Basic library in the profile needs nothing more
# than what converts files. A profile of no use before would be given an empty one.
_SET_UP = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted"
 oor:op="fuse"><value>true</value></prop></item></oor:items>"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"
 "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard"
 xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"
 "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library"
 library:name="Standard" library:readonly="false" library:passwordprotected="false">
<library:element library:name="Module1"/></library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"
 "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="Module1" script:language="StarBasic">{basic}</script:module>"""
_MACRO = """
Sub JudgeAll(listing As String)
  Dim source As String, target As String, command As String
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  lines = createUnoService("com.sun.star.io.TextInputStream")
  lines.setInputStream(files.openFileRead(listing))
  lines.setEncoding("UTF-8")
  Do While Not lines.isEOF()
    source = lines.readLine()
    target = lines.readLine()
    command = lines.readLine()
    Judge(source, target, command)
  Loop
  lines.closeInput()
End Sub

Sub Judge(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  frame = document.CurrentController.Frame
  dispatcher.executeDispatch(frame, ".uno:" & command, "", 0, Array())
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
"""


def validation_errors(file: Path) -> list[str]:
    """What the Open XML SDK validator finds wrong with a .docx."""
    program = str(_VALIDATOR)
    if shutil.which(program) is None:
        _missing("the Open XML SDK validator (node_modules/.bin/ooxml-validator)")
    # The program's exit code says nothing; its answer does.
    done = subprocess.run(
        [program, str(file)], capture_output=True, check=False, timeout=_SECONDS
    )
    answer = json.loads(done.stdout)
    return [] if answer["ok"] else [json.dumps(answer, ensure_ascii=False)]


def invalid(files: Iterable[Path]) -> dict[str, list[str]]:
    """File name → what the validator finds wrong with it, of those that are not valid.

    It takes one file a start, but as many starts at once as there are processors.
    """
    paths = list(files)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(validation_errors, paths)
    pairs = zip(paths, found, strict=True)
    return {path.name: errors for path, errors in pairs if errors}
