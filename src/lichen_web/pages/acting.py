"""Who asks for a page, and the page they get."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.permissions import is_allowed

__all__ = ["Allowed", "acting", "page"]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a template may offer: ``{% if may.invite_colleague %}``. The acts themselves ask again."""

    actor: Actor
    """To whom."""

    def __getitem__(self, action: str) -> bool:
        """Whether they may do it."""
        return is_allowed(self.actor, action)


def acting(request: HttpRequest, organisation: UUID | None = None) -> Actor:
    """Whoever asks, for themselves or for an organisation.

    Raises:
        NotThere: Nobody is signed in, or the organisation is not theirs, or not there.
    """
    person = request.user.pk
    if person is None:
        raise NotThere
    return actor_for(person, organisation)


def page(request: HttpRequest, actor: Actor, template: str, **shown: object) -> HttpResponse:
    """A page for an actor."""
    return render(request, template, {"may": Allowed(actor), "actor": actor, **shown})
