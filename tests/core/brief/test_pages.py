"""What the two pages say: good to read aloud, whole for every pair, and silent on what is to stay unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import chain, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.brief.as_html import brief_html
from lichen.brief.as_markdown import brief_markdown
from lichen.brief.compose import brief_for
from lichen.brief.script import script
from lichen.brief.their_page import their_page
from lichen.brief.values import Basis, Brief, Way
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Relevance, Sector, Sensitivity
from tests.cast import churches, city, everyone, foundation, hospital, meadow, startup, stranger, youth
from tests.core.brief.drawn import MARK, few, pairs

GOLDEN = Path(__file__).parent / "hospital_and_churches.md"
TODAY = date(2026, 10, 5)
REGISTER = Source("Charity Register, activities", "We visit every tower block in the ward.", 0.5)


def hushed(organisation: Organisation) -> set[str]:
    """The slow way: every code with an entry that is of high sensitivity or not relevant."""
    return {
        gap.code
        for gap in organisation.vulnerabilities
        if gap.guarded is Sensitivity.HIGH or gap.relevance is Relevance.NO
    }


def named_codes(brief: Brief) -> set[str]:
    """Every code in the brief but those of what was left out."""
    asks = [ask for ask in (brief.lead, *brief.later) if ask is not None]
    parts = [] if brief.step is None else [part for part in (brief.step.ours, brief.step.theirs) if part is not None]
    codes = chain(
        brief.missing,
        brief.words.often_lacks,
        *((ask.code, ask.offer) for ask in asks),
        *((back.offer, back.aim) for back in brief.returns),
        (part.code for part in parts),
    )
    return {code for code in codes if code is not None}


def test_story_of_the_hospital_and_the_churches():
    assert brief_markdown(brief_for(hospital, churches, today=TODAY)) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(("one", "other"), [*product(everyone, everyone)], ids=lambda one: one.id)
def test_pages_are_whole_for_everybody_in_the_cast(one: Organisation, other: Organisation):
    if one is not other:
        brief = brief_for(one, other)
        text = brief_markdown(brief)
        assert re.findall(r"[{}]|\bNone\b(?! of)|\.\.|,,| {2}|\(\)|“”", text) == []
        assert len(script(brief)) == (0 if brief.lead is None else 5)
        assert (their_page(brief) is None) == (brief.lead is None)
        assert text.count("\n# ") == (0 if brief.lead is None else 1)


@pytest.mark.parametrize("ours", Sector)
@pytest.mark.parametrize("theirs", Sector)
def test_every_sector_is_spoken_to_in_its_own_words(ours: Sector, theirs: Sector):
    brief = brief_for(replace(hospital, sector=ours), replace(churches, sector=theirs))
    words = brief.words
    text = brief_html(brief)
    assert script(brief)[-1] == words.reassure
    for said in (words.called, words.answers_to, words.ask, words.offer, words.avoid):
        assert said in text.replace("&#x27;", "'")


@few
@given(pairs)
def test_no_page_bears_what_is_to_stay_unsaid(pair: tuple[Organisation, Organisation]):
    """Marked words in every gap: only those of the gaps that the brief names are on its pages, and none of theirs."""
    me, partner = pair
    brief = brief_for(me, partner)
    allowed = {ask.words for ask in (brief.lead, *brief.later) if ask is not None}
    for text in (brief_markdown(brief), brief_html(brief)):
        assert {*re.findall(rf"{MARK}\w+\.", text)} <= allowed
        assert f"{MARK}Them" not in text
    assert {ask.code for ask in (brief.lead, *brief.later) if ask is not None} & hushed(me) == set()
    assert named_codes(brief) & hushed(me) == set()
    asks = {ask.code for ask in (brief.lead, *brief.later) if ask is not None} | {*brief.missing}
    assert (named_codes(brief) - asks) & hushed(partner) == set()


LABELS = {code: entry.label for code, entry in taxonomy().capabilities.items() if " " in entry.label}


@few
@given(pairs)
def test_no_page_bears_the_label_of_what_is_to_stay_unsaid(pair: tuple[Organisation, Organisation]):
    me, partner = pair
    brief = brief_for(me, partner)
    spoken = {LABELS.get(code, "").lower() for code in named_codes(brief)}
    text = brief_markdown(brief).lower()
    for code in (hushed(me) | hushed(partner)) & {*LABELS}:
        label = LABELS[code].lower()
        if not any(label in each for each in spoken):
            assert label not in text


UNUSED = ("service.housing", "market.ip", "assets.goods", "knowledge.environment")
"""Codes that no offer, gap or typical gap of the drawn organisations has or is related to."""


@few
@given(pairs, st.permutations(UNUSED), st.sampled_from(("words", "Words that differ.")))
def test_pages_do_not_depend_on_what_is_to_stay_unsaid(
    pair: tuple[Organisation, Organisation], codes: list[str], words: str
):
    """Which gap is hushed, and what its owner says of it, changes not a letter on any page."""

    def told(secrets: tuple[Vulnerability, ...], theirs: tuple[Vulnerability, ...]) -> str:
        me = replace(pair[0], vulnerabilities=pair[0].vulnerabilities + secrets)
        return brief_html(brief_for(me, replace(pair[1], vulnerabilities=pair[1].vulnerabilities + theirs)))

    def secrets(these: list[str], words: str, rank: int) -> tuple[Vulnerability, ...]:
        first, second = these
        high = Vulnerability(first, 5, rank, words=words, sensitivity=Sensitivity.HIGH, relevance=Relevance.YES)
        return (high, Vulnerability(second, 2, relevance=Relevance.NO, words=words))

    told_once = told(secrets(codes[:2], words, 1), secrets(codes[2:], words, 1))
    assert told_once == told(secrets(codes[1::-1], "Other.", 6), secrets(codes[:1:-1], "Other.", 3))
    assert told_once == told(secrets(codes[2:], "", 2), ())


def test_their_page_does_not_tell_that_something_was_kept_back():
    kept = (
        Vulnerability("funding.solvency", 5, 1, words="Broke."),
        Vulnerability("market.ip", 3, relevance=Relevance.NO),
    )
    plain, keeping = (
        brief_for(hospital, churches),
        brief_for(replace(hospital, vulnerabilities=(*kept, *hospital.vulnerabilities)), churches),
    )
    assert keeping.material_fact
    assert their_page(keeping) == their_page(plain)


def test_our_page_is_sterner_where_the_audit_holds_a_material_fact_and_does_not_name_it():
    text = brief_markdown(brief_for(meadow, everyone[5]))
    assert "Your own audit holds something that may be of this kind. It is not named here." in text
    assert re.findall(r"reserve|liquidity|six weeks", text, re.IGNORECASE) == []
    assert "Your own audit holds" not in brief_markdown(brief_for(hospital, churches))


def test_script_suggests_words_where_there_are_none():
    gap = Vulnerability("assets.venue", relevance=Relevance.YES)
    brief = brief_for(Organisation("a", "A", vulnerabilities=(gap,)), churches)
    assert script(brief)[0] == "We have nowhere to meet."
    assert "The first sentence is a suggestion." in brief_markdown(brief)


def test_page_warns_where_the_relevance_filter_is_unanswered():
    gap = Vulnerability("assets.venue", words="No room.")
    text = brief_markdown(brief_for(Organisation("a", "A", vulnerabilities=(gap,)), churches))
    assert "Not everything on this page has been through the relevance filter." in text
    assert "relevance filter" not in brief_markdown(brief_for(hospital, churches))


@pytest.mark.parametrize(
    ("gaps", "sector", "basis", "said"),
    [
        (
            (Vulnerability("trust.community"),),
            Sector.FUNDER,
            Basis.STATED,
            "and I understand that you could use some of that.",
        ),
        (
            (Vulnerability("trust.community", source=REGISTER),),
            Sector.FUNDER,
            Basis.SUGGESTED,
            "and I wonder whether that is something you find hard yourselves.",
        ),
        (
            (Vulnerability("trust.underserved", source=REGISTER),),
            Sector.FUNDER,
            Basis.SUGGESTED,
            "and I wonder whether trust in underserved communities is something you find hard.",
        ),
        ((), Sector.BUSINESS, Basis.SECTOR, "and people say that companies often find that hard: is it so for you?"),
        (
            (),
            Sector.HEALTH,
            Basis.SECTOR,
            "and people say that hospitals and clinics often"
            " find trust in underserved communities hard: is it so for you?",
        ),
        ((), Sector.OTHER, Basis.OPEN, "but I do not know what you find hard, so I would rather ask."),
    ],
)
def test_only_what_they_stated_is_said_as_a_statement(
    gaps: tuple[Vulnerability, ...], sector: Sector, basis: Basis, said: str
):
    us = replace(youth, offers=(Offer("trust.community", 4, 2),))
    brief = brief_for(us, replace(foundation, sector=sector, vulnerabilities=gaps))
    assert brief.returns[0].basis is basis
    assert script(brief)[2] == f"What we do have is local community trust, {said}"


def test_offer_that_a_register_suggests_is_shown_with_its_sentence():
    visitors = Organisation("v", "Visitors", offers=(Offer("trust.underserved", 3, 1, source=REGISTER),))
    text = brief_markdown(brief_for(hospital, visitors))
    assert (
        "- **They may have:** Trust in underserved communities. A slight match on paper, going by their own word."
        " Suggested by “We visit every tower block in the ward.” (Charity Register, activities).\n"
    ) in text
    assert "though I may have read too much into it." in text


@pytest.mark.parametrize(
    ("sector", "gaps", "told"),
    [
        (
            Sector.NONPROFIT,
            (),
            "Nobody knows what they lack. Ask. Often said of charities: scaling operations; business expertise (claimed"
            " in the article that this method comes from; no source found).",
        ),
        (Sector.OTHER, (), "Nobody knows what they lack. Ask."),
        (
            Sector.NONPROFIT,
            (Vulnerability("ops.logistics"),),
            "Nothing of the kind, going by what they have said. Ask what else is hard.",
        ),
    ],
)
def test_page_says_what_to_listen_for_where_nothing_is_aimed_at(
    sector: Sector, gaps: tuple[Vulnerability, ...], told: str
):
    text = brief_markdown(brief_for(hospital, replace(churches, sector=sector, vulnerabilities=gaps)))
    assert f"- **They may lack:** {told}\n" in text


def test_page_says_where_no_fit_is_and_what_would_make_one():
    text = brief_markdown(brief_for(hospital, startup))
    assert text.startswith("# No fit yet with Permitly\n\n*For St Brigid's Hospital alone.*\n")
    assert (
        "- They turn out to have one of these, or to know somebody who has:"
        " trust in underserved communities; languages and translation; community venue.\n"
    ) in text


def test_page_without_an_audit_sends_the_reader_to_it():
    brief = brief_for(stranger, city)
    assert (brief.ours, brief.theirs) == (Way.SILENT, Way.SILENT)
    assert "You name at least one gap yourselves" in brief_markdown(brief)


def test_their_page_suggests_words_where_ours_seem_to_name_a_person():
    gap = Vulnerability("assets.venue", relevance=Relevance.YES, words="Only Dr Patel has the key.")
    brief = brief_for(Organisation("a", "A", vulnerabilities=(gap,)), churches)
    ours, theirs = brief_markdown(brief, whose="ours"), brief_markdown(brief, whose="theirs")
    assert "> Only Dr Patel has the key." in ours
    assert "Your own words seem to name a person. Say it without the name." in ours
    assert "We have nowhere to meet." in theirs
    assert "Patel" not in theirs
