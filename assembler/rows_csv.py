"""CSV files as offices have them: encoding and separator found out, records streamed.

How the encoding is found: `assembler.textfile`. The separator is the one by which the
head and the lines under it agree best.
"""

import codecs
import contextlib
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import ClassVar, Self

from assembler.errors import DataError
from assembler.rows_guard import unguarded
from assembler.rows_kind import unreadable
from assembler.rows_model import Merge, Record, clean
from assembler.textfile import (
    NAMES,
    EncodingError,
    byte_order_mark,
    detect_encoding,
    first_fault,
)

_SAMPLE_RECORDS = 30
# GB18030 reads whatever its forerunners wrote.
_WIDER = dict.fromkeys(("gbk", "gb2312", "cp936", "ansi", "936"), "gb18030")
_SEPARATORS = {",": "逗号", "\t": "制表符", ";": "分号", "，": "中文逗号"}
_SPOKEN = {"tab": "\t", "\\t": "\t"} | {name: s for s, name in _SEPARATORS.items()}


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file whose encoding and separator are known.

    Attributes:
        path: the file.
        encoding: a codec of Python's.
        separator: one character.
    """

    path: Path
    encoding: str
    separator: str
    merges: ClassVar[tuple[Merge, ...]] = ()
    delimited: ClassVar[bool] = True

    @classmethod
    def open(cls, path: Path, encoding: str | None, separator: str | None) -> Self:
        """Find out how a file is written, or take the word of the caller.

        Args:
            path: a file that `assembler.rows_kind` takes for text.
            encoding: overrides the guess; any codec of Python's, 936 or ANSI for GBK.
            separator: overrides the guess; one character, or tab, 制表符, 逗号, 分号.

        Raises:
            DataError: no encoding fits, or the one given does not; the separator is
                more than one character; the file cannot be read.
        """
        wanted = _separator(separator) if separator is not None else None
        try:
            if encoding is None:
                encoding = detect_encoding(path, _SEPARATORS)
            else:
                encoding = _canonical(path, encoding)
            return cls(path, encoding, wanted or _detect_separator(path, encoding))
        except EncodingError as error:
            raise _no_text(path, error) from error
        except OSError as error:
            raise unreadable(path, error) from error

    def records(self) -> Iterator[Record]:
        """The records, read as they are asked for; blank lines count.

        Raises:
            DataError: a quotation mark is left open or stands inside a quoted cell.
        """
        number = 0
        try:
            with self.path.open(encoding=self.encoding, newline="") as stream:
                reader = csv.reader(stream, delimiter=self.separator, strict=True)
                for number, cells in enumerate(reader, 1):
                    yield Record(number, _unguarded(cells))
        except csv.Error as error:
            raise _quote_error(self.path, number + 1) from error
        except UnicodeDecodeError as error:
            raise _encoding_error(self.path, self.encoding, number + 1) from error
        except OSError as error:
            raise unreadable(self.path, error) from error

    @property
    def described(self) -> str:
        """Encoding and separator for people: GB18030 编码，逗号分隔."""
        name = NAMES.get(self.encoding, self.encoding.upper())
        separator = _SEPARATORS.get(self.separator, f"“{self.separator}”")
        return f"{name} 编码，{separator}分隔"


def _unguarded(cells: list[str]) -> list[str]:
    """The cells without the marks that keep Excel from running them."""
    # Hardly a line has any, and each cell would take its time.
    return [*map(unguarded, cells)] if "'" in "".join(cells) else cells


def _quote_error(path: Path, number: int) -> DataError:
    return DataError(
        f'{path.name} 从第{number}行起英文双引号 " 不成对，分不清单元格的边界。'
        '请补上缺的双引号；单元格里面的双引号要写两遍（""）。'
    )


def _encoding_error(path: Path, encoding: str, line: int) -> DataError:
    return DataError(
        f"{path.name} 不是 {encoding.upper()} 编码：第{line}行读不出来。"
        "请去掉 --encoding 让程序自己判断，"
        "或换一种编码（如 gb18030、utf-8、big5）再试。"
    )


def _separator(wanted: str) -> str:
    separator = _SPOKEN.get(wanted.lower(), wanted)
    if len(separator) != 1 or separator in '"\r\n\0 ':
        message = (
            f"分隔符“{wanted}”不能用。请给出一个字符，如 --separator ; ，"
            "制表符写作 --separator tab 。"
        )
        raise DataError(message)
    return separator


def _canonical(path: Path, wanted: str) -> str:
    """The codec for an encoding that a person named, proved on the file."""
    wider = _WIDER.get(wanted.lower(), wanted)
    try:
        name = codecs.lookup(wider).name
        "".encode(name)
    except LookupError:
        message = (
            f"没有“{wanted}”这种编码。常用的是 gb18030（中文 Excel）、utf-8、"
            "utf-16、big5。"
        )
        raise DataError(message) from None
    marked = name == "utf-8" and byte_order_mark(path)
    encoding = "utf-8-sig" if marked else name
    if fault := first_fault(path, encoding):
        raise _encoding_error(path, encoding, fault)
    return encoding


def _no_text(path: Path, error: EncodingError) -> DataError:
    if error.zero:
        return DataError(
            f"{path.name} 第{error.line}行有空字节（NUL），多半不是文本文件，"
            "或者已经损坏。请用 Excel 打开后另存为 .xlsx 再试。"
        )
    if error.encoding:
        return DataError(
            f"{path.name} 是 {error.encoding.upper()} 编码，但第{error.line}行有坏掉的"
            "字。请打开它，把这一行的乱码改好，再存一遍。"
        )
    return DataError(
        f"{path.name} 认不出文字编码：既不是 UTF-8，也不是 GB18030（GBK）。"
        "请用 Excel 打开后另存为 .xlsx，或用 --encoding 指明（如 --encoding big5）。"
    )


def _detect_separator(path: Path, encoding: str) -> str:
    return max(_SEPARATORS, key=lambda sign: _fit(_sample(path, encoding, sign)))


def _sample(path: Path, encoding: str, separator: str) -> list[list[str]]:
    """The first records that hold something, as far as this separator makes sense."""
    sample: list[list[str]] = []
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=separator, strict=True)
        with contextlib.suppress(csv.Error):
            for cells in islice(filter(any, reader), _SAMPLE_RECORDS):
                sample.append(cells)  # noqa: PERF402 - keep what came before an error
    return sample


def _fit(sample: list[list[str]]) -> tuple[float, int, int]:
    """How well records agree with their head: share of lines, its place, its width."""
    for index, head in enumerate(sample):
        width = sum(bool(clean(cell)) for cell in head)
        if width > 1:
            under = sample[index + 1 :]
            agreeing = sum(len(cells) == len(head) for cells in under)
            return agreeing / max(1, len(under)), -index, width
    return 0.0, 0, 0
