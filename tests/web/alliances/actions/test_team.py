"""Asking a team by link: who answers needs no account, who asks sees nobody, and nothing can be worked out."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import Organisation
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.team import answering, new_token, organisation_in, own_round, own_rounds
from lichen_web.alliances.actions.answering import answer_round, be_left_alone, take_answer_back
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.actions.team import (
    close_round,
    invite_to_round,
    open_round,
    remind_round,
    reopen_round,
    show_round,
    take_from_round,
    withdraw_link,
)
from lichen_web.alliances.bridge.team import load_answer
from lichen_web.alliances.keys import Unopened
from lichen_web.alliances.models import Event, TeamAnswer, TeamLink
from lichen_web.alliances.rounds import Said, Showing, TeamSaying
from tests.web.confiding import NOW
from tests.web.people import House, WebCast, letters

VENUE, VOLUNTEERS, TRUST = "assets.venue", "people.volunteers", "trust.underserved"
TEAM = tuple(f"colleague{number}@example.org" for number in range(1, 10))
DAY = timedelta(days=1)


def said(*codes: str, severity: int = 4) -> tuple[Said, ...]:
    return tuple(Said(f"We lack {code}.", code, severity) for code in codes)


def secret_for(email: str) -> str:
    found = (re.search(r"/answer/([\w-]+)/\n", letter["text"]) for letter in letters(email))
    return next(match[1] for match in found if match)


def opened(house: House, *, fewest: int = 3, people: int = 5) -> UUID:
    return open_round(house.lead, fewest=fewest, emails=TEAM[:people], at=NOW)


def answer(email: str, *codes: str, severity: int = 4, **more: object) -> None:
    token = secret_for(email)
    seen = answering(token)
    saying = TeamSaying(said(*codes, severity=severity), **more)  # type: ignore[arg-type]
    answer_round(token, link=seen.link, version=seen.version, saying=saying, at=NOW)


def look(house: House, round_id: UUID):
    return own_round(house.lead, round_id=round_id)


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_each_colleague_gets_a_link_of_their_own(cast: WebCast):
    round_id = opened(cast.hospital)
    assert len({secret_for(email) for email in TEAM[:5]}) == 5
    seen = look(cast.hospital, round_id)
    assert [link.email for link in seen.links] == list(TEAM[:5])
    assert (seen.asked, seen.answered, seen.showing, seen.shown) == (5, 0, Showing.TOO_FEW, None)


def test_secret_and_address_stand_nowhere_in_clear(cast: WebCast):
    opened(cast.hospital, people=1)
    token = secret_for(TEAM[0])
    for row in TeamLink.objects.values():
        assert token not in repr(row)
        assert TEAM[0] not in repr(row)


def test_one_address_gets_one_link_however_often_it_is_named(cast: WebCast):
    round_id = open_round(cast.hospital.lead, fewest=3, emails=[TEAM[0], f" {TEAM[0].upper()}"], at=NOW)
    invite_to_round(cast.hospital.lead, round_id=round_id, emails=TEAM[:2], at=NOW)
    assert [link.email for link in look(cast.hospital, round_id).links] == list(TEAM[:2])


@pytest.mark.parametrize(
    ("fewest", "emails", "wrong"), [(2, TEAM[:1], "fewest"), (51, TEAM[:1], "fewest"), (3, (), "emails")]
)
def test_what_cannot_be_asked_is_refused(cast: WebCast, fewest: int, emails: tuple[str, ...], wrong: str):
    with pytest.raises(InputError) as refusal:
        open_round(cast.hospital.lead, fewest=fewest, emails=emails, at=NOW)
    assert [problem.column for problem in refusal.value.problems] == [wrong]
    assert own_rounds(cast.hospital.lead) == ()


def test_an_organisation_sends_a_hundred_links_a_day(cast: WebCast):
    for number in range(2):
        open_round(cast.hospital.lead, fewest=3, emails=[f"a{number}.{each}@example.org" for each in range(50)], at=NOW)
    with pytest.raises(NotAllowed):
        opened(cast.hospital)
    open_round(cast.hospital.lead, fewest=3, emails=TEAM, at=NOW + DAY)


# --- Answering -------------------------------------------------------------------------------------------------------


def test_answer_can_be_come_back_to_and_changed(cast: WebCast):
    round_id = opened(cast.hospital)
    answer(TEAM[0], VENUE)
    first = answering(secret_for(TEAM[0]))
    assert (first.organisation, first.version, [each.code for each in first.saying.said]) == (
        cast.hospital.name,
        1,
        [VENUE],
    )
    answer(TEAM[0], TRUST, VENUE)
    assert answering(secret_for(TEAM[0])).saying.said == said(TRUST, VENUE)
    assert look(cast.hospital, round_id).answered == 1


def test_second_window_overwrites_nothing(cast: WebCast):
    opened(cast.hospital)
    token = secret_for(TEAM[0])
    seen = answering(token)
    answer(TEAM[0], VENUE)
    with pytest.raises(NotAllowed):
        answer_round(token, link=seen.link, version=0, saying=TeamSaying(said(TRUST)), at=NOW)
    assert answering(token).saying.said == said(VENUE)


def test_page_made_for_one_link_saves_nothing_under_another(cast: WebCast):
    opened(cast.hospital)
    mine, theirs = secret_for(TEAM[0]), secret_for(TEAM[1])
    with pytest.raises(NotThere):
        answer_round(theirs, link=answering(mine).link, version=0, saying=TeamSaying(said(VENUE)), at=NOW)
    assert TeamAnswer.objects.count() == 0


def test_answer_taken_back_is_gone(cast: WebCast):
    round_id = opened(cast.hospital)
    answer(TEAM[0], VENUE)
    token = secret_for(TEAM[0])
    take_answer_back(token, link=answering(token).link)
    assert (answering(token).version, TeamAnswer.objects.count(), look(cast.hospital, round_id).answered) == (0, 0, 0)


def test_link_leads_nowhere_once_it_cannot_be_used(cast: WebCast):
    round_id = opened(cast.hospital)
    first, second = secret_for(TEAM[0]), secret_for(TEAM[1])
    ids = {link.email: link.id for link in look(cast.hospital, round_id).links}
    withdraw_link(cast.hospital.lead, round_id=round_id, link=ids[TEAM[0]], at=NOW)
    assert answering(first) is None
    close_round(cast.hospital.lead, round_id=round_id, at=NOW)
    assert answering(second) is None
    with pytest.raises(NotThere):
        answer_round(second, link=ids[TEAM[1]], version=0, saying=TeamSaying(said(VENUE)), at=NOW)
    reopen_round(cast.hospital.lead, round_id=round_id, at=NOW)
    assert answering(second) is not None


@pytest.mark.parametrize("token", ["", "x", "x" * 54, "é" * 54, "=" * 56, "../../etc"])
def test_nonsense_leads_nowhere(cast: WebCast, token: str):
    assert answering(token) is None


def test_secret_of_one_organisation_opens_nothing_in_the_name_of_another(cast: WebCast):
    opened(cast.hospital, people=1)
    real, forged = secret_for(TEAM[0]), new_token(cast.churches.id)
    assert organisation_in(real) == cast.hospital.id
    assert answering(forged[:22] + real[22:]) is None
    assert answering(forged) is None


def test_erased_or_suspended_organisation_asks_nobody(cast: WebCast):
    opened(cast.hospital, people=2)
    answer(TEAM[0], VENUE)
    Organisation.objects.filter(id=cast.hospital.id).update(suspended_at=NOW)
    assert answering(secret_for(TEAM[0])) is None


def test_erasure_leaves_nothing_readable(cast: WebCast):
    opened(cast.hospital, people=1)
    answer(TEAM[0], VENUE)
    row = TeamAnswer.objects.get()
    erase_organisation(cast.hospital.lead, name_typed=cast.hospital.name, at=NOW)
    assert answering(secret_for(TEAM[0])) is None
    with pytest.raises(Unopened):
        load_answer(row)


def test_what_colleagues_do_stands_in_no_chain(cast: WebCast):
    opened(cast.hospital, people=1)
    before = Event.objects.count()
    answer(TEAM[0], VENUE)
    token = secret_for(TEAM[0])
    be_left_alone(token, link=answering(token).link, at=NOW)
    take_answer_back(token, link=answering(token).link)
    assert Event.objects.count() == before


# --- What the lead is shown ------------------------------------------------------------------------------------------


def test_nothing_is_shown_before_enough_have_answered(cast: WebCast):
    round_id = opened(cast.hospital, fewest=3)
    for email in TEAM[:2]:
        answer(email, VENUE)
    with pytest.raises(NotAllowed):
        show_round(cast.hospital.lead, round_id=round_id, at=NOW)
    assert look(cast.hospital, round_id).shown is None


def test_once_enough_have_answered_their_ranks_are_one_and_nobodys(cast: WebCast):
    round_id = opened(cast.hospital, fewest=3)
    answer(TEAM[0], TRUST, VENUE, severity=5)
    answer(TEAM[1], TRUST, VENUE, severity=4)
    answer(TEAM[2], TRUST, VOLUNTEERS, severity=2)
    show_round(cast.hospital.lead, round_id=round_id, at=NOW)
    shown = look(cast.hospital, round_id).shown
    assert [(item.code, item.rank, item.named) for item in shown.team.items] == [
        (TRUST, 1, 3),
        (VENUE, 2, 2),
        (VOLUNTEERS, 3, 1),
    ]
    assert (shown.team.items[0].severity.median, shown.team.attributed) == (4, False)
    assert (shown.team.answers, shown.people) == ((), ())


def test_next_look_waits_for_three(cast: WebCast):
    round_id = opened(cast.hospital, fewest=3, people=8)
    for email in TEAM[:3]:
        answer(email, VENUE)
    show_round(cast.hospital.lead, round_id=round_id, at=NOW)
    for email in TEAM[3:5]:
        answer(email, TRUST)
    close_round(cast.hospital.lead, round_id=round_id, at=NOW)
    with pytest.raises(NotAllowed):
        show_round(cast.hospital.lead, round_id=round_id, at=NOW)
    assert look(cast.hospital, round_id).shown.team.people == 3
    reopen_round(cast.hospital.lead, round_id=round_id, at=NOW)
    answer(TEAM[0], TRUST)
    show_round(cast.hospital.lead, round_id=round_id, at=NOW)
    assert look(cast.hospital, round_id).shown.team.people == 5


def test_too_few_are_shown_by_name_where_they_allow_it(cast: WebCast):
    round_id = opened(cast.hospital, fewest=5)
    answer(TEAM[0], VENUE, name="Mary", is_by_name=True)
    answer(TEAM[1], TRUST)
    close_round(cast.hospital.lead, round_id=round_id, at=NOW)
    show_round(cast.hospital.lead, round_id=round_id, at=NOW)
    shown = look(cast.hospital, round_id).shown
    assert [(each.name, each.said) for each in shown.people] == [("Mary", said(VENUE))]
    assert [item.code for item in shown.team.items] == [VENUE]
    with pytest.raises(NotAllowed):
        reopen_round(cast.hospital.lead, round_id=round_id, at=NOW)


def test_too_few_who_allow_nothing_are_not_shown_at_all(cast: WebCast):
    round_id = opened(cast.hospital, fewest=5)
    answer(TEAM[0], VENUE)
    close_round(cast.hospital.lead, round_id=round_id, at=NOW)
    with pytest.raises(NotAllowed):
        show_round(cast.hospital.lead, round_id=round_id, at=NOW)


def test_taking_a_link_back_does_not_tell_whether_it_was_used(cast: WebCast):
    round_id = opened(cast.hospital)
    answer(TEAM[0], VENUE)
    ids = {link.email: link.id for link in look(cast.hospital, round_id).links}
    for email in TEAM[:2]:
        withdraw_link(cast.hospital.lead, round_id=round_id, link=ids[email], at=NOW)
        assert look(cast.hospital, round_id).answered == 1


def test_reminder_goes_to_those_who_have_not_answered_and_nobody_learns_who(cast: WebCast):
    round_id = opened(cast.hospital, people=3)
    answer(TEAM[0], VENUE)
    token = secret_for(TEAM[1])
    be_left_alone(token, link=answering(token).link, at=NOW)
    with pytest.raises(NotAllowed):
        remind_round(cast.hospital.lead, round_id=round_id, at=NOW)
    remind_round(cast.hospital.lead, round_id=round_id, at=NOW + DAY)
    assert [len(letters(email)) for email in TEAM[:3]] == [1, 1, 2]
    assert len({link.sent_at for link in look(cast.hospital, round_id).links}) == 1
    assert answering(secret_for(TEAM[2])) is not None


def test_what_is_accepted_becomes_gaps_after_those_that_stand(cast: WebCast):
    round_id = opened(cast.hospital, fewest=3)
    for email in TEAM[:3]:
        answer(email, TRUST, VENUE, VOLUNTEERS, severity=5)
    show_round(cast.hospital.lead, round_id=round_id, at=NOW)
    assert take_from_round(cast.hospital.lead, round_id=round_id, codes=[TRUST, VOLUNTEERS, "no.such"], at=NOW) == 2
    assert take_from_round(cast.hospital.lead, round_id=round_id, codes=[TRUST, VENUE], at=NOW) == 1
    gaps = [item.vulnerability for item in own_audit(cast.hospital.lead).gaps]
    assert [(gap.code, gap.rank, gap.severity, gap.words) for gap in gaps] == [
        (TRUST, 1, 5, ""),
        (VOLUNTEERS, 2, 5, ""),
        (VENUE, 3, 5, ""),
    ]
    assert look(cast.hospital, round_id).own_codes == {TRUST, VENUE, VOLUNTEERS}


def test_each_round_is_kept(cast: WebCast):
    first, second = opened(cast.hospital), opened(cast.hospital)
    assert {each.id for each in own_rounds(cast.hospital.lead)} == {first, second}


# --- Who may ---------------------------------------------------------------------------------------------------------


def test_stranger_sees_and_does_nothing(cast: WebCast):
    round_id = opened(cast.hospital)
    stranger = cast.stranger.lead
    assert own_rounds(stranger) == ()
    with pytest.raises(NotThere):
        own_round(stranger, round_id=round_id)
    for act in (remind_round, close_round, reopen_round, show_round):
        with pytest.raises(NotThere):
            act(stranger, round_id=round_id, at=NOW)
    with pytest.raises(NotThere):
        invite_to_round(stranger, round_id=round_id, emails=TEAM[:1], at=NOW)
    with pytest.raises(NotThere):
        take_from_round(stranger, round_id=round_id, codes=[VENUE], at=NOW)
    with pytest.raises(NotThere):
        withdraw_link(stranger, round_id=round_id, link=uuid4(), at=NOW)


def test_member_observer_and_facilitator_ask_a_lead(cast: WebCast):
    for actor in (cast.hospital.member, cast.hospital.observer, cast.serving_hospital):
        with pytest.raises(NotAllowed):
            open_round(actor, fewest=3, emails=TEAM, at=NOW)
        with pytest.raises(NotAllowed):
            own_rounds(actor)


def test_whoever_is_asked_is_told_who_sees_what(cast: WebCast):
    """Also that who chose the others could be all of them."""
    opened(cast.hospital)
    told = letters(TEAM[0])[0]["text"]
    page = Client().get(f"/answer/{secret_for(TEAM[0])}/", follow=True).content.decode()
    for sentence in ("chose whom to ask", "somebody who wrote the other answers could work out yours"):
        assert (sentence in told, sentence in page) == (True, True)
    assert "Once 3 have, they see what all say together" in told
