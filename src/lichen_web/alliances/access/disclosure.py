"""What the other side has opened, and what is needed to decide upon the next step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.disclosure.refusals import refusal
from lichen.disclosure.sight import Sight, visible
from lichen.scales import Sensitivity
from lichen_web.accounts import models as accounts
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor, organisation_of
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import deciding, looking_back, reading
from lichen_web.alliances.bridge.audit import CODE_RUNG, WORDS_RUNG, OwnAudit, load_audit, shown_vulnerability
from lichen_web.alliances.bridge.disclosure import Dealing, Steps, load_steps, parties_of
from lichen_web.alliances.bridge.grants import GrantedPart, load_granted

__all__ = [
    "VisibleItem",
    "agreed_items",
    "all_visible_items",
    "dealing_of",
    "open_matters",
    "own_dealing",
    "visible_items",
]

NONE_KNOWN: Mapping[str, OwnAudit] = MappingProxyType({})
"""No audit lies open yet."""


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
    with reading(actor), deciding(actor, matter=matter):
        row = rows.Matter.objects.get(id=matter)
        return () if row.ended_at else _visible(organisation_of(actor), [row], _of_same_two([row])).get(matter, ())


def all_visible_items(actor: Actor) -> Mapping[UUID, tuple[VisibleItem, ...]]:
    """As :func:`visible_items`, in all dealings in which something is open to us; the one that opened last first."""
    may(actor, "visible_items")
    own = organisation_of(actor)
    with reading(actor):
        granted = rows.Grant.objects.filter(reader=own, withdrawn_at=None, matter__ended_at=None)
        order = tuple(dict.fromkeys(granted.order_by("-granted_at", "id").values_list("matter", flat=True)))
        found = list(rows.Matter.objects.filter(id__in=order))
        known = _of_same_two(found)
        with looking_back(actor, matters=known):
            items = _visible(own, found, known)
    return {matter: items[matter] for matter in order if items.get(matter)}


def open_matters(actor: Actor) -> tuple[UUID, ...]:
    """The dealings of the actor's organisation that are not over."""
    found = rows.Matter.objects.filter(parties__organisation=actor.organisation, ended_at=None).order_by("id")
    return tuple(row.id for row in _going_on(list(found)))


def own_dealing(actor: Actor, *, matter: UUID, sides: Mapping[str, OwnAudit] = NONE_KNOWN) -> Dealing:
    """A dealing with both sides' audits, to decide upon and never to show; within ``deciding``.

    Args:
        actor: Who belongs to one of the two.
        matter: Which.
        sides: Audits that lie open already.

    Raises:
        NotThere: It is not the actor's.
        NotAllowed: One of the two was erased, so that it is over.
    """
    own, row = organisation_of(actor), rows.Matter.objects.get(id=matter)
    if not _going_on([row]):
        raise refusal("ended-matter")
    return dealing_of(own, row, sides)


def dealing_of(own: UUID, row: rows.Matter, sides: Mapping[str, OwnAudit] = NONE_KNOWN) -> Dealing:
    """As :func:`own_dealing`, where its row was read already, and neither side was erased."""
    (dealing,) = _dealings(own, [row], _of_same_two([row]))
    return replace(dealing, sides={each: sides.get(each) or load_audit(UUID(each)) for each in row.pair.split()})


def _of_same_two(found: Collection[rows.Matter]) -> list[rows.Matter]:
    """Some dealings, and those of the same two that are over, the earliest first."""
    return list(rows.Matter.objects.filter(pair__in={row.pair for row in found}).order_by("opened_at"))


def _going_on(found: Collection[rows.Matter]) -> list[rows.Matter]:
    """Those of which neither party was erased."""
    parties = {party for row in found for party in parties_of(row.pair)}
    erased = accounts.Organisation.objects.filter(id__in=parties, erased_at__isnull=False)
    gone = set(erased.values_list("id", flat=True))
    return [row for row in found if gone.isdisjoint(parties_of(row.pair))]


def _visible(
    own: UUID, found: Collection[rows.Matter], known: Collection[rows.Matter]
) -> Mapping[UUID, tuple[VisibleItem, ...]]:
    """What is open to one of the two, in dealings that have not ended and of which the keys are there."""
    dealings = _dealings(own, _going_on(found), known)
    granted = load_granted([dealing.id for dealing in dealings], own)
    return {dealing.id: agreed_items(dealing, granted.get(dealing.id, ()), owner=dealing.other) for dealing in dealings}


def _dealings(own: UUID, found: Collection[rows.Matter], known: Collection[rows.Matter]) -> tuple[Dealing, ...]:
    """Some dealings, without what either side says of itself now.

    Args:
        own: The organisation that acts or looks.
        found: Which; neither party was erased.
        known: These, and those of the same two that are over, the earliest first.
    """
    same_two = {row.pair: [each for each in known if each.pair == row.pair] for row in found}
    steps = load_steps([each for those in same_two.values() for each in those])
    return tuple(_dealing(own, row, [each.id for each in same_two[row.pair]], steps) for row in found)


def _dealing(own: UUID, row: rows.Matter, same_two: Iterable[UUID], steps: Steps) -> Dealing:
    earlier = [steps[each] for each in same_two if each != row.id]
    matter, claims = steps[row.id]
    return Dealing(
        id=row.id,
        circle=row.circle_id,
        own=own,
        steps=row.last_number,
        matter=matter,
        earlier=tuple(before for before, _claims in earlier),
        sides={},
        claims=tuple(claim for _before, told in earlier for claim in told) + claims,
    )


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
