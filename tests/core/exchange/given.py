"""The hospital and the churches giving and receiving, in as few words as a test needs."""

from __future__ import annotations

from datetime import date

from lichen.exchange.values import (
    Claim,
    Commitment,
    Direction,
    EconomicEvent,
    Intent,
    Ledger,
    Period,
    Response,
    Valuation,
)
from tests.cast import churches, hospital, youth

HOSPITAL, CHURCHES, YOUTH = hospital.id, churches.id, youth.id
PARTNERS = (HOSPITAL, CHURCHES)


def march(day: int) -> date:
    return date(2026, 3, day)


def promise(id: str, provider: str = CHURCHES, receiver: str = HOSPITAL, **more: object) -> Commitment:
    """Three halls from the churches, in March, unless something else is said."""
    told = {"kind": "space", "promised_on": march(1), "due_on": march(31), "amount": 3, "unit": "halls"}
    return Commitment(id, provider, receiver, **{**told, **more})  # type: ignore[arg-type]


def delivery(
    id: str, fulfils: str, amount: float | None = None, on: date | None = None, **more: object
) -> EconomicEvent:
    return EconomicEvent(id, on or march(10), amount, fulfils, **more)  # type: ignore[arg-type]


def gift(
    id: str, provider: str, receiver: str, amount: float = 1, on: date | None = None, **more: object
) -> EconomicEvent:
    told = {"kind": "staff_time", "unit": "hours", **more}
    return EconomicEvent(id, on or march(10), amount, provider=provider, receiver=receiver, **told)  # type: ignore[arg-type]


def says(by: str, worth: float, event: str = "", on: date | None = None, commitment: str = "") -> Valuation:
    return Valuation(by, worth, on or march(31), event, commitment)


def yes(day: int) -> Response:
    return Response(accepted=True, responded_on=march(day))


def no(day: int, words: str = "") -> Response:
    return Response(accepted=False, responded_on=march(day), words=words)


spare_halls = Intent(
    "halls",
    CHURCHES,
    "space",
    code="assets.venue",
    what="church halls on weekdays",
    amount=4,
    unit="halls",
    per=Period.MONTH,
)
wanted_interpreters = Intent(
    "interpreters", HOSPITAL, "expertise", Direction.REQUEST, code="people.languages", what="interpreters at the fairs"
)

story = Ledger(
    intents=(spare_halls, wanted_interpreters),
    commitments=(
        promise(
            "fair-halls", code="assets.venue", satisfies=("halls",), what="a hall for each fair", agreement="fairs"
        ),
        promise(
            "screening",
            HOSPITAL,
            CHURCHES,
            kind="staff_time",
            code="service.clinical_delivery",
            amount=12,
            unit="hours",
            what="a screening team",
        ),
    ),
    events=(
        delivery("hall-1", "fair-halls", 1, march(8), responses=(yes(9),)),
        delivery("hall-2", "fair-halls", 1, march(15)),
        delivery("team-1", "screening", 6, march(8), responses=(yes(8),)),
        delivery("team-2", "screening", 6, march(15), responses=(no(16, "Only two of the four came."),)),
        gift("letter", CHURCHES, HOSPITAL, 1, march(20), kind="credibility", unit="letters", code="trust.underserved"),
    ),
    claims=(
        Claim(
            "thanks",
            HOSPITAL,
            CHURCHES,
            "credibility",
            "letter",
            march(21),
            march(28),
            what="the churches named in the report",
        ),
    ),
    valuations=(
        says(CHURCHES, 2, "hall-1", march(9)),
        says(CHURCHES, 2, "hall-2", march(16)),
        says(CHURCHES, 4, "letter", march(21)),
        says(CHURCHES, 6, "team-1", march(9)),
        says(HOSPITAL, 30, commitment="fair-halls", on=march(9)),
        says(HOSPITAL, 50, "letter", march(22)),
        says(HOSPITAL, 20, "team-1", march(9)),
    ),
)
"""Two of three halls were given, half of the screening is disputed, a letter was a gift that asks for thanks."""
