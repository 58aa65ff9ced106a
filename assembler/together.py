"""Files that must change together: all are written, or all stay as they were."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from assembler.errors import OutputError
from assembler.package import write_whole


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files, each whole; if one fails, take the others back.

    Args:
        files: path → content.

    Raises:
        OutputError: one cannot be written.
    """
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in files.items():
            before[path] = path.read_bytes() if path.exists() else None
            write_whole(path, content)
    except BaseException as error:
        for path, content_before in before.items():
            _restore(path, content_before)
        if isinstance(error, OSError):
            message = (
                f"“{path}”读不出来（{error.strerror}），没有改动。请看看是否有权限。"
            )
            raise OutputError(message) from error
        raise


def _restore(path: Path, content: bytes | None) -> None:
    with contextlib.suppress(OSError, OutputError):
        if content is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != content:
            write_whole(path, content)
