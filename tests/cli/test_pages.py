"""Every command that a page or a help shows can be typed like that."""

from __future__ import annotations

import re
import shlex
from contextlib import suppress
from pathlib import Path

import pytest
import typer

from lichen.cli.main import COMMANDS, app
from tests.house.documents import MARKDOWN


def commands(page: Path) -> list[str]:
    """The lines of a page's shell blocks in which ``lichen`` is called, without what the shell does around it."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [
        found for line in "".join(blocks).splitlines() for found in re.findall(r"(?:^|\| *)(lichen [^|<>#]*)", line)
    ]


SHOWN = sorted({line.strip() for page in MARKDOWN for line in commands(page)})


def read(line: str) -> None:
    """Read a command line as far as its files, and refuse what the command would refuse."""
    command, rest = typer.main.get_command(app), shlex.split(line)[1:]
    # An option of the whole group is only looked at: to read --install-completion is to install it.
    context = command.make_context("lichen", [*rest], resilient_parsing=True)
    while hasattr(command, "resolve_command") and rest and not rest[0].startswith("-"):
        _name, command, rest = command.resolve_command(command.make_context("lichen", [], context), rest)
    if not hasattr(command, "resolve_command"):
        with suppress(typer.Exit):
            command.make_context("lichen", rest)


@pytest.mark.parametrize("line", SHOWN)
def test_command_on_a_page_can_be_typed_like_that(line):
    read(line)


def test_pages_show_every_command():
    shown = {" ".join(line.split()[1:2]) for line in SHOWN}
    assert {*COMMANDS} <= shown


@pytest.mark.parametrize("line", ["lichen match x --amongst y", "lichen audit chekc x", "lichen brief x"])
def test_command_that_cannot_be_typed_is_found_out(line):
    with pytest.raises(Exception, match=r"No such|Missing"):
        read(line)
