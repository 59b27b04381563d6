"""Sections 16 to 23 of the charter: working together, keeping confidences, and what happens when things change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lichen.charter.agreement.given import Given
from lichen.charter.agreement.phrases import (
    blank,
    closed,
    days_long,
    months_long,
    reference,
    said_or,
    years_long,
)
from lichen.charter.agreement.terms import AgreementTerms, SectionName
from lichen.charter.agreement.values import Line, Row, Table
from lichen.days import months_after
from lichen.language import _
from lichen.paper import one_line, written_day

__all__ = [
    "check_ins",
    "confidentiality",
    "disputes",
    "intellectual_property",
    "monitoring",
    "reporting",
    "time_frame",
    "vulnerability_clause",
]

_CHECK_INS_SHOWN = 4


def reporting(given: Given) -> Iterator[Line]:
    """Who tells whom, and where personal data are dealt with."""
    yield Line(said_or(given.terms.reporting, _("who reports what to whom, and how often")))
    annex = reference(SectionName.DATA_SHARING_ANNEX)
    yield Line(_("Personal data pass from one party to another only as {annex} says.").format(annex=annex))


def monitoring(given: Given) -> Iterator[Line]:
    """By what everybody sees how it goes."""
    yield Line(said_or(given.terms.monitoring, _("by what all will see how it goes, and who looks")))
    yield Line(_("Each party also says how fair the exchange is, as it sees it itself."))


def time_frame(given: Given) -> Iterator[Line | Table]:
    """What should be reached by when."""
    milestones = sorted(given.terms.milestones, key=lambda each: each.due_on)
    rows = tuple(Row((written_day(each.due_on), closed(one_line(each.what, None)))) for each in milestones)
    yield Table((_("By"), _("What")), rows) if rows else Line(blank(_("what should be reached by when")))


def confidentiality(given: Given) -> Iterator[Line]:
    """What is told in confidence, and what must be told all the same."""
    yield Line(
        _(
            "What a party tells of its weaknesses is told in confidence. Whoever hears it passes it to nobody, uses it"
            " for the alliance alone, and never uses it against the one that told it."
        )
    )
    yield Line(
        _("If that is broken, the party that broke it is shown nothing further. What had been opened to it is closed.")
    )
    years = years_long(given.terms.confidentiality_years, _("how many years"))
    yield Line(_("This goes on for {years} after a party has left, or the alliance has ended.").format(years=years))
    yield Line(
        _(
            "Some facts come before this rule: that money is running out, that somebody in charge has done wrong, that"
            " a regulator has acted, that a licence is lost. A party tells such a fact before another commits money to"
            " the alliance."
        )
    )
    yield Line(_("If the law makes a party tell, it says so first to the one whose confidence it is, where it may."))


def intellectual_property(_given: Given) -> Iterator[Line]:
    """Where rights are dealt with."""
    annex = reference(SectionName.INTELLECTUAL_PROPERTY_ANNEX)
    yield Line(_("Who owns what, and who may use it on which terms, is in {annex}.").format(annex=annex))


def vulnerability_clause(given: Given) -> Iterator[Line]:
    """When a party may ask for other terms, what follows, and that it costs nothing to ask."""
    terms = given.charter.clause.terms
    yield Line(_("A party may ask for other terms in writing when one of these holds:"))
    yield from (Line(each, _("Ground")) for each in _grounds(given))
    yield Line(
        _(
            "The same holds when things get better: when a need has eased by as much or gone, or when a party has as"
            " much more to give. Then the others may give less, or get more."
        )
    )
    yield Line(_("To ask in good faith costs nothing. There is no penalty, and nobody may hold it against a party."))
    yield Line(
        _("All parties get ready for talks within {days}. Meanwhile every duty goes on.").format(
            days=days_long(terms.notice_days)
        ),
        _("Notice"),
    )
    yield Line(_("The parties talk for up to {days} more.").format(days=days_long(terms.talks_days)), _("Talks"))
    yield Line(
        _("If they do not agree, {mediator} mediates for up to {days} more.").format(
            mediator=_mediator(given), days=days_long(terms.mediation_days)
        ),
        _("Mediation"),
    )
    yield Line(
        _("If that fails, the party that asked leaves in good order within {days} more ({section}).").format(
            days=days_long(terms.exit_days), section=reference(SectionName.EXIT)
        ),
        _("Exit"),
    )
    yield Line(_("From the talks on until the end, each party keeps up at least this:"))
    stated: dict[str, list[str]] = {}
    for duty in terms.minimum_duties:
        stated.setdefault(duty.partner, []).append(said_or(duty.duty, _("what")))
    yield from given.each(stated, _("what this party keeps up meanwhile"))
    yield Line(_("The parties may settle on any day, and the party that asked may take its request back on any day."))
    yield Line(_("Keeping still changes nothing: each step begins by itself when the one before has run out."))


def check_ins(given: Given) -> Iterator[Line]:
    """When the parties tell each other honestly how they are."""
    terms = given.terms
    yield Line(
        _(
            "Every {time} the parties meet to tell each other what has changed: what is harder, what is easier, and"
            " what is needed no more. Each decides what it opens."
        ).format(time=months_long(terms.check_in_months))
    )
    days = [written_day(day) for day in _check_in_days(terms)]
    first = _("The first check-ins: {days}.").format(days="; ".join(days)) if days else blank(_("the first check-in"))
    yield Line(first)


def disputes(given: Given) -> Iterator[Line]:
    """What the parties do when they are at odds, one step after the other."""
    liaisons, days = reference(SectionName.CONTACTS_ANNEX), days_long(given.terms.dispute_days)
    mediation = days_long(given.charter.clause.terms.mediation_days)
    steps = (
        _("The liaisons of the parties talk, for up to {days} ({annex}).").format(days=days, annex=liaisons),
        _("If that fails, those who lead the parties talk, for up to {days}.").format(days=days),
        _("If that fails, {mediator} mediates, for up to {days}.").format(mediator=_mediator(given), days=mediation),
        _("If that fails, a party may leave ({section}).").format(section=reference(SectionName.EXIT)),
    )
    for number, step in enumerate(steps, start=1):
        yield Line(step, _("Step {number}").format(number=number))
    yield Line(_("Meanwhile every duty goes on, and confidences are kept."))


def _grounds(given: Given) -> Iterator[str]:
    terms = given.charter.clause.terms
    yield _("A need that it has declared has got worse, by {steps} or more of the 5 steps of severity.").format(
        steps=terms.severity_steps
    )
    yield _("Its money or its capacity has fallen by {percent}% or more.").format(percent=terms.capacity_percent)
    events = "; ".join(one_line(event, None).rstrip(".") for event in terms.events) or blank(_("which events count"))
    yield _("One of these has happened to it: {events}.").format(events=events)


def _mediator(given: Given) -> str:
    return one_line(given.charter.clause.terms.mediator) or blank(_("who mediates"))


def _check_in_days(terms: AgreementTerms) -> Iterator[date]:
    first = terms.first_check_in_on
    if first is None:
        return
    for place in range(_CHECK_INS_SHOWN):
        day = months_after(first, place * terms.check_in_months)
        if terms.ends_on is None or day <= terms.ends_on:
            yield day
