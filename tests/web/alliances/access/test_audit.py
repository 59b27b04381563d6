"""Who sees of an audit what: its own people all of it, its facilitator what was opened, nobody else anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lichen.audit.values import Opening, Readiness
from lichen.errors import LichenError
from lichen_web.accounts.models import Facilitation
from lichen_web.accounts.models.organisation import Scope
from lichen_web.alliances.access.actors import NotThere, actor_for
from lichen_web.alliances.access.audit import own_audit, own_readers, own_removed
from lichen_web.alliances.actions.audit import record_audit, remove_offer, remove_vulnerability
from lichen_web.alliances.actions.facilitation import open_to_facilitator
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.actions.membership import remove_member
from lichen_web.alliances.bridge.audit import load_audit
from lichen_web.alliances.keys import Unopened
from lichen_web.alliances.models import SealedPart
from tests.cast import hospital, hospital_audit
from tests.web.confiding import H1, NOW, audited, disclose, gap_of, ids_of, opened
from tests.web.people import WebCast, membership_of
from tests.web.sqlite.base import unguarded

CODES = [gap.code for gap in hospital.vulnerabilities]


def serving(cast: WebCast, *scopes: str):
    """The hospital's facilitator, once it has opened just this to them."""
    line = Facilitation.objects.get(organisation=cast.hospital.id, ended_at=None)
    open_to_facilitator(cast.hospital.lead, facilitation=line.id, scopes=list(scopes), at=NOW)
    return actor_for(cast.facilitator.person, cast.hospital.id)


def test_own_people_see_all_of_it(cast: WebCast):
    audited(cast)
    for actor in (cast.hospital.lead, cast.hospital.member, cast.hospital.observer):
        found = own_audit(actor)
        assert found.audit.organisation.vulnerabilities == hospital.vulnerabilities
        assert found.opening == hospital_audit.opening


@pytest.mark.parametrize(
    ("scopes", "offers", "codes", "words"),
    [
        ((), 0, [], False),
        (("offers",), 5, [], False),
        (("gaps",), 0, CODES, False),
        (("words",), 0, [], False),
        (("gaps", "words"), 0, CODES, True),
        (("offers", "gaps", "words"), 5, CODES, True),
    ],
)
def test_facilitator_sees_what_was_opened(cast: WebCast, scopes, offers, codes, words):
    audited(cast)
    found = own_audit(serving(cast, *scopes))
    assert (len(found.offers), sorted(item.code for item in found.gaps)) == (offers, sorted(codes))
    assert {item.vulnerability is not None for item in found.gaps} == ({words} if codes else set())
    shown = found.opening != Opening() and found.readiness != Readiness() and found.audited_on is not None
    assert shown == words


def test_facilitators_look_does_not_even_unseal_what_is_not_open(cast: WebCast):
    """The words are spoiled; whoever may not see them does not notice."""
    audited(cast)
    with unguarded():
        SealedPart.objects.filter(organisation=cast.hospital.id, rung=4).update(sealed=b"\x01spoiled")
    assert len(own_audit(serving(cast, "gaps", "offers")).gaps) == 6
    with pytest.raises(Unopened):
        own_audit(cast.hospital.lead)


def test_nobody_else_sees_anything(cast: WebCast):
    audited(cast)
    for actor in (cast.host, cast.convener, cast.facilitator, replace(cast.hospital.lead, organisation=None)):
        with pytest.raises(LichenError):
            own_audit(actor)
    assert own_audit(cast.stranger.lead).audit.organisation.vulnerabilities == ()


def test_who_left_is_there_no_more(cast: WebCast):
    audited(cast)
    remove_member(cast.hospital.lead, membership=membership_of(cast.hospital.member), at=NOW)
    with pytest.raises(NotThere):
        actor_for(cast.hospital.member.person, cast.hospital.id)


def test_erased_organisation_opens_to_nobody(cast: WebCast):
    audited(cast)
    erase_organisation(cast.hospital.lead, name_typed=cast.hospital.name, at=NOW)
    for scope in Scope:
        with pytest.raises(Unopened):
            load_audit(cast.hospital.id, [scope])
    with pytest.raises(NotThere):
        actor_for(cast.hospital.lead.person, cast.hospital.id)


def test_thirty_items_are_as_many_questions_as_one(cast: WebCast):
    counts = []
    for number in (1, 30):
        gaps = [replace(hospital.vulnerabilities[0], code="", words=f"{each}") for each in range(number)]
        offers = [replace(hospital.offers[0], code="", words=f"{each}") for each in range(number)]
        said = replace(hospital, vulnerabilities=tuple(gaps), offers=tuple(offers))
        record_audit(cast.hospital.lead, audit=replace(hospital_audit, organisation=said), at=NOW)
        with CaptureQueriesContext(connection) as asked:
            assert len(own_audit(cast.hospital.lead).gaps) == number
        counts.append(len(asked))
    assert counts == [4, 4]


def test_own_people_see_how_many_read_each_gap(cast: WebCast):
    audited(cast)
    assert own_readers(cast.hospital.observer) == {}
    dealing = opened(cast)
    disclose(cast.hospital, dealing, H1)
    matched = own_readers(cast.hospital.observer)
    assert matched[gap_of(cast.hospital, H1)] == 1
    assert set(matched) < set(ids_of(cast.hospital).values())
    assert own_readers(cast.stranger.lead) == {}
    with pytest.raises(LichenError):
        own_readers(cast.serving_hospital)


def test_what_was_removed_is_seen_by_own_people_alone(cast: WebCast):
    audited(cast)
    offer = own_audit(cast.hospital.lead).offers[0].id
    gap = gap_of(cast.hospital, H1)
    remove_vulnerability(cast.hospital.lead, vulnerability=gap, at=NOW)
    remove_offer(cast.hospital.lead, offer=offer, at=NOW + timedelta(minutes=1))
    later = NOW + timedelta(days=1)
    assert [item.id for item in own_removed(cast.hospital.observer, at=later)] == [offer, gap]
    assert own_removed(cast.stranger.lead, at=later) == ()
    assert own_removed(cast.hospital.lead, at=NOW + timedelta(days=31)) == ()
    with pytest.raises(LichenError):
        own_removed(cast.serving_hospital, at=later)
