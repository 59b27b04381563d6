"""Who belongs to an organisation, who speaks for it, who is invited."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.organisations import MemberView, own_organisation
from lichen_web.alliances.actions.membership import (
    change_role,
    invite_colleague,
    leave_organisation,
    name_delegate,
    remove_member,
    set_delegate_away,
    withdraw_invitation,
)
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.forms.confirming import Confirming
from lichen_web.pages.forms.organisations import ChangingRole, InvitingColleague, NamingDelegate

__all__ = ["delegate", "delegate_away", "invite", "leave", "people", "remove", "role", "urls", "withdraw"]


@require_safe
def people(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Who is in it."""
    actor = acting(request, organisation)
    return page(request, actor, "organisations/people.html", organisation=own_organisation(actor))


def invite(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Invite a colleague by a link."""
    question = Question(
        title=_("Invite a colleague"),
        words=_("They get a mail with a link that works once. Until they use it you can take it back."),
        button=_("Send the invitation"),
        back=_people(organisation),
        said=_("The invitation is on its way."),
    )
    return asked(request, acting(request, organisation), invite_colleague, InvitingColleague, question)


def role(request: HttpRequest, organisation: UUID, membership: UUID) -> HttpResponse:
    """Change what somebody is in it."""
    actor = acting(request, organisation)
    member = _member(actor, membership)
    question = Question(
        title=_("What {name} may do").format(name=member.name),
        words=_("It holds from their next click on. They are told by mail."),
        button=_("Change it"),
        back=_people(organisation),
        said=_("{name} is now something else here.").format(name=member.name),
    )
    return asked(
        request,
        actor,
        change_role,
        ChangingRole,
        question,
        about={"membership": membership},
        initial={"role": member.role.value},
    )


def remove(request: HttpRequest, organisation: UUID, membership: UUID) -> HttpResponse:
    """Put somebody out of it."""
    actor = acting(request, organisation)
    member = _member(actor, membership)
    question = Question(
        title=_("Remove {name}").format(name=member.name),
        words=_("From their next click on they can act for you no longer. What they did stays in your history."),
        button=_("Remove them"),
        back=_people(organisation),
        said=_("{name} belongs to you no longer.").format(name=member.name),
        is_grave=True,
    )
    return asked(request, actor, remove_member, Confirming, question, about={"membership": membership})


def leave(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Leave it."""
    actor = acting(request, organisation)
    question = Question(
        title=_("Leave {name}").format(name=own_organisation(actor).name),
        words=_("You can act for it no longer, and what it sealed is closed to you. Only a lead can invite you back."),
        button=_("Leave"),
        back=_people(organisation),
        said=_("You have left."),
        is_grave=True,
    )
    return asked(request, actor, leave_organisation, Confirming, question, onward=lambda _left: reverse("desk"))


def withdraw(request: HttpRequest, organisation: UUID, invitation: UUID) -> HttpResponse:
    """Take an invitation back; the list that it stands on is for leads."""
    actor = acting(request, organisation)
    if invitation not in {each.id for each in own_organisation(actor).invitations}:
        raise NotThere
    question = Question(
        title=_("Take the invitation back"),
        words=_("The link in the mail will open nothing any more. You can send another."),
        button=_("Take it back"),
        back=_people(organisation),
        said=_("The invitation is taken back."),
        is_grave=True,
    )
    return asked(request, actor, withdraw_invitation, Confirming, question, about={"invitation": invitation})


def delegate(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Name who speaks for it outside, and who stands in."""
    actor = acting(request, organisation)
    seen = own_organisation(actor)
    question = Question(
        title=_("Who speaks for {name}").format(name=seen.name),
        words=_(
            "Others hear it from one person: they ask to join circles, agree and sign. It is on record who it was."
        ),
        button=_("Name them"),
        back=_people(organisation),
        said=_("It is on record who speaks for you."),
    )
    named = seen.delegation
    stands = {"delegate": named.delegate.id, "stand_in": named.stand_in and named.stand_in.id} if named else {}
    choosing = partial(NamingDelegate, people=[(member.id, member.name) for member in seen.people])
    return asked(request, actor, name_delegate, choosing, question, initial=stands)


@require_POST
def delegate_away(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The delegate is away, or is back: the button says which, so that pressing it twice does no more than once."""
    is_away = request.POST.get("away") == "yes"
    said = _("The stand-in speaks meanwhile.") if is_away else _("The delegate speaks again.")
    actor = acting(request, organisation)
    return done(request, actor, set_delegate_away, is_away=is_away, said=said, to=_people(organisation))


def _people(organisation: UUID) -> str:
    return reverse("people", args=[organisation])


def _member(actor: Actor, membership: UUID) -> MemberView:
    found = next((each for each in own_organisation(actor).people if each.id == membership), None)
    if found is None:
        raise NotThere
    return found


_ONE = "organisations/<uuid:organisation>/"
urls = [
    path(f"{_ONE}people/", people, name="people"),
    path(f"{_ONE}people/invite/", invite, name="invite_colleague"),
    path(f"{_ONE}people/<uuid:membership>/role/", role, name="change_role"),
    path(f"{_ONE}people/<uuid:membership>/remove/", remove, name="remove_member"),
    path(f"{_ONE}leave/", leave, name="leave_organisation"),
    path(f"{_ONE}invitations/<uuid:invitation>/withdraw/", withdraw, name="withdraw_invitation"),
    path(f"{_ONE}delegate/", delegate, name="name_delegate"),
    path(f"{_ONE}delegate/away/", delegate_away, name="delegate_away"),
]
