"""The terms of a pilot as rows: when, for how much, what passes hands, who gives how many hours, what will tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record
from lichen.language import _
from lichen.paper import amount_words, one_line, written_day
from lichen.pilot.values import Exchanged, Pilot, PilotTerms, SuccessTest

__all__ = ["measure_words", "terms_block"]

_Row = tuple[str, str, str]
"""A name for programs, what people read beside it, and what holds."""


def terms_block(pilot: Pilot, names: Mapping[str, str], currency: str) -> Block:
    """What was agreed, a row for each thing; what is not said is left to the findings.

    Args:
        pilot: The pilot.
        names: The partners' names by their ids.
        currency: The alliance's currency; empty is not said.
    """
    rows = [*_of_frame(pilot.terms, currency), *_of_sides(pilot, names), *_of_tests(pilot, names)]
    return Block(
        columns=(Column("", lambda record: record["heading"]), Column("", lambda record: record["told"])),
        records=[_record(*row) for row in rows],
        heading=_("The terms"),
        empty=_("Nothing is agreed yet."),
    )


def measure_words(test: SuccessTest) -> str:
    """What a success test wants, such as *at least 100 people screened*.

    Example:
        >>> measure_words(SuccessTest("waiting", "days until a reply", 14, "a", at_most=True))
        'days until a reply: at most 14'
    """
    told = _("{what}: at most {wanted}") if test.at_most else _("{what}: at least {wanted}")
    return told.format(what=one_line(test.what), wanted=amount_words(test.wanted, one_line(test.unit)))


def _record(name: str, heading: str, told: str) -> Record:
    return {"part": "term", "term": name, "heading": heading, "told": told}


def _of_frame(terms: PilotTerms, currency: str) -> Iterator[_Row]:
    days = {_("from"): terms.starts_on, _("to"): terms.ends_on}
    told = ", ".join(f"{word} {written_day(when)}" for word, when in days.items() if when)
    if told:
        yield "days", _("When"), told
    if terms.review_on:
        yield "review", _("Looking back"), written_day(terms.review_on)
    if terms.budget is not None:
        yield "budget", _("Cost"), amount_words(terms.budget, currency)


def _of_sides(pilot: Pilot, names: Mapping[str, str]) -> Iterator[_Row]:
    for each in pilot.terms.exchanged:
        way = f"{team_name(names, each.giver)} → {team_name(names, each.receiver)}"
        yield "exchanged", way, _exchanged_words(each)
    for team in pilot.terms.hours:
        yield "hours", _("Hours of {name}").format(name=team_name(names, team.partner)), amount_words(team.hours)
    for asked in pilot.terms.donors:
        told = _("approached by {name}").format(name=team_name(names, asked.by))
        yield "donor", one_line(asked.donor), told


def _exchanged_words(each: Exchanged) -> str:
    amount = "" if each.amount is None else amount_words(each.amount, each.unit)
    beside = "; ".join(filter(None, (amount, each.kind.replace("_", " "))))
    what = one_line(each.what)
    return _("{what} ({more})").format(what=what, more=one_line(beside)) if beside else what


def _of_tests(pilot: Pilot, names: Mapping[str, str]) -> Iterator[_Row]:
    for test in pilot.terms.tests:
        heading = _("It helped {name} if").format(name=team_name(names, test.serves))
        yield "test", heading, ", ".join(filter(None, (measure_words(test), _until(test.by))))


def _until(day: date | None) -> str:
    return "" if day is None else _("by {day}").format(day=written_day(day))
