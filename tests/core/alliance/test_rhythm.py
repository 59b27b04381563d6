from __future__ import annotations

from dataclasses import replace
from datetime import date

from lichen.alliance.rhythm import agreed_checkins
from lichen.alliance.values import Alliance
from lichen.charter.agreement.terms import AgreementTerms
from lichen.charter.values import Charter
from lichen.checkin.schedule import AgreedCheckIns

BEGINS, FIRST = date(2026, 3, 20), date(2026, 6, 22)
TERMS = AgreementTerms(begins_on=BEGINS, first_check_in_on=FIRST, check_in_months=4)
agreed = Alliance(charter=Charter(terms=TERMS), formed_on=date(2026, 3, 1))


def with_terms(terms: AgreementTerms) -> Alliance:
    return replace(agreed, charter=Charter(terms=terms))


def test_terms_say_when_check_ins_are_held():
    assert agreed_checkins(agreed) == AgreedCheckIns(BEGINS, FIRST, 4)


def test_terms_without_a_first_check_in_say_nothing():
    assert agreed_checkins(with_terms(replace(TERMS, first_check_in_on=None))) is None


def test_terms_without_a_beginning_hold_from_the_founding_or_from_the_first_check_in():
    founded = with_terms(replace(TERMS, begins_on=None))
    assert agreed_checkins(founded) == AgreedCheckIns(date(2026, 3, 1), FIRST, 4)
    assert agreed_checkins(replace(founded, formed_on=None)) == AgreedCheckIns(FIRST, FIRST, 4)
