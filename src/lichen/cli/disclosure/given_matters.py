"""The matters of an alliance as a command needs them: with where each stands, and what people call the partners."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import typer

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit
from lichen.cli.answers import Block
from lichen.disclosure.history import history_for
from lichen.disclosure.replay import Replayed, audits_by_id, replay_all
from lichen.disclosure.state import MatterState
from lichen.disclosure.values import Matter
from lichen.language import _
from lichen.paper import one_line

__all__ = ["GivenMatter", "check_parties", "given_matters", "nothing_given"]


@dataclass(frozen=True, slots=True)
class GivenMatter:
    """One matter, what came before it, where it stands, and what whoever reads of it may call it and its parties."""

    matter: Matter
    earlier: tuple[Matter, ...]
    state: MatterState
    audits: tuple[Audit, ...]
    title: str
    """The matter's id; empty for a reader who does not know yet who is in it."""
    names: Mapping[str, str]
    """The names of the parties, by id; of those that the reader knows."""

    def name(self, party: str) -> str:
        """What to call a party."""
        return self.names.get(party) or _("a partner not named yet")

    @property
    def heading(self) -> str:
        """The matter by its own name and those of its parties."""
        parties = ", ".join(map(self.name, self.state.parties))
        return _("{matter}: {parties}").format(matter=one_line(self.title), parties=parties) if self.title else parties


def given_matters(alliance: Alliance, reader: str | None = None) -> tuple[GivenMatter, ...]:
    """Every matter of an alliance with where it stands.

    Args:
        alliance: The alliance.
        reader: Id of the party for whom a page is made, who knows nobody before both have said yes; None for whoever
            keeps the file.
    """
    replayed = replay_all(alliance.matters, alliance.partners)
    return tuple(_given(alliance.partners, each, reader) for each in replayed)


def _given(audits: tuple[Audit, ...], replayed: Replayed, reader: str | None) -> GivenMatter:
    matter, state = replayed.matter, replayed.state
    known = {*state.parties}
    if reader is not None:
        known &= {reader, *(grant.owner for grant in history_for(state, reader))}
    by_id = audits_by_id(audits)
    names = {party: one_line(by_id[party].organisation.name) or party for party in known & by_id.keys()}
    title = matter.id if {*state.parties} <= known else ""
    return GivenMatter(matter, replayed.earlier, state, audits, title, names)


def check_parties(among: Collection[GivenMatter], asked: Mapping[str, str | None]) -> None:
    """Refuse an id that stands in no matter.

    Args:
        among: The matters.
        asked: What was asked for, by the option that asked for it.
    """
    known = dict.fromkeys(party for given in among for party in given.state.parties)
    for option, party in asked.items():
        if party is not None and party not in known:
            told = _("nobody in a matter has this id; there are: {ids}").format(ids="; ".join(known))
            raise typer.BadParameter(told, param_hint=option)


def nothing_given(among: Collection[GivenMatter]) -> Block:
    """What is said where there is nothing to print."""
    if among:
        return Block(columns=(), records=(), empty=_("There is no matter between these two."))
    told = _(
        "No matter is written down yet. Begin one below matters: its id, its parties, and opened_on, the day on which "
        "each was told that there is a fit."
    )
    return Block(columns=(), records=(), empty=told)
