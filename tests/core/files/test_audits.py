from __future__ import annotations

from dataclasses import replace

import pytest

from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Vulnerability
from lichen.capabilities.recognise import Match
from lichen.errors import InputError
from lichen.files.audits import audit_of, draft_of, id_of
from lichen.files.draft import Draft, Reading, Row
from lichen.files.reading import read_audit_text
from tests.cast import hospital_audit


def gap_of(text: str) -> Vulnerability:
    return read_audit_text(f"organisation: {{name: x}}\nvulnerabilities: [{{{text}}}]").organisation.vulnerabilities[0]


def test_audit_of_is_the_inverse_of_draft_of():
    reading = Reading("")

    assert audit_of(draft_of(hospital_audit), reading) == hospital_audit
    assert reading.problems == []


def test_draft_of_leaves_out_what_is_the_default():
    draft = draft_of(Audit(Organisation("x", "X", vulnerabilities=(Vulnerability("ops.logistics"),))))

    assert draft.head.cells == {"id": "x", "name": "X", "sector": "other"}
    assert draft.vulnerabilities[0].cells == {"code": "ops.logistics", "severity": 3}


def test_an_empty_answer_means_the_default():
    audit = audit_of(Draft(Row({"name": "X", "hours": " ", "sector": "", "size": None, "audited_on": ""})), Reading(""))

    assert audit == Audit(Organisation("x", "X"), Readiness(), Opening(), None)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("St Brigid's Hospital", "st-brigid-s-hospital"),
        ("  Ærø & Co.  ", "ærø-co"),
        ("日本赤十字社", "日本赤十字社"),
        ("!!!", "!!!"),
    ],
)
def test_an_organisation_without_an_id_gets_one_from_its_name(name: str, made: str):
    assert id_of({"name": name}) == made


def test_a_code_that_was_split_becomes_its_first_successor_and_is_unconfirmed():
    gap = gap_of("code: service.basic_needs, severity: 4, confirmed: true")

    assert (gap.code, gap.severity, gap.confirmed) == ("service.hardship_relief", 4, False)


def test_a_code_that_was_renamed_or_merged_is_replaced_silently(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "lichen.files.audits.successors", lambda code: {"old.name": ("ops.logistics",)}.get(code, (code,))
    )

    assert (gap_of("code: old.name").code, gap_of("code: old.name").confirmed) == ("ops.logistics", True)
    assert gap_of("code: old.name, confirmed: no").confirmed is False


@pytest.mark.parametrize(
    "text", ["Logistics and transport", "logistics  AND transport", "ops.logistics", "OPS.LOGISTICS"]
)
def test_a_capability_is_given_by_its_label_or_its_code(text: str):
    gap = gap_of(f"code: '{text}'")

    assert (gap.code, gap.confirmed) == ("ops.logistics", True)


def test_a_capability_left_out_is_recognised_in_the_words_and_unconfirmed():
    gap = gap_of("words: We have nobody who can write grant bids.")

    assert (gap.code, gap.words, gap.confirmed) == (
        "funding.grant_seeking",
        "We have nobody who can write grant bids.",
        False,
    )


def test_an_offer_without_a_capability_is_recognised_too():
    audit = read_audit_text(
        "organisation: {name: x}\noffers: [{words: Our grant writers win most of what they apply for.}]"
    )

    assert (audit.organisation.offers[0].code, audit.organisation.offers[0].confirmed) == (
        "funding.grant_seeking",
        False,
    )


def test_words_that_name_no_capability_are_an_item_without_a_code():
    gap = gap_of("words: Xyzzy plugh., severity: 4, confirmed: yes")

    assert gap == Vulnerability("", 4, words="Xyzzy plugh.", confirmed=False)


def test_a_capability_that_is_hardly_recognised_is_left_to_be_picked(monkeypatch: pytest.MonkeyPatch):
    hardly = Match("ops.logistics", "gap", 0.32, "van")
    monkeypatch.setattr("lichen.files.audits.recognise", lambda _words, named: (hardly,))
    assert gap_of("words: Something about a van.").code == ""

    monkeypatch.setattr("lichen.files.audits.recognise", lambda _words, named: (replace(hardly, score=0.33),))
    assert gap_of("words: Something about a van.").code == "ops.logistics"


def test_a_slip_in_a_capability_is_mended_and_unconfirmed():
    gap = gap_of("code: Logistcs and transport, words: Xyzzy plugh.")

    assert (gap.code, gap.words, gap.confirmed) == ("ops.logistics", "Xyzzy plugh.", False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code: Parking", "Parking"),
        ("code: Parking, words: Xyzzy plugh.", "Parking: Xyzzy plugh."),
        ("code: Parking, words: ' '", "Parking"),
    ],
)
def test_what_is_no_capability_of_the_list_counts_as_more_words(text: str, words: str):
    gap = gap_of(text)

    assert (gap.code, gap.words, gap.confirmed) == ("", words, False)


def test_an_item_without_a_code_is_written_so_that_whoever_picks_one_confirms_it():
    draft = draft_of(Audit(Organisation("x", "X", offers=(Offer("", words="Xyzzy plugh.", confirmed=False),))))

    assert draft.offers[0].cells == {"words": "Xyzzy plugh.", "strength": 3, "evidence": 1}


def test_an_item_without_words_and_capability_is_a_problem():
    with pytest.raises(InputError, match="no words and no capability"):
        gap_of("severity: 5")


def test_recognition_is_bounded_by_the_characters_of_a_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lichen.files.draft._GUESSED", 50)
    words = "We have nobody who can write grant bids."
    audit = read_audit_text(f"organisation: {{name: x}}\nvulnerabilities: [{{words: {words}}}, {{words: {words}}}]")

    assert [gap.code for gap in audit.organisation.vulnerabilities] == ["funding.grant_seeking", ""]


def test_an_audit_that_was_never_dated_differs_from_a_dated_one_only_in_the_date():
    draft = draft_of(hospital_audit)
    cells = {name: cell for name, cell in draft.head.cells.items() if name != "audited_on"}

    assert audit_of(replace(draft, head=Row(cells)), Reading("")) == replace(hospital_audit, audited_on=None)
