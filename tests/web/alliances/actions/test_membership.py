from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.utils import timezone

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import Delegation, Invitation, Membership
from lichen_web.accounts.models.session import Session
from lichen_web.accounts.sessions import SessionStore
from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.invitations import invitation_behind, link_digest
from lichen_web.alliances.access.organisations import (
    own_organisation,
    own_organisations,
)
from lichen_web.alliances.actions.host import lift_suspension_of_person, suspend_person
from lichen_web.alliances.actions.inviting import OFFERED_FOR
from lichen_web.alliances.actions.membership import (
    accept_invitation,
    change_role,
    invite_colleague,
    leave_organisation,
    name_delegate,
    remove_member,
    set_delegate_away,
    withdraw_invitation,
)
from lichen_web.alliances.actions.organisations import (
    change_organisation,
    found_organisation,
)
from lichen_web.alliances.models import Event
from tests.web.alliances.actions.acts import NOW, PLACE
from tests.web.people import (
    WebCast,
    address,
    letters,
    membership_of,
    signed_up,
    token_for,
)

SECOND = timedelta(seconds=1)


def newest_events(organisation, number: int) -> list[str]:
    told = Event.objects.filter(chain=organisation).order_by("-number").values_list("what", flat=True)
    return list(reversed(told[:number]))


def invited(cast: WebCast, email: str, role: str = "member") -> str:
    """The secret of a link to the hospital."""
    invite_colleague(cast.hospital.lead, email=email, role=role, at=NOW)
    return token_for(email or address(cast.hospital.lead))


def signed_in(actor: Actor) -> str:
    """A session of theirs."""
    store = SessionStore()
    store[SESSION_KEY] = str(actor.person)
    store.create()
    return str(store.session_key)


def has_session(actor: Actor) -> bool:
    return Session.objects.filter(person=actor.person, expire_date__gt=timezone.now()).exists()


# --- Links -----------------------------------------------------------------------------------------------------------


def test_link_lets_one_person_in_once(cast: WebCast):
    wanda, token = signed_up("Wanda Bell"), invited(cast, "wanda@example.org", "observer")
    assert accept_invitation(wanda, token=token, at=NOW) == cast.hospital.id
    assert actor_for(wanda.person, cast.hospital.id).role == "observer"
    with pytest.raises(NotThere):
        accept_invitation(wanda, token=token, at=NOW)
    with pytest.raises(NotThere):
        accept_invitation(cast.stranger.lead, token=token, at=NOW)


def test_link_to_an_address_is_for_the_person_with_that_verified_address(cast: WebCast):
    token = invited(cast, "wanda@example.org")
    wanda = signed_up("Wanda Bell")
    with pytest.raises(NotThere):
        accept_invitation(signed_up("Walter Bell"), token=token, at=NOW)
    assert accept_invitation(wanda, token=token, at=NOW) == cast.hospital.id


def test_link_to_an_address_not_yet_verified_waits_for_it(cast: WebCast):
    wanda, token = signed_up("Wanda Bell"), invited(cast, "wanda@example.org")
    addresses = EmailAddress.objects.filter(user=wanda.person)
    addresses.update(verified=False)
    with pytest.raises(NotThere):
        accept_invitation(wanda, token=token, at=NOW)
    addresses.update(verified=True)
    assert accept_invitation(wanda, token=token, at=NOW) == cast.hospital.id


def test_link_to_an_address_is_found_whatever_its_case(cast: WebCast):
    wanda = signed_up("Wanda Bell")
    invite_colleague(cast.hospital.lead, email=" Wanda@Example.org ", role="member", at=NOW)
    token = next(each for each in letters("Wanda@Example.org"))["text"].split("/invitations/")[1].split("/")[0]
    assert accept_invitation(wanda, token=token, at=NOW) == cast.hospital.id


def test_link_without_an_address_goes_to_its_sender_and_serves_whoever_comes_first(cast: WebCast):
    token = invited(cast, "")
    assert "the link that you asked for" in letters(address(cast.hospital.lead))[0]["text"]
    assert accept_invitation(cast.stranger.lead, token=token, at=NOW) == cast.hospital.id
    with pytest.raises(NotThere):
        accept_invitation(cast.convener, token=token, at=NOW)


def test_link_works_for_fourteen_days(cast: WebCast):
    wanda, token = signed_up("Wanda Bell"), invited(cast, "wanda@example.org")
    over = NOW + timedelta(days=14)
    assert timedelta(days=14) == OFFERED_FOR
    assert invitation_behind(token, at=over - SECOND).organisation == "St Brigid's Hospital"
    assert invitation_behind(token, at=over) is None
    with pytest.raises(NotThere):
        accept_invitation(wanda, token=token, at=over)
    assert accept_invitation(wanda, token=token, at=over - SECOND) == cast.hospital.id


def test_link_can_be_taken_back(cast: WebCast):
    wanda, token = signed_up("Wanda Bell"), invited(cast, "wanda@example.org")
    invitation = own_organisation(cast.hospital.lead).invitations[0]
    assert (invitation.email, invitation.role) == ("wanda@example.org", "member")
    withdraw_invitation(cast.hospital.lead, invitation=invitation.id, at=NOW)
    assert own_organisation(cast.hospital.lead).invitations == ()
    assert invitation_behind(token, at=NOW) is None
    with pytest.raises(NotThere):
        accept_invitation(wanda, token=token, at=NOW)
    with pytest.raises(NotThere):
        withdraw_invitation(cast.hospital.lead, invitation=invitation.id, at=NOW)


def test_nothing_but_a_digest_is_kept_of_a_link_and_no_address_once_it_is_used(cast: WebCast):
    wanda, token = signed_up("Wanda Bell"), invited(cast, "wanda@example.org")
    row = Invitation.objects.filter(digest=link_digest(token))
    assert len(token) == 32
    assert row.values_list("email", flat=True).get() == "wanda@example.org"
    accept_invitation(wanda, token=token, at=NOW)
    assert row.values_list("email", "accepted_by").get() == ("", wanda.person)


def test_who_is_in_already_does_not_use_the_link_up(cast: WebCast):
    token = invited(cast, "")
    with pytest.raises(NotAllowed) as refused:
        accept_invitation(cast.hospital.member, token=token, at=NOW)
    assert refused.value.rule == "already-in-it"
    assert accept_invitation(cast.stranger.lead, token=token, at=NOW) == cast.hospital.id


def test_links_of_who_goes_or_leads_no_longer_go_with_them(cast: WebCast):
    change_role(cast.hospital.lead, membership=membership_of(cast.hospital.member), role="lead", at=NOW)
    second = actor_for(cast.hospital.member.person, cast.hospital.id)
    invite_colleague(second, email="", role="lead", at=NOW)
    token = token_for(address(second))
    change_role(cast.hospital.lead, membership=membership_of(second), role="member", at=NOW)
    assert invitation_behind(token, at=NOW) is None


def test_links_of_who_is_suspended_do_not_work_meanwhile(cast: WebCast):
    token = invited(cast, "")
    suspend_person(cast.host, person=cast.hospital.lead.person, at=NOW)
    assert invitation_behind(token, at=NOW) is None
    with pytest.raises(NotThere):
        accept_invitation(cast.stranger.lead, token=token, at=NOW)
    lift_suspension_of_person(cast.host, person=cast.hospital.lead.person, at=NOW)
    assert accept_invitation(cast.stranger.lead, token=token, at=NOW) == cast.hospital.id


def test_link_that_never_was_is_not_there(cast: WebCast):
    assert invitation_behind("nothing", at=NOW) is None
    with pytest.raises(NotThere):
        accept_invitation(cast.convener, token="nothing", at=NOW)  # noqa: S106 - opens nothing


def test_invitation_that_cannot_be_is_told_all_at_once(cast: WebCast):
    with pytest.raises(InputError) as refused:
        invite_colleague(cast.hospital.lead, email="no address", role="queen", at=NOW)
    assert [problem.column for problem in refused.value.problems] == ["email", "role"]


# --- Leads, leaving --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["member", "observer"])
def test_last_lead_cannot_step_down(role: str, cast: WebCast):
    with pytest.raises(NotAllowed) as refused:
        change_role(cast.hospital.lead, membership=membership_of(cast.hospital.lead), role=role, at=NOW)
    assert refused.value.rule == "last-lead"


def test_last_lead_cannot_leave_without_a_successor(cast: WebCast):
    with pytest.raises(NotAllowed) as refused:
        leave_organisation(cast.hospital.lead, at=NOW)
    assert refused.value.rule == "last-lead"
    change_role(cast.hospital.lead, membership=membership_of(cast.hospital.member), role="lead", at=NOW)
    leave_organisation(cast.hospital.lead, at=NOW)
    assert own_organisations(cast.hospital.lead.person) == ()


def test_lead_whom_the_host_suspended_is_no_successor(cast: WebCast):
    change_role(cast.hospital.lead, membership=membership_of(cast.hospital.member), role="lead", at=NOW)
    suspend_person(cast.host, person=cast.hospital.member.person, at=NOW)
    with pytest.raises(NotAllowed) as refused:
        leave_organisation(cast.hospital.lead, at=NOW)
    assert refused.value.rule == "last-lead"


def test_leaving_ends_the_sessions_of_who_is_only_there_and_keeps_the_record(cast: WebCast):
    for who in (cast.hospital.member, cast.hospital.observer, cast.serving_hospital):
        signed_in(who)
    line = membership_of(cast.hospital.observer)
    leave_organisation(cast.hospital.observer, at=NOW)
    assert not has_session(cast.hospital.observer)
    assert has_session(cast.hospital.member)
    assert Membership.objects.get(id=line).left_at == NOW
    with pytest.raises(NotThere):
        actor_for(cast.hospital.observer.person, cast.hospital.id)


def test_leaving_leaves_the_sessions_of_who_is_elsewhere_too(cast: WebCast):
    token = invited(cast, "")
    accept_invitation(cast.stranger.member, token=token, at=NOW)
    signed_in(cast.stranger.member)
    leave_organisation(actor_for(cast.stranger.member.person, cast.hospital.id), at=NOW)
    assert has_session(cast.stranger.member)


def test_who_was_removed_can_be_invited_again(cast: WebCast):
    remove_member(cast.hospital.lead, membership=membership_of(cast.hospital.member), at=NOW)
    token = invited(cast, address(cast.hospital.member))
    accept_invitation(cast.hospital.member, token=token, at=NOW)
    assert actor_for(cast.hospital.member.person, cast.hospital.id).role == "member"
    assert Membership.objects.filter(person=cast.hospital.member.person).count() == 2


def test_role_as_it_is_changes_and_tells_nothing(cast: WebCast):
    before = Event.objects.count()
    change_role(cast.hospital.lead, membership=membership_of(cast.hospital.member), role="member", at=NOW)
    assert Event.objects.count() == before


def test_actor_is_looked_up_again_under_the_lock(cast: WebCast):
    """The page was drawn while they were a lead; by the time they press the button they are not."""
    change_role(cast.hospital.lead, membership=membership_of(cast.hospital.member), role="lead", at=NOW)
    stale = actor_for(cast.hospital.member.person, cast.hospital.id)
    change_role(cast.hospital.lead, membership=membership_of(stale), role="member", at=NOW)
    with pytest.raises(NotAllowed) as refused:
        invite_colleague(stale, email="", role="lead", at=NOW)
    assert refused.value.rule == "lead-only"


def test_forged_actor_is_worth_nothing(cast: WebCast):
    forged = replace(cast.stranger.lead, organisation=cast.hospital.id)
    with pytest.raises(NotThere):
        remove_member(forged, membership=membership_of(cast.hospital.member), at=NOW)
    with pytest.raises(NotThere):
        suspend_person(replace(cast.convener, is_host=True), person=cast.host.person, at=NOW)


# --- Who speaks ------------------------------------------------------------------------------------------------------


def speaker(cast: WebCast):
    standing = own_organisation(cast.hospital.lead).delegation
    return standing.speaker.person if standing else None


def test_stand_in_speaks_while_the_delegate_is_away(cast: WebCast):
    assert speaker(cast) == cast.hospital.lead.person
    set_delegate_away(cast.hospital.lead, is_away=True, at=NOW)
    assert speaker(cast) == cast.hospital.member.person
    assert actor_for(cast.hospital.member.person, cast.hospital.id).speaks
    assert not actor_for(cast.hospital.lead.person, cast.hospital.id).speaks
    set_delegate_away(cast.hospital.lead, is_away=False, at=NOW)
    assert speaker(cast) == cast.hospital.lead.person
    assert newest_events(cast.hospital.id, 2) == ["delegate_went_away", "delegate_came_back"]


def test_who_speaks_is_named_by_a_lead_and_kept_in_the_record(cast: WebCast):
    lead, member = membership_of(cast.hospital.lead), membership_of(cast.hospital.member)
    name_delegate(cast.hospital.lead, delegate=member, stand_in=lead, at=NOW)
    assert speaker(cast) == cast.hospital.member.person
    assert newest_events(cast.hospital.id, 1) == ["delegate_named"]
    lines = Delegation.objects.filter(organisation=cast.hospital.id).order_by("named_at")
    assert [(line.delegate_id, line.ended_at is None) for line in lines] == [
        (lead, False),
        (lead, False),
        (member, True),
    ]


def test_observer_does_not_speak(cast: WebCast):
    lead, observer = membership_of(cast.hospital.lead), membership_of(cast.hospital.observer)
    for named in ({"delegate": observer, "stand_in": lead}, {"delegate": lead, "stand_in": observer}):
        with pytest.raises(NotAllowed) as refused:
            name_delegate(cast.hospital.lead, **named, at=NOW)
        assert refused.value.rule == "observers-do-not-speak"


def test_one_person_does_not_stand_in_for_themselves(cast: WebCast):
    lead = membership_of(cast.hospital.lead)
    with pytest.raises(NotAllowed) as refused:
        name_delegate(cast.hospital.lead, delegate=lead, stand_in=lead, at=NOW)
    assert refused.value.rule == "two-people"


def test_somebody_of_another_organisation_is_not_there_to_be_named(cast: WebCast):
    lead, theirs = membership_of(cast.hospital.lead), membership_of(cast.churches.lead)
    for named in ({"delegate": theirs, "stand_in": lead}, {"delegate": lead, "stand_in": theirs}):
        with pytest.raises(NotThere):
            name_delegate(cast.hospital.lead, **named, at=NOW)


def test_stand_in_takes_over_when_the_delegate_goes(cast: WebCast):
    lead, member = membership_of(cast.hospital.lead), membership_of(cast.hospital.member)
    name_delegate(cast.hospital.lead, delegate=member, stand_in=lead, at=NOW)
    remove_member(cast.hospital.lead, membership=member, at=NOW)
    assert speaker(cast) == cast.hospital.lead.person
    assert newest_events(cast.hospital.id, 2) == ["member_removed", "delegate_named"]


def test_nobody_speaks_when_the_only_one_goes(cast: WebCast):
    member = membership_of(cast.hospital.member)
    name_delegate(cast.hospital.lead, delegate=member, stand_in=None, at=NOW)
    change_role(cast.hospital.lead, membership=member, role="observer", at=NOW)
    assert speaker(cast) is None
    assert newest_events(cast.hospital.id, 2) == ["role_changed", "delegation_ended"]


def test_delegate_who_is_away_speaks_again_when_the_stand_in_goes(cast: WebCast):
    set_delegate_away(cast.hospital.lead, is_away=True, at=NOW)
    remove_member(cast.hospital.lead, membership=membership_of(cast.hospital.member), at=NOW)
    assert speaker(cast) == cast.hospital.lead.person


def test_nobody_is_away_without_a_stand_in(cast: WebCast):
    name_delegate(cast.hospital.lead, delegate=membership_of(cast.hospital.lead), stand_in=None, at=NOW)
    with pytest.raises(NotAllowed) as refused:
        set_delegate_away(cast.hospital.lead, is_away=True, at=NOW)
    assert refused.value.rule == "stand-in-needed"


def test_stand_in_cannot_send_the_delegate_away(cast: WebCast):
    with pytest.raises(NotAllowed) as refused:
        set_delegate_away(cast.hospital.member, is_away=True, at=NOW)
    assert refused.value.rule == "lead-or-delegate"


# --- The organisation itself -----------------------------------------------------------------------------------------


def test_founder_leads_and_speaks_until_somebody_else_is_named(cast: WebCast):
    found = found_organisation(cast.convener, **PLACE, at=NOW)
    founder = actor_for(cast.convener.person, found)
    assert (founder.role, founder.speaks) == ("lead", True)
    assert newest_events(found, 2) == ["organisation_founded", "delegate_named"]


def test_everything_wrong_with_an_organisation_is_told_at_once(cast: WebCast):
    wrong = {
        "name": " ",
        "sector": "piracy",
        "country": "Atlantis",
        "region": "x" * 121,
        "size": "huge",
        "website": "javascript:alert(1)",
        "is_public_body": False,
    }
    for act in (found_organisation, change_organisation):
        with pytest.raises(InputError) as refused:
            act(cast.hospital.lead, **wrong, at=NOW)
        assert [each.column for each in refused.value.problems] == [*wrong][:-1]


def test_name_is_kept_as_everybody_writes_it(cast: WebCast):
    change_organisation(cast.hospital.lead, **{**PLACE, "name": " Cafe\u0301 "}, at=NOW)
    assert own_organisation(cast.hospital.lead).name == "Caf\u00e9"


def test_name_that_cannot_be_seen_is_refused(cast: WebCast):
    with pytest.raises(InputError):
        change_organisation(cast.hospital.lead, **{**PLACE, "name": "St\x00 Brigid"}, at=NOW)


def test_change_that_changes_nothing_tells_nothing(cast: WebCast):
    change_organisation(cast.hospital.lead, **PLACE, at=NOW)
    before = Event.objects.count()
    change_organisation(cast.hospital.lead, **PLACE, at=NOW)
    assert Event.objects.count() == before
