"""The list of dealings: what waits in each, and nothing that was taken back."""

from __future__ import annotations

from django.utils import timezone

from lichen_web.alliances.actions import disclosure
from tests.web.confiding import H1, audited, disclose, gap_of, opened
from tests.web.pages.disclosure.test_dealings import at, plain, read
from tests.web.pages.reading import browser
from tests.web.people import House, WebCast


def listing(house: House) -> str:
    return plain(browser(house.lead).get(at("dealings", house)))


def test_list_says_what_nobody_has_read_yet(cast: WebCast):
    """Until somebody reads it, or its owner takes it back; then it looks as if nothing had been opened."""
    dealing, waits = opened(audited(cast)), "they have opened one gap that nobody of you has read"

    read(cast.churches, dealing)
    before = listing(cast.churches)
    disclose(cast.hospital, dealing, H1)
    assert (waits in before, waits in listing(cast.churches), waits in listing(cast.hospital)) == (False, True, False)
    taken = {"matter": dealing.id, "vulnerability": gap_of(cast.hospital, H1)}
    disclosure.withdraw_disclosure(cast.hospital.lead, **taken, at=timezone.now())
    assert listing(cast.churches) == before
