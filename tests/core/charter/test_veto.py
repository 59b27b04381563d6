"""The scoped veto: what it may be over, how it ends, what a reader sees of it, and when it goes to mediation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from lichen.charter.veto import (
    MediationDue,
    RepeatedVeto,
    Veto,
    VetoRule,
    admissible_vetoes,
    cast_veto,
    mediation_due,
    refused_vetoes,
    resolve_veto,
    veto_rule_words,
    veto_shown,
)
from lichen.charter.votes.values import Motion, MotionKind, VotingRule
from lichen.errors import InputError, NotAllowed
from tests.cast import churches, hospital, stranger

FIRST = date(2026, 5, 4)
CORE, NOT_CORE = "trust.underserved", "people.languages"
BOTH = (hospital, churches)
MOTION = Motion("names", by=churches.id, subject="data", touches=(CORE, NOT_CORE), opened_on=FIRST)
VETO = Veto(hospital.id, "names", FIRST, (CORE,), reason="Nobody would come again.")


def refusal(veto: Veto = VETO, motion: Motion = MOTION, *standing: Veto) -> str:
    with pytest.raises(NotAllowed) as refused:
        cast_veto(veto, [motion], BOTH, standing)
    assert refused.value.why == veto_rule_words(VetoRule(refused.value.rule))
    assert CORE not in refused.value.why
    return refused.value.rule


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_veto_over_a_declared_core_weakness_is_cast():
    assert cast_veto(VETO, [MOTION], BOTH, ()) is VETO


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"motion": "unknown"}, VetoRule.MOTION),
        ({"by": stranger.id}, VetoRule.PARTNER),
        ({"vetoed_on": date(2026, 5, 3)}, VetoRule.NOT_OPEN),
        ({"reason": "\n"}, VetoRule.REASON),
        ({"codes": ()}, VetoRule.CODES),
        ({"codes": (NOT_CORE,)}, VetoRule.CORE),
        ({"codes": (CORE, NOT_CORE)}, VetoRule.CORE),
        ({"by": churches.id}, VetoRule.CORE),
    ],
)
def test_veto_that_breaks_a_rule_is_not_allowed(changed: dict[str, Any], rule: VetoRule):
    assert refusal(replace(VETO, **changed)) == rule


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (MotionKind.EXIT, VetoRule.EXIT),
        (MotionKind.LEGAL_DUTY, VetoRule.LEGAL_DUTY),
        (MotionKind.RENEGOTIATION, VetoRule.RENEGOTIATION),
    ],
)
def test_nobody_vetoes_exit_law_or_anothers_renegotiation(kind: MotionKind, rule: VetoRule):
    assert refusal(VETO, replace(MOTION, kind=kind)) == rule


def test_closed_motion_is_vetoed_no_more():
    assert refusal(replace(VETO, vetoed_on=day(2)), replace(MOTION, closes_on=day(1))) == VetoRule.NOT_OPEN


def test_veto_over_what_the_motion_does_not_list_needs_a_claim():
    untouched = replace(MOTION, touches=(NOT_CORE,))
    assert refusal(VETO, untouched) == VetoRule.SCOPE
    claimed = replace(VETO, claim="Who comes is who trusts us.")
    assert cast_veto(claimed, [untouched], BOTH, ()).claim == "Who comes is who trusts us."


def test_veto_stands_once():
    assert refusal(VETO, MOTION, VETO) == VetoRule.ONCE
    resolved = resolve_veto(VETO, "Counts in place of names.", on=day(1))
    assert cast_veto(replace(VETO, vetoed_on=day(2)), [MOTION], BOTH, [resolved])


@pytest.mark.parametrize("years", [0, 1, 100])
def test_veto_stands_however_long_it_takes(years: int):
    assert VETO.stands_on(FIRST.replace(year=FIRST.year + years))


def test_resolved_veto_stands_until_the_day_before():
    resolved = resolve_veto(VETO, "Counts in place of names.", on=day(30), mediator="Rosa Marlow")
    assert (resolved.stands_on(day(29)), resolved.stands_on(day(30)), resolved.mediator) == (True, False, "Rosa Marlow")


def test_time_alone_ends_no_veto():
    with pytest.raises(NotAllowed) as refused:
        resolve_veto(VETO, " ", on=day(900))
    assert refused.value.rule == "veto-not-waited-out"
    with pytest.raises(InputError):
        replace(VETO, resolved_on=day(900))


def test_veto_is_resolved_once():
    resolved = resolve_veto(VETO, "Counts in place of names.", on=day(1))
    with pytest.raises(NotAllowed) as refused:
        resolve_veto(resolved, "Something else.", on=day(2))
    assert refused.value.rule == "veto-resolved-already"


def test_everything_that_is_wrong_with_a_veto_is_told_at_once():
    with pytest.raises(InputError) as refused:
        Veto("", " ", FIRST, resolved_on=day(-1))
    assert [problem.column for problem in refused.value.problems] == ["by", "motion", "resolution", "resolved_on"]


def test_reader_sees_the_weakness_only_where_it_was_granted():
    veto = replace(VETO, codes=(CORE, "people.wellbeing"), claim="It is about who believes us.")
    nothing, one, all_of_it = (
        veto_shown(veto, churches.id, granted) for granted in ((), {CORE}, {CORE, "people.wellbeing"})
    )
    assert [(each.codes, each.has_unnamed, each.claim) for each in (nothing, one, all_of_it)] == [
        ((), True, ""),
        ((CORE,), True, ""),
        ((CORE, "people.wellbeing"), False, "It is about who believes us."),
    ]
    assert nothing.reason == "Nobody would come again."


def test_mediator_sees_no_more_than_was_granted():
    veto = replace(VETO, mediator="Rosa Marlow", claim="It is about who believes us.")
    assert CORE not in repr(veto_shown(veto, "Rosa Marlow", ()))
    assert veto.claim not in repr(veto_shown(veto, "Rosa Marlow", ()))


def test_owner_sees_all_of_its_veto():
    assert veto_shown(VETO, hospital.id, ()).codes == (CORE,)


LATER = day(100)


def due(*vetoes: Veto, on: date = LATER, rule: VotingRule | None = None) -> list[tuple[str, int]]:
    motions = [MOTION, Motion("counts", subject="data"), Motion("rent"), Motion("newcomer")]
    found = mediation_due(vetoes, motions, rule or VotingRule(), on=on)
    return [(each.why.value, each.vetoes) for each in found]


SECOND = replace(VETO, motion="counts", vetoed_on=day(50))


def test_second_veto_on_a_subject_calls_for_mediation():
    assert due(VETO) == []
    assert due(VETO, SECOND) == [("on-a-subject", 2)]
    assert mediation_due([VETO, SECOND], [MOTION, Motion("counts", subject="data")], VotingRule(), on=day(50)) == (
        MediationDue(hospital.id, RepeatedVeto.ON_A_SUBJECT, "data", 2, 2),
    )


def test_vetoes_of_different_partners_are_not_repeated():
    assert due(VETO, replace(SECOND, by=churches.id)) == []


def test_subject_whose_last_veto_is_resolved_needs_no_mediator():
    assert due(VETO, resolve_veto(SECOND, "Counts by ward.", on=day(60))) == []


def test_mediator_who_is_named_is_on_the_way():
    assert due(VETO, replace(SECOND, mediator="Rosa Marlow")) == []


def test_third_veto_in_a_year_calls_for_mediation_whatever_it_is_about():
    motions = ("names", "rent", "newcomer")
    three = [replace(VETO, motion=name, vetoed_on=day(place)) for place, name in enumerate(motions)]
    assert due(*three) == [("in-a-year", 3)]
    assert due(*three, on=day(364)) == [("in-a-year", 3)]
    assert due(*three, on=day(365)) == []


def test_numbers_that_call_for_mediation_are_the_rules():
    assert due(VETO, rule=VotingRule(vetoes_on_a_subject=1)) == [("on-a-subject", 1)]
    assert due(VETO, SECOND, rule=VotingRule(vetoes_on_a_subject=3)) == []


def test_vetoes_after_the_day_are_left_out():
    assert due(VETO, SECOND, on=day(49)) == []


def test_vetoes_are_sorted_into_those_that_stop_and_those_that_do_not():
    wrong = replace(VETO, reason="")
    assert admissible_vetoes([VETO, wrong], [MOTION], BOTH) == (VETO,)
    assert [each.rule for each in refused_vetoes([VETO, wrong], [MOTION], BOTH)] == [VetoRule.REASON]
