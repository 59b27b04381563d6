"""A copy as a file that opens only with the host's key.

Its head can be read by anybody, and is bound to the pieces behind it::

lichen: backup/1
key: (the file's own key, sealed by the host's, in base64)

(the pieces)
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from lichen.errors import InputError, Problem
from lichen.files.storage import write_pieces_atomically
from lichen_web.alliances.copies.chunks import lines_in, opened_chunks, sealed_chunks
from lichen_web.keyring import Keyring
from lichen_web.sealing import Unopened, new_key

__all__ = ["read_file", "write_file"]

_FORMAT = b"lichen: backup/1\n"
_KEY = re.compile(rb"key: ([A-Za-z0-9+/]{1,200}={0,2})\n", re.ASCII)
_PURPOSE, _PLACE = "backup", ("file key",)


def write_file(path: Path, lines: Iterable[bytes], ring: Keyring) -> None:
    """Seal lines into a new file, for its owner alone, whole or not at all.

    Raises:
        InputError: It cannot be written there.
    """
    key = new_key()
    head = _FORMAT + b"key: " + b64encode(ring.sealed(_PURPOSE, key, _PLACE)) + b"\n\n"
    write_pieces_atomically(_with_head(head, lines, key), path)


def read_file(path: Path, ring: Keyring) -> Iterator[bytes]:
    """The lines of a file, each as soon as its piece is opened.

    Raises:
        InputError: There is no such file, it is no backup, it is one of another version, it is not to the bit what was
            written, or the ring has not its key.
    """
    try:
        with path.open("rb") as file:
            if file.readline(len(_FORMAT)) != _FORMAT:
                what = _("this is not a backup, or one of another version of Lichen")
                raise InputError(Problem(what, _("a file that lichen-web backup wrote"), file=path.name))
            key, empty = file.readline(300), file.readline(1)
            named = _KEY.fullmatch(key)
            if named is None or empty != b"\n":
                raise Unopened
            secret = ring.opened(_PURPOSE, b64decode(named[1]), _PLACE)
            yield from lines_in(opened_chunks(file, secret, _FORMAT + key + empty))
    except Unopened as unopened:
        right = _("a backup as it was written, and the host's key that it was written with")
        raise InputError(Problem(str(unopened), right, file=path.name)) from None
    except OSError:
        what, right = _("the file cannot be opened"), _("a file that you may read")
        raise InputError(Problem(what, right, file=path.name)) from None


def _with_head(head: bytes, lines: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    yield head
    yield from sealed_chunks(lines, key, head)
