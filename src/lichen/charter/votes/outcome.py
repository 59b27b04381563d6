"""The outcome of a vote, with all the arithmetic that leads to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil, floor

from lichen.audit.values import Organisation
from lichen.charter.veto import RefusedVeto, Veto, VetoShown, admissible_vetoes, refused_vetoes, veto_shown
from lichen.charter.votes.stances import PassedOver, held_stances, passed_over
from lichen.charter.votes.values import (
    ConsentStep,
    CountedFrom,
    Exposure,
    Motion,
    Position,
    Stance,
    VotingMethod,
    VotingRule,
)
from lichen.charter.votes.weighing import VoteWeight, motion_weights, working_method
from lichen.days import months_after

__all__ = ["CountedVote", "Decision", "Outcome", "VoteFinding", "VoteGround", "vote_outcome"]

_AGAINST = {Position.AGAINST, Position.OBJECTION, Position.VETO}
_BEFORE_CONSENT = (ConsentStep.PRESENT, ConsentStep.CLARIFY, ConsentStep.REACT)


class Decision(StrEnum):
    """What became of a motion."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    """A veto stands, until what it is about is resolved."""
    UNDECIDED = "undecided"


class VoteGround(StrEnum):
    """Why a motion was decided so; the first that holds."""

    STANDING_VETO = "standing-veto"
    NOT_OPEN = "not-open"
    STILL_OPEN = "still-open"
    QUORUM_MISSING = "quorum-missing"
    REASONED_OBJECTION = "reasoned-objection"
    RESOLVED_VETO = "resolved-veto"
    """By consent: a veto was resolved, and its partner has not said yes since."""
    NO_OBJECTION = "no-objection"
    ENOUGH_WEIGHT = "enough-weight"
    TOO_LITTLE_WEIGHT = "too-little-weight"


class VoteFinding(StrEnum):
    """Something about a vote that the partners should know."""

    TWO_PARTNERS = "two-partners"
    """Between two, weights mean nothing: it was worked out by consent."""
    NO_RISK_DECLARED = "no-risk-declared"
    """Nobody has declared a risk, so all weigh the same."""
    DECIDES_ALONE = "decides-alone"
    """By the agreed weights one partner carries every motion alone."""
    VETO_NOT_RECORDED = "veto-not-recorded"
    """A stance says veto, and there is no veto that keeps the rules: it counts as against."""
    OBJECTION_INCOMPLETE = "objection-incomplete"
    """By consent: a stance objects without a reason, or without the aim that would be harmed, and so stops nothing."""
    RULE_NOT_KEPT = "rule-not-kept"
    """The motion keeps neither the rule nor the weights of its opening: a rule agreed on later would change it."""


@dataclass(frozen=True, slots=True)
class CountedVote:
    """One partner in the outcome."""

    weight: VoteWeight
    """What it weighs, and why."""
    position: Position | None
    """Where it stands; None: it took no part."""
    stance: Stance | None
    """What it said; None where it took no part, or only cast a veto."""

    @property
    def is_head(self) -> bool:
        """Whether it counts for the quorum: it took part itself, rather than through another."""
        return self.position is not None and (self.stance is None or not self.stance.on_behalf_by)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, and every number that led to it.

    Abstaining counts for the quorum and for neither side; under ``counted_from: all`` it therefore helps nobody.
    """

    motion: str
    """The motion's id."""
    on: date
    """The day that was reckoned with."""
    method: VotingMethod
    """How it was decided: the rule's method, or consent between two."""
    decision: Decision
    """What became of it."""
    ground: VoteGround
    """Why."""
    as_it_stands: Decision
    """What would become of it if nothing more were said; the decision, once it has closed."""
    votes: tuple[CountedVote, ...]
    """Every partner with a vote."""
    heads: int
    """How many took part themselves."""
    heads_needed: int
    """The quorum."""
    total_for: int
    """Weight of those for it."""
    total_against: int
    """Weight of those against it, objections and vetoes among them."""
    total_abstaining: int
    """Weight of those who abstain."""
    total: int
    """Weight of all."""
    counted: int
    """The weight that the threshold is a share of."""
    needed: int
    """The least weight for it that would have carried it."""
    objections: tuple[Stance, ...]
    """The reasoned ones."""
    vetoes: tuple[VetoShown, ...]
    """Those that keep the rules, standing or resolved, as everybody may read them."""
    passed_over: tuple[PassedOver, ...]
    """Stances that are kept and do not count."""
    refused_vetoes: tuple[RefusedVeto, ...]
    """Vetoes that are kept and stop nothing."""
    findings: tuple[VoteFinding, ...]
    """What the partners should know."""
    review_on: date | None
    """When a motion that passed is looked at again."""
    review_due: bool
    """Whether that day has come, and nobody has looked."""
    next_step: ConsentStep | None
    """What comes next in a round of consent; None by votes, or when all is done."""

    @property
    def incomplete_objections(self) -> tuple[Stance, ...]:
        """By consent: those that lack their reason or the aim that would be harmed, and so stop nothing."""
        said = (vote.stance for vote in self.votes if vote.stance is not None)
        return tuple(each for each in said if _is_incomplete(each)) if self.method is VotingMethod.CONSENT else ()

    @property
    def vetoed_by(self) -> tuple[str, ...]:
        """The ids of the partners whose veto stands."""
        standing = (veto.by for veto in self.vetoes if veto.resolved_on is None or self.on < veto.resolved_on)
        return tuple(dict.fromkeys(standing))


def vote_outcome(
    motion: Motion,
    rule: VotingRule,
    partners: Sequence[Organisation],
    exposures: Sequence[Exposure] = (),
    vetoes: Sequence[Veto] = (),
    *,
    on: date,
) -> Outcome:
    """What the partners have decided on a motion, as of a day.

    A veto that stands blocks it, whenever that is. Before the last day for stances it is undecided. Then the
    quorum is counted by heads; without it nothing is decided. Then, by weight, it passes if those for it reach the
    threshold; by consent, if nobody has a reasoned objection. A veto that has been resolved blocks no more, and its
    partner still counts as against, or as objecting, until it says otherwise: what was settled needs its own motion.

    Args:
        motion: What is proposed, and what was said to it.
        rule: The charter's; the motion's own comes first.
        partners: The alliance's.
        exposures: What they have declared at risk.
        vetoes: The alliance's; those on other motions are passed over.
        on: The day: what was said or resolved later is left out.

    Raises:
        InputError: There are fewer than two partners, or the rule cannot weigh so many (see ``vote_weights``).

    Source:
        The article's step 5 (weight by risk, veto over one's own core), its question 3 (one each), and sociocracy
        (consent). How they are put together is ours.

    Example:
        >>> a, b = Organisation("a", "A"), Organisation("b", "B")
        >>> may = date(2026, 5, 1)
        >>> stances = tuple(Stance(by, Position.FOR, may, person="Ada") for by in "ab")
        >>> found = vote_outcome(
        ...     Motion("fair", opened_on=may, closes_on=may, stances=stances), VotingRule(), [a, b], on=date(2026, 5, 2)
        ... )
        >>> found.decision.value, found.ground.value, found.heads, found.heads_needed
        ('passed', 'no-objection', 2, 2)
    """
    held = motion.rule or rule
    weights = motion_weights(motion, held, [one.id for one in partners], exposures, on=on)
    voters = [each.partner for each in weights]
    own = [each for each in vetoes if each.motion == motion.id and each.vetoed_on <= on]
    allowed = admissible_vetoes(own, [motion], partners)
    votes = _votes(weights, held_stances(motion, held, voters, on=on), allowed)
    count = _Count(motion, held, votes, allowed, on)
    return Outcome(
        motion=motion.id,
        on=on,
        method=count.method,
        decision=_DECISIONS[count.ground],
        ground=count.ground,
        as_it_stands=_DECISIONS[count.ground_as_it_stands],
        votes=votes,
        heads=count.heads,
        heads_needed=count.heads_needed,
        total_for=count.weight_of({Position.FOR}),
        total_against=count.weight_of(_AGAINST),
        total_abstaining=count.weight_of({Position.ABSTAIN}),
        total=count.total,
        counted=count.counted,
        needed=count.needed,
        objections=count.objections,
        vetoes=tuple(veto_shown(each, "", ()) for each in allowed),
        passed_over=passed_over(motion, held, voters),
        refused_vetoes=refused_vetoes(own, [motion], partners),
        findings=tuple(count.findings()),
        review_on=count.review_on,
        review_due=count.review_due,
        next_step=count.next_step,
    )


_DECISIONS: Mapping[VoteGround, Decision] = {
    VoteGround.STANDING_VETO: Decision.BLOCKED,
    VoteGround.NOT_OPEN: Decision.UNDECIDED,
    VoteGround.STILL_OPEN: Decision.UNDECIDED,
    VoteGround.QUORUM_MISSING: Decision.UNDECIDED,
    VoteGround.REASONED_OBJECTION: Decision.FAILED,
    VoteGround.RESOLVED_VETO: Decision.FAILED,
    VoteGround.NO_OBJECTION: Decision.PASSED,
    VoteGround.ENOUGH_WEIGHT: Decision.PASSED,
    VoteGround.TOO_LITTLE_WEIGHT: Decision.FAILED,
}


def _is_incomplete(stance: Stance) -> bool:
    return stance.position is Position.OBJECTION and not stance.is_reasoned_objection


def _votes(
    weights: Sequence[VoteWeight], stances: Mapping[str, Stance], vetoes: Sequence[Veto]
) -> tuple[CountedVote, ...]:
    vetoing = {each.by for each in vetoes}
    silent = dict.fromkeys(vetoing - stances.keys(), Position.VETO)
    positions = {partner: stance.position for partner, stance in stances.items()} | silent
    return tuple(CountedVote(each, positions.get(each.partner), stances.get(each.partner)) for each in weights)


class _Count:
    """The numbers of one outcome."""

    def __init__(
        self, motion: Motion, rule: VotingRule, votes: Sequence[CountedVote], vetoes: Sequence[Veto], on: date
    ) -> None:
        self.motion, self.rule, self.votes, self.vetoes, self.on = motion, rule, votes, vetoes, on
        self.method = working_method(rule, len(votes))
        self.heads, self.heads_needed = sum(vote.is_head for vote in votes), rule.heads_needed(len(votes))
        self.total = sum(vote.weight.weight for vote in votes)
        said = [vote.stance for vote in votes if vote.stance is not None]
        self.objections = tuple(stance for stance in said if stance.is_reasoned_objection)
        self.vetoing = {veto.by for veto in vetoes}

    def weight_of(self, positions: set[Position]) -> int:
        return sum(vote.weight.weight for vote in self.votes if vote.position in positions)

    @property
    def counted(self) -> int:
        is_all = self.rule.counted_from is CountedFrom.ALL
        return self.total if is_all else self.weight_of({Position.FOR} | _AGAINST)

    @property
    def needed(self) -> int:
        bar = self.rule.needed * self.counted
        return max(1, floor(bar) + 1 if self.rule.strictly_more else ceil(bar))

    @property
    def ground(self) -> VoteGround:
        if self._is_vetoed:
            return VoteGround.STANDING_VETO
        if self.motion.is_closed_on(self.on):
            return self.ground_as_it_stands
        return VoteGround.STILL_OPEN if self.motion.takes_stances_on(self.on) else VoteGround.NOT_OPEN

    @property
    def ground_as_it_stands(self) -> VoteGround:
        if self._is_vetoed:
            return VoteGround.STANDING_VETO
        if self.heads < self.heads_needed:
            return VoteGround.QUORUM_MISSING
        if self.method is VotingMethod.CONSENT:
            return self._ground_by_consent
        is_enough = self.weight_of({Position.FOR}) >= self.needed
        return VoteGround.ENOUGH_WEIGHT if is_enough else VoteGround.TOO_LITTLE_WEIGHT

    @property
    def _ground_by_consent(self) -> VoteGround:
        if self.objections:
            return VoteGround.REASONED_OBJECTION
        vetoing = (vote for vote in self.votes if vote.weight.partner in self.vetoing)
        still_no = any(vote.position is Position.VETO for vote in vetoing)
        return VoteGround.RESOLVED_VETO if still_no else VoteGround.NO_OBJECTION

    @property
    def _is_vetoed(self) -> bool:
        return any(veto.stands_on(self.on) for veto in self.vetoes)

    @property
    def review_on(self) -> date | None:
        if _DECISIONS[self.ground] is not Decision.PASSED or self.motion.closes_on is None:
            return None
        return self.motion.review_on or months_after(self.motion.closes_on, self.rule.review_after_months)

    @property
    def review_due(self) -> bool:
        return self.review_on is not None and self.review_on <= self.on and not self._reviewed

    @property
    def _reviewed(self) -> bool:
        return self.motion.reviewed_on is not None and self.motion.reviewed_on <= self.on

    @property
    def next_step(self) -> ConsentStep | None:
        if self.method is not VotingMethod.CONSENT:
            return None
        decision = _DECISIONS[self.ground]
        if decision is Decision.PASSED:
            return None if self._reviewed else ConsentStep.REVIEW
        if self.objections or self.vetoing:
            return ConsentStep.INTEGRATE
        undone = (step for step in _BEFORE_CONSENT if step not in self.motion.steps_done)
        return next(undone, ConsentStep.CONSENT)

    def findings(self) -> Iterator[VoteFinding]:
        """What the partners should know."""
        weights = [vote.weight for vote in self.votes]
        is_by_risk = self.method is VotingMethod.BY_RISK
        if self.method is not self.rule.method:
            yield VoteFinding.TWO_PARTNERS
        if is_by_risk and not (self.rule.weights or self.motion.weights or any(each.risk for each in weights)):
            yield VoteFinding.NO_RISK_DECLARED
        if is_by_risk and any(self.rule.is_enough(each.share) for each in weights):
            yield VoteFinding.DECIDES_ALONE
        if any(vote.position is Position.VETO and vote.weight.partner not in self.vetoing for vote in self.votes):
            yield VoteFinding.VETO_NOT_RECORDED
        if self.method is VotingMethod.CONSENT and any(
            vote.stance and _is_incomplete(vote.stance) for vote in self.votes
        ):
            yield VoteFinding.OBJECTION_INCOMPLETE
        if is_by_risk and self._has_opened and self.motion.rule is None and not self.motion.weights:
            yield VoteFinding.RULE_NOT_KEPT

    @property
    def _has_opened(self) -> bool:
        return self.motion.opened_on is not None and self.motion.opened_on <= self.on
