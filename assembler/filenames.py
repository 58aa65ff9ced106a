"""File names for drafts: safe on Windows, distinct, never outside their folder."""

import re
import string
from collections.abc import Mapping

from assembler.errors import UseError
from assembler.names import nearest, normalised

SUFFIX = ".docx"
# Bytes: file systems take 255, endings and marks of ours need some of them.
_LONGEST = 210
_UNNAMED = "未命名"
# Hanzi and digits: safe on any system, whatever else is asked below.
_PLAIN = re.compile("[\u4e00-\u9fff0-9_（）]{1,60}")
# What Windows forbids in names, as the full-width sign that looks the same.
_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³"}
)


def safe_stem(text: str) -> str:
    """A text as a file name without ending, valid on Windows, Linux and macOS.

    Args:
        text: what the data or a pattern asks for; a ``.docx`` at its end is dropped.

    Returns:
        At most 210 bytes of UTF-8, no separators, no reserved name, never empty.
    """
    if _PLAIN.fullmatch(text):
        return text
    stem = text.strip()
    if stem.lower().endswith(SUFFIX):
        stem = stem[: -len(SUFFIX)]
    if not stem.isprintable():
        stem = "".join(c if c.isprintable() else " " for c in stem)
    short = stem.translate(_FORBIDDEN).encode()[:_LONGEST].decode(errors="ignore")
    stem = short.strip().rstrip(". ").lstrip(".")
    if stem.partition(".")[0].strip().upper() in _RESERVED:
        stem = f"{stem}_"
    return stem or _UNNAMED


class DistinctNames:
    """Gives equal names -2, -3, … in the order in which they are asked for."""

    def __init__(self) -> None:
        # Digests: thousands of names are to need no memory to speak of. Were two
        # ever alike by chance, a name would get a number that it does not need.
        self._taken: set[int] = set()

    def distinct(self, stem: str) -> str:
        """The stem, numbered if it was given before (whatever its case)."""
        candidate, number = stem, 1
        while hash(candidate.casefold()) in self._taken:
            number += 1
            candidate = f"{stem}-{number}"
        self._taken.add(hash(candidate.casefold()))
        return candidate


def pattern_columns(pattern: str) -> list[str]:
    """The columns that a pattern such as ``{地区}讲话稿`` names, normalised.

    Raises:
        UseError: a brace is not closed, or stands round something else than a name.
    """
    return [name for _, name in _parsed(pattern) if name is not None]


def expand(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern with a row's values put in, still to be made safe.

    Args:
        pattern: text with column names in braces.
        values: column name → text.

    Raises:
        UseError: the pattern is none, or names a column that the row does not have.
    """
    return "".join(
        constant if name is None else constant + _value_of(name, values)
        for constant, name in _parsed(pattern)
    )


def _parsed(pattern: str) -> list[tuple[str, str | None]]:
    """A pattern's constants, each with the column behind it."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise UseError(_bad_pattern(pattern)) from error
    if any(
        name is not None and (not normalised(name) or conversion or form)
        for _, name, form, conversion in parts
    ):
        raise UseError(_bad_pattern(pattern))
    return [(text, None if n is None else normalised(n)) for text, n, _, _ in parts]


def _bad_pattern(pattern: str) -> str:
    return (
        f"--name 的写法“{pattern}”不对：花括号要成对，里面只写列名，如 {{地区}}讲话稿。"
    )


def _value_of(name: str, values: Mapping[str, str]) -> str:
    if name not in values:
        near = nearest(name, list(values))
        hint = f"是不是“{near}”？" if near else f"现有的列：{'、'.join(values)}。"
        message = f"--name 里写了 {{{name}}}，数据文件里没有这一列。{hint}"
        raise UseError(message)
    return values[name]
