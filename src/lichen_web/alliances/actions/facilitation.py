"""Who serves an organisation from outside, and what it opens to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lichen.errors import refuse
from lichen_web.accounts.models import Facilitation
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.organisation import Role, Scope
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions.accepting import INSIDE_OF
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.given import address_problems, choice_problems, tidy
from lichen_web.alliances.actions.inviting import Offer, send_invitation, withdraw_those_of, withdraw_those_to
from lichen_web.alliances.actions.leaving import end_sessions_of_those_only_in
from lichen_web.alliances.actions.letters import tell_leads_of_hand_over
from lichen_web.alliances.actions.telling import tell

__all__ = ["end_facilitation", "hand_over_facilitation", "invite_facilitator", "open_to_facilitator"]


def invite_facilitator(actor: Actor, *, email: str, scopes: Collection[str], at: datetime) -> UUID:
    """Invite somebody to serve the organisation from outside, by a link that works once.

    Args:
        actor: A lead.
        email: Where the link is sent; empty sends it to the actor, who passes it on.
        scopes: What they will see: ``offers``, ``gaps``, ``words``.
        at: When.

    Returns:
        The id of the invitation.

    Raises:
        InputError: Something given cannot be used.
        NotAllowed: The actor is no lead.
    """
    email = tidy(email)
    refuse(address_problems("email", email, is_needed=False), choice_problems("scopes", scopes, Scope.values))
    with begun(actor, "invite_facilitator") as lead:
        offer = Offer(InvitedTo.FACILITATE, organisation=lead.organisation, scopes=scopes)
        invitation = send_invitation(lead, offer, email=email, at=at).id
        _tell(lead, "facilitator_invited", invitation, at, scopes)
    return invitation


def open_to_facilitator(actor: Actor, *, facilitation: UUID, scopes: Collection[str], at: datetime) -> None:
    """Say what the facilitator sees from now on; what is left out is closed to them.

    Raises:
        InputError: There is no such scope.
        NotThere: Nobody serves the organisation so.
        NotAllowed: The actor is no lead.
    """
    refuse(choice_problems("scopes", scopes, Scope.values))
    with begun(actor, "open_to_facilitator") as lead:
        row = held(_standing(lead, facilitation))
        if set(row.scopes) != set(scopes):
            Facilitation.objects.filter(id=row.id).update(scopes=sorted(scopes))
            _tell(lead, "facilitation_opened", row.id, at, scopes)


def end_facilitation(actor: Actor, *, facilitation: UUID, at: datetime) -> None:
    """End it: a lead any, a facilitator their own. What they were invited to hand over goes with it.

    Raises:
        NotThere: Nobody serves the organisation so, or it is another facilitator's.
        NotAllowed: The actor is neither a lead nor a facilitator.
    """
    with begun(actor, "end_facilitation") as who:
        row = held(_standing(who, facilitation))
        Facilitation.objects.filter(id=row.id).update(ended_at=at)
        _tell(who, "facilitation_ended", row.id, at)
        withdraw_those_of(row.facilitator_id, at=at, organisation=row.organisation_id)
        withdraw_those_to(row.facilitator_id, at=at, to=INSIDE_OF, organisation=row.organisation_id)
        end_sessions_of_those_only_in(row.organisation_id, [row.facilitator_id])


def hand_over_facilitation(actor: Actor, *, facilitation: UUID, email: str, at: datetime) -> UUID:
    """Invite a successor, who sees what the facilitator sees once they accept; the leads are told.

    Returns:
        The id of the invitation.

    Raises:
        InputError: It is no address.
        NotThere: It is another's facilitation.
        NotAllowed: The actor does not serve the organisation.
    """
    email = tidy(email)
    refuse(address_problems("email", email))
    with begun(actor, "hand_over_facilitation") as facilitator:
        row = held(_standing(facilitator, facilitation).select_related("organisation"))
        offer = Offer(InvitedTo.FACILITATE, organisation=row.organisation_id, scopes=row.scopes, handing_over=row)
        invitation = send_invitation(facilitator, offer, email=email, at=at).id
        _tell(facilitator, "hand_over_offered", invitation, at)
        tell_leads_of_hand_over(row.organisation, is_done=False, at=at)
    return invitation


def _standing(actor: Actor, facilitation: UUID) -> QuerySet[Facilitation]:
    rows = Facilitation.objects.filter(id=facilitation, organisation=actor.organisation, ended_at=None)
    return rows if actor.role is Role.LEAD else rows.filter(facilitator=actor.person)


def _tell(actor: Actor, what: str, about: UUID, at: datetime, scopes: Collection[str] = ()) -> None:
    organisations = [actor.organisation] if actor.organisation else []
    payload = {"scopes": " ".join(sorted(scopes))} if scopes else None
    tell(what, by=actor, at=at, about=about, organisations=organisations, payload=payload)
