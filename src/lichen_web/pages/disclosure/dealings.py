"""The dealings of an organisation, one of them, and how it begins."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.circles import own_circle
from lichen_web.alliances.access.dealings import Stands, dealing_view, dealing_with, own_dealings
from lichen_web.alliances.access.organisations import own_organisation
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.actions.disclosure import propose_matter, say_yes
from lichen_web.alliances.actions.looking import look_at_dealing
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.disclosure.figures import figures
from lichen_web.pages.disclosure.words import group_names, next_step, place, ring_told, rungs, waiting
from lichen_web.pages.forms.confirming import Confirming

__all__ = ["dealing", "dealing_address", "dealing_fit", "dealings", "propose", "say", "urls"]


@require_safe
def dealings(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """All of them."""
    actor = acting(request, organisation)
    return page(request, actor, "disclosure/dealings.html", dealings=own_dealings(actor))


@require_safe
def dealing(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """One: where it stands, what is ours to do, and what is open both ways."""
    actor = acting(request, organisation)
    view, theirs = look_at_dealing(actor, matter=matter, at=timezone.now())
    here = place(view, theirs)
    return page(
        request,
        actor,
        "disclosure/dealing.html",
        dealing=view,
        theirs=theirs,
        rungs=rungs(here, is_ring=view.ring is not None),
        ring_told=ring_told(view),
        step=next_step(view, organisation),
        waiting=waiting(view),
        their_fields=group_names(view.their_groups),
        our_fields=group_names(view.our_groups),
        speaker=_speaker(actor),
        is_met=view.stands is Stands.UNDER_WAY,
        has_names=here > 2,
    )


@require_safe
def dealing_fit(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """How the two fit, from what is open and nothing else."""
    actor = acting(request, organisation)
    view, theirs = look_at_dealing(actor, matter=matter, at=timezone.now())
    if view.stands is not Stands.UNDER_WAY:
        raise NotThere
    return page(request, actor, "disclosure/fit.html", dealing=view, figures=figures(view, theirs))


def propose(request: HttpRequest, organisation: UUID, circle: UUID, other: UUID) -> HttpResponse:
    """Propose to an organisation of the same circle to deal with each other."""
    actor = acting(request, organisation)
    member = next((each for each in own_circle(actor, circle).members if each.organisation == other), None)
    if member is None or member.is_own:
        raise NotThere
    may(actor, "propose_matter")
    standing = dealing_with(actor, other=other)
    if standing is not None:
        return redirect(dealing_address(organisation, standing))
    question = Question(
        title=_("Propose to deal with {name}").format(name=member.name),
        words=_(
            "They hear that you propose it, and nothing of your audit. Nothing opens unless they say yes, too. Whoever"
            " is asked may let it be, and nobody is told."
        ),
        button=_("Propose it"),
        back=reverse("circle", args=[organisation, circle]),
        said=_("You have proposed it."),
    )
    return asked(
        request,
        actor,
        propose_matter,
        Confirming,
        question,
        about={"circle": circle, "other": other},
        onward=lambda matter: dealing_address(organisation, matter),
    )


def say(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """Say yes to one."""
    actor = acting(request, organisation)
    view = dealing_view(actor, matter=matter, at=timezone.now())
    question = Question(
        title=_("Say yes to {name}?").format(name=view.other.name),
        words=_(
            "Once both have said yes, each sees in which fields it could ease a gap of the other: such as “Trust and"
            " legitimacy”, and no more. No gap is named, and not a word of yours is shown."
        ),
        button=_("Say yes"),
        back=dealing_address(organisation, matter),
        said=_("You have said yes."),
    )
    return asked(
        request,
        actor,
        say_yes,
        Confirming,
        question,
        about={"matter": matter},
        template="disclosure/asked.html",
        dealing=view,
    )


def dealing_address(organisation: UUID, matter: object) -> str:
    """Where one is."""
    return reverse("dealing", args=[organisation, matter])


def _speaker(actor: Actor) -> str:
    """The name of whoever speaks for the organisation; empty where nobody does, or the actor does."""
    if actor.speaks:
        return ""
    delegation = own_organisation(actor).delegation
    return delegation.speaker.name if delegation else ""


_ALL = "organisations/<uuid:organisation>/dealings/"
_ONE = f"{_ALL}<uuid:matter>/"
urls = [
    path(_ALL, dealings, name="dealings"),
    path(f"{_ALL}propose/<uuid:circle>/<uuid:other>/", propose, name="propose_matter"),
    path(_ONE, dealing, name="dealing"),
    path(f"{_ONE}fit/", dealing_fit, name="dealing_fit"),
    path(f"{_ONE}yes/", say, name="say_yes"),
]
