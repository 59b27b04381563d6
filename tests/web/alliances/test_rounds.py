"""When a lead may be shown what a team says: never so that somebody can be worked out."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lichen_web.alliances.rounds import STEP, Said, Showing, TeamSaying, changed_since, saying_problems, showing

LINKS = st.sampled_from([UUID(int=number) for number in range(1, 13)])
ANSWERS = st.dictionaries(LINKS, st.integers(1, 3))
A, B, C = (Said(words, code, 3) for words, code in (("a", "assets.venue"), ("b", ""), ("c", "people.volunteers")))


@given(ANSWERS, st.integers(3, 12), st.booleans(), st.integers(0, 12))
def test_nothing_is_shown_of_the_many_before_enough_have_answered(standing, fewest, is_closed, by_name):
    can = showing(standing, {}, fewest=fewest, is_closed=is_closed, by_name=by_name)
    assert (can is Showing.CROWD) == (len(standing) >= fewest)


@given(ANSWERS, ANSWERS, st.integers(3, 12), st.booleans())
def test_two_looks_differ_in_at_least_three_people(standing, counted, fewest, is_closed):
    can = showing(standing, counted, fewest=fewest, is_closed=is_closed, by_name=0)
    if counted and can is Showing.CROWD:
        assert changed_since(standing, counted) >= STEP


@given(ANSWERS, ANSWERS, st.integers(3, 12), st.integers(0, 12))
def test_names_are_shown_of_a_closed_round_of_few_alone(standing, counted, fewest, by_name):
    can = showing(standing, counted, fewest=fewest, is_closed=False, by_name=by_name)
    assert can not in {Showing.NAMES, Showing.NOBODY}


def test_too_few_in_a_closed_round_are_shown_by_name_or_not_at_all():
    few = {UUID(int=1): 1}
    assert showing(few, {}, fewest=3, is_closed=True, by_name=1) is Showing.NAMES
    assert showing(few, {}, fewest=3, is_closed=True, by_name=0) is Showing.NOBODY


def test_answer_has_no_word_and_no_name():
    answer = TeamSaying((B, C, A), "Mary", is_by_name=True).answer
    assert (dict(answer.ranks), dict(answer.severities)) == (
        {"people.volunteers": 1, "assets.venue": 2},
        {"people.volunteers": 3, "assets.venue": 3},
    )
    assert (answer.person, answer.role) == ("", "")


def test_what_no_capability_was_found_in_is_not_counted():
    assert not TeamSaying((B,)).counts


def test_things_are_added_changed_moved_and_taken_out():
    saying = TeamSaying().having(A).having(B).having(C)
    assert saying.moved(2, 0).said == (C, A, B)
    assert saying.moved(0, 99).said == (B, C, A)
    assert saying.without(1).said == (A, C)
    assert TeamSaying((A,)).having(C, 0).said == (C,)


def test_every_problem_is_told_at_once():
    wrong = TeamSaying((Said("", "no.such", 9), A, A), is_by_name=True)
    assert [problem.column for problem in saying_problems(wrong)] == ["words", "code", "severity", "words", "name"]


def test_nobody_names_more_than_fits_on_a_page():
    assert [problem.column for problem in saying_problems(TeamSaying((B,) * 16))] == ["words"]
