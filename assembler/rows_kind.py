"""What a data file really is, by its first bytes and not by its name."""

import zipfile
from difflib import get_close_matches
from enum import Enum
from pathlib import Path

from assembler.errors import DataError
from assembler.textfile import OLE2, ZIP, foreign_thing, is_markup

_SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls")
_FIRST_BYTES = 1024
_BLOCK = 1 << 20
_AS_XLSX = "请用 Excel 或 WPS 打开它，另存为 .xlsx 再试"
_STREAMS = (
    ("EncryptedPackage", "加了打开密码，读不了。请先在 Excel 或 WPS 里去掉密码再试"),
    ("WordDocument", "是 Word 文档（.doc），不是数据表。请核对模板和数据文件的先后"),
    ("PowerPoint Document", "是演示文稿，不是数据表。" + _AS_XLSX),
)
_PARTS = (
    ("xl/workbook.bin", "是 .xlsb 工作簿。" + _AS_XLSX),
    ("word/document.xml", "是 Word 文档，不是数据表。请核对模板和数据文件的先后"),
    ("ppt/presentation.xml", "是演示文稿，不是数据表。请换成 CSV 或 .xlsx 文件"),
    ("content.xml", "是 OpenDocument 文件。" + _AS_XLSX),
)
_NEAR = 3
_LIKENESS = 0.5


class Kind(Enum):
    """The three kinds of files that can be read."""

    TEXT = "CSV"
    XLSX = "Excel"
    XLS = "Excel 97-2003"


def kind_of(path: Path) -> Kind:
    """Find out what a file is.

    Args:
        path: where it should be.

    Raises:
        DataError: it is not there, a folder, empty, cannot be read, or is something
            that holds no table.
    """
    first = _first_bytes(path)
    if first.startswith(OLE2):
        return _ole2_kind(path)
    if first.startswith(ZIP):
        return _zip_kind(path)
    if not first.lstrip(b"\xef\xbb\xbf \t\r\n"):
        message = f"{path.name} 是空文件，里面没有数据。请检查是不是选错了文件。"
        raise DataError(message)
    if thing := foreign_thing(first):
        message = f"{path.name} 是{thing}，不是数据表。请换成 CSV 或 .xlsx 文件。"
        raise DataError(message)
    if is_markup(first):
        message = f"{path.name} 里面是网页或 XML，不是表格数据。{_AS_XLSX}。"
        raise DataError(message)
    return Kind.TEXT


def _first_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DataError(_folder_message(path))
        if not path.exists():
            raise DataError(_missing_message(path))
        if path.name.startswith("~$"):
            raise DataError(_lock_message(path))
        with path.open("rb") as stream:
            return stream.read(_FIRST_BYTES)
    except OSError as error:
        raise unreadable(path, error) from error


def _lock_message(path: Path) -> str:
    return (
        f"{path.name} 是 Excel 打开表格时留下的临时文件。"
        f"请改用 {path.name.removeprefix('~$')}。"
    )


def unreadable(path: Path, error: OSError) -> DataError:
    """The error for a file that the system does not let us read."""
    if isinstance(error, PermissionError):
        why = "没有读取的权限，或者正被别的程序占用。请关掉打开它的程序再试。"
    else:
        why = f"系统的答复是“{error.strerror or error}”。"
    return DataError(f"{path.name} 打不开：{why}")


def _tables_in(folder: Path) -> list[str]:
    names = [entry.name for entry in folder.iterdir()]
    return sorted(
        name
        for name in names
        if name.lower().endswith(_SUFFIXES) and not name.startswith("~$")
    )


def _folder_message(path: Path) -> str:
    tables = _tables_in(path)
    hint = f"请给出其中的一个文件：{'、'.join(tables[:_NEAR])}" if tables else ""
    return f"{path.name} 是文件夹，不是数据文件。{hint or '请给出 CSV 或 .xlsx 文件'}。"


def _missing_message(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"找不到 {path}：没有 {folder} 这个文件夹。请核对路径。"
    near = _near(path, _tables_in(folder))
    hint = f"是不是 {'、'.join(near)}？" if near else "请核对文件名和所在的文件夹。"
    return f"找不到 {path}。{hint}"


def _near(path: Path, names: list[str]) -> list[str]:
    same_stem = [name for name in names if Path(name).stem == path.stem]
    alike = get_close_matches(path.name, names, n=_NEAR, cutoff=_LIKENESS)
    return list(dict.fromkeys(same_stem + alike))[:_NEAR]


def _ole2_kind(path: Path) -> Kind:
    """A compound file's kind, by the names of its streams ([MS-CFB] §2.6)."""
    for stream, problem in _STREAMS:
        if _holds(path, stream):
            message = f"{path.name} {problem}。"
            raise DataError(message)
    return Kind.XLS


def _holds(path: Path, name: str) -> bool:
    wanted = name.encode("utf-16-le")
    end = b""
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if wanted in end + block:
                return True
            end = block[-len(wanted) :]
    return False


def _zip_kind(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        message = (
            f"{path.name} 已损坏，读不了（多半是没有下载或复制完）。"
            "请换一份完整的文件。"
        )
        raise DataError(message) from error
    for part, problem in _PARTS:
        if part in names:
            message = f"{path.name} {problem}。"
            raise DataError(message)
    if not any(name.startswith("xl/") for name in names):
        message = (
            f"{path.name} 是压缩包，不是数据表。请解压后用里面的 CSV 或 .xlsx 文件。"
        )
        raise DataError(message)
    return Kind.XLSX
