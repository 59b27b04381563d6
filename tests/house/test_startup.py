"""What a fresh process loads. How long that takes is measured by benchmarks/startup.py."""

import subprocess
import sys

import pytest

HEAVY = {"numpy", "scipy", "cryptography", "yaml", "openpyxl", "defusedxml", "markdown_it", "onnxruntime"}
HELP = """
import contextlib, os, sys
from lichen.cli.main import run
sys.argv = ["lichen", "--help"]
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(open(os.devnull, "w")):
    run()
"""


def loaded(code: str) -> set[str]:
    """The packages that a fresh process has loaded after running the code."""
    code += "\nprint(*{name.partition('.')[0] for name in sys.modules})"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize(("code", "heavy"), [("import lichen, sys", HEAVY | {"typer", "rich"}), (HELP, HEAVY)])
def test_fresh_process_loads_nothing_heavy(code: str, heavy: set[str]):
    assert loaded(code) & heavy == set()


def test_import_of_the_whole_face_is_what_loads_the_rest():
    assert "numpy" in loaded("import sys\nfrom lichen import best_partners")
