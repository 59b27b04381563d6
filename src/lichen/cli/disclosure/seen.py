"""What ``lichen disclosure history`` prints of what was opened to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from lichen.brief.phrases import capitalised, within_sentence
from lichen.cli.answers import Block, Column, Record
from lichen.cli.disclosure.given_matters import GivenMatter
from lichen.disclosure.history import history, history_for
from lichen.disclosure.state import Closed, Grant, Opened, Rung
from lichen.disclosure.values import Conversation
from lichen.language import _
from lichen.paper import one_line, written_day

__all__ = ["conversation_block", "seen_blocks"]


def seen_blocks(given: GivenMatter, reader: str | None) -> list[Block]:
    """What was ever opened in a matter, for each reader and owner; for one reader, as that reader may be told.

    Args:
        given: The matter.
        reader: Id of the reader for whom it is printed; None for whoever keeps the file.
    """
    grants = history(given.state) if reader is None else history_for(given.state, reader)
    ordered = sorted(grants, key=lambda grant: (grant.reader, grant.owner))
    by_pair = groupby(ordered, key=lambda grant: (grant.reader, grant.owner))
    blocks = [_pair_block(given, *pair, list(found)) for pair, found in by_pair]
    note = _("In words: as its owner wrote it, with how severe it is. Else only what it is called.")
    return [*blocks[:-1], *(replace(last, note=note) for last in blocks[-1:])]


def conversation_block(given: GivenMatter) -> Block:
    """The conversations: what was said aloud, what came back and what comes next. It is for whoever keeps the file."""
    talks = [(event.on, event.conversation) for event in given.matter.events if event.conversation is not None]
    return Block(
        columns=(
            Column(_("On"), lambda record: written_day(date.fromisoformat(record["on"]))),
            Column(_("Said aloud"), lambda record: "\n".join(_said(given, record))),
            Column(_("What came back"), lambda record: record["came_back"]),
            Column(_("Next step"), lambda record: record["next_step"]),
        ),
        records=[_talk(given, on, talk) for on, talk in talks],
        heading=_("Conversations"),
    )


def _pair_block(given: GivenMatter, reader: str, owner: str, grants: list[Grant]) -> Block:
    told = _("What {reader} has seen of {owner}")
    return Block(
        columns=(
            Column(_("Since"), lambda record: written_day(date.fromisoformat(record["since"]))),
            Column(_("What"), _what),
            Column(_("By"), _by),
            Column(_("Until"), _until),
        ),
        records=[_seen(given, grant) for grant in grants],
        heading=told.format(reader=given.name(reader), owner=given.name(owner)),
    )


def _seen(given: GivenMatter, grant: Grant) -> Record:
    return {
        "kind": "seen",
        "matter": given.title,
        "reader": grant.reader,
        "owner": grant.owner,
        "rung": int(grant.rung),
        "code": grant.code,
        "since": grant.since.isoformat(),
        "by": grant.opened,
        "until": None if grant.until is None else grant.until.isoformat(),
        "closed": grant.closed,
    }


def _talk(given: GivenMatter, on: date, talk: Conversation) -> Record:
    return {
        "kind": "conversation",
        "matter": given.title,
        "on": on.isoformat(),
        "present": talk.present,
        "said": [{"owner": said.owner, "code": said.code} for said in talk.said],
        "came_back": one_line(talk.came_back),
        "next_step": one_line(talk.next_step),
    }


def _said(given: GivenMatter, record: Record) -> Iterator[str]:
    for said in record["said"]:
        yield _("{owner}: {item}").format(owner=given.name(said["owner"]), item=within_sentence(said["code"]))


def _what(record: Record) -> str:
    rung = Rung(record["rung"])
    if rung is Rung.BLIND:
        return _("That there is a fit")
    if rung is Rung.IDENTITY:
        return _("Who they are, and the matched groups")
    item = within_sentence(record["code"]) if record["code"] else _("an item that is closed")
    return capitalised(_("{item}, in words").format(item=item) if rung is Rung.WORDS else item)


def _until(record: Record) -> str:
    if record["until"] is None:
        return ""
    why = {
        Closed.WITHDRAWN: _("withdrawn, {day}"),
        Closed.FROZEN: _("frozen, {day}"),
        Closed.ENDED: _("ended, {day}"),
    }
    return why[record["closed"]].format(day=written_day(date.fromisoformat(record["until"])))


def _by(record: Record) -> str:
    words = {
        Opened.MATCHED: _("blind match"),
        Opened.SAID_YES: _("both said yes"),
        Opened.AGREED: _("both agreed"),
        Opened.SAID_ALOUD: _("said aloud"),
        Opened.DISCLOSED: _("its owner opened it"),
        Opened.TRIED: _("its owner tried it"),
        Opened.MATERIAL: _("a material fact"),
    }
    return words[record["by"]]
