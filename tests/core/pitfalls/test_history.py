"""Since when a warning would have been said: the days in the file walked through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation
from lichen.charter.agreement.terms import AgreementTerms
from lichen.charter.requests import Reply
from lichen.charter.values import Charter
from lichen.pitfalls.history import pitfall_history
from lichen.pitfalls.values import RuleCode
from tests.core.pitfalls.situations import DAY, STORIES, asked, before, promised, threatened, warned
from tests.core.pitfalls.test_showing import worked


def said(alliance, on: date = DAY) -> dict[str, tuple[date, bool]]:
    return {each.alert.rule.value: (each.first_on, each.is_open) for each in pitfall_history(alliance, on)}


def test_wait_is_seen_on_its_first_day_although_nothing_happened_then():
    assert said(asked(40, liaisons=False))["request-unbridged"] == (before(25), True)
    assert said(promised(10))["promise-late"] == (before(9), True)


def test_wait_has_the_figures_of_its_first_day_and_not_of_the_day_on_which_it_was_found():
    [waited] = [each for each in pitfall_history(asked(40, liaisons=False), DAY) if each.first_on == before(25)]
    assert waited.alert.figures[0].value == 15


def test_shared_goals_are_warned_of_from_the_day_on_which_they_begin():
    terms = AgreementTerms(goals=("Health equity",), begins_on=before(100))
    alliance = Alliance("Initiative", partners=(Audit(Organisation("a", "A")),), charter=Charter(terms=terms))
    assert said(alliance)["interests-unsaid"] == (before(100), True)


def test_wait_that_was_put_right_is_remembered():
    [request] = asked(40, liaisons=True).charter.requests
    answered = replace(request, answer=Reply.ACCEPTED, answered_on=before(20))
    made = asked(40, liaisons=True)
    made = replace(made, charter=replace(made.charter, requests=(answered,)))
    assert said(made)["request-late"] == (before(25), False)
    [late] = [each for each in pitfall_history(made, DAY) if each.alert.rule is RuleCode.REQUEST_LATE]
    assert late.last_on == before(21)


def test_what_is_open_is_what_is_warned_of_on_that_day():
    for story in STORIES.values():
        still = {(each.alert.rule, each.alert.concerns, each.alert.about) for each in _open(story.fires)}
        assert still == {(each.rule, each.concerns, each.about) for each in warned(story.fires)}


def _open(alliance):
    return [each for each in pitfall_history(alliance, DAY) if each.is_open]


def test_threat_ages_before_it_passes():
    found = said(threatened(400, passed=5))
    assert found["threat-old"] == (date(2026, 2, 27), False)
    assert found["threat-passed"] == (before(5), True)


def test_worked_file_has_its_history():
    on = date(2026, 11, 23)
    history = pitfall_history(worked("alliance.yaml"), on)
    assert all(each.first_on <= each.last_on <= on for each in history)
    found = {
        (each.alert.rule.value, each.alert.concerns[0]): (each.first_on.isoformat(), each.is_open) for each in history
    }
    assert found["material-fact-due", "example-churches"] == ("2025-10-27", False)
    assert found["weakness-untaken", "example-hospital"] == ("2026-02-08", True)
    assert found["request-late", "example-churches"] == ("2026-05-19", False)
    assert found["request-late", "example-hospital"] == ("2026-11-17", True)
