"""What an office has settled for good: ``assembler.toml``.

Findings that are accepted, the office's own places and words, its page, the size of
its reading copies. Every key may be left out.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import inf
from pathlib import Path
from typing import Any, TypeVar

from assembler.errors import UseError
from assembler.names import nearest
from assembler.rules_text import Office

FILE = "assembler.toml"
_PROOF_KEYS = ("ignore", "accept", "accepted", *(f.name for f in fields(Office)))
_SMALLEST = 22
Table = Mapping[str, Any]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PageFormat:
    """The page that speeches are held to; margins in millimetres.

    The defaults are those of GB/T 9704-2012, 5.2: A4, 22 lines of 28 characters.
    """

    top: float = 37.0
    right: float = 26.0
    bottom: float = 35.0
    left: float = 28.0


@dataclass(frozen=True, slots=True)
class LargeFormat:
    """The reading copy for the lectern.

    Attributes:
        size: of the text, in points; 22 (二号) or more.
        title: of the title, in points.
        line: from line to line, in points.
        bold: whether all text is bold.
        top: margin in millimetres.
        right: margin in millimetres.
        bottom: margin in millimetres.
        left: margin in millimetres.
        mark: what stands at each page's head.
    """

    size: float = 26.0
    title: float = 32.0
    line: float = 46.0
    bold: bool = True
    top: float = 25.0
    right: float = 22.0
    bottom: float = 30.0
    left: float = 22.0
    mark: str = "讲话人用"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an office.

    Attributes:
        office: its names and words, for the rules.
        ignore: codes of findings that are never reported.
        accepted: code and stretch of text of findings that are accepted for good.
        page: its page.
        large: its reading copy.
        seconds: how long LibreOffice may take for one document.
    """

    office: Office = field(default_factory=Office)
    ignore: frozenset[str] = frozenset()
    accepted: frozenset[tuple[str, str]] = frozenset()
    page: PageFormat = field(default_factory=PageFormat)
    large: LargeFormat = field(default_factory=LargeFormat)
    seconds: float = 60.0


def settings_for(document: Path) -> Settings:
    """The settings for a document: from its folder, else from the current one.

    Raises:
        UseError: the file cannot be understood.
    """
    for folder in (document.parent, Path()):
        path = folder / FILE
        if path.is_file():
            return read_settings(path)
    return Settings()


def read_settings(path: Path) -> Settings:
    """The settings in a file.

    Raises:
        UseError: it is no TOML, or has a key or value that means nothing here.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise _mistake(path, "读不出来，请存成 UTF-8 编码的文本文件") from error
    except tomllib.TOMLDecodeError as error:
        reason = f"不合 TOML 的写法（{error}），请照文档里的样例改"
        raise _mistake(path, reason) from error
    return _Reader(path).settings(table)


def _mistake(path: Path, what: str) -> UseError:
    return UseError(f"设置文件“{path}”{what}。")


class _Reader:
    """Turns tables into settings, saying exactly what does not fit."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def settings(self, table: Table) -> Settings:
        self._require_known("", table, ("proof", "page", "large", "finish"))
        proof, finish = self._table(table, "proof"), self._table(table, "finish")
        self._require_known("proof", proof, _PROOF_KEYS)
        self._require_known("finish", finish, ("seconds",))
        return Settings(
            office=self._office(proof),
            ignore=frozenset(self._words(proof, "ignore")),
            accepted=frozenset(self._accepted(proof)),
            page=PageFormat(**self._values(table, "page", PageFormat())),
            large=self._large(table),
            seconds=self._like(finish, "seconds", Settings().seconds),
        )

    def _large(self, table: Table) -> LargeFormat:
        name = "large"
        large = LargeFormat(**self._values(table, name, LargeFormat()))
        if min(large.size, large.title) < _SMALLEST or large.line < large.size:
            what = f"字号（size、title）要 {_SMALLEST} 以上，行距（line）不小于字号"
            raise self._wrong(name, what)
        return large

    def _office(self, proof: Table) -> Office:
        wrong = self._table(proof, "wrong_words")
        for key in wrong:
            self._like(wrong, key, "")
        return Office(
            own_places=tuple(self._words(proof, "own_places")),
            foreign_places=tuple(self._words(proof, "foreign_places")),
            wrong_words=tuple(wrong.items()),
            accepted=frozenset(self._words(proof, "accepted")),
        )

    def _accepted(self, proof: Table) -> list[tuple[str, str]]:
        name, entries = "proof.accept", proof.get("accept", [])
        if not _is_list_of(dict, entries):
            raise self._wrong(name, "要写成 [[proof.accept]] 下的 code 和 text")
        for entry in entries:
            self._require_known(name, entry, ("code", "text"))
        return [
            (self._like(entry, "code", ""), self._like(entry, "text", ""))
            for entry in entries
        ]

    def _values(
        self, table: Table, name: str, default: PageFormat | LargeFormat
    ) -> dict[str, Any]:
        """What a table sets of the attributes of a dataclass."""
        part = self._table(table, name)
        self._require_known(name, part, _names(default))
        return {key: self._like(part, key, getattr(default, key)) for key in part}

    def _table(self, table: Table, key: str) -> Table:
        part = table.get(key, {})
        if not isinstance(part, dict):
            raise self._wrong(key, f"要写成 [{key}] 一节")
        return part

    def _words(self, table: Table, key: str) -> list[str]:
        words = table.get(key, [])
        if not _is_list_of(str, words):
            raise self._wrong(key, '要写成 ["…", "…"] 这样的列表')
        return list(words)

    def _like(self, table: Table, key: str, default: _T) -> _T:
        """A value of the same type as another; whole numbers do for any number."""
        value = table.get(key, default)
        if isinstance(default, float) and type(value) is int:
            value = float(value)
        if type(value) is not type(default) or (
            isinstance(value, float) and not 0 < value < inf
        ):
            kinds = {str: "加引号的文字", bool: "true 或 false"}
            raise self._wrong(key, f"要写{kinds.get(type(default), '大于 0 的数')}")
        return value

    def _require_known(self, name: str, table: Table, known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                near = nearest(key, list(known))
                advice = f"是不是 {near}？" if near else f"只能写 {'、'.join(known)}"
                key = f"{name}.{key}".strip(".")  # noqa: PLW2901 - its full name
                raise self._wrong(key, f"没有这一项，{advice}")

    def _wrong(self, key: str, what: str) -> UseError:
        return _mistake(self._path, f"里的 {key} {what}")


def _names(table: PageFormat | LargeFormat) -> tuple[str, ...]:
    return tuple(f.name for f in fields(table))


def _is_list_of(kind: type, value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, kind) for entry in value)
