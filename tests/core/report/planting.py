"""An alliance in which every text that somebody wrote bears a mark, to be searched for in what is made of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from lichen.alliance.values import Alliance
from lichen.files.alliances import read_alliance_text
from lichen.report.document import Block, Chart, Items, Report, Table

EXAMPLES = Path(__file__).parents[3] / "examples" / "alliances"

REFERENCES = frozenset(
    "id by about to owner code codes partner partners parties party provider receiver giver fulfils settles reverses "
    "satisfies event commitment motion triggered_by kind kinds touches answered_by digest test serves present third "
    "gap currency country person threshold cap floor".split()
)
"""Fields that name something else of the file, or whose words are fixed; without their words nothing fits together."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One text with a mark."""

    mark: str
    """The mark, which stands nowhere else."""
    field: str
    """The kind of value and its field, such as ``Veto.reason``."""
    holder: Any
    """The value in which it stands, before the planting."""


@cache
def worked(name: str) -> Alliance:
    return read_alliance_text((EXAMPLES / name).read_bytes(), "yaml", name)


@cache
def planted(name: str) -> tuple[Alliance, tuple[Planted, ...]]:
    """A worked file with a mark of its own in place of every text, and the marks."""
    marks: list[Planted] = []

    def plant(holder: Any, field: str, _text: str) -> str:
        marks.append(Planted(f"Quillwort{len(marks)}xyz", f"{type(holder).__name__}.{field}", holder))
        return marks[-1].mark

    return rewritten(worked(name), plant), tuple(marks)


def rewritten(value: Any, write: Callable[[Any, str, str], str]) -> Any:
    """A value in which every text that somebody wrote is written anew."""
    if isinstance(value, tuple):
        return tuple(rewritten(each, write) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {each.name: _written(value, each.name, getattr(value, each.name), write) for each in fields(value)}
    return replace(value, **{name: new for name, new in changed.items() if new != getattr(value, name)})


def _written(holder: Any, name: str, held: Any, write: Callable[[Any, str, str], str]) -> Any:
    if not _is_text(held) and not (isinstance(held, tuple) and held and all(map(_is_text, held))):
        return rewritten(held, write)
    # The percent sign decides what a figure is.
    if name in REFERENCES or not held or held == "%":
        return held
    return tuple(write(holder, name, each) for each in held) if isinstance(held, tuple) else write(holder, name, held)


def _is_text(held: Any) -> bool:
    return isinstance(held, str) and not isinstance(held, StrEnum)


def searchable(text: str) -> str:
    """A text without what a form adds between or before its letters."""
    return re.sub(r"\\(.)", r"\1", text)


def pdf_text(pdf: bytes) -> str:
    """What a PDF says."""
    return subprocess.run(
        [str(shutil.which("pdftotext")), "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def rows_of(report: Report) -> set[tuple[str, str]]:
    """What a report tells line by line: the head of every row and of every item of a list, in its section."""
    return {
        (str(section.name), head.rpartition(": ")[2].casefold())
        for section in report.sections
        for block in section.blocks
        for head in _heads(str(section.name), block)
    }


def _heads(section: str, block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield from (row[0] for row in block.rows)
        case Chart():
            yield from (row[0] for row in block.table.rows)
        case Items(items) if section not in ("summary", "watch"):
            yield from (item.partition(",")[0] for item in items)
