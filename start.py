"""Set up and run, on a machine that has nothing but Python.

    python3 start.py          make the sample speeches
    python3 start.py test     set up for development and pass the tests

Makes a virtual environment in ``.venv`` beside this file, installs the program there
with the versions of ``constraints.txt``, and goes on in it. Only the standard library
is used here, and nothing outside this folder is changed.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
SPEECHES = Path("讲话稿")
OLDEST = (3, 11)
# Template and data of each sample merge.
SAMPLES = (
    ("工作部署", "重点项目进度"),
    ("总结推进", "重点项目进度"),
    ("问题整改", "问题整改"),
)
_ADVICE = (
    "Is the network there? On Debian and Ubuntu: sudo apt install python3-venv / "
    "请检查网络；Debian、Ubuntu 上请先运行 sudo apt install python3-venv"
)
_BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
_PYTHON = _BIN / ("python.exe" if os.name == "nt" else "python")


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; the exit code."""
    if sys.version_info < OLDEST:
        return fail("Python 3.11 or newer is needed / 需要 Python 3.11 或更新的版本")
    if arguments not in ([], ["test"]):
        return fail("python3 start.py [test]")
    testing = arguments == ["test"]
    try:
        set_up(testing=testing)
    except subprocess.CalledProcessError as error:
        return fail(f"setting up failed / 安装没有成功：{error}\n{_ADVICE}")
    return run_tests() if testing else make_samples()


def fail(message: str) -> int:
    """Say what is wrong; the exit code."""
    print(message, file=sys.stderr)
    return 2


def set_up(*, testing: bool) -> None:
    """Make the environment and install the program in it.

    Raises:
        subprocess.CalledProcessError: pip failed; it has said why.
    """
    pip = prepare_environment()
    constraints = ["--constraint", str(ROOT / "constraints.txt")]
    quiet = ["--quiet", "--disable-pip-version-check"]
    print("setting up / 正在安装……", flush=True)
    subprocess.run(
        [*pip, "install", *quiet, *constraints, "--editable", str(ROOT)], check=True
    )
    if testing:
        tools = development_tools()
        subprocess.run([*pip, "install", *quiet, *constraints, *tools], check=True)


def prepare_environment() -> list[str]:
    """Make the environment where it is missing; the command that is its pip."""
    if not _PYTHON.exists():
        try:
            venv.create(ENVIRONMENT, with_pip=True, symlinks=os.name != "nt")
        except subprocess.CalledProcessError:
            # Debian without python3-venv has no pip to put into an environment.
            venv.create(ENVIRONMENT, with_pip=False, clear=True, symlinks=True)
    own = [str(_PYTHON), "-m", "pip"]
    if subprocess.run([*own, "--version"], capture_output=True, check=False).returncode:
        return [sys.executable, "-m", "pip", "--python", str(_PYTHON)]
    return own


def development_tools() -> list[str]:
    """The names in pyproject.toml's group ``dev``."""
    import tomllib  # noqa: PLC0415 - older Pythons get a message, not an ImportError

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return list(settings["dependency-groups"]["dev"])


def make_samples() -> int:
    """Merge the bundled templates with the bundled data; the exit code."""
    for template, data in SAMPLES:
        command = [str(_PYTHON), "-m", "assembler.cli", "merge", template, data]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    speeches = sorted((ROOT / SPEECHES).rglob("*.docx"))
    print(f"{len(speeches)} speeches in / 讲话稿都在：{ROOT / SPEECHES}")
    return 0


def run_tests() -> int:
    """Run the tests on all processors; the exit code."""
    # A file's tests stay together: they share drafts that LibreOffice has saved.
    together = ["-n", "auto", "--dist", "loadfile"]
    command = [str(_PYTHON), "-m", "pytest", *together]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
