"""A team answers on a telephone, without an account, with and without JavaScript; the lead looks and takes it over."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lichen_web.alliances.access.team import answering
from tests.browser.conftest import Opened
from tests.browser.looking import PHONE, looked_at, no_violations, scrolls_sideways
from tests.browser.test_every_page import window
from tests.web.alliances.actions.test_team import TEAM, TRUST, VENUE, VOLUNTEERS, answer, secret_for
from tests.web.alliances.actions.test_workbooks import RISKS
from tests.web.confiding import NOW
from tests.web.people import cast_of

WORDS = "We have no hall to meet in."


def say(page: Page, words: str, *, is_typed: bool) -> None:
    page.get_by_label("What is lacking, in your own words?").fill(words)
    if is_typed:
        expect(page.get_by_text("This is what Lichen understood.")).to_be_visible()
        expect(page.get_by_role("radio", checked=True)).to_have_count(2)
    page.get_by_role("group", name="How bad is it?").get_by_label("Serious").check()
    page.get_by_role("button", name="Keep it", exact=True).click()
    expect(page.get_by_text("It is kept.", exact=True)).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_team_answers_on_a_telephone_and_the_lead_takes_it_over(
    live_server: LiveServer, opened: Opened, has_scripts: bool
):
    hospital = cast_of(NOW).hospital
    lead = window(opened, hospital.lead, live_server.url)
    lead.goto(f"{live_server.url}/organisations/{hospital.id}/audit/team/")
    lead.get_by_role("link", name="Ask your team").first.click()
    lead.get_by_label("Their e-mail addresses").fill("\n".join(TEAM[:5]))
    lead.get_by_label("How many answers").fill("3")
    looked_at(lead, f"team-asking-{has_scripts}")
    lead.get_by_role("button", name="Send the links").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("Your team is asked")
    looked_at(lead, f"team-asked-{has_scripts}")

    phone = opened(viewport=PHONE, java_script_enabled=has_scripts)
    phone.goto(f"{live_server.url}/answer/{secret_for(TEAM[0])}/")
    assert phone.url == f"{live_server.url}/answering/"
    if has_scripts:
        looked_at(phone, "answering-empty")
    say(phone, WORDS, is_typed=has_scripts)
    say(phone, "We have too few volunteers.", is_typed=has_scripts)
    phone.get_by_role("button", name="Move number 2 up").click()
    expect(phone.get_by_text("The order is kept.")).to_be_visible()
    assert not scrolls_sideways(phone)
    if has_scripts:
        looked_at(phone, "answering")
    phone.get_by_role("link", name="show me my page").click()
    assert phone.get_by_role("listitem").first.inner_text().count("too few volunteers") == 1
    if has_scripts:
        looked_at(phone, "answering-own")
        for page in ("0/", "name/", "take-back/", "no-more/"):
            phone.goto(f"{live_server.url}/answering/{page}")
            looked_at(phone, f"answering-{page.strip('/')}")
        phone.goto(f"{live_server.url}/answering/own/")
    phone.get_by_role("button", name="I am done on this device").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    phone.goto(f"{live_server.url}/answering/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("This link leads nowhere")
    if has_scripts:
        no_violations(phone)
    assert len(answering(secret_for(TEAM[0])).saying.said) == 2

    answer(TEAM[1], VENUE, TRUST, severity=5)
    answer(TEAM[2], VOLUNTEERS, VENUE, severity=2)
    lead.reload()
    lead.get_by_role("button", name="Show what they say").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("What your team says")
    looked_at(lead, f"team-says-{has_scripts}")
    lead.get_by_role("checkbox").first.check()
    lead.get_by_role("button", name="Take these into our audit").click()
    expect(lead.get_by_text("They stand in your audit now.")).to_be_visible()


def test_file_comes_in_from_a_table_of_ones_own(live_server: LiveServer, opened: Opened):
    hospital = cast_of(NOW).hospital
    lead = window(opened, hospital.lead, live_server.url)
    lead.goto(f"{live_server.url}/organisations/{hospital.id}/audit/workbook/")
    looked_at(lead, "workbook")
    with lead.expect_download() as taken:
        lead.get_by_role("button", name="Take it out").click()
    assert taken.value.suggested_filename == f"lichen-audit-{timezone.localdate()}.xlsx"
    wrong = b"record,name,code,severity\norganisation,Us,,\ngap,,assets.venue,9\n"
    for name, raw, then in (
        ("wrong.csv", wrong, "The audit as a file"),
        ("risks.csv", RISKS, "What do the columns mean?"),
    ):
        lead.get_by_label("The file", exact=True).set_input_files({"name": name, "mimeType": "text/csv", "buffer": raw})
        lead.get_by_role("button", name="Look it over").click()
        expect(lead.get_by_role("heading", level=1)).to_have_text(then)
        looked_at(lead, f"workbook-{name[:5]}")
    lead.get_by_role("button", name="Look over what would change").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("What would change")
    looked_at(lead, "workbook-look")
    lead.get_by_role("button", name="Add and change, remove nothing").click()
    expect(lead.get_by_text("It is taken in")).to_be_visible()
