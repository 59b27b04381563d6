"""Each need from the audit through every check-in: baseline, weights that stay, what is new, and who did not answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.alliance.needs import need_courses
from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation, Source, Vulnerability
from lichen.audit.weighing import gap_weights
from lichen.checkin.values import CheckIn, NeedNow
from lichen.progress.reduction import reductions
from lichen.progress.values import NeedWeight, Progress
from tests.cast import churches_audit, hospital_audit

FORMED, SPRING, SUMMER, AUTUMN = date(2026, 1, 1), date(2026, 3, 20), date(2026, 6, 20), date(2026, 9, 20)
HOSPITAL, CHURCHES = "example-hospital", "example-churches"
TRUST, LANGUAGES = "trust.underserved", "people.languages"

alliance = Alliance(
    "Eastfield",
    formed_on=FORMED,
    partners=(replace(hospital_audit, audited_on=FORMED), replace(churches_audit, audited_on=FORMED)),
    checkins=(
        CheckIn(SPRING, answered_by=(CHURCHES,), needs=(NeedNow(HOSPITAL, TRUST, 4),)),
        CheckIn(SUMMER, needs=(NeedNow(CHURCHES, "knowledge.medical", 1), NeedNow(CHURCHES, "ops.logistics", 3, True))),
        CheckIn(AUTUMN, needs=(NeedNow(HOSPITAL, TRUST, 2), NeedNow(HOSPITAL, LANGUAGES, 5))),
    ),
)


def severities(alliance: Alliance, owner: str, code: str, on: date = AUTUMN) -> list[int]:
    [found] = [need for need in need_courses(alliance, on) if (need.owner, need.code) == (owner, code)]
    return [reading.severity for reading in found.readings]


def test_what_is_not_written_is_unchanged():
    assert severities(alliance, HOSPITAL, TRUST) == [5, 4, 4, 2]
    assert severities(alliance, HOSPITAL, LANGUAGES) == [4, 4, 4, 5]
    assert severities(alliance, CHURCHES, "knowledge.medical") == [4, 4, 1, 1]


def test_a_reading_says_whether_its_owner_answered():
    trust = next(need for need in need_courses(alliance, AUTUMN) if need.code == TRUST)
    medical = next(need for need in need_courses(alliance, AUTUMN) if need.code == "knowledge.medical")

    assert [reading.answered for reading in trust.readings] == [True, True, False, True]
    assert [reading.answered for reading in medical.readings] == [True, True, True, False]


def test_only_check_ins_until_the_day_count():
    assert severities(alliance, HOSPITAL, TRUST, SUMMER) == [5, 4, 4]
    assert severities(alliance, HOSPITAL, TRUST, FORMED) == [5]
    assert need_courses(alliance, date(2025, 12, 31)) == ()


def test_a_need_that_came_up_later_is_new_and_weighs_nothing():
    new = [need for need in need_courses(alliance, AUTUMN) if need.is_new]

    assert [(need.owner, need.code, need.weight) for need in new] == [(CHURCHES, "ops.logistics", 0)]
    assert [(reading.on, reading.severity) for reading in new[0].readings] == [(SUMMER, 3), (AUTUMN, 3)]


def test_a_need_that_was_never_there_is_not_new():
    gone = CheckIn(AUTUMN, needs=(NeedNow(HOSPITAL, "ops.logistics", 0, is_new=True),))

    assert [need for need in need_courses(replace(alliance, checkins=(gone,)), AUTUMN) if need.is_new] == []


def test_a_check_in_before_the_audit_is_not_counted_from():
    """The audit is the later word, and so the baseline."""
    late = replace(alliance, partners=(replace(hospital_audit, audited_on=SUMMER),))

    assert severities(late, HOSPITAL, TRUST) == [5, 2]


def test_the_weights_are_those_of_the_audit_whatever_is_said_later():
    weights = [need.weight for need in need_courses(alliance, AUTUMN) if need.owner == HOSPITAL]

    assert weights == list(gap_weights(hospital_audit.organisation))
    assert weights == [need.weight for need in need_courses(alliance, FORMED) if need.owner == HOSPITAL]


def test_stated_weights_take_the_place_of_the_ranking():
    codes = [gap.code for gap in churches_audit.organisation.vulnerabilities]
    stated = Progress(weights=tuple(NeedWeight(CHURCHES, code, place) for place, code in enumerate(codes)))
    weights = [need.weight for need in need_courses(replace(alliance, progress=stated), FORMED)]

    assert weights[-len(codes) :] == [0, 1, 2, 3, 4]
    assert weights[: -len(codes)] == list(gap_weights(hospital_audit.organisation))


def test_a_partner_whose_audit_names_nothing_begins_at_its_first_check_in():
    bare = Audit(Organisation(HOSPITAL, "St Brigid's"), audited_on=FORMED)

    [trust, *others] = need_courses(replace(alliance, partners=(bare,)), AUTUMN)

    assert (trust.code, trust.is_new, [reading.severity for reading in trust.readings]) == (TRUST, False, [4, 4, 2])
    assert [(need.code, need.is_new) for need in others] == [(LANGUAGES, True)]


def test_what_others_suppose_is_no_rating_of_its_own():
    supposed = Vulnerability(TRUST, 5, source=Source("Register", "They are not trusted.", 0.6))
    partner = Audit(Organisation("x", "X", vulnerabilities=(supposed, Vulnerability("ops.logistics", 2))))

    assert [need.code for need in need_courses(replace(alliance, partners=(partner,)), AUTUMN)] == ["ops.logistics"]


def test_an_audit_without_a_day_is_the_one_at_formation():
    undated = replace(alliance, partners=(replace(hospital_audit, audited_on=None),))

    assert {need.before.on for need in need_courses(undated, AUTUMN)} == {FORMED}
    assert {need.before.on for need in need_courses(replace(undated, formed_on=None), AUTUMN)} == {SPRING}


def test_the_story_of_the_hospital_and_the_churches_by_hand():
    hospital, churches, whole = reductions(need_courses(alliance, AUTUMN))
    shares = dict(
        zip(
            (gap.code for gap in hospital_audit.organisation.vulnerabilities),
            gap_weights(hospital_audit.organisation),
            strict=True,
        )
    )
    before = sum(shares[gap.code] * gap.severity for gap in hospital_audit.organisation.vulnerabilities)

    assert hospital.index == pytest.approx(100 * (3 * shares[TRUST] - shares[LANGUAGES]) / before)
    assert [change.need.code for change in hospital.got_worse] == [LANGUAGES]
    assert [new.code for new in churches.new] == ["ops.logistics"]
    assert min(hospital.index, churches.index) < whole.index < max(hospital.index, churches.index)
