"""From blanks to fields: names proposed and made distinct, the guide that tells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.adopt_blanks import Recognised, with_spaces
from assembler.adopt_model import Mark, Paragraph
from assembler.blanks import Blank
from assembler.figures import Kind
from assembler.findings import Finding, Severity
from assembler.guide import Guide, GuideRow
from assembler.layout import Role
from assembler.names import LONGEST_NAME, is_valid
from assembler.naming import Named, formulas_from_text, name_blanks

_PLAIN_NAME = re.compile("第[0-9]+段(空白[0-9]+)")
_DATE, _POST, _SPEAKER = "会议日期", "讲话人职务", "讲话人"
_HEADS = {
    _DATE: (Kind.DATE, "开会的日期，如2025年11月6日"),
    _POST: (Kind.TEXT, "讲话人的职务"),
    _SPEAKER: (Kind.PERSON, "讲话人的姓名"),
}
_SIGNS = re.compile(r"[\s\u3000（）()、，：:]*")
_POST_AND_NAME = 2
_NAME_HINT = "改名用 assembler rename；要合成一个，在 --names 的文件里给它们同一个新名"
_SAME_NAME = "“{}”这个名字已经有了，看不出是不是同一个，这一处先叫“{}”"


@dataclass(frozen=True, slots=True)
class Fields:
    """The blanks of a model text as fields.

    Attributes:
        marks: the blanks in reading order.
        formulas: field name → its formula, where the text itself says so.
        doubts: what is doubtful about the names.
    """

    marks: tuple[Mark, ...]
    formulas: Mapping[str, str]
    doubts: tuple[Finding, ...]


def fields_of(text: Sequence[Recognised], taken: frozenset[str]) -> Fields:
    """Give each blank of a model text its field.

    Args:
        text: the paragraphs with their blanks.
        taken: the names of fields that the document has already.
    """
    words = [_words(one) for one in text]
    proposals = name_blanks(words, [_seen(one) for one in text])
    asked = [(one, rank) for one in text for rank in range(len(one.blanks))]
    heads = {head for one, rank in asked if (head := _head_name(one, rank))}
    names = _Names(taken | heads)
    named: list[Named] = []
    marks: list[Mark] = []
    doubts: dict[str, Finding] = {}
    for (one, rank), proposal in zip(asked, proposals, strict=True):
        head = _head_name(one, rank)
        name, doubt = (head, "") if head else names.of(one.paragraph, proposal)
        named.append(replace(proposal, name=name))
        mark = _mark(one.paragraph, one.blanks[rank], named[-1])
        if head:
            kind, note = _HEADS[head]
            optional = "选填。" if _holds_only_blanks(one) else ""
            mark = replace(mark, kind=kind, unit="", note=optional + note)
        marks.append(mark)
        said = () if head else filter(None, (*proposal.doubts, doubt))
        for what in said:
            doubts.setdefault(what, _doubtful(mark, what))
    formulas = formulas_from_text(words, named)
    return Fields(tuple(marks), formulas, tuple(doubts.values()))


def _words(one: Recognised) -> str:
    """A paragraph with the words that stand elsewhere: the heads of a table."""
    paragraph = one.paragraph
    if not paragraph.context:
        return paragraph.text
    end = one.blanks[0].end
    unit = "" if paragraph.text[end:].strip() else paragraph.unit
    return f"{paragraph.context}{paragraph.text[:end]}{unit}{paragraph.text[end:]}"


def _seen(one: Recognised) -> list[Blank]:
    """The blanks at their places in `_words`."""
    shift = len(one.paragraph.context)
    return [
        replace(blank, start=blank.start + shift, end=blank.end + shift, hint_span=None)
        for blank in one.blanks
    ]


def _head_name(one: Recognised, rank: int) -> str:
    """The name of a blank in the lines under the title, where that is sure."""
    if one.paragraph.role is Role.DATE:
        return _DATE if one.blanks[0].notation == "date" else ""
    if one.paragraph.role is not Role.SPEAKER:
        return ""
    is_last = rank == len(one.blanks) - 1
    if is_last and not one.paragraph.text[one.blanks[rank].end :].strip("）) "):
        return _SPEAKER
    return (
        _POST if len(one.blanks) == _POST_AND_NAME and _holds_only_blanks(one) else ""
    )


def _holds_only_blanks(one: Recognised) -> bool:
    rest, done = [], 0
    for blank in one.blanks:
        rest.append(one.paragraph.text[done : blank.start])
        done = blank.end
    return _SIGNS.fullmatch("".join(rest) + one.paragraph.text[done:]) is not None


class _Names:
    """Keeps the names of new fields apart from those that are taken."""

    def __init__(self, taken: frozenset[str] | set[str]) -> None:
        self._taken = set(taken)
        self._given: dict[str, str] = {}

    def of(self, paragraph: Paragraph, proposal: Named) -> tuple[str, str]:
        """The name for a blank, and what is to be said of it."""
        heads = "".join(c for c in paragraph.context if c.isalnum())
        if is_valid(heads):
            # In a table no two cells have the same row and column.
            self._taken.add(name := self._free(heads))
            return name, ""
        plain = _PLAIN_NAME.fullmatch(proposal.name)
        if plain is not None:
            place = f"{paragraph.label}第{paragraph.number}段"
            return place.removeprefix("正文") + plain[1], ""
        if proposal.name in self._given:
            return self._given[proposal.name], ""
        name = self._free(proposal.name)
        self._given[proposal.name] = name
        self._taken.add(name)
        told = name != proposal.name
        return name, _SAME_NAME.format(proposal.name, name) if told else ""

    def _free(self, name: str) -> str:
        free, number = name, 1
        while free in self._taken:
            number += 1
            free = f"{name[: LONGEST_NAME - len(str(number))]}{number}"
        return free


def _mark(paragraph: Paragraph, blank: Blank, proposal: Named) -> Mark:
    start, end = with_spaces(paragraph, blank)
    said = dict(paragraph.notes).get(blank.start, "")
    if blank.hint_span is not None:
        first, last = blank.hint_span
        said = paragraph.text[first + 1 : last - 1]
    return Mark(
        paragraph=paragraph,
        start=start,
        end=end,
        mask=blank.mask,
        name=proposal.name,
        kind=proposal.kind,
        unit=proposal.unit or "",
        note="；".join(part for part in (said, paragraph.place) if part),
        hint=blank.hint_span,
    )


def _doubtful(mark: Mark, words: str) -> Finding:
    found = ("doubtful-name", Severity.INFO)
    span = (mark.start, mark.end)
    return replace(
        mark.paragraph.finding(found, span, words, _NAME_HINT), field=mark.name
    )


def guide_of(marks: Sequence[Mark], formulas: Mapping[str, str], known: Guide) -> Guide:
    """The guide of a template: what it had, and a row for each new field.

    Args:
        marks: the blanks as fields.
        formulas: field name → its formula, where the text itself says so.
        known: the guide that the document has already.
    """
    rows = dict(known.rows)
    for mark in marks:
        row = GuideRow(
            mark.name,
            str(mark.kind),
            mark.unit,
            formulas.get(mark.name, ""),
            mark.note,
        )
        rows.setdefault(mark.name, row)
    return Guide(rows, known.relations)
