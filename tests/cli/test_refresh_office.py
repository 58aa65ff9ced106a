"""The evening before the meeting: refresh among the other programs of an office."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import handwork, libreoffice_hand
from tests.bundled_evening import (
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
from tests.cli.conftest import Run, text_of, write_csv
from tests.documents import (
    box,
    cell,
    changed,
    comment,
    complex_field,
    control,
    document,
    field,
    guide,
    inserted,
    link,
    note,
    p,
    row,
    simple_field,
    table,
    unzipped,
    zipped,
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


@pytest.mark.libreoffice
def test_what_a_person_does_in_libreoffice_stays(run: Run) -> None:
    libreoffice_hand.work(
        YUNLING,
        libreoffice_hand.retype("目前已开工", "164", "165"),
        libreoffice_hand.retype("各级各部门", "一边应对、一边推进", "边干边看"),
        libreoffice_hand.bold("应开工未开工的还有", "38"),
        libreoffice_hand.copy("一是开工还不够快"),
        libreoffice_hand.delete("四要抓好项目收尾交付"),
        libreoffice_hand.track(on=True),
        libreoffice_hand.retype("用地问题由", "陆知远", "柏允之"),
    )
    before = text_of(YUNLING)
    result = run("refresh", YUNLING, "--data", "新.csv", "--json")
    wanted = "\n".join(before)
    for old, new in (("68.3", "68.8"), ("有38个", "有31个"), ("15.8", "12.9")):
        assert wanted.count(old) == 2
        wanted = wanted.replace(old, new)
    assert "\n".join(text_of(YUNLING)) == wanted
    assert run_of(paragraph_with(YUNLING, WORKS), "31").bold
    told = [(one["code"], one["field"]) for one in result.json["findings"]]
    assert told.count(("both-changed", "已开工数")) == 2
    assert ("kept-by-hand", "牵头领导") in told
    assert ("place-lost", "应完工未完工数") in told
    assert len(comments_of(YUNLING)) == 2
    once = YUNLING.read_bytes()
    run("refresh", YUNLING, "--data", "新.csv")
    assert YUNLING.read_bytes() == once


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


def test_a_figure_that_she_kept_is_not_said_to_be_what_was_filled_in(
    run: Run, conflict: Path, tmp_path: Path
) -> None:
    assert run("refresh", conflict, "--data", "新.csv", "--take", "draft").code == 0
    lines = [[cell.replace("171", "180") for cell in line] for line in NEW]
    newer = write_csv(tmp_path / "更新.csv", *lines)
    [told] = [
        one["message"]
        for one in run("refresh", conflict, "--data", newer, "--json").json["findings"]
        if one["code"] == "both-changed"
    ]
    assert "上次的数据是“171”，稿子里是人改的“165”，数据现在是“180”" in told


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


# Places where Word shows no comments --------------------------------------------------

STORIES = document(
    p("目前已开工", field("开工数", "X"), "个项目，请抓紧推进。"),
    p("见框", box(p("完成投资", field("投资", "X"), "亿元，仍需努力。")), note(1)),
    p(
        "又见框",
        box(p("报批用地", field("用地", "X"), "亩，仍需努力。")),
        note(2, "endnote"),
    ),
    table(row(cell(p("合计", field("合计", "X"), "个")), cell("备注"))),
    p(complex_field(" PAGE ", "1"), control("", "请核"), link("另见附件")),
    p(comment(0, "这句话"), inserted("新加的话")),
    guide(
        ("开工数", "数量", "个", "", ""),
        ("投资", "金额", "亿元", "", ""),
        ("用地", "数量", "亩", "", ""),
        ("合计", "数量", "个", "", ""),
        ("排名", "位次", "位", "", ""),
        ("页脚数", "数量", "个", "", ""),
        ("同比", "百分比", "%", "", ""),
        ("尾注数", "数量", "个", "", ""),
    ),
    headers={"default": p("全市排名第", field("排名", "X"), "位的情况通报")},
    footers={
        "default": p("共有", field("页脚数", "X"), "个附件", simple_field("PAGE"))
    },
    footnotes=[p("同比增长", field("同比", "X"), "%，由统计局核定。")],
    endnotes=[p("另有", field("尾注数", "X"), "个待定。")],
    comments=["张三的批注"],
)
STORY_HEAD = (
    *("文件名", "开工数", "投资", "用地", "合计"),
    *("排名", "页脚数", "同比", "尾注数"),
)
STORY_OLD = ("甲", "164", "12.6", "350", "217", "7", "19", "3.2", "23")
STORY_HERS = ("甲", "165", "13.0", "360", "218", "6", "18", "3.5", "24")
STORY_NEW = ("甲", "171", "15.8", "410", "233", "5", "17", "4.1", "26")


@pytest.fixture
def stories(run: Run, tmp_path: Path) -> Path:
    """A draft with figures in all its stories, and pictures and parts of others."""
    Path("模板.docx").write_bytes(with_strange_parts(STORIES))
    write_csv(tmp_path / "旧.csv", STORY_HEAD, STORY_OLD)
    write_csv(tmp_path / "新的.csv", STORY_HEAD, STORY_NEW)
    assert run("merge", "模板.docx", "旧.csv", "-o", ".").code == 0
    return Path("甲.docx")


def with_strange_parts(content: bytes) -> bytes:
    """With a picture, another program's data and properties that must all stay."""
    content = changed(
        content,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rId881" Type="{OFFICE}/image" Target="media/image1.png"/>'
        f'<Relationship Id="rId882" Type="{OFFICE}/customXml" '
        'Target="../customXml/item7.xml"/></Relationships>',
    )
    content = changed(
        content,
        "[Content_Types].xml",
        "</Types>",
        '<Default Extension="png" ContentType="image/png"/></Types>',
    )
    picture = handwork.add_member("word/media/image1.png", b"\x89PNG\r\n\x1a\n")
    others = handwork.add_member("customXml/item7.xml", b"<a xmlns='urn:b'> 1 </a>")
    return others(picture(content))


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def as_hers(content: bytes) -> bytes:
    """Each figure changed by hand."""
    for old, new in zip(STORY_OLD[1:], STORY_HERS[1:], strict=True):
        members = unzipped(content)
        texts = {
            name: data.replace(f">{old}<".encode(), f">{new}<".encode())
            for name, data in members.items()
            if name.startswith("word/") and name.endswith(".xml")
        }
        content = zipped(members | texts)
    return content


def stories_of(path: Path) -> str:
    """The markup of all stories, one after the other."""
    members = unzipped(path.read_bytes())
    names = ("document", "header1", "footer1", "footnotes", "endnotes")
    return "".join(members[f"word/{name}.xml"].decode() for name in names)


@pytest.mark.validator
def test_conflicts_in_headers_notes_and_boxes_are_told_without_comments(
    run: Run, stories: Path
) -> None:
    stories.write_bytes(as_hers(stories.read_bytes()))
    before = unzipped(stories.read_bytes())
    result = run("refresh", stories, "--data", "新的.csv")
    assert result.code == 1
    told = "".join(result.err.split())
    for figure in STORY_NEW[1:]:
        assert f"数据现在是“{figure}”，稿子没有动" in told
    ours = [text for author, text in comments_of(stories) if author != "张三"]
    assert [text.partition("现在应是")[2][:5] for text in ours] == ["“171”", "“233”"]
    now = unzipped(stories.read_bytes())
    same = {name for name in before if now[name] == before[name]}
    assert before.keys() - same == {MAIN, COMMENTS, record_of(now)}
    assert validation_errors(stories.resolve()) == []


def record_of(members: dict[str, bytes]) -> str:
    [name] = [n for n, data in members.items() if b"assembler:record" in data[:200]]
    return name


@pytest.mark.validator
@pytest.mark.parametrize("how", [(), ("--tracked",)])
def test_new_figures_go_into_all_stories_and_nothing_else_changes(
    run: Run, stories: Path, how: tuple[str, ...]
) -> None:
    before, text = unzipped(stories.read_bytes()), stories_of(stories)
    assert run("refresh", stories, "--data", "新的.csv", *how).code == 0
    now = unzipped(stories.read_bytes())
    assert {name for name in now if now[name] != before.get(name)} == {
        *(MAIN, "word/header1.xml", "word/footer1.xml"),
        *("word/footnotes.xml", "word/endnotes.xml", record_of(now)),
    }
    for old, new in zip(STORY_OLD, STORY_NEW, strict=True):
        text = text.replace(f">{old}<", f">{new}<")
    if not how:
        assert stories_of(stories) == text
    assert validation_errors(stories.resolve()) == []


# What is foretold ---------------------------------------------------------------------


def test_a_dry_run_foretells_what_is_done_and_leaves_no_trace(run: Run) -> None:
    edit_all_evening(YUNLING)
    retype(CHENGHU, "三是投资", "204.9", "205.1")
    before = {path: path.read_bytes() for path in Path().rglob("*.*") if path.is_file()}
    foretold = run("refresh", FOLDER, "--data", "新.csv", "--dry-run", "--json")
    after = {path: path.read_bytes() for path in Path().rglob("*.*") if path.is_file()}
    assert after == before
    shown = run("refresh", FOLDER, "--data", "新.csv", "--dry-run").out
    done = run("refresh", FOLDER, "--data", "新.csv", "--json")
    assert foretold.code == done.code == 1
    assert foretold.json["findings"] == done.json["findings"]
    for told, real in zip(
        foretold.json["refreshed"], done.json["refreshed"], strict=True
    ):
        assert {**told, "written": None} == {**real, "written": None}
        assert not told["written"]
        for change in real["changes"]:
            if change["verdict"] == "updated":
                line = f"  {change['field']}  {change['draft']} → {change['data']}  "
                assert line in shown
    assert [one["written"] for one in done.json["refreshed"]].count(True) == 3


def test_json_is_one_document_with_the_contracts_keys(run: Run) -> None:
    retype(YUNLING, WORKS, "164", "165")
    Path("坏.docx").write_bytes(b"PK")
    result = run("refresh", YUNLING, "坏.docx", "--data", "新.csv", "--json")
    assert result.code == 4
    assert result.err == ""
    worst = {one["code"]: one for one in result.json["findings"]}
    assert list(worst["both-changed"]) == [
        *("code", "severity", "message", "file", "row", "field"),
        *("part", "paragraph", "excerpt", "hint"),
    ]
    assert worst["both-changed"]["file"] == str(YUNLING)
    assert worst["both-changed"]["field"] == "已开工数"
    assert worst["both-changed"]["paragraph"] == 7
    assert worst["unusable-draft"]["file"] == "坏.docx"
    assert [one["draft"] for one in result.json["refreshed"]] == [
        str(YUNLING),
        "坏.docx",
    ]


# merge on drafts ----------------------------------------------------------------------


def merge(run: Run, data: str, *how: str) -> tuple[int, list[str]]:
    """The exit code of merge, and the drafts that it did not replace."""
    command = "merge", "工作部署", data, "-o", FOLDER, "--json"
    result = run(*command, *how)
    return result.code, [one["file"] for one in result.json["skipped"]]


@pytest.mark.libreoffice
def test_a_mere_save_is_no_edit_and_a_comma_is_one(run: Run, tmp_path: Path) -> None:
    comma = handwork.rewrite("，把紧迫感提起来", "、把紧迫感提起来")
    CHENGHU.write_bytes(comma(CHENGHU.read_bytes()))
    for saved in libreoffice([YUNLING, CHENGHU], tmp_path / "saved"):
        shutil.copy(saved, FOLDER)
    assert merge(run, "新.csv") == (1, [str(CHENGHU)])
    assert "已开工171个" in "".join(text_of(YUNLING))
    assert "、把紧迫感提起来" in "".join(text_of(CHENGHU))


def test_merge_points_to_refresh_and_forced_keeps_a_backup(run: Run) -> None:
    retype(YUNLING, WORKS, "164", "165")
    edited = YUNLING.read_bytes()
    refused = run("merge", "工作部署", "新.csv", "-o", FOLDER)
    assert refused.code == 1
    assert "assembler refresh" in refused.err
    assert YUNLING.read_bytes() == edited
    assert merge(run, "新.csv", "--force") == (0, [])
    backup = YUNLING.with_stem(f"{YUNLING.stem}（备份）")
    assert backup.read_bytes() == edited
    # What a shell makes of *.docx: the backup is not refreshed as well.
    drafts = sorted(FOLDER.glob("*.docx"))
    assert backup in drafts
    assert run("refresh", *drafts, "--data", "新.csv").code == 0
    assert backup.read_bytes() == edited


def test_after_refresh_merge_replaces_what_nobody_edited_and_only_that(
    run: Run,
) -> None:
    rewritten = handwork.rewrite("必须把话说透", "要把话说开")
    YUNLING.write_bytes(rewritten(YUNLING.read_bytes()))
    assert run("refresh", FOLDER, "--data", "新.csv").code == 0
    assert merge(run, "重点项目进度") == (1, [str(YUNLING)])
    assert "要把话说开" in "".join(text_of(YUNLING))
    assert "已开工171个" in "".join(text_of(YUNLING))
    assert "已开工142个" in "".join(text_of(WANGLAN))


def test_no_file_but_the_drafts_is_left_behind(run: Run) -> None:
    before = sorted(path.name for path in FOLDER.iterdir())
    assert run("refresh", FOLDER, "--data", "新.csv").code == 0
    assert sorted(path.name for path in FOLDER.iterdir()) == before


@contextmanager
def full_disk() -> Iterator[None]:
    """A disk on which there is room for a kilobyte."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_drafts_that_cannot_be_written_exit_with_5_and_are_as_they_were(
    run: Run,
) -> None:
    before = {path: path.read_bytes() for path in FOLDER.iterdir()}
    with full_disk():
        result = run("refresh", FOLDER, "--data", "新.csv")
    assert result.code == 5
    assert "没有更新，还是原来的样子" in result.err
    assert {path: path.read_bytes() for path in FOLDER.iterdir()} == before
