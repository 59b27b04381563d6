"""The story from the front page to the circle, told by the people themselves, each in a window of their own.

Once on a wide screen, once on a telephone without JavaScript, once with the keyboard alone.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from lichen.audit.values import Organisation
from lichen_web.alliances.actions.host import invite_host
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
SECTORS = {"health": "A hospital or other health care", "faith": "A church, mosque, temple or other faith group"}
LABELS = {"trust.underserved": "", "knowledge.medical": ""}


@dataclass
class Guest:
    """Somebody, before their window."""

    name: str
    hands: Hands
    visited: set[str] = field(default_factory=set)
    """The addresses where they were."""

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@example.org"


@dataclass(frozen=True)
class Way:
    """How the story is told."""

    hands: type[Hands]
    options: dict[str, object]
    look: Callable[[Hands, str], None]
    """What is done on every page."""


def look_closely(hands: Hands, name: str) -> None:
    looked_at(hands.page, f"story-{name}")


def look_for_width(hands: Hands, name: str) -> None:
    assert not scrolls_sideways(hands.page), name


WAYS = {
    "on a wide screen": Way(Hands, {"viewport": WIDE}, look_closely),
    "on a telephone without JavaScript": Way(Hands, {"viewport": PHONE, "java_script_enabled": False}, look_for_width),
    "with the keyboard alone": Way(Keys, {"viewport": WIDE}, look_for_width),
}
