from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.audit.merging import combine_audits
from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Source, Vulnerability
from lichen.errors import InputError
from lichen.scales import Relevance, Sector, Sensitivity, Size
from tests.cast import churches_audit, hospital, hospital_audit

HEARD = Source("Register, activities", "We run a hall.", 0.4)
READ = Source("Annual report", "The hall is let.", 0.7)


def audit(*gaps: Vulnerability, offers: tuple[Offer, ...] = (), **more: object) -> Audit:
    return Audit(Organisation("x", "X", vulnerabilities=gaps, offers=offers), **more)  # type: ignore[arg-type]


def test_combine_audits_of_one_keeps_all_that_it_says():
    """Its gaps stand by rank already; offers are sorted by code."""
    merged, team = combine_audits([hospital_audit])

    assert merged.organisation.vulnerabilities == hospital.vulnerabilities
    assert merged.organisation.offers == tuple(sorted(hospital.offers, key=lambda offer: offer.code))
    assert (merged.readiness, merged.opening, merged.audited_on) == (
        hospital_audit.readiness,
        hospital_audit.opening,
        hospital_audit.audited_on,
    )
    assert (team.people, team.agreement, team.attributed) == (1, None, True)


def test_combine_audits_keeps_what_only_some_named_and_tells_how_many():
    both = Vulnerability("ops.logistics", 4, 1)
    merged, team = combine_audits([audit(both), audit(both, Vulnerability("people.languages", 2, 2)), audit(both)])

    assert [gap.code for gap in merged.organisation.vulnerabilities] == ["ops.logistics", "people.languages"]
    assert [(item.code, item.named) for item in team.items] == [("ops.logistics", 3), ("people.languages", 1)]


def test_combine_audits_merges_a_gap_towards_caution():
    merged, _ = combine_audits(
        [
            audit(Vulnerability("ops.logistics", 4, 2, core=True, sensitivity=Sensitivity.LOW, confirmed=False)),
            audit(Vulnerability("ops.logistics", 5, None, core=True, sensitivity=Sensitivity.HIGH, confirmed=False)),
        ]
    )

    assert merged.organisation.vulnerabilities == (
        Vulnerability("ops.logistics", 5, 1, core=True, sensitivity=Sensitivity.HIGH, confirmed=False),
    )


@pytest.mark.parametrize(
    ("answers", "merged"),
    [
        ("yes yes no", Relevance.YES),
        ("yes no no", Relevance.NO),
        ("yes no", Relevance.UNASKED),
        ("yes unasked", Relevance.YES),
        ("unasked unasked", Relevance.UNASKED),
    ],
)
def test_combine_audits_takes_the_majority_for_relevance(answers: str, merged: Relevance):
    people = [audit(Vulnerability("ops.logistics", relevance=Relevance(answer))) for answer in answers.split()]

    assert combine_audits(people)[0].organisation.vulnerabilities[0].relevance is merged


def test_combine_audits_leaves_unranked_what_nobody_ranked():
    merged, _ = combine_audits([audit(Vulnerability("ops.logistics", rank=3), Vulnerability("market.access"))])

    assert [(gap.code, gap.rank) for gap in merged.organisation.vulnerabilities] == [
        ("ops.logistics", 1),
        ("market.access", None),
    ]


def test_combine_audits_takes_the_better_rank_and_worse_severity_of_a_gap_listed_twice():
    twice = [
        Vulnerability("ops.logistics", 5, 3),
        Vulnerability("ops.logistics", 2, 1),
        Vulnerability("people.languages", 1, 2),
    ]

    _, team = combine_audits([audit(*twice)])

    assert [(item.code, item.rank, item.severity and item.severity.median) for item in team.items] == [
        ("ops.logistics", 1, 5),
        ("people.languages", 2, 1),
    ]


def test_combine_audits_merges_an_offer_without_overclaiming():
    lack = Vulnerability("ops.logistics")
    merged, _ = combine_audits(
        [
            audit(lack, offers=(Offer("assets.venue", 5, 4, ("space",), "Mondays", "A hall.", READ),)),
            audit(lack, offers=(Offer("assets.venue", 2, 1, ("staff_time",), "Sundays", "A hall.", HEARD),)),
        ]
    )

    assert merged.organisation.offers == (
        Offer("assets.venue", 3, 2, ("space", "staff_time"), "Mondays / Sundays", "A hall.", READ),
    )


def test_combine_audits_drops_a_source_where_anybody_states_the_item():
    lack = Vulnerability("ops.logistics", source=HEARD)
    merged, _ = combine_audits([audit(lack), audit(replace(lack, source=None))])

    assert merged.organisation.vulnerabilities[0].source is None


@pytest.mark.parametrize(("people", "words"), [(4, "Mine. / Ours."), (5, "")])
def test_combine_audits_keeps_own_words_of_gaps_only_where_they_are_attributed(people: int, words: str):
    mine, ours = (
        audit(Vulnerability("ops.logistics", words=said), opening=Opening(said, said)) for said in ("Mine.", "Ours.")
    )

    merged, team = combine_audits([ours, *[mine] * (people - 1)])

    assert team.attributed is bool(words)
    assert merged.organisation.vulnerabilities[0].words == words
    assert merged.opening == Opening(words, words)


def test_combine_audits_reads_readiness_with_caution():
    lack = Vulnerability("ops.logistics")
    said = [
        audit(lack, readiness=Readiness(True, 3.0, 2), audited_on=date(2026, 9, 1)),
        audit(lack, readiness=Readiness(None, 1.5), audited_on=date(2026, 9, 3)),
        audit(lack),
    ]

    merged, _ = combine_audits(said)

    assert (merged.readiness, merged.audited_on) == (Readiness(None, 1.5, 4), date(2026, 9, 3))
    against = audit(lack, readiness=Readiness(False))
    assert combine_audits([*said, against])[0].readiness.leadership_aligned is False


def test_combine_audits_fills_in_what_somebody_left_open():
    known = replace(hospital_audit, organisation=replace(hospital, size=Size.UNKNOWN, region=""))
    merged, _ = combine_audits([known, hospital_audit])

    assert (merged.organisation.size, merged.organisation.region) == (hospital.size, hospital.region)


def test_combine_audits_refuses_different_organisations_with_a_problem_for_each_and_no_name():
    with pytest.raises(InputError) as refusal:
        combine_audits([hospital_audit, churches_audit, Audit(Organisation("example-hospital", "", Sector.OTHER))])

    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [
        (2, "name, sector, size"),
        (3, ""),
    ]
    assert "Brigid" not in str(refusal.value)
    assert "Eastfield" not in str(refusal.value)


def test_combine_audits_refuses_a_team_of_nobody():
    with pytest.raises(InputError, match="nobody has answered"):
        combine_audits([])


def test_combine_audits_refuses_an_item_of_which_nobody_knows_whether_two_mean_the_same():
    lost = audit(Vulnerability("", words="Xyzzy plugh.", confirmed=False), Vulnerability("ops.logistics", 3, 1))
    with pytest.raises(InputError) as refusal:
        combine_audits([audit(Vulnerability("ops.logistics", 4, 1)), lost, lost], called=("a.xlsx", "b.xlsx", "c.xlsx"))

    assert [(problem.file, problem.what) for problem in refusal.value.problems] == [
        ("b.xlsx", "no capability was recognised in the words of an item"),
        ("c.xlsx", "no capability was recognised in the words of an item"),
    ]


def test_nobody_can_lower_the_sensitivity_that_another_left_at_the_usual():
    one = Audit(Organisation("x", "X", vulnerabilities=(Vulnerability("funding.solvency"),)))
    two = Audit(
        Organisation("x", "X", vulnerabilities=(Vulnerability("funding.solvency", sensitivity=Sensitivity.LOW),))
    )

    merged, _ = combine_audits([one, two])

    assert merged.organisation.vulnerabilities[0].guarded is Sensitivity.HIGH
