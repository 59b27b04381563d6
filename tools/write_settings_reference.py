"""Writes the reference of the settings of a host from the class that reads them, so that the two cannot differ.

python -m tools.write_settings_reference docs/reference/settings.md
"""

from __future__ import annotations

import re
import sys
from dataclasses import Field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from lichen_web.environment import Environment, Part
from tools.write_alliance_reference import said

HEAD = """# The settings of a host

Generated from the class that reads them, by `make pages`. Each is a variable of the environment; none has to be set for
a Lichen on one's own machine. `lichen-web` reads them once, when it starts. If something set cannot be used it does not
start, and tells everything that is wrong at once, without repeating what stands there. An empty variable counts as not
set. `deploy/lichen.env.example` has those that a server needs: {doc}`../how-to/put-it-on-a-server`.

| variable | meaning | without it |
|---|---|---|
"""
TAIL = """
## Which part signs in where

With `LICHEN_DATABASE_URL` set, each part signs in to PostgreSQL as its own role ({doc}`row-level-security`):

| part | role | unless this is set |
|---|---|---|
"""
OWN_ADDRESS = {Part.WORKER: "`LICHEN_DATABASE_MATCHER_URL`", Part.OWNER: "`LICHEN_DATABASE_OWNER_URL`"}


def reference() -> str:
    """The whole page."""
    told = said(Environment)
    rows = (_row(field, told[field.name]) for field in fields(Environment))
    parts = (f"| {part} | `{part.role}` | {OWN_ADDRESS.get(part, '')} |" for part in Part)
    return HEAD + "\n".join(rows) + "\n" + TAIL + "\n".join(parts) + "\n"


def _row(field: Field[Any], told: str) -> str:
    """The line of one variable: what stands under its field ends with its name."""
    meaning, _space, variable = told.rpartition(" ")
    options = f" {_options(type(field.default))}" if isinstance(field.default, StrEnum) else ""
    return f"| {variable.rstrip('.')} | {_markdown(meaning)}{options} | {_default(field.default)} |"


def _markdown(text: str) -> str:
    return re.sub("``([^`]+)``", r"`\1`", text)


def _options(kind: type[StrEnum]) -> str:
    *others, last = (f"`{option}`" for option in kind)
    return f"{', '.join(others)} or {last}."


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value in {None, ""} else f"`{value}`"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
