"""A whole alliance for the tests of its file: something of every stage in it."""

from __future__ import annotations

from datetime import date

from lichen.alliance.values import Alliance
from lichen.charter.values import Charter
from lichen.charter.votes.values import Motion, Position, Stance, VotingMethod, VotingRule
from lichen.checkin.values import CheckIn, CheckInRules, CultureProfile, NeedNow, ServedAnswer, TrustRating
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, Matter, Said
from lichen.exchange.values import Commitment, EconomicEvent, Ledger
from lichen.pilot.values import Pilot, PilotTerms, Step
from lichen.progress.values import (
    Course,
    Goal,
    GoalReading,
    Indicator,
    IndicatorReading,
    Membership,
    Progress,
    SatisfactionAnswer,
)
from tests.cast import churches_audit, hospital_audit

HOSPITAL, CHURCHES = "example-hospital", "example-churches"

alliance = Alliance(
    name="Eastfield Health",
    currency="GBP",
    formed_on=date(2026, 11, 22),
    partners=(hospital_audit, churches_audit),
    matters=(
        Matter(
            "eastfield",
            (HOSPITAL, CHURCHES),
            date(2026, 9, 21),
            (
                DisclosureEvent(date(2026, 9, 22), Act.SAID_YES, HOSPITAL),
                DisclosureEvent(date(2026, 9, 22), Act.SAID_YES, CHURCHES),
                DisclosureEvent(
                    date(2026, 9, 28),
                    Act.TALKED,
                    conversation=Conversation(
                        present=(HOSPITAL, CHURCHES),
                        said=(Said(HOSPITAL, "trust.underserved"), Said(CHURCHES, "knowledge.medical")),
                        next_step="One fair: in one hall.",
                    ),
                ),
            ),
        ),
    ),
    pilots=(
        Pilot(
            "fairs",
            (HOSPITAL, CHURCHES),
            terms=PilotTerms(date(2026, 10, 1), date(2026, 12, 1), budget=9_500.0),
            steps=(Step("A fair", date(2026, 10, 4), worked_for=(HOSPITAL,)),),
        ),
    ),
    charter=Charter(
        rule=VotingRule(VotingMethod.CONSENT, threshold="2/3"),
        motions=(Motion("second-fair", "A second fair", stances=(Stance(HOSPITAL, Position.FOR, date(2026, 11, 1)),)),),
    ),
    exchange=Ledger(
        commitments=(
            Commitment("nurses", HOSPITAL, CHURCHES, "staff_time", date(2026, 10, 1), date(2026, 10, 4), 12, "hours"),
        ),
        events=(EconomicEvent("first", date(2026, 10, 4), 12, "nurses"),),
    ),
    checkins=(
        CheckIn(
            date(2026, 9, 25),
            announced_on=date(2026, 9, 21),
            revealed_on=date(2026, 9, 26),
            answered_by=(HOSPITAL,),
            trust=(
                TrustRating(HOSPITAL, CHURCHES, 8, integrity=5),
                TrustRating(CHURCHES, HOSPITAL, 4, shared_aims=3, person="Ama"),
            ),
            needs=(NeedNow(HOSPITAL, "trust.underserved", 4), NeedNow(CHURCHES, "reach.events", 2, is_new=True)),
            culture=(CultureProfile(HOSPITAL, pace=20, openness=0),),
            served=(ServedAnswer(date(2026, 10, 4), "Were you listened to?", (1, 0, 4, 9, 6), "visitors", 60, 3),),
            rules=CheckInRules(months=6),
        ),
    ),
    progress=Progress(
        surveys=(SatisfactionAnswer(CHURCHES, date(2026, 11, 20), 5, procedural=3),),
        indicators=(
            Indicator(
                HOSPITAL,
                "trust.underserved",
                "Neighbours who trust us",
                "%",
                readings=(IndicatorReading(date(2026, 11, 1), 31.5, 120),),
            ),
        ),
        goals=(Goal(CHURCHES, "knowledge.medical", "Asked", readings=(GoalReading(date(2026, 11, 20), -1),)),),
    ),
    course=Course(date(2026, 9, 1), (Membership(HOSPITAL, date(2026, 11, 22)),)),
)
