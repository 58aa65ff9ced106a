"""Why a file that a person named cannot be read, and what lies beside it."""

from dataclasses import dataclass
from pathlib import Path

# Files beside a name that was not found, so that the message stays a sentence.
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What kind of file is meant.

    Attributes:
        what: what people call it.
        one: what they call one of its files in a folder.
        suffixes: its endings, in lower case.
    """

    what: str
    one: str
    suffixes: tuple[str, ...]


def why_unreadable(path: Path, error: OSError, wanted: Wanted) -> str:
    """What to say where a file cannot be read.

    Args:
        path: the file that was named.
        error: what became of reading it.
        wanted: what was meant.
    """
    if path.is_dir():
        return (
            f"“{path}”是文件夹，不是{wanted.what}。请写出里面那个{wanted.one}的名字。"
        )
    if isinstance(error, FileNotFoundError):
        return f"找不到文件“{path}”。{_nearby(path, wanted)}"
    return f"“{path}”读不出来（{error.strerror}）。请看看是否有权限打开它。"


def _nearby(path: Path, wanted: Wanted) -> str:
    """The files of that kind beside a name that was not found, as a sentence."""
    try:
        found = sorted(
            other.name
            for other in path.parent.iterdir()
            if other.suffix.lower() in wanted.suffixes
            and not other.name.startswith("~$")
        )
    except OSError:
        found = []
    if not found:
        return "请检查文件名和所在的文件夹。"
    return f"这个文件夹里有：{'、'.join(found[:_NEAR])}。请核对文件名。"
