"""adopt's way with Word documents: blanks become fields in place, the look stays.

Everything the document has is kept: a blank only gets bookmark marks round its runs,
and the guide comes behind the last page. What copying broke in its words is listed but
not repaired: here a person sees it, and the page is to stay as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from assembler.adopt_blanks import damage_of, recognised
from assembler.adopt_model import MAIN_LABEL, Mark, Mend, Paragraph
from assembler.cutting import isolate
from assembler.errors import TemplateError
from assembler.filenames import safe_stem
from assembler.findings import Finding, Severity
from assembler.guide import Guide, find_guide, read_guide
from assembler.guide_word import append_guide, extend_guide
from assembler.layout import Role
from assembler.notations import BOOKMARK, Marker, bracket_name
from assembler.package import (
    CONTENT_TYPES,
    DOCUMENT_TYPE,
    DOTX_TYPE,
    Package,
    deflated,
    pack,
    parse_package,
)
from assembler.record import find_record
from assembler.roles import roles_of
from assembler.word_places import (
    Spans,
    cell_heads,
    field_names,
    field_stretches,
    twins_of,
)
from assembler.wordml import (
    BODY,
    CrossingError,
    Element,
    Story,
    paragraphs,
    parse,
    remove,
    serialise,
    story_parts,
    text_of,
)

# What a template is called, and one that has got more fields.
_NEW, _FULLER = "_模板", "_新"
_HINT_GONE = "填写提示，移到字段说明里"
_CROSSING = "空白处有一半在超链接、域或修订里，做不成字段"
_CROSSING_HINT = "请在 Word 里把它整个重新打一遍（不带链接和修订），再运行 adopt"
# A cell with no more than this beside its mask is told by the table's heads alone.
_BARE = 3


@dataclass(frozen=True, slots=True)
class WordModel:
    """A Word document; its attributes are those of `adopt_model.Model`."""

    title: str
    stem: str
    paragraphs: tuple[Paragraph, ...]
    repairs: tuple[Mend, ...]
    doubts: tuple[Finding, ...]
    guide: Guide
    taken: frozenset[str]
    _package: Package

    def template(self, marks: Sequence[Mark], guide: Guide) -> bytes:
        """The document with these blanks marked and its guide written.

        Raises:
            TemplateError: a blank crosses the border of a link, field or revision.
        """
        roots = _roots(self._package)
        problems = list(_mark(roots, marks))
        if problems:
            message = f"“{self.title}”里有{len(problems)}个空白处做不成字段，要先改好。"
            raise TemplateError(message, tuple(problems))
        _drop_hints(roots, marks)
        main = next(r for s, r in roots.items() if s.part == self._package.main_part)
        found = find_guide(main)
        if found is None:
            append_guide(main, guide)
        else:
            new = (
                row for row in guide.rows.values() if row.name not in self.guide.rows
            )
            extend_guide(found[1], new)
        changed = {mark.paragraph.part for mark in marks} | {self._package.main_part}
        return _packed(self._package, roots, changed)


def read_document(content: bytes, path: Path, *, repair: bool) -> WordModel:
    """Read a Word document that is to become a template.

    Args:
        content: its bytes.
        path: its file, for names and messages.
        repair: whether to list what copying broke.

    Raises:
        TemplateError: it cannot be read, is a draft, or has tags that are broken.
    """
    package = parse_package(content, path.name)
    if find_record(package) is not None:
        message = (
            f"“{path.name}”是合并出来的稿子，不用再做成模板。"
            f"要换上新数据，请用：assembler refresh {path.name} --data 数据文件。"
        )
        raise TemplateError(message)
    try:
        roots = _roots(package)
    except etree.XMLSyntaxError as error:
        message = (
            f"“{path.name}”里面已经损坏，读不出来。"
            "请用 Word 或 WPS 打开它（会提示修复），另存为 .docx 再用。"
        )
        raise TemplateError(message) from error
    guide = _guide(roots)
    listed = tuple(_listed(roots, guide, path.name))
    titles = [p.text for p in listed if p.role is Role.TITLE]
    return WordModel(
        title="".join(titles).strip() or path.stem,
        stem=safe_stem(path.stem) + (_FULLER if guide.rows else _NEW),
        paragraphs=listed,
        repairs=tuple(_hint_repairs(listed)),
        doubts=tuple(damage_of(listed)) if repair else (),
        guide=guide,
        taken=field_names(roots.values()) | guide.rows.keys(),
        _package=package,
    )


def _roots(package: Package) -> dict[Story, Element]:
    return {story: parse(package.data(story.part)) for story in story_parts(package)}


def _guide(roots: Mapping[Story, Element]) -> Guide:
    guides = (read_guide(root) for root in roots.values())
    return next((guide for guide in guides if guide is not None), Guide({}))


def _numbered(root: Element) -> Iterator[tuple[int, Element]]:
    """The paragraphs of a part with their numbers, the guide's left out."""
    guide = find_guide(root) or ()
    left_out = {element for part in guide for element in part.iter("*")}
    for number, paragraph in enumerate(paragraphs(root), 1):
        if paragraph not in left_out:
            yield number, paragraph


def _listed(
    roots: Mapping[Story, Element], guide: Guide, name: str
) -> Iterator[Paragraph]:
    fields = field_stretches(roots, name)
    for story, root in roots.items():
        roles = _roles(root) if story.label == MAIN_LABEL else {}
        for number, element in _numbered(root):
            plain = Paragraph(
                text=text_of(element),
                number=number,
                label=story.label,
                part=story.part,
                role=roles.get(element, Role.BODY),
                fields=fields[element],
            )
            yield _in_table(_with_brackets(plain, guide), element)


def _roles(root: Element) -> dict[Element, Role]:
    """The roles of the paragraphs that stand in the body itself and hold text."""
    body = root.find(BODY)
    own = [
        element
        for _, element in _numbered(root)
        if element.getparent() is body and text_of(element).strip()
    ]
    roles = roles_of([text_of(element).strip() for element in own])
    return dict(zip(own, roles, strict=True))


def _with_brackets(paragraph: Paragraph, guide: Guide) -> Paragraph:
    """Brackets whose name the guide lists are fields already."""
    named: Spans = tuple(
        (blank.start, blank.end)
        for blank in recognised(paragraph).blanks
        if bracket_name(blank) in guide.rows
    )
    return replace(paragraph, fields=(*paragraph.fields, *named))


def _in_table(paragraph: Paragraph, element: Element) -> Paragraph:
    heads = cell_heads(element)
    if heads is None:
        return paragraph
    blanks = recognised(paragraph).blanks
    masks = sum(len(blank.mask) for blank in blanks)
    bare = len(blanks) == 1 and len(paragraph.text.strip()) - masks <= _BARE
    return replace(
        paragraph,
        context=heads.words if bare else "",
        unit=heads.unit if bare else "",
        place=heads.note,
    )


def _hint_repairs(listed: Sequence[Paragraph]) -> Iterator[Mend]:
    for paragraph in listed:
        for blank in recognised(paragraph).blanks:
            if blank.hint_span is not None:
                words = paragraph.text[slice(*blank.hint_span)]
                yield Mend(words, "", _HINT_GONE, paragraph.number)


def _mark(roots: Mapping[Story, Element], marks: Sequence[Mark]) -> Iterator[Finding]:
    """Set the bookmarks; yields what is wrong with those that cannot be set."""
    marker = Marker(roots.values())
    elements = _elements(roots)
    twins = {own: twin for r in roots.values() for own, twin in twins_of(r).items()}
    for mark in marks:
        element = elements[mark.paragraph.part, mark.paragraph.number]
        try:
            runs = [isolate(element, mark.start, mark.end)]
            if element in twins:
                runs.append(isolate(twins[element], mark.start, mark.end))
        except CrossingError:
            found = ("crossing-field", Severity.ERROR)
            span = (mark.start, mark.end)
            yield mark.paragraph.finding(found, span, _CROSSING, _CROSSING_HINT)
            continue
        for place in runs:
            marker.mark(place, mark.name, BOOKMARK)


def _elements(roots: Mapping[Story, Element]) -> dict[tuple[str, int], Element]:
    return {
        (story.part, number): element
        for story, root in roots.items()
        for number, element in _numbered(root)
    }


def _drop_hints(roots: Mapping[Story, Element], marks: Sequence[Mark]) -> None:
    """Take out the hints behind masks, from the last to the first."""
    elements = _elements(roots)
    twins = {own: twin for r in roots.values() for own, twin in twins_of(r).items()}
    for mark in reversed(marks):
        if mark.hint is None:
            continue
        element = elements[mark.paragraph.part, mark.paragraph.number]
        twin = [twins[element]] if element in twins else []
        for target in (element, *twin):
            for run in isolate(target, *mark.hint):
                remove(run)


def _packed(
    package: Package, roots: Mapping[Story, Element], changed: set[str]
) -> bytes:
    """The document's bytes; members that did not change are copied as they are."""
    members = dict(package.members)
    for story, root in roots.items():
        if story.part in changed:
            members[story.part] = deflated(story.part, serialise(root).encode())
    types = package.data(CONTENT_TYPES)
    if DOTX_TYPE.encode() in types:
        types = types.replace(DOTX_TYPE.encode(), DOCUMENT_TYPE.encode())
        members[CONTENT_TYPES] = deflated(CONTENT_TYPES, types)
    return pack(members.values())
