"""The story of two who have never met, from sign-up to their first meeting; and a stranger who finds nothing of it.

Each is before a window of their own, at once: on a wide screen, on a telephone without JavaScript, with the keyboard
alone. What others do meanwhile, colleagues and the worker's clock, is done by the acts themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from lichen.audit.values import Audit, Organisation, Readiness
from lichen.brief.phrases import label
from lichen_web.accounts.models import CircleMembership, Person
from lichen_web.accounts.models import Organisation as OrganisationRow
from lichen_web.alliances.access.actors import actor_for
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.circles import admit
from lichen_web.alliances.work.matching import match_circle
from lichen_web.alliances.work.meeting import meet_circle
from lichen_web.environment import Part
from tests.browser.conftest import Opened
from tests.browser.guests import AUDIT, EVERY_WAY, TABLE, Guest, Way
from tests.cast import farmers, meadow, river
from tests.web.alliances.work.circles import circle_of_six
from tests.web.people import WebCast

SAID = "Our newsletter goes to forty people, and we would like to learn from you."


@pytest.mark.parametrize("way", EVERY_WAY)
def test_two_who_never_met_walk_into_the_first_meeting_with_a_brief(live_server: LiveServer, opened: Opened, way: Way):
    people = circle_of_six()
    wren, lior, vera = (Guest(name, way, opened, live_server.url) for name in ("Wren Mead", "Lior Ford", "Vera Elm"))
    both = ((wren, meadow), (lior, river))
    vera.hands.come_to("/account/signup/")
    vera.signs_up()
    vera.enters(farmers)
    for guest, organisation in both:
        comes_to_the_circle(guest, organisation, people)
        audits(guest, organisation)
        is_compared(guest, organisation)
    works(match_circle, people)
    for guest, organisation in both:
        says_yes(guest, organisation)
    works(meet_circle, people)
    for guest, other in ((wren, river), (lior, meadow)):
        agrees_to_names(guest, other)
    shows(wren, river, meadow.vulnerabilities[0].code, "show")
    shows(lior, meadow, river.vulnerabilities[0].code, "answer")
    wren.hands.page.reload()
    wren.hands.reads(river.vulnerabilities[0].words)
    prepares_and_talks(wren, river)
    looks_back(wren, river, lior)
    vera.finds_nothing_at(wren.closed | lior.closed)


def comes_to_the_circle(guest: Guest, organisation: Organisation, people: WebCast) -> None:
    """From sign-up to being let in."""
    guest.hands.come_to("/account/signup/")
    guest.signs_up()
    guest.enters(organisation)
    guest.asks_to_join(organisation)
    asking = CircleMembership.objects.get(circle=people.circle, organisation__name=organisation.name)
    admit(people.convener, membership=asking.id, at=timezone.now())


def audits(guest: Guest, organisation: Organisation) -> None:
    """The first gap and the first offer by hand; then colleagues have filled in the rest."""
    guest.names_a_gap(organisation)
    offer = organisation.offers[0]
    guest.hands.follow("Name something you can give")
    guest.sees("Name something you can give", "offer")
    guest.says(label(offer.code), offer.code)
    guest.hands.press("Seal and keep it")
    guest.sees(AUDIT)
    person = Person.objects.get(email=guest.email)
    lead = actor_for(person.id, OrganisationRow.objects.get(name=organisation.name).id)
    record_audit(lead, audit=Audit(organisation, Readiness(True, 3.0, 5)), at=timezone.now())


def is_compared(guest: Guest, organisation: Organisation) -> None:
    """Look first at what would be, then let it be."""
    guest.comes_home(organisation)
    guest.hands.follow("Find partners")
    guest.sees("Partners", "fit-begin")
    guest.hands.follow("See what would be compared")
    guest.sees(f"Be compared in {TABLE}", "comparing")
    guest.hands.press("Be compared")
    guest.sees("Partners", "no-fit-yet")
    guest.hands.reads("No fit yet")


def works(job: Callable[..., None], people: WebCast) -> None:
    """The worker's hour has come."""
    with override_settings(LICHEN=replace(settings.LICHEN, part=Part.WORKER)):
        job(people.circle, at=timezone.now())


def says_yes(guest: Guest, organisation: Organisation) -> None:
    """To somebody unknown."""
    guest.comes_home(organisation)
    guest.hands.follow("Partners")
    guest.sees("Partners", "proposed")
    guest.hands.press("We are interested")
    guest.sees("Partners", "interested")
    guest.hands.reads("You said yes")


def agrees_to_names(guest: Guest, other: Organisation) -> None:
    """Meet, and let one's gaps be seen by name, which opens nothing before the other does, too."""
    guest.hands.follow("Dealings")
    guest.sees("Dealings", "dealings")
    guest.hands.follow(other.name)
    guest.sees(other.name, "met")
    guest.hands.follow("See what they would see")
    guest.sees(f"Let {other.name} see your gaps by name?", "names")
    guest.hands.press("Agree")
    guest.sees(other.name)
    guest.hands.reads("You have agreed.")


def shows(guest: Guest, to: Organisation, code: str, picture: str) -> None:
    """One gap in own words."""
    guest.hands.page.reload()
    guest.hands.follow("See what they would read")
    guest.sees(f"Show {to.name} this gap?", picture)
    guest.hands.press("Show it to them")
    guest.sees(to.name)
    guest.hands.reads(f"They can read it now: {label(code)}.")


def prepares_and_talks(guest: Guest, other: Organisation) -> None:
    """The brief: read, put in own words, printed; and what came of the meeting."""
    guest.hands.follow("The brief, before you meet")
    guest.sees(f"Before you meet {other.name}", "brief")
    guest.hands.follow("Put it in your own words")
    guest.sees("Put it in your own words", "rewrite")
    guest.hands.unfold("Why this one: They may have")
    guest.hands.fill("Why this one: They may have", SAID)
    guest.hands.press("Keep it")
    guest.hands.reads("It is kept, sealed.")
    guest.hands.follow("Done: back to the brief")
    guest.sees(f"Before you meet {other.name}", "rewritten")
    guest.hands.reads(SAID)
    for link in ("PDF: the page to keep", "PDF: the page to leave with them"):
        assert guest.hands.take(link).startswith(b"%PDF")
    guest.hands.follow("We have talked")
    guest.sees(f"You have talked with {other.name}", "talked")
    guest.hands.tick(label(meadow.vulnerabilities[1].code))
    guest.hands.fill("What did they answer?", "That they had been there, too.")
    guest.hands.fill("What will you do next?", "Wren rings Lior on Friday.")
    guest.hands.press("Write it down")
    guest.sees(f"Before you meet {other.name}", "noted")
    guest.hands.reads("Wren rings Lior on Friday.")


def looks_back(guest: Guest, other: Organisation, them: Guest) -> None:
    """What have we shown; a message; and one thing taken back, which the other side can read no longer."""
    first = meadow.vulnerabilities[0]
    guest.hands.follow("Dealings")
    guest.hands.follow(other.name)
    guest.sees(other.name, "talked-with")
    guest.hands.follow("What was shown, both ways")
    guest.sees("What was shown, both ways", "shown")
    guest.hands.follow(other.name)
    guest.hands.follow("Messages")
    guest.sees(f"Messages with {other.name}", "messages")
    guest.hands.fill("Your message", "Thank you for today.")
    guest.hands.press("Send it")
    guest.sees(f"Messages with {other.name}")
    guest.hands.follow(other.name)
    guest.hands.follow(f"Take back {label(first.code)}")
    guest.sees(f"Take back “{label(first.code)}”?", "take-back")
    guest.hands.press("Take it back")
    guest.sees(other.name)
    guest.hands.reads("They cannot read it any longer.")
    them.hands.page.reload()
    them.sees(meadow.name)
    assert them.hands.page.get_by_text(first.words).count() == 0
    them.hands.follow("Messages")
    them.hands.reads("Thank you for today.")
