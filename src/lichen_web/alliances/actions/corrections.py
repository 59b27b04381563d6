"""A listed organisation asks to be put right or taken off; the host answers. Whoever goes does not come back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lichen.errors import InputError, NotAllowed, Problem, refuse
from lichen.registry.listable import spoken_name
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.listed import CORRECTION, place_of_correction
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.given import address_problems, choice_problems, line_problems, text_problems, tidy
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.listed import digests_of, list_changed
from lichen_web.alliances.events import record
from lichen_web.alliances.keys import open_for_host, seal_for_host
from lichen_web.alliances.mails import post
from lichen_web.alliances.models import CorrectionRequest, Delisting, ListedOrganisation
from lichen_web.alliances.models.event import ChainOf

__all__ = ["CORRECTED", "KEPT", "OUTCOMES", "REFUSED", "REMOVED", "ask_correction", "decide_correction"]

OUTCOMES = CORRECTED, REMOVED, REFUSED = ("corrected", "removed", "refused")
"""How a request ends."""
KEPT = timedelta(days=90)
"""How long what was answered can still be read; then the next answer sweeps it away."""


def ask_correction(*, organisation: str, words: str, name: str, email: str, at: datetime) -> UUID:
    """Ask for what is listed of an organisation to be corrected or removed. Anybody can; only the host reads it.

    Args:
        organisation: Which, in the words of whoever asks; whether it is listed is not told.
        words: What is wrong.
        name: Who asks.
        email: Where they are answered.
        at: When.

    Raises:
        InputError: Something cannot be used.
    """
    said = {"organisation": tidy(organisation), "words": tidy(words), "name": tidy(name), "email": tidy(email)}
    refuse(
        line_problems("organisation", said["organisation"], longest=200),
        text_problems("words", said["words"], longest=4000),
        line_problems("name", said["name"], longest=120),
        address_problems("email", said["email"]),
    )
    request = uuid4()
    sealed = seal_for_host(CORRECTION, said, bound_to=place_of_correction(request, "words"))
    with working():
        CorrectionRequest.objects.create(id=request, sealed=sealed, asked_at=at)
        record("correction_asked", of=ChainOf.HOST, at=at, about=request)
    return request


def decide_correction(
    actor: Actor,
    *,
    correction: UUID,
    outcome: str,
    reason: str,
    listed: str = "",
    name: str = "",
    region: str = "",
    website: str = "",
    wrong: Collection[str] = (),
    at: datetime,
) -> None:
    """Answer a request: correct what is listed, remove it for good, or refuse. Whoever asked gets a mail.

    Args:
        actor: A person of the host.
        correction: Which request.
        outcome: ``corrected``, ``removed`` or ``refused``.
        reason: What whoever asked is told.
        listed: The id of the listed organisation that it is about; not needed to refuse.
        name: Its name from now on; empty leaves it.
        region: Where it works from now on; empty leaves it.
        website: Its website from now on; empty leaves it.
        wrong: Codes that are not to be listed of it any more.
        at: When.

    Raises:
        InputError: Something cannot be used.
        NotThere: There is no such request, or the actor does not run this host.
        NotAllowed: It was answered before.
    """
    said = {"name": tidy(name), "region": tidy(region), "website": tidy(website)}
    reason = tidy(reason)
    refuse(
        choice_problems("outcome", [outcome], OUTCOMES),
        text_problems("reason", reason, longest=2000),
        line_problems("name", said["name"], longest=200, is_needed=False),
        line_problems("region", said["region"], longest=120, is_needed=False),
    )
    with begun(actor, "decide_correction") as host:
        row = held(CorrectionRequest.objects.filter(id=correction))
        if row.decided_at is not None:
            raise NotAllowed("already-decided", _("This request was answered before."))
        if outcome != REFUSED:
            about = _held_listed(listed)
            _correct(about, said, wrong, at) if outcome == CORRECTED else _remove(about, at)
            list_changed()
        sealed = seal_for_host(CORRECTION, {"text": reason}, bound_to=place_of_correction(row.id, "reason"))
        decided = {"outcome": outcome, "reason": sealed, "decided_by": host.person, "decided_at": at}
        CorrectionRequest.objects.filter(id=row.id).update(**decided)
        CorrectionRequest.objects.filter(decided_at__lte=at - KEPT).delete()
        tell("correction_decided", by=host, at=at, about=row.id, is_hosts=True, payload={"outcome": outcome})
        _answer(row, outcome, reason, at)


def _held_listed(listed: str) -> ListedOrganisation:
    try:
        return held(ListedOrganisation.objects.filter(id=UUID(listed)))
    except (ValueError, NotThere):
        raise InputError(Problem(_("nothing was chosen"), _("one of those that are listed"), column="listed")) from None


def _correct(row: ListedOrganisation, said: dict[str, str], wrong: Collection[str], at: datetime) -> None:
    changed: dict[str, Any] = {column: text for column, text in said.items() if text}
    changed["spoken_name"] = spoken_name(said["name"] or row.name, row.country)[:220]
    changed["items"] = {
        sense: [each for each in items if each["code"] not in wrong] for sense, items in row.items.items()
    }
    try:
        with transaction.atomic():
            ListedOrganisation.objects.filter(id=row.id).update(**changed, corrected_at=at, changed_at=at)
    except IntegrityError:
        what, right = _("another one is listed under this name"), _("a name by which the two can be told apart")
        raise InputError(Problem(what, right, column="name")) from None


def _remove(row: ListedOrganisation, at: datetime) -> None:
    """Nothing of it stays but digests, with which the next import is compared."""
    for digest in digests_of(row.reference, row.name, row.country):
        Delisting.objects.get_or_create(digest=digest, defaults={"delisted_at": at})
    row.delete()


def _answer(row: CorrectionRequest, outcome: str, reason: str, at: datetime) -> None:
    told = {
        CORRECTED: _("What is listed was corrected."),
        REMOVED: _("The organisation is listed no longer, and will not be listed again."),
        REFUSED: _("Nothing was changed."),
    }[outcome]
    asked = open_for_host(CORRECTION, row.sealed, bound_to=place_of_correction(row.id, "words"))
    opening = _("You asked for something to be put right in the list of organisations on Lichen.")
    text = _("{opening} {told}\n\nThe answer of this host:\n\n{reason}")
    post(
        "correction",
        to=asked["email"],
        subject=_("Your request about the list of organisations"),
        text=text.format(opening=opening, told=told, reason=reason),
        at=at,
    )
