"""Looking for partners before a real browser: the blind pages, and those about organisations that are no members."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lichen_web.alliances.actions.listed import add_listed
from lichen_web.alliances.models import ListedNote, ListedOrganisation
from tests.browser.conftest import Opened
from tests.browser.hands import Keys
from tests.browser.looking import looked_at, no_violations
from tests.browser.test_every_page import window
from tests.web.confiding import audited
from tests.web.listing import a_note, a_search, id_of, listed, trust
from tests.web.people import PASSWORD, WebCast, address, cast_of

HALL = {"name": "Mill Hall", "sector": "nonprofit", "country": "GB", "region": "Leeds", "size": "", "website": ""}
SEEN = {"reference": "", "offers": ["community venue"], "evidence": 2, "source": "Leaflet", "source_url": ""}
LACKS = "They told you that they lack"


@pytest.fixture
def cast(transactional_db: None) -> WebCast:
    """The two have audited themselves, and some organisations are listed."""
    made = audited(cast_of(timezone.now()))
    listed()
    return made


@pytest.fixture
def lead(opened: Opened, cast: WebCast, live_server: LiveServer) -> Page:
    """The window of the hospital's lead."""
    return window(opened, cast.hospital.lead, live_server.url)


def test_no_page_about_partners_is_wrong_in_light_and_dark_and_on_a_telephone(
    lead: Page, cast: WebCast, live_server: LiveServer
):
    now, own = timezone.now(), cast.hospital
    hall, search = add_listed(own.lead, **HALL, **SEEN, at=now), a_search(own.lead, now)
    a_note(own.lead, now)
    pages = {
        "fit": reverse("fit", args=[own.id]),
        "comparing": reverse("comparing", args=[own.id, cast.circle]),
        "exclusions": reverse("exclusions", args=[own.id]),
        "listed": reverse("listed_organisations", args=[own.id]),
        "listed-we-help": reverse("listed_organisations", args=[own.id]) + "?way=we-help",
        "listed-nobody": reverse("listed_organisations", args=[own.id]) + "?place=Cornwall",
        "listed-kept": reverse("listed_organisations", args=[own.id]) + f"?search={search}",
        "listed-named": reverse("listed_organisations", args=[own.id]) + "?named=east",
        "listed-unnamed": reverse("listed_organisations", args=[own.id]) + "?named=qqq",
        "map": reverse("listed_map", args=[own.id]),
        "searches": reverse("saved_searches", args=[own.id]),
        "save-search": reverse("save_search", args=[own.id]) + "?place=York",
        "add": reverse("add_listed", args=[own.id]),
        "one": reverse("listed_organisation", args=[own.id, id_of(trust)]),
        "ours": reverse("listed_organisation", args=[own.id, hall]),
        "note": reverse("listed_note", args=[own.id, hall]),
        "change": reverse("change_listed", args=[own.id, hall]),
        "withdraw": reverse("withdraw_listed", args=[own.id, hall]),
        "correction": reverse("ask_correction"),
    }
    wrong = {}
    for name, path in pages.items():
        assert lead.goto(live_server.url + path).status == 200
        try:
            assert lead.locator("h1").count() == 1
            for folded in lead.locator("main details:not([open]) > summary").all():
                folded.click()
            looked_at(lead, f"partners-{name}")
        except AssertionError as told:
            wrong[name] = str(told)
    assert wrong == {}


def test_an_organisation_is_found_added_and_noted_by_the_keyboard_alone(
    lead: Page, cast: WebCast, live_server: LiveServer
):
    hands = Keys(lead, live_server.url)
    hands.come_to(reverse("listed_organisations", args=[cast.hospital.id]))
    hands.fill("Find one by its name", "eastf")
    hands.press("Find")
    hands.reads("1 of that name.")
    hands.follow(trust.name)
    hands.follow("Note a conversation")
    hands.fill("Who was there", "Ann")
    hands.fill("What was said", "We met at the hall.")
    searching = lead.get_by_label(f"Search the vocabulary: a word or two, {LACKS}")
    hands.fill(f"Search the vocabulary: a word or two, {LACKS}", "volun")
    expect(lead.get_by_label("Volunteer base")).to_be_visible()
    expect(searching).to_be_focused()
    no_violations(lead)
    hands.choose("Volunteer base", of=LACKS)
    hands.press("Keep the note")
    hands.reads("They told you that they lack: ")
    assert ListedNote.objects.count() == 1


def test_without_javascript_a_note_is_searched_for_and_kept(opened: Opened, cast: WebCast, live_server: LiveServer):
    page = opened(java_script_enabled=False)
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_label("Email").fill(address(cast.hospital.lead))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(live_server.url + reverse("listed_note", args=[cast.hospital.id, id_of(trust)]))
    page.get_by_label("Who was there").fill("Ann")
    page.get_by_label("What was said").fill("We met at the hall.")
    page.get_by_label(f"Search the vocabulary: a word or two, {LACKS}").fill("volunteer")
    page.get_by_role("group", name=LACKS).get_by_role("button").click()
    page.get_by_label("Volunteer base").check()
    expect(page.get_by_label("What was said")).to_have_value("We met at the hall.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("They told you that they lack: ")).to_be_visible()
    page.goto(live_server.url + reverse("add_listed", args=[cast.hospital.id]))
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Write at least one thing that you saw it give.").first).to_be_visible()
    assert ListedOrganisation.objects.count() == 2
