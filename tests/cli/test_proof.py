"""proof as a clerk runs it: what is shown, written and returned."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, text_of
from tests.documents import document, p
from tests.fake_office import FakeOffice
from tests.speeches import BODY, whole

BLANK = "今年已开工x个项目。"
LOOSE = "已经完成 了一批项目。"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A speech with an error and something for the eye."""
    path = tmp_path / "讲话.docx"
    path.write_bytes(whole(LOOSE, BLANK))
    return path


def test_findings_are_shown_with_place_words_and_advice(run: Run, draft: Path) -> None:
    result = run("proof", draft)
    assert result.code == 1
    first, words, advice, *_ = result.out.splitlines()
    assert first == "错误  正文第4段：空白处“x”还没有填。"
    assert words.strip() == "…今年已开工〖x〗个项目。…"
    assert advice.strip().startswith("→ 填上实际内容")
    assert advice.endswith("（leftover-blank）")
    assert result.out.index("leftover-blank") < result.out.index("stray-space")


def test_the_last_line_says_how_long_the_speech_is(run: Run, draft: Path) -> None:
    last = run("proof", draft).out.splitlines()[-1]
    assert last.startswith("讲话.docx：1 个错误、1 个说明。全文 ")
    assert "约 1 页" in last
    assert "每分钟 180 个约 1 分钟" in last


def test_a_clean_speech_is_told_so_and_exits_with_0(run: Run, tmp_path: Path) -> None:
    (tmp_path / "好.docx").write_bytes(whole())
    result = run("proof", "好.docx")
    assert result.code == 0
    assert result.out.startswith("好.docx：没有发现问题。")


def test_something_for_the_eye_alone_exits_with_0(run: Run, tmp_path: Path) -> None:
    (tmp_path / "稿.docx").write_bytes(whole(LOOSE))
    assert run("proof", "稿.docx").code == 0


def test_json_is_one_document_with_the_contracts_keys(run: Run, draft: Path) -> None:
    result = run("proof", draft, "--json")
    assert result.code == 1
    found = result.json
    [entry] = found["documents"]
    assert entry["file"] == str(draft)
    assert entry["characters"] > 20
    assert entry["pages"] == 1
    worst = found["findings"][0]
    assert list(worst) == [
        *("code", "severity", "message", "file", "row", "field"),
        *("part", "paragraph", "excerpt", "hint"),
    ]
    assert (worst["code"], worst["part"], worst["paragraph"]) == (
        "leftover-blank",
        "word/document.xml",
        4,
    )


def test_a_code_can_be_ignored(run: Run, draft: Path) -> None:
    codes = ["--ignore", "leftover-blank", "--ignore", "stray-space"]
    result = run("proof", draft, *codes)
    assert result.code == 0
    assert "没有发现问题" in result.out


def test_an_unknown_code_is_wrong_use(run: Run, draft: Path) -> None:
    result = run("proof", draft, "--ignore", "stray-spaces")
    assert result.code == 2
    assert "是不是 stray-space" in result.err


def test_settings_beside_the_document_accept_for_good(
    run: Run, draft: Path, tmp_path: Path
) -> None:
    (tmp_path / "assembler.toml").write_text(
        '[[proof.accept]]\ncode = "leftover-blank"\ntext = "x"\n', "utf-8"
    )
    assert run("proof", draft).code == 0


def test_settings_that_mean_nothing_are_wrong_use(
    run: Run, draft: Path, tmp_path: Path
) -> None:
    (tmp_path / "assembler.toml").write_text("[proof]\nignor = []\n", "utf-8")
    result = run("proof", draft)
    assert result.code == 2
    assert "proof.ignor" in result.err


def test_comments_go_to_a_copy(run: Run, draft: Path, tmp_path: Path) -> None:
    before = draft.read_bytes()
    result = run("proof", draft, "--comment")
    assert "讲话（校对）.docx" in result.out
    assert draft.read_bytes() == before
    assert text_of(tmp_path / "讲话（校对）.docx") == text_of(draft)


def test_a_clean_speech_gets_no_copy(run: Run, tmp_path: Path) -> None:
    (tmp_path / "好.docx").write_bytes(whole())
    run("proof", "好.docx", "--comment")
    assert [path.name for path in tmp_path.iterdir()] == ["好.docx"]


def test_several_documents_are_told_one_by_one(run: Run, tmp_path: Path) -> None:
    for name, text in (("甲", BLANK), ("乙", BODY), ("丙", LOOSE)):
        (tmp_path / f"{name}.docx").write_bytes(whole(text))
    result = run("proof", tmp_path)
    assert result.code == 1
    heads = [line for line in result.out.splitlines() if line.startswith("【")]
    assert sorted(heads) == ["【丙.docx】", "【甲.docx】"]
    assert "乙.docx：没有发现问题" in result.out


def test_a_document_that_cannot_be_read_comes_last(run: Run, tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"no zip")
    (tmp_path / "好.docx").write_bytes(whole())
    result = run("proof", "坏.docx", "好.docx", "没有.docx")
    assert result.code == 4
    assert "好.docx：没有发现问题" in result.out
    assert "坏.docx" in result.err
    assert "没有.docx" in result.err
    assert run("proof", "坏.docx", "--json").json["unread"] == ["坏.docx"]


def test_a_folder_without_documents_is_said(run: Run, tmp_path: Path) -> None:
    result = run("proof", tmp_path)
    assert result.code == 4
    assert "没有 Word 文档" in result.err


def test_pages_are_counted_on_request(
    run: Run, draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = FakeOffice(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{office.folder}:/bin:/usr/bin")
    monkeypatch.setenv("FAKE_PAGES", "7")
    assert "，7 页，" in run("proof", draft, "--pages").out
    assert len(office.starts) == 1


def test_pages_are_reckoned_where_libreoffice_is_missing(
    run: Run, draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("assembler.office._USUAL_PLACES", ())
    result = run("proof", draft, "--pages")
    assert "约 1 页" in result.out
    assert "安装命令" in result.out


def test_a_document_made_elsewhere_is_read_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "别处.docx").write_bytes(document(p("完成投资12亿元亿元。")))
    result = run("proof", "别处.docx")
    assert result.code == 1
    assert "doubled-unit" in result.out
