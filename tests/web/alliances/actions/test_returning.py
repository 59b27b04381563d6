"""What an attacker tried: back in by an older link, vouching for one's own, mails to strangers in any words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import Convener, Facilitation
from lichen_web.alliances.access.actors import NotThere, actor_for
from lichen_web.alliances.actions.circles import admit, ask_to_join, end_convening, name_convener
from lichen_web.alliances.actions.complaints import complain, decide_complaint
from lichen_web.alliances.actions.facilitation import end_facilitation, invite_facilitator
from lichen_web.alliances.actions.host import approve_recovery, ask_recovery, suspend_person
from lichen_web.alliances.actions.inviting import A_DAY_BY_ONE, A_DAY_TO_ONE
from lichen_web.alliances.actions.membership import (
    accept_invitation,
    invite_colleague,
    leave_organisation,
    remove_member,
)
from lichen_web.alliances.actions.organisations import found_organisation
from tests.web.alliances.actions.acts import NOW
from tests.web.people import WebCast, address, letters, membership_of, signed_up, token_for

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
PUPPET = {
    "sector": "health",
    "country": "GB",
    "region": "",
    "size": "",
    "website": "",
    "is_public_body": False,
    "at": NOW,
}


@pytest.mark.parametrize("to", ["ann", ""])
def test_who_was_removed_does_not_come_back_by_an_older_link(cast: WebCast, to: str) -> None:
    lead, ann = cast.hospital.lead, signed_up("Ann Two")
    invite_colleague(lead, email=to and address(ann), role="lead", at=NOW)
    older = token_for(address(ann if to else lead))
    invite_colleague(lead, email=address(ann), role="observer", at=NOW + MINUTE)
    accept_invitation(ann, token=token_for(address(ann)), at=NOW + 2 * MINUTE)
    remove_member(lead, membership=membership_of(actor_for(ann.person, cast.hospital.id)), at=NOW + 3 * MINUTE)
    with pytest.raises(NotThere if to else NotAllowed):
        accept_invitation(ann, token=older, at=NOW + 4 * MINUTE)
    invite_colleague(lead, email=address(ann), role="observer", at=NOW + 5 * MINUTE)
    accept_invitation(ann, token=token_for(address(ann)), at=NOW + 6 * MINUTE)


def test_whose_facilitation_ended_does_not_come_back_by_an_older_link(cast: WebCast) -> None:
    lead, ann = cast.hospital.lead, signed_up("Ann Two")
    invite_facilitator(lead, email="", scopes=["words"], at=NOW)
    open_to_all = token_for(address(lead))
    invite_facilitator(lead, email=address(ann), scopes=["offers"], at=NOW)
    accept_invitation(ann, token=token_for(address(ann)), at=NOW)
    invite_colleague(lead, email=address(ann), role="lead", at=NOW + MINUTE)
    older = token_for(address(ann))
    end_facilitation(lead, facilitation=Facilitation.objects.get(facilitator=ann.person).id, at=NOW + 2 * MINUTE)
    with pytest.raises(NotThere):
        accept_invitation(ann, token=older, at=NOW + 3 * MINUTE)
    with pytest.raises(NotAllowed, match="older-than-the-end"):
        accept_invitation(ann, token=open_to_all, at=NOW + 3 * MINUTE)


def test_who_vouches_no_longer_does_not_come_back_by_an_older_link(cast: WebCast) -> None:
    ann = signed_up("Ann Two")
    tokens = []
    for minute in range(2):
        name_convener(cast.convener, circle=cast.circle, email=address(ann), at=NOW + minute * MINUTE)
        tokens.append(token_for(address(ann)))
    accept_invitation(ann, token=tokens[1], at=NOW + 2 * MINUTE)
    end_convening(cast.host, convener=Convener.objects.get(person=ann.person).id, at=NOW + 3 * MINUTE)
    with pytest.raises(NotThere):
        accept_invitation(ann, token=tokens[0], at=NOW + 4 * MINUTE)


def test_nobody_vouches_for_their_own(cast: WebCast) -> None:
    own = actor_for(cast.convener.person, found_organisation(cast.convener, name="Puppet", **PUPPET))
    line = ask_to_join(own, circle=cast.circle, statement="s", signed_name="c", at=NOW)
    with pytest.raises(NotAllowed, match="not-for-ones-own"):
        admit(cast.convener, membership=line, at=NOW)
    ann = signed_up("Ann Two")
    invite_colleague(own, email=address(ann), role="lead", at=NOW)
    accept_invitation(ann, token=token_for(address(ann)), at=NOW)
    leave_organisation(own, at=NOW)
    with pytest.raises(NotAllowed, match="another convener has to"):
        admit(cast.convener, membership=line, at=NOW + 90 * DAY)
    admit(cast.convener, membership=line, at=NOW + 91 * DAY)


def test_the_others_of_the_host_are_told_who_named_themselves_convener(cast: WebCast) -> None:
    name_convener(cast.host, circle=cast.circle, email=address(cast.host), at=NOW)
    assert letters(address(cast.second_host))[0]["kind"] == "own_convener"
    assert "own_convener" not in {each["kind"] for each in letters(address(cast.host))}


def test_nobody_of_the_host_is_invited_into_what_it_recovered(cast: WebCast) -> None:
    suspend_person(cast.host, person=cast.stranger.lead.person, at=NOW)
    new = signed_up("New Lead")
    recovery = ask_recovery(cast.host, organisation=cast.stranger.id, email=address(new), reason="r", at=NOW)
    approve_recovery(cast.second_host, recovery=recovery, at=NOW)
    accept_invitation(new, token=token_for(address(new)), at=NOW)
    lead = actor_for(new.person, cast.stranger.id)
    invite_facilitator(lead, email=address(cast.host), scopes=["words"], at=NOW)
    with pytest.raises(NotAllowed, match="not-for-the-host"):
        accept_invitation(cast.host, token=token_for(address(cast.host)), at=NOW)
    invite_colleague(lead, email=address(cast.host), role="lead", at=NOW + 90 * DAY)
    accept_invitation(cast.host, token=token_for(address(cast.host)), at=NOW + 90 * DAY)


@pytest.mark.parametrize("has_left", [False, True])
def test_who_had_a_part_in_a_side_does_not_decide(cast: WebCast, has_left: bool) -> None:
    lead = cast.hospital.lead
    invite_facilitator(lead, email=address(cast.host), scopes=["offers"], at=NOW)
    accept_invitation(cast.host, token=token_for(address(cast.host)), at=NOW)
    made = complain(lead, circle=cast.circle, about=cast.churches.id, words="w", at=NOW)
    if has_left:
        serving = Facilitation.objects.get(facilitator=cast.host.person)
        end_facilitation(lead, facilitation=serving.id, at=NOW + MINUTE)
    with pytest.raises(NotAllowed, match="not-in-own-matter"):
        decide_complaint(cast.host, complaint=made, outcome="dismissed", reason="r", at=NOW + 2 * MINUTE)
    decide_complaint(cast.second_host, complaint=made, outcome="dismissed", reason="r", at=NOW + 2 * MINUTE)


@pytest.mark.parametrize("name", ["Parish\n\nPay here", "\u202egro.live", "a\u2028b", "a\u200bb", "a\tb", "a\ud800"])
def test_a_name_is_one_line(cast: WebCast, name: str) -> None:
    with pytest.raises(InputError):
        found_organisation(cast.facilitator, name=name, **PUPPET)
    with pytest.raises(InputError):
        ask_to_join(cast.stranger.lead, circle=cast.circle, statement="s", signed_name=name, at=NOW)


def test_only_so_many_invitations_go_out_in_a_day(cast: WebCast) -> None:
    for _ in range(A_DAY_TO_ONE):
        invite_colleague(cast.hospital.lead, email="One@corp.example", role="member", at=NOW)
    with pytest.raises(NotAllowed, match="invitations-to-one"):
        invite_colleague(cast.churches.lead, email="one@corp.example", role="member", at=NOW)
    for n in range(A_DAY_BY_ONE - A_DAY_TO_ONE):
        invite_colleague(cast.hospital.lead, email=f"{n}@corp.example", role="member", at=NOW)
    with pytest.raises(NotAllowed, match="invitations-a-day"):
        invite_colleague(cast.hospital.lead, email="", role="member", at=NOW)
    invite_colleague(cast.hospital.lead, email="one@corp.example", role="member", at=NOW + DAY)
