"""``lichen charter clause``: what has changed, who has asked for other terms, and what is due when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

import typer

from lichen.alliance.values import Alliance
from lichen.charter.clause.renegotiation import Deadline, RenegotiationState
from lichen.charter.clause.values import ClauseTerms
from lichen.charter.clause.watch import ClauseWatch, WatchedTrigger, clause_watch
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.answers import Block, Column, Format, Layout, Line, Record, show, styled
from lichen.cli.charter.clause_words import (
    days_left_words,
    duty_lines,
    ground_words,
    phase_words,
    then_words,
    trigger_words,
    unborne_words,
)
from lichen.cli.days import On, day_given
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day

__all__ = ["app"]

app = commands()

Names = Mapping[str, str]


@app.command(cls=Described)
def clause(
    file: AllianceFile = "alliance.yaml",
    before: Annotated[
        str, typer.Option(metavar="FILE", help="The file as it was when you agreed, to compare the audits.")
    ] = "",
    on: On = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Watch the vulnerability clause: what has changed, what is due.

    A partner may ask for other terms when a need of its own, its capacity or a listed event has changed enough, for
    worse or for better. It is said that a need has changed, never which. Ends with 1 where a partner may ask and has
    not, or where a request is under way.

    Example:
        lichen charter clause alliance.yaml
        lichen charter clause alliance.yaml --before alliance-2026.yaml --on 2026-11-22
    """
    alliance, day = given_alliance(file), day_given(on)
    watch = clause_watch(
        alliance.charter.clause,
        alliance.partners,
        on=day,
        before=given_alliance(before).partners if before else (),
        agreed_on=_agreed_on(alliance, day),
    )
    names = {audit.organisation.id: one_line(audit.organisation.name) for audit in alliance.partners}
    show(layout, _answer(watch), _triggers(watch, names), _requests(watch, alliance.charter.clause.terms, names, day))
    raise typer.Exit(FINDINGS if watch.needs_talk else DONE)


def _agreed_on(alliance: Alliance, day: date) -> date | None:
    """The day of the last version of the charter, else that on which the alliance was formed."""
    agreed = [version.agreed_on for version in alliance.charter.versions if version.agreed_on <= day]
    return max(agreed, default=alliance.formed_on)


def _answer(watch: ClauseWatch) -> Block:
    """What waits for the partners, in a sentence or two."""
    unasked = sum(each.request is None for each in watch.triggers)
    under_way = sum(not state.is_over for state in watch.requests)
    told = (
        (
            unasked,
            ngettext(
                "{count} change lets a partner ask for other terms, and it has not asked.",
                "{count} changes let partners ask for other terms, and they have not asked.",
                unasked,
            ),
        ),
        (
            under_way,
            ngettext("{count} request is under way.", "{count} requests are under way.", under_way),
        ),
    )
    waiting = " ".join(sentence.format(count=count) for count, sentence in told if count)
    return Block((), (), empty=waiting or _("Nothing under the clause waits for you."))


def _triggers(watch: ClauseWatch, names: Names) -> Block:
    once = [
        _("{name}, {what}: this series has one entry only: the words must be the same each time.").format(
            name=names.get(each.partner) or each.partner, what=one_line(each.what)
        )
        for each in watch.stated_once
    ]
    unseen = "" if watch.audits_compared else _("Changed needs are not seen without the file as it was: --before FILE.")
    return Block(
        heading=_("What has changed"),
        columns=(
            Column(_("Partner"), lambda record: record["name"]),
            Column(_("Change"), lambda record: record["sentence"]),
            Column(_("Request"), lambda record: record["asked"]),
        ),
        records=[_trigger_record(each, names) for each in watch.triggers],
        note=" ".join(
            filter(None, (_("Who asks writes it into the file: charter, clause, renegotiations."), unseen, *once))
        ),
        empty=" ".join(filter(None, (_("Nothing has changed enough to ask for other terms."), unseen, *once))),
    )


def _trigger_record(watched: WatchedTrigger, names: Names) -> Record:
    trigger, request = watched.trigger, watched.request
    amounts = (None, None) if trigger.gap else (trigger.before, trigger.after)  # a severity is the owner's to tell
    return {
        "part": "trigger",
        "partner": trigger.partner,
        "name": names[trigger.partner],
        "ground": trigger.ground,
        "what": trigger.what,
        **dict(zip(("before", "after"), (None if each is None else float(each) for each in amounts), strict=True)),
        "percent": None if trigger.percent is None else float(trigger.percent),
        "changed_on": _iso(trigger.changed_on),
        "asked_on": None if request is None else request.asked_on.isoformat(),
        "sentence": trigger_words(trigger),
        "asked": _("none yet; it may ask, in writing")
        if request is None
        else _("asked on {day}").format(day=written_day(request.asked_on)),
    }


def _requests(watch: ClauseWatch, terms: ClauseTerms, names: Names, day: date) -> Block:
    return Block(
        heading=_("Requests for other terms"),
        columns=(Column("", lambda record: styled((record["sentence"], "bold"))),),
        records=[
            {
                **_request_record(state, terms, names, day),
                "unborne": [unborne_words(one, terms) for one in watch.unborne if one.request is state.renegotiation],
            }
            for state in watch.requests
        ],
        empty=_("Nobody has asked for other terms."),
        below=_below,
    )


def _request_record(state: RenegotiationState, terms: ClauseTerms, names: Names, day: date) -> Record:
    request = state.renegotiation
    name = names.get(request.partner) or request.partner
    return {
        "part": "request",
        "partner": request.partner,
        "ground": request.ground,
        "what": request.what,
        "asked_on": request.asked_on.isoformat(),
        "phase": state.phase,
        "deadline": _iso(state.deadline),
        "days_left": state.days_left,
        "then": state.then,
        "duties": state.duties,
        "deadlines": {each.phase: each.last_day.isoformat() for each in state.deadlines},
        "sentence": _("{name} asked on {day}: {ground}. {phase}{left}.").format(
            name=name,
            day=written_day(request.asked_on),
            ground=ground_words(request.ground, request.what),
            phase=phase_words(state.phase),
            left="" if state.days_left is None else f": {days_left_words(state.days_left)}",
        ),
        "wanted": request.wanted,
        "settlement": request.settlement if state.is_over else "",
        "steps": [_deadline_words(each, state, day) for each in state.deadlines] if not state.is_over else [],
        "meanwhile": [*duty_lines(state, names)],
        "next": then_words(state, terms, name),
    }


def _deadline_words(deadline: Deadline, state: RenegotiationState, day: date) -> tuple[str, str]:
    """A sign, and a phase with its last day."""
    told = _("{phase} until {day}").format(phase=phase_words(deadline.phase), day=written_day(deadline.last_day))
    if deadline.phase is state.phase:
        return "▶", f"{told}: {days_left_words((deadline.last_day - day).days)}"
    return ("■", told) if deadline.last_day < day else ("·", told)


def _below(record: Record) -> Iterator[Line]:
    told = ((_("It wants"), record["wanted"]), (_("They agreed"), record["settlement"]))
    yield from ((styled("–"), styled(f"{lead}: {one_line(text, None)}")) for lead, text in told if text)
    yield from ((styled("–"), styled((told, "yellow"))) for told in record["unborne"])
    yield from ((styled(sign), styled(step)) for sign, step in record["steps"])
    yield from ((styled("–"), styled(line)) for line in record["meanwhile"])
    if record["next"]:
        yield styled("→"), styled(record["next"])
        yield styled("–"), styled(_("To ask in good faith costs nothing, at no step."))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
