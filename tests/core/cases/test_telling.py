"""What Lichen would have said of each case and when: before, after or not at all, and with nothing known too early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.advisor.values import AdviceVerdict
from lichen.alliance.as_of import alliance_as_of
from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Offer
from lichen.cases.collection import CASES, article_case
from lichen.cases.summary import cases_summary
from lichen.cases.telling import Bearing, CaseTold, Foresight, Saying, case_told
from lichen.cases.values import Case, CaseClaim
from lichen.charter.clause.triggers import Trigger
from lichen.charter.clause.values import Ground
from lichen.charter.threat import Model
from lichen.disclosure.values import Act, DisclosureEvent
from lichen.exchange.values import Commitment, Ledger
from lichen.pitfalls.looking import pitfalls
from lichen.pitfalls.rules import PitfallRules
from lichen.pitfalls.values import Alert, RuleCode

CASE = pytest.mark.parametrize("id", CASES)

EXPECTED = {
    "water_access": Foresight.PARTLY,
    "regional_health_equity": Foresight.WARNED,
    "climate_resilience": Foresight.NOTHING_TO_KNOW,
    "farmers_distributor": Foresight.QUIET,
    "startup_agency": Foresight.QUIET,
    "hospital_fbo_fair": Foresight.QUIET,
    "funding_cut_checkin": Foresight.WARNED,
    "youth_foundation": Foresight.MISSED,
    "logistics_company": Foresight.QUIET,
    "hospital_school": Foresight.NOTHING_TO_KNOW,
    "environment_competitors": Foresight.WARNED,
    "hospital_faith": Foresight.WARNED,
    "civic_tech_city": Foresight.WARNED,
    "near_bankrupt_nonprofit": Foresight.WARNED,
    "university_nonprofit": Foresight.QUIET,
    "rivals_vs_regulation": Foresight.WARNED,
    "small_nonprofit_large_hospital": Foresight.PARTLY,
    "outgrown_partner": Foresight.WARNED,
    "budget_cut_clause": Foresight.WARNED,
    "sector_archetypes": Foresight.NOTHING_TO_KNOW,
}


@cache
def told_of(id: str) -> CaseTold:
    return case_told(article_case(id))


def but(case: Case, changed: Callable[[Alliance], Alliance]) -> Case:
    return replace(case, alliance=changed(case.alliance))


def said(told: CaseTold) -> dict[str, date]:
    """What counts, by rule or ground, with the first day."""
    return {_name(each): each.first_on for each in reversed(told.counted)}


def _name(saying: Saying) -> str:
    return saying.said.ground if isinstance(saying.said, Trigger) else saying.said.rule


@CASE
def test_case_is_told_of(id: str):
    assert told_of(id).foresight == EXPECTED[id]


@CASE
def test_alert_knows_nothing_of_what_came_after_its_day(id: str):
    """On the alliance cut at that day, the same warning is given with the same figures."""
    case = article_case(id)
    for each in told_of(id).sayings:
        if isinstance(each.said, Alert):
            assert each.said in pitfalls(alliance_as_of(case.alliance, each.first_on), each.first_on)


@CASE
def test_what_counts_is_not_said_the_day_before(id: str):
    """Save for audits without a day, which are taken to have been so all along, and count for nothing."""
    case = article_case(id)
    for each in told_of(id).counted:
        if isinstance(each.said, Alert):
            earlier = pitfalls(case.alliance, each.first_on - timedelta(days=1))
            key = (each.said.rule, each.said.concerns, each.said.about)
            assert key not in {(one.rule, one.concerns, one.about) for one in earlier}


@CASE
def test_story_cut_in_the_middle_says_the_same_until_then(id: str):
    case = article_case(id)
    day = case.head.facts[len(case.head.facts) // 2].on
    cut = Case(id, replace(case.head, until=day), alliance_as_of(case.alliance, day))
    until_then = [(_name(each), each.first_on) for each in told_of(id).sayings if each.first_on <= day]
    assert [(_name(each), each.first_on) for each in case_told(cut).sayings] == until_then


@settings(max_examples=20)
@given(id=st.sampled_from(CASES), figure=st.text(max_size=8))
def test_no_figure_that_the_article_claims_enters_what_is_said(id: str, figure: str):
    case = article_case(id)
    claims = (*(replace(each, figure=figure) for each in case.head.claims), CaseClaim(figure, "anything"))
    other = case_told(replace(case, head=replace(case.head, claims=claims)))
    assert replace(other, case=case) == told_of(id)


@CASE
def test_outcome_and_mark_stands_only_where_its_rule_warned(id: str):
    told = told_of(id)
    rules = {each.said.rule for each in told.sayings if isinstance(each.said, Alert)}
    head = told.case.head
    assert {*head.told_absent, *head.on_ours, *(each.rule for each in head.came_of)} <= rules


@CASE
def test_lead_is_counted_from_an_earlier_day_to_the_trouble(id: str):
    for each in told_of(id).foretold:
        assert each.lead_days is None or each.lead_days == (each.trouble.on - each.before[0].first_on).days > 0


def test_water_overclaim_is_warned_of_before_the_meeting_and_the_collapse():
    told = told_of("water_access")
    town_hall, passed_over, resented, collapse = told.foretold
    assert [_name(each) for each in town_hall.before] == [RuleCode.CLAIM_ABOVE_EVIDENCE]
    assert town_hall.before[0].said.concerns == ("utility",)
    assert (town_hall.lead_days, collapse.lead_days) == (271, 509)
    assert (passed_over.before, resented.before) == ((), ())
    assert RuleCode.EXPECTATIONS_UNEXCHANGED in {_name(each) for each in collapse.before}
    assert told.advice.verdict is AdviceVerdict.NONE_NOW


def test_water_overclaim_with_documents_behind_it_is_missed():
    """What the warning hangs on: had the utility named documents, nothing would have been said before the meeting."""

    def documented(audit: Audit) -> Audit:
        offers = tuple(replace(each, evidence=max(each.evidence, 3)) for each in audit.organisation.offers)
        return replace(audit, organisation=replace(audit.organisation, offers=offers))

    case = but(article_case("water_access"), lambda one: replace(one, partners=tuple(map(documented, one.partners))))
    assert case_told(case).foretold[0].before == ()


def test_water_overclaim_is_ours_and_said_to_be():
    town_hall, *_others, collapse = told_of("water_access").foretold
    assert (town_hall.rests_on_ours, collapse.rests_on_ours) == (True, False)


def test_health_equity_is_warned_that_nobody_said_its_interests():
    (cut,) = told_of("regional_health_equity").foretold
    assert [(_name(each), each.first_on) for each in cut.before] == [(RuleCode.INTERESTS_UNSAID, date(2019, 2, 4))]


def test_bankrupt_nonprofit_is_warned_on_the_day_it_spoke_and_not_before():
    told = told_of("near_bankrupt_nonprofit")
    assert said(told) == {RuleCode.OPENED_SENSITIVE: date(2021, 3, 8)}
    assert told.foretold[0].lead_days == 7


def test_bankrupt_nonprofit_that_hides_it_is_stopped_when_money_is_about_to_move():
    """Never advised to hide it: where the sponsor would pay without knowing, that is what is said."""
    case = article_case("near_bankrupt_nonprofit")
    (matter,) = case.alliance.matters
    met = tuple(DisclosureEvent(matter.opened_on, Act.SAID_YES, by=id) for id in matter.parties)
    grant = Commitment("grant", "sponsor", "nonprofit", "funding", date(2021, 3, 10), date(2021, 6, 7))
    hidden = replace(case.alliance, matters=(replace(matter, events=met),), exchange=Ledger(commitments=(grant,)))
    assert said(case_told(replace(case, alliance=hidden))) == {RuleCode.MATERIAL_FACT_DUE: grant.promised_on}


def test_funding_cut_is_told_at_the_checkin_and_unknown_without_it():
    case = article_case("funding_cut_checkin")
    assert said(case_told(case)) == {Ground.NEED_WORSE: date(2022, 7, 4)}
    assert case_told(case).foretold[0].lead_days == 63
    unasked = but(case, lambda one: replace(one, checkins=()))
    assert case_told(unasked).foresight is Foresight.MISSED


def test_outgrown_need_is_asked_about_before_and_found_at_the_refresher():
    told = told_of("outgrown_partner")
    assert said(told) == {
        RuleCode.SEVERITIES_UNCHANGED: date(2021, 7, 5),
        Ground.NEED_EASED: date(2021, 10, 4),
        RuleCode.NEED_OUTGROWN: date(2022, 1, 10),
    }


def test_threat_that_fades_is_warned_of_while_it_ages_and_when_it_has_passed():
    told = told_of("rivals_vs_regulation")
    assert said(told) == {RuleCode.THREAT_OLD: date(2019, 8, 4), RuleCode.THREAT_PASSED: date(2019, 11, 4)}
    assert told.advice.model is Model.SHARED_THREAT


def test_cut_budget_gives_reason_to_ask_and_trouble_stays_away():
    told = told_of("budget_cut_clause")
    assert said(told) == {Ground.EVENT: date(2021, 6, 7)}
    assert told.foretold[0].trouble.is_averted


def test_weakness_that_only_the_pilot_could_show_is_missed():
    told = told_of("youth_foundation")
    assert told.foretold[0].before == ()
    assert [each.bearing for each in told.counted] == [Bearing.NOTHING_TOLD, Bearing.AFTER]
    (pair,) = told.fits
    assert pair.fit.uncovered_ours == ("policy.political_connections",)


def test_overshadowed_nonprofit_is_heard_only_once_it_speaks():
    first, second = told_of("small_nonprofit_large_hospital").foretold
    assert (first.lead_days, second.lead_days) == (None, 56)


def test_warning_of_something_missing_counts_only_where_the_article_says_that_it_was():
    told = told_of("climate_resilience")
    assert {each.bearing for each in told.sayings} == {Bearing.SILENCE}
    assert told.counted == ()
    water = told_of("water_access")
    assert RuleCode.FEW_NEEDS in said(water)


def test_pair_without_needs_or_offers_has_no_fit_to_reckon():
    assert told_of("funding_cut_checkin").fits == ()
    (pair,) = told_of("hospital_school").fits
    assert pair.fit.score is None


def test_other_thresholds_say_other_things():
    strict = case_told(article_case("water_access"), PitfallRules(claim=4))
    assert RuleCode.CLAIM_ABOVE_EVIDENCE not in said(strict)


def test_warning_without_trouble_is_called_so():
    """A case of which no trouble is told, with a strength claimed high above its evidence."""
    case = article_case("startup_agency")

    def boasting(audit: Audit) -> Audit:
        return replace(audit, organisation=replace(audit.organisation, offers=(Offer("knowledge.research", 5, 1),)))

    boasts = but(case, lambda one: replace(one, partners=tuple(map(boasting, one.partners))))
    assert case_told(boasts).foresight is Foresight.WARNED_WITHOUT


def test_promise_that_is_kept_late_is_said_from_its_first_late_day():
    case = article_case("startup_agency")

    def late(commitment: Commitment) -> Commitment:
        return replace(commitment, due_on=date(2022, 3, 7))

    alliance = case.alliance
    ledger = replace(alliance.exchange, commitments=tuple(map(late, alliance.exchange.commitments)))
    told = case_told(replace(case, alliance=replace(alliance, exchange=ledger)))
    assert said(told) == {RuleCode.PROMISE_LATE: date(2022, 3, 8)}


def test_summary_counts_what_the_cases_became():
    found = cases_summary(map(told_of, CASES))
    assert found.cases == {
        Foresight.WARNED: 9,
        Foresight.PARTLY: 2,
        Foresight.MISSED: 1,
        Foresight.QUIET: 5,
        Foresight.NOTHING_TO_KNOW: 3,
    }
    assert (found.came, found.came_warned) == (9, 5)
    assert (found.averted, found.averted_warned) == (7, 7)
    assert (found.on_ours, found.nothing_told) == (4, 2)


def test_summary_of_no_cases_is_empty():
    found = cases_summary(())
    assert (found.cases, found.came, found.averted, found.on_ours, found.silence) == ({}, 0, 0, 0, 0)
