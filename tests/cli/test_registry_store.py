from __future__ import annotations

import csv
import json

import pytest

pytest.importorskip("pyarrow", reason="the extra registry is not installed")

from lichen.registry.irs_bmf import COLUMNS
from lichen.registry.twins import HEADINGS

ROW = ("562210510", "=FOOD BANK", "AMES", "IA", "50010", "03", "15", "K31", "250000")


@pytest.fixture
def store(lichen, tmp_path):
    path = tmp_path / "eo1.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, ROW, ("12", *ROW[1:])])
    result = lichen("import", "irs-bmf", path, "--store", tmp_path / "store")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"2 rows were read. 1 entry is in {tmp_path / 'store'}.",
        "Left out:",
        "  1 without an id that can be meant (such as eo1.csv, 3)",
        f"Next: lichen registry twins --store {tmp_path / 'store'} --out twins.csv",
    ]
    return tmp_path / "store"


def test_store_says_what_it_holds(lichen, store):
    told = lichen("registry", "show", "--store", store, "--verify").stdout
    assert "irs-bmf" in told
    assert "Entries: 1, in parts: 1." in told
    [load] = json.loads(lichen("registry", "show", "--store", store, "--format", "json").stdout)
    assert (load["source"], load["read"], load["entries"], load["skipped"]) == ("irs-bmf", 2, 1, 1)


def test_one_organisation_is_shown_with_the_evidence(lichen, store):
    [row] = json.loads(lichen("registry", "show", "US-EIN-562210510", "--store", store, "--format", "json").stdout)
    assert row["what"] == "offers? service.hardship_relief"
    assert (row["confidence"], row["sentence"]) == (0.6, "NTEE K31: food programmes")
    assert lichen("registry", "show", "US-EIN-1", "--store", store).exit_code == 2


def test_twins_are_written_for_a_person_and_heeded(lichen, store, tmp_path):
    (tmp_path / "mapping.yaml").write_text("source: ours\ncountry: US\ncolumns: {id: n, name: who, postcode: zip}\n")
    (tmp_path / "ours.csv").write_text("n,who,zip\nlocal-1,Food Bank,50010\n")
    table = tmp_path / "ours.csv"
    assert lichen("import", "table", table, "--mapping", tmp_path / "mapping.yaml", "--store", store).exit_code == 0
    out = tmp_path / "twins.csv"
    assert lichen("registry", "twins", "--store", store, "--out", out).exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert tuple(row) == HEADINGS
    assert (row["decision"], row["why"]) == ("ask", "same name and postcode")
    assert row["first_name"].startswith("'=")  # no spreadsheet takes it for a formula
    out.write_text(out.read_text(encoding="utf-8-sig").replace("ask,", "same,"))
    told = lichen("registry", "twins", "--store", store, "--apply", out).stdout
    assert told == "Heeded: 1 the same, 0 different; 0 not decided.\n"


def test_made_up_register_can_be_tried(lichen, tmp_path):
    result = lichen("registry", "synthetic", "--organisations", 50, "--store", tmp_path / "tried")
    assert result.exit_code == 0
    assert result.stdout.startswith("50 rows were read. 50 entries are in ")


def test_charities_can_go_into_a_store_but_not_two_ways_at_once(lichen, tmp_path):
    result = lichen("import", "uk-charities", "a.csv", "--store", tmp_path / "store", "--out", tmp_path / "out.json")
    assert result.exit_code == 2
    assert "either --out and one file, or --store" in result.stderr
    assert lichen("registry", "show", "--store", tmp_path / "none").exit_code == 2
