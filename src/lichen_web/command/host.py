"""``lichen-web invite-host``: a link by which somebody becomes the host."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from lichen.cli.group import Described, commands
from lichen_web.alliances.actions.host import invite_host

__all__ = ["app", "invitation_link"]

app = commands()


@app.command("invite-host", cls=Described)
def _invite_host(
    email: Annotated[str, typer.Option(help="Only a person with this address can use it; else whoever opens it.")] = "",
) -> None:
    """Make a link by which somebody becomes the host of this Lichen, once. Pass it on as you would a key.

    Example:
        lichen-web invite-host --email ada@example.org
    """
    typer.echo(invitation_link(settings.LICHEN.url, email=email))


def invitation_link(url: str, *, email: str = "") -> str:
    """A new link of that kind, at the address where people reach this Lichen."""
    token = invite_host(email=email, at=timezone.now())
    return url + reverse("invitation", args=[token])
