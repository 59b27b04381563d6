"""What is carried about in these tests: the cast, their audits, and a gap that one of them showed to another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from lichen.audit.values import Audit, Organisation
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.disclosure import visible_items
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.disclosure import agree_to_codes, disclose_vulnerability, propose_matter, say_yes
from lichen_web.alliances.copies.rows import Tally, read_lines, snapshot, tally_of
from lichen_web.alliances.copies.tables import schema_of, tables_at
from tests import cast
from tests.web.people import WebCast, cast_of

__all__ = ["AT", "CODE", "CONFESSED", "PLANTED", "WORDS", "Scene", "everything", "own_words", "scene_of", "seen"]

AT = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)
WORDS, CODE = "Zyxquark keeps us awake at night", "trust.underserved"
CONFESSED = (WORDS, CODE, "funding.grantmaking")
PLANTED = (*CONFESSED, "Brigid Nolan", "brigid@example.org", "St Brigid's Hospital", "Eastfield table")
"""Words, codes, names and an address, none of which may be read in a backup."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is there, and what was confessed."""

    cast: WebCast
    matter: UUID
    """In which the hospital showed a gap to the churches."""


def scene_of(at: datetime = AT) -> Scene:
    """Build it by the actions, within the hours after a moment."""
    there, then = cast_of(at), at + timedelta(hours=1)
    houses = {there.hospital: cast.hospital, there.churches: cast.churches, there.stranger: cast.farmers}
    for house, organisation in houses.items():
        record_audit(house.lead, audit=Audit(_planted(organisation)), at=then)
    matter = propose_matter(there.hospital.lead, circle=there.circle, other=there.churches.id, at=then)
    say_yes(there.churches.lead, matter=matter, at=then)
    for house in (there.hospital, there.churches):
        agree_to_codes(house.lead, matter=matter, at=then)
    shown = next(item.id for item in own_audit(there.hospital.lead).gaps if item.code == CODE)
    disclose_vulnerability(there.hospital.lead, matter=matter, vulnerability=shown, at=then)
    return Scene(there, matter)


def own_words(actor: Actor) -> list[str]:
    """The words of the gaps of the actor's own organisation."""
    return [item.vulnerability.words for item in own_audit(actor).gaps if item.vulnerability]


def seen(actor: Actor, matter: UUID) -> list[str]:
    """The words that the other side of a dealing has shown to the actor's organisation."""
    return [item.vulnerability.words for item in visible_items(actor, matter=matter) if item.vulnerability]


def _planted(organisation: Organisation) -> Organisation:
    """The organisation with the planted words in its first gap."""
    first, *others = organisation.vulnerabilities
    return replace(organisation, vulnerabilities=(replace(first, words=WORDS), *others))


def everything() -> dict[str, Tally]:
    """How much there is of each table of the database that is set, and which."""
    with snapshot("default"):
        return {table.name: tally_of(read_lines(table, "default")) for table in tables_at(schema_of("default"))}
