"""Before signing up: what this is, and an honest answer to whether it is for you."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lichen_web.pages.advice import Verdict, advice
from lichen_web.pages.forms.first_questions import FirstQuestions
from tests.web.pages.reading import browser, errors_of, heading

QUESTIONS = FirstQuestions().fields
YES = {"task": "long", "leadership": "yes", "time": "yes", "refusal": "yes", "quarrel": "no", "exposure": "no"}
ANSWERS = st.fixed_dictionaries(
    {name: st.sampled_from([value for value, _label in field.choices]) for name, field in QUESTIONS.items()}
)
GRAVITY = list(Verdict)


def test_the_front_page_says_what_this_is_and_is_not(db):
    answer = browser().get(reverse("front"))
    assert heading(answer) == "Find the partner who has what you lack, and lacks what you have."
    for told in ("What it is not", "When it would do harm", "For whom", "a hypothesis"):
        assert answer.content.decode().count(told) == 1


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, Verdict.YES),
        ({"leadership": "some"}, Verdict.ONE_THING),
        ({"task": "short"}, Verdict.OTHER_MODEL),
        ({"task": "threat"}, Verdict.OTHER_MODEL),
        ({"leadership": "no"}, Verdict.NOT_NOW),
        ({"time": "no"}, Verdict.NOT_NOW),
        ({"quarrel": "yes"}, Verdict.NOT_NOW),
        ({"refusal": "no"}, Verdict.HARMFUL),
        ({"exposure": "yes"}, Verdict.HARMFUL),
    ],
)
def test_each_answer_counts_for_what_it_says(changed: dict[str, str], verdict: Verdict):
    assert advice({**YES, **changed}).verdict == verdict


@given(ANSWERS)
def test_the_gravest_answer_decides_and_each_is_named(answers: dict[str, str]):
    alone = [advice({**YES, name: value}) for name, value in answers.items() if value != YES[name]]
    whole = advice(answers)
    assert whole.verdict == min((each.verdict for each in alone), key=GRAVITY.index, default=Verdict.YES)
    assert sorted(whole.reasons) == sorted(reason for each in alone for reason in each.reasons)


def test_the_answer_comes_as_a_page_and_nothing_is_kept(db, django_assert_num_queries):
    client = browser()
    with django_assert_num_queries(0):
        answer = client.post(reverse("first_questions"), {**YES, "refusal": "no"})
    assert (answer.status_code, heading(answer)) == (200, "Not now. It could hurt you.")
    assert "sessionid" not in answer.cookies


def test_a_question_left_out_is_asked_again(db):
    answer = browser().post(reverse("first_questions"), {**YES, "time": ""})
    asked_again = {"time": "Say whether your leadership can give it the time."}
    assert (answer.status_code, errors_of(answer)) == (422, asked_again)


def test_what_is_kept_is_told_to_anybody(db):
    assert heading(browser().get(reverse("privacy"))) == "What is kept, and who can read it"
