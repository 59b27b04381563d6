"""The faces of the packages: quick to import, and the same whatever was imported before."""

import subprocess
import sys

import pytest

import lichen


def spoken(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_face_keeps_its_function_when_the_module_of_that_name_came_first():
    code = "import lichen.audit.values; from lichen.capabilities import taxonomy; print(taxonomy().version)"
    assert spoken(code) == lichen.capabilities.taxonomy().version


def test_face_refuses_a_name_it_does_not_have():
    with pytest.raises(AttributeError, match="module 'lichen' has no attribute 'partner'"):
        lichen.partner  # noqa: B018 - looking is what is refused


def test_face_loads_neither_numbers_nor_commands():
    heavy = "numpy yaml openpyxl typer rich markdown_it"
    assert spoken(f"import lichen, sys; print(set({heavy.split()}) & set(sys.modules))") == "set()"
