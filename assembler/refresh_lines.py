"""What refresh prints of each draft, and its JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence

from assembler.errors import TemplateError
from assembler.findings import Finding, worst_first
from assembler.places import Trace
from assembler.plan import Step
from assembler.refresh import Refreshed
from assembler.threeway import Verdict

_COUNTED = {
    "更新": (Verdict.UPDATED, Verdict.TAKEN),
    "保留人改的": (Verdict.KEPT, Verdict.DECIDED),
    "两边改得一样": (Verdict.AGREED,),
    "两边改得不同": (Verdict.CONFLICT,),
}


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
        found = (finding for one in self._done for finding in one.findings)
        return worst_first(list(dict.fromkeys(found)))

    def lines(self) -> Iterator[str]:
        """What became of each draft, and how many were refreshed."""
        for one in self._done:
            yield from _lines_of(one, dry_run=self._dry_run)
        yield _closing_line(self._done, dry_run=self._dry_run)

    def as_json(self) -> dict[str, object]:
        """The same for programs."""
        return {"refreshed": [_as_json(one) for one in self._done]}

    def require_all_read(self) -> None:
        """See that every file could be read.

        Raises:
            TemplateError: one could not.
        """
        errors = [one.error for one in self._done if one.error is not None]
        if errors:
            raise errors[0] if len(errors) == 1 else _several(errors)


def _several(errors: Sequence[TemplateError]) -> TemplateError:
    return TemplateError("".join(error.message for error in errors))


def _lines_of(refreshed: Refreshed, *, dry_run: bool) -> Iterator[str]:
    """What became of a draft, for people: a line of counts, then what was changed."""
    if not refreshed.reached:
        yield f"{refreshed.path.name}：没有更新，原因见上面的问题。"
        return
    counts = [f"{name} {number} 处" for name, number in _counts(refreshed) if number]
    told = "，".join(counts) or "数据和稿子都没有变"
    if dry_run:
        told += "（试运行，没有动文件）"
    elif not refreshed.written:
        told += "（文件没有动）"
    yield f"{refreshed.path.name}：{told}。"
    for step in refreshed.steps:
        if step.verdict.writes:
            place = step.place
            old, new = place.now or "（空）", step.text or "（空）"
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
    counts = {
        "更新": sum(one.written for one in done),
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
