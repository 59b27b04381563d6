"""What each delivery was worth to each of its two sides, on that side's own scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from lichen.exchange.ledger.amounts import exact
from lichen.exchange.ledger.deliveries import Delivery, deliveries, ledger_on
from lichen.exchange.values import Commitment, Ledger, Valuation

__all__ = ["Role", "Worth", "worths"]


class Role(StrEnum):
    """On which side of a delivery a partner was."""

    GIVER = "giver"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True)
class Worth:
    """One delivery, as one of its two sides sees it."""

    partner: str
    """Id of the partner whose view it is."""
    role: Role
    """Whether it gave or received."""
    delivery: Delivery
    """What passed hands."""
    worth: Fraction | None
    """What it was worth, on the partner's own scale, exactly; None is not said."""
    commitment: str = ""
    """Id of the promise of whose worth this is a share by amount; empty where the delivery was valued itself."""


def worths(ledger: Ledger, *, on: date) -> tuple[Worth, ...]:
    """What every delivery that counts was worth to its giver, and to its receiver, as far as they have said.

    The latest valuation of the delivery counts, the later in the file among those of one day; without one, the latest
    valuation of its promise times the share of the promised amount. Disputed and reversed deliveries do not count.

    Args:
        ledger: Whose references lead somewhere: see ``ledger_problems``.
        on: The day; what is dated later does not count yet.

    Returns:
        The giver's view, then the receiver's, for each delivery in the order of the ledger.

    Raises:
        InputError: An event refers to a commitment or a claim that is not there.

    Source:
        Each side prices in its own terms: the article's question 3; the sharing by amount is ours.
    """
    known = ledger_on(ledger, on)
    promised = {one.id: one for one in known.commitments}
    said = {(one.by, one.event, one.commitment): one for one in sorted(known.valuations, key=lambda one: one.valued_on)}
    return tuple(
        _worth(partner, role, delivery, promised, said)
        for delivery in deliveries(known)
        if delivery.counts
        for partner, role in ((delivery.provider, Role.GIVER), (delivery.receiver, Role.RECEIVER))
    )


_Said = Mapping[tuple[str, str, str], Valuation]
"""The latest valuations, by who said so, of which event, or of which commitment."""


def _worth(partner: str, role: Role, delivery: Delivery, promised: Mapping[str, Commitment], said: _Said) -> Worth:
    if (own := said.get((partner, delivery.event, ""))) is not None:
        return Worth(partner, role, delivery, exact(own.worth))
    if delivery.fulfils and (whole := said.get((partner, "", delivery.fulfils))) is not None:
        share = exact(delivery.amount) / exact(promised[delivery.fulfils].amount)
        return Worth(partner, role, delivery, exact(whole.worth) * share, delivery.fulfils)
    return Worth(partner, role, delivery, None)
