"""The text of docxtpl's tags: where they stand, what they say, what is wrong in them.

Pure text. A tag begins with ``{{``, ``{%`` or ``{#``; directly behind it may stand
``p``, ``tr``, ``tc`` or ``r``, and then the tag replaces the paragraph, row, cell or
run that it stands in (docxtpl's documentation, "Extensions").
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from assembler.names import is_valid

# Wide braces are what an input method for Chinese writes.
_PAIRS = {"{{": "}}", "{%": "%}", "{#": "#}", "｛｛": "｝｝"}
_OPENING = re.compile(r"\{[{%#]|｛｛")
_ELEMENT_WORD = re.compile(r"(?<=^\{[{%#])(?:p|tr|tc|r)(?=\s)")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# docxtpl's own statements: a cell's span and colour are expressions, the merging of
# cells has none.
_CELL_STATEMENT = re.compile(r"\{%\s*(?:colspan|cellbg)\s(.*)%\}")
_CELL_MERGING = re.compile(r"\{%\s*[vh]m\s*%\}")
_BLOCKS = frozenset(
    {"if", "for", "macro", "call", "filter", "block", "with", "autoescape", "raw"}
)


def tags_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the tags of a paragraph's text begin and end."""
    position = 0
    while opening := _OPENING.search(text, position):
        end = text.find(_PAIRS[opening.group()], opening.end())
        if end >= 0:
            yield opening.start(), end + 2
        position = opening.end() if end < 0 else end + 2


def is_tag(text: str) -> bool:
    """Whether a text is one tag and nothing else."""
    return next(tags_in(text), None) == (0, len(text))


def plain_name(tag: str) -> str | None:
    """The name in ``{{ 名称 }}`` (or ``{{r 名称 }}``), None for any other tag."""
    tag = without_element_word(tag)
    inner = tag[2:-2].strip()
    # A plain text comes from the data: Word's wide and narrow letters are one there.
    name = normalize("NFKC", inner)
    return name if tag.startswith("{{") and is_valid(name) else None


def without_element_word(tag: str) -> str:
    """A tag in narrow braces without docxtpl's p, tr, tc or r."""
    if tag.startswith("｛｛"):
        tag = f"{{{{{tag[2:-2]}}}}}"
    return _ELEMENT_WORD.sub("", tag)


def inner_text(tag: str) -> str:
    """What a tag says, without delimiters and docxtpl's p, tr, tc, r."""
    return without_element_word(tag)[2:-2].strip("-+ \n\t")


def as_jinja(tag: str) -> str:
    """A tag as Jinja alone understands it, on one line."""
    tag = " ".join(without_element_word(tag).translate(_STRAIGHT).split())
    tag = _CELL_STATEMENT.sub(r"{{\1}}", tag)
    return _CELL_MERGING.sub("", tag)


def unclosed(tags: Sequence[str]) -> int | None:
    """The rank of the innermost block that a part's tags leave open."""
    stack: list[int] = []
    for rank, tag in enumerate(tags):
        word, _, rest = inner_text(tag).partition(" ")
        if not tag.startswith("{%"):
            continue
        if word in _BLOCKS or (word == "set" and "=" not in rest):
            stack.append(rank)
        elif word.startswith("end") and stack:
            stack.pop()
    return stack[-1] if stack else None


_REASONS = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (
            r"Unexpected end of template.*needs to be closed is '(\w+)'.*",
            r"{% \1 %} 没有配上 {% end\1 %}",
        ),
        (r"Encountered unknown tag '(end\w+|else|elif)'.*", r"{% \1 %} 前面缺了开头"),
        (r"Encountered unknown tag '([^']+)'.*", r"没有“\1”这种标签"),
        (r"No filter named '([^']+)'.*", r"没有“\1”这种过滤器"),
        (r"No test named '([^']+)'.*", r"没有“\1”这种判断"),
        (r"expected token .*, got '(.*)'", r"“\1”写在了不该写的地方"),
        (r"unexpected '(.*)'", r"“\1”写在了不该写的地方"),
        (r"Expected an expression, got 'end of.*", "里面没有写名称"),
        (r"unexpected char '(.*)' at \d+", r"“\1”这个字符不能写在标签里"),
        (r"access to attribute '(\w+)' .* is unsafe\.?", r"不许使用“\1”"),
        (r"'(.*)' is undefined", r"“\1”没有定义"),
        (r"'.*object' has no attribute '(.*)'", r"“\1”没有定义"),
        (r".* has no element .*", "里面没有这一项"),
        (r"Range too big.*", "range 的范围太大"),
        (r"no loader for this environment specified", "不能引用别的文件"),
        (r"'.*' object is not callable", "把名称当成了函数"),
        (r"(?:integer )?(?:division|modulo) (?:or modulo )?by zero", "除数是零"),
        (
            r"unsupported operand.*|can only concatenate.*|.*not supported between.*",
            "字和数不能这样算",
        ),
        (
            r"(?:Opening and ending tag mismatch|.*xml|StartTag|Extra content).*",
            "它和配对的标签不在同一层，比如一个在表格里、一个在表格外",
        ),
    )
)


def reason_in_chinese(reason: str) -> str:
    """What is wrong with a tag, for people; Jinja's own words where none fit."""
    for pattern, words in _REASONS:
        if match := pattern.fullmatch(reason):
            return match.expand(words)
    return reason
