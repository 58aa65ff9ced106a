"""Other programs that tests ask: LibreOffice and the Open XML SDK validator.

A test is skipped where its program is missing, and fails there instead if
``ASSEMBLER_REQUIRE_PROGRAMS=1`` says that this machine must have it.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

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
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        _missing("LibreOffice")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                str(program),
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                str(folder),
                *map(str, files),
            ],
            check=True,
            capture_output=True,
            timeout=_SECONDS,
        )
    results = [folder / f"{file.stem}.{form}" for file in files]
    for result in results:
        assert result.exists(), f"LibreOffice did not make {result.name}"
    return results


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
