"""Blind matching, decided: who is proposed to whom, and how little is told."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.disclosure.sight import Band, score_band
from lichen.fit.pairs import pair_fit
from lichen.scales import Sector, Sensitivity, Size
from lichen_web.alliances.blind import (
    BlindFit,
    Hands,
    RungOne,
    blind_fits,
    blind_rings,
    compared,
    crowd_of,
    hands_of,
    rung_one,
)
from tests.cast import churches, distributor, farmers, hospital

OTHERS = tuple(Organisation(f"other-{n}", f"Other {n}") for n in range(5))
CIRCLE = tuple(map(compared, (hospital, churches, farmers, distributor, *OTHERS)))


def alike(number: int, **differing: object) -> tuple[Organisation, ...]:
    one = Organisation("o0", "One", sector=Sector.HEALTH, region="London", size=Size.SMALL)
    return tuple(replace(one, id=f"o{n}", name=f"One {n}", **(differing if n else {})) for n in range(number))


def test_pairs_that_complete_each_other_are_proposed_and_no_others():
    assert [fit.members for fit in blind_fits(CIRCLE)] == [
        ("example-churches", "example-hospital"),
        ("example-distributor", "example-farmers"),
    ]


def test_band_is_that_of_the_pair():
    (fit, _other) = blind_fits(CIRCLE)
    score = pair_fit(compared(hospital), compared(churches)).score
    assert score is not None
    assert fit == BlindFit(("example-churches", "example-hospital"), score_band(score))


def test_weak_fit_is_proposed_to_nobody():
    weak = replace(hospital, offers=(Offer("knowledge.evaluation", 1, 1),))
    assert blind_fits([compared(weak), compared(churches), *OTHERS]) == ()


@given(st.permutations(CIRCLE))
def test_order_of_the_cards_does_not_matter(cards: list[Organisation]):
    assert blind_fits(cards) == blind_fits(CIRCLE)


def test_card_holds_five_gaps_and_five_offers_without_words():
    card = compared(hospital)
    assert len(card.vulnerabilities) == len(card.offers) == 5
    assert {gap.words for gap in card.vulnerabilities} == {""}
    assert {offer.spare for offer in card.offers} | {offer.words for offer in card.offers} == {""}


def test_what_is_highly_sensitive_changes_no_card():
    hidden = Vulnerability("ops.logistics", 5, 1, sensitivity=Sensitivity.HIGH)
    more = replace(hospital, vulnerabilities=(hidden, *hospital.vulnerabilities))
    assert compared(more) == compared(hospital)


def test_nobody_is_proposed_among_a_handful():
    five = (compared(hospital), compared(churches), *OTHERS[:3])
    assert blind_fits(five) == ()
    assert len(blind_fits((*five, OTHERS[3]))) == 1


READER = Organisation("reader", "Reader", sector=Sector.BUSINESS)


def told(circle: tuple[Organisation, ...], reader: Organisation = READER) -> RungOne:
    return rung_one(circle[0], reader, crowd_of((*circle, reader)))


def test_what_five_share_is_told():
    assert told(alike(5)) == RungOne("health", "London", "small")


def test_less_is_told_where_fewer_look_alike():
    assert told(alike(5, region="Leeds")) == RungOne("health", "", "small")
    assert told(alike(5, region="Leeds", size=Size.MAJOR)) == RungOne("health")
    assert told(alike(4)) == RungOne()


def test_reader_is_no_cover_for_whom_they_look_at():
    assert told(alike(4), replace(alike(1)[0], id="reader")) == RungOne()


def test_band_has_no_number_in_it():
    assert {type(fit.band) for fit in blind_fits(CIRCLE)} == {Band}


# --- Several in one hand ---------------------------------------------------------------------------------------------


def one_hand(*organisations: str) -> Hands:
    return hands_of({each: ["ada"] for each in organisations})


def test_four_puppets_of_one_person_unmask_nobody():
    """They look like the one whom they are after, and the fifth of them reads."""
    target, *puppets = alike(5)
    everybody = (target, *puppets, READER)
    hands = one_hand(READER.id, *(puppet.id for puppet in puppets))
    assert rung_one(target, READER, crowd_of(everybody)) == RungOne("health", "London", "small")
    assert rung_one(target, READER, crowd_of(everybody, hands)) == RungOne()


def test_puppets_of_whoever_does_not_read_count_once():
    target, *others = alike(6)
    everybody = (target, *others, READER)
    hands = one_hand(*(other.id for other in others[:2]))
    assert rung_one(target, READER, crowd_of(everybody, hands)) == RungOne("health", "London", "small")
    hands = one_hand(*(other.id for other in others[:3]))
    assert rung_one(target, READER, crowd_of(everybody, hands)) == RungOne()


def test_nobody_is_proposed_among_a_handful_of_hands():
    six = (compared(hospital), compared(churches), *OTHERS[:4])
    assert len(blind_fits(six)) == 1
    assert blind_fits(six, one_hand(OTHERS[0].id, OTHERS[1].id)) == ()
    assert blind_rings(six, frozenset(), one_hand(OTHERS[0].id, OTHERS[1].id)) == ()


LED = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2), st.frozensets(st.sampled_from("0123456789"), max_size=3)
)


@given(LED)
def test_hands_are_those_whom_a_chain_of_people_joins(led: dict[str, frozenset[str]]):
    hands = hands_of(led)
    assert hands.keys() == led.keys()
    for one in led:
        for other in led:
            if led[one] & led[other]:
                assert hands[one] == hands[other]
    for hand in set(hands.values()):
        inside = {person for each in led if hands[each] == hand for person in led[each]}
        outside = {person for each in led if hands[each] != hand for person in led[each]}
        assert inside & outside == set()
