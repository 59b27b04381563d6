from __future__ import annotations

import pytest

from lichen.audit.values import Organisation, Vulnerability
from lichen.audit.weighing import eased_by, gap_weights
from lichen.capabilities.taxonomy import RELATED_FLOOR, taxonomy


def test_weights_are_severity_times_the_place_among_five():
    gaps = [Vulnerability("ops.logistics", severity, rank) for rank, severity in enumerate((5, 4, 3, 2, 1), start=1)]
    centroids = (0.456667, 0.256667, 0.156667, 0.09, 0.04)
    whole = sum(severity * centroid for severity, centroid in zip((5, 4, 3, 2, 1), centroids, strict=True))
    expected = [severity * centroid / whole for severity, centroid in zip((5, 4, 3, 2, 1), centroids, strict=True)]
    lacking = Organisation("lacking", "Lacking", vulnerabilities=tuple(gaps))
    assert gap_weights(lacking) == pytest.approx(expected, abs=1e-6)


def test_related_offer_below_the_floor_meets_nothing():
    below = [
        (c.code, other) for c in taxonomy().capabilities.values() for other, near in c.related.items() if near < 0.4
    ]
    assert [pair for pair in below if pair[1] in eased_by(pair[0])] == []
    assert min(near for code in taxonomy().capabilities for near in eased_by(code).values()) == RELATED_FLOOR
