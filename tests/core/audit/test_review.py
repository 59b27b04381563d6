from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.audit.findings import WEIGHTS, Figure, Finding, FindingCode, ReviewRules, Weight
from lichen.audit.review import review
from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Relevance, Sensitivity
from tests.cast import everyone, hospital_audit

READY = Readiness(leadership_aligned=True, hours=2.0)
ASKED = Opening("Parking.", "The roof.")
CODES = ("ops.logistics", "market.access", "people.languages", "assets.venue", "knowledge.local")
GAPS = tuple(Vulnerability(code, 3, rank, relevance=Relevance.YES) for rank, code in enumerate(CODES, start=1))
OFFERS = (Offer("trust.community", 4, 2), Offer("reach.events", 3, 3))


def audit(gaps: tuple[Vulnerability, ...] = GAPS, offers: tuple[Offer, ...] = OFFERS, **more: object) -> Audit:
    organisation = Organisation("x", "X", vulnerabilities=gaps, offers=offers)
    return Audit(organisation, **{"readiness": READY, "opening": ASKED, **more})  # type: ignore[arg-type]


def with_gap(place: int, **changes: object) -> Audit:
    """A fault in one gap only, the place counted from 1."""
    changed = replace(GAPS[place - 1], **changes)  # type: ignore[arg-type]
    return audit((*GAPS[: place - 1], changed, *GAPS[place:]))


def with_offer(place: int, **changes: object) -> Audit:
    changed = replace(OFFERS[place - 1], **changes)  # type: ignore[arg-type]
    return audit(offers=(*OFFERS[: place - 1], changed, *OFFERS[place:]))


def found(audit: Audit, asked: ReviewRules | None = None) -> list[tuple[str, str, dict[str, Figure]]]:
    return [(finding.code.value, finding.item, dict(finding.figures)) for finding in review(audit, asked=asked)]


def test_review_finds_nothing_in_a_sound_audit():
    assert review(audit()) == ()


@pytest.mark.parametrize(
    ("faulty", "code", "item", "figures"),
    [
        (audit(GAPS[:4]), "few_vulnerabilities", "", {"count": 4, "wanted": 5}),
        (audit(offers=()), "no_offers", "", {}),
        (with_gap(2, rank=None), "rank_missing", "", {"places": (2,), "of": 5}),
        (with_gap(5, rank=4), "rank_doubled", "", {"rank": 4, "places": (4, 5)}),
        (with_gap(5, rank=6), "rank_skipped", "", {"ranks": (5,)}),
        (with_gap(5, rank=10**9), "rank_skipped", "", {"ranks": (5,)}),
        (
            with_gap(3, code="people.language"),
            "unknown_code",
            "",
            {
                "sense": "gap",
                "place": 3,
                "nearest": ("people.languages", "people.wellbeing", "people.employee_engagement"),
            },
        ),
        (
            with_offer(2, code="service.basic_needs"),
            "superseded_code",
            "service.basic_needs",
            {"sense": "strength", "place": 2, "successors": ("service.hardship_relief", "service.housing")},
        ),
        (
            with_offer(1, code="ops.logistics"),
            "gap_and_strength",
            "ops.logistics",
            {"severity": 3, "strength": 4},
        ),
        (audit((*GAPS, replace(GAPS[0], rank=6))), "gap_doubled", "ops.logistics", {"places": (1, 6)}),
        (audit(offers=(*OFFERS, OFFERS[1])), "offer_doubled", "reach.events", {"places": (2, 3)}),
        (with_offer(1, evidence=1), "overclaiming", "", {"places": (1,), "of": 2, "most": 0.3}),
        (
            audit(offers=(Offer("reach.media"), *OFFERS, Offer("market.sales", 2, 5))),
            "evidence_missing",
            "",
            {"places": (1,), "of": 4},
        ),
        (with_gap(4, relevance=Relevance.UNASKED), "relevance_unasked", "", {"places": (4,), "of": 5}),
        (
            audit(tuple(replace(gap, relevance=Relevance.NO) for gap in GAPS)),
            "nothing_relevant",
            "",
            {"of": 5},
        ),
        (with_gap(1, sensitivity=Sensitivity.HIGH), "share_late", "ops.logistics", {"place": 1}),
        (with_gap(5, code="governance.board"), "share_late", "governance.board", {"place": 5}),
        (
            with_gap(5, code="funding.solvency"),
            "material_fact",
            "funding.solvency",
            {"place": 5, "severity": 3},
        ),
        (audit(readiness=replace(READY, leadership_aligned=False)), "leadership_not_aligned", "", {}),
        (audit(readiness=replace(READY, leadership_aligned=None)), "leadership_unsaid", "", {}),
        (audit(readiness=replace(READY, hours=1.5)), "hours_short", "", {"hours": 1.5, "wanted": 2.0}),
        (audit(readiness=replace(READY, hours=None)), "hours_unsaid", "", {"wanted": 2.0}),
        (audit(opening=Opening(" ", "The roof.")), "opening_unanswered", "", {"fields": ("worst_at",)}),
        (
            with_gap(2, words="Ask Margaret or ring 07700 900123."),
            "person_named",
            "market.access",
            {"where": "gap", "field": "words", "place": 2, "kinds": ("given name", "telephone number")},
        ),
        (
            with_offer(2, spare="whenever Margaret can"),
            "person_named",
            "reach.events",
            {"where": "offer", "field": "spare", "place": 2, "kinds": ("given name",)},
        ),
        (
            audit(opening=Opening("Parking.", "That Margaret leaves.")),
            "person_named",
            "",
            {"where": "opening", "field": "awake_at_night", "place": 0, "kinds": ("given name",)},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "_" in value else "",
)
def test_review_finds_one_fault_and_nothing_else(faulty: Audit, code: str, item: str, figures: dict[str, Figure]):
    assert found(faulty) == [(code, item, figures)]


def test_review_tells_every_fault_at_once_heaviest_first():
    bare = Audit(
        Organisation("x", "X", vulnerabilities=(Vulnerability("ops.logistics"), Vulnerability("ops.logistics")))
    )

    findings = review(bare)

    assert [finding.code for finding in findings] == [
        FindingCode.FEW_VULNERABILITIES,
        FindingCode.NO_OFFERS,
        FindingCode.OPENING_UNANSWERED,
        FindingCode.GAP_DOUBLED,
        FindingCode.RANK_MISSING,
        FindingCode.RELEVANCE_UNASKED,
        FindingCode.LEADERSHIP_UNSAID,
        FindingCode.HOURS_UNSAID,
    ]
    assert [finding.weight for finding in findings] == [Weight.STOP] * 2 + [Weight.MEND] * 5 + [Weight.LOOK]


def test_review_asks_what_it_is_told_to_ask():
    lenient = ReviewRules(vulnerabilities=2, hours=1.0, unevidenced=1.0)
    small = audit(GAPS[:2], (Offer("reach.media"),), readiness=replace(READY, hours=1.0))

    assert found(small, lenient) == [("evidence_missing", "", {"places": (1,), "of": 1})]


def test_review_does_not_miss_the_ranks_that_a_tie_took_up():
    tied = audit(tuple(replace(gap, rank=rank) for gap, rank in zip(GAPS, (1, 2, 2, 4, 5), strict=True)))

    assert found(tied) == [("rank_doubled", "", {"rank": 2, "places": (2, 3)})]


def test_review_never_bears_what_stands_where_a_code_should():
    confession = "we are broke and Margaret knows"
    wrong = audit((*GAPS, Vulnerability(confession, 3, 6), Vulnerability(confession, 3, 7)))

    assert all(confession not in (item, *map(str, figures.values())) for _, item, figures in found(wrong))
    assert [code for code, _, _ in found(wrong)].count("unknown_code") == 2


def test_review_asks_to_pick_a_capability_where_none_was_recognised():
    lost = Vulnerability("", 3, 6, relevance=Relevance.YES, words="Something about counselling.", confirmed=False)
    figures = {"sense": "gap", "place": 6, "nearest": ("service.mental_health",)}

    assert found(audit((*GAPS, lost))) == [("unrecognised", "", figures)]


def test_review_counts_every_gap_without_a_code_and_calls_none_of_them_doubled():
    lost = replace(GAPS[4], code="", words="Xyzzy plugh.", confirmed=False)
    offers = (*OFFERS, Offer("", 3, 3, words="Xyzzy plugh.", confirmed=False))

    told = found(audit((*GAPS[:3], replace(lost, rank=4), lost), offers))

    assert [(code, figures["sense"], figures["place"], figures["nearest"]) for code, _, figures in told] == [
        ("unrecognised", "gap", 4, ()),
        ("unrecognised", "gap", 5, ()),
        ("unrecognised", "strength", 3, ()),
    ]


def phrase(code: str, sense: str) -> str:
    capability = taxonomy().capabilities[code]
    return (capability.as_gap if sense == "gap" else capability.as_strength)[0]


def test_review_asks_for_the_code_that_was_only_recognised():
    words = phrase("ops.logistics", "gap")
    guessed = with_gap(2, words=words, confirmed=False)

    assert [(code, item, figures["place"]) for code, item, figures in found(guessed)] == [
        ("unconfirmed", "market.access", 2)
    ]
    alternatives = review(guessed)[0].figures["alternatives"]
    assert isinstance(alternatives, tuple)
    assert alternatives[0] == "ops.logistics"
    assert len(alternatives) <= 3


def test_review_has_no_alternatives_for_a_code_without_words():
    assert found(with_gap(2, confirmed=False)) == [
        ("unconfirmed", "market.access", {"sense": "gap", "place": 2, "alternatives": ()})
    ]


def test_review_doubts_a_code_that_the_words_contradict():
    findings = found(with_gap(1, words=phrase("people.languages", "gap")))

    assert [(code, item, figures["suggested"]) for code, item, figures in findings] == [
        ("other_capability", "ops.logistics", "people.languages")
    ]


@pytest.mark.parametrize(
    ("faulty", "sense"),
    [
        (with_gap(1, words=phrase("ops.logistics", "strength")), "gap"),
        (with_offer(1, words=phrase("trust.community", "gap")), "strength"),
    ],
    ids=["a strength among the gaps", "a gap among the offers"],
)
def test_review_doubts_the_sense_that_the_words_contradict(faulty: Audit, sense: str):
    assert [(code, figures["sense"]) for code, _, figures in found(faulty)] == [("other_sense", sense)]


@pytest.mark.parametrize("words", [phrase("ops.logistics", "gap"), "It rained.", ""])
def test_review_does_not_doubt_words_that_fit_or_say_nothing(words: str):
    assert review(with_gap(1, words=words)) == ()


def test_review_doubts_nothing_that_the_cast_says():
    for organisation in everyone:
        codes = {code for code, _, _ in found(Audit(organisation))}
        assert codes & {"other_sense", "other_capability", "person_named", "gap_and_strength", "unknown_code"} == set()


def test_review_of_the_hospital_is_a_reminder_to_share_one_gap_late():
    assert found(hospital_audit) == [("share_late", "people.wellbeing", {"place": 6})]


def test_review_weighs_every_code():
    assert set(WEIGHTS) == set(FindingCode)
    assert {finding.weight for finding in map(Finding, FindingCode)} == set(Weight)


vulnerabilities = st.builds(
    Vulnerability,
    code=st.sampled_from([*CODES, "", "no such code", "service.basic_needs", "funding.solvency"]),
    severity=st.integers(1, 5),
    rank=st.one_of(st.none(), st.integers(1, 9)),
    relevance=st.sampled_from(Relevance),
    confirmed=st.booleans(),
)
offers = st.builds(
    Offer, code=st.sampled_from([*CODES, "reach.events"]), strength=st.integers(1, 5), evidence=st.integers(1, 5)
)


@settings(max_examples=50)
@given(st.lists(vulnerabilities, max_size=8), st.lists(offers, max_size=4))
def test_review_takes_any_audit_and_points_only_to_what_is_there(gaps: list[Vulnerability], given: list[Offer]):
    findings = review(audit(tuple(gaps), tuple(given)))

    known = {*CODES, "service.basic_needs", "funding.solvency", "reach.events", ""}
    assert {finding.item for finding in findings} <= known
    for finding in findings:
        pointed = (finding.figures.get("place", 1), *finding.figures.get("places", ()))  # type: ignore[misc]
        assert all(1 <= place <= max(len(gaps), len(given), 1) for place in pointed)
    assert [finding.weight for finding in findings] == sorted((f.weight for f in findings), key=[*Weight].index)
