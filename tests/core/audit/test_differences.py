"""What would change between two audits, and adding without taking away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lichen.audit.differences import added_to, differences, known_by
from lichen.audit.values import Audit, Offer, Opening, Readiness, Vulnerability
from tests.cast import churches_audit, hospital_audit

VENUE, WORDS = Vulnerability("assets.venue", 4, 1), Vulnerability("", words="Nobody knows what this is.")


def having(audit: Audit, *gaps: Vulnerability, offers: tuple[Offer, ...] = ()) -> Audit:
    return replace(audit, organisation=replace(audit.organisation, vulnerabilities=gaps, offers=offers))


def kinds(before: Audit, after: Audit) -> list[tuple[str, str]]:
    return [(each.of, each.kind) for each in differences(before, after)]


def test_audit_differs_in_nothing_from_itself():
    assert {kind for _of, kind in kinds(hospital_audit, hospital_audit)} == {"same"}


def test_gaps_are_known_by_code_and_without_one_by_their_words():
    assert (known_by(VENUE), known_by(WORDS)) == (("assets.venue", ""), ("", WORDS.words))


def test_what_is_new_changed_the_same_and_gone_is_told_apart():
    before = having(hospital_audit, VENUE, WORDS, Vulnerability("ops.logistics"), offers=(Offer("people.volunteers"),))
    after = having(hospital_audit, replace(VENUE, severity=5, rank=2), WORDS, Vulnerability("trust.underserved"))
    assert kinds(before, after) == [
        ("gap", "changed"),
        ("gap", "same"),
        ("gap", "added"),
        ("gap", "removed"),
        ("offer", "removed"),
    ]
    assert differences(before, after)[0].changed == ("severity", "rank")


def test_adding_takes_nothing_away():
    both = added_to(hospital_audit, churches_audit)
    assert "removed" not in {kind for _of, kind in kinds(hospital_audit, both)}
    assert both.organisation.id == hospital_audit.organisation.id
    assert added_to(both, churches_audit) == both


def test_adding_an_audit_to_itself_changes_nothing():
    assert added_to(hospital_audit, hospital_audit) == hospital_audit


def test_answers_stand_where_the_other_has_none():
    own = Audit(hospital_audit.organisation, Readiness(True, 2, 5), Opening("this", "that"), date(2026, 1, 2))
    other = Audit(hospital_audit.organisation, Readiness(hours=3), Opening(awake_at_night="else"))
    both = added_to(own, other)
    assert (both.readiness, both.opening) == (Readiness(True, 3, 5), Opening("this", "else"))
    assert both.audited_on == own.audited_on


def test_table_with_few_columns_changes_those_alone():
    own = having(hospital_audit, replace(VENUE, core=True, words="Ours."))
    other = having(hospital_audit, Vulnerability("assets.venue", 2, words="Theirs."))
    [gap] = added_to(own, other, only={"severity"}).organisation.vulnerabilities
    assert gap == replace(VENUE, severity=2, core=True, words="Ours.")


def test_what_stands_twice_in_the_same_words_stays_twice():
    own = having(hospital_audit, WORDS, WORDS)
    assert kinds(own, own) == [("gap", "same"), ("gap", "same")]
    assert added_to(own, having(hospital_audit, WORDS)) == own
