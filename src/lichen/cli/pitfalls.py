"""``lichen pitfalls``: what is about to go wrong, by which figures, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Annotated

import typer

from lichen.audit.findings import Weight
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of
from lichen.cli.answers import Block, Column, Format, Layout, Line, Record, show, styled
from lichen.cli.days import On, day_given
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.language import _
from lichen.paper import written_day
from lichen.pitfalls.history import FirstSaid, pitfall_history
from lichen.pitfalls.looking import pitfalls as pitfalls_of
from lichen.pitfalls.rules import RULES, rule_of
from lichen.pitfalls.showing import alerts_for
from lichen.pitfalls.values import Alert
from lichen.pitfalls.words import alert_words, basis_words, figure_words, item_words, next_step, threshold_words

__all__ = ["app"]

app = commands()

_SIGNS = {Weight.STOP: ("■", "red"), Weight.MEND: ("▲", "yellow"), Weight.LOOK: ("·", "dim")}


@app.command(cls=Described)
def pitfalls(
    file: AllianceFile = "alliance.yaml",
    reader: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="PARTNER",
            help="Only what this partner may be told: its id.",
            show_default="for the facilitator",
        ),
    ] = "",
    history: Annotated[bool, typer.Option("--history", help="Say when each was first to be seen.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="Print the rules, and where each is from.")] = False,
    on: On = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Be warned of what is about to go wrong, and why.

    What matters first comes first, with the figures that it rests on, whom it concerns, and one thing to do next. Each
    rule says where its threshold is from; none has been tested, so a warning is a question. Without --for the answer
    is for the facilitator alone: it names what partners confided. Ends with 1 where something is to be told.

    Example:
        lichen pitfalls alliance.yaml
        lichen pitfalls alliance.yaml --for example-churches
        lichen pitfalls alliance.yaml --history
        lichen pitfalls --rules
    """
    if rules:
        show(layout, _rules())
        return
    day = day_given(on)
    alliance = given_alliance(file)
    names = names_of(alliance)
    if reader:
        alliance.partner(reader)
    if history:
        said = pitfall_history(alliance, day)
        if reader:
            said = tuple(
                FirstSaid(shown, each.first_on, each.last_on, each.is_open)
                for each in said
                for shown in alerts_for([each.alert], reader, alliance, day)
            )
        show(layout, _said(said, names))
        raise typer.Exit(FINDINGS if any(each.is_open for each in said) else DONE)
    found = pitfalls_of(alliance, day)
    shown = alerts_for(found, reader, alliance, day) if reader else found
    show(layout, *_blocks(shown, names))
    raise typer.Exit(FINDINGS if shown else DONE)


def _blocks(alerts: Sequence[Alert], names: Mapping[str, str]) -> Iterator[Block]:
    """One block a weight; what to do next stands once below all warnings of a rule."""
    headings = {
        Weight.STOP: _("Settle this before anything else"),
        Weight.MEND: _("Mend this"),
        Weight.LOOK: _("Worth another look"),
    }
    if not alerts:
        yield Block((), (), empty=_("Nothing crosses a threshold today. That is no promise: ask one another."))
    for weight, of_weight in groupby(alerts, key=lambda each: rule_of(each.rule).weight):
        records = [_record(alert, names) for alert in of_weight]
        last = {record["rule"]: place for place, record in enumerate(records)}
        yield Block(
            columns=(
                Column("", lambda record: styled(_SIGNS[record["weight"]]), True),
                Column("", lambda record: styled((record["sentence"], "bold"))),
            ),
            records=records,
            heading=headings[weight],
            below=partial(_lines, last=[records[place] for place in last.values()]),
            gutter=1,
        )


def _record(alert: Alert, names: Mapping[str, str]) -> Record:
    rule = rule_of(alert.rule)
    return {
        "part": "alert",
        "rule": alert.rule,
        "pitfall": rule.pitfall,
        "weight": rule.weight,
        "concerns": list(alert.concerns),
        "about": alert.about,
        "since": None if alert.since is None else alert.since.isoformat(),
        "sentence": alert_words(alert, names),
        "figures": [
            {"measure": each.measure, "value": each.value, "threshold": each.threshold} for each in alert.figures
        ],
        "told": [figure_words(each, rule) for each in alert.figures],
        "items": [{"owner": each.owner, "code": each.code} for each in alert.items],
        "next": next_step(alert.rule),
        "basis": rule.basis,
        "from": basis_words(rule),
    }


def _lines(record: Record, last: Sequence[Record]) -> Iterator[Line]:
    told = ", ".join(filter(None, ("; ".join(record["told"]), _since(record["since"]))))
    items = item_words(tuple(dict.fromkeys(item["code"] for item in record["items"])))
    yield from ((styled(" "), styled(line)) for line in (told, items) if line)
    if any(record is each for each in last):
        yield styled("→"), styled(record["next"])
        yield styled(""), styled((_("From: {source}").format(source=record["from"]), "dim"))


def _since(day: str | None) -> str:
    return _("since {day}").format(day=written_day(date.fromisoformat(day))) if day else ""


def _said(said: Sequence[FirstSaid], names: Mapping[str, str]) -> Block:
    records = [
        {
            "part": "history",
            "first_on": each.first_on.isoformat(),
            "last_on": each.last_on.isoformat(),
            "is_open": each.is_open,
            "rule": each.alert.rule,
            "concerns": list(each.alert.concerns),
            "about": each.alert.about,
            "sentence": alert_words(each.alert, names),
        }
        for each in said
    ]
    return Block(
        columns=(
            Column(_("first seen"), lambda record: record["first_on"], number=True),
            Column(_("what"), lambda record: record["sentence"]),
            Column(_("now"), lambda record: _("still so") if record["is_open"] else _("no more")),
        ),
        records=records,
        heading=_("When Lichen would first have said it"),
        empty=_("Nothing ever crossed a threshold."),
        note=_("Reckoned from the days in the file. What bears no day counts from the first one."),
    )


def _rules() -> Block:
    records = [
        {
            "part": "rule",
            "rule": rule.code,
            "pitfall": rule.pitfall,
            "weight": rule.weight,
            "looks_at": rule.looks_at,
            "threshold": rule.limit,
            "told": threshold_words(rule),
            "basis": rule.basis,
            "from": basis_words(rule),
            "next": next_step(rule.code),
        }
        for rule in RULES
    ]
    return Block(
        columns=(Column("", lambda record: styled((record["rule"], "bold"), ": ", record["pitfall"])),),
        records=records,
        note=_("None of these numbers has been tested. All can be changed: PitfallRules."),
        below=_rule_lines,
    )


def _rule_lines(record: Record) -> Iterator[Line]:
    looks_at = _("Looks at: {parts}; {threshold}.").format(parts=record["looks_at"], threshold=record["told"])
    yield styled(""), styled(looks_at)
    yield styled("→"), styled(record["next"])
    yield styled(""), styled((_("From: {source}").format(source=record["from"]), "dim"))
