"""What ``lichen exchange ledger`` prints of each promise, claim and gift: what it is, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.text import Text

from lichen.brief.phrases import within_sentence
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, styled
from lichen.exchange.ledger.deliveries import DeliveryState, deliveries, ledger_on
from lichen.exchange.ledger.standings import PromiseStanding, PromiseState
from lichen.exchange.values import Direction, Intent, Ledger
from lichen.language import _, ngettext
from lichen.paper import amount_words, one_line, written_day

__all__ = ["gift_records", "intent_block", "pair_blocks", "standing_record", "state_words", "thing_words"]

_STYLES = {
    PromiseState.LATE: "red",
    PromiseState.DISPUTED: "yellow",
    PromiseState.DELIVERED: "green",
    PromiseState.OVER_DELIVERED: "green",
    PromiseState.GIVEN_UP: "dim",
}


def standing_record(one: PromiseStanding, names: Mapping[str, str]) -> Record:
    """One promise or claim as JSON prints it.

    Args:
        one: Where it stands.
        names: The partners' names by their ids.
    """
    promise = one.promise
    return {
        "part": "claim" if one.is_claim else "promise",
        "id": promise.id,
        "state": one.state,
        **_passing(promise, names),
        "since": promise.begun_on.isoformat(),
        "due_on": None if promise.due_on is None else promise.due_on.isoformat(),
        "promised": promise.amount,
        "delivered": one.delivered,
        "accepted": one.accepted,
        "unanswered": one.unanswered,
        "disputed": one.disputed,
        "reversed": one.reversed,
        "owed": one.owed,
        "over": one.over,
        "days_late": one.days_late,
        "events": one.events,
    }


def gift_records(ledger: Ledger, names: Mapping[str, str], on: date) -> list[Record]:
    """What was given up to a day on no promise and no claim."""
    return [
        {
            "part": "gift",
            "id": one.event,
            "state": one.state,
            **_passing(one, names),
            "since": one.happened_on.isoformat(),
            "delivered": one.amount if one.counts else 0,
            "events": (one.event,),
        }
        for one in deliveries(ledger_on(ledger, on))
        if not (one.fulfils or one.settles)
    ]


def pair_blocks(records: Sequence[Record]) -> Iterator[Block]:
    """A block for each two partners between whom anything was promised or passed, newest first."""
    pairs: dict[tuple[str, str], list[Record]] = {}
    for record in sorted(records, key=lambda record: record["since"], reverse=True):
        pairs.setdefault(_pair(record), []).append(record)
    for pair, between in pairs.items():
        yield Block(
            columns=(
                Column("", lambda record: styled((state_words(record["state"]), _STYLES.get(record["state"], "")))),
                Column(_("What, and from whom"), _what),
                Column(_("Delivered"), _delivered),
                Column(_("Due"), lambda record: _day(record.get("due_on"))),
            ),
            records=between,
            heading=_("Between {one} and {other}").format(one=pair[0], other=pair[1]),
        )
    if not pairs:
        yield Block((), (), empty=_("Nothing is promised yet. See who could give what: lichen exchange plan"))


def intent_block(intents: Sequence[Intent], names: Mapping[str, str]) -> Block:
    """What was offered or asked for, and no promise answers."""
    records = [
        {
            "part": "intent",
            "id": one.id,
            "state": one.direction,
            "by": one.by,
            "kind": one.kind,
            "code": one.code,
            "thing": thing_words(one),
            "sentence": _intent_sentence(one, team_name(names, one.by)),
        }
        for one in intents
    ]
    heading = _("Offered or asked for, and not promised yet") if records else ""
    return Block((Column("", lambda record: record["sentence"]),), records, heading=heading)


def thing_words(one: Any) -> str:
    """What passes hands, in the words of the file, else those of its capability, else those of its kind.

    Args:
        one: Anything of the ledger with ``what``, ``code`` and ``kind``.

    Example:
        >>> from datetime import date
        >>> from lichen.exchange.values import EconomicEvent
        >>> gift = {"provider": "us", "receiver": "them", "kind": "staff_time", "amount": 1}
        >>> thing_words(EconomicEvent("e", date(2026, 3, 1), **gift))
        'staff time'
    """
    if one.what:
        return one_line(one.what)
    return within_sentence(one.code) if one.code else one_line(one.kind).replace("_", " ")


def state_words(state: PromiseState | DeliveryState) -> str:
    """Where a promise, a claim or a gift stands, in a word or two."""
    return {
        PromiseState.GIVEN_UP: _("given up"),
        PromiseState.DISPUTED: _("disputed"),
        PromiseState.OVER_DELIVERED: _("over-delivered"),
        PromiseState.DELIVERED: _("delivered"),
        PromiseState.LATE: _("late"),
        PromiseState.OPEN: _("open"),
        DeliveryState.ACCEPTED: _("given"),
        DeliveryState.UNANSWERED: _("given"),
        DeliveryState.DISPUTED: _("disputed"),
        DeliveryState.REVERSED: _("corrected"),
    }[state]


def _passing(one: Any, names: Mapping[str, str]) -> Record:
    return {
        "provider": one.provider,
        "receiver": one.receiver,
        "provider_name": team_name(names, one.provider),
        "receiver_name": team_name(names, one.receiver),
        "kind": one.kind,
        "code": one.code,
        "thing": thing_words(one),
        "unit": one.unit,
    }


def _pair(record: Record) -> tuple[str, str]:
    first, second = sorted((record["provider_name"], record["receiver_name"]))
    return first, second


def _delivered(record: Record) -> str:
    given = amount_words(record["delivered"])
    if record["part"] == "gift":
        return amount_words(record["delivered"], one_line(record["unit"]))
    promised = amount_words(record["promised"], one_line(record["unit"]))
    return _("{given} of {promised}").format(given=given, promised=promised)


def _day(written: str | None) -> str:
    return written_day(date.fromisoformat(written)) if written else ""


def _what(record: Record) -> Text:
    return styled(record["thing"], ("\n" + "\n".join((_giver(record), *_facts(record))), "dim"))


def _giver(record: Record) -> str:
    if record["part"] == "gift":
        words = _("from {giver} on {day}, as a gift")
    else:
        words = _("from {giver}, asked in return") if record["part"] == "claim" else _("from {giver}")
    return words.format(giver=record["provider_name"], day=_day(record["since"]))


def _facts(record: Record) -> Iterator[str]:
    """What there is to say beside the figures."""
    unit = one_line(record["unit"])
    facts = (
        ("unanswered", _("{amount} not accepted yet")),
        ("disputed", _("{amount} disputed, so not counted")),
        ("over", _("{amount} beyond the promise")),
        ("reversed", _("{amount} recorded and corrected since")),
    )
    yield from (words.format(amount=amount_words(record[key], unit)) for key, words in facts if record.get(key))
    if record.get("days_late"):
        late = ngettext("{days} day late", "{days} days late", record["days_late"])
        yield late.format(days=f"{record['days_late']:,}")


def _intent_sentence(one: Intent, name: str) -> str:
    told = {"name": name, "thing": thing_words(one)}
    if one.amount is None:
        words = _("{name} offers {thing}") if one.direction is Direction.OFFER else _("{name} asks for {thing}")
        return words.format(**told)
    if one.direction is Direction.OFFER:
        words = _("{name} offers {thing}: {amount} {per}")
    else:
        words = _("{name} asks for {thing}: {amount} {per}")
    return words.format(**told, amount=amount_words(one.amount, one_line(one.unit)), per=_per(one))


def _per(one: Intent) -> str:
    return {
        "day": _("a day"),
        "week": _("a week"),
        "month": _("a month"),
        "quarter": _("a quarter"),
        "year": _("a year"),
        "in all": _("in all"),
    }[one.per]
