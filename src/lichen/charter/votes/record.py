"""Everything about deciding as of a day: the outcomes, what stands against them, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lichen.audit.values import Organisation
from lichen.charter.requests import ChangeRequest, RequestState, request_state
from lichen.charter.veto import MediationDue, Veto, VetoShown, admissible_vetoes, mediation_due, veto_shown
from lichen.charter.votes.outcome import Outcome, VoteFinding, VoteGround, vote_outcome
from lichen.charter.votes.values import Exposure, Motion, VotingRule
from lichen.charter.votes.weighing import VoteWeight, vote_weights

__all__ = ["DecisionRecord", "decision_record"]

_MENDABLE = {VoteFinding.DECIDES_ALONE, VoteFinding.VETO_NOT_RECORDED, VoteFinding.OBJECTION_INCOMPLETE}


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """Where everything stands that the partners decide; it bears nobody's weakness."""

    on: date
    """The day that was reckoned with."""
    outcomes: tuple[Outcome, ...]
    """One for each motion."""
    vetoes: tuple[VetoShown, ...]
    """Those that stand, as everybody may read them."""
    mediation: tuple[MediationDue, ...]
    """What a mediator should hear about."""
    requests: tuple[RequestState, ...]
    """The requests that wait for an answer, or whose answer lacks something."""
    weights: tuple[VoteWeight, ...]
    """What each partner weighs on that day, under the rule as it stands."""

    @property
    def needs_mending(self) -> bool:
        """Whether somebody should do something: see each of the lists."""
        outcomes = any(
            outcome.review_due
            or outcome.ground is VoteGround.QUORUM_MISSING
            or not _MENDABLE.isdisjoint(outcome.findings)
            for outcome in self.outcomes
        )
        return (
            outcomes or bool(self.vetoes or self.mediation) or any(request.needs_mending for request in self.requests)
        )


def decision_record(
    partners: Sequence[Organisation],
    rule: VotingRule,
    exposures: Sequence[Exposure] = (),
    motions: Sequence[Motion] = (),
    vetoes: Sequence[Veto] = (),
    requests: Sequence[ChangeRequest] = (),
    *,
    on: date,
) -> DecisionRecord:
    """Work out every motion, and gather what stands and what waits.

    Args:
        partners: The alliance's.
        rule: The charter's.
        exposures: What the partners have declared at risk.
        motions: Those to work out.
        vetoes: All; those on other motions are left out.
        requests: The changes that were asked of partners; those asked after the day are left out.
        on: The day.

    Raises:
        InputError: As in ``vote_outcome``.
    """
    allowed = admissible_vetoes(vetoes, motions, partners)
    states = [request_state(each, on=on, answer_days=rule.answer_days) for each in requests if each.asked_on <= on]
    return DecisionRecord(
        on=on,
        outcomes=tuple(vote_outcome(each, rule, partners, exposures, vetoes, on=on) for each in motions),
        vetoes=tuple(veto_shown(each, "", ()) for each in allowed if each.stands_on(on)),
        mediation=mediation_due(allowed, motions, rule, on=on),
        requests=tuple(state for state in states if state.is_open or state.needs_mending),
        weights=vote_weights(rule, [one.id for one in partners], exposures, on=on),
    )
