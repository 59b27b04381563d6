"""Writing to the other side of a dealing: plain words, sealed to the two, once both have said yes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from lichen.errors import NotAllowed, refuse
from lichen_web.accounts.models import Membership, Organisation
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances import mails
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.messages import MOST_A_DAY, sent_lately
from lichen_web.alliances.access.transactions import deciding
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.given import text_problems, tidy
from lichen_web.alliances.actions.stated import LONGEST
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.disclosure import parties_of
from lichen_web.alliances.bridge.messages import save_message
from lichen_web.alliances.bridge.organisations import load_team
from lichen_web.alliances.models import Matter, Message, Unmailed

__all__ = ["send_message", "set_message_mails"]

BETWEEN_MAILS = timedelta(hours=1)
"""Whoever was mailed of a message is mailed of none that follows the last within this time."""


def send_message(actor: Actor, *, matter: UUID, words: str, at: datetime) -> UUID:
    """Write to the other side of a dealing.

    Args:
        actor: A lead or member of one of the two.
        matter: The dealing.
        words: Plain text.
        at: When.

    Returns:
        The id of the message.

    Raises:
        InputError: Nothing was written, or too much.
        NotThere: The dealing is not the actor's, both have not said yes, or it is over.
        NotAllowed: The actor only looks on, or as many were sent as a day allows.
    """
    words = tidy(words)
    refuse(text_problems("words", words, longest=LONGEST))
    with begun(actor, "send_message") as writer, deciding(writer, matter=matter):
        own = organisation_of(writer)
        row = held(Matter.objects.filter(id=matter, met_at__isnull=False, ended_at=None))
        others = Organisation.objects.filter(id__in=parties_of(row.pair), erased_at=None).exclude(id=own)
        other = others.first()
        if other is None:
            raise NotThere
        if sent_lately(matter, own, at) >= MOST_A_DAY:
            raise NotAllowed("messages-a-day", _("You have sent as many messages as a day allows. Go on tomorrow."))
        is_first = not Message.objects.filter(matter=matter, by=own, sent_at__gt=at - BETWEEN_MAILS).exists()
        message = save_message(matter=matter, by=own, reader=other.id, person=writer.person, words=words, at=at)
        tell("message_sent", by=writer, at=at, about=matter, organisations=[own])
        if is_first:
            _mail(other, matter, at)
    return message


def set_message_mails(actor: Actor, *, is_mailed: bool, at: datetime) -> None:
    """Be mailed when a message waits for the organisation, or not. It is for oneself alone."""
    with begun(actor, "set_message_mails") as one:
        own = organisation_of(one)
        if is_mailed:
            Unmailed.objects.filter(organisation=own, person=one.person).delete()
        else:
            Unmailed.objects.get_or_create(organisation_id=own, person_id=one.person)
        what = "message_mails_wanted" if is_mailed else "message_mails_stopped"
        tell(what, by=one, at=at, about=one.person, organisations=[own])


def _mail(organisation: Organisation, matter: UUID, at: datetime) -> None:
    """That a message waits: not from whom, and not a word of it."""
    address = f"{settings.LICHEN.url}/organisations/{organisation.id}/dealings/{matter}/messages/"
    text = _("A message waits for {organisation} on Lichen:").format(organisation=organisation)
    text += f"\n\n{address}\n\n" + _("Below it you can say that you want no such mails.")
    for to in _readers(organisation.id):
        mails.post("message_waits", to=to, subject=_("A message waits for you"), text=text, at=at)


def _readers(organisation: UUID) -> list[str]:
    """The addresses of its leads and of who speaks for it, but for those who want no mail."""
    voice = load_team(organisation).voice
    speaking = [voice.delegate, voice.stand_in] if voice else []
    there = Membership.objects.filter(organisation=organisation, left_at=None, person__suspended_at=None)
    wanted = there.filter(Q(role=Role.LEAD) | Q(id__in=speaking))
    unmailed = Unmailed.objects.filter(organisation=organisation).values("person")
    return list(wanted.exclude(person__in=unmailed).order_by("person__email").values_list("person__email", flat=True))
