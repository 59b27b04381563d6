"""The fit: whose gaps are met by whom, how well, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.fit.baselines import BASELINES as BASELINES
    from lichen.fit.baselines import Ranked as Ranked
    from lichen.fit.baselines import rank_by as rank_by
    from lichen.fit.cover import cover as cover
    from lichen.fit.fusion import FUSIONS as FUSIONS
    from lichen.fit.index import FitIndex as FitIndex
    from lichen.fit.listing import Filter as Filter
    from lichen.fit.listing import Found as Found
    from lichen.fit.listing import Listing as Listing
    from lichen.fit.listing import Wanted as Wanted
    from lichen.fit.listing import Way as Way
    from lichen.fit.listing import World as World
    from lichen.fit.listing import world_of as world_of
    from lichen.fit.matrix import Excelling as Excelling
    from lichen.fit.matrix import Lack as Lack
    from lichen.fit.matrix import Line as Line
    from lichen.fit.matrix import MapRow as MapRow
    from lichen.fit.matrix import Matrix as Matrix
    from lichen.fit.matrix import Swap as Swap
    from lichen.fit.matrix import best_swaps as best_swaps
    from lichen.fit.matrix import matrix as matrix
    from lichen.fit.matrix import vulnerability_map as vulnerability_map
    from lichen.fit.pairs import Fit as Fit
    from lichen.fit.pairs import NoFit as NoFit
    from lichen.fit.pairs import Partners as Partners
    from lichen.fit.pairs import Substitutes as Substitutes
    from lichen.fit.pairs import best_partners as best_partners
    from lichen.fit.pairs import pair_fit as pair_fit
    from lichen.fit.reasons import Reason as Reason
    from lichen.fit.reasons import reasons as reasons
    from lichen.fit.ring_graph import RingGraph as RingGraph
    from lichen.fit.ring_packing import ChosenRing as ChosenRing
    from lichen.fit.ring_packing import RingPlan as RingPlan
    from lichen.fit.ring_packing import best_ring_through as best_ring_through
    from lichen.fit.ring_packing import best_rings as best_rings
    from lichen.fit.ring_values import Dropping as Dropping
    from lichen.fit.ring_values import RingWeight as RingWeight
    from lichen.fit.rings import Link as Link
    from lichen.fit.rings import Member as Member
    from lichen.fit.rings import Ring as Ring
    from lichen.fit.rings import RingSearch as RingSearch
    from lichen.fit.rings import best_ring as best_ring
    from lichen.fit.showing import showable as showable

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "BASELINES": "baselines",
        "ChosenRing": "ring_packing",
        "Dropping": "ring_values",
        "Excelling": "matrix",
        "FUSIONS": "fusion",
        "Filter": "listing",
        "Fit": "pairs",
        "FitIndex": "index",
        "Found": "listing",
        "Lack": "matrix",
        "Line": "matrix",
        "Link": "rings",
        "Listing": "listing",
        "MapRow": "matrix",
        "Matrix": "matrix",
        "Member": "rings",
        "NoFit": "pairs",
        "Partners": "pairs",
        "Ranked": "baselines",
        "Reason": "reasons",
        "Ring": "rings",
        "RingGraph": "ring_graph",
        "RingPlan": "ring_packing",
        "RingSearch": "rings",
        "RingWeight": "ring_values",
        "Substitutes": "pairs",
        "Swap": "matrix",
        "Wanted": "listing",
        "Way": "listing",
        "World": "listing",
        "best_partners": "pairs",
        "best_ring": "rings",
        "best_ring_through": "ring_packing",
        "best_rings": "ring_packing",
        "best_swaps": "matrix",
        "cover": "cover",
        "matrix": "matrix",
        "pair_fit": "pairs",
        "rank_by": "baselines",
        "reasons": "reasons",
        "showable": "showing",
        "vulnerability_map": "matrix",
        "world_of": "listing",
    },
)
