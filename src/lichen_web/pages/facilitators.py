"""Who serves an organisation from outside, what is open to them, and their own list."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.organisations import (
    FacilitatorView,
    OrganisationView,
    facilitated_organisations,
    own_organisation,
)
from lichen_web.alliances.actions.facilitation import (
    end_facilitation,
    hand_over_facilitation,
    invite_facilitator,
    open_to_facilitator,
)
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.forms.confirming import Confirming
from lichen_web.pages.forms.organisations import HandingOver, InvitingFacilitator, OpeningToFacilitator

__all__ = ["end", "facilitating", "facilitators", "hand_over", "invite", "open_to", "urls"]


@require_safe
def facilitating(request: HttpRequest) -> HttpResponse:
    """The organisations that one serves."""
    actor = acting(request)
    return page(request, actor, "desk/facilitating.html", organisations=facilitated_organisations(actor))


@require_safe
def facilitators(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Who serves it."""
    actor = acting(request, organisation)
    return page(request, actor, "organisations/facilitators.html", organisation=own_organisation(actor))


def invite(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Invite somebody to serve it."""
    question = Question(
        title=_("Invite a facilitator"),
        words=_("Somebody from outside who brings you and others to one table. They see only what you open here."),
        button=_("Send the invitation"),
        back=_facilitators(organisation),
        said=_("The invitation is on its way."),
    )
    return asked(request, acting(request, organisation), invite_facilitator, InvitingFacilitator, question)


def open_to(request: HttpRequest, organisation: UUID, facilitation: UUID) -> HttpResponse:
    """Say what they may see from now on."""
    actor = acting(request, organisation)
    _seen, facilitator = _facilitator(actor, facilitation)
    question = Question(
        title=_("What {name} may see").format(name=facilitator.name),
        words=_("What you close here they can open no more. What they have read they may remember."),
        button=_("Keep it so"),
        back=_facilitators(organisation),
        said=_("Changed."),
    )
    return asked(
        request,
        actor,
        open_to_facilitator,
        OpeningToFacilitator,
        question,
        about={"facilitation": facilitation},
        initial={"scopes": [each.value for each in facilitator.scopes]},
    )


def end(request: HttpRequest, organisation: UUID, facilitation: UUID) -> HttpResponse:
    """End somebody's service."""
    actor = acting(request, organisation)
    seen, facilitator = _facilitator(actor, facilitation)
    question = Question(
        title=_("End the service for {organisation}").format(organisation=seen.name),
        words=_("{name} sees nothing of it any more, from the next click on. The record stays.").format(
            name=facilitator.name
        ),
        button=_("End it"),
        back=_back(actor, organisation),
        said=_("It is ended."),
        is_grave=True,
    )
    return asked(request, actor, end_facilitation, Confirming, question, about={"facilitation": facilitation})


def hand_over(request: HttpRequest, organisation: UUID, facilitation: UUID) -> HttpResponse:
    """Hand one's service over to a successor."""
    actor = acting(request, organisation)
    seen, _facilitation = _facilitator(actor, facilitation)
    question = Question(
        title=_("Hand over {organisation}").format(organisation=seen.name),
        words=_("Your successor gets a link. When they accept, they see what you see now, and you see nothing more."),
        button=_("Send the link"),
        back=_back(actor, organisation),
        said=_("The link is on its way. Until it is used you go on."),
    )
    return asked(request, actor, hand_over_facilitation, HandingOver, question, about={"facilitation": facilitation})


def _facilitators(organisation: UUID) -> str:
    return reverse("facilitators", args=[organisation])


def _back(actor: Actor, organisation: UUID) -> str:
    return _facilitators(organisation) if actor.role else reverse("facilitating")


def _facilitator(actor: Actor, facilitation: UUID) -> tuple[OrganisationView, FacilitatorView]:
    seen = own_organisation(actor)
    found = next((each for each in seen.facilitators if each.id == facilitation), None)
    if found is None:
        raise NotThere
    return seen, found


_ONE = "organisations/<uuid:organisation>/facilitators/"
urls = [
    path("facilitating/", facilitating, name="facilitating"),
    path(_ONE, facilitators, name="facilitators"),
    path(f"{_ONE}invite/", invite, name="invite_facilitator"),
    path(f"{_ONE}<uuid:facilitation>/scopes/", open_to, name="open_to_facilitator"),
    path(f"{_ONE}<uuid:facilitation>/end/", end, name="end_facilitation"),
    path(f"{_ONE}<uuid:facilitation>/hand-over/", hand_over, name="hand_over_facilitation"),
]
