"""What the partners have agreed and nothing else knows: the answers that the text of the charter is made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from math import inf
from string import ascii_uppercase

from lichen.days import TOO_FAR
from lichen.errors import Problem, refuse
from lichen.language import _

__all__ = [
    "AgreementTerms",
    "BudgetLine",
    "Contact",
    "Credit",
    "DataSharing",
    "Duty",
    "IntellectualProperty",
    "Milestone",
    "Officer",
    "Resource",
    "ResourceKind",
    "SectionName",
    "Signature",
    "Version",
    "WorkRights",
]


_MOST_MONTHS = 1200


class SectionName(StrEnum):
    """The sections of the agreement, in their order."""

    PARTIES = "parties"
    NAME = "name"
    BACKGROUND = "background"
    PURPOSE = "purpose"
    ROLES = "roles"
    RESOURCES = "resources"
    NEEDS_AND_OFFERS = "needs-and-offers"
    EXCHANGE = "exchange"
    PILOT = "pilot"
    DECISIONS = "decisions"
    RISKS = "risks"
    VETOES = "vetoes"
    OFFICERS = "officers"
    MEMBERSHIP = "membership"
    CONFLICTS_OF_INTEREST = "conflicts-of-interest"
    REPORTING = "reporting"
    MONITORING = "monitoring"
    TIME_FRAME = "time-frame"
    CONFIDENTIALITY = "confidentiality"
    INTELLECTUAL_PROPERTY = "intellectual-property"
    VULNERABILITY_CLAUSE = "vulnerability-clause"
    CHECK_INS = "check-ins"
    DISPUTES = "disputes"
    EXIT = "exit"
    PUBLICITY = "publicity"
    AUTONOMY = "autonomy"
    AMENDMENT = "amendment"
    TERM = "term"
    BINDING = "binding"
    DATA_SHARING_ANNEX = "data-sharing-annex"
    INTELLECTUAL_PROPERTY_ANNEX = "intellectual-property-annex"
    BUDGET_ANNEX = "budget-annex"
    SCHEDULE_ANNEX = "schedule-annex"
    CONTACTS_ANNEX = "contacts-annex"
    VULNERABILITIES_ANNEX = "vulnerabilities-annex"
    """One for each reader; never part of what is signed."""

    @property
    def is_annex(self) -> bool:
        """Whether it stands behind the signatures."""
        return self.value.endswith("-annex")

    @property
    def mark(self) -> str:
        """The number of a section, or the letter of an annex.

        Example:
            >>> SectionName.DECISIONS.mark, SectionName.BUDGET_ANNEX.mark
            ('10', 'C')
        """
        return _marks()[self]


@cache
def _marks() -> dict[SectionName, str]:
    sections = [name for name in SectionName if not name.is_annex]
    annexes = [name for name in SectionName if name.is_annex]
    numbers = {name: str(number) for number, name in enumerate(sections, 1)}
    return numbers | dict(zip(annexes, ascii_uppercase, strict=False))


class ResourceKind(StrEnum):
    """In what form a party puts something in."""

    MONEY = "money"
    STAFF_TIME = "staff time"
    IN_KIND = "in kind"


class WorkRights(StrEnum):
    """Who owns what comes out of the work, and who may use it."""

    EACH_ITS_OWN = "each its own"
    """Each keeps what it brings and what it makes; what is made together belongs to all."""
    MAKER_KEEPS_PARTNER_LICENSED = "maker keeps, partner licensed"
    """One party keeps the rights, and the other gets a licence on better terms: the article's case study 3."""
    OPEN_TO_ALL = "open to all"
    """What is made is published for anybody to use."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a party will do, and who is named for it."""

    party: str
    """Its id."""
    duty: str
    """What it will do; never why it is needed."""
    person: str = ""
    """Who is named for it: a person or an office."""


@dataclass(frozen=True, slots=True)
class Resource:
    """What a party puts in.

    Raises:
        InputError: The amount is below nought or no number.
    """

    party: str
    """Its id."""
    kind: ResourceKind
    """Money, staff time or in kind."""
    what: str
    """What it is, such as ``two nurses on fair days``."""
    amount: float | None = None
    """The sum, for money, in the alliance's currency."""

    def __post_init__(self) -> None:
        refuse(_below_nothing(amount=self.amount))


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of the joint budget.

    Raises:
        InputError: The amount is below nought or no number.
    """

    what: str
    """What the money is for."""
    amount: float
    """How much, in the alliance's currency."""
    party: str = ""
    """The id of the party that pays it; empty where that is still open."""

    def __post_init__(self) -> None:
        refuse(_below_nothing(amount=self.amount))


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who does something for the whole alliance."""

    office: str
    """Such as ``chair`` or ``keeper of the minutes``."""
    person: str
    """Who holds it."""
    party: str = ""
    """The id of the party that the person comes from."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call in a party."""

    party: str
    """Its id."""
    person: str
    """The name."""
    role: str = ""
    """What the person does there."""
    reach: str = ""
    """An address or a number."""
    is_liaison: bool = False
    """Whether the person is the liaison: understands both cultures, and answers when a change is asked for."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What a party contributes, as it is told in public; money is only one kind."""

    party: str
    """Its id."""
    contribution: str
    """Such as ``thirty volunteers and the trust of their neighbourhood``."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that should be reached by a day."""

    what: str
    """What."""
    due_on: date
    """By when."""


@dataclass(frozen=True, slots=True)
class IntellectualProperty:
    """Who owns what, and who may use it on which terms."""

    rights: WorkRights | None = None
    """Which way was chosen; None is open."""
    owner: str = ""
    """The id of the party that keeps the rights, where one does."""
    licensee: str = ""
    """The id of the party that gets a licence, where one does."""
    licence: str = ""
    """What the licence allows, for how long and on what terms, such as ``half of the list price for five years``."""
    brought: str = ""
    """What each brings that already belongs to it."""


@dataclass(frozen=True, slots=True)
class DataSharing:
    """The checklist before personal data pass from one party to another.

    Source:
        The statutory data sharing code of the UK's Information Commissioner, in force since 5 October 2021.
    """

    shared: bool | None = None
    """Whether any personal data pass hands at all; None is open, and with no the rest is not asked."""
    purpose: str = ""
    """What for."""
    other_organisations: str = ""
    """Who else will have them."""
    controllers: str = ""
    """Who decides about them: each for itself, or jointly, and who does what then."""
    items: tuple[str, ...] = ()
    """Which data."""
    lawful_basis: str = ""
    """On what lawful basis."""
    special_categories: str = ""
    """Whether health, belief, origin or the like is among them, and on what condition."""
    access_and_rights: str = ""
    """Who may see them, and how people get at their own."""
    governance: str = ""
    """Who answers for it, and what keeps them safe."""
    impact_assessment: str = ""
    """Where the impact assessment is, which comes first even where no law asks for it."""
    quality: str = ""
    """Who checks that they are right, and how."""
    review: str = ""
    """When the sharing is looked at again."""
    retention: str = ""
    """How long they are kept, and how they are deleted."""


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """The answers that the text of the charter is made from; an empty one becomes a marked blank.

    Raises:
        InputError: A figure is out of range, or the days are out of order.
    """

    background: str = ""
    """How it came about."""
    purpose: str = ""
    """What for."""
    scope: str = ""
    """Where, for whom, and what it leaves out."""
    goals: tuple[str, ...] = ()
    """What it wants to reach."""
    duties: tuple[Duty, ...] = ()
    """Who will do what."""
    resources: tuple[Resource, ...] = ()
    """Who puts in what."""
    budget: tuple[BudgetLine, ...] = ()
    """The joint budget; none where there is none."""
    joint_budget: bool | None = None
    """Whether there is a joint budget; None is open, or told by ``budget``."""
    officers: tuple[Officer, ...] = ()
    """Who does something for all."""
    contacts: tuple[Contact, ...] = ()
    """Whom to call."""
    joining: str = ""
    """How another organisation joins."""
    leaving_days: int | None = None
    """How many days before it leaves a party says so."""
    removal: str = ""
    """For what, and how, a party is removed."""
    removal_percent: int | None = None
    """How many per cent of the other parties must be for it."""
    conflicts_of_interest: str = ""
    """What somebody does whose own interest is touched."""
    reporting: str = ""
    """Who reports what to whom, and how often."""
    monitoring: str = ""
    """By what everybody will see how it goes."""
    milestones: tuple[Milestone, ...] = ()
    """What should be reached by when."""
    confidentiality_years: int | None = None
    """For how many years after the end confidences are kept."""
    intellectual_property: IntellectualProperty = field(default_factory=IntellectualProperty)
    """Who owns what, and who may use it."""
    data_sharing: DataSharing = field(default_factory=DataSharing)
    """Which personal data pass hands, if any."""
    first_check_in_on: date | None = None
    """The first check-in."""
    check_in_months: int = 3
    """How many months lie between check-ins; the article's are quarterly."""
    dispute_days: int = 14
    """How long each of the first two steps of a dispute may take."""
    winding_up: str = ""
    """What becomes of money, things and data at the end."""
    credits: tuple[Credit, ...] = ()
    """How each party's contribution is told in public."""
    amendment_percent: int | None = None
    """How many per cent of the parties must agree to an amendment."""
    begins_on: date | None = None
    """The first day."""
    ends_on: date | None = None
    """The last day."""
    renewal: str = ""
    """How it goes on after that."""
    law: str = ""
    """Which law the binding sections are read by."""
    binding: tuple[SectionName, ...] = ()
    """Sections that bind although they usually do not."""
    not_binding: tuple[SectionName, ...] = ()
    """Sections that do not bind although they usually do."""

    def __post_init__(self) -> None:
        percentages = {"removal_percent": self.removal_percent, "amendment_percent": self.amendment_percent}
        months = {"check_in_months": self.check_in_months, "dispute_days": self.dispute_days}
        refuse(
            _no_percentage(**percentages),
            _below(1, **months),
            _too_much(_MOST_MONTHS, check_in_months=self.check_in_months),
            _below(0, leaving_days=self.leaving_days, confidentiality_years=self.confidentiality_years),
            self._disordered(),
        )

    def _disordered(self) -> Iterator[Problem]:
        if self.first_check_in_on is not None and self.first_check_in_on >= TOO_FAR:
            yield Problem(_("the year lies too far ahead"), _("a year before 9000"), column="first_check_in_on")
        if self.begins_on is not None and self.ends_on is not None and self.ends_on < self.begins_on:
            yield Problem(_("it ends before it begins"), _("a day from begins_on on"), column="ends_on")
        if {*self.binding} & {*self.not_binding}:
            yield Problem(_("a section is said both to bind and not to"), _("one of the two"), column="not_binding")


@dataclass(frozen=True, slots=True)
class Signature:
    """A party's signature under one version of the agreement; it counts for no other.

    Raises:
        InputError: The digest is not one.
    """

    party: str
    """Its id."""
    digest: str
    """The digest of the version that was signed, as ``lichen charter agreement`` prints it."""
    signed_on: date
    """The day."""
    person: str = ""
    """Who signed."""
    office: str = ""
    """As what."""

    def __post_init__(self) -> None:
        refuse(_no_digest(self.digest))


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the agreement, as it was agreed.

    Raises:
        InputError: The digest is not one.
    """

    digest: str
    """By which it is known again."""
    agreed_on: date
    """The day."""
    what: str = ""
    """What changed, in a line."""
    unaffected: tuple[str, ...] = ()
    """The ids of the parties whom the change does not concern: what they signed before goes on counting."""

    def __post_init__(self) -> None:
        refuse(_no_digest(self.digest))


def _below_nothing(**amounts: float | None) -> Iterator[Problem]:
    for column, amount in amounts.items():
        if amount is not None and not 0 <= amount < inf:
            yield Problem(_("the amount is below 0 or no number"), _("0 or more"), column=column)


def _below(least: int, **counts: int | None) -> Iterator[Problem]:
    for column, count in counts.items():
        if count is not None and count < least:
            yield Problem(_("the number is too small"), _("{least} or more").format(least=least), column=column)


def _too_much(most: int, **counts: int) -> Iterator[Problem]:
    for column, count in counts.items():
        if count > most:
            yield Problem(_("the number is too large"), _("{most} or less").format(most=most), column=column)


def _no_percentage(**percentages: int | None) -> Iterator[Problem]:
    for column, percentage in percentages.items():
        if percentage is not None and not 1 <= percentage <= 100:
            yield Problem(_("the percentage is out of range"), _("1 to 100"), column=column)


def _no_digest(digest: str) -> Iterator[Problem]:
    if not re.fullmatch("[0-9a-f]{64}", digest):
        right = _("the 64 letters and figures that lichen charter agreement prints")
        yield Problem(_("this is not the digest of an agreement"), right, column="digest")
