"""Difference in differences: what changed where the alliance works, beyond what changed where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import fsum, inf, sqrt
from statistics import fmean, variance

from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.progress.comparison import Better, JointOutcome, OutcomeGroup, OutcomePlace, OutcomeReading
from lichen.progress.intervals import Interval, IntervalMethod, student_interval
from lichen.progress.permuting import Permuted, permuted

__all__ = [
    "Arm",
    "ClaimReadings",
    "EarlierGap",
    "MissingFigure",
    "MissingFigureName",
    "OutcomeCaution",
    "OutcomeDesign",
    "OutcomeResult",
    "OutcomeRules",
    "outcome_result",
]

_NOTHING = 1e-9
"""A spread smaller than this is a sum's last bit, not a spread."""


class Arm(StrEnum):
    """One of the two groups, as :class:`JointOutcome` calls it."""

    REACHED = "reached"
    COMPARED = "compared"


class OutcomeDesign(StrEnum):
    """What the figures are."""

    PEOPLE = "people"
    """Two groups of people or things, each measured twice."""
    PLACES = "places"
    """Whole places, each measured twice: what counts is how many places there are."""
    CLAIM = "claim"
    """Two changes that somebody reported."""
    NOTHING = "nothing"
    """Too little even for a difference."""


class MissingFigureName(StrEnum):
    """What is missing."""

    VALUE = "value"
    """The baseline, or the figure afterwards."""
    N = "n"
    """Among how many."""
    SD = "sd"
    """The standard deviation of a mean."""
    PLACES = "places"
    """A second place: one alone cannot show how much places differ."""


@dataclass(frozen=True, slots=True)
class MissingFigure:
    """One figure without which there is no interval."""

    arm: Arm
    """Of which group."""
    when: str
    """``before`` or ``after``; empty where it is both."""
    name: MissingFigureName
    """Which figure."""


class OutcomeCaution(StrEnum):
    """What weakens the answer."""

    FEW_CASES = "few-cases"
    """A cell holds fewer than five who did, or fewer than five who did not: the interval is rough."""
    NO_SPREAD = "no-spread"
    """All values of every cell are the same: the formula would give an interval of no width, so none is given."""
    FEW_PLACES = "few-places"
    """So few places that chance alone can never be made unlikely."""
    NO_EARLIER = "no-earlier"
    """No figures from before the baseline: nobody can see whether both groups moved alike until then."""


@dataclass(frozen=True, slots=True)
class OutcomeRules:
    """What can be set differently.

    Raises:
        InputError: A number is out of its range.
    """

    confidence: float = 0.95
    """Of the interval, above 0 and below 1 (proposal: what is usual)."""
    permute_below: int = 20
    """With fewer places than so many, the permutation decides, since the quantiles of t are not to be trusted
    (proposal)."""
    most_ways: int = 100_000
    """All ways of dealing the places out are tried up to so many (proposal: every case of fewer than 20 places)."""
    draws: int = 9_999
    """Beyond that, so many are drawn (proposal)."""
    few_cases: int = 5
    """Below so many yes or no in a cell, the interval of a share is called rough (study: Cochran 1954)."""

    def __post_init__(self) -> None:
        least = {"permute_below": 0, "most_ways": 1, "draws": 99, "few_cases": 0}
        small = [name for name, limit in least.items() if not limit <= getattr(self, name) <= 10**6]
        right = _("a whole number from {least} to 1,000,000")
        refuse(
            [Problem(_("the number is out of range"), right.format(least=least[name]), column=name) for name in small],
            []
            if 0 < self.confidence < 1
            else [Problem(_("it is no share"), _("above 0 and below 1"), column="confidence")],
        )


@dataclass(frozen=True, slots=True)
class EarlierGap:
    """How both groups stood on a day before the baseline, and how the gap moved from then to the baseline."""

    on: date
    """The day."""
    reached: float
    """The figure of those reached later."""
    compared: float
    """The figure of those they are compared with."""
    moved: float
    """The difference in differences from that day to the baseline, when the alliance had done nothing: near 0 if both
    moved alike."""
    interval: Interval | None
    """Of that; None where the numbers for it are missing."""


@dataclass(frozen=True, slots=True)
class ClaimReadings:
    """What two reported changes can mean, of which nobody can say which was meant."""

    points: float
    """The gap, if both are percentage points, or amounts."""
    relative: float | None
    """How much more in per cent those reached ended up with, if both are relative and began alike; None where the
    others were left with nothing."""


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """What changed beyond what changed anyway, how surely, and what nobody can know from these figures."""

    outcome: JointOutcome
    """What was measured."""
    design: OutcomeDesign
    """What the figures are."""
    difference: float | None
    """The change of those reached less the change of the others, in percentage points or units; None without both."""
    standard_error: float | None
    """Of the difference; None without an interval."""
    degrees: float | None
    """Of freedom; infinity for shares."""
    interval: Interval | None
    """Of the difference; None where something is missing or too little bounds it."""
    t_interval: Interval | None
    """That of Student's t for places, whichever decides."""
    permutation: Permuted | None
    """The permutation, where there are few places."""
    missing: tuple[MissingFigure, ...]
    """Everything without which there is no interval."""
    cautions: tuple[OutcomeCaution, ...]
    """What weakens the answer."""
    earlier: tuple[EarlierGap, ...]
    """What is known from before the baseline."""
    claim: ClaimReadings | None
    """What reported changes can mean."""

    @property
    def is_better(self) -> bool | None:
        """Whether things went better than chance explains; False for worse; None where neither can be said."""
        if self.interval is None or self.interval.holds(0):
            return None
        return (self.interval.low > 0) == (self.outcome.better is Better.UP)


def outcome_result(outcome: JointOutcome, *, seed: int = 0, rules: OutcomeRules | None = None) -> OutcomeResult:
    """The difference in differences of an outcome.

    People: the change of those reached less that of the others; its standard error is the root of the sum of s²/n
    over the four cells, for shares p(1 - p)/n; the interval takes the normal quantile for shares, for means that of t
    with Welch's degrees. It takes the four for different people: where the same were asked twice, the truth is surer.
    Places: the changes of places are what is counted, with t on G - 2 degrees, or a permutation where they are few.
    That both groups would have moved alike without the alliance is assumed, and no figure can prove it.

    Args:
        outcome: What was measured.
        seed: Of the draws, should there be too many ways to try all.
        rules: What is set differently; None takes all as it is.

    Source:
        Card and Krueger (1994) for the design; Welch (1947); Donald and Lang (2007) for few places; Fisher (1935) for
        the permutation.

    Example:
        >>> fast = JointOutcome(
        ...     "employment", "jobs",
        ...     reached=OutcomeGroup(before=OutcomeReading(20.44), after=OutcomeReading(21.03)),
        ...     compared=OutcomeGroup(before=OutcomeReading(23.33), after=OutcomeReading(21.17)),
        ... )
        >>> found = outcome_result(fast)
        >>> round(found.difference, 2), found.interval, len(found.missing)
        (2.75, None, 8)
    """
    rules = rules or OutcomeRules()
    if outcome.reached.places or outcome.compared.places:
        return _by_places(outcome, rules, seed)
    return _by_people(outcome, rules)


def _by_people(outcome: JointOutcome, rules: OutcomeRules) -> OutcomeResult:
    cells = _cells(outcome)
    difference = _difference(outcome, [cell.value for cell in cells])
    missing = tuple(_missing(outcome))
    claim = _claim(outcome) if difference is None else None
    spread = None if missing else _spread(outcome, cells, rules.confidence)
    flat = spread is not None and spread.error < _NOTHING
    surely = None if spread is None or flat or difference is None else spread
    design = OutcomeDesign.PEOPLE if difference is not None else OutcomeDesign.CLAIM if claim else OutcomeDesign.NOTHING
    return OutcomeResult(
        outcome=outcome,
        design=design,
        difference=difference,
        standard_error=surely.error if surely else None,
        degrees=surely.degrees if surely else None,
        interval=None if surely is None or difference is None else surely.around(difference),
        t_interval=None,
        permutation=None,
        missing=missing,
        cautions=tuple(_cautions(outcome, cells, rules, flat=flat)) if difference is not None else (),
        earlier=tuple(_earlier(outcome, rules)),
        claim=claim,
    )


def _by_places(outcome: JointOutcome, rules: OutcomeRules, seed: int) -> OutcomeResult:
    reached, compared = (_changes(group.places) for group in (outcome.reached, outcome.compared))
    missing = tuple(_missing_places(reached, compared))
    places = len(reached) + len(compared)
    pooled = None if missing else _pooled(reached, compared, rules.confidence)
    flat = pooled is not None and pooled.error < _NOTHING
    spread = None if flat else pooled
    difference = fmean(reached) - fmean(compared) if reached and compared else None
    t_interval = None if spread is None or difference is None else spread.around(difference)
    dealt = None
    if difference is not None and places < rules.permute_below:
        limits = {"most": rules.most_ways, "draws": rules.draws, "seed": seed}
        dealt = permuted(reached, compared, confidence=rules.confidence, **limits)
    decides = t_interval if dealt is None else dealt.interval
    cautions = {
        OutcomeCaution.NO_SPREAD: flat,
        OutcomeCaution.FEW_PLACES: dealt is not None and dealt.interval is None,
        OutcomeCaution.NO_EARLIER: not (outcome.reached.earlier and outcome.compared.earlier),
    }
    return OutcomeResult(
        outcome=outcome,
        design=OutcomeDesign.NOTHING if difference is None else OutcomeDesign.PLACES,
        difference=difference,
        standard_error=spread.error if spread else None,
        degrees=spread.degrees if spread else None,
        interval=None if flat else decides,
        t_interval=t_interval,
        permutation=dealt,
        missing=missing,
        cautions=tuple(each for each, holds in cautions.items() if holds) if difference is not None else (),
        earlier=tuple(_earlier(outcome, rules)),
        claim=None,
    )


@dataclass(frozen=True, slots=True)
class _Spread:
    error: float
    degrees: float
    method: IntervalMethod
    confidence: float

    def around(self, estimate: float) -> Interval:
        return student_interval(estimate, self.error, self.degrees, self.confidence, method=self.method)


def _cells(outcome: JointOutcome) -> tuple[OutcomeReading, ...]:
    reached, compared = outcome.reached, outcome.compared
    return (reached.after, reached.before, compared.after, compared.before)


def _difference(outcome: JointOutcome, values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fsum(sign * value for sign, value in zip((1, -1, -1, 1), known, strict=True)) if len(known) == 4 else None


def _missing(outcome: JointOutcome) -> Iterator[MissingFigure]:
    for arm, group in ((Arm.REACHED, outcome.reached), (Arm.COMPARED, outcome.compared)):
        for when, cell in (("before", group.before), ("after", group.after)):
            for name in (MissingFigureName.VALUE, MissingFigureName.N, MissingFigureName.SD):
                needless = name is MissingFigureName.SD and outcome.is_share
                if getattr(cell, name) is None and not needless:
                    yield MissingFigure(arm, when, name)
            if cell.n == 1 and not outcome.is_share:
                yield MissingFigure(arm, when, MissingFigureName.N)


def _missing_places(*changes: Sequence[float]) -> Iterator[MissingFigure]:
    """With one place on a side the other still shows how places differ; with one on each, nothing does."""
    for arm, own in zip(Arm, changes, strict=True):
        if not own:
            yield MissingFigure(arm, "", MissingFigureName.VALUE)
        elif all(changes) and sum(map(len, changes)) < 3:
            yield MissingFigure(arm, "", MissingFigureName.PLACES)


def _spread(outcome: JointOutcome, cells: Sequence[OutcomeReading], confidence: float) -> _Spread:
    squares = [_squared_error(outcome, cell) for cell in cells]
    total = fsum(squares)
    if outcome.is_share:
        return _Spread(sqrt(total), inf, IntervalMethod.NORMAL, confidence)
    shares = fsum(square**2 / (cell.n - 1) for square, cell in zip(squares, cells, strict=True) if cell.n is not None)
    return _Spread(sqrt(total), total**2 / shares if shares else inf, IntervalMethod.WELCH, confidence)


def _squared_error(outcome: JointOutcome, cell: OutcomeReading) -> float:
    value, n, sd = cell.value or 0.0, cell.n or 1, cell.sd or 0.0
    return value * (100 - value) / n if outcome.is_share else sd**2 / n


def _pooled(reached: Sequence[float], compared: Sequence[float], confidence: float) -> _Spread:
    degrees = len(reached) + len(compared) - 2
    squares = fsum((len(own) - 1) * variance(own) for own in (reached, compared) if len(own) > 1)
    error = sqrt(squares / degrees * (1 / len(reached) + 1 / len(compared)))
    return _Spread(error, degrees, IntervalMethod.STUDENT, confidence)


def _changes(places: Sequence[OutcomePlace]) -> list[float]:
    return [place.after - place.before for place in places]


def _cautions(
    outcome: JointOutcome, cells: Sequence[OutcomeReading], rules: OutcomeRules, *, flat: bool
) -> Iterator[OutcomeCaution]:
    if flat:
        yield OutcomeCaution.NO_SPREAD
    elif outcome.is_share and any(_cases(cell) < rules.few_cases for cell in cells):
        yield OutcomeCaution.FEW_CASES
    if not (outcome.reached.earlier and outcome.compared.earlier):
        yield OutcomeCaution.NO_EARLIER


def _cases(cell: OutcomeReading) -> float:
    """How many did, or did not, whichever are fewer; endless where nobody knows among how many."""
    if cell.n is None or cell.value is None:
        return inf
    return round(cell.n * min(cell.value, 100 - cell.value) / 100, 9)


def _earlier(outcome: JointOutcome, rules: OutcomeRules) -> Iterator[EarlierGap]:
    """The same difference with an earlier day in the place of the baseline, and the baseline as what came after."""
    theirs = {reading.on: reading for reading in outcome.compared.earlier}
    for reading in outcome.reached.earlier:
        cells = _before_it_began(outcome.reached, outcome.compared, reading, theirs.get(reading.on))
        moved = _difference(outcome, [cell.value for cell in cells])
        reached, compared = cells[1].value, cells[3].value
        if reading.on is None or moved is None or reached is None or compared is None:
            continue
        counted = all(cell.n is not None and (outcome.is_share or cell.sd is not None) for cell in cells)
        enough = counted and (outcome.is_share or all((cell.n or 0) > 1 for cell in cells))
        spread = _spread(outcome, cells, rules.confidence) if enough else None
        surely = spread.around(moved) if spread and spread.error > _NOTHING else None
        yield EarlierGap(reading.on, reached, compared, moved, surely)


def _before_it_began(
    reached: OutcomeGroup, compared: OutcomeGroup, own: OutcomeReading, theirs: OutcomeReading | None
) -> tuple[OutcomeReading, ...]:
    return (_baseline(reached), own, _baseline(compared), theirs or OutcomeReading())


def _baseline(group: OutcomeGroup) -> OutcomeReading:
    """The baseline of a group; that of its places is their mean."""
    if group.places:
        return OutcomeReading(fmean(place.before for place in group.places))
    return group.before


def _claim(outcome: JointOutcome) -> ClaimReadings | None:
    reached, compared = outcome.reached.reported_change, outcome.compared.reported_change
    if reached is None or compared is None:
        return None
    relative = None if compared == -100 else 100 * ((100 + reached) / (100 + compared) - 1)
    return ClaimReadings(points=reached - compared, relative=relative)
