"""Text files as offices have them: what a file is, its encoding, its text.

Encoding: byte order mark, then UTF-16 where its zero bytes show it, then UTF-8 without
a fault, then GB18030, which Chinese Excel and Notepad write and which GBK and GB2312
are part of.
"""

import codecs
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8（带 BOM）", "gb18030": "GB18030"}
_BLOCK = 1 << 18
_SAMPLE_BYTES = 4096
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A damaged UTF-8 file has far more sound characters than faults; a GBK file read as
# UTF-8 has hardly any.
_SOUND_PER_FAULT = 8
_THREE_BYTES = "\u0800"
# Characters that no Chinese text goes without, of which the two scripts share most.
_COMMON = frozenset(
    "的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出要会會工作"
)
_LEAST_COMMON, _BETTER = 0.06, 2
_FOREIGN = (
    (b"%PDF", " PDF 文件"),
    (b"{\\rtf", " RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<?xml")


class EncodingError(Exception):
    """A file that is no sound text; its reader words the message.

    Attributes:
        encoding: the one that the file is in but for a fault; "" where none fits.
        line: where the fault is, from 1; 0 where no one line is to blame.
        zero: whether the fault is a zero byte.
    """

    def __init__(
        self, encoding: str = "", line: int = 0, *, zero: bool = False
    ) -> None:
        super().__init__(encoding, line)
        self.encoding = encoding
        self.line = line
        self.zero = zero


@dataclass(frozen=True, slots=True)
class Text:
    """A text file that was read.

    Attributes:
        text: its text with its line ends as they are, without a byte order mark.
        encoding: a codec of Python's.
        damaged: whether characters could not be read; U+FFFD stands for them.
    """

    text: str
    encoding: str
    damaged: bool = False

    @property
    def described(self) -> str:
        """The encoding for people."""
        return NAMES.get(self.encoding, self.encoding.upper())


def read_text(path: Path) -> Text:
    """Read a Chinese text, whatever its encoding; Big5 is told by its words.

    Args:
        path: the file.

    Raises:
        EncodingError: it is no text.
        OSError: it cannot be read.
    """
    try:
        encoding = detect_encoding(path, "，。、,.")
    except EncodingError as error:
        if error.zero:
            raise
        return _damaged_text(path.read_bytes(), error.encoding or "gb18030", error)
    content = path.read_bytes()
    text = content.decode(encoding)
    if encoding == "gb18030":
        return _likelier(content, text)
    return Text(text.removeprefix("\ufeff"), encoding)


def _damaged_text(content: bytes, encoding: str, error: EncodingError) -> Text:
    """The text with its faults marked, if there are few of them among its words."""
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    faults = text.count("\ufffd")
    if faults * _SOUND_PER_FAULT > len(text) or _share_of_common(text) < _LEAST_COMMON:
        raise error
    return Text(text, encoding, damaged=True)


def _likelier(content: bytes, text: str) -> Text:
    """A text that GB18030 can read, read as Big5 if that gives far more common words.

    Most texts in Big5 are sound GB18030 too, of the rarest characters.
    """
    try:
        other = content.decode("big5")
    except UnicodeDecodeError:
        return Text(text, "gb18030")
    better = _share_of_common(other) > _BETTER * _share_of_common(text)
    return Text(other, "big5") if better else Text(text, "gb18030")


def _share_of_common(text: str) -> float:
    """How many of a text's characters beyond ASCII are very common ones."""
    wide = [character for character in text if not character.isascii()]
    return sum(character in _COMMON for character in wide) / max(1, len(wide))


def foreign_thing(start: bytes) -> str | None:
    """What a file is that holds neither text nor a document, such as 图片.

    Args:
        start: its first bytes.
    """
    return next((what for magic, what in _FOREIGN if start.startswith(magic)), None)


def is_markup(start: bytes) -> bool:
    """Whether a file begins as a web page or XML does."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)


def byte_order_mark(path: Path) -> str | None:
    """The encoding that a byte order mark tells, None without one."""
    with path.open("rb") as stream:
        start = stream.read(4)
    return next((name for mark, name in _MARKS if start.startswith(mark)), None)


def detect_encoding(path: Path, signs: Collection[str]) -> str:
    """Find out how a text file is encoded.

    Args:
        path: the file.
        signs: characters of which a text in UTF-16 has one in its first stretch,
            beside a line end; what tells it from a binary file.

    Returns:
        A codec of Python's: utf-8, utf-8-sig, gb18030, utf-16….

    Raises:
        EncodingError: no encoding fits, or one does but for damaged places.
        OSError: the file cannot be read.
    """
    if marked := byte_order_mark(path):
        if fault := first_fault(path, marked):
            raise EncodingError(marked, fault)
        return marked
    if wide := _utf16_without_mark(path, signs):
        return wide
    fault = first_fault(path, "utf-8")
    if not fault:
        return "utf-8"
    if _is_damaged_utf8(path):
        raise EncodingError(encoding="utf-8", line=fault)
    if not first_fault(path, "gb18030"):
        return "gb18030"
    raise EncodingError


def first_fault(path: Path, encoding: str) -> int:
    """The first line that is not in this encoding, 0 where all are.

    Raises:
        EncodingError: the text is sound but holds zero bytes.
        OSError: the file cannot be read.
    """
    line = 1
    try:
        for text in _texts(path, encoding):
            if "\0" in text:
                line += text[: text.index("\0")].count("\n")
                raise EncodingError(encoding, line, zero=True)
            line += text.count("\n")
    except UnicodeDecodeError as error:
        return line + error.object[: error.start].count(b"\n")
    return 0


def _texts(path: Path, encoding: str, errors: str = "strict") -> Iterator[str]:
    """The file's text block by block, so that its size does not matter."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _utf16_without_mark(path: Path, signs: Collection[str]) -> str | None:
    """UTF-16, if the zero bytes of the first stretch make line ends and such signs."""
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE_BYTES)
    if 0 not in sample:
        return None
    counts = {name: _count(sample, name, signs) for name in ("utf-16-le", "utf-16-be")}
    encoding = max(counts, key=lambda name: counts[name])
    return encoding if counts[encoding] and not first_fault(path, encoding) else None


def _count(sample: bytes, encoding: str, signs: Collection[str]) -> int:
    """How many line ends and signs there are; 0 where one sort is missing."""
    text = sample.decode(encoding, "replace")
    ends = text.count("\n") + text.count("\r")
    found = sum(text.count(sign) for sign in signs)
    return ends + found if ends and found else 0


def _is_damaged_utf8(path: Path) -> bool:
    """Whether the first stretch of a file is UTF-8 but for a fault here and there."""
    text = next(_texts(path, "utf-8", "surrogateescape"))
    faults = sum("\udc80" <= character <= "\udcff" for character in text)
    sound = sum(character >= _THREE_BYTES for character in text) - faults
    return sound > _SOUND_PER_FAULT * faults
