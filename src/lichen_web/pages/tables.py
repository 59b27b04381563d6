"""A circle as its conveners see it: who asks, who is in, who vouches."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.circles import Asking, CircleTable, PutOut, circle_links, convened_circle
from lichen_web.alliances.access.events import circle_events
from lichen_web.alliances.access.host import HostCircle, host_circles
from lichen_web.alliances.actions.circles import admit as admit_organisation
from lichen_web.alliances.actions.circles import end_convening, invite_to_circle, name_convener
from lichen_web.alliances.actions.circles import let_back as let_organisation_back
from lichen_web.alliances.actions.circles import put_out as put_organisation_out
from lichen_web.alliances.actions.circles import refuse as refuse_organisation
from lichen_web.alliances.actions.membership import withdraw_invitation
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.forms.circles import InvitingByLink, NamingConvener, PuttingOut
from lichen_web.pages.forms.confirming import Confirming
from lichen_web.pages.paging import paged

__all__ = [
    "admit",
    "convener",
    "end",
    "history",
    "invite",
    "let_back",
    "links",
    "put_out",
    "refuse",
    "table",
    "urls",
    "withdraw",
]

Line = TypeVar("Line", Asking, PutOut)


@require_safe
def table(request: HttpRequest, circle: UUID) -> HttpResponse:
    """The circle's table."""
    actor = acting(request)
    return page(request, actor, "circles/table.html", circle=convened_circle(actor, circle))


def admit(request: HttpRequest, circle: UUID, membership: UUID) -> HttpResponse:
    """Vouch for an organisation."""
    actor = acting(request)
    asking = _asking(actor, circle, membership)
    question = Question(
        title=_("Vouch for {name}").format(name=asking.name),
        words=_("You say that they are who they state they are. The members of the circle see that it was you."),
        button=_("I vouch for them"),
        back=_table(circle),
        said=_("{name} is in.").format(name=asking.name),
    )
    return _decided(request, actor, admit_organisation, question, asking)


def refuse(request: HttpRequest, circle: UUID, membership: UUID) -> HttpResponse:
    """Turn an organisation down."""
    actor = acting(request)
    asking = _asking(actor, circle, membership)
    question = Question(
        title=_("Do not admit {name}").format(name=asking.name),
        words=_("They are told by mail, without a reason. They may ask again."),
        button=_("Do not admit them"),
        back=_table(circle),
        said=_("{name} was not admitted.").format(name=asking.name),
        is_grave=True,
    )
    return _decided(request, actor, refuse_organisation, question, asking)


def put_out(request: HttpRequest, circle: UUID, membership: UUID) -> HttpResponse:
    """Put a member out."""
    actor = acting(request)
    member = _one(convened_circle(actor, circle).members, membership)
    question = Question(
        title=_("Put {name} out of the circle").format(name=member.name),
        words=_(
            "No fit is sought for them here any more, and nothing more is opened to them here. You can let them ask"
            " again later."
        ),
        button=_("Put them out"),
        back=_table(circle),
        said=_("{name} is out, and has been told.").format(name=member.name),
        is_grave=True,
    )
    return asked(request, actor, put_organisation_out, PuttingOut, question, about={"membership": membership})


@require_POST
def let_back(request: HttpRequest, circle: UUID, membership: UUID) -> HttpResponse:
    """Let an organisation that was put out ask again."""
    actor = acting(request)
    name = _one(convened_circle(actor, circle).put_out, membership).name
    said, to = _("{name} may ask again, and has been told.").format(name=name), _table(circle)
    return done(request, actor, let_organisation_back, membership=membership, said=said, to=to)


@require_safe
def history(request: HttpRequest, circle: UUID) -> HttpResponse:
    """What happened in the circle."""
    actor = acting(request)
    seen = convened_circle(actor, circle)
    return page(
        request, actor, "circles/history.html", circle=seen, events=paged(request, circle_events(actor, circle))
    )


@require_safe
def links(request: HttpRequest, circle: UUID) -> HttpResponse:
    """The links to it that still stand, for whoever vouches there and for the host."""
    actor = acting(request)
    return page(request, actor, "circles/links.html", circle=circle_links(actor, circle))


@require_POST
def withdraw(request: HttpRequest, circle: UUID, invitation: UUID) -> HttpResponse:
    """Take one of them back."""
    actor = acting(request)
    if invitation not in {each.id for each in circle_links(actor, circle).invitations}:
        raise NotThere
    said, to = _("The link opens nothing any more."), reverse("circle_links", args=[circle])
    if circle in actor.convenes:
        to = _table(circle)
    return done(request, actor, withdraw_invitation, invitation=invitation, said=said, to=to)


def invite(request: HttpRequest, circle: UUID) -> HttpResponse:
    """Invite somebody to it by a link."""
    actor = acting(request)
    question = Question(
        title=_("Invite to {name}").format(name=convened_circle(actor, circle).name),
        words=_("They get a link, enter their organisation or choose one, and ask to join. You still decide."),
        button=_("Send the invitation"),
        back=_table(circle),
        said=_("The invitation is on its way."),
    )
    return asked(request, actor, invite_to_circle, InvitingByLink, question, about={"circle": circle})


def convener(request: HttpRequest, circle: UUID) -> HttpResponse:
    """Name another person who vouches."""
    actor = acting(request)
    seen = _vouched_or_hosted(actor, circle)
    question = Question(
        title=_("Name somebody who vouches in {circle}").format(circle=seen.name),
        words=_("They get a link. From then on they admit organisations and answer for it."),
        button=_("Send the link"),
        back=_back(actor, circle),
        said=_("You vouch here now.") if _is_self(request) else _("The link is on its way."),
    )
    return asked(request, actor, name_convener, NamingConvener, question, about={"circle": circle})


def end(request: HttpRequest, circle: UUID, convener: UUID) -> HttpResponse:
    """End somebody's vouching."""
    actor = acting(request)
    named = next((each for each in _vouched_or_hosted(actor, circle).conveners if each.id == convener), None)
    if named is None:
        raise NotThere
    question = Question(
        title=_("End the vouching of {name}").format(name=named.name),
        words=_("They admit nobody any more. Those for whom they vouched stay in."),
        button=_("End it"),
        back=_back(actor, circle),
        said=_("It is ended."),
        is_grave=True,
    )
    onward = reverse("desk") if named.is_me else _back(actor, circle)
    about = {"convener": convener}
    return asked(request, actor, end_convening, Confirming, question, about=about, onward=lambda _ended: onward)


def _is_self(request: HttpRequest) -> bool:
    """Whether the address that was typed is one's own: then there is no link to wait for."""
    return request.POST.get("email", "").strip().lower() == request.user.get_username().lower()


def _decided(
    request: HttpRequest, actor: Actor, act: Callable[..., object], question: Question, asking: Asking
) -> HttpResponse:
    return asked(
        request,
        actor,
        act,
        Confirming,
        question,
        about={"membership": asking.membership},
        template="circles/deciding.html",
        asking=asking,
    )


def _vouched_or_hosted(actor: Actor, circle: UUID) -> CircleTable | HostCircle:
    """A circle in which the actor vouches, or any for the host."""
    if circle in actor.convenes:
        return convened_circle(actor, circle)
    found = next((each for each in host_circles(actor) if each.id == circle), None)
    if found is None:
        raise NotThere
    return found


def _back(actor: Actor, circle: UUID) -> str:
    return _table(circle) if circle in actor.convenes else reverse("host_circles")


def _table(circle: UUID) -> str:
    return reverse("circle_table", args=[circle])


def _asking(actor: Actor, circle: UUID, membership: UUID) -> Asking:
    return _one(convened_circle(actor, circle).asking, membership)


def _one(seen: tuple[Line, ...], membership: UUID) -> Line:
    found = next((each for each in seen if each.membership == membership), None)
    if found is None:
        raise NotThere
    return found


_ONE = "circles/<uuid:circle>/"
urls = [
    path(f"{_ONE}table/", table, name="circle_table"),
    path(f"{_ONE}admit/<uuid:membership>/", admit, name="admit"),
    path(f"{_ONE}refuse/<uuid:membership>/", refuse, name="refuse"),
    path(f"{_ONE}put-out/<uuid:membership>/", put_out, name="put_out"),
    path(f"{_ONE}let-back/<uuid:membership>/", let_back, name="let_back"),
    path(f"{_ONE}invite/", invite, name="invite_to_circle"),
    path(f"{_ONE}links/", links, name="circle_links"),
    path(f"{_ONE}links/<uuid:invitation>/withdraw/", withdraw, name="withdraw_circle_link"),
    path(f"{_ONE}history/", history, name="circle_history"),
    path(f"{_ONE}conveners/", convener, name="name_convener"),
    path(f"{_ONE}conveners/<uuid:convener>/end/", end, name="end_convening"),
]
