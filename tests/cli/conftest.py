"""Running the command ``lichen`` inside the tests, as a shell would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lichen.cli.main import app

EXAMPLES = Path(__file__).parents[2] / "examples"

Run = Callable[..., Result]


@pytest.fixture
def lichen(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the examples, without colours, 80 characters wide; what nobody foresaw fails the test."""
    monkeypatch.chdir(EXAMPLES)
    for name in ("FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str, given: str | bytes | None = None, **environment: str) -> Result:
        return CliRunner(env=environment).invoke(
            app, [str(each) for each in arguments], input=given, catch_exceptions=False, prog_name="lichen"
        )

    return run


@pytest.fixture
def shell() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python in a process of its own, for what only a process shows."""

    def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
        given = {"env": {**environment, "COLUMNS": "80"}, "cwd": EXAMPLES, "capture_output": True, "text": True}
        return subprocess.run([sys.executable, *arguments], **{**given, **more}, check=False)  # type: ignore[call-overload]

    return run
