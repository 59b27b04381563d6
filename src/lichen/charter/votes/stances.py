"""Taking a stance on a motion: who may, when, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from lichen.charter.votes.values import AgreedWeight, Exposure, Motion, Position, Stance, VotingRule
from lichen.charter.votes.weighing import motion_weights
from lichen.errors import NotAllowed
from lichen.language import _

__all__ = [
    "PassedOver",
    "StanceRule",
    "close_motion",
    "held_stances",
    "open_motion",
    "passed_over",
    "stance_refusal",
    "stance_rule_words",
    "take_stance",
]


class StanceRule(StrEnum):
    """The rules that a stance must keep."""

    NOT_OPEN = "motion-not-open"
    CLOSED = "motion-closed"
    VOTER = "vote-of-a-partner"
    PERSON = "vote-by-a-named-person"
    DELEGATE = "vote-by-the-delegate"
    ON_BEHALF = "vote-on-behalf"
    ON_BEHALF_ASKED = "vote-on-behalf-asked-for"
    REASON = "objection-with-reason"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A stance that is kept and does not count."""

    place: int
    """Its place among the motion's stances; 1 is the first."""
    by: str
    """The id that it was taken for."""
    rule: StanceRule
    """The rule that it breaks."""


def open_motion(
    motion: Motion, rule: VotingRule, partners: Sequence[str], exposures: Sequence[Exposure] = (), *, on: date
) -> Motion:
    """Open a motion: from now on neither the rule nor anybody's weight in it changes.

    Args:
        motion: One that is not open yet.
        rule: The charter's.
        partners: The ids of the alliance's partners, who are its voters.
        exposures: What they have declared at risk.
        on: The first day for stances.

    Raises:
        NotAllowed: It is open already.
        InputError: As in ``vote_weights``.
    """
    if motion.opened_on is not None:
        raise NotAllowed("motion-open-already", _("The motion has been opened before, and its weights hold."))
    weights = motion_weights(motion, rule, partners, exposures, on=on)
    agreed = tuple(AgreedWeight(each.partner, each.weight) for each in weights)
    return replace(motion, opened_on=on, rule=motion.rule or rule, weights=agreed)


def close_motion(motion: Motion, *, on: date) -> Motion:
    """Close a motion: the day is the last for stances, and the outcome stands.

    Raises:
        NotAllowed: It is not open on that day.
    """
    if not motion.takes_stances_on(on):
        rule = StanceRule.CLOSED if motion.is_closed_on(on) else StanceRule.NOT_OPEN
        raise NotAllowed(rule, stance_rule_words(rule))
    return replace(motion, closes_on=on)


def take_stance(motion: Motion, stance: Stance, rule: VotingRule, partners: Sequence[str]) -> Motion:
    """Add a stance; an earlier one of the same partner is kept, and counts no more.

    Args:
        motion: An open one.
        stance: Whose, where it stands, who said so and when.
        rule: The charter's; the motion's own comes first.
        partners: The ids of the alliance's partners.

    Raises:
        NotAllowed: A rule stands against it (see ``StanceRule``), or it is an objection without a reason or without the
            aim that would be harmed.

    Example:
        >>> may = date(2026, 5, 1)
        >>> motion = Motion("fair", opened_on=may)
        >>> motion = take_stance(motion, Stance("a", Position.FOR, may, person="Ada"), VotingRule(), ["a", "b"])
        >>> [stance.position.value for stance in motion.stances]
        ['for']
    """
    broken = stance_refusal(motion, stance, motion.rule or rule, partners)
    if broken is None and stance.position is Position.OBJECTION and not stance.is_reasoned_objection:
        broken = StanceRule.REASON
    if broken is not None:
        raise NotAllowed(broken, stance_rule_words(broken))
    return replace(motion, stances=(*motion.stances, stance))


def stance_refusal(motion: Motion, stance: Stance, rule: VotingRule, partners: Sequence[str]) -> StanceRule | None:
    """The first rule that a stance breaks; None where it counts.

    Args:
        motion: The motion.
        stance: The stance.
        rule: The rule that holds for the motion.
        partners: The ids of its voters.
    """
    return next((broken for broken, is_broken in _breaches(motion, stance, rule, partners) if is_broken), None)


def stance_rule_words(rule: StanceRule) -> str:
    """Why a stance that breaks the rule does not count, and what would be right."""
    return {
        StanceRule.NOT_OPEN: _("The motion is not open: stances are taken from its first day on."),
        StanceRule.CLOSED: _("The motion has closed: a later change of mind needs a new motion."),
        StanceRule.VOTER: _("This is not a partner that votes on the motion."),
        StanceRule.PERSON: _("Nobody is named: a person speaks for a partner, and the record says who."),
        StanceRule.DELEGATE: _(
            "The person is neither the partner's delegate nor the stand-in: one of them must speak."
        ),
        StanceRule.ON_BEHALF: _("The rule allows no vote on behalf of another partner: each speaks for itself."),
        StanceRule.ON_BEHALF_ASKED: _(
            "A vote on behalf must say which other partner cast it, and who in the absent partner asked for it."
        ),
        StanceRule.REASON: _(
            "An objection says why, and which aim would be harmed; a preference is a vote against, and no objection."
        ),
    }[rule]


def held_stances(motion: Motion, rule: VotingRule, partners: Sequence[str], *, on: date) -> dict[str, Stance]:
    """Where each partner stands on a day: its last stance that counts, in order of days, then of the list.

    Args:
        motion: The motion.
        rule: The rule that holds for it.
        partners: The ids of its voters.
        on: The day; later stances are left out.

    Returns:
        For each partner that has taken a stance, in the order of ``partners``.
    """
    counting = [each for each in motion.stances if stance_refusal(motion, each, rule, partners) is None]
    last = {each.by: each for each in sorted(counting, key=lambda each: each.taken_on) if each.taken_on <= on}
    return {partner: last[partner] for partner in partners if partner in last}


def passed_over(motion: Motion, rule: VotingRule, partners: Sequence[str]) -> tuple[PassedOver, ...]:
    """The stances that are kept and do not count, each with the rule it breaks."""
    broken = (
        (place, each, stance_refusal(motion, each, rule, partners)) for place, each in enumerate(motion.stances, 1)
    )
    return tuple(PassedOver(place, stance.by, rule) for place, stance, rule in broken if rule is not None)


def _breaches(
    motion: Motion, stance: Stance, rule: VotingRule, partners: Sequence[str]
) -> Iterator[tuple[StanceRule, bool]]:
    speaking = stance.on_behalf_by or stance.by
    yield StanceRule.NOT_OPEN, motion.opened_on is None or stance.taken_on < motion.opened_on
    yield StanceRule.CLOSED, not motion.takes_stances_on(stance.taken_on)
    yield StanceRule.VOTER, stance.by not in partners
    yield StanceRule.ON_BEHALF, bool(stance.on_behalf_by) and not rule.on_behalf
    asked = stance.on_behalf_by in partners and stance.on_behalf_by != stance.by and bool(stance.asked_by.strip())
    yield StanceRule.ON_BEHALF_ASKED, bool(stance.on_behalf_by) and not asked
    yield StanceRule.PERSON, not stance.person.strip()
    yield StanceRule.DELEGATE, not _may_speak(stance.person, rule, speaking)


def _may_speak(person: str, rule: VotingRule, partner: str) -> bool:
    named = [name for each in rule.delegates if each.partner == partner for name in (each.person, each.stand_in)]
    return not named or person in named
