from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.scales import EVIDENCE_WEIGHTS, FIVE_STEPS, Evidence, Size, effective_strength, rank_weights, size_of

RANKS = st.lists(st.one_of(st.none(), st.integers(1, 9)), min_size=1, max_size=12)


def test_rank_weights_are_the_published_centroids_for_five():
    assert [round(weight, 3) for weight in rank_weights([1, 2, 3, 4, 5])] == [0.457, 0.257, 0.157, 0.09, 0.04]


def test_rank_weights_of_nothing_are_nothing():
    assert rank_weights([]) == ()


def test_tied_ranks_share_the_places_they_take_up():
    first, second, third = rank_weights([1, 2, 3])
    assert rank_weights([1, 1, 3]) == pytest.approx([(first + second) / 2, (first + second) / 2, third])


def test_unranked_items_share_the_places_after_the_ranked():
    first, second, third = rank_weights([1, 2, 3])
    assert rank_weights([None, 4, None]) == pytest.approx([(second + third) / 2, first, (second + third) / 2])


@given(RANKS)
def test_rank_weights_sum_to_one_and_never_favour_a_later_rank(ranks):
    weights = rank_weights(ranks)
    assert sum(weights) == pytest.approx(1)
    places = sorted(
        (float("inf") if rank is None else rank, -weight) for rank, weight in zip(ranks, weights, strict=True)
    )
    falling = [-weight for _, weight in places]
    assert all(before >= after - 1e-12 for before, after in pairwise(falling))


def test_effective_strength_follows_the_ladder_of_evidence():
    assert [round(effective_strength(4, evidence), 2) for evidence in FIVE_STEPS] == [0.48, 0.56, 0.64, 0.72, 0.8]
    assert effective_strength(5, 5, confidence=0.3) == pytest.approx(0.3)


def test_every_step_of_evidence_has_a_weight_and_a_name():
    assert list(EVIDENCE_WEIGHTS) == list(FIVE_STEPS)
    assert len(Evidence) == len(FIVE_STEPS)


@pytest.mark.parametrize(
    ("income", "size"),
    [(0, Size.MICRO), (9_999, Size.MICRO), (10_000, Size.SMALL), (1e6, Size.LARGE), (1e8, Size.SUPER_MAJOR)],
)
def test_size_band_begins_at_its_limit(income, size):
    assert size_of(income) == size
