"""Answers stay sealed until all are laid open at once; before the first audit is, whoever is rated has rated, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lichen.checkin.values import CheckIn

__all__ = ["is_laid_open", "opened_checkins", "still_to_rate"]


def still_to_rate(checkin: CheckIn) -> tuple[tuple[str, str], ...]:
    """Who has been rated by whom, and has not rated them in turn: (who, whom), in their order in the file.

    Args:
        checkin: The check-in.

    Example:
        >>> from lichen.checkin.values import TrustRating
        >>> still_to_rate(CheckIn(date(2026, 9, 1), trust=(TrustRating("a", "b", 8),)))
        (('b', 'a'),)
    """
    rated = dict.fromkeys((each.by, each.about) for each in checkin.trust)
    return tuple((about, by) for by, about in rated if (about, by) not in rated)


def is_laid_open(checkin: CheckIn, on: date, *, first: bool = False) -> bool:
    """Whether the answers have been laid open to all at once.

    Those of the first trust audit, and those that are shown under names, stay sealed until both sides of each pair have
    answered, so that nobody answers an answer. Later ones without names do not wait for somebody who never answers.

    Args:
        checkin: The check-in.
        on: The day to reckon with.
        first: Whether it is the first of the alliance.

    Source:
        The article's pitfall 2: ask each partner early, then discuss the gap. That neither reads first is ours.
    """
    if checkin.revealed_on is None or checkin.revealed_on > on:
        return False
    return not ((first or checkin.is_attributed) and still_to_rate(checkin))


def opened_checkins(checkins: Sequence[CheckIn], on: date) -> tuple[CheckIn, ...]:
    """The check-ins that have been laid open by a day, the earliest first.

    Args:
        checkins: Those of an alliance, the earliest first.
        on: The day to reckon with.
    """
    return tuple(each for place, each in enumerate(checkins) if is_laid_open(each, on, first=place == 0))
