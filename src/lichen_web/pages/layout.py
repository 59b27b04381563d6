"""What every page shows around its own part: for whom one acts, where that one stands on the way, who hosts it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lichen_web.alliances.access.organisations import OwnOrganisation, own_organisations

__all__ = ["Layout", "Step", "layout"]


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the way of an alliance."""

    name: str
    """As people call it."""
    where: str
    """``here`` where one is on one of its pages, ``open`` where one may go there, or ``later``."""
    address: str = ""
    """Where its page is; empty while there is none to go to."""


class Layout:
    """What surrounds a page; nothing is asked of the database before a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        """Of the page that was asked for."""
        self._request = request

    @property
    def is_host(self) -> bool:
        """Whether the person runs this host."""
        return getattr(self._request.user, "hosting_since", None) is not None

    @property
    def is_demo(self) -> bool:
        """Whether one can enter as somebody else."""
        return settings.LICHEN.is_demo

    @cached_property
    def mine(self) -> tuple[OwnOrganisation, ...]:
        """The organisations for which the person can act."""
        person = self._request.user
        return own_organisations(person.pk) if person.is_authenticated else ()

    @cached_property
    def acting(self) -> OwnOrganisation | None:
        """The one of them whose page this is."""
        match = self._request.resolver_match
        asked = match.kwargs.get("organisation") if match else None
        return next((each for each in self.mine if each.id == asked), None)

    @property
    def way(self) -> tuple[Step, ...]:
        """The stages in their order, as people call them; none for who belongs to no organisation, as a facilitator."""
        if self.acting is None or self.acting.is_facilitated:
            return ()
        room = self._request.path.removeprefix(reverse("organisation", args=[self.acting.id])).partition("/")[0]
        addresses = [reverse(name, args=[self.acting.id]) for name, _rooms in _OPENED]
        opened = [
            Step(stage, "here" if room in rooms else "open", address)
            for stage, address, (_name, rooms) in zip(_stages(), addresses, _OPENED, strict=False)
        ]
        return (*opened, *(Step(stage, "later") for stage in _stages()[len(opened) :]))


_OPENED = (("audit", {"audit"}), ("fit", {"fit"}), ("dealings", {"dealings", "briefs"}))
"""The stages whose pages there are, in the order of the way: the name of their first page, and their rooms."""


def _stages() -> tuple[str, ...]:
    return (
        _("Audit"),
        _("Partners"),
        _("Dealings"),
        _("Pilot"),
        _("Charter"),
        _("Exchange"),
        _("Check-in"),
        _("Progress"),
    )


def layout(request: HttpRequest) -> dict[str, object]:
    """Give every template the parts around it."""
    return {"layout": Layout(request), "host_name": settings.LICHEN.host}
