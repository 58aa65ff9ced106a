"""Which documents are meant by what a person typed: files, folders, patterns."""

import os
from collections.abc import Iterable
from glob import glob, has_magic
from pathlib import Path

from assembler.errors import TemplateError
from assembler.replacement import COPIES

# What Word, WPS and macOS leave beside documents.
_OTHERS_MARKS = ("~$", ".")


def documents_in(paths: Iterable[Path]) -> list[Path]:
    """The documents that are meant.

    Args:
        paths: files, which are taken as they are; folders, of which the documents
            are taken, or those of their folders where they hold none themselves;
            patterns such as ``*.docx``, which Windows leaves to programs. Files that
            other programs leave beside documents, and copies that this program made
            of documents that are meant too, come along with patterns: they are left
            out.

    Returns:
        The documents, each once, in the order of the paths.

    Raises:
        TemplateError: a folder or pattern holds no document.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for document in _meant_by(path):
            found.setdefault(os.path.normcase(os.path.abspath(document)), document)  # noqa: PTH100 - links are not followed
    documents = list(found.values())
    return [one for one in documents if not _comes_along(one, documents)] or documents


def _meant_by(path: Path) -> list[Path]:
    if path.is_dir():
        held = _held_by(path)
        if not held:
            message = f"文件夹“{path}”里没有 Word 文档（.docx）。请检查文件夹的名字。"
            raise TemplateError(message)
        return held
    if has_magic(str(path)) and not path.exists():
        matching = [one for match in sorted(glob(str(path))) for one in _each(match)]  # noqa: PTH207 - a pattern may begin at a drive
        if not matching:
            message = f"没有符合“{path}”的 Word 文档（.docx）。请检查文件夹和文件名。"
            raise TemplateError(message)
        return matching
    return [path]


def _each(match: str) -> list[Path]:
    """What a match of a pattern holds; files of other kinds are not meant."""
    path = Path(match)
    if path.is_dir():
        return _held_by(path)
    return [path] if path.suffix.lower() == ".docx" else []


def _held_by(folder: Path) -> list[Path]:
    """The documents of a folder, or of its folders where it holds none itself."""
    for pattern in ("*.docx", "*/*.docx"):
        held = sorted(path for path in folder.glob(pattern) if not _is_beside(path))
        if held:
            return held
    return []


def _is_beside(path: Path) -> bool:
    """Whether a file is another program's own, a copy with comments or a backup."""
    return path.name.startswith(_OTHERS_MARKS) or _original(path) is not None


def _original(path: Path) -> Path | None:
    """The document that a file is a copy of by its name, None where it is none."""
    stem = COPIES.sub("", path.stem)
    return None if stem == path.stem else path.with_stem(stem)


def _comes_along(path: Path, documents: Iterable[Path]) -> bool:
    """Whether a file is there only since a shell named all that lies in a folder."""
    if path.name.startswith(_OTHERS_MARKS):
        return True
    original = _original(path)
    return original is not None and original in documents
