"""A field's name changed in formulas and tags: as a word of its own. Pure text."""

import re
from collections.abc import Iterator, Mapping

from assembler.formula_tokens import FormulaError, tokens
from assembler.names import normalised
from assembler.tag_text import tags_in

_WORD = re.compile(r"[^\W\d]\w*")
# What a tag quotes is text, and what follows a point is a part of something else.
_IN_TAG = re.compile(
    r"\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’|\.\s*\w+|(?<!\w)(?P<word>[^\W\d]\w*)"
)
_MERGE_NAME = re.compile(
    r"^\s*MERGEFIELD\s+(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"]+))", re.IGNORECASE
)
Spans = Iterator[tuple[int, int]]


def in_formula(text: str, name: str) -> Spans:
    """Yield where a formula or relation uses a field.

    Args:
        text: the formula as written.
        name: the field's name; 开工率 is not found in 开工率差距.
    """
    for start, end, word in _names_in(text):
        if word == name:
            yield start, end


def formula_with(text: str, changes: Mapping[str, str]) -> str:
    """A formula with the names in it changed, all at once."""
    pieces, done = [], 0
    for start, end, word in _names_in(text):
        pieces += [text[done:start], changes.get(word, text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])


def _names_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the names of a formula: where each begins and ends, and what it says."""
    try:
        found = list(tokens(text))
    except FormulaError:
        yield from ((*m.span(), normalised(m[0])) for m in _WORD.finditer(text))
        return
    for token in found:
        if token.kind == "name":
            end = token.position + 1
            while normalised(text[token.position : end]) != token.text:
                end += 1
            yield token.position, end, token.text


def in_tags(text: str, name: str) -> Spans:
    """Yield where the tags of a paragraph name a field."""
    for start, end in tags_in(text):
        for match in _IN_TAG.finditer(text, start, end):
            if match["word"] and normalised(match["word"]) == name:
                yield match.span("word")


def in_merge_code(code: str, name: str) -> Spans:
    """Yield where the code of a merge field names a field."""
    match = _MERGE_NAME.match(code)
    for group in ("quoted", "bare"):
        if match and match[group] and normalised(match[group]) == name:
            yield match.span(group)


def replaced(text: str, spans: Spans, new: str) -> str:
    """The text with other words in place of these stretches, which are in order."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])
