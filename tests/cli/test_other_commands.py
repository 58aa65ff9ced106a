"""fields, sheet, help pages, and the installed command."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from assembler.names import is_valid
from tests.cli.conftest import Run, text_of

ROOT = Path(__file__).resolve().parents[2]
HEAD_FIELDS = ["标题", "会议日期", "讲话人职务", "讲话人"]


@pytest.mark.parametrize(
    ("name", "fields", "places"),
    [("工作部署", 36, 37), ("问题整改", 7, 7), ("总结推进", 31, 33)],
)
def test_fields_lists_the_layouts_fields_after_the_head_fields(
    run: Run, name: str, fields: int, places: int
) -> None:
    listed = run("fields", ROOT / "word_templates" / f"{name}.docx", "--json").json
    assert [field["name"] for field in listed[:4]] == HEAD_FIELDS
    assert len(listed[4:]) == fields
    assert sum(len(field["places"]) for field in listed[4:]) == places
    assert all(is_valid(field["name"]) for field in listed)


def test_fields_says_kind_unit_formula_and_words_around(run: Run) -> None:
    listed = {
        field["name"]: field for field in run("fields", "工作部署", "--json").json
    }
    share = listed["应开工未开工占比"]
    assert (share["mask"], share["kind"], share["unit"]) == ("X.8", "百分比", "%")
    assert share["formula"] == "应开工未开工数 / 子项目数"
    [place] = share["places"]
    assert place["part"] == "word/document.xml"
    assert place["before"].endswith("占子项目总数的")
    assert place["after"].startswith("%")
    assert len(listed["子项目数"]["places"]) == 2


def test_fields_speaks_to_people_too(run: Run) -> None:
    result = run("fields", "工作部署")
    assert result.code == 0
    assert "40 个字段，41 处" in result.out
    assert "〖X.8〗" in result.out


def test_a_template_without_a_guide_takes_kinds_from_the_words_beside(
    run: Run, template: Path
) -> None:
    kinds = {f["name"]: f["kind"] for f in run("fields", template, "--json").json}
    assert kinds["开工率"] == "百分比"
    assert kinds["牵头领导"] == "人名"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("form", [[], ["--wide"]])
def test_a_sheet_that_is_filled_in_merges(
    run: Run, template: Path, ending: str, form: list[str]
) -> None:
    sheet = f"表{ending}"
    assert run("sheet", template, "-o", sheet, *form).code == 0
    values = {"文件名": "甲", "地区": "云岭区", "开工率": "68.3", "牵头领导": "陆知远"}
    fill(Path(sheet), values, wide=bool(form))
    assert run("merge", template, sheet, "-o", ".").code == 0
    assert text_of(Path("甲.docx"))[0] == "今年云岭区开工率68.3%。"


def fill(path: Path, values: dict[str, str], *, wide: bool) -> None:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        lines = [list(line) for line in book.worksheets[0].iter_rows()]
        if wide:
            for column, cell in enumerate(lines[0], 1):
                book.worksheets[0].cell(2, column, values[str(cell.value)])
        else:
            for line in lines[1:]:
                line[1].value = values[str(line[0].value)]
        book.save(path)
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    if wide:
        rows.append([values[name] for name in rows[0]])
    else:
        for row in rows[1:]:
            row[1] = values[row[0]]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)


def test_a_sheet_opens_in_excel_as_utf_8(run: Run, template: Path) -> None:
    run("sheet", template, "-o", "表.csv")
    assert Path("表.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_sheet_never_overwrites_one_that_may_be_filled_in(
    run: Run, template: Path
) -> None:
    Path("表.csv").write_text("填好的数据", "utf-8")
    result = run("sheet", template, "-o", "表.csv")
    assert result.code == 5
    assert "没有覆盖" in result.err
    assert Path("表.csv").read_text("utf-8") == "填好的数据"


def test_a_sheet_of_another_ending_is_refused(run: Run, template: Path) -> None:
    result = run("sheet", template, "-o", "表.pdf")
    assert result.code == 5
    assert ".csv 或 .xlsx" in result.err


def test_help_is_chinese_and_names_every_command(run: Run) -> None:
    page = run("--help")
    assert page.code == 0
    for word in ("用法", "命令", "merge", "fields", "sheet"):
        assert word in page.out
    assert "Usage" not in page.out
    assert "Options" not in run("merge", "--help").out


def test_no_argument_shows_the_help_page(run: Run) -> None:
    result = run()
    assert result.code == 2
    assert "用法" in result.err + result.out


def installed(
    *arguments: str, folder: Path, **extra: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "assembler.cli", *arguments],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **extra},
        check=False,
    )


def test_the_installed_command_merges(tmp_path: Path) -> None:
    done = installed("merge", "总结推进", "重点项目进度", folder=tmp_path)
    assert done.returncode == 0
    assert "生成 6 篇".encode() in done.stdout
    assert len(list(tmp_path.rglob("*.docx"))) == 6


def test_several_processes_write_what_one_writes(tmp_path: Path) -> None:
    def merged(*more: str) -> dict[str, bytes]:
        folder = tmp_path / f"jobs{len(more)}"
        arguments = ("merge", "工作部署", "重点项目进度", "-o", str(folder), *more)
        assert installed(*arguments, folder=tmp_path).returncode == 0
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    assert merged("--jobs", "2") == merged()


def test_a_gbk_console_is_no_obstacle(tmp_path: Path) -> None:
    done = installed(
        "fields", "工作部署", folder=tmp_path, PYTHONIOENCODING="gbk", PYTHONUTF8="0"
    )
    assert done.returncode == 0
    assert "开工率" in done.stdout.decode("gbk")


def test_json_is_utf_8_on_any_console(tmp_path: Path) -> None:
    done = installed(
        "fields", "工作部署", "--json", folder=tmp_path, PYTHONIOENCODING="gbk"
    )
    assert "开工率" in done.stdout.decode("utf-8")


def test_help_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "import assembler.cli\n"
        "heavy = {'lxml', 'docx', 'docxtpl', 'jinja2', 'openpyxl', 'rich', 'opencc'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert done.stdout.strip() == "[]"
