"""Hands: how somebody uses a page. With a mouse or a finger, or with the keyboard alone, which takes more patience."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

__all__ = ["Hands", "Keys"]

_IS_HERE = "element => element === document.activeElement"
_IS_SEEN = """element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return marked && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
}"""
_FARTHEST = 80
"""No page of the house has more places than this to step through."""


class Hands:
    """With a mouse or a finger."""

    def __init__(self, page: Page, house: str) -> None:
        """Before a window of the house."""
        self.page, self.house = page, house

    def come_to(self, path: str) -> None:
        """Open an address."""
        self.page.goto(self.house + path)

    def sees(self, heading: str) -> None:
        """The page has this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def reads(self, words: str) -> None:
        """The page says so."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def follow(self, link: str) -> None:
        """Go where a link leads, also one that looks like a button."""
        self._use(self.page.get_by_role("link", name=link, exact=True).first)

    def press(self, button: str) -> None:
        """Press a button."""
        self._use(self.page.get_by_role("button", name=button, exact=True))

    def press_here(self, button: str) -> None:
        """Press a button that changes the page on which it stands."""
        self._press(self.page.get_by_role("button", name=button, exact=True))

    def unfold(self, menu: str) -> None:
        """Open a menu, if it is shut."""
        summary = self.page.locator("summary").filter(has_text=menu)
        if not summary.locator("xpath=parent::details[@open]").count():
            self._press(summary)

    def fill(self, label: str, words: str) -> None:
        """Type into a field."""
        self.page.get_by_label(label).fill(words)

    def choose(self, choice: str, *, of: str) -> None:
        """Choose one of several."""
        self.page.get_by_role("group", name=of).get_by_label(choice, exact=True).check()

    def tick(self, choice: str) -> None:
        """Tick one of several."""
        self.page.get_by_label(choice, exact=True).check()

    def pick(self, label: str, option: str) -> None:
        """Pick from a list that folds out."""
        self.page.get_by_label(label).select_option(label=option)

    def take(self, link: str) -> bytes:
        """Take the file to which a link leads."""
        with self.page.expect_download() as taken:
            self._press(self.page.get_by_role("link", name=link, exact=True))
        return taken.value.path().read_bytes()

    def _use(self, what: Locator) -> None:
        """Press what leads to another page, and be there."""
        with self.page.expect_navigation():
            self._press(what)

    def _press(self, what: Locator) -> None:
        what.click()


class Keys(Hands):
    """With the keyboard alone: whatever has the focus shows it, and stands on the screen."""

    def fill(self, label: str, words: str) -> None:
        self._reach(self.page.get_by_label(label))
        self.page.keyboard.type(words)

    def choose(self, choice: str, *, of: str) -> None:
        """The tabulator comes to the group, the arrows to the choice."""
        group = self.page.get_by_role("group", name=of)
        wanted = group.get_by_label(choice, exact=True)
        self._reach(
            group.locator("input:checked") if group.locator("input:checked").count() else group.locator("input").first
        )
        self.page.keyboard.press("Space")
        for _ in range(group.locator("input").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
            self._is_seen(group.locator("input:checked"))
        raise AssertionError(f"{choice} cannot be chosen")

    def tick(self, choice: str) -> None:
        self._reach(self.page.get_by_label(choice, exact=True))
        self.page.keyboard.press("Space")

    def pick(self, label: str, option: str) -> None:
        self._reach(self.page.get_by_label(label))
        self.page.keyboard.type(option[:20])
        expect(self.page.get_by_label(label).locator("option:checked")).to_have_text(option)

    def _press(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def _reach(self, wanted: Locator) -> None:
        for _ in range(_FARTHEST):
            if wanted.evaluate(_IS_HERE):
                return
            self.page.keyboard.press("Tab")
            if (focused := self.page.locator(":focus")).count():  # not so within what the browser draws, as a calendar
                self._is_seen(focused)
        raise AssertionError(f"the keyboard does not come to {wanted}")

    def _is_seen(self, focused: Locator) -> None:
        assert focused.evaluate(_IS_SEEN), f"{focused.evaluate('element => element.outerHTML')} hides its focus"
