"""merge --combined: all speeches of a run in one document, to be read and printed."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pdfplumber
import pytest
from docx import Document
from docx.document import Document as WordDocument

from assembler.office import find_office, to_pdf
from assembler.package import read_package
from tests.cli.conftest import HEAD, Run, text_of, write_csv
from tests.programs import libreoffice, validation_errors

ALL = Path("合订/全部.docx")
ROWS = [
    ("乙区讲话", "云岭区", "68.3", "陆知远"),
    ("甲区讲话", "澄湖区", "74.9", "贺同舟"),
    ("丙区讲话", "望澜区", "70.2", "沈思齐"),
]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Three complete rows, not in the order of their files' names."""
    return write_csv(tmp_path / "三行.csv", HEAD, *ROWS)


@pytest.fixture
def gap(tmp_path: Path) -> Path:
    """The same, a figure missing in the second."""
    second = ("甲区讲话", "澄湖区", "", "贺同舟")
    return write_csv(tmp_path / "缺数.csv", HEAD, ROWS[0], second, ROWS[2])


def told(text: str) -> list[str]:
    """The first paragraphs of the speeches in a document."""
    return [line for line in text_of(Path(text)) if line.startswith("今年")]


def edit(path: str, words: str = "大家抓紧干。") -> None:
    """What a person does to a draft."""
    opened = Document(path)
    opened.add_paragraph(words)
    opened.save(path)


def said(out: str) -> str:
    """What is said of the combined document."""
    [line] = [line for line in out.splitlines() if "合订" in line]
    return line


# What it holds -----------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_all_speeches_stand_in_it_in_the_order_of_the_rows(
    run: Run, template: Path, three: Path, jobs: int
) -> None:
    result = run(
        "merge", template, three, "-o", "稿", "--combined", ALL, "--jobs", jobs
    )
    assert result.code == 0
    singles = [text_of(Path(f"稿/{row[0]}.docx")) for row in ROWS]
    assert text_of(ALL) == [line for single in singles for line in single]
    assert said(result.out) == f"合订：“{ALL}”共 3 篇，按数据的次序排。"


def test_each_begins_on_a_page_of_its_own(
    run: Run, template: Path, three: Path
) -> None:
    run("merge", template, three, "-o", "稿", "--combined", ALL)
    sections = Document(str(ALL)).sections
    assert [str(section.start_type) for section in sections] == ["NEW_PAGE (2)"] * 3


def test_one_row_is_a_document_too(run: Run, template: Path, three: Path) -> None:
    run("merge", template, three, "-o", "稿", "--rows", "3", "--combined", ALL)
    assert text_of(ALL) == text_of(Path("稿/甲区讲话.docx"))


def test_the_single_drafts_are_the_same_with_and_without(
    run: Run, template: Path, three: Path
) -> None:
    run("merge", template, three, "-o", "一")
    run("merge", template, three, "-o", "二", "--combined", ALL)
    for path in Path("一").iterdir():
        assert path.read_bytes() == (Path("二") / path.name).read_bytes()


def test_an_edited_draft_is_in_it_as_it_stands(
    run: Run, template: Path, three: Path
) -> None:
    run("merge", template, three, "-o", "稿")
    edit("稿/甲区讲话.docx")
    result = run("merge", template, three, "-o", "稿", "--combined", ALL)
    assert result.code == 1
    lines = text_of(ALL)
    assert lines[4] == "大家抓紧干。"
    assert len(lines) == 7
    assert "共 3 篇" in said(result.out)
    assert "有 1 篇没有重新生成，照文件夹里现在的样子收进去" in said(result.out)


def test_a_draft_that_lost_its_record_is_in_it_too(
    run: Run, template: Path, three: Path
) -> None:
    run("merge", template, three, "-o", "稿")
    path = Path("稿/甲区讲话.docx")
    edit(str(path))
    opened = Document(str(path))
    for key, relation in list(opened.part.rels.items()):
        if relation.reltype.endswith("/customXml"):
            del opened.part.rels[key]
    opened.save(str(path))
    run("merge", template, three, "-o", "稿", "--combined", ALL)
    assert "大家抓紧干。" in text_of(ALL)


def test_a_row_with_errors_is_missing_and_that_is_said(
    run: Run, template: Path, gap: Path
) -> None:
    result = run("merge", template, gap, "-o", "稿", "--combined", ALL)
    assert result.code == 1
    assert [line[2:5] for line in told(str(ALL))] == ["云岭区", "望澜区"]
    assert said(result.out).endswith("共 2 篇，按数据的次序排。缺 1 篇：第3行。")


def test_what_is_not_our_draft_is_missing_and_that_is_said(
    run: Run, template: Path, three: Path
) -> None:
    Path("稿").mkdir()
    Path("稿/乙区讲话.docx").write_text("别人的文件", "utf-8")
    other = Document()
    other.add_paragraph("别人的稿子")
    other.save("稿/丙区讲话.docx")
    result = run("merge", template, three, "-o", "稿", "--combined", ALL)
    assert [line[2:5] for line in told(str(ALL))] == ["澄湖区"]
    assert said(result.out).endswith("缺 2 篇：第2行、第4行。")


def test_without_any_speech_no_file_is_made_and_that_is_said(
    run: Run, template: Path, tmp_path: Path
) -> None:
    data = write_csv(tmp_path / "d.csv", HEAD, ("甲", "云岭区", "", "陆知远"))
    result = run("merge", template, data, "-o", "稿", "--combined", ALL)
    assert result.code == 1
    assert not ALL.exists()
    assert said(result.out) == f"没有合订“{ALL}”：一篇稿子也没有。"


def test_with_draft_the_gaps_and_comments_stay(
    run: Run, tmp_path: Path, template: Path
) -> None:
    rows = [
        ("甲", "云岭区", "", "陆知远"),
        ("乙", "澄湖区", "0.683", "贺同舟"),
        ("丙", "望澜区", "0.702", "沈思齐"),
    ]
    data = write_csv(tmp_path / "d.csv", HEAD, *rows)
    run("merge", template, data, "-o", "稿", "--draft", "--combined", ALL)
    assert "【待补：开工率】" in text_of(ALL)[0]
    main = read_package(ALL).data("word/document.xml").decode()
    assert main.count("<w:highlight ") == 1
    opened = Document(str(ALL))
    remarks = [comment.text for comment in opened.comments]
    assert ["0.683" in remarks[0], "0.702" in remarks[1], len(remarks)] == [1, 1, 2]
    assert commented(opened) == ["0.683", "0.702"]


def commented(opened: WordDocument) -> list[str]:
    """The texts between the marks of comments, by the marks' numbers."""
    found = []
    for number in [comment.comment_id for comment in opened.comments]:
        [start] = opened.element.xpath(f"//w:commentRangeStart[@w:id={number}]")
        [end] = opened.element.xpath(f"//w:commentRangeEnd[@w:id={number}]")
        assert opened.element.xpath(f"//w:commentReference[@w:id={number}]")
        assert start.getnext().getnext() is end
        found.append(start.getnext().text)
    return found


def test_templates_of_a_folder_come_one_after_the_other(
    run: Run, template: Path, three: Path
) -> None:
    Path("模板们").mkdir()
    shutil.copy(template, "模板们/一.docx")
    opened = Document(str(template))
    opened.paragraphs[0].runs[0].text = "明年[地区]开工率[开工率]%。"
    opened.save("模板们/二.docx")
    assert run("merge", "模板们", three, "-o", "稿", "--combined", ALL).code == 0
    heads = [line[:5] for line in text_of(ALL)[::2]]
    places = ["云岭区", "澄湖区", "望澜区"]
    assert heads == [f"{year}{p}" for year in ("今年", "明年") for p in places]


# What it is --------------------------------------------------------------------------


def test_it_is_no_draft(run: Run, template: Path, three: Path) -> None:
    run("merge", template, three, "-o", "稿", "--combined", ALL)
    members = read_package(ALL).members
    main = members["word/document.xml"].data().decode()
    assert "字段_" not in main
    assert not any(b"urn:assembler:record" in m.data() for m in members.values())
    plain = Document()
    plain.add_paragraph("今年云岭区开工率68.3%。")
    plain.save("普通.docx")
    usual = run("refresh", "普通.docx", "--data", three)
    result = run("refresh", ALL, "--data", three)
    assert result.code == usual.code == 4
    assert result.err == usual.err.replace("普通.docx", ALL.name)


def test_equal_input_gives_equal_bytes(run: Run, template: Path, three: Path) -> None:
    for folder in ("一", "二"):
        run("merge", template, three, "-o", folder, "--combined", f"{folder}合.docx")
    assert Path("一合.docx").read_bytes() == Path("二合.docx").read_bytes()


def test_json_tells_its_path(run: Run, template: Path, gap: Path) -> None:
    result = run(
        "merge", template, gap, "-o", "稿", "--combined", "全部.docx", "--json"
    )
    assert result.json["combined"] == "全部.docx"
    assert [entry["row"] for entry in result.json["written"]] == [2, 4]
    assert result.err == ""


def test_json_says_null_where_there_is_none(
    run: Run, template: Path, gap: Path
) -> None:
    arguments = ["-o", "稿", "--rows", "3", "--combined", "全部.docx", "--json"]
    result = run("merge", template, gap, *arguments)
    assert result.json["combined"] is None
    assert not Path("全部.docx").exists()


# What lies in its place --------------------------------------------------------------


def test_one_that_nobody_touched_is_replaced(
    run: Run, template: Path, three: Path
) -> None:
    run("merge", template, three, "-o", "稿", "--rows", "2", "--combined", ALL)
    Document(str(ALL)).save(str(ALL))
    result = run("merge", template, three, "-o", "稿", "--combined", ALL)
    assert result.code == 0
    assert len(text_of(ALL)) == 6
    assert [path.name for path in ALL.parent.iterdir()] == [ALL.name]


def write_on(path: Path) -> None:
    edit(str(path), "第二篇讲得太长。")


def foreign(path: Path) -> None:
    other = Document()
    other.add_paragraph("别人的文件")
    other.save(str(path))


def no_document(path: Path) -> None:
    path.write_bytes(b"mine")


OURS, THEIRS = "已经有人改过，没有覆盖", "不是合订出来的，没有覆盖"


@pytest.mark.parametrize(
    ("work", "words"), [(write_on, OURS), (foreign, THEIRS), (no_document, THEIRS)]
)
def test_somebodys_file_is_refused_before_anything_is_made(
    run: Run, template: Path, three: Path, work: object, words: str
) -> None:
    run("merge", template, three, "-o", "稿", "--combined", ALL)
    assert callable(work)
    work(ALL)
    before = ALL.read_bytes()
    result = run("merge", template, three, "-o", "新稿", "--combined", ALL)
    assert result.code == 5
    assert words in result.err
    assert "--force" in result.err
    assert ALL.read_bytes() == before
    assert not Path("新稿").exists()


@pytest.mark.parametrize("work", [write_on, foreign, no_document])
def test_force_replaces_it_and_keeps_a_backup(
    run: Run, template: Path, three: Path, work: object
) -> None:
    run("merge", template, three, "-o", "稿", "--combined", ALL)
    assert callable(work)
    work(ALL)
    before = ALL.read_bytes()
    result = run("merge", template, three, "-o", "稿", "--combined", ALL, "--force")
    assert result.code == 0
    assert len(text_of(ALL)) == 6
    assert ALL.with_stem("全部（备份）").read_bytes() == before
    assert "已留底" in result.out


def test_one_that_is_open_is_refused_even_by_force(
    run: Run, template: Path, three: Path
) -> None:
    run("merge", template, three, "-o", "稿", "--combined", ALL)
    ALL.with_name(".~lock.全部.docx#").touch()
    result = run("merge", template, three, "-o", "稿", "--combined", ALL, "--force")
    assert result.code == 5
    assert "打开着" in result.err


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("全部.pdf", 2, ".docx"),
        ("全部", 2, ".docx"),
        ("模板.docx", 2, "模板"),
        ("./模板.DOCX", 2, "模板"),
        ("稿/甲区讲话.docx", 2, "第3行"),
        ("稿/../稿/甲区讲话.docx", 2, "第3行"),
        ("文件夹.docx", 5, "文件夹"),
        ("三行.csv/全部.docx", 5, "三行.csv"),
    ],
)
def test_a_path_that_cannot_be_meant_is_refused_before_anything_is_made(
    run: Run, template: Path, three: Path, path: str, code: int, words: str
) -> None:
    if path.endswith("DOCX") and not Path(path).exists():
        template.rename(path)
        template = Path(path)
    Path("文件夹.docx").mkdir()
    result = run("merge", template, three, "-o", "稿", "--combined", path, "--force")
    assert result.code == code
    assert words in result.err
    assert "--combined" in result.err
    assert not Path("稿").exists()


def test_the_folder_of_the_templates_is_refused(
    run: Run, template: Path, three: Path
) -> None:
    Path("模板们").mkdir()
    shutil.copy(template, "模板们/一.docx")
    command = ["merge", "模板们", three, "-o", "稿", "--combined", "模板们/全部.docx"]
    result = run(*command)
    assert result.code == 2
    assert "会被当成模板" in result.err
    assert [path.name for path in Path("模板们").iterdir()] == ["一.docx"]


def test_beside_the_drafts_it_is_made_with_a_word_of_warning(
    run: Run, template: Path, three: Path
) -> None:
    result = run("merge", template, three, "-o", ".", "--combined", "全部.docx")
    assert result.code == 0
    assert "和稿子放在一个文件夹" in result.err
    assert len(text_of(Path("全部.docx"))) == 6


def test_a_full_disk_leaves_the_single_drafts(
    run: Run, template: Path, tmp_path: Path
) -> None:
    if sys.platform == "win32":
        pytest.skip("needs a limit on the size of files")
    random = Random(5)  # noqa: S311 - text, not secrets
    rows = [(f"{n}", "云岭区", "68.3", hanzi(random, 3000)) for n in range(6)]
    data = write_csv(tmp_path / "d.csv", HEAD, *rows)
    run("merge", template, data, "-o", "旧稿", "--combined", "全部.docx")
    largest = max(path.stat().st_size for path in Path("旧稿").iterdir())
    whole = Path("全部.docx").stat().st_size
    command = [sys.executable, "-c", FULL, str((largest + whole) // 2)]
    command += ["merge", str(template), str(data), "-o", "稿"]
    command += ["--combined", "新.docx", "--json"]
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    done = subprocess.run(
        command, env=environment, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 5
    assert "写不了“新.docx”" in done.stderr
    assert json.loads(done.stdout)["combined"] is None
    assert len(list(Path("稿").iterdir())) == len(rows)
    assert not Path("新.docx").exists()
    assert not list(Path().glob(".~*"))


def hanzi(random: Random, count: int) -> str:
    """Text that does not get smaller when it is packed."""
    return "".join(chr(random.randint(0x4E00, 0x9FA5)) for _ in range(count))


FULL = """
import resource, signal, sys
from assembler.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
main()
"""


# Other programs ----------------------------------------------------------------------


@dataclass(frozen=True)
class Printed:
    """Printed pages, blank backs of sheets left out.

    Attributes:
        feet: the last line of each.
        text: the others, without what parts them: a bookmark in the draft may make
            LibreOffice break a line elsewhere.
    """

    feet: list[str]
    text: str


def printed(paths: Iterable[Path]) -> Iterator[Printed]:
    for one in to_pdf(list(paths), 60):
        with pdfplumber.open(io.BytesIO(one.content or b"")) as pdf:
            pages = [page.extract_text().splitlines() for page in pdf.pages]
        pages = [page for page in pages if page]
        text = "".join(line for page in pages for line in page[:-1])
        yield Printed([page[-1] for page in pages], "".join(text.split()))


@pytest.mark.libreoffice
@pytest.mark.validator
def test_the_installed_command_makes_a_document_that_others_open(
    tmp_path: Path,
) -> None:
    if find_office() is None:
        libreoffice([], tmp_path, "pdf")
    bundled = ["工作部署", "重点项目进度", "--rows", "2-3"]
    of_bundled = installed(tmp_path, bundled, "一")
    assert validation_errors(of_bundled[-1]) == []
    *singles, whole = printed(of_bundled)
    assert whole.feet == [foot for single in singles for foot in single.feet]
    assert whole.feet[:4] == [f"— {number} —" for number in range(1, 5)]
    assert whole.text == "".join(single.text for single in singles)


def installed(folder: Path, arguments: list[str], output: str) -> list[Path]:
    """The drafts that the command makes, and the combined document behind them."""
    combined = f"{output}合.docx"
    command = [sys.executable, "-m", "assembler.cli", "merge", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run(
        [*command, "-o", output, "--combined", combined, "--json"],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )
    singles = sorted((folder / output).iterdir(), key=lambda p: p.stat().st_mtime_ns)
    return [*singles, folder / combined]
