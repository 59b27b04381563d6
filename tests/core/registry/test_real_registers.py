"""Real registers in a store. Skipped where the data are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra registry is not installed")

from lichen.registry.loading import load_register
from lichen.registry.sources import REGISTERS
from lichen.registry.store import Store
from lichen.registry.twins import Why, likely_twins

CHECKOUT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("LICHEN_SHARED", CHECKOUT.parent / "shared"))
RETURNS = SHARED / "data/us_form990/returns_2021.csv.gz"
CHARITIES = SHARED / "data/uk_charities/top2000.csv"

pytestmark = pytest.mark.skipif(not RETURNS.exists(), reason="the registers are not here: set LICHEN_SHARED")
SENSITIVE = {"funding.reserves", "funding.solvency", "governance.board", "governance.ethics_controls"}


def test_every_real_return_is_accounted_for_and_nothing_sensitive_is_guessed(tmp_path):
    load = load_register(tmp_path, REGISTERS["form-990"], [RETURNS])
    assert (load.read, load.entries, dict(load.skipped)) == (7063, 7063, {})
    store = Store(tmp_path)
    assert store.manifest.rows == 7061  # two organisations sent two returns, of which the later counts
    gaps = {item["code"] for table in store.tables() for row in table.column("gaps").to_pylist() for item in row}
    assert gaps == {"funding.fundraising", "funding.stability", "funding.flexible_income"}
    assert not gaps & SENSITIVE


@pytest.mark.long
def test_real_charities_on_two_registers_are_found_and_stay_two(tmp_path):
    load = load_register(tmp_path, REGISTERS["uk-charities"], [CHARITIES])
    assert (load.read, load.skipped["inactive"], load.skipped["unnamed"]) == (2464, 71, 8)
    store = Store(tmp_path)
    found = likely_twins(store).twins
    assert sum(twins.why is Why.POSTCODE for twins in found) == 221
    assert sum(len(table) for table in store.tables(columns=["id"])) == store.manifest.rows
