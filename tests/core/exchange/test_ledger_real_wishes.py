"""What real people offer each other and ask of each other: can the ledger say it, and keep it? Skipped without it."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation
from lichen.exchange.checks import ledger_problems
from lichen.exchange.ledger.capacity import capacity_promised_twice
from lichen.exchange.ledger.standings import open_intents
from lichen.exchange.values import Commitment, Direction, Intent, Ledger
from lichen.files.alliances import alliance_text, read_alliance_text

SHARED = Path(os.environ.get("LICHEN_SHARED", Path(__file__).resolve().parents[4] / "shared"))
FOLDER = SHARED / "data/timebanks"
SPRING = date(2026, 3, 1), date(2026, 5, 31)

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not FOLDER.exists(), reason="the timebanks are not here: set LICHEN_SHARED"),
]


def wishes() -> Iterator[Intent]:
    """Every category in which a timebank's members offer or ask for something, with how many of them do."""
    for name, direction in (("offers", Direction.OFFER), ("requests", Direction.REQUEST)):
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                told = {"what": row["category"], "amount": float(row["count"]), "unit": "members"}
                yield Intent(f"{direction}-{number}", row["timebank"], "staff_time", direction, "", **told)  # type: ignore[arg-type]


def test_what_real_people_wish_can_be_written_and_read_back() -> None:
    ledger = Ledger(intents=tuple(wishes()))
    banks = sorted({one.by for one in ledger.intents})
    assert (len(ledger.intents), len(banks)) == (3832, 135)
    assert ledger_problems(ledger, banks) == []
    alliance = Alliance("Timebanks", partners=tuple(Audit(Organisation(id, id)) for id in banks), exchange=ledger)
    assert read_alliance_text(alliance_text(alliance)).exchange == ledger
    assert len(open_intents(ledger, on=SPRING[0])) == len(ledger.intents)


def test_promises_that_answer_real_requests_are_within_what_is_offered() -> None:
    """For each category, those who offer give to those who ask in their timebank, as far as there are enough."""
    offers: dict[tuple[str, str], list[Intent]] = defaultdict(list)
    for one in wishes():
        if one.direction is Direction.OFFER and one.amount:
            offers[one.by, one.what].append(one)
    asked = [one for one in wishes() if one.direction is Direction.REQUEST and one.amount]
    met = [(one, offers[one.by, one.what][0]) for one in asked if (one.by, one.what) in offers]
    promises = tuple(
        Commitment(
            f"p{number}",
            offer.by,
            f"{request.by}-members",
            "staff_time",
            *SPRING,
            amount=min(request.amount or 0, offer.amount or 0),
            unit="members",
            satisfies=(offer.id, request.id),
        )
        for number, (request, offer) in enumerate(met)
    )
    print(f"{len(asked)} requests with somebody behind them, {len(met)} met in their own timebank")
    assert len(met) > 100
    assert capacity_promised_twice({"timebanks": Ledger(tuple(wishes()), promises)}) == ()
