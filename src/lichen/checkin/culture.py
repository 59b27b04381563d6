"""How differently partners work, as they say themselves, and how long each takes to reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import fmean, median

from lichen.checkin.sealing import opened_checkins
from lichen.checkin.values import CheckIn, CheckInRules, CultureProfile, Slider

__all__ = [
    "CultureGap",
    "ReplyTimes",
    "SliderGap",
    "Waited",
    "culture_gaps",
    "culture_profiles",
    "reply_times",
]


@dataclass(frozen=True, slots=True)
class SliderGap:
    """How far apart two partners stand on one slider."""

    slider: Slider
    """Which."""
    one: int
    """Where the one stands, 0 to 100."""
    other: int
    """Where the other stands."""
    is_far: bool
    """Whether the difference reaches what the rules call far apart."""

    @property
    def size(self) -> int:
        """The difference, whichever way."""
        return abs(self.one - self.other)


@dataclass(frozen=True, slots=True)
class CultureGap:
    """How differently two partners work."""

    one: str
    """Id of a partner."""
    other: str
    """Id of the other."""
    sliders: tuple[SliderGap, ...]
    """Each slider that both have answered."""
    distance: float
    """The mean difference of these sliders, 0 to 100."""
    is_far: bool
    """Whether the distance, or one slider, reaches what the rules call far apart."""


@dataclass(frozen=True, slots=True)
class Waited:
    """How long one question to a partner waited, or has waited so far."""

    partner: str
    """Id of the partner who was asked."""
    days: int
    """Days until the answer, or until now."""
    is_answered: bool
    """Whether there is one."""
    late: int = 0
    """Days after the agreed last day; 0 is in time."""


@dataclass(frozen=True, slots=True)
class ReplyTimes:
    """How long one partner takes to reply."""

    partner: str
    """Id of the partner."""
    answered: int
    """To how many it has replied."""
    median_days: float | None
    """Half of the replies took so many days or fewer; None: there is none."""
    ratio: float | None
    """So many times the days of the quickest partner, a reply on the same day counting as one day."""
    is_slow: bool
    """Whether the ratio reaches what the rules call much slower."""
    late: int
    """How many replies came after the agreed last day."""
    open_late: int
    """How many it still owes although that day has passed."""
    longest_open: int | None
    """For how many days the oldest open one has waited; None: nothing is open."""


def culture_profiles(checkins: Sequence[CheckIn], on: date) -> tuple[CultureProfile, ...]:
    """The latest profile of each partner that has been laid open.

    Args:
        checkins: Those of an alliance, the earliest first.
        on: The day to reckon with.
    """
    opened = opened_checkins([each for each in checkins if each.held_on <= on], on)
    return tuple({each.partner: each for checkin in opened for each in checkin.culture}.values())


def culture_gaps(profiles: Sequence[CultureProfile], rules: CheckInRules | None = None) -> tuple[CultureGap, ...]:
    """How differently each two partners work, slider by slider and in all; the most different first.

    Args:
        profiles: One of each partner.
        rules: What is far apart; None takes the usual.

    Source:
        Ours. Between organisations, how they work matters; where they are from says little of it.

    Example:
        >>> [gap] = culture_gaps([CultureProfile("a", pace=90, planning=10), CultureProfile("b", pace=20, planning=20)])
        >>> gap.distance, gap.is_far, [(each.slider.value, each.size) for each in gap.sliders]
        (40.0, True, [('pace', 70), ('planning', 10)])
    """
    gaps = (_gap(one, other, rules or CheckInRules()) for one, other in combinations(profiles, 2))
    return tuple(sorted((gap for gap in gaps if gap.sliders), key=lambda gap: -gap.distance))


def reply_times(
    waits: Sequence[Waited], partners: Sequence[str], rules: CheckInRules | None = None
) -> tuple[ReplyTimes, ...]:
    """How long each partner takes to reply, and how many times as long as the quickest.

    Args:
        waits: Every question that was put to a partner.
        partners: Ids of the partners, in the order of the answer.
        rules: What is much slower; None takes the usual.

    Source:
        The article's pitfall 3: an answer within two weeks. What ratio is too much is ours.

    Example:
        >>> waits = [Waited("startup", 2, True), Waited("city", 12, True), Waited("city", 20, False, late=6)]
        >>> [(each.partner, each.median_days, each.ratio) for each in reply_times(waits, ["startup", "city"])]
        [('startup', 2, 1.0), ('city', 12, 6.0)]
    """
    medians = {
        partner: median(days)
        for partner in partners
        if (days := [each.days for each in waits if each.partner == partner and each.is_answered])
    }
    quickest = min((max(1.0, days) for days in medians.values()), default=1.0)
    held = rules or CheckInRules()
    return tuple(_times(partner, waits, medians.get(partner), quickest, held) for partner in partners)


def _gap(one: CultureProfile, other: CultureProfile, rules: CheckInRules) -> CultureGap:
    sliders = tuple(
        SliderGap(slider, left, right, abs(left - right) >= rules.slider)
        for slider in Slider
        if (left := one.place(slider)) is not None and (right := other.place(slider)) is not None
    )
    distance = fmean(each.size for each in sliders) if sliders else 0.0
    is_far = distance >= rules.distance or any(each.is_far for each in sliders)
    return CultureGap(one.partner, other.partner, sliders, distance, is_far)


def _times(
    partner: str, waits: Sequence[Waited], median_days: float | None, quickest: float, rules: CheckInRules
) -> ReplyTimes:
    theirs = [each for each in waits if each.partner == partner]
    still_open = [each for each in theirs if not each.is_answered]
    ratio = None if median_days is None else max(1.0, median_days) / quickest
    return ReplyTimes(
        partner=partner,
        answered=len(theirs) - len(still_open),
        median_days=median_days,
        ratio=ratio,
        is_slow=ratio is not None and ratio >= rules.reply_ratio,
        late=sum(each.is_answered and each.late > 0 for each in theirs),
        open_late=sum(each.late > 0 for each in still_open),
        longest_open=max((each.days for each in still_open), default=None),
    )
