"""extract: what drafts say now, back into the office's table."""

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from assembler.errors import OutputError
from assembler.extract_file import write_table
from assembler.extract_lines import Harvest
from assembler.refresh import RefreshOptions
from assembler.rows import open_table
from assembler.rows_guard import guarded, is_formula, unguarded
from assembler.threeway import Take
from tests import handwork as do
from tests.cli.conftest import write_csv
from tests.documents import document, guide, lines, p
from tests.documents import field as blank
from tests.extracting import (
    ROW,
    Bureau,
    Lines,
    across,
    codes,
    edit,
    harvest,
    heads,
    messages,
    row,
    rows,
    upright,
)
from tests.handwork import Edit
from tests.offices import Office
from tests.programs import libreoffice
from tests.refresh_scenarios import ROW as OLD_ROW
from tests.refresh_scenarios import template_file

SECOND = {**ROW, "文件名": "澄湖讲话", "地区": "澄湖区", "讲话人": "贺同舟"}


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """An office with one row; work goes on in another folder."""
    desk = tmp_path / "桌面"
    desk.mkdir()
    monkeypatch.chdir(desk)
    return Bureau(tmp_path)


# The row comes back -------------------------------------------------------------------


def csv_file(path: Path, table: Lines, encoding: str = "utf-8-sig") -> Path:
    return write_csv(path.with_suffix(".csv"), *table, encoding=encoding)


def gbk_file(path: Path, table: Lines) -> Path:
    return csv_file(path, table, "gbk")


def workbook(path: Path, table: Lines) -> Path:
    book = openpyxl.Workbook()
    for line in table:
        book.worksheets[0].append(line)
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


AS_OFFICES_WRITE = {
    "文件名": "云岭讲话",
    "序号": "１",
    "地区": "云岭区",
    "备注": "联系人：小秦（@办公室）",
    "会议日期": "2025/11/06",
    "讲话人": "陆知远 ",
    "项目数": "1,240",
    "开工数": "1,164个",
    "开工率": "—",
    "投资(万元)": "126,000",
    "占比": "46.50%",
    "差距": "3.2个百分点",
    "位次": "第7位",
    "几成": "30％",
    "年份": "二〇二二年",
    "月份": "10月",
    "单位": "区自然资源局、 区水务局",
    "因素": "",
    "计划投资": "27.10亿元",
    "没有用到的列": "-3.2",
}
WRITTEN_ROWS = (
    {**AS_OFFICES_WRITE, "因素": "持续高温"},
    {**AS_OFFICES_WRITE, "文件名": "澄湖讲话", "地区": "澄湖区", "因素": "约三个月"},
)


@pytest.mark.parametrize("form", [across, upright])
@pytest.mark.parametrize("write", [csv_file, gbk_file, workbook])
@pytest.mark.parametrize("written", [(ROW,), (ROW, SECOND), WRITTEN_ROWS])
def test_with_the_data_file_at_hand_its_table_comes_back_cell_for_cell(
    bureau: Bureau,
    form: Callable[..., Lines],
    write: Callable[..., Path],
    written: tuple[Mapping[str, str], ...],
) -> None:
    bureau.away()
    data = write(bureau.data, form(*written))
    drafts = bureau.merge(data)
    before = [draft.read_bytes() for draft in drafts]
    found = harvest(*drafts)
    for name in ("取.csv", "取.xlsx"):
        table = found.write(bureau.folder / name)
        assert open_table(table).upright is (form is upright)
        assert heads(table) == heads(data)
        assert rows(table) == rows(data)
        again = bureau.merge(table, bureau.folder / f"再{name}")
        assert [draft.read_bytes() for draft in again] == before
    assert codes(found) == set()


@pytest.mark.parametrize("written", [(ROW,), (ROW, SECOND), WRITTEN_ROWS])
def test_without_the_data_file_the_table_still_gives_the_same_drafts(
    bureau: Bureau, written: tuple[Mapping[str, str], ...]
) -> None:
    csv_file(bureau.data, across(*written))
    drafts = bureau.merge()
    before = [draft.read_bytes() for draft in drafts]
    bureau.away()
    table = harvest(*drafts).write(bureau.folder / "取.csv")
    again = bureau.merge(table, bureau.folder / "再")
    assert [draft.read_bytes() for draft in again] == before


def test_an_empty_cell_that_a_formula_fills_comes_back_empty(bureau: Bureau) -> None:
    draft = bureau.merged()
    bureau.away()
    assert "开工率68.3%" in "".join(lines(draft.read_bytes()))
    assert row(harvest(draft), bureau.folder)["开工率"] == ""


def test_columns_that_no_data_file_had_are_not_made_up(bureau: Bureau) -> None:
    bare = {k: v for k, v in ROW.items() if k not in ("开工率", "占比")}
    csv_file(bureau.data, across(bare))
    draft = bureau.merged()
    bureau.away()
    assert list(row(harvest(draft), bureau.folder)) == list(bare)


def test_a_table_named_by_like_gives_form_order_and_what_the_speech_does_not_print(
    bureau: Bureau,
) -> None:
    draft = bureau.merged()
    bureau.away()
    wide = {"备注": "已报", **dict(reversed(list(ROW.items()))), "投资(万元)": "126000"}
    del wide["投资"]
    like = csv_file(bureau.folder / "样子", upright(wide))
    edit(draft, do.change_inside("投资", "13.5"))
    found = harvest(draft, like=like)
    table = found.write(bureau.folder / "取.csv")
    assert open_table(table).upright
    assert heads(table) == list(wide)
    assert rows(table) == [{**rows(like)[0], "投资": "135000"}]


def test_upright_is_had_for_the_asking(bureau: Bureau) -> None:
    table = harvest(bureau.merged(), upright=True).write(bureau.folder / "取.csv")
    assert open_table(table).upright
    assert rows(table) == [ROW]


# Corrected by hand --------------------------------------------------------------------

WAYS: Mapping[str, Callable[[str, str], Edit]] = {
    "typed inside": do.change_inside,
    "typed over in LibreOffice": do.retype_in_libreoffice,
    "typed over in Word": do.retype_in_word,
    "typed over while changes are tracked": do.retype_tracked,
}
# field, what the draft says now, the cell, what merge prints of it, what is said.
CORRECTED = """
几成	四成	40%	四成
几成	五成	五成	五成	kept-as-text
几成	一半	50%	一半
几成	半数	半数	半数	kept-as-text
几成	三分之一	三分之一	三分之一	kept-as-text
几成	三成五	35%	三成五
几成	近一半	近一半	近一半	kept-as-text
投资	13	13	13
投资	13.55	13.55	13.55
投资	1.3万	13000	13000
投资	1,234.5	1234.5	1234.5
投资	约13	约13	约13	kept-as-text
占比	0.5	0.5%	0.5
占比	118.2	118.2		kept-as-text
月份	11	11	11
月份	十	10	10
月份	13	13		kept-as-text
月份	1—10	1—10		kept-as-text
年份	2023	2023	2023
年份	二〇二三	2023	2023
会议日期	2025年11月7日	2025年11月7日	2025年11月7日
会议日期	11月7日	11月7日	11月7日
会议日期	2025年11月	2025年11月	2025年11月
会议日期	2025-11-7	2025年11月7日	2025年11月7日
位次	8	8	8
位次	八	8	8
差距	-3.2	-3.2	-3.2
差距	三点五	3.5	3.5
讲话人	章若川	章若川	章若川
讲话人	无	无		kept-as-text
单位	区林业局、区水务局	区林业局、区水务局	区林业局、区水务局
因素	汛期延长和砂石供应紧张	汛期延长和砂石供应紧张	汛期延长和砂石供应紧张
因素	@小王	@小王	@小王
因素	=1+1	=1+1		kept-as-text
地区	云岭县	云岭县	云岭县
"""
CASES = [line.split("\t") for line in CORRECTED.strip().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_a_corrected_value_goes_back(bureau: Bureau, case: list[str]) -> None:
    name, now, cell, printed, *said = case
    draft = bureau.merged()
    bureau.away()
    content = draft.read_bytes()
    for number, (way, retyped) in enumerate(WAYS.items()):
        draft.write_bytes(retyped(name, now)(content))
        found = harvest(draft)
        back = row(found, bureau.folder)
        # What nobody changed comes back in plain digits.
        assert (way, back) == (way, {**ROW, "几成": "30%", name: cell})
        assert codes(found) == set(said)
        if number == 0 and printed:
            table = found.write(bureau.folder / "取.csv")
            assert bureau.printed(table)[name] == printed
            table.unlink()


def test_wording_that_is_no_plain_figure_is_kept_and_marked(bureau: Bureau) -> None:
    draft = edit(bureau.merged(), do.change_inside("几成", "近七成"))
    found = harvest(draft)
    (told,) = messages(found, "kept-as-text")
    assert "几成写的是“近七成”，没有化成数，照原文放进表里" in told
    drafts = json.loads(json.dumps(found.as_json(None)))["drafts"]
    assert drafts[0]["kept_as_text"] == ["几成"]


def test_a_field_that_is_kept_as_text_says_why(bureau: Bureau) -> None:
    draft = edit(
        bureau.merged(),
        do.change_inside("月份", "1—10"),
        do.change_inside("占比", "118.2"),
        do.change_inside("因素", "无"),
    )
    month, share, reason = sorted(messages(harvest(draft), "kept-as-text"))
    assert "月份写的是“1—10”，化不成准确的数，照原文放进表里" in reason
    assert "因素写的是“无”，数据表里这样写，合并时印不出来" in share
    assert "占比写的是“118.2”，照原样放进表里，再合并会报错" in month


def test_a_calculated_figure_corrected_by_hand_is_not_lost(bureau: Bureau) -> None:
    draft = edit(bureau.merged(), do.change_inside("开工率", "69.0"))
    found = harvest(draft)
    assert row(found, bureau.folder)["开工率"] == "69.0"
    (told,) = messages(found, "differs-from-record")
    assert "要让算式重新算，把表里这一格清空" in told
    (wrong,) = messages(found, "speech-disagrees")
    assert "开工率填的是 69.0%" in wrong
    assert "68.3%" in wrong


def test_a_calculated_figure_corrected_along_with_its_parts_is_left_to_its_formula(
    bureau: Bureau,
) -> None:
    draft = edit(
        bureau.merged(),
        do.change_inside("开工数", "170"),
        do.change_inside("开工率", "70.8"),
    )
    found = harvest(draft)
    back = row(found, bureau.folder)
    assert (back["开工数"], back["开工率"]) == ("170", "")
    assert codes(found) == set()
    assert "照别的数算也是这么多" in "".join(messages(found, "differs-from-record"))


def test_a_calculated_figure_left_as_it_was_is_told_when_its_parts_changed(
    bureau: Bureau,
) -> None:
    draft = edit(bureau.merged(), do.change_inside("开工数", "170"))
    found = harvest(draft)
    back = row(found, bureau.folder)
    assert (back["开工数"], back["开工率"]) == ("170", "")
    (told,) = messages(found, "prints-otherwise")
    assert "开工率还是“68.3”，它由算式算出来，照这张表再合并会印成“70.8”" in told


def test_a_figure_that_the_template_would_round_is_told(tmp_path: Path) -> None:
    rounded = document(
        p("占比", blank("占比", "X"), "%，好于上年。"),
        guide(("占比", "百分比", "%", "", "一位小数")),
    )
    bureau = Bureau(tmp_path, {"文件名": "甲", "占比": "46.5"}, template=rounded)
    found = harvest(edit(bureau.merged(), do.change_inside("占比", "46.55")))
    assert row(found, tmp_path)["占比"] == "46.55"
    (told,) = messages(found, "prints-otherwise")
    assert "占比是“46.55”，照这张表再合并会印成“46.6”" in told


# Units --------------------------------------------------------------------------------


def test_a_figure_goes_back_in_the_unit_of_its_column(bureau: Bureau) -> None:
    given = {("投资(万元)" if k == "投资" else k): v for k, v in ROW.items()}
    given |= {"投资(万元)": "126000", "计划投资": "271000万元"}
    csv_file(bureau.data, across(given))
    draft = bureau.merged()
    bureau.away()
    assert row(harvest(draft), bureau.folder)["投资"] == "126000"
    for now, cell in (("13.5", "135000"), ("约13", "约13亿元"), ("1.3万", "130000000")):
        edit(draft, do.change_inside("投资", now))
        found = harvest(draft)
        table = found.write(bureau.folder / "取.csv")
        assert "投资(万元)" in heads(table)
        assert rows(table)[0]["投资"] == cell
        table.unlink()


def test_what_is_only_checked_goes_back_in_the_unit_of_its_column(
    bureau: Bureau,
) -> None:
    given = {("计划投资(万元)" if k == "计划投资" else k): v for k, v in ROW.items()}
    csv_file(bureau.data, across({**given, "计划投资(万元)": "271000"}))
    draft = bureau.merged()
    bureau.away()
    assert row(harvest(draft), bureau.folder)["计划投资"] == "271000"


def money(unit: str) -> bytes:
    """A template that counts in this unit."""
    return document(
        p("今年完成投资", blank("投资", "X"), unit, "，好于上年。"),
        guide(("投资", "金额", unit, "", "")),
    )


def test_drafts_that_count_in_different_units_share_a_column_with_one(
    bureau: Bureau,
) -> None:
    drafts = []
    for unit, cell in (("亿元", "12.6"), ("万元", "135000")):
        bureau.template.write_bytes(money(unit))
        csv_file(bureau.data, across({"文件名": unit, "投资": cell}))
        drafts += bureau.merge(folder=bureau.drafts / unit)
    bureau.away()
    table = harvest(*drafts).write(bureau.folder / "取.csv")
    assert heads(table) == ["文件名", "投资(亿元)"]
    assert [one["投资"] for one in rows(table)] == ["12.6", "13.5"]


def test_drafts_whose_columns_had_different_units_share_one(bureau: Bureau) -> None:
    bureau.template.write_bytes(money("亿元"))
    drafts = []
    for head, cell in (("投资(万元)", "126000"), ("投资", "13.5")):
        csv_file(bureau.data, across({"文件名": head[-3:], head: cell}))
        drafts += bureau.merge(folder=bureau.drafts / head)
    bureau.away()
    table = harvest(*drafts).write(bureau.folder / "取.csv")
    assert heads(table) == ["文件名", "投资(万元)"]
    assert [one["投资"] for one in rows(table)] == ["126000", "135000"]


# Several places, lost places, several drafts ------------------------------------------

TWICE = document(
    p("全区共有项目", blank("项目数", "X"), "个，都已经动工。"),
    p("这", blank("项目数__2", "X"), "个项目由", blank("领导", "X"), "同志牵头。"),
    guide(("项目数", "数量", "个", "", ""), ("领导", "人名", "", "", "")),
)
TWICE_ROW = {"文件名": "甲", "项目数": "240", "领导": "陆知远"}


@pytest.fixture
def twice(bureau: Bureau) -> Path:
    """A draft in which one field stands twice; its data file is gone."""
    bureau.template.write_bytes(TWICE)
    csv_file(bureau.data, across(TWICE_ROW))
    draft = bureau.merged()
    bureau.away()
    return draft


@pytest.mark.parametrize(
    ("edits", "cell", "code", "said"),
    [
        (
            [do.change_inside("项目数", "242")],
            "242",
            "places-differ",
            "表里放的是“242”",
        ),
        ([do.retype_in_word("项目数__2", "242")], "242", "places-differ", "“242”"),
        (
            [do.change_inside("项目数", "242"), do.change_inside("项目数__2", "242")],
            "242",
            None,
            "",
        ),
        (
            [do.change_inside("项目数", "242"), do.change_inside("项目数__2", "243")],
            "240",
            "doubtful-value",
            "表里放的是合并时的“240”",
        ),
        ([do.delete_paragraph("都已经动工")], "240", "place-lost", "有一处找不到了"),
        (
            [do.delete_paragraph("都已经动工"), do.delete_paragraph("牵头")],
            "240",
            "place-lost",
            "原来在“全区共有项目〖240〗个，都已经动工。”",
        ),
        ([do.delete_figure("领导", "lo")], "240", None, ""),
        ([do.rewrite("共有项目", "一共安排了重点项目")], "240", None, ""),
        ([do.rewrite("共有项目", "减少了")], "240", "doubtful-value", "合并时的“240”"),
        ([do.copy_paragraph("都已经动工", "lo")], "240", None, ""),
        (
            [do.copy_paragraph("都已经动工", "lo"), do.change_inside("项目数", "242")],
            "242",
            "places-differ",
            "",
        ),
    ],
)
def test_a_field_that_stands_twice(
    twice: Path, tmp_path: Path, edits: list[Edit], cell: str, code: str, said: str
) -> None:
    found = harvest(edit(twice, *edits))
    assert row(found, tmp_path)["项目数"] == cell
    told = [m for m in found.findings if m.field == "项目数"]
    told = [m for m in told if m.code != "differs-from-record"]
    assert [m.code for m in told] == ([code] if code else [])
    assert said in "".join(m.message for m in told)


def test_a_figure_that_was_deleted_leaves_its_cell_empty(
    twice: Path, tmp_path: Path
) -> None:
    found = harvest(edit(twice, do.delete_figure("领导", "lo")))
    assert row(found, tmp_path)["领导"] == ""
    assert "数据是“陆知远”，稿子里空着" in "".join(
        messages(found, "differs-from-record")
    )


def test_a_unit_changed_with_its_figure_is_doubtful_not_ten_thousand_times_wrong(
    bureau: Bureau,
) -> None:
    draft = bureau.merged()
    bureau.away()
    edit(draft, do.rewrite("12.6亿元", "135000万元"))
    found = harvest(draft)
    assert row(found, bureau.folder)["投资"] == "12.6"
    assert codes(found) & {"doubtful-value", "place-lost"}


def test_the_place_of_a_doubt_is_told(bureau: Bureau) -> None:
    draft = edit(bureau.merged(), do.rewrite("12.6亿元", "135000万元"))
    (one,) = [f for f in harvest(draft).findings if f.field == "投资"]
    assert one.file == str(draft)
    assert "正文第4段" in one.message
    assert "“云岭讲话.docx”" in one.message


def test_drafts_of_one_row_that_disagree_are_told(bureau: Bureau) -> None:
    first = bureau.merged()
    other = bureau.template.with_name("另一份.docx")
    other.write_bytes(TWICE)
    bureau.template = other
    csv_file(bureau.data, across({**ROW, "领导": "贺同舟"}))
    second = edit(
        bureau.merge(folder=bureau.drafts / "另")[0],
        do.change_inside("项目数", "242"),
        do.change_inside("项目数__2", "242"),
    )
    bureau.away()
    found = harvest(first, second)
    back = row(found, bureau.folder)
    assert (back["项目数"], back["领导"], back["讲话人"]) == ("242", "贺同舟", "陆知远")
    (told,) = messages(found, "places-differ")
    assert "项目数是“242”，“稿子/云岭讲话.docx”里是“240”" in told


def test_rows_come_in_the_order_of_the_data_file_else_of_the_drafts(
    bureau: Bureau,
) -> None:
    csv_file(bureau.data, across(ROW, SECOND))
    first, second = bureau.merge()
    found = harvest(second, first)
    assert [one["地区"] for one in rows(found.write(bureau.folder / "甲.csv"))] == [
        "云岭区",
        "澄湖区",
    ]
    bureau.away()
    (bureau.folder / "甲.csv").unlink()
    found = harvest(second, first)
    assert [one["地区"] for one in rows(found.write(bureau.folder / "乙.csv"))] == [
        "澄湖区",
        "云岭区",
    ]


def test_the_same_draft_twice_is_taken_once(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = bureau.merged()
    monkeypatch.chdir(bureau.folder)
    found = harvest(draft, draft.relative_to(bureau.folder))
    assert rows(found.write(bureau.folder / "取.csv")) == [ROW]


# Drafts with a history ----------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office that refreshes its draft, which has been merged."""
    desk = tmp_path / "桌面"
    desk.mkdir()
    monkeypatch.chdir(desk)
    found = Office(tmp_path, template_file(tmp_path / "模板"), OLD_ROW)
    found.merge()
    return found


NEW = {"开工数": "171", "投资": "13.5"}


def told(found: Harvest) -> dict[str, tuple[str, str]]:
    """Field → what the record has and what the draft says, where they differ."""
    return {d.field: (d.recorded, d.now) for d in found.differences}


def test_after_refresh_the_new_data_come_back(office: Office, tmp_path: Path) -> None:
    office.refresh(NEW)
    found = harvest(office.draft)
    assert row(found, tmp_path) == {**OLD_ROW, **NEW}
    assert (told(found), codes(found)) == ({}, set())


def test_after_refresh_with_old_data_at_hand_the_draft_s_own_come_back(
    office: Office, tmp_path: Path
) -> None:
    office.refresh(NEW)
    office.table({})  # somebody puts the old figures back into the data file
    assert row(harvest(office.draft), tmp_path) == {**OLD_ROW, **NEW}


def test_a_figure_kept_against_the_data_goes_back(
    office: Office, tmp_path: Path
) -> None:
    office.edit(do.change_inside("开工数", "165"))
    office.refresh(NEW)
    found = harvest(office.draft)
    assert row(found, tmp_path)["开工数"] == "165"
    # The share that was calculated from it is left to the formula, as it was.
    assert row(found, tmp_path)["开工率"] == ""
    assert told(found) == {"开工数": ("171", "165"), "开工率": ("71.3", "68.8")}
    assert codes(found) == set()


@pytest.mark.parametrize(("take", "figure"), [(Take.DRAFT, "165"), (Take.DATA, "171")])
def test_a_conflict_that_was_decided(
    office: Office, tmp_path: Path, take: Take, figure: str
) -> None:
    office.edit(do.change_inside("开工数", "165"))
    office.refresh(NEW, RefreshOptions(take=take))
    found = harvest(office.draft)
    assert row(found, tmp_path)["开工数"] == figure
    assert bool(told(found)) is (take is Take.DRAFT)


def test_our_tracked_figures_count_as_word_shows_them(
    office: Office, tmp_path: Path
) -> None:
    office.refresh(NEW, RefreshOptions(tracked=True))
    found = harvest(office.draft)
    assert row(found, tmp_path) == {**OLD_ROW, **NEW}
    assert told(found) == {}


def test_gaps_stay_gaps_until_they_are_filled(bureau: Bureau) -> None:
    given = {**ROW, "项目数": "", "投资": "待补", "月份": "X"}
    csv_file(bureau.data, across(given))
    draft = bureau.merged()
    assert row(harvest(draft), bureau.folder) == given
    bureau.away()
    back = row(harvest(draft), bureau.folder)
    assert (back["投资"], back["月份"], back["项目数"]) == ("", "", "")
    edit(draft, do.change_inside("投资", "13.5"))
    found = harvest(draft)
    back = row(found, bureau.folder)
    assert (back["投资"], back["月份"], back["项目数"]) == ("13.5", "", "")
    assert (
        "投资和上次的数据不一样：数据空着，稿子里是“13.5”"
        in messages(found, "differs-from-record")[0]
    )


STRIPPED: Mapping[str, tuple[Edit, ...]] = {
    "record": (do.strip_record,),
    "bookmarks": (do.strip_bookmarks,),
    "both": (do.strip_record, do.strip_bookmarks),
}


@pytest.mark.parametrize("stripped", STRIPPED)
@pytest.mark.parametrize("named", [False, True])
def test_a_draft_that_has_lost_what_it_knew(
    bureau: Bureau, stripped: str, *, named: bool
) -> None:
    template = bureau.template if named else None
    draft = bureau.merged()
    if not named:
        draft = draft.rename(bureau.template.with_name("云岭讲话.docx"))
    edit(draft, *STRIPPED[stripped])
    bureau.away()
    found = harvest(draft, template=template)
    back = row(found, bureau.folder)
    assert codes(found) <= {"record-lost", "doubtful-value", "kept-as-text"}
    doubtful = {one.field for one in found.findings if one.code == "doubtful-value"}
    for name, text in ROW.items():
        if name in doubtful:
            assert back[name] == ""
        elif name in back:
            expected = {
                "几成": "30%",
                "开工率": "" if stripped == "bookmarks" else "68.3",
            }
            assert (name, back[name]) == (name, expected.get(name, text))
    assert back["文件名"] == "云岭讲话"


def test_a_draft_without_its_record_says_so_and_takes_what_stands_there(
    bureau: Bureau,
) -> None:
    draft = edit(bureau.merged(), do.change_inside("投资", "13.5"), do.strip_record)
    bureau.away()
    found = harvest(draft, template=bureau.template)
    assert row(found, bureau.folder)["投资"] == "13.5"
    assert "说不出和合并时有哪些不同" in messages(found, "record-lost")[0]
    assert "不知道改过没有" in found.closing_line(Path("取.csv"))


def test_a_field_that_tags_lay_out_is_said_not_to_be_followed(bureau: Bureau) -> None:
    bureau.template.write_bytes(
        document(
            p("全区共有项目", blank("项目数", "X"), "个。"),
            p("{%p for 项 in 清单 %}"),
            p("{{ 项 }}"),
            p("{%p endfor %}"),
        )
    )
    csv_file(bureau.data, across({"文件名": "甲", "项目数": "3", "清单": "路；桥；隧"}))
    draft = bureau.merged()
    assert codes(harvest(draft)) == set()
    edit(draft, do.rewrite("隧", "涵"))
    found = harvest(draft)
    assert row(found, bureau.folder)["清单"] == "路；桥；隧"
    (said,) = messages(found, "doubtful-value")
    assert "清单是模板用标签排进去的，取不出现在的" in said


@pytest.mark.libreoffice
def test_drafts_saved_by_libreoffice_give_the_same_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bureaus, before, drafts = [], [], []
    kinds = (
        (),
        (do.change_inside("几成", "四成"), do.retype_in_libreoffice("投资", "13.5")),
        (do.retype_tracked("开工数", "170"), do.retype_in_word("月份", "11")),
        (do.copy_paragraph("推进会", "lo"), do.delete_paragraph("位，其中")),
    )
    for number, edits in enumerate(kinds):
        folder = tmp_path / f"第{number}篇"
        folder.mkdir()
        bureau = Bureau(folder)
        draft = edit(bureau.merged(), *edits)
        bureau.away()
        before.append(row(harvest(draft), folder))
        drafts.append(draft.rename(tmp_path / f"{number}.docx"))
        bureaus.append(bureau)
    saved = libreoffice(drafts, tmp_path / "另存")
    after = [row(harvest(draft), tmp_path) for draft in saved]
    assert after == before


# Formulas for Excel -------------------------------------------------------------------

# What Excel, WPS and LibreOffice would run; none of it is a figure.
DANGEROUS = (
    *("=1+1", "+86-10", "+云岭", "-云岭", "@小王", "＝1＋1", "＋云", "－云", "＠王"),
    *("-3-5", "+1+1", "-3.2亿元", '=HYPERLINK("云")', "-"),
)
HARMLESS = (
    "-3.2",
    "+5%",
    "-3.2％",
    "－３.２",
    "-1,234.5",
    "+86",
    "云岭",
    "—",
    "",
    "'云",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_cell_is_guarded_and_read_back_bare(text: str) -> None:
    assert is_formula(text)
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_figures_with_a_sign_stay_figures(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@pytest.mark.parametrize("text", ["'=1+1", "''@云", "'-3.2"])
def test_a_text_that_itself_begins_with_the_sign_comes_back(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("front", ["\t", "\r", "\n", "\t\r\n"])
def test_blanks_in_front_hide_no_formula(front: str) -> None:
    assert guarded(f"{front}=1+1") == "'=1+1"
    assert guarded(f"{front}云岭") == "云岭"


PRINTABLE = [t for t in DANGEROUS if t[0] not in "=＝" and t != "-"]


@pytest.fixture
def dangerous(bureau: Bureau) -> tuple[Bureau, list[Path]]:
    """Drafts that say what Excel would run, each in another row."""
    csv_file(
        bureau.data,
        across(*({**ROW, "文件名": f"第{n}篇"} for n, _ in enumerate(PRINTABLE))),
    )
    drafts = bureau.merge()
    bureau.away()
    for draft, text in zip(drafts, PRINTABLE, strict=True):
        edit(draft, do.change_inside("因素", text), do.change_inside("讲话人", "=1+1"))
    return bureau, drafts


@pytest.mark.parametrize("name", ["取.csv", "取.xlsx"])
def test_no_sign_is_printed_when_the_table_is_merged_again(
    dangerous: tuple[Bureau, list[Path]], name: str
) -> None:
    bureau, drafts = dangerous
    table = harvest(*drafts).write(bureau.folder / name)
    assert [one["因素"] for one in rows(table)] == list(PRINTABLE)
    for draft, text in zip(
        bureau.merge(table, bureau.folder / "再"), PRINTABLE, strict=True
    ):
        assert f"把{text}的影响降到最低" in "".join(lines(draft.read_bytes()))


def test_no_cell_of_a_csv_file_begins_with_a_sign(
    dangerous: tuple[Bureau, list[Path]],
) -> None:
    bureau, drafts = dangerous
    table = harvest(*drafts).write(bureau.folder / "取.csv")
    with table.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for line in csv.reader(stream) for cell in line]
    assert not [cell for cell in cells if is_formula(cell) and not cell.startswith("'")]
    assert cells.count("'=1+1") == len(drafts)


def test_a_workbook_holds_texts_and_marks_what_looks_like_a_formula(
    dangerous: tuple[Bureau, list[Path]],
) -> None:
    bureau, drafts = dangerous
    page = openpyxl.load_workbook(
        harvest(*drafts).write(bureau.folder / "取.xlsx")
    ).worksheets[0]
    shown = {cell.value: cell for line in page for cell in line if cell.value}
    assert {cell.data_type for cell in shown.values()} == {"s"}
    assert {cell.number_format for cell in shown.values()} == {"@"}
    assert set(PRINTABLE) <= shown.keys()
    assert {text for text, cell in shown.items() if cell.quotePrefix} == {
        text for text in (*PRINTABLE, "=1+1") if is_formula(text)
    }


@pytest.mark.libreoffice
def test_libreoffice_shows_the_cells_as_they_are(
    dangerous: tuple[Bureau, list[Path]],
) -> None:
    bureau, drafts = dangerous
    found = harvest(*drafts)
    files = [found.write(bureau.folder / name) for name in ("本.xlsx", "表.csv")]
    book, sheet = (
        list(openpyxl.load_workbook(saved).worksheets[0].iter_rows())
        for saved in libreoffice(files, bureau.folder / "看", "xlsx")
    )
    names = [cell.value for cell in book[0]]
    factors, persons = (
        [line[names.index(name)].value for line in book[1:]]
        for name in ("因素", "讲话人")
    )
    assert factors == list(PRINTABLE)
    assert set(persons) == {"=1+1"}
    # What encoding LibreOffice takes a CSV file for depends on where it runs.
    assert {line[names.index("讲话人")].value for line in sheet[1:]} == {"'=1+1"}
    assert {c.data_type for line in (*book, *sheet) for c in line} <= {"s", "n"}


def test_a_text_that_excel_cannot_hold_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="请用 -o 换成"):
        write_table([["因素"], ["云" * 33_000]], tmp_path / "取.xlsx")
    assert list(tmp_path.iterdir()) == []
    write_table([["因素"], ["云" * 33_000]], tmp_path / "取.csv")


@pytest.mark.parametrize("text", ["_x0041_区", "A_x000D_", "甲_x_"])
def test_what_looks_like_an_escape_of_excel_is_kept(bureau: Bureau, text: str) -> None:
    draft = edit(bureau.merged(), do.change_inside("因素", text))
    table = harvest(draft).write(bureau.folder / "取.xlsx")
    assert rows(table)[0]["因素"] == text
