"""Text files in every encoding of Chinese offices, and what is no text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.textfile import EncodingError, foreign_thing, is_markup, read_text

SPEECH = "同志们：\r\n今年全区安排项目X个，开工率X%。\n我们要在这个月把工作做好。\n"
TRADITIONAL = "同志們：\r\n今年全區的工作要到位，我們會把這個項目做好。\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "范文.txt"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-32"]
)
def test_a_text_is_read_in_any_encoding(path: Path, encoding: str) -> None:
    path.write_bytes(SPEECH.encode(encoding))
    assert read_text(path).text == SPEECH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(path: Path, encoding: str) -> None:
    path.write_bytes(SPEECH.encode(encoding))
    assert read_text(path).text == SPEECH


def test_big5_is_told_by_its_words(path: Path) -> None:
    path.write_bytes(TRADITIONAL.encode("big5"))
    read = read_text(path)
    assert (read.text, read.encoding) == (TRADITIONAL, "big5")


def test_a_short_text_in_gbk_is_not_taken_for_big5(path: Path) -> None:
    for text in ("完成X个，占X%。", "落户企业X家", "会上，X个部门发言。"):
        path.write_bytes(text.encode("gbk"))
        assert read_text(path).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_broken_bytes_are_marked_and_the_rest_is_read(
    path: Path, encoding: str
) -> None:
    before, after = SPEECH.encode(encoding), ("我们的工作" * 9).encode(encoding)
    path.write_bytes(before + b"\xff" + after)
    read = read_text(path)
    assert read.damaged
    assert read.text.startswith(SPEECH)
    assert read.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0",
        bytes(range(256)) * 8,
        b"\xde\xad\xbe\xef\xff\xfe\xfd" * 40,
    ],
)
def test_a_binary_file_is_no_text(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(EncodingError):
        read_text(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "任意.txt"
    path.write_bytes(content)
    try:
        read = read_text(path)
    except EncodingError:
        return
    assert isinstance(read.text, str)
    assert read.described


def test_other_files_are_known_by_their_first_bytes() -> None:
    assert foreign_thing(b"%PDF-1.7") == " PDF 文件"
    assert foreign_thing("同志们".encode()) is None
    assert is_markup(b"\xef\xbb\xbf\n<!DOCTYPE html><html>")
    assert not is_markup("<某某>同志".encode())
