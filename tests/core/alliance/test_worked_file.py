"""The hospital and the churches, from the first contact to the second year, as the worked file tells it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.charter.agreement.openings import material_facts_owed, opened_pairs
from lichen.charter.clause.renegotiation import Phase
from lichen.charter.clause.watch import clause_watch
from lichen.charter.requests import RequestStatus, request_state
from lichen.charter.votes.outcome import Decision, vote_outcome
from lichen.charter.votes.weighing import vote_weights
from lichen.disclosure.acts import disclose_vulnerability
from lichen.disclosure.proposing import next_disclosure
from lichen.disclosure.replay import state_of
from lichen.disclosure.sight import visible
from lichen.disclosure.state import Rung
from lichen.errors import NotAllowed
from lichen.exchange.fairness.balances import received_over_given
from lichen.exchange.ledger.standings import PromiseState, promise_standings
from lichen.files.alliances import read_alliance_text
from lichen.pilot.differences import Concord, compared_expectations
from lichen.pilot.gate import gate
from lichen.pilot.proposals import audit_with_findings
from lichen.pilot.red_lines import crossed_red_lines
from lichen.pilot.verdict import VerdictOutcome, verdict
from tests.cast import churches, hospital, stranger

H, C = hospital.id, churches.id
TODAY = date(2026, 11, 22)
EXAMPLES = Path(__file__).parents[3] / "examples" / "alliances"


@pytest.fixture(scope="module")
def alliance() -> Alliance:
    return read_alliance_text((EXAMPLES / "alliance.yaml").read_bytes())


@pytest.fixture(scope="module")
def four() -> Alliance:
    return read_alliance_text((EXAMPLES / "coalition.yaml").read_bytes())


def test_each_has_seen_what_the_other_granted_and_a_stranger_nothing(alliance):
    state = state_of(alliance.matters[0], alliance.partners)
    seen = {one: visible(state, alliance.partners, other, one) for one, other in ((H, C), (C, H))}
    assert [item.code for item in seen[C].items] == ["people.languages"]
    assert [item.code for item in seen[H].items] == ["service.clinical_delivery", "trust.regulatory_legitimacy"]
    assert visible(state, alliance.partners, H, stranger.id).rung is Rung.NOTHING
    assert [item.code for item in visible(state, alliance.partners, H, stranger.id).items] == []


def test_what_never_mattered_to_the_other_stays_closed_in_every_copy_of_the_charter(alliance):
    by_name, in_words = opened_pairs(alliance.matters, alliance.partners)
    opened = {code for pairs in (*by_name.values(), *in_words.values()) for _owner, code in pairs}
    assert {"people.wellbeing", "governance.succession"} & opened == set()


def test_next_is_the_item_that_needs_help_most_and_then_the_other_side_answers(alliance):
    [matter] = alliance.matters
    step = next_disclosure(matter, alliance.partners, C, H, on=TODAY)
    assert (step.code, step.rank) == ("funding.fundraising", 2)
    after = disclose_vulnerability(matter, alliance.partners, by=C, to=H, code=step.code, on=TODAY)
    with pytest.raises(NotAllowed) as refused:
        next_disclosure(after, alliance.partners, C, H, on=TODAY)
    assert refused.value.rule == "one-item-ahead"
    assert next_disclosure(after, alliance.partners, H, C, on=TODAY).code == "assets.venue"


def test_letter_of_the_regulator_had_to_be_shown_before_the_money(alliance):
    [matter] = alliance.matters
    untold = type(matter)(
        matter.id, matter.parties, matter.opened_on, tuple(each for each in matter.events if not each.material)
    )
    with pytest.raises(NotAllowed) as refused:
        state_of(untold, alliance.partners)
    assert refused.value.rule == "material-facts-first"
    assert material_facts_owed(alliance.matters, alliance.partners) == ()


def test_expectations_differed_in_seven_places_and_crossed_a_red_line(alliance):
    [pilot] = alliance.pilots
    found = compared_expectations(pilot, TODAY)
    differing = [each for each in found if each.concord is not Concord.AGREED]
    assert len(differing) == 7
    crossed = {(each.owner, each.line.code) for each in crossed_red_lines(pilot, TODAY)}
    assert (C, "knowledge.data_access") in crossed


def test_pilot_fell_short_was_adjusted_and_opened_the_gate(alliance):
    [pilot] = alliance.pilots
    found = verdict(pilot)
    assert (found.outcome, found.is_adjusted) == (VerdictOutcome.ADJUST, True)
    opened = gate(alliance.pilots, pilot.rules)
    assert (len(opened.successes), opened.wanted, opened.is_open) == (3, 3, True)
    learnt = audit_with_findings(alliance.partner(H), pilot).organisation.vulnerabilities[-1]
    assert (learnt.code, learnt.severity, learnt.confirmed) == ("ops.project_management", 3, False)


def test_two_decide_by_consent_and_a_resolved_veto_is_no_yes(alliance):
    charter = alliance.charter
    organisations = [audit.organisation for audit in alliance.partners]
    decided = [
        vote_outcome(motion, charter.rule, organisations, charter.exposures, charter.vetoes, on=TODAY).decision
        for motion in charter.motions
    ]
    assert decided == [Decision.PASSED, Decision.FAILED]


def test_one_answer_came_late_and_one_is_overdue(alliance):
    found = [request_state(each, on=TODAY) for each in alliance.charter.requests]
    assert [each.status for each in found] == [RequestStatus.ANSWERED, RequestStatus.OVERDUE]


def test_fewer_nurse_hours_set_the_clause_going(alliance):
    watch = clause_watch(alliance.charter.clause, alliance.partners, on=TODAY, agreed_on=alliance.formed_on)
    assert [each.phase for each in watch.requests] == [Phase.TALKS]
    assert [each.request is not None for each in watch.triggers] == [True]


def test_two_promises_are_late_and_the_lowest_view_is_that_of_the_churches(alliance):
    late = [
        each.promise.id for each in promise_standings(alliance.exchange, on=TODAY) if each.state is PromiseState.LATE
    ]
    assert late == ["evaluation", "thanks"]
    fairness = received_over_given(alliance.exchange, (H, C), on=TODAY)
    ratios = {each.partner: each.ratio for each in fairness.balances}
    assert (round(ratios[C], 2), round(ratios[H], 2)) == (0.79, 2.38)


def test_four_weigh_what_they_risk_and_together_exactly_one(four):
    weights = vote_weights(
        four.charter.rule, [each.organisation.id for each in four.partners], four.charter.exposures, on=TODAY
    )
    assert sum((each.share for each in weights), Fraction(0)) == 1
    assert max(weights, key=lambda each: each.share).partner == C
