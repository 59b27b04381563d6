from __future__ import annotations

import pytest

from lichen.alliance.values import Alliance
from lichen.errors import InputError
from tests.cast import churches_audit, hospital_audit


def test_partner_finds_an_audit_by_the_id_of_its_organisation():
    assert Alliance(partners=(hospital_audit, churches_audit)).partner("example-churches") == churches_audit


def test_partner_refuses_an_id_that_is_nobodys_and_says_whose_there_are():
    with pytest.raises(InputError) as refusal:
        Alliance(partners=(hospital_audit, churches_audit)).partner("example-city")

    assert refusal.value.problems[0].right == "example-hospital; example-churches"


@pytest.mark.parametrize("currency", ["pounds", "gbp", "GB", "GBPS", "£", "ÄÖÜ", "GBP\n"])
def test_a_currency_is_three_capital_letters(currency: str):
    with pytest.raises(InputError, match="this is not a currency"):
        Alliance(currency=currency)


@pytest.mark.parametrize("currency", ["", "GBP", "KES"])
def test_a_currency_is_a_label_or_not_said(currency: str):
    assert Alliance(currency=currency).currency == currency
