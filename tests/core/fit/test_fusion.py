from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.errors import InputError
from lichen.fit.fusion import FUSIONS, fused, fused_arrays
from tests.strategies import modest

shares = st.floats(0, 1, allow_subnormal=False).map(lambda share: round(share, 6))
each_fusion = pytest.mark.parametrize("fusion", FUSIONS)


@pytest.mark.parametrize(
    ("fusion", "values"),
    [
        ("geometric", (0.3, 0.67, 0.7, 0.0)),
        ("harmonic", (0.18, 0.64, 0.7, 0.0)),
        ("minimum", (0.1, 0.5, 0.7, 0.0)),
        ("product", (0.09, 0.45, 0.49, 0.0)),
    ],
)
def test_fused_has_the_values_of_the_published_table(fusion, values):
    pairs = ((0.9, 0.1), (0.9, 0.5), (0.7, 0.7), (1.0, 0.0))
    assert tuple(round(fused(ours, theirs, fusion), 2) for ours, theirs in pairs) == values


@each_fusion
@modest
@given(ours=shares, theirs=shares)
def test_fused_is_symmetric_in_range_and_zero_with_either_direction(fusion, ours, theirs):
    score = fused(ours, theirs, fusion)
    assert score == fused(theirs, ours, fusion)
    assert 0 <= score <= max(ours, theirs) + 1e-12
    assert (score > 0) == (ours > 0 and theirs > 0)


@each_fusion
@modest
@given(pairs=st.lists(st.tuples(shares, shares), max_size=8))
def test_arrays_are_fused_as_single_pairs_are(fusion, pairs):
    ours, theirs = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    expected = [fused(*pair, fusion) for pair in pairs]
    assert fused_arrays(ours, theirs, fusion).tolist() == pytest.approx(expected, abs=1e-12)


def test_a_fusion_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(InputError) as refusal:
        fused(0.5, 0.5, "arithmetic")  # type: ignore[arg-type]
    assert refusal.value.problems[0].right == "harmonic, geometric, minimum, product"
