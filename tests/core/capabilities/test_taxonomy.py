import json
from collections import Counter
from pathlib import Path

import pytest

from lichen.capabilities.taxonomy import RELATED_FLOOR, nearest_codes, taxonomy
from tests.cast import everyone

CAPABILITIES = tuple(taxonomy().capabilities.values())
ARTICLE = Path(__file__).parents[3] / "examples" / "article.json"


def repeated(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def test_codes_are_unique_and_stand_in_a_known_group():
    raw = json.loads(Path(__file__).parents[3].joinpath("src/lichen/capabilities/taxonomy.json").read_text("utf-8"))
    assert repeated([entry["code"] for entry in raw["capabilities"]]) == []
    assert [c.code for c in CAPABILITIES if c.group not in taxonomy().groups] == []


def test_labels_are_unique():
    assert repeated([c.label.lower() for c in CAPABILITIES]) == []


def test_links_are_symmetric_and_between_nothing_and_the_same():
    links = {(c.code, other): weight for c in CAPABILITIES for other, weight in c.related.items()}
    assert {pair for pair, weight in links.items() if links.get(pair[::-1]) != weight} == set()
    assert [pair for pair, weight in links.items() if not 0 < weight < 1 or pair[0] == pair[1]] == []


def test_no_phrase_stands_under_two_codes_or_two_senses():
    assert repeated([p.lower() for c in CAPABILITIES for p in (*c.as_gap, *c.as_strength)]) == []


def test_no_keyword_stands_under_two_codes():
    assert repeated([word.lower() for c in CAPABILITIES for word in set(c.keywords)]) == []


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda c: c.code)
def test_every_capability_is_complete(capability):
    assert len(capability.as_gap) >= 2
    assert len(capability.as_strength) >= 2
    assert len(capability.keywords) >= 2
    assert capability.definition.endswith(".")
    assert capability.kinds != ()
    assert set(capability.kinds) <= set(taxonomy().kinds)
    assert capability.related != {}


def test_every_item_of_the_article_can_be_represented():
    coded = json.loads(ARTICLE.read_text("utf-8"))["organisations"]
    codes = {item["code"] for o in coded for item in (*o.get("vulnerabilities", ()), *o.get("offers", ()))}
    assert len(codes) >= 50
    assert codes - set(taxonomy().capabilities) == set()


def test_every_item_of_the_cast_can_be_represented():
    codes = {item.code for o in everyone for item in (*o.vulnerabilities, *o.offers)}
    assert codes - set(taxonomy().capabilities) == set()


def test_similarity_is_one_to_itself_and_nothing_below_the_floor():
    assert taxonomy().similarity("ops.logistics", "ops.logistics") == 1.0
    weak = [(c.code, other) for c in CAPABILITIES for other, weight in c.related.items() if weight < RELATED_FLOOR]
    assert weak != []
    assert {taxonomy().similarity(*pair) for pair in weak} == {0.0}


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("trust.comunity", "trust.community"),
        ("Local community trust", "trust.community"),
        ("fundraising", "funding.fundraising"),
        ("OPS.LOGISTIC", "ops.logistics"),
        ("volunteer", "people.volunteers"),
    ],
)
def test_nearest_codes_find_what_was_meant(wrong, meant):
    assert nearest_codes(wrong)[0] == meant


def test_nearest_codes_stay_bounded_on_a_very_long_word():
    assert len(nearest_codes("x" * 1_000_000)) == 3
