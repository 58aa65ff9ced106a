"""Replacing a file that holds somebody's work: whole, and nothing lost on the way.

The new content takes the old one's place in one step (`write_whole`); until it stands,
the old content lies beside it under a name of its own. Whatever kills the program, the
file itself is the old one or the new one. What a killed program leaves behind is told
by its name, never taken for a draft, and cleared away the next time.
"""

import contextlib
import hashlib
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from assembler.errors import OutputError
from assembler.package import clear_temporaries, write_whole

# Bytes of a stem, so that the marks here still fit in a name.
_LONGEST_STEM = 210
_DIGITS = 8
_ASIDE = "（更新前{digest}）"
# The endings of stems that backups have, and the program's other copies of a draft.
COPIES = re.compile(rf"（(?:(?:校对|备份)\d*|更新前[0-9a-f]{{{_DIGITS}}})）$")


def keep_backup(path: Path) -> Path:
    """Keep the content of a file beside it, for good.

    Returns:
        The backup; one that holds the same already, if there is any.

    Raises:
        OutputError: the file cannot be read, or the backup not written.
    """
    content = _content(path)
    backup = _backup_of(path, content)
    if not backup.exists():
        write_whole(backup, content, synced=True)
    return backup


def replace_file(path: Path, content: bytes, *, keep: bool) -> Path | None:
    """Replace a file; the old one is kept beside it until the new one stands.

    Args:
        path: the file.
        content: the new content.
        keep: whether the old one is kept for good.

    Returns:
        The old one, where it is kept.

    Raises:
        OutputError: one of them cannot be written; the old file is as it was.
    """
    content_before = _content(path)
    permissions = stat.S_IMODE(path.stat().st_mode)
    backup = _backup_of(path, content_before) if keep else None
    aside = backup or path.with_name(_aside_name(path, content_before))
    is_new = not aside.exists()
    try:
        if is_new:
            write_whole(aside, content_before, synced=keep)
        write_whole(path, content, synced=True)
    except BaseException:
        if is_new:
            aside.unlink(missing_ok=True)
        raise
    # Colleagues who could write it before still can.
    with contextlib.suppress(OSError):
        path.chmod(permissions)
    clear_aside(path)
    return backup


def clear_aside(path: Path) -> None:
    """Clear away what was put aside for a file, unless somebody has worked in it.

    Temporary files go too, of whatever file in the folder, once they are old.
    """
    begin = f"{_short_stem(path)}{_ASIDE.partition('{')[0]}"
    with contextlib.suppress(OSError):
        for other in path.parent.iterdir():
            is_aside = other.name.startswith(begin) and COPIES.search(other.stem)
            if is_aside and other.name == _aside_name(path, other.read_bytes()):
                other.unlink()
    clear_temporaries(path.parent)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"“{path}”读不出来（{error.strerror}），没有改动。请看看是否有权限。"
        raise OutputError(message) from error


def _short_stem(path: Path) -> str:
    return path.stem.encode()[:_LONGEST_STEM].decode(errors="ignore")


def _backup_of(path: Path, content: bytes) -> Path:
    """A backup that holds this content already, or else a free name for one."""
    return next(
        backup
        for backup in _backup_names(path)
        if not backup.exists() or (backup.is_file() and _content(backup) == content)
    )


def _backup_names(path: Path) -> Iterator[Path]:
    """Names for backups: 名（备份）.docx, 名（备份2）.docx, …."""
    number = 1
    while True:
        mark = "（备份）" if number == 1 else f"（备份{number}）"
        yield path.with_name(f"{_short_stem(path)}{mark}{path.suffix}")
        number += 1


def _aside_name(path: Path, content: bytes) -> str:
    """A name that tells the content, so that nothing else is ever cleared away."""
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    return f"{_short_stem(path)}{_ASIDE.replace('{digest}', digest)}{path.suffix}"
