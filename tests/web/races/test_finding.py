"""Finding each other at the same moment: two meet once, and whoever said no before they met meets nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from lichen.audit.values import Audit
from lichen_web.alliances.access.actors import Actor, actor_for
from lichen_web.alliances.access.fit import own_proposals, quarter_of
from lichen_web.alliances.access.transactions import deciding, reading
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.circles import admit, leave_circle, name_convener, open_circle
from lichen_web.alliances.actions.disclosure import propose_matter
from lichen_web.alliances.actions.fit import answer_proposal, exclude, publish_audit, withdraw_audit
from lichen_web.alliances.actions.host import suspend_organisation
from lichen_web.alliances.blind import Answer
from lichen_web.alliances.bridge.fit import charged
from lichen_web.alliances.models import Event, Matter, MatterParty
from lichen_web.alliances.work.matching import match_circle
from lichen_web.alliances.work.meeting import meet_circle
from tests import cast
from tests.web.alliances.work.circles import AT, DAY, circle_of_six, newcomer
from tests.web.people import House, WebCast, address, letters
from tests.web.postgres import Database
from tests.web.races.racing import DONE, NOT_THERE, as_worker, by_the_worker, later, naive, race, right
from tests.web.races.test_people import PROCESSES, Race, Step, asked, founded, hosts

pytestmark = pytest.mark.long

YES = Answer.INTERESTED
LATEST: list[WebCast] = []
"""The circle that was prepared last."""
LEADS: list[Actor] = []
"""Who was prepared last."""
ONCE, NEVER = ([[2], [2]], [1, 1]), ([[], []], [0, 0])
"""The parties of the dealings of each of the two, and how many letters told it of a meeting."""


def prepared(*, says_yes: bool = True) -> WebCast:
    """A circle of six in which the hospital and the churches were proposed to each other."""
    people = circle_of_six()
    with as_worker():
        match_circle(people.circle, at=AT + 2 * DAY)
    if says_yes:
        for house in houses(people):
            answer(house, YES)()
    LATEST[:] = [people]
    return people


def houses(people: WebCast) -> tuple[House, House]:
    return people.hospital, people.churches


def answer(house: House, said: Answer | None) -> Step:
    (proposal,) = own_proposals(house.lead)
    return partial(answer_proposal, house.lead, proposal=proposal.id, answer=said, at=AT + 2 * DAY)


def meeting(people: WebCast, number: int) -> list[Step]:
    return [partial(by_the_worker, meet_circle, people.circle, at=AT + 3 * DAY)] * number


def told(house: House) -> list[str]:
    """What happened for a house, in its order."""
    with reading(house.lead):
        return list(Event.objects.filter(chain=house.id).order_by("number").values_list("what", flat=True))


def dealings(house: House) -> list[int]:
    """How many parties each of its dealings has, where both have met in it."""
    with reading(house.lead):
        found = list(Matter.objects.filter(parties__organisation=house.id, met_at__isnull=False))
        return [parties(house, each) for each in found]


def parties(house: House, matter: Matter) -> int:
    with deciding(house.lead, matter=matter.id):
        return MatterParty.objects.filter(matter=matter).count()


def letters_of_meeting(people: WebCast) -> list[int]:
    found = [letters(address(house.lead)) for house in houses(people)]
    return [sum(letter["subject"] == "You have all said yes" for letter in each) for each in found]


def they_meet_once() -> bool:
    [people] = LATEST
    with as_worker():
        meet_circle(people.circle, at=AT + 4 * DAY)
    return ([dealings(house) for house in houses(people)], letters_of_meeting(people)) == ONCE


# --- Both say yes while they are brought together --------------------------------------------------------------------


def both_answer() -> list[Step]:
    people = prepared(says_yes=False)
    return [*(answer(house, YES) for house in houses(people)), *meeting(people, 2)]


def one_dealing(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 4} and they_meet_once()


# --- Eight jobs bring the same two together --------------------------------------------------------------------------


def eight_meetings() -> list[Step]:
    return meeting(prepared(), PROCESSES)


def one_meeting(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 8} and they_meet_once()


# --- One proposes by name, too ---------------------------------------------------------------------------------------


def proposed_by_name() -> list[Step]:
    people = prepared()
    pairs = (houses(people), houses(people)[::-1])
    by_name = [
        partial(propose_matter, one.lead, circle=people.circle, other=other.id, at=AT + 3 * DAY) for one, other in pairs
    ]
    return [*by_name, *by_name, *meeting(people, 4)]


def one_dealing_all_the_same(outcomes: Counter[str]) -> bool:
    return set(outcomes) <= {DONE, "one-matter-at-a-time"} and outcomes[DONE] >= 4 and they_meet_once()


# --- Somebody says no, in one way or the other, while they are brought together --------------------------------------


def said_no(what: str, after: float = 0.02) -> list[Step]:
    """A no that comes a little after the beginning, while the others look whether they may meet."""
    people = prepared()
    host, hospital, churches = people.host, people.hospital, people.churches
    ways: dict[str, Step] = {
        "exclusions_changed": partial(exclude, hospital.lead, other=churches.id, at=AT + 3 * DAY),
        "organisation_suspended": partial(suspend_organisation, host, organisation=hospital.id, at=AT + 3 * DAY),
        "proposal_answered": answer(hospital, None),
        "audit_withdrawn": partial(withdraw_audit, hospital.lead, circle=people.circle, at=AT + 3 * DAY),
        "circle_left": partial(leave_circle, hospital.lead, circle=people.circle, at=AT + 3 * DAY),
    }
    return [*meeting(people, 3), partial(later, after, ways[what])]


def nobody_met_after(what: str) -> bool:
    """Whether what was said last of the two came last in the chain, too: a dealing after a no would come behind it."""
    happened = told(LATEST[0].hospital)
    last_no = len(happened) - 1 - happened[::-1].index(what)
    return "yes_said" not in happened[last_no:]


def no_is_no(what: str, outcomes: Counter[str]) -> bool:
    """What stands no longer cannot be answered: then they have met."""
    met = ([dealings(house) for house in houses(LATEST[0])], letters_of_meeting(LATEST[0]))
    if outcomes == {DONE: 3, NOT_THERE: 1}:
        return met == ONCE
    return outcomes == {DONE: 4} and nobody_met_after(what) and met in (ONCE, NEVER)


# --- A yes is taken back while the cards are compared anew -----------------------------------------------------------


def taken_back_while_compared() -> list[Step]:
    """Others who look like the churches have come, so that more is told of them, in a proposal of its own."""
    people = prepared()
    for name in ("Eve Elder", "Finn Fir", "Gus Gorse", "Hal Hazel", "Ivy Ilex"):
        newcomer(people, name, like=cast.churches)
    anew = partial(by_the_worker, match_circle, people.circle, at=AT + 4 * DAY)
    return [anew, partial(later, 0.1, answer(people.hospital, None))]


def no_yes_comes_back(outcomes: Counter[str]) -> bool:
    """Whoever was told that it is taken back meets nobody; whoever was not can see that it stands."""
    [people] = LATEST
    (now,) = own_proposals(people.hospital.lead)
    is_taken_back = outcomes == {DONE: 2} and now.answer is None
    assert now.sector == "faith"
    return is_taken_back or (outcomes == {DONE: 1, NOT_THERE: 1} and now.answer is YES)


# --- Eight circles in which five codes more are asked, where five are left ---------------------------------------


def eight_circles() -> list[Step]:
    (host,) = hosts(1)
    LEADS[:] = [founded("House")]
    few = replace(cast.hospital, vulnerabilities=cast.hospital.vulnerabilities[:2], offers=cast.hospital.offers[:3])
    record_audit(LEADS[0], audit=Audit(few), at=AT)
    circles = [open_circle(host, name=f"Table {number}", purpose="", at=AT) for number in range(PROCESSES + 1)]
    for circle in circles:
        name_convener(host, circle=circle, email=address(host), at=AT)
        admit(actor_for(host.person), membership=asked(circle, LEADS[0]), at=AT)
    publish_audit(LEADS[0], circle=circles[0], at=AT)
    return [partial(publish_audit, LEADS[0], circle=circle, at=AT) for circle in circles[1:]]


def ten_codes_are_asked(outcomes: Counter[str]) -> bool:
    with reading(LEADS[0]):
        asked_with = charged(LEADS[0].organisation, quarter_of(AT))
    return outcomes == {DONE: 1, "ten-codes-a-quarter": 7} and asked_with == 10


WAYS_TO_SAY_NO = ("exclusions_changed", "organisation_suspended", "proposal_answered", "audit_withdrawn", "circle_left")
RACES = {
    "both answer": Race(both_answer, one_dealing),
    "two are brought together once": Race(eight_meetings, one_meeting),
    "and proposed by name": Race(proposed_by_name, one_dealing_all_the_same),
    "a yes that is taken back stays so": Race(taken_back_while_compared, no_yes_comes_back),
    "ten codes a quarter": Race(eight_circles, ten_codes_are_asked),
    **{f"no means no, {what}": Race(partial(said_no, what), partial(no_is_no, what)) for what in WAYS_TO_SAY_NO},
}

HELD_BY_LOCKS = ("ten codes a quarter", "a yes that is taken back stays so")
HELD_BY_THE_TABLE = ("two are brought together once", "and proposed by name")
MOMENTS = (0.1, 0.05, 0.15, 0.2, 0.3, 0.4) * 2
"""When a no comes, in seconds after the others have begun."""


@pytest.mark.parametrize("name", RACES)
def test_meetings_that_meet(name: str, each_database):
    outcomes = race(RACES[name].prepare(), right)
    assert RACES[name].holds(outcomes), outcomes


@pytest.mark.parametrize("name", HELD_BY_LOCKS)
def test_meetings_without_locks_fail(name: str, on_postgres):
    outcomes = race(RACES[name].prepare(), naive)
    assert not RACES[name].holds(outcomes), outcomes


@pytest.mark.parametrize("what", WAYS_TO_SAY_NO)
def test_without_locks_a_no_is_not_heard(what: str, on_postgres):
    """One moment or the other is the wrong one."""
    for after in MOMENTS:
        if not no_is_no(what, race(said_no(what, after), naive)):
            return
        on_postgres.empty()
    raise AssertionError("it was heard every time")


@pytest.mark.parametrize("name", HELD_BY_THE_TABLE)
def test_without_locks_and_constraint_two_meet_more_than_once(name: str, unconstrained):
    outcomes = race(RACES[name].prepare(), naive)
    assert not RACES[name].holds(outcomes), outcomes


@pytest.fixture
def unconstrained(on_postgres: Database) -> Iterator[None]:
    """The test runs on PostgreSQL, where two may have two dealings."""
    on_postgres.tamper("DROP INDEX one_open_matter_a_pair")
    yield
    on_postgres.empty()
    on_postgres.tamper("CREATE UNIQUE INDEX one_open_matter_a_pair ON lichen_matter (pair) WHERE ended_at IS NULL")
