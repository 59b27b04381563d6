"""What stands between the charter and its signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lichen.audit.findings import Weight
from lichen.charter.agreement.readiness import ReadinessCode, ReadinessFinding, is_ready_to_sign, ready_to_sign
from lichen.charter.agreement.terms import DataSharing, Duty, SectionName, Signature
from lichen.charter.clause.renegotiation import renegotiation_state
from lichen.charter.clause.values import ClauseTerms, Ground, Renegotiation
from lichen.charter.threat import SharedThreat, threat_state
from tests.core.charter.drafted import CHARTER, ON, PARTNERS, C, H, drafted, with_terms


def test_charter_with_everything_agreed_is_ready():
    assert ready_to_sign(drafted()) == ()
    assert is_ready_to_sign(())


def test_blank_stops_only_in_a_section_that_binds():
    [blank] = ready_to_sign(drafted(with_terms(scope="")))
    assert (blank.code, blank.section, blank.weight, len(blank.blanks)) == (
        ReadinessCode.BLANK,
        SectionName.PURPOSE,
        Weight.MEND,
        1,
    )
    assert is_ready_to_sign([blank])
    [blank] = ready_to_sign(drafted(with_terms(data_sharing=DataSharing(shared=True))))
    assert (blank.code, blank.section, blank.weight, len(blank.blanks)) == (
        ReadinessCode.BLANK_IN_BINDING,
        SectionName.DATA_SHARING_ANNEX,
        Weight.STOP,
        12,
    )
    assert not is_ready_to_sign([blank])


def test_section_that_was_made_binding_stops_too():
    [blank] = ready_to_sign(drafted(with_terms(scope="", binding=(SectionName.PURPOSE,))))
    assert blank.weight is Weight.STOP


def test_material_fact_that_is_owed_comes_first_and_is_not_named():
    found = ready_to_sign(drafted(with_terms(scope="")), material_due=[(H, C), (H, C)])
    assert found[0] == ReadinessFinding(ReadinessCode.MATERIAL_FACT_DUE, party=H, other=C)
    assert [each.weight for each in found] == [Weight.STOP, Weight.MEND]


def test_too_few_parties_stop():
    assert ReadinessCode.FEW_PARTIES in [each.code for each in ready_to_sign(drafted(partners=PARTNERS[:1]))]


def test_repeated_confidence_stops_and_its_name_is_looked_at():
    words = PARTNERS[0].organisation.vulnerabilities[2].words
    repeated = ready_to_sign(drafted(with_terms(duties=(Duty(C, words, "all"), CHARTER.terms.duties[0]))))
    assert [(each.code, each.section) for each in repeated] == [
        (ReadinessCode.CONFIDENCE_REPEATED, SectionName.ROLES),
        (ReadinessCode.BLANK, SectionName.ROLES),
    ]
    named = ready_to_sign(drafted(with_terms(scope="community venue for all")))
    assert [(each.code, each.weight) for each in named] == [(ReadinessCode.WEAKNESS_NAMED, Weight.LOOK)]


def test_what_stands_around_the_text_is_told():
    threat = SharedThreat("the clinic closes", date(2026, 1, 1))
    asked = [
        Renegotiation(C, Ground.CAPACITY_DOWN, date(2026, 11, 1)),
        Renegotiation(H, Ground.CAPACITY_UP, date(2026, 11, 1), withdrawn_on=date(2026, 11, 2)),
    ]
    found = ready_to_sign(
        drafted(replace(CHARTER, signatures=(Signature(H, "a" * 64, date(2026, 11, 1)),))),
        successes_missing=2,
        threats=[threat_state(threat, on=ON, two_way_exchange=False)],
        requests=[renegotiation_state(each, ClauseTerms(), ON) for each in asked],
    )
    assert [(each.code, each.party, each.missing) for each in found] == [
        (ReadinessCode.GATE_CLOSED, "", 2),
        (ReadinessCode.THREAT_FADED, "", 0),
        (ReadinessCode.RENEGOTIATION_OPEN, C, 0),
        (ReadinessCode.SIGNATURE_OUTDATED, H, 0),
    ]
    assert is_ready_to_sign(found)
