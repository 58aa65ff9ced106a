"""A field gets another name: in every notation, the guide, formulas, the data sheet."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from assembler.errors import AssemblerError, OutputError, TemplateError, UseError
from assembler.rename import Renaming, rename
from assembler.rename_text import formula_with, in_tags
from assembler.rows import open_table
from assembler.sheet import sheet_bytes
from assembler.template import Template
from assembler.together import write_together
from tests.documents import (
    MAIN,
    bookmark_texts,
    box,
    complex_field,
    control,
    document,
    field,
    guide,
    lines,
    mark,
    p,
    root_of,
    simple_field,
    unzipped,
)

Rename = Callable[..., Renaming]
PLANNED = ("子项目数", "数量", "个", "", "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "进度.docx"


def fields_after(path: Path, content: bytes, old: str, new: str) -> list[str]:
    path.write_bytes(content)
    rename(path, old, new)
    return list(Template.open(path).fields)


@pytest.mark.parametrize(
    "content",
    [
        document(p("开工率", field("开工率", "X"), "%。")),
        document(p("开工率[开工率]%，又【开工率】%。")),
        document(p("开工率{{ 开工率 }}%，又{{开工率}}%。")),
        document(p("{% if 开工率 %}开工率{{ 开工率 | default('开工率') }}{% endif %}")),
        document(p("开工率", control("开工率", "X"), "%。")),
        document(p("开工率", control("", "X", alias="开工率"), "%。")),
        document(p("开工率", simple_field(" MERGEFIELD 开工率 ", "«开工率»"), "%。")),
        document(p("率", complex_field(' MERGEFIELD "开工率" \\* MERGEFORMAT ', "X"))),
        document(p("率", complex_field((" MERGEFIELD 开", "工率 "), "«开工率»"))),
        document(p(box(p("开工率", field("开工率", "X"), "%。")))),
        document(p("正文"), headers={"default": p("开工率", field("开工率", "X"))}),
        document(p("{{ 开", "工率 }}%")),
    ],
    ids=[
        *("bookmark", "bracket", "tag", "logic", "control", "alias", "short merge"),
        *("merge", "cut merge", "box", "header", "cut tag"),
    ],
)
def test_a_field_is_renamed_in_every_notation(path: Path, content: bytes) -> None:
    before = lines(content)
    assert fields_after(path, content, "开工率", "项目开工比") == ["项目开工比"]
    after = lines(path.read_bytes())
    assert [line.replace("项目开工比", "开工率") for line in after] == before


def test_further_places_keep_their_numbers(path: Path) -> None:
    content = document(
        p(field("开工率", "X"), "，", field("开工率__2", "X")),
        p(mark("字段_开工率__11_Copy_1", "X"), field("开工率差距", "X")),
    )
    path.write_bytes(content)
    renamed = rename(path, "开工率", "比率")
    assert [name for name, _ in bookmark_texts(path.read_bytes())] == [
        "字段_比率",
        "字段_比率__2",
        "字段_比率__11_Copy_1",
        "字段_开工率差距",
    ]
    assert renamed.counts.places == 3


def test_the_fallback_of_a_box_is_renamed_too(path: Path) -> None:
    path.write_bytes(document(p(box(p(field("开工率", "X"))))))
    rename(path, "开工率", "比率")
    assert bookmark_texts(path.read_bytes()) == [("字段_比率", "X")] * 2


def test_the_mask_inside_a_bookmark_stays(path: Path) -> None:
    path.write_bytes(document(p("由", field("项目一", "[项目一]"), "承办。")))
    rename(path, "项目一", "示范项目")
    assert bookmark_texts(path.read_bytes()) == [("字段_示范项目", "[项目一]")]


def test_the_guide_and_every_formula_follow(path: Path) -> None:
    path.write_bytes(
        document(
            p(field("开工率", "X"), field("已开工数", "X"), field("子项目数", "X")),
            guide(
                ("开工率", "百分比", "%", "已开工数 / 子项目数", "开工率的说明"),
                ("已开工数", "数量", "个", "", ""),
                ("子项目数", "数量", "个", "", ""),
                ("校核", "", "", "已开工数＋0 ≤ 子项目数", ""),
                ("校核", "", "", "子项目数差 <= 100", ""),
                ("子项目数差", "数量", "", "", "只用于校核"),
            ),
        )
    )
    renamed = rename(path, "子项目数", "子项目总数")
    template = Template.open(path)
    assert template.fields["开工率"].formula == "已开工数 / 子项目总数"
    assert [relation.text for relation in template.relations] == [
        "已开工数＋0 ≤ 子项目总数",
        "子项目数差 <= 100",
    ]
    assert template.fields["子项目总数"].unit == "个"
    assert renamed.counts.formulas == 2


def test_notes_that_speak_of_the_field_are_told_of(path: Path) -> None:
    note = "与开工率同口径"
    path.write_bytes(
        document(p(field("开工率", "X")), guide(("开工率", "百分比", "%", "", note)))
    )
    assert rename(path, "开工率", "比率").counts.notes == (note,)


def test_a_field_that_is_only_checked_can_be_renamed(path: Path) -> None:
    path.write_bytes(
        document(
            p(field("占比", "X"), "%"),
            guide(
                ("占比", "百分比", "%", "1 / 计划投资", ""),
                ("计划投资", "金额", "亿元", "", "只用于校核"),
            ),
        )
    )
    rename(path, "计划投资", "年度计划投资")
    template = Template.open(path)
    assert list(template.checked) == ["年度计划投资"]
    assert template.fields["占比"].formula == "1 / 年度计划投资"


# What cannot be ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("开工律", "比率", "是不是“开工率”"),
        ("开工率", "子项目数", "混成一个"),
        ("开工率", "3月开工率", "不能作字段名"),
        ("开工率", "开工 率%", "不能作字段名"),
        ("开工率", "长" * 33, "32"),
        ("开工率", "GDP增速", "混成一个"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    path: Path, old: str, new: str, word: str
) -> None:
    content = document(
        p(field("开工率", "X"), field("子项目数", "X"), field("gdp增速", "X"))
    )
    path.write_bytes(content)
    with pytest.raises(UseError, match=word):
        rename(path, old, new)
    assert path.read_bytes() == content


def test_a_word_that_is_no_blank_in_brackets_is_refused(path: Path) -> None:
    content = document(p("由[牵头单位]负责。"))
    path.write_bytes(content)
    with pytest.raises(UseError, match="认不出是字段"):
        rename(path, "牵头单位", "注")
    assert path.read_bytes() == content


def test_a_bundled_template_is_not_changed() -> None:
    with pytest.raises(UseError, match="自带"):
        rename(Path("工作部署"), "开工率", "比率")


def test_a_file_that_is_no_template_is_refused(path: Path) -> None:
    path.write_bytes(document(p("开工率X%。")))
    with pytest.raises(TemplateError):
        rename(path, "开工率", "比率")


# The sheet ---------------------------------------------------------------------------

CONTENT = document(
    p("开工率", field("开工率", "X"), "%，", field("子项目数", "X"), "个。"),
    guide(("开工率", "百分比", "%", "1 / 子项目数", ""), PLANNED),
)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("wide", [False, True])
def test_the_sheet_beside_follows(path: Path, ending: str, *, wide: bool) -> None:
    path.write_bytes(CONTENT)
    sheet = path.with_name(f"进度_数据{ending}")
    sheet.write_bytes(sheet_bytes(Template.open(path), sheet, wide=wide))
    renamed = rename(path, "子项目数", "子项目总数")
    assert renamed.sheets == (sheet,)
    fresh = path.with_name(f"新表{ending}")
    fresh.write_bytes(sheet_bytes(Template.open(path), fresh, wide=wide))
    assert cells(sheet) == cells(fresh)


def cells(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return [line.split(",") for line in path.read_text("utf-8-sig").splitlines()]
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [[str(value or "") for value in row] for row in rows]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("字段,值\n开工率,68.3\n子项目数,24\n", "字段,值\n比率,68.3\n子项目数,24\n"),
        ("开工率,子项目数\n68.3,开工率\n", "比率,子项目数\n68.3,开工率\n"),
        ("表题\n\n开工率;子项目数\n68;2\n", "表题\n\n比率;子项目数\n68;2\n"),
        ('"开工率（%）",子项目数\r\n1,2\r\n', '"比率（%）",子项目数\r\n1,2\r\n'),
        ('甲,"开工率"\n"开工率\n开工率",2\n', '甲,"比率"\n"开工率\n开工率",2\n'),
        (" 开 工率 ,子项目数\n1,2\n", "比率,子项目数\n1,2\n"),
        (
            "字段\t值\t说明\n开工率\t1\t\n占比\t\t可不填（＝开工率 ÷ 2）；开工率\n",
            "字段\t值\t说明\n比率\t1\t\n占比\t\t可不填（＝比率 ÷ 2）；开工率\n",
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_only_the_name_changes_in_a_csv(
    path: Path, before: str, after: str, encoding: str
) -> None:
    path.write_bytes(document(p(field("开工率", "X"))))
    sheet = path.with_name("进度_数据.csv")
    sheet.write_bytes(before.encode(encoding))
    rename(path, "开工率", "比率")
    assert sheet.read_bytes().decode(encoding) == after


def test_only_the_name_changes_in_a_workbook(path: Path) -> None:
    path.write_bytes(document(p(field("开工率", "X"))))
    sheet = path.with_name("进度_数据.xlsx")
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["地区", "开工率（%）"])
    page.append(["开工率", 0.683])
    page["B2"].number_format = "0.0%"
    page.column_dimensions["B"].width = 33
    book.create_sheet("备用").append(["开工率"])
    book.save(sheet)
    before = unzipped(sheet.read_bytes())
    rename(path, "开工率", "比率")
    after = unzipped(sheet.read_bytes())
    assert [name for name in before if after[name] != before[name]] == [
        "xl/worksheets/sheet1.xml"
    ]
    [row] = open_table(sheet).rows()
    assert row.values == {"地区": "开工率", "比率": "68.3%"}


def test_a_name_that_the_sheet_has_already_is_refused(path: Path) -> None:
    path.write_bytes(document(p(field("开工率", "X"))))
    sheet = path.with_name("进度_数据.csv")
    sheet.write_text("开工率,比率\n1,2\n", "utf-8")
    with pytest.raises(UseError, match="已经有“比率”"):
        rename(path, "开工率", "比率")
    assert list(Template.open(path).fields) == ["开工率"]


def test_a_sheet_that_cannot_be_read_stops_the_renaming(path: Path) -> None:
    path.write_bytes(document(p(field("开工率", "X"))))
    path.with_name("进度_数据.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(AssemblerError):
        rename(path, "开工率", "比率")
    assert list(Template.open(path).fields) == ["开工率"]


def test_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    first = tmp_path / "一.txt"
    first.write_bytes(b"old")
    files = {first: b"new", tmp_path / "新.txt": b"new", tmp_path / "无" / "二": b""}
    with pytest.raises(OutputError):
        write_together(files)
    assert first.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["一.txt"]


# Words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "changed"),
    [
        ("甲 / 乙", "丙 / 乙"),
        ("甲乙 / 乙甲", "甲乙 / 乙甲"),
        ("合计(甲、乙)＝甲", "合计(丙、乙)＝丙"),
        ("100甲", "100丙"),
        ("甲 接近 乙", "丙 接近 乙"),
        ("甲 ? 乙", "丙 ? 乙"),
        ("甲÷（乙－甲）", "丙÷（乙－丙）"),
    ],
)
def test_formulas_change_by_names_not_by_characters(formula: str, changed: str) -> None:
    assert formula_with(formula, {"甲": "丙"}) == changed


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("甲{{ 甲 }}", 1),
        ("{% if 甲 and 乙 %}{{ 乙.甲 }}", 1),
        ("{{ 甲乙 }}{{ '甲' }}{{ “甲” }}", 0),
        ("{%p for 项 in 甲 %}", 1),
        ("{{ 乙 | default(甲) }}", 1),
    ],
)
def test_tags_change_by_names_not_by_characters(text: str, count: int) -> None:
    assert len(list(in_tags(text, "甲"))) == count


def test_parts_without_the_field_are_carried_over(path: Path) -> None:
    content = document(
        p(field("开工率", "X")), headers={"default": p(field("期次", "X"))}
    )
    path.write_bytes(content)
    rename(path, "开工率", "比率")
    before, after = unzipped(content), unzipped(path.read_bytes())
    assert [name for name in before if after[name] != before[name]] == [MAIN]
    assert root_of(path.read_bytes()) is not None
