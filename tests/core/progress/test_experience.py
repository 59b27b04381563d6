"""The article's claims over one's own alliances: figures by hand, too few to say, and no cause without a comparator."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.errors import InputError
from lichen.progress.claims import Experienced, article_claims
from lichen.progress.experience import Experience, ExperienceGroup, ExperienceRules, experience
from lichen.progress.intervals import IntervalMethod, poisson_rate, wilson_share
from lichen.progress.records import AllianceRecord, Felt, ReplyTime, Stay
from lichen.progress.survival import Lifetime
from lichen.progress.values import EndReason

START, ON = date(2024, 1, 1), date(2026, 1, 1)
FEW = ExperienceRules(draws=199)


def stayed(days: int = 731, left: bool = False, because: EndReason | None = None, joined: date = START) -> Stay:
    return Stay(joined, joined + timedelta(days), left, because)


def found(*records: AllianceRecord, rules: ExperienceRules = FEW) -> dict[Experienced, Experience]:
    return {each.about: each for each in experience(records, on=ON, rules=rules)}


def test_turnover_is_leavings_by_partner_years_with_the_exact_interval():
    stays = (stayed(365, True), stayed(100, True), *(stayed() for _ in range(4)))
    (figure,) = found(AllianceRecord("a", stays=stays))[Experienced.TURNOVER].figures
    years = (365 + 100 + 4 * 731) / 365.25
    assert (figure.n, figure.events, figure.years) == (6, 2, pytest.approx(years))
    assert figure.value == pytest.approx(2 / years)
    assert figure.interval == poisson_rate(2, figure.years)


def test_drop_out_is_of_those_who_joined_long_enough_ago_and_left_without_what_they_came_for():
    stays = (
        stayed(100, True, EndReason.CONFLICT),
        stayed(100, True, EndReason.GOAL_MET),
        stayed(100, True),
        stayed(),
        stayed(300),  # its alliance ended
        stayed(30, True, joined=date(2025, 6, 1)),  # too late to be followed for two years
    )
    (figure,) = found(AllianceRecord("a", stays=stays))[Experienced.DROP_OUT].figures
    assert (figure.n, figure.events, figure.value, figure.interval) == (5, 2, 0.4, wilson_share(2, 5))


def test_days_to_agreement_count_those_that_still_wait():
    records = [AllianceRecord(str(days), agreement=Lifetime(days, days < 200)) for days in (90, 120, 150, 400, 500)]
    (figure,) = found(*records)[Experienced.AGREEMENT].figures
    assert (figure.n, figure.events, figure.value) == (5, 3, 150)


def test_replies_lie_beside_each_other_with_and_without_liaisons():
    quick = [ReplyTime(days, True, True) for days in (2, 3, 4, 5, 6)]
    slow = [ReplyTime(days, True, False) for days in (20, 22, 24, 26, 28)]
    replies = found(AllianceRecord("a", replies=(*quick, *slow)))[Experienced.REPLIES]
    assert [(figure.group, figure.value) for figure in replies.figures] == [
        (ExperienceGroup.ALL, 6),
        (ExperienceGroup.WITH_LIAISONS, 4),
        (ExperienceGroup.WITHOUT_LIAISONS, 24),
    ]
    (contrast,) = replies.contrasts
    assert (contrast.value, contrast.interval.method) == (-20, IntervalMethod.BOOTSTRAP)
    assert contrast.interval.high < 0


def test_satisfaction_is_the_last_mean_and_the_same_partners_are_compared_with_themselves():
    felt = tuple(Felt(first, first + 1, 2) for first in (3.0, 4.0, 5.0, 5.0, 6.0))
    satisfied = found(AllianceRecord("a", felt=(*felt, Felt(2, 2, 1))))[Experienced.SATISFACTION]
    assert satisfied.figures[0].value == pytest.approx((4 + 5 + 6 + 6 + 7 + 2) / 6)
    (contrast,) = satisfied.contrasts
    assert (contrast.first, contrast.second) == (ExperienceGroup.AFTER, ExperienceGroup.BEFORE)
    assert (contrast.value, contrast.interval.low, contrast.interval.high) == (1, 1, 1)


def test_models_lie_beside_each_other_and_undeclared_ones_beside_none():
    uncommon = AllianceRecord("a", True, stays=tuple(stayed() for _ in range(6)))
    other = AllianceRecord("b", False, stays=tuple(stayed(365, True) for _ in range(6)))
    undeclared = AllianceRecord("c", None, stays=(stayed(),))
    turnover = found(uncommon, other, undeclared)[Experienced.TURNOVER]
    assert [(figure.group, figure.n) for figure in turnover.figures] == [
        (ExperienceGroup.ALL, 13),
        (ExperienceGroup.UNCOMMON, 6),
        (ExperienceGroup.OTHER_MODELS, 6),
    ]
    (contrast,) = turnover.contrasts
    assert (contrast.value, contrast.interval.low) == (0, 0)
    assert contrast.interval.high < 1
    dropped = found(uncommon, other)[Experienced.DROP_OUT].contrasts[0]
    assert (dropped.value, dropped.interval.method) == (-1, IntervalMethod.NEWCOMBE)


def test_turnover_is_laid_beside_itself_before_the_charter():
    record = AllianceRecord(
        "a",
        agreed_on=START + timedelta(365),
        stays=(*(stayed() for _ in range(4)), *(stayed(d, True) for d in (100, 500))),
    )
    (contrast,) = found(record)[Experienced.TURNOVER].contrasts
    assert (contrast.first, contrast.second) == (ExperienceGroup.AFTER, ExperienceGroup.BEFORE)
    assert contrast.value == pytest.approx((1 / (4 * 366 + 135)) / (1 / (5 * 365 + 100)))


@pytest.mark.parametrize("about", list(Experienced))
def test_four_are_too_few_to_say_and_five_are_not(about):
    def record(n: int) -> AllianceRecord:
        return AllianceRecord(
            "a",
            stays=tuple(stayed() for _ in range(n)),
            replies=tuple(ReplyTime(3, True, True) for _ in range(n)),
            felt=tuple(Felt(5, 5, 1) for _ in range(n)),
        )

    many = [AllianceRecord(str(place), agreement=Lifetime(9, True)) for place in range(5)]
    four, five = found(record(4), *many[:4])[about].figures[0], found(record(5), *many)[about].figures[0]
    assert (four.n, four.too_few, four.value, four.interval) == (4, True, None, None)
    assert (five.n, five.too_few) == (5, False)
    assert five.value is not None


def test_without_a_comparator_nothing_is_laid_beside_anything():
    alone = found(AllianceRecord("a", True, stays=tuple(stayed() for _ in range(9))))
    assert [each.contrasts for each in alone.values()] == [()] * 5


def test_nothing_known_is_too_few_and_no_error():
    assert all(each.figures[0].too_few and each.figures[0].n == 0 for each in experience([], on=ON))


def test_each_claim_stands_beside_and_no_figure_depends_on_it():
    assert list(article_claims()) == list(Experienced)


@given(st.permutations([stayed(90, True), stayed(200), stayed(300, True, EndReason.MONEY), stayed(), stayed(731)]))
def test_order_of_partners_changes_nothing(stays):
    known = found(AllianceRecord("a", stays=tuple(stays)))
    assert known[Experienced.TURNOVER].figures[0].value == pytest.approx(2 / (2052 / 365.25))
    assert known[Experienced.DROP_OUT].figures[0].events == 2


def test_same_seed_gives_the_same_answer():
    record = AllianceRecord("a", felt=tuple(Felt(each, each, 1) for each in (1.0, 3.0, 5.0, 6.0, 7.0)))
    assert experience([record], on=ON, seed=3, rules=FEW) == experience([record], on=ON, seed=3, rules=FEW)


def test_stay_and_rules_refuse_what_cannot_be():
    with pytest.raises(InputError):
        stayed(-1)
    with pytest.raises(InputError) as refusal:
        ExperienceRules(confidence=0, enough=0)
    assert [problem.column for problem in refusal.value.problems] == ["enough", "confidence"]
