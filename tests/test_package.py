"""The .docx container: what is no document is refused, what is written is whole."""

import io
import os
import re
import stat
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from assembler.errors import OutputError, TemplateError
from assembler.package import (
    CONTENT_TYPES,
    Archive,
    deflated,
    pack,
    parse_package,
    read_package,
    relationships_name,
    write_whole,
)
from tests.documents import changed, document, p, unzipped, zipped

DOCUMENT = document(p("同志们：", "今天开会。"), headers={"default": p("页眉")})
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MAIN_TYPE = "wordprocessingml.document.main+xml"


def refusal(content: bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        parse_package(content, "稿子.docx")
    assert caught.value.exit_code == 4
    assert "稿子.docx" in caught.value.message
    return caught.value.message


# Reading ------------------------------------------------------------------------------


def test_members_are_read_as_they_were_packed() -> None:
    package = parse_package(DOCUMENT, "稿子.docx")
    assert {n: m.data() for n, m in package.members.items()} == unzipped(DOCUMENT)


def test_the_main_part_and_its_relationships_are_found() -> None:
    package = parse_package(DOCUMENT, "稿子.docx")
    assert package.main_part == "word/document.xml"
    targets = {r.type: r.target for r in package.relationships(package.main_part)}
    assert targets["header"] == "word/header1.xml"
    assert package.content_types["word/header1.xml"].endswith("header+xml")
    assert package.relationships("word/header1.xml") == []


def test_an_absolute_target_and_a_target_one_folder_up_are_found() -> None:
    moved = changed(
        DOCUMENT, "word/_rels/document.xml.rels", '"header1.xml"', '"/word/header1.xml"'
    )
    upward = changed(
        DOCUMENT,
        "word/_rels/document.xml.rels",
        '"header1.xml"',
        '"../word/header1.xml"',
    )
    for content in (moved, upward):
        package = parse_package(content, "稿子.docx")
        relationships = package.relationships("word/document.xml")
        assert "word/header1.xml" in {r.target for r in relationships}


def test_a_comment_among_the_relationships_is_no_relationship() -> None:
    noted = changed(
        DOCUMENT, "_rels/.rels", "</Relationships>", "<!-- x --></Relationships>"
    )
    assert parse_package(noted, "稿子.docx").main_part == "word/document.xml"


def test_an_external_target_stays_an_address() -> None:
    linked = changed(
        DOCUMENT,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        '<Relationship Id="a" Type="x/hyperlink" Target="https://a.cn/../b"'
        ' TargetMode="External"/></Relationships>',
    )
    last = parse_package(linked, "稿子.docx").relationships("word/document.xml")[-1]
    assert (last.type, last.target, last.external) == (
        "hyperlink",
        "https://a.cn/../b",
        True,
    )


def test_the_relationships_of_a_part_lie_beside_it() -> None:
    assert relationships_name("") == "_rels/.rels"
    assert relationships_name("word/document.xml") == "word/_rels/document.xml.rels"
    assert relationships_name("main.xml") == "_rels/main.xml.rels"


def _with_type(kind: str) -> bytes:
    return changed(
        DOCUMENT,
        CONTENT_TYPES,
        f"application/vnd.openxmlformats-officedocument.{MAIN_TYPE}",
        kind,
    )


def _flipped(content: bytes, member: str) -> bytes:
    """A zip file with a byte in the middle of one packed member turned over."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(member)
    name_length, extra_length = struct.unpack_from(
        "<2H", content, info.header_offset + 26
    )
    place = info.header_offset + 30 + name_length + extra_length
    place += info.compress_size // 2
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def _encrypted_member() -> bytes:
    """A zip file whose directory says that its members are locked."""
    content = bytearray(DOCUMENT)
    for found in re.finditer(b"PK\x01\x02", DOCUMENT):
        content[found.start() + 8] |= 1
    return bytes(content)


def _bzip2() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as archive:
        for name, data in unzipped(DOCUMENT).items():
            archive.writestr(name, data)
    return stream.getvalue()


def _without(member: str) -> bytes:
    return zipped({n: d for n, d in unzipped(DOCUMENT).items() if n != member})


NO_DOCUMENTS: dict[str, tuple[bytes, str]] = {
    "empty file": (b"", "不是 Word 文档"),
    "plain text": ("同志们：".encode(), "不是 Word 文档"),
    "zip of other things": (zipped({"a.txt": b"a"}), "不是 Word 文档"),
    "old .doc": (OLE2 + b"WordDocument", "旧格式"),
    "encrypted": (
        OLE2 + "EncryptedPackage".encode("utf-16-le"),
        "打开密码",
    ),
    "cut short": (DOCUMENT[:-40], "损坏"),
    "no content types": (_without(CONTENT_TYPES), "不是 Word 文档"),
    "no main part": (_without("word/document.xml"), "不是 Word 文档"),
    "no root relationships": (_without("_rels/.rels"), "不是 Word 文档"),
    "a workbook": (_with_type("application/x-workbook"), "不是 Word 文档"),
    "broken content types": (
        changed(DOCUMENT, CONTENT_TYPES, "</Types>", ""),
        "损坏",
    ),
    "a part that does not unpack": (
        _flipped(DOCUMENT, "word/document.xml"),
        "损坏",
    ),
    "a picture that does not unpack": (
        _flipped(DOCUMENT, "word/styles.xml"),
        "损坏",
    ),
    "locked members": (_encrypted_member(), "损坏"),
    "a method that Word does not know": (_bzip2(), "损坏"),
    "macros": (
        _with_type("application/vnd.ms-word.document.macroEnabled.main+xml"),
        "带宏",
    ),
    "macros in a template": (
        _with_type("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        "带宏",
    ),
    "strict Open XML": (
        changed(
            DOCUMENT,
            "_rels/.rels",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/",
        ),
        "严格 Open XML",
    ),
}


@pytest.mark.parametrize("case", NO_DOCUMENTS)
def test_what_is_no_document_is_refused_with_what_to_do(case: str) -> None:
    content, words = NO_DOCUMENTS[case]
    message = refusal(content)
    assert words in message
    assert "请" in message


@pytest.mark.parametrize("length", range(0, len(DOCUMENT), 97))
def test_a_file_cut_anywhere_is_refused(length: int) -> None:
    assert refusal(DOCUMENT[:length])


def test_a_size_that_lies_is_refused_before_memory_is_filled() -> None:
    bomb = zipped(unzipped(DOCUMENT) | {"word/media/a.bin": bytes(50_000_000)})
    place = bomb.rindex(b"word/media/a.bin") - 46
    lying = bytearray(bomb)
    struct.pack_into("<L", lying, place + 24, 1000)
    assert "损坏" in refusal(bytes(lying))


def test_a_missing_file_names_the_documents_beside_it(tmp_path: Path) -> None:
    (tmp_path / "工作部署.docx").write_bytes(DOCUMENT)
    (tmp_path / "~$作部署.docx").write_bytes(b"")
    with pytest.raises(TemplateError) as caught:
        read_package(tmp_path / "工作布署.docx")
    assert "找不到" in caught.value.message
    assert "工作部署.docx" in caught.value.message
    assert "~$" not in caught.value.message


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="是文件夹"):
        read_package(tmp_path)


def test_a_missing_file_in_a_missing_folder_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="请检查文件名"):
        read_package(tmp_path / "没有" / "模板.docx")


# Writing ------------------------------------------------------------------------------


def test_members_packed_here_are_read_by_zipfile_with_right_checksums() -> None:
    members = {"[Content_Types].xml": b"<a/>", "word/图片 1.png": bytes(range(256))}
    content = pack(deflated(n, d) for n, d in members.items())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert unzipped(content) == members


def test_content_types_come_first() -> None:
    members = [deflated(n, b"") for n in ("word/document.xml", CONTENT_TYPES)]
    assert list(unzipped(pack(members))) == [CONTENT_TYPES, "word/document.xml"]


def test_unchanged_members_are_the_same_compressed_bytes() -> None:
    package = parse_package(DOCUMENT, "稿子.docx")
    copied = Archive(package.members.values()).assemble([deflated("new.xml", b"<a/>")])
    again = parse_package(copied, "稿子.docx").members
    assert {n: again[n] for n in package.members} == dict(package.members)
    assert list(again) == [*package.members, "new.xml"]


def test_stored_members_stay_stored() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in unzipped(DOCUMENT).items():
            archive.writestr(name, data)
    members = parse_package(stream.getvalue(), "稿子.docx").members
    assert unzipped(pack(members.values())) == unzipped(DOCUMENT)
    assert all(m.method == zipfile.ZIP_STORED for m in members.values())


def test_equal_members_give_equal_bytes() -> None:
    first, second = ([deflated("a.xml", b"<a/>" * 999)] for _ in range(2))
    assert Archive(first).assemble(first) == Archive(second).assemble(second)


def test_a_file_appears_with_the_bytes_given(tmp_path: Path) -> None:
    write_whole(tmp_path / "稿.docx", DOCUMENT)
    assert (tmp_path / "稿.docx").read_bytes() == DOCUMENT
    assert [f.name for f in tmp_path.iterdir()] == ["稿.docx"]


def test_a_file_has_the_mode_that_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "稿.docx", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "稿.docx").stat().st_mode) == 0o640


def test_a_write_that_fails_halfway_leaves_the_old_file_alone(tmp_path: Path) -> None:
    (tmp_path / "稿.docx").write_bytes(b"old")
    # A limit on file size is the one full disk that a test can have for itself.
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from assembler.package import write_whole\n"
        "from assembler.errors import OutputError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n    write_whole(Path(sys.argv[1]), bytes(100_000))\n"
        "except OutputError as error:\n    sys.exit(error.exit_code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "稿.docx")],
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert done.returncode == 5
    assert {f.name: f.read_bytes() for f in tmp_path.iterdir()} == {"稿.docx": b"old"}


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("没有/稿.docx", "文件夹"),
        ("稿" * 200 + ".docx", "太长"),
        ("夹", "写不了"),
    ],
)
def test_a_place_that_cannot_be_written_is_said(
    tmp_path: Path, place: str, words: str
) -> None:
    (tmp_path / "夹").mkdir()
    with pytest.raises(OutputError) as caught:
        write_whole(tmp_path / place, b"x")
    assert words in caught.value.message
    assert [f.name for f in tmp_path.iterdir()] == ["夹"]
