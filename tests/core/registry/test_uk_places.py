"""Where a charity is."""

from __future__ import annotations

import pytest

from lichen.registry.uk_places import region_of


@pytest.mark.parametrize(
    ("postcode", "register", "region"),
    [
        ("N7 7JW  ", "ccew", "London"),
        ("nw4 2bz", "ccew", "London"),
        ("NE1 1AA", "ccew", "North East"),
        ("LS1 4DY", "ccew", "Yorkshire and the Humber"),
        ("CF10 3AT", "ccew", "Wales"),
        ("DG3 5BF", "ccew", "Scotland"),
        ("SE1 6DF", "oscr", "Scotland"),
        ("", "ccni", "Northern Ireland"),
        ("POOLE", "ccew", ""),
        ("QQ1 1AA", "ccew", ""),
        ("", "ccew", ""),
    ],
)
def test_a_region_comes_from_the_register_or_the_postcode(postcode: str, register: str, region: str) -> None:
    assert region_of(postcode, register) == region
