"""How a pilot went: did the exchange work, each way, were the tests met, and did a weakness come to light?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lichen.audit.material import is_material_fact
from lichen.audit.values import Vulnerability
from lichen.pilot.sealing import is_reviewed
from lichen.pilot.values import Pilot, PilotReview, SuccessTest, Worked

__all__ = [
    "DirectionResult",
    "MeasuredTest",
    "Verdict",
    "VerdictOutcome",
    "VerdictReason",
    "WeaknessSeen",
    "verdict",
    "weaknesses_seen",
]


class VerdictOutcome(StrEnum):
    """What a review comes to."""

    OPEN = "open"
    """Not everybody has answered yet."""
    WENT_WELL = "went-well"
    """Every direction worked, every test is met, and nothing serious came to light."""
    ADJUST = "adjust-first"
    """Something fell short: put it right before anything grows."""
    STOP = "stop"
    """In some direction everybody says that the exchange did not work."""


class VerdictReason(StrEnum):
    """What stands between a pilot and a success."""

    UNANSWERED = "unanswered"
    """A partner has not answered yet."""
    NOTHING_EXCHANGED = "nothing-exchanged"
    """The terms name no exchange, so nothing could work."""
    ONE_WAY = "one-way"
    """Some partner gave nothing or received nothing."""
    DID_NOT_WORK = "did-not-work"
    """In some direction everybody says no."""
    FELL_SHORT = "fell-short"
    """In some direction somebody says partly or no."""
    DIRECTION_UNANSWERED = "direction-unanswered"
    """Giver or receiver has not said whether a direction worked."""
    NO_TESTS = "no-tests"
    """There is no success test."""
    TEST_FAILED = "test-failed"
    """A number misses what was wanted."""
    TEST_UNMEASURED = "test-unmeasured"
    """Nobody has measured a test."""
    SERIOUS_WEAKNESS = "serious-weakness"
    """A weakness came to light that must be settled first."""


@dataclass(frozen=True, slots=True)
class DirectionResult:
    """Whether the exchange worked from one partner to another, as each sees it."""

    giver: str
    """Id of the partner who gave."""
    receiver: str
    """Id of the partner who received."""
    answers: tuple[tuple[str, Worked, str], ...]
    """For each who answered: its id, whether it worked, and its words."""

    @property
    def is_answered(self) -> bool:
        """Whether giver and receiver have both said."""
        return {self.giver, self.receiver} <= {by for by, _worked, _words in self.answers}

    @property
    def lowest(self) -> Worked | None:
        """The least that anybody says; None where nobody said anything."""
        said = {worked for _by, worked, _words in self.answers}
        return next((worked for worked in reversed(Worked) if worked in said), None)

    @property
    def is_agreed(self) -> bool:
        """Whether all who answered say the same."""
        return len({worked for _by, worked, _words in self.answers}) < 2

    @property
    def has_worked(self) -> bool:
        """Whether both sides say yes, and nobody says otherwise."""
        return self.is_answered and self.lowest is Worked.YES


@dataclass(frozen=True, slots=True)
class MeasuredTest:
    """What a success test came to, as each measured it."""

    test: SuccessTest
    """The test."""
    numbers: tuple[tuple[str, float], ...]
    """For each who measured it: its id and the number."""

    @property
    def is_met(self) -> bool | None:
        """Whether every number is as wanted; None where nobody measured."""
        wanted, low = self.test.wanted, self.test.at_most
        met = [number <= wanted if low else number >= wanted for _by, number in self.numbers]
        return all(met) if met else None

    @property
    def is_agreed(self) -> bool:
        """Whether all who measured it say the same number."""
        return len({number for _by, number in self.numbers}) < 2


@dataclass(frozen=True, slots=True)
class WeaknessSeen:
    """A gap that came to light, put together from everybody's answers. It bears nobody's words."""

    partner: str
    """Id of the partner whose gap it is."""
    code: str
    """A code of the taxonomy."""
    severity: int
    """The highest that anybody gave it."""
    seen_by: tuple[str, ...]
    """Ids of those who named it; the owner itself may be among them."""
    is_serious: bool
    """Whether it must be settled before the pilot counts as a success."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a pilot went, with all that it follows from."""

    outcome: VerdictOutcome
    """What it comes to."""
    reasons: tuple[VerdictReason, ...]
    """What stands between it and a success; none where it went well."""
    directions: tuple[DirectionResult, ...]
    """Every direction in which something was exchanged."""
    tests: tuple[MeasuredTest, ...]
    """Every success test."""
    weaknesses: tuple[WeaknessSeen, ...]
    """Every gap that came to light, the worst first."""
    is_adjusted: bool = False
    """Whether what the review found has been put right since, and all have said so."""

    @property
    def worked(self) -> int:
        """How many of the directions worked."""
        return sum(each.has_worked for each in self.directions)

    @property
    def met(self) -> int:
        """How many of the tests are met."""
        return sum(each.is_met is True for each in self.tests)

    @property
    def serious(self) -> int:
        """How many of the weaknesses must be settled first."""
        return sum(each.is_serious for each in self.weaknesses)

    @property
    def is_success(self) -> bool:
        """Whether the pilot counts: it went well, or fell short and has been adjusted since."""
        return self.outcome is VerdictOutcome.WENT_WELL or (self.outcome is VerdictOutcome.ADJUST and self.is_adjusted)


def verdict(pilot: Pilot) -> Verdict:
    """How a pilot went, from what each partner answered apart from the others.

    A success needs every direction to have worked in the eyes of both its sides, every test to be met by every number
    that anybody measured, and no serious weakness. Where one says yes and another no, the lower answer counts and
    both are shown. Only where all who answered say no does the verdict say stop. While somebody has not answered, it
    is open and holds no answers at all, so that nobody follows another.

    Args:
        pilot: The pilot, held to its own ``rules``.

    Source:
        The article's step 4: did the exchange work, were there hidden weaknesses, and the adjustment before scaling.
        How they are put together is ours.

    Example:
        >>> verdict(Pilot("p", ("a", "b"))).outcome.value
        'open'
    """
    if not is_reviewed(pilot):
        return Verdict(VerdictOutcome.OPEN, (VerdictReason.UNANSWERED,), (), (), ())
    directions, tests = _directions(pilot), _tests(pilot)
    weaknesses = weaknesses_seen(pilot)
    held = {*_of_directions(pilot, directions), *_of_tests(tests)}
    if any(each.is_serious for each in weaknesses):
        held.add(VerdictReason.SERIOUS_WEAKNESS)
    reasons = tuple(reason for reason in VerdictReason if reason in held)
    return Verdict(_outcome(reasons), reasons, directions, tests, weaknesses, _is_adjusted(pilot))


def weaknesses_seen(pilot: Pilot) -> tuple[WeaknessSeen, ...]:
    """The gaps that came to light, each once with the highest severity that anybody gave it, the worst first.

    Args:
        pilot: The pilot.
    """
    told = [(each, review.by) for review in pilot.reviews for each in review.weaknesses]
    found = []
    for partner, code in dict.fromkeys((each.partner, each.code) for each, _by in told):
        alike = [(each.severity, by) for each, by in told if (each.partner, each.code) == (partner, code)]
        severity = max(severity for severity, _by in alike)
        seen_by = tuple(dict.fromkeys(by for _severity, by in alike))
        found.append(WeaknessSeen(partner, code, severity, seen_by, _is_serious(pilot, code, severity)))
    return tuple(sorted(found, key=lambda each: (-each.severity, each.partner, each.code)))


def _outcome(reasons: Sequence[VerdictReason]) -> VerdictOutcome:
    if VerdictReason.DID_NOT_WORK in reasons:
        return VerdictOutcome.STOP
    return VerdictOutcome.ADJUST if reasons else VerdictOutcome.WENT_WELL


def _is_adjusted(pilot: Pilot) -> bool:
    """An answer that comes after the adjustment was not adjusted to."""
    adjusted_on = pilot.adjusted_on
    return adjusted_on is not None and all((each.reviewed_on or adjusted_on) <= adjusted_on for each in pilot.reviews)


def _directions(pilot: Pilot) -> tuple[DirectionResult, ...]:
    pairs = dict.fromkeys((each.giver, each.receiver) for each in pilot.terms.exchanged)
    return tuple(DirectionResult(*pair, tuple(_answers(pilot, *pair))) for pair in pairs)


def _answers(pilot: Pilot, giver: str, receiver: str) -> Iterator[tuple[str, Worked, str]]:
    for review in pilot.reviews:
        for answer in review.exchanges:
            if (answer.giver, answer.receiver) == (giver, receiver):
                yield review.by, answer.worked, answer.words


def _tests(pilot: Pilot) -> tuple[MeasuredTest, ...]:
    return tuple(MeasuredTest(test, tuple(_numbers(pilot.reviews, test.id))) for test in pilot.terms.tests)


def _numbers(reviews: Sequence[PilotReview], test: str) -> Iterator[tuple[str, float]]:
    return ((review.by, each.number) for review in reviews for each in review.measured if each.test == test)


def _of_directions(pilot: Pilot, directions: Sequence[DirectionResult]) -> Iterator[VerdictReason]:
    if not directions:
        yield VerdictReason.NOTHING_EXCHANGED
    elif not {*pilot.partners} <= {each.giver for each in directions} & {each.receiver for each in directions}:
        yield VerdictReason.ONE_WAY
    for each in directions:
        if not each.is_answered:
            yield VerdictReason.DIRECTION_UNANSWERED
        if each.lowest is Worked.NO and each.is_agreed:
            yield VerdictReason.DID_NOT_WORK
        elif each.lowest is not None and each.lowest is not Worked.YES:
            yield VerdictReason.FELL_SHORT


def _of_tests(tests: Sequence[MeasuredTest]) -> Iterator[VerdictReason]:
    if not tests:
        yield VerdictReason.NO_TESTS
    for each in tests:
        if each.is_met is None:
            yield VerdictReason.TEST_UNMEASURED
        elif not each.is_met:
            yield VerdictReason.TEST_FAILED


def _is_serious(pilot: Pilot, code: str, severity: int) -> bool:
    return severity >= pilot.rules.serious or is_material_fact(Vulnerability(code, severity))
