"""A change asked of a partner: the clock, the liaisons, the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.charter.requests import ChangeRequest, Reply, RequestFinding, answer_request, request_state
from lichen.charter.votes.values import VotingRule
from lichen.errors import InputError, NotAllowed
from tests.cast import city, startup

ASKED = date(2026, 5, 4)
REQUEST = ChangeRequest("forms", startup.id, city.id, "A shorter form", ASKED, liaison_asking="Ada", liaison_asked="Bo")


@pytest.mark.parametrize(
    ("on", "status", "days", "late"),
    [
        (date(2026, 5, 4), "waiting", 0, 0),
        (date(2026, 5, 18), "waiting", 14, 0),
        (date(2026, 5, 19), "overdue", 15, 1),
        (date(2026, 6, 4), "overdue", 31, 17),
    ],
)
def test_clock_runs_for_fourteen_days(on: date, status: str, days: int, late: int):
    state = request_state(REQUEST, on=on)
    assert (state.status, state.days, state.late, state.due_on) == (status, days, late, date(2026, 5, 18))


def test_clock_takes_the_days_of_the_rule_or_the_day_of_the_request():
    rule = VotingRule(answer_days=3)
    assert request_state(REQUEST, on=ASKED, answer_days=rule.answer_days).due_on == date(2026, 5, 7)
    own = replace(REQUEST, answer_by=date(2026, 7, 1))
    assert request_state(own, on=ASKED, answer_days=rule.answer_days).due_on == date(2026, 7, 1)


def test_answer_stops_the_clock_and_keeps_how_late_it_was():
    answered = answer_request(REQUEST, Reply.ACCEPTED, on=date(2026, 5, 24), person="Bo")
    state = request_state(answered, on=date(2027, 1, 1))
    assert (state.status, state.days, state.late, state.needs_mending) == ("answered", 20, 6, False)


def test_answer_that_came_later_is_left_out():
    answered = answer_request(REQUEST, Reply.ACCEPTED, on=date(2026, 5, 24), person="Bo")
    assert request_state(answered, on=date(2026, 5, 23)).status == "overdue"


def test_day_before_the_asking_is_refused():
    with pytest.raises(InputError):
        request_state(REQUEST, on=date(2026, 5, 3))


def test_side_without_a_liaison_is_told_while_it_waits():
    lonely = replace(REQUEST, liaison_asking="", liaison_asked=" ")
    state = request_state(lonely, on=ASKED)
    assert state.findings == (RequestFinding.NO_LIAISON_ASKING, RequestFinding.NO_LIAISON_ASKED)
    assert state.needs_mending
    answered = answer_request(lonely, Reply.ACCEPTED, on=ASKED, person="Bo")
    assert request_state(answered, on=ASKED).findings == ()


@pytest.mark.parametrize("answer", [Reply.DECLINED, Reply.COUNTER_PROPOSAL])
def test_answer_other_than_yes_needs_words(answer: Reply):
    with pytest.raises(NotAllowed) as refusal:
        answer_request(REQUEST, answer, on=ASKED, person="Bo")
    assert refusal.value.rule == "answer-with-reason"
    silent = replace(REQUEST, answer=answer, answered_on=ASKED)
    assert request_state(silent, on=ASKED).findings == (RequestFinding.NO_WORDS,)
    told = answer_request(REQUEST, answer, "Two pages in place of nine.", on=ASKED, person="Bo")
    assert (told.answer, told.words, told.answered_by) == (answer, "Two pages in place of nine.", "Bo")


def test_request_is_answered_once():
    answered = answer_request(REQUEST, Reply.ACCEPTED, on=ASKED, person="Bo")
    with pytest.raises(NotAllowed) as refusal:
        answer_request(answered, Reply.ACCEPTED, on=ASKED, person="Bo")
    assert refusal.value.rule == "request-answered-already"


def test_everything_that_is_wrong_with_a_request_is_told_at_once():
    with pytest.raises(InputError) as refusal:
        ChangeRequest("", "a", "b", " ", ASKED, answer_by=date(2026, 5, 3), answered_on=date(2026, 5, 3))
    assert [problem.column for problem in refusal.value.problems] == [
        "id",
        "what",
        "answer_by",
        "answered_on",
        "answered_on",
    ]


def test_request_too_far_ahead_to_reckon_with_is_refused():
    with pytest.raises(InputError) as refusal:
        ChangeRequest("forms", startup.id, city.id, "Forms", date(9999, 12, 31))
    assert [problem.column for problem in refusal.value.problems] == ["asked_on"]


@pytest.mark.parametrize("column", ["answer_days", "review_after_months"])
def test_time_too_long_to_reckon_with_is_refused(column: str):
    with pytest.raises(InputError) as refusal:
        VotingRule(**{column: 10_001})
    assert [(problem.column, problem.right) for problem in refusal.value.problems] == [(column, "10,000 or less")]
