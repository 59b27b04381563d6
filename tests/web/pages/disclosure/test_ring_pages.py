"""A ring on the pages: where it stands, who is awaited, and to the letter what each would see; of others nothing."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import reverse

from lichen.brief.phrases import label
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.models import MatterEvent
from tests.web.pages.reading import browser, heading, said
from tests.web.people import WebCast
from tests.web.ringing import AROUND, BESIDES, NOW, Ring, agree, gaps_of, of, ringed, tell, two_of

NAMES = ("Rhea Ring's", "Sol Ring's", "Tia Ring's")


@pytest.fixture
def ring(cast: WebCast) -> Ring:
    return ringed(cast)


def at(ring: Ring, who: int, name: str, *takes: object) -> str:
    return reverse(name, args=[of(ring.three[who]), *takes])


def page(ring: Ring, who: int, other: int, name: str = "dealing") -> HttpResponse:
    return browser(ring.three[who]).get(at(ring, who, name, ring.matter(who, other)))


def plain(answer: HttpResponse) -> str:
    """The words of a page."""
    body = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def ring_said(answer: HttpResponse) -> str:
    """What stands in the part about the ring."""
    found = re.search(r'<section class="ring".*?</section>', answer.content.decode(), re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))).strip() if found else ""


def posted(ring: Ring, who: int, matter: UUID, ticked: dict[UUID, list[str]]) -> HttpResponse:
    """One agrees, as the form has it."""
    chosen = {str(id): values for id, values in ticked.items()}
    return browser(ring.three[who]).post(at(ring, who, "agree_to_codes", matter), chosen, follow=True)


def ticks(ring: Ring, who: int) -> dict[UUID, list[str]]:
    """What its form offers: for whoever can ease something, that, and for the other nothing."""
    gaps, helper = gaps_of(ring.three[who]), two_of(ring, who)[0]
    return {helper: ["{}:{}".format(*gaps[code]) for code in AROUND[who]]}


def test_page_says_where_the_ring_stands_and_who_is_awaited(ring: Ring):
    begun = ring_said(page(ring, 0, 1))
    assert begun.startswith("Your ring of three Sol Ring's, Tia Ring's and you are a ring of three.")
    assert "they open once all three have agreed" in begun
    agree(ring, 0)
    assert "It waits for Sol Ring's and Tia Ring's" in plain(page(ring, 0, 1))
    agree(ring, 1)
    assert "It waits for Tia Ring's;" in plain(page(ring, 0, 1))
    assert plain(page(ring, 2, 0)).count("once all three have agreed") >= 2
    agree(ring, 2)
    assert "nobody gets more than one ahead" in ring_said(page(ring, 0, 1))
    tell(ring, 0)
    assert "You have told one gap more than Sol Ring's and Tia Ring's, or than they told you." in plain(
        page(ring, 0, 1)
    )


def test_dealing_of_two_by_themselves_says_nothing_of_a_ring(cast: WebCast, ring: Ring):
    matter = disclosure.propose_matter(ring.three[0], circle=cast.circle, other=cast.hospital.id, at=NOW)
    disclosure.say_yes(cast.hospital.lead, matter=matter, at=NOW)
    answer = browser(ring.three[0]).get(at(ring, 0, "dealing", matter))
    assert (answer.status_code, ring_said(answer)) == (200, "")
    assert "ring of three" not in plain(answer)


def test_preview_shows_both_to_the_letter_and_opens_nothing_before_all_three(ring: Ring):
    asked = page(ring, 0, 1, "agree_to_codes")
    assert heading(asked) == "Let Sol Ring's and Tia Ring's see your gaps by name?"
    assert "Nothing opens before all three have agreed." in plain(asked)
    names = [unescape(name) for name in re.findall(r'<p class="gap-name">(.*?)</p>', asked.content.decode())]
    assert names == [label(code) for code in AROUND[0]]
    assert "Nothing: you agree all the same, because all three do." in plain(asked)
    assert "The confession about" not in asked.content.decode()
    for who in (0, 1, 2):
        matter, _other = two_of(ring, who)
        answer = posted(ring, who, matter, ticks(ring, who))
        assert said(answer) == ["You have agreed. Gaps by name open once all three have."]
        assert (label(AROUND[0][0]) in read_names(ring, 1, 0)) is (who == 2)
    assert read_names(ring, 1, 0) == [label(code) for code in sorted(AROUND[0])]
    assert read_names(ring, 2, 0) == []


def read_names(ring: Ring, reader: int, owner: int) -> list[str]:
    found = re.search(r"<h2>What you read of .*?<h2>", page(ring, reader, owner).content.decode(), re.DOTALL)
    assert found is not None
    return [unescape(name) for name in re.findall(r'<p class="gap-name">(.*?)</p>', found[0])]


def test_nothing_of_the_other_two_stands_on_any_page_of_the_third(ring: Ring):
    """B and C have told each other all they can; A looks at every page of its own."""
    agree(ring, 0, 1, 2)
    for who in (1, 2, 0):
        tell(ring, who)
    secret = {f"The confession about {AROUND[1][0]}.", label(AROUND[1][0])}
    for other in (1, 2):
        for name in (
            "dealing",
            "dealing_fit",
            "agree_to_codes",
            "messages",
            "brief",
            "end_matter",
            "withdraw_everything",
        ):
            words = plain(page(ring, 0, other, name))
            assert {each for each in secret if each in words} - {
                label(code) for code in (*AROUND[0], *BESIDES)
            } == set()
    for name in ("dealing", "dealing_fit", "agree_to_codes", "messages", "end_matter"):
        assert browser(ring.three[0]).get(at(ring, 0, name, ring.matter(1, 2))).status_code == 404


def test_preview_of_words_says_why_not_while_one_is_ahead(ring: Ring):
    agree(ring, 0, 1, 2)
    tell(ring, 0)
    matter, _other = two_of(ring, 0)
    gap, version = gaps_of(ring.three[0])[AROUND[0][1]]
    address = at(ring, 0, "disclose_vulnerability", matter, gap)
    assert "You have told more than another of your ring, or more than you were told." in plain(
        browser(ring.three[0]).get(address)
    )
    refused = browser(ring.three[0]).post(address, {"version": version})
    assert refused.status_code == 403
    for who in (1, 2):
        tell(ring, who)
    told = browser(ring.three[0]).post(address, {"version": version}, follow=True)
    assert said(told) == [f"They can read it now: {label(AROUND[0][1])}."]


def test_ids_of_others_posted_in_the_form_open_nothing(cast: WebCast, ring: Ring):
    other = ringed(cast, ("Una Round", "Vic Round", "Wyn Round"))
    matter, beside = two_of(ring, 0)
    foreign = [f"{item}:{version}" for item, version in gaps_of(other.three[0]).values()]
    before = MatterEvent.objects.count()
    for ticked in ({matter: foreign}, {ring.matter(1, 2): ticks(ring, 0)[matter]}, {other.matter(0, 1): foreign}, {}):
        answer = posted(ring, 0, matter, ticked)
        assert (answer.status_code in {403, 404, 422}, said(answer)) == (True, [])
    for id in (ring.matter(1, 2), other.matter(0, 1)):
        assert posted(ring, 0, id, {id: foreign}).status_code == 404
    assert MatterEvent.objects.count() == before
    assert beside != matter


@pytest.mark.parametrize("how", ["withdraw_everything", "end_matter", "report_exploitation"])
def test_who_goes_back_is_told_that_the_ring_rests_and_the_third_not_why(ring: Ring, how: str):
    agree(ring, 0, 1, 2)
    between = ring.matter(1, 2)
    address = at(ring, 1, how, between)
    assert "Your ring of three rests from then on" in plain(browser(ring.three[1]).get(address))
    assert browser(ring.three[1]).post(address, {"words": ""}).status_code == 302
    for other in (1, 2):
        words = ring_said(page(ring, 0, other))
        assert words.endswith(f"Why it rests is told to nobody. To your dealing with {NAMES[3 - other]}")
        assert "Your ring of three rests: nothing more opens in it now." in plain(page(ring, 0, other))
    assert read_names(ring, 0, 2) == [label(code) for code in sorted(AROUND[2])]
