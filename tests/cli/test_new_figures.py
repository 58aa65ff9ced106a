"""refresh and extract as a secretary's office runs them."""

import csv
import os
from pathlib import Path

import pytest
from docx import Document

from assembler.package import deflated, pack, read_package
from assembler.wordml import remove
from tests.cli.conftest import Run, text_of, write_csv
from tests.programs import validation_errors

HEAD = ("文件名", "地区", "项目总数", "已开工数", "牵头领导")
OLD = ("甲", "云岭区", "240", "164", "陆知远")
NEW = ("甲", "云岭区", "240", "171", "陆知远")
DRAFT = Path("甲.docx")


@pytest.fixture
def draft(run: Run, tmp_path: Path) -> Path:
    """A draft as merge left it, with its data in 旧.csv and the next in 新.csv."""
    document = Document()
    document.add_paragraph("今年[地区]共有项目[项目总数]个，已开工[已开工数]个。")
    document.add_paragraph("请[牵头领导]同志负责，抓紧推进。")
    document.save("模板.docx")
    write_csv(tmp_path / "旧.csv", HEAD, OLD)
    write_csv(tmp_path / "新.csv", HEAD, NEW)
    assert run("merge", "模板.docx", "旧.csv", "-o", ".").code == 0
    return DRAFT


def edit(words: str, instead: str, paragraph: int = 0) -> None:
    """Replace the whole text of one run, as typing over it does."""
    document = Document(str(DRAFT))
    [changed] = [r for r in document.paragraphs[paragraph].runs if r.text == words]
    changed.text = instead
    document.save(str(DRAFT))


def test_new_figures_go_in_and_rewritten_sentences_stay(run: Run, draft: Path) -> None:
    edit("同志负责，抓紧推进。", "同志牵头，倒排工期。", paragraph=1)
    assert run("refresh", draft, "--data", "新.csv").code == 0
    assert text_of(draft) == [
        "今年云岭区共有项目240个，已开工171个。",
        "请陆知远同志牵头，倒排工期。",
    ]


def test_a_figure_that_a_person_changed_stays_where_the_data_did_not_change(
    run: Run, draft: Path
) -> None:
    edit("164", "165")
    assert run("refresh", draft, "--data", "旧.csv").code == 0
    assert "已开工165个" in text_of(draft)[0]


def test_both_changed_alike_is_fine(run: Run, draft: Path) -> None:
    edit("164", "171")
    assert run("refresh", draft, "--data", "新.csv").code == 0
    assert "已开工171个" in text_of(draft)[0]
    assert list(Document(str(draft)).comments) == []


def test_both_changed_differently_keeps_the_draft_s_and_comments(
    run: Run, draft: Path
) -> None:
    edit("164", "165")
    result = run("refresh", draft, "--data", "新.csv", "--json")
    assert result.code == 1
    assert "已开工165个" in text_of(draft)[0]
    [comment] = list(Document(str(draft)).comments)
    assert "171" in comment.text
    assert comment.author == "讲话稿装配"


@pytest.mark.parametrize(("side", "figure"), [("data", "171"), ("draft", "165")])
def test_take_decides_for_all(run: Run, draft: Path, side: str, figure: str) -> None:
    edit("164", "165")
    assert run("refresh", draft, "--data", "新.csv", "--take", side).code == 0
    assert f"已开工{figure}个" in text_of(draft)[0]


def test_a_deleted_sentence_is_told_and_nothing_is_put_anywhere(
    run: Run, draft: Path
) -> None:
    document = Document(str(draft))
    remove(document.paragraphs[0]._p)  # noqa: SLF001 - python-docx's way in
    document.save(str(draft))
    result = run("refresh", draft, "--data", "新.csv")
    assert text_of(draft) == ["请陆知远同志负责，抓紧推进。"]
    assert "已开工数" in result.out + result.err


def test_the_old_data_change_nothing(run: Run, draft: Path) -> None:
    edit("同志负责，抓紧推进。", "同志牵头。", paragraph=1)
    before = draft.read_bytes()
    assert run("refresh", draft, "--data", "旧.csv").code == 0
    assert draft.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows takes them from the folder")
def test_colleagues_who_could_write_a_draft_still_can(run: Run, draft: Path) -> None:
    draft.chmod(0o664)
    assert run("refresh", draft, "--data", "新.csv").code == 0
    assert draft.stat().st_mode & 0o777 == 0o664


def test_refresh_twice_is_refresh_once(run: Run, draft: Path) -> None:
    edit("同志负责，抓紧推进。", "同志牵头。", paragraph=1)
    run("refresh", draft, "--data", "新.csv")
    once = draft.read_bytes()
    run("refresh", draft, "--data", "新.csv")
    assert draft.read_bytes() == once


def test_a_dry_run_tells_and_writes_nothing(run: Run, draft: Path) -> None:
    before = draft.read_bytes()
    result = run("refresh", draft, "--data", "新.csv", "--dry-run")
    assert "164 → 171" in result.out
    assert draft.read_bytes() == before


def test_a_draft_without_its_record_is_refreshed_by_its_bookmarks(
    run: Run, draft: Path
) -> None:
    members = dict(read_package(draft).members)
    for name in [name for name in members if name.startswith("customXml/")]:
        del members[name]
    name = "word/_rels/document.xml.rels"
    text = members[name].data().decode()
    while (start := text.find("<Relationship Id")) >= 0 and "customXml" in text:
        end = text.index("/>", text.index("customXml")) + 2
        start = text.rindex("<Relationship ", 0, text.index("customXml"))
        text = text[:start] + text[end:]
    members[name] = deflated(name, text.encode())
    draft.write_bytes(pack(members.values()))
    result = run(
        "refresh", draft, "--data", "新.csv", "--row", "2", "--template", "模板.docx"
    )
    assert "Traceback" not in result.err
    assert "记录" in result.out + result.err
    assert text_of(draft)[1] == "请陆知远同志负责，抓紧推进。"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("已开工[已开工数]个，投资[投资额]亿元。", "新增字段 投资额"),
        ("已开工不少。", "去掉了字段 已开工数"),
        ("已经开工[已开工数]个。", "文字或格式有改动"),
    ],
)
def test_a_template_changed_since_is_told_and_the_old_one_holds(
    run: Run, draft: Path, sentence: str, told: str
) -> None:
    document = Document()
    document.add_paragraph(f"今年[地区]共有项目[项目总数]个，{sentence}")
    document.add_paragraph("请[牵头领导]同志负责，抓紧推进。")
    document.save("模板.docx")
    result = run("refresh", draft, "--data", "新.csv")
    assert result.code == 0
    assert "".join(told.split()) in "".join(result.err.split())
    assert text_of(draft)[0] == "今年云岭区共有项目240个，已开工171个。"


def test_a_gap_that_was_left_open_is_filled_and_nothing_of_its_marks_stays(
    run: Run, draft: Path, tmp_path: Path
) -> None:
    draft.unlink()
    gaps = write_csv(tmp_path / "缺.csv", HEAD, ("甲", "云岭区", "240.5", "", "陆知远"))
    assert run("merge", "模板.docx", gaps, "--draft", "-o", ".").code == 1
    assert "【待补：已开工数】" in text_of(draft)[0]
    assert len(list(Document(str(draft)).comments)) == 1
    assert run("refresh", draft, "--data", "新.csv").code == 0
    assert text_of(draft)[0] == "今年云岭区共有项目240个，已开工171个。"
    assert list(Document(str(draft)).comments) == []
    assert "highlight" not in read_package(draft).data("word/document.xml").decode()


@pytest.mark.validator
def test_tracked_figures_are_revisions_that_validate(run: Run, draft: Path) -> None:
    assert run("refresh", draft, "--data", "新.csv", "--tracked").code == 0
    markup = read_package(draft).data("word/document.xml").decode()
    assert 'w:author="讲话稿装配"' in markup
    assert "<w:delText" in markup
    assert validation_errors(draft.resolve()) == []


def test_merge_still_refuses_an_edited_draft_after_refresh(
    run: Run, draft: Path
) -> None:
    edit("同志负责，抓紧推进。", "同志牵头。", paragraph=1)
    run("refresh", draft, "--data", "新.csv")
    assert run("merge", "模板.docx", "新.csv", "-o", ".").code == 1
    assert text_of(draft)[1] == "请陆知远同志牵头。"


def test_merge_replaces_an_unedited_draft_after_refresh(run: Run, draft: Path) -> None:
    run("refresh", draft, "--data", "新.csv")
    assert run("merge", "模板.docx", "旧.csv", "-o", ".").code == 0
    assert "已开工164个" in text_of(draft)[0]


def test_extract_after_merge_gives_the_row_back(run: Run, draft: Path) -> None:
    assert run("extract", draft, "-o", "取.csv").code == 0
    with Path("取.csv").open(encoding="utf-8-sig", newline="") as stream:
        head, row = csv.reader(stream)
    assert dict(zip(head, row, strict=True)) == dict(zip(HEAD, OLD, strict=True))


def test_extract_takes_a_corrected_figure_back_and_says_so(
    run: Run, draft: Path
) -> None:
    edit("164", "165")
    result = run("extract", draft, "-o", "取.csv")
    assert "165" in Path("取.csv").read_text("utf-8-sig")
    assert "164" in result.out + result.err


def test_extract_leaves_no_cell_that_excel_would_run(run: Run, draft: Path) -> None:
    edit("陆知远", "=1+1", paragraph=1)
    run("extract", draft, "-o", "取.csv")
    with Path("取.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for line in csv.reader(stream) for cell in line]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert any("=1+1" in cell for cell in cells)


def test_extract_never_overwrites(run: Run, draft: Path) -> None:
    Path("取.csv").write_text("填好的数据", "utf-8")
    assert run("extract", draft, "-o", "取.csv").code == 5
    assert Path("取.csv").read_text("utf-8") == "填好的数据"


def test_a_long_value_is_shown_by_its_ends(
    run: Run, draft: Path, tmp_path: Path
) -> None:
    name = "陆知远" * 40
    write_csv(tmp_path / "新.csv", HEAD, (*OLD[:-1], name))
    result = run("refresh", draft, "--data", "新.csv")
    assert name not in result.out
    assert "牵头领导  陆知远 → 陆知远陆知远" in result.out
    assert name in text_of(draft)[1]
