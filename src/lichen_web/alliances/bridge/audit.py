"""Sealed rows of gaps and offers to the values of an audit, and back.

A part is never changed: what is edited is sealed anew, under new keys, as the next version. What a reader was granted
stays as it was for as long as the grant stands; every other part that is out of date is thrown away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from lichen.audit import values
from lichen.audit.values import Audit, Opening, Readiness, Source
from lichen.scales import Relevance, Sector, Sensitivity, Size
from lichen_web.accounts.models import Organisation
from lichen_web.accounts.models.organisation import Scope
from lichen_web.alliances import keys
from lichen_web.alliances.models import Grant, Offer, SealedPart, Sitting, Vulnerability
from lichen_web.prepared import Prepared

__all__ = [
    "CODE_RUNG",
    "KEPT_REMOVED",
    "WORDS_RUNG",
    "OwnAudit",
    "OwnItem",
    "OwnOffer",
    "drop_unneeded_parts",
    "load_audit",
    "load_removed",
    "part_place",
    "save_offer",
    "save_sitting",
    "save_vulnerability",
    "shown_vulnerability",
]

CODE_RUNG, WORDS_RUNG = 3, 4
"""On which rung the parts of a gap lie. An offer has one part, on the first of them."""
KEPT_REMOVED = timedelta(days=30)
"""How long what was removed can be put back."""

_CODE_FIELDS = {"code", "sensitivity"}
_PARTS_OF_SCOPE: Mapping[Scope, Q] = {
    Scope.OFFERS: Q(offer__isnull=False),
    Scope.GAPS: Q(vulnerability__isnull=False, rung=CODE_RUNG),
    Scope.WORDS: Q(vulnerability__isnull=False, rung=WORDS_RUNG),
}
_LAST = 10**9
_PROFILE = Prepared(
    lambda organisation: Organisation.objects.filter(id=organisation).values_list(
        "name", "sector", "country", "region", "size"
    )
)
_SITTING = Prepared(
    lambda organisation: Sitting.objects.filter(organisation=organisation).values_list(
        "version", "sealed", "wrapped_key"
    )
)
_ITEM = ("id", "version", "made_at", "changed_at", "removed_at")
_READ = (
    *("sealed", "wrapped_key", "rung", "version"),
    *(f"vulnerability__{name}" for name in _ITEM),
    *(f"offer__{name}" for name in (*_ITEM, "is_public")),
)
"""What is read of every part and of its item: an audit has a hundred, and no more of them is needed."""
_UNNEEDED = Prepared(
    lambda organisation: SealedPart.objects.filter(
        ~Exists(Grant.objects.filter(part=OuterRef("id"), withdrawn_at=None)),
        Q(vulnerability__isnull=False) & ~Q(version=F("vulnerability__version"))
        | Q(offer__isnull=False) & ~Q(version=F("offer__version"))
        | Q(vulnerability__removed_at__isnull=False)
        | Q(offer__removed_at__isnull=False),
        organisation=organisation,
    ).values_list(
        "id", "version", "vulnerability__version", "vulnerability__removed_at", "offer__version", "offer__removed_at"
    )
)
"""Parts that no standing grant needs and that are out of date, or whose item was removed."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The row of a gap or an offer, as far as it is clear."""

    id: UUID
    version: int
    made_at: datetime
    changed_at: datetime
    removed_at: datetime | None
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One sealed part with the row of its item."""

    sealed: bytes
    wrapped_key: bytes
    rung: int
    version: int
    vulnerability: _Row | None
    offer: _Row | None

    @property
    def vulnerability_id(self) -> UUID | None:
        return self.vulnerability.id if self.vulnerability else None

    @property
    def offer_id(self) -> UUID | None:
        return self.offer.id if self.offer else None


@dataclass(frozen=True, slots=True)
class OwnItem:
    """One gap of an organisation, as it is now."""

    id: UUID
    """Which."""
    version: int
    """Counts its changes; who changes it names the version that they saw."""
    made_at: datetime
    """When it was named."""
    changed_at: datetime
    """When it was last changed."""
    code: str
    """A code of the taxonomy, or empty where none was recognised."""
    sensitivity: Sensitivity | None
    """As its owner says; None takes the taxonomy's."""
    vulnerability: values.Vulnerability | None = None
    """All of it; None for a facilitator to whom the words are not open."""
    removed_at: datetime | None = None
    """When it was taken out; None while it stands."""


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """One offer of an organisation, as it is now."""

    id: UUID
    """Which."""
    version: int
    """Counts its changes."""
    made_at: datetime
    """When it was named."""
    changed_at: datetime
    """When it was last changed."""
    is_public: bool
    """Whether everybody may see it."""
    offer: values.Offer
    """All of it."""
    removed_at: datetime | None = None
    """When it was taken out; None while it stands."""

    @property
    def code(self) -> str:
        """A code of the taxonomy, or empty where none was recognised."""
        return self.offer.code


@dataclass(frozen=True, slots=True)
class OwnAudit:
    """What an organisation says of itself, as far as it was opened to whoever looks."""

    organisation: values.Organisation
    """Who it is; its id is that of the row. Without gaps and offers: they are in :attr:`audit`."""
    gaps: tuple[OwnItem, ...] = ()
    """What it lacks, what needs outside help most first."""
    offers: tuple[OwnOffer, ...] = ()
    """What it can give, in the order in which it was named."""
    readiness: Readiness = field(default_factory=Readiness)
    """Whether it is ready to be open."""
    opening: Opening = field(default_factory=Opening)
    """Its answers to the two opening questions."""
    audited_on: date | None = None
    """The day on which the audit was finished."""
    sitting_version: int = 0
    """Counts the changes of the three above; 0 while nothing was said."""

    @property
    def id(self) -> UUID:
        """The id of its row."""
        return UUID(self.organisation.id)

    @property
    def audit(self) -> Audit:
        """The value that the library works on."""
        gaps = tuple(item.vulnerability for item in self.gaps if item.vulnerability is not None)
        offers = tuple(own.offer for own in self.offers)
        organisation = replace(self.organisation, vulnerabilities=gaps, offers=offers)
        return Audit(organisation, self.readiness, self.opening, self.audited_on)


# --- Reading ---------------------------------------------------------------------------------------------------------


def load_audit(
    organisation: UUID,
    scopes: Collection[Scope] = tuple(Scope),
    *,
    whole: UUID | None = None,
    alone: UUID | None = None,
) -> OwnAudit:
    """The audit of an organisation. What is not asked for is not even opened.

    Args:
        organisation: Whose.
        scopes: What of it: its offers, its gaps as codes, the words of its gaps and of the sitting.
        whole: A gap of which all is asked for, whatever the scopes are.
        alone: The only gap or offer that is asked for, if it is one.

    Raises:
        Unopened: Its keys are gone, or a part is not what was sealed.
    """
    profile = _profile(organisation)
    parts = _current_parts(organisation, scopes, whole, alone) if scopes else []
    has_sitting = Scope.WORDS in scopes and alone is None
    sittings = _SITTING(organisation) if has_sitting else []
    sealed = [(part.sealed, part.wrapped_key, part_place(part)) for part in parts]
    sealed += [(content, wrapped_key, _sitting_place(version)) for version, content, wrapped_key in sittings]
    opened = keys.open_all_own(organisation, sealed) if sealed else ()
    said = {**_sitting(opened[-1]), "sitting_version": sittings[0][0]} if sittings else {}
    return OwnAudit(profile, _items(parts, opened), _offers(parts, opened), **said)


def load_removed(organisation: UUID, *, at: datetime) -> tuple[OwnItem | OwnOffer, ...]:
    """The gaps and offers that were removed and can still be put back, the last one first."""
    since = at - KEPT_REMOVED
    gaps = Q(vulnerability__removed_at__gt=since, version=F("vulnerability__version"))
    offers = Q(offer__removed_at__gt=since, version=F("offer__version"))
    parts = list(
        SealedPart.objects.filter(gaps | offers, organisation=organisation).select_related("vulnerability", "offer")
    )
    sealed = [(part.sealed, part.wrapped_key, part_place(part)) for part in parts]
    opened = keys.open_all_own(organisation, sealed) if sealed else ()
    found: tuple[OwnItem | OwnOffer, ...] = (*_items(parts, opened), *_offers(parts, opened))
    return tuple(sorted(found, key=lambda item: item.removed_at or at, reverse=True))


def part_place(part: SealedPart | _Part) -> tuple[str, ...]:
    """To what a part is bound, besides its owner: it does not open as another's, on another rung or version."""
    table = Vulnerability._meta.db_table if part.vulnerability_id else Offer._meta.db_table
    return (table, str(part.vulnerability_id or part.offer_id), str(part.rung), str(part.version))


def shown_vulnerability(codes: Mapping[str, Any], words: Mapping[str, Any]) -> values.Vulnerability:
    """The gap that two opened parts hold together."""
    source = words["source"]
    return values.Vulnerability(
        **{
            **words,
            "code": codes["code"],
            "sensitivity": Sensitivity(codes["sensitivity"]) if codes["sensitivity"] else None,
            "relevance": Relevance(words["relevance"]),
            "source": Source(**source) if source else None,
        }
    )


def _profile(organisation: UUID) -> values.Organisation:
    [(name, sector, country, region, size)] = _PROFILE(organisation)
    return values.Organisation(
        id=str(organisation),
        name=name,
        sector=Sector(sector),
        country=country,
        region=region,
        size=Size(size) if size else Size.UNKNOWN,
    )


def _current_parts(
    organisation: UUID, scopes: Collection[Scope], whole: UUID | None, alone: UUID | None
) -> list[_Part]:
    question = _current(frozenset(scopes), has_whole=whole is not None, has_alone=alone is not None)
    return [_part(row) for row in question(organisation, *(each for each in (whole, alone) if each is not None))]


@cache
def _current(scopes: frozenset[Scope], *, has_whole: bool, has_alone: bool) -> Prepared:
    """The question about the parts of now, for one choice of what is asked for."""

    def question(organisation: UUID, *others: UUID) -> Any:
        asked = Q()
        for scope in () if scopes == {*Scope} else sorted(scopes):
            asked |= _PARTS_OF_SCOPE[scope]
        if has_whole:
            asked |= Q(vulnerability=others[0])
        if has_alone:
            asked &= Q(vulnerability=others[-1]) | Q(offer=others[-1])
        gaps = Q(vulnerability__isnull=False, vulnerability__removed_at=None, version=F("vulnerability__version"))
        offers = Q(offer__isnull=False, offer__removed_at=None, version=F("offer__version"))
        of_now = SealedPart.objects.filter(asked, gaps | offers, organisation=organisation)
        return of_now.order_by("rung").values_list(*_READ)

    return Prepared(question)


def _part(row: tuple[Any, ...]) -> _Part:
    sealed, wrapped_key, rung, version, *items = row
    gap, offer = items[: len(_ITEM)], items[len(_ITEM) :]
    return _Part(sealed, wrapped_key, rung, version, _Row(*gap) if gap[0] else None, _Row(*offer) if offer[0] else None)


def _items(parts: Collection[_Part | SealedPart], opened: Collection[Mapping[str, Any]]) -> tuple[OwnItem, ...]:
    found: dict[UUID, tuple[_Row | Vulnerability, dict[int, Mapping[str, Any]]]] = {}
    for part, content in zip(parts, opened, strict=False):
        if part.vulnerability:
            found.setdefault(part.vulnerability.id, (part.vulnerability, {}))[1][part.rung] = content
    items = (_item(row, rungs) for row, rungs in found.values() if CODE_RUNG in rungs)
    return tuple(sorted(items, key=_by_rank))


def _item(row: _Row | Vulnerability, rungs: Mapping[int, Mapping[str, Any]]) -> OwnItem:
    codes = rungs[CODE_RUNG]
    return OwnItem(
        id=row.id,
        version=row.version,
        made_at=row.made_at,
        changed_at=row.changed_at,
        code=codes["code"],
        sensitivity=Sensitivity(codes["sensitivity"]) if codes["sensitivity"] else None,
        vulnerability=shown_vulnerability(codes, rungs[WORDS_RUNG]) if WORDS_RUNG in rungs else None,
        removed_at=row.removed_at,
    )


def _by_rank(item: OwnItem) -> tuple[int, datetime, str]:
    rank = item.vulnerability.rank if item.vulnerability else None
    return rank or _LAST, item.made_at, item.code


def _offers(parts: Collection[_Part | SealedPart], opened: Collection[Mapping[str, Any]]) -> tuple[OwnOffer, ...]:
    found = (
        _offer(part.offer, content) for part, content in zip(parts, opened, strict=False) if part.offer is not None
    )
    return tuple(sorted(found, key=lambda own: (own.made_at, own.offer.code)))


def _offer(row: _Row | Offer, content: Mapping[str, Any]) -> OwnOffer:
    source = content["source"]
    said = {**content, "kinds": tuple(content["kinds"]), "source": Source(**source) if source else None}
    offer = values.Offer(**said)
    return OwnOffer(row.id, row.version, row.made_at, row.changed_at, row.is_public, offer, row.removed_at)


def _sitting(content: Mapping[str, Any]) -> dict[str, Any]:
    audited_on = content["audited_on"]
    return {
        "readiness": Readiness(**content["readiness"]),
        "opening": Opening(**content["opening"]),
        "audited_on": date.fromisoformat(audited_on) if audited_on else None,
    }


# --- Writing ---------------------------------------------------------------------------------------------------------


def save_vulnerability(
    organisation: UUID, gap: values.Vulnerability, *, before: OwnItem | None = None, at: datetime
) -> UUID:
    """Seal a gap: a new one, or the next version of one. Whoever saves holds the organisation's row.

    Args:
        organisation: Whose.
        gap: What is said now.
        before: The version that stood; None for a new gap.
        at: When.

    Returns:
        The id of its row.
    """
    item, version = _next_version(Vulnerability, organisation, before, at)
    content = asdict(gap)
    codes = {name: content.pop(name) for name in _CODE_FIELDS}
    place = {"organisation_id": organisation, "vulnerability_id": item, "version": version}
    parts = [SealedPart(**place, rung=rung) for rung in (CODE_RUNG, WORDS_RUNG)]
    _seal(organisation, parts, (codes, content), at)
    return item


def save_offer(organisation: UUID, offer: values.Offer, *, before: OwnOffer | None = None, at: datetime) -> UUID:
    """As :func:`save_vulnerability`, for an offer."""
    item, version = _next_version(Offer, organisation, before, at)
    part = SealedPart(organisation_id=organisation, offer_id=item, rung=CODE_RUNG, version=version)
    _seal(organisation, [part], [asdict(offer)], at)
    return item


def save_sitting(
    organisation: UUID, readiness: Readiness, opening: Opening, audited_on: date | None, *, at: datetime
) -> None:
    """Seal how the audit was made; what stood there before is gone."""
    stood = Sitting.objects.filter(organisation=organisation).values_list("version", flat=True).first() or 0
    content = {
        "readiness": asdict(readiness),
        "opening": asdict(opening),
        "audited_on": audited_on.isoformat() if audited_on else None,
    }
    made = keys.seal(organisation, content, bound_to=_sitting_place(stood + 1))
    Sitting.objects.update_or_create(
        organisation_id=organisation,
        defaults={
            "version": stood + 1,
            "sealed": made.sealed,
            "wrapped_key": made.wrapped_key,
            "recorded_at": at,
        },
    )


def drop_unneeded_parts(organisation: UUID, *, at: datetime) -> None:
    """Throw away every part that is out of date, or was removed long ago, and that no standing grant needs."""
    gone = [part for part, *of_item in _UNNEEDED(organisation) if _is_over(*of_item, before=at - KEPT_REMOVED)]
    if gone:
        SealedPart.objects.filter(id__in=gone).delete()


def _is_over(
    version: int,
    gap_version: int | None,
    gap_removed_at: datetime | None,
    offer_version: int | None,
    offer_removed_at: datetime | None,
    *,
    before: datetime,
) -> bool:
    removed_at = gap_removed_at or offer_removed_at
    return version != (gap_version or offer_version) or (removed_at is not None and removed_at <= before)


def _next_version(
    table: type[Vulnerability | Offer], organisation: UUID, before: OwnItem | OwnOffer | None, at: datetime
) -> tuple[UUID, int]:
    """The id of a new item and 1, or that of one that is said anew and its next version."""
    if before is None:
        return table.objects.create(organisation_id=organisation, made_at=at, changed_at=at).id, 1
    version = before.version + 1
    table.objects.filter(id=before.id, organisation=organisation).update(version=version, changed_at=at)
    return before.id, version


def _seal(organisation: UUID, parts: Sequence[SealedPart], contents: Sequence[Mapping[str, Any]], at: datetime) -> None:
    made = keys.seal_all(organisation, zip(contents, map(part_place, parts), strict=True))
    for part, one in zip(parts, made, strict=True):
        part.sealed, part.wrapped_key, part.sealed_at = one.sealed, one.wrapped_key, at
    SealedPart.objects.bulk_create(parts)


def _sitting_place(version: int) -> tuple[str, ...]:
    return (Sitting._meta.db_table, str(version))
