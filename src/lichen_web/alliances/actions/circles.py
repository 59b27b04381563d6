"""Circles: opened by the host, vouched for by conveners, asked and left by organisations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from lichen.errors import NotAllowed
from lichen.errors import refuse as refuse_input
from lichen_web.accounts.models import Circle, CircleMembership, Convener
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.circles import ASKING, INSIDE, OPEN, PRESENT, PUT_OUT
from lichen_web.alliances.actions.accepting import name_as_convener
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.given import address_problems, line_problems, text_problems, tidy
from lichen_web.alliances.actions.inviting import Offer, send_invitation, withdraw_those_of, withdraw_those_to
from lichen_web.alliances.actions.leaving import APART_FOR, had_part_in
from lichen_web.alliances.actions.letters import (
    tell_hosts_of_own_convener,
    tell_of_admission,
    tell_of_removal,
    tell_of_return,
)
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.circles import (
    UPHELD_AND_OUT,
    SignedClaim,
    is_genuine,
    save_claim,
    sealed_removal_reason,
    upheld_counts,
)

__all__ = [
    "admit",
    "ask_to_join",
    "end_convening",
    "invite_to_circle",
    "leave_circle",
    "let_back",
    "name_convener",
    "open_circle",
    "put_out",
    "refuse",
]


def open_circle(actor: Actor, *, name: str, purpose: str, at: datetime) -> UUID:
    """Open a circle. Nobody can be admitted until somebody is named who vouches.

    Raises:
        InputError: Something typed cannot be used.
        NotThere: The actor does not run this host.
    """
    name, purpose = tidy(name), tidy(purpose)
    refuse_input(
        line_problems("name", name, longest=200), text_problems("purpose", purpose, longest=2000, is_needed=False)
    )
    with begun(actor, "open_circle") as host:
        circle = Circle.objects.create(name=name, purpose=purpose, opened_at=at).id
        tell("circle_opened", by=host, at=at, about=circle, circle=circle, is_hosts=True)
    return circle


def ask_to_join(actor: Actor, *, circle: UUID, statement: str, signed_name: str, at: datetime) -> UUID:
    """Ask to be admitted, with a statement that the organisation signs.

    Args:
        actor: Who speaks for it.
        circle: Which circle.
        statement: What the organisation states of itself; its conveners read it.
        signed_name: The name of the actor, typed under it.
        at: When.

    Returns:
        The id of the organisation's line in the circle.

    Raises:
        InputError: Something typed cannot be used.
        NotThere: There is no such circle.
        NotAllowed: The actor does not speak for the organisation, it has asked or is in already, or it was put out.
    """
    statement, signed_name = tidy(statement), tidy(signed_name)
    refuse_input(
        text_problems("statement", statement, longest=4000), line_problems("signed_name", signed_name, longest=120)
    )
    with begun(actor, "ask_to_join") as speaker:
        row, organisation = _held_circle(circle), organisation_of(speaker)
        if upheld_counts(row.id).get(organisation, 0) >= UPHELD_AND_OUT:
            raise NotAllowed("out-of-the-circle", _("The organisation was put out of this circle: ask the host first."))
        lines = CircleMembership.objects.filter(circle=row, organisation=organisation)
        if lines.filter(**PUT_OUT).exists():
            why = _("The organisation was put out of this circle: somebody who vouches there has to let it ask again.")
            raise NotAllowed("out-of-the-circle", why)
        if lines.filter(**OPEN).exists():
            raise NotAllowed("already-asked", _("The organisation has asked already, or is in the circle."))
        claim = save_claim(SignedClaim(organisation, row.id, speaker.person, signed_name, statement, at))
        line = CircleMembership.objects.create(circle=row, organisation_id=organisation, claim=claim, asked_at=at)
        _tell(speaker, "circle_asked", line, at, payload={"claim": claim.digest})
    return line.id


def admit(actor: Actor, *, membership: UUID, at: datetime) -> None:
    """Admit an organisation, and vouch for it.

    Raises:
        NotThere: It does not ask to be in a circle in which the actor vouches.
        NotAllowed: The actor has a part in it or lately had, it was answered before, or its statement is not what it
            signed.
    """
    with begun(actor, "admit") as convener:
        line = _line(convener, membership)
        if had_part_in([line.organisation_id], convener.person, since=at - APART_FOR):
            why = _("You belong to this organisation or serve it, or did in the last 90 days: another convener has to.")
            raise NotAllowed("not-for-ones-own", why)
        if not is_genuine(line.claim):
            raise NotAllowed("claim-not-genuine", _("The statement is not what was signed: let it ask again."))
        _answer(line, admitted_at=at, vouched_by=convener.person)
        _tell(convener, "circle_admitted", line, at, payload={"claim": line.claim.digest})
        tell_of_admission(line.organisation, line.circle, is_admitted=True, at=at)


def refuse(actor: Actor, *, membership: UUID, at: datetime) -> None:
    """Do not admit an organisation; it may ask again.

    Raises:
        NotThere: It does not ask to be in a circle in which the actor vouches.
        NotAllowed: It was answered before.
    """
    with begun(actor, "refuse") as convener:
        line = _line(convener, membership)
        _answer(line, refused_at=at)
        _tell(convener, "circle_refused", line, at)
        tell_of_admission(line.organisation, line.circle, is_admitted=False, at=at)


def put_out(actor: Actor, *, membership: UUID, reason: str, at: datetime) -> None:
    """Put an organisation out of a circle. From then on nothing is sought or opened for it there; the record stays.

    Args:
        actor: Who vouches in the circle.
        membership: The organisation's line in it.
        reason: Why; the organisation reads it, and whoever vouches there.
        at: When.

    Raises:
        InputError: No reason was given, or it is too long.
        NotThere: It is not in a circle in which the actor vouches.
    """
    reason = tidy(reason)
    refuse_input(text_problems("reason", reason, longest=2000))
    with begun(actor, "put_out") as convener:
        line = _line(convener, membership, **INSIDE)
        told = {"removed_by": convener.person, "removed_because": sealed_removal_reason(line.id, reason)}
        if not CircleMembership.objects.filter(**INSIDE, id=line.id).update(removed_at=at, **told):
            raise NotThere
        _tell(convener, "circle_put_out", line, at)
        tell_of_removal(line.organisation, line.circle, at=at)


def let_back(actor: Actor, *, membership: UUID, at: datetime) -> None:
    """Let an organisation that was put out by somebody who vouches ask again; it then states anew who it is.

    What the host put out after three complaints is the host's to forgive.

    Raises:
        NotThere: No such organisation was put out of a circle in which the actor vouches.
    """
    with begun(actor, "let_back") as convener:
        line = _line(convener, membership, **PUT_OUT, removed_by__isnull=False)
        if not CircleMembership.objects.filter(**PUT_OUT, id=line.id).update(allowed_back_at=at):
            raise NotThere
        _tell(convener, "circle_let_back", line, at)
        tell_of_return(line.organisation, line.circle, at=at)


def leave_circle(actor: Actor, *, circle: UUID, at: datetime) -> None:
    """Leave a circle, or ask no longer; the record stays.

    Raises:
        NotThere: The organisation is not in it.
        NotAllowed: The actor does not speak for it.
    """
    with begun(actor, "leave_circle") as speaker:
        line = held(CircleMembership.objects.filter(**OPEN, circle=circle, organisation=speaker.organisation))
        CircleMembership.objects.filter(id=line.id).update(left_at=at)
        _tell(speaker, "circle_left", line, at)


def invite_to_circle(actor: Actor, *, circle: UUID, email: str, at: datetime) -> UUID:
    """Invite an organisation that one knows, or a partner who is not here yet, by a link that works once.

    Whoever accepts still asks with a signed statement, and a convener still vouches.

    Args:
        actor: A convener of the circle, or who speaks for an organisation in it.
        circle: Which circle.
        email: Where the link is sent; empty sends it to the actor, who passes it on.
        at: When.

    Returns:
        The id of the invitation.

    Raises:
        InputError: It is no address.
        NotThere: The actor has nothing to do with such a circle.
        NotAllowed: Somebody else speaks for the organisation.
    """
    email = tidy(email)
    refuse_input(address_problems("email", email, is_needed=False))
    with begun(actor, "invite_to_circle") as who:
        inside = CircleMembership.objects.filter(**INSIDE, organisation=who.organisation)
        around = Exists(inside.filter(circle=OuterRef("id"))) | Q(id__in=who.convenes)
        row = held(Circle.objects.filter(around, id=circle, closed_at=None))
        if not who.speaks and row.id not in who.convenes:
            raise NotAllowed("speaker-only", _("Only who speaks for the organisation, or a convener, can invite."))
        through = who.organisation if inside.filter(circle=row).exists() else None
        offer = Offer(InvitedTo.CIRCLE, circle=row.id, organisation=through)
        invitation = send_invitation(who, offer, email=email, at=at).id
        tell(
            "partner_invited",
            by=who,
            at=at,
            about=invitation,
            circle=row.id,
            organisations=[through] if through else [],
        )
    return invitation


def name_convener(actor: Actor, *, circle: UUID, email: str, at: datetime) -> None:
    """Ask somebody to vouch in a circle, by a link that works once; the host can name themselves at once.

    Whether the address is known here is not told, so that nobody learns who is.

    Raises:
        InputError: It is no address.
        NotThere: The actor neither vouches in it nor runs this host.
    """
    email = tidy(email).lower()
    refuse_input(address_problems("email", email))
    with begun(actor, "name_convener") as who:
        row = _held_circle(circle)
        if not who.is_host and row.id not in who.convenes:
            raise NotThere
        if EmailAddress.objects.filter(user=who.person, email__iexact=email, verified=True).exists():
            name_as_convener(who, circle=row.id, person=who.person, at=at)
            tell_hosts_of_own_convener(row, who.person, at=at)
            return
        invitation = send_invitation(who, Offer(InvitedTo.CONVENE, circle=row.id), email=email, at=at).id
        tell("convener_invited", by=who, at=at, about=invitation, circle=row.id)


def end_convening(actor: Actor, *, convener: UUID, at: datetime) -> None:
    """Vouch no longer, or as the host, let somebody vouch no longer. Whom they admitted stays in.

    Raises:
        NotThere: There is no such line in a circle of the actor's.
        NotAllowed: It is another's, and the actor does not run this host.
    """
    with begun(actor, "end_convening") as who:
        rows = Convener.objects.filter(id=convener, ended_at=None)
        row = held(rows if who.is_host else rows.filter(circle__in=who.convenes))
        if row.person_id != who.person and not who.is_host:
            raise NotAllowed("own-or-host", _("Only the host can do this for somebody else: ask them."))
        Convener.objects.filter(id=row.id).update(ended_at=at)
        withdraw_those_of(row.person_id, at=at, circle=row.circle_id)
        withdraw_those_to(row.person_id, at=at, to=[InvitedTo.CONVENE], circle=row.circle_id)
        tell("convening_ended", by=who, at=at, about=row.id, circle=row.circle_id, is_hosts=True)


def _held_circle(circle: UUID) -> Circle:
    return held(Circle.objects.filter(id=circle, closed_at=None))


def _line(convener: Actor, membership: UUID, **stands: object) -> CircleMembership:
    """A line of a circle in which the actor vouches, of an organisation that can act."""
    rows = CircleMembership.objects.filter(**PRESENT, **stands, id=membership, circle__in=convener.convenes)
    line = rows.select_related("claim", "circle", "organisation").first()
    if line is None:
        raise NotThere
    return line


def _answer(line: CircleMembership, **answer: object) -> None:
    """Answer who asks, once: the question and the answer are one statement."""
    if not CircleMembership.objects.filter(**ASKING, id=line.id).update(**answer):
        raise NotAllowed("already-answered", _("Somebody has answered this organisation before, or it has left."))


def _tell(actor: Actor, what: str, line: CircleMembership, at: datetime, payload: dict[str, str] | None = None) -> None:
    tell(
        what,
        by=actor,
        at=at,
        about=line.id,
        circle=line.circle_id,
        organisations=[line.organisation_id],
        payload=payload,
    )
