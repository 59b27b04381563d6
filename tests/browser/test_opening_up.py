"""Opening up before a real browser: every page of a dealing, on every rung, in light and dark, wide and narrow."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from lichen_web.accounts.models import Organisation
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.messages import send_message
from tests.browser.conftest import Opened
from tests.browser.looking import PHONE, looked_at
from tests.browser.test_every_page import window
from tests.cast import churches_audit, hospital_audit
from tests.web.confiding import C1, H1, H2, NOW, Dealing, audited, gap_of
from tests.web.people import House, WebCast, cast_of


def see(page: Page, house: str, name: str, picture: str, of: House, *takes: object) -> None:
    """Go there, and look."""
    page.goto(house + reverse(name, args=[of.id, *takes]))
    looked_at(page, f"opening-{picture}")


@pytest.mark.long
def test_two_open_up_before_everybodys_eyes(live_server: LiveServer, opened: Opened):
    """The hospital asks and shows, the churches answer; each page is looked at on the way."""
    cast = audited(cast_of(NOW - timedelta(days=2)))
    Organisation.objects.filter(id=cast.churches.id).update(is_public_body=True)
    asking, asked = (window(opened, house.lead, live_server.url) for house in (cast.hospital, cast.churches))
    house = live_server.url
    begun(asking, asked, house, cast)
    dealing = Dealing(cast, disclosure.open_matters(cast.hospital.lead)[0])
    opened_up(asking, asked, house, dealing)
    written_and_ended(asking, asked, house, dealing)


def begun(asking: Page, asked: Page, house: str, cast: WebCast) -> None:
    """From their circle to a yes of both."""
    see(asking, house, "dealings", "nobody-yet", cast.hospital)
    see(asking, house, "shown", "nothing-shown", cast.hospital)
    see(asking, house, "circle", "circle", cast.hospital, cast.circle)
    asking.get_by_role("link", name="Propose to deal with each other").click()
    looked_at(asking, "opening-propose")
    asking.get_by_role("button", name="Propose it").click()
    looked_at(asking, "opening-proposed")
    see(asked, house, "dealings", "asked", cast.churches)
    asked.get_by_role("link", name=cast.hospital.name).click()
    looked_at(asked, "opening-asked-one")
    asked.get_by_role("link", name="Read what a yes opens").click()
    asked.get_by_role("button", name="Say yes").click()
    looked_at(asked, "opening-met")


def opened_up(asking: Page, asked: Page, house: str, dealing: Dealing) -> None:
    """Gaps by name, and one of each in its own words."""
    cast = dealing.cast
    see(asking, house, "agree_to_codes", "codes", cast.hospital, dealing.id)
    asking.get_by_role("button", name="Agree").click()
    looked_at(asking, "opening-agreed")
    disclosure.agree_to_codes(cast.churches.lead, matter=dealing.id, at=timezone.now())
    see(asking, house, "dealing", "names", cast.hospital, dealing.id)
    see(asking, house, "disclose_vulnerability", "preview", cast.hospital, dealing.id, gap_of(cast.hospital, H1))
    asking.get_by_role("button", name="Show it to them").click()
    looked_at(asking, "opening-ahead")
    see(asking, house, "disclose_vulnerability", "not-now", cast.hospital, dealing.id, gap_of(cast.hospital, H2))
    see(asked, house, "disclose_vulnerability", "answering", cast.churches, dealing.id, gap_of(cast.churches, C1))
    asked.get_by_role("button", name="Show it to them").click()
    looked_at(asked, "opening-level")
    see(asking, house, "dealing", "both", cast.hospital, dealing.id)
    see(asking, house, "dealing_fit", "fit", cast.hospital, dealing.id)


def written_and_ended(asking: Page, asked: Page, house: str, dealing: Dealing) -> None:
    """The pages beside, and the end."""
    cast = dealing.cast
    see(asking, house, "answer_relevance", "relevance", cast.hospital, dealing.id, gap_of(cast.hospital, H2))
    see(asking, house, "judge_trial", "trial", cast.hospital, dealing.id)
    see(asking, house, "messages", "no-messages", cast.hospital, dealing.id)
    asking.get_by_label("Your message").fill("We are in on Tuesday morning.\nWould that suit you?")
    asking.get_by_role("button", name="Send it").click()
    send_message(cast.churches.lead, matter=dealing.id, words="Tuesday it is. https://example.org", at=timezone.now())
    see(asking, house, "messages", "messages", cast.hospital, dealing.id)
    assert asking.locator("ol.letters a").count() == 0
    see(asking, house, "withdraw_item", "withdraw", cast.hospital, dealing.id, gap_of(cast.hospital, H2))
    asking.get_by_role("button", name="Take it back").click()
    see(asking, house, "shown", "shown", cast.hospital)
    see(asking, house, "withdraw_everything", "withdraw-everything", cast.hospital, dealing.id)
    see(asking, house, "end_matter", "end", cast.hospital, dealing.id)
    see(asking, house, "report_exploitation", "exploited", cast.hospital, dealing.id)
    asking.get_by_label("What happened").fill("It stood in the paper on Monday.")
    asking.get_by_role("button", name="Shut everything now").click()
    looked_at(asking, "opening-over")
    see(asked, house, "dealing", "over-for-them", cast.churches, dealing.id)


def test_opening_up_works_on_a_telephone_without_scripts(live_server: LiveServer, opened: Opened):
    unready = replace(hospital_audit, readiness=replace(hospital_audit.readiness, leadership_aligned=False))
    cast = audited(cast_of(NOW - timedelta(days=2)), (unready, churches_audit))
    matter = disclosure.propose_matter(cast.churches.lead, circle=cast.circle, other=cast.hospital.id, at=NOW)
    page = opened(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_label("Email").fill("brigid@example.org")
    page.get_by_label("Password").fill("seven-churches-by-the-river")
    page.get_by_role("button", name="Sign in", exact=True).click()
    here = live_server.url + reverse("dealing", args=[cast.hospital.id, matter])
    page.goto(here)
    page.get_by_role("link", name="Read what a yes opens").click()
    page.get_by_role("button", name="Say yes").click()
    page.get_by_role("link", name="See what they would see").click()
    page.get_by_role("button", name="Agree").click()
    disclosure.agree_to_codes(cast.churches.lead, matter=matter, at=timezone.now())
    page.goto(here)
    page.get_by_role("link", name="See what they would read").click()
    page.get_by_role("button", name="Try this one with them").click()
    page.get_by_role("link", name="Say how it was received").click()
    page.get_by_label("Well: they listened, and answered in kind").check()
    page.get_by_role("button", name="Keep this answer").click()
    assert page.get_by_text("Your answer is kept.").count() == 1
