"""The trust scaffold in words, the same in a table and in a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lichen.language import _, ngettext
from lichen.paper import amount_words, written_day
from lichen.pilot.gate import Gate
from lichen.pilot.scaffold import Stair, StairState

__all__ = ["gate_words", "stair_words", "state_word"]


def state_word(state: StairState) -> str:
    """How far a stair has been climbed, in a word."""
    words = {
        StairState.DONE: _("done"),
        StairState.TRIED: _("tried"),
        StairState.NEXT: _("next"),
        StairState.LATER: _("later"),
    }
    return words[state]


def stair_words(stair: Stair, names: Mapping[str, str], currency: str = "") -> Iterator[str]:
    """What there is to say of a stair: when, at what stake, what came of it, what it opens, what it waits for.

    Args:
        stair: The stair.
        names: The partners' names by their ids.
        currency: The alliance's currency; empty is not said.
    """
    cost = "" if stair.cost is None else amount_words(stair.cost, currency)
    when = "" if stair.held_on is None else written_day(stair.held_on)
    yield " · ".join(filter(None, (when, stair.stake, cost)))
    yield stair.result
    if stair.unlocks:
        told = _("It opened the door to: {what}") if stair.state is StairState.DONE else _("It would open: {what}")
        yield told.format(what=stair.unlocks)
    if stair.is_early:
        yield _("It was done before the gate was open.")
    if stair.state is StairState.TRIED and stair.unsaid:
        unsaid = ", ".join(names.get(each, each) for each in stair.unsaid)
        yield _("No success yet. Who has not said that it worked for them: {names}").format(names=unsaid)
    elif stair.state is StairState.TRIED and not stair.is_early:
        yield _("It does not count until all have answered the review and what it found is settled.")


def gate_words(found: Gate) -> str:
    """Whether the gate is open, with its arithmetic."""
    if found.is_open:
        told = _("The gate is open: {count} successes, and it takes {wanted}")
    elif found.withheld:
        told = ngettext(
            "The gate is shut: {count} of {wanted} successes; {withheld} waits until a review is settled",
            "The gate is shut: {count} of {wanted} successes; {withheld} wait until a review is settled",
            found.withheld,
        )
    else:
        told = _("The gate is shut: {count} of {wanted} successes, {missing} more to go")
    counted = {"count": len(found.successes), "wanted": found.wanted, "missing": found.missing}
    return told.format(withheld=found.withheld, **counted)
