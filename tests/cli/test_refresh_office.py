"""The evening before the meeting: refresh among the other programs of an office."""

import shutil
from pathlib import Path

import pytest

from tests import handwork
from tests.cli.conftest import Run, text_of, write_csv
from tests.documents import changed, unzipped
from tests.evening import (
    CHENGHU,
    FOLDER,
    NEW,
    OLD,
    SECRETARY,
    WANGLAN,
    YUNLING,
    add_comment,
    comments_of,
    edit_all_evening,
    paragraph_with,
    retype,
    run_of,
)
from tests.programs import libreoffice, validation_errors

pytestmark = pytest.mark.usefixtures("speeches")

MAIN, COMMENTS = "word/document.xml", "word/comments.xml"
RECORD = "customXml/item1.xml"
WORKS = "一是开工还不够快"


# The evening --------------------------------------------------------------------------


def test_an_evening_s_edits_stay_and_the_new_figures_go_in(run: Run) -> None:
    edit_all_evening(YUNLING)
    before, parts = text_of(YUNLING), unzipped(YUNLING.read_bytes())
    result = run("refresh", YUNLING, "--data", "新.csv")
    assert result.code == 1
    wanted = "\n".join(before)
    # 165, her own, stays: the share follows from it, not from the data's 171.
    for old, new in (("68.3", "68.8"), ("有38个", "有31个"), ("15.8", "12.9")):
        wanted = wanted.replace(old, new)
    assert "\n".join(text_of(YUNLING)) == wanted
    assert run_of(paragraph_with(YUNLING, WORKS), "31").bold
    [ours] = [text for author, text in comments_of(YUNLING) if author != SECRETARY]
    assert "“171”" in ours
    assert "“165”" in ours
    assert len(comments_of(YUNLING)) == 3
    now = unzipped(YUNLING.read_bytes())
    differing = {name for name in now if now[name] != parts.get(name)}
    assert differing == {MAIN, COMMENTS, RECORD}
    assert f'w:author="{SECRETARY}"' in now[MAIN].decode()
    assert "应完工未完工数原来在" in result.err


@pytest.mark.libreoffice
def test_after_an_evening_in_libreoffice_the_pages_are_as_many(
    run: Run, tmp_path: Path
) -> None:
    edit_all_evening(YUNLING)
    drafts = [YUNLING, CHENGHU, WANGLAN]
    for saved in libreoffice(drafts, tmp_path / "saved"):
        shutil.copy(saved, FOLDER)
    shutil.copytree(FOLDER, "原稿")
    assert run("refresh", FOLDER, "--data", "新.csv").code == 1
    assert "已开工150个，开工率75.8%" in "".join(text_of(WANGLAN))
    files = [Path("原稿") / one.name for one in drafts]
    before = [pages(pdf) for pdf in libreoffice(files, tmp_path / "before", "pdf")]
    after = [pages(pdf) for pdf in libreoffice(drafts, tmp_path / "after", "pdf")]
    assert after == before
    assert min(after) >= 4


def pages(pdf: Path) -> int:
    return pdf.read_bytes().count(b"/Type/Page/")


@pytest.mark.validator
@pytest.mark.parametrize("how", [(), ("--tracked",)])
def test_what_is_written_validates(
    run: Run, tmp_path: Path, how: tuple[str, ...]
) -> None:
    retype(YUNLING, WORKS, "164", "165")
    assert run("refresh", YUNLING, "--data", "新.csv", *how).code == 1
    assert validation_errors((tmp_path / YUNLING).resolve()) == []


# Comments -----------------------------------------------------------------------------


@pytest.fixture
def conflict(run: Run) -> Path:
    """A speech with a conflict that is told by a comment, beside one of hers."""
    retype(YUNLING, WORKS, "164", "165")
    add_comment(YUNLING, WORKS, "165", "请核")
    assert run("refresh", YUNLING, "--data", "新.csv").code == 1
    assert len(comments_of(YUNLING)) == 2
    return YUNLING


def test_a_conflict_s_comment_goes_when_she_types_the_new_figure(
    run: Run, conflict: Path
) -> None:
    retype(conflict, WORKS, "165", "171")
    assert run("refresh", conflict, "--data", "新.csv").code == 0
    assert comments_of(conflict) == [(SECRETARY, "请核")]


@pytest.mark.parametrize("side", ["data", "draft"])
def test_a_conflict_s_comment_goes_when_it_is_decided(
    run: Run, conflict: Path, side: str
) -> None:
    assert run("refresh", conflict, "--data", "新.csv", "--take", side).code == 0
    assert comments_of(conflict) == [(SECRETARY, "请核")]
    assert run("refresh", conflict, "--data", "新.csv").code == 0


def test_a_conflict_s_comment_goes_when_the_data_are_as_they_were(
    run: Run, conflict: Path, tmp_path: Path
) -> None:
    old = write_csv(tmp_path / "旧.csv", *OLD)
    assert run("refresh", conflict, "--data", old).code == 0
    assert comments_of(conflict) == [(SECRETARY, "请核")]


def test_a_conflict_over_other_new_data_says_these(
    run: Run, conflict: Path, tmp_path: Path
) -> None:
    lines = [[cell.replace("171", "180") for cell in line] for line in NEW]
    newer = write_csv(tmp_path / "更新.csv", *lines)
    assert run("refresh", conflict, "--data", newer).code == 1
    [ours] = [text for author, text in comments_of(conflict) if author != SECRETARY]
    assert "“180”" in ours
    assert "171" not in ours


def answer_ours(path: Path) -> None:
    """Answer our comment in Word: it marks its paragraphs, the answer names ours."""
    content = path.read_bytes()
    ours = '<w:p><w:r><w:t xml:space="preserve">数据更新'
    content = changed(content, COMMENTS, ours, ours.replace("<w:p>", ID.format("0A")))
    reply = (
        f'<w:comment w:id="77" w:author="{SECRETARY}">{ID.format("0B")}<w:r><w:t>'
        "已问过统计局，用165</w:t></w:r></w:p></w:comment></w:comments>"
    )
    content = changed(content, COMMENTS, "</w:comments>", reply)
    content = changed(
        content,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/{THREADS}" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.commentsExtended+xml"/></Types>',
    )
    content = changed(
        content,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        '<Relationship Id="rId991" Target="commentsExtended.xml" Type="http://schemas.'
        'microsoft.com/office/2011/relationships/commentsExtended"/></Relationships>',
    )
    threads = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/'
        'wordml"><w15:commentEx w15:paraId="0000000A" w15:done="0"/><w15:commentEx '
        'w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/>'
        "</w15:commentsEx>"
    )
    path.write_bytes(handwork.add_member(THREADS, threads.encode())(content))


ID = (
    '<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'w14:paraId="000000{}">'
)
THREADS = "word/commentsExtended.xml"


def test_her_answer_to_our_comment_is_never_lost(run: Run, conflict: Path) -> None:
    answer_ours(conflict)
    told = comments_of(conflict)
    run("refresh", conflict, "--data", "新.csv")
    assert comments_of(conflict) == told, "what it says already it does not say again"
    assert run("refresh", conflict, "--data", "新.csv", "--take", "draft").code == 0
    assert comments_of(conflict) == told
    assert THREADS in unzipped(conflict.read_bytes())
