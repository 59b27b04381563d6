"""On both databases: notes, searches and requests are there for whom they are for, and the worker can do its part."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial

import pytest

from lichen.audit.values import Audit
from lichen_web.alliances.access.listed import host_listed, listed_organisation, saved_searches
from lichen_web.alliances.access.transactions import acting, reading
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.corrections import ask_correction, decide_correction
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.actions.listed_notes import note_listed, save_search
from lichen_web.alliances.bridge.listed import load_notes
from lichen_web.alliances.keys import Unopened
from lichen_web.alliances.models import CorrectionRequest, ListedNote, ListedOrganisation, Mail, SavedSearch
from lichen_web.alliances.work.listed import look_for_new, search_again
from lichen_web.environment import Part
from tests import cast as organisations
from tests.web.listing import LISTED_AT, depot, id_of, listed, trust
from tests.web.people import WebCast, cast_of

DAY = timedelta(days=1)
SAID = {"who": "Ann", "where": "", "on": LISTED_AT.date(), "words": "We met.", "evidence": 1, "offers": "", "lacks": ""}


@pytest.fixture
def told(any_database: str, as_owner: Callable[[], AbstractContextManager[None]]) -> WebCast:
    """The hospital has noted something of a listed organisation, and keeps a search; somebody asked."""
    people = cast_of(LISTED_AT - 2 * DAY)
    with as_owner():
        listed(trust)
    record_audit(people.hospital.lead, audit=Audit(organisations.hospital), at=LISTED_AT)
    note_listed(people.hospital.lead, listed=id_of(trust), **SAID, at=LISTED_AT)
    save_search(people.hospital.lead, name="all", sectors=[], place="", sizes=[], world="", at=LISTED_AT)
    ask_correction(organisation=trust.name, words="Wrong.", name="Ann", email="a@example.org", at=LISTED_AT)
    return people


def test_each_table_shows_its_rows_to_whom_they_are_for(told: WebCast, any_database: str):
    seen = {}
    for name, who in {"own": told.hospital.lead, "stranger": told.stranger.lead, "host": told.host}.items():
        with reading(who):
            tables = ListedNote, SavedSearch, CorrectionRequest, ListedOrganisation
            seen[name] = [table.objects.count() for table in tables]
    everything = [1, 1, 1, 1]
    walls = {"own": [1, 1, 0, 1], "stranger": [0, 0, 0, 1], "host": [0, 0, 1, 1]}
    assert seen == (walls if any_database == "postgresql" else dict.fromkeys(seen, everything))


def test_pages_read_and_the_host_answers(told: WebCast):
    assert [note.words for note in listed_organisation(told.hospital.lead, id_of(trust)).notes] == ["We met."]
    assert [each.found for each in saved_searches(told.hospital.lead)] == [1]
    assert listed_organisation(told.churches.lead, id_of(trust)).notes == ()
    [request] = host_listed(told.host).requests
    decide_correction(
        told.host, correction=request.id, outcome="removed", reason="Done.", listed=str(id_of(trust)), at=LISTED_AT
    )
    assert listed_organisation(told.hospital.lead, load_own_note(told)).listed is None


def load_own_note(told: WebCast):
    with reading(told.hospital.lead):
        return load_notes(told.hospital.id)[0].about


def test_worker_looks_for_what_is_new(
    told: WebCast,
    any_database: str,
    as_owner: Callable[[], AbstractContextManager[None]],
    request: pytest.FixtureRequest,
):
    with as_owner():
        listed(depot, at=LISTED_AT + DAY)
    before = Mail.objects.filter(kind="saved_search").count()
    as_worker: Callable[[], AbstractContextManager[None]] = as_owner
    if any_database == "postgresql":
        as_worker = partial(request.getfixturevalue("postgres").signed_in, Part.WORKER)
    with as_worker():
        search_again(at=LISTED_AT + 2 * DAY)
        look_for_new(told.hospital.id, at=LISTED_AT + 2 * DAY)
    assert Mail.objects.filter(kind="saved_search").count() == before + 1


def test_erasing_the_organisation_leaves_nothing_readable(told: WebCast):
    erase_organisation(told.hospital.lead, name_typed=told.hospital.name, at=LISTED_AT + DAY)
    with acting(told.hospital.lead), pytest.raises(Unopened):
        load_notes(told.hospital.id)
