"""The committed templates are what the build script makes of the text sources."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from scripts.build_templates import SOURCES, build


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("source", sorted(SOURCES.glob("*.txt")), ids=lambda p: p.stem)
def test_the_committed_template_is_what_the_script_makes(source: Path) -> None:
    committed = parts_of((SOURCES.parent / f"{source.stem}.docx").read_bytes())
    built = parts_of(build(source))
    assert set(committed) == set(built)
    for name, content in built.items():
        assert committed[name] == content, name


def test_building_twice_gives_equal_bytes() -> None:
    source = SOURCES / "工作部署.txt"
    assert build(source) == build(source)
