"""What a register entry suggests, each suggestion with its sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.registry.suggestions import LEAST_CONFIDENCE, Passage, suggestions

DOES = "We run night shelters for homeless people. Founded in 1921."
MAY = "TO PROVIDE ACCOMMODATION FOR HOMELESS PEOPLE; AND SUCH OTHER CHARITABLE PURPOSES AS THE TRUSTEES SEE FIT"


def test_a_suggestion_bears_its_sentence_its_source_and_its_page() -> None:
    [housing] = [o for o in suggestions([Passage("a", DOES)], url="https://x").offers if o.code == "service.housing"]
    assert (housing.strength, housing.evidence, housing.confirmed) == (3, 1, False)
    assert housing.source is not None
    assert (housing.source.name, housing.source.url) == ("a", "https://x")
    assert housing.source.sentence == "We run night shelters for homeless people"
    assert LEAST_CONFIDENCE <= housing.source.confidence < 1


def test_the_best_sentence_for_a_capability_is_kept() -> None:
    found = suggestions([Passage("objects", MAY, legal=True), Passage("activities", DOES)])
    assert [o.source.name for o in found.offers if o.code == "service.housing" and o.source] == ["activities"]


def test_each_capability_is_suggested_once() -> None:
    found = suggestions([Passage("a", f"{DOES} {DOES} We have hostels, flats and houses for homeless people.")])
    codes = [offer.code for offer in found.offers]
    assert len(codes) == len(set(codes))


def test_likelier_suggestions_come_first() -> None:
    found = suggestions([Passage("a", f"{DOES} Makes grants to charities. Campaigns for a change in the law.")])
    told = [offer.confidence for offer in found.offers]
    assert told == sorted(told, reverse=True)
    assert len(told) > 1


def test_what_nobody_knows_is_left_unknown() -> None:
    assert suggestions([Passage("a", ""), Passage("b", "The advancement of education.", legal=True)]).offers == ()


def test_a_name_that_tells_of_other_countries_makes_place_bound_offers_less_likely() -> None:
    entry = [Passage("a", "Four thousand volunteers give their time, unpaid, in local branches.")]
    here = {offer.code: offer.confidence for offer in suggestions(entry, name="Eastfield Aid").offers}
    away = {offer.code: offer.confidence for offer in suggestions(entry, name="Eastfield Overseas Aid").offers}
    assert away["people.volunteers"] < here["people.volunteers"]


@pytest.mark.parametrize(
    "unit", ["x ", ":", "and ", "social inclusion ", "by reason of ", "(a", "1.", "•", "facilities "]
)
def test_a_text_made_to_be_slow_is_read_to_its_end(unit: str) -> None:
    """Minutes, if any pattern here went back and forth; the run would hang."""
    assert suggestions([Passage("a", unit * 60_000, legal=True)]).vulnerabilities == ()


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_any_text_gives_suggestions_or_none(text: str) -> None:
    found = suggestions([Passage("a", text), Passage("b", text, legal=True)])
    assert all(offer.confidence >= LEAST_CONFIDENCE for offer in found.offers)
