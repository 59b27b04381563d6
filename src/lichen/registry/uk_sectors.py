"""What sector a UK charity belongs to, as far as its register entry tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lichen.scales import Sector

__all__ = ["SECTOR_RULES", "SectorRule", "sector_of"]


@dataclass(frozen=True, slots=True)
class SectorRule:
    """One reason to count a charity to a sector. The first rule that holds decides."""

    sector: Sector
    classes: tuple[str, ...]
    """Beginnings of ICNP/TSO codes. Where a charity has a code, only these count."""
    names: str
    """Pattern of names that tell, for charities without a code; empty where none do."""
    reason: str


SECTOR_RULES = (
    SectorRule(
        Sector.EDUCATION,
        ("B",),
        r"\b(?:schools?|university|universities|academy|academies|grammar|sixth form)\b|(?<!royal )\bcollege\b",
        "group B is education; a royal college is a professional body, not a college",
    ),
    SectorRule(
        Sector.HEALTH,
        ("C",),
        r"\b(?:hospitals?|hospices?|nhs|health|air ambulance|clinics?)\b",
        "group C is health; most of its charities treat or nurse people",
    ),
    SectorRule(
        Sector.FAITH,
        ("I",),
        r"\b(?:church|diocese|diocesan|archdiocese|parochial|abbey|cathedral|synagogue|mosque|islamic centre"
        r"|gurdwara|temple|congregation|sisters of|missionary|ministries|gospel|christian fellowship)\b",
        "group I is religious congregations and their associations",
    ),
    SectorRule(
        Sector.FUNDER,
        ("H10", "L60"),
        r"\b(?:charitable (?:foundation|trust|settlement|fund)|grant making|community foundation|investment fund)\b",
        "H10 is grant-making; L60 holds investments for charities; so do most that are only called a charitable trust",
    ),
    SectorRule(Sector.NONPROFIT, ("",), "", "whatever else is on a register of charities works for public benefit"),
)
"""Ours; the groups are those of the International Classification of Non-profit and Third Sector Organizations."""


def sector_of(name: str, icnptso: str) -> Sector:
    """The sector of a charity: by its ICNP/TSO code if it has one, else by what its name tells.

    Housing associations, professional bodies and care charities are nonprofits here: their language of value is
    that of a charity.

    Args:
        name: Of the charity, in any case.
        icnptso: The code, such as ``B13``; empty where there is none.

    Example:
        >>> [str(sector_of("St Anne's", code)) for code in ("B13", "I10", "F30")]
        ['education', 'faith', 'nonprofit']
        >>> str(sector_of("THE BLOGGS CHARITABLE TRUST", "")), str(sector_of("Royal College of Bakers", ""))
        ('funder', 'nonprofit')
    """
    return next(rule.sector for rule in SECTOR_RULES if _holds(rule, name, icnptso))


def _holds(rule: SectorRule, name: str, icnptso: str) -> bool:
    if icnptso:
        return icnptso.startswith(rule.classes)
    return not rule.names or re.search(rule.names, name, re.IGNORECASE) is not None
