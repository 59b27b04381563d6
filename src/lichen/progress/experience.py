"""The article's claims, asked of one's own alliances: how many, how surely, beside what, and when too few to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import fsum, isfinite, nan
from statistics import fmean
from typing import Any

from lichen.days import months_after
from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.progress.claims import Experienced
from lichen.progress.intervals import (
    Interval,
    bootstrap_interval,
    poisson_rate,
    rate_ratio,
    share_difference,
    wilson_share,
)
from lichen.progress.records import AllianceRecord, Felt, ReplyTime, Stay
from lichen.progress.survival import Lifetime, survival_curve
from lichen.progress.values import EndReason

__all__ = [
    "Experience",
    "ExperienceContrast",
    "ExperienceFigure",
    "ExperienceGroup",
    "ExperienceRules",
    "experience",
]

_NO_DROP_OUT = frozenset({EndReason.GOAL_MET, EndReason.NEED_PASSED, EndReason.MERGED})
"""Who leaves because it has what it came for, or is now part of another partner, has not dropped out."""


class ExperienceGroup(StrEnum):
    """Of which of one's own alliances, partners or requests a figure is."""

    ALL = "all"
    UNCOMMON = "uncommon complement"
    """Alliances that declared the uncommon complement as their model."""
    OTHER_MODELS = "other models"
    """Alliances that declared another model."""
    BEFORE = "before"
    """Before the charter was signed; for satisfaction, in the first round."""
    AFTER = "after"
    """After it; for satisfaction, in the last round."""
    WITH_LIAISONS = "with liaisons"
    WITHOUT_LIAISONS = "without liaisons"


@dataclass(frozen=True, slots=True)
class ExperienceRules:
    """What can be set differently.

    Raises:
        InputError: A number is out of its range.
    """

    confidence: float = 0.95
    """Of the intervals, above 0 and below 1 (proposal: what is usual)."""
    enough: int = 5
    """With fewer partners, alliances or requests, a figure is too few to say (proposal)."""
    drop_out_months: int = 24
    """Who leaves within so many months has dropped out (article: "over two years")."""
    draws: int = 999
    """Of the bootstrap (proposal)."""

    def __post_init__(self) -> None:
        off = [name for name in ("enough", "drop_out_months", "draws") if not 1 <= getattr(self, name) <= 10_000]
        share = [Problem(_("it is no share"), _("above 0 and below 1"), column="confidence")]
        refuse(
            [Problem(_("the number is out of range"), _("1 to 10,000"), column=name) for name in off],
            [] if 0 < self.confidence < 1 else share,
        )


@dataclass(frozen=True, slots=True)
class ExperienceFigure:
    """One figure of one group."""

    group: ExperienceGroup
    """Of which."""
    n: int
    """How many partners, alliances or requests it is about."""
    events: int
    """How many of them left, signed or were answered; for satisfaction, how many answered."""
    years: float | None
    """In how many partner-years, for turnover."""
    value: float | None
    """The rate a partner-year, the share, the median of the days, or the mean; None where too few, or where more than
    half still wait."""
    interval: Interval | None
    """Of the value; None where nothing bounds it."""
    too_few: bool
    """Whether so few can say nothing; then there is neither a value nor an interval."""


@dataclass(frozen=True, slots=True)
class ExperienceContrast:
    """One group beside another: a ratio of rates, or a difference. It does not say what caused it."""

    first: ExperienceGroup
    """The group."""
    second: ExperienceGroup
    """The group it is beside."""
    value: float | None
    """For turnover the first rate divided by the second, None where that is 0; else the first less the second."""
    interval: Interval | None
    """Of the value."""
    too_few: bool
    """Whether one of the groups is too few to say."""


@dataclass(frozen=True, slots=True)
class Experience:
    """What one's own alliances say to one of the article's claims."""

    about: Experienced
    """To which."""
    figures: tuple[ExperienceFigure, ...]
    """That of all first, then those of groups; a group without anybody is left out."""
    contrasts: tuple[ExperienceContrast, ...]
    """Groups beside each other; none where there is no comparator, and then nothing is said about a cause."""


def experience(
    records: Sequence[AllianceRecord], *, on: date, seed: int = 0, rules: ExperienceRules | None = None
) -> tuple[Experience, ...]:
    """The article's claims, measured over one's own alliances.

    Turnover is leavings by partner-years, with the exact interval of Poisson; drop-out the share of the partners who
    joined long enough ago, with Wilson's; the days to an agreement and to an answer are medians by Kaplan and Meier,
    in which those that still wait count for as long as they have waited; satisfaction a mean with a bootstrap.
    Groups are laid beside each other by the exact conditional interval, Newcombe's, or a bootstrap. Partners of one
    alliance are taken as if they had nothing to do with each other: the truth is less sure than that.

    Args:
        records: One for each alliance.
        on: The day that they were reckoned with.
        seed: Of the bootstrap.
        rules: What is set differently; None takes all as it is.

    Returns:
        One for each claim, in the order of :class:`Experienced`.

    Source:
        The article's claims; the measures are ours.

    Example:
        >>> [(each.about.value, each.figures[0].n) for each in experience([], on=date(2026, 10, 1))][:2]
        [('turnover', 0), ('drop-out', 0)]
    """
    rules = rules or ExperienceRules()
    ways = {
        Experienced.TURNOVER: _turnover(rules),
        Experienced.DROP_OUT: _drop_out(rules, on),
        Experienced.AGREEMENT: _days(rules, seed, _agreements, _no_groups),
        Experienced.REPLIES: _days(rules, seed, _replies, _by_liaisons),
        Experienced.SATISFACTION: _satisfaction(rules, seed),
    }
    return tuple(_experience(about, way, records, rules) for about, way in ways.items())


Sample = Sequence[Any]
"""What is counted of one group: stays, lifetimes or ratings, as the measure has them."""


@dataclass(frozen=True, slots=True)
class _Found:
    events: int
    value: float | None = None
    interval: Interval | None = None
    years: float | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    """How one claim is measured."""

    sample: Callable[[AllianceRecord], Sample]
    """What an alliance contributes."""
    figure: Callable[[Sample], _Found]
    """The figure of a sample that is not empty."""
    contrast: Callable[[Sample, Sample], tuple[float | None, Interval | None]]
    """One sample beside another."""
    groups: Callable[[Sequence[AllianceRecord]], Sequence[tuple[ExperienceGroup, Sample]]]
    """Two groups of the same alliances, the one that is put beside the other first."""
    within: Callable[[Sample, Sample], tuple[float | None, Interval | None]] | None = None
    """One of the same alliances' groups beside the other, where that is another reckoning."""


def _experience(about: Experienced, way: _Way, records: Sequence[AllianceRecord], rules: ExperienceRules) -> Experience:
    def of(chosen: Sequence[AllianceRecord]) -> Sample:
        return [each for record in chosen for each in way.sample(record)]

    models = {ExperienceGroup.UNCOMMON: True, ExperienceGroup.OTHER_MODELS: False}
    by_model = [(group, of([each for each in records if each.is_uncommon is kind])) for group, kind in models.items()]
    pairs = [pair for pair in (by_model, way.groups(records)) if len(pair) == 2 and all(part for _group, part in pair)]
    parts = [(ExperienceGroup.ALL, of(records)), *(part for pair in pairs for part in pair)]
    return Experience(
        about=about,
        figures=tuple(_figure(group, part, way, rules) for group, part in parts),
        contrasts=tuple(_contrast(pair, way, rules) for pair in pairs),
    )


def _figure(group: ExperienceGroup, sample: Sample, way: _Way, rules: ExperienceRules) -> ExperienceFigure:
    n = len(sample)
    too_few = n < rules.enough
    found = way.figure(sample) if sample else _Found(0)
    if too_few:
        found = replace(found, value=None, interval=None)
    return ExperienceFigure(group, n, found.events, found.years, found.value, found.interval, too_few)


def _contrast(pair: Sequence[tuple[ExperienceGroup, Sample]], way: _Way, rules: ExperienceRules) -> ExperienceContrast:
    (first, own), (second, others) = pair
    too_few = min(len(own), len(others)) < rules.enough
    reckon = way.contrast if first is ExperienceGroup.UNCOMMON else way.within or way.contrast
    value, interval = (None, None) if too_few else reckon(own, others)
    return ExperienceContrast(first, second, value, interval, too_few)


def _no_groups(_records: Sequence[AllianceRecord]) -> Sequence[tuple[ExperienceGroup, Sample]]:
    return ()


def _turnover(rules: ExperienceRules) -> _Way:
    def counts(stays: Sequence[Stay]) -> tuple[int, float]:
        return sum(stay.left for stay in stays), fsum(stay.years for stay in stays)

    def figure(stays: Sequence[Stay]) -> _Found:
        left, years = counts(stays)
        if not years:
            return _Found(left, years=years)
        return _Found(left, left / years, poisson_rate(left, years, rules.confidence), years)

    def contrast(own: Sequence[Stay], others: Sequence[Stay]) -> tuple[float | None, Interval | None]:
        (left, years), (theirs, their_years) = first, second = counts(own), counts(others)
        if not (years and their_years and left + theirs):
            return None, None
        return (left / years) / (theirs / their_years) if theirs else None, rate_ratio(first, second, rules.confidence)

    return _Way(lambda record: record.stays, figure, contrast, _by_agreement)


def _by_agreement(records: Sequence[AllianceRecord]) -> Sequence[tuple[ExperienceGroup, Sample]]:
    """Each stay in an alliance with a charter, cut in two on the day it was signed."""
    cut = [(stay, record.agreed_on) for record in records if record.agreed_on for stay in record.stays]
    before = [
        stay if stay.until < day else replace(stay, until=day, left=False, because=None)
        for stay, day in cut
        if stay.joined_on < day
    ]
    after = [replace(stay, joined_on=max(stay.joined_on, day)) for stay, day in cut if stay.until >= day]
    return ((ExperienceGroup.AFTER, after), (ExperienceGroup.BEFORE, before))


def _drop_out(rules: ExperienceRules, on: date) -> _Way:
    def followed(record: AllianceRecord) -> list[bool]:
        """Whether it dropped out, for each who joined so long ago that it would be known, whatever came of it."""
        limits = [(stay, months_after(stay.joined_on, rules.drop_out_months)) for stay in record.stays]
        return [_has_dropped_out(stay, limit) for stay, limit in limits if limit <= on]

    def contrast(own: Sequence[bool], others: Sequence[bool]) -> tuple[float, Interval]:
        difference = share_difference((sum(own), len(own)), (sum(others), len(others)), rules.confidence)
        return fmean(own) - fmean(others), difference

    def figure(dropped: Sequence[bool]) -> _Found:
        count = sum(dropped)
        return _Found(count, count / len(dropped), wilson_share(count, len(dropped), rules.confidence))

    return _Way(followed, figure, contrast, _no_groups)


def _has_dropped_out(stay: Stay, limit: date) -> bool:
    return stay.left and stay.until <= limit and stay.because not in _NO_DROP_OUT


def _days(
    rules: ExperienceRules,
    seed: int,
    sample: Callable[[AllianceRecord], Sequence[Lifetime]],
    groups: Callable[[Sequence[AllianceRecord]], Sequence[tuple[ExperienceGroup, Sample]]],
) -> _Way:
    def figure(times: Sequence[Lifetime]) -> _Found:
        curve = survival_curve(times, confidence=rules.confidence)
        return _Found(sum(time.ended for time in times), curve.median, curve.median_interval)

    def gap(own: Sequence[Lifetime], others: Sequence[Lifetime]) -> float:
        medians = [survival_curve(times).median for times in (own, others)]
        return fsum((medians[0], -medians[1])) if medians[0] is not None and medians[1] is not None else nan

    def contrast(own: Sequence[Lifetime], others: Sequence[Lifetime]) -> tuple[float | None, Interval | None]:
        value = gap(own, others)
        if not isfinite(value):
            return None, None
        return value, bootstrap_interval((own, others), gap, seed=seed, draws=rules.draws, confidence=rules.confidence)

    return _Way(sample, figure, contrast, groups)


def _agreements(record: AllianceRecord) -> Sequence[Lifetime]:
    return () if record.agreement is None else (record.agreement,)


def _replies(record: AllianceRecord) -> Sequence[Lifetime]:
    return [_waited(reply) for reply in record.replies]


def _waited(reply: ReplyTime) -> Lifetime:
    return Lifetime(reply.days, reply.answered)


def _by_liaisons(records: Sequence[AllianceRecord]) -> Sequence[tuple[ExperienceGroup, Sample]]:
    groups = {ExperienceGroup.WITH_LIAISONS: True, ExperienceGroup.WITHOUT_LIAISONS: False}
    replies = [reply for record in records for reply in record.replies]
    return [
        (group, [_waited(reply) for reply in replies if reply.with_liaisons is named])
        for group, named in groups.items()
    ]


def _satisfaction(rules: ExperienceRules, seed: int) -> _Way:
    def mean(ratings: Sequence[float]) -> float:
        return fmean(ratings)

    def surely(samples: Sequence[Sequence[Any]], figure: Callable[..., float]) -> Interval:
        return bootstrap_interval(samples, figure, seed=seed, draws=rules.draws, confidence=rules.confidence)

    def figure(ratings: Sequence[float]) -> _Found:
        return _Found(len(ratings), mean(ratings), surely((ratings,), mean))

    def gap(own: Sequence[float], others: Sequence[float]) -> float:
        return mean(own) - mean(others)

    def contrast(own: Sequence[float], others: Sequence[float]) -> tuple[float, Interval]:
        return gap(own, others), surely((own, others), gap)

    def change(own: Sequence[float], others: Sequence[float]) -> tuple[float, Interval]:
        """The same partners twice: what is drawn anew is each one's own change."""
        changes = [latest - first for latest, first in zip(own, others, strict=True)]
        return mean(changes), surely((changes,), mean)

    return _Way(lambda record: [felt.latest for felt in record.felt], figure, contrast, _first_and_last, change)


def _first_and_last(records: Sequence[AllianceRecord]) -> Sequence[tuple[ExperienceGroup, Sample]]:
    twice: Iterator[Felt] = (felt for record in records for felt in record.felt if felt.rounds > 1)
    pairs = [(felt.first, felt.latest) for felt in twice]
    return (
        (ExperienceGroup.AFTER, [latest for _first, latest in pairs]),
        (ExperienceGroup.BEFORE, [first for first, _latest in pairs]),
    )
