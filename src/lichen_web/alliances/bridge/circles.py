"""Rows of claims to the value that was signed, and back; and what is counted of complaints."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from lichen_web.accounts.models import CircleMembership, Claim, Complaint
from lichen_web.accounts.models.complaint import Outcome
from lichen_web.alliances import keys

__all__ = [
    "UPHELD_AND_OUT",
    "SignedClaim",
    "genuine_claims",
    "is_genuine",
    "load_claim",
    "removal_place",
    "removal_reason",
    "save_claim",
    "sealed_removal_reason",
    "upheld_counts",
]

UPHELD_AND_OUT = 3
"""So many complaints upheld in a circle, and the organisation is out of it."""


@dataclass(frozen=True, slots=True)
class SignedClaim:
    """What an organisation states of itself to a circle, by the person who speaks for it."""

    organisation: UUID
    """Whose claim."""
    circle: UUID
    """To which circle."""
    person: UUID
    """Who signed."""
    name: str
    """Their name, as typed under it."""
    statement: str
    """What is claimed."""
    signed_at: datetime
    """When."""

    @property
    def text(self) -> str:
        """The canonical text: the same for the same claim, on every machine."""
        said = {
            "circle": str(self.circle),
            "kind": "claim-1",
            "organisation": str(self.organisation),
            "person": str(self.person),
            "signed_at": self.signed_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "signed_name": self.name,
            "statement": self.statement,
        }
        return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical text."""
        return sha256(self.text.encode()).hexdigest()


def load_claim(row: Claim) -> SignedClaim:
    """The value that a row holds."""
    return SignedClaim(
        organisation=row.organisation_id,
        circle=row.circle_id,
        person=row.signed_by_id,
        name=row.signed_name,
        statement=row.statement,
        signed_at=row.signed_at,
    )


def is_genuine(row: Claim) -> bool:
    """Whether a claim is what the organisation signed, worked out again from what stands there now."""
    return row.id in genuine_claims([row])


def genuine_claims(rows: Sequence[Claim]) -> frozenset[UUID]:
    """The ids of those claims that are what their organisations signed."""
    claims = [load_claim(row) for row in rows]
    said = [(claim.organisation, claim.text, bytes(row.signature)) for claim, row in zip(claims, rows, strict=True)]
    judged = zip(claims, rows, keys.are_signed(said), strict=True)
    return frozenset(row.id for claim, row, is_signed in judged if is_signed and claim.digest == row.digest)


def save_claim(claim: SignedClaim) -> Claim:
    """Sign a claim with the organisation's key, and write it down."""
    return Claim.objects.create(
        organisation_id=claim.organisation,
        circle_id=claim.circle,
        statement=claim.statement,
        signed_by_id=claim.person,
        signed_name=claim.name,
        signed_at=claim.signed_at,
        digest=claim.digest,
        signature=keys.sign_for(claim.organisation, claim.text),
    )


def sealed_removal_reason(membership: UUID, words: str) -> bytes:
    """Why an organisation is put out, sealed to its line in the circle: it may quote what nobody else should read."""
    return keys.seal_for_host("removal", {"text": words}, bound_to=removal_place(membership))


def removal_reason(row: CircleMembership) -> str:
    """Why an organisation was put out; empty where no person did."""
    if row.removed_because is None:
        return ""
    sealed = bytes(row.removed_because)
    return str(keys.open_for_host("removal", sealed, bound_to=removal_place(row.id))["text"])


def removal_place(membership: UUID) -> tuple[str, ...]:
    """To what such a reason is bound."""
    return ("circle_membership", str(membership), "removed_because")


def upheld_counts(circle: UUID) -> dict[UUID, int]:
    """How many upheld complaints count against each organisation in a circle; those without one are left out."""
    counted = Complaint.objects.filter(circle=circle, outcome=Outcome.UPHELD, forgiven_at=None)
    return Counter(counted.values_list("about", flat=True))
