from __future__ import annotations

from datetime import timedelta

import pytest

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import Invitation, Person, Recovery
from lichen_web.alliances.access import host as console
from lichen_web.alliances.access.actors import NotThere, actor_for
from lichen_web.alliances.access.organisations import own_organisation, own_organisations
from lichen_web.alliances.actions.host import (
    approve_recovery,
    ask_recovery,
    invite_another_host,
    invite_host,
    lift_suspension,
    lift_suspension_of_person,
    refuse_recovery,
    step_down,
    suspend_organisation,
    suspend_person,
)
from lichen_web.alliances.actions.membership import accept_invitation, withdraw_invitation
from lichen_web.alliances.actions.organisations import found_organisation
from lichen_web.alliances.events import HOST_CHAIN
from lichen_web.alliances.models import Event, Mail
from tests.web.alliances.actions.acts import NOW, PLACE
from tests.web.alliances.actions.test_membership import has_session, signed_in
from tests.web.people import WebCast, address, cast_of, letters, signed_up, token_for

GIVEN = {"email": "wanda@example.org", "reason": "The chair wrote to us and we rang back."}


def leaderless(cast: WebCast) -> dict[str, object]:
    suspend_person(cast.host, person=cast.hospital.lead.person, at=NOW)
    return {"organisation": cast.hospital.id, **GIVEN}


def refused(rule: str, act, *given, **more) -> None:
    with pytest.raises(NotAllowed) as refusal:
        act(*given, **more, at=NOW)
    assert refusal.value.rule == rule


# --- Suspending ------------------------------------------------------------------------------------------------------


def test_suspended_organisation_is_not_there_for_its_people_and_its_record_is_kept(cast: WebCast):
    for who in (cast.hospital.lead, cast.hospital.observer, cast.facilitator):
        signed_in(who)
    suspend_organisation(cast.host, organisation=cast.hospital.id, at=NOW)
    for who in (cast.hospital.lead, cast.hospital.observer, cast.facilitator):
        with pytest.raises(NotThere):
            actor_for(who.person, cast.hospital.id)
    assert own_organisations(cast.hospital.lead.person) == ()
    assert [has_session(who) for who in (cast.hospital.lead, cast.hospital.observer, cast.facilitator)] == [
        False,
        False,
        True,
    ]
    lift_suspension(cast.host, organisation=cast.hospital.id, at=NOW)
    assert own_organisation(actor_for(cast.hospital.lead.person, cast.hospital.id)).name == cast.hospital.name


def test_suspending_twice_is_suspending_once(cast: WebCast):
    for _ in range(2):
        suspend_organisation(cast.host, organisation=cast.hospital.id, at=NOW)
    assert Event.objects.filter(chain=HOST_CHAIN, what="organisation_suspended").count() == 1
    for _ in range(2):
        lift_suspension(cast.host, organisation=cast.hospital.id, at=NOW)
    assert Event.objects.filter(chain=cast.hospital.id, what="suspension_lifted").count() == 1


def test_suspended_person_is_signed_out_and_nothing_is_there_for_them(cast: WebCast):
    signed_in(cast.hospital.member)
    suspend_person(cast.host, person=cast.hospital.member.person, at=NOW)
    assert not has_session(cast.hospital.member)
    assert not Person.objects.get(id=cast.hospital.member.person).is_active
    for organisation in (None, cast.hospital.id):
        with pytest.raises(NotThere):
            actor_for(cast.hospital.member.person, organisation)
    lift_suspension_of_person(cast.host, person=cast.hospital.member.person, at=NOW)
    assert actor_for(cast.hospital.member.person, cast.hospital.id) == cast.hospital.member


def test_nobody_suspends_themselves_so_that_one_of_the_host_is_left(cast: WebCast):
    refused("not-oneself", suspend_person, cast.host, person=cast.host.person)
    suspend_person(cast.host, person=cast.second_host.person, at=NOW)
    with pytest.raises(NotThere):
        suspend_person(cast.second_host, person=cast.host.person, at=NOW)


def test_person_who_acts_for_an_organisation_is_not_the_host_meanwhile(cast: WebCast):
    """So that no page of an organisation carries the host's powers."""
    person = signed_up("Wanda Bell")
    accept_invitation(person, token=invite_host(email="", at=NOW), at=NOW)
    assert actor_for(person.person).is_host
    found = found_organisation(person, **PLACE, at=NOW)
    acting = actor_for(person.person, found)
    assert (acting.is_host, acting.role) == (False, "lead")
    with pytest.raises(NotThere):
        suspend_person(acting, person=cast.convener.person, at=NOW)


def test_first_host_comes_by_a_link_of_which_no_mail_tells(cast: WebCast):
    before = Mail.objects.count()
    token = invite_host(email="wanda@example.org", at=NOW)
    assert Mail.objects.count() == before
    with pytest.raises(NotThere):
        accept_invitation(cast.stranger.lead, token=token, at=NOW)
    wanda = signed_up("Wanda Bell")
    assert accept_invitation(wanda, token=token, at=NOW) is None
    assert actor_for(wanda.person).is_host


def test_host_is_not_invited_to_no_address(db):
    with pytest.raises(InputError):
        invite_host(email="nowhere", at=NOW)


# --- Recovering ------------------------------------------------------------------------------------------------------


def test_two_people_of_the_host_give_an_organisation_a_new_lead(cast: WebCast):
    recovery = ask_recovery(cast.host, **leaderless(cast), at=NOW)
    approve_recovery(cast.second_host, recovery=recovery, at=NOW)
    wanda = signed_up("Wanda Bell")
    assert accept_invitation(wanda, token=token_for("wanda@example.org"), at=NOW) == cast.hospital.id
    assert actor_for(wanda.person, cast.hospital.id).role == "lead"
    row = Recovery.objects.get(id=recovery)
    assert (row.asked_by_id, row.approved_by_id, row.email) == (cast.host.person, cast.second_host.person, "")


def test_recovery_stands_in_the_chains_of_the_organisation_and_the_host(cast: WebCast):
    recovery = ask_recovery(cast.host, **leaderless(cast), at=NOW)
    approve_recovery(cast.second_host, recovery=recovery, at=NOW)
    for chain in (cast.hospital.id, HOST_CHAIN):
        told = Event.objects.filter(chain=chain, about=recovery).order_by("number")
        assert [(event.what, event.person) for event in told] == [
            ("recovery_asked", cast.host.person),
            ("recovery_approved", cast.second_host.person),
        ]


def test_neither_of_the_two_opens_anything_by_it(cast: WebCast):
    recovery = ask_recovery(cast.host, **leaderless(cast), at=NOW)
    approve_recovery(cast.second_host, recovery=recovery, at=NOW)
    for one in (cast.host, cast.second_host):
        with pytest.raises(NotThere):
            actor_for(one.person, cast.hospital.id)
        with pytest.raises(NotThere):
            own_organisation(one)
        assert own_organisations(one.person) == ()


@pytest.mark.parametrize("whose", ["host", "second_host"])
def test_nobody_of_the_host_is_the_new_lead(whose: str, cast: WebCast):
    given = {**leaderless(cast), "email": address(getattr(cast, whose)).upper()}
    refused("not-for-the-host", ask_recovery, cast.host, **given)


def test_nobody_of_the_host_uses_the_link_whatever_address_they_got_meanwhile(cast: WebCast):
    recovery = ask_recovery(cast.host, **leaderless(cast), at=NOW)
    approve_recovery(cast.second_host, recovery=recovery, at=NOW)
    token = token_for("wanda@example.org")
    Invitation.objects.filter(recovery=recovery).update(email="")
    for one in (cast.host, cast.second_host):
        refused("not-for-the-host", accept_invitation, one, token=token)
        Person.objects.filter(id=one.person).update(hosting_since=None)
        refused("not-for-the-host", accept_invitation, actor_for(one.person), token=token)


def test_one_person_alone_recovers_nothing(cast: WebCast):
    recovery = ask_recovery(cast.host, **leaderless(cast), at=NOW)
    refused("two-people", approve_recovery, cast.host, recovery=recovery)
    assert console.recovery(cast.host, recovery).is_mine
    assert not console.recovery(cast.second_host, recovery).is_mine


def test_organisation_with_a_lead_is_not_recovered(cast: WebCast):
    refused("has-a-lead", ask_recovery, cast.host, organisation=cast.hospital.id, **GIVEN)
    recovery = ask_recovery(cast.host, **leaderless(cast), at=NOW)
    lift_suspension_of_person(cast.host, person=cast.hospital.lead.person, at=NOW)
    refused("has-a-lead", approve_recovery, cast.second_host, recovery=recovery)


def test_one_recovery_waits_at_a_time(cast: WebCast):
    given = leaderless(cast)
    recovery = ask_recovery(cast.host, **given, at=NOW)
    refused("already-asked", ask_recovery, cast.second_host, **given)
    refuse_recovery(cast.second_host, recovery=recovery, at=NOW)
    assert Recovery.objects.get(id=recovery).email == ""
    assert ask_recovery(cast.second_host, **given, at=NOW) != recovery


@pytest.mark.parametrize("first", [approve_recovery, refuse_recovery])
@pytest.mark.parametrize("then", [approve_recovery, refuse_recovery])
def test_recovery_is_decided_once(first, then, cast: WebCast):
    recovery = ask_recovery(cast.host, **leaderless(cast), at=NOW)
    first(cast.second_host, recovery=recovery, at=NOW)
    refused("already-decided", then, cast.second_host, recovery=recovery)


def test_new_lead_withdraws_nothing_of_what_is_kept(cast: WebCast):
    """The one before keeps their line; if the host lets them back, there are two leads."""
    recovery = ask_recovery(cast.host, **leaderless(cast), at=NOW)
    approve_recovery(cast.second_host, recovery=recovery, at=NOW)
    wanda = signed_up("Wanda Bell")
    accept_invitation(wanda, token=token_for("wanda@example.org"), at=NOW)
    seen = own_organisation(actor_for(wanda.person, cast.hospital.id))
    assert [(each.name, each.role, each.is_suspended) for each in seen.people] == [
        ("Brigid Nolan", "lead", True),
        ("Wanda Bell", "lead", False),
        ("Sunil Rao", "member", False),
        ("Mary Quill", "observer", False),
    ]


LOOKS = ("console", "host_organisations", "host_people", "host_circles", "recoveries", "complaints")


# --- The console -----------------------------------------------------------------------------------------------------


def test_console_counts_what_waits(cast: WebCast):
    ask_recovery(cast.host, **leaderless(cast), at=NOW)
    suspend_organisation(cast.host, organisation=cast.stranger.id, at=NOW)
    seen = console.console(cast.host)
    assert (seen.organisations, seen.suspended, seen.leaderless, seen.people) == (3, 1, 1, 13)
    assert (seen.circles, seen.unvouched, seen.complaints, seen.recoveries) == (1, 0, 0, 1)


def test_console_lists_organisations_people_and_circles(cast: WebCast):
    assert [(each.name, each.people, each.leads) for each in console.host_organisations(cast.host)] == [
        ("A. Stranger Ltd", 3, 1),
        ("St Brigid's Hospital", 3, 1),
        ("Three Churches of Eastfield", 3, 1),
    ]
    people = {each.email: each for each in console.host_people(cast.host)}
    assert people["brigid@example.org"].organisations == ("St Brigid's Hospital",)
    assert [each.name for each in people.values() if each.is_me] == ["Ines Okafor"]
    (circle,) = console.host_circles(cast.host)
    assert (circle.name, circle.members, circle.asking) == ("Eastfield table", 2, 0)
    assert [each.name for each in circle.conveners] == ["Cora Whitfield"]


@pytest.mark.parametrize(
    "look",
    [
        console.console,
        console.host_organisations,
        console.host_people,
        console.host_circles,
        console.recoveries,
        console.complaints,
    ],
)
def test_console_is_there_for_the_host_alone(look, cast: WebCast):
    look(cast.second_host)
    for one in (cast.stranger.lead, cast.hospital.lead, cast.convener, cast.facilitator, cast.serving_hospital):
        with pytest.raises(NotThere):
            look(one)


def test_what_is_not_there_is_not_there_for_the_host_either(cast: WebCast):
    for look in (console.recovery, console.complaint):
        with pytest.raises(NotThere):
            look(cast.host, cast.hospital.id)


# --- Who runs this host ----------------------------------------------------------------------------------------------


def test_another_is_invited_by_a_link_for_that_address_alone(cast: WebCast):
    wanda, other = signed_up("Wanda Bell"), signed_up("Otto Kern")
    invitation = invite_another_host(cast.host, email="Wanda@example.org", at=NOW)
    assert [each.id for each in console.hosts(cast.second_host).invitations] == [invitation]
    assert [each["kind"] for each in letters(address(cast.second_host))][:1] == ["host_invited"]
    token = token_for("wanda@example.org")
    with pytest.raises(NotThere):
        accept_invitation(other, token=token, at=NOW)
    accept_invitation(wanda, token=token, at=NOW)
    assert actor_for(wanda.person).is_host
    with pytest.raises(NotThere):
        accept_invitation(wanda, token=token, at=NOW)
    told = Event.objects.filter(chain=HOST_CHAIN).order_by("-number").values_list("what", flat=True)
    assert list(told[:2]) == ["host_named", "host_invited"]


def test_whoever_runs_it_already_is_not_invited(cast: WebCast):
    refused("already-host", invite_another_host, cast.host, email=address(cast.second_host))


def test_host_takes_back_the_link_of_another_host(cast: WebCast):
    invitation = invite_another_host(cast.host, email="wanda@example.org", at=NOW)
    withdraw_invitation(cast.second_host, invitation=invitation, at=NOW)
    assert console.hosts(cast.host).invitations == ()
    with pytest.raises(NotThere):
        accept_invitation(signed_up("Wanda Bell"), token=token_for("wanda@example.org"), at=NOW)


def test_host_steps_down_and_what_they_sent_opens_nothing(cast: WebCast):
    invite_another_host(cast.host, email="wanda@example.org", at=NOW)
    step_down(cast.host, at=NOW + timedelta(minutes=1))
    assert not actor_for(cast.host.person).is_host
    assert console.hosts(cast.second_host).invitations == ()
    assert [each.id for each in console.hosts(cast.second_host).people] == [cast.second_host.person]
    assert letters(address(cast.second_host))[0]["kind"] == "host_stepped_down"


def test_last_host_cannot_step_down_and_who_cannot_sign_in_does_not_count(cast: WebCast):
    suspend_person(cast.host, person=cast.second_host.person, at=NOW)
    assert console.hosts(cast.host).is_last
    refused("last-host", step_down, cast.host)
    assert actor_for(cast.host.person).is_host


def test_inviting_and_stepping_down_work_on_both_databases(any_database: str):
    people = cast_of(NOW)
    invite_another_host(people.host, email="wanda@example.org", at=NOW)
    step_down(people.host, at=NOW)
    refused("last-host", step_down, people.second_host)
