"""A secretary at the keyboard: random edits of a draft that know what they did.

The body of a draft is taken apart into characters and bookmark marks; an edit moves,
adds and drops these as LibreOffice or Word do (their bookmarks differ, as measured);
then it is put together again, runs cut anew. Each character remembers the field place
it came from, so that after refresh there is no doubt what a place should say.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import groupby
from random import Random

from lxml import etree

from tests.documents import WORD, unzipped, zipped

MAIN = "word/document.xml"
_PROSE = (
    "各级各部门要", "进一步", "抓紧抓实", "，下一步还要加力", "切实", "，同时",
    "坚决", "（以统计为准）", "。这一点要讲清楚", "会后", "深入细致地", "请大家注意，",
)  # fmt: skip
_FIGURES = re.compile("[0-9.]+")
_IN_WORDS = re.compile("[0-9成半]|分之")


def w(name: str) -> str:
    return f"{{{WORD}}}{name}"


@dataclass(eq=False)
class Instance:
    """A place as the edits have left it.

    Attributes:
        field: the field it is a place of.
        base: what merge or refresh left there.
        edited: whether a person changed it.
        source: the place that it is a copy of.
        rest: its second half, if Enter was pressed in the middle of it.
        broken: whether it is such a half.
        loose: whether it is a copy that refresh has not taken in.
    """

    field: str
    base: str
    edited: bool = False
    source: "Instance | None" = None
    rest: "Instance | None" = None
    broken: bool = False
    loose: bool = False

    @property
    def root(self) -> "Instance":
        """The place that merge made."""
        return self if self.source is None else self.source.root


@dataclass(frozen=True)
class Char:
    """A character: its format, the place it belongs to, ``ins`` or ``del``.

    Where a figure was deleted, a character without text keeps its place.
    """

    text: str
    style: bytes
    place: Instance | None = None
    revision: str = ""


@dataclass(frozen=True)
class Mark:
    """One end of a field bookmark."""

    name: str
    number: int
    is_start: bool

    @property
    def field(self) -> str:
        """The field whose place it marks."""
        return re.sub(
            "(__[0-9]+)?(_Copy_[0-9]+)?$", "", self.name.removeprefix("字段_")
        )


Atom = Char | Mark


@dataclass
class Line:
    """A paragraph: its properties and what stands in it; other blocks as they are."""

    properties: etree._Element | None
    atoms: list[Atom] = field(default_factory=list)
    other: etree._Element | None = None


class Desk:
    """A draft on the desk.

    Args:
        content: the draft.
        random: what to do where there is a choice.
        program: ``lo`` or ``word``: whose bookmarks they are.
    """

    def __init__(self, content: bytes, random: Random, program: str = "lo") -> None:
        self._members = unzipped(content)
        self._root = etree.fromstring(self._members[MAIN])
        self.random = random
        self.program = program
        self.lines = list(self._read())
        self.first = self.instances()
        self._next = 5000

    # Reading and writing --------------------------------------------------------------

    def _read(self) -> Iterator[Line]:
        body = self._root.find(w("body"))
        assert body is not None
        for block in body:
            if block.tag == w("p"):
                yield self._read_line(block)
            else:
                yield Line(None, [], block)

    def _read_line(self, paragraph: etree._Element) -> Line:
        line = Line(paragraph.find(w("pPr")))
        ends = {mark.get(w("id")) for mark in paragraph.findall(w("bookmarkEnd"))}
        opened: dict[str | None, Instance] = {}
        for element in paragraph:
            place = next(iter(opened.values()), None)
            number = element.get(w("id"))
            if element.tag == w("bookmarkStart"):
                mark = Mark(element.get(w("name"), ""), int(number or 0), is_start=True)
                line.atoms.append(mark)
                if number in ends:
                    opened[number] = Instance(mark.field, "")
            elif element.tag == w("bookmarkEnd"):
                line.atoms.append(Mark("", int(number or 0), is_start=False))
                opened.pop(number, None)
            elif element.tag == w("r"):
                self._read_run(element, line, place)
            elif element.tag in (w("ins"), w("del")):
                for run in element.iter(w("r")):
                    self._read_run(run, line, place, etree.QName(element).localname)
        return line

    def _read_run(
        self,
        run: etree._Element,
        line: Line,
        place: Instance | None,
        revision: str = "",
    ) -> None:
        style = _style(run.find(w("rPr")))
        for text in run.iter(w("t"), w("delText")):
            characters = text.text or ""
            line.atoms += [Char(c, style, place, revision) for c in characters]
            if place is not None:
                place.base += characters

    def content(self) -> bytes:
        """The draft as it is saved."""
        root = deepcopy(self._root)
        body = root.find(w("body"))
        assert body is not None
        for block in list(body):
            body.remove(block)
        for line in self.lines:
            body.append(
                deepcopy(line.other)
                if line.other is not None
                else self._paragraph(line)
            )
        return zipped({**self._members, MAIN: etree.tostring(root)})

    def _paragraph(self, line: Line) -> etree._Element:
        paragraph = etree.Element(w("p"))
        if line.properties is not None:
            paragraph.append(deepcopy(line.properties))
        for group in _groups(line.atoms, self.random):
            first = group[0]
            if isinstance(first, Mark):
                paragraph.append(_mark(first))
            else:
                paragraph.append(_run([a for a in group if isinstance(a, Char)]))
        return paragraph

    # Looking --------------------------------------------------------------------------

    def texts(self) -> list[list[Char]]:
        """The visible characters of each paragraph."""
        return [
            [a for a in line.atoms if isinstance(a, Char) and a.revision != "del"]
            for line in self.lines
            if line.other is None
        ]

    def instances(self) -> list[Instance]:
        """The places that have a character left, in order."""
        found: dict[Instance, None] = {}
        for text in self.texts():
            found |= {char.place: None for char in text if char.place is not None}
        return list(found)

    def marked(self) -> set[Instance]:
        """The places that a bookmark holds at least a part of."""
        found: set[Instance] = set()
        for line in self.lines:
            whole = 0, len(line.atoms)
            marks = (atom for atom in line.atoms if isinstance(atom, Mark))
            torn = {mark.number for mark in marks if _is_torn(mark, line, *whole)}
            opened: set[int] = set()
            for atom in line.atoms:
                if isinstance(atom, Mark):
                    opened ^= {atom.number} - torn
                elif atom.place is not None and opened:
                    found.add(atom.place)
        return found

    def remember(self, places: Iterable[tuple[Instance, int, int, int]]) -> None:
        """Say which place each visible character belongs to.

        Args:
            places: each with its paragraph, where it starts there, and its length.
        """
        written = [line for line in self.lines if line.other is None]
        for line in written:
            line.atoms = [
                replace(a, place=None) if isinstance(a, Char) else a for a in line.atoms
            ]
        for place, number, start, length in reversed(list(places)):
            self._own(written[number], place, start, length)
        self.first = self.instances()

    def _own(self, line: Line, place: Instance, start: int, length: int) -> None:
        visible = [
            index
            for index, atom in enumerate(line.atoms)
            if isinstance(atom, Char) and atom.revision != "del"
        ]
        for index in visible[start : start + length]:
            atom = line.atoms[index]
            assert isinstance(atom, Char)
            line.atoms[index] = replace(atom, place=place)
        if not length:
            at = visible[start] if start < len(visible) else len(line.atoms)
            line.atoms.insert(at, Char("", b"", place))

    def _written(self) -> list[Line]:
        return [line for line in self.lines if line.other is None and line.atoms]

    def _line(self) -> Line:
        return self.random.choice(self._written())

    def _gap(self, line: Line) -> int:
        """An index at which something can be typed without touching a figure."""
        atoms = line.atoms
        free = [
            i
            for i in range(len(atoms) + 1)
            if not (_is_held(atoms, i - 1) or _is_held(atoms, i))
        ]
        return self.random.choice(free) if free else 0

    def _spot(self) -> tuple[Line, Instance, int, int] | None:
        """A place that was not touched yet: its line and the atoms it covers."""
        found = []
        for line in self._written():
            for start, end in _spans(line.atoms):
                first = line.atoms[start]
                assert isinstance(first, Char)
                assert first.place is not None
                if not first.place.edited:
                    found.append((line, first.place, start, end))
        return self.random.choice(found) if found else None

    # Edits ----------------------------------------------------------------------------

    def type_prose(self) -> None:
        """Type some words."""
        line = self._line()
        at = self._gap(line)
        style = _style_at(line.atoms, at)
        words = self.random.choice(_PROSE)
        line.atoms[at:at] = [Char(c, style) for c in words]

    def delete_words(self) -> None:
        """Delete a few characters between figures."""
        line = self._line()
        start = self._gap(line)
        end = start
        while (
            end < len(line.atoms)
            and end - start < self.random.randint(1, 12)
            and isinstance(line.atoms[end], Char)
            and not _is_held(line.atoms, end)
            and not _is_held(line.atoms, end + 1)
        ):
            end += 1
        del line.atoms[start:end]

    def delete_sentence(self) -> None:
        """Delete a sentence, figures and all."""
        line = self._line()
        start, end = self._sentence(line)
        line.atoms[start:end] = [
            atom for atom in line.atoms[start:end] if _is_torn(atom, line, start, end)
        ]

    def split(self) -> None:
        """Press Enter."""
        line = self._line()
        at = self._gap(line)
        index = self.lines.index(line)
        self.lines.insert(index + 1, Line(line.properties, line.atoms[at:]))
        line.atoms = line.atoms[:at]

    def join(self) -> None:
        """Delete the end of a paragraph."""
        if any(place.broken for place in self.instances()):
            # It might be whole again.
            return
        index = self.lines.index(self._line())
        if index + 1 < len(self.lines) and self.lines[index + 1].other is None:
            self.lines[index].atoms += self.lines.pop(index + 1).atoms

    def embolden(self) -> None:
        """Let a stretch be bold."""
        line = self._line()
        start = self.random.randrange(len(line.atoms))
        end = start + self.random.randint(1, 15)
        line.atoms[start:end] = [
            replace(atom, style=_BOLD) if isinstance(atom, Char) else atom
            for atom in line.atoms[start:end]
        ]

    def move_sentence(self) -> None:
        """Cut a sentence and paste it elsewhere; bookmarks go along."""
        line = self._line()
        start, end = self._sentence(line)
        cut = line.atoms[start:end]
        if any(_is_torn(atom, line, start, end) for atom in cut):
            return
        del line.atoms[start:end]
        target = self._line() if self._written() else line
        at = self._gap(target)
        target.atoms[at:at] = cut

    def copy_paragraph(self) -> None:
        """Copy a paragraph: LibreOffice renames the bookmarks, Word drops them."""
        line = self._line()
        twins: dict[Instance, Instance] = {}
        atoms: list[Atom] = []
        for atom in line.atoms:
            if isinstance(atom, Mark):
                torn = _is_torn(atom, line, 0, len(line.atoms))
                atoms += [] if torn else self._copied(atom)
            elif atom.place is None or atom.place.broken or atom.place.rest:
                atoms.append(replace(atom, place=None))
            else:
                atoms.append(replace(atom, place=_twin(atom.place, twins)))
        index = self.random.randint(0, len(self.lines) - 1)
        self.lines.insert(index, Line(line.properties, atoms))
        self._next += 1000

    def retype(self) -> None:
        """Select a figure or name and type another."""
        spot = self._spot()
        if spot is None:
            return
        line, place, start, end = spot
        new = self._other(place)
        style = _style_at(line.atoms, start + 1)
        typed: list[Atom] = [Char(c, style, place) for c in new]
        if self.program == "word":
            self._drop_marks_round(line, start, end)
            start, end = next(s for s in _spans(line.atoms) if _of(line, s) is place)
            line.atoms[start:end] = typed
        else:
            # Only the first piece that is typed is inside the bookmark.
            line.atoms[start:end] = typed[:1]
            at = start + 1
            while at < len(line.atoms) and isinstance(line.atoms[at], Mark):
                at += 1
            line.atoms[at:at] = typed[1:]
        place.edited = True

    def retype_tracked(self) -> None:
        """The same while changes are tracked: the old text stays, deleted."""
        spot = self._spot()
        if spot is None:
            return
        line, place, start, end = spot
        style = _style_at(line.atoms, start + 1)
        old = [
            replace(atom, revision="del")
            for atom in line.atoms[start:end]
            if isinstance(atom, Char)
        ]
        line.atoms[start:end] = old
        at = end
        while at < len(line.atoms) and isinstance(line.atoms[at], Mark):
            at += 1
        new = self._other(place)
        line.atoms[at:at] = [Char(c, style, place, "ins") for c in new]
        place.edited = True

    def change_digit(self) -> None:
        """Change one character inside."""
        spot = self._spot()
        if spot is None:
            return
        line, place, start, end = spot
        at = self.random.randrange(start, end)
        old = line.atoms[at]
        assert isinstance(old, Char)
        others = "123456789" if old.text.isdigit() else "东南西北"
        line.atoms[at] = replace(
            old, text=self.random.choice(others.replace(old.text, ""))
        )
        place.edited = True

    def type_beside(self) -> None:
        """Type a digit right beside a figure, or a character beside a name."""
        spot = self._spot()
        if spot is None:
            return
        line, place, start, end = spot
        if _FIGURES.fullmatch(place.base):
            text = "7"
        elif _IN_WORDS.search(place.base):
            return
        else:
            text = "新"
        char = Char(text, _style_at(line.atoms, start + 1), place)
        if self.random.random() < 0.5:
            outside = self.program == "lo" and _is_mark(line.atoms, start - 1)
            line.atoms.insert(start - outside, char)
        else:
            line.atoms.insert(end + _is_mark(line.atoms, end), char)
        place.edited = True

    def delete_figure(self) -> None:
        """Delete a figure or name: an empty bookmark stays, with Word none."""
        spot = self._spot()
        if spot is None:
            return
        line, place, start, end = spot
        line.atoms[start:end] = [Char("", _style_at(line.atoms, start + 1), place)]
        if self.program == "word":
            self._drop_marks_round(line, start, start + 1)
        place.edited = True

    def enter_inside(self) -> None:
        """Press Enter in the middle of a figure or name."""
        spot = self._spot()
        if spot is None or spot[3] - spot[2] < 2:
            return
        line, place, start, end = spot
        at = self.random.randrange(start + 1, end)
        place.rest = Instance(place.field, "", edited=True, source=place, broken=True)
        rest = [
            replace(atom, place=place.rest)
            if isinstance(atom, Char) and atom.place is place
            else atom
            for atom in line.atoms[at:]
        ]
        self.lines.insert(self.lines.index(line) + 1, Line(line.properties, rest))
        line.atoms = line.atoms[:at]
        place.edited = True

    def overwrite(self) -> None:
        """Select a figure with words on both sides, and type something else."""
        spot = self._spot()
        if spot is None:
            return
        line, _, start, end = spot
        self._drop_marks_round(line, start, end)
        start, end = next(s for s in _spans(line.atoms) if _of(line, s) is spot[1])
        first, last = (
            start - self._free(line, start, -1),
            end + self._free(line, end, 1),
        )
        words = self.random.choice(_PROSE)
        style = _style_at(line.atoms, first + 1)
        # Just the place selected, it is a place typed over.
        place = spot[1] if (first, last) == (start, end) else None
        spot[1].edited = True
        line.atoms[first:last] = [Char(c, style, place) for c in words]

    def copy_sentence(self) -> None:
        """Copy a sentence and paste it elsewhere: no bookmark comes along."""
        line = self._line()
        start, end = self._sentence(line)
        twins: dict[Instance, Instance] = {}
        copied: list[Atom] = [
            replace(a, place=_twin(a.place, twins)) if a.place is not None else a
            for a in line.atoms[start:end]
            if isinstance(a, Char) and a.revision != "del"
        ]
        whole = {place for place in twins if self._is_within(place, line, start, end)}
        if whole != set(twins):
            return
        target = self._line()
        at = self._gap(target)
        target.atoms[at:at] = copied

    def type_at_edge(self) -> None:
        """Type words that say nothing of the figure right in front of it."""
        spot = self._spot()
        if spot is None or not _FIGURES.fullmatch(spot[1].base):
            return
        line, _, start, _ = spot
        style = _style_at(line.atoms, start + 1)
        outside = self.program == "lo" and _is_mark(line.atoms, start - 1)
        at = start - outside
        words = self.random.choice(("已经", "，这就是", "其中", "统计上"))
        line.atoms[at:at] = [Char(c, style) for c in words]

    def delete_at_edge(self) -> None:
        """Delete the character in front of a figure or behind it."""
        spot = self._spot()
        if spot is None:
            return
        line, _, start, end = spot
        step = self.random.choice((-1, 1))
        at = start - 1 if step < 0 else end
        while _is_mark(line.atoms, at):
            at += step
        if 0 <= at < len(line.atoms) and not _is_held(line.atoms, at):
            del line.atoms[at]

    def type_tracked(self) -> None:
        """Type some words while changes are tracked."""
        line = self._line()
        at = self._gap(line)
        style = _style_at(line.atoms, at)
        words = self.random.choice(_PROSE)
        line.atoms[at:at] = [Char(c, style, None, "ins") for c in words]

    def delete_tracked(self) -> None:
        """Delete a sentence while changes are tracked, figures and all."""
        line = self._line()
        start, end = self._sentence(line)
        deleted: list[Atom] = []
        for place, group in groupby(line.atoms[start:end], key=_place_of):
            for atom in group:
                if isinstance(atom, Mark):
                    deleted.append(atom)
                elif atom.text and atom.revision != "ins":
                    deleted.append(replace(atom, revision="del"))
            if place is not None:
                # Its bookmark stays, round what is deleted.
                place.edited = True
                deleted.append(Char("", b"", place))
        line.atoms[start:end] = deleted

    def delete_paragraph(self) -> None:
        """Delete a paragraph."""
        if len(self._written()) > 3:
            self.lines.remove(self._line())

    def lose_bookmark(self) -> None:
        """Replace a wider selection by the same words: the bookmark is gone."""
        spot = self._spot()
        if spot is not None:
            line, _, start, end = spot
            self._drop_marks_round(line, start, end)

    def grow_bookmark(self) -> None:
        """Let a bookmark grow over the words beside it."""
        spot = self._spot()
        if spot is None:
            return
        line, _, _, end = spot
        at = end
        if not (at < len(line.atoms) and isinstance(line.atoms[at], Mark)):
            return
        mark = line.atoms.pop(at)
        step = 0
        while step < 3 and at < len(line.atoms) and _is_char(line.atoms[at]):
            at, step = at + 1, step + 1
        line.atoms.insert(at, mark)

    EDITS = (
        type_prose, type_prose, delete_words, delete_sentence, split, join, embolden,
        move_sentence, copy_paragraph, retype, retype, retype_tracked, change_digit,
        type_beside, lose_bookmark, lose_bookmark, grow_bookmark, delete_figure,
        enter_inside, overwrite, copy_sentence, type_at_edge, delete_at_edge,
        type_tracked, delete_tracked, delete_paragraph,
    )  # fmt: skip

    def edit(self, times: int) -> None:
        """Do some of all this."""
        for _ in range(times):
            self.random.choice(self.EDITS)(self)

    # Helpers --------------------------------------------------------------------------

    def _sentence(self, line: Line) -> tuple[int, int]:
        """A stretch from one stop to the next, round a place chosen at random."""
        at = self.random.randrange(len(line.atoms))
        start, end = at, at
        while start > 0 and not _is_stop(line.atoms[start - 1]):
            start -= 1
        while end < len(line.atoms) and not _is_stop(line.atoms[end]):
            end += 1
        return start, min(end + 1, len(line.atoms))

    def _free(self, line: Line, index: int, step: int) -> int:
        """How many characters beside a place are nobody's, a few at most."""
        count = 0
        while count < self.random.randint(0, 6):
            at = index + count if step > 0 else index - 1 - count
            if not 0 <= at < len(line.atoms) or _is_held(line.atoms, at):
                break
            count += 1
        return count

    def _is_within(self, place: Instance, line: Line, start: int, end: int) -> bool:
        inside = sum(_of_place(a, place) for a in line.atoms[start:end])
        every = sum(_of_place(a, place) for one in self.lines for a in one.atoms)
        return inside == every

    def _drop_marks_round(self, line: Line, start: int, end: int) -> None:
        numbers = {
            a.number
            for a in line.atoms[:start][-1:] + line.atoms[end : end + 1]
            if isinstance(a, Mark)
        }
        line.atoms = [
            a for a in line.atoms if not (isinstance(a, Mark) and a.number in numbers)
        ]

    def _copied(self, mark: Mark) -> list[Atom]:
        if self.program == "word":
            return []
        return [
            replace(mark, name=f"{mark.name}_Copy_1", number=mark.number + self._next)
        ]

    def _other(self, place: Instance) -> str:
        """What somebody types instead of a figure or name."""
        if _FIGURES.fullmatch(place.base):
            new = str(self.random.randint(2, 998)) + self.random.choice(("", ".7"))
        else:
            words = ("章若川", "区督查室", "持续高温", "九成", "柳渡区")
            new = self.random.choice(words)
        return new if new != place.base else self._other(place)


def _style(properties: etree._Element | None) -> bytes:
    if properties is None:
        return b""
    return etree.tostring(properties, method="c14n", exclusive=True)


_BOLD = _style(etree.fromstring(f'<w:rPr xmlns:w="{WORD}"><w:b/></w:rPr>'))


def _twin(place: Instance, twins: dict[Instance, Instance]) -> Instance:
    return twins.setdefault(place, replace(place, source=place))


def _is_torn(atom: Atom, line: Line, start: int, end: int) -> bool:
    """Whether a mark's partner stands outside a stretch."""
    if isinstance(atom, Char):
        return False
    inside = line.atoms[start:end]
    return sum(isinstance(a, Mark) and a.number == atom.number for a in inside) == 1


def _place_of(atom: Atom) -> Instance | None:
    return atom.place if isinstance(atom, Char) else None


def _of_place(atom: Atom, place: Instance) -> bool:
    return isinstance(atom, Char) and atom.place is place


def _is_char(atom: Atom) -> bool:
    return isinstance(atom, Char)


def _is_held(atoms: Sequence[Atom], index: int) -> bool:
    """Whether an atom belongs to a place or is a mark."""
    if not 0 <= index < len(atoms):
        return False
    atom = atoms[index]
    return isinstance(atom, Mark) or atom.place is not None or atom.revision != ""


def _is_mark(atoms: Sequence[Atom], index: int) -> bool:
    return 0 <= index < len(atoms) and isinstance(atoms[index], Mark)


def _is_stop(atom: Atom) -> bool:
    return isinstance(atom, Char) and atom.text in "。；" and atom.place is None


def _style_at(atoms: Sequence[Atom], index: int) -> bytes:
    for atom in [*atoms[index - 1 : index], *atoms[index:], *reversed(atoms)]:
        if isinstance(atom, Char):
            return atom.style
    return b""


def _spans(atoms: Sequence[Atom]) -> Iterator[tuple[int, int]]:
    """The stretches of atoms that belong to one place each."""
    start: int | None = None
    place: Instance | None = None
    for index, atom in enumerate([*atoms, Mark("", 0, is_start=True)]):
        now = atom.place if isinstance(atom, Char) else None
        if now is not place and place is not None and start is not None:
            yield start, index
        if now is not place:
            start, place = index, now


def _of(line: Line, span: tuple[int, int]) -> Instance | None:
    atom = line.atoms[span[0]]
    return atom.place if isinstance(atom, Char) else None


def _groups(atoms: Sequence[Atom], random: Random) -> Iterator[list[Atom]]:
    """Atoms that become one element; runs are cut now and then, as Word does."""
    group: list[Atom] = []
    for atom in atoms:
        if isinstance(atom, Char) and not atom.text:
            continue
        if group and (
            isinstance(atom, Mark)
            or isinstance(group[-1], Mark)
            or (atom.style, atom.revision) != (group[-1].style, group[-1].revision)
            or random.random() < 0.02
        ):
            yield group
            group = []
        group.append(atom)
    if group:
        yield group


def _mark(mark: Mark) -> etree._Element:
    element = etree.Element(w("bookmarkStart" if mark.is_start else "bookmarkEnd"))
    element.set(w("id"), str(mark.number))
    if mark.is_start:
        element.set(w("name"), mark.name)
    return element


def _run(chars: Sequence[Char]) -> etree._Element:
    run = etree.Element(w("r"))
    if chars[0].style:
        run.append(etree.fromstring(chars[0].style))
    tag = "delText" if chars[0].revision == "del" else "t"
    text = etree.SubElement(run, w(tag))
    text.text = "".join(char.text for char in chars)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if not chars[0].revision:
        return run
    revision = etree.Element(w(chars[0].revision))
    revision.set(w("id"), "9000")
    revision.set(w("author"), "章若川")
    revision.append(run)
    return revision
