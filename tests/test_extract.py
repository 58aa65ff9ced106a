"""extract: what drafts say now, back into the office's table."""

from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from assembler.rows import open_table
from tests import handwork as do
from tests.cli.conftest import write_csv
from tests.documents import lines
from tests.extracting import (
    ROW,
    Bureau,
    Lines,
    across,
    codes,
    edit,
    harvest,
    heads,
    row,
    rows,
    upright,
)
from tests.handwork import Edit

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
    {**AS_OFFICES_WRITE, "文件名": "澄湖讲话", "地区": "澄湖区", "因素": "约三个月的汛期"},
)  # fmt: skip


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
    wide = {"备注": "已报", **dict(reversed(ROW.items())), "投资(万元)": "126000"}
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
几成	五成	五成	五成
几成	一半	50%	一半
几成	半数	半数	半数
几成	三分之一	三分之一	三分之一
几成	三成五	35%	三成五
几成	近一半	近一半	近一半
投资	13	13	13
投资	13.55	13.55	13.55
投资	1.3万	13000	13000
投资	1,234.5	1234.5	1234.5
投资	约13	约13	约13
占比	0.5	0.5%	0.5
占比	118.2	118.2	118.2
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
