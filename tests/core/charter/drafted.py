"""The hospital and the churches with everything agreed, so that a test takes away or changes one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from lichen.charter.agreement.compose import agreement_for
from lichen.charter.agreement.terms import (
    AgreementTerms,
    BudgetLine,
    Contact,
    Credit,
    DataSharing,
    Duty,
    IntellectualProperty,
    Milestone,
    Officer,
    Resource,
    ResourceKind,
    SectionName,
    WorkRights,
)
from lichen.charter.agreement.values import Agreement, Section
from lichen.charter.clause.values import Clause, ClauseTerms, MinimumDuty
from lichen.charter.threat import Model
from lichen.charter.values import Charter
from lichen.charter.votes.values import Delegate, Exposure, VotingRule
from lichen.exchange.values import Commitment, Direction, Intent, Ledger
from lichen.pilot.values import Pilot, PilotTerms, Step
from tests.cast import churches_audit, hospital_audit

H, C = "example-hospital", "example-churches"
ON = date(2026, 11, 22)
PARTNERS = (hospital_audit, churches_audit)

TERMS = AgreementTerms(
    background="Three joint health fairs in 2026",
    purpose="Health checks where people live",
    scope="Eastfield, for anybody who lives there",
    goals=("300 people checked a year", "nobody turned away for the language they speak"),
    duties=(Duty(H, "runs the screenings", "Dr Ada Cole"), Duty(C, "opens the halls", "the church wardens")),
    resources=(
        Resource(H, ResourceKind.MONEY, "tests and leaflets", 4000),
        Resource(H, ResourceKind.STAFF_TIME, "two nurses on fair days"),
        Resource(C, ResourceKind.IN_KIND, "three halls"),
    ),
    budget=(BudgetLine("leaflets", 500, H), BudgetLine("tea", 250.5, C)),
    officers=(Officer("chair", "Rev. Sam Otieno", C), Officer("minutes", "Lee Park")),
    contacts=(
        Contact(H, "Ada Cole", "matron", "020 7946 0000", is_liaison=True),
        Contact(C, "Sam Otieno", reach="office@eastfield.example", is_liaison=True),
    ),
    joining="by consent of all parties",
    leaving_days=90,
    conflicts_of_interest="says so and leaves the room",
    reporting="each party tells the others once a quarter what it did",
    monitoring="the number of people checked",
    milestones=(Milestone("the second fair", date(2027, 5, 1)), Milestone("the first fair", date(2027, 3, 1))),
    confidentiality_years=3,
    intellectual_property=IntellectualProperty(
        WorkRights.EACH_ITS_OWN, brought="the hospital's leaflets; the churches' recordings"
    ),
    data_sharing=DataSharing(shared=False),
    first_check_in_on=date(2027, 2, 1),
    winding_up="money left goes back to those who paid it in",
    credits=(Credit(H, "clinicians and tests"), Credit(C, "halls, volunteers and their neighbours' trust")),
    amendment_percent=100,
    begins_on=date(2027, 1, 1),
    ends_on=date(2028, 12, 31),
    renewal="the parties decide by 1 October 2028",
    law="the law of England and Wales",
)
CHARTER = Charter(
    model=Model.UNCOMMON_COMPLEMENT,
    rule=VotingRule(delegates=(Delegate(H, "Ada Cole"), Delegate(C, "Sam Otieno", "Ruth Bell"))),
    exposures=(Exposure(H, 3, 4, "a fair goes wrong in public"), Exposure(C, 4, 5, "people feel used")),
    clause=Clause(
        ClauseTerms(
            events=("a grant is not renewed",),
            mediator="the Eastfield mediation centre",
            minimum_duties=(MinimumDuty(H, "one screening team a month"), MinimumDuty(C, "one hall")),
        )
    ),
    terms=TERMS,
)
PILOT = Pilot(
    "fairs",
    (H, C),
    name="Three health fairs",
    terms=PilotTerms(date(2026, 9, 1), date(2026, 11, 1), budget=3000),
    steps=tuple(Step(f"Fair {place}", date(2026, 9, place), worked_for=(H, C)) for place in (5, 12, 19)),
)
LEDGER = Ledger(
    intents=(
        Intent("team", H, "staff_time", what="one screening team", amount=2, unit="afternoons"),
        Intent("wish", H, "space", Direction.REQUEST, what="somewhere to be seen"),
    ),
    commitments=(
        Commitment("nurses", H, C, "staff_time", ON, date(2027, 3, 1), 20, "nurse hours", agreement="charter"),
        Commitment(
            "halls", C, H, "space", ON, date(2027, 2, 1), 3, "halls", what="halls for fairs", agreement="Charter"
        ),
        Commitment("old", C, H, "space", ON, date(2027, 2, 1), 9, "halls", agreement="pilot fairs"),
    ),
)


def drafted(charter: Charter = CHARTER, **changes: Any) -> Agreement:
    """The agreement; ``changes`` are arguments of ``agreement_for``."""
    given = {"partners": PARTNERS, "on": ON, "currency": "GBP", "pilots": (PILOT,), "ledger": LEDGER, **changes}
    return agreement_for(given.pop("name", "Well Eastfield"), given.pop("partners"), charter, **given)


def with_terms(**changes: Any) -> Charter:
    return replace(CHARTER, terms=replace(TERMS, **changes))


def section(agreement: Agreement, name: SectionName) -> Section:
    return next(each for each in (*agreement.sections, *agreement.annexes) if each.name is name)


def texts(agreement: Agreement, name: SectionName) -> list[str]:
    """What a section says, without what it is headed by."""
    return [text for text in section(agreement, name).texts if text]
