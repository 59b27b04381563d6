"""What has to be told before the money of a pilot moves, without saying what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from lichen.alliance.values import Alliance
from lichen.charter.agreement.openings import material_facts_owed
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column
from lichen.language import _
from lichen.paper import one_line
from lichen.pilot.looking import moves_money
from lichen.pilot.values import Pilot

__all__ = ["facts_owed", "money_block"]

Owed = Sequence[tuple[str, str]]
"""The owner and the reader of each material fact that has not been told."""


def facts_owed(alliance: Alliance, pilot: Pilot, reader: str | None, on: date) -> Owed:
    """Who owes whom a material fact, where money moves in the pilot.

    Args:
        alliance: The alliance.
        pilot: One of its pilots.
        reader: Id of the partner who is to read, and who is told of its own alone: that another has something to
            tell would tell it half. None is the facilitator.
        on: The day to reckon with.
    """
    if not moves_money(pilot, on):
        return ()
    partners = [audit for audit in alliance.partners if audit.organisation.id in pilot.partners]
    owed = material_facts_owed(alliance.matters, partners)
    return [(owner, other) for owner, other in owed if reader in (None, owner)]


def money_block(owed: Owed, names: Mapping[str, str]) -> Block:
    """What stands before the money, a row for each who has something to tell.

    Args:
        owed: The answer of :func:`facts_owed`, of which there is at least one.
        names: The partners' names by their ids.
    """
    told = _("{owner} has a material fact that {reader} has not been told.")
    records = [
        {
            "part": "material fact owed",
            "owner": owner,
            "reader": reader,
            "sentence": told.format(owner=one_line(team_name(names, owner)), reader=one_line(team_name(names, reader))),
        }
        for owner, reader in owed
    ]
    return Block(
        columns=(Column("", lambda record: "■"), Column("", lambda record: record["sentence"])),
        records=records,
        heading=_("Before any money moves"),
        note=_("Which fact it is, and how it is shown: lichen disclosure next --money"),
    )
