"""What refresh prints of each draft, and its JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assembler.errors import OutputError, TemplateError
from assembler.findings import Finding, has_errors, worst_first
from assembler.places import Trace, brief
from assembler.plan import Step
from assembler.refresh import Refreshed
from assembler.threeway import Verdict

_COUNTED = {
    "更新": (Verdict.UPDATED, Verdict.TAKEN),
    "保留人改的": (Verdict.KEPT, Verdict.DECIDED),
    "两边改得一样": (Verdict.AGREED,),
    "两边改得不同": (Verdict.CONFLICT,),
}
# What is told in one line where there is more of it: code → that line.
_FOLDED = {
    "found-again": "{count} 处的书签丢了或挪了位置，从前后的字找了回来：{fields}。",
    "copied-place": "复制出来的话里有 {count} 处要填的数，一起更新：{fields}。",
}
_MOST_SINGLY = 2


class Told:
    """What was done, collected to be told.

    Args:
        dry_run: whether nothing was to be written.
    """

    def __init__(self, *, dry_run: bool) -> None:
        self._dry_run = dry_run
        self._done: list[Refreshed] = []

    def take(self, one: Refreshed) -> None:
        """Take in what became of a draft."""
        self._done.append(one)

    @property
    def findings(self) -> list[Finding]:
        """All there is to know, the worst first; what concerns the data once."""
        found = [one for _, section in self._parted() for one in section]
        return worst_first(found)

    def sections(self) -> Iterator[tuple[str, list[Finding]]]:
        """The findings as people read them: of the data, then draft by draft.

        Yields:
            What they are about, empty where that is clear; the findings, worst first.
        """
        is_one = len(self._done) == 1
        for name, section in self._parted():
            if section:
                yield "" if is_one else name, list(_folded(worst_first(section)))

    def _parted(self) -> Iterator[tuple[str, list[Finding]]]:
        shared = set(self._shared())
        unused = "unused-column"
        yield "", [one for one in self._each() if one in shared]
        for done in self._done:
            own = [f for f in dict.fromkeys(done.findings) if f not in shared]
            yield self._name(done.path), [one for one in own if one.code != unused]

    def _each(self) -> Iterator[Finding]:
        yield from dict.fromkeys(one for done in self._done for one in done.findings)

    def _shared(self) -> Iterator[Finding]:
        """What is said of more than one draft; columns that none has use for."""
        counts = Counter(f for one in self._done for f in dict.fromkeys(one.findings))
        checked = sum(one.row is not None for one in self._done)
        for finding, count in counts.items():
            least = checked if finding.code == "unused-column" else 2
            if count >= least:
                yield finding

    def _name(self, path: Path) -> str:
        """A draft's name, with its folder where another has the same."""
        names = Counter(one.path.name for one in self._done)
        return path.name if names[path.name] == 1 else str(path)

    def lines(self) -> Iterator[str]:
        """What became of each draft, and how many were refreshed."""
        for one in self._done:
            name = self._name(one.path)
            yield from _lines_of(one, name, dry_run=self._dry_run)
        yield _closing_line(self._done, dry_run=self._dry_run)

    def as_json(self) -> dict[str, object]:
        """The same for programs."""
        return {"refreshed": [_as_json(one) for one in self._done]}

    @property
    def exit_code(self) -> int:
        """What the command returns."""
        if any(one.unwritten for one in self._done):
            return OutputError.exit_code
        if any(one.error is not None for one in self._done):
            return TemplateError.exit_code
        return int(has_errors(self.findings))


def _folded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those of one kind of which there are many in one line."""
    findings = list(findings)
    counts = Counter(one.code for one in findings)
    told: set[str] = set()
    for one in findings:
        if one.code not in _FOLDED or counts[one.code] <= _MOST_SINGLY:
            yield one
        elif one.code not in told:
            told.add(one.code)
            fields = dict.fromkeys(
                f.field or "" for f in findings if f.code == one.code
            )
            message = _FOLDED[one.code].format(
                count=counts[one.code], fields="、".join(fields)
            )
            yield replace(one, message=message)


def _lines_of(refreshed: Refreshed, name: str, *, dry_run: bool) -> Iterator[str]:
    """What became of a draft, for people: a line of counts, then what was changed."""
    if not refreshed.reached:
        yield f"{name}：没有更新，原因见上面的问题。"
        return
    counts = [f"{what} {number} 处" for what, number in _counts(refreshed) if number]
    told = "，".join(counts) or "数据和稿子都没有变"
    writes = [step for step in refreshed.steps if step.verdict.writes]
    if dry_run:
        told += "（试运行，没有动文件）"
    elif not refreshed.written:
        told += "（文件没有动）"
    elif not writes:
        told += "（只动了批注和合并记录）"
    yield f"{name}：{told}。"
    for step in writes:
        place = step.place
        old, new = brief(place.now) or "（空）", brief(step.text) or "（空）"
        yield f"  {place.field}  {old} → {new}  {place.position}"
    if refreshed.backup is not None:
        yield f"  原文件留在“{refreshed.backup.name}”。"


def _counts(refreshed: Refreshed) -> Iterator[tuple[str, int]]:
    verdicts = Counter(step.verdict for step in refreshed.steps)
    for name, counted in _COUNTED.items():
        yield name, sum(verdicts[verdict] for verdict in counted)
    traces = Counter(step.place.trace for step in refreshed.steps)
    yield "从前后的字找回", traces[Trace.WORDS]
    yield "复制出来的", traces[Trace.COPY]
    yield "找不到", sum(lost.base != "" for lost in refreshed.lost)


def _closing_line(done: Sequence[Refreshed], *, dry_run: bool) -> str:
    """The last line: how many drafts were refreshed."""
    if dry_run:
        return f"试运行：看了 {len(done)} 篇稿子，文件都没有动。"
    written = [one for one in done if one.written]
    refreshed = sum(any(s.verdict.writes for s in one.steps) for one in written)
    counts = {
        "更新": refreshed,
        "只动了批注和合并记录": len(written) - refreshed,
        "不用更新": sum(one.reached and not one.written for one in done),
        "有问题没有更新": sum(not one.reached for one in done),
    }
    told = [f"{what} {count} 篇" for what, count in counts.items() if count]
    return f"完成：{'，'.join(told)}。"


def _as_json(refreshed: Refreshed) -> dict[str, object]:
    """What became of a draft, for programs."""
    return {
        "draft": str(refreshed.path),
        "row": refreshed.row,
        "written": refreshed.written,
        "backup": str(refreshed.backup) if refreshed.backup else None,
        "changes": [
            _change(step)
            for step in refreshed.steps
            if step.verdict is not Verdict.SAME or step.place.trace is not Trace.MARK
        ],
        "lost": [
            {"field": one.field, "before": one.base, "excerpt": one.excerpt}
            for one in refreshed.lost
            if one.base != ""
        ],
    }


def _change(step: Step) -> dict[str, object]:
    place = step.place
    return {
        "field": place.field,
        "verdict": str(step.verdict),
        "found": str(place.trace),
        "base": place.base,
        "draft": place.now,
        "data": step.text,
        "part": place.paragraph.story.part,
        "paragraph": place.paragraph.number,
        "excerpt": place.excerpt,
    }
