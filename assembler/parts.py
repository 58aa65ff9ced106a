"""The parts of a template that a row changes, each compiled once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assembler.errors import TemplateError
from assembler.fingerprint import MARK_CLOSING, MARK_OPENING, content_of
from assembler.locate import tag_problem
from assembler.program import Program, compile_text, run
from assembler.slots import MARK_TARGET
from assembler.tagged import Numbering, numberings
from assembler.tags import TagError, has_logic
from assembler.wordml import Element, Story, parse, prefix_of, serialise

if TYPE_CHECKING:
    from assembler.tag_program import TagProgram

_INSTRUCTION_OPENING, _INSTRUCTION_CLOSING = f"<?{MARK_TARGET} ", "?>"


@dataclass(frozen=True, slots=True)
class PlainPart:
    """A part whose fields are slots between constant text."""

    name: str
    label: str
    prefix: str
    markup: Program
    content: Program

    def render(
        self, values: Mapping[str, str], escaped: Mapping[str, str]
    ) -> tuple[str, str]:
        """The part's markup and its content for the fingerprint."""
        return run(self.markup, escaped), run(self.content, values)


@dataclass(frozen=True, slots=True)
class TaggedPart:
    """A part with logic in its tags."""

    name: str
    label: str
    prefix: str
    story: Story
    root: Element
    program: "TagProgram"
    fields: list[str]

    def render(
        self, values: Mapping[str, str], escaped: Mapping[str, str]
    ) -> tuple[str, str]:
        """The part's markup and its content for the fingerprint."""
        try:
            source = self.program.render(values)
        except TagError as error:
            problem = tag_problem(error, self.story, self.root)
            raise TemplateError(problem.message, (problem,)) from error
        markup = run(_compile_markup(source, self.fields), escaped)
        return markup, content_of(parse(markup.encode()))


Part = PlainPart | TaggedPart


def compile_parts(
    roots: Mapping[Story, Element], fields: list[str]
) -> tuple[Part, ...]:
    """A program for each part that has a field or a tag, and for the main part."""
    tagged = {story for story, root in roots.items() if has_logic(root)}
    free = iter(numberings(roots.values(), len(tagged)))
    parts: list[Part] = []
    for story, root in roots.items():
        if story in tagged:
            parts.append(_tagged_part(story, root, next(free), fields))
        elif story.label == "正文" or f"<?{MARK_TARGET} " in serialise(root):
            parts.append(_plain_part(story, root, fields))
    return tuple(parts)


def _plain_part(story: Story, root: Element, fields: list[str]) -> PlainPart:
    return PlainPart(
        story.part,
        story.label,
        prefix_of(root),
        _compile_markup(serialise(root), fields),
        compile_text(content_of(root), MARK_OPENING, MARK_CLOSING, fields),
    )


def _tagged_part(
    story: Story, root: Element, free: Numbering, fields: list[str]
) -> TaggedPart:
    # Jinja and docxtpl take longer to import than a plain template to merge.
    from assembler.tag_program import TagProgram  # noqa: PLC0415 - as above

    source = parse(serialise(root).encode())
    try:
        program = TagProgram(source, free)
    except TagError as error:
        problem = tag_problem(error, story, root)
        raise TemplateError(problem.message, (problem,)) from error
    return TaggedPart(
        story.part, story.label, prefix_of(root), story, root, program, fields
    )


def _compile_markup(source: str, fields: list[str]) -> Program:
    return compile_text(source, _INSTRUCTION_OPENING, _INSTRUCTION_CLOSING, fields)
