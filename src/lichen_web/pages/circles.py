"""The circles of this host, as an organisation sees them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.circles import open_circles, own_circle
from lichen_web.alliances.access.organisations import own_organisation
from lichen_web.alliances.access.permissions import is_allowed
from lichen_web.alliances.access.received import dealings_by_other
from lichen_web.alliances.actions.circles import ask_to_join, invite_to_circle, leave_circle
from lichen_web.alliances.actions.membership import withdraw_invitation
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.forms.circles import AskingToJoin, InvitingByLink
from lichen_web.pages.forms.confirming import Confirming

__all__ = ["ask", "circle", "circles", "invite", "leave", "urls", "withdraw"]


@require_safe
def circles(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Every circle, and how one stands to it."""
    actor = acting(request, organisation)
    return page(
        request, actor, "circles/circles.html", organisation=own_organisation(actor), circles=open_circles(actor)
    )


@require_safe
def circle(request: HttpRequest, organisation: UUID, circle: UUID) -> HttpResponse:
    """One that we are in."""
    actor = acting(request, organisation)
    dealings = dealings_by_other(actor) if is_allowed(actor, "own_dealings") else {}
    return page(request, actor, "circles/circle.html", circle=own_circle(actor, circle), dealings=dealings)


def ask(request: HttpRequest, organisation: UUID, circle: UUID) -> HttpResponse:
    """Ask to be admitted."""
    actor = acting(request, organisation)
    card = next((each for each in open_circles(actor) if each.id == circle), None)
    if card is None:
        raise NotThere
    question = Question(
        title=_("Ask to join {name}").format(name=card.name),
        words=_("A person vouches for whoever is let in. They read what you state, and may ask you about it."),
        button=_("Sign it and ask"),
        back=_circles(organisation),
        said=_("You have asked. Whoever vouches there decides, and you get a mail."),
    )
    return asked(request, actor, ask_to_join, AskingToJoin, question, about={"circle": circle})


def leave(request: HttpRequest, organisation: UUID, circle: UUID) -> HttpResponse:
    """Leave one."""
    actor = acting(request, organisation)
    question = Question(
        title=_("Leave {name}").format(name=own_circle(actor, circle).name),
        words=_("No fit is sought for you there any more. What you opened to others stays open until you close it."),
        button=_("Leave the circle"),
        back=reverse("circle", args=[organisation, circle]),
        said=_("You have left the circle."),
        is_grave=True,
    )
    onward = _circles(organisation)
    return asked(
        request, actor, leave_circle, Confirming, question, about={"circle": circle}, onward=lambda _left: onward
    )


def invite(request: HttpRequest, organisation: UUID, circle: UUID) -> HttpResponse:
    """Invite a partner who is not here yet."""
    actor = acting(request, organisation)
    question = Question(
        title=_("Invite a partner to {name}").format(name=own_circle(actor, circle).name),
        words=_("They get a link, enter their organisation, and ask to join. Whoever vouches there still decides."),
        button=_("Send the invitation"),
        back=reverse("circle", args=[organisation, circle]),
        said=_("The invitation is on its way."),
    )
    return asked(request, actor, invite_to_circle, InvitingByLink, question, about={"circle": circle})


@require_POST
def withdraw(request: HttpRequest, organisation: UUID, circle: UUID, invitation: UUID) -> HttpResponse:
    """Take back a link that invites to it."""
    actor = acting(request, organisation)
    if invitation not in {each.id for each in own_circle(actor, circle).invitations}:
        raise NotThere
    said, to = _("The link opens nothing any more."), reverse("circle", args=[organisation, circle])
    return done(request, actor, withdraw_invitation, invitation=invitation, said=said, to=to)


def _circles(organisation: UUID) -> str:
    return reverse("circles", args=[organisation])


_ALL = "organisations/<uuid:organisation>/circles/"
_ONE = f"{_ALL}<uuid:circle>/"
urls = [
    path(_ALL, circles, name="circles"),
    path(_ONE, circle, name="circle"),
    path(f"{_ONE}ask/", ask, name="ask_to_join"),
    path(f"{_ONE}leave/", leave, name="leave_circle"),
    path(f"{_ONE}invite/", invite, name="invite_partner"),
    path(f"{_ONE}links/<uuid:invitation>/withdraw/", withdraw, name="withdraw_partner_link"),
]
