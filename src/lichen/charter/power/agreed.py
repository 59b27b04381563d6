"""The voting game that the partners of an alliance have agreed on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lichen.charter.power.games import VotingGame, WeightedGame, head_count, quota_of
from lichen.charter.votes.values import Exposure, VotingMethod, VotingRule
from lichen.charter.votes.weighing import vote_weights, working_method

__all__ = ["agreed_game"]


def agreed_game(
    rule: VotingRule, partners: Sequence[str], exposures: Sequence[Exposure] = (), *, on: date
) -> VotingGame:
    """The game that the partners play when everybody takes part and is for or against.

    By consent, and so always between two, everybody has a veto. The quorum keeps a decision from being taken by too
    few; among all it changes nothing.

    Args:
        rule: The charter's.
        partners: Their ids, each once.
        exposures: What they have declared at risk.
        on: The day whose weights count.

    Raises:
        InputError: As in ``vote_weights``.

    Example:
        >>> rule = VotingRule(VotingMethod.ONE_EACH, threshold="2/3", strictly_more=False)
        >>> agreed_game(rule, ["a", "b", "c", "d"], on=date(2026, 9, 1)).rule
        WeightedGame(quota=3, weights=(1, 1, 1, 1))
    """
    if working_method(rule, len(partners)) is VotingMethod.CONSENT:
        return VotingGame(head_count(len(partners), len(partners)), tuple(partners), tuple(partners))
    weights = tuple(each.weight for each in vote_weights(rule, partners, exposures, on=on))
    quota = quota_of(rule.needed, sum(weights), strictly_more=rule.strictly_more)
    return VotingGame(WeightedGame(quota, weights), tuple(partners))
