"""What sector a charity belongs to."""

from __future__ import annotations

import pytest

from lichen.registry.uk_sectors import SECTOR_RULES, sector_of
from lichen.scales import Sector


@pytest.mark.parametrize(
    ("name", "icnptso", "sector"),
    [
        ("EASTFIELD SCHOOL", "B13", Sector.EDUCATION),
        ("EASTFIELD HOSPICE", "C31", Sector.HEALTH),
        ("THE EASTFIELD DIOCESAN BOARD OF FINANCE", "I10", Sector.FAITH),
        ("THE HARROW AND LYLE FOUNDATION", "H10", Sector.FUNDER),
        ("EASTFIELD HOUSING ASSOCIATION", "F30", Sector.NONPROFIT),
        ("EASTFIELD HOSPITAL FOR DONKEYS", "E22", Sector.NONPROFIT),
        ("Eastfield Volunteers", "H90", Sector.NONPROFIT),
        ("EASTFIELD CATHEDRAL SCHOOL", "", Sector.EDUCATION),
        ("Royal College of Bakers", "", Sector.NONPROFIT),
        ("Eastfield Children's Hospice", "", Sector.HEALTH),
        ("Sisters of the Bread and Salt", "", Sector.FAITH),
        ("THE BLOGGS CHARITABLE TRUST", "", Sector.FUNDER),
        ("Eastfield Trust", "", Sector.NONPROFIT),
    ],
)
def test_a_sector_comes_from_the_code_or_else_the_name(name: str, icnptso: str, sector: Sector) -> None:
    assert sector_of(name, icnptso) == sector


def test_every_sector_rule_has_its_reason() -> None:
    assert all(rule.reason for rule in SECTOR_RULES)
