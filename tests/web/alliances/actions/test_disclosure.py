"""The ladder of disclosure: what each act opens and shuts, and that the keys always say what the library says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from lichen.audit.values import Readiness
from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure.values import Reception
from lichen.errors import NotAllowed
from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.actions import audit as writing
from lichen_web.alliances.actions import circles, disclosure
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.bridge.brief import load_held
from lichen_web.alliances.keys import Unopened, open_all_granted
from lichen_web.alliances.models import (
    Event,
    Grant,
    Mail,
    Matter,
    MatterEvent,
    SealedPart,
)
from lichen_web.alliances.models.event import ChainOf
from tests.cast import churches_audit, hospital_audit
from tests.web.alliances.actions.test_every_act import Breaking, Broken, rows
from tests.web.confiding import (
    C1,
    C2,
    C3,
    H1,
    H2,
    H3,
    H4,
    NOW,
    audited,
    change,
    disclose,
    gap_of,
    met,
    opened,
    read,
    standing,
)
from tests.web.people import WebCast, address, letters

DAY = timedelta(days=1)
WORDS = {gap.code: gap.words for gap in hospital_audit.organisation.vulnerabilities}


def refused(rule: str):
    return pytest.raises(NotAllowed, match=rf"\({rule}\)$")


# --- Both have to want it --------------------------------------------------------------------------------------------


def test_nothing_opens_before_both_have_agreed(cast: WebCast):
    dealing = met(audited(cast))
    disclosure.agree_to_codes(cast.hospital.lead, matter=dealing.id, at=NOW)
    assert (read(cast.churches, dealing), standing(cast.churches)) == ({}, 0)
    disclosure.agree_to_codes(cast.churches.lead, matter=dealing.id, at=NOW)
    assert {*read(cast.churches, dealing)} == {H1, H2, H3}
    assert {*read(cast.hospital, dealing)} == {C1, C2, C3}
    assert [item.vulnerability for item in read(cast.churches, dealing).values()] == [None, None, None]


def test_one_yes_is_not_enough(cast: WebCast):
    audited(cast)
    matter = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    with refused("consent-of-both"):
        disclosure.agree_to_codes(cast.hospital.lead, matter=matter, at=NOW)


def test_who_is_in_no_common_circle_cannot_be_proposed_to(cast: WebCast):
    ways = [
        (cast.hospital, cast.stranger.id, cast.circle),
        (cast.stranger, cast.hospital.id, cast.circle),
        (cast.hospital, cast.hospital.id, cast.circle),
        (cast.hospital, cast.churches.id, uuid4()),
        (cast.hospital, uuid4(), cast.circle),
    ]
    for house, other, circle in ways:
        with pytest.raises(NotThere):
            disclosure.propose_matter(house.lead, circle=circle, other=other, at=NOW)
    assert Matter.objects.count() == 0


def test_two_have_one_dealing_at_a_time(cast: WebCast):
    dealing = met(audited(cast))
    for house, other in ((cast.hospital, cast.churches), (cast.churches, cast.hospital)):
        with refused("one-matter-at-a-time"):
            disclosure.propose_matter(house.lead, circle=cast.circle, other=other.id, at=NOW)
    disclosure.end_matter(cast.churches.lead, matter=dealing.id, at=NOW)
    assert met(cast).id != dealing.id


def test_only_who_speaks_acts_and_only_a_party_is_there(cast: WebCast):
    dealing = opened(audited(cast))
    gap = gap_of(cast.hospital, H1)
    for actor in (cast.hospital.member, cast.hospital.observer, cast.serving_hospital):
        with pytest.raises(NotAllowed):
            disclosure.disclose_vulnerability(actor, matter=dealing.id, vulnerability=gap, at=NOW)
    for actor in (cast.stranger.lead, cast.host, cast.convener, cast.facilitator):
        with pytest.raises(NotThere):
            disclosure.disclose_vulnerability(actor, matter=dealing.id, vulnerability=gap, at=NOW)
    with pytest.raises(NotThere):
        disclosure.disclose_vulnerability(cast.churches.lead, matter=dealing.id, vulnerability=gap, at=NOW)
    assert standing(cast.churches) == 3


# --- A step at a time ------------------------------------------------------------------------------------------------


def test_disclosing_opens_the_words_of_one_gap_to_the_other_side(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    seen = read(cast.churches, dealing)
    assert seen[H1].vulnerability == hospital_audit.organisation.vulnerabilities[0]
    assert [seen[code].vulnerability for code in (H2, H3)] == [None, None]
    assert standing(cast.churches) == 4


def test_nobody_gets_more_than_one_ahead(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    with refused("one-item-ahead"):
        disclose(cast.hospital, dealing, H2)
    disclose(cast.churches, dealing, C1)
    disclose(cast.hospital, dealing, H2)
    assert [code for code, item in read(cast.churches, dealing).items() if item.vulnerability] == [H2, H1]


def test_refusal_leaves_no_trace(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    before = (MatterEvent.objects.count(), Event.objects.count(), Grant.objects.count())
    with refused("one-item-ahead"):
        disclose(cast.hospital, dealing, H2)
    assert (MatterEvent.objects.count(), Event.objects.count(), Grant.objects.count()) == before


def test_what_was_kept_back_is_not_shown(cast: WebCast):
    dealing = met(audited(cast))
    kept = [gap_of(cast.hospital, H1)]
    disclosure.agree_to_codes(cast.hospital.lead, matter=dealing.id, but=kept, at=NOW)
    disclosure.agree_to_codes(cast.churches.lead, matter=dealing.id, at=NOW)
    assert {*read(cast.churches, dealing)} == {H2, H3, H4}


def test_no_to_relevance_keeps_a_gap_shut(cast: WebCast):
    dealing = met(audited(cast))
    disclosure.agree_to_codes(cast.hospital.lead, matter=dealing.id, at=NOW)
    no = {"vulnerability": gap_of(cast.hospital, H2), "relevance": Relevance.NO}
    disclosure.answer_relevance(cast.hospital.lead, matter=dealing.id, **no, at=NOW)
    disclosure.agree_to_codes(cast.churches.lead, matter=dealing.id, at=NOW)
    assert {*read(cast.churches, dealing)} == {H1, H3}


def test_unready_try_one_and_wait_for_the_answer(cast: WebCast):
    rushed = replace(hospital_audit, readiness=Readiness(leadership_aligned=False))
    dealing = opened(audited(cast, (rushed, churches_audit)))
    with refused("one-item-trial"):
        disclose(cast.hospital, dealing, H1)
    disclosure.try_one_item(cast.hospital.lead, matter=dealing.id, vulnerability=gap_of(cast.hospital, H1), at=NOW)
    assert read(cast.churches, dealing)[H1].vulnerability.words == WORDS[H1]
    disclosure.judge_trial(cast.hospital.lead, matter=dealing.id, received=Reception.WELL_RECEIVED, at=NOW)
    disclose(cast.churches, dealing, C1)
    disclosure.agree_to_codes(cast.hospital.lead, matter=dealing.id, at=NOW)
    disclose(cast.hospital, dealing, H2)


def test_who_left_the_circle_is_opened_nothing_more(cast: WebCast):
    dealing = opened(audited(cast))
    circles.leave_circle(cast.churches.lead, circle=cast.circle, at=NOW)
    for act in (disclosure.disclose_vulnerability, disclosure.try_one_item):
        with refused("same-circle"):
            act(cast.hospital.lead, matter=dealing.id, vulnerability=gap_of(cast.hospital, H1), at=NOW)
    for step in (disclosure.agree_to_codes, disclosure.say_yes):
        with refused("same-circle"):
            step(cast.hospital.lead, matter=dealing.id, at=NOW)
    disclosure.withdraw_disclosure(cast.hospital.lead, matter=dealing.id, at=NOW)
    assert standing(cast.churches) == 0


@pytest.mark.parametrize("who", ["hospital", "churches"])
def test_who_left_the_circle_is_opened_nothing_by_a_conversation(cast: WebCast, who: str):
    """Whichever of the two has left; what is noted for our own eyes is noted all the same."""
    dealing = met(audited(cast))
    circles.leave_circle(getattr(cast, who).lead, circle=cast.circle, at=NOW)
    talk = {"matter": dealing.id, "held_on": NOW.date(), "came_back": "They listened.", "at": NOW}
    with refused("same-circle"):
        disclosure.hold_conversation(cast.hospital.lead, **talk, said=[gap_of(cast.hospital, H1)])
    assert (standing(cast.churches), load_held(cast.hospital.id, dealing.id)) == (0, ())
    disclosure.hold_conversation(cast.hospital.lead, **talk)
    assert (standing(cast.churches), len(load_held(cast.hospital.id, dealing.id))) == (0, 1)


def test_what_was_seen_counts_in_the_next_dealing(cast: WebCast):
    first = opened(audited(cast))
    disclose(cast.hospital, first, H1)
    disclosure.end_matter(cast.hospital.lead, matter=first.id, at=NOW)
    second = opened(cast)
    assert {*read(cast.churches, second)} == {H1, H2, H3}
    with refused("one-item-ahead"):
        disclose(cast.hospital, second, H2)


@pytest.mark.parametrize(
    "act",
    [
        lambda cast, dealing: disclose(cast.hospital, dealing, H1),
        lambda cast, dealing: disclosure.withdraw_disclosure(cast.churches.lead, matter=dealing.id, at=NOW),
        lambda cast, dealing: disclosure.report_exploitation(cast.hospital.lead, matter=dealing.id, at=NOW),
        lambda cast, dealing: change(cast.hospital, H2, code="trust.community"),
    ],
    ids=["disclosing", "withdrawing", "reporting", "another code"],
)
def test_act_that_breaks_off_has_not_been(cast: WebCast, act):
    dealing = opened(audited(cast))
    before, writes = rows(), 0
    while True:
        try:
            with connection.execute_wrapper(Breaking(writes)):
                act(cast, dealing)
        except Broken:
            assert rows() == before
            writes += 1
        else:
            break
    assert writes >= 7


# --- Versions --------------------------------------------------------------------------------------------------------


def test_reader_goes_on_reading_the_version_that_was_granted(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    change(cast.hospital, H1, words="We have thought about it, and it is worse.")
    seen = read(cast.churches, dealing)[H1]
    assert (seen.vulnerability.words, seen.version, seen.is_current) == (WORDS[H1], 1, False)
    assert (read(cast.churches, dealing)[H2].version, read(cast.churches, dealing)[H2].is_current) == (1, True)


def test_opening_it_again_shows_the_version_of_now(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    change(cast.hospital, H1, words="It is worse.")
    disclose(cast.hospital, dealing, H1)
    seen = read(cast.churches, dealing)[H1]
    assert (seen.vulnerability.words, seen.version, seen.is_current) == ("It is worse.", 2, True)
    assert {part.version for part in SealedPart.objects.filter(vulnerability=gap_of(cast.hospital, H1))} == {2}


def test_part_that_no_grant_needs_is_thrown_away(cast: WebCast):
    dealing = opened(audited(cast))
    gap = gap_of(cast.hospital, H1)
    disclose(cast.hospital, dealing, H1)
    change(cast.hospital, H1, words="Two.")
    change(cast.hospital, H1, words="Three.")
    assert sorted({part.version for part in SealedPart.objects.filter(vulnerability=gap)}) == [1, 3]
    disclosure.withdraw_disclosure(cast.hospital.lead, matter=dealing.id, vulnerability=gap, at=NOW)
    assert {part.version for part in SealedPart.objects.filter(vulnerability=gap)} == {3}


def test_gap_that_was_removed_is_read_by_nobody_even_once_it_is_back(cast: WebCast):
    dealing = opened(audited(cast))
    gap = gap_of(cast.hospital, H1)
    disclose(cast.hospital, dealing, H1)
    writing.remove_vulnerability(cast.hospital.member, vulnerability=gap, at=NOW)
    assert {*read(cast.churches, dealing)} == {H2, H3}
    writing.restore_vulnerability(cast.hospital.member, vulnerability=gap, at=NOW)
    assert {*read(cast.churches, dealing)} == {H2, H3}


def test_gap_under_another_code_is_another_confession(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    change(cast.hospital, H1, code="trust.community")
    assert {*read(cast.churches, dealing)} == {H2, H3}


@pytest.mark.parametrize(
    "shut",
    [
        lambda cast: change(cast.hospital, H3, sensitivity=Sensitivity.HIGH),
        lambda cast: change(cast.hospital, H3, relevance=Relevance.NO),
        lambda cast: writing.remove_vulnerability(cast.hospital.lead, vulnerability=gap_of(cast.hospital, H3), at=NOW),
        lambda cast: [
            writing.remove_offer(cast.churches.lead, offer=own.id, at=NOW)
            for own in own_audit(cast.churches.lead).offers
            if taxonomy().similarity(H3, own.offer.code) > 0
        ],
    ],
    ids=["too sensitive", "not relevant", "removed", "not eased any more"],
)
def test_what_waits_and_may_be_opened_no_longer_stays_shut_for_good(cast: WebCast, shut):
    """Also when the audit that shut it changes once more: the past is not judged anew."""
    dealing = met(audited(cast))
    disclosure.agree_to_codes(cast.hospital.lead, matter=dealing.id, at=NOW)
    shut(cast)
    disclosure.agree_to_codes(cast.churches.lead, matter=dealing.id, at=NOW)
    assert {*read(cast.churches, dealing)} == {H1, H2}
    record = {"audit": hospital_audit, "at": NOW + DAY}
    writing.record_audit(cast.hospital.lead, **record)
    writing.record_audit(cast.churches.lead, audit=churches_audit, at=NOW + DAY)
    assert {*read(cast.churches, dealing)} == {H1, H2}
    disclosure.withdraw_disclosure(
        cast.churches.lead, matter=dealing.id, vulnerability=gap_of(cast.churches, C3), at=NOW + DAY
    )
    assert {*read(cast.churches, dealing)} == {H1, H2}


# --- Taking back -----------------------------------------------------------------------------------------------------


def test_withdrawing_everything_shuts_both_sides_and_destroys_the_keys(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    disclosure.withdraw_disclosure(cast.churches.lead, matter=dealing.id, at=NOW)
    assert (read(cast.churches, dealing), read(cast.hospital, dealing)) == ({}, {})
    assert {bytes(grant.sealed_key) for grant in Grant.objects.all()} == {b""}
    assert Grant.objects.filter(withdrawn_at=None).count() == 0


def test_exploitation_shuts_every_grant_at_once_and_tells_the_host_without_a_name(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    disclosure.report_exploitation(cast.hospital.lead, matter=dealing.id, at=NOW)
    assert Grant.objects.filter(withdrawn_at=None).count() == 0
    told = Event.objects.filter(chain__of=ChainOf.HOST).last()
    assert (told.what, told.person, told.organisation, told.about) == ("exploitation_reported", None, None, None)
    for host in (cast.host, cast.second_host):
        letter = letters(address(host))[0]
        assert letter["kind"] == "exploitation_reported"
        named = [cast.hospital.name, cast.churches.name, H1, WORDS[H1], str(dealing.id)]
        assert [word for word in named if word in f"{letter['subject']} {letter['text']}"] == []
    with refused("exploited"):
        disclosure.say_yes(cast.churches.lead, matter=dealing.id, at=NOW)
    with refused("exploited"):
        disclosure.propose_matter(cast.churches.lead, circle=cast.circle, other=cast.hospital.id, at=NOW)


def test_dealing_that_is_over_opens_nothing_more(cast: WebCast):
    dealing = opened(audited(cast))
    disclosure.end_matter(cast.churches.lead, matter=dealing.id, at=NOW)
    assert (read(cast.churches, dealing), standing(cast.churches), standing(cast.hospital)) == ({}, 0, 0)
    with refused("ended-matter"):
        disclose(cast.hospital, dealing, H1)


def test_erasing_shuts_every_reader_and_the_dealing_reads_as_ended(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    held = list(Grant.objects.filter(reader=cast.churches.id, withdrawn_at=None).select_related("part"))
    erase_organisation(cast.hospital.lead, name_typed=cast.hospital.name, at=NOW)
    assert read(cast.churches, dealing) == {}
    with refused("ended-matter"):
        disclose(cast.churches, dealing, C1)
    with pytest.raises(Unopened):
        open_all_granted(
            cast.hospital.id,
            cast.churches.id,
            [(grant.part.sealed, grant.sealed_key, ("lichen_vulnerability",)) for grant in held],
        )
    change(cast.churches, C1, words="We go on.")
    writing.remove_vulnerability(cast.churches.lead, vulnerability=gap_of(cast.churches, C1), at=NOW)


def test_steps_are_numbered_without_a_gap_and_stand_in_both_chains(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    steps = MatterEvent.objects.filter(matter=dealing.id).order_by("number")
    assert [step.number for step in steps] == [1, 2, 3, 4, 5]
    assert Matter.objects.get().last_number == 5
    told = Event.objects.filter(chain=dealing.id).order_by("number").values_list("what", "organisation", "about")
    h, c = cast.hospital.id, cast.churches.id
    acts = ["matter_proposed", "yes_said", "codes_agreed", "codes_agreed", "vulnerability_disclosed"]
    assert list(told) == [(what, by, dealing.id) for what, by in zip(acts, (h, c, h, c, h), strict=True)]
    own = Event.objects.filter(chain=cast.churches.id, about=dealing.id).values_list("what", flat=True)
    assert sorted(own) == ["codes_agreed", "yes_said"]
    assert Mail.objects.filter(kind="exploitation_reported").count() == 0
