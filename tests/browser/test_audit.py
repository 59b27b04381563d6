"""The audit in a real browser: understood as it is said, kept as one goes, put in order by drag, keys and buttons."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import cast as organisations
from tests.browser.conftest import Opened
from tests.browser.looking import PHONE, looked_at, no_violations
from tests.browser.test_every_page import window
from tests.web.confiding import audited
from tests.web.people import WebCast, cast_of

VAN = "Our van is broken and nobody drives any more."
WORDS = "In your own words: what are you bad at?"
AUDIT = "What you lack, and what you can give"


@pytest.fixture
def cast(transactional_db: None) -> WebCast:
    """The two have audited themselves."""
    return audited(cast_of(timezone.now()))


@pytest.fixture
def audit(live_server: LiveServer, cast: WebCast) -> str:
    """The address of the hospital's audit."""
    return live_server.url + reverse("audit", args=[cast.hospital.id])


def labels(page: Page) -> list[str]:
    return page.locator("ol strong").all_inner_texts()


@pytest.fixture
def lead(opened: Opened, cast: WebCast, live_server: LiveServer) -> Page:
    """The window of the hospital's lead."""
    return window(opened, cast.hospital.lead, live_server.url)


def test_words_are_understood_as_they_are_typed_and_kept_as_one_goes(lead: Page, audit: str):
    lead.goto(f"{audit}gaps/new/")
    lead.get_by_label(WORDS).press_sequentially(VAN)
    expect(lead.get_by_label("Vehicles and fleet", exact=True)).to_be_checked()
    looked_at(lead, "gap-understood")
    lead.get_by_label("Total: nothing of it is there").check()
    expect(lead.locator(".kept")).to_contain_text("Sealed and kept at")
    expect(lead).to_have_url(re.compile(r"/audit/gaps/[0-9a-f-]{36}/$"))
    kept = lead.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")
    assert VAN not in kept
    lead.reload()
    assert lead.get_by_label(WORDS).input_value() == VAN
    lead.get_by_role("button", name="Seal and keep it").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text(AUDIT)
    assert labels(lead)[-1] == "Vehicles and fleet"


def test_nonsense_is_asked_about_before_anything_is_kept(lead: Page, audit: str):
    lead.goto(f"{audit}gaps/new/")
    lead.get_by_label(WORDS).press_sequentially("asdf")
    lead.get_by_label("Total: nothing of it is there").check()
    expect(lead.locator(".kept")).to_have_text(
        "Not kept yet: which of these do you mean? Choose one above, or “None of these”."
    )
    expect(lead).to_have_url(re.compile("/gaps/new/$"))
    expect(lead.get_by_label(WORDS)).to_have_value("asdf")
    looked_at(lead, "gap-nonsense")
    lead.get_by_label("None of these").check()
    expect(lead.locator(".kept")).to_contain_text("Sealed and kept at")


def test_search_finds_what_was_not_understood(lead: Page, audit: str):
    lead.goto(f"{audit}gaps/new/")
    lead.get_by_text("Search the vocabulary").click()
    lead.get_by_label("A word or two").press_sequentially("bookk")
    lead.get_by_role("group", name="Found in the vocabulary").get_by_role("radio").first.check()
    chosen = lead.locator("input[name=code]:checked").get_attribute("value")
    lead.get_by_label(WORDS).fill("Xyz.")
    expect(lead.locator(".understood input:checked")).to_have_value(str(chosen))
    looked_at(lead, "gap-searched")


def test_row_is_written_in_its_place_by_the_keyboard_alone(lead: Page, audit: str):
    lead.goto(audit)
    lead.get_by_role("link", name="Change Languages and translation").press("Enter")
    expect(lead.get_by_label(WORDS)).to_be_focused()
    looked_at(lead, "gap-in-place")
    lead.keyboard.type(" And no time.")
    lead.get_by_role("button", name="Seal and keep it").press("Enter")
    row = lead.get_by_role("listitem").filter(has_text="Languages and translation")
    expect(row).to_contain_text("two interpreters. And no time.")
    expect(lead.get_by_role("link", name="Change Languages and translation")).to_be_focused()


def test_two_tabs_see_what_the_other_said_and_lose_nothing(lead: Page, audit: str):
    other = lead.context.new_page()
    for page, words in ((lead, "What I said first."), (other, "What I say now.")):
        page.goto(audit)
        page.get_by_role("link", name="Change Community venue").click()
        page.get_by_label(WORDS).fill(words)
    lead.get_by_role("button", name="Seal and keep it").click()
    expect(lead.get_by_label(WORDS)).to_have_count(0)
    other.get_by_role("button", name="Seal and keep it").click()
    expect(other.get_by_role("alert")).to_contain_text("What I said first.")
    expect(other.get_by_label(WORDS)).to_have_value("What I say now.")
    looked_at(other, "gap-meanwhile")
    other.get_by_role("button", name="Join the two").press("Enter")
    expect(other.get_by_label(WORDS)).to_have_value("What I said first.\nWhat I say now.")
    no_violations(other)
    other.get_by_label(WORDS).fill("What I say now.")
    other.get_by_role("button", name="Seal and keep it").click()
    expect(other.get_by_role("listitem").filter(has_text="Community venue")).to_contain_text("What I say now.")


def test_order_is_put_by_keys_and_by_drag_and_said_aloud(lead: Page, audit: str):
    lead.goto(f"{audit}gaps/order/")
    a, b, c, *rest = labels(lead)
    ids = lead.locator("input[name=seen]").input_value().split(",")
    handle = lead.get_by_role("button", name=f"Move {c}: drag it, or use the arrow keys")
    with lead.expect_response(re.compile("order")):
        handle.press("ArrowUp")
    expect(lead.locator("#moved")).to_have_text(f"{c}: place 2 of 6.")
    expect(lead.locator("input[name=seen]")).to_have_value(re.compile(rf"^{ids[0]},{ids[2]},{ids[1]}"))
    expect(handle).to_be_focused()
    held = lead.get_by_role("button", name=f"Move {a}: drag it").bounding_box()
    under = lead.locator(".ordering li").nth(2).bounding_box()
    assert held is not None
    assert under is not None
    lead.mouse.move(held["x"] + 9, held["y"] + 9)
    lead.mouse.down()
    lead.mouse.move(under["x"] + 40, under["y"] + 9, steps=5)
    lead.mouse.move(under["x"] + 40, under["y"] + under["height"] - 4, steps=5)
    with lead.expect_response(re.compile("order")):
        lead.mouse.up()
    lead.reload()
    assert labels(lead) == [c, b, a, *rest]
    looked_at(lead, "order")


def test_all_of_it_works_without_javascript_on_a_telephone(opened: Opened, cast: WebCast, audit: str):
    home = audit.split("/organisations/")[0]
    cookies = window(opened, cast.hospital.lead, home).context.storage_state()
    page = opened(java_script_enabled=False, viewport=PHONE, storage_state=cookies)
    page.goto(f"{audit}gaps/new/")
    page.get_by_label(WORDS).fill(VAN)
    page.get_by_role("button", name="What did you understand?").click()
    page.get_by_label("Logistics and transport", exact=True).check()
    page.get_by_role("button", name="Seal and keep it").click()
    assert labels(page)[-1] == "Logistics and transport"
    page.get_by_role("link", name="Put them in order").click()
    page.get_by_role("button", name="Move Logistics and transport up").click()
    page.get_by_label("Place of Logistics and transport").fill("1")
    page.get_by_label("Place of Logistics and transport").press("Enter")
    assert labels(page)[0] == "Logistics and transport"
    page.goto(audit)
    page.get_by_role("link", name="Change Logistics and transport").click()
    page.get_by_role("button", name="Remove it").click()
    assert len(labels(page)) == len(organisations.hospital.vulnerabilities)
    page.get_by_role("button", name="Put it back").click()
    assert labels(page)[0] == "Logistics and transport"


def test_what_is_missing_comes_beside_the_audit(lead: Page, audit: str, cast: WebCast):
    lead.goto(audit)
    expect(lead.get_by_text("The audit can be used as it is.")).to_be_visible()
    no_violations(lead)
