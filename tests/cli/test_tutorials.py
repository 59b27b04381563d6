"""The tutorials show what the commands print: each console block is run, from the folder that its page names."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from shutil import copytree

import pytest

from tests.house.documents import blocks
from tests.house.source import ROOT

TUTORIALS = ROOT / "docs" / "tutorials"
LEFT_OUT = "…"


def shown(page: str) -> list[tuple[str, str]]:
    """Each command of a page, with what the page says it prints."""
    text = "".join(block.content for block in blocks(TUTORIALS / page, "console"))
    told = re.split(r"^\$ lichen (.+)\n", text, flags=re.MULTILINE)[1:]
    return list(zip(told[::2], told[1::2], strict=True))


@pytest.fixture
def alliances(lichen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the example alliances as the folder to stand in, each readable by its owner alone."""
    folder = Path(copytree(ROOT / "examples" / "alliances", tmp_path / "alliances"))
    for path in folder.iterdir():
        path.chmod(0o600)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(("command", "printed"), shown("years-after.md"))
def test_tutorial_shows_what_the_command_prints(lichen, alliances, command, printed):
    """Line by line; a line with an ellipsis alone stands for any lines that are left out."""
    result = lichen(*shlex.split(command))
    lines = (r"(?:.*\n)*" if line == LEFT_OUT else re.escape(line) + r"\n" for line in printed.strip().splitlines())
    assert result.exit_code in (0, 1)
    assert re.fullmatch("".join(lines), result.stdout), result.stdout
