"""The advisor: the article's own cases, every way to none of these now, near misses, and what would change it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.advisor.advising import model_advice
from lichen.advisor.comparison import claimed_rates_told, model_comparison
from lichen.advisor.rules import advice_rules
from lichen.advisor.values import (
    ANSWERS,
    AdviceEffect,
    AdviceRules,
    AdviceVerdict,
    Asked,
    RuleOrigin,
    Situation,
)
from lichen.advisor.words import asked_words, model_words
from lichen.charter.threat import Model
from lichen.errors import InputError

STRENGTH, THREAT, UNCOMMON = Model
NONE_NOW, OPEN = AdviceVerdict.NONE_NOW, AdviceVerdict.OPEN

DEEP = Situation(
    {
        Asked.HORIZON: "long",
        Asked.WORK: "complex",
        Asked.RELIANCE: "deep",
        Asked.THREAT: "none",
        Asked.FIT: "both-ways",
        Asked.SHOWING: "yes",
        Asked.SHOWN: "yes",
        Asked.HISTORY: "none",
        Asked.LEADERSHIP: "aligned",
        Asked.HOURS: "yes",
        Asked.BALANCE: "level",
        Asked.FACTS: "none",
        Asked.PAPERS: "no",
    }
)
"""The hospital and the churches: long, difficult, each with what the other lacks, and both willing to say so."""

SIMPLE = DEEP.but(Asked.HORIZON, "short").but(Asked.WORK, "simple").but(Asked.RELIANCE, "little")
CRISIS = SIMPLE.but(Asked.THREAT, "passing").but(Asked.FIT, "neither").but(Asked.WORK, "complex")

SITUATIONS = st.fixed_dictionaries(
    {}, optional={asked: st.sampled_from(answers) for asked, answers in ANSWERS.items()}
).map(Situation)


@pytest.mark.parametrize(("situation", "model"), [(DEEP, UNCOMMON), (SIMPLE, STRENGTH), (CRISIS, THREAT)])
def test_each_model_has_a_situation_that_it_suits(situation, model):
    found = model_advice(situation)
    assert (found.verdict, found.model, found.open, found.is_provisional) == (AdviceVerdict.MODEL, model, (), False)


WAYS_TO_NONE = {
    "a material fact would stay hidden": DEEP.but(Asked.FACTS, "hidden"),
    "the imbalance is too great": DEEP.but(Asked.BALANCE, "too-unequal"),
    "it is deep, and we would show nothing": DEEP.but(Asked.SHOWING, "no"),
    "it is deep, and they would show nothing": DEEP.but(Asked.SHOWN, "no"),
    "it is deep, and the distrust cannot be overcome": DEEP.but(Asked.HISTORY, "cannot"),
    "it is deep, and nobody has the hours": DEEP.but(Asked.HOURS, "no"),
    "it is deep, and the leadership is not of one mind": DEEP.but(Asked.LEADERSHIP, "not-aligned"),
    "only one needs the other": DEEP.but(Asked.FIT, "one-way"),
    "both lack the same, and nothing threatens": SIMPLE.but(Asked.FIT, "neither"),
}


@pytest.mark.parametrize("situation", WAYS_TO_NONE.values(), ids=WAYS_TO_NONE)
def test_none_of_these_now_is_reached_in_several_ways(situation):
    found = model_advice(situation)
    assert (found.verdict, found.model) == (NONE_NOW, None)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        (Asked.FACTS, "shown"),
        (Asked.BALANCE, "unequal"),
        (Asked.SHOWING, "one"),
        (Asked.HISTORY, "can-be-mended"),
        (Asked.PAPERS, "settled"),
        (Asked.PAPERS, "unsettled"),
        (Asked.THREAT, "lasting"),
    ],
)
def test_near_misses_still_suit_and_say_what_to_do_first(asked, near):
    found = model_advice(DEEP.but(asked, near))
    assert found.model is UNCOMMON
    conditions = [rule.asked for rule in found.reasons[0].fired if rule.effect is AdviceEffect.CONDITION]
    assert conditions == ([] if (asked, near) in {(Asked.FACTS, "shown"), (Asked.THREAT, "lasting")} else [asked])


def test_water_coalition_would_not_have_been_told_to_list_its_strengths():
    """Long and difficult, a deep reliance, and nobody who would name a weakness: the article's first example."""
    found = model_advice(DEEP.but(Asked.SHOWING, "no").but(Asked.SHOWN, "no"))
    strength = next(each for each in found.reasons if each.model is STRENGTH)
    assert (found.verdict, strength.weight, strength.is_ruled_out) == (NONE_NOW, -4, False)


def test_hidden_fact_wins_over_everything_that_speaks_for_a_model():
    for situation in (DEEP, SIMPLE, CRISIS):
        assert model_advice(situation.but(Asked.FACTS, "hidden")).verdict is NONE_NOW


def test_nothing_answered_is_open_and_no_advice():
    found = model_advice(Situation())
    assert (found.verdict, found.model, found.open, found.is_provisional) == (OPEN, None, tuple(Asked), True)
    assert [each.fired for each in found.reasons] == [(), (), ()]


def test_open_question_that_could_change_it_makes_it_provisional():
    open_facts = Situation({asked: answer for asked, answer in DEEP.answers.items() if asked is not Asked.FACTS})
    found = model_advice(open_facts)
    assert (found.model, found.open, found.is_provisional) == (UNCOMMON, (Asked.FACTS,), True)
    (change,) = [each for each in found.changes if each.was_open]
    assert (change.asked, change.answer, change.verdict) == (Asked.FACTS, "hidden", NONE_NOW)


@given(SITUATIONS, st.sampled_from([(asked, answer) for asked, answers in ANSWERS.items() for answer in answers]))
def test_each_change_that_is_told_is_true_and_none_is_left_out(situation, other_answer):
    found, other = model_advice(situation), model_advice(situation.but(*other_answer))
    told = {(each.asked, each.answer): (each.verdict, each.model) for each in found.changes}
    changed = (other.verdict, other.model) != (found.verdict, found.model)
    assert told.get(other_answer) == ((other.verdict, other.model) if changed else None)


@given(SITUATIONS)
def test_model_that_is_advised_is_not_ruled_out_and_has_enough_for_it(situation):
    found = model_advice(situation)
    assert (found.model is not None) is (found.verdict is AdviceVerdict.MODEL)
    if found.model is not None:
        best = found.reasons[0]
        assert (best.model, best.is_ruled_out) == (found.model, False)
        assert best.weight >= AdviceRules().enough


@given(SITUATIONS)
def test_none_now_stays_none_whatever_is_answered_next(situation):
    found = model_advice(situation)
    if found.verdict is NONE_NOW:
        assert not [change for change in found.changes if change.was_open]


@given(SITUATIONS)
def test_hidden_fact_or_a_hopeless_imbalance_is_always_none_now(situation):
    assert model_advice(situation.but(Asked.FACTS, "hidden")).verdict is NONE_NOW
    assert model_advice(situation.but(Asked.BALANCE, "too-unequal")).verdict is NONE_NOW


def test_every_answer_is_one_that_can_be_given_and_each_rule_fires():
    rules = advice_rules()
    assert all(rule.answer in ANSWERS[rule.asked] for rule in rules)
    for rule in rules:
        found = model_advice(Situation({rule.asked: rule.answer}))
        models = [each.model for each in found.reasons if rule in each.fired]
        assert set(models) == ({rule.model} if rule.model else set(Model))


def test_every_rule_says_why_and_where_it_is_from_and_weighs_if_it_should():
    for rule in advice_rules():
        assert rule.sentence.endswith(".")
        assert rule.source
        assert (rule.source == "ours") is (rule.origin is RuleOrigin.PROPOSAL)
        assert (rule.weight > 0) is (rule.effect in {AdviceEffect.FOR, AdviceEffect.AGAINST})


def test_no_figure_of_the_article_stands_in_a_rule():
    assert not [rule for rule in advice_rules() if any(mark.isdigit() for mark in rule.sentence)]


def test_every_question_and_answer_has_words():
    words = asked_words()
    assert {asked: tuple(each.answers) for asked, each in words.items()} == dict(ANSWERS)
    assert [model_words(model) for model in Model] == ["Strength-based", "Shared threat", "Uncommon complement"]


def test_more_is_asked_for_where_the_rules_say_so():
    assert model_advice(SIMPLE, AdviceRules(enough=9)).model is None
    with pytest.raises(InputError):
        AdviceRules(enough=0)


def test_situation_refuses_what_is_no_answer():
    with pytest.raises(InputError) as refusal:
        Situation({Asked.HORIZON: "forever", Asked.WORK: "simple", Asked.FIT: "x"})
    assert [problem.column for problem in refusal.value.problems] == ["horizon", "fit"]


def test_table_marks_every_figure_as_a_claim():
    rows = model_comparison()
    assert len(rows) == 6
    for row in rows:
        said = (row.strength_based, row.shared_threat, row.uncommon_complement)
        assert row.is_claimed is any(mark.isdigit() for words in said for mark in words)


def test_claimed_rates_are_shown_to_be_too_few():
    assert "from 23% to 88%; if 1 of 10, from 2% to 40%" in claimed_rates_told()


def test_situation_with_another_answer_leaves_the_first_alone():
    assert DEEP.but(Asked.FACTS, "hidden").answers != DEEP.answers
    assert replace(DEEP) == DEEP
