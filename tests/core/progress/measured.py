"""The hospital and the churches with three check-ins and what was measured: the story of the tests of progress."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lichen.alliance.values import Alliance
from lichen.checkin.values import CheckIn, NeedNow
from lichen.disclosure.values import Act, DisclosureEvent, Matter
from lichen.progress.comparison import Better
from lichen.progress.values import Goal, GoalReading, Indicator, IndicatorReading, Progress, SatisfactionAnswer
from tests.cast import churches_audit, hospital_audit

H, C = "example-hospital", "example-churches"
TRUST, LANGUAGES, MEDICAL = "trust.underserved", "people.languages", "knowledge.medical"
AUDITED, FORMED = date(2025, 9, 14), date(2026, 3, 20)
SPRING, SUMMER, AUTUMN = date(2026, 5, 20), date(2026, 8, 20), date(2026, 11, 15)

matter = Matter(
    "eastfield",
    (H, C),
    date(2025, 10, 1),
    (
        DisclosureEvent(date(2025, 10, 3), Act.SAID_YES, H),
        DisclosureEvent(date(2025, 10, 3), Act.SAID_YES, C),
        DisclosureEvent(date(2025, 10, 8), Act.AGREED, H, codes=(TRUST, LANGUAGES)),
        DisclosureEvent(date(2025, 10, 8), Act.AGREED, C, codes=(MEDICAL,)),
        DisclosureEvent(date(2025, 10, 17), Act.DISCLOSED, H, code=LANGUAGES),
        DisclosureEvent(date(2025, 10, 20), Act.DISCLOSED, C, code=MEDICAL),
    ),
)

indicators = (
    Indicator(
        H,
        TRUST,
        "Neighbours who would come again",
        "%",
        readings=(IndicatorReading(AUDITED, 20, 100), IndicatorReading(AUTUMN, 40, 100)),
    ),
    Indicator(
        C,
        MEDICAL,
        "Questions that wait",
        "questions",
        Better.DOWN,
        (IndicatorReading(AUDITED, 14), IndicatorReading(AUTUMN, 15)),
    ),
)

STEPS = ("No hall asks", "One hall asks", "Two halls ask", "Three halls ask", "A fourth hall asks")
goals = (
    Goal(H, TRUST, "Being asked in", *STEPS, 1, FORMED, (GoalReading(FORMED, -1), GoalReading(AUTUMN, 1))),
    Goal(H, LANGUAGES, "Interpreters", *STEPS, 1, FORMED, (GoalReading(FORMED, -1), GoalReading(AUTUMN, 0))),
    Goal(H, "assets.venue", "A room", *STEPS, 1, FORMED, (GoalReading(FORMED, -1), GoalReading(AUTUMN, 1))),
)

surveys = (
    SatisfactionAnswer(H, SPRING, 6, 6, 6, 6),
    SatisfactionAnswer(C, SPRING, 5, 4, 3, 6, recommend=7),
    SatisfactionAnswer(H, AUTUMN, 6, 5, 6, 7, recommend=9),
    SatisfactionAnswer(C, AUTUMN, 6, 4, 5, 6, recommend=8),
)

alliance = Alliance(
    "Eastfield",
    "GBP",
    FORMED,
    (replace(hospital_audit, audited_on=AUDITED), replace(churches_audit, audited_on=AUDITED)),
    (matter,),
    checkins=(
        CheckIn(SPRING, answered_by=(H, C), needs=(NeedNow(H, TRUST, 4), NeedNow(C, MEDICAL, 3))),
        CheckIn(SUMMER, needs=(NeedNow(C, "ops.logistics", 3, is_new=True),)),
        CheckIn(AUTUMN, answered_by=(H, C), needs=(NeedNow(H, TRUST, 3), NeedNow(H, "people.wellbeing", 5))),
    ),
    progress=Progress(surveys, indicators, goals),
)
