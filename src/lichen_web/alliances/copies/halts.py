"""Databases on which nobody may start: those that were left for another, and those that are not whole yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connections
from django.utils.translation import gettext as _

from lichen.errors import Problem, refuse
from lichen_web.alliances.models.halt import Halt, Why

__all__ = ["halt_in", "halted", "lift", "name_of", "refuse_halted"]


def halt_in(using: str) -> Halt | None:
    """Why nobody may start on a database, if that is so."""
    return Halt.objects.using(using).first()


def lift(using: str) -> None:
    """Let a database be started on."""
    Halt.objects.using(using).delete()


def halted(using: str) -> Iterator[Problem]:
    """Why nobody may start on a database, and what would be right; nothing if anybody may."""
    halt = halt_in(using)
    if halt is None:
        return
    if halt.why == Why.LEFT:
        what, right = _("everything in this database was moved to {other}"), _("LICHEN_DATABASE_URL as that")
    else:
        what = _("what was being put into this database from {other} has not wholly arrived")
        right = _("an empty database, and to begin again")
    yield Problem(what.format(other=halt.other), right)


def refuse_halted(using: str) -> None:
    """Stand against starting on a database that was left, or is not whole.

    Raises:
        InputError: It is one of these.
    """
    refuse(halted(using))


def name_of(using: str) -> str:
    """What to call a database: its address without a password, or its file."""
    settings = connections[using].settings_dict
    if connections[using].vendor == "postgresql":
        port = f":{settings['PORT']}" if settings["PORT"] else ""
        return f"postgresql://{settings['HOST']}{port}/{settings['NAME']}"
    return str(settings["NAME"])
