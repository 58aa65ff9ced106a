"""Running commands as a clerk does, and small files to run them on."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner

from assembler.cli import app
from tests.bundled_evening import FOLDER, NEW

SMALL = ("开工率", "地区名")


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder; anything but an exit is a failure."""
    monkeypatch.chdir(tmp_path)

    def start(*arguments: object) -> Result:
        done = CliRunner().invoke(app, [str(a) for a in arguments])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Result(done.exit_code, done.stdout, done.stderr)

    return start


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A template of two paragraphs with three fields in brackets."""
    document = Document()
    document.add_paragraph("今年[地区]开工率[开工率]%。")
    document.add_paragraph("请[牵头领导]同志负责。")
    path = tmp_path / "模板.docx"
    document.save(str(path))
    return path


def write_csv(path: Path, *lines: Sequence[str], encoding: str = "utf-8-sig") -> Path:
    """A CSV file with these lines."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(lines)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


HEAD = ("文件名", "地区", "开工率", "牵头领导")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two complete rows for the small template."""
    return write_csv(
        tmp_path / "数据.csv",
        HEAD,
        ("云岭区讲话", "云岭区", "68.3", "陆知远"),
        ("澄湖区讲话", "澄湖区", "74.9", "贺同舟"),
    )


def text_of(path: Path) -> list[str]:
    """The paragraphs of a document as python-docx reads them."""
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


@pytest.fixture(scope="session")
def merged_speeches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample speeches of 工作部署 as merge makes them."""
    folder = tmp_path_factory.mktemp("merged")
    command = ["merge", "工作部署", "重点项目进度", "-o", str(folder)]
    assert CliRunner().invoke(app, command).exit_code == 0
    return folder


@pytest.fixture
def speeches(
    merged_speeches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The sample speeches in the current folder, and new data for them."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(merged_speeches, tmp_path / FOLDER)
    write_csv(tmp_path / "新.csv", *NEW)
    return FOLDER
