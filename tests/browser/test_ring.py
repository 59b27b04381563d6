"""A ring of three before three real browsers: each agrees on their own page, and what two show stays theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from lichen.brief.phrases import label
from tests.browser.conftest import Opened
from tests.browser.looking import looked_at
from tests.browser.test_every_page import window
from tests.web.people import cast_of
from tests.web.ringing import AROUND, NOW, Ring, gaps_of, of, ringed, two_of

NAMES = ("Rhea Ring's", "Sol Ring's", "Tia Ring's")


def dealing(page: Page, house: str, ring: Ring, who: int, other: int) -> Page:
    page.goto(house + reverse("dealing", args=[of(ring.three[who]), ring.matter(who, other)]))
    return page


def names_open(page: Page) -> list[str]:
    """What one reads of the other, by name."""
    return [each.strip() for each in page.locator("article.as-read .gap-name").all_inner_texts()]


def agreed(page: Page, house: str, ring: Ring, who: int) -> None:
    """From the page of a dealing to the preview, and on."""
    dealing(page, house, ring, who, (who + 1) % 3)
    page.get_by_role("link", name="See what they would see").click()
    looked_at(page, f"ring-codes-{who}")
    page.get_by_role("button", name="Agree").click()
    page.get_by_text("You have agreed. Gaps by name open once all three have.").wait_for()


@pytest.mark.long
def test_three_agree_one_after_the_other_and_each_reads_what_they_can_ease(live_server: LiveServer, opened: Opened):
    ring, house = ringed(cast_of(NOW - timedelta(days=2))), live_server.url
    pages = [window(opened, actor, house) for actor in ring.three]
    looked_at(dealing(pages[0], house, ring, 0, 1), "ring-met")
    for who in (0, 1):
        agreed(pages[who], house, ring, who)
        assert names_open(dealing(pages[1], house, ring, 1, 0)) == []
    looked_at(dealing(pages[0], house, ring, 0, 1), "ring-awaits")
    assert pages[0].get_by_text("It waits for Tia Ring's").count() > 0
    agreed(pages[2], house, ring, 2)
    for owner in range(3):
        reader, third = (owner + 1) % 3, (owner + 2) % 3
        seen = names_open(dealing(pages[reader], house, ring, reader, owner))
        assert seen == [label(code) for code in sorted(AROUND[owner])]
        assert names_open(dealing(pages[third], house, ring, third, owner)) == []
    looked_at(dealing(pages[1], house, ring, 1, 0), "ring-open")
    told(pages, house, ring)


def told(pages: list[Page], house: str, ring: Ring) -> None:
    """One tells a gap in its own words, and has to wait for the other two; the third sees nothing of it."""
    matter, _other = two_of(ring, 0)
    gap, _version = gaps_of(ring.three[0])[AROUND[0][0]]
    pages[0].goto(house + reverse("disclose_vulnerability", args=[of(ring.three[0]), matter, gap]))
    looked_at(pages[0], "ring-preview")
    pages[0].get_by_role("button", name="Show it to them").click()
    looked_at(dealing(pages[0], house, ring, 0, 1), "ring-ahead")
    assert pages[0].get_by_text("The next is theirs, if they wish.").count() > 0
    assert dealing(pages[1], house, ring, 1, 0).get_by_text(f"The confession about {AROUND[0][0]}.").count() == 1
    assert dealing(pages[2], house, ring, 2, 0).get_by_text(f"The confession about {AROUND[0][0]}.").count() == 0
    pages[2].goto(house + reverse("dealing", args=[of(ring.three[2]), matter]))
    assert NAMES[1] not in pages[2].inner_text("body")
    pages[1].goto(house + reverse("end_matter", args=[of(ring.three[1]), ring.matter(1, 2)]))
    looked_at(pages[1], "ring-end")
    pages[1].get_by_role("button", name="End it").click()
    looked_at(dealing(pages[0], house, ring, 0, 1), "ring-rests")
    assert pages[0].get_by_text("nothing more opens in it now").count() > 0
