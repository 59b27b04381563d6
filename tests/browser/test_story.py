"""The story from the front page to the circle, told by the people themselves, each in a window of their own.

Once on a wide screen, once on a telephone without JavaScript, once with the keyboard alone.
"""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from lichen_web.alliances.actions.host import invite_host
from tests import cast
from tests.browser.conftest import Opened
from tests.browser.guests import EVERY_WAY, TABLE, Guest, Way
from tests.web.people import PASSWORD, token_for

ANSWERS = {
    "What would you ally for?": "Something difficult that will take a year or more",
    "Would your leadership tell a partner what you are worst at?": "Yes",
    "Can your leadership give it two hours now, and somebody a little every month?": "Yes",
    "Could you say no to the partner you have in mind, and be all right?": "Yes, or we have nobody in mind yet",
    "Is there something between you that nobody could set aside?": "No",
    "Would naming your gaps put a person at risk, or break a duty of silence?": "No",
}


def answers_six_questions(guest: Guest) -> None:
    guest.hands.come_to("/")
    guest.sees("Find the partner who has what you lack, and lacks what you have.")
    guest.hands.follow("Answer six questions")
    guest.sees("Is this for you, now?")
    for question, answer in ANSWERS.items():
        guest.hands.choose(answer, of=question)
    guest.hands.press("See the answer")
    guest.sees("Yes. It may well be for you.", "answer")
    guest.hands.follow("Sign up")


def turns_on_the_second_factor(guest: Guest) -> None:
    """And signs in again with one of the codes that are for a lost telephone."""
    guest.hands.unfold(guest.name)
    guest.hands.follow("How I sign in")
    guest.sees("How I sign in")
    guest.hands.follow("Set it up")
    guest.sees("Is it you?")
    guest.hands.fill("Password", PASSWORD)
    guest.hands.press("Go on")
    guest.sees("Set up an authenticator app", "totp")
    secret = guest.hands.page.locator("#totp_secret").inner_text()
    counter = next(iter(yield_hotp_counters_from_time()))
    guest.hands.fill("Code", format_hotp_value(hotp_value(secret, counter)))
    guest.hands.press("Set it up")
    guest.sees("Recovery codes", "recovery-codes")
    spare = guest.hands.page.locator("li code").first.inner_text()
    guest.hands.unfold(guest.name)
    guest.hands.follow("Sign out")
    guest.sees("Sign out")
    guest.hands.press("Sign out")
    guest.hands.come_to("/account/login/")
    guest.sees("Sign in")
    guest.hands.fill("Email", guest.email)
    guest.hands.fill("Password", PASSWORD)
    guest.hands.press("Sign in")
    guest.sees("Your second factor", "second-factor")
    guest.hands.fill("Code", spare)
    guest.hands.press("Sign in")
    guest.sees(f"Welcome, {guest.name}")


def opens_a_circle(host: Guest, convener: Guest) -> None:
    host.hands.come_to("/desk/")
    host.hands.follow("See what waits")
    host.sees("What waits for the host")
    host.hands.come_to("/host/circles/")
    host.sees("Circles on this host")
    host.hands.follow("Open a circle")
    host.sees("Open a circle")
    host.hands.fill("Its name", TABLE)
    host.hands.fill("What it is for", "Who can help whom, east of the river.")
    host.hands.press("Open it")
    host.sees(f"Name somebody who vouches in {TABLE}")
    host.hands.fill("Their e-mail address", convener.email)
    host.hands.press("Send the link")
    host.hands.reads("The link is on its way.")


def invites(convener: Guest, guest: Guest) -> None:
    convener.hands.come_to("/desk/")
    convener.hands.follow(TABLE)
    convener.sees(TABLE)
    convener.hands.follow("Invite an organisation")
    convener.sees(f"Invite to {TABLE}")
    convener.hands.fill("Their e-mail address", guest.email)
    convener.hands.press("Send the invitation")
    convener.hands.reads("The invitation is on its way.")


@pytest.mark.parametrize("way", EVERY_WAY)
def test_from_the_front_page_to_the_circle(live_server: LiveServer, opened: Opened, way: Way):
    names = ("Ines Okafor", "Cora Whitfield", "Brigid Nolan", "Ruth Adeyemi", "Alex Stranger")
    host, convener, brigid, ruth, stranger = (Guest(name, way, opened, live_server.url) for name in names)

    host.comes_by_link(invite_host(email=host.email, at=timezone.now()), "Run this host", is_new=True)
    opens_a_circle(host, convener)
    convener.comes_by_link(token_for(convener.email), f"Vouch in {TABLE}", is_new=True)

    answers_six_questions(brigid)
    brigid.signs_up()
    brigid.enters(cast.hospital)
    turns_on_the_second_factor(brigid)
    invites(convener, brigid)
    brigid.comes_by_link(token_for(brigid.email), f"Come to {TABLE}", is_new=False)
    invites(convener, ruth)
    ruth.comes_by_link(token_for(ruth.email), f"Come to {TABLE}", is_new=True)
    ruth.enters(cast.churches)

    for guest, organisation in ((brigid, cast.hospital), (ruth, cast.churches)):
        guest.asks_to_join(organisation)
        convener.vouches_for(organisation)
        guest.names_a_gap(organisation)
        guest.comes_home(organisation)
        guest.hands.follow("Circles")
        guest.hands.follow(TABLE)
        guest.sees(TABLE)
    assert ruth.hands.page.locator("main li strong").all_inner_texts() == [cast.hospital.name, cast.churches.name]

    stranger.hands.come_to("/account/signup/")
    stranger.signs_up()
    stranger.enters(cast.stranger)
    closed = set[str]().union(*(each.closed for each in (host, convener, brigid, ruth)))
    assert len(closed) >= 20
    stranger.finds_nothing_at(closed)
