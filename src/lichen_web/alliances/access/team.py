"""What a lead sees of a team that is asked, and what a colleague sees who answers by a link."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.invitations import link_digest
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading, working
from lichen_web.alliances.bridge.audit import load_audit
from lichen_web.alliances.bridge.team import Shown, load_answer, load_answers, load_links, load_shown
from lichen_web.alliances.models import TeamAnswer, TeamLink, TeamRound
from lichen_web.alliances.rounds import Showing, TeamSaying, changed_since, showing

__all__ = [
    "Answering",
    "LinkView",
    "RoundCard",
    "RoundView",
    "answering",
    "new_token",
    "organisation_in",
    "own_round",
    "own_rounds",
    "standing_link",
]

_SECRET = 24


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round on the list of rounds."""

    id: UUID
    """Which."""
    opened_at: datetime
    """When it began."""
    closed_at: datetime | None
    """When it ended."""
    asked: int
    """How many were sent a link."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as its sender sees it: never whether it was used."""

    id: UUID
    """Which."""
    email: str
    """To whom it was sent."""
    sent_at: datetime
    """When it was last sent; the same whether or not they were reminded."""
    is_withdrawn: bool
    """Whether it was taken back."""


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as its lead sees it."""

    id: UUID
    """Which."""
    fewest: int
    """How many answers it takes before anything is shown without names."""
    opened_at: datetime
    """When it began."""
    closed_at: datetime | None
    """When it ended."""
    reminded_at: datetime
    """When mail was last sent in it."""
    links: tuple[LinkView, ...]
    """By address."""
    answered: int
    """How many have answered so that it can be counted."""
    changed: int
    """How many have answered, changed their answer or taken it back since something was shown."""
    showing: Showing
    """What can be shown next."""
    shown: Shown | None
    """What was shown last."""
    shown_at: datetime | None
    """When that was."""
    own_codes: frozenset[str]
    """Which gaps stand in the organisation's own audit already; empty while nothing is shown."""

    @property
    def asked(self) -> int:
        """How many were sent a link."""
        return len(self.links)


@dataclass(frozen=True, slots=True)
class Answering:
    """What somebody sees who answers by a link: their own, and who asks."""

    link: UUID
    """Which link; it is no secret."""
    organisation: str
    """The name of whoever asks."""
    fewest: int
    """How many answers it takes before anything is shown without names."""
    saying: TeamSaying
    """What they said so far."""
    version: int
    """Counts the changes; 0 before the first."""
    changed_at: datetime | None
    """When it was last changed."""
    is_left_alone: bool
    """Whether they asked not to be written to again."""


def own_rounds(actor: Actor) -> tuple[RoundCard, ...]:
    """The rounds in which a lead asked the team, last first.

    Raises:
        NotAllowed: The actor is no lead.
        NotThere: The actor acts for no organisation.
    """
    may(actor, "own_rounds")
    with reading(actor):
        rows = TeamRound.objects.filter(organisation=organisation_of(actor)).order_by("-opened_at", "id")
        counted = rows.annotate(asked=Count("links"))
        return tuple(RoundCard(row.id, row.opened_at, row.closed_at, row.asked) for row in counted)


def own_round(actor: Actor, *, round_id: UUID) -> RoundView:
    """One round. No single answer is in it but those whose people allowed it by name.

    Raises:
        NotAllowed: The actor is no lead.
        NotThere: It is not one of theirs.
    """
    may(actor, "own_round")
    organisation = organisation_of(actor)
    with reading(actor):
        row = TeamRound.objects.filter(organisation=organisation, id=round_id).first()
        if row is None:
            raise NotThere
        links, answers, shown = load_links(row), load_answers(row), load_shown(row)
        own = frozenset(item.code for item in load_audit(organisation).gaps) if shown else frozenset()
    standing = {link: version for link, (version, _saying) in answers.items()}
    counted = shown.counted if shown else {}
    return RoundView(
        id=row.id,
        fewest=row.fewest,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        reminded_at=max((link.sent_at for link, _email in links), default=row.opened_at),
        links=tuple(LinkView(link.id, email, link.sent_at, link.withdrawn_at is not None) for link, email in links),
        answered=len(standing),
        changed=changed_since(standing, counted),
        showing=showing(
            standing,
            counted,
            fewest=row.fewest,
            is_closed=row.closed_at is not None,
            by_name=sum(saying.is_by_name for _version, saying in answers.values()),
        ),
        shown=shown,
        shown_at=row.shown_at,
        own_codes=own,
    )


def answering(token: str) -> Answering | None:
    """What somebody who holds a link may see; none where it leads nowhere."""
    try:
        with standing_link(token) as link:
            row = TeamAnswer.objects.filter(link=link).first()
            return Answering(
                link=link.id,
                organisation=link.organisation.name,
                fewest=link.round.fewest,
                saying=load_answer(row) if row else TeamSaying(),
                version=row.version if row else 0,
                changed_at=row.changed_at if row else None,
                is_left_alone=link.left_alone_at is not None,
            )
    except NotThere:
        return None


@contextmanager
def standing_link(token: str) -> Iterator[TeamLink]:
    """A transaction in which the holder of a link reads or writes as its organisation, and the link itself.

    The link says whose it is, so that the database is told before anything is looked up; that opens nothing without
    the secret beside it.

    Raises:
        NotThere: There never was such a link, it was taken back, the round is closed, or the organisation is gone.
    """
    with working(organisation_in(token)):
        links = TeamLink.objects.filter(digest=link_digest(token), withdrawn_at=None, round__closed_at=None)
        link = links.select_related("round", "organisation").first()
        if link is None or link.organisation.suspended_at or link.organisation.erased_at:
            raise NotThere
        yield link


def new_token(organisation: UUID) -> str:
    """The secret of a new link, with whose it is before it."""
    raw = organisation.bytes + secrets.token_bytes(_SECRET)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def organisation_in(token: str) -> UUID:
    """Whose link it claims to be.

    Raises:
        NotThere: It is none.
    """
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotThere from None
    if len(raw) != 16 + _SECRET:
        raise NotThere
    return UUID(bytes=raw[:16])
