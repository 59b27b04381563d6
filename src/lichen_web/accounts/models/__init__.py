"""The tables of people, organisations and circles: storage, no decisions."""

from lichen_web.accounts.models.circle import Circle, CircleMembership, Claim, Convener
from lichen_web.accounts.models.complaint import Complaint
from lichen_web.accounts.models.invitation import Invitation
from lichen_web.accounts.models.organisation import Delegation, Facilitation, Membership, Organisation
from lichen_web.accounts.models.person import Person
from lichen_web.accounts.models.recovery import Recovery
from lichen_web.accounts.models.session import Counted, Session

__all__ = [
    "Circle",
    "CircleMembership",
    "Claim",
    "Complaint",
    "Convener",
    "Counted",
    "Delegation",
    "Facilitation",
    "Invitation",
    "Membership",
    "Organisation",
    "Person",
    "Recovery",
    "Session",
]
