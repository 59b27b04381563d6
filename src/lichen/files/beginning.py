"""The first text of an alliance's file: the partners, and below them a hint of everything that may follow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from textwrap import indent

from lichen.alliance.values import Alliance
from lichen.files.alliances import alliance_text
from lichen.files.storage import write_atomically
from lichen.language import _

__all__ = ["begin_alliance"]


def begin_alliance(alliance: Alliance, path: str | PathLike[str], on: date) -> None:
    """Write a new alliance's file; in YAML with a commented example of each section that is still empty.

    Args:
        alliance: Two partners or more, and nothing else yet.
        path: Where to; its suffix says the format: .yaml or .json.
        on: The day that stands in the examples.

    Raises:
        InputError: The alliance could not be read back, or the file cannot be written here.
    """
    path = Path(path)
    raw = alliance_text(alliance, path.suffix[1:], path.name)
    is_yaml = path.suffix.lower() != ".json"
    ids = [json.dumps(audit.organisation.id, ensure_ascii=False) for audit in alliance.partners]
    write_atomically(raw + "".join(_hints(ids, on)).encode() if is_yaml else raw, path)


def _hints(ids: Sequence[str], on: date) -> Iterator[str]:
    """Sentences behind two number signs and examples behind one, so that one can be taken from every line."""
    yield "\n"
    yield from _sentences(
        _("Still empty. Take one # away from the lines that you need, and put your own words there."),
        _("Every key that may stand here, and what it means: docs/reference/alliance-file.md"),
    )
    for sentence, example in _examples(ids, on):
        yield "#\n"
        yield from _sentences(sentence)
        yield indent(example, "#")


def _sentences(*sentences: str) -> Iterator[str]:
    return (f"## {sentence}\n" for sentence in sentences)


def _examples(ids: Sequence[str], on: date) -> Iterator[tuple[str, str]]:
    """What each section is for, with a short entry that can be read as it stands."""
    all_ids = f"[{', '.join(ids)}]"
    yield (
        _("Who opened what to whom. What may come next: lichen disclosure next"),
        _matter(ids[0], all_ids, on),
    )
    yield (
        _("What is tried together. What each expects, and whether the terms are sound: lichen pilot check"),
        _pilot(ids[0], ids[1], all_ids, on),
    )
    yield (
        _("Who decides, and what happens when things change. As a document: lichen charter agreement"),
        _charter(ids[0], ids[1], on),
    )
    yield (
        _("Who promised what to whom, and what was delivered. What is owed: lichen exchange ledger"),
        _ledger(ids[0], ids[1], on),
    )


def _matter(by: str, all_ids: str, on: date) -> str:
    return f"""matters:
  - id: first
    parties: {all_ids}
    opened_on: {on}
    events:
      - on: {on}
        what: said yes
        by: {by}
"""


def _pilot(giver: str, receiver: str, all_ids: str, on: date) -> str:
    return f"""pilots:
  - id: first
    partners: {all_ids}
    shared_goals: []
    expectations:
      - by: {giver}
        about: {receiver}
        gives:
          - what: two afternoons a month
        written_on: {on}
    steps:
      - what: one afternoon together
    reviews:
      - by: {giver}
        exchanges:
          - giver: {giver}
            receiver: {receiver}
            worked: partly
            words: it was too short
"""


def _charter(by: str, against: str, on: date) -> str:
    return f"""charter:
  rule:
    method: consent
  motions:
    - id: second
      title: A second afternoon
      by: {by}
      opened_on: {on}
  vetoes:
    - by: {against}
      motion: second
      vetoed_on: {on}
      reason: our staff cannot do it now
  clause:
    capacities:
      - partner: {against}
        what: hours a month
        amount: 20
        stated_on: {on}
  terms:
    purpose: ''
"""


def _ledger(giver: str, receiver: str, on: date) -> str:
    return f"""exchange:
  commitments:
    - id: first
      provider: {giver}
      receiver: {receiver}
      kind: staff_time
      promised_on: {on}
      due_on: {on}
  events:
    - id: delivered
      happened_on: {on}
      fulfils: first
      amount: 1
"""
