"""Faces that a document asks for, that a machine lacks, that stand in."""

from pathlib import Path

import pytest

from assembler.document import Document
from assembler.fonts import asked_fonts, font_settings, installed_fonts, missing_fonts
from tests.documents import document, p, r
from tests.drafting import bundled_drafts
from tests.speeches import face


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with four faces."""
    program = tmp_path / "fc-list"
    faces = "FangSong,仿宋\\nNoto Sans CJK SC\\nKaiTi_GB2312\\nDejaVu Sans\\\\-Bold"
    program.write_text(f"#!/bin/sh\nprintf '{faces}\\n'\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")


def test_the_faces_of_hanzi_and_letters_are_asked_for() -> None:
    found = asked_fonts(Document.parse(bundled_drafts()["总结推进"], "稿子.docx"))
    faces = {"方正小标宋简体", "楷体_GB2312", "仿宋_GB2312", "黑体", "宋体"}
    assert faces <= set(found)
    assert len(found) == len(set(found))


def test_a_face_that_no_text_uses_is_not_asked_for() -> None:
    content = document(p(face("甲", "仿宋"), r("", '<w:rFonts w:eastAsia="楷体"/>')))
    assert asked_fonts(Document.parse(content, "稿子.docx")) == ["仿宋"]


@pytest.mark.usefixtures("machine")
def test_a_face_is_known_under_each_of_its_names() -> None:
    asked = [
        "仿宋",
        "FangSong",
        "楷体_GB2312",
        "仿宋_GB2312",
        "黑体",
        "noto sans cjk sc",
    ]
    assert missing_fonts(asked) == ["仿宋_GB2312", "黑体"]


@pytest.mark.usefixtures("machine")
def test_fontconfigs_escapes_are_undone() -> None:
    assert "dejavu sans-bold" in installed_fonts()


def test_a_machine_that_cannot_be_asked_lacks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert missing_fonts(["仿宋_GB2312"]) == []


@pytest.mark.usefixtures("machine")
def test_stand_ins_are_of_the_same_sort(tmp_path: Path) -> None:
    found = font_settings(["仿宋_GB2312", "方正小标宋简体", "宋体"], tmp_path)
    text = Path(found["FONTCONFIG_FILE"]).read_text("utf-8")
    assert "<family>仿宋_GB2312</family><accept><family>仿宋</family>" in text
    song = text.partition("<family>方正小标宋简体</family><accept><family>")[2]
    assert song.startswith("Noto Serif CJK SC")


@pytest.mark.usefixtures("machine")
def test_an_offices_own_font_settings_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "own.conf")
    assert font_settings(["仿宋_GB2312"], tmp_path) == {}
