"""The tables of what organisations confess and do together: storage, no decisions."""

from lichen_web.alliances.models.audit import Offer, SealedPart, Sitting, Vulnerability
from lichen_web.alliances.models.disclosure import Grant, Matter, MatterEvent, MatterParty
from lichen_web.alliances.models.event import Chain, Checkpoint, Event, EventPayload
from lichen_web.alliances.models.fit import MatchCard, ProbeCharge, Proposal, Publication
from lichen_web.alliances.models.halt import Halt
from lichen_web.alliances.models.key import Erasure, KeyCopy, OrganisationKey
from lichen_web.alliances.models.mail import Mail

__all__ = [
    "Chain",
    "Checkpoint",
    "Erasure",
    "Event",
    "EventPayload",
    "Grant",
    "Halt",
    "KeyCopy",
    "Mail",
    "MatchCard",
    "Matter",
    "MatterEvent",
    "MatterParty",
    "Offer",
    "OrganisationKey",
    "ProbeCharge",
    "Proposal",
    "Publication",
    "SealedPart",
    "Sitting",
    "Vulnerability",
]
