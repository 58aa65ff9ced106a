"""Which deflate library and level: time and size on the parts that a row changes.

Run: ``python benchmarks/deflate.py``. Prints microseconds a draft and bytes for zlib
(what Python carries) and isal (what the program uses), and for other libraries of the
kind where they are installed. The program takes isal's level 0 for these parts, and
zlib's level 9 for what it deflates once and copies into every draft.
"""

import importlib
import statistics
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from isal import isal_zlib

from assembler.bundled import resolve_data, resolve_template
from assembler.check import Checker
from assembler.package import parse_package
from assembler.rows import open_table
from assembler.template import Template

_TURNS, _ROUNDS = 7, 200
_RAW = -15


def changed_parts() -> list[bytes]:
    """The parts of a draft that differ from row to row: the speech and the record."""
    template = Template.open(resolve_template(Path("工作部署")))
    table = open_table(resolve_data(Path("重点项目进度")))
    checker = Checker(template, table.columns, table.path.name)
    checked = checker.row(next(iter(table.rows())))
    draft = parse_package(template.render(checked.values), "draft")
    names = [n for n in draft.members if n.startswith("customXml/item")]
    return [draft.data(name) for name in (draft.main_part, names[0])]


def ways() -> dict[str, Callable[[bytes], bytes]]:
    """Name → how to deflate."""
    found: dict[str, Callable[[bytes], bytes]] = {}
    for level in (1, 6, 9):
        found[f"zlib {level}"] = _with(zlib, level)
    for level in (0, 1, 2, 3):
        found[f"isal {level}"] = _with(isal_zlib, level)
    try:
        other = importlib.import_module("zlib_ng.zlib_ng")
    except ImportError:
        return found
    for level in (1, 2, 6):
        found[f"zlib-ng {level}"] = _with(other, level)
    return found


def _with(library: object, level: int) -> Callable[[bytes], bytes]:
    make = library.compressobj  # type: ignore[attr-defined]  # they share zlib's API

    def deflate(data: bytes) -> bytes:
        packer = make(level, zlib.DEFLATED, _RAW)
        packed: bytes = packer.compress(data) + packer.flush()
        return packed

    return deflate


def microseconds(deflate: Callable[[bytes], bytes], parts: list[bytes]) -> float:
    """How long one draft takes, the median of several turns."""
    turns = []
    for _ in range(_TURNS):
        start = time.perf_counter()
        for _ in range(_ROUNDS):
            for part in parts:
                deflate(part)
        turns.append((time.perf_counter() - start) / _ROUNDS * 1e6)
    return statistics.median(turns)


def main() -> None:
    """Print the table."""
    parts = changed_parts()
    print(f"{sum(map(len, parts))} bytes to deflate")
    for name, deflate in ways().items():
        size = sum(len(deflate(part)) for part in parts)
        print(f"{name:10} {microseconds(deflate, parts):7.1f} µs {size:7d} bytes")


if __name__ == "__main__":
    main()
