"""Which documents are meant by what a person typed."""

from pathlib import Path

import pytest

from assembler.errors import TemplateError
from assembler.file_choice import documents_in

FOLDER = (
    ".~甲.docx",
    "._乙.docx",
    "乙.docx",
    "甲.docx",
    "~$甲.docx",
    "甲（校对）.docx",
    "甲（备份2）.docx",
    "表.xlsx",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with one of drafts in it."""
    monkeypatch.chdir(tmp_path)
    for name in FOLDER:
        file = Path("稿") / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
    return tmp_path


def names(*typed: str) -> list[str]:
    return [path.name for path in documents_in(map(Path, typed))]


@pytest.mark.parametrize(
    "typed",
    [
        ("稿",),
        ("稿/*.docx",),
        ("稿/*",),
        ("?/*.docx",),
        ("?",),
        # What a shell makes of 稿/*.docx.
        tuple(f"稿/{name}" for name in sorted(FOLDER) if name.endswith(".docx")),
    ],
)
def test_a_folder_and_patterns_mean_the_documents_there(typed: tuple[str, ...]) -> None:
    assert sorted(names(*typed)) == ["乙.docx", "甲.docx"]


def test_a_folder_of_folders_means_the_documents_in_those(folder: Path) -> None:
    (folder / "稿").rename(folder / "工作部署")
    (folder / "讲话稿").mkdir()
    (folder / "工作部署").rename(folder / "讲话稿" / "工作部署")
    assert names("讲话稿") == ["乙.docx", "甲.docx"]


def test_a_folder_with_documents_means_these_alone(folder: Path) -> None:
    (folder / "稿" / "打印稿").mkdir()
    (folder / "稿" / "打印稿" / "甲.docx").write_bytes(b"")
    assert names("稿") == ["乙.docx", "甲.docx"]


def test_a_document_named_twice_is_taken_once() -> None:
    assert names("稿/甲.docx", "稿", "./稿/甲.docx") == ["甲.docx", "乙.docx"]


def test_a_copy_that_is_asked_for_is_meant() -> None:
    assert names("稿/甲（备份2）.docx") == ["甲（备份2）.docx"]
    assert names("稿/甲（校对）.docx", "稿/乙.docx") == ["甲（校对）.docx", "乙.docx"]


def test_a_name_with_signs_of_patterns_is_a_name(folder: Path) -> None:
    (folder / "稿[1].docx").write_bytes(b"")
    assert names("稿[1].docx") == ["稿[1].docx"]


def test_a_file_that_is_missing_is_left_to_who_reads_it() -> None:
    assert names("没有.docx") == ["没有.docx"]


@pytest.mark.parametrize("typed", ["空", "稿/*.doc", "没有/*.docx"])
def test_where_nothing_is_meant_that_is_said(folder: Path, typed: str) -> None:
    (folder / "空").mkdir()
    with pytest.raises(TemplateError, match=r"没有.*Word 文档"):
        names(typed)
