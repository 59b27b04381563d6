"""Looking at a page as people will: in both colour schemes, on a wide screen and on a telephone."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

__all__ = ["PHONE", "WIDE", "looked_at", "no_violations", "scrolls_sideways"]

SCREENS = Path(__file__).parents[2] / "out/screens"
"""Where a picture of every page is kept; git ignores it."""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
_AXE = Axe()


def no_violations(page: Page) -> None:
    """Ask axe, which reads the page as it is shown now."""
    found = _AXE.run(page)
    assert not found.violations_count, found.generate_report()


def scrolls_sideways(page: Page) -> bool:
    """Whether anything sticks out beside the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def looked_at(page: Page, name: str, *, asking_axe: bool = True) -> None:
    """Look four times, and keep what was seen.

    The pictures lie in ``out/screens/``. Light on the wide screen and dark on the telephone axe is asked, too.
    """
    before = page.viewport_size
    for scheme, size in (("light", WIDE), ("dark", WIDE), ("light", PHONE), ("dark", PHONE)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        page.screenshot(path=SCREENS / f"{name}-{scheme}-{size['width']}.png", full_page=True)
        assert not scrolls_sideways(page), f"{name} scrolls sideways at {size['width']}"
        if asking_axe and (scheme, size) in (("light", WIDE), ("dark", PHONE)):
            no_violations(page)
    page.emulate_media(color_scheme=None)
    page.set_viewport_size(before)
