"""The pilot: something small to try, what each side expects of it, how it went, and whether it may grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.pilot.checks import pilot_problems as pilot_problems
    from lichen.pilot.differences import Compared as Compared
    from lichen.pilot.differences import Concord as Concord
    from lichen.pilot.differences import Heading as Heading
    from lichen.pilot.differences import Held as Held
    from lichen.pilot.differences import compared_expectations as compared_expectations
    from lichen.pilot.findings import PilotFinding as PilotFinding
    from lichen.pilot.findings import PilotFindingCode as PilotFindingCode
    from lichen.pilot.gate import Attempt as Attempt
    from lichen.pilot.gate import Gate as Gate
    from lichen.pilot.gate import attempts as attempts
    from lichen.pilot.gate import check_may_scale as check_may_scale
    from lichen.pilot.gate import gate as gate
    from lichen.pilot.looking import clashing_donors as clashing_donors
    from lichen.pilot.looking import moves_money as moves_money
    from lichen.pilot.looking import pilot_findings as pilot_findings
    from lichen.pilot.picture import scaffold_svg as scaffold_svg
    from lichen.pilot.proposals import Change as Change
    from lichen.pilot.proposals import Proposal as Proposal
    from lichen.pilot.proposals import audit_proposals as audit_proposals
    from lichen.pilot.proposals import audit_with_findings as audit_with_findings
    from lichen.pilot.red_lines import Crossing as Crossing
    from lichen.pilot.red_lines import crossed_red_lines as crossed_red_lines
    from lichen.pilot.scaffold import Stair as Stair
    from lichen.pilot.scaffold import StairState as StairState
    from lichen.pilot.scaffold import scaffold as scaffold
    from lichen.pilot.sealing import expectations_shown as expectations_shown
    from lichen.pilot.sealing import has_written as has_written
    from lichen.pilot.sealing import interests_shown as interests_shown
    from lichen.pilot.sealing import is_revealed as is_revealed
    from lichen.pilot.sealing import is_reviewed as is_reviewed
    from lichen.pilot.sealing import reviews_shown as reviews_shown
    from lichen.pilot.sealing import still_to_review as still_to_review
    from lichen.pilot.sealing import still_to_write as still_to_write
    from lichen.pilot.values import DonorApproach as DonorApproach
    from lichen.pilot.values import ExchangeAnswer as ExchangeAnswer
    from lichen.pilot.values import Exchanged as Exchanged
    from lichen.pilot.values import Expectation as Expectation
    from lichen.pilot.values import Expected as Expected
    from lichen.pilot.values import HiddenWeakness as HiddenWeakness
    from lichen.pilot.values import Interests as Interests
    from lichen.pilot.values import Measured as Measured
    from lichen.pilot.values import Pilot as Pilot
    from lichen.pilot.values import PilotReview as PilotReview
    from lichen.pilot.values import PilotRules as PilotRules
    from lichen.pilot.values import PilotTerms as PilotTerms
    from lichen.pilot.values import ProvedOffer as ProvedOffer
    from lichen.pilot.values import RedLine as RedLine
    from lichen.pilot.values import Settled as Settled
    from lichen.pilot.values import Step as Step
    from lichen.pilot.values import SuccessTest as SuccessTest
    from lichen.pilot.values import TeamHours as TeamHours
    from lichen.pilot.values import Worked as Worked
    from lichen.pilot.verdict import DirectionResult as DirectionResult
    from lichen.pilot.verdict import MeasuredTest as MeasuredTest
    from lichen.pilot.verdict import Verdict as Verdict
    from lichen.pilot.verdict import VerdictOutcome as VerdictOutcome
    from lichen.pilot.verdict import VerdictReason as VerdictReason
    from lichen.pilot.verdict import WeaknessSeen as WeaknessSeen
    from lichen.pilot.verdict import verdict as verdict
    from lichen.pilot.verdict import weaknesses_seen as weaknesses_seen

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Attempt": "gate",
        "Change": "proposals",
        "Compared": "differences",
        "Concord": "differences",
        "Crossing": "red_lines",
        "DirectionResult": "verdict",
        "DonorApproach": "values",
        "ExchangeAnswer": "values",
        "Exchanged": "values",
        "Expectation": "values",
        "Expected": "values",
        "Gate": "gate",
        "Heading": "differences",
        "Held": "differences",
        "HiddenWeakness": "values",
        "Interests": "values",
        "Measured": "values",
        "MeasuredTest": "verdict",
        "Pilot": "values",
        "PilotFinding": "findings",
        "PilotFindingCode": "findings",
        "PilotReview": "values",
        "PilotRules": "values",
        "PilotTerms": "values",
        "Proposal": "proposals",
        "ProvedOffer": "values",
        "RedLine": "values",
        "Settled": "values",
        "Stair": "scaffold",
        "StairState": "scaffold",
        "Step": "values",
        "SuccessTest": "values",
        "TeamHours": "values",
        "Verdict": "verdict",
        "VerdictOutcome": "verdict",
        "VerdictReason": "verdict",
        "WeaknessSeen": "verdict",
        "Worked": "values",
        "attempts": "gate",
        "audit_proposals": "proposals",
        "audit_with_findings": "proposals",
        "check_may_scale": "gate",
        "clashing_donors": "looking",
        "compared_expectations": "differences",
        "crossed_red_lines": "red_lines",
        "expectations_shown": "sealing",
        "gate": "gate",
        "has_written": "sealing",
        "interests_shown": "sealing",
        "is_revealed": "sealing",
        "is_reviewed": "sealing",
        "moves_money": "looking",
        "pilot_findings": "looking",
        "pilot_problems": "checks",
        "reviews_shown": "sealing",
        "scaffold": "scaffold",
        "scaffold_svg": "picture",
        "still_to_review": "sealing",
        "still_to_write": "sealing",
        "verdict": "verdict",
        "weaknesses_seen": "verdict",
    },
)
