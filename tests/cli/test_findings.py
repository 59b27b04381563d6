from __future__ import annotations

import pytest

from lichen.audit.findings import Figure, Finding, FindingCode
from lichen.cli.findings import finding_sentence

PLACES: dict[str, Figure] = {"places": (2, 4, 5), "of": 5}
A_GAP: dict[str, Figure] = {"sense": "gap", "place": 2}
AN_OFFER: dict[str, Figure] = {"sense": "strength", "place": 1}
FIGURES: dict[FindingCode, dict[str, Figure]] = {
    FindingCode.FEW_VULNERABILITIES: {"count": 3, "wanted": 5},
    FindingCode.NO_OFFERS: {},
    FindingCode.UNKNOWN_CODE: {**A_GAP, "nearest": ("ops.logistics", "ops.scaling", "ops.quality")},
    FindingCode.UNRECOGNISED: {**A_GAP, "nearest": ("ops.logistics",)},
    FindingCode.LEADERSHIP_NOT_ALIGNED: {},
    FindingCode.NOTHING_RELEVANT: {"of": 5},
    FindingCode.SUPERSEDED_CODE: {**A_GAP, "successors": ("service.hardship_relief", "service.housing")},
    FindingCode.GAP_DOUBLED: {"places": (1, 2)},
    FindingCode.OFFER_DOUBLED: {"places": (1, 2)},
    FindingCode.GAP_AND_STRENGTH: {"severity": 4, "strength": 3},
    FindingCode.RANK_MISSING: PLACES,
    FindingCode.RANK_DOUBLED: {"rank": 2, "places": (2, 3)},
    FindingCode.RANK_SKIPPED: {"ranks": (4,)},
    FindingCode.RELEVANCE_UNASKED: PLACES,
    FindingCode.OVERCLAIMING: {**PLACES, "most": 0.3},
    FindingCode.EVIDENCE_MISSING: PLACES,
    FindingCode.PERSON_NAMED: {"where": "gap", "field": "words", "place": 2, "kinds": ("title",)},
    FindingCode.UNCONFIRMED: {**A_GAP, "alternatives": ("ops.logistics",)},
    FindingCode.OTHER_SENSE: {**A_GAP, "suggested": "ops.logistics", "score": 0.9},
    FindingCode.OTHER_CAPABILITY: {**A_GAP, "suggested": "ops.logistics", "score": 0.9},
    FindingCode.OPENING_UNANSWERED: {"fields": ("worst_at", "awake_at_night")},
    FindingCode.LEADERSHIP_UNSAID: {},
    FindingCode.HOURS_SHORT: {"hours": 1.5, "wanted": 2.0},
    FindingCode.HOURS_UNSAID: {"wanted": 2.0},
    FindingCode.SHARE_LATE: {"place": 2},
    FindingCode.MATERIAL_FACT: {"place": 2, "severity": 4},
}


@pytest.mark.parametrize("code", FindingCode)
@pytest.mark.parametrize("item", ["", "trust.community"])
def test_finding_sentence_is_there_for_every_code(code: FindingCode, item: str):
    sentence = finding_sentence(Finding(code, item, FIGURES[code]))

    assert sentence.endswith((".", "?"))
    assert "{" not in sentence
    assert "  " not in sentence


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (
            Finding(FindingCode.RANK_MISSING, "", PLACES),
            "The 2nd, 4th and 5th gaps in your list have no rank."
            " Put the gaps in order of how much outside help they need.",
        ),
        (
            Finding(FindingCode.RANK_MISSING, "", {"places": (2,), "of": 5}),
            "The 2nd gap in your list has no rank. Put the gaps in order of how much outside help they need.",
        ),
        (
            Finding(FindingCode.FEW_VULNERABILITIES, "", {"count": 0, "wanted": 5}),
            "No gap is listed yet. List at least 5, beginning with what you are worst at.",
        ),
        (
            Finding(FindingCode.SUPERSEDED_CODE, "a.b", {**AN_OFFER, "successors": ("ops.logistics",)}),
            "The code of the 1st offer in your list has changed since;"
            " write logistics and transport (ops.logistics) instead.",
        ),
        (
            Finding(FindingCode.UNCONFIRMED, "ops.logistics", {**AN_OFFER, "alternatives": ()}),
            "Lichen took the words of the 1st offer in your list to mean logistics and transport (ops.logistics)."
            " Confirm it, or choose another.",
        ),
        (
            Finding(FindingCode.UNRECOGNISED, "", {**A_GAP, "nearest": ()}),
            "No capability was recognised in the 2nd gap in your list: pick one in the column Capability.",
        ),
        (
            Finding(FindingCode.OTHER_SENSE, "ops.logistics", {**AN_OFFER, "suggested": "", "score": 1.0}),
            "The 1st offer in your list (logistics and transport) reads like something you lack."
            " If so, move it to the gaps.",
        ),
        (
            Finding(FindingCode.PERSON_NAMED, "", {"where": "opening", "field": "worst_at", "place": 0, "kinds": ()}),
            "An answer to the opening questions seems to tell who a person is. Say what is missing, not who.",
        ),
        (
            Finding(FindingCode.PERSON_NAMED, "", {"where": "offer", "field": "spare", "place": 3, "kinds": ()}),
            "The words of the 3rd offer in your list seem to tell who a person is."
            " Say what you can give, not who gives it.",
        ),
        (
            Finding(FindingCode.OPENING_UNANSWERED, "", {"fields": ("awake_at_night",)}),
            "Begin with what opens an audit: What keeps you up at night?",
        ),
    ],
)
def test_finding_sentence_says_what_to_do_next(finding: Finding, sentence: str):
    assert finding_sentence(finding) == sentence
