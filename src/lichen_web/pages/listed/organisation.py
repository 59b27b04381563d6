"""One organisation that is no member: what is known of it, what we noted, and adding one that we know."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen.scales import Size
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.circles import open_circles
from lichen_web.alliances.access.listed import Listed, ListedView, listed_organisation
from lichen_web.alliances.access.permissions import is_allowed, may
from lichen_web.alliances.actions.listed import add_listed, change_listed, withdraw_listed
from lichen_web.alliances.actions.listed_notes import note_listed, remove_note, restore_note
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.forms.confirming import Confirming
from lichen_web.pages.listed.forms import AddingListed, ChangingListed, Noting
from lichen_web.pages.listed.sentences import items_told, notes_told, whys

__all__ = ["add", "change", "note", "organisation_page", "remove", "restore", "urls", "withdraw"]


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


def change(request: HttpRequest, organisation: UUID, listed: UUID) -> HttpResponse:
    """Put right one that we added."""
    question = Question(
        title=_("Put right what you added"),
        words=_("Everybody on this host reads it. Write only what is public, and say where it stands."),
        button=_("Keep it so"),
        back=_one(organisation, listed),
        said=_("It stands so from now on."),
    )
    actor = acting(request, organisation)
    initial = _as_added(_added(actor, listed))
    return asked(request, actor, change_listed, ChangingListed, question, about={"listed": listed}, initial=initial)


def withdraw(request: HttpRequest, organisation: UUID, listed: UUID) -> HttpResponse:
    """Take back one that we added."""
    actor = acting(request, organisation)
    question = Question(
        title=_("Take {name} off the list").format(name=_added(actor, listed).organisation.name),
        words=_(
            "Nobody finds it here any more, unless somebody lists it again. Notes about it stay with who wrote them."
        ),
        button=_("Take it off"),
        back=_one(organisation, listed),
        said=_("It is listed no longer."),
        is_grave=True,
    )
    home = reverse("listed_organisations", args=[organisation])
    about = {"listed": listed}
    return asked(request, actor, withdraw_listed, Confirming, question, about=about, onward=lambda _done: home)


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
    about, initial, template = {"listed": listed}, {"on": timezone.localdate()}, "listed/note.html"
    if "look" in request.POST:
        may(actor, note_listed.__name__)
        return page(request, actor, template, form=Noting(initial=request.POST.dict()), question=question)
    return asked(request, actor, note_listed, Noting, question, about=about, initial=initial, template=template)


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
        "helps_us": (helps_us := whys(seen.fit.reasons_ours, ours=True)),
        "we_help": (we_help := whys(seen.fit.reasons_theirs, ours=False)),
        "is_need_known": seen.fit.cover_theirs is not None or bool(said.vulnerabilities) or _has_told_a_need(seen),
        "offers": (offers := items_told(said.offers)),
        "gaps": (gaps := items_told(said.vulnerabilities)),
        "has_guesses": any(why.guess for why in (*helps_us, *we_help)) or any(item.guess for item in (*offers, *gaps)),
    }


def _added(actor: Actor, listed: UUID) -> Listed:
    """One that we added, as it stands.

    Raises:
        NotThere: We did not, or something else has replaced what we wrote.
    """
    seen = listed_organisation(actor, listed)
    if seen.listed is None or not seen.is_ours:
        raise NotThere
    return seen.listed


def _as_added(listed: Listed) -> dict[str, object]:
    """What stands in the form by which it was added."""
    said = listed.organisation
    sources = [offer.source for offer in said.offers if offer.source]
    return {
        "name": said.name,
        "sector": said.sector,
        "country": said.country,
        "region": said.region,
        "size": "" if said.size is Size.UNKNOWN else said.size,
        "website": listed.website,
        "reference": listed.reference,
        "offers": "\n".join(source.sentence for source in sources),
        "evidence": said.offers[0].evidence if said.offers else 2,
        "source": listed.source,
        "source_url": sources[0].url if sources else "",
        "seen_at": listed.changed_at.isoformat(),
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
    path(f"{_ONE}change/", change, name="change_listed"),
    path(f"{_ONE}withdraw/", withdraw, name="withdraw_listed"),
    path(f"{_ONE}note/", note, name="listed_note"),
    path(f"{_ONE}notes/<uuid:note>/remove/", remove, name="remove_listed_note"),
    path(f"{_ONE}notes/<uuid:note>/restore/", restore, name="restore_listed_note"),
]
