"""Two versions compared: what changed, who signs again, and whose signature goes on counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.values import Audit
from lichen.charter.agreement.changes import LineChange, agreement_changes, signing_again, veto_scopes_changed
from lichen.charter.agreement.checks import agreement_problems
from lichen.charter.agreement.terms import (
    BudgetLine,
    Contact,
    Credit,
    Duty,
    IntellectualProperty,
    Officer,
    Resource,
    ResourceKind,
    SectionName,
    Signature,
    Version,
)
from lichen.charter.clause.values import MinimumDuty
from lichen.charter.values import Charter
from lichen.charter.votes.values import Exposure, VotingRule
from lichen.errors import InputError
from tests.cast import meadow
from tests.core.charter.drafted import CHARTER, LEDGER, ON, PARTNERS, TERMS, C, H, drafted, with_terms
from tests.strategies import modest

BEFORE = drafted()


def again(charter: Charter = CHARTER, **changes: Any) -> dict[str, tuple[SectionName, ...]]:
    return dict(signing_again(BEFORE, drafted(charter, **changes)).sections)


def both(*names: SectionName) -> dict[str, tuple[SectionName, ...]]:
    return {H: names, C: names}


def with_clause(**changes: Any) -> Charter:
    return replace(CHARTER, clause=replace(CHARTER.clause, terms=replace(CHARTER.clause.terms, **changes)))


def test_same_version_has_no_change_and_nobody_signs():
    assert agreement_changes(BEFORE, drafted()) == ()
    assert signing_again(BEFORE, drafted()).unaffected == (H, C)


DUTIES, RESOURCES = TERMS.duties, TERMS.resources


@pytest.mark.parametrize(
    ("charter", "signs"),
    [
        # duties, money, risks: whose they are
        (with_terms(duties=(Duty(H, "runs everything", "Dr Ada Cole"), DUTIES[1])), {H: (SectionName.ROLES,)}),
        (with_terms(duties=(*DUTIES, Duty(C, "makes tea", "Ruth"))), {C: (SectionName.ROLES,)}),
        (
            with_terms(resources=(*RESOURCES[:2], Resource(C, ResourceKind.IN_KIND, "one hall"))),
            {C: (SectionName.RESOURCES,)},
        ),
        (
            with_terms(budget=(BudgetLine("leaflets", 500, H), BudgetLine("tea", 250.5, H))),
            both(SectionName.BUDGET_ANNEX),
        ),
        (replace(CHARTER, exposures=(CHARTER.exposures[0], Exposure(C, 2, 2, "less"))), {C: (SectionName.RISKS,)}),
        (with_terms(credits=(Credit(H, "tests"), TERMS.credits[1])), {H: (SectionName.PUBLICITY,)}),
        (
            with_clause(minimum_duties=(MinimumDuty(H, "nothing"), CHARTER.clause.terms.minimum_duties[1])),
            {H: (SectionName.VULNERABILITY_CLAUSE,)},
        ),
        # rights of all: everybody
        (with_terms(leaving_days=30), both(SectionName.MEMBERSHIP)),
        (with_clause(capacity_percent=30), both(SectionName.VULNERABILITY_CLAUSE)),
        (
            replace(CHARTER, rule=VotingRule(vetoes_in_a_year=9, delegates=CHARTER.rule.delegates)),
            both(SectionName.VETOES),
        ),  # type: ignore[union-attr]
        (
            with_terms(intellectual_property=IntellectualProperty(brought="nothing")),
            both(SectionName.INTELLECTUAL_PROPERTY_ANNEX),
        ),
        (with_terms(binding=(SectionName.ROLES,)), both(SectionName.ROLES, SectionName.BINDING)),
        # intentions, people and contacts: nobody
        (with_terms(background="Four fairs"), {}),
        (with_terms(goals=("400 people",)), {}),
        (with_terms(officers=(Officer("chair", "Somebody Else", C),)), {}),
        (with_terms(contacts=(Contact(H, "New Person", is_liaison=True), TERMS.contacts[1])), {}),
        (replace(CHARTER, rule=replace(CHARTER.rule, delegates=())), {}),  # type: ignore[type-var]
    ],
)
def test_party_signs_again_when_what_is_its_own_changes_and_all_when_what_binds_all_does(
    charter: Charter, signs: dict[str, tuple[SectionName, ...]]
):
    assert again(charter) == signs


def test_both_sides_of_a_promise_sign_when_it_changes():
    more = replace(LEDGER, commitments=(replace(LEDGER.commitments[0], amount=40), *LEDGER.commitments[1:]))
    assert again(ledger=more) == both(SectionName.SCHEDULE_ANNEX)


def test_newcomer_signs_and_so_does_everybody_else():
    found = again(partners=(*PARTNERS, Audit(meadow)))
    assert set(found) == {H, C, meadow.id}
    assert SectionName.PARTIES in found[H]


def test_party_whose_vetoes_changed_signs_although_no_text_shows_it():
    gaps = PARTNERS[1].organisation.vulnerabilities
    widened = replace(
        PARTNERS[1],
        organisation=replace(PARTNERS[1].organisation, vulnerabilities=(*gaps[:1], replace(gaps[1], core=True))),
    )
    now = (PARTNERS[0], widened)
    assert veto_scopes_changed(PARTNERS, PARTNERS) == ()
    changed = veto_scopes_changed(PARTNERS, now)
    assert changed == (C,)
    found = signing_again(BEFORE, drafted(partners=now), vetoes_changed=changed)
    assert (dict(found.sections), found.unaffected) == ({C: ()}, (H,))


def test_changes_are_told_line_by_line():
    after = drafted(with_terms(goals=("300 people checked a year", "all by bus"), scope="The county"))
    [change] = agreement_changes(BEFORE, after)
    assert (change.name, change.heading, change.binding, change.concerns) == (
        SectionName.PURPOSE,
        "Purpose, scope and goals",
        False,
        (),
    )
    assert change.lines == (
        LineChange("Scope: Eastfield, for anybody who lives there.", "Scope: The county."),
        LineChange(
            "Goal: nobody turned away for the language they speak.".replace("nobody", "Nobody"), "Goal: All by bus."
        ),
    )


def test_lines_that_are_new_or_gone_stand_alone():
    more = drafted(with_terms(goals=(*TERMS.goals, "all by bus")))
    [added] = agreement_changes(BEFORE, more)
    [taken] = agreement_changes(more, BEFORE)
    assert added.lines == (LineChange("", "Goal: All by bus."),)
    assert taken.lines == (LineChange("Goal: All by bus.", ""),)


def test_annex_of_a_reader_is_never_compared():
    opened = {H: [(C, "knowledge.medical")]}
    assert agreement_changes(drafted(reader=H), drafted(reader=H, granted=opened, told=opened)) == ()


goals = st.lists(st.sampled_from(["one thing", "another", "a third", "a fourth"]), min_size=1, max_size=4).map(tuple)


@modest
@given(old=goals, new=goals)
def test_changes_turn_one_version_into_the_other(old: tuple[str, ...], new: tuple[str, ...]):
    before, after = drafted(with_terms(goals=old)), drafted(with_terms(goals=new))
    changes = agreement_changes(before, after)
    lines = [line for change in changes for line in change.lines]
    gained = sorted(line.after for line in lines if line.after)
    lost = sorted(line.before for line in lines if line.before)
    told = [[f"Goal: {goal.capitalize()}." for goal in goals] for goals in (old, new)]
    kept = sorted(told[0])
    for line in lost:
        kept.remove(line)
    assert sorted([*kept, *gained]) == sorted(told[1])
    assert (changes == ()) is (old == new) is (before.digest == after.digest)


SIGNED = tuple(Signature(party, BEFORE.digest, date(2026, 11, 20), "A. Person", "chair") for party in (H, C))
CHANGED = with_terms(duties=(Duty(H, "runs everything", "Dr Ada Cole"), DUTIES[1]))
LATER = drafted(CHANGED)


def signed_by(charter: Charter, on: date = ON) -> list[str]:
    return [place.party.id for place in drafted(charter, on=on).signatures if place.is_signed]


def test_signature_counts_for_the_version_it_was_given_to():
    made = drafted(replace(CHARTER, signatures=SIGNED[:1]))
    assert [(place.person, place.office, place.signed_on) for place in made.signatures] == [
        ("A. Person", "chair", date(2026, 11, 20)),
        ("", "", None),
    ]
    assert made.outdated == ()


def test_signature_for_another_version_does_not_count():
    made = drafted(replace(CHANGED, signatures=SIGNED))
    assert ([place.is_signed for place in made.signatures], made.outdated) == ([False, False], (H, C))


def test_signature_of_the_future_does_not_count_yet():
    charter = replace(CHARTER, signatures=SIGNED)
    assert (signed_by(charter, date(2026, 11, 19)), signed_by(charter, date(2026, 11, 20))) == ([], [H, C])


def test_signature_goes_on_counting_where_the_change_did_not_concern_its_party():
    unaffected = signing_again(BEFORE, LATER).unaffected
    assert unaffected == (C,)
    versions = (
        Version(BEFORE.digest, date(2026, 11, 20)),
        Version(LATER.digest, date(2026, 11, 21), "screenings", unaffected),
    )
    assert signed_by(replace(CHANGED, signatures=SIGNED, versions=versions)) == [C]
    again = Signature(H, LATER.digest, date(2026, 11, 22))
    assert signed_by(replace(CHANGED, signatures=(*SIGNED, again), versions=versions)) == [H, C]


def test_chain_of_versions_breaks_where_one_concerned_the_party():
    first, middle = "a" * 64, "b" * 64
    signed = (Signature(C, first, date(2026, 11, 1)),)
    for unaffected, counts in (((C,), [C]), ((), [])):
        versions = (
            Version(first, date(2026, 11, 1)),
            Version(middle, date(2026, 11, 2), unaffected=unaffected),
            Version(LATER.digest, date(2026, 11, 3), unaffected=(C,)),
        )
        assert signed_by(replace(CHANGED, signatures=signed, versions=versions)) == counts


def test_what_is_no_digest_is_refused():
    for kind in (lambda: Signature(H, "abc", ON), lambda: Version("A" * 64, ON)):
        with pytest.raises(InputError, match="not the digest of an agreement"):
            kind()


def test_everything_wrong_in_the_terms_is_told_with_its_place():
    charter = with_terms(
        duties=(Duty("nobody", "something"),),
        officers=(Officer("chair", "Somebody"),),
        intellectual_property=IntellectualProperty(owner="nobody"),
    )
    versions = (Version("a" * 64, ON), Version("a" * 64, date(2026, 1, 1)))
    found = agreement_problems((H, C), charter.terms, SIGNED, versions)
    assert [problem.place for problem in found] == [
        "charter, terms, duties, item 1, party",
        "charter, terms, intellectual_property, owner",
        "charter, versions, item 2, agreed_on",
        "charter, versions, item 2, digest",
    ]
    assert agreement_problems((H, C), TERMS, SIGNED) == []
