"""How many speeches a second: our merge beside docxtpl's README way.

Run from the repository's root: ``python benchmarks/speed.py``. Both make the same
speech (工作部署) from the same rows in one process, in turns; what counts is the ratio
within a turn, and of the turns the median. Ours is the whole of ``merge``: rows read,
checked, rendered, recorded and written through a temporary name. docxtpl's is what its
README shows: open, render, save.
"""

import argparse
import csv
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

# The checkout this file lies in, whatever is installed.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docx import Document
from docxtpl import DocxTemplate

from assembler.bundled import resolve_data, resolve_template
from assembler.check import Checker
from assembler.cutting import isolate, replace_text
from assembler.merge import Maker, MergeOptions, Written, merge
from assembler.names import field_of
from assembler.rows import open_table
from assembler.template import Template
from assembler.wordml import bookmark_span, bookmarks, set_text

TEMPLATE = resolve_template(Path("工作部署"))
DATA = resolve_data(Path("重点项目进度"))


def many_rows(folder: Path, count: int) -> Path:
    """A CSV file of this many rows: the sample data with ever other figures."""
    with DATA.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    random = Random(7)  # noqa: S311 - figures, not secrets
    path = folder / f"{count}.csv"
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    for number in range(count):
        row = dict(zip(head, rows[number % len(rows)], strict=True))
        row["文件名"] += f"{number:05d}"
        # docxtpl prints nothing for an empty cell, we print the template's title.
        row["标题"] = "在全区重点项目工作推进会上的讲话"
        writer.writerow((row | other_figures(random)).values())
    path.write_text(text.getvalue(), "utf-8-sig", newline="")
    return path


def other_figures(random: Random) -> dict[str, str]:
    """Figures that satisfy every formula and relation of the template."""
    total = random.randint(100, 400)
    begun, ahead, level = (random.randint(10, total // 4) for _ in range(3))
    behind = total // 2 - random.randint(1, 4)
    rest = total - ahead - level - behind
    last, planned = random.randint(2001, 4999), random.randint(5000, 9000)
    now = random.randint(1000, 2000)
    counts = {
        "子项目数": total,
        "重点项目数": random.randint(10, total),
        "已开工数": total // 2,
        "应开工未开工数": begun,
        "超进度数": ahead,
        "达进度数": level,
        "不作评估数": rest,
        "欠进度数": behind,
        "拟拉练项目数": total // 3,
        "拉练不作评估数": random.randint(1, 9),
        "拉练欠进度数": random.randint(10, total // 4),
    }
    shares = {
        "开工率": (total // 2, total),
        "应开工未开工占比": (begun, total),
        "超进度占比": (ahead, total),
        "达进度占比": (level, total),
        "欠进度占比": (behind, total),
        "占上年全年比": (now, last),
        "占年度计划比": (now, planned),
    }
    amounts = {"上年全年投资": last, "今年前十月投资": now, "投资差距": last - now}
    return {
        **{name: str(value) for name, value in counts.items()},
        **{name: tenth(1000 * a, b) for name, (a, b) in shares.items()},
        **{name: tenth(value, 1) for name, value in amounts.items()},
        "年度计划投资": tenth(planned, 1),
        "欠进度约占几成": "一半",
    }


def tenth(above: int, below: int) -> str:
    """A quotient of tenths, rounded half up to a whole tenth: 683, 1 is 68.3."""
    tenths = (2 * above + below) // (2 * below)
    return f"{tenths // 10}.{tenths % 10}"


def tagged_template(folder: Path) -> Path:
    """The template in docxtpl's own notation: ``{{ 名称 }}`` in each field's place."""
    document = Document(str(TEMPLATE))
    root = document.element
    for bookmark in bookmarks(root, lambda name: field_of(name) is not None):
        runs = isolate(*bookmark_span(bookmark))
        set_text(replace_text(runs), f"{{{{ {field_of(bookmark.name)} }}}}")
    body = document.element.body
    heading = next(p for p in document.paragraphs if p.text == "字段说明")
    children = list(body)
    for element in children[children.index(heading._p) : -1]:  # noqa: SLF001 - its way in
        body.remove(element)
    path = folder / "docxtpl.docx"
    document.save(str(path))
    return path


def ours(data: Path, folder: Path) -> int:
    """Merge a data file; the number of speeches written."""
    template = Template.open(TEMPLATE)
    table = open_table(data)
    checker = Checker(template, table.columns, data.name)
    outcomes = merge(Maker(template, checker, MergeOptions(folder)), table.rows())
    return sum(isinstance(outcome, Written) for outcome in outcomes)


def theirs(tagged: Path, data: Path, folder: Path) -> int:
    """The README way, once for each row."""
    written = 0
    with data.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            document = DocxTemplate(str(tagged))
            document.render(row)
            document.save(str(folder / f"{row['文件名']}.docx"))
            written += 1
    return written


def documents_per_second(make: Callable[[Path], int], folder: Path) -> float:
    """Time one way of making speeches in a fresh folder."""
    folder.mkdir()
    start = time.perf_counter()
    count = make(folder)
    return count / (time.perf_counter() - start)


def same_text(first: Path, second: Path) -> bool:
    """Whether two speeches read the same."""

    def text(path: Path) -> list[str]:
        return [paragraph.text for paragraph in Document(str(path)).paragraphs]

    return text(first) == text(second)


def compare(folder: Path, turns: int, count: int) -> None:
    """Print documents per second of both, and the ratio."""
    few, many = many_rows(folder, max(20, count // 50)), many_rows(folder, count)
    tagged = tagged_template(folder)
    ratios, ours_rates, theirs_rates = [], [], []
    for turn in range(turns):
        before = documents_per_second(
            lambda f: theirs(tagged, few, f), folder / f"docxtpl-{turn}-a"
        )
        own = documents_per_second(lambda f: ours(many, f), folder / f"ours-{turn}")
        after = documents_per_second(
            lambda f: theirs(tagged, few, f), folder / f"docxtpl-{turn}-b"
        )
        ratios.append(own / statistics.mean([before, after]))
        ours_rates.append(own)
        theirs_rates += [before, after]
    name = min((folder / "docxtpl-0-a").iterdir()).name
    alike = same_text(folder / "docxtpl-0-a" / name, folder / "ours-0" / name)
    size = (folder / "ours-0" / name).stat().st_size
    print(f"docxtpl {statistics.median(theirs_rates):8.1f} speeches a second")
    print(f"ours    {statistics.median(ours_rates):8.1f} speeches a second")
    low, high = min(ratios), max(ratios)
    print(f"ratio   {statistics.median(ratios):8.1f} ({low:.1f} to {high:.1f})")
    print(f"same text: {'yes' if alike else 'NO'}; {size} bytes a speech")


def memory(folder: Path) -> None:
    """Print the peak memory of a process that merges few and many rows."""
    for count in (100, 1000, 5000):
        data = many_rows(folder, count)
        target = folder / f"memory-{count}"
        target.mkdir()
        command = [sys.executable, __file__, "--peak", str(data), str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        print(f"peak memory at {count:5d} rows: {done.stdout.strip()}")


def peak(data: Path, folder: Path) -> None:
    """Merge, then print the peak memory of this process."""
    ours(data, folder)
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        print("not to be had on this system")
        return
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{kibibytes / 1024:.1f} MiB")


def main() -> None:
    """Compare speed, then print memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--peak", type=Path, nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peak:
        peak(*arguments.peak)
        return
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name), arguments.turns, arguments.count)
        memory(Path(name))


if __name__ == "__main__":
    main()
