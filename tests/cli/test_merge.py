"""merge as a clerk runs it: what is written, what is said, what is left alone."""

import os
import stat
import sys
from pathlib import Path

import pytest
from docx import Document

from assembler.bundled import resolve_data
from assembler.rows import open_table
from tests.cli.conftest import HEAD, Run, text_of, write_csv

PROGRESS = resolve_data(Path("重点项目进度")).resolve()


def test_each_row_becomes_one_speech_named_by_its_column(
    run: Run, template: Path, data: Path
) -> None:
    result = run("merge", template, data, "-o", "稿子")
    assert result.code == 0
    assert sorted(p.name for p in Path("稿子").iterdir()) == [
        "云岭区讲话.docx",
        "澄湖区讲话.docx",
    ]
    assert text_of(Path("稿子/云岭区讲话.docx")) == [
        "今年云岭区开工率68.3%。",
        "请陆知远同志负责。",
    ]
    assert "生成 2 篇" in result.out
    assert "稿子" in result.out


def test_the_bundled_templates_are_found_by_name_from_anywhere(run: Run) -> None:
    result = run("merge", "工作部署", "重点项目进度")
    assert result.code == 0
    assert len(list(Path("讲话稿/工作部署").glob("*.docx"))) == 6


@pytest.mark.parametrize("name", ["工作部署", "总结推进"])
def test_every_value_stands_in_the_speech_and_no_mask_is_left(
    run: Run, name: str
) -> None:
    run("merge", name, "重点项目进度", "-o", ".")
    fields = {field["name"] for field in run("fields", name, "--json").json}
    for row in open_table(PROGRESS).rows():
        text = "\n".join(text_of(Path(row.values["文件名"] + ".docx")))
        assert not {"X", "x", "字段说明"} & set(text)
        for field in fields:
            assert row.values[field] in text, field


def test_the_upright_form_gives_a_speech_for_each_column(run: Run) -> None:
    result = run("merge", "问题整改", "问题整改", "-o", ".")
    assert result.code == 0
    assert len(list(Path().glob("*.docx"))) == 3
    text = "\n".join(text_of(Path("青峦区重点项目问题整改会讲话.docx")))
    assert "青峦风电装备产业园克服了山高坡陡" in text
    assert "[" not in text


def test_a_pattern_names_the_files(run: Run, template: Path, data: Path) -> None:
    run("merge", template, data, "-o", ".", "--name", "{地区}讲话稿")
    assert Path("云岭区讲话稿.docx").exists()


def test_a_pattern_with_an_unknown_column_is_wrong_use(
    run: Run, template: Path, data: Path
) -> None:
    result = run("merge", template, data, "--name", "{地去}讲话稿")
    assert result.code == 2
    assert "{地去}" in result.err
    assert "是不是“地区”" in result.err


def test_a_pattern_with_an_open_brace_is_wrong_use(
    run: Run, template: Path, data: Path
) -> None:
    result = run("merge", template, data, "--name", "{地区讲话稿")
    assert result.code == 2
    assert "花括号" in result.err


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("../../x", "／..／x.docx"),
        ("a/b\\c", "a／b＼c.docx"),
        ('问?"<号>|*:', "问？＂＜号＞｜＊：.docx"),
        ("CON", "CON_.docx"),
        ("稿子.docx", "稿子.docx"),
        ("末尾有点. ", "末尾有点.docx"),
        ("第一行\n第二行", "第一行 第二行.docx"),
        ("长" * 300, "长" * 70 + ".docx"),
    ],
)
def test_unsafe_file_names_are_made_safe_and_stay_in_the_folder(
    run: Run, template: Path, tmp_path: Path, wanted: str, given: str
) -> None:
    data = write_csv(tmp_path / "d.csv", HEAD, (wanted, "云岭区", "68.3", "陆知远"))
    assert run("merge", template, data, "-o", "稿子").code == 0
    assert [path.name for path in Path("稿子").iterdir()] == [given]
    assert not list(tmp_path.parent.glob("*.docx"))


def test_equal_names_are_numbered(run: Run, template: Path, tmp_path: Path) -> None:
    rows = [
        ("讲话", place, "68.3", "陆知远") for place in ("云岭区", "澄湖区", "望澜区")
    ]
    run("merge", template, write_csv(tmp_path / "d.csv", HEAD, *rows), "-o", "稿子")
    assert sorted(path.name for path in Path("稿子").iterdir()) == [
        "讲话-2.docx",
        "讲话-3.docx",
        "讲话.docx",
    ]


def test_a_row_that_fails_keeps_its_file_name(
    run: Run, template: Path, tmp_path: Path
) -> None:
    rows = [("讲话", "", "68.3", "陆知远"), ("讲话", "澄湖区", "74.9", "贺同舟")]
    run("merge", template, write_csv(tmp_path / "d.csv", HEAD, *rows), "-o", "稿子")
    assert [path.name for path in Path("稿子").iterdir()] == ["讲话-2.docx"]


def test_a_missing_value_stops_its_row_only(
    run: Run, template: Path, tmp_path: Path
) -> None:
    data = write_csv(
        tmp_path / "数据.csv",
        HEAD,
        ("甲", "云岭区", "", "陆知远"),
        ("乙", "澄湖区", "74.9", "贺同舟"),
    )
    result = run("merge", template, data, "-o", "稿子", "--json")
    assert result.code == 1
    report = result.json
    assert report["written"] == [{"row": 3, "file": str(Path("稿子/乙.docx"))}]
    assert report["failed"] == [{"row": 2}]
    [finding] = report["findings"]
    assert finding["code"] == "missing-value"
    assert finding["severity"] == "error"
    assert (finding["file"], finding["row"]) == ("数据.csv", 2)
    assert (finding["field"], finding["paragraph"]) == ("开工率", 1)
    assert "〖[开工率]〗" in finding["excerpt"]
    assert finding["message"].startswith("第2行（甲）开工率没有填")
    assert finding["hint"]


def test_json_prints_one_document_and_nothing_else(
    run: Run, template: Path, data: Path
) -> None:
    result = run("merge", template, data, "--json")
    assert set(result.json) == {"written", "skipped", "failed", "findings"}
    assert result.err == ""


def test_a_column_that_looks_like_a_slip_is_named_with_the_right_field(
    run: Run, template: Path, tmp_path: Path
) -> None:
    head = ("文件名", "地区", "开工律", "牵头领导")
    data = write_csv(tmp_path / "d.csv", head, ("甲", "云岭区", "68.3", "陆知远"))
    result = run("merge", template, data, "--json")
    assert result.code == 1
    missing, unused = result.json["findings"]
    assert (missing["code"], missing["field"]) == ("missing-column", "开工率")
    assert "“开工律”" in missing["hint"]
    assert (unused["severity"], unused["field"]) == ("info", "开工律")


def test_columns_without_a_field_are_a_remark(
    run: Run, template: Path, tmp_path: Path
) -> None:
    data = write_csv(
        tmp_path / "d.csv",
        (*HEAD, "电话", "备注"),
        ("甲", "云岭区", "68.3", "陆知远", "12345", "催一下"),
    )
    result = run("merge", template, data)
    assert result.code == 0
    assert "有 1 列模板没有用到：电话" in result.err


def test_heads_match_whatever_their_width_blanks_and_units(
    run: Run, template: Path, tmp_path: Path
) -> None:
    head = ("文件名", "地 区", "开工率（%）", "　牵头领导")
    data = write_csv(tmp_path / "d.csv", head, ("甲", "云岭区", "68.3", "陆知远"))
    assert run("merge", template, data, "-o", ".").code == 0
    assert text_of(Path("甲.docx"))[0] == "今年云岭区开工率68.3%。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_gives_the_same_speech(
    run: Run, template: Path, tmp_path: Path, encoding: str
) -> None:
    row = ("甲", "云岭区", "68.3", "陆知远")
    write_csv(tmp_path / "d.csv", HEAD, row)
    run("merge", template, "d.csv", "-o", "一")
    write_csv(tmp_path / "d.csv", HEAD, row, encoding=encoding)
    run("merge", template, "d.csv", "-o", "二")
    assert Path("一/甲.docx").read_bytes() == Path("二/甲.docx").read_bytes()


@pytest.mark.parametrize(
    "value",
    [
        "A&B<5%",
        "{% raw %}",
        "7*7 }}",
        "../../x",
        "😀 emoji",
        "\"引号\"与'单引号'",
        "]]>",
        "&amp;",
        "长" * 10_000,
        "<w:t>不是标签</w:t>",
        "{_{",
        "行一\n行二",
        "列一\t列二",
    ],
)
def test_any_text_stands_in_the_speech_as_it_is(
    run: Run, template: Path, tmp_path: Path, value: str
) -> None:
    data = write_csv(tmp_path / "d.csv", HEAD, ("甲", "云岭区", "68.3", value))
    assert run("merge", template, data, "-o", ".").code == 0
    assert text_of(Path("甲.docx"))[1] == f"请{value}同志负责。"


def test_a_tag_as_a_value_is_a_finding_and_never_run(
    run: Run, template: Path, tmp_path: Path
) -> None:
    row = ("甲", "云岭区", "68.3", "{{ 7*7 }}")
    data = write_csv(tmp_path / "d.csv", HEAD, row)
    result = run("merge", template, data, "-o", "稿子")
    assert result.code == 1
    assert "{{ 7*7 }}" in result.err
    assert "49" not in result.err


def test_a_control_character_is_a_finding(
    run: Run, template: Path, tmp_path: Path
) -> None:
    data = write_csv(tmp_path / "d.csv", HEAD, ("甲", "云岭区", "68.3", "陆\x0b知远"))
    result = run("merge", template, data, "-o", "稿子")
    assert result.code == 1
    assert "U+000B" in result.err
    assert not list(Path("稿子").iterdir())


def test_merging_twice_gives_equal_bytes(run: Run, template: Path, data: Path) -> None:
    run("merge", template, data, "-o", "一")
    run("merge", template, data, "-o", "二")
    for path in Path("一").iterdir():
        assert path.read_bytes() == (Path("二") / path.name).read_bytes()


def test_an_untouched_draft_is_replaced(
    run: Run, template: Path, tmp_path: Path
) -> None:
    for value in ("68.3", "70.1"):
        data = write_csv(tmp_path / "d.csv", HEAD, ("甲", "云岭区", value, "陆知远"))
        assert run("merge", template, data, "-o", ".").code == 0
    assert "70.1" in text_of(Path("甲.docx"))[0]


def test_a_mere_save_by_another_program_is_no_edit(
    run: Run, template: Path, data: Path
) -> None:
    run("merge", template, data, "-o", ".")
    Document("云岭区讲话.docx").save("云岭区讲话.docx")
    assert run("merge", template, data, "-o", ".").code == 0


def test_an_edited_draft_is_never_overwritten(
    run: Run, template: Path, data: Path
) -> None:
    run("merge", template, data, "-o", ".")
    edited = Document("云岭区讲话.docx")
    edited.paragraphs[1].runs[-1].text = "同志负责，"
    edited.save("云岭区讲话.docx")
    before = Path("云岭区讲话.docx").read_bytes()
    result = run("merge", template, data, "-o", ".", "--json")
    assert result.code == 1
    assert [entry["file"] for entry in result.json["skipped"]] == ["云岭区讲话.docx"]
    assert len(result.json["written"]) == 1
    assert "refresh" in result.json["findings"][0]["hint"]
    assert Path("云岭区讲话.docx").read_bytes() == before


def test_force_replaces_an_edited_draft_and_keeps_a_backup(
    run: Run, template: Path, data: Path
) -> None:
    run("merge", template, data, "-o", ".")
    for words in ("改过一次", "改过两次"):
        edited = Document("云岭区讲话.docx")
        edited.add_paragraph(words)
        edited.save("云岭区讲话.docx")
        assert run("merge", template, data, "-o", ".", "--force").code == 0
    assert text_of(Path("云岭区讲话（备份）.docx"))[-1] == "改过一次"
    assert text_of(Path("云岭区讲话（备份2）.docx"))[-1] == "改过两次"
    assert text_of(Path("云岭区讲话.docx"))[-1] == "请陆知远同志负责。"


def test_a_file_of_somebody_else_is_left_alone(
    run: Run, template: Path, data: Path
) -> None:
    Path("云岭区讲话.docx").write_text("别人的文件", "utf-8")
    result = run("merge", template, data, "-o", ".")
    assert result.code == 1
    assert "不是本程序生成的" in result.err
    assert Path("云岭区讲话.docx").read_text("utf-8") == "别人的文件"


def test_a_draft_of_another_template_is_left_alone(
    run: Run, template: Path, data: Path
) -> None:
    run("merge", template, data, "-o", ".")
    other = template.rename("另一个.docx")
    result = run("merge", other, data, "-o", ".")
    assert result.code == 1
    assert "另一个模板" in result.err


def test_a_draft_that_is_open_in_word_is_left_alone(
    run: Run, template: Path, data: Path
) -> None:
    run("merge", template, data, "-o", ".")
    Path("~$云岭区讲话.docx").touch()
    result = run("merge", template, data, "-o", ".", "--force")
    assert result.code == 1
    assert "打开着" in result.err


def test_no_temporary_file_is_left(run: Run, template: Path, data: Path) -> None:
    run("merge", template, data, "-o", "稿子")
    assert {path.suffix for path in Path("稿子").iterdir()} == {".docx"}


def test_new_files_can_be_read_by_colleagues(
    run: Run, template: Path, data: Path
) -> None:
    if sys.platform == "win32":
        pytest.skip("POSIX permissions")
    umask = os.umask(0o022)
    try:
        run("merge", template, data, "-o", ".")
    finally:
        os.umask(umask)
    mode = stat.S_IMODE(Path("云岭区讲话.docx").stat().st_mode)
    assert mode == 0o644


def test_optional_head_fields_leave_no_empty_line(run: Run, tmp_path: Path) -> None:
    table = open_table(PROGRESS)
    row = next(iter(table.rows())).values
    gone = ("会议日期", "讲话人", "讲话人职务")
    head = [name for name in row if name not in gone]
    data = write_csv(tmp_path / "d.csv", head, [row[name] for name in head])
    assert run("merge", "工作部署", data, "-o", ".").code == 0
    text = text_of(Path(row["文件名"] + ".docx"))
    assert text[:2] == ["在重点项目工作推进会上的讲话", "同志们："]


def test_one_of_two_optional_fields_leaves_no_blank_before_it(
    run: Run, tmp_path: Path
) -> None:
    row = dict(next(iter(open_table(PROGRESS).rows())).values)
    row["讲话人职务"] = ""
    data = write_csv(tmp_path / "d.csv", list(row), list(row.values()))
    assert run("merge", "工作部署", data, "-o", ".").code == 0
    assert text_of(Path(row["文件名"] + ".docx"))[2] == row["讲话人"]
