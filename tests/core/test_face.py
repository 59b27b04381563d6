"""The faces of the packages: the same whatever was imported before."""

import subprocess
import sys

import pytest

import lichen


def test_face_keeps_its_function_when_the_module_of_that_name_came_first():
    code = "import lichen.audit.values; from lichen.capabilities import taxonomy; print(callable(taxonomy))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "True\n"


def test_face_lists_what_it_has_before_any_of_it_is_used():
    assert set(lichen.__all__) <= set(dir(lichen))


def test_face_refuses_a_name_it_does_not_have():
    with pytest.raises(AttributeError, match="module 'lichen' has no attribute 'partner'"):
        lichen.partner  # noqa: B018 - looking is what is refused
