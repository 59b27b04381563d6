from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.audit.weighing import eased_by
from lichen.capabilities.taxonomy import taxonomy
from lichen.fit.cover import best_offer, cover, offer_worth
from tests.cast import churches, hospital, stranger
from tests.core.fit.slow import slow_cover
from tests.strategies import UNKNOWN_CODE, modest, organisations

pairs = st.tuples(organisations("One"), organisations("Other"))


def lacking(*gaps: Vulnerability) -> Organisation:
    return Organisation("lacking", "Lacking", vulnerabilities=gaps)


def giving(*offers: Offer) -> Organisation:
    return Organisation("giving", "Giving", offers=offers)


def test_cover_of_the_hospital_by_the_churches_is_the_sum_done_by_hand():
    # Ranks 1 to 6 weigh 0.4083, 0.2417, 0.1583, 0.1028, 0.0611, 0.0278; times the severities 5, 4, 3, 3, 3, 4 they
    # are 2.0417, 0.9667, 0.4750, 0.3083, 0.1833, 0.1111: together 4.0861. Met to 0.7, 0.48, 0.56, 0.56, 0.6, 0.
    met = 2.041667 * 0.7 + 0.966667 * 0.48 + 0.475 * 0.56 + 0.308333 * 0.56 + 0.183333 * 0.6
    assert cover(hospital, churches) == pytest.approx(met / 4.086111, abs=1e-6)


def test_cover_without_evidence_counts_strength_alone():
    one, other = lacking(Vulnerability("ops.logistics", 5)), giving(Offer("ops.logistics", strength=5, evidence=1))
    assert (cover(one, other), cover(one, other, evidence=False)) == (0.6, 1.0)


@pytest.mark.parametrize(("one", "other"), [(hospital, stranger), (stranger, hospital), (stranger, stranger)])
def test_cover_is_unknown_and_not_nothing_where_one_side_is(one, other):
    assert cover(one, other) is None


def test_cover_is_nothing_where_both_sides_are_known_and_nothing_meets():
    assert cover(lacking(Vulnerability("ops.logistics")), giving(Offer("trust.underserved"))) == 0.0


def test_inferred_gap_counts_by_its_confidence():
    likely = Vulnerability("ops.logistics", 4, source=Source("filing", "We need vans.", 0.3))
    other = giving(Offer("ops.logistics", strength=5, evidence=5))
    assert cover(lacking(likely), other) == pytest.approx(0.3)
    assert cover(lacking(likely, Vulnerability("ops.logistics", 4)), other) == pytest.approx((0.3 + 1) / 2)


@pytest.mark.parametrize("code", [UNKNOWN_CODE, ""])
def test_unknown_code_is_a_gap_that_nobody_meets(code: str):
    gaps = (Vulnerability("ops.logistics", 3), Vulnerability(code, 3))
    other = giving(Offer("ops.logistics", strength=5, evidence=5), Offer(code, strength=5, evidence=5))
    assert cover(lacking(*gaps), other) == pytest.approx(0.5)


def test_related_offer_never_outranks_an_exact_one_of_equal_worth():
    for code, capability in taxonomy().capabilities.items():
        offers = [*(Offer(other, 3, 2) for other in capability.related), Offer(code, 3, 2)]
        chosen = best_offer(code, offers)
        assert chosen is not None
        assert chosen.code == code
        assert all(near < 1 for other, near in eased_by(code).items() if other != code)


def test_exact_offer_goes_before_a_related_one_that_meets_the_gap_equally():
    offers = [Offer("trust.community", 4, 5), Offer("trust.underserved", 3, 5)]  # 0.75 × 0.8 and 1 × 0.6
    assert [best_offer("trust.underserved", order) for order in (offers, offers[::-1])] == [offers[1], offers[1]]


def test_offer_of_no_confidence_is_no_offer():
    doubtful = Offer("ops.logistics", 5, 5, source=Source("page", "Vans?", 0.0))
    assert best_offer("ops.logistics", [doubtful]) is None


@modest
@given(pairs)
def test_cover_is_the_slow_formula(pair):
    for evidence in (True, False):
        assert cover(*pair, evidence=evidence) == pytest.approx(slow_cover(*pair, evidence), abs=1e-9)


@modest
@given(pairs)
def test_cover_is_a_share_of_one(pair):
    assert 0 <= (cover(*pair) or 0) <= 1


@modest
@given(organisations("One", least=1), organisations("Other", least=1), st.data())
def test_more_strength_or_evidence_never_lowers_a_cover(one, other, data):
    place = data.draw(st.integers(0, len(other.offers) - 1))
    offer = other.offers[place]
    better = replace(
        offer,
        strength=data.draw(st.integers(offer.strength, 5)),
        evidence=data.draw(st.integers(offer.evidence, 5)),
    )
    stronger = replace(other, offers=(*other.offers[:place], better, *other.offers[place + 1 :]))
    assert offer_worth(better) >= offer_worth(offer)
    assert cover(one, stronger) >= cover(one, other) - 1e-12


@modest
@given(pairs, st.randoms(use_true_random=False))
def test_order_within_an_audit_does_not_matter(pair, random):
    def shuffled(one: Organisation) -> Organisation:
        gaps, offers = list(one.vulnerabilities), list(one.offers)
        random.shuffle(gaps)
        random.shuffle(offers)
        return replace(one, vulnerabilities=tuple(gaps), offers=tuple(offers))

    assert cover(*map(shuffled, pair)) == pytest.approx(cover(*pair), abs=1e-12)
