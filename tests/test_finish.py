"""finish: nothing wrong passes, and what passes is the draft without its traces."""

from pathlib import Path

import pytest

from assembler.errors import OutputError, TemplateError, UseError
from assembler.finish import (
    Finished,
    FinishOptions,
    Outcome,
    Refused,
    combine,
    finish,
    make_pdfs,
)
from assembler.proof import Unread
from tests.documents import (
    MAIN,
    box,
    cell,
    changed,
    comment,
    complex_field,
    control,
    deleted,
    document,
    guide,
    inserted,
    lines,
    note,
    p,
    r,
    row,
    simple_field,
    table,
    unzipped,
)
from tests.drafting import bundled_drafts
from tests.fake_office import FakeOffice
from tests.programs import validation_errors
from tests.speeches import BODY, speech, title, whole
from tests.test_clean import TRACES

BLANK = "今年已开工x个项目。"
DRAFT = bundled_drafts()["工作部署"]
_CHANGE = 'w:id="7" w:author="张三" w:date="2026-01-05T09:00:00Z"'


def finished(folder: Path, *contents: bytes, large: bool = False) -> list[Outcome]:
    """What becomes of drafts."""
    folder.mkdir(exist_ok=True)
    paths = []
    for number, content in enumerate(contents, 1):
        paths.append(folder / f"讲话{number}.docx")
        paths[-1].write_bytes(content)
    options = FinishOptions(folder / "打印稿", large)
    return list(finish(paths, options))


def reasons(folder: Path, content: bytes) -> set[str]:
    """The codes of the errors for which a draft is refused; none where it passes."""
    [outcome] = finished(folder, content)
    if isinstance(outcome, Refused):
        assert not (folder / "打印稿").exists()
        return {one.code for one in outcome.findings if one.severity == "error"}
    return set()


# What must not pass ------------------------------------------------------------------

BLANKS = [
    ("the body", document(p(BLANK))),
    ("a table", document(table(row("项目", BLANK)))),
    ("a header", document(p(BODY), headers={"default": p(BLANK)})),
    ("a text box", document(p(box(p(BLANK))))),
    ("a footnote", document(p(BODY, note(1)), footnotes=[p(BLANK)])),
    ("a field's result", document(p(complex_field(" REF a ", BLANK)))),
    ("a short field's result", document(p(simple_field(" REF a ", BLANK)))),
    ("an endnote", document(p(note(1, "endnote")), endnotes=[p(BLANK)])),
]


@pytest.mark.parametrize(
    "content", [pytest.param(content, id=what) for what, content in BLANKS]
)
def test_a_blank_anywhere_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "leftover-blank" in reasons(tmp_path, content)


def test_a_gap_that_merge_marked_is_refused(tmp_path: Path) -> None:
    content = changed(DRAFT, MAIN, ">164<", ">【待补：已开工数】<")
    assert "leftover-hint" in reasons(tmp_path, content)


def test_a_broken_relation_is_refused(tmp_path: Path) -> None:
    content = changed(DRAFT, MAIN, ">72<", ">73<")
    assert "relation-broken" in reasons(tmp_path, content)


def test_a_figure_corrected_without_its_share_is_refused(tmp_path: Path) -> None:
    content = changed(DRAFT, MAIN, ">164<", ">170<")
    assert "formula-mismatch" in reasons(tmp_path, content)


def test_a_figure_corrected_in_one_of_two_places_is_refused(tmp_path: Path) -> None:
    main = unzipped(DRAFT)[MAIN].decode()
    place = main.index('w:name="字段_子项目数__2"')
    old = main[place : place + 400]
    content = changed(DRAFT, MAIN, old, old.replace(">240<", ">242<"))
    assert "value-conflict" in reasons(tmp_path, content)


def test_an_unfilled_control_is_refused(tmp_path: Path) -> None:
    content = document(p(control("单位", "单击输入单位", placeholder=True)))
    assert "leftover-control" in reasons(tmp_path, content)


def test_a_template_is_refused(tmp_path: Path) -> None:
    content = document(p(BODY), guide(("开工率", "百分比", "%", "", "")))
    assert reasons(tmp_path, content) == {"leftover-guide"}


REVISIONS = [
    ("inserted", p(BODY, inserted("新话。"))),
    ("deleted", p(BODY, deleted("旧话。"))),
    ("a run's format", p(r(BODY, f"<w:rPrChange {_CHANGE}><w:rPr/></w:rPrChange>"))),
    (
        "a paragraph's format",
        p(BODY, properties=f"<w:pPrChange {_CHANGE}><w:pPr/></w:pPrChange>"),
    ),
    ("in a table", table(row("项目", cell(p(inserted("进度")))))),
]


@pytest.mark.parametrize(
    "block", [pytest.param(block, id=what) for what, block in REVISIONS]
)
def test_open_revisions_are_refused(block: str, tmp_path: Path) -> None:
    assert "open-revision" in reasons(tmp_path, document(block, p()))


def test_open_revisions_cannot_be_ignored(tmp_path: Path) -> None:
    path = tmp_path / "稿子.docx"
    path.write_bytes(whole(BODY))
    settings = '[proof]\nignore = ["open-revision"]\n'
    (tmp_path / "assembler.toml").write_text(settings, "utf-8")
    path.write_bytes(speech(title(), p(BODY, inserted("新话。"))))
    [outcome] = finish([path], FinishOptions(tmp_path / "打印稿"))
    assert isinstance(outcome, Refused)


def test_one_refused_draft_does_not_keep_the_others(tmp_path: Path) -> None:
    kinds = [type(one) for one in finished(tmp_path, whole(), whole(BLANK), whole())]
    assert kinds == [Finished, Refused, Finished]


def test_a_file_that_is_no_document_is_told_apart(tmp_path: Path) -> None:
    assert [type(one) for one in finished(tmp_path, b"PK", whole())] == [
        Unread,
        Finished,
    ]


# What passes -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["工作部署", "总结推进", "问题整改"])
@pytest.mark.validator
def test_what_passes_says_the_same_and_leaves_no_trace(
    name: str, tmp_path: Path
) -> None:
    draft = bundled_drafts()[name]
    [outcome] = finished(tmp_path, draft)
    assert isinstance(outcome, Finished)
    assert outcome.findings == ()
    copy = outcome.copy.read_bytes()
    assert lines(copy) == lines(draft)
    for member, data in unzipped(copy).items():
        assert not TRACES.search(member + data.decode("utf-8")), member
    assert validation_errors(outcome.copy) == []


def test_comments_and_highlight_pass_are_told_and_go(tmp_path: Path) -> None:
    words = r("重点是", '<w:highlight w:val="yellow"/>')
    content = document(p(BODY, comment(0, words), "抓落实。"), comments=["请核"])
    [outcome] = finished(tmp_path, content)
    assert isinstance(outcome, Finished)
    assert {"open-comment", "highlighted-text"} <= {
        one.code for one in outcome.findings
    }
    assert lines(outcome.copy.read_bytes()) == lines(content)


def test_finishing_twice_gives_the_same_and_no_backup(tmp_path: Path) -> None:
    [first] = finished(tmp_path, DRAFT)
    assert isinstance(first, Finished)
    before = first.copy.read_bytes()
    [second] = finished(tmp_path, DRAFT)
    assert isinstance(second, Finished)
    assert second.backups == ()
    assert second.copy.read_bytes() == before


def test_another_file_in_the_copys_place_is_kept(tmp_path: Path) -> None:
    (tmp_path / "打印稿").mkdir()
    own = tmp_path / "打印稿" / "讲话1.docx"
    own.write_bytes(b"mine")
    [outcome] = finished(tmp_path, DRAFT)
    assert isinstance(outcome, Finished)
    assert [path.name for path in outcome.backups] == ["讲话1（备份）.docx"]
    assert outcome.backups[0].read_bytes() == b"mine"


def test_the_draft_itself_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "讲话.docx"
    path.write_bytes(DRAFT)
    [outcome] = finish([path], FinishOptions(tmp_path))
    assert isinstance(outcome, Finished)
    assert outcome.copy.name == "讲话（打印稿）.docx"
    assert path.read_bytes() == DRAFT


def test_two_drafts_of_one_name_get_two_copies(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "讲话.docx" for folder in ("甲", "乙")]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(DRAFT)
    outcomes = list(finish(paths, FinishOptions(tmp_path / "打印稿")))
    copies = [one.copy.name for one in outcomes if isinstance(one, Finished)]
    assert copies == ["讲话.docx", "讲话-2.docx"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "打印稿").write_bytes(b"")
    with pytest.raises(OutputError, match="-o"):
        finished(tmp_path, DRAFT)


def test_the_large_copy_lies_beside(tmp_path: Path) -> None:
    [outcome] = finished(tmp_path, DRAFT, large=True)
    assert isinstance(outcome, Finished)
    assert outcome.large is not None
    assert outcome.large.name == "讲话1（大字版）.docx"
    assert [path.exists() for path in outcome.files] == [True, True]


# Several in one, and PDFs ------------------------------------------------------------


def test_speeches_are_combined_in_order(tmp_path: Path) -> None:
    outcomes = finished(tmp_path, *bundled_drafts().values())
    path = tmp_path / "合订" / "全部.docx"
    assert combine(outcomes, path) is None
    assert lines(path.read_bytes()) == [
        line for draft in bundled_drafts().values() for line in lines(draft)
    ]


def test_a_refused_draft_keeps_all_from_being_combined(tmp_path: Path) -> None:
    finding = combine(finished(tmp_path, DRAFT, whole(BLANK)), tmp_path / "合.docx")
    assert finding is not None
    assert finding.code == "not-combined"
    assert "1 篇" in finding.message
    assert not (tmp_path / "合.docx").exists()


def test_only_a_word_file_can_hold_them(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="docx"):
        combine(finished(tmp_path, DRAFT), tmp_path / "合.pdf")


def test_documents_that_cannot_share_a_file_are_refused(tmp_path: Path) -> None:
    other = changed(
        whole(),
        "word/settings.xml",
        "<w:evenAndOddHeaders/>",
        "<w:mirrorMargins/><w:evenAndOddHeaders/>",
    )
    with pytest.raises(TemplateError, match="对称页边距"):
        combine(finished(tmp_path, DRAFT, other), tmp_path / "合.docx")


def test_pdfs_lie_beside_their_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = finished(tmp_path / "稿", *[DRAFT] * 20)
    files = [
        path for one in outcomes if isinstance(one, Finished) for path in one.files
    ]
    office = FakeOffice(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(office.folder))
    made = make_pdfs(files, lambda: None)
    assert len(office.starts) == 1
    assert made.findings == ()
    assert sorted(made.paths.values()) == sorted(f.with_suffix(".pdf") for f in files)
    assert all(path.read_bytes().startswith(b"%PDF") for path in made.paths.values())


def test_a_pdf_that_failed_is_told_and_faces_that_lack_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = finished(tmp_path / "稿", DRAFT, whole("大家不要REFUSE了。" * 3))
    files = [
        path for one in outcomes if isinstance(one, Finished) for path in one.files
    ]
    office = FakeOffice(tmp_path / "bin")
    fonts = office.folder / "fc-list"
    fonts.write_text("#!/bin/sh\necho 'FangSong_GB2312,仿宋_GB2312'\n", "utf-8")
    fonts.chmod(0o755)
    monkeypatch.setenv("PATH", f"{office.folder}:/bin:/usr/bin")
    made = make_pdfs(files, lambda: None)
    missing = next(one for one in made.findings if one.code == "font-not-installed")
    assert "方正小标宋简体" in missing.message
    assert "仿宋_GB2312" not in missing.message
    failed = next(one for one in made.findings if one.code == "no-pdf")
    assert "讲话2.docx" in failed.message
    assert list(made.paths) == files[:1]
