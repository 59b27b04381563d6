"""The story from the front page to the circle, told by the people themselves, each in a window of their own.

Once on a wide screen, once on a telephone without JavaScript, once with the keyboard alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone
from django.utils.text import capfirst
from pytest_django.live_server_helper import LiveServer

from lichen.audit.values import Organisation
from lichen.capabilities.taxonomy import taxonomy
from lichen_web.alliances.actions.host import invite_host
from lichen_web.pages.words import sectors
from tests import cast
from tests.browser.conftest import Opened
from tests.browser.hands import Hands, Keys
from tests.browser.looking import PHONE, WIDE, looked_at, scrolls_sideways
from tests.web.people import PASSWORD, letters, token_for

ANSWERS = {
    "What would you ally for?": "Something difficult that will take a year or more",
    "Would your leadership tell a partner what you are worst at?": "Yes",
    "Can your leadership give it two hours now, and somebody a little every month?": "Yes",
    "Could you say no to the partner you have in mind, and be all right?": "Yes, or we have nobody in mind yet",
    "Is there something between you that nobody could set aside?": "No",
    "Would naming your gaps put a person at risk, or break a duty of silence?": "No",
}
TABLE = "Eastfield table"
NOT_THERE = "There is nothing here for you"
NOT_OURS = ("/organisations/", "/circles/", "/host/")
"""Where the addresses begin that belong to somebody."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the story is told."""

    hands: type[Hands]
    options: Mapping[str, object]
    """Of the window."""
    looks: bool = False
    """Whether a close look is taken at the pages to which only the story leads."""


WAYS = {
    "on a wide screen": Way(Hands, {"viewport": WIDE}, looks=True),
    "on a telephone without JavaScript": Way(Hands, {"viewport": PHONE, "java_script_enabled": False}),
    "with the keyboard alone": Way(Keys, {"viewport": WIDE}),
}


class Guest:
    """Somebody, before a window of their own."""

    def __init__(self, name: str, way: Way, opened: Opened, house: str) -> None:
        self.name, self.email, self.way = name, f"{name.split()[0].lower()}@example.org", way
        self.hands = way.hands(opened(**way.options), house)
        self.been: set[str] = set()

    def sees(self, heading: str, name: str = "") -> None:
        """They are on the page with this heading; a closer look is taken if it has a name."""
        self.hands.sees(heading)
        self.been.add(urlsplit(self.hands.page.url).path)
        assert not scrolls_sideways(self.hands.page), self.hands.page.url
        if name and self.way.looks:
            looked_at(self.hands.page, f"story-{name}")

    def signs_up(self) -> None:
        """With the code from the mail."""
        self.sees("Sign up")
        self.hands.fill("Email", self.email)
        self.hands.fill("Your name", self.name)
        self.hands.fill("Password", PASSWORD)
        self.hands.press("Sign up")
        self.sees("Type in the code from the mail", "code")
        self.hands.fill("Code", re.search(r"^ {4}(\S+)$", letters(self.email)[0]["text"], re.MULTILINE)[1])
        self.hands.press("Confirm my address")

    def comes_by_link(self, token: str, offered: str, *, is_new: bool) -> None:
        """Open the link from a mail, and accept what it offers."""
        self.hands.come_to(f"/invitations/{token}/")
        self.sees(offered, "invitation")
        if is_new:
            self.hands.follow("Sign up")
            self.signs_up()
            self.sees(offered)
        self.hands.press("Yes, accept")
        self.hands.reads("You have accepted.")

    def enters(self, organisation: Organisation) -> None:
        """An organisation, for which they speak."""
        self.hands.come_to("/desk/")
        self.sees(f"Welcome, {self.name}")
        self.hands.follow("Enter my organisation")
        self.sees("Enter your organisation")
        self.hands.fill("Its name", organisation.name)
        self.hands.pick("What it is", capfirst(sectors()[organisation.sector]))
        self.hands.fill("Country", organisation.country)
        self.hands.fill("Where it works", organisation.region)
        self.hands.press("Enter it")
        self.sees(organisation.name)

    def names_a_gap(self, organisation: Organisation) -> None:
        """The first one."""
        gap = organisation.vulnerabilities[0]
        self.hands.come_to("/desk/")
        self.hands.follow("Go on")
        self.sees(organisation.name)
        self.hands.follow("Name a gap")
        self.sees("Name a gap")
        self.hands.press_here("Seal and keep it")
        self.hands.reads("This cannot be done as it stands.")
        self.sees("Name a gap", "gap-refused")
        self.hands.fill("In your own words", gap.words)
        self.hands.choose(taxonomy().capabilities[gap.code].label, of="What is it about?")
        self.hands.choose("Serious: little of it is there", of="How bad is it?")
        self.hands.press("Seal and keep it")
        self.sees("What you lack, and what you can give", "audit")
        self.hands.reads(gap.words)

    def asks_to_join(self, organisation: Organisation) -> None:
        """With a claim that is signed."""
        self.hands.come_to("/desk/")
        self.hands.follow("Go on")
        self.sees(organisation.name)
        self.hands.follow("Circles")
        self.sees("Circles")
        self.hands.follow(f"Ask to join {TABLE}")
        self.sees(f"Ask to join {TABLE}")
        self.hands.fill("What you state of yourselves", f"{organisation.name} has worked in Eastfield for years.")
        self.hands.fill("Your name, as a signature", self.name)
        self.hands.press("Sign it and ask")
        self.sees("Circles")
        self.hands.reads("You have asked.")

    def vouches_for(self, organisation: Organisation) -> None:
        """Let in an organisation that asks."""
        self.hands.come_to("/desk/")
        self.hands.follow("See who asks")
        self.sees(TABLE)
        self.hands.reads("signed with its key")
        self.hands.follow(f"Vouch for {organisation.name}")
        self.sees(f"Vouch for {organisation.name}")
        self.hands.press("I vouch for them")
        self.hands.reads(f"{organisation.name} is in.")


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


@pytest.mark.parametrize(
    "way", [pytest.param(way, id=id, marks=[pytest.mark.long] * (way.hands is Keys)) for id, way in WAYS.items()]
)
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
        guest.hands.come_to("/desk/")
        guest.hands.follow("Go on")
        guest.hands.follow("Circles")
        guest.hands.follow(TABLE)
        guest.sees(TABLE)
    assert ruth.hands.page.locator("main li strong").all_inner_texts() == [cast.hospital.name, cast.churches.name]

    stranger.hands.come_to("/account/signup/")
    stranger.signs_up()
    stranger.enters(cast.stranger)
    been = set[str]().union(*(each.been for each in (host, convener, brigid, ruth))) - {"/organisations/new/"}
    closed = {path for path in been if path.startswith(NOT_OURS)}
    assert len(closed) >= 20
    for path in closed:
        stranger.hands.come_to(path)
        stranger.sees(NOT_THERE)
    stranger.sees(NOT_THERE, "not-there")
