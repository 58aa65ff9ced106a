"""The .docx container: members as compressed bytes, relationships, whole writes.

A .docx is an Open Packaging Conventions package (ISO/IEC 29500-2): a zip file of
parts, ``[Content_Types].xml`` and relationship members. What is not understood here
is carried over as the compressed bytes it came in.
"""

import contextlib
import io
import os
import posixpath
import re
import secrets
import struct
import time
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from isal import isal_zlib
from lxml import etree

from assembler.errors import OutputError, TemplateError
from assembler.unreadable import Wanted, why_unreadable

CONTENT_TYPES = "[Content_Types].xml"
ROOT_RELATIONSHIPS = "_rels/.rels"
TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELATIONSHIP = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)
_STRICT_OFFICE_RELATIONSHIP = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DOCUMENT_TYPE = _WORD_MAIN + "document.main+xml"
DOTX_TYPE = _WORD_MAIN + "template.main+xml"
_MACRO_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_DOCUMENT = Wanted("Word 文档", " .docx 文件", (".docx",))
_OLE2_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800
# 1980-01-01, the first date a zip entry can hold: equal input, equal bytes.
_DOS_TIME, _DOS_DATE = 0, 0x21
# What every row deflates anew: isal's quickest level takes a sixth of the time of
# zlib's default, for a tenth more bytes in the whole file (benchmarks/deflate.py).
_QUICK_LEVEL = 0
# What is deflated once and copied into every draft may take its time.
_SMALL_LEVEL = 9
# What a file that is no .docx makes the readers of zip and XML raise.
_NO_DOCUMENT = (
    struct.error,
    etree.XMLSyntaxError,
    LookupError,
    NotImplementedError,
    UnicodeDecodeError,
)
_TEMPORARY = re.compile(r"\.~[0-9a-f]{16}\.tmp")
# Seconds; what is older was left by a program that is no more.
_LONGEST_WRITE = 3600
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


class Member(NamedTuple):
    """One zip member as it lies in the file.

    Attributes:
        name: its name, ``word/document.xml``.
        method: zip compression method, 0 stored or 8 deflated.
        crc: CRC-32 of the uncompressed bytes.
        size: length of the uncompressed bytes.
        packed: the compressed bytes.
    """

    name: str
    method: int
    crc: int
    size: int
    packed: bytes

    def data(self) -> bytes:
        """The uncompressed bytes.

        Raises:
            zipfile.BadZipFile: they are not what the zip directory says of them.
        """
        data = self.packed
        if self.method == zipfile.ZIP_DEFLATED:
            data = self._unpacked()
        if len(data) != self.size or isal_zlib.crc32(data) != self.crc:
            raise zipfile.BadZipFile(self.name)
        return data

    def _unpacked(self) -> bytes:
        # Never more than was announced, so that no file can fill the memory.
        limit = self.size + 1
        try:
            return isal_zlib.decompressobj(-15).decompress(self.packed, limit)
        except isal_zlib.error as error:  # type: ignore[misc] # isal's stub is wrong
            raise zipfile.BadZipFile(self.name) from error


def deflated(name: str, data: bytes) -> Member:
    """A member made from uncompressed bytes, as small as can be."""
    packer = zlib.compressobj(_SMALL_LEVEL, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    return Member(name, zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), packed)


def quickly_deflated(name: str, data: bytes) -> Member:
    """A member made from uncompressed bytes, as quickly as can be."""
    packer = isal_zlib.compressobj(_QUICK_LEVEL, isal_zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    crc = isal_zlib.crc32(data)
    return Member(name, zipfile.ZIP_DEFLATED, crc, len(data), packed)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part: id, type's last word, target part (or address)."""

    id: str
    type: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """A .docx that was read: its members by name, in the file's order."""

    members: Mapping[str, Member]

    def data(self, name: str) -> bytes:
        """The uncompressed bytes of a member; KeyError where there is none."""
        return self.members[name].data()

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of a part (``""`` for the package), targets as names."""
        member = relationships_name(part)
        if member not in self.members:
            return []
        base = posixpath.dirname(part)
        return [
            _relationship(element, base)
            for element in etree.fromstring(self.data(member), _parser()).iter(
                f"{{{RELATIONSHIPS_NAMESPACE}}}Relationship"
            )
        ]

    @cached_property
    def main_part(self) -> str:
        """The name of the main document part."""
        for relationship in self.relationships(""):
            if relationship.type == "officeDocument":
                return relationship.target
        raise KeyError(ROOT_RELATIONSHIPS)

    @cached_property
    def content_types(self) -> dict[str, str]:
        """Part name → content type, from overrides and default extensions."""
        root = etree.fromstring(self.data(CONTENT_TYPES), _parser())
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        for element in root.iter(f"{{{TYPES_NAMESPACE}}}*"):
            kind = element.get("ContentType", "")
            if extension := element.get("Extension"):
                defaults[extension.lower()] = kind
            elif part := element.get("PartName"):
                overrides[part.lstrip("/")] = kind
        return {
            name: overrides.get(name) or defaults.get(_extension(name), "")
            for name in self.members
        }


def relationships_name(part: str) -> str:
    """The member that holds the relationships of a part."""
    if not part:
        return ROOT_RELATIONSHIPS
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", file + ".rels")


def _extension(name: str) -> str:
    return posixpath.splitext(name)[1].lstrip(".").lower()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _relationship(element: etree._Element, base: str) -> Relationship:
    kind = element.get("Type", "")
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
    return Relationship(
        element.get("Id", ""), kind.rpartition("/")[2], target, external
    )


def read_package(path: Path) -> Package:
    """Read a .docx.

    Args:
        path: the file.

    Returns:
        The package, known to be a Word document without macros.

    Raises:
        TemplateError: the file is missing, no .docx, encrypted, or damaged.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TemplateError(why_unreadable(path, error, _DOCUMENT)) from error
    return parse_package(content, path.name)


def parse_package(content: bytes, name: str) -> Package:
    """Read a .docx from its bytes; ``name`` is used in messages only.

    Raises:
        TemplateError: as `read_package`.
    """
    if content.startswith(_OLE2_MAGIC):
        raise TemplateError(_ole2_message(content, name))
    try:
        package = Package(_members(content))
        _require_sound(package)
        _require_document(package, name)
    except (zipfile.BadZipFile, *_NO_DOCUMENT) as error:
        message = (
            f"“{name}”不是 Word 文档（.docx），或者已经损坏。"
            "请用 Word 或 WPS 打开它，另存为“Word 文档(*.docx)”再用。"
        )
        raise TemplateError(message) from error
    return package


def _ole2_message(content: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return (
            f"“{name}”加了打开密码，程序读不了。"
            "请在 Word 或 WPS 里去掉密码（文件→信息→保护文档），保存后再用。"
        )
    return (
        f"“{name}”是旧格式的 Word 文档（.doc）。"
        "请用 Word 或 WPS 打开它，另存为“Word 文档(*.docx)”再用。"
    )


def _members(content: bytes) -> dict[str, Member]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            info.filename: _raw_member(content, info)
            for info in archive.infolist()
            if not info.is_dir()
        }


def _raw_member(content: bytes, info: zipfile.ZipInfo) -> Member:
    if info.flag_bits & _ENCRYPTED or info.compress_type not in (
        zipfile.ZIP_STORED,
        zipfile.ZIP_DEFLATED,
    ):
        raise zipfile.BadZipFile(info.filename)
    header = _LOCAL.unpack_from(content, info.header_offset)
    start = info.header_offset + _LOCAL.size + header[-2] + header[-1]
    packed = content[start : start + info.compress_size]
    return Member(info.filename, info.compress_type, info.CRC, info.file_size, packed)


def _require_sound(package: Package) -> None:
    """Raise BadZipFile if a member is damaged: copied, it would spoil every draft."""
    for member in package.members.values():
        member.data()


def _require_document(package: Package, name: str) -> None:
    kind = package.content_types.get(package.main_part, "")
    if kind in _MACRO_TYPES:
        message = (
            f"“{name}”是带宏的 Word 文档。"
            "请在 Word 里另存为不带宏的“Word 文档(*.docx)”再用。"
        )
        raise TemplateError(message)
    if kind not in (DOCUMENT_TYPE, DOTX_TYPE):
        raise KeyError(package.main_part)
    if _STRICT_OFFICE_RELATIONSHIP.encode() in package.data(ROOT_RELATIONSHIPS):
        message = (
            f"“{name}”存成了“严格 Open XML”格式，WPS 和本程序都只读普通格式。"
            "请在 Word 里另存为“Word 文档(*.docx)”再用。"
        )
        raise TemplateError(message)


class Archive:
    """Members that stay the same in every output, laid out once.

    Args:
        members: the constant members, in order.
    """

    def __init__(self, members: Iterable[Member]) -> None:
        body, central, self._end = _laid_out(members, 0)
        self._body = b"".join(body)
        self._central = b"".join(central)
        self._count = len(central)

    def assemble(self, changed: Iterable[Member]) -> bytes:
        """The bytes of a whole zip file: the constant members, then these."""
        body, central, end = _laid_out(changed, self._end)
        count = self._count + len(central)
        directory = b"".join((self._central, *central))
        closing = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), end, 0)
        return b"".join((self._body, *body, directory, closing))


def _laid_out(
    members: Iterable[Member], offset: int
) -> tuple[list[bytes], list[bytes], int]:
    """Members as they follow from an offset: their bytes, their entries, the end."""
    body: list[bytes] = []
    central: list[bytes] = []
    for member in members:
        local, entry = _headers(member, offset)
        body += (local, member.packed)
        central.append(entry)
        offset += len(local) + len(member.packed)
    return body, central, offset


def _headers(member: Member, offset: int) -> tuple[bytes, bytes]:
    """The local header and the central directory entry of a member."""
    name = member.name.encode()
    flags = 0 if member.name.isascii() else _UTF8_NAME
    how = (20, flags, member.method, _DOS_TIME, _DOS_DATE)
    what = (member.crc, len(member.packed), member.size, len(name), 0)
    local = _LOCAL.pack(b"PK\3\4", *how, *what) + name
    entry = _CENTRAL.pack(b"PK\1\2", 20, *how, *what, 0, 0, 0, 0, offset) + name
    return local, entry


def pack(members: Iterable[Member]) -> bytes:
    """A whole zip file of these members, ``[Content_Types].xml`` first."""
    ordered = sorted(members, key=lambda member: member.name != CONTENT_TYPES)
    return Archive(ordered).assemble(())


def write_whole(path: Path, content: bytes, *, synced: bool = False) -> None:
    """Write a file so that it appears whole or not at all.

    The bytes go to a temporary name beside it, which then takes its place.

    Args:
        path: the file.
        content: its bytes.
        synced: whether they must be on the disk first, so that a power cut cannot
            leave an empty file in the place of somebody's work.

    Raises:
        OutputError: the folder or file cannot be written.
    """
    # Not tempfile: its files are closed to colleagues who share the folder.
    # Not pathlib either: it interns every name, and these never come again.
    temporary = f"{path.parent}{os.sep}.~{secrets.token_hex(8)}.tmp"
    try:
        _write(temporary, content, synced=synced)
        os.replace(temporary, path)  # noqa: PTH105 - see above
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 - see above
        if isinstance(error, OSError):
            raise OutputError(_unwritable(path, error)) from error
        raise


def _write(name: str, content: bytes, *, synced: bool) -> None:
    with open(name, "xb", buffering=0) as stream:  # noqa: PTH123 - see write_whole
        written = stream.write(content)
        while written < len(content):
            written += stream.write(content[written:])
        if synced:
            os.fsync(stream.fileno())


def clear_temporaries(folder: Path) -> None:
    """Remove what `write_whole` left in a folder when the program was killed.

    A file of the last hour stays: another program may be writing it.
    """
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if _TEMPORARY.fullmatch(file.name) and _age(file) > _LONGEST_WRITE:
                file.unlink()


def _age(file: Path) -> float:
    """How many seconds ago a file was last written."""
    return time.time() - file.stat().st_mtime


def _unwritable(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"写不了“{path}”：文件夹“{path.parent}”不存在。请先建好文件夹。"
    if isinstance(error, PermissionError):
        return (
            f"写不了“{path}”：没有写入权限，或者它正在 Word、WPS 里打开着。"
            "请关掉打开的文件，或者换一个能写的文件夹。"
        )
    return f"写不了“{path}”（{error.strerror}）。请看看磁盘是否已满、文件名是否太长。"
