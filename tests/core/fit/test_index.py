from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from lichen.audit.values import Organisation
from lichen.capabilities.taxonomy import taxonomy
from lichen.fit.index import FitIndex
from tests.cast import everyone, hospital
from tests.core.fit.slow import slow_cover, slow_met
from tests.strategies import UNKNOWN_CODE, alliances, modest, organisations


def known(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.tolist()]


@modest
@given(organisations("Me"), alliances())
def test_covers_are_the_slow_formula_pair_by_pair(me, others):
    index = FitIndex(others)
    for evidence in (True, False):
        ours, theirs = index.covers(me, evidence=evidence)
        assert known(ours) == pytest.approx([slow_cover(me, other, evidence) for other in others], abs=1e-9)
        assert known(theirs) == pytest.approx([slow_cover(other, me, evidence) for other in others], abs=1e-9)


@modest
@given(organisations("Me", least=1), alliances())
def test_met_is_the_best_offer_of_each(me, others):
    index = FitIndex(others)
    for gap in me.vulnerabilities:
        assert index.met(gap.code).tolist() == pytest.approx([slow_met(gap, other) for other in others], abs=1e-12)


@modest
@given(alliances(least=2))
def test_matrices_have_the_covers_of_all_pairs(others):
    index = FitIndex(others)
    every = np.arange(len(others))
    covers = index.met_matrix(every).T @ index.weight_matrix(every)
    for giver, taker in np.ndindex(covers.shape):
        assert covers[giver, taker] == pytest.approx(slow_cover(others[taker], others[giver]) or 0, abs=1e-9)


def test_matrices_of_some_rows_are_those_columns_of_the_whole():
    index, rows = FitIndex(everyone), np.array([7, 2, 4])
    assert index.met_matrix(rows).tolist() == index.met_matrix(np.arange(len(index)))[:, rows].tolist()
    assert index.weight_matrix(rows).tolist() == index.weight_matrix(np.arange(len(index)))[:, rows].tolist()


def test_matrices_have_a_row_for_each_code():
    index = FitIndex(everyone)
    assert index.met_matrix(np.array([0])).shape == (len(taxonomy().capabilities), 1)


def test_others_leaves_me_out_by_my_id():
    assert FitIndex(everyone).others(hospital).tolist() == [False] + [True] * (len(everyone) - 1)


def test_nobody_meets_a_gap_whose_code_is_unknown():
    assert FitIndex(everyone).met(UNKNOWN_CODE).tolist() == [0.0] * len(everyone)


@pytest.mark.parametrize("organisations", [(), (Organisation("s", "Silent"),)], ids=["empty", "silent"])
def test_index_of_nothing_answers_all_the_same(organisations):
    ours, theirs = FitIndex(organisations).covers(hospital)
    assert known(ours) == known(theirs) == [None] * len(organisations)
