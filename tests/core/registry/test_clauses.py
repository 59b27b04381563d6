"""Parting register texts into clauses, and leaving the law out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.registry.clauses import clauses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We run a hostel. We train plumbers!", ["We run a hostel", "We train plumbers"]),
        ("We run a hostel.We train plumbers.", ["We run a hostel", "We train plumbers"]),
        ("TO HOUSE SAILORS.TO TRAIN THEM.", ["TO HOUSE SAILORS", "TO TRAIN THEM"]),
        ("(A) TO HOUSE SAILORS; AND (B) TO TRAIN SAILORS", ["TO HOUSE SAILORS", "TO TRAIN SAILORS"]),
        ("a) to house sailors b) to train sailors", ["to house sailors", "to train sailors"]),
        ("(i) house sailors(ii) train sailors", ["house sailors", "train sailors"]),
        ("3.1.1 TO HOUSE SAILORS;3.1.2 TO TRAIN SAILORS", ["TO HOUSE SAILORS", "TO TRAIN SAILORS"]),
        ("to house sailors and1.1.2 to train sailors", ["to house sailors", "to train sailors"]),
        ("1. TO HOUSE SAILORS. 2. TO TRAIN SAILORS", ["TO HOUSE SAILORS", "TO TRAIN SAILORS"]),
        ("1.TO HOUSE SAILORS AND2. TO TRAIN SAILORS", ["TO HOUSE SAILORS", "TO TRAIN SAILORS"]),
        ("• House sailors • Train sailors", ["House sailors", "Train sailors"]),
        ("- House sailors - Train sailors", ["House sailors", "Train sailors"]),
        ("The college(s) train sailors", ["The college(s) train sailors"]),
        ("We train sailors aged 16 to 25. We house them", ["We train sailors aged 16 to 25", "We house them"]),
        ("We own 3.5 miles of track and £2.5m of trams", ["We own 3.5 miles of track and £2.5m of trams"]),
        ("as in paragraph (a) sailors are trained", ["as in paragraph (a) sailors are trained"]),
    ],
)
def test_a_text_is_parted_however_it_is_numbered(text: str, expected: list[str]) -> None:
    assert list(clauses(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "The advancement of education.",
        "THE RELIEF OF THOSE IN NEED BY REASON OF AGE, ILL-HEALTH, DISABILITY OR OTHER DISADVANTAGE",
        "the advancement of the arts, heritage, culture or science",
        "The objects of the charity are for the public benefit:",
        "Such other charitable purposes as the trustees shall from time to time determine.",
        "for such exclusively charitable purposes as the directors think fit",
        "NOTHING IN THE ARTICLES SHALL AUTHORISE AN APPLICATION OF THE PROPERTY FOR OTHER PURPOSES",
        "to borrow money upon the security of the hospital",
        "to invest the moneys of the hospital not immediately required",
        "to insure the trustees of the hospital",
        "to purchase, take on lease or in exchange land for a hospital",
        "See clause 3 of the memorandum of association for further details",
        "“Sailors” means those who have gone to sea",
        "The trustees shall have the following powers: to run a hospital; to own ships.",
        "in accordance with the Charities and Trustee Investment (Scotland) Act 2005",
    ],
)
def test_what_any_charity_might_say_gives_nothing(text: str) -> None:
    assert list(clauses(text)) == []


def test_the_law_behind_a_purpose_does_not_take_the_purpose_away() -> None:
    text = "To train sailors provided always that none is paid, and such other charitable purposes as are allowed"
    assert list(clauses(text)) == ["To train sailors"]


def test_a_grant_maker_is_heard_even_where_it_says_no_more_than_the_law() -> None:
    text = "To make grants for such charitable purposes as the trustees think fit"
    assert list(clauses(text)) == [text]


@given(st.text(alphabet=" abcAB().;:-1234•\n", max_size=60))
def test_a_clause_keeps_its_words_as_they_stand(text: str) -> None:
    whole = " ".join(text.split())
    assert all(clause in whole for clause in clauses(text))
