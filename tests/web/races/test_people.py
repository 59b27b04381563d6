"""Acts of people that meet: whoever comes second finds it done. Who looks first and acts then is caught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from lichen_web.accounts.models import (
    Circle,
    CircleMembership,
    Invitation,
    Membership,
    Person,
)
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances.access.actors import Actor, actor_for
from lichen_web.alliances.actions.circles import admit, ask_to_join, name_convener, open_circle, refuse
from lichen_web.alliances.actions.complaints import answer_complaint, complain, decide_complaint
from lichen_web.alliances.actions.host import approve_recovery, ask_recovery, invite_host, suspend_person
from lichen_web.alliances.actions.membership import accept_invitation, invite_colleague, leave_organisation
from lichen_web.alliances.actions.organisations import found_organisation
from lichen_web.alliances.models import Event
from tests.web.alliances.actions.acts import NOW, PLACE
from tests.web.people import address, signed_up, token_for
from tests.web.races.racing import DONE, NOT_THERE, naive, race, right

PROCESSES = 8
Step = Callable[[], object]


@dataclass(frozen=True)
class Race:
    """What is prepared, what all do at once, and what has to be so afterwards."""

    prepare: Callable[[], list[Step]]
    holds: Callable[[Counter[str]], bool]


def people(number: int, name: str = "P") -> list[Actor]:
    return [signed_up(f"{name}{each} Nu") for each in range(number)]


def hosts(number: int) -> list[Actor]:
    found = people(number, "Host")
    for each in found:
        accept_invitation(each, token=invite_host(email="", at=NOW), at=NOW)
    return [actor_for(each.person) for each in found]


def founded(name: str) -> Actor:
    """An organisation; who speaks for it."""
    founder = signed_up(f"{name} Nu")
    return actor_for(founder.person, found_organisation(founder, **{**PLACE, "name": name}, at=NOW))


def circle_of(host: Actor) -> tuple[UUID, Actor]:
    """A circle in which the host vouches."""
    circle = open_circle(host, name="Table", purpose="", at=NOW)
    name_convener(host, circle=circle, email=address(host), at=NOW)
    return circle, actor_for(host.person)


def asked(circle: UUID, speaker: Actor) -> UUID:
    return ask_to_join(speaker, circle=circle, statement="We help.", signed_name="Nu", at=NOW)


# --- Eight who use one link ------------------------------------------------------------------------------------------


def one_link() -> list[Step]:
    lead = founded("House")
    invite_colleague(lead, email="", role="member", at=NOW)
    token = token_for(address(lead))
    return [partial(accept_invitation, each, token=token, at=NOW) for each in people(PROCESSES)]


def one_came_in(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 1, NOT_THERE: 7} and Membership.objects.filter(role=Role.MEMBER).count() == 1


# --- Eight complaints upheld at once ---------------------------------------------------------------------------------


def eight_complaints() -> list[Step]:
    (host,) = hosts(1)
    circle, vouching = circle_of(host)
    accused, *others = [founded(f"House{number}") for number in range(PROCESSES + 1)]
    for each in (accused, *others):
        admit(vouching, membership=asked(circle, each), at=NOW)
    made = []
    for each in others:
        made.append(complain(each, circle=circle, about=accused.organisation, words="They did.", at=NOW))
        answer_complaint(accused, complaint=made[-1], words="We did not.", at=NOW)
    said = {"outcome": "upheld", "reason": "They did.", "at": NOW}
    return [partial(decide_complaint, host, complaint=each, **said) for each in made]


def put_out_once(outcomes: Counter[str]) -> bool:
    out = CircleMembership.objects.exclude(removed_at=None).count()
    told = Event.objects.filter(what="circle_member_removed", chain__in=Circle.objects.values("id")).count()
    return (outcomes, out, told) == ({DONE: 8}, 1, 1)


# --- Eight decisions of one complaint --------------------------------------------------------------------------------


def one_complaint() -> list[Step]:
    return [eight_complaints()[0]] * PROCESSES


def decided_once(outcomes: Counter[str]) -> bool:
    told = Event.objects.filter(what="complaint_decided", chain__in=Circle.objects.values("id")).count()
    return (outcomes, told) == ({DONE: 1, "already-decided": 7}, 1)


# --- Eight answers to one who asks -----------------------------------------------------------------------------------


def eight_answers() -> list[Step]:
    (host,) = hosts(1)
    circle, vouching = circle_of(host)
    membership = asked(circle, founded("House"))
    return [partial(each, vouching, membership=membership, at=NOW) for each in (admit, refuse) * (PROCESSES // 2)]


def answered_once(outcomes: Counter[str]) -> bool:
    line = CircleMembership.objects.get()
    one = (line.admitted_at is None) != (line.refused_at is None)
    return outcomes == {DONE: 1, "already-answered": 7} and one


# --- Eight times asked -----------------------------------------------------------------------------------------------


def eight_times_asked() -> list[Step]:
    circle, _ = circle_of(*hosts(1))
    return [partial(asked, circle, founded("House"))] * PROCESSES


def asks_once(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 1, "already-asked": 7} and CircleMembership.objects.count() == 1


# --- Eight leads who leave -------------------------------------------------------------------------------------------


def eight_leads() -> list[Step]:
    lead = founded("House")
    leads = people(PROCESSES - 1)
    for number, each in enumerate(leads):
        then = NOW + timedelta(minutes=number)
        invite_colleague(lead, email=address(each), role="lead", at=then)
        accept_invitation(each, token=token_for(address(each)), at=then)
    leaving = [lead, *(actor_for(each.person, lead.organisation) for each in leads)]
    return [partial(leave_organisation, each, at=NOW) for each in leaving]


def one_lead_is_left(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 7, "last-lead": 1} and Membership.objects.filter(left_at=None).count() == 1


# --- Eight of the host who approve one recovery ----------------------------------------------------------------------


def eight_approvals() -> list[Step]:
    asking, *others = hosts(PROCESSES + 1)
    lead = founded("House")
    suspend_person(asking, person=lead.person, at=NOW)
    given = {"organisation": lead.organisation, "email": "new@example.org", "reason": "We rang."}
    recovery = ask_recovery(asking, **given, at=NOW)
    return [partial(approve_recovery, each, recovery=recovery, at=NOW) for each in others]


def one_new_lead_is_invited(outcomes: Counter[str]) -> bool:
    invited = Invitation.objects.filter(role=Role.LEAD).count()
    return (outcomes, invited) == ({DONE: 1, "already-decided": 7}, 1)


# --- Eight of the host who suspend one another -----------------------------------------------------------------------


def eight_feuds() -> list[Step]:
    round_table = hosts(PROCESSES)
    pairs = zip(round_table, [*round_table[1:], round_table[0]], strict=True)
    return [partial(suspend_person, one, person=other.person, at=NOW) for one, other in pairs]


def somebody_runs_the_host(outcomes: Counter[str]) -> bool:
    left = Person.objects.filter(suspended_at=None, hosting_since__isnull=False).count()
    return set(outcomes) <= {DONE, NOT_THERE} and left == PROCESSES - outcomes[DONE] >= 1


RACES = {
    "one link lets one person in": Race(one_link, one_came_in),
    "the third complaint puts an organisation out once": Race(eight_complaints, put_out_once),
    "a complaint is decided once": Race(one_complaint, decided_once),
    "who asks is answered once": Race(eight_answers, answered_once),
    "an organisation asks once": Race(eight_times_asked, asks_once),
    "the last lead stays": Race(eight_leads, one_lead_is_left),
    "one recovery invites one lead": Race(eight_approvals, one_new_lead_is_invited),
    "somebody of the host is left": Race(eight_feuds, somebody_runs_the_host),
}


@pytest.mark.parametrize("name", RACES)
def test_whoever_comes_second_finds_it_done(name: str, each_database):
    outcomes = race(RACES[name].prepare(), right)
    assert RACES[name].holds(outcomes), outcomes


@pytest.mark.long
@pytest.mark.parametrize("name", RACES)
def test_who_looks_first_and_acts_then_fails(name: str, on_postgres):
    """On SQLite nobody would notice: there one transaction that writes comes after the other."""
    outcomes = race(RACES[name].prepare(), naive)
    assert not RACES[name].holds(outcomes), outcomes
