"""The whole of an alliance: one frozen value, which one file holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from lichen.audit.values import Audit
from lichen.charter.values import Charter
from lichen.checkin.values import CheckIn
from lichen.disclosure.values import Matter
from lichen.errors import InputError, Problem
from lichen.exchange.values import Ledger
from lichen.language import _
from lichen.pilot.values import Pilot
from lichen.progress.values import Course, Progress

__all__ = ["Alliance"]


@dataclass(frozen=True, slots=True)
class Alliance:
    """The partners of an alliance, and what passed between them from the first contact on.

    Raises:
        InputError: The currency is not three capital letters.
    """

    name: str = ""
    """What the partners call it."""
    currency: str = ""
    """ISO 4217 letters such as ``GBP``: a label beside sums of money, nothing is ever converted; empty is not said."""
    formed_on: date | None = None
    """The day it was founded; None is not said."""
    partners: tuple[Audit, ...] = ()
    """Each partner with its audit."""
    matters: tuple[Matter, ...] = ()
    """Who opened what to whom, from the first contact on."""
    pilots: tuple[Pilot, ...] = ()
    """What was tried together, the earliest first."""
    charter: Charter = field(default_factory=Charter)
    """Who decides, who may say no, and what happens when things change."""
    exchange: Ledger = field(default_factory=Ledger)
    """Who promised what to whom, what was delivered, and what it was worth to each."""
    checkins: tuple[CheckIn, ...] = ()
    """The rounds of honest answers, the earliest first: trust, needs, ways of working, what the people served say."""
    progress: Progress = field(default_factory=Progress)
    """What was measured: satisfaction, indicators, goals and joint outcomes."""
    course: Course = field(default_factory=Course)
    """When it began, who came and left, and when and why it ended."""

    def __post_init__(self) -> None:
        if not re.fullmatch("([A-Z]{3})?", self.currency):
            what = _("this is not a currency")
            raise InputError(Problem(what, _("the three letters of ISO 4217, such as GBP or KES"), column="currency"))

    def partner(self, id: str) -> Audit:
        """The audit of the partner with an id.

        Raises:
            InputError: No partner has it.
        """
        found = next((audit for audit in self.partners if audit.organisation.id == id), None)
        if found is None:
            right = "; ".join(audit.organisation.id for audit in self.partners)
            raise InputError(Problem(_("no partner of the alliance has this id"), right))
        return found
