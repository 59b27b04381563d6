from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.fit.baselines import BASELINES
from lichen.fit.cover import cover
from lichen.fit.pairs import pair_fit
from lichen.fit.reasons import Reason, reasons, uncovered
from lichen.scales import EVIDENCE_WEIGHTS
from tests.cast import churches, everyone, hospital
from tests.strategies import modest, organisations


def by_hand(found: tuple[Reason, ...]) -> float:
    """The cover from nothing but the codes and numbers that a person is shown."""
    return fsum(
        reason.weight
        * reason.gap_confidence
        * reason.similarity
        * (reason.strength / 5 * EVIDENCE_WEIGHTS[reason.evidence] * reason.offer_confidence)
        for reason in found
    )


@pytest.mark.parametrize("me", everyone, ids=lambda one: one.id)
def test_every_score_can_be_worked_out_again_from_the_reasons_alone(me):
    for other in everyone:
        fit = pair_fit(me, other)
        if fit.score is not None:
            ours, theirs = by_hand(fit.reasons_ours), by_hand(fit.reasons_theirs)
            assert (fit.cover_ours, fit.cover_theirs) == pytest.approx((ours, theirs), abs=1e-12)
            assert fit.score == pytest.approx(2 * ours * theirs / (ours + theirs) if ours and theirs else 0, abs=1e-12)


@modest
@given(organisations("One", least=1), organisations("Other", least=1))
def test_contributions_sum_to_the_cover(one, other):
    found = reasons(one, other)
    assert by_hand(found) == pytest.approx(cover(one, other), abs=1e-12)
    assert fsum(reason.contribution for reason in found) == pytest.approx(cover(one, other), abs=1e-12)


@modest
@given(organisations("One"), organisations("Other"))
def test_every_gap_is_either_met_or_uncovered(one, other):
    met = {reason.gap for reason in reasons(one, other)}
    doubted = {gap.code for gap in one.vulnerabilities if gap.confidence == 0}
    assert met & set(uncovered(one, other)) == set()
    known = {gap.code for gap in one.vulnerabilities if gap.code}
    assert met | set(uncovered(one, other)) | doubted - {""} == known


def test_two_who_lack_something_that_was_not_recognised_share_no_gap():
    lost = Vulnerability("", words="Xyzzy plugh.", confirmed=False)
    one, other = (Organisation(name, name, vulnerabilities=(lost,), offers=(Offer("ops.logistics"),)) for name in "ab")

    assert pair_fit(one, other).shared_gaps == ()
    assert BASELINES["common_ground"](one, Organisation("c", "C", vulnerabilities=(lost,))) == 0


def test_reasons_say_what_counts_most_first():
    found = reasons(hospital, churches)
    assert [(reason.gap, reason.offer, reason.rank) for reason in found] == [
        ("trust.underserved", "trust.underserved", 1),
        ("people.languages", "people.languages", 2),
        ("assets.venue", "assets.venue", 3),
        ("people.volunteers", "people.volunteers", 4),
        ("knowledge.local", "knowledge.local", 5),
    ]


def test_reason_carries_the_sentence_of_its_source_and_no_words_of_the_organisation():
    gap = Vulnerability("ops.logistics", words="marked-secret", source=Source("Register", "It needs vans.", 0.5))
    offer = Offer("ops.logistics", words="marked-secret", spare="marked-secret", confirmed=False)
    [reason] = reasons(Organisation("f", "Farm", vulnerabilities=(gap,)), Organisation("d", "Depot", offers=(offer,)))
    assert (reason.gap_source, reason.offer_source) == (gap.source, None)
    assert (reason.gap_suggested, reason.offer_suggested) == (True, True)
    assert reason.kinds == offer.given_as
    assert "marked-secret" not in repr(reason)


def test_gap_of_no_confidence_is_no_reason():
    gap = Vulnerability("ops.logistics", source=Source("Register", "It has vans.", 0.0))
    lacking = Organisation("f", "Farm", vulnerabilities=(gap,))
    assert reasons(lacking, Organisation("d", "Depot", offers=(Offer("ops.logistics"),))) == ()
