"""A part with logic in its tags, compiled by Jinja and carried out for a row.

docxtpl supplies the rules by which tags replace the paragraphs, rows and runs around
them (``DocxTemplate.patch_xml``); its own ``render`` is not used.
"""

from collections.abc import Mapping

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2 import TemplateError as JinjaError
from lxml import etree

from assembler.sandbox import ITEMS, FieldText, environment
from assembler.tag_text import inner_text, is_tag, tags_in
from assembler.tagged import Numbering, mend
from assembler.tags import TagError
from assembler.wordml import (
    PARAGRAPH,
    Element,
    is_instruction,
    paragraphs,
    parse,
    pieces,
    serialise,
)

# What an expression in a tag may raise besides Jinja's own errors.
_CARELESS = (
    *(TypeError, ValueError, AttributeError, ArithmeticError),
    *(LookupError, RecursionError),
)


class TagProgram:
    """A part with logic, compiled.

    Args:
        root: the part's root with slots in the places of its fields; changed.
        numbering: the numbers that are free for what its loops repeat.

    Raises:
        TagError: a tag cannot be understood.
    """

    def __init__(self, root: Element, numbering: Numbering) -> None:
        self._numbering = numbering
        self._source = _patched(root)
        self._template = self._compile()

    def _compile(self) -> Template:
        sandbox = environment()
        try:
            tree = sandbox.parse(self._source)
            for loop in tree.find_all(nodes.For):
                items = nodes.Filter(loop.iter, ITEMS, [], [], None, None)
                loop.iter = items.set_lineno(loop.lineno)
            tree.set_environment(sandbox)
            return sandbox.from_string(tree)
        except TemplateSyntaxError as error:
            raise self._at(error.message or str(error), error.lineno) from error

    def render(self, values: Mapping[str, str]) -> str:
        """The part's source for these field texts, marks of slots still inside.

        Raises:
            TagError: a tag cannot be carried out, or leaves broken markup.
        """
        context = {name: FieldText(value) for name, value in values.items()}
        try:
            root = parse(self._template.render(context).encode())
        except etree.XMLSyntaxError as error:
            raise TagError(str(error), "") from error
        except (JinjaError, *_CARELESS) as error:
            raise self._at(str(error), _line_of(error)) from error
        mend(root, self._numbering)
        return serialise(root)

    def _at(self, reason: str, line: int) -> TagError:
        """The error with the first tag on a line of the source."""
        before, _, text = _lines(self._source, line)
        tags = [inner_text(text[start:end]) for start, end in tags_in(text)]
        if not tags:
            return TagError(reason, "")
        earlier = [inner_text(before[s:e]) for s, e in tags_in(before)]
        return TagError(reason, tags[0], earlier.count(tags[0]))


def _lines(source: str, line: int) -> tuple[str, str, str]:
    lines = source.split("\n")
    return "\n".join(lines[: line - 1]), "\n", "".join(lines[line - 1 : line])


def _line_of(error: Exception) -> int:
    """The line of the source in which an error arose, 0 where it is not known."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _patched(root: Element) -> str:
    """A part as Jinja source, each paragraph on a line of its own."""
    brace = _Brace(serialise(root))
    brace.hide(root)
    for paragraph in root.iter(PARAGRAPH):
        _begin_line(paragraph)
    patched: str = DocxTemplate(None).patch_xml(serialise(root))
    return brace.shown(_unescaped_tags(patched))


class _Brace:
    """Keeps braces that belong to no tag out of the tag language's sight.

    Args:
        source: the part; two characters that it does not have stand for braces.
    """

    def __init__(self, source: str) -> None:
        # Characters that Unicode assigns to nothing, and XML allows.
        spare = (c for c in map(chr, range(0xFDD0, 0xFDF0)) if c not in source)
        self._opening, self._closing = next(spare), next(spare)
        self._hidden = str.maketrans("{}", self._opening + self._closing)

    def hide(self, root: Element) -> None:
        """Hide the braces of a part outside its tags."""
        tags = {
            piece.element
            for paragraph in paragraphs(root, fallback=True)
            for piece in pieces(paragraph)
            if is_tag(piece.text)
        }
        for element in root.iter():
            if element.text and element not in tags and not is_instruction(element):
                element.text = str(element.text).translate(self._hidden)
            for name, value in element.items():
                element.set(name, str(value).translate(self._hidden))

    def shown(self, source: str) -> str:
        """Source with the braces as text of their own."""
        return source.replace(self._opening, "{{ '{' }}").replace(self._closing, "}")


def _begin_line(paragraph: Element) -> None:
    previous, parent = paragraph.getprevious(), paragraph.getparent()
    if previous is not None:
        previous.tail = "\n"
    elif parent is not None:
        parent.text = "\n"


def _unescaped_tags(source: str) -> str:
    """Source whose tags say & themselves; docxtpl unescapes < and > only."""
    result, position = "", 0
    for start, end in tags_in(source):
        tag = source[start:end].replace("&amp;", "&")
        result += source[position:start] + tag
        position = end
    return result + source[position:]
