"""Writes the reference of the alliance's file from the values that it is read into, so that the two cannot differ.

python tools/write_alliance_reference.py docs/reference/alliance-file.md
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit

HEAD = """# The keys of the alliance's file

Generated from the library's own values by `make pages`. A file begins with `lichen: alliance/1`. A key that is not
marked **needed** may be left out. How to write and keep the file: {doc}`../how-to/keep-the-alliance-file`.
"""
TABLE = "| key | what stands there | meaning |\n|---|---|---|\n"
WORDS = {str: "text", bool: "yes or no", int: "whole number", float: "number", date: "date"}
ELSEWHERE = {Audit: "list of partners, each with the keys of its audit ({doc}`data-dictionary`)"}


def reference() -> str:
    """The whole page: one table for each kind of group, those of a section below it."""
    return "\n".join([HEAD, *(_section(kind) for kind in _kinds(Alliance, []))])


def _kinds(kind: Any, met: list[Any]) -> list[Any]:
    """The classes that can stand in the file, each after the first that holds it."""
    met.append(kind)
    for hint in get_type_hints(kind).values():
        inner = _one(hint)
        if is_dataclass(inner) and inner not in (*met, *ELSEWHERE):
            _kinds(inner, met)
    return met


def _section(kind: Any) -> str:
    told, hints = said(kind), get_type_hints(kind)
    rows = (f"| `{field.name}` | {_answer(field, hints[field.name])} | {told[field.name]} |" for field in fields(kind))
    return f"## {kind.__name__}\n\n{_first_line(kind)}\n\n{TABLE}" + "\n".join(rows) + "\n"


def said(kind: Any) -> dict[str, str]:
    """What stands under each field of a class."""
    body = ast.parse(dedent(inspect.getsource(kind))).body[0].body  # type: ignore[attr-defined]
    return {
        field.target.id: flat(inspect.cleandoc(told.value.value))
        for field, told in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(told, ast.Expr)
    }


def _first_line(kind: Any) -> str:
    return flat((inspect.getdoc(kind) or "").split("\n\n")[0])


def flat(text: str) -> str:
    """The text in one line of a table, in Markdown."""
    plain = re.sub(r":\w+:`~?(?:[\w.]*\.)?(\w+)`", r"`\1`", text).replace("``", "`")
    return " ".join(plain.split()).replace("|", "\\|")


def _answer(field: Field[Any], hint: Any) -> str:
    inner = _one(hint)
    if inner in ELSEWHERE:
        return ELSEWHERE[inner]
    told = f"[{inner.__name__}](#{inner.__name__.lower()})" if is_dataclass(inner) else _single(inner)
    told = f"list: {told}" if get_origin(_option(hint)) is tuple else told
    if field.default is MISSING and field.default_factory is MISSING:
        return f"{told}; **needed**"
    usual = field.default if isinstance(field.default, str | int | float) and field.default != "" else None
    return told if usual is None else f"{told}; else {_default(usual)}"


def _default(value: object) -> str:
    return f"{'yes' if value else 'no'}" if isinstance(value, bool) else f"`{value}`"


def _single(kind: type) -> str:
    return " / ".join(f"`{option}`" for option in kind) if issubclass(kind, StrEnum) else WORDS[kind]


def _option(hint: Any) -> Any:
    """The type without the None that may stand for it."""
    return next(part for part in get_args(hint) if part is not NoneType) if isinstance(hint, UnionType) else hint


def _one(hint: Any) -> Any:
    """The type of one answer, be it alone or in a list."""
    kind = _option(hint)
    return get_args(kind)[0] if get_origin(kind) is tuple else kind


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
