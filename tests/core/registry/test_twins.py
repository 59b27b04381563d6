"""Likely twins: found and told with why; joined only where a person said so, and parted again when taken back."""

from __future__ import annotations

import csv

import pytest

pytest.importorskip("pyarrow", reason="the extra registry is not installed")

from lichen.audit.values import Offer, Organisation, Source
from lichen.errors import InputError
from lichen.registry.decisions import Decision, read_decisions
from lichen.registry.entries import Entry, Item
from lichen.registry.loading import Register, load_register
from lichen.registry.store import Store, read_store
from lichen.registry.synthetic import Made, load_synthetic
from lichen.registry.twins import HEADINGS, Why, apply_decisions, likely_twins, twin_rows


def entry(identifier, name, code="assets.venue", **place):
    offer = Offer(code, source=Source("Register", f"It says {code}.", 0.6), confirmed=False)
    return Entry(Organisation(identifier, name, country="GB", region=place.pop("region", ""), offers=(offer,)), **place)


def store_of(path, **registers):
    for name, entries in registers.items():
        given = path / name
        given.write_text(repr(entries))
        register = Register(
            name.replace("_", "-"),
            lambda _path, entries=entries: (Item(k, k, {"k": k}) for k in range(len(entries))),
            lambda item, entries=entries: (entries[item.content["k"]],),
        )
        load_register(path / "store", register, [given])
    return Store(path / "store")


def decide(store, path, said):
    rows = list(twin_rows(likely_twins(store), read_decisions(store.path)))
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, HEADINGS)
        table.writeheader()
        table.writerows({**row, "decision": said} for row in rows)
    return apply_decisions(store, path)


def given(store):
    return [row for table in read_store(store.path) for row in table.to_pylist()]


def two_registers(path):
    return store_of(
        path,
        uk_charities=[
            entry("GB-CHC-1", "St Anne's Trust", postcode="N7 7JW"),
            entry("GB-CHC-2", "Oak Project", locality="Leeds"),
            entry("GB-CHC-3", "Mill Fund", postcode="LS1 1AA", locality="Leeds"),
            entry("GB-CHC-4", "Twice Named", postcode="N1 1AA"),
            entry("GB-CHC-5", "Twice Named", postcode="N1 1AA"),
        ],
        ror=[
            entry("XI-ROR-1", "THE ST. ANNE’S TRUST LTD", "people.volunteers", postcode="n77jw"),
            entry("XI-ROR-2", "oak project", "people.volunteers", locality="LEEDS"),
            entry("XI-ROR-3", "Mill Fund", postcode="YO1 1AA", locality="York"),
            entry("GB-CHC-2", "Oak Project", "ops.logistics"),
        ],
    )


def test_twins_are_found_by_id_then_name_and_place_with_why(tmp_path):
    found = {(twins.ids, twins.why, twins.confidence) for twins in likely_twins(two_registers(tmp_path)).twins}
    assert found == {
        (("GB-CHC-2", "GB-CHC-2"), Why.ID, 0.99),
        (("GB-CHC-1", "XI-ROR-1"), Why.POSTCODE, 0.9),
        (("GB-CHC-2", "XI-ROR-2"), Why.LOCALITY, 0.7),
    }


def test_nothing_is_joined_before_somebody_decides(tmp_path):
    rows = given(two_registers(tmp_path))
    assert len(rows) == 8
    assert {len(row["offers"]) for row in rows} == {1}
    assert [row["source"] for row in rows if row["id"] == "GB-CHC-2"] == ["uk-charities"]


def test_decided_twins_become_one_with_what_all_suggest_and_part_again(tmp_path):
    store = two_registers(tmp_path)
    before = given(store)
    assert decide(store, tmp_path / "twins.csv", "same")[Decision.SAME] == 3
    rows = {row["id"]: row for row in given(store)}
    assert len(rows) == 6
    oak = rows["GB-CHC-2"]
    assert (oak["name"], oak["locality"], oak["source"]) == ("Oak Project", "Leeds", "uk-charities+ror")
    assert sorted(item["code"] for item in oak["offers"]) == ["assets.venue", "ops.logistics", "people.volunteers"]
    assert decide(store, tmp_path / "twins.csv", "ask")[Decision.ASK] == 3
    assert given(store) == before


def test_decision_outlives_another_load(tmp_path):
    store = two_registers(tmp_path)
    decide(store, tmp_path / "twins.csv", "same")
    later = store_of(tmp_path, irs_bmf=[entry("US-EIN-1", "Later")])
    assert {"GB-CHC-1", "US-EIN-1"} <= {row["id"] for row in given(later)}
    assert "XI-ROR-1" not in {row["id"] for row in given(later)}


def test_decisions_that_contradict_each_other_are_refused_and_change_nothing(tmp_path):
    store = two_registers(tmp_path)
    path = tmp_path / "twins.csv"
    path.write_text(
        "decision,first_id,second_id\nsame,GB-CHC-1,GB-CHC-3\nsame,GB-CHC-3,GB-CHC-4\ndifferent,GB-CHC-1,GB-CHC-4\n"
    )
    with pytest.raises(InputError, match="these are said to be different, and each the same as a third"):
        apply_decisions(store, path)
    assert read_decisions(store.path) == {}


def test_table_with_an_unknown_id_or_word_is_refused_with_every_problem(tmp_path):
    path = tmp_path / "twins.csv"
    path.write_text("decision,first_id,second_id\nsame,GB-CHC-1,GB-CHC-99\nperhaps,GB-CHC-1,GB-CHC-2\n")
    with pytest.raises(InputError) as refusal:
        apply_decisions(two_registers(tmp_path), path)
    assert [problem.what for problem in refusal.value.problems] == ["this is no decision", "the store has no such id"]


def test_every_planted_twin_of_a_made_up_register_is_found(tmp_path):
    load = load_synthetic(tmp_path / "store", Made(5_000, seed=3, twice=0.02))
    assert load.entries == 5_100
    found = {twins.ids for twins in likely_twins(Store(tmp_path / "store")).twins}
    ids = [row["id"] for row in given(Store(tmp_path / "store")) if "-SYNB-" in row["id"]]
    assert len(ids) == 100
    assert {(one.replace("-SYNB-", "-SYN-"), one) for one in ids} <= found
