"""What a file that already lies in a draft's place is to merge."""

from pathlib import Path

import pytest

from assembler.drafts import Standing, standing
from assembler.template import Template
from tests.documents import MAIN, changed, document, field, p, unzipped, zipped


@pytest.fixture
def template(tmp_path: Path) -> Template:
    path = tmp_path / "模板.docx"
    path.write_bytes(document(p("今年完成", field("开工率", "X"), "%，很好。")))
    return Template.open(path)


@pytest.fixture
def draft(tmp_path: Path, template: Template) -> Path:
    path = tmp_path / "清河区讲话稿全文.docx"
    path.write_bytes(template.render({"开工率": "68.3"}))
    return path


def test_nothing_lies_there(tmp_path: Path) -> None:
    assert standing(tmp_path / "稿.docx", "模板") is Standing.ABSENT


def test_a_draft_as_it_was_made(draft: Path) -> None:
    assert standing(draft, "模板") is Standing.UNCHANGED


def test_a_draft_packed_anew_is_no_edit(draft: Path) -> None:
    draft.write_bytes(zipped(dict(reversed(unzipped(draft.read_bytes()).items()))))
    assert standing(draft, "模板") is Standing.UNCHANGED


@pytest.mark.parametrize(
    ("old", "new"),
    [("，很好", "。很好"), (">68.3<", ">68.4<"), ("很好", ""), ("<w:body>", "")],
)
def test_a_draft_that_somebody_changed(draft: Path, old: str, new: str) -> None:
    if old == "<w:body>":
        old, new = "</w:p>", "</w:p><w:p><w:r><w:t>另外。</w:t></w:r></w:p>"
    draft.write_bytes(changed(draft.read_bytes(), MAIN, old, new))
    assert standing(draft, "模板") is Standing.EDITED


def test_a_draft_of_another_template(draft: Path) -> None:
    assert standing(draft, "别的模板") is Standing.OTHER_TEMPLATE


def test_a_draft_that_changed_and_is_of_another_template_counts_as_changed(
    draft: Path,
) -> None:
    draft.write_bytes(changed(draft.read_bytes(), MAIN, "很好", "不好"))
    assert standing(draft, "别的模板") is Standing.EDITED


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", "文字".encode(), document(p("自己写的稿子"))],
    ids=["empty", "half a zip", "text", "an ordinary document"],
)
def test_what_this_program_did_not_make(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(content)
    assert standing(path, "模板") is Standing.FOREIGN


def test_a_draft_whose_body_is_broken_is_left_to_its_owner(draft: Path) -> None:
    members = unzipped(draft.read_bytes())
    draft.write_bytes(zipped(members | {MAIN: members[MAIN][:-20]}))
    assert standing(draft, "模板") is Standing.FOREIGN


def test_a_folder_of_that_name_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "稿.docx").mkdir()
    assert standing(tmp_path / "稿.docx", "模板") is Standing.FOREIGN


# LibreOffice and WPS name the document whole. Word puts ~$ before a stem of up to
# six characters, in the place of the first of seven, of the first two of a longer one.
@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("讲话.docx", "~$讲话.docx"),
        ("清河区讲话稿.docx", "~$清河区讲话稿.docx"),
        ("清河区讲话稿件.docx", "~$河区讲话稿件.docx"),
        ("清河区讲话稿全文.docx", "~$区讲话稿全文.docx"),
        ("清河区讲话稿全文.docx", ".~清河区讲话稿全文.docx"),
        ("清河区讲话稿全文.docx", ".~lock.清河区讲话稿全文.docx#"),
    ],
)
def test_a_draft_that_is_open_in_word(draft: Path, name: str, lock: str) -> None:
    path = draft.rename(draft.with_name(name))
    path.with_name("~$别人.docx").write_bytes(b"")
    assert standing(path, "模板") is Standing.UNCHANGED
    path.with_name(lock).write_bytes(b"")
    assert standing(path, "模板") is Standing.OPEN


def test_a_name_too_long_for_a_lock_is_not_open(draft: Path) -> None:
    path = draft.rename(draft.with_name(f"{'长' * 82}.docx"))
    assert standing(path, "模板") is Standing.UNCHANGED
