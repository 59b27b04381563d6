"""What of an organisation may stand in a list that others read."""

from __future__ import annotations

import pytest
from hypothesis import given

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.registry.listable import LONGEST_SENTENCE, LeftOut, has_registration, listable, spoken_name
from lichen.scales import Sensitivity
from tests.strategies import organisations

REGISTER = Source("Register", "We run a food bank.", 0.6, "https://register.example")


def only(item: Offer | Vulnerability) -> Organisation:
    gaps = (item,) if isinstance(item, Vulnerability) else ()
    return Organisation("x", "X", vulnerabilities=gaps, offers=(item,) if isinstance(item, Offer) else ())


@pytest.mark.parametrize(
    "code", [code for code, each in taxonomy().capabilities.items() if each.sensitivity is Sensitivity.HIGH]
)
def test_no_guess_at_anything_sensitive_is_listable(code: str):
    assert listable(only(Vulnerability(code, source=REGISTER))).left_out == {LeftOut.SENSITIVE: 1}
    assert listable(only(Vulnerability(code, source=REGISTER))).organisation.vulnerabilities == ()


def test_owner_can_make_a_gap_sensitive_and_it_is_left_out():
    gap = Vulnerability("ops.logistics", source=REGISTER, sensitivity=Sensitivity.HIGH)
    assert listable(only(gap)).left_out == {LeftOut.SENSITIVE: 1}


@given(organisations())
def test_only_what_a_record_says_is_left_and_no_word_of_anybody(organisation: Organisation):
    found = listable(organisation)
    items = (*found.organisation.vulnerabilities, *found.organisation.offers)
    assert all(item.source and item.source.name and not item.words and not item.confirmed for item in items)
    assert all(not offer.spare for offer in found.organisation.offers)
    every = len(organisation.vulnerabilities) + len(organisation.offers)
    assert every == len(items) + sum(found.left_out.values())


def test_sentence_is_cut_and_an_address_that_is_none_is_dropped():
    source = Source("Register", "word " * 400, 0.6, "javascript:alert(1)")
    [offer] = listable(only(Offer("ops.logistics", source=source))).organisation.offers
    assert len(offer.source.sentence) <= LONGEST_SENTENCE + len("…")
    assert offer.source.url == ""


def test_more_than_forty_are_too_many():
    codes = [*taxonomy().capabilities][:45]
    offers = tuple(Offer(code, source=REGISTER) for code in codes)
    assert listable(Organisation("x", "X", offers=offers)).left_out == {LeftOut.TOO_MANY: 5}


@pytest.mark.parametrize(
    ("id", "is_one"), [("GB-CHC-1000340", True), ("GB-SC-SC012345", True), ("st-anne-s", False), ("GB-", False)]
)
def test_number_on_a_register_is_known_by_its_form(id: str, is_one: bool):
    assert has_registration(Organisation(id, "X")) is is_one


def test_names_are_compared_as_they_are_spoken():
    assert spoken_name("The St. Anne's Trust Ltd", "GB") == spoken_name("ST ANNES TRUST", "gb")
    assert spoken_name("Anne", "GB") != spoken_name("Anne", "FR")
    assert spoken_name("The", "") == "the|"
