"""What refresh says of a draft: findings on what was kept, found, lost, in doubt."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from assembler.draft import Draft
from assembler.findings import Finding, Severity
from assembler.names import FIELD_PREFIX
from assembler.places import Located, Lost, Place, Trace
from assembler.plan import Plan, Step
from assembler.threeway import Verdict

_SHORTEST_FIGURE = 3
_FIGURE = re.compile(r"\d[\d.,]*\d")


def findings_of(
    draft: Draft, plan: Plan, steps: Iterable[Step], located: Located
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
    found += _stale(draft, steps)
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
    if step.calculated and step.verdict.writes:
        yield _at(
            place,
            "recalculated",
            Severity.INFO,
            f"{_where(place)}：{place.field}按稿子里现在的数重新算成“{step.text}”。",
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
    before = f"上次填的是“{place.base}”，" if place.base is not None else ""
    derived = f"（按 {field.formula} 算出来的）" if field.formula else ""
    name = draft.path.name
    hint = (
        f"请核对。要换成数据里的，运行时加 --take data；要留下稿子里的，"
        f"加 --take draft；只改这一处，就在 Word 里打开“{name}”直接改。"
    )
    if not place.certain:
        hint = "分不清它从哪里到哪里，程序不会去改；请在 Word 里自己改。"
    return _at(
        place,
        "both-changed",
        Severity.ERROR,
        f"{_where(place)}：{place.field}{before}人改成了“{place.now}”，"
        f"数据现在是“{step.text}”{derived}，稿子没有动。",
        hint,
    )


def _of_lost(lost: Lost, texts: Mapping[str, str]) -> Finding:
    new = texts.get(lost.field, lost.base)
    is_changed = new != lost.base
    why = "有不止一处像它" if lost.several else "那句话删了，或者改得认不出来了"
    then = f"，新的“{new}”没有写进去" if is_changed else ""
    return Finding(
        code="place-lost",
        severity=Severity.WARNING if is_changed else Severity.INFO,
        message=f"{lost.field}原来在“{lost.excerpt}”，现在找不到了（{why}）{then}。",
        field=lost.field,
        excerpt=lost.excerpt,
        hint=(
            f"如果这个数还要用，请在 Word 里选中它，"
            f"插入名为“{FIELD_PREFIX}{lost.field}”的书签，再运行一次；不用就不必管。"
            if is_changed
            else None
        ),
    )


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


def _stale(draft: Draft, steps: Iterable[Step]) -> Iterator[Finding]:
    """Old figures that stand on elsewhere, where no field is."""
    steps = list(steps)
    for old, step in {s.place.now: s for s in steps if s.verdict.writes}.items():
        if len(old) < _SHORTEST_FIGURE or not _FIGURE.fullmatch(old):
            continue
        pattern = re.compile(rf"(?<![\d.]){re.escape(old)}(?![\d]|\.\d)")
        if pattern.search(_constant_text(draft)):
            continue
        for paragraph in draft.paragraphs:
            places = [s.place for s in steps if s.place.paragraph is paragraph]
            for found in pattern.finditer(paragraph.text):
                if not any(p.start <= found.start() < p.end for p in places):
                    place = replace(
                        step.place,
                        paragraph=paragraph,
                        start=found.start(),
                        end=found.end(),
                    )
                    yield _at(
                        place,
                        "stale-figure",
                        Severity.WARNING,
                        f"{_where(place)}：{step.place.field}已经改成“{step.text}”，"
                        f"这里还有一个“{old}”，没有动。",
                        "如果说的是同一个数，请一起改掉。",
                    )


def _constant_text(draft: Draft) -> str:
    """What the template itself says, fields left out."""
    return "\n".join(
        "\0".join(piece for piece in paragraph if isinstance(piece, str))
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
