"""One lazy group of commands, and the one place where a refusal becomes words.

``lichen --help`` reads a table and imports no command; a command's module is imported when it is called.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from textwrap import dedent, indent
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from lichen.cli.plain import printable
from lichen.errors import InputError, LichenError
from lichen.language import _

__all__ = ["DONE", "FINDINGS", "UNUSABLE", "Described", "LazyGroup", "Listed", "commands", "help_when_alone", "loaded"]

DONE, FINDINGS, UNUSABLE = 0, 1, 2
"""What a command ends with: done; done, and something was found that needs mending; input that cannot be used."""
_INTERRUPTED, _NOBODY_READS = 130, 141

_PLAIN = (
    ("Value error, ", ""),
    ("Input should be a valid integer, unable to parse string as an integer", "it is not a whole number"),
    ("Input should be greater than or equal to", "it must be at least"),
)
"""What the reader of the command line says of a wrong value, and how a person would."""

Listed = tuple[str, str]
"""The module that holds a command, and the first line of the command's help."""


class Described(TyperCommand):
    """A command that keeps the lines of its examples, and lets ``--among`` take every file up to the next option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line, each file after ``--among`` being one of many."""
        return super().parse_args(ctx, list(_each_its_own("--among", args)))

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write what comes before ``Example:`` as prose, and what follows as it stands."""
        prose, _heading, examples = (self.help or "").partition("\nExample:\n")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(prose.strip())
        with formatter.section(_("Example")):
            formatter.write(indent(dedent(examples).strip("\n"), "  ") + "\n")


class LazyGroup(TyperGroup):
    """A group that imports a command when it is called, and ends with words instead of a traceback."""

    listed: Mapping[str, Listed] = {}
    """Every command, in the order of the help."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = {name: TyperCommand(name, help=told) for name, (_module, told) in self.listed.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find a command by its name in the table, then import it."""
        name, _stub, rest = super().resolve_command(ctx, args)
        return name, None if name is None else loaded(self.listed[name][0], name), rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command; whatever it refuses, every problem becomes a line."""
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except LichenError as refusal:
            raise typer.Exit(_told(_lines(refusal))) from refusal
        except KeyboardInterrupt as interrupt:
            raise typer.Exit(_INTERRUPTED) from interrupt
        except BrokenPipeError as closed:
            # Whoever was reading has read enough; Python would complain when it flushes once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(_NOBODY_READS) from closed
        return answer

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run and exit: 0 done, 1 findings, 2 unusable input. What nobody foresaw is raised."""
        try:
            status = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except TyperException as misuse:
            status = _told([_misuse(misuse)])
        sys.exit(status if isinstance(status, int) else DONE)


def commands(group: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """An app to hang commands in, whose help is plain text and comes when it is called alone."""
    return typer.Typer(cls=group, invoke_without_command=True, callback=help_when_alone, rich_markup_mode=None)


def help_when_alone(context: typer.Context) -> None:
    """Print the help of a group that was called without a command."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def loaded(module: str, name: str) -> Any:
    """The command of that name in a module's ``app``; the app itself where its commands are those of one group."""
    group = typer.main.get_group(import_module(module).app)
    return group.commands.get(name, group)


def _each_its_own(option: str, args: Iterable[str]) -> Iterator[str]:
    """``--among a b`` becomes ``--among a --among b``, so that a shell's ``*.yaml`` can follow it."""
    taking, given = False, False
    for arg in args:
        if arg.startswith("-") and arg != "-":
            taking, given = arg.partition("=")[0] == option, "=" in arg
        elif taking and given:
            yield option
        else:
            given = taking
        yield arg


def _lines(refusal: LichenError) -> list[str]:
    return [str(problem) for problem in refusal.problems] if isinstance(refusal, InputError) else [str(refusal)]


def _misuse(misuse: TyperException) -> str:
    command = getattr(getattr(misuse, "ctx", None), "command_path", "lichen")
    problem = misuse.format_message()
    for machine, plain in _PLAIN:
        problem = problem.replace(machine, plain)
    return _("{problem} (see: {command} --help)").format(problem=problem, command=command)


def _told(lines: Iterable[str]) -> int:
    for line in lines:
        typer.echo(printable(line), err=True)
    return UNUSABLE
