"""The disk: bounded reading of what may be hostile, and writing that loses nothing and shows nobody else."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from lichen.errors import InputError, Problem
from lichen.files.draft import Reading
from lichen.language import _

__all__ = [
    "LOCKED",
    "OpenToOthers",
    "checked_size",
    "decoded",
    "is_owners_alone",
    "read_bounded",
    "write_atomically",
    "write_pieces_atomically",
]

LOCKED = b"lichen: locked/"
"""How every locked file begins, whatever its suffix."""


class OpenToOthers(UserWarning):
    """A file that holds confessions may be read by other users of the machine.

    A face shows its words as a note.
    """


def read_bounded(path: Path, most: int, reading: Reading) -> bytes:
    """The bytes of an ordinary file that is not larger than ``most``.

    Raises:
        InputError: There is no such file, or it is empty, too large, closed or no ordinary one.
    """
    try:
        if stat.S_ISREG(path.stat().st_mode):  # a pipe would wait, and a device need never end
            with path.open("rb") as opened:
                return checked_size(opened.read(most + 1), most, reading)
    except InputError:
        raise
    except FileNotFoundError:
        raise reading.refusal(_("there is no such file"), _("the path of a file")) from None
    except (OSError, ValueError):
        raise reading.refusal(_("the file cannot be opened"), _("a file that you may read")) from None
    raise reading.refusal(_("this is not a file"), _("an ordinary file"))


def checked_size(raw: bytes, most: int, reading: Reading) -> bytes:
    """The bytes, unless there are none or more than ``most``.

    Raises:
        InputError: There are none, or more.
    """
    if not raw.strip():
        raise reading.refusal(_("the file is empty"), _("an audit; lichen audit template writes one to fill in"))
    if len(raw) > most:
        right = _("at most {megabytes} MB").format(megabytes=most // 10**6)
        raise reading.refusal(_("the file is too large"), right)
    return raw


def decoded(raw: bytes, reading: Reading) -> str:
    """The text of a file, which must be UTF-8; other encodings are named as far as they can be told apart.

    Raises:
        InputError: It is in another encoding.
    """
    right = _("the file saved as UTF-8 (in a spreadsheet: CSV UTF-8)")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:400].count(0) * 3 > len(raw[:400]):
        raise reading.refusal(_("the file is in UTF-16"), right)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise reading.refusal(_("the file is not in UTF-8, perhaps in Windows-1252 or Latin-1"), right) from None


def write_atomically(raw: bytes, path: Path) -> None:
    """Put the bytes in the place of a file, as :func:`write_pieces_atomically` does.

    Raises:
        InputError: The folder is not there, is full or may not be written to, or what is there is no ordinary file.
    """
    write_pieces_atomically([raw], path)


def write_pieces_atomically(pieces: Iterable[bytes], path: Path) -> None:
    """Put bytes that come in pieces in the place of a file, readable by its owner alone.

    They are written beside it and take its place at once: whoever is interrupted keeps the old file whole.

    Raises:
        InputError: The folder is not there, is full or may not be written to, or what is there is no ordinary file.
    """
    try:
        path = Path(os.path.realpath(path))
        if path.exists() and not path.is_file():  # a pipe or a device would be gone, and somebody waits at it
            raise InputError(Problem(_("this is not a file"), _("an ordinary file"), file=path.name))
        handle, beside = tempfile.mkstemp(prefix=".lichen-", suffix=path.suffix, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.writelines(pieces)
                opened.flush()
                os.fsync(opened.fileno())
            Path(beside).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(beside).unlink()
            raise
        _settle(path.parent)
    except InputError:
        raise
    except (OSError, ValueError):
        right = _("a folder that exists, has room and may be written to")
        raise InputError(Problem(_("the file cannot be written here"), right, file=path.name)) from None


def is_owners_alone(path: Path) -> bool | None:
    """Whether nobody but the owner of a file may read it; None where the system does not say, as on Windows."""
    return None if os.name == "nt" else not stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)


def _settle(folder: Path) -> None:
    """Have the folder remember the new name even if the power fails, where a system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
