"""What in a ledger needs mending, before anything else is told: late, disputed, promised twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lichen.brief.phrases import within_sentence
from lichen.capabilities.taxonomy import taxonomy
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, styled
from lichen.cli.exchange.ledger_rows import thing_words
from lichen.exchange.ledger.capacity import Overpromise
from lichen.exchange.ledger.standings import PromiseStanding, PromiseState
from lichen.language import _, ngettext
from lichen.paper import amount_words, one_line, written_day

__all__ = ["is_to_mend", "mending_blocks"]

_SIGNS = {"late": ("▲", "red"), "disputed": ("?", "yellow"), "promised twice": ("■", "red")}


def is_to_mend(one: PromiseStanding) -> bool:
    """Whether a promise or a claim is late or disputed."""
    return one.is_late or one.state is PromiseState.DISPUTED


def mending_blocks(
    found: Sequence[PromiseStanding], twice: Sequence[Overpromise], names: Mapping[str, str], file: str, on: date
) -> Iterator[Block]:
    """A line for everything that needs mending, or that nothing does; then how much is delivered.

    Args:
        found: Where every promise and claim stands.
        twice: Where more was promised than can be spared.
        names: The partners' names by their ids.
        file: The file that was asked about; promises in it are told without its name.
        on: The day.
    """
    columns = (
        Column("", lambda record: styled(_SIGNS[record["state"]])),
        Column("", lambda record: record["sentence"]),
    )
    if twice:
        yield Block(columns, [_twice_record(one, names, file) for one in twice], heading=_("Promised twice"))
    latest_first = sorted(found, key=lambda one: -one.days_late)
    owed = [_owed_record(one, names) for one in latest_first if is_to_mend(one)]
    if owed:
        yield Block(columns, owed, heading=_("Late or disputed"), repeats=True)
    heading = "" if owed or twice else _("Nothing is late, disputed or promised twice.")
    if found:
        yield Block((), (), heading=heading, empty=_tally(found, on))


def _tally(found: Sequence[PromiseStanding], on: date) -> str:
    done = sum(one.state in (PromiseState.DELIVERED, PromiseState.OVER_DELIVERED) for one in found)
    told = ngettext(
        "On {day}, {done} of {number} promise or claim is delivered.",
        "On {day}, {done} of {number} promises and claims are delivered.",
        len(found),
    )
    return told.format(day=written_day(on), done=done, number=len(found))


def _owed_record(one: PromiseStanding, names: Mapping[str, str]) -> Record:
    promise = one.promise
    amount = amount_words(one.owed, one_line(promise.unit))
    told = {
        "giver": team_name(names, promise.provider),
        "receiver": team_name(names, promise.receiver),
        "thing": thing_words(promise),
        "amount": amount,
        "days": f"{one.days_late:,}",
    }
    if one.state is PromiseState.DISPUTED:
        state, words = (
            "disputed",
            _("Disputed: {thing}. {receiver} says that it was not as promised. Talk, then accept it or correct it."),
        )
    else:
        state = "late"
        words = ngettext(
            "{days} day late: {thing}, {amount}. {giver} owes it to {receiver}. Deliver it, or agree to give it up.",
            "{days} days late: {thing}, {amount}. {giver} owes it to {receiver}. Deliver it, or agree to give it up.",
            one.days_late,
        )
    return {"part": "mend", "state": state, "sentence": words.format(**told)}


def _twice_record(one: Overpromise, names: Mapping[str, str], file: str) -> Record:
    code = one.thing in taxonomy().capabilities
    promises = ", ".join(
        one_line(each.commitment)
        if each.ledger == file
        else _("{promise} in {file}").format(promise=one_line(each.commitment), file=one_line(each.ledger))
        for each in one.promises
    )
    words = _(
        "{giver} promised {promised} ({thing}) from {start} to {end}, and said it can spare {capacity}"
        " in that time. The promises: {promises}. Agree on less, or on other days."
    )
    sentence = words.format(
        giver=team_name(names, one.provider),
        promised=amount_words(one.promised, one_line(one.unit)),
        thing=within_sentence(one.thing) if code else one_line(one.thing).replace("_", " "),
        start=written_day(one.starts_on),
        end=written_day(one.ends_on),
        capacity=amount_words(one.capacity),
        promises=promises,
    )
    return {
        "part": "overpromise",
        "state": "promised twice",
        "provider": one.provider,
        "provider_name": team_name(names, one.provider),
        "thing": one.thing,
        "unit": one.unit,
        "since": one.starts_on.isoformat(),
        "due_on": one.ends_on.isoformat(),
        "promised": one.promised,
        "capacity": one.capacity,
        "promises": [f"{each.ledger}: {each.commitment}" for each in one.promises],
        "sentence": sentence,
    }
