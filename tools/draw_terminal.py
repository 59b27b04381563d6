"""Draws what a command prints in a terminal as an SVG picture that needs no remote font.

python tools/draw_terminal.py docs/images/hospital.svg python examples/hospital_story.py
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

WIDTH = 84
TERMINAL = {"COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def picture(printed: str, title: str) -> str:
    """The SVG of a terminal that shows what was printed, colours included."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(printed.rstrip()))
    drawn = console.export_svg(title=title, unique_id="terminal")
    # Rich names fonts on a remote server; the reader's own will do.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return drawn.replace("Fira Code, ", "").replace("arial", "sans-serif")


def main(target: Path, command: list[str]) -> None:
    """Run the command and write its picture."""
    environment = {**os.environ, **TERMINAL}
    environment.pop("NO_COLOR", None)
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    shown = " ".join(Path(word).name if word == command[0] else word for word in command)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(picture(printed, f"$ {shown}"), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
