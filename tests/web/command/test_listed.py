"""``lichen-web list-organisations``: from what ``lichen import`` wrote, again and again, in bounded time and memory."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lichen.files.writing import write_organisations
from lichen.registry.uk_charities import read_uk_charities
from lichen_web.alliances.actions.listed import Tally, list_organisations
from lichen_web.alliances.models import Event, ListedOrganisation
from lichen_web.command.listed import app
from tests import cast
from tests.web.listing import LISTED_AT, depot, many, trust

CHECKOUT = Path(__file__).resolve().parents[3]
REGISTER = Path(os.environ.get("LICHEN_SHARED", CHECKOUT.parent / "shared")) / "data/uk_charities/top2000.csv"


def run(*words: object) -> str:
    done = CliRunner().invoke(app, ["list-organisations", *map(str, words)])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_file_of_every_format_is_listed_and_again_without_doubles(db, tmp_path: Path, form: str):
    file = tmp_path / f"c.{form}"
    write_organisations([trust, depot], file)
    assert "2 new, 0 changed, 0 as before." in run(file, "--dry-run")
    assert not ListedOrganisation.objects.exists()
    assert "2 new, 0 changed, 0 as before." in run(file, "--source", "Register, 2026")
    assert "0 new, 0 changed, 2 as before." in run(file, "--source", "Register, 2026")
    assert set(ListedOrganisation.objects.values_list("source", flat=True)) == {"Register, 2026"}
    assert Event.objects.filter(what="organisations_listed").count() == 1


def test_an_audit_with_confessions_lists_none_of_them(db, tmp_path: Path):
    file = tmp_path / "audits.yaml"
    write_organisations([cast.hospital, cast.churches], file)
    told = run(file)
    assert "name no public record" in told
    assert all(row.items == {"gaps": [], "offers": []} for row in ListedOrganisation.objects.all())


def test_ten_thousand_are_listed_in_bounded_time_and_memory(db):
    organisations, told = many(10_000), []
    tracemalloc.start()
    begun = time.process_time()
    assert list_organisations(organisations, source="R", at=LISTED_AT, progress=told.append) == Tally(added=10_000)
    first = time.process_time() - begun
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    begun = time.process_time()
    assert list_organisations(organisations, source="R", at=LISTED_AT) == Tally(unchanged=10_000)
    print(f"first {first:.1f} s of CPU, {peak:.0f} MiB; again {time.process_time() - begun:.1f} s")
    assert told == [*range(500, 10_001, 500)]
    assert peak < 64
    assert first < 60


@pytest.mark.long
@pytest.mark.skipif(not REGISTER.exists(), reason="the register is not here: set LICHEN_SHARED")
def test_the_real_register_is_listed(db, tmp_path: Path):
    file = tmp_path / "charities.json"
    write_organisations(read_uk_charities(REGISTER), file)
    told = run(file)
    print(told)
    assert ListedOrganisation.objects.count() > 2000
    assert "0 changed" in run(file)
