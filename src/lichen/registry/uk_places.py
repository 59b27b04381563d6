"""Where a UK charity is, as its postcode and its register tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["region_of"]

_AREAS = {
    "London": "E EC N NW SE SW W WC BR CR EN HA IG KT RM SM TW UB",
    "South East": "BN CT DA GU HP ME MK OX PO RG RH SL SO TN",
    "East of England": "AL CB CM CO IP LU NR PE SG SS WD",
    "South West": "BA BH BS DT EX GL PL SN SP TA TQ TR",
    "West Midlands": "B CV DY HR ST SY TF WR WS WV",
    "East Midlands": "DE LE LN NG NN",
    "Yorkshire and the Humber": "BD DN HD HG HU HX LS S WF YO",
    "North West": "BB BL CA CH CW FY L LA M OL PR SK WA WN",
    "North East": "DH DL NE SR TS",
    "Wales": "CF LD LL NP SA",
    "Scotland": "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE",
    "Northern Ireland": "BT",
}
"""Postcode areas by the region that most of each lies in (general knowledge); borders are crossed here and there."""

_REGIONS: Mapping[str, str] = MappingProxyType(
    {area: region for region, areas in _AREAS.items() for area in areas.split()}
)
_AREA = re.compile(r"\s*([A-Z]{1,2})\d", re.IGNORECASE)
_REGISTERS = MappingProxyType({"oscr": "Scotland", "ccni": "Northern Ireland"})


def region_of(postcode: str, register: str) -> str:
    """The region of a charity: that of its register in Scotland and Northern Ireland, else of its postcode.

    Args:
        postcode: As the register has it; people write towns and counties there too.
        register: ``ccew``, ``oscr`` or ``ccni``.

    Returns:
        The region's name, empty where the postcode does not tell.

    Example:
        >>> region_of("n7 7jw ", "ccew"), region_of("SE1 6DF", "oscr"), region_of("POOLE", "ccew")
        ('London', 'Scotland', '')
    """
    if register in _REGISTERS:
        return _REGISTERS[register]
    area = _AREA.match(postcode)
    return _REGIONS.get(area[1].upper(), "") if area else ""
