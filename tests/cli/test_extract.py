"""extract as a clerk runs it."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from assembler.bundled import resolve_data
from tests import handwork as do
from tests.cli.conftest import Run, write_csv
from tests.documents import document, p
from tests.drafting import ROOT
from tests.extracting import KINDS, ROW, across, edit, rows

DRAFT = Path("稿子/云岭讲话.docx")


@pytest.fixture
def draft(run: Run, tmp_path: Path) -> Path:
    """A draft, its template and data beside."""
    (tmp_path / "模板.docx").write_bytes(KINDS)
    write_csv(tmp_path / "数据.csv", *across(ROW))
    assert run("merge", "模板.docx", "数据.csv", "-o", "稿子").code == 0
    return DRAFT


BUNDLED = (
    ("工作部署", "重点项目进度"),
    ("总结推进", "重点项目进度"),
    ("问题整改", "问题整改"),
)


@pytest.mark.parametrize(("template", "data"), BUNDLED)
@pytest.mark.parametrize("moved", [False, True])
def test_the_bundled_data_come_back(
    run: Run, tmp_path: Path, template: str, data: str, *, moved: bool
) -> None:
    run("merge", template, data, "-o", "稿子")
    drafts = sorted(Path("稿子").iterdir())
    if moved:
        # Then only the drafts tell of them.
        drafts = [draft.rename(f"{n}.docx") for n, draft in enumerate(drafts)]
    assert run("extract", *drafts, "-o", "取.csv").code == 0
    original = resolve_data(Path(data))
    assert rows(tmp_path / "取.csv") == rows(original)
    assert Path("取.csv").read_bytes() == original.read_bytes()


def test_drafts_of_several_templates_make_one_table(run: Run) -> None:
    for template in ("工作部署", "总结推进"):
        run("merge", template, "重点项目进度")
    done = run("extract", "讲话稿/工作部署", "讲话稿/总结推进", "-o", "取.csv")
    assert done.code == 0
    assert (
        Path("取.csv").read_bytes() == resolve_data(Path("重点项目进度")).read_bytes()
    )
    assert "12 篇稿子" in done.out


def test_what_was_done_is_said_in_a_line(run: Run, draft: Path) -> None:
    edit(draft, do.change_inside("投资", "13.5"))
    done = run("extract", draft)
    assert done.code == 0
    assert done.out == (
        "取出 1 篇稿子的 15 个值，其中 1 个和上次的数据不一样；"
        "放在“云岭讲话_数据.csv”（横表，照“数据.csv”的样子）。\n"
    )
    assert (
        "说明  “云岭讲话.docx”里投资和上次的数据不一样：数据是“12.6”，稿子里是“13.5”。"
        in done.err
    )
    assert rows(Path("云岭讲话_数据.csv")) == [{**ROW, "投资": "13.5"}]


def test_json_tells_values_and_changes_and_writes_no_file_unasked(
    run: Run, draft: Path
) -> None:
    edit(draft, do.change_inside("投资", "13.5"), do.change_inside("因素", "无"))
    done = run("extract", draft, "--json")
    assert done.code == 0
    found = done.json
    assert list(found) == ["drafts", "file", "findings"]
    (one,) = found["drafts"]
    assert one == {
        "draft": str(DRAFT),
        "row": "云岭讲话",
        "values": {**ROW, "投资": "13.5", "因素": "无"},
        "changes": [
            {"field": "投资", "record": "12.6", "draft": "13.5"},
            {"field": "因素", "record": "持续高温", "draft": "无"},
        ],
        "kept_as_text": ["因素"],
    }
    assert found["file"] is None
    codes = [finding["code"] for finding in found["findings"]]
    assert codes == ["kept-as-text", "differs-from-record", "differs-from-record"]
    assert not list(Path().glob("*_数据.csv"))
    assert run("extract", draft, "--json", "-o", "取.csv").json["file"] == "取.csv"
    assert Path("取.csv").exists()


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("数据.csv", "“数据.csv”已经存在，没有覆盖"),
        ("没有/取.csv", "文件夹“没有”不存在。请先建好文件夹"),
        ("取.xls", "数据表只能是 .csv 或 .xlsx。请写全文件名，如 -o 取.xlsx"),
        ("取", "请写全文件名，如 -o 取.xlsx"),
        ("稿子/云岭讲话.docx", "如 -o 云岭讲话.xlsx"),
    ],
)
def test_where_no_table_can_be_written_nothing_is(
    run: Run, draft: Path, output: str, said: str
) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*.*")}
    done = run("extract", draft, "-o", output)
    assert done.code == 5
    assert said in done.err
    assert {path: path.read_bytes() for path in Path().rglob("*.*")} == before


def test_the_ending_may_be_in_capitals(run: Run, draft: Path) -> None:
    assert run("extract", draft, "-o", "取.XLSX").code == 0
    assert rows(Path("取.XLSX")) == [ROW]


NO_DRAFTS = {
    "没有.docx": (None, "找不到文件“没有.docx”"),
    "模板.docx": (None, "“模板.docx”是模板，不是合并出来的稿子"),
    "普通.docx": (document(p("普通文件。")), "里没有合并记录，也没有字段书签"),
    "文.txt": ("文".encode(), "“文.txt”不是 Word 文档"),
    "旧.doc": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "另存为"),
    "坏.docx": (b"PK\x03\x04", "“坏.docx”不是 Word 文档（.docx），或者已经损坏"),
    "空.docx": (b"", "“空.docx”"),
}


@pytest.mark.parametrize("name", NO_DRAFTS)
def test_a_file_that_is_no_draft_is_refused(run: Run, draft: Path, name: str) -> None:
    content, said = NO_DRAFTS[name]
    if content is not None:
        Path(name).write_bytes(content)
    done = run("extract", name, "-o", "取.csv")
    assert done.code == 4
    assert said in done.err
    assert not Path("取.csv").exists()
    # The others are taken all the same.
    done = run("extract", name, draft, "-o", "取.csv")
    assert done.code == 4
    assert said in done.err.replace("\n      ", "")
    assert "取出 1 篇稿子" in done.out
    assert rows(Path("取.csv")) == [ROW]


def test_data_that_cannot_be_read_are_refused(run: Run, draft: Path) -> None:
    assert run("extract", draft, "--like", "没有.csv").code == 3
    assert run("extract", draft, "--like", draft).code == 3


def test_folders_and_the_drafts_in_them_are_taken_once(run: Run, draft: Path) -> None:
    done = run("extract", "稿子", draft, draft.resolve(), "-o", "取.csv")
    assert "取出 1 篇稿子" in done.out
    assert rows(Path("取.csv")) == [ROW]


def test_paths_with_blanks_and_hanzi(run: Run, draft: Path, tmp_path: Path) -> None:
    folder = tmp_path / "李 主任（终 稿）" / "11 月"
    folder.mkdir(parents=True)
    moved = draft.rename(folder / "云岭 讲话 (2).docx")
    done = run("extract", moved, "-o", folder / "取 出.csv")
    assert done.code == 0
    assert rows(folder / "取 出.csv") == [ROW]
    assert run("extract", moved).code == 0
    assert rows(Path("云岭 讲话 (2)_数据.csv")) == [ROW]


def test_a_gbk_console_is_no_obstacle(draft: Path, tmp_path: Path) -> None:
    edit(draft, do.change_inside("讲话人", "章𠮷川🙂"))
    done = subprocess.run(
        [sys.executable, "-m", "assembler.cli", "extract", str(draft)],
        capture_output=True,
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "gbk",
            "PYTHONUTF8": "0",
        },
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("gbk", "replace")
    assert "取出 1 篇稿子" in done.stdout.decode("gbk")
    assert rows(Path("云岭讲话_数据.csv"))[0]["讲话人"] == "章𠮷川🙂"


def test_a_draft_that_lost_all_needs_its_template(run: Run, draft: Path) -> None:
    edit(draft, do.strip_record, do.strip_bookmarks)
    Path("模板.docx").rename("甲.tmp")
    assert run("extract", draft).code == 4
    Path("甲.tmp").rename("模板.docx")
    done = run("extract", draft, "--template", "模板.docx")
    assert done.code == 0
    assert "其中 4 个要核对" in done.out
    assert "合并记录没有了" in done.err


def test_an_old_and_a_new_data_file_are_told_apart_by_the_draft(
    run: Run, draft: Path
) -> None:
    write_csv(Path("新数据.csv"), *across({**ROW, "投资": "15.8", "备注": "新报"}))
    run("extract", draft, "-o", "取.csv")
    assert rows(Path("取.csv")) == [ROW]
    run("refresh", draft, "--data", "新数据.csv")
    run("extract", draft, "-o", "再取.csv")
    assert rows(Path("再取.csv")) == rows(Path("新数据.csv"))


@pytest.mark.usefixtures("draft")
def test_a_sheet_that_was_filled_in_comes_back_without_its_helper_columns(
    run: Run, tmp_path: Path
) -> None:
    assert run("sheet", "模板.docx", "-o", "空表.xlsx").code == 0
    book = openpyxl.load_workbook("空表.xlsx")
    page = book.worksheets[0]
    titles = [cell.value for cell in page[1]]
    assert "单位" in titles
    for line in page.iter_rows(min_row=2):
        name = str(line[0].value)
        line[titles.index("值")].value = ROW.get(name) or None
    book.save("填好.xlsx")
    Path("数据.csv").unlink()
    assert run("merge", "模板.docx", "填好.xlsx", "-o", "新稿").code == 0
    (made,) = Path("新稿").iterdir()
    assert run("extract", made, "-o", "取.csv").code == 0
    (filled,) = rows(tmp_path / "填好.xlsx")
    assert rows(tmp_path / "取.csv") == [filled]
    text = Path("取.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "字段,值"


def test_ordinary_documents_of_that_name_are_no_obstacle(run: Run, draft: Path) -> None:
    Path("表.csv").write_bytes(b"\xff\xfe\x00")
    Path("表.xlsx").write_bytes(b"PK")
    Path("别的.csv").write_text("甲,乙\n1,2\n", "utf-8")
    Document().save("空白.docx")
    run("extract", draft, "-o", "取.csv")
    assert rows(Path("取.csv")) == [ROW]
