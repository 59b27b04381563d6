"""A made-up register: the same for the same seed, and shaped like a real one."""

from __future__ import annotations

from collections import Counter

import pytest

pytest.importorskip("pyarrow", reason="the extra registry is not installed")

from lichen.audit.weighing import gap_weights
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError
from lichen.fit.cover import offer_worth
from lichen.registry.columns import SCHEMA, entry_of
from lichen.registry.synthetic import Made, synthetic_tables
from lichen.scales import Sensitivity


def rows(made):
    return [row for table in synthetic_tables(made) for row in table.to_pylist()]


def test_same_seed_makes_the_same_register_and_another_another():
    assert rows(Made(300, seed=5)) == rows(Made(300, seed=5))
    assert rows(Made(300, seed=5)) != rows(Made(300, seed=6))


def test_pieces_have_the_columns_of_the_store_and_every_id_once():
    tables = list(synthetic_tables(Made(25_000)))
    assert [len(table) for table in tables] == [20_200, 5_050]
    assert all(table.schema.equals(SCHEMA) for table in tables)
    ids = [one for table in tables for one in table.column("id").to_pylist()]
    assert len(set(ids)) == len(ids)


def test_weights_and_worths_are_those_of_the_library():
    for row in rows(Made(500, seed=1)):
        one = entry_of(row).organisation
        weights = [weight * gap.confidence for weight, gap in zip(gap_weights(one), one.vulnerabilities, strict=True)]
        assert [item["weight"] for item in row["gaps"]] == pytest.approx(weights)
        assert [item["worth"] for item in row["offers"]] == pytest.approx([offer_worth(each) for each in one.offers])


def test_common_capabilities_are_far_commoner_than_rare_ones_and_no_gap_is_sensitive():
    made = rows(Made(4_000, seed=2))
    counts = Counter(item["code"] for row in made for item in row["offers"]).most_common()
    assert counts[0][1] > 5 * counts[len(counts) // 2][1]
    known = taxonomy().capabilities
    assert all(known[item["code"]].sensitivity is not Sensitivity.HIGH for row in made for item in row["gaps"])
    assert all(len({item["code"] for item in row["offers"]}) == len(row["offers"]) for row in made)


def test_register_that_cannot_be_is_refused():
    with pytest.raises(InputError, match="no register can be made so"):
        Made(0)
