"""finish as a clerk runs it: what passes, what is refused, what is returned."""

from pathlib import Path

import pytest

from assembler.office import find_office
from tests.cli.conftest import Run, text_of
from tests.documents import document, inserted, p
from tests.drafting import bundled_drafts
from tests.fake_office import FakeOffice
from tests.programs import libreoffice
from tests.speeches import whole

BLANK = "今年已开工x个项目。"


@pytest.fixture
def drafts(tmp_path: Path) -> list[Path]:
    """A draft of each bundled template."""
    found = []
    for name, content in bundled_drafts().items():
        found.append(tmp_path / f"{name}.docx")
        found[-1].write_bytes(content)
    return found


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    """A stand-in for LibreOffice."""
    fake = FakeOffice(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(fake.folder))
    return fake


def test_drafts_that_pass_are_written_to_a_folder(
    run: Run, drafts: list[Path], tmp_path: Path
) -> None:
    result = run("finish", *drafts)
    assert result.code == 0
    assert "完成：3 篇定稿，文件在“打印稿”" in result.out
    for draft in drafts:
        assert text_of(tmp_path / "打印稿" / draft.name) == text_of(draft)


def test_a_refused_draft_is_listed_with_all_that_is_wrong(
    run: Run, drafts: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "坏.docx").write_bytes(whole(BLANK, "完成投资12亿元亿元。"))
    result = run("finish", drafts[0], "坏.docx", "-o", "定稿")
    assert result.code == 1
    assert "【坏.docx】没有通过，没有生成打印稿：" in result.out
    assert "leftover-blank" in result.out
    assert "doubled-unit" in result.out
    assert "没有通过 1 篇" in result.out
    assert [path.name for path in (tmp_path / "定稿").iterdir()] == [drafts[0].name]


def test_open_revisions_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "稿.docx").write_bytes(document(p(inserted("抓紧落实。"))))
    result = run("finish", "稿.docx")
    assert result.code == 1
    assert "还有 1 处修订没有接受或拒绝" in result.out
    assert not (tmp_path / "打印稿").exists()


def test_json_tells_what_became_of_each(
    run: Run, drafts: list[Path], tmp_path: Path, office: FakeOffice
) -> None:
    (tmp_path / "坏.docx").write_bytes(whole(BLANK))
    result = run("finish", drafts[0], "坏.docx", "--pdf", "--large", "--json")
    assert result.code == 1
    [written] = result.json["written"]
    assert written == {
        "draft": str(drafts[0]),
        "file": "打印稿/工作部署.docx",
        "large": "打印稿/工作部署（大字版）.docx",
        "pdf": "打印稿/工作部署.pdf",
        "large_pdf": "打印稿/工作部署（大字版）.pdf",
    }
    assert result.json["refused"] == ["坏.docx"]
    assert [one["code"] for one in result.json["findings"]] == ["leftover-blank"]
    assert len(office.starts) == 1


def test_all_pdfs_are_one_start(
    run: Run, drafts: list[Path], tmp_path: Path, office: FakeOffice
) -> None:
    result = run("finish", *drafts, "--pdf", "--large", "--combined", "合/全部.docx")
    assert result.code == 0
    assert "PDF 7 个" in result.out
    assert [len(names) for names in office.starts] == [7]
    assert (tmp_path / "合" / "全部.pdf").exists()


def test_a_missing_libreoffice_is_said_with_its_install_command(
    run: Run, drafts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("assembler.office._USUAL_PLACES", ())
    result = run("finish", drafts[0], "--pdf")
    assert result.code == 5
    assert "安装命令：" in result.err
    assert (tmp_path / "打印稿" / drafts[0].name).exists()


def test_speeches_are_combined(run: Run, drafts: list[Path], tmp_path: Path) -> None:
    result = run("finish", *drafts, "--combined", "全部.docx")
    assert result.code == 0
    expected = [line for draft in drafts for line in text_of(draft)]
    assert text_of(tmp_path / "全部.docx") == expected


def test_nothing_is_combined_while_one_is_refused(
    run: Run, drafts: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "坏.docx").write_bytes(whole(BLANK))
    result = run("finish", *drafts, "坏.docx", "--combined", "全部.docx")
    assert result.code == 1
    assert "not-combined" in result.out
    assert not (tmp_path / "全部.docx").exists()


def test_a_file_that_is_no_document_exits_with_4(run: Run, tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"no zip")
    assert run("finish", "坏.docx").code == 4
    assert run("finish", "没有.docx").code == 4


def test_a_folder_that_cannot_be_written_exits_with_5(
    run: Run, drafts: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "打印稿").write_bytes(b"")
    assert run("finish", drafts[0]).code == 5


def test_what_lay_there_before_is_kept(
    run: Run, drafts: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "打印稿").mkdir()
    (tmp_path / "打印稿" / drafts[0].name).write_bytes(b"mine")
    result = run("finish", drafts[0])
    assert "已留底" in result.out
    assert (tmp_path / "打印稿" / "工作部署（备份）.docx").read_bytes() == b"mine"


@pytest.mark.libreoffice
def test_the_real_program_makes_the_pdfs(
    run: Run, drafts: list[Path], tmp_path: Path
) -> None:
    if find_office() is None:
        libreoffice([], tmp_path, "pdf")
    result = run("finish", *drafts, "--pdf", "--large")
    assert result.code == 0
    pdfs = sorted(path.name for path in (tmp_path / "打印稿").glob("*.pdf"))
    assert len(pdfs) == 6
