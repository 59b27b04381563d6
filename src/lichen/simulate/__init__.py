"""What if: how long an alliance might live under shocks, and which one change would help it most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.simulate.assumptions import Assumption as Assumption
    from lichen.simulate.assumptions import Assumptions as Assumptions
    from lichen.simulate.assumptions import Basis as Basis
    from lichen.simulate.assumptions import Unit as Unit
    from lichen.simulate.assumptions import assumption_table as assumption_table
    from lichen.simulate.assumptions import with_assumed as with_assumed
    from lichen.simulate.changes import Advice as Advice
    from lichen.simulate.changes import Effect as Effect
    from lichen.simulate.changes import Remedy as Remedy
    from lichen.simulate.changes import WhatIf as WhatIf
    from lichen.simulate.changes import WhatIfRules as WhatIfRules
    from lichen.simulate.changes import most_helpful_change as most_helpful_change
    from lichen.simulate.changes import paired_difference as paired_difference
    from lichen.simulate.changes import remedies as remedies
    from lichen.simulate.deriving import Derived as Derived
    from lichen.simulate.deriving import DerivedLife as DerivedLife
    from lichen.simulate.deriving import Origin as Origin
    from lichen.simulate.deriving import Part as Part
    from lichen.simulate.deriving import life_of as life_of
    from lichen.simulate.life import Ally as Ally
    from lichen.simulate.life import Life as Life
    from lichen.simulate.life import Reliance as Reliance
    from lichen.simulate.life import ThreatNow as ThreatNow
    from lichen.simulate.outlook import EndingShare as EndingShare
    from lichen.simulate.outlook import Moment as Moment
    from lichen.simulate.outlook import Outlook as Outlook
    from lichen.simulate.outlook import outlook as outlook
    from lichen.simulate.picture import simulation_svg as simulation_svg
    from lichen.simulate.reference import reference_life as reference_life
    from lichen.simulate.running import Ending as Ending
    from lichen.simulate.running import Lives as Lives
    from lichen.simulate.running import compared_lives as compared_lives
    from lichen.simulate.running import simulated_lives as simulated_lives
    from lichen.simulate.sensitivity import Sensitivity as Sensitivity
    from lichen.simulate.sensitivity import Steadiness as Steadiness
    from lichen.simulate.sensitivity import Swing as Swing
    from lichen.simulate.sensitivity import sensitivity as sensitivity
    from lichen.simulate.sensitivity import steadiness as steadiness
    from lichen.simulate.words import may_be_shown_to as may_be_shown_to

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Advice": "changes",
        "Ally": "life",
        "Assumption": "assumptions",
        "Assumptions": "assumptions",
        "Basis": "assumptions",
        "Derived": "deriving",
        "DerivedLife": "deriving",
        "Effect": "changes",
        "Ending": "running",
        "EndingShare": "outlook",
        "Life": "life",
        "Lives": "running",
        "Moment": "outlook",
        "Origin": "deriving",
        "Outlook": "outlook",
        "Part": "deriving",
        "Reliance": "life",
        "Remedy": "changes",
        "Sensitivity": "sensitivity",
        "Steadiness": "sensitivity",
        "Swing": "sensitivity",
        "ThreatNow": "life",
        "Unit": "assumptions",
        "WhatIf": "changes",
        "WhatIfRules": "changes",
        "assumption_table": "assumptions",
        "compared_lives": "running",
        "life_of": "deriving",
        "may_be_shown_to": "words",
        "most_helpful_change": "changes",
        "outlook": "outlook",
        "paired_difference": "changes",
        "reference_life": "reference",
        "remedies": "changes",
        "sensitivity": "sensitivity",
        "simulated_lives": "running",
        "simulation_svg": "picture",
        "steadiness": "sensitivity",
        "with_assumed": "assumptions",
    },
)
