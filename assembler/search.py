"""Finding the fields of a draft, whatever has been done to it since it was made.

A bookmark that still holds what merge put there tells its place. Where it does not, the
words around tell, as far as they are beyond doubt; what is in doubt is said to be so,
and nothing is ever written there.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assembler.anchoring import (
    WORDS_KEPT,
    Anchor,
    Extent,
    Finder,
    in_place,
    is_value,
    likeness,
    tokens_for,
)
from assembler.anchors import NO_BASE, BaseText, StoryText, Stretch, base_texts
from assembler.edges import BREAK, continues_figure, is_still
from assembler.names import copied_from, field_of
from assembler.places import Known, Located, Loss, Lost, Place, Trace
from assembler.stream import Crossing, Mark, MarkedParagraph
from assembler.wordml import Bookmark

_WORDS_AROUND = 12


def find_places(paragraphs: Sequence[MarkedParagraph], known: Known) -> Located:
    """Find out where the fields of a draft stand now.

    Args:
        paragraphs: its paragraphs, story by story.
        known: what is known of it.
    """
    bases = base_texts(known)
    by_label = {label: list[MarkedParagraph]() for label in bases}
    for paragraph in paragraphs:
        by_label.setdefault(paragraph.story.label, []).append(paragraph)
    searches = {
        label: _Search(found, label, bases, known) for label, found in by_label.items()
    }
    torn = [lost for search in searches.values() for lost in search.torn()]
    every = [hit for search in searches.values() for hit in search.hits()]
    hits = list(_promoted(every, {lost.name for lost in torn}))
    told = {hit.anchor.name for hit in hits} | {lost.name for lost in torn}
    copied = {hit.origin for hit in hits}
    gone = (
        search.lost(anchor, copied)
        for label, search in searches.items()
        for anchor in bases.get(label, NO_BASE).anchors
        if anchor.name not in told
    )
    copies = _copies_gone(known, bases, told)
    return Located(tuple(hit.place() for hit in hits), (*gone, *torn, *copies))


def _copies_gone(
    known: Known, bases: Mapping[str, BaseText], told: set[str]
) -> Iterator[Lost]:
    """What to say of copies that refresh once took in, and that are there no more."""
    anchors = {a.name: a for base in bases.values() for a in base.anchors}
    first = {anchor.field: anchor for anchor in reversed(anchors.values())}
    for name in known.places:
        anchor = first.get(field_of(name) or "")
        if anchor is not None and name not in told | anchors.keys():
            text = known.text(name, anchor.field)
            yield _lost(replace(anchor, name=name, text=text), Loss.COPY)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A field bookmark of the draft.

    Attributes:
        paragraph: index of the paragraph it stands in.
        mark: the bookmark.
        anchor: its place in the base; of a copy that of what was copied, renamed.
        origin: the name of that place.
        left: the text in front of it.
        right: the text behind it.
    """

    paragraph: int
    mark: Mark
    anchor: Anchor
    origin: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place that was found; see `Place`."""

    anchor: Anchor
    origin: str
    index: int
    paragraph: MarkedParagraph
    start: int
    end: int
    touched: bool = False
    certain: bool = True
    trace: Trace = Trace.MARK
    bookmark: Bookmark | None = None

    @property
    def now(self) -> str:
        """The text that stands there."""
        return self.paragraph.text[self.start : self.end]

    def place(self) -> Place:
        """The place."""
        return Place(
            field=self.anchor.field,
            name=self.anchor.name,
            base=self.anchor.text,
            touched=self.touched,
            certain=self.certain,
            trace=self.trace,
            paragraph=self.paragraph,
            start=self.start,
            end=self.end,
            bookmark=self.bookmark,
        )


def _promoted(hits: Sequence[_Hit], taken: set[str]) -> Iterator[_Hit]:
    """The hits; a copy without a name has that of its place, where that is gone."""
    given = {hit.anchor.name for hit in hits} | taken
    for hit in hits:
        if hit.anchor.name or hit.origin in given:
            yield hit
        else:
            given.add(hit.origin)
            yield replace(hit, anchor=replace(hit.anchor, name=hit.origin))


class _Search:
    """Finds the places of one story, the surest first.

    Args:
        paragraphs: the story as it stands now.
        label: its Chinese name.
        bases: the stories of the base by their names.
        known: what is known of the draft.
    """

    def __init__(
        self,
        paragraphs: Sequence[MarkedParagraph],
        label: str,
        bases: Mapping[str, BaseText],
        known: Known,
    ) -> None:
        self._paragraphs = paragraphs
        self._known = known
        base = bases.get(label, NO_BASE)
        self._anchors = base.anchors
        self._tokens = tokens_for(known.base.fields)
        every = [anchor for one in bases.values() for anchor in one.anchors]
        self._finder = Finder(base.text, self._tokens, _texts(every, self._tokens))
        self._names = {anchor.name for anchor in every}
        self._spots = self._spots_among(every)
        self._hits: list[_Hit] = []
        self._several: set[str] = set()
        self._torn = {anchor.name: anchor for anchor in self._torn_among(every)}
        self._run()

    def hits(self) -> list[_Hit]:
        """The places that were found, in reading order."""
        ordered = sorted(self._hits, key=lambda hit: (hit.index, hit.start, hit.end))
        doubtful = {
            index
            for second, (one, other) in enumerate(pairwise(ordered), 1)
            if one.index == other.index and other.start < one.end
            for index in (second - 1, second)
        }
        return [
            replace(hit, touched=True, certain=False) if index in doubtful else hit
            for index, hit in enumerate(ordered)
        ]

    def lost(self, anchor: Anchor, copied: Container[str]) -> Lost:
        """What to say of a place that was not found.

        Args:
            anchor: the place.
            copied: the names of places of which copies were found.
        """
        if anchor.name in copied:
            return _lost(anchor, Loss.COPIED)
        is_one_of_several = anchor.name in self._several
        return _lost(anchor, Loss.SEVERAL if is_one_of_several else Loss.GONE)

    def torn(self) -> Iterator[Lost]:
        """What to say of the places that Enter has torn apart.

        A place without a name is one whose bookmark is elsewhere.
        """
        yield from (_lost(anchor, Loss.TORN) for anchor in self._torn.values())
        text, told = self._text().text, {one.field for one in self._torn.values()}
        for anchor in self._anchors:
            if anchor.field not in told and self._finder.torn(anchor, text):
                told.add(anchor.field)
                name = "" if self._is_found(anchor.name) else anchor.name
                yield _lost(replace(anchor, name=name), Loss.TORN)

    # The marks of the draft -----------------------------------------------------------

    def _spots_among(self, anchors: Sequence[Anchor]) -> list[_Spot]:
        marks = [
            (index, mark)
            for index, paragraph in enumerate(self._paragraphs)
            for mark in _apart(paragraph.marks)
            if mark.field in self._tokens
        ]
        whole = StoryText(self._paragraphs, self._stretches(marks))
        taken: set[str] = set()
        spots = []
        for index, mark in marks:
            behind = whole.offset(index, mark.end)
            left = whole.text[max(0, behind - 1 - WORDS_KEPT) : behind - 1]
            right = whole.text[behind : behind + WORDS_KEPT]
            same = [anchor for anchor in anchors if anchor.field == mark.field]
            origin = _origin(mark.bookmark.name, same, taken, left, right)
            if origin is not None:
                now = self._paragraphs[index].text[mark.start : mark.end]
                anchor = self._renamed(origin, mark, now, taken)
                taken.add(anchor.name)
                spots.append(_Spot(index, mark, anchor, origin.name, left, right))
        return spots

    def _renamed(self, origin: Anchor, mark: Mark, now: str, taken: set[str]) -> Anchor:
        """An anchor for a mark: its own, or that of a copy under the copy's name."""
        name, field, known = mark.bookmark.name, origin.field, self._known
        if name not in taken and name in known.places:
            return replace(origin, name=name, text=known.text(name, field))
        text, source = origin.text, copied_from(name)
        if source in known.places and source not in self._names:
            # A copy of a copy.
            text = known.text(source, field)
        if (known.printed or {}).get(field) == now:
            text = now
        # A name that stands twice: the second is a copy without one.
        return replace(origin, name="" if name in taken else name, text=text)

    def _torn_among(self, anchors: Sequence[Anchor]) -> Iterator[Anchor]:
        """The marks that Enter has torn apart: no part holds the value whole."""
        for paragraph in self._paragraphs:
            for crossing in paragraph.crossings:
                field = field_of(crossing.name)
                same = [anchor for anchor in anchors if anchor.field == field]
                anchor = _origin(crossing.name, same, set(), "", "")
                if anchor is None:
                    continue
                text = self._known.text(crossing.name, anchor.field)
                if not _holds(crossing, text):
                    yield replace(anchor, name=crossing.name, text=text)

    def _stretches(self, marks: Iterable[tuple[int, Mark]]) -> Iterator[Stretch]:
        for index, mark in marks:
            yield Stretch(index, mark.start, mark.end, self._tokens[mark.field])

    # The search -----------------------------------------------------------------------

    def _run(self) -> None:
        touched = [spot for spot in self._spots if not self._take_untouched(spot)]
        before = -1
        # Each place that is found tells more of its neighbours.
        while len(self._hits) > before:
            before = len(self._hits)
            self._finder.learn(self._shown())
            touched = self._take_touched(touched, certain=True)
            spots = {spot.anchor.name: spot for spot in touched}
            self._find(Finder.exact, spots)
            self._find(Finder.edited, spots)
            self._find_copies()
            touched = [s for s in touched if not self._is_found(s.anchor.name)]
        self._take_touched(touched, certain=False)

    def _shown(self) -> dict[str, frozenset[str]]:
        """Token → the texts that stand in the places found so far."""
        found: dict[str, set[str]] = {}
        for hit in self._hits:
            if hit.certain:
                token = self._tokens[hit.anchor.field]
                found.setdefault(token, set()).add(hit.now)
        return {token: frozenset(texts) for token, texts in found.items()}

    def _take_touched(self, spots: Sequence[_Spot], *, certain: bool) -> list[_Spot]:
        """Take marks that do not hold what they should, so far as that is told.

        Returns:
            Those that are left, since it is in doubt how far they reach.
        """
        text = self._text()
        left = []
        for spot in spots:
            extent = self._extent(spot, text)
            if extent.certain or not certain:
                self._take(spot, extent, text)
            else:
                left.append(spot)
        return left

    def _is_found(self, name: str) -> bool:
        return bool(name) and any(hit.anchor.name == name for hit in self._hits)

    def _take_untouched(self, spot: _Spot) -> bool:
        """Take a mark that holds what was left there; False where it does not."""
        mark, anchor = spot.mark, spot.anchor
        paragraph = self._paragraphs[spot.paragraph]
        now = paragraph.text[mark.start : mark.end]
        if not self._is_untouched(spot, now):
            return False
        hit = _Hit(anchor, spot.origin, spot.paragraph, paragraph, mark.start, mark.end)
        self._hits.append(replace(hit, bookmark=mark.bookmark))
        return True

    def _is_untouched(self, spot: _Spot, now: str) -> bool:
        anchor = spot.anchor
        if anchor.text is None:
            # Nobody knows what stood there; at least nothing touches it that did not.
            edges = anchor.left[-1:], anchor.right[:1]
            is_same = edges == (spot.left[-1:], spot.right[:1])
            continued = continues_figure(spot.left, now, spot.right)
            is_plausible = now != "" and is_value(anchor.kind, now)
            return is_same and is_plausible and not continued
        if self._known.guessed and continues_figure(spot.left, now, spot.right):
            return False
        sides = (anchor.left, anchor.right), (spot.left, spot.right)
        return anchor.text == now and is_still(anchor.kind, *sides)

    def _text(self) -> StoryText:
        """The story with tokens for the places that were found so far."""
        return StoryText(
            self._paragraphs,
            [
                Stretch(hit.index, hit.start, hit.end, self._tokens[hit.anchor.field])
                for hit in self._hits
            ],
        )

    def _extent(self, spot: _Spot, text: StoryText) -> Extent:
        """How far a touched value reaches."""
        start = text.offset(spot.paragraph, spot.mark.start)
        end = start + spot.mark.end - spot.mark.start
        found = in_place(spot.anchor, text.text, start, end)
        if self._known.guessed or not self._is_plain(text, found):
            return Extent(start, end, certain=False)
        return found

    def _is_plain(self, text: StoryText, extent: Extent) -> bool:
        """Whether a stretch lies in one paragraph and holds no other place."""
        characters = set(text.text[extent.start : extent.end])
        return not characters & {BREAK, *self._tokens.values()}

    def _take(self, spot: _Spot, extent: Extent, text: StoryText) -> None:
        mark = spot.mark
        index, start, end = spot.paragraph, mark.start, mark.end
        if self._is_plain(text, extent):
            index, start = text.origin(extent.start)
            end = start + extent.end - extent.start
        paragraph = self._paragraphs[index]
        hit = _Hit(spot.anchor, spot.origin, index, paragraph, start, end)
        sides = text.text[: extent.start], text.text[extent.end :]
        anchor = spot.anchor
        is_same = paragraph.text[start:end] == anchor.text and is_still(
            anchor.kind, (anchor.left, anchor.right), sides
        )
        self._hits.append(
            replace(
                hit,
                touched=not is_same,
                certain=extent.certain,
                trace=Trace.WORDS if is_same else Trace.MARK,
                bookmark=mark.bookmark,
            )
        )

    def _find(
        self,
        find: Callable[[Finder, Anchor, str], list[Extent]],
        marked: Mapping[str, _Spot],
    ) -> None:
        """Look by the words around for the places that are still missing.

        Args:
            find: how to look.
            marked: the marks that do not hold what they should, by name.
        """
        text = self._text()
        found: dict[str, Extent] = {}
        for anchor in self._anchors:
            if self._is_found(anchor.name) or anchor.name in self._torn:
                continue
            extents = find(self._finder, anchor, text.text)
            if len(extents) == 1:
                found[anchor.name] = extents[0]
            elif extents:
                self._several.add(anchor.name)
        colliding = _colliding(found)
        self._several |= colliding
        for anchor in self._anchors:
            if anchor.name in found and anchor.name not in colliding:
                self._several.discard(anchor.name)
                extent = found[anchor.name]
                spot = marked.get(anchor.name)
                self._take_found(anchor, text, extent, spot)

    def _take_found(
        self, anchor: Anchor, text: StoryText, extent: Extent, spot: _Spot | None
    ) -> None:
        index, start = text.origin(extent.start)
        end = start + extent.end - extent.start
        paragraph = self._paragraphs[index]
        hit = _Hit(anchor, anchor.name, index, paragraph, start, end)
        is_part = self._goes_on(hit)
        is_touched = is_part or hit.now != anchor.text
        # Of another whole paragraph nothing but its neighbours tells what it is.
        is_told = not is_part and not (is_touched and hit.now == paragraph.text)
        is_known = anchor.text is not None or self._is_figure(anchor, hit)
        self._hits.append(
            replace(
                hit,
                touched=is_touched,
                certain=is_known and is_told,
                trace=Trace.WORDS,
                bookmark=spot.mark.bookmark if spot else None,
            )
        )

    def _goes_on(self, hit: _Hit) -> bool:
        """Whether a figure is the beginning or end of one that base and draft have."""
        text = hit.paragraph.text
        is_part = continues_figure(text[: hit.start], hit.now, text[hit.end :])
        return self._known.guessed and is_part

    def _is_figure(self, anchor: Anchor, hit: _Hit) -> bool:
        """Whether a place shows a figure: of words nobody knows where they end."""
        return not anchor.kind.is_text and hit.end > hit.start

    def _find_copies(self) -> None:
        """Take sentences that were copied, their bookmarks lost on the way."""
        text = self._text()
        found: dict[tuple[int, int], Anchor] = {}
        for anchor in self._anchors:
            if self._is_found(anchor.name):
                for extent in self._finder.copies(anchor, text.text):
                    found.setdefault((extent.start, extent.end), anchor)
        for (start, end), anchor in found.items():
            index, position = text.origin(start)
            hit = _Hit(
                replace(anchor, name=""),
                anchor.name,
                index,
                self._paragraphs[index],
                position,
                position + end - start,
            )
            self._hits.append(replace(hit, trace=Trace.COPY))


def _texts(
    anchors: Iterable[Anchor], tokens: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Token → the texts that stand in its places, where they are known."""
    found: dict[str, set[str]] = {}
    for anchor in anchors:
        if anchor.text is not None:
            found.setdefault(tokens[anchor.field], set()).add(anchor.text)
    return {token: frozenset(texts) for token, texts in found.items()}


def _apart(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks but those that reach into another: what has grown round it is wrong."""
    end = 0
    for mark in marks:
        if mark.start >= end and not any(_encloses(mark, other) for other in marks):
            yield mark
            end = mark.end


def _encloses(mark: Mark, other: Mark) -> bool:
    is_within = mark.start <= other.start < other.end <= mark.end
    return is_within and (mark.start, mark.end) != (other.start, other.end)


def _origin(
    name: str, anchors: Sequence[Anchor], taken: set[str], left: str, right: str
) -> Anchor | None:
    """The place of the base that a mark is: its own, or of a copy the most alike."""
    for anchor in anchors:
        if anchor.name == name and name not in taken:
            return anchor
    return max(anchors, key=lambda anchor: likeness(anchor, left, right), default=None)


def _holds(crossing: Crossing, value: str | None) -> bool:
    return value is not None and any(value in text for text in crossing.texts)


def _lost(anchor: Anchor, loss: Loss) -> Lost:
    return Lost(
        field=anchor.field,
        name=anchor.name,
        base=anchor.text,
        before=_readable(anchor.left).rpartition(BREAK)[2][-_WORDS_AROUND:],
        behind=_readable(anchor.right).partition(BREAK)[0][:_WORDS_AROUND],
        loss=loss,
    )


def _colliding(found: Mapping[str, Extent]) -> set[str]:
    """The places that were found where another was found too."""
    return {
        name
        for name, extent in found.items()
        for other, second in found.items()
        if name != other and extent.overlaps(second)
    }


def _readable(text: str) -> str:
    """Words of the base with dots for the figures among them."""
    return "".join("…" if ord(c) >= ord("\U000f0000") else c for c in text)
