"""What the host does with its key, and how an organisation destroys its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lichen.errors import InputError, NotAllowed, Problem, refuse
from lichen_web.accounts.models import Organisation
from lichen_web.alliances import events, keys
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.transactions import whole
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.given import text_problems, tidy
from lichen_web.alliances.actions.resealing import reseal, sealed_under
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.disclosure import parties_of
from lichen_web.alliances.jobs import enqueue
from lichen_web.alliances.models import Matter
from lichen_web.alliances.models.event import ChainOf
from lichen_web.alliances.models.key import KeyCopy, OrganisationKey
from lichen_web.keyring import Keyring, host_keyring, keyring_from, put_first
from lichen_web.keyring import forget_host_key as forget

__all__ = ["confirm_key_copy", "erase_organisation", "forget_host_key", "rotate_host_key"]

_AT_ONCE = 500
"""How many data keys are wrapped anew in one transaction; nobody else's waits longer than for these."""


def confirm_key_copy(actor: Actor | None, *, copy: str, kept_by: str, kept_where: str, at: datetime) -> tuple[str, ...]:
    """Write down that somebody showed a second copy of the host's keys, and that it is the same.

    Args:
        actor: A person of the host; none is whoever sits at the terminal of the server itself.
        copy: What stands in the copy.
        kept_by: Who keeps it: another person than the one who keeps the first.
        kept_where: Where, in the host's words.
        at: When.

    Returns:
        The ids of the keys that the copy holds.

    Raises:
        InputError: It lacks a key of the ring, cannot be read, or it was not said who keeps it and where.
        NotAllowed: The actor does not run this host.
    """
    ring, kept_by, kept_where = host_keyring(settings.LICHEN), tidy(kept_by), tidy(kept_where)
    refuse(
        text_problems("kept_by", kept_by, longest=120),
        text_problems("kept_where", kept_where, longest=200),
        _missing(ring, keyring_from(copy)),
    )
    with begun(actor, "confirm_key_copy") if actor else whole():
        for key in ring.keys:
            row = KeyCopy.objects.create(host_key=key.id, kept_by=kept_by, kept_where=kept_where, confirmed_at=at)
            _tell("key_copy_confirmed", at, by=actor, about=row.id, payload={"key": key.id})
    return tuple(key.id for key in ring.keys)


def rotate_host_key(*, to: str = "", at: datetime) -> tuple[int, int]:
    """Go over to another of the host's keys, as the owner of the tables.

    Every organisation's data key is wrapped anew, and what is sealed for the host itself is sealed anew: sessions,
    second factors, mails, complaints. Nothing that organisations sealed is touched. It is done in small transactions:
    who is interrupted calls it again, without ``to``, and what is left is done. The keys before stay in the ring until
    :func:`forget_host_key`.

    Args:
        to: The id of the key to put first; empty goes on with the one that is first.
        at: When.

    Returns:
        How many data keys were wrapped anew, and how many other things were sealed anew.

    Raises:
        NotAllowed: Nobody has shown a second copy of that key, and others reach this host.
        InputError: The key cannot be put first.
        Unopened: That key, or one that wraps a data key, is not in the ring.
    """
    if to:
        keys.require_key_copy(of=to)
        put_first(settings.LICHEN, to)
    done = 0
    while some := _rewrapped():
        done += some
    others = reseal()
    with whole():
        told = {"key": host_keyring(settings.LICHEN).current.id, "organisations": str(done)}
        _tell("host_key_rotated", at, payload=told)
    return done, others


def forget_host_key(*, key: str, at: datetime) -> None:
    """Take a key out of the ring on which nothing hangs any more, as the owner of the tables.

    What it signed can still be checked. A backup that was made under it opens only with a copy of it.

    Args:
        key: Its id.
        at: When.

    Raises:
        NotAllowed: Something still hangs on it.
        InputError: It is the current one, or the ring cannot be written.
        Unopened: The key is not in the ring.
    """
    with whole():
        wrapped = OrganisationKey.objects.filter(host_key=key).count()
        if left := wrapped + sealed_under()[key]:
            why = ngettext("{number} thing still hangs on this key.", "{number} things still hang on this key.", left)
            right = _("First: lichen-web key rotate")
            raise NotAllowed("nothing-hangs-on-it", f"{why.format(number=left)} {right}")
        forget(settings.LICHEN, key)
        _tell("host_key_forgotten", at, payload={"key": key})


def erase_organisation(actor: Actor, *, name_typed: str, at: datetime) -> None:
    """Destroy an organisation's keys: nothing that it ever confessed opens again, for anybody, here or in a backup.

    Its lines stay, so that others' records still say with whom they dealt; it leaves its circles and the matching.

    Args:
        actor: A lead of it.
        name_typed: Its name, typed, so that nobody does this by a slip.
        at: When.

    Raises:
        InputError: The name is not its own.
        NotAllowed: The actor is no lead of it.
        NotThere: It is none of the actor's business, or is erased already.
    """
    with begun(actor, "erase_organisation") as lead:
        row = held(Organisation.objects.filter(id__in=[lead.organisation]))
        if tidy(name_typed) != row.name:
            what, right = _("this is not the name of the organisation"), _("its name, letter by letter")
            raise InputError(Problem(what, right, column="name_typed"))
        tell("organisation_erased", by=lead, at=at, about=row.id, organisations=[row.id], is_hosts=True)
        keys.mark_erased(row.id, at=at)
        # Whoever dealt with it may have briefs that tell of it.
        dealt = Matter.objects.filter(parties__organisation=row.id).values_list("pair", flat=True)
        for other in sorted({party for pair in dealt for party in parties_of(pair)} - {row.id}):
            enqueue("drop_briefs", other)


def _rewrapped() -> int:
    with whole():
        return keys.rewrap(_AT_ONCE)


def _tell(
    what: str, at: datetime, *, by: Actor | None = None, about: UUID | None = None, payload: dict[str, str]
) -> None:
    """Record it in the host's chain; there may be nobody by whom, but whoever sits at the server."""
    person = by.person if by else None
    events.record(what, of=ChainOf.HOST, at=at, person=person, about=about, payload=payload)


def _missing(ring: Keyring, shown: Keyring) -> Iterator[Problem]:
    for key in ring.keys:
        if key not in shown.keys:
            what = _("the key {id} is missing from it, or is another one").format(id=key.id)
            yield Problem(what, _("a copy of the whole file"), column="copy")
