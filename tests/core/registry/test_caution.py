"""Believing what a register clause seems to name, or not."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from lichen.capabilities.taxonomy import taxonomy
from lichen.registry.caution import NOT_TOLD, believed, is_borne_out, is_elsewhere


def codes(clause: str, **about: bool) -> set[str]:
    return {match.code for match, _ in believed(clause, **about)}


def likely(clause: str, code: str, **about: bool) -> float:
    return next((confidence for match, confidence in believed(clause, **about) if match.code == code), 0.0)


def test_a_grant_maker_offers_money_and_not_what_the_money_buys() -> None:
    assert codes("To make grants to hospitals, hospices and youth clubs") == {"funding.grantmaking"}


def test_a_charity_that_runs_what_it_pays_for_offers_both() -> None:
    assert "service.housing" in codes("The charity runs hostels for homeless people and gives grants")


@pytest.mark.parametrize(
    "clause",
    [
        "For people who have no home of their own",
        "We never turn away those who lack food",
        "Villages where there are no doctors",
        "We help people who cannot find work",
    ],
)
def test_what_the_people_lack_whom_a_charity_is_for_is_no_gap_of_its_own(clause: str) -> None:
    assert [match.code for match, _ in believed(clause) if match.sense == "gap"] == []


def test_a_gap_is_believed_where_a_charity_says_that_it_lacks_something() -> None:
    first, _ = next(believed("We have no volunteers left"))
    assert (first.code, first.sense) == ("people.volunteers", "gap")


def test_what_a_charity_says_it_lacks_is_no_offer() -> None:
    found = [match.sense for match, _ in believed("We lack volunteers and helpers of every kind")]
    assert "strength" not in found


def test_what_is_bound_to_a_place_is_not_offered_from_another_country() -> None:
    near = "Direct work with refugees and homeless people on the streets"
    assert "reach.community_access" in codes(near)
    assert "reach.community_access" not in codes(f"{near} of Malawi")
    assert likely(near, "reach.community_access", elsewhere=True) < likely(near, "reach.community_access")


def test_what_a_charity_may_do_counts_for_less_than_what_it_does() -> None:
    clause = "To run hostels for homeless people"
    assert likely(clause, "service.housing", legal=True) == pytest.approx(0.55 * likely(clause, "service.housing"))


def test_what_hangs_on_one_word_counts_for_less() -> None:
    alone = likely("Volunteers", "people.volunteers")
    borne = likely("Four thousand volunteers give their time, unpaid, in local branches", "people.volunteers")
    assert alone < 0.71 <= borne


def test_what_is_too_unlikely_to_matter_is_left_out() -> None:
    clause = "To run hostels for homeless people"
    assert all(confidence >= 0.4 for _, confidence in believed(clause, 0.4))


def test_the_law_around_a_purpose_changes_nothing() -> None:
    bare, wrapped = "to run hostels for sailors", "for the public benefit in particular to run hostels for sailors"
    assert [m.score for m, _ in believed(wrapped)] == [m.score for m, _ in believed(bare)]


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("Schools in Malawi", True),
        ("Relief in any part of the world", True),
        ("PROGRAMMES IN DEVELOPING COUNTRIES", True),
        ("A world-class museum", False),
        ("Schools in Manchester", False),
    ],
)
def test_a_text_about_other_countries_is_known(text: str, elsewhere: bool) -> None:
    assert is_elsewhere(text) == elsewhere


@pytest.mark.parametrize(
    ("code", "text", "borne_out"),
    [
        ("people.volunteers", "VOLUNTEERS visit the sick", True),
        ("people.volunteers", "Nurses visit the sick", False),
        ("reach.international", "Nurses in Nepal", True),
        ("reach.international", "Nurses in Nottingham", False),
        ("service.housing", "anything at all", True),
    ],
)
def test_a_capability_is_borne_out_by_a_word_for_it(code: str, text: str, borne_out: bool) -> None:
    assert is_borne_out(code, text) == borne_out


def test_every_code_in_the_tables_is_in_the_taxonomy() -> None:
    listed = json.loads((files("lichen.registry") / "borne_out.json").read_text(encoding="utf-8"))
    told = {code for untold in NOT_TOLD.values() for code in untold.split()}
    assert {*listed, *told} - set(taxonomy().capabilities) == set()
    assert told & set(listed) == set()
