"""Faces that a document asks for and this machine lacks, and what stands in for them.

A PDF made with other faces looks different, so they are named. On Linux LibreOffice is
told of stand-ins, since fontconfig's own choice for 仿宋_GB2312 may be any face at all.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from xml.sax.saxutils import escape

from assembler.document import Document
from assembler.wordml import RUN, pieces

_SECONDS = 20
_REGISTRY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
# One face under the names that documents and systems have for it.
_SAME = (
    ("仿宋", "FangSong"),
    ("仿宋_GB2312", "FangSong_GB2312"),
    ("楷体", "KaiTi"),
    ("楷体_GB2312", "KaiTi_GB2312"),
    ("华文仿宋", "STFangsong"),
    ("华文楷体", "STKaiti"),
    ("黑体", "SimHei"),
    ("宋体", "SimSun"),
    ("等线", "DengXian"),
    ("微软雅黑", "Microsoft YaHei"),
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S"),
    ("方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    ("方正仿宋_GBK", "FZFangSong-Z02"),
)
# What may stand in for a sort of face, the best first; all have hanzi 1 em wide.
_STAND_INS = (
    (
        "仿宋",
        ("仿宋", "FangSong", "FandolFang R", "AR PL UMing CN", "Noto Serif CJK SC"),
    ),
    ("楷", ("楷体", "KaiTi", "FandolKai", "AR PL UKai CN")),
    ("标宋", ("Noto Serif CJK SC", "FandolSong", "AR PL UMing CN")),
    ("黑", ("SimHei", "Noto Sans CJK SC", "FandolHei", "WenQuanYi Zen Hei")),
    ("宋", ("SimSun", "AR PL UMing CN", "Noto Serif CJK SC", "FandolSong")),
)


def asked_fonts(document: Document) -> list[str]:
    """The faces that the text of a document is set in, as far as it names them."""
    found: dict[str, None] = {}
    for story in document.stories:
        for element in story.elements.values():
            for piece in pieces(element):
                run = next(piece.element.iterancestors(RUN), None)
                if run is None or not piece.text.strip():
                    continue
                styles, is_latin = document.styles, piece.text.isascii()
                face = styles.latin_font if is_latin else styles.east_asian_font
                if name := face(run, element):
                    found[name] = None
    return list(found)


def missing_fonts(asked: Iterable[str]) -> list[str]:
    """Those of some faces that this machine lacks; none where it cannot be asked."""
    installed = installed_fonts()
    if not installed:
        return []
    return [name for name in asked if not _names_of(name) & installed]


def _names_of(face: str) -> set[str]:
    names = next((group for group in _SAME if face in group), (face,))
    return {name.casefold() for name in names}


def installed_fonts() -> frozenset[str]:
    """The faces on this machine, in lower case; empty where it cannot be asked."""
    if os.name == "nt":
        return frozenset(map(str.casefold, _in_registry()))
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    try:
        done = subprocess.run(  # noqa: S603 - fontconfig's own program
            [program, ":", "family"], capture_output=True, check=True, timeout=_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    text = done.stdout.decode("utf-8", "replace").replace("\\-", "-")
    names = (name for line in text.splitlines() for name in line.split(","))
    return frozenset(name.strip().casefold() for name in names)


def _in_registry() -> Iterable[str]:
    """Windows keeps 仿宋 (TrueType) and MS Gothic & MS UI Gothic (TrueType)."""
    winreg = import_module("winreg")
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            key = winreg.OpenKey(root, _REGISTRY)
        except OSError:
            continue
        with key:
            for index in range(winreg.QueryInfoKey(key)[1]):
                entry = winreg.EnumValue(key, index)[0].partition("(")[0]
                yield from (name.strip() for name in entry.split("&"))


def font_settings(missing: Iterable[str], folder: Path) -> dict[str, str]:
    """What LibreOffice's environment needs so that good stand-ins are taken.

    Args:
        missing: the faces that this machine lacks.
        folder: where the settings may be written.

    Returns:
        Environment variables; none where somebody has set fontconfig up already, or
        where there is none.
    """
    if "FONTCONFIG_FILE" in os.environ or shutil.which("fc-list") is None:
        return {}
    aliases = "".join(_alias(face) for face in missing)
    if not aliases:
        return {}
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?>\n<fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"{aliases}</fontconfig>\n",
        "utf-8",
    )
    return {"FONTCONFIG_FILE": str(path)}


def _alias(face: str) -> str:
    stand_ins = next((names for sign, names in _STAND_INS if sign in face), ())
    accepted = "".join(f"<family>{escape(name)}</family>" for name in stand_ins)
    if not accepted:
        return ""
    return (
        f'<alias binding="same"><family>{escape(face)}</family>'
        f"<accept>{accepted}</accept></alias>"
    )
