"""adopt and rename as a clerk runs them: what is printed, written and returned."""

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Result, Run, text_of
from tests.documents import bookmark_texts, document, field, lines, p
from tests.programs import libreoffice, validation_errors

DAMAGED = Path(__file__).parents[1] / "damaged_article.txt"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
TEXT = "同志们：\n全区安排子项目X个，已开工X个，开工率X%。\n"
# A value that each kind takes.
VALUES = {
    "数量": "12",
    "百分比": "15.3",
    "百分点": "2.1",
    "金额": "88.6",
    "月份": "10",
    "年份": "2025",
    "日期": "2025年11月6日",
    "位次": "7",
    "成数": "三成",
    "人名": "陆知远",
    "单位": "区住建局",
    "地名": "澄湖区",
    "文字": "有关事项",
}


def written(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def fill(sheet: Path, name: str) -> dict[str, str]:
    """Fill in a sheet by its kinds; what is calculated stays empty."""
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        head, first, *rows = csv.reader(stream)
    first[1] = name
    for row in rows:
        row[1] = "" if "自动计算" in row[4] else VALUES[row[3]]
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([head, first, *rows])
    return {row[0]: row[1] for row in rows}


def test_a_text_goes_through_to_a_speech(run: Run) -> None:
    written("范文.txt", TEXT)
    result = run("adopt", "范文.txt")
    assert result.code == 0
    assert "assembler merge 范文.docx 范文_数据.csv" in result.out
    fill(Path("范文_数据.csv"), "讲话")
    merged = run("merge", "范文.docx", "范文_数据.csv", "-o", "稿子")
    assert merged.code == 0
    assert text_of(Path("稿子/讲话.docx")) == [
        "同志们：",
        "全区安排子项目12个，已开工12个，开工率100.0%。",
    ]


def test_the_report_names_fields_repairs_doubts_and_what_next(run: Run) -> None:
    written("范文.txt", "云岭县1-10月完成子项目X个，开工率X%，居第位。\n")
    result = run("adopt", "范文.txt", "-o", "模板")
    assert "空白 2 处，2 个字段" in result.out
    assert "开工率（百分比，%）" in result.out
    assert "-→—  起止用一字线" in result.out
    assert "assembler rename 模板/范文.docx" in result.out
    assert "疑似缺数" in result.err
    assert "范文里的地名，不是本地的要换掉：云岭县（第1段）" in result.err


def test_json_has_the_keys_of_the_contract(run: Run) -> None:
    written("范文.txt", "1-10月开工率X%，居第位。\n")
    result = run("adopt", "范文.txt", "--json")
    assert (result.code, result.err) == (0, "")
    [template] = result.json["templates"]
    doubts = template.pop("doubts")
    assert template == {
        "title": "范文",
        "template": "范文.docx",
        "sheet": "范文_数据.csv",
        "blanks": [
            {
                "mask": "X",
                "name": "开工率",
                "kind": "百分比",
                "unit": "%",
                "before": "1—10月开工率",
                "after": "%，居第位。",
                "paragraph": 1,
            }
        ],
        "repairs": [
            {"before": "-", "after": "—", "why": "起止用一字线", "paragraph": 1},
            {
                "before": "\n",
                "after": "",
                "why": "空行",
                "paragraph": 1,
            },
        ],
    }
    assert doubts[0]["code"] == "missing-figure"
    assert set(doubts[0]) == {
        *("code", "severity", "message", "file", "row", "field"),
        *("part", "paragraph", "excerpt", "hint"),
    }


def test_no_tidy_leaves_the_words_alone(run: Run) -> None:
    written("范文.txt", "1-10月,开工率X%")
    result = run("adopt", "范文.txt", "--no-tidy", "--json")
    assert result.json["templates"][0]["repairs"] == []
    assert text_of(Path("范文.docx"))[0] == "1-10月,开工率X%"


def test_adopting_a_template_again_says_so_and_writes_nothing(run: Run) -> None:
    written("范文.txt", TEXT)
    run("adopt", "范文.txt")
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    result = run("adopt", "范文.docx")
    assert result.code == 0
    assert "已经是模板" in result.out
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before
    assert run("adopt", "范文.docx", "--json").json == {"templates": []}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.txt", b"", "是空的"),
        ("空白.txt", " \r\n　\n", "是空的"),
        ("平.txt", "同志们：\n今年的工作要抓紧。\n", "没有找到空白处"),
        ("平.docx", document(p("今年的工作要抓紧。")), "没有找到空白处"),
        ("程序.txt", b"MZ\x90\0\x03\0\0\0\xff\xff\0\0", "不是文字稿"),
        ("图.txt", b"\x89PNG\r\n\x1a\n", "是图片"),
        ("文件.pdf", b"%PDF-1.7 \xe2\xe3", "PDF"),
        ("旧.doc", OLE2 + "WordDocument".encode("utf-16-le"), ".doc"),
        ("锁.docx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("表.xls", OLE2 + "Workbook".encode("utf-16-le"), "Excel"),
        ("网页.txt", "<!DOCTYPE html><html>X</html>", "网页"),
        ("坏.docx", b"PK\x03\x04 broken", "不是 Word 文档"),
    ],
)
def test_what_cannot_be_adopted_is_explained(
    run: Run, name: str, content: str | bytes, words: str
) -> None:
    written(name, content)
    assert_clear(run("adopt", name), 4, name, words)
    assert [path.name for path in Path().iterdir()] == [name]


def assert_clear(result: Result, code: int, *words: str) -> None:
    assert result.code == code, result.err
    assert "Traceback" not in result.err
    for word in words:
        assert word in result.err
    assert "请" in result.err or "是不是" in result.err


def test_a_file_that_is_not_there_is_explained(run: Run) -> None:
    written("范文.txt", TEXT)
    assert_clear(run("adopt", "范纹.txt"), 4, "范纹.txt", "范文.txt")
    assert_clear(run("adopt", "."), 4, "文件夹")


def test_doubtful_masks_of_a_text_without_blanks_are_listed(run: Run) -> None:
    written("范文.txt", "开展5X%工作，居第位。\n")
    assert_clear(run("adopt", "范文.txt"), 4, "没有找到空白处", "〖5X〗", "疑似缺数")


def test_a_file_in_the_way_is_kept(run: Run) -> None:
    written("范文.txt", TEXT)
    written("范文_数据.csv", "填好的数据")
    assert_clear(run("adopt", "范文.txt"), 5, "范文_数据.csv", "没有覆盖", "rename")
    assert not Path("范文.docx").exists()


def test_a_file_of_names_that_is_not_there_is_explained(run: Run) -> None:
    written("范文.txt", TEXT)
    assert_clear(run("adopt", "范文.txt", "--names", "名称.csv"), 3, "名称.csv")


def test_a_text_of_two_megabytes_is_adopted(run: Run) -> None:
    sentence = "今年以来，全区上下抓项目、促投资，取得了一定成效，但差距仍然明显。"
    lines_of = [sentence * 4 for _ in range(5500)]
    lines_of[::50] = [f"{sentence}全区安排子项目X个，开工率X%。"] * 110
    content = "\n".join(lines_of).encode()
    assert len(content) > 2_000_000
    result = run("adopt", written("大.txt", content), "--json")
    assert result.code == 0
    assert len(result.json["templates"][0]["blanks"]) == 220


def test_more_blanks_than_a_speech_has_are_refused(run: Run) -> None:
    written("大.txt", "完成投资X亿元，增长X%。\n" * 2000)
    assert_clear(run("adopt", "大.txt"), 4, "一篇里有 4000 个空白处", "拆开")
    written("长.txt", "完成投资X亿元，增长X%，" * 200)
    assert_clear(run("adopt", "长.txt"), 4, "第1段里有 400 个空白处", "拆开")


# The damaged article -----------------------------------------------------------------


@pytest.fixture
def templates(run: Run) -> list[dict[str, Any]]:
    result = run("adopt", DAMAGED, "-o", "模板", "--json")
    assert result.code == 0
    found: list[dict[str, Any]] = result.json["templates"]
    return found


def test_the_damaged_article_becomes_three_speeches(
    run: Run, templates: list[dict[str, Any]]
) -> None:
    assert len(templates) == 3
    for number, template in enumerate(templates, 1):
        listed = run("fields", template["template"], "--json")
        assert listed.code == 0
        names = {blank["name"] for blank in template["blanks"]}
        assert {one["name"] for one in listed.json} == names
        values = fill(Path(template["sheet"]), f"讲话{number}")
        assert set(values) == names
        merged = run("merge", template["template"], template["sheet"], "-o", "稿子")
        assert merged.code == 0, merged.err
        assert_only_blanks_changed(
            Path(template["template"]), Path(f"稿子/讲话{number}.docx"), values
        )


def assert_only_blanks_changed(
    template: Path, draft: Path, values: dict[str, str]
) -> None:
    content = template.read_bytes()
    speech = lines(content)
    speech = speech[: speech.index("字段说明")]
    masks, texts = (bookmark_texts(path.read_bytes()) for path in (template, draft))
    # Tags are text in the template and fields in the speech.
    texts = [one for one in texts if one[0] in dict(masks)]
    expected, done = "", 0
    whole = "\n".join(speech)
    for (name, mask), (same, text) in zip(masks, texts, strict=True):
        assert name == same
        assert values[name.removeprefix("字段_").partition("__")[0]] in ("", text)
        at = whole.index(mask, done)
        expected += whole[done:at] + text
        done = at + len(mask)
    expected += whole[done:]
    for name, value in values.items():
        expected = expected.replace(f"{{{{{name}}}}}", value)
    assert text_of(draft) == expected.split("\n")


def test_every_repair_of_the_damaged_article_is_told(
    templates: list[dict[str, Any]],
) -> None:
    reasons = {m["why"] for template in templates for m in template["repairs"]}
    words = "；".join(reasons)
    for why in (
        *("繁体字", "拼音", "半角标点", "一字线", "硬换行", "多余的空格", "网站"),
        *("网页按钮", "关闭按钮", "网页字符代码", "表情", "看不见", "著", "直引号"),
        *("六角括号", "标点用错", "填写提示", "合集里的编号"),
    ):
        assert why in words, why


def test_what_no_rule_can_repair_is_listed(templates: list[dict[str, Any]]) -> None:
    codes = {d["code"] for template in templates for d in template["doubts"]}
    assert codes >= {
        *("unpaired-quote", "broken-decimal", "lost-range-dash", "eaten-text"),
        *("doubled-word", "doubled-unit", "missing-text", "lost-percent"),
        *("missing-figure", "damaged-mask", "foreign-place", "foreign-figure"),
        "introduction-left-out",
    }


@pytest.mark.validator
@pytest.mark.libreoffice
def test_other_programs_accept_templates_and_speeches(
    run: Run, templates: list[dict[str, Any]]
) -> None:
    files = []
    for number, template in enumerate(templates, 1):
        fill(Path(template["sheet"]), f"讲话{number}")
        run("merge", template["template"], template["sheet"], "-o", "稿子")
        files += [Path(template["template"]), Path(f"稿子/讲话{number}.docx")]
    for file in files:
        assert validation_errors(file) == []
    Path("另存").mkdir()
    for file, saved in zip(files, libreoffice(files, Path("另存")), strict=True):
        before = "".join("".join(text_of(file)).split())
        assert "".join("".join(text_of(saved)).split()) == before


# rename ------------------------------------------------------------------------------


def test_rename_keeps_template_and_sheet_in_step(run: Run) -> None:
    written("范文.txt", TEXT)
    run("adopt", "范文.txt")
    result = run("rename", "范文", "子项目数", "子项目总数")
    assert result.code == 0
    for words in ("稿子里 1 处", "算式 1 条", "范文_数据.csv"):
        assert words in result.out
    fill(Path("范文_数据.csv"), "讲话")
    assert run("merge", "范文", "范文_数据.csv").code == 0
    named = [field["name"] for field in run("fields", "范文", "--json").json]
    assert named == ["子项目总数", "已开工数", "开工率"]


def test_rename_without_a_sheet_says_that_data_must_follow(run: Run) -> None:
    written("进度.docx", document(p("开工率", field("开工率", "X"), "%")))
    result = run("rename", "进度.docx", "开工率", "比率")
    assert (result.code, "数据文件" in result.out) == (0, True)


def test_rename_says_what_is_wrong_with_a_name(run: Run) -> None:
    written("进度.docx", document(p("开工率", field("开工率", "X"), "%")))
    assert_clear(run("rename", "进度.docx", "开工律", "比率"), 2, "是不是“开工率”")
    assert_clear(run("rename", "没有.docx", "开工率", "比率"), 4, "没有.docx")


def test_names_may_come_from_a_workbook(run: Run) -> None:
    written("范文.txt", TEXT)
    book = openpyxl.Workbook()
    for row in (("旧名", "新名"), ("开工率", "项目开工率")):
        book.worksheets[0].append(row)
    book.save("名称.xlsx")
    result = run("adopt", "范文.txt", "--names", "名称.xlsx", "--json")
    names = [blank["name"] for blank in result.json["templates"][0]["blanks"]]
    assert names[-1] == "项目开工率"
