"""Votes against a second way of counting, and what must hold of every vote; planted bugs must be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lichen.charter import veto as veto_module
from lichen.charter.veto import Veto, VetoRule
from lichen.charter.votes import outcome as outcome_module
from lichen.charter.votes import stances as stances_module
from lichen.charter.votes import weighing as weighing_module
from lichen.charter.votes.outcome import CountedVote, Decision, Outcome, VoteGround, vote_outcome
from lichen.charter.votes.stances import StanceRule
from lichen.charter.votes.values import Motion, MotionKind, Position, Stance, VotingMethod, VotingRule
from lichen.charter.votes.weighing import bounded_shares, vote_weights
from tests.core.charter.tally_by_hand import (
    CORE,
    FIRST,
    Vote,
    bounds_by_trial,
    day,
    decided_by_hand,
    organisation,
    random_vote,
)

few = settings(max_examples=60)
votes = st.integers(0, 2**32 - 1).map(lambda number: random_vote(Random(number)))


def decided(vote: Vote) -> Outcome:
    return vote_outcome(vote.motion, vote.rule, vote.partners, vote.exposures, vote.vetoes, on=vote.on)


def miscounted(many: int) -> list[Vote]:
    """The first vote of many that comes out otherwise when it is counted by hand."""
    drawn = (random_vote(Random(number)) for number in range(many))
    return list(islice((vote for vote in drawn if decided(vote).decision != decided_by_hand(vote)), 1))


def test_outcome_is_what_a_careful_secretary_counts():
    assert miscounted(1_500) == []


@pytest.mark.long
def test_many_outcomes_are_what_a_careful_secretary_counts():
    assert miscounted(20_000) == []


@few
@given(
    st.lists(st.integers(0, 40), min_size=3, max_size=6),
    st.sampled_from(("0", "1/12", "1/8")),
    st.sampled_from(("35%", "45%", "1")),
)
def test_shares_between_bounds_are_those_found_by_trying_every_way(sizes: list[int], floor: str, cap: str):
    least, most = Fraction(floor), Fraction(cap[:-1]) / 100 if cap.endswith("%") else Fraction(cap)
    assume(any(sizes))
    found = bounded_shares(sizes, least, most)
    tried = bounds_by_trial(sizes, least, most)
    assert all(abs(share - other) < Fraction(1, 10**9) for share, other in zip(found, tried, strict=True))


@few
@given(votes)
def test_weights_add_up_to_one_between_floor_and_cap(vote: Vote):
    rule = replace(vote.rule, method=VotingMethod.BY_RISK)
    assume(len(vote.partners) > 2)
    ids = [one.id for one in vote.partners]
    weights = vote_weights(rule, ids, vote.exposures, on=FIRST)
    assert sum(each.share for each in weights) == 1
    assert all(rule.least(len(ids)) <= each.share <= rule.most for each in weights)
    assert [Fraction(each.weight, sum(one.weight for one in weights)) for each in weights] == [
        each.share for each in weights
    ]
    assert not any(rule.is_enough(each.share) for each in weights)


@few
@given(votes)
def test_partner_with_more_risk_never_weighs_less(vote: Vote):
    rule = replace(vote.rule, method=VotingMethod.BY_RISK)
    assume(len(vote.partners) > 2)
    weights = vote_weights(rule, [one.id for one in vote.partners], vote.exposures, on=FIRST)
    in_order = sorted(weights, key=lambda each: (each.risk, each.share))
    assert [each.share for each in in_order] == sorted(each.share for each in weights)


@few
@given(votes, st.sampled_from("abcde"))
def test_one_more_for_never_turns_a_pass_into_anything_else(vote: Vote, by: str):
    before = decided(vote).as_it_stands
    added = Stance(by, Position.FOR, day(4), person="Ada")
    more = replace(vote.motion, stances=(*vote.motion.stances, added))
    after = decided(Vote(vote.partners, vote.rule, vote.exposures, more, vote.vetoes, vote.on)).as_it_stands
    assert before is not Decision.PASSED or after is Decision.PASSED


@few
@given(votes, st.randoms(use_true_random=False))
def test_order_among_partners_changes_nothing(vote: Vote, random: Any):
    by_partner: dict[str, list[Stance]] = {}
    for stance in vote.motion.stances:
        by_partner.setdefault(stance.by, []).append(stance)
    turns = [stance.by for stance in vote.motion.stances]
    random.shuffle(turns)
    shuffled = replace(vote.motion, stances=tuple(by_partner[by].pop(0) for by in turns))
    other = Vote(vote.partners, vote.rule, vote.exposures, shuffled, vote.vetoes, vote.on)
    assert replace(decided(other), passed_over=()) == replace(decided(vote), passed_over=())


@few
@given(votes, st.integers(0, 40_000))
def test_veto_stands_until_it_is_resolved_whatever_the_day(vote: Vote, later: int):
    veto = Veto("a", "fair", day(2), (CORE,), reason="Not with our name on it.", claim="It names us.")
    motion = replace(vote.motion, kind=MotionKind.ORDINARY)
    partners = (organisation("a", CORE), *vote.partners[1:])
    on = day(4) + timedelta(days=later)
    held = Vote(partners, vote.rule, vote.exposures, motion, (veto,), on)
    assert decided(held).decision is Decision.BLOCKED
    resolved = replace(veto, resolved_on=on, resolution="Our name is left out.")
    freed = Vote(partners, vote.rule, vote.exposures, motion, (resolved,), on)
    assert decided(freed).decision is not Decision.BLOCKED


@few
@given(votes, st.sampled_from((MotionKind.EXIT, MotionKind.LEGAL_DUTY)))
def test_veto_never_blocks_exit_or_the_law(vote: Vote, kind: MotionKind):
    vote = Vote(vote.partners, vote.rule, vote.exposures, replace(vote.motion, kind=kind), vote.vetoes, vote.on)
    assert decided(vote).vetoed_by == ()


@few
@given(votes)
def test_heads_below_the_quorum_decide_nothing(vote: Vote):
    found = decided(vote)
    if found.decision in (Decision.PASSED, Decision.FAILED):
        assert found.heads >= found.heads_needed


@few
@given(votes)
def test_consent_is_the_lack_of_a_reasoned_objection(vote: Vote):
    found = decided(replace_rule(vote, replace(vote.rule, method=VotingMethod.CONSENT)))
    if found.decision in (Decision.PASSED, Decision.FAILED):
        assert (found.decision is Decision.PASSED) == (found.ground is VoteGround.NO_OBJECTION)
        assert found.objections == () or found.ground is VoteGround.REASONED_OBJECTION


def replace_rule(vote: Vote, rule: VotingRule) -> Vote:
    return Vote(vote.partners, rule, vote.exposures, vote.motion, vote.vetoes, vote.on)


def expiring(veto: Veto, on: Any) -> bool:
    return veto.vetoed_on <= on < min(veto.resolved_on or day(10_000), veto.vetoed_on + timedelta(days=90))


def without(breaches: Callable[..., Any], dropped: Any) -> Callable[..., Any]:
    return lambda *given: ((rule, broken) for rule, broken in breaches(*given) if rule is not dropped)


def first_said(motion: Motion, rule: VotingRule, partners: Any, *, on: Any) -> dict[str, Stance]:
    backwards = replace(motion, stances=motion.stances[::-1])
    return stances_module.held_stances(backwards, rule, partners, on=on)


def in_proportion(sizes: Any, least: Fraction, most: Fraction) -> tuple[Fraction, ...]:
    return tuple(Fraction(size, sum(sizes)) if sum(sizes) else Fraction(1, len(sizes)) for size in sizes)


def pinned_once(sizes: Any, least: Fraction, most: Fraction) -> tuple[Fraction, ...]:
    cut = [min(max(share, least), most) for share in in_proportion(sizes, least, most)]
    return tuple(share / sum(cut) for share in cut)


def as_of_today(motion: Motion, rule: VotingRule, partners: Any, exposures: Any, *, on: Any) -> Any:
    return vote_weights(rule, partners, exposures, on=on)


def rounded(count: Any) -> int:
    return max(1, round(count.rule.needed * count.counted))


PLANTED: dict[str, tuple[Any, str, Any]] = {
    "a veto expires": (Veto, "stands_on", expiring),
    "a resolved veto is a yes": (
        outcome_module._Count,
        "_ground_by_consent",
        property(lambda count: VoteGround.REASONED_OBJECTION if count.objections else VoteGround.NO_OBJECTION),
    ),
    "a veto over exit": (veto_module, "_breaches", without(veto_module._breaches, VetoRule.EXIT)),
    "a veto over any weakness": (veto_module, "_breaches", without(veto_module._breaches, VetoRule.CORE)),
    "a veto out of scope": (veto_module, "_breaches", without(veto_module._breaches, VetoRule.SCOPE)),
    "a vote on behalf is a head": (CountedVote, "is_head", property(lambda vote: vote.position is not None)),
    "the first stance holds": (outcome_module, "held_stances", first_said),
    "late stances count": (stances_module, "_breaches", without(stances_module._breaches, StanceRule.CLOSED)),
    "anybody votes for a partner": (
        stances_module,
        "_breaches",
        without(stances_module._breaches, StanceRule.DELEGATE),
    ),
    "abstaining is against": (outcome_module, "_AGAINST", {*outcome_module._AGAINST, Position.ABSTAIN}),
    "an objection is neither": (outcome_module, "_AGAINST", {Position.AGAINST, Position.VETO}),
    "a preference stops consent": (
        Stance,
        "is_reasoned_objection",
        property(lambda stance: stance.position is Position.OBJECTION),
    ),
    "the bar is rounded": (outcome_module._Count, "needed", property(rounded)),
    "no cap and no floor": (weighing_module, "bounded_shares", in_proportion),
    "bounds are kept once only": (weighing_module, "bounded_shares", pinned_once),
    "weights of today": (outcome_module, "motion_weights", as_of_today),
    "two vote by weight": (outcome_module, "working_method", lambda rule, partners: rule.method),
    "half of them is a quorum": (VotingRule, "heads_needed", lambda rule, partners: rule.quorum or partners // 2),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(*PLANTED[bug])
    assert len(miscounted(1_500)) == 1
