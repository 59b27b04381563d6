"""Who can read a file, in plain words: whether it is open to other users of the machine, and whether it is locked."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

from lichen.files.alliances import is_locked_file
from lichen.files.storage import is_owners_alone
from lichen.language import _

__all__ = ["protection"]


def protection(file: str) -> tuple[str, str]:
    """Two sentences: who on this machine can read the file, and what it is to everybody else."""
    return _readers(file), _others(file)


def _readers(file: str) -> str:
    is_alone = is_owners_alone(Path(file))
    if is_alone is None:
        return _("Windows alone knows who can read this file: look at the security settings of its folder.")
    if is_alone:
        return _("On this machine only your account and its administrator can read the file.")
    return _("Other users of this machine can read the file.\nTo keep them out: chmod 600 {file}").format(
        file=quote(file)
    )


def _others(file: str) -> str:
    if is_locked_file(file):
        return _("It is encrypted: without the passphrase nobody can read it, and nobody can help who forgets it.")
    told = _("It is not encrypted: whoever gets a copy can read it.\nTo encrypt it: lichen alliance lock {file}")
    return told.format(file=quote(file))
