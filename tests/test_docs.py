"""The documents say what is so: commands run, examples merge, links resolve."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.main import get_command

from assembler.cli import app
from assembler.errors import AssemblerError
from scripts.guide_examples import Example, build_template, lines_of, read_examples

ROOT = Path(__file__).resolve().parent.parent
README, CHINESE_README = ROOT / "README.md", ROOT / "README.zh-CN.md"
AUTHORS_GUIDE = ROOT / "docs" / "模板制作.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LARGEST_PICTURE = 150 * 1024
# What stands for lines that a document leaves out of an output.
LEFT_OUT = "……"
_COMMAND = re.compile(r"(?:^|`)(?:\$ )?assembler ([^`\n]+)", re.MULTILINE)
_CONSOLE = re.compile(r"^ *```console\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def read(path: Path) -> str:
    return path.read_text("utf-8")


def documents(*paths: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.name)


# Commands and options ----------------------------------------------------------------


def commands() -> dict[str, Any]:
    group: Any = get_command(app)
    return dict(group.commands)


def options() -> set[str]:
    group: Any = get_command(app)
    parameters = [p for c in (group, *commands().values()) for p in c.params]
    found = {opt for p in parameters for opt in p.opts if opt.startswith("-")}
    return {*found, "--help"}


def reference() -> str:
    """The last section of the Chinese README."""
    return read(CHINESE_README).rpartition("\n## ")[2]


@pytest.mark.parametrize("command", sorted(commands()))
def test_the_reference_names_each_command(command: str) -> None:
    assert f"| `{command} " in reference()


@pytest.mark.parametrize("option", sorted(options()))
def test_the_reference_names_each_option(option: str) -> None:
    assert f"`{option}`" in reference()


@pytest.mark.parametrize("command", sorted(commands()))
def test_the_reference_names_the_commands_that_take_an_option(command: str) -> None:
    lines = [line for line in reference().splitlines() if line.startswith("| `-")]
    users = {opt: line for line in lines for opt in re.findall("`(-[^`]+)`", line[:40])}
    for parameter in commands()[command].params:
        for opt in parameter.opts:
            if opt.startswith("-"):
                assert command in users[opt].split("|")[2], opt


@documents(*DOCUMENTS)
def test_a_document_names_no_command_or_option_that_there_is_not(path: Path) -> None:
    for line in re.findall(
        "(?:^|`)(?:\\$ )?assembler ([^`\n]+)", read(path), re.MULTILINE
    ):
        command, *rest = line.split()
        assert command in {*commands(), "--help", "--version"}, line
        assert {w for w in rest if re.match("--?[a-z]", w)} <= options(), line


@documents(README)
def test_the_exit_codes_of_all_errors_are_told(path: Path) -> None:
    table = read(path).partition("## Exit codes")[2].partition("\n## ")[0]
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    kinds: list[type[AssemblerError]] = AssemblerError.__subclasses__()
    assert told == {0, 1, 130, *(kind.exit_code for kind in kinds)}


# What a console shows ----------------------------------------------------------------


def sessions(path: Path) -> list[tuple[str, list[str]]]:
    """The commands after $ and the lines that each prints, in order."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(
        r"^ *```console\n(.*?)^ *```", read(path), re.MULTILINE | re.DOTALL
    ):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif found and block.startswith("$ "):
                found[-1][1].append(line)
    return found


def printed(command: str, folder: Path) -> list[str]:
    """What a command prints in a folder, on both streams."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    environment.pop("COLUMNS", None)
    script = f'assembler() {{ "{sys.executable}" -m assembler.cli "$@"; }}\n{command}'
    done = subprocess.run(
        ["bash", "-c", script],  # noqa: S607 - whichever bash there is
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode().splitlines()


def agrees(told: list[str], real: list[str]) -> bool:
    """Whether an output is the one told, with lines left out where …… stands."""
    pattern = "".join(
        "(?:.*\n)*?" if line.strip() == LEFT_OUT else re.escape(line) + "\n"
        for line in told
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in real)) is not None


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what a reader of the READMEs has before them."""
    for name in ("data", "word_templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for command, _ in sessions(README):
        if command.startswith("sed "):
            assert printed(command, tmp_path) == []
    return tmp_path


def edit_by_hand(folder: Path) -> None:
    """What the documents say the secretary did before the new figures came."""
    [draft] = (folder / "讲话稿" / "工作部署").glob("云岭区*.docx")
    opened = Document(str(draft))
    runs = [run for paragraph in opened.paragraphs for run in paragraph.runs]
    for old, new in (("164", "166"), ("总体局面是稳的", "局面总体稳住了")):
        run = next(one for one in runs if old in one.text)
        run.text = run.text.replace(old, new)
    opened.save(str(draft))


@pytest.mark.skipif(
    os.name == "nt" or shutil.which("bash") is None, reason="needs a Unix shell"
)
@documents(README, CHINESE_README)
def test_commands_print_what_the_document_shows(path: Path, checkout: Path) -> None:
    shown = sessions(path)
    assert shown
    refreshes = [command for command, _ in shown if " refresh " in command]
    for command, told in shown:
        if command in refreshes[:1]:
            edit_by_hand(checkout)
        real = printed(command, checkout)
        assert agrees(told, real), "\n".join([command, *real])


@documents(*DOCUMENTS)
def test_scripts_that_a_document_starts_exist(path: Path) -> None:
    for script in re.findall(r"\b(?:python3?|py) ([\w/]+\.py)", read(path)):
        assert (ROOT / script).is_file(), script


# The author's guide ------------------------------------------------------------------


@pytest.mark.parametrize("example", read_examples(), ids=lambda e: e.template[0])
def test_an_example_merges_to_the_drafts_shown(
    example: Example, tmp_path: Path
) -> None:
    (tmp_path / "例.docx").write_bytes(build_template(example.template))
    (tmp_path / "例.csv").write_text(example.data, "utf-8-sig")
    command = [sys.executable, "-m", "assembler.cli", "merge", "例.docx", "例.csv"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    names = [line.partition(",")[0] for line in example.data.splitlines()[1:]]
    drafts = [tmp_path / "讲话稿" / "例" / f"{name}.docx" for name in names]
    shown = [tuple(lines_of(Document(str(draft)))) for draft in drafts]
    assert shown == list(example.drafts)


def test_the_guide_has_examples_of_the_table_a_condition_and_a_loop() -> None:
    texts = ["\n".join(example.template) for example in read_examples()]
    for word in ("字段说明", "{%p if ", "{%tr for ", "{%p for "):
        assert any(word in text for text in texts), word


def strings_of_the_program() -> Iterator[str]:
    for path in (ROOT / "assembler").glob("*.py"):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def quoted_messages(path: Path) -> list[str]:
    """The first cells of the tables whose head is 提示里有这样的话."""
    tables = re.findall(
        r"^\| 提示里有这样的话 .*\n\|-.*\n((?:\|.*\n)+)", read(path), re.MULTILINE
    )
    return [line.split("|")[1].strip() for t in tables for line in t.splitlines()]


@documents(CHINESE_README, AUTHORS_GUIDE)
def test_messages_that_a_document_explains_are_the_program_s(path: Path) -> None:
    strings = list(strings_of_the_program())
    quoted = quoted_messages(path)
    assert quoted
    for message in quoted:
        assert any(message in string for string in strings), message


# Links, pictures, names --------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", read(path), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {text.replace(" ", "-") for text in plain}


@documents(*DOCUMENTS)
def test_links_resolve(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", read(path))
    for link in links:
        if link.startswith(("http://", "https://")):
            continue
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_pictures_are_small_and_shown_somewhere() -> None:
    shown = "".join(read(path) for path in DOCUMENTS)
    pictures = list((ROOT / "docs" / "images").glob("*"))
    assert pictures
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG"), picture.name
        assert picture.stat().st_size < LARGEST_PICTURE, picture.name
        assert f"images/{picture.name}" in shown, picture.name


@documents(*DOCUMENTS)
def test_a_document_knows_no_path_of_one_machine(path: Path) -> None:
    assert not re.search("/(?:home|root|tmp|work|Users)/|[A-Z]:\\\\Users", read(path))


def test_each_dependency_has_its_reason() -> None:
    settings = tomllib.loads(read(ROOT / "pyproject.toml"))
    named = read(ROOT / "docs" / "dependencies.md").lower()
    tools = settings["dependency-groups"]["dev"]
    for requirement in [*settings["project"]["dependencies"], *tools]:
        name = re.split("[<>=!~ ]", requirement)[0].lower()
        assert name in named, name
