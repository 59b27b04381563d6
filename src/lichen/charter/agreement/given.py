"""What the text of the charter is composed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lichen.audit.values import Organisation
from lichen.charter.agreement.phrases import blank
from lichen.charter.agreement.terms import AgreementTerms
from lichen.charter.agreement.values import Line, Party
from lichen.charter.values import Charter
from lichen.exchange.values import Ledger
from lichen.language import _
from lichen.paper import one_line
from lichen.pilot.values import Pilot

__all__ = ["Given"]


@dataclass(frozen=True, slots=True)
class Given:
    """The alliance as far as its charter is made from it. No text is ever taken from what a partner lacks."""

    name: str
    currency: str
    partners: Sequence[Organisation]
    charter: Charter
    pilots: Sequence[Pilot]
    ledger: Ledger
    on: date

    @property
    def terms(self) -> AgreementTerms:
        """What was agreed for the text alone."""
        return self.charter.terms

    @property
    def parties(self) -> tuple[Party, ...]:
        """Those who sign, as the text calls them."""
        return tuple(Party(one.id, one_line(one.name) or one.id) for one in self.partners)

    def called(self, id: str) -> str:
        """What the text calls an organisation; its id where it is no party."""
        return next((party.name for party in self.parties if party.id == id), one_line(id))

    def each(self, stated: dict[str, list[str]], missing: str) -> list[Line]:
        """For each party its own lines, or a blank where it has none."""
        return [
            Line(text, party.name, (party.id,))
            for party in self.parties
            for text in stated.get(party.id) or [blank(missing)]
        ]

    def named(self, person: str) -> str:
        """A person, or a blank."""
        return one_line(person) or blank(_("who is in charge"))
