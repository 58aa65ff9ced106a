"""refresh with the wrong files, data and words, as hands type them at night."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from assembler.bundled import resolve_template
from tests import handwork
from tests.bundled_evening import CHENGHU, FOLDER, HEAD, NEW, WANGLAN, YUNLING, retype
from tests.cli.conftest import Result, Run, text_of, write_csv

ROOT = Path(__file__).parents[2]
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504

pytestmark = pytest.mark.usefixtures("speeches")


def kept() -> dict[Path, bytes]:
    """All files and what they hold."""
    return {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def assert_refused(result: Result, code: int, *words: str) -> None:
    """A refusal in Chinese that names all this and says what to do."""
    assert result.code == code, result.err
    said = "".join(result.err.split())
    assert "Traceback" not in said
    for word in words:
        assert "".join(word.split()) in said
    assert "请" in said or "是不是" in said


# Documents ----------------------------------------------------------------------------


def plain() -> bytes:
    Document().save("平.docx")
    return Path("平.docx").read_bytes()


def macros() -> bytes:
    with zipfile.ZipFile("平.docx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    types = members["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"application/vnd.ms-word.document.macroEnabled.main",
    )
    with zipfile.ZipFile("宏.docx", "w") as archive:
        for name, data in {**members, "[Content_Types].xml": types}.items():
            archive.writestr(name, data)
    return Path("宏.docx").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("平.docx", plain, ["平.docx", "没有合并记录", "--template"]),
        ("宏.docx", lambda: plain() and macros(), ["宏.docx", "带宏"]),
        ("老.doc", OLE2 + "WordDocument".encode("utf-16-le"), ["老.doc", "旧格式"]),
        ("密.docx", OLE2 + "EncryptedPackage".encode("utf-16-le"), ["密码"]),
        ("文.txt", "今年X个项目".encode(), ["文.txt", "不是 Word 文档"]),
        ("空.docx", b"", ["空.docx", "不是 Word 文档"]),
        ("坏.docx", b"PK\x03\x04 broken", ["坏.docx", "已经损坏"]),
        ("没有.docx", None, ["找不到文件“没有.docx”"]),
        ("新.csv", None, ["新.csv", "不是 Word 文档"]),
    ],
)
def test_what_is_no_draft_is_refused_and_the_others_are_done(
    run: Run, name: str, content: object, words: list[str]
) -> None:
    if content is not None:
        data = content() if callable(content) else content
        assert isinstance(data, bytes)
        Path(name).write_bytes(data)
    result = run("refresh", name, WANGLAN, "--data", "新.csv")
    assert_refused(result, 4, *words)
    assert f"{name}：没有更新，原因见上面的问题" in result.out
    assert "完成：更新 1 篇，有问题没有更新 1 篇。" in result.out
    assert "已开工150个" in "".join(text_of(WANGLAN))


def test_drafts_that_are_none_are_told_one_by_one(run: Run) -> None:
    Path("坏.docx").write_bytes(b"PK")
    result = run("refresh", "坏.docx", "没有.docx", "--data", "新.csv")
    assert result.code == 4
    heads = [line for line in result.err.splitlines() if line.startswith("【")]
    assert heads == ["【坏.docx】", "【没有.docx】"]


@pytest.mark.parametrize("with_row", [(), ("--row", "2"), ("--template", "模板.docx")])
def test_a_template_in_a_draft_s_place_is_left_alone(
    run: Run, with_row: tuple[str, ...]
) -> None:
    own = Document()
    own.add_paragraph("今年[地区]共有项目[子项目数]个，已开工[已开工数]个。")
    own.save("模板.docx")
    bundled = resolve_template(Path("工作部署")).read_bytes()
    Path("工作部署.docx").write_bytes(bundled)
    for name in ("模板.docx", "工作部署.docx"):
        before = kept()
        result = run("refresh", name, "--data", "新.csv", *with_row)
        assert_refused(result, 4, f"“{name}”是模板", "assembler merge")
        assert kept() == before


def test_data_and_draft_the_wrong_way_round(run: Run) -> None:
    result = run("refresh", "新.csv", "--data", WANGLAN)
    assert_refused(result, 3, WANGLAN.name, "不是数据表")


@pytest.mark.parametrize(
    "lock",
    ["~$区重点项目推进会讲话.docx", f".~lock.{WANGLAN.name}#", f".~{WANGLAN.name}"],
)
def test_a_draft_that_somebody_has_open_waits(run: Run, lock: str) -> None:
    WANGLAN.with_name(lock).write_bytes(b"")
    before = kept()
    result = run("refresh", WANGLAN, "--data", "新.csv")
    assert_refused(result, 1, WANGLAN.name, "打开着", f"删去旁边的“{lock}”")
    assert kept() == before


def test_a_template_that_the_draft_is_not_of(run: Run) -> None:
    before = kept()
    result = run("refresh", WANGLAN, "--data", "新.csv", "--template", "问题整改")
    assert_refused(result, 4, "是用模板“工作部署”合并的，不是“问题整改.docx”")
    result = run("refresh", WANGLAN, CHENGHU, "--data", "新.csv", "--template", "没有")
    assert_refused(result, 4, "找不到文件“没有”")
    assert result.out == ""
    assert kept() == before
    bare = Path("失忆.docx")
    bare.write_bytes(handwork.strip_record(WANGLAN.read_bytes()))
    row = "--row", "4"
    result = run("refresh", bare, "--data", "新.csv", *row, "--template", "问题整改")
    assert_refused(result, 4, "不像是用模板“问题整改.docx”合并的")
    found = run("refresh", bare, "--data", "新.csv", *row, "--template", "工作部署")
    assert found.code == 0
    assert "已开工150个" in "".join(text_of(bare))
    assert bare.with_stem("失忆（备份）").exists()


# Data ---------------------------------------------------------------------------------


def column(lines: list[list[str]], name: str, new: str | None) -> list[list[str]]:
    """Lines with a column renamed, or without it."""
    place = lines[0].index(name)
    if new is None:
        return [line[:place] + line[place + 1 :] for line in lines]
    return [[new if cell == name else cell for cell in lines[0]], *lines[1:]]


def cell(place: str, name: str, text: str) -> list[list[str]]:
    """The new data with another text in one cell."""
    found = [list(line) for line in NEW]
    next(line for line in found if line[1] == place)[HEAD.index(name)] = text
    return found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ["找不到", "数据.csv"]),
        (b"", ["数据.csv", "空文件"]),
        ("文件名,已开工数\n".encode(), ["数据.csv", "下面没有数据"]),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), ["数据.csv", "密码"]),
        ("文件名,甲,甲\na,1,2\n".encode(), ["数据.csv", "甲"]),
        ("文件名,甲\na,1,2\n".encode(), ["数据.csv", "第2行"]),
    ],
)
def test_a_data_file_that_cannot_be_used(
    run: Run, content: bytes | None, words: list[str]
) -> None:
    if content is not None:
        Path("数据.csv").write_bytes(content)
    before = kept()
    assert_refused(run("refresh", FOLDER, "--data", "数据.csv"), 3, *words)
    assert kept() == before


def test_an_error_in_a_row_keeps_its_draft_alone_waiting(
    run: Run, tmp_path: Path
) -> None:
    data = write_csv(tmp_path / "错.csv", *cell("澄湖区", "上年全年投资", "abc"))
    before = CHENGHU.read_bytes()
    assert run("refresh", WANGLAN, "--data", data).code == 0
    result = run("refresh", FOLDER, "--data", data)
    assert_refused(result, 1, "第3行", "上年全年投资", "abc", "改好数据")
    assert CHENGHU.read_bytes() == before
    assert "已开工171个" in "".join(text_of(YUNLING))
    _, told = result.err.split(f"【{CHENGHU.name}】")
    assert "第3行" in told, "what is wrong stands under the draft's name"


def test_a_missing_column_is_named_once_for_all(run: Run, tmp_path: Path) -> None:
    data = write_csv(tmp_path / "缺.csv", *column(NEW, "牵头领导", None))
    before = kept()
    result = run("refresh", YUNLING, WANGLAN, "--data", data)
    assert_refused(result, 1, "没有“牵头领导”这一列", "第12段", "用地问题由")
    assert kept() == before


def test_columns_that_one_of_the_templates_uses_are_no_news(
    run: Run, tmp_path: Path
) -> None:
    assert run("merge", "问题整改", "问题整改", "-o", "整改").code == 0
    other = min(Path("整改").iterdir())
    fields = [one["name"] for one in run("fields", "问题整改", "--json").json]
    more = [name for name in fields if name not in HEAD]
    lines = [[*HEAD, *more, "多余"], *([*line, *more, ""] for line in NEW[1:])]
    lines += [[other.stem, *["清河"] * (len(lines[0]) - 1)]]
    lines[-1][lines[0].index("会议日期")] = "2025年11月18日"
    data = write_csv(tmp_path / "合.csv", *lines)
    result = run("refresh", WANGLAN, other, "--data", data, "--json")
    unused = [
        f["field"] for f in result.json["findings"] if f["code"] == "unused-column"
    ]
    assert unused == ["前八月固投额", "多余"]
    assert [one["written"] for one in result.json["refreshed"]] == [True, True]


def as_workbook(lines: list[list[str]], path: Path) -> Path:
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(path)
    return path


def test_data_in_any_form_give_the_same(run: Run, tmp_path: Path) -> None:
    upright = [["字段", *(line[0] for line in NEW[1:])], *zip(*NEW, strict=True)]
    forms = [
        write_csv(tmp_path / "国标.csv", *NEW, encoding="gb18030"),
        write_csv(tmp_path / "竖.csv", *upright),
        write_csv(tmp_path / "倒.csv", NEW[0], *NEW[:0:-1]),
        as_workbook(NEW, tmp_path / "新.xlsx"),
    ]
    reports = [
        run("refresh", FOLDER, "--data", form, "--dry-run", "--json").json["refreshed"]
        for form in (Path("新.csv"), *forms)
    ]
    changes = [[one["changes"] for one in report] for report in reports]
    assert changes[0][0]
    assert all(one == changes[0] for one in changes)


# Rows ---------------------------------------------------------------------------------


def same_row(lines: list[list[str]]) -> list[list[str]]:
    return [*lines, lines[3]]


def renamed(lines: list[list[str]]) -> list[list[str]]:
    return [lines[0], *([f"新{first}", *rest] for first, *rest in lines[1:])]


@pytest.mark.parametrize(
    ("lines", "asked", "words"),
    [
        (same_row(NEW), None, ["2 行都叫", "第4行、第8行", "--row 4"]),
        (NEW[:3], None, ["没有叫“望澜区重点项目推进会讲话”的行", "云岭区重点项目"]),
        (renamed(NEW), None, ["没有叫“望澜区", "新望澜区", "--row"]),
        (NEW, "99", ["没有第 99 行"]),
        (NEW, "没有", ["没有叫“没有”的行"]),
        (column(same_row(NEW), "文件名", None), None, ["没有叫“望澜区"]),
    ],
)
def test_a_row_that_cannot_be_told(
    run: Run,
    tmp_path: Path,
    lines: list[list[str]],
    asked: str | None,
    words: list[str],
) -> None:
    data = write_csv(tmp_path / "数据.csv", *lines)
    how = ("--row", asked) if asked else ()
    before = kept()
    assert_refused(run("refresh", WANGLAN, "--data", data, *how), 1, *words)
    assert kept() == before


@pytest.mark.parametrize("asked", ["4", "第4行", "望澜区重点项目推进会讲话", "第４行"])
def test_a_row_by_number_place_or_name(run: Run, asked: str) -> None:
    copy = Path("另存.docx")
    copy.write_bytes(YUNLING.read_bytes())
    result = run("refresh", copy, "--data", "新.csv", "--row", asked, "--json")
    assert result.json["refreshed"][0]["row"] == 4


@pytest.mark.parametrize("asked", ["D", "d", "D列", "4"])
def test_a_column_of_upright_data(run: Run, tmp_path: Path, asked: str) -> None:
    upright = [["字段", *(line[0] for line in NEW[1:])], *zip(*NEW, strict=True)]
    data = write_csv(tmp_path / "竖.csv", *upright)
    result = run("refresh", WANGLAN, "--data", data, "--row", asked)
    assert result.code == 0
    assert "已开工150个" in "".join(text_of(WANGLAN))


@pytest.mark.parametrize(
    ("name", "new", "by"),
    [("文件名", "稿名", "按“稿名”"), ("文件名", None, "按“地区”这一列的“望澜区”")],
)
def test_a_row_whose_name_has_moved_is_found_and_that_is_said(
    run: Run, tmp_path: Path, name: str, new: str | None, by: str
) -> None:
    data = write_csv(tmp_path / "数据.csv", *column(NEW, name, new))
    result = run("refresh", WANGLAN, "--data", data)
    assert result.code == 0
    assert "用的是第4行（望澜区）" in "".join(result.err.split())
    assert by in "".join(result.err.split())
    assert "已开工150个" in "".join(text_of(WANGLAN))


def test_a_draft_keeps_its_row_under_any_name_in_any_folder(run: Run) -> None:
    Path("别处").mkdir()
    moved = Path("别处") / "领导改过的最终版.docx"
    moved.write_bytes(WANGLAN.read_bytes())
    assert run("refresh", moved, "--data", "新.csv").code == 0
    assert "已开工150个" in "".join(text_of(moved))


# Words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((FOLDER,), ["少写了 --data"]),
        (("--data", "新.csv"), ["少写了 稿子"]),
        ((FOLDER, "--data", "新.csv", "--row", "2"), ["--row", "一篇"]),
        ((WANGLAN, "--data", "新.csv", "--take", "dat"), ["--take", "data", "draft"]),
        ((WANGLAN, "--data", "新.csv", "--take"), ["--take", "跟一个值"]),
        ((WANGLAN, "--data", "新.csv", "--dry"), ["--dry", "--dry-run"]),
    ],
)
def test_wrong_use_is_explained(
    run: Run, arguments: tuple[object, ...], words: list[str]
) -> None:
    before = kept()
    result = run("refresh", *arguments)
    assert_refused(result, 2, *words)
    assert "Value error" not in result.err
    assert kept() == before


@pytest.mark.parametrize(
    "typed", ["讲话稿", "讲话稿/*/*.docx", "讲话稿/工作部署/*.docx"]
)
def test_folders_and_patterns_that_no_shell_has_expanded(run: Run, typed: str) -> None:
    result = run("refresh", typed, "--data", "新.csv")
    assert result.code == 0
    assert "完成：更新 3 篇，不用更新 3 篇。" in result.out


def test_a_pattern_that_nothing_fits_exits_with_4(run: Run) -> None:
    result = run("refresh", "讲话稿/*.docx", "--data", "新.csv")
    assert_refused(result, 4, "没有符合“讲话稿/*.docx”的 Word 文档")


# Consoles -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "console",
    [{"PYTHONIOENCODING": "gbk"}, {"PYTHONIOENCODING": "cp936"}, {"COLUMNS": "20"}],
)
def test_no_console_is_too_old(console: Mapping[str, str]) -> None:
    retype(YUNLING, "一是开工还不够快", "164", "165")
    Path("坏🏗.docx").write_bytes(b"PK")
    command = [sys.executable, "-m", "assembler.cli", "refresh", str(YUNLING)]
    done = subprocess.run(
        [*command, "坏🏗.docx", "--data", "新.csv", "--dry-run"],
        env={**os.environ, "PYTHONPATH": str(ROOT), **console},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert b"Traceback" not in done.stderr
    encoding = console.get("PYTHONIOENCODING", "utf-8")
    assert "68.3" in done.stdout.decode(encoding)
    assert done.stderr.decode(encoding)
