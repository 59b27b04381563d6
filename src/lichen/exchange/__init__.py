"""The exchange: what was promised and delivered, what it was worth to each, and whether that is fair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.exchange.adjusted_winner import Division as Division
    from lichen.exchange.adjusted_winner import DivisionShare as DivisionShare
    from lichen.exchange.adjusted_winner import adjusted_winner as adjusted_winner
    from lichen.exchange.checks import ledger_problems as ledger_problems
    from lichen.exchange.fairness.balances import Balance as Balance
    from lichen.exchange.fairness.balances import Fairness as Fairness
    from lichen.exchange.fairness.balances import WhyUndefined as WhyUndefined
    from lichen.exchange.fairness.balances import received_over_given as received_over_given
    from lichen.exchange.fairness.dependence import Dependence as Dependence
    from lichen.exchange.fairness.dependence import MutualDependence as MutualDependence
    from lichen.exchange.fairness.dependence import ServedGap as ServedGap
    from lichen.exchange.fairness.dependence import mutual_dependences as mutual_dependences
    from lichen.exchange.fairness.envy import BundleLine as BundleLine
    from lichen.exchange.fairness.envy import Envy as Envy
    from lichen.exchange.fairness.envy import Preference as Preference
    from lichen.exchange.fairness.envy import Thing as Thing
    from lichen.exchange.fairness.envy import envies as envies
    from lichen.exchange.fairness.quarters import Leaning as Leaning
    from lichen.exchange.fairness.quarters import QuarterCourse as QuarterCourse
    from lichen.exchange.fairness.quarters import QuarterView as QuarterView
    from lichen.exchange.fairness.quarters import courses as courses
    from lichen.exchange.fairness.worths import Role as Role
    from lichen.exchange.fairness.worths import Worth as Worth
    from lichen.exchange.fairness.worths import worths as worths
    from lichen.exchange.ledger.actions import accept_delivery as accept_delivery
    from lichen.exchange.ledger.actions import cancel_promise as cancel_promise
    from lichen.exchange.ledger.actions import correct_delivery as correct_delivery
    from lichen.exchange.ledger.actions import dispute_delivery as dispute_delivery
    from lichen.exchange.ledger.actions import make_claim as make_claim
    from lichen.exchange.ledger.actions import make_promise as make_promise
    from lichen.exchange.ledger.actions import record_delivery as record_delivery
    from lichen.exchange.ledger.actions import record_valuation as record_valuation
    from lichen.exchange.ledger.actions import state_intent as state_intent
    from lichen.exchange.ledger.actions import waive_claim as waive_claim
    from lichen.exchange.ledger.capacity import Overpromise as Overpromise
    from lichen.exchange.ledger.capacity import PromiseHere as PromiseHere
    from lichen.exchange.ledger.capacity import capacity_promised_twice as capacity_promised_twice
    from lichen.exchange.ledger.deliveries import Delivery as Delivery
    from lichen.exchange.ledger.deliveries import DeliveryState as DeliveryState
    from lichen.exchange.ledger.deliveries import deliveries as deliveries
    from lichen.exchange.ledger.deliveries import ledger_on as ledger_on
    from lichen.exchange.ledger.standings import PromiseStanding as PromiseStanding
    from lichen.exchange.ledger.standings import PromiseState as PromiseState
    from lichen.exchange.ledger.standings import open_intents as open_intents
    from lichen.exchange.ledger.standings import promise_standings as promise_standings
    from lichen.exchange.plan.proposal import fairest_plan as fairest_plan
    from lichen.exchange.plan.values import Certificate as Certificate
    from lichen.exchange.plan.values import Gain as Gain
    from lichen.exchange.plan.values import Gift as Gift
    from lichen.exchange.plan.values import MetGap as MetGap
    from lichen.exchange.plan.values import Plan as Plan
    from lichen.exchange.plan.values import PlanRules as PlanRules
    from lichen.exchange.plan.values import UncoveredGap as UncoveredGap
    from lichen.exchange.plan.values import Unserved as Unserved
    from lichen.exchange.plan.values import WhyUnserved as WhyUnserved
    from lichen.exchange.values import Claim as Claim
    from lichen.exchange.values import Commitment as Commitment
    from lichen.exchange.values import Direction as Direction
    from lichen.exchange.values import EconomicEvent as EconomicEvent
    from lichen.exchange.values import Intent as Intent
    from lichen.exchange.values import Ledger as Ledger
    from lichen.exchange.values import Period as Period
    from lichen.exchange.values import Response as Response
    from lichen.exchange.values import Valuation as Valuation

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Balance": "fairness.balances",
        "BundleLine": "fairness.envy",
        "Certificate": "plan.values",
        "Claim": "values",
        "Commitment": "values",
        "Delivery": "ledger.deliveries",
        "DeliveryState": "ledger.deliveries",
        "Dependence": "fairness.dependence",
        "Direction": "values",
        "Division": "adjusted_winner",
        "DivisionShare": "adjusted_winner",
        "EconomicEvent": "values",
        "Envy": "fairness.envy",
        "Fairness": "fairness.balances",
        "Gain": "plan.values",
        "Gift": "plan.values",
        "Intent": "values",
        "Leaning": "fairness.quarters",
        "Ledger": "values",
        "MetGap": "plan.values",
        "MutualDependence": "fairness.dependence",
        "Overpromise": "ledger.capacity",
        "Period": "values",
        "Plan": "plan.values",
        "PlanRules": "plan.values",
        "Preference": "fairness.envy",
        "PromiseHere": "ledger.capacity",
        "PromiseStanding": "ledger.standings",
        "PromiseState": "ledger.standings",
        "QuarterCourse": "fairness.quarters",
        "QuarterView": "fairness.quarters",
        "Response": "values",
        "Role": "fairness.worths",
        "ServedGap": "fairness.dependence",
        "Thing": "fairness.envy",
        "UncoveredGap": "plan.values",
        "Unserved": "plan.values",
        "Valuation": "values",
        "WhyUndefined": "fairness.balances",
        "WhyUnserved": "plan.values",
        "Worth": "fairness.worths",
        "accept_delivery": "ledger.actions",
        "adjusted_winner": "adjusted_winner",
        "cancel_promise": "ledger.actions",
        "capacity_promised_twice": "ledger.capacity",
        "correct_delivery": "ledger.actions",
        "courses": "fairness.quarters",
        "deliveries": "ledger.deliveries",
        "dispute_delivery": "ledger.actions",
        "envies": "fairness.envy",
        "fairest_plan": "plan.proposal",
        "ledger_on": "ledger.deliveries",
        "ledger_problems": "checks",
        "make_claim": "ledger.actions",
        "make_promise": "ledger.actions",
        "mutual_dependences": "fairness.dependence",
        "open_intents": "ledger.standings",
        "promise_standings": "ledger.standings",
        "received_over_given": "fairness.balances",
        "record_delivery": "ledger.actions",
        "record_valuation": "ledger.actions",
        "state_intent": "ledger.actions",
        "waive_claim": "ledger.actions",
        "worths": "fairness.worths",
    },
)
