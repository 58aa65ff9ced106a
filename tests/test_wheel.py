"""The wheel: what is installed works without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the content of the built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(site: Path, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "assembler.cli", *arguments],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"},
        check=True,
    )
    return done.stdout.decode()


def test_it_carries_templates_data_page_styles_and_types(installed: Path) -> None:
    package = installed / "assembler"
    for name in ("工作部署", "问题整改", "总结推进"):
        assert (package / "bundled" / "word_templates" / f"{name}.docx").exists()
    assert (package / "bundled" / "data" / "重点项目进度.csv").exists()
    assert (package / "skeleton" / "word" / "styles.xml").exists()
    assert (package / "py.typed").exists()


def test_bundled_names_are_found_from_anywhere(installed: Path, tmp_path: Path) -> None:
    code = "import assembler; print(assembler.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
    )
    assert str(installed) in where.stdout
    assert "40 个字段" in run(installed, tmp_path, "fields", "工作部署")
    run(installed, tmp_path, "merge", "总结推进", "重点项目进度", "-o", "稿子")
    assert len(list((tmp_path / "稿子").iterdir())) == 6


def test_it_carries_nothing_of_the_checkout_beside_the_package(installed: Path) -> None:
    names = {path.name for path in installed.iterdir()}
    assert {name.partition("-")[0] for name in names} == {
        "assembler",
        "speech_assembler",
    }
