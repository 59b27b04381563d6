"""What is written unseen stays unseen until everybody has written: expectations before a pilot, answers after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lichen.errors import NotAllowed
from lichen.language import _
from lichen.pilot.values import Expectation, Interests, Pilot, PilotReview

__all__ = [
    "check_revealed",
    "expectations_shown",
    "has_written",
    "interests_shown",
    "is_revealed",
    "is_reviewed",
    "reviews_shown",
    "still_to_review",
    "still_to_write",
]


def has_written(pilot: Pilot, partner: str) -> bool:
    """Whether a partner has sealed what it expects of every partner, of itself, too.

    Args:
        pilot: The pilot.
        partner: Id of the partner.
    """
    sealed = {each.about for each in pilot.expectations if each.by == partner and each.written_on is not None}
    return sealed >= {*pilot.partners}


def still_to_write(pilot: Pilot) -> tuple[str, ...]:
    """Ids of the partners who have not yet written and sealed what they expect, in the pilot's order.

    Args:
        pilot: The pilot.
    """
    return tuple(partner for partner in pilot.partners if not has_written(pilot, partner))


def is_revealed(pilot: Pilot, on: date) -> bool:
    """Whether all expectations were laid open together, each having been sealed before.

    What was written after that day was not written unseen, so it closes everything again.

    Args:
        pilot: The pilot.
        on: The day to reckon with; a revelation planned for later has not happened.

    Source:
        Ours, against what the article's "strengths-based fallacy" names: misaligned expectations about contributions.

    Example:
        >>> from lichen.pilot.values import Expectation
        >>> day = date(2026, 10, 5)
        >>> both = tuple(Expectation(by, about, written_on=day) for by in "ab" for about in "ab")
        >>> [is_revealed(Pilot("p", ("a", "b"), expectations=some, revealed_on=day), day) for some in (both, both[:3])]
        [True, False]
    """
    if pilot.revealed_on is None or pilot.revealed_on > on or still_to_write(pilot):
        return False
    return all(each.written_on is not None and each.written_on <= pilot.revealed_on for each in pilot.expectations)


def check_revealed(pilot: Pilot, on: date) -> None:
    """Refuse unless all expectations were laid open together.

    Args:
        pilot: The pilot.
        on: The day to reckon with.

    Raises:
        NotAllowed: They were not: ``revealed-together``.
    """
    if not is_revealed(pilot, on):
        why = _("what each expects stays sealed until every partner has written and all of it is revealed together")
        raise NotAllowed("revealed-together", why)


def expectations_shown(pilot: Pilot, reader: str, on: date) -> tuple[Expectation, ...]:
    """The expectations that a partner may read: its own until all are revealed together, then everybody's.

    Args:
        pilot: The pilot.
        reader: Id of the partner who reads; who takes no part reads nothing.
        on: The day to reckon with.
    """
    if reader not in pilot.partners:
        return ()
    return tuple(each for each in pilot.expectations if each.by == reader or is_revealed(pilot, on))


def interests_shown(pilot: Pilot, reader: str, on: date) -> tuple[Interests, ...]:
    """The interests and red lines that a partner may read: its own until the expectations are revealed, then all.

    Args:
        pilot: The pilot.
        reader: Id of the partner who reads; who takes no part reads nothing.
        on: The day to reckon with.
    """
    if reader not in pilot.partners:
        return ()
    return tuple(each for each in pilot.interests if each.by == reader or is_revealed(pilot, on))


def still_to_review(pilot: Pilot) -> tuple[str, ...]:
    """Ids of the partners who have not yet sealed their answers to the review, in the pilot's order.

    Args:
        pilot: The pilot.
    """
    answered = {each.by for each in pilot.reviews if each.reviewed_on is not None}
    return tuple(partner for partner in pilot.partners if partner not in answered)


def is_reviewed(pilot: Pilot) -> bool:
    """Whether every partner has answered the review.

    Args:
        pilot: The pilot.
    """
    return not still_to_review(pilot)


def reviews_shown(pilot: Pilot, reader: str) -> tuple[PilotReview, ...]:
    """The answers that a partner may read, with only those weaknesses that are its own or that it saw itself.

    Its own answers until everybody has answered, so that nobody follows another; then all of them. A weakness that
    another partner told of itself, or that is said of a third one, is its owner's to disclose.

    Args:
        pilot: The pilot.
        reader: Id of the partner who reads; who takes no part reads nothing.
    """
    if reader not in pilot.partners:
        return ()
    everybody = is_reviewed(pilot)
    return tuple(_for_reader(each, reader) for each in pilot.reviews if everybody or each.by == reader)


def _for_reader(review: PilotReview, reader: str) -> PilotReview:
    if review.by == reader:
        return review
    return replace(
        review,
        weaknesses=tuple(each for each in review.weaknesses if each.partner == reader),
        offers=tuple(each for each in review.offers if each.partner == reader),
    )
