"""An alliance as it stood: cut twice is cut once, and every day in the file has a meaning."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.alliance.as_of import DATES, alliance_as_of, dated_days
from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Readiness
from lichen.charter.requests import ChangeRequest, Reply
from lichen.charter.threat import SharedThreat
from lichen.charter.values import Charter
from lichen.checkin.values import CheckIn
from lichen.disclosure.values import Act, DisclosureEvent, Matter
from lichen.exchange.values import Commitment, EconomicEvent, Ledger, Response
from lichen.files.alliances import read_alliance_text
from lichen.pilot.values import Expectation, Pilot, PilotTerms, Step
from lichen.progress.values import Course, EndReason, Membership
from tests.cast import churches_audit, hospital_audit
from tests.strategies import modest

EXAMPLES = Path(__file__).parents[3] / "examples" / "alliances"
DAY = date(2026, 5, 1)
LATER = DAY + timedelta(days=1)


@cache
def worked(name: str) -> Alliance:
    return read_alliance_text((EXAMPLES / name).read_bytes(), "yaml", name)


def kinds(hint: Any) -> set[type]:
    """Every dataclass that a type reaches through its fields."""
    found: set[type] = set()
    waiting = [hint]
    while waiting:
        each = waiting.pop()
        waiting += get_args(each)
        if isinstance(each, type) and is_dataclass(each) and each not in found:
            found.add(each)
            waiting += get_type_hints(each).values()
    return found


@pytest.mark.parametrize(
    "kind", sorted(kinds(Alliance), key=lambda each: each.__name__), ids=lambda each: each.__name__
)
def test_every_day_of_a_value_has_a_meaning(kind: type):
    hints = get_type_hints(kind)
    dated = {each.name for each in fields(kind) if date in (hints[each.name], *get_args(hints[each.name]))}
    known = DATES.get(kind)
    told = {name for name in (known.begun, *known.befell, *known.planned) if name} if known else set()
    assert told == dated


def test_no_meaning_is_given_to_what_is_not_in_an_alliance():
    assert set(DATES) <= kinds(Alliance)


@pytest.mark.parametrize("name", ["alliance.yaml", "coalition.yaml"])
@given(days=st.lists(st.dates(date(2025, 8, 1), date(2027, 1, 1)), min_size=2, max_size=2))
@modest
def test_cutting_at_a_later_day_first_changes_nothing(name: str, days: list[date]):
    earlier, later = sorted(days)
    alliance = worked(name)
    once = alliance_as_of(alliance, earlier)
    assert alliance_as_of(alliance_as_of(alliance, later), earlier) == once
    assert alliance_as_of(once, later) == once
    assert all(day <= earlier for day in dated_days(once) if day not in {each.audited_on for each in once.partners})


requests = st.builds(
    lambda asked, wait: ChangeRequest(
        "r",
        "a",
        "b",
        "x",
        asked,
        **({} if wait is None else {"answer": Reply.ACCEPTED, "answered_on": asked + timedelta(days=wait)}),
    ),
    st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    st.none() | st.integers(0, 60),
)
memberships = st.builds(
    lambda joined, stay: Membership("a", joined, None if stay is None else joined + timedelta(days=stay)),
    st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    st.none() | st.integers(0, 60),
)


@given(
    st.lists(requests, max_size=3),
    st.lists(memberships, max_size=3),
    st.lists(st.dates(date(2026, 1, 1), date(2026, 9, 1)), min_size=2, max_size=2),
)
@modest
def test_requests_and_memberships_are_cut_alike_in_one_step_or_two(asked, members, days):
    alliance = Alliance("A", charter=Charter(requests=tuple(asked)), course=Course(memberships=tuple(members)))
    earlier, later = sorted(days)
    assert alliance_as_of(alliance_as_of(alliance, later), earlier) == alliance_as_of(alliance, earlier)


def test_last_day_leaves_everything():
    for name in ("alliance.yaml", "coalition.yaml"):
        assert alliance_as_of(worked(name), date(2030, 1, 1)) == worked(name)


def test_first_day_leaves_names_and_what_bears_no_day():
    before = alliance_as_of(worked("alliance.yaml"), date(2020, 1, 1))
    assert [audit.organisation.name for audit in before.partners] == [
        "St Brigid's Hospital",
        "Three Churches of Eastfield",
    ]
    assert [len(audit.organisation.vulnerabilities) for audit in before.partners] == [0, 0]
    assert (before.matters, before.pilots, before.formed_on, before.exchange.commitments) == ((), (), None, ())
    assert before.charter.terms == worked("alliance.yaml").charter.terms
    assert dated_days(before) == (date(2025, 9, 14), date(2025, 9, 20))


def test_audit_of_a_later_day_says_nothing_yet():
    audit = replace(hospital_audit, audited_on=LATER, readiness=Readiness(True, 3, 6))
    [silent] = alliance_as_of(Alliance("A", partners=(audit,)), DAY).partners
    assert silent == Audit(replace(audit.organisation, vulnerabilities=(), offers=()), audited_on=LATER)
    assert alliance_as_of(Alliance("A", partners=(audit,)), LATER).partners == (audit,)
    undated = replace(churches_audit, audited_on=None)
    assert alliance_as_of(Alliance("A", partners=(undated,)), DAY).partners == (undated,)


def test_answer_that_came_later_is_undone_with_its_words():
    asked = ChangeRequest("r", "a", "b", "x", DAY)
    answered = replace(asked, answer=Reply.DECLINED, answered_on=LATER, answered_by="Tom", words="No money")
    assert alliance_as_of(Alliance("A", charter=Charter(requests=(answered,))), DAY).charter.requests == (asked,)


def test_step_that_was_done_later_is_still_ahead():
    done = Step("A fair", held_on=LATER, result="44 came", worked_for=("a", "b"), stake="one Sunday")
    pilot = Pilot("p", ("a", "b"), terms=PilotTerms(starts_on=DAY), steps=(done,), revealed_on=LATER, adjusted_on=LATER)
    [before] = alliance_as_of(Alliance("A", pilots=(pilot,)), DAY).pilots
    assert before == Pilot(
        "p", ("a", "b"), terms=PilotTerms(starts_on=DAY), steps=(Step("A fair", stake="one Sunday"),)
    )


def test_pilot_is_there_from_the_first_day_in_it():
    written = Expectation("a", "b", written_on=DAY)
    pilot = Pilot("p", ("a", "b"), expectations=(written,), terms=PilotTerms(starts_on=LATER))
    alliance = Alliance("A", pilots=(pilot,))
    assert alliance_as_of(alliance, DAY).pilots == (pilot,)
    assert alliance_as_of(alliance, DAY - timedelta(days=1)).pilots == ()
    undated = Alliance("A", pilots=(Pilot("p", ("a", "b")),))
    assert alliance_as_of(undated, date(2020, 1, 1)) == undated


def test_ledger_matters_checkins_and_the_course_are_cut():
    promise = Commitment("c", "a", "b", "space", DAY, LATER)
    given_ = EconomicEvent("e", DAY, fulfils="c", responses=(Response(True, LATER),))
    alliance = Alliance(
        "A",
        matters=(Matter("m", ("a", "b"), DAY, (DisclosureEvent(LATER, Act.SAID_YES, "a"),)),),
        charter=Charter(threats=(SharedThreat("cuts", DAY, passed_on=LATER), SharedThreat("rain", LATER))),
        exchange=Ledger(commitments=(promise,), events=(given_,)),
        checkins=(CheckIn(DAY, revealed_on=LATER), CheckIn(LATER)),
        course=Course(ended_on=LATER, ended_because=EndReason.GOAL_MET),
    )
    assert dated_days(alliance) == (DAY, LATER)
    assert alliance_as_of(alliance, DAY) == Alliance(
        "A",
        matters=(Matter("m", ("a", "b"), DAY),),
        charter=Charter(threats=(SharedThreat("cuts", DAY),)),
        exchange=Ledger(commitments=(promise,), events=(replace(given_, responses=()),)),
        checkins=(CheckIn(DAY),),
    )
