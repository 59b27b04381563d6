"""Names in capitals, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.registry.titles import readable_name


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("FREEDOM FROM TORTURE", "Freedom from Torture"),
        ("THE HOUSE OF BREAD AND SALT LTD", "The House of Bread and Salt Ltd"),
        ("ST. ANNE'S HOSPICE (EASTFIELD)", "St. Anne's Hospice (Eastfield)"),
        ("GUY’S WELL-KNOWN CHARITY", "Guy’s Well-Known Charity"),
        ("EASTFIELD YMCA", "Eastfield YMCA"),
        ("RNIB CHARITY UK", "RNIB Charity UK"),
        ("KING EDWARD VI SCHOOL", "King Edward VI School"),
        ("NMRN OPERATIONS", "NMRN Operations"),
        ("FUND (THE OLD)", "Fund (The Old)"),
        ("  SPACES   EVERYWHERE ", "Spaces Everywhere"),
        ("TAB\tAND\x1b[2JESCAPE", "Tab and [2jescape"),
        ("Barnardo's", "Barnardo's"),
        ("iHELP", "iHELP"),
    ],
)
def test_a_name_is_written_as_people_write_it(name: str, readable: str) -> None:
    assert readable_name(name) == readable


def test_an_abbreviation_is_learnt_from_the_charitys_own_text() -> None:
    assert readable_name("OCEAN ABODE", "OCEAN means something; we at OCEAN clean beaches.") == "OCEAN Abode"
    assert readable_name("OCEAN ABODE", "OCEAN CLEANS ALL THE BEACHES OF THE NORTH") == "Ocean Abode"


@given(st.text(max_size=40))
def test_a_name_keeps_its_letters(name: str) -> None:
    def kept(text: str) -> str:
        return "".join(text.upper().split())

    assert kept(readable_name(name)) == kept("".join(letter if letter.isprintable() else " " for letter in name))
