"""What happened in a dealing is sealed by whoever did it, in its place, and reads the same whenever it is read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lichen.disclosure.claiming import CLAIM_STANDS
from lichen.disclosure.replay import state_of
from lichen.disclosure.values import Act
from lichen.scales import Relevance
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.dealings import dealing_view
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.audit import record_offer, remove_offer
from lichen_web.alliances.bridge.disclosure import load_matter, pair_of, parties_of
from lichen_web.alliances.keys import Unopened
from lichen_web.alliances.models import Matter, MatterEvent
from tests.web.confiding import C1, C2, C3, H1, H2, H3, NOW, audited, disclose, gap_of, met, opened
from tests.web.people import WebCast


def test_matter_is_what_happened(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    then = NOW + timedelta(days=3)
    gap = gap_of(cast.hospital, H1)
    disclosure.withdraw_disclosure(cast.hospital.lead, matter=dealing.id, vulnerability=gap, at=then)
    matter = load_matter(Matter.objects.get(id=dealing.id))
    h, c = str(cast.hospital.id), str(cast.churches.id)
    assert (matter.id, {*matter.parties}, matter.opened_on) == (str(dealing.id), {h, c}, NOW.date())
    assert [(event.what, event.by, event.named) for event in matter.events] == [
        (Act.SAID_YES, h, ()),
        (Act.SAID_YES, c, ()),
        (Act.AGREED, h, (H1, H2, H3)),
        (Act.AGREED, c, (C1, C2, C3)),
        (Act.DISCLOSED, h, (H1,)),
        (Act.WITHDREW, h, (H1,)),
    ]
    assert [event.on for event in matter.events] == [date(2026, 11, 22)] * 5 + [date(2026, 11, 25)]
    assert state_of(matter, ()).open_codes(h, c) == (H2, H3)


def test_steps_in_another_order_do_not_open(cast: WebCast):
    dealing = opened(audited(cast))
    one, two = MatterEvent.objects.filter(matter=dealing.id, by=cast.hospital.id).order_by("number")
    for step, other in ((one, two), (two, one)):
        MatterEvent.objects.filter(id=step.id).update(sealed=other.sealed, wrapped_key=other.wrapped_key)
    with pytest.raises(Unopened):
        load_matter(Matter.objects.get(id=dealing.id))


def test_step_in_the_name_of_the_other_side_does_not_open(cast: WebCast):
    dealing = opened(audited(cast))
    MatterEvent.objects.filter(matter=dealing.id, number=3).update(by=cast.churches.id)
    with pytest.raises(Unopened):
        load_matter(Matter.objects.get(id=dealing.id))


def test_pair_is_the_same_whoever_is_named_first(cast: WebCast):
    one, other = cast.hospital.id, cast.churches.id
    assert pair_of(one, other) == pair_of(other, one)
    assert {*parties_of(pair_of(one, other))} == {one, other}


def test_what_is_offered_from_then_on_moves_no_group(cast: WebCast):
    """Else whoever offers one thing after another, and looks each time, reads the other's gaps code by code."""
    dealing = met(audited(cast))
    lead = dealing.hospital.lead
    before = dealing_view(lead, matter=dealing.id, at=NOW).their_groups
    assert before == ("funding", "knowledge", "service")
    for offer in own_audit(lead).offers:
        remove_offer(lead, offer=offer.id, at=NOW)
    assert dealing_view(lead, matter=dealing.id, at=NOW).their_groups == before
    answers = {"words": "", "strength": 3, "evidence": 1, "kinds": (), "spare": ""}
    record_offer(lead, code="knowledge.medical", **answers, at=NOW)
    assert dealing_view(lead, matter=dealing.id, at=NOW).their_groups == before
    for later, groups in ((CLAIM_STANDS - timedelta(minutes=1), before), (CLAIM_STANDS, ("knowledge", "service"))):
        gap = gap_of(dealing.hospital, "assets.venue")
        disclosure.answer_relevance(lead, matter=dealing.id, vulnerability=gap, relevance=Relevance.YES, at=NOW + later)
        assert dealing_view(lead, matter=dealing.id, at=NOW + later).their_groups == groups
