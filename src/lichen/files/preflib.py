"""Communities in the format of PrefLib: weighted links, one a line, as kidney exchange uses them."""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path

from lichen.errors import InputError, Problem
from lichen.files.draft import Reading
from lichen.files.storage import decoded, read_bounded
from lichen.fit.ring_graph import RingGraph
from lichen.language import _

__all__ = ["read_preflib"]

_MOST_BYTES = 64 * 2**20
_NAME = re.compile(r"#\s*ALTERNATIVE NAME (\d{1,9}):\s*(.*)", re.IGNORECASE | re.ASCII)
_LINK = re.compile(r"(\d{1,9})\s*,\s*(\d{1,9})\s*,\s*(\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?)", re.ASCII)
_FUNDER = "alt"
"""How the names of those begin who give and ask for nothing (altruists); PrefLib spells the rest in two ways."""


def read_preflib(path: str | PathLike[str]) -> RingGraph:
    """The community in a file of weighted links, ``giver,taker,worth`` a line, under headings that begin with #.

    Everybody's id is its number in the file. Who is named an altruist there asks for nothing: links to it drop out,
    and a chain can begin with it.

    Args:
        path: The file, such as PrefLib's .wmd.

    Raises:
        InputError: There is no such file, or a line is no link; all lines that are wrong are told at once.

    Source:
        PrefLib, data set 00036 and its format WMD (Mattei and Walsh 2013).
    """
    reading = Reading(Path(path).name)
    reading.is_document = True
    names: dict[str, str] = {}
    links: dict[tuple[str, str], float] = {}
    for row, line in enumerate(decoded(read_bounded(Path(path), _MOST_BYTES, reading), reading).splitlines(), start=1):
        if named := _NAME.fullmatch(line.strip()):
            names[named[1]] = named[2]
        elif line.strip() and not line.startswith("#"):
            _take(line.strip(), row, links, reading)
    ids = sorted({*names, *(end for link in links for end in link)}, key=int)
    if not ids:
        reading.tell(Problem(_("nobody is in this file"), _("a link a line: giver,taker,worth")))
    if reading.problems:
        raise InputError(reading.problems)
    return RingGraph.of_links(ids, links, (each for each in ids if names.get(each, "").casefold().startswith(_FUNDER)))


def _take(line: str, row: int, links: dict[tuple[str, str], float], reading: Reading) -> None:
    link = _LINK.fullmatch(line)
    if link is None or link[1] == link[2]:
        reading.tell(Problem(_("this line is no link"), _("two numbers and a worth: 1,2,0.5"), row=row, document=True))
    elif (link[1], link[2]) in links:
        reading.tell(Problem(_("this link stands twice"), _("each link once"), row=row, document=True))
    else:
        links[link[1], link[2]] = float(link[3])
