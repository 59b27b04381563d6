from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import CircleMembership, Complaint
from lichen_web.alliances.access import host as console
from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.circles import (
    open_circles,
    own_circle,
    standing_members,
)
from lichen_web.alliances.access.complaints import own_complaint, own_complaints
from lichen_web.alliances.access.host import forgivable
from lichen_web.alliances.actions.circles import admit, ask_to_join, name_convener, open_circle, put_out
from lichen_web.alliances.actions.complaints import (
    TIME_TO_ANSWER,
    answer_complaint,
    complain,
    decide_complaint,
    forgive_complaints,
)
from lichen_web.alliances.actions.membership import accept_invitation, invite_colleague
from lichen_web.alliances.keys import Unopened
from tests.web.alliances.actions.acts import NOW, upheld
from tests.web.people import WebCast, address, letters, token_for

LATER = NOW + timedelta(days=1)
FORGIVING = {"reason": "They have a new board, and said sorry."}


def other_circle(cast: WebCast, *members: Actor) -> UUID:
    """Another circle, with some organisations in it."""
    circle = open_circle(cast.host, name="Westfield table", purpose="", at=NOW)
    name_convener(cast.host, circle=circle, email=address(cast.host), at=NOW)
    for member in members:
        asking = {"circle": circle, "statement": "We are.", "signed_name": "the lead"}
        admit(actor_for(cast.host.person), membership=ask_to_join(member, **asking, at=NOW), at=NOW)
    return circle


def complained(cast: WebCast):
    return complain(cast.churches.lead, circle=cast.circle, about=cast.hospital.id, words="They told others.", at=NOW)


def asked_again(cast: WebCast):
    return ask_to_join(cast.hospital.lead, circle=cast.circle, statement="Sorry.", signed_name="B. Nolan", at=NOW)


def test_complaint_is_read_by_both_sides_and_the_host_and_nobody_else(cast: WebCast):
    made = complained(cast)
    answer_complaint(cast.hospital.lead, complaint=made, words="We did not.", at=NOW)
    decide_complaint(cast.host, complaint=made, outcome="dismissed", reason="No sign of it.", at=NOW)
    for seen in (
        own_complaint(cast.hospital.observer, made),
        own_complaint(cast.churches.lead, made),
        console.complaint(cast.second_host, made),
    ):
        assert (seen.words, seen.answer, seen.reason) == ("They told others.", "We did not.", "No sign of it.")
        assert seen.outcome == "dismissed"
    assert [each.is_about_us for each in own_complaints(cast.hospital.lead)] == [True]
    assert [each.is_about_us for each in own_complaints(cast.churches.lead)] == [False]
    assert own_complaints(cast.stranger.lead) == ()
    for look in (
        lambda: own_complaint(cast.stranger.lead, made),
        lambda: own_complaints(cast.convener),
        lambda: console.complaint(cast.convener, made),
        lambda: console.complaints(cast.hospital.lead),
    ):
        with pytest.raises(NotThere):
            look()
    with pytest.raises(NotAllowed):
        own_complaints(cast.serving_hospital)


def test_words_lie_sealed_and_bound_to_their_place(cast: WebCast):
    made = complained(cast)
    row = Complaint.objects.get(id=made)
    assert b"told others" not in bytes(row.words)
    Complaint.objects.filter(id=made).update(answer=row.words, answered_at=NOW)
    with pytest.raises(Unopened):
        own_complaints(cast.hospital.lead)


def test_only_who_shares_the_circle_is_complained_about(cast: WebCast):
    for about in (cast.stranger.id, cast.churches.id):
        with pytest.raises(NotThere):
            complain(cast.churches.lead, circle=cast.circle, about=about, words="Them.", at=NOW)


def test_one_complaint_of_the_same_two_at_a_time(cast: WebCast):
    complained(cast)
    with pytest.raises(NotAllowed) as refused:
        complained(cast)
    assert refused.value.rule == "one-at-a-time"
    assert complain(cast.hospital.lead, circle=cast.circle, about=cast.churches.id, words="And they?", at=NOW)


def test_leads_are_asked_to_answer_without_a_word_of_the_complaint(cast: WebCast):
    complained(cast)
    letter = letters(address(cast.hospital.lead))[0]
    assert letter["kind"] == "complaint"
    assert "told others" not in f"{letter}"


def test_answer_is_given_once_and_before_the_decision(cast: WebCast):
    made = complained(cast)
    answer_complaint(cast.hospital.lead, complaint=made, words="We did not.", at=NOW)
    with pytest.raises(NotAllowed) as refused:
        answer_complaint(cast.hospital.lead, complaint=made, words="Or did we?", at=NOW)
    assert refused.value.rule == "already-answered"


def test_complaint_is_decided_once(cast: WebCast):
    made = complained(cast)
    decide_complaint(cast.host, complaint=made, outcome="dismissed", reason="No.", at=NOW)
    with pytest.raises(NotAllowed) as refused:
        decide_complaint(cast.host, complaint=made, outcome="dismissed", reason="No.", at=NOW)
    assert refused.value.rule == "already-decided"


def test_nobody_is_found_at_fault_unheard(cast: WebCast):
    made = complained(cast)
    decision = {"complaint": made, "outcome": "upheld", "reason": "Yes."}
    with pytest.raises(NotAllowed) as refused:
        decide_complaint(cast.host, **decision, at=NOW + TIME_TO_ANSWER - timedelta(seconds=1))
    assert refused.value.rule == "heard-first"
    decide_complaint(cast.host, **decision, at=NOW + TIME_TO_ANSWER)


def test_nobody_decides_in_their_own_matter(cast: WebCast):
    made = complained(cast)
    invite_colleague(cast.churches.lead, email="", role="observer", at=NOW)
    accept_invitation(cast.host, token=token_for(address(cast.churches.lead)), at=NOW)
    decision = {"complaint": made, "outcome": "dismissed", "reason": "No."}
    with pytest.raises(NotAllowed) as refused:
        decide_complaint(actor_for(cast.host.person), **decision, at=NOW)
    assert refused.value.rule == "not-in-own-matter"
    decide_complaint(cast.second_host, **decision, at=NOW)


def test_third_upheld_complaint_puts_an_organisation_out(cast: WebCast):
    upheld(cast, 2)
    assert own_circle(cast.hospital.lead, cast.circle).upheld == 2
    assert standing_members(cast.circle) == {cast.hospital.id, cast.churches.id}
    upheld(cast, 1)
    assert standing_members(cast.circle) == {cast.churches.id}
    with pytest.raises(NotThere):
        own_circle(cast.hospital.lead, cast.circle)
    assert [card.standing for card in open_circles(cast.hospital.lead)] == ["removed"]
    with pytest.raises(NotAllowed) as refused:
        asked_again(cast)
    assert refused.value.rule == "out-of-the-circle"


def test_first_and_second_are_warned_of_by_mail_and_the_third_is_the_end(cast: WebCast):
    upheld(cast, 3)
    told = [each for each in letters(address(cast.hospital.lead)) if each["kind"] == "complaint_upheld"]
    subjects = ["You are out of a circle", "A complaint about you was upheld", "A complaint about you was upheld"]
    assert [each["subject"] for each in told] == subjects
    assert "1 of 3 complaints about St Brigid's Hospital were upheld" in told[2]["text"]


def test_dismissed_complaints_do_not_count(cast: WebCast):
    for _ in range(4):
        decide_complaint(cast.host, complaint=complained(cast), outcome="dismissed", reason="No.", at=NOW)
    assert standing_members(cast.circle) == {cast.hospital.id, cast.churches.id}


def test_complaints_of_another_circle_do_not_count_here(cast: WebCast):
    westfield = other_circle(cast, cast.hospital.lead, cast.churches.lead)
    upheld(cast, 2, circle=westfield)
    upheld(cast, 1)
    assert standing_members(cast.circle) == {cast.hospital.id, cast.churches.id}


def test_leaving_before_the_third_does_not_help(cast: WebCast):
    upheld(cast, 2)
    made = complained(cast)
    answer_complaint(cast.hospital.lead, complaint=made, words="Hm.", at=NOW)
    CircleMembership.objects.filter(organisation=cast.hospital.id).update(left_at=NOW)
    decide_complaint(cast.host, complaint=made, outcome="upheld", reason="Yes.", at=NOW)
    with pytest.raises(NotAllowed) as refused:
        asked_again(cast)
    assert refused.value.rule == "out-of-the-circle"


def test_host_lets_it_ask_again_and_then_it_starts_from_nought(cast: WebCast):
    upheld(cast, 3)
    assert [(each.name, each.upheld) for each in forgivable(cast.host)] == [(cast.hospital.name, 3)]
    forgive_complaints(cast.host, circle=cast.circle, organisation=cast.hospital.id, **FORGIVING, at=LATER)
    assert forgivable(cast.host) == ()
    assert [card.standing for card in open_circles(cast.hospital.lead)] == ["none"]
    assert letters(address(cast.hospital.lead))[0]["kind"] == "let_back"
    admit(cast.convener, membership=asked_again(cast), at=NOW)
    assert own_circle(cast.hospital.lead, cast.circle).upheld == 0
    upheld(cast, 2)
    assert standing_members(cast.circle) == {cast.hospital.id, cast.churches.id}
    with pytest.raises(NotThere):
        forgive_complaints(cast.host, circle=cast.circle, organisation=cast.churches.id, **FORGIVING, at=NOW)


def test_both_sides_read_why_it_was_forgiven_and_the_mail_does_not_say(cast: WebCast):
    upheld(cast, 3)
    forgive_complaints(cast.host, circle=cast.circle, organisation=cast.hospital.id, **FORGIVING, at=NOW)
    for side in (cast.hospital.observer, cast.churches.observer):
        assert {each.forgiven_because for each in own_complaints(side)} == {FORGIVING["reason"]}
    assert [each for each in letters(address(cast.hospital.lead)) if FORGIVING["reason"] in each["text"]] == []


def test_nobody_forgives_their_own_organisation(cast: WebCast):
    upheld(cast, 3)
    invite_colleague(cast.hospital.lead, email="", role="observer", at=NOW)
    accept_invitation(cast.host, token=token_for(address(cast.hospital.lead)), at=NOW)
    with pytest.raises(NotAllowed) as refused:
        forgive_complaints(cast.host, circle=cast.circle, organisation=cast.hospital.id, **FORGIVING, at=NOW)
    assert refused.value.rule == "not-in-own-matter"


def test_who_was_put_out_by_a_convener_is_not_let_back_by_the_hosts_forgiving(cast: WebCast):
    upheld(cast, 2)
    line = CircleMembership.objects.get(organisation=cast.hospital.id)
    put_out(cast.convener, membership=line.id, reason="They did not answer.", at=NOW)
    forgive_complaints(cast.host, circle=cast.circle, organisation=cast.hospital.id, **FORGIVING, at=NOW)
    with pytest.raises(NotAllowed) as refused:
        asked_again(cast)
    assert refused.value.rule == "out-of-the-circle"


def test_everything_wrong_with_a_decision_is_told_at_once(cast: WebCast):
    with pytest.raises(InputError) as refused:
        decide_complaint(cast.host, complaint=complained(cast), outcome="maybe", reason="", at=NOW)
    assert [each.column for each in refused.value.problems] == ["outcome", "reason"]
