"""The charter: who decides, who may say no, and what happens when things change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.charter.agreement.as_html import agreement_html as agreement_html
    from lichen.charter.agreement.as_markdown import agreement_markdown as agreement_markdown
    from lichen.charter.agreement.changes import agreement_changes as agreement_changes
    from lichen.charter.agreement.changes import signing_again as signing_again
    from lichen.charter.agreement.compose import agreement_for as agreement_for
    from lichen.charter.agreement.readiness import is_ready_to_sign as is_ready_to_sign
    from lichen.charter.agreement.readiness import ready_to_sign as ready_to_sign
    from lichen.charter.agreement.terms import AgreementTerms as AgreementTerms
    from lichen.charter.agreement.terms import BudgetLine as BudgetLine
    from lichen.charter.agreement.terms import Contact as Contact
    from lichen.charter.agreement.terms import Credit as Credit
    from lichen.charter.agreement.terms import DataSharing as DataSharing
    from lichen.charter.agreement.terms import Duty as Duty
    from lichen.charter.agreement.terms import IntellectualProperty as IntellectualProperty
    from lichen.charter.agreement.terms import Milestone as Milestone
    from lichen.charter.agreement.terms import Officer as Officer
    from lichen.charter.agreement.terms import Resource as Resource
    from lichen.charter.agreement.terms import ResourceKind as ResourceKind
    from lichen.charter.agreement.terms import SectionName as SectionName
    from lichen.charter.agreement.terms import Signature as Signature
    from lichen.charter.agreement.terms import Version as Version
    from lichen.charter.agreement.terms import WorkRights as WorkRights
    from lichen.charter.agreement.values import Agreement as Agreement
    from lichen.charter.clause.renegotiation import RenegotiationState as RenegotiationState
    from lichen.charter.clause.renegotiation import renegotiation_state as renegotiation_state
    from lichen.charter.clause.triggers import Trigger as Trigger
    from lichen.charter.clause.triggers import triggers_between as triggers_between
    from lichen.charter.clause.values import Capacity as Capacity
    from lichen.charter.clause.values import Clause as Clause
    from lichen.charter.clause.values import ClauseTerms as ClauseTerms
    from lichen.charter.clause.values import Ground as Ground
    from lichen.charter.clause.values import Happening as Happening
    from lichen.charter.clause.values import MinimumDuty as MinimumDuty
    from lichen.charter.clause.values import Renegotiation as Renegotiation
    from lichen.charter.clause.watch import ClauseWatch as ClauseWatch
    from lichen.charter.clause.watch import clause_watch as clause_watch
    from lichen.charter.power.agreed import agreed_game as agreed_game
    from lichen.charter.power.games import AllOf as AllOf
    from lichen.charter.power.games import AnyOf as AnyOf
    from lichen.charter.power.games import VotingGame as VotingGame
    from lichen.charter.power.games import WeightedGame as WeightedGame
    from lichen.charter.power.games import head_count as head_count
    from lichen.charter.power.indices import banzhaf as banzhaf
    from lichen.charter.power.indices import banzhaf_absolute as banzhaf_absolute
    from lichen.charter.power.indices import shapley_shubik as shapley_shubik
    from lichen.charter.power.indices import voting_power as voting_power
    from lichen.charter.power.values import PlayerPower as PlayerPower
    from lichen.charter.power.values import Power as Power
    from lichen.charter.power.values import PowerIndex as PowerIndex
    from lichen.charter.power.values import Standing as Standing
    from lichen.charter.requests import ChangeRequest as ChangeRequest
    from lichen.charter.requests import Reply as Reply
    from lichen.charter.requests import RequestState as RequestState
    from lichen.charter.requests import answer_request as answer_request
    from lichen.charter.requests import request_state as request_state
    from lichen.charter.threat import Model as Model
    from lichen.charter.threat import SharedThreat as SharedThreat
    from lichen.charter.threat import ThreatState as ThreatState
    from lichen.charter.threat import ThreatWindow as ThreatWindow
    from lichen.charter.threat import threat_state as threat_state
    from lichen.charter.values import Charter as Charter
    from lichen.charter.veto import MediationDue as MediationDue
    from lichen.charter.veto import Veto as Veto
    from lichen.charter.veto import VetoShown as VetoShown
    from lichen.charter.veto import cast_veto as cast_veto
    from lichen.charter.veto import mediation_due as mediation_due
    from lichen.charter.veto import resolve_veto as resolve_veto
    from lichen.charter.veto import veto_shown as veto_shown
    from lichen.charter.votes.outcome import Outcome as Outcome
    from lichen.charter.votes.outcome import vote_outcome as vote_outcome
    from lichen.charter.votes.stances import close_motion as close_motion
    from lichen.charter.votes.stances import open_motion as open_motion
    from lichen.charter.votes.stances import take_stance as take_stance
    from lichen.charter.votes.values import AgreedWeight as AgreedWeight
    from lichen.charter.votes.values import ConsentStep as ConsentStep
    from lichen.charter.votes.values import CountedFrom as CountedFrom
    from lichen.charter.votes.values import Delegate as Delegate
    from lichen.charter.votes.values import Exposure as Exposure
    from lichen.charter.votes.values import Motion as Motion
    from lichen.charter.votes.values import MotionKind as MotionKind
    from lichen.charter.votes.values import Position as Position
    from lichen.charter.votes.values import Stance as Stance
    from lichen.charter.votes.values import VotingMethod as VotingMethod
    from lichen.charter.votes.values import VotingRule as VotingRule
    from lichen.charter.votes.weighing import VoteWeight as VoteWeight
    from lichen.charter.votes.weighing import vote_weights as vote_weights
    from lichen.charter.weights.nearest import fair_weights as fair_weights
    from lichen.charter.weights.values import FairWeights as FairWeights
    from lichen.charter.weights.values import Measure as Measure
    from lichen.charter.weights.values import PowerDivision as PowerDivision
    from lichen.charter.weights.values import WeightLimits as WeightLimits

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "AgreedWeight": "votes.values",
        "Agreement": "agreement.values",
        "AgreementTerms": "agreement.terms",
        "AllOf": "power.games",
        "AnyOf": "power.games",
        "BudgetLine": "agreement.terms",
        "Capacity": "clause.values",
        "ChangeRequest": "requests",
        "Charter": "values",
        "Clause": "clause.values",
        "ClauseTerms": "clause.values",
        "ClauseWatch": "clause.watch",
        "ConsentStep": "votes.values",
        "Contact": "agreement.terms",
        "CountedFrom": "votes.values",
        "Credit": "agreement.terms",
        "DataSharing": "agreement.terms",
        "Delegate": "votes.values",
        "Duty": "agreement.terms",
        "Exposure": "votes.values",
        "FairWeights": "weights.values",
        "Ground": "clause.values",
        "Happening": "clause.values",
        "IntellectualProperty": "agreement.terms",
        "Measure": "weights.values",
        "MediationDue": "veto",
        "Milestone": "agreement.terms",
        "MinimumDuty": "clause.values",
        "Model": "threat",
        "Motion": "votes.values",
        "MotionKind": "votes.values",
        "Officer": "agreement.terms",
        "Outcome": "votes.outcome",
        "PlayerPower": "power.values",
        "Position": "votes.values",
        "Power": "power.values",
        "PowerDivision": "weights.values",
        "PowerIndex": "power.values",
        "Renegotiation": "clause.values",
        "RenegotiationState": "clause.renegotiation",
        "Reply": "requests",
        "RequestState": "requests",
        "Resource": "agreement.terms",
        "ResourceKind": "agreement.terms",
        "SectionName": "agreement.terms",
        "SharedThreat": "threat",
        "Signature": "agreement.terms",
        "Stance": "votes.values",
        "Standing": "power.values",
        "ThreatState": "threat",
        "ThreatWindow": "threat",
        "Trigger": "clause.triggers",
        "Version": "agreement.terms",
        "Veto": "veto",
        "VetoShown": "veto",
        "VoteWeight": "votes.weighing",
        "VotingGame": "power.games",
        "VotingMethod": "votes.values",
        "VotingRule": "votes.values",
        "WeightLimits": "weights.values",
        "WeightedGame": "power.games",
        "WorkRights": "agreement.terms",
        "agreed_game": "power.agreed",
        "agreement_changes": "agreement.changes",
        "agreement_for": "agreement.compose",
        "agreement_html": "agreement.as_html",
        "agreement_markdown": "agreement.as_markdown",
        "answer_request": "requests",
        "banzhaf": "power.indices",
        "banzhaf_absolute": "power.indices",
        "cast_veto": "veto",
        "clause_watch": "clause.watch",
        "close_motion": "votes.stances",
        "fair_weights": "weights.nearest",
        "head_count": "power.games",
        "is_ready_to_sign": "agreement.readiness",
        "mediation_due": "veto",
        "open_motion": "votes.stances",
        "ready_to_sign": "agreement.readiness",
        "renegotiation_state": "clause.renegotiation",
        "request_state": "requests",
        "resolve_veto": "veto",
        "shapley_shubik": "power.indices",
        "signing_again": "agreement.changes",
        "take_stance": "votes.stances",
        "threat_state": "threat",
        "triggers_between": "clause.triggers",
        "veto_shown": "veto",
        "vote_outcome": "votes.outcome",
        "vote_weights": "votes.weighing",
        "voting_power": "power.indices",
    },
)
