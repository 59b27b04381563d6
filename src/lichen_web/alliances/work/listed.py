"""Saved searches are looked through once a day; who finds somebody new is written to, without a word of what it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lichen_web.accounts.models import Membership, Organisation
from lichen_web.alliances.access.listed import best_in
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.bridge.audit import KEPT_REMOVED, load_audit
from lichen_web.alliances.bridge.listed import Search, load_notes, load_searches
from lichen_web.alliances.jobs import enqueue
from lichen_web.alliances.mails import post
from lichen_web.alliances.models import ListedNote, ListedOrganisation, SavedSearch

__all__ = ["FIRST", "SILENCE", "look_for_new", "search_again"]

FIRST = 25
"""Somebody is new to a search who stands among the first so many of it: on the page that opens with it."""
SILENCE = timedelta(hours=23)
"""How long no second mail is written: a day, less what the worker's clock may be early."""


def search_again(*, at: datetime) -> None:
    """Have the searches of every organisation that keeps some looked through, each in a job of its own."""
    for organisation in Organisation.objects.filter(suspended_at=None, erased_at=None).values_list("id", flat=True):
        with working(organisation):
            _throw_away(organisation, at)
            if _writing(organisation).exists():
                enqueue("look_for_new", organisation)


def look_for_new(organisation: UUID, *, at: datetime) -> None:
    """Look through the searches of one organisation, and write to whoever saved one that finds somebody new.

    Done twice it changes nothing: what was told once is not new any more.
    """
    with working(organisation):
        if not Organisation.objects.filter(id=organisation, suspended_at=None, erased_at=None).exists():
            return
        held = list(_writing(organisation).select_for_update(of=("self",)).values_list("written_at", flat=True))
        if not held or max(filter(None, held), default=at - SILENCE) > at - SILENCE:
            return
        due = load_searches(organisation, only=Q(off_since=None, removed_at=None))
        telling = _telling(organisation, due)
        _writing(organisation).update(looked_at=at)
        _writing(organisation).filter(id__in=[each.id for each in telling]).update(written_at=at)
        _write(organisation, {each.person for each in telling}, at)


def _telling(organisation: UUID, due: Iterable[Search]) -> list[Search]:
    """The searches that have somebody to tell of: listed or changed since they last looked, and a good fit."""
    me, notes = load_audit(organisation).audit.organisation, load_notes(organisation)
    telling = []
    for search in due:
        first = best_in(me, search.wanted, notes, FIRST)
        rows = ListedOrganisation.objects.filter(id__in=first, changed_at__gt=search.looked_at)
        if rows.exists():
            telling.append(search)
    return telling


def _write(organisation: UUID, people: set[UUID], at: datetime) -> None:
    """To those who still belong to it and may sign in; an address, and nothing of what it leads to."""
    inside = Membership.objects.filter(organisation=organisation, left_at=None, person__suspended_at=None)
    addresses = inside.filter(person__in=people).order_by("person__email").values_list("person__email", flat=True)
    page = f"{settings.LICHEN.url}/organisations/{organisation}/fit/listed/searches/"
    text = _("There is something new for one of your saved searches on Lichen:\n\n{page}\n\n{off}")
    off = _("You can switch its mails off there. You get at most one a day.")
    for address in addresses:
        subject = _("Something new for one of your saved searches")
        post("saved_search", to=address, subject=subject, text=text.format(page=page, off=off), at=at)


def _writing(organisation: UUID) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(organisation=organisation, off_since=None, removed_at=None)


def _throw_away(organisation: UUID, at: datetime) -> None:
    """Notes and searches that were removed long ago."""
    for table in (ListedNote, SavedSearch):
        table.objects.filter(organisation=organisation, removed_at__lte=at - KEPT_REMOVED).delete()
