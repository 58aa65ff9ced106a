"""What refresh says of a draft: findings on what was kept, found, lost, in doubt."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.draft import Draft
from assembler.edges import BREAK
from assembler.findings import Finding, Severity
from assembler.names import FIELD_PREFIX
from assembler.places import Located, Loss, Lost, Place, Trace, excerpt_of
from assembler.plan import Plan, Step
from assembler.stream import MarkedParagraph
from assembler.threeway import Verdict

# What is shorter stands in every speech more than once.
_SHORTEST_FIGURE, _SHORTEST_WORD, _LONGEST_VALUE = 3, 2, 16
# Words that tell a value: on both sides, or on one side alone.
_WORDS_BESIDE, _WORDS_ON_ONE_SIDE = 4, 8


def findings_of(
    draft: Draft, plan: Plan, steps: Sequence[Step], located: Located
) -> list[Finding]:
    """All there is to say of a draft after its plan was carried out.

    Args:
        draft: the draft as it was opened.
        plan: what was to become of it.
        steps: what became of each place.
        located: where the places were.
    """
    found = list(draft.findings())
    for step in steps:
        found += _of_step(draft, step)
    found += (_of_lost(one, plan.texts) for one in located.lost if one.base != "")
    found += _without_place(draft, plan, located)
    found += _stale(draft, plan, steps, located)
    found += plan.findings
    return [replace(one, file=str(draft.path)) for one in found]


def _of_step(draft: Draft, step: Step) -> Iterator[Finding]:
    place = step.place
    if step.blocked:
        yield _at(
            place,
            "cannot-write",
            Severity.ERROR,
            f"{_where(place)}：{place.field}要改成“{step.text}”，"
            "但它有一半在超链接、域、图片或别人的修订里，写不进去。",
            "请在 Word 里自己改，或者把那里的修订接受掉再运行。",
        )
    elif step.verdict is Verdict.CONFLICT:
        yield _conflict(draft, step)
    elif step.verdict is Verdict.KEPT:
        yield _at(
            place,
            "kept-by-hand",
            Severity.INFO,
            f"{_where(place)}：{place.field}是人改过的，数据没有变，保留“{place.now}”。",
        )
    elif step.verdict.writes and place.base is None:
        yield _at(
            place,
            "unproved-update",
            Severity.WARNING,
            f"{_where(place)}：{place.field}由“{place.now}”换成了“{step.text}”，"
            "分不清原来的数是不是人改过的。",
            "请核对；原来的数在批注里。",
        )
    if step.calculated:
        does = "重新算成" if step.verdict.writes else "算，还是"
        yield _at(
            place,
            "recalculated",
            Severity.INFO,
            f"{_where(place)}：{place.field}按稿子里现在的数{does}“{step.text}”。",
        )
    yield from _of_trace(step)


def _of_trace(step: Step) -> Iterator[Finding]:
    place = step.place
    if place.trace is Trace.WORDS:
        yield _at(
            place,
            "found-again",
            Severity.INFO,
            f"{_where(place)}：{place.field}的书签丢了或挪了位置，从前后的字找了回来。",
        )
    elif place.trace is Trace.COPY:
        yield _at(
            place,
            "copied-place",
            Severity.INFO,
            f"{_where(place)}：这句话是复制出来的，{place.field}一起更新。",
        )


def _conflict(draft: Draft, step: Step) -> Finding:
    place, field = step.place, draft.known.base.fields[step.place.field]
    derived = f"（按 {field.formula} 算出来的）" if field.formula else ""
    new = f"数据现在是“{step.text}”{derived}，稿子没有动。"
    if not place.certain:
        text = f"{_where(place)}：{place.field}说不准现在是从哪里到哪里；{new}"
        hint = "程序不会去改说不准的地方；请在 Word 里自己改。"
        return _at(place, "both-changed", Severity.ERROR, text, hint)
    before = f"上次的数据是“{place.base}”，" if place.base is not None else ""
    text = f"{_where(place)}：{place.field}{before}稿子里是人改的“{place.now}”，{new}"
    hint = (
        f"请核对。要换成数据里的，运行时加 --take data；要留下稿子里的，加 "
        f"--take draft；只改这一处，就在 Word 里打开“{draft.path.name}”直接改。"
    )
    return _at(place, "both-changed", Severity.ERROR, text, hint)


def _of_lost(lost: Lost, texts: Mapping[str, str]) -> Finding:
    new = texts.get(lost.field, lost.base)
    is_missed = new != lost.base and lost.loss not in _STANDS_ELSEWHERE
    then = f"，新的“{new}”没有写进去" if is_missed else ""
    was = "复制出来的一处" if lost.loss is Loss.COPY else ""
    why = _WHY[lost.loss]
    return Finding(
        code="place-lost",
        severity=Severity.WARNING if is_missed else Severity.INFO,
        message=f"{lost.field}{was}原来在“{lost.excerpt}”，现在找不到了（{why}）{then}。",
        field=lost.field,
        excerpt=lost.excerpt,
        hint=(
            f"如果这个数还要用，请在 Word 里选中它，"
            f"插入名为“{FIELD_PREFIX}{lost.field}”的书签，再运行一次；不用就不必管。"
            if is_missed
            else None
        ),
    )


_STANDS_ELSEWHERE = (Loss.COPIED, Loss.COPY)
_GONE = "那句话删了，或者改得认不出来了"
_WHY = {
    Loss.GONE: _GONE,
    Loss.SEVERAL: "有不止一处像它",
    Loss.TORN: "中间按了回车，拆成了两段",
    Loss.COPIED: f"{_GONE}；复制出来的那一处照常更新",
    Loss.COPY: _GONE,
}


def _without_place(draft: Draft, plan: Plan, located: Located) -> Iterator[Finding]:
    """Fields with values that stand nowhere, merge having left their line out."""
    shown = {place.field for place in located.places}
    shown |= {lost.field for lost in located.lost if lost.base != ""}
    printed = draft.record.printed if draft.record else {}
    for name, text in plan.texts.items():
        if name not in shown and text and printed.get(name) != text:
            yield Finding(
                code="no-place",
                severity=Severity.WARNING,
                message=f"{name}现在是“{text}”，稿子里没有它的位置，没有写进去。",
                field=name,
                hint="请在 Word 里自己加上，或者用模板重新合并。",
            )


@dataclass(frozen=True, slots=True)
class _Old:
    """A value that the speech should say no more.

    Attributes:
        field: the field it was of.
        text: the value.
        before: the words in front of it.
        behind: the words behind it.
        new: what the data say now.
        written: whether that was put in its place.
    """

    field: str
    text: str
    before: str
    behind: str
    new: str
    written: bool


def _stale(
    draft: Draft, plan: Plan, steps: Sequence[Step], located: Located
) -> Iterator[Finding]:
    """Values that stand on elsewhere, where no field is: old ones, or in old words."""
    constant = _constant_text(draft)
    told = set[tuple[MarkedParagraph, int]]()
    for old in dict.fromkeys(_olds(plan, steps, located)):
        for pattern in _traces(old):
            if pattern.search(constant):
                continue
            for paragraph, found in _found(draft, pattern):
                spot = paragraph, found.start(1)
                is_told = _is_in_place(old, steps, *spot)
                if not is_told and spot not in told:
                    told.add(spot)
                    yield _stale_finding(old, paragraph, found)


def _found(
    draft: Draft, pattern: re.Pattern[str]
) -> Iterator[tuple[MarkedParagraph, re.Match[str]]]:
    for paragraph in draft.paragraphs:
        for found in pattern.finditer(paragraph.text):
            yield paragraph, found


def _olds(plan: Plan, steps: Iterable[Step], located: Located) -> Iterator[_Old]:
    """The values that the new data have replaced, or would have."""
    for step in steps:
        place = step.place
        texts = {place.now if place.base is None else place.base}
        if step.verdict.writes:
            texts.add(place.now)
        if step.verdict.writes or step.verdict is Verdict.CONFLICT:
            before, behind = place.around(_WORDS_ON_ONE_SIDE)
            written = step.verdict.writes
            for text in filter(None, texts - {step.text}):
                yield _Old(place.field, text, before, behind, step.text, written)
    for lost in located.lost:
        new = plan.texts.get(lost.field, "")
        if lost.base and new not in ("", lost.base):
            before = lost.before[-_WORDS_ON_ONE_SIDE:]
            behind = lost.behind[:_WORDS_ON_ONE_SIDE]
            yield _Old(lost.field, lost.base, before, behind, new, written=False)


def _traces(old: _Old) -> Iterator[re.Pattern[str]]:
    """What tells an old value elsewhere: itself if it is long enough, or its words."""
    text = re.escape(old.text)
    is_figure = old.text[:1].isdecimal()
    if len(old.text) >= (_SHORTEST_FIGURE if is_figure else _SHORTEST_WORD):
        yield re.compile(rf"(?<![\d.])({text})(?!\d|\.\d)")
    before, behind = old.before[-_WORDS_BESIDE:], old.behind[:_WORDS_BESIDE]
    words = re.escape(before), re.escape(behind)
    if len(before + behind) == 2 * _WORDS_BESIDE:
        value = f"[^{BREAK}。；，、]{{1,{_LONGEST_VALUE}}}?" if old.written else text
        yield re.compile(f"{words[0]}({value}){words[1]}")
    elif len(before + behind) >= _WORDS_BESIDE:
        yield re.compile(f"{words[0]}({text}){words[1]}")
    if len(old.before) == _WORDS_ON_ONE_SIDE:
        yield re.compile(rf"{re.escape(old.before)}({text})(?!\d|\.\d)")
    if len(old.behind) == _WORDS_ON_ONE_SIDE:
        yield re.compile(rf"(?<![\d.])({text}){re.escape(old.behind)}")


def _is_in_place(
    old: _Old, steps: Iterable[Step], paragraph: MarkedParagraph, offset: int
) -> bool:
    places = (step.place for step in steps)
    return any(
        place.paragraph is paragraph
        and place.start <= offset < place.end
        and (place.certain or place.field == old.field)
        for place in places
    )


def _stale_finding(
    old: _Old, paragraph: MarkedParagraph, found: re.Match[str]
) -> Finding:
    start, end = found.span(1)
    excerpt = excerpt_of(paragraph.text, start, end)
    where = f"{paragraph.story.label}第{paragraph.number}段“{excerpt}”"
    is_now = "已经改成" if old.written else "在数据里现在是"
    return Finding(
        code="stale-figure",
        severity=Severity.WARNING,
        message=(
            f"{where}：{old.field}{is_now}“{old.new}”，"
            f"这里还有一个“{found.group(1)}”，没有动。"
        ),
        field=old.field,
        part=paragraph.story.part,
        paragraph=paragraph.number,
        excerpt=excerpt,
        hint="如果说的是同一个，请一起改掉。",
    )


def _constant_text(draft: Draft) -> str:
    """What the template itself says, fields left out."""
    return "\n".join(
        BREAK.join(piece for piece in paragraph if isinstance(piece, str))
        for story in draft.known.base.stories
        for paragraph in story.paragraphs
    )


def _where(place: Place) -> str:
    return f"{place.position}“{place.excerpt}”"


def _at(
    place: Place, code: str, severity: Severity, message: str, hint: str | None = None
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=message,
        field=place.field,
        part=place.paragraph.story.part,
        paragraph=place.paragraph.number,
        excerpt=place.excerpt,
        hint=hint,
    )
