"""The first text of an alliance's file: the partners, and below them a hint of everything that may follow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from textwrap import indent

from lichen.alliance.values import Alliance
from lichen.files.alliances import alliance_text
from lichen.files.storage import write_atomically
from lichen.language import _

__all__ = ["begin_alliance"]


def begin_alliance(alliance: Alliance, path: str | PathLike[str]) -> None:
    """Write a new alliance's file; in YAML with a commented example of each section that is still empty.

    Args:
        alliance: Two partners or more, with the day it was formed on, and nothing else yet.
        path: Where to; its suffix says the format: .yaml or .json.

    Raises:
        InputError: The alliance could not be read back, or the file cannot be written here.
    """
    path = Path(path)
    raw = alliance_text(alliance, path.suffix[1:], path.name)
    is_yaml = path.suffix.lower() != ".json"
    write_atomically(raw + "".join(_hints(alliance)).encode() if is_yaml else raw, path)


def _hints(alliance: Alliance) -> Iterator[str]:
    yield "\n# " + _("Still empty. Take the # away from what you need, and put your own words there.") + "\n"
    for sentence, example in _examples(alliance):
        yield f"#\n# {sentence}\n" + indent(example, "# ")


def _examples(alliance: Alliance) -> Iterator[tuple[str, str]]:
    """What each section is for, with the shortest entry that it can have."""
    giver, receiver = (json.dumps(audit.organisation.id, ensure_ascii=False) for audit in alliance.partners[:2])
    day = alliance.formed_on
    yield (
        _("Who opened what to whom. What may come next: lichen disclosure next"),
        f"matters:\n  - id: first\n    parties: [{giver}, {receiver}]\n    opened_on: {day}\n",
    )
    yield (
        _("What is tried together. What each expects, and whether the terms are sound: lichen pilot check"),
        f"pilots:\n  - id: first\n    partners: [{giver}, {receiver}]\n    shared_goals: []\n",
    )
    yield (
        _("Who decides, and what happens when things change. As a document: lichen charter agreement"),
        "charter:\n  rule:\n    method: consent\n  terms:\n    purpose: ''\n",
    )
    yield (
        _("Who promised what to whom, and what was delivered. What is owed: lichen exchange ledger"),
        f"exchange:\n  commitments:\n    - id: first\n      provider: {giver}\n      receiver: {receiver}\n"
        f"      kind: staff_time\n      promised_on: {day}\n      due_on: {day}\n",
    )
