"""A real browser before the house: one Chromium for the tests of a file, a fresh window for everybody who looks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.needs import missing

Opened = Callable[..., Page]
"""Opens a window of its own, with the options of Playwright's ``new_context``."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; what needs it is skipped where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        missing("chromium")
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in the thread of the tests
        with closing(playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])) as chromium:
            yield chromium


@pytest.fixture
def opened(browser: Browser, transactional_db: None) -> Iterator[Opened]:
    """Windows that keep nothing of each other; the test fails if a page says anything to the console."""
    told: list[str] = []

    def open_one(**options: object) -> Page:
        page = browser.new_context(**{"reduced_motion": "reduce", "locale": "en-GB", **options}).new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: told.append(message.text) if _is_complaint(message) else None)
        page.on("pageerror", lambda error: told.append(str(error)))
        return page

    yield open_one
    for context in browser.contexts:
        context.close()
    assert told == []


def _is_complaint(message: ConsoleMessage) -> bool:
    """That a page is refused is told, too, but it is what some tests ask for; that a part of a page is, is not."""
    is_refused = message.text.startswith("Failed to load resource")
    return not is_refused or "/static/" in message.location["url"]
