"""The shared vocabulary: what an organisation can have or lack, and how people say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.capabilities.forward import carry_forward as carry_forward
    from lichen.capabilities.forward import successors as successors
    from lichen.capabilities.recognise import Match as Match
    from lichen.capabilities.recognise import recognise as recognise
    from lichen.capabilities.search import search_capabilities as search_capabilities
    from lichen.capabilities.taxonomy import Capability as Capability
    from lichen.capabilities.taxonomy import ExchangeKind as ExchangeKind
    from lichen.capabilities.taxonomy import Group as Group
    from lichen.capabilities.taxonomy import Taxonomy as Taxonomy
    from lichen.capabilities.taxonomy import nearest_codes as nearest_codes
    from lichen.capabilities.taxonomy import taxonomy as taxonomy

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Capability": "taxonomy",
        "ExchangeKind": "taxonomy",
        "Group": "taxonomy",
        "Match": "recognise",
        "Taxonomy": "taxonomy",
        "carry_forward": "forward",
        "nearest_codes": "taxonomy",
        "recognise": "recognise",
        "search_capabilities": "search",
        "successors": "forward",
        "taxonomy": "taxonomy",
    },
)
