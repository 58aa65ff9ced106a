"""Carrying out a plan: a draft's bytes with new figures and nothing else changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath

from lxml import etree

from assembler import __version__
from assembler.base import base_xml, find_base, make_base_room
from assembler.comments import Comments
from assembler.custom_xml import replaced
from assembler.draft import Draft
from assembler.drafts import Standing
from assembler.fingerprint import fingerprint
from assembler.marking import gap_text
from assembler.names import bookmark_name, field_of, place_of
from assembler.package import Package, pack
from assembler.places import UNKNOWN, Lost, Place, Trace
from assembler.plan import Plan, Step
from assembler.record import (
    Origin,
    Record,
    find_record,
    make_room,
    record_xml,
)
from assembler.remarks import UNPROVED, Remarks, conflict_opening
from assembler.revisions import (
    Change,
    Numbers,
    elements_of,
    put,
    repetitions,
    set_bookmark,
)
from assembler.stream import marked_paragraphs
from assembler.threeway import Verdict
from assembler.wordml import (
    BOOKMARK_START,
    NAME,
    CrossingError,
    Element,
    Story,
    in_text_box,
    paragraph_of,
    serialise,
)

_DECLARATION = re.compile(
    rb"""\s*<\?xml\s[^>]*encoding\s*=\s*["']utf-8["'][^>]*\?>\s*""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A plan that was carried out.

    Attributes:
        content: the draft's bytes; None where nothing changes.
        steps: what became of each place, with those that could not be written.
    """

    content: bytes | None
    steps: tuple[Step, ...]


def rewrite(
    draft: Draft, plan: Plan, lost: Iterable[Lost], origin: Origin, *, tracked: bool
) -> Rewritten:
    """Carry out a plan.

    Args:
        draft: the draft; its roots are changed.
        plan: what becomes of each place.
        lost: the places that are there no more.
        origin: where the new values came from.
        tracked: whether new figures become revisions to be judged.
    """
    writer = _Writer(draft, tracked=tracked)
    steps = tuple(writer.carry_out(plan.steps))
    record = _new_record(draft, plan, steps, lost, origin)
    is_same = draft.record is not None and _essence(record) == _essence(draft.record)
    if is_same and not writer.has_written:
        return Rewritten(None, steps)
    package = writer.package()
    if not draft.is_edited:
        record = replace(record, fingerprint=fingerprint(package))
    return Rewritten(_packed(draft, package, record), steps)


class _Writer:
    """Puts the steps of a plan into the parts of a draft."""

    def __init__(self, draft: Draft, *, tracked: bool) -> None:
        self._draft = draft
        self._numbers = Numbers(draft.roots.values())
        self._tracked = tracked
        self._comments = Comments(draft.package)
        main = draft.package.main_part
        root = next(r for story, r in draft.roots.items() if story.part == main)
        self._remarks = Remarks(self._comments, root)
        self._main = main
        self._names = _Names(_names_given(draft))
        self._changed: set[Story] = set()
        self._repaired: set[Story] = set()
        self.has_written = False

    def carry_out(self, steps: Iterable[Step]) -> Iterator[Step]:
        """Carry out the steps; what cannot be written comes back as blocked."""
        groups = groupby(steps, key=lambda step: step.place.paragraph.element)
        for _, group in groups:
            # From the last to the first, so that the offsets of the others stay right.
            done = [self._carry_out(step) for step in reversed(list(group))]
            yield from reversed(done)

    def package(self) -> Package:
        """The draft with the parts that changed."""
        parts = {
            story.part: _serialised(self._draft.package.data(story.part), root)
            for story, root in self._draft.roots.items()
            if story in self._changed | self._repaired
        }
        return replaced(
            self._draft.package, {**parts, **self._comments.changed_parts()}
        )

    def _carry_out(self, step: Step) -> Step:
        if not step.place.name or _has_another_name(step.place):
            step = replace(step, place=self._named(step.place))
        place = step.place
        # Looked for before anything moves.
        about = self._remarks.about(place) if self._is_in_body(place) else []
        conflict = self._remarks.conflict(place) if about else []
        try:
            if step.verdict.writes:
                written = self._write(step)
                self._clear(about, place)
                self._tell_old(replace(step, place=written))
            elif step.verdict is Verdict.CONFLICT:
                kept = replace(step, place=self._repaired_place(place))
                self._tell_conflict(kept, conflict)
            else:
                self._repaired_place(place)
                if step.verdict is not Verdict.SAME:
                    self._clear(conflict, place)
        except CrossingError:
            return replace(step, verdict=Verdict.CONFLICT, blocked=True)
        return step

    def _named(self, place: Place) -> Place:
        """A copy with a name of its own, which its bookmark takes too if it has one."""
        name = place.name or self._names.next(place.field)
        if place.bookmark is not None:
            place.bookmark.start.set(NAME, name)
            self._repaired.add(place.paragraph.story)
        return replace(place, name=name)

    def _write(self, step: Step) -> Place:
        """Put the new text in its place; the place comes back with its bookmark."""
        place = step.place
        paragraph = place.paragraph.element
        is_own = _is_held_by_mark(place)
        change = Change(
            start=place.start,
            end=place.end,
            text=step.text,
            plain=place.base == gap_text(place.field),
            bookmark=place.bookmark if is_own else None,
        )
        repeated = repetitions(paragraph, change)
        tracked = self._tracked
        elements = put(paragraph, change, self._numbers, tracked=tracked)
        for twin, same in repeated:
            with suppress(CrossingError):
                put(twin, same, self._numbers, tracked=tracked)
        self._changed.add(place.paragraph.story)
        self.has_written = True
        return place if is_own else self._marked(place, elements)

    def _marked(self, place: Place, elements: list[Element]) -> Place:
        mark = set_bookmark(place.name, elements, place.bookmark, self._numbers)
        return replace(place, bookmark=mark)

    def _repaired_place(self, place: Place) -> Place:
        """The place with its bookmark round it again, if its reach is known.

        That alone is no reason to write a draft.
        """
        if not place.certain or place.end == place.start or _is_held_by_mark(place):
            return place
        try:
            elements = elements_of(place.paragraph.element, place.start, place.end)
        except CrossingError:
            return place
        self._repaired.add(place.paragraph.story)
        return self._marked(place, elements)

    # Comments -------------------------------------------------------------------------

    def _is_in_body(self, place: Place) -> bool:
        """Whether Word shows comments there."""
        paragraph = place.paragraph
        return paragraph.story.part == self._main and not in_text_box(paragraph.element)

    def _clear(self, known: list[str], place: Place) -> None:
        if known:
            self._remarks.clear(known)
            self._changed.add(place.paragraph.story)
            self.has_written = True

    def _tell_old(self, step: Step) -> None:
        """Keep the old figure in sight where nobody knows whose it was."""
        place, elements = step.place, _elements(step.place)
        is_ours = place.base is not None or self._tracked
        if is_ours or not self._is_in_body(place) or not place.now or not elements:
            return
        text = f"{UNPROVED}这里原来是“{place.now}”，已换成“{step.text}”，请核对。"
        self._remarks.say(elements, text, [])

    def _tell_conflict(self, step: Step, known: list[str]) -> None:
        place = step.place
        elements = _elements(place) if self._is_in_body(place) else []
        text = conflict_remark(step)
        if not elements or self._remarks.is_answered(place, text):
            return
        if self._remarks.say(elements, text, known):
            self._changed.add(place.paragraph.story)
            self.has_written = True


def conflict_remark(step: Step) -> str:
    """What the comment at a conflict says."""
    place = step.place
    known = "" if place.base is None else f"上次的数据是“{place.base}”，"
    return (
        f"{conflict_opening(place.field)}“{step.text}”。"
        f"{known}稿子里是人改的“{place.now}”，程序没有动，请核对。"
    )


def _elements(place: Place) -> list[Element]:
    """What a comment is set round: a place's bookmark, or else its runs.

    Round the bookmark, since LibreOffice 7.4 loses count of the characters behind a
    comment that ends inside one.
    """
    paragraph, mark = place.paragraph.element, place.bookmark
    marks = [mark.start, mark.end] if mark is not None else []
    if marks and all(paragraph_of(one) is paragraph for one in marks):
        return marks
    try:
        return elements_of(paragraph, place.start, place.end)
    except CrossingError:
        return []


def _is_held_by_mark(place: Place) -> bool:
    """Whether a bookmark holds just the place already."""
    return place.trace is Trace.MARK and any(
        mark.bookmark is place.bookmark
        and (mark.start, mark.end) == (place.start, place.end)
        for mark in place.paragraph.marks
    )


def _has_another_name(place: Place) -> bool:
    return place.bookmark is not None and place.bookmark.name != place.name


def _names_given(draft: Draft) -> Iterator[str]:
    """The bookmark names of a draft, and those that its places once had."""
    for root in draft.roots.values():
        yield from (mark.get(NAME, "") for mark in root.iter(BOOKMARK_START))
    yield from draft.known.base.bookmarks()
    yield from draft.known.places


class _Names:
    """Gives further places of a field their bookmark names.

    Args:
        given: the names that are taken.
    """

    def __init__(self, given: Iterable[str]) -> None:
        self._last: dict[str, int] = {}
        for name in given:
            field = field_of(name)
            if field:
                self._last[field] = max(self._last.get(field, 1), place_of(name))

    def next(self, field: str) -> str:
        """A name that no place of the field has."""
        self._last[field] = self._last.get(field, 1) + 1
        return bookmark_name(field, self._last[field])


def _serialised(original: bytes, root: Element) -> bytes:
    """A part with the declaration that it came with."""
    declaration = _DECLARATION.match(original)
    if declaration is None:
        return serialise(root).encode()
    return declaration.group() + etree.tostring(root, encoding="unicode").encode()


# The record ---------------------------------------------------------------------------


def _new_record(
    draft: Draft,
    plan: Plan,
    steps: Iterable[Step],
    lost: Iterable[Lost],
    origin: Origin,
) -> Record:
    old, template = draft.record, draft.template
    name = PurePath(draft.known.base.file).stem
    is_unchanged = old is not None and draft.standing is Standing.UNCHANGED
    return Record(
        template=old.template if old else name,
        digest=old.digest if old else (template.digest if template else ""),
        row=plan.checked.row.label,
        # Of a draft that was edited none that its content can have again.
        fingerprint=old.fingerprint if old and is_unchanged else _edited(old),
        printed=dict(plan.texts),
        data=dict(plan.checked.data),
        places=dict(_places(draft, plan.texts, steps, lost)),
        version=__version__,
        origin=replace(origin, file=old.origin.file or origin.file) if old else origin,
    )


def _edited(record: Record | None) -> str:
    return record.fingerprint if record else ""


def _places(
    draft: Draft, texts: Mapping[str, str], steps: Iterable[Step], lost: Iterable[Lost]
) -> Iterator[tuple[str, str]]:
    """Bookmark name → text, of places that the new texts are not in, and of copies."""
    own = set(draft.known.base.bookmarks())
    for step in steps:
        place = step.place
        left = UNKNOWN if place.base is None else place.base
        if step.verdict.writes:
            left = step.text
        elif step.verdict.settles:
            left = texts[place.field] if step.text == texts[place.field] else step.text
        if left != texts[place.field] or place.name not in own:
            yield place.name, left
    for one in lost:
        base = UNKNOWN if one.base is None else one.base
        if one.name and base != texts.get(one.field, base):
            yield one.name, base


def _essence(record: Record) -> tuple[object, ...]:
    """What of a record is worth writing a draft for; of its places, the exceptions."""
    printed = record.printed
    told = {
        name: text
        for name, text in record.places.items()
        if text != printed.get(field_of(name) or "")
    }
    return record.row, printed, record.data, told


def _packed(draft: Draft, package: Package, record: Record) -> bytes:
    part = find_record(package)
    if part is None:
        slot = make_room(package)
        package, part = replaced(package, slot.constant), slot.part
    package = replaced(package, {part: record_xml(record).encode()})
    if find_base(package) is None:
        slot = make_base_room(package)
        text = _base_of(draft)
        package = replaced(package, {**slot.constant, slot.part: text.encode()})
    return pack(package.members.values())


def _base_of(draft: Draft) -> str:
    """The base for a draft that had none any more."""
    if draft.template is not None and not draft.known.guessed:
        return draft.template.base
    paragraphs = [
        one for pair in draft.roots.items() for one in marked_paragraphs(*pair)
    ]
    return base_xml(draft.known.base, paragraphs, guessed=True)
