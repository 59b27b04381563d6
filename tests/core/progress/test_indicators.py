"""What was measured beside what its owner says: the two compared, with an interval where there can be one."""

from __future__ import annotations

from datetime import date

import pytest

from lichen.progress.comparison import Better
from lichen.progress.indicators import MovedAlike, NoInterval, measured_needs
from lichen.progress.needs import NeedCourse, SeverityReading
from lichen.progress.values import Indicator, IndicatorReading, ProgressRules

BASE, SUMMER = date(2026, 1, 1), date(2026, 7, 1)


def rated(before: int, *now: int) -> list[NeedCourse]:
    readings = tuple(SeverityReading(day, step) for day, step in zip((BASE, SUMMER), (before, *now), strict=False))
    return [NeedCourse("a", "trust.community", 1.0, readings)]


def survey(before: float, now: float, n: int | None = None, unit: str = "%", better: Better = Better.UP) -> Indicator:
    readings = (IndicatorReading(SUMMER, now, n), IndicatorReading(BASE, before, n))
    return Indicator("a", "trust.community", "Neighbours who trust us", unit, better, readings)


@pytest.mark.parametrize(
    ("needs", "measured", "agreement"),
    [
        (rated(5, 3), survey(30, 45), MovedAlike.SAME_WAY),
        (rated(3, 5), survey(45, 30), MovedAlike.SAME_WAY),
        (rated(3, 3), survey(30, 30), MovedAlike.UNMOVED),
        (rated(5, 3), survey(45, 30), MovedAlike.RATING_AHEAD),
        (rated(5, 3), survey(30, 30), MovedAlike.RATING_AHEAD),
        (rated(3, 3), survey(30, 45), MovedAlike.MEASURE_AHEAD),
        (rated(3, 4), survey(30, 45), MovedAlike.MEASURE_AHEAD),
        (rated(5, 3), survey(30, 20, unit="complaints", better=Better.DOWN), MovedAlike.SAME_WAY),
        (rated(5), survey(30, 45), MovedAlike.UNKNOWN),
        ([], survey(30, 45), MovedAlike.UNKNOWN),
    ],
)
def test_the_measure_and_the_rating_are_compared(needs: list[NeedCourse], measured: Indicator, agreement: MovedAlike):
    [found] = measured_needs([measured], needs, SUMMER)

    assert found.agreement is agreement


def test_a_share_has_an_interval_where_its_number_is_given():
    """Wilson (1927) at 20 of 100 is 13.34 to 28.88; Newcombe's (1998) difference is from those of both."""
    [found] = measured_needs([survey(20, 40, 100)], rated(5, 3), SUMMER)

    assert (round(found.first.interval.low, 2), round(found.first.interval.high, 2)) == (13.34, 28.88)
    assert found.change == 20
    assert (round(found.change_interval.low, 1), round(found.change_interval.high, 1)) == (7.3, 31.9)
    assert (found.no_interval, found.agreement) == (None, MovedAlike.SAME_WAY)


def test_newcombes_own_example_of_a_difference():
    """Newcombe (1998), method 10: 56 of 70 less 48 of 80 is 0.0524 to 0.3339."""
    readings = (IndicatorReading(BASE, 60, 80), IndicatorReading(SUMMER, 80, 70))
    [found] = measured_needs([Indicator("a", "trust.community", "Share", "%", readings=readings)], [], SUMMER)

    assert (round(found.change_interval.low, 2), round(found.change_interval.high, 2)) == (5.24, 33.39)


def test_a_change_that_may_be_chance_is_no_change():
    [found] = measured_needs([survey(30, 36, 40)], rated(5, 3), SUMMER)

    assert (found.may_be_chance, found.measure_went, found.agreement) == (True, 0, MovedAlike.RATING_AHEAD)


def test_without_its_number_a_share_has_no_interval_and_says_why():
    [share] = measured_needs([survey(30, 45)], rated(5, 3), SUMMER)
    [count] = measured_needs([survey(30, 45, 100, unit="calls")], rated(5, 3), SUMMER)

    assert (share.change_interval, share.no_interval) == (None, NoInterval.NO_N)
    assert (count.change_interval, count.no_interval) == (None, NoInterval.NO_SPREAD)


def test_a_wider_confidence_widens_the_interval():
    usual, [surer] = (
        measured_needs([survey(20, 40, 100)], [], SUMMER)[0],
        measured_needs([survey(20, 40, 100)], [], SUMMER, ProgressRules(confidence=0.99)),
    )

    assert (
        surer.change_interval.low < usual.change_interval.low < usual.change_interval.high < surer.change_interval.high
    )


def test_one_reading_is_no_change():
    [found] = measured_needs([survey(30, 45, 100)], rated(5, 3), BASE)

    assert (found.first.reading.value, found.last, found.change, found.no_interval) == (30, None, None, None)
