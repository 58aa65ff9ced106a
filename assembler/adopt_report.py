"""What adopt and rename print: the fields found, the repairs, the doubts, what next."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import typer

from assembler.adopt import Adopted, Adoption
from assembler.adopt_model import Mark, Mend, around
from assembler.adopt_source import ModelSource
from assembler.adopt_text import EMPTY_LINE, INDENT
from assembler.chinese import wrapped
from assembler.findings import Finding
from assembler.rename import Renaming
from assembler.report import findings_json, print_findings

_WIDTH = 96
_LONGEST = 24
_LAYOUT = frozenset({EMPTY_LINE, INDENT})
# Facts of the model text that are told in one line for each kind.
_FACTS = {
    "foreign-place": "范文里的地名，不是本地的要换掉",
    "foreign-person": "范文里的人名，要换掉",
    "foreign-year": "范文里的年份，要核对",
    "foreign-figure": "范文里的数字，要核对",
    "foreign-project": "范文里的项目、活动名称，要核对",
    "unrepaired": "Word 稿里像是复制坏了的字（没有动，要改请在 Word 里改）",
}


def adoption_json(adoption: Adoption) -> dict[str, Any]:
    """What became of a file, as the JSON contract has it."""
    return {"templates": [_adopted_json(one) for one in adoption.adopted]}


def _adopted_json(adopted: Adopted) -> dict[str, Any]:
    return {
        "title": adopted.title,
        "template": str(adopted.template),
        "sheet": str(adopted.sheet),
        "blanks": [_blank_json(mark) for mark in adopted.marks],
        "repairs": [
            {
                "before": mend.before,
                "after": mend.after,
                "why": mend.why,
                "paragraph": mend.paragraph,
            }
            for mend in adopted.repairs
        ],
        "doubts": findings_json(adopted.doubts),
    }


def _blank_json(mark: Mark) -> dict[str, Any]:
    before, after = around(mark.paragraph.text, mark.start, mark.end)
    return {
        "mask": mark.mask,
        "name": mark.name,
        "kind": str(mark.kind),
        "unit": mark.unit,
        "before": before,
        "after": after,
        "paragraph": mark.paragraph.number,
    }


def print_adoption(adoption: Adoption, source: ModelSource) -> None:
    """Print what became of a file and the command to type next."""
    path = source.path
    if adoption.is_template:
        typer.echo(f"“{path}”已经是模板，空白处都有名字，没有要做的，什么也没有写。")
        typer.echo(f"要数据表请运行：assembler sheet {_quoted(path)}")
        return
    count = len(adoption.adopted)
    typer.echo(f"“{path.name}”（{source.described}）：做成 {count} 个模板。")
    for adopted in adoption.adopted:
        _print_adopted(adopted)
    _print_next(adoption.adopted)


def _print_adopted(adopted: Adopted) -> None:
    state = "" if adopted.is_new else "（和已有的一样，没有重写）"
    typer.echo(f"\n《{adopted.title}》 → {adopted.template}{state}")
    names = list(dict.fromkeys(mark.name for mark in adopted.marks))
    typer.echo(f"空白 {len(adopted.marks)} 处，{len(names)} 个字段：")
    for number, name in enumerate(names, 1):
        places = [mark for mark in adopted.marks if mark.name == name]
        typer.echo(_field_line(number, places))
    _print_repairs(adopted.repairs)
    if adopted.doubts:
        typer.echo(f"请看一看 {len(adopted.doubts)} 处：", err=True)
        print_findings([one for one in adopted.doubts if one.code not in _FACTS])
        for line in _fact_lines(adopted.doubts):
            typer.echo(line, err=True)


def _field_line(number: int, places: Sequence[Mark]) -> str:
    first = places[0]
    unit = f"，{first.unit}" if first.unit else ""
    optional = "，选填" if first.note.startswith("选填") else ""
    more = f"（共 {len(places)} 处）" if len(places) > 1 else ""
    paragraph = first.paragraph
    return (
        f"{number:>4}  {first.name}（{first.kind}{unit}{optional}）  "
        f"{paragraph.label}第{paragraph.number}段："
        f"{paragraph.excerpt(first.start, first.end)}{more}"
    )


def _print_repairs(repairs: Sequence[Mend]) -> None:
    words = [mend for mend in repairs if mend.why not in _LAYOUT]
    if words:
        typer.echo(f"改了 {len(words)} 处：")
    for (paragraph, why), group in groupby(words, lambda m: (m.paragraph, m.why)):
        place = f"第{paragraph}段" if paragraph else "讲话以外"
        changes = "、".join(map(_change, group))
        first, *others = wrapped(f"{changes}  {why}", _WIDTH - 16)
        typer.echo(f"      {place}  {first}")
        for line in others:
            typer.echo(f"              {line}")
    if layout := len(repairs) - len(words):
        typer.echo(f"空行和段首段尾的空格去掉 {layout} 处，改由段落格式管。")


def _change(mend: Mend) -> str:
    return f"{_shown(mend.before)}→{_shown(mend.after) or '（删去）'}"


def _shown(text: str) -> str:
    shown = text.replace(" ", "␣") if text.isspace() else text
    line = "".join(c if c.isprintable() else _sign(c) for c in shown)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}……"


def _sign(character: str) -> str:
    return "⏎" if character == "\n" else f"U+{ord(character):04X}"


def _fact_lines(doubts: Sequence[Finding]) -> Iterator[str]:
    for code, what in _FACTS.items():
        found = [_fact(one) for one in doubts if one.code == code]
        if found:
            first, *others = wrapped(f"{what}：{'、'.join(found)}。", _WIDTH - 6)
            yield f"说明  {first}"
            yield from (f"      {line}" for line in others)


def _fact(finding: Finding) -> str:
    spot = (finding.excerpt or "").partition("〖")[2].partition("〗")[0]
    return f"{spot}（第{finding.paragraph}段）"


def _print_next(adopted: Sequence[Adopted]) -> None:
    typer.echo("\n下一步：在数据表的“值”一列填好，然后运行")
    for one in adopted:
        typer.echo(f"  assembler merge {_quoted(one.template)} {_quoted(one.sheet)}")
    template = _quoted(adopted[0].template)
    names = [mark.name for mark in adopted[0].marks]
    name = next((name for name in names if "空白" in name), names[0])
    typer.echo(f"名字不合意，先改名：assembler rename {template} {name} 新名字")


def _quoted(path: Path) -> str:
    """A path as it is typed."""
    text = str(path)
    return f'"{text}"' if any(c in text for c in " ()&'；（）") else text


def print_renaming(renaming: Renaming, template: Path) -> None:
    """Print what was renamed."""
    counts = renaming.counts
    parts = [f"稿子里 {counts.places} 处", "字段说明"]
    if counts.formulas:
        parts.append(f"算式 {counts.formulas} 条")
    parts += [f"数据表“{sheet.name}”" for sheet in renaming.sheets]
    typer.echo(f"“{renaming.old}”已改成“{renaming.new}”：{'、'.join(parts)}。")
    for note in counts.notes:
        typer.echo(f"说明里还写着旧名，没有动：“{note}”")
    if not renaming.sheets:
        typer.echo(f"“{template.name}”旁边没有数据表；别处的数据文件要自己改列名。")
