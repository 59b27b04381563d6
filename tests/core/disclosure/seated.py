"""Four of the cast round a table, each with gaps of every kind that the rules tell apart, and one stranger outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lichen.audit.values import Audit, Offer, Organisation, Readiness
from lichen.scales import Relevance, Sensitivity
from tests.cast import churches, foundation, gap, hospital, stranger, youth

PLAIN = {
    hospital.id: ("trust.underserved", "people.languages", "assets.venue", "people.volunteers"),
    churches.id: ("knowledge.medical", "funding.fundraising", "service.clinical_delivery", "knowledge.evaluation"),
    youth.id: ("funding.fundraising", "policy.political_connections", "funding.platform", "reach.business_networks"),
    foundation.id: ("trust.community", "knowledge.curriculum", "people.employee_engagement", "tech.user_experience"),
}
"""The gaps that an ordinary day may open: relevant, not too sensitive, and eased by all the others."""

HIGH, PRIVATE, UNASKED = "tech.cybersecurity", "people.wellbeing", "reach.events"
UNMATCHED, MATERIAL = "ops.logistics", "funding.solvency"
KINDS = (HIGH, PRIVATE, UNASKED, UNMATCHED, MATERIAL)
"""What each has besides: highly sensitive; answered no; not asked; eased by nobody; and a material fact."""

TABLE = tuple(PLAIN)
UNREADY = youth.id
STRANGER = stranger.id
EVERYBODY = (*TABLE, STRANGER)
FIRST_DAY = date(2026, 10, 1)


def codes_of(owner: str) -> tuple[str, ...]:
    return (*PLAIN.get(owner, ()), *KINDS)


def _seated(organisation: Organisation) -> Audit:
    low = Sensitivity.LOW
    besides = (
        gap(HIGH, 4, 5, "The confession about passwords.", sensitivity=Sensitivity.HIGH),
        gap(PRIVATE, 4, 6, "The confession about nerves.", Relevance.NO, sensitivity=low),
        gap(UNASKED, 3, 7, "The confession about the fair.", Relevance.UNASKED, sensitivity=low),
        gap(UNMATCHED, 3, 8, "The confession about the van.", sensitivity=low),
        gap(MATERIAL, 4, 9, "The confession about the bank.", Relevance.NO, sensitivity=Sensitivity.HIGH),
    )
    plain = tuple(
        gap(code, 4, rank, f"The confession about {code}.", sensitivity=Sensitivity.MEDIUM)
        for rank, code in enumerate(PLAIN[organisation.id], 1)
    )
    offered = sorted({code for codes in PLAIN.values() for code in codes} | {HIGH, PRIVATE, UNASKED})
    hours = 1.0 if organisation.id == UNREADY else 3.0
    return Audit(
        replace(organisation, vulnerabilities=plain + besides, offers=tuple(Offer(code, 4, 2) for code in offered)),
        Readiness(leadership_aligned=True, hours=hours),
        audited_on=FIRST_DAY,
    )


AUDITS = (*(_seated(organisation) for organisation in (hospital, churches, youth, foundation)), Audit(stranger))
