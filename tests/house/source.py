"""The project's own source as trees, for the tests of the house."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One file of the library."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def part(self) -> str:
        """The floor that it stands on, such as ``audit``; ``face`` for the face of the whole."""
        return self.name.split(".")[1] if "." in self.name else "lichen"

    @property
    def is_face(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def exported(self) -> tuple[str, ...] | None:
        """What a literal ``__all__`` names; None where there is none."""
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
                return tuple(ast.literal_eval(node.value))
        return None

    def __str__(self) -> str:
        return self.name


def parsed(path: Path) -> Module:
    name = module_name(path) if path.is_relative_to(SRC) else path.stem
    return Module(name, path, ast.parse(path.read_text(encoding="utf-8")))


@cache
def modules() -> tuple[Module, ...]:
    return tuple(parsed(path) for path in sorted((SRC / "lichen").rglob("*.py")))


def offenders(look: Callable[[Module], Collection[object]]) -> dict[str, Collection[object]]:
    """What a look at each module finds, where it finds anything."""
    return {module.name: found for module in modules() if (found := look(module))}


def module_name(path: Path) -> str:
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FACES = [module for module in modules() if module.is_face]
"""The packages."""


def homes(face: Module) -> list[tuple[str, str]]:
    """The names of a face with their modules, as its ``lazy_face`` call has them."""
    for node in ast.walk(face.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "lazy_face":
            return list(ast.literal_eval(node.args[1]).items())
    return []


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """The functions and classes of a module or a class whose names have no underscore before them."""
    return (node for node in body if isinstance(node, Definition) and not node.name.startswith("_"))


def is_dataclass(node: ast.ClassDef) -> bool:
    return any(ast.unparse(decorator).startswith("dataclass") for decorator in node.decorator_list)


def words(name: str) -> list[str]:
    """The words of an identifier, lower case: ``ForwardMap`` and ``forward_map`` have the same."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())
