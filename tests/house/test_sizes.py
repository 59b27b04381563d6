"""A file stops at 400 lines of code, a function at 50; blank lines, comments and docstrings do not count."""

from __future__ import annotations

import ast
import io
import tokenize
from functools import cache
from pathlib import Path

import pytest

from tests.house.source import ROOT, functions, project_files

FILE_LIMIT, FUNCTION_LIMIT = 400, 50

EXCUSED: dict[str, str] = {}
"""``path`` or ``path::function``, and the reason why it may be longer: an algorithm that follows numbered steps."""

PAPER = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


@cache
def code_lines(path: Path) -> frozenset[int]:
    """The numbers of the lines that bear code."""
    text = path.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    bearing = {n for token in tokens if token.type not in PAPER for n in range(token.start[0], token.end[0] + 1)}
    said = {
        n
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for n in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return frozenset(bearing - said)


def sizes(path: Path) -> dict[str, tuple[int, int]]:
    """The size of a file and of each function in it, each with its limit."""
    place = path.relative_to(ROOT).as_posix()
    lines = code_lines(path)
    found = {place: (len(lines), FILE_LIMIT)}
    for function in functions(ast.parse(path.read_text(encoding="utf-8"))):
        body = range(function.lineno, (function.end_lineno or function.lineno) + 1)
        found[f"{place}::{function.name}"] = (len(lines & set(body)), FUNCTION_LIMIT)
    return found


PYTHON = [path for path in project_files() if path.suffix == ".py" and "migrations" not in path.parts]
"""Migrations are written by Django, in one piece."""


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file_and_its_functions_are_small_enough(path: Path):
    assert {name: size for name, (size, limit) in sizes(path).items() if size > limit and name not in EXCUSED} == {}


def test_every_excuse_is_needed_and_gives_its_reason():
    measured = {name: size for path in PYTHON for name, size in sizes(path).items()}
    over = {name for name, (size, limit) in measured.items() if size > limit}
    assert {name for name, reason in EXCUSED.items() if name not in over or len(reason) < 20} == set()


def test_code_lines_leave_out_comments_docstrings_and_blanks(tmp_path: Path):
    file = tmp_path / "small.py"
    file.write_text('"""Said."""\n\n# why\nx = """two\nlines"""\n\n\ndef f():\n    """Said."""\n    return x\n')
    assert code_lines(file) == {4, 5, 8, 10}
