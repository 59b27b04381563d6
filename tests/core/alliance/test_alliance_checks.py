from __future__ import annotations

from dataclasses import replace
from datetime import date

from lichen.alliance.checks import alliance_problems
from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Offer, Organisation, Vulnerability
from lichen.charter.agreement.terms import AgreementTerms, Duty
from lichen.charter.clause.values import Capacity, Clause
from lichen.charter.values import Charter
from lichen.charter.votes.values import Exposure
from lichen.disclosure.values import Matter
from lichen.exchange.values import Ledger, Valuation
from lichen.pilot.values import Pilot
from tests.cast import churches_audit, hospital_audit

DAY = date(2026, 11, 22)
OURS = ("example-hospital", "example-churches")
STRANGERS = ("example-hospital", "example-stranger")
sound = Alliance("Eastfield", partners=(hospital_audit, churches_audit))


def places(alliance: Alliance) -> list[str]:
    return [problem.place for problem in alliance_problems(alliance)]


def test_a_sound_alliance_has_no_problems():
    whole = replace(sound, matters=(Matter("first", OURS, DAY),), pilots=(Pilot("fairs", OURS),))

    assert alliance_problems(whole) == []


def test_an_alliance_has_a_name():
    assert places(replace(sound, name=" ")) == ["name"]


def test_no_two_partners_have_one_id():
    assert places(replace(sound, partners=(hospital_audit, churches_audit, hospital_audit))) == [
        "partners, item 3, organisation.id"
    ]


def test_no_two_items_of_one_audit_have_one_capability():
    """Everywhere else an item is known by its owner and its capability."""
    gaps = (Vulnerability("ops.logistics"), Vulnerability("ops.logistics"), Vulnerability("", words="x"))
    offers = (Offer("ops.logistics"), Offer("assets.venue"), Offer("assets.venue"), Offer("assets.venue"))
    partner = Audit(Organisation("a", "A", vulnerabilities=(*gaps, Vulnerability("", words="y")), offers=offers))

    assert places(replace(sound, partners=(partner,))) == [
        "partners, item 1, vulnerabilities, item 2, code",
        "partners, item 1, offers, item 3, code",
        "partners, item 1, offers, item 4, code",
    ]


def test_a_stranger_is_found_in_every_stage():
    stranger = replace(
        sound,
        matters=(Matter("first", STRANGERS, DAY),),
        pilots=(Pilot("fairs", STRANGERS),),
        charter=Charter(
            exposures=(Exposure("example-stranger", 3, 3),),
            clause=Clause(capacities=(Capacity("example-stranger", "hours", 3, DAY),)),
            terms=AgreementTerms(duties=(Duty("example-stranger", "Doors"),)),
        ),
        exchange=Ledger(valuations=(Valuation("example-stranger", 3, DAY, event="x"),)),
    )

    sections = {place.split(", item")[0].split(".")[0] for place in places(stranger)}
    assert {
        "matters",
        "pilots",
        "charter, exposures",
        "charter, clause, capacities",
        "charter, terms, duties",
        "exchange, valuations",
    } <= sections


def test_more_matters_than_anybody_has_are_told_and_not_weighed_against_one_another():
    many = tuple(Matter("first", OURS, DAY) for _place in range(1_001))

    assert places(replace(sound, matters=many)) == ["matters"]


def test_no_problem_of_an_alliance_repeats_the_words_of_a_gap():
    words = "zq the treasurer gambles zq"
    gap = Vulnerability("ops.logistics", words=words)
    partner = Audit(Organisation("a", "A", vulnerabilities=(gap, gap)))

    assert [problem for problem in alliance_problems(Alliance(partners=(partner,))) if words in str(problem)] == []
