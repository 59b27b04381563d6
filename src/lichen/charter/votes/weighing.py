"""What each partner weighs in a vote, with the arithmetic; exact, in whole numbers and fractions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import lcm

from lichen.charter.votes.values import AgreedWeight, Exposure, Motion, VotingMethod, VotingRule
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["Bound", "VoteWeight", "bounded_shares", "motion_weights", "vote_weights", "working_method"]

_WEIGHTS_MEAN_SOMETHING = 3


class Bound(StrEnum):
    """What kept a weight from being in proportion to the risk."""

    CAP = "cap"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class VoteWeight:
    """One partner's weight, and how it came about."""

    partner: str
    """Its organisation's id."""
    weight: int
    """A whole number; only its share of everybody's counts."""
    share: Fraction
    """Its share of everybody's weight, exactly; together they are one."""
    exposures: tuple[Exposure, ...] = ()
    """What it has declared at risk; empty where weights do not come from risk."""
    risk: int = 0
    """Their sizes added up."""
    share_of_risk: Fraction = Fraction(0)
    """Its share of everybody's risk; 0 where nobody has declared any."""
    bound: Bound | None = None
    """Whether cap or floor changed it."""


def working_method(rule: VotingRule, partners: int) -> VotingMethod:
    """How so many partners decide under a rule: between two, always by consent.

    Any weights of two make one of them a dictator or give each a veto, so the numbers would only pretend.

    Raises:
        InputError: There are fewer than two partners.

    Source:
        Ours, by enumerating all weighted games of two.
    """
    if partners <= 1:
        raise InputError(Problem(_("there is nobody to decide with"), _("two partners or more"), column="partners"))
    return rule.method if partners >= _WEIGHTS_MEAN_SOMETHING else VotingMethod.CONSENT


def vote_weights(
    rule: VotingRule, partners: Sequence[str], exposures: Sequence[Exposure] = (), *, on: date
) -> tuple[VoteWeight, ...]:
    """Each partner's weight under the rule, on a day.

    By risk it is the partner's share of all that was declared at risk (likelihood × harm, added up), brought between
    floor and cap; what that frees or takes is shared by the others in proportion to their risk. Without a declared risk
    a partner has the floor; if nobody has declared any, all weigh the same. Weights that were agreed on are taken as
    they stand. One each, and by consent, everybody weighs 1.

    Args:
        rule: What the partners agreed.
        partners: Their ids, each once.
        exposures: What they have declared at risk.
        on: The day; what was declared later or had ended does not count.

    Returns:
        One for each partner, in their order; the shares add up to exactly 1.

    Raises:
        InputError: There are fewer than two partners, cap or floor cannot be kept by so many, or the agreed weights
            are not one for each partner or are all 0.

    Source:
        The article's step 5: governance "should be proportional to what each partner risks". The formula is ours.

    Example:
        >>> rule = VotingRule(VotingMethod.BY_RISK)
        >>> risks = [Exposure("a", 4, 5), Exposure("a", 2, 5), Exposure("b", 3, 4), Exposure("c", 2, 4)]
        >>> weights = vote_weights(rule, ["a", "b", "c"], risks, on=date(2026, 9, 1))
        >>> [(each.partner, each.risk, str(each.share)) for each in weights]
        [('a', 30, '9/20'), ('b', 12, '33/100'), ('c', 8, '11/50')]
    """
    if working_method(rule, len(partners)) is not VotingMethod.BY_RISK:
        return _as_agreed(partners, [AgreedWeight(partner, 1) for partner in partners])
    return _as_agreed(partners, rule.weights) if rule.weights else _by_risk(rule, partners, exposures, on)


def motion_weights(
    motion: Motion, rule: VotingRule, partners: Sequence[str], exposures: Sequence[Exposure] = (), *, on: date
) -> tuple[VoteWeight, ...]:
    """Each partner's weight in a motion: as it was when the motion opened.

    Args:
        motion: If it keeps the weights of its opening, they hold, and those whom they name are its voters. Otherwise
            they are worked out from what was declared by the day of opening.
        rule: The charter's; the motion's own comes first.
        partners: The ids of the alliance's partners.
        exposures: What they have declared at risk.
        on: The day to go by while the motion is not open.

    Raises:
        InputError: As in ``vote_weights``.
    """
    if motion.weights:
        return _as_agreed([agreed.partner for agreed in motion.weights], motion.weights)
    return vote_weights(motion.rule or rule, partners, exposures, on=motion.opened_on or on)


def bounded_shares(sizes: Sequence[int], least: Fraction, most: Fraction) -> tuple[Fraction, ...]:
    """Shares of one in proportion to sizes, none below ``least`` or above ``most``.

    Those between the bounds stay exactly in proportion to each other. A size of 0 weighs like the smallest thing there
    is: it takes a part of the rest only where all that is larger has come to ``most``.

    Args:
        sizes: One or more, each 0 or more.
        least: The floor.
        most: The cap.

    Returns:
        One for each size; they add up to exactly 1.

    Raises:
        InputError: So many cannot keep to the floor or to the cap.

    Example:
        >>> [str(share) for share in bounded_shares([10, 1, 0, 0], Fraction(1, 8), Fraction(9, 20))]
        ['9/20', '3/10', '1/8', '1/8']
    """
    _check_bounds(len(sizes), least, most)
    held: dict[int, Fraction] = {}
    while True:
        free = [place for place in range(len(sizes)) if place not in held]
        in_proportion = _divided(1 - sum(held.values(), Fraction(0)), {place: sizes[place] for place in free})
        bounded = {place: min(max(share, least), most) for place, share in in_proportion.items()}
        excess = sum(bounded.values()) - sum(in_proportion.values())
        if excess == 0:
            found = held | bounded
            return tuple(found[place] for place in range(len(sizes)))
        # Whoever was moved in the direction in which all together went too far stays there in every later round.
        held |= {
            place: share
            for place, share in bounded.items()
            if (share > in_proportion[place] if excess > 0 else share < in_proportion[place])
        }


def _divided(whole: Fraction, sizes: dict[int, int]) -> dict[int, Fraction]:
    """The whole in proportion to the sizes; in equal parts where all are 0."""
    total = sum(sizes.values())
    return {
        place: whole * (Fraction(size, total) if total else Fraction(1, len(sizes))) for place, size in sizes.items()
    }


def _check_bounds(many: int, least: Fraction, most: Fraction) -> None:
    if most * many < 1:
        right = _("1/{many} or more among {many}").format(many=many)
        raise InputError(Problem(_("with so low a cap the weights cannot add up to one"), right, column="cap"))
    if least * many > 1:
        right = _("1/{many} or less among {many}").format(many=many)
        raise InputError(Problem(_("with so high a floor the weights add up to more than one"), right, column="floor"))


def _as_agreed(partners: Sequence[str], agreed: Sequence[AgreedWeight]) -> tuple[VoteWeight, ...]:
    weights = {each.partner: each.weight for each in agreed}
    total = sum(weights.values())
    if weights.keys() != set(partners) or len(agreed) != len(partners) or total == 0:
        what = _("the agreed weights are not one for each partner, or are all 0")
        raise InputError(Problem(what, _("each partner once, and one above 0"), column="weights"))
    return tuple(VoteWeight(partner, weights[partner], Fraction(weights[partner], total)) for partner in partners)


def _by_risk(
    rule: VotingRule, partners: Sequence[str], exposures: Sequence[Exposure], on: date
) -> tuple[VoteWeight, ...]:
    counted = {
        partner: tuple(each for each in exposures if each.partner == partner and each.counts_on(on))
        for partner in partners
    }
    risks = [sum(each.size for each in counted[partner]) for partner in partners]
    total = sum(risks)
    shares = bounded_shares(risks, rule.least(len(partners)), rule.most)
    whole = lcm(*(share.denominator for share in shares))
    return tuple(
        VoteWeight(
            partner=partner,
            weight=int(share * whole),
            share=share,
            exposures=counted[partner],
            risk=risk,
            share_of_risk=Fraction(risk, total) if total else Fraction(0),
            bound=_bound(share, risk, rule, len(partners)) if share * total != risk else None,
        )
        for partner, risk, share in zip(partners, risks, shares, strict=True)
    )


def _bound(share: Fraction, risk: int, rule: VotingRule, partners: int) -> Bound | None:
    if share == rule.most:
        return Bound.CAP
    return Bound.FLOOR if share == rule.least(partners) else None
