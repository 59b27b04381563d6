from __future__ import annotations

import pytest

from lichen.audit.values import Source
from lichen.cli.reasons import (
    giver_sentence,
    link_sentence,
    no_fit_sentence,
    quoted,
    reason_lines,
    reason_record,
    reason_sentence,
)
from lichen.fit.pairs import NoFit
from lichen.fit.reasons import Reason

SOURCE = Source("Register, activities", "We run  a\nfood bank.", 0.6)


def reason(offer: str = "ops.logistics", **more: object) -> Reason:
    numbers = {"severity": 5, "rank": 1, "weight": 0.5, "gap_confidence": 1.0, "offer_confidence": 1.0}
    return Reason("ops.logistics", offer=offer, strength=4, evidence=3, similarity=1.0, **{**numbers, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "given", "told"),
    [
        (True, reason(), "You lack logistics and transport; they have it (4 of 5, a document)."),
        (
            True,
            reason("assets.vehicles"),
            "You lack logistics and transport; they have vehicles and fleet, near it (4 of 5, a document).",
        ),
        (True, reason(offer_suggested=True), "You lack logistics and transport; they seem to have it."),
        (
            True,
            reason(gap_suggested=True),
            "You seem to lack logistics and transport (a guess); they have it (4 of 5, a document).",
        ),
        (False, reason(offer_suggested=True), "They lack logistics and transport; you seem to have it (a guess)."),
        (False, reason(), "They lack logistics and transport; you have it (4 of 5, a document)."),
        (False, reason(gap_suggested=True), "They may lack logistics and transport; you have it (4 of 5, a document)."),
        (
            False,
            reason("assets.vehicles"),
            "They lack logistics and transport; you have vehicles and fleet, near it (4 of 5, a document).",
        ),
    ],
)
def test_reason_is_said_to_one_of_the_two(ours, given, told):
    assert reason_sentence(given, ours=ours) == told


def test_reason_is_said_to_a_third():
    assert link_sentence(reason()) == "logistics and transport (4 of 5, a document)"
    assert (
        link_sentence(reason("assets.vehicles", offer_suggested=True))
        == "logistics and transport, it seems, by vehicles and fleet"
    )
    assert link_sentence(reason(gap_suggested=True)) == "perhaps logistics and transport (4 of 5, a document)"
    assert giver_sentence("Northgate", reason()) == "Northgate (4 of 5, a document)"
    assert (
        giver_sentence("Northgate", reason("assets.vehicles"))
        == "Northgate, by vehicles and fleet (4 of 5, a document)"
    )


@pytest.mark.parametrize(
    ("evidence", "told"), [*enumerate(("self-said", "an example", "a document", "vouched for", "measured"), 1)]
)
def test_every_step_of_evidence_has_words(evidence, told):
    given = Reason("ops.logistics", 5, 1, 0.5, 1.0, "ops.logistics", 4, evidence, 1.0, 1.0)
    assert reason_sentence(given, ours=True).endswith(f"(4 of 5, {told}).")


def test_every_reason_for_no_fit_has_a_sentence_of_its_own():
    told = {no_fit_sentence(why) for why in NoFit}
    assert len(told) == len(NoFit)
    assert min(map(len, told)) > 60, "it says why, and what to try next"


def test_quotation_is_one_line_and_not_endless():
    assert quoted(SOURCE) == "“We run a food bank.” (Register, activities; 60% sure)"
    assert len(quoted(Source("R", "word " * 1000, 0.5))) < 450


def test_record_has_every_number_that_the_score_needs():
    told = reason_record(reason(), "Said.", shows_severity=True)
    effective = told["strength"] / 5 * 0.8 * told["offer_confidence"]
    assert told["met"] == told["similarity"] * effective * told["gap_confidence"]
    assert told["contribution"] == told["weight"] * told["met"]
    assert (told["severity"], told["sentence"]) == (5, "Said.")


def test_record_can_be_without_what_is_the_owners_own():
    told = reason_record(reason(), "Said.", shows_severity=False)
    assert (told["severity"], told["rank"]) == (None, None)


def test_lines_are_one_an_offer_with_its_source_and_what_else_it_helps_with():
    given = [
        reason(offer_source=SOURCE),
        reason("assets.vehicles"),
        Reason("market.access", 3, 2, 0.2, 1.0, "ops.logistics", 4, 3, 1.0, 0.5),
        reason("tech.data_systems"),
    ]
    records = [reason_record(each, f"Said {n}.", shows_severity=True) for n, each in enumerate(given)]
    told = [f"{sign}{words}" for sign, words in reason_lines(records, ("←", "green"), most=2)]
    assert told == ["←Said 0.", quoted(SOURCE), "The same would help with market access.", "←Said 1.", "and 1 more"]
