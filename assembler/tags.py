"""docxtpl's tag language: ``{{ 名称 }}``, ``{%p if %}``, ``{%tr for %}``, filters.

A tag that is a plain name becomes a field bookmark like every other notation. Only a
part with more than that is compiled by Jinja, once, in its sandbox; docxtpl supplies
the rules by which tags replace the paragraphs, rows and runs around them
(``DocxTemplate.patch_xml``). The only module that imports docxtpl and Jinja.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from assembler.cutting import isolate, replace_text
from assembler.names import is_field_bookmark, is_valid
from assembler.notations import TAG_NOTATION, Marker, Stretch
from assembler.wordml import (
    IDENTIFIER,
    NAME,
    PARAGRAPH,
    CrossingError,
    Element,
    bookmarks,
    paragraphs,
    serialise,
    set_text,
    text_of,
    value_markup,
)

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes

_PAIRS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_SEPARATORS = ("\n", "；", ";", "、")
_BOOKMARKS = "_bookmarks"
_ELEMENT_WORDS = frozenset({"p", "tr", "tc", "r"})


class TagError(Exception):
    """A tag that cannot be understood or carried out.

    Attributes:
        reason: what Jinja says, in its words.
        tag: the tag as it stands in the template, without its delimiters; empty
            where it is not known.
    """

    def __init__(self, reason: str, tag: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.tag = tag


def _tags_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the tags of a paragraph's text begin and end."""
    position = 0
    while True:
        starts = [i for i in (text.find(o, position) for o in _PAIRS) if i >= 0]
        if not starts:
            return
        start = min(starts)
        end = text.find(_PAIRS[text[start : start + 2]], start + 2)
        if end < 0:
            return
        yield start, end + 2
        position = end + 2


def _plain_name(tag: str) -> str | None:
    """The name in ``{{ 名称 }}``, None for any other tag."""
    inner = tag[2:-2].strip()
    return inner if tag.startswith("{{") and is_valid(inner) else None


def has_logic(root: Element) -> bool:
    """Whether a part has tags that are more than a plain name."""
    return any(
        _plain_name(text[start:end]) is None
        for text in map(text_of, paragraphs(root))
        for start, end in _tags_in(text)
    )


def mark_simple_tags(root: Element, marker: Marker) -> list[Stretch]:
    """Turn tags that are a plain name into bookmarks, and pull others together.

    Names that a tag of the part itself binds (``for``, ``set``) are no fields.

    Returns:
        The stretches that could not be cut since they cross a border.
    """
    bound = _bound_names(_syntax(root)) if has_logic(root) else frozenset()
    refused = []
    for paragraph in list(paragraphs(root, fallback=True)):
        text = text_of(paragraph)
        for start, end in _tags_in(text):
            try:
                runs = isolate(paragraph, start, end)
            except CrossingError:
                refused.append(Stretch(paragraph, start, end))
                continue
            name = _plain_name(text[start:end])
            if name is not None and name not in bound:
                marker.mark(runs, name, TAG_NOTATION)
            else:
                set_text(replace_text(runs), text[start:end])
    return refused


@dataclass(frozen=True, slots=True)
class LogicName:
    """A field that only tags with logic use: where first, and whether it may lack."""

    name: str
    stretch: Stretch
    optional: bool


def logic_names(root: Element) -> list[LogicName]:
    """The fields that the remaining tags of a part need, in reading order.

    A name that stands only in conditions, or has a ``default`` filter, is optional.

    Raises:
        TagError: a tag cannot be understood.
    """
    if not has_logic(root):
        return []
    tree = _syntax(root)
    needed = _needed_names(tree)
    found: dict[str, LogicName] = {}
    bound = _bound_names(tree)
    for paragraph in paragraphs(root):
        text = text_of(paragraph)
        for start, end in _tags_in(text):
            for name in _names_in(text[start:end]) - bound - found.keys():
                stretch = Stretch(paragraph, start, end)
                found[name] = LogicName(name, stretch, name not in needed)
    return list(found.values())


def _names_in(tag: str) -> frozenset[str]:
    """The names that a tag uses as variables, whatever block it opens."""
    from jinja2 import TemplateSyntaxError, nodes

    inner = _inner(tag)
    word, _, rest = inner.partition(" ")
    closing = {"if": "endif", "elif": "endif", "for": "endfor"}.get(word)
    if closing:
        head = word.removeprefix("el")
        source = f"{{% {head} {rest} %}}{{% {closing} %}}"
    else:
        source = f"{{% {inner} %}}" if word == "set" else f"{{{{ {inner} }}}}"
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError:
        return frozenset()
    return frozenset(n.name for n in tree.find_all(nodes.Name) if n.ctx == "load")


def _inner(tag: str) -> str:
    """What a tag says: without delimiters and docxtpl's p, tr, tc, r."""
    inner = tag[2:-2].strip("-+ \n\t")
    first, _, rest = inner.partition(" ")
    return rest.strip() if first in _ELEMENT_WORDS else inner


def _bound_names(tree: "nodes.Template") -> frozenset[str]:
    from jinja2 import nodes

    names = {n.name for n in tree.find_all(nodes.Name) if n.ctx != "load"}
    return frozenset(names | {"loop", _BOOKMARKS})


def _needed_names(tree: "nodes.Template") -> set[str]:
    """The names that stand outside conditions and ``default`` filters."""
    from jinja2 import nodes

    tests = [
        *(n.test for n in tree.find_all(nodes.If)),
        *(n.test for n in tree.find_all(nodes.CondExpr)),
    ]
    defaults = [
        n.node
        for n in tree.find_all(nodes.Filter)
        if n.name in ("default", "d") and n.node is not None
    ]
    excused = {
        id(name)
        for part in [*tests, *defaults]
        for name in [part, *part.find_all(nodes.Name)]
    }
    return {n.name for n in tree.find_all(nodes.Name) if id(n) not in excused}


def _syntax(root: Element) -> "nodes.Template":
    from jinja2 import TemplateSyntaxError

    source = _patched(root)
    try:
        return _environment().parse(source)
    except TemplateSyntaxError as error:
        reason = error.message or str(error)
        raise TagError(reason, _tag_at(source, error.lineno)) from error


def _patched(root: Element) -> str:
    """A part as Jinja source, each paragraph on a line of its own."""
    from docxtpl import DocxTemplate

    for element in root.iter():
        element.text = _one_line(element.text)
        element.tail = _one_line(element.tail)
    for paragraph in root.iter(PARAGRAPH):
        _begin_line(paragraph)
    patched: str = DocxTemplate(None).patch_xml(serialise(root))
    return patched


def _one_line(text: str | None) -> str | None:
    return text.replace("\n", " ") if text else text


def _begin_line(paragraph: Element) -> None:
    previous, parent = paragraph.getprevious(), paragraph.getparent()
    if previous is not None:
        previous.tail = "\n"
    elif parent is not None:
        parent.text = "\n"


def _tag_at(source: str, line: int) -> str:
    """What the first tag on a line says."""
    lines = source.split("\n")
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return next((_inner(text[start:end]) for start, end in _tags_in(text)), "")


def stretch_of(root: Element, tag: str) -> Stretch | None:
    """Where a tag stands that a TagError names; None where it cannot be told."""
    for paragraph in paragraphs(root):
        text = text_of(paragraph)
        for start, end in _tags_in(text):
            if tag and _inner(text[start:end]) == tag:
                return Stretch(paragraph, start, end)
    return None


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    # Jinja and docxtpl take longer to import than a plain template to merge:
    # only templates with such tags pay.
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, finalize=_finalize
    )


def _finalize(value: Any) -> Any:  # noqa: ANN401 - Jinja hands over anything
    """Write plain text as WordprocessingML; markup of ours stays as it is."""
    from markupsafe import Markup

    if isinstance(value, Markup):
        return value
    return Markup(value_markup(str(value), "w"))  # noqa: S704 - value_markup escapes


class FieldText(str):
    """A field's text in a tag: ``for`` goes over its items, not its letters.

    Items are lines; in a text of one line they are parted by ；, or else by 、.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """The items, without blank ones."""
        separator = next((s for s in _SEPARATORS if s in str(self)), "\n")
        parts = (part.strip() for part in self.split(separator))
        return iter([part for part in parts if part])


class BookmarkNumbers:
    """Gives a field's bookmark in a loop a fresh name and id at each turn."""

    def __init__(self, first_id: int) -> None:
        self._next = first_id
        self._turns: dict[str, int] = {}

    def open(self) -> str:
        """The id for a start mark."""
        self._next += 1
        return str(self._next)

    def close(self) -> str:
        """The id for the end mark behind it."""
        return str(self._next)

    def name(self, bookmark: str) -> str:
        """The bookmark's name, numbered from its second turn on."""
        turn = self._turns[bookmark] = self._turns.get(bookmark, 0) + 1
        return bookmark if turn == 1 else f"{bookmark}__{turn}"


class TagProgram:
    """A part with logic, compiled.

    Args:
        root: the part's root with slots in the places of its fields.
        first_id: bookmark ids above this one are free.

    Raises:
        TagError: a tag cannot be understood.
    """

    def __init__(self, root: Element, first_id: int) -> None:
        for bookmark in bookmarks(root, is_field_bookmark):
            name = bookmark.name
            bookmark.start.set(IDENTIFIER, f"{{{{ {_BOOKMARKS}.open() }}}}")
            bookmark.start.set(NAME, f"{{{{ {_BOOKMARKS}.name('{name}') }}}}")
            bookmark.end.set(IDENTIFIER, f"{{{{ {_BOOKMARKS}.close() }}}}")
        self._first_id = first_id
        self._source = _patched(root)
        self._template = self._compile()

    def _compile(self) -> "Template":
        from jinja2 import TemplateSyntaxError

        try:
            return _environment().from_string(self._source)
        except TemplateSyntaxError as error:
            reason = error.message or str(error)
            raise TagError(reason, _tag_at(self._source, error.lineno)) from error

    def render(self, values: Mapping[str, str]) -> str:
        """The part's source for these field texts, marks of slots still inside.

        Raises:
            TagError: a tag cannot be carried out, or leaves broken markup.
        """
        from jinja2 import TemplateError as JinjaError

        context: dict[str, object] = {n: FieldText(v) for n, v in values.items()}
        context[_BOOKMARKS] = BookmarkNumbers(self._first_id)
        try:
            text = self._template.render(context)
            etree.fromstring(text.encode())
        except (JinjaError, TypeError, ValueError, etree.XMLSyntaxError) as error:
            raise TagError(str(error), self._failed_tag(error)) from error
        return text

    def _failed_tag(self, error: Exception) -> str:
        trace = error.__traceback__
        line = 0
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = trace.tb_lineno
            trace = trace.tb_next
        return _tag_at(self._source, line)
