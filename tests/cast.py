"""The named organisations of every test, example and page, and one stranger who must see nothing.

They are the article's, with the five gaps an honest audit asks for; what the article does not say is ours.
"""

from __future__ import annotations

from datetime import date

from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Vulnerability
from lichen.scales import Relevance, Sector, Size

YES, NO = Relevance.YES, Relevance.NO


def gap(
    code: str, severity: int, rank: int, words: str = "", relevance: Relevance = YES, **more: object
) -> Vulnerability:
    return Vulnerability(code, severity, rank, words=words, relevance=relevance, **more)  # type: ignore[arg-type]


hospital = Organisation(
    id="example-hospital",
    name="St Brigid's Hospital",
    sector=Sector.HEALTH,
    country="GB",
    region="London",
    size=Size.SUPER_MAJOR,
    vulnerabilities=(
        gap(
            "trust.underserved",
            5,
            1,
            "People in the poorest neighbourhoods do not believe us when we say it is safe.",
            core=True,
        ),
        gap("people.languages", 4, 2, "Half of those we miss speak no English at home and we have two interpreters."),
        gap("assets.venue", 3, 3, "We own nothing out there: people would have to come to us, and they do not."),
        gap("people.volunteers", 3, 4, "Nobody gives us their Saturdays."),
        gap("knowledge.local", 3, 5, "Our doctors could not name three streets in that ward."),
        gap("people.wellbeing", 4, 6, "Our nurses are worn out.", relevance=NO),
    ),
    offers=(
        Offer("knowledge.medical", 5, 4, ("expertise", "staff_time"), "four clinicians, two afternoons a month"),
        Offer("service.clinical_delivery", 5, 5, ("in_kind", "staff_time"), "one screening team"),
        Offer("funding.grantmaking", 4, 3, ("funding",), "a community fund of modest size"),
        Offer("knowledge.data_analytics", 4, 3, ("expertise", "data")),
        Offer("knowledge.evaluation", 4, 3, ("expertise",)),
    ),
)

churches = Organisation(
    id="example-churches",
    name="Three Churches of Eastfield",
    sector=Sector.FAITH,
    country="GB",
    region="London",
    size=Size.SMALL,
    vulnerabilities=(
        gap(
            "knowledge.medical",
            4,
            1,
            "People ask us about their tablets after the service and we do not know.",
            core=True,
        ),
        gap("funding.fundraising", 4, 2, "The collection pays for the roof and nothing else."),
        gap("service.clinical_delivery", 3, 3, "There is no nurse within two bus rides."),
        gap("knowledge.evaluation", 2, 4, "We could not prove to anyone that it helped."),
        gap("governance.succession", 3, 5, "Everything rests on one minister.", relevance=NO),
    ),
    offers=(
        Offer("trust.underserved", 5, 2, ("credibility", "reach"), "as long as nobody abuses it"),
        Offer("people.volunteers", 4, 2, ("staff_time",), "thirty people on a Saturday"),
        Offer("assets.venue", 4, 2, ("space",), "three halls, most weekdays"),
        Offer("people.languages", 4, 1, ("expertise",), "Bengali, Somali, Portuguese"),
        Offer("knowledge.local", 5, 1, ("expertise", "network_access")),
    ),
)

farmers = Organisation(
    id="example-farmers",
    name="Tern Valley Growers",
    sector=Sector.COOPERATIVE,
    country="US",
    region="Oregon",
    size=Size.MEDIUM,
    vulnerabilities=(
        gap("ops.logistics", 5, 1, "One van, and it is in the garage.", core=True),
        gap("market.access", 4, 2, "No shop bigger than a farm stand will talk to us."),
        gap("ops.perishables", 4, 3, "A third of the soft fruit is gone before it is sold."),
        gap("market.marketing", 2, 4, "Our label is a sticker."),
        gap("tech.data_systems", 2, 5, "Orders live in a notebook."),
    ),
    offers=(
        Offer("trust.community", 5, 2, ("credibility", "network_access")),
        Offer("knowledge.crop_cycles", 5, 3, ("expertise", "data")),
        Offer("reach.events", 3, 2, ("reach",), "the harvest fair"),
    ),
)

distributor = Organisation(
    id="example-distributor",
    name="Northgate Foods",
    sector=Sector.BUSINESS,
    country="US",
    region="Oregon",
    size=Size.MAJOR,
    vulnerabilities=(
        gap("trust.community", 4, 1, "They think we are here to squeeze them.", core=True),
        gap("knowledge.crop_cycles", 4, 2, "We order strawberries in the wrong month."),
        gap("ops.perishables", 3, 3, "Too much spoils on our trucks."),
        gap("trust.brand_reputation", 2, 4, "The name means cheap."),
        gap("people.employee_engagement", 2, 5, "Drivers see no point in it."),
    ),
    offers=(
        Offer("ops.logistics", 5, 5, ("in_kind", "expertise"), "empty runs on Tuesdays and Fridays"),
        Offer("market.access", 4, 4, ("network_access", "reach")),
        Offer("tech.data_systems", 3, 3, ("technology",)),
    ),
)

meadow = Organisation(
    id="example-meadow",
    name="Meadow Action",
    sector=Sector.NONPROFIT,
    country="GB",
    region="Yorkshire",
    size=Size.MEDIUM,
    vulnerabilities=(
        gap("funding.digital_fundraising", 4, 1, "Our appeal page raised forty pounds."),
        gap("knowledge.data_analytics", 4, 2, "We have ten years of survey sheets in a cupboard."),
        gap("tech.data_systems", 3, 3, "Three lists of members, none of them right."),
        gap("reach.digital_audience", 3, 4, "Nobody under fifty reads our newsletter."),
        gap("funding.reserves", 4, 5, "Six weeks of money.", relevance=NO),
    ),
    offers=(
        Offer("reach.grassroots_organizing", 5, 3, ("reach", "network_access")),
        Offer("reach.events", 4, 2, ("reach", "staff_time")),
        Offer("policy.advocacy", 3, 2, ("expertise",)),
    ),
)

river = Organisation(
    id="example-river",
    name="River Fund",
    sector=Sector.NONPROFIT,
    country="GB",
    region="Yorkshire",
    size=Size.LARGE,
    vulnerabilities=(
        gap("reach.grassroots_organizing", 4, 1, "Ten thousand followers and no one who will stand on a bridge."),
        gap("policy.advocacy", 4, 2, "We have never moved a councillor."),
        gap("trust.community", 3, 3, "Anglers call us the website people."),
        gap("reach.events", 3, 4, "Eleven came to our open day."),
        gap("people.volunteers", 2, 5, "We have no list of helpers."),
    ),
    offers=(
        Offer("funding.digital_fundraising", 5, 5, ("expertise", "technology")),
        Offer("knowledge.data_analytics", 4, 3, ("expertise", "data")),
        Offer("reach.digital_audience", 4, 5, ("reach",)),
    ),
)

startup = Organisation(
    id="example-startup",
    name="Permitly",
    sector=Sector.BUSINESS,
    country="US",
    region="Ohio",
    size=Size.MEDIUM,
    vulnerabilities=(
        gap("market.public_contracts", 5, 1, "No government has ever paid us.", core=True),
        gap("trust.institutional_credibility", 5, 2, "They ask who else uses it."),
        gap("policy.procurement", 5, 3, "The tender was ninety pages and we gave up on page four."),
        gap("trust.track_record", 4, 4, "Not one reference."),
        gap("knowledge.data_access", 3, 5, "We test on made-up permits."),
    ),
    offers=(
        Offer("tech.software_product", 4, 3, ("technology",)),
        Offer("tech.software_development", 5, 3, ("technology", "expertise")),
        Offer("tech.rapid_prototyping", 4, 2, ("technology", "expertise")),
        Offer("governance.decision_speed", 4, 1, ("staff_time",)),
    ),
)

city = Organisation(
    id="example-city",
    name="City of Marlow Falls",
    sector=Sector.GOVERNMENT,
    country="US",
    region="Ohio",
    size=Size.SUPER_MAJOR,
    vulnerabilities=(
        gap("ops.throughput", 4, 1, "Eleven weeks for a porch.", core=True),
        gap("tech.software_development", 5, 2, "We cannot build software; we can only buy it slowly."),
        gap("ops.process_efficiency", 4, 3, "Four signatures, two of them on paper."),
        gap("governance.adaptability", 4, 4, "By the time we change a form the law has changed."),
        gap("governance.decision_speed", 3, 5, "The committee meets every second month."),
    ),
    offers=(
        Offer("trust.endorsement", 4, 3, ("credibility",)),
        Offer("policy.procurement", 4, 3, ("expertise", "authority")),
        Offer("knowledge.data_access", 4, 5, ("data",)),
        Offer("market.buying_power", 4, 4, ("funding",)),
    ),
)

youth = Organisation(
    id="example-youth",
    name="Bright Start Learning",
    sector=Sector.NONPROFIT,
    country="GB",
    region="Manchester",
    size=Size.MEDIUM,
    vulnerabilities=(
        gap("funding.fundraising", 4, 1, "We have never run a campaign that paid for itself.", core=True),
        gap("policy.political_connections", 5, 2, "No councillor has ever heard of us."),
        gap("funding.platform", 3, 3, "People have to post us a cheque."),
        gap("reach.business_networks", 3, 4, "We know no companies."),
        gap("knowledge.evaluation", 3, 5, "We are sure it works and cannot show it."),
    ),
    offers=(
        Offer("knowledge.curriculum", 5, 4, ("expertise", "in_kind")),
        Offer("trust.community", 4, 2, ("credibility",)),
        Offer("service.education_delivery", 4, 3, ("staff_time",)),
    ),
)

foundation = Organisation(
    id="example-foundation",
    name="Harrow & Lyle Foundation",
    sector=Sector.FUNDER,
    country="GB",
    region="London",
    size=Size.LARGE,
    vulnerabilities=(
        gap("trust.community", 4, 1, "They take the cheque and do not ring back.", core=True),
        gap("knowledge.curriculum", 4, 2, "We fund classes and could not judge one."),
        gap("people.employee_engagement", 3, 3, "Staff pack gift bags and call it volunteering."),
        gap("knowledge.lived_experience", 3, 4, "None of us has been poor."),
        gap("tech.user_experience", 2, 5, "Grantees curse our forms."),
    ),
    offers=(
        Offer("funding.fundraising", 4, 4, ("expertise", "network_access")),
        Offer("funding.platform", 4, 4, ("technology",)),
        Offer("reach.business_networks", 4, 3, ("network_access",)),
    ),
)

stranger = Organisation(
    id="example-stranger", name="A. Stranger Ltd", sector=Sector.BUSINESS, country="GB", region="London"
)
"""Known by name only: nobody knows what it lacks, and it must see nothing."""

everyone = (hospital, churches, farmers, distributor, meadow, river, startup, city, youth, foundation, stranger)

hospital_audit = Audit(
    organisation=hospital,
    readiness=Readiness(leadership_aligned=True, hours=3.0, people=6),
    opening=Opening(
        "Being believed east of the river.", "That the next outbreak starts where nobody opens the door to us."
    ),
    audited_on=date(2026, 9, 14),
)
churches_audit = Audit(
    organisation=churches,
    readiness=Readiness(leadership_aligned=True, hours=2.0, people=4),
    opening=Opening("Anything with a form in it.", "Who will do this when I am gone."),
    audited_on=date(2026, 9, 20),
)
