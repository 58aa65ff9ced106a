"""Wrong input as a clerk gives it: one clear Chinese sentence and the right code."""

import os
import zipfile
from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import HEAD, Result, Run, write_csv

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def assert_clear(result: Result, code: int, *words: str) -> None:
    assert result.code == code, result.err
    assert "Traceback" not in result.err + result.out
    for word in words:
        assert word in result.err
    assert "请" in result.err or "是不是" in result.err


def test_a_template_that_does_not_exist(run: Run, data: Path) -> None:
    Document().save("别的.docx")
    assert_clear(run("merge", "没有.docx", data), 4, "没有.docx", "别的.docx")


def test_a_data_file_that_does_not_exist(run: Run, template: Path, data: Path) -> None:
    result = run("merge", template, data.name.replace("数据", "数剧"))
    assert_clear(result, 3, "数剧.csv")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (OLE2 + "WordDocument".encode("utf-16-le"), ".doc"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"", "不是 Word 文档"),
        ("今年X个项目".encode(), "不是 Word 文档"),
        (b"PK\x03\x04 broken", "不是 Word 文档"),
    ],
)
def test_a_template_that_is_no_docx(
    run: Run, data: Path, content: bytes, word: str
) -> None:
    Path("坏.docx").write_bytes(content)
    assert_clear(run("merge", "坏.docx", data), 4, "坏.docx", word)


def test_a_zip_that_is_no_docx(run: Run, data: Path) -> None:
    with zipfile.ZipFile("压缩包.docx", "w") as archive:
        archive.writestr("readme.txt", "不是文档")
    assert_clear(run("merge", "压缩包.docx", data), 4, "压缩包.docx")


def test_a_folder_in_the_template_s_place(run: Run, data: Path) -> None:
    Path("空文件夹").mkdir()
    assert_clear(run("merge", "空文件夹", data), 4, "空文件夹")


def test_a_docx_with_a_damaged_part(run: Run, template: Path, data: Path) -> None:
    with zipfile.ZipFile(template) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"][:-40]
    with zipfile.ZipFile("坏.docx", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert_clear(run("merge", "坏.docx", data), 4, "坏.docx", "损坏")


def test_an_empty_csv(run: Run, template: Path) -> None:
    Path("空.csv").write_bytes(b"")
    assert_clear(run("merge", template, "空.csv"), 3, "空.csv")


def test_a_ragged_csv(run: Run, template: Path) -> None:
    Path("乱.csv").write_text(
        "文件名,地区,开工率,牵头领导\n甲,云岭区,1,234,陆知远\n乙,澄湖区,5,贺同舟\n",
        "utf-8",
    )
    result = run("merge", template, "乱.csv", "-o", "稿子")
    assert_clear(result, 3, "乱.csv", "第2行", "逗号")


def test_two_columns_of_one_name(run: Run, template: Path, tmp_path: Path) -> None:
    data = write_csv(tmp_path / "d.csv", (*HEAD, "地区"), ("甲", "a", "1", "b", "c"))
    assert_clear(run("merge", template, data), 3, "地区")


def test_an_output_folder_that_cannot_be_made(
    run: Run, template: Path, data: Path
) -> None:
    Path("挡路").write_text("我是文件", "utf-8")
    assert_clear(run("merge", template, data, "-o", "挡路"), 5, "挡路")
    assert_clear(run("merge", template, data, "-o", "挡路/里面"), 5, "挡路")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_an_output_folder_that_cannot_be_written(
    run: Run, template: Path, data: Path
) -> None:
    Path("只读").mkdir(mode=0o555)
    assert_clear(run("merge", template, data, "-o", "只读"), 5, "只读", "权限")


def test_bare_blanks_are_refused_with_their_places(run: Run, data: Path) -> None:
    document = Document()
    document.add_paragraph("受理X件，办结xx件，开工率[开工率]%。")
    document.save("裸.docx")
    result = run("merge", "裸.docx", data)
    assert_clear(result, 4, "正文第1段", "〖X〗", "〖xx〗", "assembler adopt 裸.docx")


def test_a_template_without_any_field(run: Run, data: Path) -> None:
    document = Document()
    document.add_paragraph("今天天气很好，[甲]也一样。")
    document.save("平.docx")
    assert_clear(run("merge", "平.docx", data), 4, "平.docx", "一个字段也没有")


def test_a_draft_in_the_template_s_place(run: Run, template: Path, data: Path) -> None:
    run("merge", template, data, "-o", ".")
    assert_clear(run("merge", "云岭区讲话.docx", data), 4, "稿子", "refresh")


def test_wrong_use_is_explained_in_chinese(run: Run, template: Path) -> None:
    assert_clear(run("merge", template, "--frce"), 2, "--frce", "--force")
    assert_clear(run("merge", template), 2, "少写了 数据")
    assert_clear(run("merg", template), 2, "merg")
    assert_clear(run("merge", template, "a", "b"), 2, "多写了“b”")
    assert_clear(run("merge", template, "a", "-o"), 2, "-o")
