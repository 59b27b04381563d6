"""Every rule fires and nearly fires; a stricter threshold only adds; the order of partners does not matter."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation
from lichen.errors import InputError
from lichen.pitfalls.looking import pitfalls
from lichen.pitfalls.rules import RULES, PitfallRules, rule_of
from lichen.pitfalls.values import Alert, FiresWhen, Pitfall, RuleBasis, RuleCode
from lichen.progress.values import Course, EndReason
from tests.core.pitfalls.situations import ANSWERED_LATER, BRIDGED, DAY, STORIES, C, H, threatened, warned
from tests.strategies import alliances, modest

each_story = pytest.mark.parametrize("code", STORIES, ids=str)
every_alliance = [each for story in STORIES.values() for each in (story.fires, story.near)]


def fired(alliance: Alliance, on: date = DAY) -> list[RuleCode]:
    return [alert.rule for alert in (warned(alliance) if on == DAY else pitfalls(alliance, on))]


def keys(alerts: tuple[Alert, ...]) -> set[tuple[RuleCode, tuple[str, ...], str]]:
    return {(alert.rule, alert.concerns, alert.about) for alert in alerts}


def test_every_rule_has_a_story_and_every_pitfall_a_rule():
    assert set(STORIES) == set(RuleCode) == {rule.code for rule in RULES}
    assert {rule.pitfall for rule in RULES} == set(Pitfall)


@each_story
def test_story_fires_its_rule_and_the_near_miss_does_not(code: RuleCode):
    assert code in fired(STORIES[code].fires)
    assert code not in fired(STORIES[code].near)


def test_every_threshold_belongs_to_a_rule_and_says_where_it_is_from():
    limits = {rule.limit for rule in RULES} - {""}
    assert limits | {"outgrown"} == {each.name for each in fields(PitfallRules)}
    assert all(rule.source for rule in RULES if rule.basis is not RuleBasis.PROPOSAL)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.limit], ids=lambda rule: rule.code)
def test_stricter_threshold_never_removes_a_warning(rule):
    usual = PitfallRules()
    step = 1 if rule.crossing is FiresWhen.LESS_THAN else -1
    limit = type(getattr(usual, rule.limit))(max(0, getattr(usual, rule.limit) + step))
    stricter = replace(usual, **{rule.limit: limit})
    for alliance in (STORIES[rule.code].fires, STORIES[rule.code].near):
        assert keys(warned(alliance)) <= keys(pitfalls(alliance, DAY, stricter))


def test_every_figure_crosses_the_threshold_of_its_rule():
    for alliance in every_alliance:
        for alert in warned(alliance):
            rule, figure = rule_of(alert.rule), alert.figures[0]
            assert figure.threshold == rule.threshold(PitfallRules())
            assert rule.is_crossed(figure.value, PitfallRules())


@each_story
def test_order_of_partners_does_not_matter(code: RuleCode):
    alliance = STORIES[code].fires
    turned = replace(alliance, partners=alliance.partners[::-1])
    assert pitfalls(turned, DAY) == warned(alliance)


@given(alliances(least=2, most=3))
@settings(modest, max_examples=12)
def test_order_of_any_partners_does_not_matter_and_figures_cross(organisations):
    partners = tuple(map(Audit, organisations))
    found = pitfalls(Alliance("A", partners=partners), DAY)
    assert found == pitfalls(Alliance("A", partners=partners[::-1]), DAY)
    assert all(rule_of(alert.rule).is_crossed(alert.figures[0].value, PitfallRules()) for alert in found)


@given(st.integers(0, 4))
@modest
def test_empty_alliance_is_told_of_readiness_alone(many: int):
    partners = tuple(Audit(Organisation(id, id)) for id in "abcd"[:many])
    found = pitfalls(Alliance("Empty", partners=partners), DAY)
    assert {rule_of(alert.rule).pitfall for alert in found} <= {Pitfall.READINESS}
    assert len(found) == many


@each_story
def test_warning_holds_from_its_first_day_and_not_the_day_before(code: RuleCode):
    alliance = STORIES[code].fires
    for alert in warned(alliance):
        if alert.rule is code and alert.since is not None:
            assert alert.since <= DAY
            earlier = date.fromordinal(alert.since.toordinal() - 1)
            assert keys((alert,)) <= keys(pitfalls(alliance, alert.since))
            assert not keys((alert,)) & keys(pitfalls(alliance, earlier))


def test_what_stops_is_told_first_and_rules_keep_their_order():
    heaviest = [[*type(rule.weight)].index(rule.weight) for rule in RULES]
    assert heaviest[:3] == [0, 0, 0]
    for alliance in every_alliance:
        weights = [rule_of(alert.rule).weight for alert in warned(alliance)]
        assert weights == sorted(weights, key=[*type(RULES[0].weight)].index)


def test_liaisons_in_the_charter_bridge_and_an_answer_ends_the_wait():
    assert RuleCode.REQUEST_LATE in fired(BRIDGED)
    assert RuleCode.REQUEST_UNBRIDGED not in fired(BRIDGED)
    assert {RuleCode.REQUEST_LATE, RuleCode.REQUEST_UNBRIDGED}.isdisjoint(fired(ANSWERED_LATER))


def test_alliance_that_has_ended_is_not_warned():
    ended = replace(threatened(190), course=Course(ended_on=DAY, ended_because=EndReason.NEED_PASSED))
    assert fired(ended) == []
    assert RuleCode.THREAT_OLD in fired(ended, date.fromordinal(DAY.toordinal() - 1))


def test_direction_of_a_gap_is_kept():
    [gap] = [alert for alert in pitfalls(STORIES[RuleCode.TRUST_GAP].fires, DAY) if alert.rule is RuleCode.TRUST_GAP]
    assert gap.concerns == (H, C)
    assert [figure.value for figure in gap.figures] == [2, 8, 6]
    [cover] = [alert for alert in pitfalls(STORIES[RuleCode.COVER_GAP].fires, DAY) if alert.rule is RuleCode.COVER_GAP]
    assert cover.concerns == ("small", "large")


def test_rules_refuse_a_number_that_is_none():
    with pytest.raises(InputError) as refused:
        PitfallRules(ahead=-1, power=float("nan"))
    assert [problem.column for problem in refused.value.problems] == ["ahead", "power"]
