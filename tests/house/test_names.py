"""One name for one thing, sorted faces, and no word that says nothing."""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict
from importlib import import_module
from types import ModuleType

import pytest

from lichen.errors import ExtraNeeded
from tests.house.source import FACES, Definition, Module, functions, homes, modules, offenders, public, words

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "service", "services", "manager", "level"}
EMPTY_NAMES = {"common", "data", "info", "misc", "obj", "stuff"}
"""Words that say nothing: the first in any name, the second where they are all there is of it."""

INNER = [module for module in modules() if not module.is_face]


def loaded(module: Module) -> ModuleType:
    try:
        return import_module(module.name)
    except ExtraNeeded as missing:
        pytest.skip(str(missing))


def typed(face: Module) -> list[tuple[str, str]]:
    """The same as type checkers see it: the imports under ``if TYPE_CHECKING``."""
    return [
        (alias.asname or "", node.module.removeprefix(f"{face.name}."))
        for block in face.tree.body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in block.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    ]


def is_command(node: Definition) -> bool:
    """Whether a function is a command, which people call by its name in a shell and nobody imports."""
    return any(".command(" in ast.unparse(decorator) for decorator in node.decorator_list)


def public_objects() -> dict[str, object]:
    """Every public function and class, by its full name."""
    return {
        f"{module.name}.{name}": value
        for module in INNER
        for name in module.exported or ()
        if callable(value := getattr(loaded(module), name)) and hasattr(value, "__module__")
    }


@pytest.mark.parametrize("face", FACES, ids=str)
def test_face_agrees_with_what_type_checkers_see(face: Module):
    assert dict(homes(face)) == dict(typed(face))


@pytest.mark.parametrize("face", FACES, ids=str)
def test_face_is_sorted(face: Module):
    assert homes(face) == sorted(homes(face))


@pytest.mark.parametrize("face", FACES, ids=str)
def test_face_gives_what_the_defining_module_has(face: Module):
    for name, home in homes(face):
        module = import_module(f"{face.name}.{home}")
        assert getattr(import_module(face.name), name) is getattr(module, name)
        assert name in module.__all__


def test_no_name_of_the_whole_face_hides_a_package():
    packages = {module.name.rpartition(".")[2] for module in FACES}
    names = next(homes(face) for face in FACES if face.name == "lichen")
    assert {name for name, _ in names} & packages == set()


def test_all_names_what_is_public():
    def unnamed(module: Module) -> set[str]:
        defined = {node.name for node in public(module.tree.body) if not is_command(node)}
        return set() if module.is_face else defined - set(module.exported or ())

    assert offenders(unnamed) == {}


def test_all_names_what_is_there():
    assert offenders(lambda module: [each for each in module.exported or () if not hasattr(loaded(module), each)]) == {}


def test_no_two_public_names_for_one_object():
    names = defaultdict(set)
    for full_name, value in public_objects().items():
        names[id(inspect.unwrap(value))].add(full_name)
    assert [found for found in names.values() if len(found) > 1] == []


def test_no_face_uses_a_name_that_another_has_for_something_else():
    found = defaultdict(set)
    for face in FACES:
        for name, home in homes(face):
            found[name].add(f"{face.name}.{home}")
    assert [places for places in found.values() if len(places) > 1] == []


def test_no_name_has_a_word_that_says_nothing():
    def empty(module: Module) -> list[str]:
        classes = [node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
        arguments = [node.arg for node in ast.walk(module.tree) if isinstance(node, ast.arg)]
        named = [*module.name.split("."), *classes, *arguments, *(function.name for function in functions(module.tree))]
        return [name for name in named if EMPTY_WORDS & set(words(name)) or name in EMPTY_NAMES]

    assert offenders(empty) == {}
