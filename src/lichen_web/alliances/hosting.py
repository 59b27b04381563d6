"""Whether it is safe to start where others reach it. ``lichen-web check --deploy`` tells it; ``serve`` refuses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from lichen_web.accounts.models import Person
from lichen_web.alliances.keys import host_key_uses
from lichen_web.environment import Environment
from lichen_web.keyring import key_file

__all__ = ["hosting_findings"]


@register(Tags.security, deploy=True)
def _findings(**_more: Any) -> list[CheckMessage]:
    return list(hosting_findings(settings.LICHEN))


def hosting_findings(environment: Environment) -> Iterator[CheckMessage]:
    """Everything that stands against opening this host to others, errors first to mend.

    Args:
        environment: What the host set.
    """
    yield from _reached(environment)
    yield from _kept(environment)
    yield from _written(environment)
    yield from _known()


def _reached(environment: Environment) -> Iterator[CheckMessage]:
    if not environment.url.startswith("https://"):
        yield Error(
            _("LICHEN_URL is not https: sign-ins would travel in the clear."), "https://your.name", id="lichen.E101"
        )
    if environment.is_local:
        yield Error(
            _("LICHEN_URL is this machine's own name: nobody else reaches it."), "https://your.name", id="lichen.E102"
        )
    if not environment.proxies:
        hint = _("LICHEN_PROXIES=1, for the one proxy that ends TLS")
        yield Error(_("No proxy is set, and the pages listen on this machine alone."), hint, id="lichen.E103")
    if environment.demo:
        yield Error(_("The demo's sign-ins are asked for."), _("unset LICHEN_DEMO"), id="lichen.E104")
    if not environment.mail:
        hint = "LICHEN_MAIL_URL=smtp://user:password@host:587"
        yield Error(_("No mail server is set: nobody could confirm an address."), hint, id="lichen.E105")


def _kept(environment: Environment) -> Iterator[CheckMessage]:
    yield from _closed(environment.home, 0o700)
    if not environment.key_command:
        yield from _closed(key_file(environment), 0o600)
        if key_file(environment).is_relative_to(environment.home):
            hint = _("LICHEN_KEY_FILE somewhere that no backup of the home takes along, or LICHEN_KEY_COMMAND")
            yield Warning(_("The host's key lies beside what it protects."), hint, id="lichen.W106")
    if not environment.database:
        hint = "LICHEN_DATABASE_URL=postgresql://lichen_app@host/lichen"
        yield Warning(_("Everything is kept in one SQLite file: without row-level security."), hint, id="lichen.W107")


def _closed(path: Path, most: int) -> Iterator[CheckMessage]:
    if not path.exists():
        yield Error(_("{path} is not there.").format(path=path.name), "lichen-web key make", id="lichen.E108")
        return
    status = path.stat()
    if status.st_mode & 0o777 & ~most:
        hint = f"chmod {most:o} {path.name}"
        yield Error(_("{path} can be read by others.").format(path=path.name), hint, id="lichen.E109")
    if status.st_uid != os.geteuid():
        what = _("{path} belongs to somebody else.").format(path=path.name)
        yield Error(what, _("give it to the user who runs Lichen"), id="lichen.E110")


def _written(environment: Environment) -> Iterator[CheckMessage]:
    if environment.breached is None:
        hint = _("LICHEN_BREACHED_PASSWORDS, a sorted file of hashes; common and guessable ones are refused without it")
        yield Warning(_("Passwords known to be stolen are not looked up."), hint, id="lichen.W111")
    if not environment.metrics_token:
        yield Warning(_("Nobody but this machine can read /metrics."), "LICHEN_METRICS_TOKEN", id="lichen.W112")


def _known() -> Iterator[CheckMessage]:
    """What only the tables know; where they do not answer, other checks say so."""
    try:
        current = next(use for use in host_key_uses() if use.is_current)
        hosts = Person.objects.filter(hosting_since__isnull=False, suspended_at=None).count()
    except DatabaseError:
        return
    if not current.kept_by:
        hint = "lichen-web key copy, then lichen-web key confirm"
        yield Error(
            _("Nobody has shown a second copy of the host's key: one broken disk, and all is lost."),
            hint,
            id="lichen.E113",
        )
    if hosts < 2:
        hint = _("invite a second: an organisation whose last lead has gone is recovered by two people")
        yield Warning(_("Fewer than two people run this host."), hint, id="lichen.W114")
