"""One row of each table that row-level security guards, written as the owner of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from lichen_web.accounts.models import Circle, CircleMembership, Claim, Complaint, Organisation, Person
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.transactions import deciding
from lichen_web.alliances.events import record
from lichen_web.alliances.models import (
    BriefPages,
    ConversationNote,
    CorrectionRequest,
    Exclusions,
    Grant,
    ListedNote,
    Look,
    MatchCard,
    Matter,
    MatterEvent,
    MatterParty,
    Message,
    Offer,
    OrganisationKey,
    ProbeCharge,
    Proposal,
    Publication,
    SavedSearch,
    SealedPart,
    Sitting,
    TeamAnswer,
    TeamLink,
    TeamRound,
    Unmailed,
    Upload,
    Vulnerability,
)
from lichen_web.alliances.models.event import ChainOf

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OURS, THEIRS, STRANGE = (UUID(int=number) for number in (1, 2, 3))
CIRCLE, MATTER, GAP, OFFER, GAP_PART, OFFER_PART, PUBLICATION = (UUID(int=number) for number in range(11, 18))

KEYS = ("data_key", "public_key", "private_key", "verify_key", "signing_key")


def write_one_of_each() -> None:
    """One row of OURS in every secured table; a dealing with THEIRS; STRANGE has nothing to do with either."""
    for each in (OURS, THEIRS, STRANGE):
        Organisation.objects.create(id=each, name=str(each), sector="charity", founded_at=NOON)
    Circle.objects.create(id=CIRCLE, name="Table", opened_at=NOON)
    signer = Person.objects.create(email="ann@example.org").id
    for each in (OURS, THEIRS, STRANGE):
        inside(each, signer)
    Matter.objects.create(id=MATTER, circle_id=CIRCLE, opened_at=NOON, pair=f"{OURS} {THEIRS}", last_number=1)
    for each in (OURS, THEIRS):
        MatterParty.objects.create(matter_id=MATTER, organisation_id=each)
    Vulnerability.objects.create(id=GAP, organisation_id=OURS, **times())
    Offer.objects.create(id=OFFER, organisation_id=OURS, **times())
    part(id=GAP_PART, vulnerability_id=GAP)
    part(id=OFFER_PART, offer_id=OFFER)
    Sitting.objects.create(organisation_id=OURS, sealed=b"", wrapped_key=b"", recorded_at=NOON)
    MatterEvent.objects.create(matter_id=MATTER, number=1, by_id=OURS, happened_at=NOON, sealed=b"", wrapped_key=b"")
    shut = Grant.objects.create(
        owner_id=OURS,
        reader_id=THEIRS,
        part_id=OFFER_PART,
        matter_id=MATTER,
        sealed_key=b"",
        granted_at=NOON,
        withdrawn_at=NOON,
    )
    sides = {"owner_id": OURS, "reader_id": THEIRS, "person_id": signer}
    Look.objects.create(grant=shut, **sides, first_at=NOON, last_at=NOON)
    written = {"by_id": OURS, "reader_id": THEIRS, "person_id": signer, "sent_at": NOON}
    Message.objects.create(matter_id=MATTER, **written, sealed=b"", wrapped_key=b"", sealed_key=b"")
    Unmailed.objects.create(organisation_id=OURS, person_id=signer)
    Publication.objects.create(
        id=PUBLICATION, organisation_id=OURS, circle_id=CIRCLE, published_at=NOON, stands_until=NOON
    )
    MatchCard.objects.create(publication_id=PUBLICATION, sealed=b"card")
    ProbeCharge.objects.create(organisation_id=OURS, quarter="2026Q4")
    Proposal.objects.create(organisation_id=OURS, circle_id=CIRCLE, sealed=b"", wrapped_key=b"", made_at=NOON)
    Complaint.objects.create(circle_id=CIRCLE, by_id=OURS, about_id=THEIRS, words=b"", made_at=NOON)
    kept = {"organisation_id": OURS, "sealed": b"", "wrapped_key": b""}
    asked = TeamRound.objects.create(organisation_id=OURS, fewest=5, opened_at=NOON)
    link = TeamLink.objects.create(round=asked, digest="d" * 64, sent_at=NOON, **kept)
    TeamAnswer.objects.create(link=link, changed_at=NOON, **kept)
    BriefPages.objects.create(about=MATTER, version=1, changed_at=NOON, **kept)
    ConversationNote.objects.create(matter_id=MATTER, made_at=NOON, **kept)
    CorrectionRequest.objects.create(sealed=b"", asked_at=NOON)
    Exclusions.objects.create(changed_at=NOON, **kept)
    ListedNote.objects.create(made_at=NOON, **kept)
    SavedSearch.objects.create(person_id=signer, made_at=NOON, looked_at=NOON, **kept)
    Upload.objects.create(person=signer, expires_at=NOON, **kept)
    OrganisationKey.objects.create(organisation_id=OURS, made_at=NOON, **dict.fromkeys(KEYS, b"key"))
    record("offer_recorded", of=ChainOf.ORGANISATION, chain=OURS, at=NOON, payload={"role": "lead"})


def times() -> dict[str, datetime]:
    return {"made_at": NOON, "changed_at": NOON}


def inside(organisation: UUID, signer: UUID) -> None:
    """Admitted to the circle."""
    of = {"circle_id": CIRCLE, "organisation_id": organisation}
    claim = Claim.objects.create(**of, signed_by_id=signer, signed_at=NOON, signature=b"")
    CircleMembership.objects.create(**of, claim=claim, asked_at=NOON, admitted_at=NOON, vouched_by_id=signer)


def part(**more: object) -> SealedPart:
    fixed = {"organisation_id": OURS, "rung": 3, "version": 1, "sealed": b"", "wrapped_key": b"", "sealed_at": NOON}
    return SealedPart.objects.create(**{**fixed, **more})


def granted(**more: object) -> Grant:
    fixed = {"owner_id": OURS, "reader_id": THEIRS, "part_id": GAP_PART, "matter_id": MATTER}
    with deciding(Actor(uuid4(), OURS), matter=MATTER):
        return Grant.objects.create(**{**fixed, "sealed_key": b"key", "granted_at": NOON, **more})


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError), transaction.atomic():
        yield
