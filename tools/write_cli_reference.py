"""Writes the reference of the command line from what ``--help`` says, so that the two cannot differ.

python tools/write_cli_reference.py docs/reference/cli.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from lichen.cli.main import app

HEAD = """# The command line

Generated from the help of each command by `make pages`. Every command ends with 0 (done), 1 (done, and something was
found that needs mending) or 2 (what was given cannot be used).
"""
WIDTH = 100


def reference() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_sections(typer.main.get_command(app), "lichen", None)])


def _sections(command: Any, name: str, parent: Any) -> Iterator[str]:
    """One section for a command, then one for each command below it."""
    command.rich_markup_mode = None  # plain text instead of boxes
    context = command.make_context(name, ["--help"], parent, resilient_parsing=True)
    context.terminal_width = context.max_content_width = WIDTH
    yield f"## `{context.command_path}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    for below in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from _sections(command.resolve_command(context, [below])[1], below, context)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
