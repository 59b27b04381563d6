"""The real register: does it import, and are its suggestions right? Skipped where the data are absent."""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

import pytest

from lichen.audit.values import Organisation
from lichen.fit.pairs import best_partners
from lichen.registry.uk_charities import RegisterProgress, read_uk_charities
from tests.cast import hospital, startup, youth

CHECKOUT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("LICHEN_SHARED", CHECKOUT.parent / "shared"))
REGISTER = SHARED / "data/uk_charities/top2000.csv"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not REGISTER.exists(), reason="the register is not here: set LICHEN_SHARED"),
]


@cache
def imported() -> tuple[tuple[Organisation, ...], RegisterProgress]:
    told: list[RegisterProgress] = []
    return tuple(read_uk_charities(REGISTER, progress=told.append)), told[-1]


def test_every_row_of_the_real_register_is_accounted_for() -> None:
    organisations, final = imported()
    assert final.of == final.rows == 2464
    assert final.kept == len(organisations) == final.of - final.inactive - final.unnamed - final.repeated
    assert (final.inactive, final.unnamed) == (71, 8)


def test_at_least_four_in_five_of_the_judged_suggestions_are_right() -> None:
    lines = (Path(__file__).parent / "judged.tsv").read_text(encoding="utf-8").splitlines()
    judged = list(csv.DictReader(lines, delimiter="\t"))
    suggested = {(organisation.id, offer.code) for organisation in imported()[0] for offer in organisation.offers}
    verdicts = [row["verdict"] for row in judged if (row["org_id"], row["code"]) in suggested]
    right = verdicts.count("right")
    print(f"judged {len(judged)}, still suggested {len(verdicts)}: {right} right, {verdicts.count('half')} half")
    assert len(verdicts) >= 120
    assert right / len(verdicts) >= 0.8


def test_no_gap_is_made_up_from_the_real_register() -> None:
    assert [organisation.id for organisation in imported()[0] if organisation.vulnerabilities] == []


@pytest.mark.parametrize("me", [hospital, youth, startup], ids=lambda me: me.name)
def test_the_articles_organisations_find_ten_who_could_help(me: Organisation) -> None:
    found = best_partners(me, imported()[0])
    assert found.mutual == ()
    assert len(found.could_help) == 10
    assert all(reason.offer_source for fit in found.could_help for reason in fit.reasons_ours)
