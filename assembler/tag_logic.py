"""What the tags of a template need, read from Jinja's syntax tree. Pure text."""

from collections.abc import Iterable, Iterator

from jinja2 import TemplateSyntaxError, nodes

from assembler.sandbox import environment
from assembler.tag_text import as_jinja

_JINJA_NAMES = frozenset({"loop", "self", "caller", "varargs", "kwargs"})


class SourceError(Exception):
    """What is wrong with a source in Jinja's words, and in which line, from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def syntax_of(lines: Iterable[str]) -> nodes.Template:
    """The syntax tree of tags, a line for each paragraph.

    Raises:
        SourceError: a tag cannot be understood.
    """
    try:
        return environment().parse("\n".join(lines))
    except TemplateSyntaxError as error:
        raise SourceError(error.message or "", error.lineno) from error


def is_sound(source: str) -> bool:
    """Whether a source can be understood by itself."""
    try:
        environment().parse(source)
    except TemplateSyntaxError:
        return False
    return True


def as_expression(name: str) -> str:
    """A field's name as a tag, nothing where the name is a word of Jinja's own."""
    source = f"{{{{ {name} }}}}"
    return source if is_sound(source) else ""


def words_of(tag: str) -> list[str]:
    """The names in a tag, each once, in their order."""
    tokens = environment().lex(as_jinja(tag))
    return list(dict.fromkeys(value for _, kind, value in tokens if kind == "name"))


def bound_names(tree: nodes.Template) -> frozenset[str]:
    """The names that are no fields: bound by a tag, or Jinja's own."""
    names = {n.name for n in tree.find_all(nodes.Name) if n.ctx != "load"}
    names |= {macro.name for macro in tree.find_all(nodes.Macro)}
    return _JINJA_NAMES | names | environment().globals.keys()


def needs_of(tree: nodes.Template) -> dict[str, bool]:
    """The fields that tags name, each with whether a row must have it.

    A name that stands only in conditions, or where a condition asks for it, or has a
    ``default`` filter, may lack.
    """
    needs: dict[str, bool] = {}
    for name, needed in _names_in(tree, frozenset()):
        needs[name] = needs.get(name, False) or needed
    bound = bound_names(tree)
    return {name: needed for name, needed in needs.items() if name not in bound}


def _names_in(node: nodes.Node, asked: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The names below a node, each with whether a row must have it.

    Args:
        node: a node of the syntax tree.
        asked: names that a condition round it asks for.
    """
    if isinstance(node, nodes.Name) and node.ctx == "load":
        yield node.name, node.name not in asked
    tests, others = _parted(node)
    tested = {name for test in tests for name, _ in _names_in(test, asked)}
    yield from ((name, False) for name in tested)
    for other in others:
        yield from _names_in(other, asked | tested)


def _parted(
    node: nodes.Node,
) -> tuple[list[nodes.Node], Iterable[nodes.Node]]:
    """What a node only asks about, and the nodes that its answer decides on."""
    match node:
        case nodes.If():
            return [node.test], [*node.body, *node.elif_, *node.else_]
        case nodes.CondExpr():
            return [node.test], [n for n in (node.expr1, node.expr2) if n is not None]
        case nodes.Or():
            return [node.left], [node.right]
        case nodes.Filter(name="default" | "d", node=nodes.Node() as value):
            return [value], node.args
        case _:
            return [], node.iter_child_nodes()
