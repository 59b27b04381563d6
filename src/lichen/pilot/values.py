"""A pilot, as the alliance's file keeps it: what each side expected, what was agreed, what was tried, how it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import inf

from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.scales import FIVE_STEPS

__all__ = [
    "DonorApproach",
    "ExchangeAnswer",
    "Exchanged",
    "Expectation",
    "Expected",
    "HiddenWeakness",
    "Interests",
    "Measured",
    "Pilot",
    "PilotReview",
    "PilotRules",
    "PilotTerms",
    "ProvedOffer",
    "RedLine",
    "Settled",
    "Step",
    "SuccessTest",
    "TeamHours",
    "Worked",
]


class Worked(StrEnum):
    """Whether the exchange worked in one direction, as one partner sees it."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that a partner is expected to give, to decide, or not to do.

    Raises:
        InputError: It has no words, or the amount is below 0.
    """

    what: str
    """In the writer's own words."""
    code: str = ""
    """A code of the taxonomy, where there is one for it: then others' items are compared by it."""
    kind: str = ""
    """The exchange kind by which it would pass hands, such as ``staff_time``; empty is not said."""
    to: str = ""
    """Id of the partner who would receive it; empty is not said, or all of them."""
    amount: float | None = None
    """How much; None is not said."""
    unit: str = ""
    """Of what, and how often, such as ``volunteers at each fair``."""

    def __post_init__(self) -> None:
        refuse(_without_words("what", self.what), _below_nothing("amount", self.amount))


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one partner expects of one partner, written before it has read what the others wrote."""

    by: str
    """Id of the partner who writes."""
    about: str
    """Id of the partner of whom it is expected; each writes of itself, too."""
    gives: tuple[Expected, ...] = ()
    """What that partner will give."""
    decides: tuple[Expected, ...] = ()
    """What that partner will decide."""
    does_not: tuple[Expected, ...] = ()
    """What that partner will not do."""
    written_on: date | None = None
    """The day it was finished and sealed; None while it is being written."""


@dataclass(frozen=True, slots=True)
class RedLine:
    """Something that a partner will not have, whatever else is agreed.

    Raises:
        InputError: It has no words.
    """

    what: str
    """In its own words."""
    code: str = ""
    """A code of the taxonomy: only with one can an expectation be seen to cross the line."""
    kind: str = ""
    """The exchange kind that is meant; empty is any."""

    def __post_init__(self) -> None:
        refuse(_without_words("what", self.what))


@dataclass(frozen=True, slots=True)
class Interests:
    """What one partner wants for itself, said openly beside the goals that all share."""

    by: str
    """Id of the partner."""
    wants: tuple[str, ...] = ()
    """What it hopes to get out of the pilot for itself."""
    red_lines: tuple[RedLine, ...] = ()
    """What it will not have."""
    protects: tuple[str, ...] = ()
    """What it would protect if its money or its people were cut."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A difference that the partners have talked through, and what they agreed.

    Raises:
        InputError: It does not say what was settled.
    """

    what: str
    """The words of an item that differed, or its code."""
    agreed: str = ""
    """What holds now, in their words."""
    about: str = ""
    """Id of the partner whom it concerns; empty is any."""
    settled_on: date | None = None
    """The day they agreed."""

    def __post_init__(self) -> None:
        refuse(_without_words("what", self.what))


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One thing that passes hands in the pilot.

    Raises:
        InputError: It has no words, the amount is below 0, or giver and receiver are the same.
    """

    giver: str
    """Id of the partner who gives."""
    receiver: str
    """Id of the partner who receives."""
    what: str
    """In plain words."""
    code: str = ""
    """A code of the taxonomy, where there is one for it."""
    kind: str = ""
    """The exchange kind by which it passes hands."""
    amount: float | None = None
    """How much; None is not said."""
    unit: str = ""
    """Of what, and how often."""

    def __post_init__(self) -> None:
        itself = [Problem(_("a partner gives to itself"), _("another partner"), column="receiver")]
        refuse(
            (itself if self.giver == self.receiver else ()),
            _without_words("what", self.what),
            _below_nothing("amount", self.amount),
        )


@dataclass(frozen=True, slots=True)
class TeamHours:
    """How many hours one partner's team gives to the pilot.

    Raises:
        InputError: The hours are below 0.
    """

    partner: str
    """Id of the partner."""
    hours: float
    """All its people's hours together, over the whole pilot."""

    def __post_init__(self) -> None:
        refuse(_below_nothing("hours", self.hours))


@dataclass(frozen=True, slots=True)
class DonorApproach:
    """Which partner approaches a donor while the pilot lasts.

    Raises:
        InputError: No donor is named.
    """

    donor: str
    """The donor's name, as both would write it."""
    by: str
    """Id of the partner who approaches it."""

    def __post_init__(self) -> None:
        refuse(_without_words("donor", self.donor))


@dataclass(frozen=True, slots=True)
class SuccessTest:
    """By what number all will see whether the pilot has helped one partner.

    Raises:
        InputError: It has no id or no words, or the number wanted is not finite.
    """

    id: str
    """A short word to call it by, such as ``screened``."""
    what: str
    """What is counted or measured, in plain words."""
    wanted: float
    """At least so many (at most, where ``at_most`` holds)."""
    serves: str
    """Id of the partner who will see by it that it received something."""
    unit: str = ""
    """Of what."""
    at_most: bool = False
    """Whether the number must stay at or below what is wanted, such as days of waiting."""
    by: date | None = None
    """The day until which it is to be reached."""

    def __post_init__(self) -> None:
        refuse(_without_words("id", self.id), _without_words("what", self.what), _boundless("wanted", self.wanted))


@dataclass(frozen=True, slots=True)
class PilotTerms:
    """What the partners agree on before the pilot begins.

    Raises:
        InputError: The budget is below 0.
    """

    starts_on: date | None = None
    """The first day."""
    ends_on: date | None = None
    """The last day."""
    review_on: date | None = None
    """The day on which all look back."""
    budget: float | None = None
    """What the pilot costs in all, in the alliance's currency; 0 is no money, None is not said."""
    exchanged: tuple[Exchanged, ...] = ()
    """What passes hands, each way."""
    hours: tuple[TeamHours, ...] = ()
    """The hours of each team."""
    donors: tuple[DonorApproach, ...] = ()
    """Who approaches which donors."""
    tests: tuple[SuccessTest, ...] = ()
    """By what all will see whether it went well; at least one for each partner."""

    def __post_init__(self) -> None:
        refuse(_below_nothing("budget", self.budget))


@dataclass(frozen=True, slots=True)
class Step:
    """One small step, such as a single fair; the same step again is another entry.

    Raises:
        InputError: It has no words, or the cost is below 0.
    """

    what: str
    """What is done."""
    held_on: date | None = None
    """The day it was done; None while it is ahead."""
    result: str = ""
    """What came of it, in plain words."""
    worked_for: tuple[str, ...] = ()
    """Ids of the partners who say that it worked for them; it is a success once all of them do."""
    stake: str = ""
    """What is at stake, such as ``one Sunday and forty people``."""
    cost: float | None = None
    """The money at stake, in the alliance's currency; None is not said."""
    unlocks: str = ""
    """What its success opens the door to."""
    scales: bool = False
    """Whether it is the larger thing that waits behind the gate, such as the whole programme."""

    def __post_init__(self) -> None:
        refuse(_without_words("what", self.what), _below_nothing("cost", self.cost))


@dataclass(frozen=True, slots=True)
class ExchangeAnswer:
    """Whether the exchange worked in one direction, as the partner sees it who writes the review."""

    giver: str
    """Id of the partner who gave."""
    receiver: str
    """Id of the partner who received."""
    worked: Worked
    """Whether it worked."""
    words: str = ""
    """Why, in plain words."""


@dataclass(frozen=True, slots=True)
class HiddenWeakness:
    """A gap that nobody had named, and that the pilot brought to light.

    Raises:
        InputError: The severity is not 1 to 5.
    """

    partner: str
    """Id of the partner whose gap it is."""
    code: str
    """A code of the taxonomy."""
    severity: int = 3
    """1 slight to 5 total, as in an audit."""
    words: str = ""
    """What was seen, in plain words; only the owner and the writer are shown them."""

    def __post_init__(self) -> None:
        refuse(_off_scale("severity", self.severity))


@dataclass(frozen=True, slots=True)
class ProvedOffer:
    """How strong something that a partner had offered turned out to be.

    Raises:
        InputError: The strength is not 1 to 5.
    """

    partner: str
    """Id of the partner whose offer it is."""
    code: str
    """The code of the offer in its audit."""
    strength: int
    """1 a little to 5 excellent, as in an audit."""
    words: str = ""
    """What was seen, in plain words."""

    def __post_init__(self) -> None:
        refuse(_off_scale("strength", self.strength))


@dataclass(frozen=True, slots=True)
class Measured:
    """What a success test came to, as the partner measured it who writes the review.

    Raises:
        InputError: The number is not finite.
    """

    test: str
    """Id of the success test."""
    number: float
    """What was counted or measured."""

    def __post_init__(self) -> None:
        refuse(_boundless("number", self.number))


@dataclass(frozen=True, slots=True)
class PilotReview:
    """One partner's answers after the pilot: did the exchange work, each way, and did a weakness come to light?"""

    by: str
    """Id of the partner who answers."""
    reviewed_on: date | None = None
    """The day the answers were finished and sealed; None while they are being written."""
    exchanges: tuple[ExchangeAnswer, ...] = ()
    """Did the exchange work? One answer for each direction."""
    measured: tuple[Measured, ...] = ()
    """What the success tests came to."""
    weaknesses: tuple[HiddenWeakness, ...] = ()
    """Which gaps came to light, its own or another's."""
    offers: tuple[ProvedOffer, ...] = ()
    """Which offers proved to be weaker than was said, its own or another's."""


@dataclass(frozen=True, slots=True)
class PilotRules:
    """What a pilot is held to. The first three are the article's; all can be changed.

    Raises:
        InputError: A number is out of its range.

    Source:
        The article's step 4 (three months, under 10,000) and pillar 3 (three successes); severity is ours.
    """

    months: int = 3
    """At most so many months from the first day to the last."""
    budget: float = 10_000
    """The cost stays under this, in the alliance's currency."""
    successes: int = 3
    """So many successes before the alliance may scale."""
    in_a_row: bool = False
    """Whether they must follow one another without a failure between them."""
    serious: int = 4
    """From this severity on, a weakness that came to light must be settled before it counts as a success."""

    def __post_init__(self) -> None:
        at_least_one = {"months": self.months, "budget": self.budget, "successes": self.successes}
        refuse(
            (
                Problem(_("the number is below 1"), _("1 or more"), column=name)
                for name, value in at_least_one.items()
                if not 1 <= value < inf
            ),
            _off_scale("serious", self.serious),
        )


@dataclass(frozen=True, slots=True)
class Pilot:
    """Something small that partners try together before they trust each other with more.

    Raises:
        InputError: It has no id, or fewer than two partners.
    """

    id: str
    """A short word to call it by, such as ``fairs``."""
    partners: tuple[str, ...]
    """Ids of the partners who take part."""
    name: str = ""
    """What people call it; empty is the id."""
    shared_goals: tuple[str, ...] = ()
    """What all of them want."""
    interests: tuple[Interests, ...] = ()
    """What each wants for itself, will not have, and would protect under a cut."""
    expectations: tuple[Expectation, ...] = ()
    """What each expects of each, written unseen."""
    revealed_on: date | None = None
    """The day on which all expectations were laid open together."""
    settled: tuple[Settled, ...] = ()
    """The differences that have been talked through."""
    terms: PilotTerms = field(default_factory=PilotTerms)
    """What was agreed."""
    rules: PilotRules = field(default_factory=PilotRules)
    """What it is held to, where the partners want it otherwise than is usual."""
    steps: tuple[Step, ...] = ()
    """The small steps, in their order."""
    reviews: tuple[PilotReview, ...] = ()
    """Each partner's answers afterwards."""
    adjustment: str = ""
    """What was changed after the review, in plain words."""
    adjusted_on: date | None = None
    """The day on which all agreed that this settles what the review found."""

    def __post_init__(self) -> None:
        few = [Problem(_("a pilot has fewer than two partners"), _("the ids of two or more"), column="partners")]
        refuse(_without_words("id", self.id), (few if len({*self.partners}) < 2 else ()))

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name or self.id


def _without_words(column: str, text: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(_("nothing stands here"), _("a few words"), column=column)


def _below_nothing(column: str, number: float | None) -> Iterator[Problem]:
    if number is not None and not 0 <= number < inf:
        yield Problem(_("the number is below 0 or has no end"), _("0 or more"), column=column)


def _boundless(column: str, number: float) -> Iterator[Problem]:
    if not -inf < number < inf:
        yield Problem(_("this is no number that can be reached"), _("an ordinary number"), column=column)


def _off_scale(column: str, number: int) -> Iterator[Problem]:
    if isinstance(number, bool) or number not in FIVE_STEPS:
        yield Problem(_("the number is off the scale"), _("1, 2, 3, 4 or 5"), column=column)
