"""Databases on which nobody may start: those that were left for another, and those that are not whole yet."""

from __future__ import annotations

from django.db import connections
from django.utils.translation import gettext as _

from lichen.errors import NotAllowed
from lichen_web.alliances.models.halt import Halt, Why

__all__ = ["halt_in", "lift", "name_of", "refuse_halted"]


def halt_in(using: str) -> Halt | None:
    """Why nobody may start on a database, if that is so."""
    return Halt.objects.using(using).first()


def lift(using: str) -> None:
    """Let a database be started on."""
    Halt.objects.using(using).delete()


def refuse_halted(using: str) -> None:
    """Stand against starting on a database that was left, or is not whole.

    Raises:
        NotAllowed: It is one of these.
    """
    halt = halt_in(using)
    if halt is None:
        return
    if halt.why == Why.LEFT:
        why = _("Everything in this database was moved to {other}. Set LICHEN_DATABASE_URL to that.")
        raise NotAllowed("database-left", why.format(other=halt.other))
    why = _("What was being put into this database from {other} has not wholly arrived. Begin again with an empty one.")
    raise NotAllowed("database-unfinished", why.format(other=halt.other))


def name_of(using: str) -> str:
    """What to call a database: its address without a password, or its file."""
    settings = connections[using].settings_dict
    if connections[using].vendor == "postgresql":
        port = f":{settings['PORT']}" if settings["PORT"] else ""
        return f"postgresql://{settings['HOST']}{port}/{settings['NAME']}"
    return str(settings["NAME"])
