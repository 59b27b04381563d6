"""The folder of everything that a host keeps, for its user alone."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

__all__ = ["ERASURES", "append_line", "made_home", "secret_key", "written_once"]

ERASURES = "erasures"
"""The file of a home that says who was erased; a restore needs it."""


def made_home(home: Path) -> Path:
    """The folder, made if need be, with no way in for others."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def written_once(path: Path, text: str) -> str:
    """Write a secret into a file unless it is there; what stands in it then, whoever was first.

    It is written beside its place and linked there whole, so that a process that starts at the same moment never
    reads half of it.
    """
    if not path.exists():
        handle, beside = tempfile.mkstemp(prefix=".lichen-", dir=path.parent)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            _settled(file.fileno(), text + "\n")
        with suppress(FileExistsError):
            os.link(beside, path)
        Path(beside).unlink()
    return path.read_text(encoding="ascii").strip()


def append_line(path: Path, line: str) -> None:
    """Append a line to a file for its user alone; once this returns, it outlasts a failing power.

    What another process may have left unfinished before it stands on a line of its own.
    """
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        _settled(handle, f"\n{line}\n")
    finally:
        os.close(handle)


def secret_key(home: Path) -> str:
    """What Django signs cookies with: made once, kept in the home."""
    return written_once(made_home(home) / "django.key", secrets.token_urlsafe(48))


def _settled(handle: int, text: str) -> None:
    os.write(handle, text.encode("ascii"))
    os.fsync(handle)
