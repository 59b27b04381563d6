"""The tables of what organisations confess and do together: storage, no decisions."""

from lichen_web.alliances.models.audit import Offer, SealedPart, Sitting, Vulnerability
from lichen_web.alliances.models.brief import BriefPages, ConversationNote
from lichen_web.alliances.models.disclosure import Grant, Look, Matter, MatterEvent, MatterParty, Message, Unmailed
from lichen_web.alliances.models.event import Chain, Checkpoint, Event, EventPayload
from lichen_web.alliances.models.fit import Exclusions, MatchCard, ProbeCharge, Proposal, Publication
from lichen_web.alliances.models.halt import Halt
from lichen_web.alliances.models.key import Erasure, KeyCopy, OrganisationKey
from lichen_web.alliances.models.listed import (
    CorrectionRequest,
    Delisting,
    ListedNote,
    ListedOrganisation,
    ListState,
    SavedSearch,
)
from lichen_web.alliances.models.mail import Mail
from lichen_web.alliances.models.team import TeamAnswer, TeamLink, TeamRound, Upload

__all__ = [
    "BriefPages",
    "Chain",
    "Checkpoint",
    "ConversationNote",
    "CorrectionRequest",
    "Delisting",
    "Erasure",
    "Event",
    "EventPayload",
    "Exclusions",
    "Grant",
    "Halt",
    "KeyCopy",
    "ListState",
    "ListedNote",
    "ListedOrganisation",
    "Look",
    "Mail",
    "MatchCard",
    "Matter",
    "MatterEvent",
    "MatterParty",
    "Message",
    "Offer",
    "OrganisationKey",
    "ProbeCharge",
    "Proposal",
    "Publication",
    "SavedSearch",
    "SealedPart",
    "Sitting",
    "TeamAnswer",
    "TeamLink",
    "TeamRound",
    "Unmailed",
    "Upload",
    "Vulnerability",
]
