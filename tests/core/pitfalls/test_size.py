"""What a large alliance costs: work grows with what its file holds, and not with every two of everything."""

from __future__ import annotations

import sys
from datetime import timedelta
from types import FrameType
from typing import Any

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Offer, Organisation, Vulnerability
from lichen.exchange.values import Commitment, Ledger
from lichen.pitfalls.looking import pitfalls
from tests.core.pitfalls.situations import DAY, before
from tests.strategies import CODES


def large(partners: int, commitments: int) -> Alliance:
    ids = [f"p{place:02}" for place in range(partners)]
    organisations = (
        Organisation(
            id,
            id,
            vulnerabilities=tuple(Vulnerability(CODES[(place + step) % 8], 3, step + 1) for step in range(3)),
            offers=(Offer(CODES[(place + 5) % 8], 4, 4),),
        )
        for place, id in enumerate(ids)
    )
    promises = tuple(
        Commitment(f"c{place}", ids[place % partners], ids[(place + 1) % partners], "space", before(30), DAY)
        for place in range(commitments)
    )
    return Alliance("Large", partners=tuple(map(Audit, organisations)), exchange=Ledger(commitments=promises))


def calls(alliance: Alliance) -> int:
    """How many functions were called to look at it, once everything is warm."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event == "call"

    pitfalls(alliance, DAY)
    sys.setprofile(count)
    try:
        pitfalls(alliance, DAY + timedelta(days=0))
    finally:
        sys.setprofile(None)
    return counted


def test_promises_cost_in_proportion():
    few, many = calls(large(10, 100)), calls(large(10, 1000))
    assert many < 10 * few


def test_forty_partners_and_a_thousand_promises_take_less_than_a_million_calls():
    assert calls(large(40, 1000)) < 1_000_000
