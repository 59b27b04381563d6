"""Organisations and people, suspending them, and giving an organisation a new lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.host import HostOrganisation, HostPerson, host_organisations, host_people
from lichen_web.alliances.access.host import recovery as seen_recovery
from lichen_web.alliances.actions.host import (
    approve_recovery,
    ask_recovery,
    lift_suspension,
    lift_suspension_of_person,
    refuse_recovery,
)
from lichen_web.alliances.actions.host import suspend_organisation as suspend_one
from lichen_web.alliances.actions.host import suspend_person as suspend_somebody
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.forms.confirming import Confirming
from lichen_web.pages.forms.host import AskingRecovery
from lichen_web.pages.paging import paged

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = [
    "lift_from_organisation",
    "lift_from_person",
    "organisations",
    "people",
    "recover",
    "recovery",
    "suspend_organisation",
    "suspend_person",
    "urls",
]


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation."""
    actor = acting(request)
    return page(request, actor, "host/organisations.html", organisations=paged(request, host_organisations(actor)))


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who signed up."""
    actor = acting(request)
    return page(request, actor, "host/people.html", people=paged(request, host_people(actor)))


@dataclass(frozen=True, slots=True)
class _Deed:
    """Suspending somebody or lifting it: the same page but for its words."""

    act: Callable[..., object]
    """What is done."""
    kind: str
    """To what: an organisation or a person, as the act and the address call it."""
    title: StrPromise
    """The heading."""
    words: StrPromise
    """What will happen."""
    button: StrPromise
    """On the button."""
    said: StrPromise
    """Once it is done."""
    is_grave: bool = False
    """Whether it takes something away."""

    def __call__(self, request: HttpRequest, **which: UUID) -> HttpResponse:
        """Ask, then do."""
        actor, (find, back) = acting(request), _FOUND[self.kind]
        name = find(actor, which[self.kind]).name
        question = Question(
            title=self.title.format(name=name),
            words=str(self.words),
            button=str(self.button),
            back=reverse(back),
            said=self.said.format(name=name),
            is_grave=self.is_grave,
        )
        return asked(request, actor, self.act, Confirming, question, about=which)


suspend_organisation = _Deed(
    act=suspend_one,
    kind="organisation",
    title=gettext_lazy("Suspend {name}"),
    words=gettext_lazy(
        "Its people can sign in, but not act for it, and nobody meets it. You can lift this at any time."
    ),
    button=gettext_lazy("Suspend it"),
    said=gettext_lazy("{name} is suspended."),
    is_grave=True,
)
lift_from_organisation = _Deed(
    act=lift_suspension,
    kind="organisation",
    title=gettext_lazy("Let {name} act again"),
    words=gettext_lazy("Its people can act for it as before. Nothing of it was lost."),
    button=gettext_lazy("Lift the suspension"),
    said=gettext_lazy("{name} can act again."),
)
suspend_person = _Deed(
    act=suspend_somebody,
    kind="person",
    title=gettext_lazy("Suspend {name}"),
    words=gettext_lazy("They are signed out everywhere and cannot sign in. You can lift this at any time."),
    button=gettext_lazy("Suspend them"),
    said=gettext_lazy("{name} is suspended."),
    is_grave=True,
)
lift_from_person = _Deed(
    act=lift_suspension_of_person,
    kind="person",
    title=gettext_lazy("Let {name} sign in again"),
    words=gettext_lazy("They can do what they could before."),
    button=gettext_lazy("Lift the suspension"),
    said=gettext_lazy("{name} can sign in again."),
)


def recover(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Ask that an organisation without a lead gets a new one."""
    actor = acting(request)
    question = Question(
        title=_("A new lead for {name}").format(name=_organisation(actor, organisation).name),
        words=_("You ask; another person of this host agrees or not. Neither of you reads anything of theirs by it."),
        button=_("Ask for it"),
        back=reverse("host_organisations"),
        said=_("It waits for a second person of this host."),
    )
    about = {"organisation": organisation}
    return asked(request, actor, ask_recovery, AskingRecovery, question, about=about)


def recovery(request: HttpRequest, recovery: UUID) -> HttpResponse:
    """Agree, as the second person; or refuse."""
    actor = acting(request)
    seen = seen_recovery(actor, recovery)
    question = Question(
        title=_("A new lead for {name}").format(name=seen.organisation_name),
        words=_("If you agree, {email} gets a link, and leads the organisation once it is used.").format(
            email=seen.email or _("the new lead")
        ),
        button=_("I agree"),
        back=reverse("host"),
        said=_("The link is on its way."),
    )
    if "refuse" in request.POST:
        said = _("It is refused.")
        return done(request, actor, refuse_recovery, recovery=recovery, said=said, to=reverse("host"))
    return asked(
        request,
        actor,
        approve_recovery,
        Confirming,
        question,
        about={"recovery": recovery},
        template="host/recovery.html",
        recovery=seen,
    )


def _organisation(actor: Actor, organisation: UUID) -> HostOrganisation:
    found = next((each for each in host_organisations(actor) if each.id == organisation), None)
    if found is None:
        raise NotThere
    return found


def _person(actor: Actor, person: UUID) -> HostPerson:
    found = next((each for each in host_people(actor) if each.id == person), None)
    if found is None:
        raise NotThere
    return found


_FOUND: Mapping[str, tuple[Callable[[Actor, UUID], HostOrganisation | HostPerson], str]] = MappingProxyType(
    {"organisation": (_organisation, "host_organisations"), "person": (_person, "host_people")}
)
"""How each kind is found, and the list that it stands on."""

_ONE = "host/organisations/<uuid:organisation>/"
_WHO = "host/people/<uuid:person>/"
urls = [
    path("host/organisations/", organisations, name="host_organisations"),
    path(f"{_ONE}suspend/", suspend_organisation, name="suspend_organisation"),
    path(f"{_ONE}lift/", lift_from_organisation, name="lift_suspension"),
    path(f"{_ONE}recover/", recover, name="ask_recovery"),
    path("host/recoveries/<uuid:recovery>/", recovery, name="decide_recovery"),
    path("host/people/", people, name="host_people"),
    path(f"{_WHO}suspend/", suspend_person, name="suspend_person"),
    path(f"{_WHO}lift/", lift_from_person, name="lift_suspension_of_person"),
]
