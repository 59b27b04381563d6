"""The folder of everything that a host keeps, for its user alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

__all__ = ["made_home", "secret_key", "written_once"]


def made_home(home: Path) -> Path:
    """The folder, made if need be, with no way in for others."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def written_once(path: Path, text: str) -> str:
    """Write a secret into a file unless it is there; what stands in it then, whoever was first."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    return text


def secret_key(home: Path) -> str:
    """What Django signs cookies with: made once, kept in the home."""
    return written_once(made_home(home) / "django.key", secrets.token_urlsafe(48))
