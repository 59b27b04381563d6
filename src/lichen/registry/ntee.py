"""What the class of a US nonprofit tells: its sector, and what it most likely does.

The National Taxonomy of Exempt Entities gives a letter for the field and two figures for the kind of work. Figures
below 20 are the same in every field and mean that the organisation supports others in it.
"""

from __future__ import annotations

from functools import lru_cache

from lichen.audit.values import Offer, Source
from lichen.scales import Sector

__all__ = ["CLASSES", "CLASS_CONFIDENCE", "class_offers", "class_sector"]

CLASS_CONFIDENCE = 0.6
"""How likely an organisation of a class does what the class is named for (a proposal): the class is given once, by a
clerk or by the organisation itself, and is not looked after."""

CLASSES: dict[str, tuple[str, str]] = {
    "01": ("policy.advocacy", "alliances and advocacy in the field"),
    "03": ("reach.membership", "professional societies and associations in the field"),
    "05": ("knowledge.research", "research institutes and policy analysis in the field"),
    "A": ("service.arts_culture", "arts, culture and humanities"),
    "B": ("service.education_delivery", "education"),
    "C": ("service.environmental_action", "environment"),
    "E2": ("service.clinical_delivery", "hospitals"),
    "E3": ("service.clinical_delivery", "health treatment facilities, mainly for outpatients"),
    "E5": ("service.clinical_delivery", "rehabilitative care"),
    "E9": ("service.chronic_care", "nursing facilities and home health care"),
    "F": ("service.mental_health", "mental health and crisis intervention"),
    "G": ("service.chronic_care", "diseases, disorders and medical disciplines"),
    "H": ("knowledge.research", "medical research"),
    "I8": ("service.advice_rights", "legal services"),
    "J2": ("service.employment_support", "employment procurement assistance and job training"),
    "K2": ("knowledge.crop_cycles", "agricultural programmes"),
    "K3": ("service.hardship_relief", "food programmes"),
    "L2": ("service.housing", "housing development, construction and management"),
    "L4": ("service.housing", "temporary housing"),
    "L8": ("service.housing", "housing support"),
    "M2": ("ops.emergency_response", "disaster preparedness and relief"),
    "N": ("service.sport_activity", "recreation and sports"),
    "O": ("service.youth_work", "youth development"),
    "P3": ("service.social_support", "children's and youth services"),
    "P4": ("service.social_support", "family services"),
    "P6": ("service.hardship_relief", "emergency assistance"),
    "P8": ("service.disability_support", "centres for the independence of specific populations"),
    "Q3": ("reach.international", "international development and relief"),
    "R": ("policy.advocacy", "civil rights, social action and advocacy"),
    "S2": ("reach.community_engagement", "community and neighbourhood development"),
    "S4": ("reach.business_networks", "business and industry"),
    "T2": ("funding.grantmaking", "private grantmaking foundations"),
    "T3": ("funding.grantmaking", "public foundations"),
    "U": ("knowledge.research", "science and technology"),
    "V": ("knowledge.research", "social science"),
}
"""The capability that a class suggests, and what the class is called. The longest beginning counts. Whatever is not
here suggests nothing: what such organisations do is not told by their class (ours; names from general knowledge)."""

_SECTORS = {"B": Sector.EDUCATION, "X": Sector.FAITH, "T": Sector.FUNDER} | dict.fromkeys("EFGH", Sector.HEALTH)
_SUPPORTS = "20"


def class_sector(ntee: str) -> Sector:
    """The sector of a nonprofit by its class.

    Example:
        >>> [str(class_sector(code)) for code in ("B94", "E22", "X20", "T20", "A65", "")]
        ['education', 'health', 'faith', 'funder', 'nonprofit', 'nonprofit']
    """
    return _SECTORS.get(ntee[:1].upper(), Sector.NONPROFIT)


@lru_cache(maxsize=4096)
def class_offers(ntee: str, document: str) -> tuple[Offer, ...]:
    """What a class suggests that an organisation could give.

    Args:
        ntee: Such as ``K31``; whatever follows the letter and two figures is not heeded.
        document: The record that has the class.

    Example:
        >>> [(offer.code, offer.source.sentence) for offer in class_offers("K31", "Register")]
        [('service.hardship_relief', 'NTEE K31: food programmes')]
        >>> class_offers("Z99", "Register"), [offer.code for offer in class_offers("B03", "Register")]
        ((), ['reach.membership'])
    """
    code = ntee.strip().upper()[:3]
    if len(code) == 3 and code[1:].isdigit() and code[1:] < _SUPPORTS:
        found = CLASSES.get(code[1:])
    else:
        found = CLASSES.get(code[:2]) or CLASSES.get(code[:1])
    if found is None:
        return ()
    offered, name = found
    source = Source(document, f"NTEE {code}: {name}", CLASS_CONFIDENCE)
    return (Offer(offered, source=source, confirmed=False),)
