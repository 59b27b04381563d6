"""Guests: people of the stories, each before a window of their own, and what they all do there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from django.utils.text import capfirst

from lichen.audit.values import Organisation
from lichen.capabilities.recognise import recognise
from lichen.capabilities.taxonomy import taxonomy
from lichen_web.pages.audit.choosing import UNDERSTOOD
from lichen_web.pages.words import sectors
from tests.browser.conftest import Opened
from tests.browser.hands import Hands, Keys
from tests.browser.looking import PHONE, WIDE, looked_at, no_violations, scrolls_sideways
from tests.web.people import PASSWORD, letters

__all__ = ["EVERY_WAY", "NOT_THERE", "TABLE", "Guest", "Way"]

TABLE = "Eastfield table"
NOT_THERE = "There is nothing here for you"
AUDIT = "What you lack, and what you can give"
NOT_OURS = ("/organisations/", "/circles/", "/host/")
"""Where the addresses begin that belong to somebody."""
OURS = "/organisations/new/"
"""The one that does not."""
LEADS = """elements => elements.flatMap(element => ["href", "action", "hx-get", "hx-post"]
    .map(name => element.getAttribute(name)).filter(address => address))"""
"""Everything on a page that leads somewhere, and where."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the story is told."""

    hands: type[Hands]
    options: Mapping[str, object]
    """Of the window."""
    looks: bool = False
    """Whether a close look is taken at the pages to which only the story leads."""

    @property
    def has_scripts(self) -> bool:
        """Whether a page may help while one types."""
        return self.options.get("java_script_enabled", True) is True


WAYS = {
    "on a wide screen": Way(Hands, {"viewport": WIDE}, looks=True),
    "on a telephone without JavaScript": Way(Hands, {"viewport": PHONE, "java_script_enabled": False}),
    "with the keyboard alone": Way(Keys, {"viewport": WIDE}),
}
EVERY_WAY = [pytest.param(way, id=id, marks=[pytest.mark.long] * ("telephone" not in id)) for id, way in WAYS.items()]
"""For the stories: only the telephone is walked each time, the others take their time."""


class Guest:
    """Somebody, before a window of their own."""

    def __init__(self, name: str, way: Way, opened: Opened, house: str) -> None:
        self.name, self.email, self.way = name, f"{name.split()[0].lower()}@example.org", way
        self.hands = way.hands(opened(**way.options), house)
        self.been: set[str] = set()
        self.led: set[str] = set()

    @property
    def closed(self) -> set[str]:
        """Every address where they have been, or that they could see, and that is nobody else's."""
        return {path for path in self.been | self.led if path.startswith(NOT_OURS) and path != OURS}

    def sees(self, heading: str, name: str = "") -> None:
        """They are on the page with this heading; a closer look is taken if it has a name."""
        self.hands.sees(heading)
        page, path = self.hands.page, urlsplit(self.hands.page.url).path
        assert not scrolls_sideways(page), page.url
        if self.way.looks and name:
            looked_at(page, f"story-{name}")
        elif self.way.looks and path not in self.been:
            no_violations(page)
        self.been.add(path)
        self.led |= {urlsplit(urljoin(path, each)).path for each in page.locator("body *").evaluate_all(LEADS)}

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
        self.comes_home(organisation)
        self.hands.follow("Name a gap")
        self.sees("Name a gap")
        self.hands.press_here("Seal and keep it")
        self.hands.reads("This cannot be done as it stands.")
        self.sees("Name a gap", "gap-refused")
        self.says(gap.words, gap.code)
        self.hands.choose("Serious: little of it is there", of="How bad is it?")
        self.hands.press("Seal and keep it")
        self.sees(AUDIT, "audit")
        self.hands.reads(gap.words)

    def says(self, words: str, code: str) -> None:
        """In their own words, and what these are about; without scripts one has to ask what was understood."""
        name = taxonomy().capabilities[code].label
        self.hands.fill("In your own words", words)
        if not self.way.has_scripts:
            self.hands.press("What did you understand?")
        if code in {each.code for each in recognise(words)[:UNDERSTOOD]}:
            self.hands.choose(name, of="What is it about?")
            return
        self.hands.unfold("Search the vocabulary")
        self.hands.fill("A word or two", name)
        if not self.way.has_scripts:
            self.hands.press("Search")
        self.hands.choose(name, of="Found in the vocabulary")

    def comes_home(self, organisation: Organisation) -> None:
        """To the page of their organisation."""
        self.hands.come_to("/desk/")
        self.hands.follow("Go on")
        self.sees(organisation.name)

    def asks_to_join(self, organisation: Organisation) -> None:
        """With a claim that is signed."""
        self.comes_home(organisation)
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

    def finds_nothing_at(self, closed: Set[str]) -> None:
        """Ask for each address of somebody else, and press each button there; the same page answers every time."""
        self.hands.come_to(OURS)
        here, asking = self.hands.page, self.hands.page.context.request
        token = here.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
        for address in sorted(self.hands.house + path for path in closed):
            sent = {"form": {"csrfmiddlewaretoken": token}, "headers": {"Referer": address}}
            answers = [asking.get(address), asking.post(address, **sent)]
            told = {(each.status, NOT_THERE in each.text()) for each in answers}
            assert told in ({(404, True)}, {(404, True), (405, False)}), (address, told)
        self.hands.come_to(min(closed))
        self.sees(NOT_THERE, "not-there")
