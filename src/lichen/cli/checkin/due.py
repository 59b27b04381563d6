"""What is due, what has changed, and what has been outgrown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated

import typer

from lichen.alliance.rhythm import agreed_checkins
from lichen.alliance.values import Alliance
from lichen.brief.phrases import label
from lichen.checkin.needs import NeedChange, NeedMove, OutgrownNeed, need_changes, needs_on, outgrown_needs
from lichen.checkin.schedule import CheckInDue, HeldCheckIn, checkin_due, first_audit_findings, held_checkins
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of, team_name
from lichen.cli.answers import Block, Column, Format, Layout, Record, show, styled
from lichen.cli.checkin.first import first_block, pilot_start
from lichen.cli.days import On, day_given
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day

__all__ = ["app"]

app = commands()

Names = Mapping[str, str]
_Reader = Annotated[
    str | None,
    typer.Option("--for", metavar="PARTNER", help="Only this partner's own needs: its id.", show_default=False),
]
_SIGNS = {NeedMove.UP: "▲", NeedMove.DOWN: "▼", NeedMove.NEW: "+", NeedMove.GONE: "✓"}


@app.command(cls=Described)
def due(
    file: AllianceFile = "alliance.yaml",
    on: On = None,
    reader: _Reader = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Show what is due, what has changed, and what has been outgrown.

    A check-in is due as the charter's terms say (first_check_in_on, check_in_months), else every three months; rules
    of the last check-in can say otherwise.
    Ends with 1 where one is overdue, somebody did not answer the last one, something may have been outgrown, or the
    first audit wants mending; with 0 otherwise.

    Example:
        lichen checkin due alliance.yaml
        lichen checkin due alliance.yaml --on 2027-03-01 --for example-hospital
    """
    alliance, day = given_alliance(file), day_given(on)
    if reader is not None:
        alliance.partner(reader)
    names = names_of(alliance)
    agreed = agreed_checkins(alliance)
    state = checkin_due(alliance.checkins, list(names), day, pilot_on=pilot_start(alliance), agreed=agreed)
    outgrown = [
        each for each in outgrown_needs(alliance.partners, alliance.checkins, day) if reader in (None, each.owner)
    ]
    findings = first_audit_findings(alliance.checkins, day, pilot_on=pilot_start(alliance))
    show(layout, *_blocks(alliance, state, outgrown, names, reader, day))
    unanswered = state.last is not None and state.last.unanswered
    raise typer.Exit(FINDINGS if state.overdue or unanswered or outgrown or findings else DONE)


def _blocks(
    alliance: Alliance,
    state: CheckInDue,
    outgrown: Sequence[OutgrownNeed],
    names: Names,
    reader: str | None,
    on: date,
) -> Iterator[Block]:
    yield _due(state, names)
    yield from first_block(alliance, on)
    yield from _outgrown(outgrown, names)
    yield from _changes(alliance, names, reader, on)
    history = held_checkins(alliance.checkins, list(names), on, agreed=agreed_checkins(alliance))
    if len(history) > 1:
        yield _history(history, names)


def _due(state: CheckInDue, names: Names) -> Block:
    unanswered = () if state.last is None else state.last.unanswered
    record = {
        "part": "due",
        "last_on": None if state.last is None else state.last.held_on.isoformat(),
        "next_on": None if state.next_on is None else state.next_on.isoformat(),
        "overdue": state.overdue,
        "in_days": state.in_days,
        "unanswered": list(unanswered),
    }
    told = _("All partners answered the last one.") if state.last else _("None has been held so far.")
    if unanswered:
        told = _("Did not answer the last one: {names}.").format(names=_named(unanswered, names))
    return Block((Column("", lambda record: told),), [record], heading=_due_words(state))


def _due_words(state: CheckInDue) -> str:
    if state.next_on is None:
        return _("The first check-in is due before the first pilot begins.")
    day = written_day(state.next_on)
    if state.overdue:
        told = ngettext(
            "A check-in is overdue: it was due on {day}, {days} day ago.",
            "A check-in is overdue: it was due on {day}, {days} days ago.",
            state.overdue,
        )
        return told.format(day=day, days=state.overdue)
    left = state.in_days or 0
    told = ngettext(
        "The next check-in is due on {day}, in {days} day.", "The next check-in is due on {day}, in {days} days.", left
    )
    return told.format(day=day, days=left) if left else _("A check-in is due today, {day}.").format(day=day)


def _outgrown(outgrown: Sequence[OutgrownNeed], names: Names) -> Iterator[Block]:
    if outgrown:
        yield Block(
            columns=(Column("", lambda record: "?"), Column("", lambda record: record["sentence"])),
            records=[_outgrown_record(each, names) for each in outgrown],
            heading=_("Has this been outgrown?"),
            note=_("If so, say so together and free the help for something else, before anybody minds."),
        )


def _outgrown_record(need: OutgrownNeed, names: Names) -> Record:
    told = _("{name}, {code}: severity {severity} at the last {times} check-ins, since {day}")
    return {
        "part": "outgrown",
        "owner": need.owner,
        "code": need.code,
        "severity": need.severity,
        "since": need.since.isoformat(),
        "times": need.times,
        "sentence": told.format(
            name=one_line(team_name(names, need.owner)),
            code=label(need.code),
            severity=need.severity,
            times=need.times,
            day=written_day(need.since),
        ),
    }


def _changes(alliance: Alliance, names: Names, reader: str | None, on: date) -> Iterator[Block]:
    """What moved at the last check-in, and, where there were more, what has moved since the audit."""
    held = [each.held_on for each in alliance.checkins if each.held_on <= on]
    now, audited = needs_on(alliance.partners, alliance.checkins, on), needs_on(alliance.partners, (), on)
    if len(held) > 1:
        before = needs_on(alliance.partners, alliance.checkins, held[-2])
        heading = _("Changed since the check-in of {day}").format(day=written_day(held[-2]))
        yield _change_block(need_changes(before, now), heading, held[-2].isoformat(), names, reader)
    if held:
        yield _change_block(need_changes(audited, now), _("Changed since the audit"), "audit", names, reader)


def _change_block(changes: Sequence[NeedChange], heading: str, since: str, names: Names, reader: str | None) -> Block:
    return Block(
        columns=(
            Column("", lambda record: styled(_SIGNS[record["move"]])),
            Column("", lambda record: one_line(team_name(names, record["owner"]))),
            Column("", lambda record: label(record["code"])),
            Column("", _moved),
        ),
        records=[
            {
                "part": "change",
                "since": since,
                "owner": each.owner,
                "code": each.code,
                "move": each.move,
                "before": each.before,
                "now": each.now,
            }
            for each in changes
            if reader in (None, each.owner)
        ],
        heading=heading,
        note=_("Severity from 1 slight to 5 total: ▲ worse, ▼ better, + new, ✓ gone."),
        empty=_("{heading}: nothing.").format(heading=heading),
    )


def _moved(record: Record) -> str:
    if record["move"] is NeedMove.NEW:
        return _("new, severity {now}").format(now=record["now"])
    if record["move"] is NeedMove.GONE:
        return _("gone, was {before}").format(before=record["before"])
    return _("{before} → {now}").format(before=record["before"], now=record["now"])


def _history(history: Sequence[HeldCheckIn], names: Names) -> Block:
    return Block(
        columns=(
            Column(_("Held"), lambda record: written_day(date.fromisoformat(record["held_on"]))),
            Column(_("Days late"), lambda record: str(record["late"] or "–"), True),
            Column(_("Did not answer"), lambda record: _named(record["unanswered"], names) or "–"),
        ),
        records=[
            {
                "part": "held",
                "held_on": each.held_on.isoformat(),
                "due_on": None if each.due_on is None else each.due_on.isoformat(),
                "late": each.late,
                "unanswered": list(each.unanswered),
            }
            for each in history
        ],
        heading=_("All check-ins so far"),
    )


def _named(ids: Sequence[str], names: Names) -> str:
    return ", ".join(one_line(team_name(names, each)) for each in ids)
