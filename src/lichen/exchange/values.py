"""The ledger of an alliance: what was offered, asked for, promised, delivered and owed, and what it was worth to whom.

The words are those of Valueflows. There is no common currency: each amount has its unit, each partner its own scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import inf

from lichen.errors import Problem, refuse
from lichen.language import _

__all__ = [
    "Claim",
    "Commitment",
    "Direction",
    "EconomicEvent",
    "Intent",
    "Ledger",
    "Period",
    "Response",
    "Valuation",
]


class Direction(StrEnum):
    """Whether somebody would give or would like to receive."""

    OFFER = "offer"
    REQUEST = "request"


class Period(StrEnum):
    """The time for which a capacity is stated; weeks begin on Mondays."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    IN_ALL = "in all"
    """Once, for as long as the intent stands."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a partner would give, or would like to receive, before anybody has promised anything.

    Raises:
        InputError: It has no id, partner or kind, the amount is below 0, or it ends before it starts.
    """

    id: str
    """A short word to call it by, such as ``halls``."""
    by: str
    """Id of the partner who offers or asks."""
    kind: str
    """An exchange kind of the taxonomy, such as ``space``."""
    direction: Direction = Direction.OFFER
    """Whether it is an offer or a request; either may come first."""
    code: str = ""
    """A code of the taxonomy, where there is one for it."""
    what: str = ""
    """In plain words."""
    amount: float | None = None
    """How much in each period: of an offer, the spare capacity; None is not said."""
    unit: str = ""
    """Of what, such as ``hours``, ``halls``, or ``GBP`` where the kind is funding."""
    per: Period = Period.IN_ALL
    """The period that the amount is for."""
    starts_on: date | None = None
    """The first day; None is any time."""
    ends_on: date | None = None
    """The last day, also of one that was withdrawn; None is until further notice."""

    def __post_init__(self) -> None:
        refuse(
            _unnamed(id=self.id, by=self.by, kind=self.kind),
            _off_range("amount", self.amount),
            _before("ends_on", self.ends_on, self.starts_on),
        )


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise: who gives what to whom, how much, by when.

    Raises:
        InputError: A name is missing, the amount is not above 0, it is to itself, or days are out of order.
    """

    id: str
    """A short word to call it by, such as ``fair-halls``."""
    provider: str
    """Id of the partner who promised."""
    receiver: str
    """Id of the partner to whom."""
    kind: str
    """An exchange kind of the taxonomy."""
    promised_on: date
    """The day of the promise."""
    due_on: date
    """The last day on which it is in time."""
    amount: float = 1
    """How much in all."""
    unit: str = ""
    """Of what; empty where the thing itself is counted, such as one letter of support."""
    code: str = ""
    """A code of the taxonomy, where there is one for it."""
    what: str = ""
    """In plain words."""
    starts_on: date | None = None
    """The first day on which it can be given; None is the day of the promise."""
    satisfies: tuple[str, ...] = ()
    """Ids of the intents that it answers: an offer, a request, or one of each."""
    agreement: str = ""
    """Under which agreement, such as ``pilot fairs`` or ``charter``."""
    cancelled_on: date | None = None
    """The day on which it was given up; what was delivered until then stays."""
    cancelled_why: str = ""
    """Why, in plain words."""

    def __post_init__(self) -> None:
        refuse(
            _unnamed(id=self.id, provider=self.provider, receiver=self.receiver, kind=self.kind),
            _to_itself(self.provider, self.receiver),
            _off_range("amount", self.amount, above_nothing=True),
            _before("due_on", self.due_on, self.promised_on),
            _before("due_on", self.due_on, self.starts_on),
            _before("cancelled_on", self.cancelled_on, self.promised_on),
        )

    @property
    def begun_on(self) -> date:
        """The day from which it holds."""
        return self.promised_on

    @property
    def given_up_on(self) -> date | None:
        """The day on which it was given up, if it was."""
        return self.cancelled_on

    @property
    def opens_on(self) -> date:
        """The first day on which it can be given."""
        return self.promised_on if self.starts_on is None else self.starts_on


@dataclass(frozen=True, slots=True)
class Response:
    """What the receiver says of a delivery; a later response stands, and the earlier ones stay."""

    accepted: bool
    """True: received as it was meant. False: disputed."""
    responded_on: date
    """The day of it."""
    words: str = ""
    """Why, in plain words."""


@dataclass(frozen=True, slots=True)
class EconomicEvent:
    """Something that was delivered, or a correction that reverses an earlier event.

    What is left empty is taken from what the event fulfils, settles or reverses; a gift without a promise names all.

    Raises:
        InputError: A name is missing, the amount is not above 0, a partner gives to itself, or days are out of order.
    """

    id: str
    """A short word to call it by, such as ``fair-1``."""
    happened_on: date
    """The day of the delivery, or of the correction."""
    amount: float | None = None
    """How much; None is all that was promised or claimed."""
    fulfils: str = ""
    """Id of the commitment that it delivers on; empty is none."""
    settles: str = ""
    """Id of the claim that it settles, in whole or in part; empty is none."""
    reverses: str = ""
    """Id of the event that should not stand: both then count for nothing, and both are kept."""
    provider: str = ""
    """Id of the partner who gave."""
    receiver: str = ""
    """Id of the partner who received."""
    kind: str = ""
    """An exchange kind of the taxonomy."""
    unit: str = ""
    """Of what."""
    code: str = ""
    """A code of the taxonomy."""
    what: str = ""
    """In plain words."""
    responses: tuple[Response, ...] = ()
    """What the receiver said of it, oldest first; the last one stands."""

    def __post_init__(self) -> None:
        is_gift = not (self.fulfils or self.settles or self.reverses)
        refuse(
            _unnamed(id=self.id),
            (_unnamed(provider=self.provider, receiver=self.receiver, kind=self.kind) if is_gift else ()),
            (_unsaid_amount() if is_gift and self.amount is None else ()),
            (_to_itself(self.provider, self.receiver) if self.provider else ()),
            _off_range("amount", self.amount, above_nothing=True),
            _reversal_with_more(self),
            _responses_in_order(self),
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """Something still owed or asked back in return for what was delivered.

    Raises:
        InputError: A name is missing, the amount is not above 0, a partner claims of itself, or days are out of order.
    """

    id: str
    """A short word to call it by, such as ``thanks``."""
    provider: str
    """Id of the partner who owes."""
    receiver: str
    """Id of the partner to whom."""
    kind: str
    """An exchange kind of the taxonomy."""
    triggered_by: str
    """Id of the event in return for which it is claimed."""
    claimed_on: date
    """The day of it."""
    due_on: date | None = None
    """The last day on which it is in time; None was not agreed, so it is never late."""
    amount: float = 1
    """How much in all."""
    unit: str = ""
    """Of what."""
    code: str = ""
    """A code of the taxonomy, where there is one for it."""
    what: str = ""
    """In plain words."""
    waived_on: date | None = None
    """The day on which the receiver let it go."""
    waived_why: str = ""
    """Why, in plain words."""

    def __post_init__(self) -> None:
        named = {"id": self.id, "provider": self.provider, "receiver": self.receiver, "kind": self.kind}
        refuse(
            _unnamed(**named, triggered_by=self.triggered_by),
            _to_itself(self.provider, self.receiver),
            _off_range("amount", self.amount, above_nothing=True),
            _before("due_on", self.due_on, self.claimed_on),
            _before("waived_on", self.waived_on, self.claimed_on),
        )

    @property
    def begun_on(self) -> date:
        """The day from which it holds."""
        return self.claimed_on

    @property
    def given_up_on(self) -> date | None:
        """The day on which the receiver let it go, if it did."""
        return self.waived_on


@dataclass(frozen=True, slots=True)
class Valuation:
    """What a delivery or a promise was worth to one of its two sides, on that partner's own scale.

    Only ratios within one partner are ever used, so 1 to 10 does as well as any other scale, if it is kept to.

    Raises:
        InputError: A name is missing, the worth is below 0, or it is not about exactly one event or commitment.
    """

    by: str
    """Id of the partner who says so: the giver (what it was worth to keep) or the receiver (what to get)."""
    worth: float
    """0 is nothing at all; twice the number is worth twice as much to this partner."""
    valued_on: date
    """The day of it; the latest one counts, and the earlier ones stay."""
    event: str = ""
    """Id of the delivery."""
    commitment: str = ""
    """Id of the promise, whose worth its deliveries share by amount unless they are valued themselves."""
    words: str = ""
    """Why, in plain words."""

    def __post_init__(self) -> None:
        many = [Problem(_("it is not about one event or one commitment"), _("the id of one of them"), column="event")]
        refuse(
            _unnamed(by=self.by),
            _off_range("worth", self.worth),
            (many if bool(self.event) == bool(self.commitment) else ()),
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was offered, promised, delivered, claimed and valued in one alliance; nothing is taken out again."""

    intents: tuple[Intent, ...] = ()
    """Offers and requests."""
    commitments: tuple[Commitment, ...] = ()
    """Promises."""
    events: tuple[EconomicEvent, ...] = ()
    """Deliveries and corrections."""
    claims: tuple[Claim, ...] = ()
    """What is owed in return."""
    valuations: tuple[Valuation, ...] = ()
    """What each side says it was worth to it."""


def _unnamed(**named: str) -> Iterator[Problem]:
    for column, name in named.items():
        if not name.strip():
            yield Problem(_("nothing stands here"), _("an id"), column=column)


def _to_itself(provider: str, receiver: str) -> Iterator[Problem]:
    if provider == receiver:
        yield Problem(_("a partner gives to itself"), _("another partner"), column="receiver")


def _unsaid_amount() -> Iterator[Problem]:
    yield Problem(_("a gift without a promise does not say how much"), _("a number above 0"), column="amount")


def _off_range(column: str, number: float | None, *, above_nothing: bool = False) -> Iterator[Problem]:
    if number is None:
        return
    if not (0 < number < inf if above_nothing else 0 <= number < inf):
        right = _("a number above 0") if above_nothing else _("0 or more")
        yield Problem(_("the number is out of range"), right, column=column)


def _before(column: str, later: date | None, earlier: date | None) -> Iterator[Problem]:
    if later is not None and earlier is not None and later < earlier:
        yield Problem(_("it lies before what must come first"), _("that day or later"), column=column)


def _reversal_with_more(event: EconomicEvent) -> Iterator[Problem]:
    if event.reverses and (event.fulfils or event.settles or event.responses or event.amount is not None):
        what = _("a correction reverses the whole of an event and nothing else")
        yield Problem(what, _("its id and day, and a new event for what was right"), column="reverses")


def _responses_in_order(event: EconomicEvent) -> Iterator[Problem]:
    days = [event.happened_on, *(response.responded_on for response in event.responses)]
    if any(later < earlier for earlier, later in pairwise(days)):
        yield Problem(_("the responses are not in the order of their days"), _("oldest first"), column="responses")
