"""Who runs this host: inviting another, taking a link back, stepping down."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.host import hosts as seen_hosts
from lichen_web.alliances.actions.host import invite_another_host
from lichen_web.alliances.actions.host import step_down as step_down_as_host
from lichen_web.alliances.actions.membership import withdraw_invitation
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.forms.confirming import Confirming
from lichen_web.pages.forms.host import InvitingHost

__all__ = ["hosts", "invite", "step_down", "urls", "withdraw"]


@require_safe
def hosts(request: HttpRequest) -> HttpResponse:
    """Who does, and who is invited to."""
    actor = acting(request)
    return page(request, actor, "host/hosts.html", hosts=seen_hosts(actor))


def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to run it, too."""
    question = Question(
        title=_("Invite somebody to run this host"),
        words=_("They get a link that works once, for that address alone. From then on they can do all that you can."),
        button=_("Send the link"),
        back=reverse("hosts"),
        said=_("The link is on its way, and the others who run this host are told."),
    )
    return asked(request, acting(request), invite_another_host, InvitingHost, question)


@require_POST
def withdraw(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """Take a link back."""
    actor = acting(request)
    _refuse_others(actor, invitation)
    said = _("The link opens nothing any more.")
    return done(request, actor, withdraw_invitation, invitation=invitation, said=said, to=reverse("hosts"))


def step_down(request: HttpRequest) -> HttpResponse:
    """Run it no longer."""
    question = Question(
        title=_("Step down"),
        words=_("You run this host no longer; the others go on. Only one of them can invite you back."),
        button=_("Step down"),
        back=reverse("hosts"),
        said=_("You run this host no longer."),
        is_grave=True,
    )
    onward = reverse("desk")
    return asked(request, acting(request), step_down_as_host, Confirming, question, onward=lambda _stepped_down: onward)


def _refuse_others(actor: Actor, invitation: UUID) -> None:
    """The button stands beside the links of the host, and takes back no other."""
    if invitation not in {each.id for each in seen_hosts(actor).invitations}:
        raise NotThere


urls = [
    path("host/hosts/", hosts, name="hosts"),
    path("host/hosts/invite/", invite, name="invite_another_host"),
    path("host/hosts/step-down/", step_down, name="step_down"),
    path("host/hosts/<uuid:invitation>/withdraw/", withdraw, name="withdraw_host_link"),
]
