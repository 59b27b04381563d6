"""Those who all said yes are brought together at the worker's hour; nobody else ever hears what anybody said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lichen.audit.values import Audit, Offer, Vulnerability
from lichen.disclosure.sight import Band
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.disclosure import open_matters
from lichen_web.alliances.access.events import own_events
from lichen_web.alliances.access.fit import own_exclusions, own_proposals
from lichen_web.alliances.access.transactions import reading, working
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.circles import leave_circle
from lichen_web.alliances.actions.disclosure import end_matter, propose_matter, report_exploitation
from lichen_web.alliances.actions.fit import answer_proposal, end_exclusion, exclude, publish_audit, withdraw_audit
from lichen_web.alliances.actions.host import suspend_organisation
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.blind import Answer
from lichen_web.alliances.models import Exclusions, Mail, Matter, Proposal
from tests import cast
from tests.web.alliances.work.circles import AT, DAY, newcomer
from tests.web.people import House, WebCast, address, letters

YES, NO, LATER = Answer.INTERESTED, Answer.NOT_FOR_US, Answer.LATER


def say(house: House, answer: Answer | None, day: int = 2) -> None:
    (proposal,) = own_proposals(house.lead)
    answer_proposal(house.lead, proposal=proposal.id, answer=answer, at=AT + day * DAY)


def both(people: WebCast, answer: Answer = YES) -> None:
    for house in (people.hospital, people.churches):
        say(house, answer)


def dealings(actor: Actor) -> int:
    with reading(actor):
        return len(open_matters(actor))


def met(people: WebCast) -> list[int]:
    return [dealings(house.lead) for house in (people.hospital, people.churches)]


def proposals(people: WebCast) -> list[int]:
    return [len(own_proposals(house.lead)) for house in (people.hospital, people.churches)]


def seen(house: House) -> object:
    """Everything that a member is shown of the fit, and every mail and event."""
    return (
        own_proposals(house.lead),
        [(event.what, event.at) for event in own_events(house.lead)],
        letters(address(house.lead)),
        dealings(house.lead),
    )


@pytest.fixture
def proposed(people: WebCast, compare) -> WebCast:
    compare(people, 2)
    return people


def test_both_who_said_yes_meet_and_are_proposed_no_longer(proposed: WebCast, meet, compare):
    both(proposed)
    assert met(proposed) == [0, 0]
    meet(proposed, 3)
    meet(proposed, 4)
    compare(proposed, 5)
    assert (met(proposed), proposals(proposed)) == ([1, 1], [0, 0])
    with working(proposed.hospital.id):
        assert Matter.objects.get().met_at == AT + 3 * DAY
    told = [letters(address(house.lead))[0] for house in (proposed.hospital, proposed.churches)]
    assert {letter["subject"] for letter in told} == {"You have all said yes"}
    assert not any(house.name in letter["text"] for house in (proposed.hospital, proposed.churches) for letter in told)


@pytest.mark.parametrize("answer", [NO, LATER, None])
def test_anything_but_two_yeses_is_never_told(proposed: WebCast, meet, answer: Answer | None):
    before = seen(proposed.churches)
    say(proposed.hospital, answer)
    meet(proposed, 3)
    assert seen(proposed.churches) == before
    say(proposed.churches, YES)
    said = seen(proposed.churches)
    meet(proposed, 4)
    assert (met(proposed), proposals(proposed), seen(proposed.churches)) == ([0, 0], [1, 1], said)


def test_answer_can_be_taken_back_while_nothing_has_come_of_it(proposed: WebCast, meet):
    both(proposed)
    say(proposed.hospital, None)
    meet(proposed, 3)
    assert met(proposed) == [0, 0]
    assert own_proposals(proposed.hospital.lead)[0].answer is None
    say(proposed.hospital, YES)
    meet(proposed, 3)
    assert met(proposed) == [1, 1]


def test_whoever_is_excluded_cannot_tell_and_nor_can_whoever_excludes(proposed: WebCast, meet, compare):
    before = [seen(house)[0] for house in (proposed.hospital, proposed.churches)]  # type: ignore[index]
    exclude(proposed.hospital.lead, other=proposed.churches.id, at=AT + 2 * DAY)
    compare(proposed, 3)
    assert [own_proposals(house.lead) for house in (proposed.hospital, proposed.churches)] == before
    both(proposed)
    said = seen(proposed.churches)
    meet(proposed, 3)
    compare(proposed, 4)
    assert (met(proposed), proposals(proposed), seen(proposed.churches)) == ([0, 0], [1, 1], said)
    end_exclusion(proposed.hospital.lead, other=proposed.churches.id, at=AT + 4 * DAY)
    meet(proposed, 5)
    assert met(proposed) == [1, 1]


def test_list_names_members_only_and_is_nobody_elses(proposed: WebCast):
    lead = proposed.hospital.lead
    for other in (proposed.stranger.id, proposed.hospital.id):
        with pytest.raises(NotThere):
            exclude(lead, other=other, at=AT + 2 * DAY)
    exclude(lead, other=proposed.churches.id, at=AT + 2 * DAY)
    assert [each.name for each in own_exclusions(lead).never] == [proposed.churches.name]
    assert len(own_exclusions(lead).others) == 4
    assert own_exclusions(proposed.churches.lead).never == ()
    with pytest.raises(NotThere):
        end_exclusion(proposed.churches.lead, other=proposed.hospital.id, at=AT + 2 * DAY)


@pytest.mark.parametrize("how", ["withdraws", "leaves", "is suspended", "is erased"])
def test_who_goes_away_meanwhile_meets_nobody(proposed: WebCast, meet, compare, how: str):
    both(proposed)
    house, at = proposed.churches, AT + 3 * DAY
    if how == "withdraws":
        withdraw_audit(house.lead, circle=proposed.circle, at=at)
    elif how == "leaves":
        leave_circle(house.lead, circle=proposed.circle, at=at)
    elif how == "is suspended":
        suspend_organisation(proposed.host, organisation=house.id, at=at)
    else:
        erase_organisation(house.lead, name_typed=house.name, at=at)
    meet(proposed, 4)
    assert (dealings(proposed.hospital.lead), len(own_proposals(proposed.hospital.lead))) == (0, 1)
    compare(proposed, 5)
    assert own_proposals(proposed.hospital.lead) == ()
    with working(house.id):
        assert not Proposal.objects.filter(organisation=house.id, ended_at=None).exists()


def test_dealing_that_one_proposed_by_name_is_where_they_meet(proposed: WebCast, meet):
    matter = propose_matter(proposed.hospital.lead, circle=proposed.circle, other=proposed.churches.id, at=AT + 2 * DAY)
    both(proposed)
    meet(proposed, 3)
    with reading(proposed.churches.lead):
        assert open_matters(proposed.churches.lead) == (matter,)


def test_proposing_by_name_does_not_tell_whom_a_proposal_is_about(proposed: WebCast, compare):
    before = own_proposals(proposed.hospital.lead)
    propose_matter(proposed.hospital.lead, circle=proposed.circle, other=proposed.churches.id, at=AT + 2 * DAY)
    compare(proposed, 3)
    assert own_proposals(proposed.hospital.lead) == before


def test_refused_dealing_by_name_does_not_tell_it_either(proposed: WebCast, compare):
    before = own_proposals(proposed.hospital.lead)
    matter = propose_matter(proposed.hospital.lead, circle=proposed.circle, other=proposed.churches.id, at=AT + 2 * DAY)
    end_matter(proposed.churches.lead, matter=matter, at=AT + 2 * DAY)
    compare(proposed, 3)
    assert own_proposals(proposed.hospital.lead) == before


def test_after_exploitation_nobody_meets_again(proposed: WebCast, meet, compare):
    both(proposed)
    meet(proposed, 3)
    with reading(proposed.hospital.lead):
        (matter,) = open_matters(proposed.hospital.lead)
    report_exploitation(proposed.hospital.lead, matter=matter, at=AT + 4 * DAY)
    compare(proposed, 5)
    meet(proposed, 5)
    assert (met(proposed), proposals(proposed)) == ([0, 0], [0, 0])


def test_answer_stays_while_the_fit_is_the_same(proposed: WebCast, compare):
    say(proposed.hospital, NO)
    publish_audit(proposed.churches.lead, circle=proposed.circle, at=AT + 9 * DAY)
    compare(proposed, 10)
    assert [each.answer for each in own_proposals(proposed.hospital.lead)] == [NO]


def test_another_band_is_another_question(proposed: WebCast, compare):
    say(proposed.hospital, YES)
    weaker = tuple(replace(offer, strength=1) for offer in cast.churches.offers)
    record_audit(proposed.churches.lead, audit=Audit(replace(cast.churches, offers=weaker[:1])), at=AT + 8 * DAY)
    publish_audit(proposed.churches.lead, circle=proposed.circle, at=AT + 70 * DAY)
    compare(proposed, 71)
    assert [(each.answer, each.answered_at) for each in own_proposals(proposed.hospital.lead)] in ([], [(None, None)])


def test_only_who_speaks_answers_and_only_for_their_own(proposed: WebCast):
    (own,) = own_proposals(proposed.hospital.lead)
    for actor in (proposed.churches.lead, proposed.stranger.lead):
        with pytest.raises(NotThere):
            answer_proposal(actor, proposal=own.id, answer=YES, at=AT + 2 * DAY)


def test_rows_do_not_tell_yes_from_no(proposed: WebCast):
    """Neither by what stands in them nor by how long it is."""
    said = []
    for answer in (YES, NO, LATER, None):
        say(proposed.hospital, answer)
        with working(proposed.hospital.id):
            row = Proposal.objects.get(organisation=proposed.hospital.id)
            said.append((len(row.answer), len(row.answer_key), row.answered_at))
    assert len(set(said)) == 1
    exclude(proposed.hospital.lead, other=proposed.churches.id, at=AT + 2 * DAY)
    with working(proposed.hospital.id):
        assert str(proposed.churches.id).encode() not in bytes(Exclusions.objects.get().sealed)


def test_failing_in_the_middle_leaves_nothing_half_done(proposed: WebCast, meet, monkeypatch: pytest.MonkeyPatch):
    both(proposed)
    mails = Mail.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(Mail.objects, "create", lambda **_row: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            meet(proposed, 3)
    assert (met(proposed), proposals(proposed), Mail.objects.count()) == ([0, 0], [1, 1], mails)
    meet(proposed, 3)
    assert (met(proposed), proposals(proposed)) == ([1, 1], [0, 0])


# --- A ring of three -------------------------------------------------------------------------------------------------


AROUND = ("reach.young_people", "assets.vehicles", "reach.media")


@pytest.fixture
def ring(people: WebCast, compare) -> list[Actor]:
    """Three of whom no two fit each other, and each has what the next one lacks."""
    three = []
    for number, name in enumerate(("Rhea Ring", "Sol Ring", "Tia Ring")):
        lacks, gives = AROUND[number], AROUND[(number + 1) % 3]
        card = replace(cast.stranger, vulnerabilities=(Vulnerability(lacks, 5, 1),), offers=(Offer(gives, 5, 5),))
        three.append(newcomer(people, name, card=card))
    compare(people, 2)
    return three


def test_ring_is_told_to_all_three_alike_and_to_nobody_else(people: WebCast, ring: list[Actor]):
    told = [own_proposals(actor) for actor in ring]
    assert {(each.is_ring, each.band, each.sector, each.made_at) for (each,) in told} == {
        (True, Band.STRONG, "", AT + 2 * DAY)
    }
    assert [each.is_ring for each in own_proposals(people.hospital.lead)] == [False]


def test_ring_needs_the_yes_of_all_three(people: WebCast, ring: list[Actor], meet, compare):
    for number, actor in enumerate(ring, 1):
        (proposal,) = own_proposals(actor)
        answer_proposal(actor, proposal=proposal.id, answer=YES, at=AT + 2 * DAY)
        meet(people, 3)
        assert [dealings(each) for each in ring] == ([2, 2, 2] if number == 3 else [0, 0, 0])
    compare(people, 4)
    assert [own_proposals(actor) for actor in ring] == [(), (), ()]


def test_ring_in_which_one_never_wants_to_meet_another_does_not_meet(people: WebCast, ring: list[Actor], meet):
    exclude(ring[0], other=ring[2].organisation, at=AT + 2 * DAY)
    for actor in ring:
        (proposal,) = own_proposals(actor)
        answer_proposal(actor, proposal=proposal.id, answer=YES, at=AT + 2 * DAY)
    meet(people, 3)
    assert [dealings(each) for each in ring] == [0, 0, 0]
