"""The daily comparison: both sides are told rung 1, or neither; and whoever plays with it learns nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError

from lichen.audit.values import Audit
from lichen.errors import NotAllowed
from lichen_web.accounts.models import Membership
from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.fit import own_proposals, own_publications
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.actions.audit import change_vulnerability, record_audit
from lichen_web.alliances.actions.circles import leave_circle
from lichen_web.alliances.actions.fit import STANDS, publish_audit, withdraw_audit
from lichen_web.alliances.actions.organisations import change_organisation
from lichen_web.alliances.models import Event, MatchCard, ProbeCharge
from tests import cast
from tests.web.alliances.work.circles import AT, DAY, newcomer
from tests.web.people import House, WebCast, cast_of
from tests.web.postgres import Database


def leads(people: WebCast) -> list[Actor]:
    """Whoever leads an organisation of the circle."""
    rows = Membership.objects.filter(role="lead", organisation__circle_memberships__circle=people.circle)
    return [actor_for(row.person_id, row.organisation_id) for row in rows]


def charged(house: House) -> int:
    with working(house.id):
        return ProbeCharge.objects.get(organisation=house.id).codes


def told(house: House) -> list[tuple[str, str, str, str]]:
    return [(each.band, each.sector, each.region, each.size) for each in own_proposals(house.observer)]


def test_both_sides_are_told_the_same_band_and_nothing_that_singles_them_out(people: WebCast, compare):
    compare(people, 2)
    assert told(people.hospital) == told(people.churches) == [("good", "", "", "")]


def test_two_in_a_circle_are_not_proposed_to_each_other(people: WebCast, compare):
    """Everybody sees who else is in it: "somebody" would be a name."""
    for actor in [each for each in leads(people) if each.organisation not in {people.hospital.id, people.churches.id}]:
        withdraw_audit(actor, circle=people.circle, at=AT + 2 * DAY)
    compare(people, 3)
    assert told(people.hospital) == told(people.churches) == []


def test_withdrawing_does_not_shorten_the_seven_days(people: WebCast):
    withdraw_audit(people.hospital.lead, circle=people.circle, at=AT + 2 * DAY)
    with pytest.raises(NotAllowed) as refusal:
        publish_audit(people.hospital.lead, circle=people.circle, at=AT + 2 * DAY)
    assert refusal.value.rule == "stands-seven-days"
    publish_audit(people.hospital.lead, circle=people.circle, at=AT + DAY + STANDS)


def test_fewer_than_five_alike_hide_nobody_and_so_nothing_is_told(people: WebCast, compare):
    for name in ("Eve Fir", "Fay Gorse", "Gus Heath"):
        newcomer(people, name, like=cast.hospital)
    compare(people, 2)
    assert told(people.churches) == [("good", "", "", "")]


def test_profile_that_is_changed_later_changes_no_card(people: WebCast, compare):
    compare(people, 2)
    before = own_proposals(people.churches.lead)
    change_organisation(
        people.hospital.lead,
        name=people.hospital.name,
        sector="business",
        country="GB",
        region="Leeds",
        size="small",
        website="",
        is_public_body=False,
        at=AT + 3 * DAY,
    )
    compare(people, 4)
    assert own_proposals(people.churches.lead) == before


def test_nothing_is_compared_before_the_worker_does(people: WebCast):
    assert told(people.hospital) == []


def test_comparing_twice_changes_nothing(people: WebCast, compare):
    compare(people, 2)
    first = own_proposals(people.hospital.lead), own_proposals(people.churches.lead)
    compare(people, 3)
    assert (own_proposals(people.hospital.lead), own_proposals(people.churches.lead)) == first


def test_stranger_is_told_nothing_and_cannot_publish_there(people: WebCast, compare):
    record_audit(people.stranger.lead, audit=Audit(cast.churches), at=AT + DAY)
    with pytest.raises(NotThere):
        publish_audit(people.stranger.lead, circle=people.circle, at=AT + DAY)
    compare(people, 2)
    assert told(people.stranger) == []


def test_only_who_speaks_for_the_organisation_publishes(people: WebCast):
    for actor in (people.hospital.observer, people.hospital.member, people.serving_hospital):
        with pytest.raises(NotAllowed):
            publish_audit(actor, circle=people.circle, at=AT + 9 * DAY)


def test_published_audit_stands_for_seven_days(people: WebCast):
    with pytest.raises(NotAllowed) as refusal:
        publish_audit(people.hospital.lead, circle=people.circle, at=AT + DAY + STANDS - timedelta(seconds=1))
    assert refusal.value.rule == "stands-seven-days"
    publish_audit(people.hospital.lead, circle=people.circle, at=AT + DAY + STANDS)
    assert len(own_publications(people.hospital.lead)) == 1


def test_edit_changes_nothing_until_it_is_published(people: WebCast, compare):
    compare(people, 2)
    gap = next(each for each in own_audit(people.hospital.lead).gaps if each.code == "trust.underserved")
    assert gap.vulnerability is not None
    change_vulnerability(
        people.hospital.lead,
        vulnerability=gap.id,
        version=gap.version,
        code="ops.logistics",
        words="",
        severity=1,
        rank=5,
        core=False,
        relevance="yes",
        sensitivity=None,
        at=AT + 3 * DAY,
    )
    before = own_proposals(people.churches.lead)
    compare(people, 4)
    assert own_proposals(people.churches.lead) == before


def test_more_codes_than_a_quarter_allows_are_refused_and_what_stands_goes_on(people: WebCast, compare):
    """The attacker edits, publishes again, and watches which bands come and go: ten codes, and it is over."""
    assert charged(people.hospital) == 10
    other = replace(cast.hospital, vulnerabilities=cast.farmers.vulnerabilities)
    record_audit(people.hospital.lead, audit=Audit(other), at=AT + 8 * DAY)
    with pytest.raises(NotAllowed) as refusal:
        publish_audit(people.hospital.lead, circle=people.circle, at=AT + 9 * DAY)
    assert refusal.value.rule == "ten-codes-a-quarter"
    assert charged(people.hospital) == 10
    compare(people, 10)
    assert len(told(people.churches)) == 1


def test_next_quarter_allows_as_many_again(people: WebCast):
    publish_audit(people.hospital.lead, circle=people.circle, at=datetime(2027, 1, 1, tzinfo=UTC))
    assert own_publications(people.hospital.lead)[0].stands_until == datetime(2027, 1, 8, tzinfo=UTC)


def test_who_withdraws_is_proposed_to_nobody(people: WebCast, compare):
    compare(people, 2)
    withdraw_audit(people.churches.lead, circle=people.circle, at=AT + 3 * DAY)
    compare(people, 4)
    assert told(people.hospital) == told(people.churches) == []


def test_who_leaves_the_circle_is_proposed_to_nobody(people: WebCast, compare):
    compare(people, 2)
    leave_circle(people.hospital.lead, circle=people.circle, at=AT + 3 * DAY)
    compare(people, 4)
    assert told(people.hospital) == told(people.churches) == []


def test_events_say_that_it_was_published_and_no_more(people: WebCast):
    events = Event.objects.filter(what="audit_published")
    assert {(event.payload_hash, event.organisation == event.chain_id) for event in events} == {("", True)}


@pytest.mark.django_db
def test_card_bears_no_code_and_no_length():
    everybody = cast_of(AT)
    for house, organisation in ((everybody.hospital, cast.hospital), (everybody.churches, cast.churches)):
        record_audit(house.lead, audit=Audit(organisation), at=AT + DAY)
        publish_audit(house.lead, circle=everybody.circle, at=AT + DAY)
    cards = [bytes(card) for card in MatchCard.objects.values_list("sealed", flat=True)]
    assert [b"trust" in card for card in cards] == [False, False]
    assert len(set(map(len, cards))) == 1


def test_web_can_read_no_card(on_postgres: Database):
    """Not even its own: the privilege is not there."""
    with pytest.raises(ProgrammingError, match="permission denied"):
        MatchCard.objects.first()
