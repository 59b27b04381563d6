"""The vulnerability clause as sentences; none of them ever names a weakness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from math import floor

from lichen.charter.clause.renegotiation import Duties, Phase, RenegotiationState
from lichen.charter.clause.triggers import Trigger
from lichen.charter.clause.values import ClauseTerms, Ground
from lichen.charter.clause.watch import UnborneRequest
from lichen.language import _, ngettext
from lichen.paper import amount_words, one_line, written_day

__all__ = [
    "days_left_words",
    "duty_lines",
    "ground_words",
    "phase_words",
    "then_words",
    "trigger_words",
    "unborne_words",
]

Names = Mapping[str, str]


def trigger_words(trigger: Trigger) -> str:
    """What changed; of a need neither which it is nor how severe.

    Example:
        >>> trigger_words(Trigger("us", Ground.NEED_WORSE, gap="ops.logistics", before=Fraction(2), after=Fraction(4)))
        'A declared need has got worse by 2 of the 5 steps of severity.'
    """
    before, after = trigger.before or Fraction(0), trigger.after or Fraction(0)
    what = one_line(trigger.what)
    if trigger.ground is Ground.EVENT:
        day = "" if trigger.changed_on is None else written_day(trigger.changed_on)
        return _("{what}, on {day}.").format(what=what, day=day)
    if trigger.ground in (Ground.CAPACITY_DOWN, Ground.CAPACITY_UP):
        percent = f"{float(trigger.percent or 0):.0f}"
        return _capacity(trigger).format(what=what, before=_number(before), after=_number(after), percent=percent)
    if not before:
        return _("It declares a need that it had not declared.")
    if not after:
        return _("A need that it had declared has gone.")
    worse = _("A declared need has got worse by {steps} of the 5 steps of severity.")
    eased = _("A declared need has eased by {steps} of the 5 steps of severity.")
    return (worse if after > before else eased).format(steps=_number(abs(after - before)))


def ground_words(ground: Ground, what: str) -> str:
    """Why a partner asks, in half a sentence."""
    told = {
        Ground.NEED_WORSE: _("a need of its own has got worse"),
        Ground.NEED_EASED: _("a need of its own has eased or gone"),
        Ground.CAPACITY_DOWN: _("it has less to give"),
        Ground.CAPACITY_UP: _("it has more to give"),
        Ground.EVENT: _("something has happened to it"),
    }[ground]
    return f"{told} ({one_line(what)})" if what else told


def unborne_words(unborne: UnborneRequest, terms: ClauseTerms) -> str:
    """That nothing in the file bears out why a partner asks, and what would; of a need no more than that."""
    change, ground = unborne.change, unborne.request.ground
    if ground is Ground.EVENT:
        return _("Nothing in the file bears this out: no event that the terms list has happened to it since.")
    if ground in (Ground.NEED_WORSE, Ground.NEED_EASED):
        return _("The audits then and now do not bear this out.")
    if change is None:
        return _("The figures do not bear this out: the file tells no change of it, in the same words each time.")
    told = (
        _("The figures do not bear this out: from {before} to {after} is {percent}%, and it takes {least}% less.")
        if ground is Ground.CAPACITY_DOWN
        else _("The figures do not bear this out: from {before} to {after} is {percent}%, and it takes {least}% more.")
    )
    before, after = change.before or Fraction(0), change.after or Fraction(0)
    return told.format(
        before=_number(before),
        after=_number(after),
        percent=_signed(change),
        least=f"{float(terms.capacity_percent):g}",
    )


def phase_words(phase: Phase) -> str:
    """A phase, as a heading has it."""
    return {
        Phase.NOTICE: _("Notice"),
        Phase.TALKS: _("Talks"),
        Phase.MEDIATION: _("Mediation"),
        Phase.EXIT: _("Orderly exit"),
        Phase.LEFT: _("It has left"),
        Phase.SETTLED: _("Settled"),
        Phase.WITHDRAWN: _("Taken back"),
    }[phase]


def days_left_words(days: int) -> str:
    """How long a phase still takes."""
    if days == 0:
        return _("today is the last day")
    return ngettext("{days} day left", "{days} days left", days).format(days=days)


def duty_lines(state: RenegotiationState, names: Names) -> Iterator[str]:
    """What is owed meanwhile."""
    if state.duties is Duties.FULL and not state.is_over:
        yield _("Every duty goes on: to ask suspends nothing.")
    elif state.duties is Duties.MINIMUM and state.minimum_duties:
        yield _("Until it is settled, each keeps up at least this:")
        for each in state.minimum_duties:
            yield f"{names.get(each.partner) or each.partner}: {one_line(each.duty, None)}"
    elif state.duties is Duties.MINIMUM:
        yield _("No minimum duties are agreed. Agree on them today (in the file: charter, clause, terms).")


def then_words(state: RenegotiationState, terms: ClauseTerms, name: str) -> str:
    """What comes when this phase brings nothing; empty once it is over."""
    if state.deadline is None:
        return ""
    until = {each.phase: written_day(each.last_day) for each in state.deadlines}
    mediator = one_line(terms.mediator) or _("somebody you all trust (agree now on whom)")
    told = {
        Phase.NOTICE: _("The talks begin on {start}, and may take until {talks}."),
        Phase.TALKS: _("If the talks bring nothing: mediation from {start} to {mediation}, by {mediator}."),
        Phase.MEDIATION: _("If mediation brings nothing: {name} leaves in good order, from {start} to {exit}."),
        Phase.EXIT: _("After that {name} has left. Nobody is punished, and confidences are kept."),
    }[state.phase]
    return told.format(
        start=written_day(state.deadline + timedelta(days=1)),
        talks=until[Phase.TALKS],
        mediation=until[Phase.MEDIATION],
        exit=until[Phase.EXIT],
        mediator=mediator,
        name=name,
    )


def _signed(change: Trigger) -> str:
    """The change in per cent to one place, towards nought, so that too little never reads as enough."""
    tenths = floor(10 * (change.percent or 0))
    sign = "+" if change.ground is Ground.CAPACITY_UP else "−"
    return f"{sign}{tenths / 10:.1f}".removesuffix(".0")


def _capacity(trigger: Trigger) -> str:
    if trigger.percent is None:
        return _("{what}: up from nothing to {after}.")
    if trigger.ground is Ground.CAPACITY_UP:
        return _("{what}: up by {percent}%, from {before} to {after}.")
    return _("{what}: down by {percent}%, from {before} to {after}.")


def _number(number: Fraction) -> str:
    return amount_words(float(number))
