"""Every page of the house in a real browser, by the table of access: nothing is wrong with any of them anywhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from lichen_web.alliances.access.actors import Actor
from tests.browser.conftest import Opened
from tests.browser.looking import looked_at
from tests.web.access.asking import addresses, path_of, scene_of
from tests.web.access.test_access import table
from tests.web.people import PASSWORD, address

ACCOUNT = ("account_", "mfa_")
LEADS_ON = {
    "account_complete_password_reset",
    "account_email_verification_sent",
    "account_set_password",
    "answer_link",
    "answer_no_more_link",
    "invitation",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
"""What shows nothing of its own until something has gone before; the story comes through some of it."""


DOWNLOADS = {"brief_pdf", "workbook_template"}
"""What is a file, and no page."""


def seen_by() -> dict[str, list[str]]:
    """Each page, and the first two who may see it: some lead on who is signed in, some who is not."""
    asked = {name: row for (name, method), row in table().items() if method == "GET" and "yes" in row.values()}
    asked = {name: row for name, row in asked.items() if name not in DOWNLOADS}
    return {name: [role for role, word in row.items() if word == "yes"][:2] for name, row in asked.items()}


@pytest.mark.long
@pytest.mark.parametrize("room", ["the account", "the rest"])
def test_every_page_is_right_in_light_and_dark_on_a_screen_and_on_a_telephone(
    live_server: LiveServer, opened: Opened, room: str
):
    scene = scene_of()
    windows: dict[str, Page] = {}
    wrong: dict[str, str] = {}
    led_on: set[str] = set()
    here = {name: roles for name, roles in seen_by().items() if name.startswith(ACCOUNT) == (room == "the account")}
    for name, roles in here.items():
        asked = live_server.url + path_of(name, addresses()[name], scene)
        for role in roles:
            page = windows.get(role) or windows.setdefault(role, window(opened, scene.actors[role], live_server.url))
            answer = page.goto(asked)
            if page.url == asked and answer.status == 200:
                break
        else:
            led_on.add(name)
            continue
        try:
            assert page.locator("h1").count() == 1
            looked_at(page, name)
        except AssertionError as told:
            wrong[name] = str(told)
    assert wrong == {}
    assert led_on == LEADS_ON & here.keys()


def window(opened: Opened, actor: Actor | None, house: str) -> Page:
    """The browser of somebody who has just signed in, and said once more that it is them."""
    page = opened()
    if actor is not None:
        page.goto(f"{house}/account/login/")
        page.get_by_label("Email").fill(address(actor))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.goto(f"{house}/account/2fa/totp/activate/")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    return page
