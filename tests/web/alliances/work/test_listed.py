"""Saved searches: they write when somebody new is found, once a day, and never say what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lichen.audit.values import Audit
from lichen_web.accounts.models import Membership
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.host import suspend_organisation
from lichen_web.alliances.actions.listed_notes import (
    note_listed,
    remove_note,
    remove_search,
    save_search,
    switch_search,
)
from lichen_web.alliances.bridge.audit import KEPT_REMOVED
from lichen_web.alliances.models import ListedNote, Mail, SavedSearch
from lichen_web.alliances.work.listed import look_for_new, search_again
from lichen_web.alliances.work.running import JOBS
from lichen_web.alliances.work.schedules import SCHEDULES
from tests import cast as organisations
from tests.web.listing import LISTED_AT, depot, id_of, listed, trust
from tests.web.people import WebCast, address, letters

DAY = timedelta(days=1)
NONE = {"sectors": [], "sizes": [], "world": ""}


@pytest.fixture
def saved(cast: WebCast) -> WebCast:
    """The hospital keeps a search for London; the trust, which is there, is listed already."""
    record_audit(cast.hospital.lead, audit=Audit(organisations.hospital), at=LISTED_AT)
    listed(trust)
    save_search(cast.hospital.member, name="zyxquark", place="London", **NONE, at=LISTED_AT + DAY)
    return cast


def written(cast: WebCast) -> list[dict[str, str]]:
    return [letter for letter in letters(address(cast.hospital.member)) if letter["kind"] == "saved_search"]


def looked(cast: WebCast, days: float) -> int:
    look_for_new(cast.hospital.id, at=LISTED_AT + days * DAY)
    return len(written(cast))


def newcomer(number: int):
    return replace(trust, id=f"GB-CHC-{number}", name=f"Newcomer {number}")


def test_nothing_new_writes_nothing(saved: WebCast):
    assert [looked(saved, day) for day in (2, 3)] == [0, 0]


def test_somebody_new_who_fits_is_told_of_once_and_without_a_word(saved: WebCast):
    listed(newcomer(1), at=LISTED_AT + 2 * DAY)
    assert [looked(saved, day) for day in (3, 4, 5)] == [1, 1, 1]
    [letter] = written(saved)
    assert letter["subject"] == "Something new for one of your saved searches"
    for word in ("zyxquark", "Newcomer", "London", "venue", "trust"):
        assert word not in letter["text"]
    assert f"/organisations/{saved.hospital.id}/fit/listed/searches/" in letter["text"]


def test_somebody_new_elsewhere_or_without_what_we_lack_is_nothing_new(saved: WebCast):
    listed(replace(depot, region="Yorkshire"), replace(newcomer(1), offers=()), at=LISTED_AT + 2 * DAY)
    assert looked(saved, 3) == 0


def test_at_most_one_mail_a_day_and_nothing_is_missed(saved: WebCast):
    save_search(saved.hospital.member, name="all", place="", **NONE, at=LISTED_AT + DAY)
    listed(newcomer(1), at=LISTED_AT + 2 * DAY)
    assert looked(saved, 3) == 1
    listed(newcomer(2), at=LISTED_AT + 3.1 * DAY)
    assert [looked(saved, day) for day in (3.2, 3.5, 4, 5)] == [1, 1, 2, 2]


def test_off_means_off_and_on_again_tells_only_of_what_comes_then(saved: WebCast):
    search = SavedSearch.objects.get().id
    switch_search(saved.hospital.lead, search=search, is_on=False, at=LISTED_AT + DAY)
    listed(newcomer(1), at=LISTED_AT + 2 * DAY)
    assert looked(saved, 3) == 0
    switch_search(saved.hospital.lead, search=search, is_on=True, at=LISTED_AT + 4 * DAY)
    assert looked(saved, 5) == 0
    listed(newcomer(2), at=LISTED_AT + 6 * DAY)
    assert looked(saved, 7) == 1


def test_who_has_left_gets_no_mail(saved: WebCast):
    listed(newcomer(1), at=LISTED_AT + 2 * DAY)
    Membership.objects.filter(person=saved.hospital.member.person).update(left_at=LISTED_AT)
    assert looked(saved, 3) == 0


def test_suspended_organisation_gets_no_mail(saved: WebCast):
    listed(newcomer(1), at=LISTED_AT + 2 * DAY)
    suspend_organisation(saved.host, organisation=saved.hospital.id, at=LISTED_AT + 2 * DAY)
    assert looked(saved, 3) == 0


def test_removed_search_is_silent_and_gone_after_a_month_as_notes_are(saved: WebCast):
    said = {"who": "Ann", "where": "", "on": LISTED_AT.date(), "words": "w", "evidence": 1, "offers": "", "lacks": ""}
    note = note_listed(saved.hospital.lead, listed=id_of(trust), **said, at=LISTED_AT)
    remove_note(saved.hospital.lead, note=note, at=LISTED_AT)
    remove_search(saved.hospital.lead, search=SavedSearch.objects.get().id, at=LISTED_AT)
    listed(newcomer(1), at=LISTED_AT + 2 * DAY)
    assert looked(saved, 3) == 0
    search_again(at=LISTED_AT + KEPT_REMOVED)
    assert (ListedNote.objects.count(), SavedSearch.objects.count()) == (0, 0)


def test_worker_has_it_looked_for_once_a_day(saved: WebCast):
    assert SCHEDULES["search_again"] == "D"
    assert {"search_again", "look_for_new"} <= set(JOBS)
    before = Mail.objects.count()
    search_again(at=LISTED_AT + 2 * DAY)
    assert Mail.objects.count() == before
