"""A brief in other words: nothing gets lost on the way, and nothing that was taken out stays."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given

from lichen.audit.values import Organisation
from lichen.brief.both_pages import brief_pages
from lichen.brief.compose import brief_for
from lichen.brief.keeping import page_entries, pages_from
from lichen.brief.pages import BLANK, Facts, Items, Page, Section, Speech, Text
from lichen.brief.rewriting import passages, rewritten
from tests.cast import churches, hospital
from tests.core.brief.drawn import few, pairs

SHEET = Page(
    "theirs",
    "One small thing",
    "us and you",
    (
        Section("Say", (Speech(("First.", "Second.")), Text("Then stop.", quiet=True))),
        Section("Step", (Facts((("What", "A room"), ("Where", BLANK))),)),
        Section("Later", (Items(("one", "two"), numbered=True),)),
    ),
    "Nothing is a promise.",
)


def composed(us: Organisation, them: Organisation) -> tuple[Page, ...]:
    return brief_pages(brief_for(us, them, today=date(2026, 11, 23)))


@given(pairs)
@few
def test_a_brief_in_its_own_words_is_the_same_brief(pair: tuple[Organisation, Organisation]) -> None:
    pages = composed(*pair)
    assert rewritten(pages, {}) == pages
    words = {passage.place: passage.text for passage in passages(pages)}
    assert rewritten(pages, words) == pages


@given(pairs)
@few
def test_pages_are_kept_and_read_back(pair: tuple[Organisation, Organisation]) -> None:
    pages = composed(*pair)
    assert pages_from(json.loads(json.dumps(page_entries(pages)))) == pages


def test_every_passage_has_a_place_of_its_own() -> None:
    told = passages(composed(hospital, churches))
    assert len({passage.place for passage in told}) == len(told)
    assert {passage.whose for passage in told} == {"ours", "theirs"}


def test_what_is_to_be_filled_in_is_an_empty_passage_and_stays() -> None:
    told = [passage.text for passage in passages([SHEET])]
    assert told == [
        "First.\nSecond.",
        "Then stop.",
        "A room",
        "",
        "one\ntwo",
    ]
    (page,) = rewritten([SHEET], {"theirs.1.0.0": " ", "theirs.1.0.1": "At ours"})
    assert page.sections[1].blocks == (Facts((("What", BLANK), ("Where", "At ours"))),)


def test_lines_come_and_go() -> None:
    (page,) = rewritten([SHEET], {"theirs.0.0": "Only this.\n\n", "theirs.2.0": "one\ntwo\nthree"})
    assert page.sections[0].blocks[0] == Speech(("Only this.",))
    assert page.sections[2].blocks == (Items(("one", "two", "three"), numbered=True),)


def test_what_is_left_without_words_goes_with_its_heading() -> None:
    (page,) = rewritten([SHEET], {"theirs.2.0": " \n", "theirs.0.1": ""})
    assert [section.heading for section in page.sections] == ["Say", "Step"]
    assert page.sections[0].blocks == (Speech(("First.", "Second.")),)


def test_a_place_that_is_not_there_changes_nothing() -> None:
    assert rewritten([SHEET], {"ours.0.0": "x", "theirs.9.9": "x", "theirs.1.0": "x", "": "x"}) == (SHEET,)
