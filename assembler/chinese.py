"""Typer in Chinese: help pages and wrong-use messages for the staff.

Typer writes its headings and usage errors in English, without a way to translate
them all; these two classes say the same in Chinese. One handler turns our errors
into messages and exit codes, so that no command can show a traceback for them.
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

import typer
from typer.core import TyperCommand, TyperGroup

from assembler.errors import AssemblerError

_WIDTH = 78
_FIRST_COLUMN = 24
_WRONG_USE = 2
_WORDS = {
    "Show this message and exit.": "显示这一页说明。",
    "  [required]": "（必填）",
    "  [default: ": "（默认：",
}
_NO_CHOICE = re.compile(r"'(.*)' is not one of (.*?)\.?$")
_PIECES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 …", "{": "", "}": ""}
# No line may begin with these (GB/T 15834-2011, 5.1.10).
_CLOSING = "，。、；：？！”’）》】〉％"
ErrorPrinter = Callable[[AssemblerError], None]


class _Formatter(Protocol):
    def write(self, string: str, /) -> None:
        """Add text to the help page."""


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes: two for each hanzi."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """A text in lines of at most this many columns, latin words kept whole."""
    for paragraph in text.splitlines():
        line = ""
        for piece in _pieces(paragraph):
            if display_width(line + piece) > width and line and piece not in _CLOSING:
                yield line.rstrip()
                line = piece.lstrip()
            else:
                line += piece
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Hanzi and full-width signs one by one, other characters by words."""
    word = ""
    for character in text:
        if display_width(character) > 1 or character == " ":
            yield from (word, character) if word else (character,)
            word = ""
        else:
            word += character
    if word:
        yield word


def _write_table(
    formatter: _Formatter, heading: str, rows: Iterable[tuple[str, str]]
) -> None:
    rows = list(rows)
    if not rows:
        return
    formatter.write(f"\n{heading}：\n")
    for first, second in rows:
        lines = list(wrapped(second, _WIDTH - _FIRST_COLUMN - 2)) or [""]
        gap = _FIRST_COLUMN - display_width(first)
        if gap < 2:  # noqa: PLR2004 - two blanks part the columns
            formatter.write(f"  {first}\n")
            first, gap = "", _FIRST_COLUMN  # noqa: PLW2901 - the rest of this row
        formatter.write(f"  {first}{' ' * gap}{lines[0]}\n")
        for line in lines[1:]:
            formatter.write(f"  {' ' * _FIRST_COLUMN}{line}\n")


def _translated(text: str) -> str:
    for english, chinese in _WORDS.items():
        if english in text:
            text = text.replace(english, chinese)
            if chinese.startswith("（默认"):
                text = text.replace("]", "）")
    return text


def _records(
    command: TyperCommand | TyperGroup, ctx: typer.Context, kind: str
) -> Iterator[tuple[str, str]]:
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None and parameter.param_type_name == kind:
            # Typer adds the type in brackets; the name says enough.
            yield record[0].partition(" <")[0], _translated(record[1])


def _write_head(
    command: TyperCommand | TyperGroup, ctx: typer.Context, formatter: _Formatter
) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    for english, chinese in _PIECES.items():
        pieces = pieces.replace(english, chinese)
    formatter.write(f"用法：{ctx.command_path} {pieces}\n\n")
    for line in wrapped(command.help or "", _WIDTH):
        formatter.write(f"{line}\n")


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _write_head(self, ctx, formatter)
        _write_table(formatter, "参数", _records(self, ctx, "argument"))
        _write_table(formatter, "选项", _records(self, ctx, "option"))


class ChineseGroup(TyperGroup):
    """The program: its help page, wrong use and errors in Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _write_head(self, ctx, formatter)
        commands = ((name, self.commands[name]) for name in self.list_commands(ctx))
        rows = [(name, c.short_help or "") for name, c in commands if not c.hidden]
        _write_table(formatter, "命令", rows)
        _write_table(formatter, "选项", _records(self, ctx, "option"))
        if self.epilog:
            formatter.write(f"\n{self.epilog}\n")

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - Typer's
        windows_expand_args: bool = True,  # noqa: FBT001, FBT002 - Typer's
        **extra: Any,
    ) -> Any:
        """Run the program; whatever goes wrong ends in a message and an exit code."""
        names = (args, prog_name, complete_var)
        try:
            code = super().main(*names, False, windows_expand_args, **extra)  # noqa: FBT003 - Typer's
        except AssemblerError as error:
            print_error(error)
            code = error.exit_code
        except Exception as error:
            code = _explain_wrong_use(error)
            if code is None:
                raise
        if standalone_mode:
            sys.exit(code or 0)
        return code


def print_error(error: AssemblerError) -> None:
    """Print what stopped a command, with the single problems behind it."""
    for finding in error.findings:
        typer.echo(f"错误  {finding.message}{finding.hint or ''}", err=True)
    typer.secho(f"没有完成：{error.message}", err=True, fg=typer.colors.RED)


def _explain_wrong_use(error: Exception) -> int | None:
    """Say in Chinese what Typer says of a command line; None where it is not that."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        typer.echo(str(getattr(error, "message", error)), err=True)
        return _WRONG_USE
    if getattr(error, "exit_code", None) != _WRONG_USE:
        return None
    typer.echo(f"命令写得不对：{_wrong_use(kind, error)}", err=True)
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        typer.echo(f"看用法请运行：{ctx.command_path} --help", err=True)
    return _WRONG_USE


def _wrong_use(kind: str, error: Exception) -> str:
    parameter = getattr(error, "param", None)
    name = "" if parameter is None else _parameter_name(parameter)
    option = str(getattr(error, "option_name", ""))
    if kind == "NoSuchOption":
        near = "、".join(getattr(error, "possibilities", None) or [])
        return f"没有 {option} 这个选项。" + (f"是不是 {near}？" if near else "")
    if kind == "MissingParameter":
        return f"少写了 {name}，请补上。"
    if kind == "BadOptionUsage":
        return f"选项 {option} 后面要跟一个值，请补上。"
    message = str(getattr(error, "message", error))
    choice = _NO_CHOICE.search(message)
    if choice:
        wanted = choice[2].replace("'", "").replace(", ", " 或 ")
        return f"{name} 后面只能写 {wanted}，不能写“{choice[1]}”，请改正。"
    return f"{name} 的值不对（{message}）。" if name else _wrong_words(message)


def _wrong_words(message: str) -> str:
    if message.startswith("No such command"):
        return f"没有“{message.split(chr(39))[1]}”这个命令。"
    if message.startswith("Missing command"):
        return "少写了命令名。"
    if message.startswith("Got unexpected extra"):
        extra = message.rpartition("(")[2].rstrip(")")
        return f"多写了“{extra}”。名称里有空格时，请用引号括起来。"
    return message


def _parameter_name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    return str(parameter.opts[-1])
