"""check, and merge where figures are wrong: every finding, in one run, none twice."""

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from assembler.bundled import resolve_data
from assembler.names import field_of
from assembler.package import read_package
from assembler.rows import open_table
from assembler.wordml import bookmarks, parse
from tests.cli.conftest import HEAD, Run, text_of, write_csv
from tests.programs import validation_errors

PROGRESS = resolve_data(Path("重点项目进度")).resolve()


def sample(**changes: str) -> dict[str, str]:
    """The worked example of the layouts, with changes."""
    return {**next(iter(open_table(PROGRESS).rows())).values, **changes}


def write_rows(*rows: dict[str, str]) -> Path:
    return write_csv(Path("数据.csv"), list(rows[0]), *(list(r.values()) for r in rows))


def test_the_bundled_data_have_no_finding(run: Run) -> None:
    for name in ("工作部署", "总结推进"):
        result = run("check", name, PROGRESS, "--json")
        assert result.code == 0
        assert {one["severity"] for one in result.json["findings"]} <= {"info"}
    assert run("check", "问题整改", "问题整改").out.startswith("没有发现问题")


def test_check_writes_nothing(run: Run, tmp_path: Path) -> None:
    run("check", "工作部署", PROGRESS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "field", "figures"),
    [
        ({"超进度数": "38"}, "子项目数", ("242", "240")),
        ({"占上年全年比": "36.1"}, "占上年全年比", ("36.1%", "63.9%")),
        ({"投资差距": "158.8"}, "投资差距", ("158.8", "148.8")),
        ({"开工率": "0.683"}, "开工率", ("0.683", "68.3%")),
    ],
)
def test_the_wrong_twins_are_found_with_both_figures(
    run: Run, changes: dict[str, str], field: str, figures: tuple[str, str]
) -> None:
    result = run("check", "工作部署", write_rows(sample(**changes)), "--json")
    assert result.code == 1
    findings = [one for one in result.json["findings"] if one["field"] == field]
    assert findings
    for figure in figures:
        assert any(figure in one["message"] + one["hint"] for one in findings)


def test_the_likely_cause_is_named(run: Run) -> None:
    data = write_rows(sample(占上年全年比="36.1"))
    [finding] = [
        one
        for one in run("check", "工作部署", data, "--json").json["findings"]
        if one["severity"] == "error"
    ]
    assert "263.8 ÷ 412.6" in finding["message"]
    assert "投资差距所占比重" in finding["message"]


def test_a_field_with_a_formula_is_calculated_where_it_is_empty(run: Run) -> None:
    data = write_rows(sample(开工率="", 投资差距="", 占年度计划比="—"))
    assert run("merge", "工作部署", data, "-o", ".").code == 0
    text = "\n".join(text_of(next(Path().glob("*.docx"))))
    for words in ("开工率68.3%", "还有148.8亿元", "占年度计划的58.0%"):
        assert words in text


def test_a_calculated_column_may_be_left_out(run: Run) -> None:
    row = sample()
    del row["开工率"]
    assert run("merge", "工作部署", write_rows(row), "-o", ".").code == 0
    assert "开工率68.3%" in "\n".join(text_of(next(Path().glob("*.docx"))))


def test_what_cannot_be_calculated_says_what_is_missing(run: Run) -> None:
    data = write_rows(sample(开工率="", 已开工数=""))
    findings = run("check", "工作部署", data, "--json").json["findings"]
    by_field = {one["field"]: one for one in findings if one["severity"] == "error"}
    assert by_field["开工率"]["code"] == "not-calculated"
    assert "已开工数" in by_field["开工率"]["message"]
    assert by_field["已开工数"]["code"] == "missing-value"


def test_figures_of_a_kind_show_the_same_decimals(run: Run) -> None:
    data = write_rows(sample(超进度占比="15", 达进度占比="30"))
    assert run("merge", "工作部署", data, "-o", ".").code == 0
    text = "\n".join(text_of(next(Path().glob("*.docx"))))
    assert "占15.0%" in text
    assert "占30.0%" in text


def test_what_is_printed_has_to_be_right_to_the_last_decimal(run: Run) -> None:
    # 50 would pass for 49.2 if it were printed so; beside 68.3 it is printed 50.0.
    data = write_rows(sample(欠进度占比="49"))
    result = run("check", "工作部署", data, "--json")
    assert any("49.0%" in one["message"] for one in result.json["findings"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"上年全年投资": "412.6亿元"}, "完成投资412.6亿元；"),
        ({"上年全年投资": "4126000万元"}, "完成投资412.6亿元；"),
        ({"开工率": "６８．３％"}, "开工率68.3%"),
        ({"固投月份": "10月"}, "1—10月全区"),
        ({"固投全市位次": "第7位"}, "居全市第7位"),
        ({"会议日期": "2025-11-6"}, "（2025年11月6日）"),
        ({"牵头领导": "陆知远同志"}, "由陆知远同志牵头"),
        ({"子项目数": "240个"}, "240个子项目中"),
    ],
)
def test_a_unit_that_the_speech_prints_is_not_printed_twice(
    run: Run, changes: dict[str, str], words: str
) -> None:
    data = write_rows(sample(**changes))
    assert run("merge", "工作部署", data, "-o", ".").code == 0
    assert words in "\n".join(text_of(next(Path().glob("*.docx"))))


def test_a_unit_in_the_head_is_converted(run: Run) -> None:
    row = sample(上年全年投资="4126000")
    renamed = {
        ("上年全年投资(万元)" if name == "上年全年投资" else name): value
        for name, value in row.items()
    }
    assert run("merge", "工作部署", write_rows(renamed), "-o", ".").code == 0
    text = "\n".join(text_of(next(Path().glob("*.docx"))))
    assert "完成投资412.6亿元；" in text


def test_equal_rows_and_equal_file_names_are_told(run: Run) -> None:
    rows = [sample(), sample(), sample(地区="另一区")]
    result = run("check", "工作部署", write_rows(*rows), "--json")
    codes = {one["row"]: one["code"] for one in result.json["findings"] if one["row"]}
    assert codes == {3: "equal-row", 4: "equal-file-name"}
    assert result.code == 0


THIRTY = {
    "会议日期": "2025年13月6日",
    "冲击因素": "待补",
    "重点项目数": "120.5",
    "子项目数": "240亿元",
    "已开工数": "X",
    "开工率": "168.3",
    "应开工未开工数": "#REF!",
    "应开工未开工占比": "0.158",
    "超进度数": "-36",
    "超进度占比": "15.0个百分点",
    "达进度数": "",
    "达进度占比": "30.0%%",
    "不作评估数": "#DIV/0!",
    "欠进度数": "一百一十八点五",
    "欠进度占比": "49.2.1",
    "欠进度约占几成": "0.5",
    "上年全年投资": "412.6公里",
    "今年前十月投资": "263，8",
    "占年度计划比": "#####",
    "占上年全年比": "63-64",
    "投资差距": "148.8亿元亿元",
    "固投月份": "13",
    "固投低于全市百分点": "3.2%",
    "固投全市位次": "0",
    "拟拉练项目数": "xx",
    "拉练不作评估数": "5万元",
    "拉练欠进度数": "1.2e8",
    "牵头领导": "XXX",
    "负责单位或负责人": "[单位名称]",
    "报征事项": "",
}


def test_thirty_mistakes_give_thirty_findings_in_one_run(run: Run) -> None:
    result = run("check", "工作部署", write_rows(sample(**THIRTY)), "--json")
    assert result.code == 1
    errors = [one for one in result.json["findings"] if one["severity"] == "error"]
    assert len(THIRTY) == 30
    assert sorted(one["field"] for one in errors) == sorted(THIRTY)
    for one in errors:
        assert one["row"] == 2
        assert one["message"]
        assert one["hint"]
        assert one["excerpt"]


def test_the_table_names_row_field_problem_and_remedy_worst_first(run: Run) -> None:
    data = write_rows(sample(地区="甲"), sample(开工率="36.1", 文件名="乙"))
    result = run("check", "工作部署", data)
    assert result.code == 1
    head, first = result.out.splitlines()[:2]
    assert head.split() == ["程度", "行", "字段", "问题", "→", "怎么改"]
    assert first.split()[:3] == ["错误", "3", "开工率"]
    assert "→" in result.out
    assert "个错误" in result.out


def test_rows_can_be_chosen(run: Run) -> None:
    run("merge", "工作部署", PROGRESS, "-o", "一", "--where", "地区=望澜区")
    assert [p.name for p in Path("一").iterdir()] == ["望澜区重点项目推进会讲话.docx"]
    run("merge", "工作部署", PROGRESS, "-o", "二", "--rows", "3-4")
    assert len(list(Path("二").iterdir())) == 2
    result = run("merge", "工作部署", PROGRESS, "--where", "地区=无此区")
    assert result.code == 3
    assert "无此区" in result.err
    assert run("merge", "工作部署", PROGRESS, "--where", "望澜区").code == 2


def test_a_folder_of_templates_is_merged_template_by_template(run: Run) -> None:
    root = Path(__file__).resolve().parents[2] / "word_templates"
    Path("模板").mkdir()
    for name in ("工作部署", "总结推进"):
        Path(f"模板/{name}.docx").write_bytes((root / f"{name}.docx").read_bytes())
    result = run("merge", "模板", PROGRESS, "-o", "稿子")
    assert result.code == 0
    assert len(list(Path("稿子/工作部署").iterdir())) == 6
    assert len(list(Path("稿子/总结推进").iterdir())) == 6
    assert "没有用到" not in result.err


def half_empty() -> dict[str, str]:
    gaps = dict.fromkeys(("牵头领导", "报征事项", "应完工未完工数"), "")
    return sample(**gaps, 占上年全年比="36.1", 固投全市位次="待补")


def test_without_draft_a_half_empty_row_gives_no_file(run: Run) -> None:
    data = write_rows(half_empty(), sample(地区="另一区", 文件名="另一篇"))
    result = run("merge", "工作部署", data, "-o", "稿子")
    assert result.code == 1
    assert [path.name for path in Path("稿子").iterdir()] == ["另一篇.docx"]


def test_a_draft_shows_each_gap_in_yellow_and_each_doubt_as_a_comment(
    run: Run,
) -> None:
    result = run("merge", "工作部署", write_rows(half_empty()), "-o", ".", "--draft")
    assert result.code == 1
    document = Document(str(next(Path().glob("*.docx"))))
    marked = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert marked == [
        "【待补：固投全市位次】",
        "【待补：牵头领导】",
        "【待补：报征事项】",
        "【待补：应完工未完工数】",
    ]
    [comment] = list(document.comments)
    assert "应为 63.9%" in comment.text
    assert "36.1%" in "\n".join(p.text for p in document.paragraphs)


def test_a_draft_keeps_its_bookmarks_and_is_known_again(run: Run) -> None:
    data = write_rows(half_empty())
    run("merge", "工作部署", data, "-o", ".", "--draft")
    path = next(Path().glob("*.docx"))
    package = read_package(path)
    root = parse(package.data("word/document.xml"))
    fields = {field_of(one.name) for one in bookmarks(root, lambda _: True)}
    assert {"牵头领导", "占上年全年比"} <= fields
    # Nobody has touched it: it may be replaced once the data are right.
    assert run("merge", "工作部署", write_rows(sample()), "-o", ".").code == 0
    assert "【待补" not in "\n".join(text_of(path))


@pytest.mark.validator
def test_a_draft_with_marks_validates(run: Run) -> None:
    run("merge", "工作部署", write_rows(half_empty()), "-o", ".", "--draft")
    assert validation_errors(next(Path().glob("*.docx")).resolve()) == []


def test_comments_are_added_to_those_of_the_template(
    run: Run, template: Path, tmp_path: Path
) -> None:
    document = Document(str(template))
    document.add_comment(document.paragraphs[0].runs, text="模板里的批注")
    document.save(str(template))
    data = write_csv(tmp_path / "d.csv", HEAD, ("甲", "云岭区", "168.3%%", "陆知远"))
    run("merge", template, data, "-o", ".", "--draft")
    texts = [comment.text for comment in Document("甲.docx").comments]
    assert texts[0] == "模板里的批注"
    assert len(texts) == 2
    with zipfile.ZipFile("甲.docx") as archive:
        names = archive.namelist()
    assert len(names) == len(set(names))


def test_a_field_of_the_guide_without_a_place_is_told(
    run: Run, template: Path, data: Path
) -> None:
    document = Document(str(template))
    document.add_paragraph("字段说明")
    table = document.add_table(rows=0, cols=5)
    for line in (
        ("字段", "类型", "单位", "算式", "说明"),
        ("开工律", "百分比", "%", "", ""),
        ("计划投资", "金额", "亿元", "", "只用于校核，不印在稿子里"),
    ):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    document.save(str(template))
    findings = run("check", template, data, "--json").json["findings"]
    lost = [one["field"] for one in findings if one["code"] == "field-without-place"]
    assert lost == ["开工律"]


def test_bad_formulas_are_told_with_their_place(run: Run, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("共[甲数]个，其中[乙数]个。")
    document.add_paragraph("字段说明")
    table = document.add_table(rows=0, cols=5)
    for line in (
        ("字段", "类型", "单位", "算式", "说明"),
        ("甲数", "数量", "个", "乙数 + 丙数", ""),
        ("乙数", "数量", "个", "甲数 * 2", ""),
        ("校核", "", "", "甲数 >", ""),
    ):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    path = tmp_path / "算式.docx"
    document.save(str(path))
    data = write_csv(tmp_path / "d.csv", ("甲数", "乙数"), ("1", "2"))
    result = run("check", path, data)
    assert result.code == 4
    for words in ("“甲数”一行", "丙数", "校核行", "甲数 → 乙数", "请打开模板"):
        assert words in result.err


def test_of_many_columns_without_use_the_first_are_named(run: Run) -> None:
    others = {f"别的第{number}列": "无" for number in range(1, 31)}
    result = run("merge", "工作部署", write_rows(sample() | others))
    assert "数据里有 31 列模板没有用到：" in result.err
    assert "别的第11列等。" in result.err
    assert "别的第12列" not in result.err
