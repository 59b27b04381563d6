"""A copy of a living database, taken at one moment and read again."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS as HERE
from django.utils.translation import gettext as _

from lichen.errors import InputError, Problem
from lichen_web.alliances.copies.contents import checked, copied_lines
from lichen_web.alliances.copies.files import read_file, write_file
from lichen_web.alliances.copies.halts import refuse_halted
from lichen_web.alliances.copies.rows import Tally
from lichen_web.keyring import Keyring

__all__ = ["back_up"]


def back_up(path: Path, ring: Keyring, *, at: datetime) -> dict[str, Tally]:
    """Write everything into a file that opens only with the host's key, then open it and read it to its end.

    Args:
        path: A file that is not there yet.
        ring: The host's keys; the first one seals it.
        at: When it is made.

    Returns:
        How much there is of each table.

    Raises:
        InputError: Something is there already, it cannot be written, or the database was left or is not whole.
    """
    refuse_halted(HERE)
    if os.path.lexists(path):
        raise InputError(Problem(_("there is such a file already"), _("another name"), file=path.name))
    write_file(path, copied_lines(HERE, at), ring)
    return checked(read_file(path, ring))
