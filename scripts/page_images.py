"""Make the pictures of pages that the documents show.

Run from the repository's root: ``python scripts/page_images.py``. Needs LibreOffice
(soffice) and poppler (pdftoppm). Merges the samples, lets LibreOffice set them with
the stand-in fonts of ``scripts/fonts.conf``, and writes ``docs/images/*.png``.
``--fonts FOLDER`` adds fonts that are not installed, such as the Fandol fonts from an
unpacked texlive-lang-chinese.
"""

import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from xml.sax.saxutils import escape

# The checkout this file lies in, whatever is installed.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.guide_examples import ROOT, build_template, read_examples

FONTS = ROOT / "scripts" / "fonts.conf"
IMAGES = ROOT / "docs" / "images"
# The example of the author's guide that is shown as pages, from 0.
EXAMPLE = 2
_DOTS_PER_INCH = 96
_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a document as a picture.

    Attributes:
        name: the picture's file name without ending.
        document: the .docx.
        page: which page, from 1.
        part: how much of the page, from its top edge.
    """

    name: str
    document: Path
    page: int = 1
    part: float = 1.0


def pictures(folder: Path) -> list[Picture]:
    """The pictures, their documents made in a folder."""
    template = ROOT / "word_templates" / "工作部署.docx"
    data = ROOT / "data" / "重点项目进度.csv"
    speeches = merged(template, data, folder / "speeches")
    example = read_examples()[EXAMPLE]
    own = folder / "example.docx"
    own.write_bytes(build_template(example.template))
    data = folder / "example.csv"
    data.write_text(example.data, "utf-8-sig")
    drafts = merged(own, data, folder / "drafts")
    return [
        Picture("speech", speeches[0]),
        Picture("template", template),
        Picture("guide", template, page=5),
        Picture("example-template", own, part=0.64),
        Picture("example-draft", drafts[0], part=0.64),
    ]


def merged(template: Path, data: Path, folder: Path) -> list[Path]:
    """The drafts of all rows, in their order."""
    command = [sys.executable, "-m", "assembler.cli", "merge", "--json"]
    command += [str(template), str(data), "-o", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return [Path(entry["file"]) for entry in json.loads(done.stdout)["written"]]


def to_pdf(documents: list[Path], folder: Path, fonts: Path | None) -> None:
    """Let LibreOffice set documents, all in one start, with a profile of its own."""
    command = [
        program("soffice"),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, documents),
    ]
    environment = {**os.environ, "FONTCONFIG_FILE": str(font_settings(folder, fonts))}
    subprocess.run(
        command, env=environment, check=True, capture_output=True, timeout=_SECONDS
    )


def font_settings(folder: Path, fonts: Path | None) -> Path:
    """The font settings, with one more folder of fonts where it is given."""
    if fonts is None:
        return FONTS
    path = folder / "fonts.conf"
    inner = (
        f"<include>{escape(str(FONTS))}</include><dir>{escape(str(fonts.resolve()))}"
        "</dir>"
    )
    path.write_text(f"<fontconfig>{inner}</fontconfig>", "utf-8")
    return path


def draw(picture: Picture, pdfs: Path, target: Path) -> Path:
    """Write a picture of a PDF's page; its path."""
    command = [program("pdftoppm"), "-gray", "-singlefile"]
    command += ["-r", str(_DOTS_PER_INCH), "-f", str(picture.page)]
    command.append(str(pdfs / f"{picture.document.stem}.pdf"))
    done = subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    path = target / f"{picture.name}.png"
    path.write_bytes(as_png(done.stdout, picture.part))
    return path


def as_png(pgm: bytes, part: float) -> bytes:
    """A grey picture as PNG with 16 shades: a quarter of the size with 256.

    Args:
        pgm: what pdftoppm writes: P5, width, height, 255 and one byte a pixel.
        part: how much of it is kept, from its top edge.
    """
    _, columns, rows, _ = pgm.split(maxsplit=4)[:4]
    width, height = int(columns), int(int(rows) * part)
    pixels = pgm[len(pgm) - width * int(rows) :]
    lines = (pixels[start : start + width] for start in range(0, width * height, width))
    # Before each line stands the number of its filter, 0 for none.
    data = b"".join(b"\0" + _packed(line) for line in lines)
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _packed(line: bytes) -> bytes:
    """A line of 256 shades as one of 16, two pixels a byte."""
    shades = [round(value / 17) for value in line]
    return bytes(
        left << 4 | right
        for left, right in zip_longest(shades[::2], shades[1::2], fillvalue=15)
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def program(name: str) -> str:
    """The path of a program; ends this one where it is missing."""
    found = shutil.which(name)
    if found is None:
        sys.exit(f"{name} is needed (Debian: libreoffice-writer-nogui, poppler-utils)")
    return found


def main() -> None:
    """Make all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=IMAGES)
    parser.add_argument("--fonts", type=Path, help="a folder with more fonts")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wanted = pictures(folder)
        documents = list(dict.fromkeys(picture.document for picture in wanted))
        to_pdf(documents, folder, arguments.fonts)
        for picture in wanted:
            path = draw(picture, folder, arguments.output)
            print(f"{path.name}: {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
