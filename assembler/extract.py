"""extract: the values as they stand in drafts now, back into a data file.

draft ─ open ─ locate ─ what each field says now ─┐
                                                  ├─ cells ─ table ─ CSV or Excel
the office's data file, where it is at hand ──────┘
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.draft import Draft
from assembler.fields import Field
from assembler.findings import Finding, Severity
from assembler.places import Located, Lost, Place


@dataclass(frozen=True, slots=True)
class Said:
    """What a field of a draft says.

    Attributes:
        text: the text that stands there; where that cannot be told, or the place is
            gone, the one that was printed; None where that is not known either.
        recorded: the text that was printed last; None where that is not known.
        findings: what there is to say of it.
    """

    text: str | None
    recorded: str | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that says something else than the record.

    Attributes:
        field: the field.
        recorded: the text that was printed.
        now: the text that stands there.
    """

    field: str
    recorded: str
    now: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a draft says.

    Attributes:
        draft: the draft, its text put away.
        said: field name → what it says.
    """

    draft: Draft
    said: Mapping[str, Said]

    @property
    def label(self) -> str:
        """What a person calls the draft."""
        return (self.draft.record and self.draft.record.row) or self.draft.path.stem

    @property
    def fields(self) -> Mapping[str, Field]:
        """Its fields, in reading order."""
        return self.draft.known.base.fields

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What differs from the record."""
        return tuple(
            Difference(name, one.recorded, one.text)
            for name, one in self.said.items()
            if None not in (one.recorded, one.text)
            and one.text != one.recorded
            # For mypy: neither is None.
            and one.recorded is not None
            and one.text is not None
        )

    @property
    def findings(self) -> list[Finding]:
        """What there is to say of what could not be read beyond doubt."""
        draft = self.draft
        return [
            *(one for one in draft.findings() if one.code == "fields-lost"),
            *(_record_lost(draft) if draft.record is None else ()),
            *(finding for one in self.said.values() for finding in one.findings),
        ]


def extracted(draft: Draft) -> Extracted:
    """What a draft says now.

    Text that was inserted while changes were tracked counts, deleted text does not:
    what Word shows is what the draft says.
    """
    located = draft.locate()
    said = {
        name: _said(draft, field, located)
        for name, field in draft.known.base.fields.items()
    }
    # The trees of a hundred drafts are heavy, and no longer needed.
    return Extracted(replace(draft, roots={}, paragraphs=()), said)


def _said(draft: Draft, field: Field, located: Located) -> Said:
    recorded = draft.record.printed.get(field.name) if draft.record else None
    if all(place.notation == "tag" for place in field.places):
        return Said(recorded, recorded, tuple(_unfollowed(draft, field, recorded)))
    places = [place for place in located.places if place.field == field.name]
    certain = [place for place in places if place.certain or not place.touched]
    text, is_doubtful = _text(certain, recorded)
    tell = _Teller(draft, field, text if text is not None else recorded)
    if is_doubtful or len(certain) < len(places):
        return Said(tell.kept, recorded, (tell.doubt(places),))
    lost = [one for one in located.lost if one.field == field.name and one.base != ""]
    if text is None:
        return Said(recorded, recorded, (tell.gone(lost),) if recorded != "" else ())
    if any(place.now != text for place in certain):
        return Said(text, recorded, (tell.differing(places),))
    grown = [place for place in certain if place.touched and text == recorded]
    told = [tell.beside(grown)] if grown else []
    return Said(text, recorded, (*told, *([tell.partly_gone(lost)] if lost else [])))


def _text(places: Sequence[Place], recorded: str | None) -> tuple[str | None, bool]:
    """What a field's places say, and whether that is in doubt.

    Where some say what was printed and one was changed by hand, the latter counts: the
    secretary's corrected figure goes back.
    """
    texts = {place.now for place in places}
    by_hand = {p.now for p in places if p.touched and p.now != recorded}
    if recorded is None:
        # Nobody knows which of them a person has changed.
        by_hand = set()
    for found in (by_hand, {recorded} if recorded in texts else texts):
        if found:
            return (next(iter(found)), False) if len(found) == 1 else (None, True)
    return None, False


# What there is to say -----------------------------------------------------------------


def draft_finding(draft: Draft, code: str, message: str, hint: str = "") -> Finding:
    """A warning about a draft; the message follows upon its name."""
    return Finding(
        code=code,
        severity=Severity.WARNING,
        message=f"“{draft.path.name}”{message}",
        file=str(draft.path),
        hint=hint or None,
    )


class _Teller:
    """Words what there is to say of a field.

    Args:
        draft: the draft.
        field: the field.
        kept: what the table gets; None where nothing is known.
    """

    def __init__(self, draft: Draft, field: Field, kept: str | None) -> None:
        self._draft = draft
        self._field = field
        self.kept = kept

    def doubt(self, places: Sequence[Place]) -> Finding:
        """That nobody can tell what it says."""
        name = self._field.name
        message = f"里{name}说不准现在是多少（{_shown(places)}），{self._in_table()}。"
        return self._finding(
            "doubtful-value", message, "请看看稿子，自己改表里的数。", places
        )

    def differing(self, places: Sequence[Place]) -> Finding:
        """That its places do not say the same."""
        name = self._field.name
        message = f"里{name}几处说得不一样（{_shown(places)}），{self._in_table()}。"
        return self._finding(
            "places-differ", message, "请核对，把几处改成一样的。", places
        )

    def beside(self, places: Sequence[Place]) -> Finding:
        """That other words touch it now, which may belong to it or not."""
        name = self._field.name
        where = _shown(places)
        message = f"里{name}前后紧挨着的字改过（{where}），{self._in_table()}。"
        hint = "添的字要是也算在里面，请自己改表里的；不算就不用管。"
        found = self._finding("doubtful-value", message, hint, places)
        return replace(found, severity=Severity.INFO)

    def partly_gone(self, lost: Sequence[Lost]) -> Finding:
        """That one of its places is there no more."""
        name = self._field.name
        message = f"里{name}有一处找不到了{_where(lost)}，{self._in_table()}。"
        hint = "那一处要是改成了别的数，请自己改表里的；删掉了就不用管。"
        return replace(
            self._finding("place-lost", message, hint), severity=Severity.INFO
        )

    def gone(self, lost: Sequence[Lost]) -> Finding:
        """That it is there no more."""
        message = f"里找不到{self._field.name}了{_where(lost)}，{self._in_table()}。"
        hint = "稿子里要是还有这个数，请自己改表里的；那句话删掉了，可以不管。"
        return self._finding("place-lost", message, hint)

    def _in_table(self) -> str:
        if not self.kept:
            return "表里空着"
        record = self._draft.record
        is_old = record and record.printed.get(self._field.name) == self.kept
        return f"表里放的是{'合并时的' if is_old else ''}“{self.kept}”"

    def _finding(
        self, code: str, message: str, hint: str, places: Sequence[Place] = ()
    ) -> Finding:
        found = draft_finding(self._draft, code, message, hint)
        found = replace(found, field=self._field.name)
        if not places:
            return found
        paragraph = places[0].paragraph
        return replace(
            found,
            part=paragraph.story.part,
            paragraph=paragraph.number,
            excerpt=places[0].excerpt,
        )


def _where(lost: Iterable[Lost]) -> str:
    old = "；".join(f"“{one.excerpt}”" for one in lost)
    return f"（原来在{old}）" if old else ""


def _shown(places: Iterable[Place]) -> str:
    return "；".join(f"{place.position}“{place.excerpt}”" for place in places)


def _unfollowed(draft: Draft, field: Field, recorded: str | None) -> Iterator[Finding]:
    """Of a draft that somebody changed: a field that only tags ask for."""
    if not (recorded and draft.is_edited):
        return
    message = (
        f"里的{field.name}是模板用标签排进去的，取不出现在的，"
        f"表里放的是合并时的“{recorded}”。"
    )
    hint = "稿子里要是改过它，请自己改表里的。"
    found = draft_finding(draft, "doubtful-value", message, hint)
    yield replace(found, severity=Severity.INFO, field=field.name)


def _record_lost(draft: Draft) -> Iterator[Finding]:
    message = "里的合并记录没有了，说不出和合并时有哪些不同；值按稿子里现在的取。"
    yield draft_finding(draft, "record-lost", message)
