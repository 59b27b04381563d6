"""The words that anyone can edit: out as TOML, back in, and every mistake told at once."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from lichen.brief.as_markdown import brief_markdown
from lichen.brief.compose import brief_for
from lichen.brief.editing import words_from, words_toml
from lichen.brief.words_check import word_problems
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError
from lichen.scales import Sector
from tests.cast import churches, everyone, hospital

SHIPPED = tomllib.loads(words_toml())


def problems(edited: dict[str, Any]) -> list[tuple[str, str]]:
    """The place and the cure of each problem."""
    return [(problem.place, problem.right) for problem in word_problems(edited)]


def test_words_that_ship_are_read_back_without_a_problem():
    assert problems(SHIPPED) == []
    assert words_from(SHIPPED) == words_from()


def test_words_that_ship_are_for_every_sector_and_every_kind():
    words = words_from()
    assert set(words.sectors) == set(Sector)
    assert set(words.kinds) == set(taxonomy().kinds)
    assert words.first_steps[-1].brings == ()


def test_words_that_ship_have_notes_for_whoever_edits_them():
    lines = words_toml().splitlines()
    assert lines[0] == "# The words of the brief, for anyone to edit. Change what stands between the quotation marks."
    assert [line for line in lines if not (line == "" or line[0] in "#[" or " = " in line)] == []


def test_sectors_of_the_article_have_the_gaps_that_it_claims():
    often = {sector: words.often_lacks for sector, words in words_from().sectors.items()}
    assert often[Sector.NONPROFIT] == ("ops.scaling", "market.business_expertise")
    assert often[Sector.BUSINESS] == ("trust.community", "governance.mission_focus")
    assert often[Sector.GOVERNMENT] == ("governance.adaptability", "governance.innovation_culture")


def test_only_three_sectors_rest_on_the_article_and_each_claim_says_so():
    said = {sector: words.says_who for sector, words in words_from().sectors.items() if words.often_lacks}
    claimed = [sector for sector, who in said.items() if who.endswith("no source found") and "article" in who]
    assert claimed == [Sector.BUSINESS, Sector.NONPROFIT, Sector.GOVERNMENT]
    assert {who for sector, who in said.items() if sector not in claimed} == {"a guess of Lichen's; no source"}


def test_edited_words_stand_on_the_pages():
    edited = tomllib.loads(
        """
        [sector.faith]
        reassure = '''Nobody will be
            counted.'''
        report = "{you} tried {step} with {us} for {months}, for {gain}."

        [[first_step]]
        brings = ["credibility"]
        try = "one shared breakfast"

        [kind]
        expertise = "what our people know"

        [currency]
        GB = "GBP "
        """
    )
    text = brief_markdown(brief_for(hospital, churches, language_of_value=edited))
    assert "> Nobody will be counted.\n" in text
    assert "Could we try one small thing: one shared breakfast, within 3\u00a0months, for less than GBP 10,000," in text
    assert (
        "“Three Churches of Eastfield tried one shared breakfast with St Brigid's Hospital for 3\u00a0months,"
        " for medical and clinical expertise.”"
    ) in text
    assert "(what our people know; people's hours)" in text


def test_steps_that_fit_nothing_leave_the_last():
    edited = {"first_step": [{"brings": ["assets.land"], "try": "one field"}, {"brings": ["data"], "try": "one list"}]}
    step = brief_for(hospital, churches, language_of_value=edited).step
    assert step is not None
    assert step.activity == "one list"


def test_every_mistake_is_told_at_once_with_its_place():
    edited = {
        "sectors": {},
        "sector": {
            "faith": {"ask": 5, "aks": "x", "counts": "one", "often_lacks": ["governance.board"], "report": "{u}"},
            "church": {},
            "health": "well",
        },
        "first_step": [{"brings": ["nothing.such"], "try": "one step"}, {"brings": []}, "a step"],
        "kind": {"money": "sum"},
        "currency": {"GB": 1},
    }
    assert [place for place, _ in problems(edited)] == [
        "row 1",
        "sheet sector.faith, column ask",
        "sheet sector.faith, row 2",
        "sheet sector.faith, column counts",
        "sheet sector.faith, column often_lacks",
        "sheet sector.faith, column report",
        "sheet sector, row 2",
        "sheet sector, column health",
        "sheet first_step.1, column brings",
        "sheet first_step, column 2",
        "sheet first_step, column 3",
        "sheet kind, row 1",
        "sheet currency, column GB",
    ]
    with pytest.raises(InputError) as refusal:
        brief_for(hospital, churches, language_of_value=edited)
    assert len(refusal.value.problems) == 13


@pytest.mark.parametrize(
    "edited",
    [
        {"sector": []},
        {"sector": {"faith": []}},
        {"first_step": []},
        {"first_step": {}},
        {"first_step": [{"brings": "x", "try": "one step"}]},
        {"kind": "x"},
        {"currency": ["£"]},
        {"sector": {"faith": {"counts": [1]}}},
        {"sector": {"faith": {"report": ["x"]}}},
    ],
)
def test_what_is_not_of_the_right_shape_is_one_problem(edited: dict[str, Any]):
    assert len(problems(edited)) == 1


def test_message_never_repeats_what_stands_there():
    edited = {"Quillwort": 1, "sector": {"faith": {"Quillwort": "x", "report": "{Quillwort}", "ask": ["Quillwort"]}}}
    assert "Quillwort" not in "".join(str(problem) for problem in word_problems(edited))


def test_currency_of_the_cast_is_known():
    assert {words_from().currencies[each.country] for each in everyone} == {"£", "$"}
