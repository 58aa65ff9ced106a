"""proof reads every story of a document, says exactly where, and writes comments."""

import re
import time
from pathlib import Path

import pytest

from assembler.document import Document
from assembler.errors import UseError
from assembler.findings import Severity
from assembler.proof import (
    CODES,
    Proofread,
    Unread,
    proof_document,
    proofread,
    read_all,
    write_comments,
)
from assembler.rules_text import Office
from assembler.settings import Settings
from tests.documents import (
    PAGE_BREAK,
    box,
    cell,
    comment,
    complex_field,
    control,
    deleted,
    document,
    guide,
    inserted,
    lines,
    link,
    note,
    p,
    r,
    row,
    simple_field,
    table,
    unzipped,
)
from tests.drafting import bundled_drafts
from tests.programs import libreoffice, validation_errors
from tests.speeches import BODY, SALUTATION, body, codes, remarks, speech, title, whole

ROOT = Path(__file__).parents[1]
BLANK = "今年已开工x个项目。"


def read(content: bytes, settings: Settings | None = None) -> Proofread:
    opened = Document.parse(content, "稿子.docx")
    return proof_document(opened, Path("稿子.docx"), settings or Settings())


def blanks(content: bytes) -> list[str | None]:
    """Where the blanks are that proof finds, and the words around."""
    found = [one for one in read(content).findings if one.code == "leftover-blank"]
    return [f"{one.message.partition('：')[0]} {one.excerpt}" for one in found]


# Stories -----------------------------------------------------------------------------

STORIES: list[tuple[str, bytes, str]] = [
    ("the body", document(p("开篇。"), p(BLANK)), "正文第2段"),
    ("a table", document(table(row("项目", BLANK))), "正文第2段"),
    ("a text box", document(p("开篇。", box(p(BLANK)))), "正文第2段"),
    ("a header", document(p(BODY), headers={"default": p(BLANK)}), "页眉第1段"),
    ("a footer", document(p(BODY), footers={"even": p(BLANK)}), "页脚第1段"),
    ("a footnote", document(p(BODY, note(1)), footnotes=[p(BLANK)]), "脚注第1段"),
    (
        "an endnote",
        document(p(BODY, note(1, "endnote")), endnotes=[p(BLANK)]),
        "尾注第1段",
    ),
    ("a field's result", document(p(complex_field(" REF a ", BLANK))), "正文第1段"),
    ("a short field", document(p(simple_field(" REF a ", BLANK))), "正文第1段"),
    ("a content control", document(p(control("开工数", BLANK))), "正文第1段"),
    ("a link", document(p(link(BLANK))), "正文第1段"),
    ("inserted text", document(p(inserted(BLANK))), "正文第1段"),
    ("several runs", document(p("今年已开工", "x", "个项", "目。")), "正文第1段"),
]


@pytest.mark.parametrize(
    ("content", "place"),
    [pytest.param(c, place, id=what) for what, c, place in STORIES],
)
def test_a_blank_is_found_in_every_story(content: bytes, place: str) -> None:
    assert blanks(content) == [f"{place} 今年已开工〖x〗个项目。"]


UNREAD: list[tuple[str, bytes]] = [
    ("a comment", document(p(comment(0, BODY)), comments=[BLANK])),
    ("deleted text", document(p(BODY, deleted(BLANK)))),
    ("a field's code", document(p(complex_field(" REF 开工x个 ", BODY)))),
    ("the guide", document(p(BODY), guide(("开工率", "百分比", "%", "", "如x个")))),
    ("the second form of a text box", document(p(box(p(BODY))))),
]


@pytest.mark.parametrize(
    "content", [pytest.param(content, id=what) for what, content in UNREAD]
)
def test_what_nobody_reads_is_not_proofread(content: bytes) -> None:
    assert blanks(content) == []


def test_a_text_box_is_read_once() -> None:
    assert len(blanks(document(p(box(p(BLANK)))))) == 1


def test_a_page_break_is_no_soft_return() -> None:
    assert "soft-return" not in codes(document(p(BODY, PAGE_BREAK), p(BODY)))
    assert "soft-return" in codes(document(p("在会上\n的讲话"), p(BODY)))


def test_page_numbers_give_no_finding() -> None:
    assert codes(whole()) == set()


def test_an_indented_salutation_is_found_by_its_style() -> None:
    salutation = p("同志们：", properties='<w:ind w:firstLineChars="200"/>')
    assert "salutation-form" in codes(speech(title(), salutation, BODY))
    assert "salutation-form" not in codes(speech(title(), SALUTATION, BODY))


@pytest.mark.parametrize("name", ["工作部署", "总结推进", "问题整改"])
def test_the_bundled_speeches_give_no_finding(name: str) -> None:
    assert read(bundled_drafts()[name]).findings == []


@pytest.mark.libreoffice
def test_a_speech_that_libreoffice_saved_gives_no_finding(tmp_path: Path) -> None:
    files = []
    for name, content in bundled_drafts().items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(content)
    (tmp_path / "存").mkdir()
    for saved in libreoffice(files, tmp_path / "存"):
        assert proofread(saved, Settings()).findings == []


def test_a_speech_with_planted_slips_is_read_within_a_second() -> None:
    folder = Path(__file__).parent
    text = (folder / "planted_slips.txt").read_text("utf-8").rstrip("\n").split("\n")
    table_ = (folder / "planted_slips.tsv").read_text("utf-8").splitlines()
    planted = [line.split("\t")[:2] for line in table_ if not line.startswith("#")]
    content = document(*(p(line) for line in text))
    settings = Settings(office=Office(own_places=("清河区",)))
    began = time.perf_counter()
    found = {(one.paragraph, one.code) for one in read(content, settings).remarks}
    assert time.perf_counter() - began < 1
    missed = [(n, code) for n, code in planted if (int(n), code) not in found]
    assert len(planted) >= 40
    assert len(missed) <= 2, missed


def test_reading_twice_finds_the_same() -> None:
    content = document(
        p(BLANK), p("完成投资12亿元亿元。"), headers={"default": p("x个")}
    )
    assert read(content).findings == read(content).findings


def test_the_worst_comes_first() -> None:
    content = document(p("已经完成 了一批项目,效果很好。"), p(BLANK))
    ranks = [one.severity.rank for one in read(content).findings]
    assert ranks == sorted(ranks)
    assert ranks[0] == Severity.ERROR.rank


# Lengths -----------------------------------------------------------------------------


def test_only_what_is_spoken_takes_time() -> None:
    head, table_ = title(), table(row("项目" * 50, "进度"))
    short = read(speech(SALUTATION, BODY)).length
    long = read(speech(head, p("（2026年1月5日）"), SALUTATION, BODY, table_)).length
    assert short.syllables == long.syllables
    assert short.characters < long.characters


def test_pages_are_reckoned_where_lines_have_a_fixed_height() -> None:
    assert read(bundled_drafts()["工作部署"]).pages == 4
    assert read(document(p(BODY))).pages is None


# Accepting for good ------------------------------------------------------------------


def test_an_ignored_code_is_not_reported() -> None:
    content = whole("已经完成 了一批项目。")
    assert "stray-space" in codes(content)
    ignoring = Settings(ignore=frozenset({"stray-space"}))
    assert [one.code for one in remarks(content, ignoring)] == []


def test_an_accepted_stretch_is_not_reported_elsewhere_it_is() -> None:
    content = whole(BLANK, "今年已完工X个项目。")
    accepting = Settings(accepted=frozenset({("leftover-blank", "x")}))
    assert [one.paragraph for one in remarks(content, accepting)] == [4]


def test_a_code_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(UseError, match="leftover-blank"):
        list(read_all([], ["leftover-blanc"]))


def test_every_code_that_proof_gives_can_be_ignored() -> None:
    found = {code for _, content, _ in STORIES for code in codes(content)}
    assert found <= CODES


# Comments ----------------------------------------------------------------------------


def commented(content: bytes, folder: Path) -> tuple[Path, list[tuple[str, str]]]:
    """The copy with comments, and per comment its first line and what it is about."""
    path = folder / "稿子.docx"
    path.write_bytes(content)
    copy = write_comments(proofread(path, Settings()))
    members = unzipped(copy.read_bytes())
    texts = {
        part.split('"')[0]: part.split("</w:t>")[0].rpartition(">")[2]
        for part in members["word/comments.xml"].decode().split('<w:comment w:id="')[1:]
    }
    main = members["word/document.xml"].decode()
    return copy, [(texts[number], _between(main, number)) for number in sorted(texts)]


def _between(main: str, number: str) -> str:
    start = main.index(f'<w:commentRangeStart w:id="{number}"/>')
    stretch = main[start : main.index(f'<w:commentRangeEnd w:id="{number}"/>')]
    pieces = stretch.split("</w:t>")[:-1]
    return "".join(piece.rpartition(">")[2] for piece in pieces)


def test_a_comment_stands_at_the_very_words(tmp_path: Path) -> None:
    content = whole(
        body("今年已开工", r("x", "<w:b/>"), "个项目，共完成", "12亿元亿元。")
    )
    _, found = commented(content, tmp_path)
    assert [words for text, words in found if "空白处" in text] == ["x"]
    assert [words for text, words in found if "重复" in text] == ["亿元亿元"]


def test_a_copy_with_comments_says_the_same(tmp_path: Path) -> None:
    for name, (_, content, _) in enumerate(STORIES):
        folder = tmp_path / str(name)
        folder.mkdir()
        copy, found = commented(content, folder)
        assert lines(copy.read_bytes()) == lines(content)
        assert found


def test_what_is_wrong_with_a_header_is_said_in_the_body(tmp_path: Path) -> None:
    _, found = commented(document(p(BODY), headers={"default": p(BLANK)}), tmp_path)
    assert ("页眉第1段：空白处“x”还没有填。", BODY[0]) in found


def test_what_is_wrong_with_a_note_is_said_at_its_number(tmp_path: Path) -> None:
    content = document(p(BODY, note(1), "完。"), footnotes=[p(BLANK)])
    copy, _ = commented(content, tmp_path)
    main = unzipped(copy.read_bytes())["word/document.xml"].decode()
    before = main[: main.index("<w:footnoteReference")]
    assert before.rindex("<w:commentRangeStart") > before.rindex("</w:t>")


def test_what_is_wrong_in_a_text_box_is_said_where_that_hangs(tmp_path: Path) -> None:
    copy, found = commented(document(p(BODY, box(p(BLANK)))), tmp_path)
    assert any("空白处" in text for text, _ in found)
    main = unzipped(copy.read_bytes())["word/document.xml"].decode()
    held = re.findall("<w:txbxContent>.*?</w:txbxContent>", main)
    assert held
    # Word ignores comments in text boxes ([MS-OI29500] 2.1.315).
    assert not [text for text in held if "comment" in text]


def test_an_empty_paragraph_can_bear_a_comment(tmp_path: Path) -> None:
    content = whole(BODY, p(), BODY)
    _, found = commented(content, tmp_path)
    assert any("空行" in text for text, _ in found)


@pytest.mark.validator
def test_a_copy_with_comments_validates(tmp_path: Path) -> None:
    content = document(
        p(r("同志们 ："), link(BLANK), box(p(BLANK)), inserted("x个")),
        table(row("项目", cell(p(control("数", BLANK))))),
        p(complex_field(" REF a ", BLANK), comment(0, "x个")),
        p(),
        p(note(1)),
        footnotes=[p(BLANK)],
        headers={"default": p(BLANK)},
        comments=["请核"],
    )
    copy, found = commented(content, tmp_path)
    assert len(found) > 5
    assert validation_errors(copy) == []


def test_a_persons_copy_is_never_overwritten(tmp_path: Path) -> None:
    own = tmp_path / "稿子（校对）.docx"
    own.write_bytes(b"mine")
    copy, _ = commented(whole(BLANK), tmp_path)
    assert copy.name == "稿子（校对2）.docx"
    assert own.read_bytes() == b"mine"
    again, _ = commented(whole(BLANK), tmp_path)
    assert again == copy


# Several documents -------------------------------------------------------------------


def test_a_document_that_cannot_be_read_does_not_stop_the_others(
    tmp_path: Path,
) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK")
    (tmp_path / "好.docx").write_bytes(whole())
    found = list(read_all(sorted(tmp_path.glob("*.docx")), []))
    assert [type(one) for one in found] == [Unread, Proofread]


def test_settings_are_those_of_the_documents_folder(tmp_path: Path) -> None:
    (tmp_path / "稿子.docx").write_bytes(whole("已经完成 了一批项目。"))
    settings = '[proof]\nignore = ["stray-space"]\n'
    (tmp_path / "assembler.toml").write_text(settings, "utf-8")
    [found] = read_all([tmp_path / "稿子.docx"], [])
    assert isinstance(found, Proofread)
    assert found.remarks == ()


def test_an_empty_document_gives_no_finding() -> None:
    assert read(document()).findings == []
