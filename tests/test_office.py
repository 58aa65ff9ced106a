"""LibreOffice is started once for many documents, and none of them can hang it."""

import time
import zlib
from pathlib import Path

import pytest

from assembler.errors import OutputError
from assembler.office import find_office, missing_office, to_pdf
from assembler.pages import page_count
from tests.fake_office import FakeOffice
from tests.programs import libreoffice
from tests.speeches import BODY, whole

SECONDS = 1.5


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    """The stand-in, alone on the path."""
    fake = FakeOffice(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(fake.folder))
    return fake


def documents(folder: Path, *contents: str) -> list[Path]:
    found = []
    for number, content in enumerate(contents):
        found.append(folder / f"第{number}篇, 讲话.docx")
        found[-1].write_text(content, "utf-8")
    return found


def test_twenty_documents_are_one_start(office: FakeOffice, tmp_path: Path) -> None:
    files = documents(tmp_path, *(f"讲话{n}" for n in range(20)))
    told: list[None] = []
    done = to_pdf(files, SECONDS, lambda: told.append(None))
    assert len(office.starts) == 1
    assert len(told) == 20
    assert [one.source for one in done] == files
    assert [one.content for one in done] == [
        f"%PDF /Type/Page 讲话{n}%%EOF\n".encode() for n in range(20)
    ]


def test_a_document_that_hangs_is_given_up_and_the_others_are_done(
    office: FakeOffice, tmp_path: Path
) -> None:
    files = documents(tmp_path, "一", "HANG", "三", "四")
    began = time.monotonic()
    done = to_pdf(files, SECONDS)
    assert time.monotonic() - began < SECONDS + 5
    assert [one.content is not None for one in done] == [True, False, True, True]
    assert "1.5 秒" in (done[1].problem or "")
    assert [len(names) for names in office.starts] == [4, 2]


def test_two_that_hang_are_both_given_up(office: FakeOffice, tmp_path: Path) -> None:
    done = to_pdf(documents(tmp_path, "HANG", "HANG", "三"), SECONDS)
    assert [one.content is not None for one in done] == [False, False, True]
    assert len(office.starts) == 3


def test_a_document_that_is_refused_does_not_stop_the_others(
    office: FakeOffice, tmp_path: Path
) -> None:
    done = to_pdf(documents(tmp_path, "REFUSE", "二", "REFUSE", "四"), SECONDS)
    assert [one.problem is None for one in done] == [False, True, False, True]
    assert len(office.starts) == 1


def test_a_document_that_breaks_the_program_is_given_up(
    office: FakeOffice, tmp_path: Path
) -> None:
    done = to_pdf(documents(tmp_path, "一", "CRASH", "三"), SECONDS)
    assert [one.problem is None for one in done] == [True, False, True]
    assert len(office.starts) == 2


def test_refused_documents_alone_are_no_broken_program(
    office: FakeOffice, tmp_path: Path
) -> None:
    done = to_pdf(documents(tmp_path, "REFUSE", "REFUSE"), SECONDS)
    assert all("打不开" in (one.problem or "") for one in done)
    assert office.starts


def test_a_program_that_does_not_start_is_said_to_be_broken(
    office: FakeOffice, tmp_path: Path
) -> None:
    office.break_down()
    with pytest.raises(OutputError, match=r"启动不了.*javaldx"):
        to_pdf(documents(tmp_path, "一"), SECONDS)


def test_a_missing_program_is_said_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("assembler.office._USUAL_PLACES", ())
    assert find_office() is None
    with pytest.raises(OutputError, match="install"):
        to_pdf(documents(tmp_path, "一"), SECONDS)


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ("win32", "winget install TheDocumentFoundation.LibreOffice"),
        ("darwin", "brew install --cask libreoffice"),
        ("linux", "sudo apt install libreoffice-writer"),
        ("freebsd14", "sudo apt install libreoffice-writer"),
    ],
)
def test_each_system_has_its_command(
    system: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    assert missing_office().endswith(command)


def test_no_documents_need_no_start(office: FakeOffice) -> None:
    assert to_pdf([], SECONDS) == []
    assert office.starts == []


@pytest.mark.libreoffice
def test_the_real_program_makes_pdfs(tmp_path: Path) -> None:
    if find_office() is None:
        libreoffice([], tmp_path, "pdf")
    files = [tmp_path / name for name in ("短.docx", "坏.docx", "长.docx")]
    files[0].write_bytes(whole())
    files[1].write_bytes(b"PK\3\4 no document")
    files[2].write_bytes(whole(*[BODY] * 30))
    short, _, long = to_pdf(files, 60)
    assert page_count(short.content or b"") == 1
    assert page_count(long.content or b"") == 5


def test_pages_are_counted_in_compressed_objects_too() -> None:
    plain = b"1 0 obj<</Type/Pages/Count 2>>endobj 2 0 obj<</Type/Page/Parent 1 0 R>>"
    assert page_count(plain) == 1
    packed = zlib.compress(b"<</Type/Page>> <</Type /Page/A 1>> <</Type/PageLabel>>")
    stream = b"<</Type/ObjStm/N 3>>stream\n" + packed + b"endstream"
    assert page_count(plain + stream) == 3
