from __future__ import annotations

import csv

import pytest

from lichen.files.reading import read_organisations
from lichen.registry.uk_charities import COLUMNS

ROWS = (
    (
        "GB-CHC-1",
        "ESTATE TRUST",
        "N1 1AA",
        "True",
        "Provides a village hall for the use of the community.",
        "",
        "ccew",
        "50000",
    ),
    ("GB-CHC-2", "GONE TRUST", "N1 1AB", "False", "", "", "ccew", ""),
    ("GB-CHC-1", "ESTATE TRUST", "N1 1AA", "True", "", "", "ccew", ""),
    ("GB-CHC-4", "", "", "True", "", "", "ccew", ""),
)


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *ROWS])
    return path


@pytest.mark.parametrize("form", ["json", "yaml", "csv", "xlsx"])
def test_register_becomes_organisations(lichen, register, tmp_path, form):
    out = tmp_path / f"charities.{form}"
    result = lichen("import", "uk-charities", register, "--out", out)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"1 charity is in {out}.",
        "Something to offer was recognised in the words of 1; the others cannot be found yet.",
        "Left out: 1 no longer active, 1 listed twice, 1 without a name.",
        f"Next: lichen match my-audit.xlsx --among {out}",
    ]
    assert [one.id for one in read_organisations([out])] == ["GB-CHC-1"]


def test_import_never_writes_over_a_file_unless_told_to(lichen, register, tmp_path):
    out = tmp_path / "precious.json"
    out.write_text("an audit")
    assert lichen("import", "uk-charities", register, "--out", out).exit_code == 2
    assert out.read_text() == "an audit"
    assert lichen("import", "uk-charities", register, "--out", out, "--overwrite").exit_code == 0


def test_imported_organisations_can_be_matched(lichen, register, tmp_path):
    out = tmp_path / "charities.json"
    lichen("import", "uk-charities", register, "--out", out)
    told = " ".join(lichen("match", "hospital.yaml", "--among", out).stdout.split())
    assert "“Provides a village hall for the use of the community” (Charity register, activities;" in told


def test_file_that_is_no_register_is_refused_with_what_it_needs(lichen, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n")
    result = lichen("import", "uk-charities", path, "--out", tmp_path / "out.json")
    assert result.exit_code == 2
    assert "org_id" in result.stderr
    assert not (tmp_path / "out.json").exists()
