"""One organisation that is no member: what is known of it, what we noted, and adding one that we know."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen_web.alliances.access.circles import open_circles
from lichen_web.alliances.access.listed import ListedView, listed_organisation
from lichen_web.alliances.access.permissions import is_allowed
from lichen_web.alliances.actions.listed import add_listed
from lichen_web.alliances.actions.listed_notes import note_listed, remove_note, restore_note
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.listed.forms import AddingListed, Noting
from lichen_web.pages.listed.sentences import items_told, notes_told, whys

__all__ = ["add", "note", "organisation_page", "remove", "restore", "urls"]


@require_safe
def organisation_page(request: HttpRequest, organisation: UUID, listed: UUID) -> HttpResponse:
    """One of them beside us."""
    actor = acting(request, organisation)
    seen = listed_organisation(actor, listed)
    circles = open_circles(actor) if is_allowed(actor, "invite_to_circle") else ()
    return page(
        request,
        actor,
        "listed/organisation.html",
        seen=seen,
        notes=notes_told(seen.notes),
        circles=[circle for circle in circles if circle.standing == "admitted"],
        correction=settings.LICHEN.url + reverse("ask_correction"),
        **_reasons(seen),
    )


def add(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Add one that we know."""
    question = Question(
        title=_("Add an organisation that you know"),
        words=_("Everybody on this host finds it from then on. Write only what is public, and say where it stands."),
        button=_("Add it"),
        back=reverse("listed_organisations", args=[organisation]),
        said=_("It is listed. You can note what it tells you."),
    )
    return asked(
        request,
        acting(request, organisation),
        add_listed,
        AddingListed,
        question,
        onward=lambda made: reverse("listed_organisation", args=[organisation, made]),
    )


def note(request: HttpRequest, organisation: UUID, listed: UUID) -> HttpResponse:
    """Note a conversation or an event with it."""
    actor = acting(request, organisation)
    seen = listed_organisation(actor, listed)
    question = Question(
        title=_("Note a conversation with {name}").format(name=seen.name),
        words=_("It is sealed. Your own people read it, and nobody else: not they, not your facilitator."),
        button=_("Keep the note"),
        back=_one(organisation, listed),
        said=_("The note is kept."),
    )
    initial = {"on": timezone.localdate()}
    return asked(request, actor, note_listed, Noting, question, about={"listed": listed}, initial=initial)


@require_POST
def remove(request: HttpRequest, organisation: UUID, listed: UUID, note: UUID) -> HttpResponse:
    """Take a note back; it can be put back."""
    said, to = _("The note is removed. You can put it back below."), _one(organisation, listed)
    return done(request, acting(request, organisation), remove_note, note=note, said=said, to=to)


@require_POST
def restore(request: HttpRequest, organisation: UUID, listed: UUID, note: UUID) -> HttpResponse:
    """Put a note back."""
    said, to = _("The note is back."), _one(organisation, listed)
    return done(request, acting(request, organisation), restore_note, note=note, said=said, to=to)


def _reasons(seen: ListedView) -> dict[str, object]:
    if seen.listed is None or seen.fit is None:
        return {}
    said = seen.listed.organisation
    return {
        "helps_us": whys(seen.fit.reasons_ours, ours=True),
        "we_help": whys(seen.fit.reasons_theirs, ours=False),
        "is_need_known": seen.fit.cover_theirs is not None or bool(said.vulnerabilities) or _has_told_a_need(seen),
        "offers": items_told(said.offers),
        "gaps": items_told(said.vulnerabilities),
    }


def _has_told_a_need(seen: ListedView) -> bool:
    return any(note.lacks for note in seen.notes)


def _one(organisation: UUID, listed: UUID) -> str:
    return reverse("listed_organisation", args=[organisation, listed])


_ALL = "organisations/<uuid:organisation>/fit/listed/"
_ONE = f"{_ALL}<uuid:listed>/"
urls = [
    path(f"{_ALL}add/", add, name="add_listed"),
    path(_ONE, organisation_page, name="listed_organisation"),
    path(f"{_ONE}note/", note, name="listed_note"),
    path(f"{_ONE}notes/<uuid:note>/remove/", remove, name="remove_listed_note"),
    path(f"{_ONE}notes/<uuid:note>/restore/", restore, name="restore_listed_note"),
]
