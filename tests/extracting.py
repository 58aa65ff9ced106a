"""Extract at work, for its tests: a template of every kind, drafts taken and merged."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from assembler.check import Checker
from assembler.draft import named_template
from assembler.extract_lines import Harvest
from assembler.merge import Maker, MergeOptions, Written, merge
from assembler.rows import open_table
from assembler.template import Template
from tests.cli.conftest import write_csv
from tests.documents import bookmark_texts, document, guide, p
from tests.documents import field as blank
from tests.drafting import template as opened_template
from tests.handwork import Edit

# A field of every kind, one that is calculated, one that no place prints.
KINDS = document(
    p("在", blank("地区", "X"), "推进会上的讲话"),
    p(blank("会议日期", "X"), "，", blank("讲话人", "X")),
    p(
        *("今年全区安排重点项目", blank("项目数", "X"), "个，目前已开工"),
        *(blank("开工数", "X"), "个，开工率", blank("开工率", "X"), "%，好于上年。"),
    ),
    p(
        *("全年完成投资", blank("投资", "X"), "亿元，占计划的", blank("占比", "X")),
        *("%，比全市低", blank("差距", "X"), "个百分点，居全市第", blank("位次", "X")),
        *("位，其中落后的接近", blank("几成", "X"), "，务必重视。"),
    ),
    p(
        *("从", blank("年份", "X"), "年", blank("月份", "X"), "月起，由"),
        *(blank("单位", "X"), "牵头，把", blank("因素", "X"), "的影响降到最低。"),
    ),
    guide(
        ("地区", "地名", "", "", ""),
        ("会议日期", "日期", "", "", ""),
        ("讲话人", "人名", "", "", ""),
        ("项目数", "数量", "个", "", ""),
        ("开工数", "数量", "个", "", ""),
        ("开工率", "百分比", "%", "开工数 / 项目数", ""),
        ("投资", "金额", "亿元", "", ""),
        ("占比", "百分比", "%", "", "选填"),
        ("差距", "百分点", "个百分点", "", ""),
        ("位次", "位次", "位", "", ""),
        ("几成", "成数", "", "", ""),
        ("年份", "年份", "年", "", ""),
        ("月份", "月份", "月", "", ""),
        ("单位", "单位", "", "", ""),
        ("因素", "文字", "", "", ""),
        ("计划投资", "金额", "亿元", "", "只用于校核"),
    ),
)
ROW: Mapping[str, str] = {
    "文件名": "云岭讲话",
    "地区": "云岭区",
    "会议日期": "2025年11月6日",
    "讲话人": "陆知远",
    "项目数": "240",
    "开工数": "164",
    "开工率": "",
    "投资": "12.6",
    "占比": "46.5",
    "差距": "3.2",
    "位次": "7",
    "几成": "三成",
    "年份": "2022",
    "月份": "10",
    "单位": "区自然资源局",
    "因素": "持续高温",
    "计划投资": "27.1",
}


Lines = list[list[str]]


def across(*rows: Mapping[str, str]) -> Lines:
    """The lines of a data file with a line a speech."""
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def upright(*rows: Mapping[str, str]) -> Lines:
    """The lines of a data file with a column a speech."""
    turned = zip(*across(*rows), strict=True)
    titles = (f"第{number}篇" for number in range(1, len(rows) + 1))
    return [["字段", *titles], *(list(line) for line in turned)]


@lru_cache(maxsize=8)
def _opened(content: bytes, name: str) -> Template:
    return opened_template(content, name)


class Bureau:
    """A folder with a template and data; the drafts lie in a folder beside.

    Args:
        folder: where all lies.
        rows: the data, none for `ROW` alone.
        template: the template.
    """

    def __init__(
        self, folder: Path, *rows: Mapping[str, str], template: bytes = KINDS
    ) -> None:
        self.folder = folder
        self.template = folder / "模板" / "模板.docx"
        self.template.parent.mkdir(exist_ok=True)
        self.template.write_bytes(template)
        self.data = folder / "资料" / "数据.csv"
        self.data.parent.mkdir(exist_ok=True)
        self.drafts = folder / "资料" / "稿子"
        write_csv(self.data, *across(*(rows or (ROW,))))

    def merge(
        self,
        data: Path | None = None,
        folder: Path | None = None,
        *,
        with_gaps: bool = True,
    ) -> list[Path]:
        """Make the drafts; where asked, of rows with errors too."""
        opened = _opened(self.template.read_bytes(), self.template.name)
        table = open_table(data or self.data)
        checker = Checker(opened, table.columns, "数据.csv")
        options = MergeOptions(folder or self.drafts, draft=with_gaps)
        outcomes = list(merge(Maker(opened, checker, options), table.rows()))
        return [one.path for one in outcomes if isinstance(one, Written)]

    def merged(self) -> Path:
        """Make the draft of the only row."""
        (draft,) = self.merge()
        return draft

    def away(self) -> None:
        """Take the data file away, so that only the drafts can tell."""
        self.data.unlink()

    def printed(self, table: Path) -> dict[str, str]:
        """Field → what merge prints of the only row of a table."""
        (draft,) = self.merge(table, table.with_suffix(""))
        found = dict(bookmark_texts(draft.read_bytes()))
        return {name.removeprefix("字段_"): text for name, text in found.items()}


def edit(draft: Path, *edits: Edit) -> Path:
    """Let somebody edit a draft."""
    for one in edits:
        draft.write_bytes(one(draft.read_bytes()))
    return draft


def harvest(
    *drafts: Path,
    like: Path | None = None,
    upright: bool = False,
    template: Path | None = None,
) -> Harvest:
    """What extract takes from drafts."""
    found = Harvest(like, upright=upright)
    for draft in drafts:
        found.take(draft, named_template(template))
    return found


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a data file as merge reads them."""
    return [row.values for row in open_table(file).rows()]


def row(found: Harvest, folder: Path) -> dict[str, str]:
    """The only row of what extract writes; the file goes again."""
    table = found.write(folder / "取出的.csv")
    (only,) = rows(table)
    table.unlink()
    return only


def codes(found: Harvest) -> set[str]:
    """The codes of all that extract has to say, but that a value was corrected."""
    return {one.code for one in found.findings} - {"differs-from-record"}


def messages(found: Harvest, code: str) -> list[str]:
    """What extract says under a code."""
    return [f"{o.message}{o.hint or ''}" for o in found.findings if o.code == code]


def heads(file: Path) -> Sequence[str]:
    """The heads of a data file, as written."""
    return [column.head for column in open_table(file).columns]
