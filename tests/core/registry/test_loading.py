"""Loading into a store: nothing lost, nothing doubled, whatever the order and wherever it was cut."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="the extra registry is not installed")

from lichen.errors import InputError
from lichen.registry.irs_bmf import COLUMNS
from lichen.registry.loading import LoadProgress, load_register
from lichen.registry.sources import REGISTERS
from lichen.registry.store import Store, read_store

BMF = REGISTERS["irs-bmf"]


class Cut(Exception):
    """The lights went out."""


def row(number: int, name: str = "FOOD BANK", ntee: str = "K31", **other: str) -> dict[str, str]:
    cells = {
        "EIN": f"{number:09d}",
        "NAME": name,
        "CITY": "AMES",
        "STATE": "IA",
        "ZIP": "50010-1234",
        "SUBSECTION": "03",
        "FOUNDATION": "15",
        "NTEE_CD": ntee,
        "REVENUE_AMT": "250000",
    }
    return cells | other


def register_file(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return path


def contents(store: Path) -> dict[str, bytes]:
    """Every file of a store that its reader may see."""
    return {
        path.relative_to(store).as_posix(): path.read_bytes()
        for path in store.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def all_rows(store: Path) -> list[dict[str, object]]:
    return [each for table in read_store(store) for each in table.to_pylist()]


def test_row_becomes_an_organisation_with_what_its_class_suggests(tmp_path):
    load = load_register(tmp_path / "store", BMF, [register_file(tmp_path / "eo1.csv", [row(1)])])
    assert (load.read, load.entries, dict(load.skipped)) == (1, 1, {})
    [found] = Store(tmp_path / "store").organisations(["US-EIN-000000001"])
    assert (found.name, str(found.sector), found.country, found.region, str(found.size)) == (
        "Food Bank",
        "nonprofit",
        "US",
        "IA",
        "medium",
    )
    [offer] = found.offers
    assert (offer.code, offer.confidence, offer.confirmed) == ("service.hardship_relief", 0.6, False)
    [searched] = all_rows(tmp_path / "store")
    assert searched["offers"] == [{"code": "service.hardship_relief", "worth": offer.effective}]


def test_rows_that_are_left_out_are_counted_with_their_places(tmp_path):
    rows = [row(1), row(2, name=""), row(3) | {"EIN": "12"}, row(4, REVENUE_AMT="a lot"), row(5)]
    load = load_register(tmp_path / "store", BMF, [register_file(tmp_path / "eo1.csv", rows)])
    assert dict(load.skipped) == {"no-id": 1, "unnamed": 1, "value": 1}
    assert load.examples["unnamed"] == ("eo1.csv, 3",)
    assert load.read == load.entries + sum(load.skipped.values()) == 5


@settings(max_examples=12, deadline=None)
@given(cut=st.integers(1, 12), piece=st.integers(3, 9))
def test_load_cut_anywhere_and_taken_up_again_gives_the_same_bytes(tmp_path_factory, cut, piece):
    place = tmp_path_factory.mktemp("cut")
    files = [register_file(place / f"eo{n}.csv", [row(n * 100 + k) for k in range(17)]) for n in (1, 2)]
    load_register(place / "whole", BMF, files, piece=piece, buckets=3)
    steps = 0

    def lights_out(_come: LoadProgress) -> None:
        nonlocal steps
        steps += 1
        if steps == cut:
            raise Cut

    for _attempt in range(2):
        try:
            load_register(place / "cut", BMF, files, piece=piece, buckets=3, progress=lights_out)
        except Cut:
            continue
    assert contents(place / "cut") == contents(place / "whole")
    assert [path.name for path in (place / "cut").glob(".loading-*")] == []


def test_order_of_files_and_loading_again_change_nothing(tmp_path):
    files = [register_file(tmp_path / f"eo{n}.csv", [row(k, ntee=f"{letter}20") for k in range(n, n + 20)])
             for n, letter in ((1, "A"), (10, "B"))]  # fmt: skip
    at_once, reversed_order, one_by_one = (tmp_path / name for name in "abc")
    load_register(at_once, BMF, files)
    load_register(reversed_order, BMF, files[::-1])
    for file in (*files[::-1], *files):
        load_register(one_by_one, BMF, [file])
    assert contents(at_once) == contents(reversed_order)
    assert all_rows(at_once) == all_rows(one_by_one)
    assert len(all_rows(at_once)) == 29
    both = next(one for one in all_rows(at_once) if one["id"] == "US-EIN-000000010")
    assert [item["code"] for item in both["offers"]] == ["service.arts_culture", "service.education_delivery"]


def test_store_is_read_as_it_was_while_it_is_loaded(tmp_path):
    store = tmp_path / "store"
    load_register(store, BMF, [register_file(tmp_path / "eo1.csv", [row(1)])])
    seen = []
    opened = Store(store)
    load_register(
        store,
        BMF,
        [register_file(tmp_path / "eo2.csv", [row(1, name="NEW NAME"), row(2)])],
        progress=lambda _come: seen.append(len(all_rows(store))),
    )
    assert set(seen) == {1}
    assert [name for table in opened.tables(columns=["name"]) for name in table.column("name").to_pylist()] == [
        "Food Bank"
    ]
    assert len(all_rows(store)) == 2


def test_damaged_part_is_refused_by_name(tmp_path):
    store = tmp_path / "store"
    load_register(store, BMF, [register_file(tmp_path / "eo1.csv", [row(1)])])
    [part] = Store(store).manifest.parts
    content = (store / part.file).read_bytes()
    (store / part.file).write_bytes(content[: len(content) // 2] + bytes(len(content) - len(content) // 2))
    assert Store(store).verify() == (part.name,)
    with pytest.raises(InputError, match=f"part {part.name} of the store is missing or damaged"):
        all_rows(store)


def test_manifest_cannot_lead_out_of_the_store(tmp_path):
    store = tmp_path / "store"
    load_register(store, BMF, [register_file(tmp_path / "eo1.csv", [row(1)])])
    said = json.loads((store / "manifest.json").read_text())
    said["parts"][0]["file"] = "../../etc/passwd"
    (store / "manifest.json").write_text(json.dumps(said))
    with pytest.raises(InputError, match="this does not say what the store holds"):
        Store(store)


def test_nothing_is_begun_among_other_peoples_files(tmp_path):
    (tmp_path / "taxes.parquet").write_text("mine")
    with pytest.raises(InputError, match="there are other files in this folder"):
        load_register(tmp_path, BMF, [register_file(tmp_path / "eo1.csv", [row(1)])])


def test_two_loads_at_once_are_refused(tmp_path):
    store, file = tmp_path / "store", register_file(tmp_path / "eo1.csv", [row(1)])
    refused = []

    def meanwhile(_come: LoadProgress) -> None:
        with pytest.raises(InputError, match="another load is going on") as refusal:
            load_register(store, BMF, [file])
        refused.append(refusal)

    load_register(store, BMF, [file], progress=meanwhile)
    assert len(refused) == 2


def test_missing_files_are_told_all_at_once(tmp_path):
    with pytest.raises(InputError) as refusal:
        load_register(tmp_path / "store", BMF, [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [problem.file for problem in refusal.value.problems] == ["a.csv", "b.csv"]
