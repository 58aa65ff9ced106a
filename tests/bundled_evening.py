"""The evening before the meeting: sample speeches, new data, a secretary's edits."""

import csv
from copy import deepcopy
from pathlib import Path

from docx import Document
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assembler.bundled import resolve_data
from assembler.wordml import remove
from tests import handwork

FOLDER = Path("讲话稿/工作部署")
SECRETARY = "章若川"


def speech(place: str) -> Path:
    """Where merge puts a place's speech."""
    return FOLDER / f"{place}重点项目推进会讲话.docx"


YUNLING, CHENGHU, WANGLAN = map(speech, ("云岭区", "澄湖区", "望澜区"))


def lines_of(data: Path) -> list[list[str]]:
    """The cells of a CSV file."""
    with data.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


OLD = lines_of(resolve_data(Path("重点项目进度")))
HEAD = OLD[0]


def with_new(changes: dict[str, dict[str, str]]) -> list[list[str]]:
    """The sample data with other cells: place → column → text."""
    found = [list(line) for line in OLD]
    for line in found:
        for column, text in changes.get(line[1], {}).items():
            line[HEAD.index(column)] = text
    return found


# Shares are left to be calculated.
NEW = with_new(
    {
        "云岭区": {
            "已开工数": "171",
            "开工率": "",
            "应开工未开工数": "31",
            "应开工未开工占比": "",
            "应完工未完工数": "11",
        },
        "澄湖区": {
            "今年前十月投资": "209.3",
            "占年度计划比": "",
            "占上年全年比": "",
            "投资差距": "",
        },
        "望澜区": {"已开工数": "150", "开工率": ""},
    }
)


def paragraph_with(path: Path, words: str) -> Paragraph:
    """The first paragraph with these words."""
    paragraphs = Document(str(path)).paragraphs
    return next(one for one in paragraphs if words in one.text)


def run_of(paragraph: Paragraph, text: str) -> Run:
    """The run that holds just this text."""
    return next(run for run in paragraph.runs if run.text == text)


def retype(path: Path, words: str, old: str, new: str) -> None:
    """Change a figure from inside, in the paragraph with these words."""
    opened = Document(str(path))
    paragraph = next(one for one in opened.paragraphs if words in one.text)
    run_of(paragraph, old).text = new
    opened.save(str(path))


def add_comment(path: Path, words: str, figure: str, text: str) -> None:
    """Let the secretary comment a figure, in the paragraph with these words."""
    opened = Document(str(path))
    paragraph = next(one for one in opened.paragraphs if words in one.text)
    opened.add_comment([run_of(paragraph, figure)], text, SECRETARY, "章")
    opened.save(str(path))


def comments_of(path: Path) -> list[tuple[str, str]]:
    """Author and text of each comment."""
    return [(c.author, c.text) for c in Document(str(path)).comments]


def edit_all_evening(path: Path) -> None:
    """What the secretary does to 云岭区's speech in an evening."""
    words = "一边应对、一边推进，总体局面是稳的", "局面总体稳住了"
    path.write_bytes(handwork.rewrite(*words)(path.read_bytes()))
    opened = Document(str(path))
    works, progress, money, closing = (
        next(one for one in opened.paragraphs if head in one.text)
        for head in ("一是开工还", "二是进度还", "三是投资还", "四要抓好")
    )
    run_of(works, "164").text = "165"
    run_of(works, "38").bold = True
    for run, text in (
        (run_of(works, "165"), "昨天又开了一个"),
        (run_of(progress, "118"), "请老周再核一遍"),
    ):
        opened.add_comment([run], text, SECRETARY, "章")
    remove(closing._p)  # noqa: SLF001 - python-docx's way in
    money._p.addnext(deepcopy(money._p))  # noqa: SLF001 - the same
    opened.save(str(path))
    path.write_bytes(handwork.retype_tracked("牵头领导", "柏允之")(path.read_bytes()))
