"""What is public says what it does, in Google's sections and in one order."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.source import FACES, Definition, Module, functions, homes, is_dataclass, offenders, public

SECTIONS = ("Args", "Returns", "Yields", "Raises", "Warns", "Source", "Example")
REFUSAL = "InputError"


def said(node: Definition | ast.Module) -> str:
    return ast.get_docstring(node) or ""


def definitions(module: Module) -> Iterator[tuple[str, Definition]]:
    """The public functions, classes and methods of a module, each with its dotted name."""
    for node in public(module.tree.body):
        yield node.name, node
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{method.name}", method) for method in public(node.body))


def sections(docstring: str) -> list[str]:
    return re.findall(r"^([A-Z][a-z]+):$", docstring, flags=re.MULTILINE)


def called(node: ast.AST) -> set[str]:
    """The names of what is called, plainly or on a value."""
    found = {child.func for child in ast.walk(node) if isinstance(child, ast.Call)}
    return {each.id for each in found if isinstance(each, ast.Name)} | {
        each.attr for each in found if isinstance(each, ast.Attribute)
    }


def refuses(node: ast.AST) -> bool:
    raised = [child.exc for child in ast.walk(node) if isinstance(child, ast.Raise) and child.exc is not None]
    return any(ast.unparse(each).startswith(f"{REFUSAL}(") for each in raised)


def refusers(tree: ast.Module) -> set[str]:
    """The functions of a module that raise the refusal, themselves or through another of the same module."""
    bodies = {function.name: function for function in functions(tree)}
    found = {name for name, function in bodies.items() if refuses(function)}
    while more := {name for name, function in bodies.items() if called(function) & found} - found:
        found |= more
    return found


def may_refuse(node: Definition, known: set[str]) -> bool:
    if isinstance(node, ast.ClassDef):
        return any(method.name in {"__init__", "__post_init__"} and method.name in known for method in functions(node))
    return node.name in known


def test_everything_public_has_a_docstring():
    def silent(module: Module) -> list[str]:
        return [name for name, node in [("module", module.tree), *definitions(module)] if not said(node)]

    assert offenders(silent) == {}


def test_sections_are_known_and_in_order():
    def disordered(module: Module) -> dict[str, list[str]]:
        found = {name: sections(said(node)) for name, node in definitions(module)}
        return {name: each for name, each in found.items() if each != [one for one in SECTIONS if one in each]}

    assert offenders(disordered) == {}


def test_every_field_of_a_public_dataclass_has_a_docstring():
    shown = {name for face in FACES for name, _ in homes(face)}

    def bare(module: Module) -> list[str]:
        return [
            f"{node.name}.{ast.unparse(field.target)}"
            for node in public(module.tree.body)
            if isinstance(node, ast.ClassDef) and is_dataclass(node) and node.name in shown
            for field, following in zip(node.body, [*node.body[1:], None], strict=True)
            if isinstance(field, ast.AnnAssign) and not is_said(following)
        ]

    assert offenders(bare) == {}


def test_what_may_refuse_says_so():
    def silent(module: Module) -> list[str]:
        known = refusers(module.tree)
        return [name for name, node in definitions(module) if may_refuse(node, known) and "Raises:" not in said(node)]

    found = offenders(silent)
    # A command's docstring is the help that a person reads, and its refusals leave by the exit status.
    assert {name: each for name, each in found.items() if not name.startswith("lichen.cli.")} == {}


def is_said(node: ast.stmt | None) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
