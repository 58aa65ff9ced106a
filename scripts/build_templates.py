"""Build the bundled templates from their text sources.

Run from the repository's root: ``python scripts/build_templates.py``. The sources in
``word_templates/sources`` are what to change and to review; a test compares each
committed .docx with what this script makes, part by part.
"""

import re
from pathlib import Path

from assembler.guide import RELATION, Guide, GuideRelation, GuideRow
from assembler.layout import Blank, Role, SpeechParagraph, set_speech

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "word_templates" / "sources"
_BLANK = re.compile("⟦([^|⟧]*)\\|([^⟧]*)⟧")
_GUIDE_LINE = "字段说明"


def build(source: Path) -> bytes:
    """The template that a text source describes."""
    speech, _, guide = source.read_text("utf-8").partition(f"\n{_GUIDE_LINE}\n")
    paragraphs = [_paragraph(line) for line in speech.splitlines()]
    return set_speech(paragraphs, _guide(guide.splitlines()), source.stem)


def _paragraph(line: str) -> SpeechParagraph:
    role, _, text = line.partition("\t")
    constant, *others = _BLANK.split(text)
    content: list[str | Blank] = [constant]
    for mask, field, following in zip(*[iter(others)] * 3, strict=True):
        content += (Blank(mask, field), following)
    return SpeechParagraph(Role(role), tuple(c for c in content if c != ""))


def _guide(lines: list[str]) -> Guide:
    rows: dict[str, GuideRow] = {}
    relations: list[GuideRelation] = []
    for line in lines[1:]:
        name, kind, unit, formula, note = line.split("\t")
        if name.startswith(RELATION):
            relations.append(GuideRelation(formula, note, name != RELATION))
        else:
            rows[name] = GuideRow(name, kind, unit, formula, note)
    return Guide(rows, tuple(relations))


def main() -> None:
    """Write every template beside its sources' folder."""
    for source in sorted(SOURCES.glob("*.txt")):
        target = SOURCES.parent / f"{source.stem}.docx"
        target.write_bytes(build(source))
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
