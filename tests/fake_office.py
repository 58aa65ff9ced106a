"""A stand-in for LibreOffice that writes down its starts and can be told to misbehave.

Its folder is put on the path. What a document's bytes say decides what it does:
``HANG`` sleeps, ``CRASH`` ends the program, ``REFUSE`` gives no result, anything else
becomes a PDF of ``FAKE_PAGES`` pages.
"""

import sys
from pathlib import Path

_SCRIPT = """#!{python}
import os, sys, time, zipfile
from pathlib import Path
here = Path(__file__).parent
arguments = sys.argv[1:]
with (here / "starts").open("a") as log:
    log.write(" ".join(arguments) + "\\n")
if (here / "broken").exists():
    sys.exit("javaldx failed")
profile = next(a for a in arguments if a.startswith("-env:UserInstallation=file://"))
Path(profile.partition("file://")[2]).mkdir(exist_ok=True)
folder = Path(arguments[arguments.index("--outdir") + 1])
for name in arguments[arguments.index("--outdir") + 2:]:
    said = Path(name).read_bytes()
    if zipfile.is_zipfile(name):
        said = zipfile.ZipFile(name).read("word/document.xml")
    if b"HANG" in said:
        time.sleep(60)
    if b"CRASH" in said:
        sys.exit(77)
    if b"REFUSE" not in said:
        pages = b"/Type/Page " * int(os.environ.get("FAKE_PAGES", "1"))
        said = b"%PDF " + pages + said + b"%%EOF\\n"
        (folder / (Path(name).stem + ".pdf")).write_bytes(said)
"""


class FakeOffice:
    """The stand-in.

    Args:
        folder: where its program goes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        program = folder / "soffice"
        program.write_text(_SCRIPT.replace("{python}", sys.executable), "utf-8")
        program.chmod(0o755)

    def break_down(self) -> None:
        """Let it fail at every start."""
        (self.folder / "broken").touch()

    @property
    def starts(self) -> list[list[str]]:
        """Per start the documents that were asked for."""
        log = self.folder / "starts"
        if not log.exists():
            return []
        lines = log.read_text("utf-8").splitlines()
        return [[w for w in line.split() if w.endswith(".docx")] for line in lines]
