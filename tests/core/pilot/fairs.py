"""The health fairs of the hospital and the churches, as a pilot that is ready to begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from lichen.pilot.values import (
    DonorApproach,
    ExchangeAnswer,
    Exchanged,
    Expectation,
    Expected,
    Interests,
    Measured,
    Pilot,
    PilotReview,
    PilotTerms,
    RedLine,
    Step,
    SuccessTest,
    TeamHours,
    Worked,
)
from tests.cast import churches, hospital

H, C = hospital.id, churches.id
WRITTEN, REVEALED, BEGUN, REVIEWED = date(2026, 10, 1), date(2026, 10, 5), date(2026, 11, 1), date(2027, 1, 20)

clinicians = Expected("four clinicians", "knowledge.medical", "staff_time", C, 4, "at each fair")
volunteers = Expected("thirty volunteers", "people.volunteers", "staff_time", H, 30, "at each fair")
sundays = Expected("which Sundays")


def wrote(by: str, about: str, written_on: date | None = WRITTEN, **said: Iterable[Expected]) -> Expectation:
    """What one expects of one, sealed."""
    return Expectation(by, about, **{name: tuple(items) for name, items in said.items()}, written_on=written_on)


def expecting(*expectations: Expectation, partners: tuple[str, ...] = (H, C), **more: object) -> Pilot:
    """A revealed pilot with these expectations; whoever did not write of somebody expects nothing of it."""
    said = {(each.by, each.about) for each in expectations}
    others = (wrote(by, about) for by in partners for about in partners if (by, about) not in said)
    return Pilot("fairs", partners, expectations=(*expectations, *others), revealed_on=REVEALED, **more)  # type: ignore[arg-type]


def fair(*worked_for: str, held_on: date | None = date(2026, 11, 8), **more: object) -> Step:
    """A fair that was held and worked for these."""
    return Step("Health fair", held_on, worked_for=worked_for, **more)  # type: ignore[arg-type]


def answered(
    by: str, given: Worked = Worked.YES, received: Worked = Worked.YES, number: float = 104, **more: object
) -> PilotReview:
    """What one of the two answers: of what the hospital gave, of what the churches gave, and the number."""
    exchanges = (ExchangeAnswer(H, C, given), ExchangeAnswer(C, H, received))
    tests = (Measured("screened", number), Measured("helpers", 61))
    return PilotReview(by, REVIEWED, exchanges, tests, **more)  # type: ignore[arg-type]


fairs = expecting(
    wrote(H, H, gives=[clinicians]),
    wrote(H, C, gives=[volunteers], decides=[sundays]),
    wrote(C, H, gives=[clinicians]),
    wrote(C, C, gives=[volunteers], decides=[sundays]),
    name="Health fairs",
    shared_goals=("Fewer strokes in Eastfield",),
    interests=(
        Interests(H, ("To be believed",), (RedLine("No money for buildings", "funding.grantmaking"),)),
        Interests(C, protects=("The food bank",)),
    ),
    terms=PilotTerms(
        starts_on=BEGUN,
        ends_on=date(2027, 2, 1),
        review_on=date(2027, 1, 20),
        budget=4000,
        exchanged=(
            Exchanged(H, C, "Screenings", "service.clinical_delivery", "staff_time"),
            Exchanged(C, H, "Volunteers", "people.volunteers", "staff_time"),
        ),
        hours=(TeamHours(H, 96), TeamHours(C, 360)),
        donors=(DonorApproach("Eastfield Trust", H), DonorApproach("The Tithe Fund", C)),
        tests=(
            SuccessTest("screened", "people screened", 100, C, by=date(2027, 1, 15)),
            SuccessTest("helpers", "people who helped", 60, H, by=date(2027, 1, 15)),
        ),
    ),
)
"""Nothing is left to settle, mend or look at."""

reviewed = replace(fairs, reviews=(answered(H), answered(C)))
"""It went well."""
