"""What the other side has opened, and what is needed to decide upon the next step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.disclosure.claiming import Claim
from lichen.disclosure.refusals import refusal
from lichen.disclosure.sight import Sight, visible
from lichen.disclosure.values import Matter
from lichen.scales import Sensitivity
from lichen_web.accounts import models as accounts
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import deciding, reading
from lichen_web.alliances.bridge.audit import CODE_RUNG, WORDS_RUNG, OwnAudit, load_audit, shown_vulnerability
from lichen_web.alliances.bridge.disclosure import Dealing, load_steps, parties_of
from lichen_web.alliances.bridge.grants import GrantedPart, load_granted

__all__ = ["VisibleItem", "agreed_items", "open_matters", "own_dealing", "visible_items"]


@dataclass(frozen=True, slots=True)
class VisibleItem:
    """One gap, as far as the other side of a dealing may read it."""

    item: UUID
    """Which."""
    code: str
    """A code of the taxonomy."""
    sensitivity: Sensitivity | None
    """How sensitive its owner says that it is; None takes the taxonomy's."""
    vulnerability: Vulnerability | None
    """All of it, in its owner's words; None while only the code is open."""
    version: int
    """The version that was granted: we go on reading it as it was then."""
    is_current: bool
    """Whether its owner has changed nothing since."""
    granted_at: datetime | None
    """Since when it is read; none where it is only looked at beforehand."""
    grants: tuple[UUID, ...] = ()
    """The grants that open it."""


def visible_items(actor: Actor, *, matter: UUID) -> tuple[VisibleItem, ...]:
    """What the other side of a dealing has opened to the actor's organisation.

    Two walls stand before it: a part opens with our own key from a grant that stands, and with nothing else; and it is
    shown only if the library, asked what may be seen, says the same.

    Args:
        actor: Somebody who belongs to one of the two.
        matter: The dealing.

    Returns:
        By code; none where nothing is open, or where the dealing is over.

    Raises:
        NotThere: The actor's organisation is no party of it.
    """
    may(actor, "visible_items")
    if actor.organisation is None:
        raise NotThere
    with reading(actor), deciding(actor, matter=matter):
        row = rows.Matter.objects.get(id=matter)
        if row.ended_at or _is_erased(row):
            return ()
        dealing = _dealing(actor, row, actor.organisation, sides={})
        granted = load_granted(matter, UUID(dealing.other), actor.organisation)
    return agreed_items(dealing, granted, owner=dealing.other)


def open_matters(actor: Actor) -> tuple[UUID, ...]:
    """The dealings of the actor's organisation that are not over."""
    found = rows.Matter.objects.filter(parties__organisation=actor.organisation, ended_at=None).order_by("id")
    return tuple(row.id for row in found if not _is_erased(row))


def own_dealing(actor: Actor, *, matter: UUID) -> Dealing:
    """A dealing with both sides' audits, to decide upon and never to show; within ``deciding``.

    Raises:
        NotThere: It is not the actor's.
        NotAllowed: One of the two was erased, so that it is over.
    """
    row = rows.Matter.objects.get(id=matter)
    if actor.organisation is None:
        raise NotThere
    if _is_erased(row):
        raise refusal("ended-matter")
    sides = {str(party): load_audit(party) for party in parties_of(row.pair)}
    return _dealing(actor, row, actor.organisation, sides)


def _is_erased(row: rows.Matter) -> bool:
    return accounts.Organisation.objects.filter(id__in=parties_of(row.pair), erased_at__isnull=False).exists()


def _dealing(actor: Actor, row: rows.Matter, own: UUID, sides: Mapping[str, OwnAudit]) -> Dealing:
    earlier, (matter, claims) = tuple(_earlier(actor, row)), load_steps(row)
    return Dealing(
        id=row.id,
        circle=row.circle_id,
        own=own,
        steps=row.last_number,
        matter=matter,
        earlier=tuple(before for before, _claims in earlier),
        sides=sides,
        claims=tuple(claim for _before, told in earlier for claim in told) + claims,
    )


def _earlier(actor: Actor, row: rows.Matter) -> Iterator[tuple[Matter, tuple[Claim, ...]]]:
    """The dealings of the same two that are over, with what they claimed in them."""
    for each in rows.Matter.objects.filter(pair=row.pair).exclude(id=row.id).order_by("opened_at"):
        with deciding(actor, matter=each.id):
            yield load_steps(each)


def agreed_items(dealing: Dealing, granted: tuple[GrantedPart, ...], *, owner: str) -> tuple[VisibleItem, ...]:
    """What was granted by one of the two and is also what the library lets the other see, by code."""
    codes, words = ({part.item: part for part in granted if part.rung == rung} for rung in (CODE_RUNG, WORDS_RUNG))
    whole = {
        item: shown_vulnerability(part.content, words[item].content) for item, part in codes.items() if item in words
    }
    sight = _sight(dealing, owner, tuple(whole.values()))
    found = (
        _item(part, words.get(item), whole[item] if item in whole and whole[item] in sight.items else None)
        for item, part in codes.items()
        if part.content["code"] in sight.codes
    )
    return tuple(sorted(found, key=lambda item: item.code))


def _sight(dealing: Dealing, owner: str, opened: tuple[Vulnerability, ...]) -> Sight:
    """What the library lets be seen of an owner of whom is known what was granted, and no more."""
    reader = dealing.me if owner == dealing.other else dealing.other
    return visible(dealing.state, [Audit(Organisation(owner, "", vulnerabilities=opened))], owner, reader)


def _item(codes: GrantedPart, words: GrantedPart | None, gap: Vulnerability | None) -> VisibleItem:
    sensitivity, last = codes.content["sensitivity"], words or codes
    return VisibleItem(
        item=codes.item,
        code=codes.content["code"],
        sensitivity=Sensitivity(sensitivity) if sensitivity else None,
        vulnerability=gap,
        version=last.version,
        is_current=last.is_current,
        granted_at=last.granted_at,
        grants=tuple(part.grant for part in (codes, words) if part is not None),
    )
