"""Everything in a pilot that cannot be so, each with its place in the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.pilot.checks import pilot_problems
from lichen.pilot.values import (
    DonorApproach,
    ExchangeAnswer,
    Exchanged,
    Expected,
    HiddenWeakness,
    Interests,
    Measured,
    Pilot,
    ProvedOffer,
    RedLine,
    Settled,
    TeamHours,
    Worked,
)
from tests.core.pilot.fairs import C, H, answered, expecting, fair, fairs, reviewed, wrote

TERMS = fairs.terms
NOBODY, NO_CODE, NO_KIND = "zq-nobody", "zq.code", "zq_kind"


def places(*pilots: Pilot) -> list[str]:
    return [problem.place for problem in pilot_problems(pilots, (H, C))]


def with_terms(**terms: object) -> Pilot:
    return replace(fairs, terms=replace(TERMS, **terms))  # type: ignore[arg-type]


def test_sound_pilots_have_no_problem():
    assert places(fairs, replace(reviewed, id="again")) == []


@pytest.mark.parametrize(
    ("pilot", "place"),
    [
        (Pilot("p", (H, C, NOBODY)), "partners"),
        (Pilot("p", (H, C, H)), "partners, item 3"),
        (expecting(wrote(H, C), wrote(NOBODY, C)), "expectations, item 2, by"),
        (expecting(wrote(H, C), wrote(H, NOBODY)), "expectations, item 2, about"),
        (expecting(wrote(H, C), wrote(H, C)), "expectations, item 2, about"),
        (expecting(wrote(H, C, gives=[Expected("x", to=NOBODY)])), "expectations, item 1, gives, item 1, to"),
        (expecting(wrote(H, C, decides=[Expected("x", NO_CODE)])), "expectations, item 1, decides, item 1, code"),
        (expecting(wrote(H, C, does_not=[Expected("x", "", NO_KIND)])), "expectations, item 1, does_not, item 1, kind"),
        (replace(fairs, interests=(Interests(NOBODY),)), "interests, item 1, by"),
        (replace(fairs, interests=(Interests(H), Interests(H))), "interests, item 2, by"),
        (
            replace(fairs, interests=(Interests(H, red_lines=(RedLine("x", NO_CODE),)),)),
            "interests, item 1, red_lines, item 1, code",
        ),
        (replace(fairs, settled=(Settled("x", about=NOBODY),)), "settled, item 1, about"),
        (
            with_terms(exchanged=(*TERMS.exchanged, Exchanged(H, NOBODY, "x"))),
            "terms.exchanged, item 3, receiver",
        ),
        (with_terms(hours=(TeamHours(H, 1), TeamHours(H, 2))), "terms.hours, item 2, partner"),
        (with_terms(donors=(DonorApproach("x", NOBODY),)), "terms.donors, item 1, by"),
        (with_terms(tests=(TERMS.tests[0],) * 2), "terms.tests, item 2, id"),
        (with_terms(ends_on=date(2026, 10, 31)), "terms.ends_on"),
        (with_terms(review_on=date(2026, 10, 31)), "terms.review_on"),
        (replace(fairs, steps=(fair(H), fair(NOBODY))), "steps, item 2, worked_for"),
        (replace(fairs, steps=(fair(held_on=date(2026, 10, 31)),)), "steps"),
        (replace(reviewed, adjusted_on=date(2027, 1, 19)), "adjusted_on"),
        (replace(fairs, reviews=(answered(H), answered(H))), "reviews, item 2, by"),
        (replace(fairs, reviews=(answered(NOBODY),)), "reviews, item 1, by"),
        (
            replace(fairs, reviews=(replace(answered(H), exchanges=(ExchangeAnswer(H, C, Worked.YES),) * 2),)),
            "reviews, item 1, exchanges, item 2, receiver",
        ),
        (
            replace(fairs, reviews=(replace(answered(H), measured=(Measured(NOBODY, 1),)),)),
            "reviews, item 1, measured, item 1, test",
        ),
        (
            replace(fairs, reviews=(replace(answered(H), measured=(Measured("screened", 1),) * 2),)),
            "reviews, item 1, measured, item 2, test",
        ),
        (
            replace(fairs, reviews=(answered(H, weaknesses=(HiddenWeakness(NOBODY, "reach.events"),)),)),
            "reviews, item 1, weaknesses, item 1, partner",
        ),
        (
            replace(fairs, reviews=(answered(H, offers=(ProvedOffer(C, NO_CODE, 2),)),)),
            "reviews, item 1, offers, item 1, code",
        ),
    ],
)
def test_each_thing_that_cannot_be_so_is_told_with_its_place(pilot: Pilot, place: str):
    found = pilot_problems([fairs, replace(pilot, id="second")], (H, C))
    assert [problem.place for problem in found] == [f"pilots, item 2, {place}"]
    assert all(problem.right for problem in found)


def test_two_pilots_of_one_id_are_told():
    assert places(fairs, fairs) == ["pilots, item 2, id"]


def test_everything_wrong_is_told_at_once_and_nothing_that_was_written():
    pilot = Pilot(
        "zq",
        (H, C),
        expectations=(wrote(H, C, gives=[Expected("zq", NO_CODE, NO_KIND, NOBODY)]),),
        reviews=(answered(H, weaknesses=(HiddenWeakness(NOBODY, NO_CODE, words="zq"),)),),
    )
    found = pilot_problems([pilot], (H, C))
    assert len(found) == 7
    assert "zq" not in " ".join(str(problem) for problem in found)
