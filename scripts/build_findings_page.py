"""Build docs/findings.md: every finding of the program, with example, cause and cure.

Run from the repository's root: ``python scripts/build_findings_page.py``. The page is
made of docs/findings-figures.tsv (values and formulas), docs/findings-proof.tsv (the
proofreading rules over text) and docs/findings-other.tsv (all others).
"""

import sys
from dataclasses import dataclass
from pathlib import Path

# The checkout this file lies in, whatever is installed.
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assembler.findings import Severity  # noqa: E402 - needs the path above

PAGE = ROOT / "docs" / "findings.md"
TABLES = (
    ("findings-other.tsv", "模板、数据、稿子和版面"),
    ("findings-figures.tsv", "数字和算式"),
    ("findings-proof.tsv", "文字校对"),
)
_INTRODUCTION = """# 问题一览

<!-- 由 scripts/build_findings_page.py 生成，改动请改 docs/findings-*.tsv。 -->

程序报的每一种问题都在这里：代码、轻重、例子、原因、怎么办。**错误**不改好不放行，**提醒**很可能有误，
**说明**看一眼就行。表里写的是通常的轻重，个别情形会重一些或轻一些。

确实没有错的，校对时用 `--ignore 代码` 不报这一种；
长期不报的写进稿子旁边（或当前文件夹）的 `assembler.toml`：

```toml
[proof]
ignore = ["stray-space"]          # 这几种一律不报
accepted = ["峻工路"]             # 这几个字在哪里都不报
own_places = ["清河区"]           # 本地的地名
foreign_places = ["云岭县"]       # 范文来源地，留在稿子里要报

[[proof.accept]]                  # 只接受这一种问题里的这几个字
code = "mixed-level"
text = "我县"

[proof.wrong_words]               # 本单位自己的错词表
"布属" = "部署"

[page]                            # 本单位的页边距，毫米
top = 37
right = 26
bottom = 35
left = 28

[large]                           # 大字版：字号、行距，磅
size = 26
title = 32
line = 46
bold = true
mark = "讲话人用"

[finish]
seconds = 60                      # 转一份 PDF 最多等几秒
```
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table.

    Attributes:
        code: the finding's code.
        severity: its usual severity.
        example: an invented case.
        cause: why it comes up.
        cure: what to do.
    """

    code: str
    severity: Severity
    example: str
    cause: str
    cure: str


def entries(table: str) -> list[Entry]:
    """The entries of a table in docs/, in its order."""
    text = (ROOT / "docs" / table).read_text("utf-8")
    lines = [line for line in text.splitlines()[1:] if not line.startswith("#")]
    return [_entry(*line.split("\t")) for line in lines if line]


def _entry(code: str, severity: str, example: str, cause: str, cure: str) -> Entry:
    return Entry(code, Severity(severity), example, cause, cure)


def page() -> str:
    """The page as it should be."""
    sections = [_INTRODUCTION]
    for table, title in TABLES:
        lines = [f"## {title}", "", "| 代码 | 轻重 | 例子 | 原因 | 怎么办 |"]
        lines.append("|---|---|---|---|---|")
        lines += map(_line, sorted(entries(table), key=lambda entry: entry.code))
        sections.append("\n".join(lines) + "\n")
    return "\n".join(sections)


def _line(entry: Entry) -> str:
    cells = (entry.example, entry.cause, entry.cure)
    shown = " | ".join(_cell(cell) for cell in cells)
    return f"| `{entry.code}` | {entry.severity.chinese} | {shown} |"


def _cell(text: str) -> str:
    """A text that Markdown takes as it stands."""
    for sign in ("\\", "|", "<", "*", "_", "[", "]"):
        text = text.replace(sign, f"\\{sign}")
    return text.strip()


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")
    print(f"{PAGE.name}: {sum(len(entries(table)) for table, _ in TABLES)}")


if __name__ == "__main__":
    main()
