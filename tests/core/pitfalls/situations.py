"""For every rule an alliance that fires it and one that nearly does, from the article where it tells of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Offer, Organisation, Readiness, Vulnerability
from lichen.charter.agreement.terms import AgreementTerms, Contact
from lichen.charter.requests import ChangeRequest, Reply
from lichen.charter.threat import SharedThreat
from lichen.charter.values import Charter
from lichen.charter.votes.values import AgreedWeight, Delegate, VotingMethod, VotingRule
from lichen.checkin.values import CheckIn, CultureProfile, NeedNow, TrustRating
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, Matter, Said
from lichen.exchange.values import Commitment, EconomicEvent, Ledger
from lichen.pilot.values import (
    Expectation,
    HiddenWeakness,
    Interests,
    Pilot,
    PilotReview,
    PilotTerms,
    ProvedOffer,
)
from lichen.pitfalls.looking import pitfalls
from lichen.pitfalls.values import Alert, RuleCode
from lichen.progress.values import Indicator, IndicatorReading
from lichen.scales import Sensitivity
from tests.cast import churches, city, foundation, gap, hospital, river, startup, youth

DAY = date(2026, 10, 1)
"""The day on which every situation is looked at."""
READY = Readiness(leadership_aligned=True, hours=3.0, people=5)


def before(days: int) -> date:
    return DAY - timedelta(days=days)


def audit_of(organisation: Organisation, *, readiness: Readiness = READY, audited_on: date | None = None) -> Audit:
    return Audit(organisation, readiness, audited_on=audited_on or before(400))


def proven(organisation: Organisation, **changed: object) -> Organisation:
    """The organisation with evidence for each of its offers, so that no rule on claims fires."""
    offers = tuple(replace(offer, evidence=5) for offer in organisation.offers)
    return replace(organisation, **{"offers": offers, **changed})  # type: ignore[arg-type]


HOSPITAL, CHURCHES = audit_of(proven(hospital)), audit_of(proven(churches))
STARTUP, CITY = audit_of(proven(startup)), audit_of(proven(city))
YOUTH, FOUNDATION = audit_of(proven(youth)), audit_of(proven(foundation))
H, C = hospital.id, churches.id


def alliance(*partners: Audit, **more: object) -> Alliance:
    return Alliance("Eastfield", partners=partners or (HOSPITAL, CHURCHES), **more)  # type: ignore[arg-type]


@cache
def warned(made: Alliance) -> tuple[Alert, ...]:
    """What is found on the day, looked for once."""
    return pitfalls(made, DAY)


@dataclass(frozen=True, slots=True)
class Story:
    """An alliance that fires a rule, and one that nearly does."""

    fires: Alliance
    near: Alliance
    source: str = ""
    """The case of the article, where it has one."""


def met(*said: tuple[str, str], more: tuple[DisclosureEvent, ...] = (), audits: tuple[Audit, Audit]) -> Alliance:
    """Two who said these things aloud at a first meeting."""
    ids = tuple(audit.organisation.id for audit in audits)
    talk = Conversation(ids, tuple(Said(owner, code) for owner, code in said))
    events = (
        DisclosureEvent(before(50), Act.SAID_YES, ids[0]),
        DisclosureEvent(before(49), Act.SAID_YES, ids[1]),
        DisclosureEvent(before(40), Act.TALKED, conversation=talk),
        *more,
    )
    return alliance(*audits, matters=(Matter("talks", ids, before(60), events),))


def hospital_said(*codes: str, back: tuple[str, ...] = ("knowledge.medical", "service.clinical_delivery")) -> Alliance:
    return met(*((H, code) for code in codes), *((C, code) for code in back), audits=(HOSPITAL, CHURCHES))


# The article's pitfall 1: a nonprofit on the verge of bankruptcy, and the sponsor who backed out.
_TROUBLES = (
    gap("funding.fundraising", 4, 1),
    gap("reach.digital_audience", 3, 2),
    gap("tech.data_systems", 3, 3),
    gap("knowledge.evaluation", 2, 4),
    gap("funding.solvency", 5, 5, sensitivity=Sensitivity.HIGH),
)
NONPROFIT = audit_of(
    Organisation("nonprofit", "Nonprofit", vulnerabilities=_TROUBLES, offers=(Offer("trust.community", 4, 5),))
)
SPONSOR = audit_of(
    Organisation(
        "sponsor",
        "Sponsor",
        vulnerabilities=(
            gap("trust.community", 4, 1),
            gap("trust.brand_reputation", 3, 2),
            gap("people.employee_engagement", 3, 3),
            gap("knowledge.lived_experience", 2, 4),
            gap("governance.mission_focus", 2, 5),
        ),
        offers=(Offer("funding.fundraising", 4, 5), Offer("tech.data_systems", 4, 5)),
    )
)
_GRANT = Commitment("grant", "sponsor", "nonprofit", "funding", before(1), DAY + timedelta(days=90), 5000, "GBP")
_BANKRUPT = met(audits=(NONPROFIT, SPONSOR))


def rated(*ratings: TrustRating) -> Alliance:
    """A check-in of the hospital and the churches, announced as attributed and laid open."""
    checkin = CheckIn(before(10), before(20), before(5), (H, C), trust=ratings)
    return alliance(checkins=(checkin,))


def asked(days: int, *, liaisons: bool, answered: bool = False) -> Alliance:
    """The article's pitfall 3: the start-up proposes a change, and the city has two weeks to respond."""
    request = ChangeRequest(
        "forms",
        startup.id,
        city.id,
        "A shorter form",
        before(days),
        liaison_asking="Ama" if liaisons else "",
        liaison_asked="Ben" if liaisons else "",
        **({"answer": Reply.ACCEPTED, "answered_on": DAY} if answered else {}),
    )
    return alliance(STARTUP, CITY, charter=Charter(requests=(request,)))


def replied(*days: tuple[str, int]) -> Alliance:
    """Each of the two was asked, and took so many days."""
    requests = tuple(
        ChangeRequest(
            f"r{place}",
            city.id if to == startup.id else startup.id,
            to,
            "A change",
            before(90),
            liaison_asking="Ama",
            liaison_asked="Ben",
            answer=Reply.ACCEPTED,
            answered_on=before(90) + timedelta(days=taken),
        )
        for place, (to, taken) in enumerate(days)
    )
    return alliance(STARTUP, CITY, charter=Charter(requests=requests))


def working(one: CultureProfile, other: CultureProfile) -> Alliance:
    checkin = CheckIn(before(10), None, before(5), (startup.id, city.id), culture=(one, other))
    return alliance(STARTUP, CITY, checkins=(checkin,))


# The common ground trap: a mission statement about health equity, and nobody's own interests.
def equity(*interests: Interests, goals: tuple[str, ...] = ("Health equity in the region",)) -> Alliance:
    pilot = Pilot("mission", (H, C), shared_goals=goals, interests=interests)
    return alliance(pilots=(pilot,))


WRITTEN = tuple(Expectation(by, about, written_on=before(30)) for by in (H, C) for about in (H, C))
SAID = (Interests(H, wants=("to be believed",)), Interests(C, wants=("a nurse to ask",)))


def trying(expectations: tuple[Expectation, ...], revealed_on: date | None, starts_on: date) -> Alliance:
    pilot = Pilot(
        "fairs",
        (H, C),
        interests=SAID,
        expectations=expectations,
        revealed_on=revealed_on,
        terms=PilotTerms(starts_on=starts_on),
    )
    return alliance(pilots=(pilot,))


def looked_back(*, gaps: tuple[HiddenWeakness, ...] = (), offers: tuple[ProvedOffer, ...] = (), by: Audit) -> Alliance:
    """The foundation's platform was less user-friendly than expected: the pilot brought it to light."""
    reviews = (
        PilotReview(youth.id, before(3), weaknesses=gaps, offers=offers),
        PilotReview(foundation.id, before(3)),
    )
    pilot = Pilot("campaign", (youth.id, foundation.id), reviews=reviews)
    return alliance(YOUTH, by, pilots=(pilot,))


def promised(due: int, delivered: bool = False) -> Alliance:
    halls = Commitment("halls", C, H, "space", before(60), before(due), 3, "halls")
    events = (EconomicEvent("fair", before(20), fulfils="halls"),) if delivered else ()
    return alliance(exchange=Ledger(commitments=(halls,), events=events))


# The urban water access initiative: the utility claimed that it could handle community engagement.
def utility(strength: int, evidence: int, *others: Offer) -> Alliance:
    claimed = Offer("reach.community_engagement", strength, evidence)
    water = Organisation("utility", "Water utility", vulnerabilities=_TROUBLES[:4], offers=(claimed, *others))
    lacking = replace(water, vulnerabilities=(*_TROUBLES[:4], gap("trust.independence", 4, 5)))
    return alliance(audit_of(lacking), CITY)


def doubled(offered: str) -> Alliance:
    organisation = proven(hospital, offers=(*proven(hospital).offers, Offer(offered, 4, 5)))
    return alliance(audit_of(organisation), CHURCHES)


def ready(**readiness: object) -> Alliance:
    return alliance(audit_of(proven(hospital), readiness=replace(READY, **readiness)), CHURCHES)  # type: ignore[arg-type]


def checked(*checkins: CheckIn, formed: int = 300, **more: object) -> Alliance:
    return alliance(formed_on=before(formed), checkins=checkins, **more)


def slight(*severities: int) -> Alliance:
    """A partner that has grown: its need was slight at each of these check-ins, the oldest first."""
    rounds = tuple(
        CheckIn(
            before(90 * (len(severities) - place)),
            answered_by=(H, C),
            needs=(NeedNow(H, "assets.venue", severity), NeedNow(C, "knowledge.medical", 4 - place)),
        )
        for place, severity in enumerate(severities)
    )
    return alliance(checkins=rounds)


def same(changed: int = 0) -> Alliance:
    """The hospital goes through its needs three times; at one of the check-ins something has changed."""
    rounds = tuple(
        CheckIn(
            before(90 * (3 - place)),
            answered_by=(H,),
            needs=(NeedNow(H, "assets.venue", 2),) if place + 1 == changed else (),
        )
        for place in range(3)
    )
    return alliance(checkins=rounds)


def improving(*, new: bool) -> Alliance:
    """Things improve by an indicator; at the last check-in somebody names a new need, or nobody does."""
    named = (NeedNow(C, "funding.reserves", 3, is_new=True),) if new else ()
    indicator = Indicator(
        H,
        "trust.underserved",
        "who say that they trust the hospital",
        readings=(IndicatorReading(before(380), 31, 200), IndicatorReading(before(20), 52, 200)),
    )
    made = checked(CheckIn(before(60), answered_by=(H, C), needs=(*named, NeedNow(H, "assets.venue", 2))))
    return replace(made, progress=replace(made.progress, indicators=(indicator,)))


def threatened(named: int, *, passed: int | None = None, two_way: bool = False) -> Alliance:
    """Rivals against a harmful regulation."""
    passed_on = None if passed is None else before(passed)
    threat = SharedThreat("the regulation", before(named), passed_on=passed_on)
    forth = Commitment("forth", H, C, "expertise", before(10), DAY + timedelta(days=30))
    back = Commitment("back", C, H, "space", before(10), DAY + timedelta(days=30))
    promises = (forth, back) if two_way else (forth,)
    return alliance(charter=Charter(threats=(threat,)), exchange=Ledger(commitments=promises))


def covering(*organisations: Organisation) -> Alliance:
    return alliance(*(audit_of(each) for each in organisations))


def one(id: str, lacks: str, *offers: str, strength: int = 5, extra: int = 4) -> Organisation:
    """Who lacks one thing that counts, and four that nobody has."""
    rare = ("governance.succession", "people.wellbeing", "funding.reserves", "policy.procurement")[:extra]
    gaps = (gap(lacks, 5, 1), *(gap(code, 1, place) for place, code in enumerate(rare, 2)))
    return Organisation(id, id, vulnerabilities=gaps, offers=tuple(Offer(code, strength, 5) for code in offers))


SMALL = one("small", "ops.logistics", "trust.community")
"""A small nonprofit: its trust is all that it has."""


def beside(strength: int, lacks: str) -> Alliance:
    """A small nonprofit and a large hospital, which has all that the small one lacks."""
    whole = ("ops.logistics", "governance.succession", "people.wellbeing", "funding.reserves", "policy.procurement")
    gaps = (gap(lacks, 4, 1), *(gap(code, 3, place) for place, code in enumerate(_REST, 2)))
    offers = tuple(Offer(code, strength, 5) for code in whole)
    return covering(SMALL, Organisation("large", "Large hospital", vulnerabilities=gaps, offers=offers))


_REST = ("knowledge.crop_cycles", "tech.rapid_prototyping", "market.ip", "reach.events")


def voting(*weights: int) -> Alliance:
    """A small nonprofit, another, and a large hospital: by agreed weights."""
    partners = (HOSPITAL, CHURCHES, YOUTH)
    agreed = tuple(AgreedWeight(each.organisation.id, weight) for each, weight in zip(partners, weights, strict=True))
    delegates = tuple(Delegate(each.organisation.id, "Ada", "Bo") for each in partners)
    rule = VotingRule(VotingMethod.BY_RISK, weights=agreed, delegates=delegates)
    return alliance(*partners, charter=Charter(rule=rule))


def spoken_for(stand_in: str) -> Alliance:
    delegates = (Delegate(H, "Ada", "Bo"), Delegate(C, "Cy", stand_in))
    return alliance(charter=Charter(rule=VotingRule(delegates=delegates)))


def quick(by: int, back: int) -> Alliance:
    return rated(TrustRating(H, C, trust=by), TrustRating(C, H, trust=back))


def kind(by: int, back: int) -> Alliance:
    return rated(TrustRating(H, C, trust=8, reliability=by), TrustRating(C, H, trust=8, reliability=back))


_ROOM = ("people.volunteers", "people.languages", "assets.venue")
_PLATFORM = HiddenWeakness(foundation.id, "funding.platform", 4)
_UNFRIENDLY = audit_of(
    proven(foundation, vulnerabilities=(*foundation.vulnerabilities, Vulnerability("funding.platform", 4)))
)

STORIES: Mapping[RuleCode, Story] = {
    RuleCode.MATERIAL_FACT_DUE: Story(
        replace(_BANKRUPT, exchange=Ledger(commitments=(_GRANT,))), _BANKRUPT, "near_bankrupt_nonprofit"
    ),
    RuleCode.NOT_TO_ALLY: Story(
        beside(5, "market.brand"), beside(5, "trust.community"), "small_nonprofit_large_hospital"
    ),
    RuleCode.COVER_GAP: Story(
        beside(5, "trust.community"), beside(4, "trust.community"), "small_nonprofit_large_hospital"
    ),
    RuleCode.POWER_HELD: Story(voting(60, 20, 20), voting(40, 30, 30), "small_nonprofit_large_hospital"),
    RuleCode.EXPECTATIONS_UNEXCHANGED: Story(
        trying(WRITTEN[:3], None, before(1)), trying(WRITTEN, before(20), before(1)), "water_access"
    ),
    RuleCode.OPENED_MANY: Story(
        hospital_said("trust.underserved", *_ROOM), hospital_said(*_ROOM), "near_bankrupt_nonprofit"
    ),
    RuleCode.OPENED_IRRELEVANT: Story(hospital_said("people.wellbeing"), hospital_said("assets.venue")),
    RuleCode.OPENED_SENSITIVE: Story(
        met(("nonprofit", "funding.solvency"), audits=(NONPROFIT, SPONSOR)),
        met(
            ("nonprofit", "funding.solvency"),
            audits=(NONPROFIT, SPONSOR),
            more=(DisclosureEvent(before(30), Act.PILOT_STARTED),),
        ),
        "near_bankrupt_nonprofit",
    ),
    RuleCode.OPENED_AHEAD: Story(
        hospital_said("assets.venue", "people.volunteers", back=()), hospital_said("assets.venue", back=())
    ),
    RuleCode.TRUST_LOW: Story(quick(4, 4), quick(5, 5), "hospital_faith"),
    RuleCode.TRUST_GAP: Story(quick(8, 6), quick(8, 7), "hospital_faith"),
    RuleCode.TRUST_KIND_GAP: Story(kind(4, 3), kind(4, 4), "hospital_faith"),
    RuleCode.REQUEST_UNBRIDGED: Story(asked(15, liaisons=False), asked(14, liaisons=False), "civic_tech_city"),
    RuleCode.REQUEST_LATE: Story(asked(15, liaisons=True), asked(14, liaisons=True), "civic_tech_city"),
    RuleCode.REPLIES_SLOWER: Story(
        replied((startup.id, 3), (city.id, 12)), replied((startup.id, 3), (city.id, 11)), "civic_tech_city"
    ),
    RuleCode.CULTURE_APART: Story(
        working(CultureProfile(startup.id, 80, 60, 20, 50), CultureProfile(city.id, 50, 35, 45, 30)),
        working(CultureProfile(startup.id, 80, 60, 20, 50), CultureProfile(city.id, 51, 35, 45, 30)),
        "civic_tech_city",
    ),
    RuleCode.SLIDER_APART: Story(
        working(CultureProfile(startup.id, 90, 50, 50, 50), CultureProfile(city.id, 60, 50, 50, 50)),
        working(CultureProfile(startup.id, 90, 50, 50, 50), CultureProfile(city.id, 61, 50, 50, 50)),
        "civic_tech_city",
    ),
    RuleCode.INTERESTS_UNSAID: Story(equity(), equity(*SAID), "regional_health_equity"),
    RuleCode.WEAKNESS_UNTAKEN: Story(
        looked_back(gaps=(_PLATFORM,), by=FOUNDATION),
        looked_back(gaps=(_PLATFORM,), by=_UNFRIENDLY),
        "youth_foundation",
    ),
    RuleCode.OFFER_PROVED_WEAKER: Story(
        looked_back(offers=(ProvedOffer(foundation.id, "funding.platform", 3),), by=FOUNDATION),
        looked_back(offers=(ProvedOffer(foundation.id, "funding.platform", 4),), by=FOUNDATION),
        "youth_foundation",
    ),
    RuleCode.PROMISE_LATE: Story(promised(1), promised(0)),
    RuleCode.CLAIM_ABOVE_EVIDENCE: Story(utility(4, 2), utility(4, 3), "water_access"),
    RuleCode.CLAIMS_UNEVIDENCED: Story(
        utility(1, 1, Offer("knowledge.technical", 4, 4)),
        utility(1, 1, *(Offer(code, 4, 4) for code in ("knowledge.technical", "ops.logistics", "assets.venue"))),
        "water_access",
    ),
    RuleCode.STRENGTH_IS_GAP: Story(doubled("people.volunteers"), doubled("ops.logistics"), "water_access"),
    RuleCode.LEADERSHIP_NOT_ALIGNED: Story(ready(leadership_aligned=False), ready(leadership_aligned=True)),
    RuleCode.FEW_NEEDS: Story(
        covering(replace(proven(hospital), vulnerabilities=hospital.vulnerabilities[:4]), proven(churches)),
        covering(replace(proven(hospital), vulnerabilities=hospital.vulnerabilities[:5]), proven(churches)),
    ),
    RuleCode.LITTLE_TIME: Story(ready(hours=1.5), ready(hours=2.0)),
    RuleCode.CHECKIN_MISSED: Story(checked(formed=101), checked(CheckIn(before(100)), formed=300)),
    RuleCode.SEVERITIES_UNCHANGED: Story(same(changed=1), same(changed=2)),
    RuleCode.NO_NEW_NEEDS: Story(improving(new=False), improving(new=True)),
    RuleCode.NEED_OUTGROWN: Story(slight(3, 1, 1), slight(1, 3, 1), "outgrown_partner"),
    RuleCode.THREAT_PASSED: Story(
        threatened(60, passed=5), threatened(60, passed=5, two_way=True), "rivals_vs_regulation"
    ),
    RuleCode.THREAT_OLD: Story(threatened(190), threatened(170), "rivals_vs_regulation"),
    RuleCode.SINGLE_POINT: Story(
        covering(
            one("a", "ops.logistics", "assets.venue"),
            one("b", "assets.venue", "ops.logistics"),
            one("c", "ops.logistics", "assets.venue"),
        ),
        covering(
            one("a", "ops.logistics", "assets.venue"),
            one("b", "assets.venue", "ops.logistics"),
            one("c", "market.ip", "assets.venue", "ops.logistics"),
        ),
    ),
    RuleCode.STAND_IN_MISSING: Story(spoken_for(""), spoken_for("Di")),
}
"""The stories, one for each rule."""

BRIDGED = replace(
    asked(15, liaisons=False),
    charter=replace(
        asked(15, liaisons=False).charter,
        terms=AgreementTerms(
            contacts=(Contact(startup.id, "Ama", is_liaison=True), Contact(city.id, "Ben", is_liaison=True))
        ),
    ),
)
"""A request without liaisons of its own, in an alliance whose charter names one on each side."""

RIVER = audit_of(proven(river))
"""Somebody who is in none of the stories."""

ANSWERED_LATER = asked(15, liaisons=False, answered=True)
"""The same request, answered on the day."""
