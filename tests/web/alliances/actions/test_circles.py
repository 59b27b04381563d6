from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import Circle, CircleMembership, Claim, Convener, Person
from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.circles import (
    circle_links,
    convened_circle,
    open_circles,
    own_circle,
    standing_members,
)
from lichen_web.alliances.access.leads import Leads
from lichen_web.alliances.actions.circles import (
    admit,
    ask_to_join,
    end_convening,
    invite_to_circle,
    leave_circle,
    let_back,
    name_convener,
    open_circle,
    put_out,
    refuse,
)
from lichen_web.alliances.actions.host import suspend_organisation
from lichen_web.alliances.actions.membership import (
    accept_invitation,
    set_delegate_away,
    withdraw_invitation,
)
from lichen_web.alliances.actions.organisations import found_organisation
from lichen_web.alliances.models import EventPayload
from tests.web.alliances.actions.acts import NOW, PLACE, upheld
from tests.web.people import WebCast, address, cast_of, letters, signed_up, token_for

SAID = {"statement": "We sell things, \u00e0 la carte.\r\nHonestly.", "signed_name": " Alex Stranger "}
LATER = NOW + timedelta(days=1)


def asked(cast: WebCast):
    return ask_to_join(cast.stranger.lead, circle=cast.circle, **SAID, at=NOW)


def names(cast: WebCast) -> list[str]:
    return [member.name for member in own_circle(cast.hospital.lead, cast.circle).members]


def test_claim_is_signed_and_read_by_the_conveners(cast: WebCast):
    membership = asked(cast)
    (asking,) = convened_circle(cast.convener, cast.circle).asking
    claim = asking.claim
    assert (asking.membership, asking.name) == (membership, "A. Stranger Ltd")
    assert claim.statement == "We sell things, \u00e0 la carte.\nHonestly."
    assert (claim.signed_name, claim.signed_by, claim.is_genuine) == ("Alex Stranger", "Alex Stranger", True)
    assert {"claim": claim.digest} in EventPayload.objects.values_list("payload", flat=True)


@pytest.mark.parametrize(
    "change",
    [
        {"statement": "We give things away."},
        {"signed_name": "Ruth Adeyemi"},
        {"signed_at": NOW + timedelta(microseconds=1)},
        {"digest": "0" * 64},
        {"signature": bytes(64)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_claim_that_was_changed_is_shown_for_it_and_not_vouched_for(change: dict[str, object], cast: WebCast):
    membership = asked(cast)
    Claim.objects.filter(organisation=cast.stranger.id).update(**change)
    (asking,) = convened_circle(cast.convener, cast.circle).asking
    assert not asking.claim.is_genuine
    with pytest.raises(NotAllowed) as refused:
        admit(cast.convener, membership=membership, at=NOW)
    assert refused.value.rule == "claim-not-genuine"


def test_claim_of_another_organisation_is_not_genuine(cast: WebCast):
    asked(cast)
    Claim.objects.filter(organisation=cast.stranger.id).update(organisation=cast.hospital.id)
    assert [each.claim.is_genuine for each in convened_circle(cast.convener, cast.circle).asking] == [False]


def test_organisation_is_in_once_a_convener_vouches(cast: WebCast):
    membership = asked(cast)
    assert cast.stranger.id not in standing_members(cast.circle)
    with pytest.raises(NotThere):
        own_circle(cast.stranger.lead, cast.circle)
    admit(cast.convener, membership=membership, at=LATER)
    assert standing_members(cast.circle) == {cast.hospital.id, cast.churches.id, cast.stranger.id}
    assert names(cast) == ["A. Stranger Ltd", "St Brigid's Hospital", "Three Churches of Eastfield"]
    assert own_circle(cast.stranger.lead, cast.circle).members[0].vouched_by == "Cora Whitfield"
    assert letters(address(cast.stranger.lead))[0]["kind"] == "admission"


def test_organisation_asks_once_at_a_time(cast: WebCast):
    asked(cast)
    with pytest.raises(NotAllowed) as refused:
        asked(cast)
    assert refused.value.rule == "already-asked"


def test_refused_organisation_may_ask_again(cast: WebCast):
    refuse(cast.convener, membership=asked(cast), at=NOW)
    assert [card.standing for card in open_circles(cast.stranger.lead)] == ["refused"]
    admit(cast.convener, membership=asked(cast), at=LATER)
    assert [card.standing for card in open_circles(cast.stranger.lead)] == ["admitted"]


@pytest.mark.parametrize("first", [admit, refuse])
@pytest.mark.parametrize("then", [admit, refuse])
def test_who_asks_is_answered_once(first, then, cast: WebCast):
    membership = asked(cast)
    first(cast.convener, membership=membership, at=NOW)
    with pytest.raises(NotAllowed) as refused:
        then(cast.convener, membership=membership, at=NOW)
    assert refused.value.rule == "already-answered"


def test_who_asks_can_think_better_of_it(cast: WebCast):
    membership = asked(cast)
    leave_circle(cast.stranger.lead, circle=cast.circle, at=NOW)
    with pytest.raises(NotAllowed):
        admit(cast.convener, membership=membership, at=NOW)


def test_leaving_keeps_the_record(cast: WebCast):
    leave_circle(cast.hospital.lead, circle=cast.circle, at=NOW)
    assert standing_members(cast.circle) == {cast.churches.id}
    assert CircleMembership.objects.get(organisation=cast.hospital.id).left_at == NOW
    with pytest.raises(NotThere):
        own_circle(cast.hospital.lead, cast.circle)


def test_outward_acts_are_the_stand_ins_while_the_delegate_is_away(cast: WebCast):
    set_delegate_away(cast.stranger.lead, is_away=True, at=NOW)
    with pytest.raises(NotAllowed) as refused:
        asked(cast)
    assert refused.value.rule == "speaker-only"
    stand_in = actor_for(cast.stranger.member.person, cast.stranger.id)
    assert ask_to_join(stand_in, circle=cast.circle, **SAID, at=NOW)


def test_convener_of_another_circle_sees_and_answers_nothing_here(cast: WebCast):
    membership = asked(cast)
    other = open_circle(cast.host, name="Westfield table", purpose="", at=NOW)
    name_convener(cast.host, circle=other, email=address(cast.stranger.lead), at=NOW)
    accept_invitation(cast.stranger.lead, token=token_for(address(cast.stranger.lead)), at=NOW)
    vouching = actor_for(cast.stranger.lead.person)
    assert convened_circle(vouching, other).asking == ()
    for look in (
        lambda: convened_circle(vouching, cast.circle),
        lambda: admit(vouching, membership=membership, at=NOW),
    ):
        with pytest.raises(NotThere):
            look()


def test_suspended_organisation_is_neither_shown_nor_admitted(cast: WebCast):
    membership = asked(cast)
    for organisation in (cast.stranger.id, cast.churches.id):
        suspend_organisation(cast.host, organisation=organisation, at=NOW)
    assert names(cast) == ["St Brigid's Hospital"]
    assert standing_members(cast.circle) == {cast.hospital.id}
    with pytest.raises(NotThere):
        admit(cast.convener, membership=membership, at=NOW)


def test_closed_circle_is_not_there(cast: WebCast):
    Circle.objects.filter(id=cast.circle).update(closed_at=NOW)
    for look in (
        lambda: own_circle(cast.hospital.lead, cast.circle),
        lambda: convened_circle(cast.convener, cast.circle),
        lambda: asked(cast),
    ):
        with pytest.raises(NotThere):
            look()
    assert standing_members(cast.circle) == frozenset()


# --- Inviting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inviting", ["a convener", "an organisation in it"])
def test_partner_who_is_not_here_yet_is_invited_by_link_and_still_vouched_for(inviting: str, cast: WebCast):
    by = cast.convener if inviting == "a convener" else cast.hospital.lead
    invite_to_circle(by, circle=cast.circle, email=address(cast.stranger.lead), at=NOW)
    token = token_for(address(cast.stranger.lead))
    assert accept_invitation(cast.stranger.lead, token=token, at=NOW) == cast.circle
    assert standing_members(cast.circle) == {cast.hospital.id, cast.churches.id}
    asked(cast)
    (asking,) = convened_circle(cast.convener, cast.circle).asking
    assert asking.invited_by == ("Cora Whitfield" if inviting == "a convener" else "Brigid Nolan")


def test_organisation_outside_invites_nobody(cast: WebCast):
    with pytest.raises(NotThere):
        invite_to_circle(cast.stranger.lead, circle=cast.circle, email="", at=NOW)


def test_convener_elsewhere_who_does_not_speak_invites_nobody_for_their_organisation(cast: WebCast):
    other = open_circle(cast.host, name="Westfield table", purpose="", at=NOW)
    name_convener(cast.host, circle=other, email=address(cast.hospital.member), at=NOW)
    accept_invitation(cast.hospital.member, token=token_for(address(cast.hospital.member)), at=NOW)
    member = actor_for(cast.hospital.member.person, cast.hospital.id)
    with pytest.raises(NotAllowed) as refused:
        invite_to_circle(member, circle=cast.circle, email="", at=NOW)
    assert refused.value.rule == "speaker-only"


def test_convener_takes_back_what_was_sent_for_the_circle(cast: WebCast):
    invitation = invite_to_circle(cast.hospital.lead, circle=cast.circle, email="x@example.org", at=NOW)
    assert [each.id for each in convened_circle(cast.convener, cast.circle).invitations] == [invitation]
    withdraw_invitation(cast.convener, invitation=invitation, at=NOW)
    assert convened_circle(cast.convener, cast.circle).invitations == ()


# --- Conveners -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("naming", ["host", "convener"])
def test_convener_is_named_by_the_host_or_a_convener_and_accepts_by_link(naming: str, cast: WebCast):
    wanda = signed_up("Wanda Bell")
    name_convener(getattr(cast, naming), circle=cast.circle, email="Wanda@example.org", at=NOW)
    assert actor_for(wanda.person).convenes == frozenset()
    assert accept_invitation(wanda, token=token_for("wanda@example.org"), at=NOW) == cast.circle
    assert actor_for(wanda.person).convenes == {cast.circle}


def test_host_names_themselves_at_once(cast: WebCast):
    name_convener(cast.host, circle=cast.circle, email=address(cast.host), at=NOW)
    assert actor_for(cast.host.person).convenes == {cast.circle}
    with pytest.raises(NotAllowed) as refused:
        name_convener(cast.host, circle=cast.circle, email=address(cast.host), at=NOW)
    assert refused.value.rule == "already-convener"


def test_convener_stops_by_their_own_word_or_the_hosts(cast: WebCast):
    name_convener(cast.host, circle=cast.circle, email=address(cast.host), at=NOW)
    cora, ines = Convener.objects.filter(circle=cast.circle, ended_at=None).order_by("named_at")
    with pytest.raises(NotAllowed) as refused:
        end_convening(cast.convener, convener=ines.id, at=NOW)
    assert refused.value.rule == "own-or-host"
    end_convening(cast.host, convener=cora.id, at=NOW)
    with pytest.raises(NotThere):
        convened_circle(actor_for(cast.convener.person), cast.circle)
    end_convening(actor_for(cast.host.person), convener=ines.id, at=NOW)
    assert actor_for(cast.host.person).convenes == frozenset()


def test_circle_that_cannot_be_is_told_all_at_once(cast: WebCast):
    with pytest.raises(InputError) as refused:
        open_circle(cast.host, name="", purpose="x" * 2001, at=NOW)
    assert [each.column for each in refused.value.problems] == ["name", "purpose"]


# --- Putting out -----------------------------------------------------------------------------------------------------

REASON = "They sold the list of members."


def inside(cast: WebCast) -> UUID:
    return CircleMembership.objects.get(organisation=cast.hospital.id, circle=cast.circle).id


def test_member_who_is_put_out_reads_why_and_is_among_the_members_no_longer(cast: WebCast):
    put_out(cast.convener, membership=inside(cast), reason=REASON, at=NOW)
    assert standing_members(cast.circle) == {cast.churches.id}
    with pytest.raises(NotThere):
        own_circle(cast.hospital.lead, cast.circle)
    (card,) = open_circles(cast.hospital.observer)
    assert (card.standing, card.because) == ("removed", REASON)
    letter = letters(address(cast.hospital.lead))[0]
    assert (letter["kind"], REASON in letter["text"]) == ("put_out", False)


def test_who_vouches_sees_who_was_put_out_by_whom_and_why(cast: WebCast):
    put_out(cast.convener, membership=inside(cast), reason=REASON, at=NOW)
    (out,) = convened_circle(cast.convener, cast.circle).put_out
    assert (out.name, out.by, out.because, out.at) == (cast.hospital.name, "Cora Whitfield", REASON, NOW)


def test_reason_stands_sealed_in_the_row(cast: WebCast):
    put_out(cast.convener, membership=inside(cast), reason=REASON, at=NOW)
    assert REASON.encode() not in bytes(CircleMembership.objects.get(id=inside(cast)).removed_because)


def test_who_was_put_out_asks_again_only_once_they_are_let(cast: WebCast):
    asking = {"circle": cast.circle, "statement": "We are sorry.", "signed_name": "Brigid Nolan"}
    put_out(cast.convener, membership=inside(cast), reason=REASON, at=NOW)
    with pytest.raises(NotAllowed) as refused:
        ask_to_join(cast.hospital.lead, **asking, at=NOW)
    assert refused.value.rule == "out-of-the-circle"
    let_back(cast.convener, membership=inside(cast), at=LATER)
    assert letters(address(cast.hospital.lead))[0]["kind"] == "let_back"
    assert [card.standing for card in open_circles(cast.hospital.lead)] == ["none"]
    admit(cast.convener, membership=ask_to_join(cast.hospital.lead, **asking, at=LATER), at=LATER)
    assert standing_members(cast.circle) == {cast.hospital.id, cast.churches.id}


def test_who_is_out_is_put_out_once_and_let_back_once(cast: WebCast):
    line = inside(cast)
    for act, more in ((put_out, {"reason": REASON}), (let_back, {})):
        act(cast.convener, membership=line, **more, at=NOW)
        with pytest.raises(NotThere):
            act(cast.convener, membership=line, **more, at=NOW)


def test_convener_does_not_undo_what_three_complaints_did(cast: WebCast):
    upheld(cast, 3)
    assert [(each.by, each.because) for each in convened_circle(cast.convener, cast.circle).put_out] == [("", "")]
    with pytest.raises(NotThere):
        let_back(cast.convener, membership=inside(cast), at=NOW)


def test_putting_out_needs_a_reason(cast: WebCast):
    with pytest.raises(InputError) as refused:
        put_out(cast.convener, membership=inside(cast), reason=" ", at=NOW)
    assert [each.column for each in refused.value.problems] == ["reason"]


def test_putting_out_and_letting_back_work_on_both_databases(any_database: str):
    people = cast_of(NOW - timedelta(days=2))
    put_out(people.convener, membership=inside(people), reason=REASON, at=NOW)
    assert [card.because for card in open_circles(people.hospital.observer)] == [REASON]
    let_back(people.convener, membership=inside(people), at=NOW)
    assert [card.standing for card in open_circles(people.hospital.observer)] == ["none"]


# --- Links -----------------------------------------------------------------------------------------------------------


def test_whoever_sent_a_link_sees_it_and_so_does_a_lead_and_nobody_else_of_the_organisation(cast: WebCast):
    set_delegate_away(cast.hospital.lead, is_away=True, at=NOW)
    stand_in = actor_for(cast.hospital.member.person, cast.hospital.id)
    sent = invite_to_circle(stand_in, circle=cast.circle, email="x@example.org", at=NOW)
    seen = {
        who: [each.id for each in own_circle(actor, cast.circle).invitations]
        for who, actor in (
            ("stand-in", stand_in),
            ("lead", cast.hospital.lead),
            ("observer", cast.hospital.observer),
            ("another", cast.churches.lead),
        )
    }
    assert seen == {"stand-in": [sent], "lead": [sent], "observer": [], "another": []}


def test_host_sees_and_takes_back_what_was_sent_for_a_circle(cast: WebCast):
    sent = invite_to_circle(cast.hospital.lead, circle=cast.circle, email="x@example.org", at=NOW)
    assert [(each.id, each.sent_by) for each in circle_links(cast.host, cast.circle).invitations] == [
        (sent, "Brigid Nolan")
    ]
    withdraw_invitation(cast.host, invitation=sent, at=NOW)
    assert circle_links(cast.convener, cast.circle).invitations == ()
    for stranger in (cast.stranger.lead, cast.hospital.lead):
        with pytest.raises((NotThere, NotAllowed)):
            circle_links(stranger, cast.circle)


# --- Who is behind a name --------------------------------------------------------------------------------------------


def test_convener_sees_how_many_others_the_same_person_leads_and_that_they_run_the_host(cast: WebCast):
    puppets = [founded(cast.host, f"Puppet {n}") for n in range(3)]
    for puppet in puppets[:2]:
        asking = {"circle": cast.circle, "statement": "We are.", "signed_name": "Ines Okafor"}
        made = ask_to_join(puppet, **asking, at=NOW)
    admit(cast.convener, membership=made, at=NOW)
    (asking,) = convened_circle(cast.convener, cast.circle).asking
    joined = Person.objects.get(id=cast.host.person).joined_at
    assert asking.leads == Leads(newest_at=joined, run_host=True, elsewhere=2, beside=("Puppet 1",))


def test_convener_sees_nothing_odd_of_an_ordinary_organisation(cast: WebCast):
    asked(cast)
    (asking,) = convened_circle(cast.convener, cast.circle).asking
    assert (asking.leads.run_host, asking.leads.elsewhere, asking.leads.beside) == (False, 0, ())


def founded(who: Actor, name: str) -> Actor:
    given = {**PLACE, "name": name}
    return actor_for(who.person, found_organisation(Actor(who.person), **given, at=NOW))
