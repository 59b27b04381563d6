from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.audit.weighing import gap_weights
from lichen.exchange.fairness.dependence import Dependence, MutualDependence, mutual_dependences
from lichen.exchange.values import Ledger
from tests.cast import churches, everyone, hospital, youth
from tests.core.exchange.given import CHURCHES, HOSPITAL, delivery, gift, march, no, promise, story

LATER = date(2026, 12, 31)


def between(ledger: Ledger, *candidates: Organisation) -> MutualDependence:
    [found] = mutual_dependences(ledger, [hospital, churches], on=LATER, candidates=candidates)
    return found


def of_hospital(ledger: Ledger, *candidates: Organisation) -> Dependence:
    return between(ledger, *candidates).one


def test_weights_of_the_gaps_are_those_of_the_fit() -> None:
    everything = [gift(f"e{n}", CHURCHES, HOSPITAL, code=gap.code) for n, gap in enumerate(hospital.vulnerabilities)]
    served = of_hospital(Ledger(events=tuple(everything))).served
    weights = dict(zip((gap.code for gap in hospital.vulnerabilities), gap_weights(hospital), strict=True))
    assert {one.gap: one.weight for one in served} == pytest.approx(weights)
    assert of_hospital(Ledger(events=tuple(everything))).importance == pytest.approx(1)


def test_story_by_hand() -> None:
    """Halls ease the missing venue; the letter eases the missing trust; the screening eases what the churches lack."""
    found = between(story)
    weights = dict(zip((gap.code for gap in hospital.vulnerabilities), gap_weights(hospital), strict=True))
    assert [(one.gap, one.code, one.similarity) for one in found.one.served][:2] == [
        ("trust.underserved", "trust.underserved", 1.0),
        ("assets.venue", "assets.venue", 1.0),
    ]
    assert found.one.importance == pytest.approx(sum(one.importance for one in found.one.served))
    assert found.one.served[0].importance == weights["trust.underserved"]
    assert [one.code for one in found.other.served][:1] == ["service.clinical_delivery"]


def test_nobody_else_to_look_at_leaves_replaceability_unknown_and_not_nothing() -> None:
    found = between(story)
    assert found.one.importance > 0
    assert (found.one.amount, found.total, found.imbalance) == (None, None, None)


def test_partner_who_eases_nothing_is_not_depended_on_whether_or_not_there_are_others() -> None:
    found = between(Ledger(events=(gift("e", CHURCHES, HOSPITAL, code="assets.venue"),)))
    assert (found.other.amount, found.other.importance) == (0.0, 0.0)


def rivals(*offers: Offer) -> list[Organisation]:
    return [Organisation(f"rival-{n}", "Rival", offers=(offer,)) for n, offer in enumerate(offers)]


def test_dependence_falls_with_every_candidate_who_offers_as_much() -> None:
    ledger = Ledger(events=(gift("e", CHURCHES, HOSPITAL, code="assets.venue"),))
    venue = Offer("assets.venue", 4, 2)
    weaker, other = replace(venue, strength=3), replace(venue, code="policy.advocacy")
    found = of_hospital(ledger, *rivals(venue, replace(venue, strength=5), weaker, other))
    [one] = found.served
    assert (one.as_well, one.others, one.lack_of_alternatives) == (2, 4, 0.5)
    assert found.amount == pytest.approx(found.importance / 2)


def test_candidate_who_offers_something_related_counts_by_how_far_it_helps() -> None:
    ledger = Ledger(events=(gift("e", CHURCHES, HOSPITAL, code="trust.underserved"),))
    near = of_hospital(ledger, *rivals(Offer("trust.community", 5, 5))).served[0]
    far = of_hospital(ledger, *rivals(Offer("trust.community", 4, 2))).served[0]
    assert [(one.gap, one.as_well, one.others) for one in (near, far)] == [
        ("trust.underserved", 1, 1),
        ("trust.underserved", 0, 1),
    ]


def test_giver_who_does_not_list_what_it_gives_is_replaced_by_anybody_who_offers_it() -> None:
    ledger = Ledger(events=(gift("e", HOSPITAL, CHURCHES, code="governance.succession"),))
    found = between(ledger, *rivals(Offer("governance.succession", 1, 1), Offer("policy.advocacy", 5, 5))).other
    assert [(one.as_well, one.others) for one in found.served] == [(1, 2)]


def test_other_partners_are_alternatives_and_the_two_themselves_are_not() -> None:
    ledger = Ledger(events=(gift("e", HOSPITAL, CHURCHES, code="knowledge.evaluation"),))
    partners = [hospital, churches, replace(youth, offers=(Offer("knowledge.evaluation", 5, 5),))]
    found = mutual_dependences(ledger, partners, on=LATER, candidates=[hospital, churches])
    assert [(one.one.of, one.one.upon) for one in found] == [
        (HOSPITAL, CHURCHES),
        (HOSPITAL, youth.id),
        (CHURCHES, youth.id),
    ]
    assert [(one.as_well, one.others) for one in found[0].other.served] == [(1, 1)]


def test_candidates_whose_offers_nobody_knows_are_no_alternatives() -> None:
    ledger = Ledger(events=(gift("e", CHURCHES, HOSPITAL, code="assets.venue"),))
    silent = Organisation("silent", "Silent")
    assert of_hospital(ledger, silent).served[0].others == 0


def test_standing_promise_counts_as_well_as_a_delivery_and_a_cancelled_one_does_not() -> None:
    standing = promise("halls", code="assets.venue")
    assert [one.gap for one in of_hospital(Ledger(commitments=(standing,))).served] == ["assets.venue"]
    assert of_hospital(Ledger(commitments=(replace(standing, cancelled_on=march(5)),))).served == ()


def test_disputed_delivery_on_a_promise_given_up_eases_nothing() -> None:
    given_up = promise("halls", code="assets.venue", cancelled_on=march(20))
    disputed = delivery("e", "halls", 1, responses=(no(11),))
    assert of_hospital(Ledger(commitments=(given_up,), events=(disputed,))).served == ()
    accepted = replace(disputed, responses=())
    assert len(of_hospital(Ledger(commitments=(given_up,), events=(accepted,))).served) == 1


def test_what_names_no_capability_is_counted_and_eases_nothing_that_is_known() -> None:
    found = of_hospital(Ledger(events=(gift("e", CHURCHES, HOSPITAL), gift("f", CHURCHES, HOSPITAL))))
    assert (found.served, found.uncoded) == ((), 2)


def test_gap_eased_in_two_ways_counts_once_and_by_the_better() -> None:
    events = (
        gift("a", CHURCHES, HOSPITAL, code="trust.community"),
        gift("b", CHURCHES, HOSPITAL, code="trust.underserved"),
    )
    [first, *_others] = of_hospital(Ledger(events=events)).served
    assert (first.gap, first.code, first.similarity) == ("trust.underserved", "trust.underserved", 1.0)
    assert len([one for one in of_hospital(Ledger(events=events)).served if one.gap == first.gap]) == 1


def test_inferred_gap_counts_by_how_likely_it_is() -> None:
    guess = Vulnerability("assets.venue", 3, source=Source("a report", "No room.", 0.5))
    unsure = replace(hospital, vulnerabilities=(guess,))
    ledger = Ledger(events=(gift("e", CHURCHES, HOSPITAL, code="assets.venue"),))
    [found] = mutual_dependences(ledger, [unsure, churches], on=LATER)
    assert found.one.importance == 0.5


def test_gap_or_gift_without_a_known_code_is_passed_over() -> None:
    unknown = replace(hospital, vulnerabilities=(Vulnerability("trust.of-my-cat"), Vulnerability("")))
    ledger = Ledger(events=(gift("e", CHURCHES, HOSPITAL, code="trust.of-my-cat"),))
    [found] = mutual_dependences(ledger, [unknown, churches], on=LATER)
    assert found.one.served == ()


def test_sum_and_imbalance_are_kept_apart() -> None:
    found = between(story, *everyone)
    one, other = found.one.amount, found.other.amount
    assert one is not None
    assert other is not None
    assert (found.total, found.imbalance) == (one + other, one - other)
    assert 0 < one <= found.one.importance <= 1


def test_what_comes_later_is_not_depended_on_yet() -> None:
    ledger = Ledger(events=(gift("e", CHURCHES, HOSPITAL, on=march(10), code="assets.venue"),))
    [found] = mutual_dependences(ledger, [hospital, churches], on=march(9))
    assert found.one.served == ()
