from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.errors import InputError
from lichen.fit.fusion import FUSIONS, fused
from lichen.fit.index import FitIndex
from lichen.fit.matrix import best_swaps, matrix, vulnerability_map
from lichen.fit.reasons import reasons
from lichen.fit.showing import showable
from lichen.scales import Relevance, Sensitivity
from tests.cast import churches, everyone, foundation, hospital, stranger, youth
from tests.core.fit.slow import slow_met
from tests.strategies import alliances, modest, organisations


def values(found):
    return [[None if cell is None else round(cell.value, 3) for cell in row] for row in found.cells]


def test_matrix_of_the_youth_charity_and_the_foundation():
    found = matrix(youth, foundation)
    assert [line.code for line in found.rows] == [
        "funding.fundraising", "policy.political_connections", "funding.platform",
        "reach.business_networks", "knowledge.evaluation",
    ]  # fmt: skip
    assert [line.code for line in found.columns] == [
        "trust.community", "knowledge.curriculum", "people.employee_engagement",
        "knowledge.lived_experience", "tech.user_experience",
    ]  # fmt: skip
    # Fundraising is met to 0.8 × 0.9, trust to 0.8 × 0.7: 2 × 0.72 × 0.56 ÷ 1.28 = 0.63.
    assert values(found)[0][:3] == [0.63, 0.8, None]
    assert values(found)[1] == [None] * 5


def test_cell_says_through_which_offers():
    cell = matrix(youth, foundation).cells[0][1]
    assert (cell.ours.gap, cell.ours.offer, cell.theirs.gap, cell.theirs.offer) == (
        "funding.fundraising", "funding.fundraising", "knowledge.curriculum", "knowledge.curriculum",
    )  # fmt: skip
    assert cell.weight == cell.ours.weight + cell.theirs.weight


@modest
@given(organisations("Me"), alliances())
def test_matrix_has_a_cell_for_each_pair_of_gaps_and_agrees_with_the_reasons(me, others):
    for fusion in FUSIONS:
        found = matrix(me, others, fusion=fusion)
        assert sorted(line.code for line in found.rows) == sorted(gap.code for gap in me.vulnerabilities if gap.code)
        assert [len(row) for row in found.cells] == [len(found.columns)] * len(found.rows)
        for row, line in zip(found.cells, found.rows, strict=True):
            for cell, column in zip(row, found.columns, strict=True):
                if cell is not None:
                    assert (cell.ours.gap, cell.organisation, cell.theirs.gap) == (
                        line.code, column.organisation, column.code,
                    )  # fmt: skip
                    assert cell.value == fused(cell.ours.met, cell.theirs.met, fusion) > 0
    by_id = {other.id: other for other in others}
    for swap in best_swaps(found, top=1000):
        assert swap.ours in reasons(me, by_id[swap.organisation])
        assert swap.theirs in reasons(by_id[swap.organisation], me)


@modest
@given(organisations("Me"), organisations("Other"))
def test_matrix_from_the_other_side_is_the_same_turned_over(me, other):
    here, there = matrix(me, other), matrix(other, me)
    assert (here.rows, here.columns) == (there.columns, there.rows)
    assert values(here) == [list(column) for column in zip(*values(there), strict=True)] or not (
        here.rows and here.columns
    )


def test_columns_come_candidate_by_candidate_and_the_unknown_are_named():
    found = matrix(hospital, [stranger, foundation, hospital, churches])
    assert found.unknown == (stranger.id,)
    assert [line.organisation for line in found.columns] == [foundation.id] * 5 + [churches.id] * 5
    lone = [row[5:] for row in found.cells]
    assert lone == [list(row) and row for row in matrix(hospital, churches).cells]


def test_matrix_of_what_is_showable_leaves_out_the_sensitive_and_the_irrelevant_on_both_axes():
    shown = matrix(showable(hospital), showable(churches))
    assert "people.wellbeing" not in [line.code for line in shown.rows]
    assert "governance.succession" not in [line.code for line in shown.columns]
    assert (len(shown.rows), len(shown.columns)) == (5, 4)
    assert sum(line.weight for line in shown.rows) == pytest.approx(1)
    secret = Vulnerability("ops.logistics", sensitivity=Sensitivity.HIGH)
    beside_it = Vulnerability("ops.logistics", sensitivity=Sensitivity.LOW, relevance=Relevance.NO)
    guarded = Organisation("g", "Guarded", vulnerabilities=(secret, beside_it))
    assert matrix(showable(guarded), showable(churches)).rows == ()


def test_inferred_gap_makes_a_swap_worth_less_and_is_marked():
    guess = Vulnerability("trust.community", 4, source=Source("Register", "It seeks partners.", 0.5))
    farm = Organisation(
        "f", "F", vulnerabilities=(Vulnerability("ops.logistics"),), offers=(Offer("trust.community", 5, 5),)
    )
    depot = Organisation("d", "D", vulnerabilities=(guess,), offers=(Offer("ops.logistics", 5, 5),))
    found = matrix(farm, depot)
    assert values(found) == [[0.667]]
    assert [line.suggested for line in (*found.rows, *found.columns)] == [False, True]


def test_best_swaps_are_the_highest_cells_and_then_the_heaviest():
    found = matrix(hospital, churches)
    swaps = best_swaps(found, top=1000)
    assert [(-round(swap.value, 12), -swap.weight) for swap in swaps] == sorted(
        (-round(swap.value, 12), -swap.weight) for swap in swaps
    )
    assert (swaps[0].ours.gap, swaps[0].theirs.gap) == ("trust.underserved", "service.clinical_delivery")
    assert best_swaps(found) == swaps[:3]


def test_map_names_our_five_heaviest_gaps_and_who_excels_at_each():
    rows = vulnerability_map(hospital, everyone)
    assert [row.gap.code for row in rows] == [
        "trust.underserved", "people.languages", "assets.venue", "people.volunteers", "knowledge.local",
    ]  # fmt: skip
    assert [other.id for other in rows[0].excelling] == ["example-churches", "example-farmers", "example-youth"]
    assert [len(row.excelling) for row in vulnerability_map(hospital, everyone, gaps=2, each=1)] == [1, 1]


def test_map_says_first_what_we_could_meet_of_what_they_lack():
    lacks = vulnerability_map(hospital, everyone)[0].excelling[0].lacks
    assert [lack.met for lack in lacks] == sorted((lack.met for lack in lacks), reverse=True)
    assert (lacks[0].code, round(lacks[0].met, 3)) == ("service.clinical_delivery", 1.0)
    assert (lacks[-1].code, lacks[-1].met) == ("governance.succession", 0.0)
    assert {lack.code for lack in lacks} == {gap.code for gap in churches.vulnerabilities}


def test_map_does_not_guess_what_nobody_knows():
    silent = replace(churches, vulnerabilities=())
    assert vulnerability_map(hospital, [silent])[0].excelling[0].lacks is None


def test_gap_at_which_nobody_excels_has_an_empty_row():
    assert vulnerability_map(stranger, everyone) == ()
    [row] = vulnerability_map(Organisation("x", "X", vulnerabilities=(Vulnerability("assets.land"),)), [stranger])
    assert row.excelling == ()


@modest
@given(organisations("Me", least=1), alliances())
def test_map_takes_those_who_meet_the_gap_best(me, others):
    assume(all(gap.confidence for gap in me.vulnerabilities))
    for row in vulnerability_map(me, FitIndex(others), gaps=10, each=2):
        gap = next(gap for gap in me.vulnerabilities if gap.code == row.gap.code)
        everybody = sorted((met for other in others if (met := slow_met(gap, other)) > 0), reverse=True)
        by_id = {other.id: other for other in others}
        assert [slow_met(gap, by_id[other.id]) for other in row.excelling] == pytest.approx(everybody[:2], abs=1e-12)


def test_what_cannot_be_mapped_is_refused_all_at_once():
    with pytest.raises(InputError) as refusal:
        vulnerability_map(hospital, everyone, gaps=0, each=0)
    assert [problem.column for problem in refusal.value.problems] == ["gaps", "each"]
    with pytest.raises(InputError):
        matrix(hospital, churches, fusion="sum")  # type: ignore[arg-type]
