"""What came to light flows back into the audits, as proposals that their owner decides on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.findings import FindingCode
from lichen.audit.review import review
from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.pilot.proposals import Change, audit_proposals, audit_with_findings
from lichen.pilot.values import HiddenWeakness, Pilot, ProvedOffer
from lichen.scales import Relevance
from tests.cast import churches, churches_audit, hospital_audit, stranger
from tests.core.pilot.fairs import C, H, answered, fairs, reviewed
from tests.strategies import CODES, modest, organisations, steps

NEW = "reach.business_networks"


def saw(
    hospital: tuple[HiddenWeakness | ProvedOffer, ...] = (), churches: tuple[HiddenWeakness | ProvedOffer, ...] = ()
) -> Pilot:
    """The pilot as both reviewed it, each having seen these."""
    return replace(fairs, reviews=(_review(H, hospital), _review(C, churches)))


def _review(by, seen):
    gaps = tuple(each for each in seen if isinstance(each, HiddenWeakness))
    return answered(by, weaknesses=gaps, offers=tuple(each for each in seen if isinstance(each, ProvedOffer)))


def test_gap_that_only_a_partner_saw_bears_the_review_as_its_source():
    [found] = audit_proposals(churches_audit, saw(hospital=(HiddenWeakness(C, NEW, 2, "no list"),)))
    assert (found.change, found.before, found.seen_by) == (Change.GAP_ADDED, None, (H,))
    gap = found.after
    assert (gap.code, gap.severity, gap.words, gap.confirmed, gap.relevance) == (NEW, 2, "", False, Relevance.UNASKED)
    assert (gap.source.name, gap.source.sentence, gap.confidence) == (
        "Review of the pilot Health fairs",
        "no list",
        0.5,
    )


def test_gap_that_its_owner_told_counts_in_full_and_waits_for_a_yes():
    seen = HiddenWeakness(C, NEW, 2, "We know no companies.")
    [found] = audit_proposals(churches_audit, saw(hospital=(HiddenWeakness(C, NEW, 3),), churches=(seen,)))
    gap = found.after
    assert (gap.source, gap.confidence, gap.words, gap.severity, gap.confirmed) == (
        None,
        1.0,
        "We know no companies.",
        3,
        False,
    )
    assert found.seen_by == (H, C)


@pytest.mark.parametrize(("others", "confidence"), [(1, 0.5), (2, 0.75), (3, 0.875)])
def test_each_partner_who_saw_it_halves_the_doubt(others: int, confidence: float):
    ids = tuple(f"p{place}" for place in range(others))
    reviews = (answered(C), *(answered(id, weaknesses=(HiddenWeakness(C, NEW),)) for id in ids))
    [found] = audit_proposals(churches_audit, Pilot("p", (C, *ids), reviews=reviews))
    assert found.after.confidence == confidence


def test_gap_that_is_known_is_raised_and_keeps_all_else():
    before = churches.vulnerabilities[3]
    [found] = audit_proposals(churches_audit, saw(hospital=(HiddenWeakness(C, before.code, 5, "zq"),)))
    assert (found.change, found.before) == (Change.GAP_WORSE, before)
    assert found.after == replace(before, severity=5, confirmed=False)


@pytest.mark.parametrize("severity", [1, 2])
def test_gap_that_is_known_to_be_as_bad_is_no_proposal(severity: int):
    code = churches.vulnerabilities[3].code
    assert churches.vulnerabilities[3].severity == 2
    assert audit_proposals(churches_audit, saw(hospital=(HiddenWeakness(C, code, severity),))) == ()


@pytest.mark.parametrize(
    ("seen", "strength", "evidence", "by"),
    [
        ({"hospital": (ProvedOffer(H, "service.clinical_delivery", 2),)}, 2, 2, (H,)),
        ({"churches": (ProvedOffer(H, "service.clinical_delivery", 3),)}, 3, 4, (C,)),
        (
            {
                "hospital": (ProvedOffer(H, "service.clinical_delivery", 4),),
                "churches": (ProvedOffer(H, "service.clinical_delivery", 1),),
            },
            1,
            4,
            (H, C),
        ),
    ],
    ids=["its owner saw it", "a partner saw it", "both did"],
)
def test_offer_that_proved_weaker_is_lowered_in_strength_and_in_evidence(seen, strength, evidence, by):
    [found] = audit_proposals(hospital_audit, saw(**seen))
    assert (found.change, found.before.strength, found.before.evidence) == (Change.OFFER_LOWERED, 5, 5)
    assert (found.after.strength, found.after.evidence, found.after.confirmed, found.seen_by) == (
        strength,
        evidence,
        False,
        by,
    )
    assert found.after == replace(found.before, strength=strength, evidence=evidence, confirmed=False)


def test_offer_that_proved_as_strong_or_is_not_in_the_audit_is_no_proposal():
    seen = ProvedOffer(C, "assets.venue", 4), ProvedOffer(C, "ops.logistics", 1)
    assert audit_proposals(churches_audit, saw(hospital=seen)) == ()


def test_what_was_seen_of_another_proposes_nothing():
    pilot = saw(hospital=(HiddenWeakness(C, NEW), ProvedOffer(C, "assets.venue", 1)))
    assert audit_proposals(hospital_audit, pilot) == ()
    assert audit_proposals(Audit(stranger), pilot) == ()


def test_pilot_without_a_surprise_leaves_the_audit_as_it_is():
    assert audit_with_findings(churches_audit, reviewed) == churches_audit


def test_audit_with_findings_asks_its_owner_about_each():
    before = churches_audit.organisation
    changed = audit_with_findings(
        churches_audit, saw(hospital=(HiddenWeakness(C, NEW, 4), ProvedOffer(C, "assets.venue", 2)))
    )
    asked = [(each.item, each.figures["sense"]) for each in review(changed) if each.code is FindingCode.UNCONFIRMED]
    assert asked == [(NEW, "gap"), ("assets.venue", "strength")]
    assert churches_audit.organisation == before
    assert replace(changed, organisation=before) == churches_audit


@given(
    organisations(C),
    st.lists(st.builds(HiddenWeakness, st.sampled_from((H, C)), st.sampled_from(CODES), steps), max_size=4),
    st.lists(st.builds(ProvedOffer, st.sampled_from((H, C)), st.sampled_from(CODES), steps), max_size=4),
    st.sampled_from((H, C)),
)
@modest
def test_findings_only_ever_make_an_audit_humbler_and_once(
    organisation: Organisation, gaps: list[HiddenWeakness], offers: list[ProvedOffer], by: str
):
    reviews = tuple(
        answered(each, weaknesses=tuple(gaps) if each == by else (), offers=tuple(offers) if each == by else ())
        for each in (H, C)
    )
    audit, pilot = Audit(organisation), replace(fairs, reviews=reviews)
    changed = audit_with_findings(audit, pilot)
    assert audit_proposals(changed, pilot) == ()
    pairs = zip(organisation.vulnerabilities, changed.organisation.vulnerabilities, strict=False)
    assert all(old.severity <= new.severity and old.code == new.code for old, new in pairs)
    added: tuple[Vulnerability, ...] = changed.organisation.vulnerabilities[len(organisation.vulnerabilities) :]
    assert {gap.code for gap in added} == {each.code for each in gaps if each.partner == C} - {
        gap.code for gap in organisation.vulnerabilities
    }
    assert len(changed.organisation.offers) == len(organisation.offers)
    both = zip(organisation.offers, changed.organisation.offers, strict=True)
    assert all(old.strength >= new.strength and old.evidence >= new.evidence for old, new in both)
