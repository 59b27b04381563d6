"""Communities in two tables: what each asks for, and what each offers, counted by category."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from lichen.errors import InputError, Problem
from lichen.files.draft import Reading
from lichen.files.storage import decoded, read_bounded
from lichen.fit.ring_graph import RingGraph
from lichen.language import _

__all__ = ["read_requests"]

_MOST_BYTES = 64 * 2**20
_WHAT, _COUNT = "category", "count"

_Counted = Mapping[str, Mapping[str, int]]


def read_requests(requests: str | PathLike[str], offers: str | PathLike[str], *, nearest: int | None = 30) -> RingGraph:
    """The community in a table of requests and a table of offers.

    The first column of each says who; ``category`` says what, and ``count`` how often. A link is worth the share of
    the taker's requests that fall in a category of which the giver has an offer. Who offers and asks for nothing
    is a funder.

    Args:
        requests: A CSV file.
        offers: Another with the same columns.
        nearest: How many links from each at most, the heaviest; None for all.

    Raises:
        InputError: A file is not there, a column is missing, or a count is no whole number; all at once.
    """
    asked, offered = _counted(Path(requests)), _counted(Path(offers))
    ids = sorted({*asked, *offered})
    links: dict[tuple[str, str], float] = {}
    for giver in sorted(offered):
        worths = {taker: _share_met(asked[taker], offered[giver]) for taker in asked if taker != giver}
        best = sorted((taker for taker in worths if worths[taker] > 0), key=lambda taker: (-worths[taker], taker))
        links.update({(giver, taker): worths[taker] for taker in best[:nearest]})
    return RingGraph.of_links(ids, links, (each for each in ids if each not in asked))


def _share_met(asked: Mapping[str, int], offered: Mapping[str, int]) -> float:
    return sum(number for what, number in asked.items() if what in offered) / sum(asked.values())


def _counted(path: Path) -> _Counted:
    """Who has how many of what; nothing is kept of whoever has none of anything."""
    reading = Reading(path.name)
    rows = csv.DictReader(decoded(read_bounded(path, _MOST_BYTES, reading), reading).splitlines())
    headings = list(rows.fieldnames or ())
    for missing in sorted({_WHAT, _COUNT} - set(headings)):
        reading.tell(Problem(_("a column is missing"), missing))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for number, row in enumerate(rows if not reading.problems else (), start=2):
        told = row[_COUNT] or ""
        if not (told.isascii() and told.isdigit() and len(told) < 10):
            reading.tell(Problem(_("that is no whole number"), _("a count"), row=number, column=_COUNT))
        elif int(told):
            found[row[headings[0]] or ""][row[_WHAT] or ""] += int(told)
    if reading.problems:
        raise InputError(reading.problems)
    return found
