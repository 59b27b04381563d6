"""What the alliance's file says of its life, and what it leaves to be assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit
from lichen.charter.agreement.terms import AgreementTerms, Contact, Version
from lichen.charter.clause.values import Capacity, Clause
from lichen.charter.threat import Model, SharedThreat
from lichen.charter.values import Charter
from lichen.checkin.values import CheckIn, TrustRating
from lichen.errors import InputError
from lichen.fit.cover import cover
from lichen.simulate.deriving import Derived, Origin, Part, life_of
from lichen.simulate.life import ThreatNow
from tests.cast import churches, churches_audit, hospital, hospital_audit

H, C = "example-hospital", "example-churches"
DAY = date(2026, 11, 23)
eastfield = Alliance("Eastfield", partners=(hospital_audit, churches_audit))


def part(alliance: Alliance, which: Part, on: date = DAY) -> Derived:
    return next(each for each in life_of(alliance, on).parts if each.part is which)


def with_charter(**more: object) -> Alliance:
    return replace(eastfield, charter=Charter(**more))  # type: ignore[arg-type]


def test_cover_is_that_of_the_audits():
    ours, theirs = life_of(eastfield, DAY).life.allies
    for ally, lacking, giving in ((ours, hospital, churches), (theirs, churches, hospital)):
        met = sum(need.weight * sum(met for _id, met in need.met_by) for need in ally.needs or ())
        assert met == pytest.approx(cover(lacking, giving))
    assert part(eastfield, Part.COVER) == Derived(Part.COVER, Origin.AUDITS, 2, 2)


def test_needs_that_nobody_wrote_down_are_unknown():
    silent = Audit(replace(churches, vulnerabilities=()))
    alliance = replace(eastfield, partners=(hospital_audit, silent))
    assert life_of(alliance, DAY).life.allies[1].needs is None
    assert part(alliance, Part.COVER).known == 1


def test_bare_file_leaves_the_rest_assumed():
    life = life_of(eastfield, DAY).life
    assert [ally.trust for ally in life.allies] == [None, None]
    assert [life.has_check_ins, life.has_clause, life.has_second_cover] == [False] * 3
    assert life.threat is ThreatNow.NONE
    assert part(eastfield, Part.TRUST).origin is Origin.ASSUMED


RATED = CheckIn(
    date(2026, 9, 1),
    announced_on=date(2026, 8, 25),
    revealed_on=date(2026, 9, 8),
    trust=(
        TrustRating(H, C, trust=10, person="A"),
        TrustRating(H, C, trust=1, person="B"),
        TrustRating(C, H, integrity=3),
    ),
)


def test_trust_is_the_mean_of_the_latest_answers_laid_open():
    sealed = CheckIn(date(2026, 11, 1), trust=(TrustRating(H, C, trust=1),))
    older = CheckIn(date(2026, 6, 1), revealed_on=date(2026, 6, 1), trust=(TrustRating(C, H, trust=10),))
    alliance = replace(eastfield, checkins=(RATED, older, sealed))
    assert [ally.trust for ally in life_of(alliance, DAY).life.allies] == [0.5, None]
    assert part(alliance, Part.TRUST) == Derived(Part.TRUST, Origin.CHECK_IN, 1, 2, date(2026, 9, 1))


def test_nobody_s_single_answer_without_a_name_goes_into_a_simulation():
    unnamed = replace(RATED, announced_on=None)
    assert [ally.trust for ally in life_of(replace(eastfield, checkins=(unnamed,)), DAY).life.allies] == [None, None]
    five = tuple(
        TrustRating(H, C, trust=answer, person=person) for answer, person in zip((4, 5, 6, 7, 8), "ABCDE", strict=True)
    )
    alone = TrustRating(C, H, trust=2, person="F")
    alliance = replace(eastfield, checkins=(replace(unnamed, trust=(*five, alone)),))
    assert [ally.trust for ally in life_of(alliance, DAY).life.allies] == [pytest.approx(5 / 9), None]


def test_answers_laid_open_later_are_not_known_yet():
    alliance = replace(eastfield, checkins=(RATED,))
    assert life_of(alliance, date(2026, 9, 7)).life.allies[0].trust is None
    assert life_of(alliance, date(2026, 9, 8)).life.allies[0].trust == 0.5


def test_check_ins_lapse_after_two_intervals():
    alliance = replace(eastfield, checkins=(CheckIn(date(2026, 1, 10)),))
    held = {
        on: life_of(alliance, on).life.has_check_ins for on in (date(2026, 1, 9), date(2026, 7, 9), date(2026, 7, 10))
    }
    assert list(held.values()) == [False, True, False]
    assert part(alliance, Part.CHECK_INS).on == date(2026, 1, 10)


def test_check_ins_agreed_count_until_they_are_overdue():
    alliance = with_charter(terms=AgreementTerms(first_check_in_on=date(2026, 6, 22)))
    assert life_of(alliance, DAY).life.has_check_ins
    assert not life_of(alliance, date(2026, 12, 22)).life.has_check_ins


@pytest.mark.parametrize(
    "charter",
    [
        {"versions": (Version("0" * 64, date(2026, 3, 20)),)},
        {"clause": Clause(capacities=(Capacity(H, "hours", 4, date(2026, 3, 20)),))},
    ],
    ids=["signed", "used"],
)
def test_clause_is_in_place_where_it_was_signed_or_used(charter: dict[str, object]):
    assert life_of(with_charter(**charter), DAY).life.has_clause
    assert part(with_charter(**charter), Part.CLAUSE).known == 1


def test_liaisons_are_those_of_the_charter():
    contacts = (Contact(H, "Tom Whitfield", is_liaison=True), Contact(C, "Abdi Farah"))
    alliance = with_charter(terms=AgreementTerms(contacts=contacts))
    assert [ally.has_liaison for ally in life_of(alliance, DAY).life.allies] == [True, False]
    assert part(alliance, Part.LIAISONS) == Derived(Part.LIAISONS, Origin.CHARTER, 1, 2)


def test_threat_counts_only_where_the_alliance_rests_on_it():
    cuts = SharedThreat("Cuts", date(2026, 1, 1))
    passed = replace(cuts, passed_on=date(2026, 6, 1))
    standing = {
        (Model.UNCOMMON_COMPLEMENT, (cuts,)): ThreatNow.NONE,
        (Model.SHARED_THREAT, ()): ThreatNow.STANDS,
        (Model.SHARED_THREAT, (cuts, passed)): ThreatNow.STANDS,
        (Model.SHARED_THREAT, (passed,)): ThreatNow.RECEDED,
    }
    found = {key: life_of(with_charter(model=key[0], threats=key[1]), DAY).life.threat for key in standing}
    assert found == standing
    assert life_of(with_charter(model=Model.SHARED_THREAT, threats=(passed,)), date(2026, 5, 31)).life.threat is (
        ThreatNow.STANDS
    )


def test_one_alone_is_no_alliance():
    with pytest.raises(InputError, match="number of partners"):
        life_of(replace(eastfield, partners=(hospital_audit,)), DAY)
