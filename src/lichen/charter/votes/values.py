"""What stands in the alliance's file about deciding: the rule, the exposures, the motions and the stances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from lichen.charter.votes.shares import exact_share
from lichen.errors import InputError, Problem, refuse
from lichen.language import _
from lichen.scales import FIVE_STEPS

__all__ = [
    "ANSWER_DAYS",
    "AgreedWeight",
    "ConsentStep",
    "CountedFrom",
    "Delegate",
    "Exposure",
    "Motion",
    "MotionKind",
    "Position",
    "Stance",
    "VotingMethod",
    "VotingRule",
]

ANSWER_DAYS = 14
"""How long a partner has to answer when a change is asked of it, unless rule or request say otherwise (the article's
pitfall 3; changeable)."""

_HALF = Fraction(1, 2)
_LEAST_HEADS = 2
_LONGEST = 10_000
"""So many days or months are the most that are reckoned with, so that what they lead to is still a day."""


class VotingMethod(StrEnum):
    """How the alliance decides."""

    ONE_EACH = "one-each"
    """Every partner has the same weight."""
    BY_RISK = "by-risk"
    """Weights in proportion to what each partner risks, between a floor and a cap."""
    CONSENT = "consent"
    """A motion passes when nobody has a reasoned objection."""


class CountedFrom(StrEnum):
    """What the threshold is a share of."""

    CAST = "cast"
    """The weight of those who were for or against: abstaining and absent partners change nothing."""
    ALL = "all"
    """The weight of all partners: to abstain or stay away is as good as being against."""


class MotionKind(StrEnum):
    """What a motion is about, as far as it matters to whether it may be vetoed."""

    ORDINARY = "ordinary"
    """Anything not named below."""
    EXIT = "exit"
    """A partner leaves, or the alliance ends. No veto."""
    LEGAL_DUTY = "legal-duty"
    """What the law demands of a partner. No veto."""
    RENEGOTIATION = "renegotiation"
    """A partner asks to renegotiate what it gives or gets. No veto by the others."""


class Position(StrEnum):
    """Where a partner stands on a motion."""

    FOR = "for"
    AGAINST = "against"
    """Prefers it otherwise. Under consent a preference stops nothing."""
    ABSTAIN = "abstain"
    """Present, and on neither side."""
    OBJECTION = "objection"
    """A reasoned objection: it says why, and which aim of the alliance would be harmed."""
    VETO = "veto"
    """Against, by a veto that is recorded of its own (see ``Veto``)."""


class ConsentStep(StrEnum):
    """The steps of a round of consent, in order."""

    PRESENT = "present"
    """The proposal is read out; nobody answers yet."""
    CLARIFY = "clarify"
    """Questions, so that all understand the same."""
    REACT = "react"
    """Each says once what it thinks of it."""
    CONSENT = "consent"
    """Each objects, with a reason, or does not."""
    INTEGRATE = "integrate"
    """What the objection protects is worked into a better motion."""
    REVIEW = "review"
    """A day is set to look at it again: good enough for now, safe enough to try."""


@dataclass(frozen=True, slots=True)
class Delegate:
    """The person who speaks for a partner in votes.

    Raises:
        InputError: Partner or person are not named.
    """

    partner: str
    """Its organisation's id."""
    person: str
    """Who votes for it."""
    stand_in: str = ""
    """Who votes when that person cannot; empty is nobody."""

    def __post_init__(self) -> None:
        refuse(_unnamed(partner=self.partner, person=self.person))


@dataclass(frozen=True, slots=True)
class AgreedWeight:
    """A partner's weight in votes, as a whole number: only its share of the sum counts.

    Raises:
        InputError: The partner is not named, or the weight is below 0.
    """

    partner: str
    """Its organisation's id."""
    weight: int
    """0 or more."""

    def __post_init__(self) -> None:
        refuse(_unnamed(partner=self.partner), _below(0, weight=self.weight))


@dataclass(frozen=True, slots=True)
class Exposure:
    """One thing that a partner risks by being in the alliance.

    Raises:
        InputError: The partner is not named, likelihood or harm are not 1 to 5, or it ended before it was declared.
    """

    partner: str
    """Whose it is: its organisation's id."""
    likelihood: int
    """1 hardly ever, 2 unlikely, 3 possible, 4 likely, 5 almost certain."""
    harm: int
    """1 a nuisance, 2 minor, 3 serious, 4 severe, 5 it would end the organisation."""
    risk: str = ""
    """What could happen, in the partner's own words; no vote needs them."""
    declared_on: date | None = None
    """None: it counts whenever a motion opened."""
    ended_on: date | None = None
    """From this day on it counts no more."""

    def __post_init__(self) -> None:
        refuse(
            _unnamed(partner=self.partner),
            _off_scale(likelihood=self.likelihood, harm=self.harm),
            _disordered("ended_on", self.declared_on, self.ended_on),
        )

    @property
    def size(self) -> int:
        """Likelihood × harm, from 1 to 25."""
        return self.likelihood * self.harm

    def counts_on(self, day: date) -> bool:
        """Whether it was declared by that day and had not ended."""
        declared = self.declared_on is None or self.declared_on <= day
        return declared and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class VotingRule:
    """How the alliance decides, as the partners agreed: known before any vote, and the same for all.

    Every default is ours and changeable.

    Raises:
        InputError: A share is not one; a threshold lets both a motion and its opposite pass, or lets none pass; the
            cap is below the floor, or so high that one partner could decide alone; a number is too small or too large.

    Source:
        The three methods are the article's (step 5, question 3, pitfall 2) and sociocracy's; the numbers are ours.

    Example:
        >>> VotingRule(VotingMethod.BY_RISK, threshold="2/3").needed
        Fraction(2, 3)
    """

    method: VotingMethod = VotingMethod.CONSENT
    """How it decides. Two partners always decide by consent: weights mean nothing between two."""
    threshold: str = "1/2"
    """The share of the weight that must be for it, such as ``2/3``; at least a half."""
    strictly_more: bool = True
    """Whether more than the threshold is needed; False: the threshold itself is enough."""
    counted_from: CountedFrom = CountedFrom.CAST
    """What the threshold is a share of."""
    quorum: int | None = None
    """How many partners must take part, counted by heads, 2 or more; None is more than half of them."""
    cap: str = "45%"
    """The most that one partner may weigh, by risk. Ours: a little under one half, so that nobody decides alone, nor
    stops all others alone with the usual threshold."""
    floor: str | None = None
    """The least that one partner may weigh, by risk; None is half of an equal share."""
    weights: tuple[AgreedWeight, ...] = ()
    """Weights agreed on in place of those worked out from the risk, such as ``charter weights`` proposes. Cap and floor
    do not change them."""
    delegates: tuple[Delegate, ...] = ()
    """Who votes for whom; a partner without one may send anybody whose name is recorded."""
    on_behalf: bool = False
    """Whether one partner may vote on behalf of another that asked it to; each such vote is recorded as one."""
    review_after_months: int = 6
    """When a decision is looked at again, unless its motion says so itself."""
    vetoes_on_a_subject: int = 2
    """How many vetoes of one partner on one subject call for mediation."""
    vetoes_in_a_year: int = 3
    """How many vetoes of one partner within a year call for mediation."""
    answer_days: int = ANSWER_DAYS
    """How long a partner has to answer when a change is asked of it, unless the request says so itself."""

    def __post_init__(self) -> None:
        counts = {
            "review_after_months": self.review_after_months,
            "vetoes_on_a_subject": self.vetoes_on_a_subject,
            "vetoes_in_a_year": self.vetoes_in_a_year,
            "answer_days": self.answer_days,
        }
        heads = _LEAST_HEADS if self.quorum is None else self.quorum
        refuse(
            self._share_problems(), _below(_LEAST_HEADS, quorum=heads), _below(1, **counts), _above(_LONGEST, **counts)
        )

    @property
    def needed(self) -> Fraction:
        """The threshold, exactly."""
        return exact_share(self.threshold, "threshold")

    @property
    def most(self) -> Fraction:
        """The cap, exactly."""
        return exact_share(self.cap, "cap")

    def least(self, partners: int) -> Fraction:
        """The floor among so many partners, exactly."""
        return Fraction(1, 2 * partners) if self.floor is None else exact_share(self.floor, "floor")

    def heads_needed(self, partners: int) -> int:
        """The quorum among so many partners."""
        return partners // 2 + 1 if self.quorum is None else self.quorum

    def is_enough(self, share: Fraction) -> bool:
        """Whether so large a share of the weight carries a motion."""
        return share > self.needed if self.strictly_more else share >= self.needed

    def _share_problems(self) -> Iterator[Problem]:
        unreadable = list(self._unreadable())
        yield from unreadable or self._unworkable()

    def _unreadable(self) -> Iterator[Problem]:
        for column, written in (("threshold", self.threshold), ("cap", self.cap), ("floor", self.floor)):
            try:
                exact_share(written or "0", column)
            except InputError as refusal:
                yield from refusal.problems

    def _unworkable(self) -> Iterator[Problem]:
        if self.needed < _HALF:
            what = _("below one half, both a motion and its opposite could pass")
            yield Problem(what, _("1/2 or more"), column="threshold")
        if not self.is_enough(Fraction(1)):
            right = _("less than 1, or strictly_more: false")
            yield Problem(_("nothing is more than everything, so no motion could pass"), right, column="threshold")
        if self.is_enough(self.most):
            right = _("less than the threshold")
            yield Problem(_("so high a cap would let one partner decide alone"), right, column="cap")
        if self.floor is not None and exact_share(self.floor) > self.most:
            yield Problem(_("the floor is above the cap"), _("no more than the cap"), column="floor")


@dataclass(frozen=True, slots=True)
class Stance:
    """Where one partner stands on a motion, from a day on; a later one replaces it, and both are kept.

    Raises:
        InputError: The partner is not named.
    """

    by: str
    """The partner's id."""
    position: Position
    """Where it stands."""
    taken_on: date
    """The day on which it was said."""
    person: str = ""
    """Who said it for the partner."""
    on_behalf_by: str = ""
    """The id of the partner that said it on behalf of this one; empty where it spoke for itself."""
    asked_by: str = ""
    """Who in this partner asked for that, so that a vote on behalf leaves a trace."""
    reason: str = ""
    """Why; an objection must have one."""
    harms: str = ""
    """Which aim of the alliance the motion would harm; an objection must say so."""

    def __post_init__(self) -> None:
        refuse(_unnamed(by=self.by))

    @property
    def is_reasoned_objection(self) -> bool:
        """Whether it objects, says why, and names the aim that would be harmed."""
        return self.position is Position.OBJECTION and bool(self.reason.strip() and self.harms.strip())


@dataclass(frozen=True, slots=True)
class Motion:
    """Something that the partners decide together.

    Raises:
        InputError: It has no id, or its dates are out of order.
    """

    id: str
    """Short and unique in the alliance, such as ``second-fair``."""
    title: str = ""
    """What is proposed, in a line."""
    by: str = ""
    """The partner that proposes it."""
    subject: str = ""
    """What several motions are about, such as ``data-sharing``; empty where the motion is the only one."""
    kind: MotionKind = MotionKind.ORDINARY
    """Whether it may be vetoed."""
    touches: tuple[str, ...] = ()
    """Codes of capabilities that it touches; never shown, since they could tell whose weakness is meant."""
    opened_on: date | None = None
    """The day from which stances are taken; None while it is being prepared."""
    closes_on: date | None = None
    """The last day for stances, on which the outcome stands; None until somebody closes it."""
    rule: VotingRule | None = None
    """The rule as it stood when the motion opened (see ``open_motion``); None takes the charter's."""
    weights: tuple[AgreedWeight, ...] = ()
    """Everybody's weight when the motion opened; none: worked out from what was declared by that day."""
    steps_done: tuple[ConsentStep, ...] = ()
    """Steps of the round of consent that have been taken."""
    stances: tuple[Stance, ...] = ()
    """Everything that was said, in order."""
    review_on: date | None = None
    """When to look at the decision again; None takes the rule's months."""
    reviewed_on: date | None = None
    """When it was looked at again."""

    def __post_init__(self) -> None:
        refuse(
            _unnamed(id=self.id),
            _disordered("closes_on", self.opened_on, self.closes_on),
            _unopened(self.opened_on, self.closes_on),
            _disordered("review_on", self.closes_on, self.review_on),
            _disordered("reviewed_on", self.closes_on, self.reviewed_on),
        )

    @property
    def about(self) -> str:
        """The subject, else the motion's own id."""
        return self.subject or self.id

    def takes_stances_on(self, day: date) -> bool:
        """Whether it is open on that day, the first and the last included."""
        return (
            self.opened_on is not None and self.opened_on <= day and (self.closes_on is None or day <= self.closes_on)
        )

    def is_closed_on(self, day: date) -> bool:
        """Whether its last day has come, so that the outcome stands."""
        return self.closes_on is not None and self.closes_on <= day


def _unnamed(**named: str) -> Iterator[Problem]:
    for column, name in named.items():
        if not name.strip():
            yield Problem(_("it is empty"), _("an id or a name"), column=column)


def _below(least: int, **counts: int) -> Iterator[Problem]:
    for column, count in counts.items():
        if count < least:
            yield Problem(_("the number is too small"), _("{least} or more").format(least=least), column=column)


def _above(most: int, **counts: int) -> Iterator[Problem]:
    for column, count in counts.items():
        if count > most:
            yield Problem(_("the number is too large"), _("{most:,} or less").format(most=most), column=column)


def _off_scale(**steps: int) -> Iterator[Problem]:
    for column, step in steps.items():
        if isinstance(step, bool) or step not in FIVE_STEPS:
            yield Problem(_("it is out of range"), "1, 2, 3, 4 or 5", column=column)


def _unopened(opened_on: date | None, closes_on: date | None) -> Iterator[Problem]:
    if closes_on is not None and opened_on is None:
        yield Problem(_("it closes and has not been opened"), _("the day it opened"), column="opened_on")


def _disordered(column: str, earlier: date | None, later: date | None) -> Iterator[Problem]:
    if earlier is not None and later is not None and later < earlier:
        yield Problem(_("it lies before what comes first"), _("that day or later"), column=column)
