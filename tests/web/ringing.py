"""Three of the cast's circle who are a ring: each has what the next one lacks, and no two fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from uuid import UUID

from lichen.audit.values import Audit, Offer, Readiness, Vulnerability
from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances.access.actors import Actor, actor_for
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.dealings import dealing_with
from lichen_web.alliances.access.disclosure import VisibleItem, visible_items
from lichen_web.alliances.actions import ringing
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.circles import admit, ask_to_join
from lichen_web.alliances.actions.disclosure import introduce
from lichen_web.alliances.actions.organisations import found_organisation
from tests import cast
from tests.web.people import WebCast, signed_up

__all__ = ["AROUND", "NOW", "Ring", "agree", "entered_alone", "gaps_of", "of", "read", "ringed", "tell", "two_of"]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AROUND = (
    ("reach.media", "reach.young_people"),
    ("assets.vehicles", "ops.logistics"),
    ("knowledge.medical", "assets.venue"),
)
"""What each lacks, and the one after it has."""
BESIDES = ("knowledge.evaluation", "people.volunteers", "funding.fundraising")
"""What all lack, and nobody has: five gaps make an audit whole."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Three who speak for their organisations, of whom each is helped by the next."""

    people: WebCast
    three: tuple[Actor, ...]

    def matter(self, one: int, other: int) -> UUID:
        """The dealing of two of them."""
        found = dealing_with(self.three[one], other=of(self.three[other]))
        assert found is not None
        return found


def of(actor: Actor) -> UUID:
    assert actor.organisation is not None
    return actor.organisation


def entered_alone(people: WebCast, name: str, audit: Audit) -> Actor:
    """Whoever leads and speaks for one more organisation of the circle, which has written down its audit."""
    who, like = signed_up(name), cast.stranger
    organisation = found_organisation(
        who,
        name=f"{name}'s",
        sector=like.sector,
        country=like.country,
        region=like.region,
        size=like.size,
        website="",
        is_public_body=False,
        at=NOW,
    )
    lead = replace(actor_for(who.person, organisation), speaks=True)
    asked = ask_to_join(lead, circle=people.circle, statement="We are.", signed_name=name, at=NOW)
    admit(people.convener, membership=asked, at=NOW)
    record_audit(lead, audit=audit, at=NOW)
    return actor_for(who.person, organisation)


def ringed(people: WebCast, names: tuple[str, str, str] = ("Rhea Ring", "Sol Ring", "Tia Ring")) -> Ring:
    """All three have said yes, and have met, as the worker writes it down."""
    three = tuple(entered_alone(people, name, _audit(number)) for number, name in enumerate(names))
    for one, other in combinations(sorted(three, key=of), 2):
        third = next(each for each in three if each not in {one, other})
        introduce(one, other, circle=people.circle, third=of(third), at=NOW)
    return Ring(people, three)


def two_of(ring: Ring, who: int) -> tuple[UUID, UUID]:
    """The two dealings of one of them: with whoever helps it, and with the other."""
    return ring.matter(who, (who + 1) % 3), ring.matter(who, (who + 2) % 3)


def gaps_of(actor: Actor) -> dict[str, tuple[UUID, int]]:
    return {item.code: (item.id, item.version) for item in own_audit(actor).gaps}


def among(ring: Ring, who: int) -> dict[UUID, dict[UUID, int]]:
    """Every gap, ticked for both."""
    return {matter: dict(gaps_of(ring.three[who]).values()) for matter in two_of(ring, who)}


def agree(ring: Ring, *members: int, at: datetime = NOW) -> None:
    """These agree to all that can be shown to either."""
    for who in members:
        matter, _other = two_of(ring, who)
        ringing.agree_to_ring_codes(ring.three[who], matter=matter, among=among(ring, who), at=at)


def tell(ring: Ring, who: int, place: int = 0) -> None:
    """One tells the one who helps it the first, or another, of what it lacks."""
    gap, version = gaps_of(ring.three[who])[AROUND[who][place]]
    matter, _other = two_of(ring, who)
    ringing.disclose_in_ring(ring.three[who], matter=matter, vulnerability=gap, version=version, at=NOW)


def read(ring: Ring, reader: int, owner: int) -> dict[str, VisibleItem]:
    """What one of them reads of another, by code."""
    matter = ring.matter(reader, owner)
    return {item.code: item for item in visible_items(ring.three[reader], matter=matter)}


def _audit(number: int) -> Audit:
    said = {"relevance": Relevance.YES, "sensitivity": Sensitivity.LOW}
    lacks = tuple(
        Vulnerability(code, 4, rank, words=f"The confession about {code}.", **said)
        for rank, code in enumerate((*AROUND[number], *BESIDES), 1)
    )
    offers = tuple(Offer(code, 5, 5) for code in AROUND[(number + 2) % 3])
    card = replace(cast.stranger, vulnerabilities=lacks, offers=offers)
    return Audit(card, Readiness(leadership_aligned=True, hours=3.0))
