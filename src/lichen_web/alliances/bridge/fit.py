"""Match cards, publications, proposals and their answers, as values and as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, QuerySet

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.disclosure.sight import Band
from lichen.scales import Sector, Size
from lichen_web.accounts import models as accounts
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances import keys
from lichen_web.alliances.blind import Answer
from lichen_web.alliances.models import Exclusions, MatchCard, ProbeCharge, Proposal, Publication

__all__ = [
    "Proposed",
    "Published",
    "card_place",
    "change_proposal",
    "charged",
    "end_proposals",
    "hold_proposals",
    "last_published",
    "load_cards",
    "load_charge",
    "load_exclusions",
    "load_leads",
    "load_proposals",
    "load_publication",
    "save_answer",
    "save_charge",
    "save_exclusions",
    "save_proposal",
    "save_publication",
    "withdraw_publication",
]


@dataclass(frozen=True, slots=True)
class Published:
    """What an organisation lets be compared in a circle."""

    id: UUID
    """Of the publication."""
    organisation: Organisation
    """Five gaps and five offers, without words."""
    published_at: datetime
    """Since when."""
    stands_until: datetime
    """Before this it cannot be replaced, not even by withdrawing it: else anybody could ask anew each night."""
    is_withdrawn: bool = False
    """Whether it was taken out of matching since."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal, opened by the side that it is for."""

    id: UUID
    """Of the proposal."""
    circle: UUID
    """In which circle."""
    other: str
    """Whom it is about, two with a space between for a ring: kept for what comes of it, and shown to nobody."""
    band: Band
    """How good the fit is."""
    sector: str
    """Of the other; empty where too few look alike."""
    region: str
    """The same."""
    size: str
    """The same."""
    made_at: datetime
    """When it was found."""
    answer: Answer | None = None
    """What this side said to it."""
    answered_by: UUID | None = None
    """Who said it for this side."""
    answered_at: datetime | None = None
    """When."""

    @property
    def others(self) -> frozenset[UUID]:
        """Whom it is about: one, or two where it is a ring."""
        return frozenset(map(UUID, self.other.split()))


def load_publication(organisation: UUID, circle: UUID) -> Published | None:
    """As :func:`last_published`; locked while it is dealt with."""
    return _last_published(Publication.objects.select_for_update(of=("self",)), organisation, circle)


def last_published(organisation: UUID, circle: UUID) -> Published | None:
    """What an organisation last let be compared in a circle, withdrawn since or not."""
    return _last_published(Publication.objects.all(), organisation, circle)


def _last_published(every: QuerySet[Publication], organisation: UUID, circle: UUID) -> Published | None:
    rows = every.select_related("organisation").filter(organisation=organisation, circle=circle)
    row = rows.order_by("-published_at", "-id").first()
    if row is None:
        return None
    entry = keys.open_own(organisation, row.sealed, row.wrapped_key, bound_to=_publication_place(row.id))
    card = _card(row.organisation, entry)
    return Published(row.id, card, row.published_at, row.stands_until, is_withdrawn=row.withdrawn_at is not None)


def save_publication(organisation: UUID, circle: UUID, card: Organisation, *, at: datetime, until: datetime) -> UUID:
    """Let a card be compared in a circle: one copy for its owner, one that only the matcher opens."""
    publication, entry = uuid4(), _entry(card)
    own = keys.seal(organisation, entry, bound_to=_publication_place(publication))
    Publication.objects.create(
        id=publication,
        organisation_id=organisation,
        circle_id=circle,
        published_at=at,
        stands_until=until,
        sealed=own.sealed,
        wrapped_key=own.wrapped_key,
    )
    MatchCard(publication_id=publication, sealed=keys.seal_to_matcher(entry, bound_to=card_place(publication))).save(
        force_insert=True
    )
    return publication


def withdraw_publication(publication: UUID, *, at: datetime) -> None:
    """Take a card out of matching."""
    Publication.objects.filter(id=publication, withdrawn_at=None).update(withdrawn_at=at)


def load_cards(circle: UUID) -> tuple[Organisation, ...]:
    """The cards of a circle, for the matcher alone: of members who are admitted and whose organisation stands."""
    members = accounts.CircleMembership.objects.filter(
        circle=circle,
        admitted_at__isnull=False,
        left_at=None,
        removed_at=None,
        organisation__suspended_at=None,
        organisation__erased_at=None,
    )
    cards = MatchCard.objects.select_related("publication__organisation").filter(
        publication__circle=circle,
        publication__withdrawn_at=None,
        publication__organisation__in=members.values("organisation"),
    )
    return tuple(
        _card(
            card.publication.organisation,
            keys.open_as_matcher(card.sealed, bound_to=card_place(card.publication_id)),
        )
        for card in cards
    )


def load_leads(organisations: Iterable[str]) -> dict[str, frozenset[str]]:
    """Who leads each organisation or ever led it, so that nobody counts for several; for the matcher."""
    led: dict[str, set[str]] = {each: set() for each in organisations}
    leading = accounts.Membership.objects.filter(role=Role.LEAD, organisation__in=[UUID(each) for each in led])
    for organisation, person in leading.values_list("organisation", "person"):
        led[str(organisation)].add(str(person))
    return {organisation: frozenset(people) for organisation, people in led.items()}


def load_charge(organisation: UUID, quarter: str) -> int:
    """How many codes an organisation has asked with in a quarter, locked until the transaction ends."""
    ProbeCharge.objects.get_or_create(organisation_id=organisation, quarter=quarter)
    return ProbeCharge.objects.select_for_update().get(organisation=organisation, quarter=quarter).codes


def charged(organisation: UUID, quarter: str) -> int:
    """The same, to look at."""
    rows = ProbeCharge.objects.filter(organisation=organisation, quarter=quarter)
    return rows.values_list("codes", flat=True).first() or 0


def save_charge(organisation: UUID, quarter: str, codes: int) -> None:
    """Charge an organisation for more codes; the database adds, so that no charge is lost."""
    ProbeCharge.objects.filter(organisation=organisation, quarter=quarter).update(codes=F("codes") + codes)


def hold_proposals(organisation: UUID, circle: UUID) -> None:
    """Nobody answers or ends what stands for an organisation in a circle until the transaction is over.

    What is read after this is what stands: an answer that came in the moment before is not written over.
    """
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(organisation=organisation, circle=circle, ended_at=None).order_by("id").values_list("id"))


def load_proposals(organisation: UUID, circle: UUID | None = None) -> tuple[Proposed, ...]:
    """The proposals that stand for an organisation, the newest first."""
    rows = Proposal.objects.filter(organisation=organisation, ended_at=None).order_by("-made_at", "id")
    found = list(rows if circle is None else rows.filter(circle=circle))
    answered = [(row, row.answered_at) for row in found if row.answered_at]
    parts = [(row.sealed, row.wrapped_key, _proposal_place(row.id, row.circle_id)) for row in found]
    parts += [(row.answer or b"", row.answer_key or b"", _answer_place(row.id)) for row, _at in answered]
    opened = keys.open_all_own(organisation, parts) if parts else ()
    answers = zip(answered, opened[len(found) :], strict=True)
    said = {row.id: _answered(entry, at) for (row, at), entry in answers}
    return tuple(
        Proposed(
            row.id,
            row.circle_id,
            made_at=row.made_at,
            **{**entry, "band": Band(entry["band"])},
            **said.get(row.id, {}),
        )
        for row, entry in zip(found, opened, strict=False)
    )


def save_proposal(organisation: UUID, circle: UUID, entry: Mapping[str, str], *, method: str, at: datetime) -> UUID:
    """Propose somebody to an organisation, sealed under its own keys.

    Args:
        organisation: To whom.
        circle: In which circle.
        entry: other, band, sector, region and size.
        method: How it was found.
        at: When.

    Returns:
        The id of the proposal.
    """
    proposal = uuid4()
    own = keys.seal(organisation, entry, bound_to=_proposal_place(proposal, circle))
    Proposal.objects.create(
        id=proposal,
        organisation_id=organisation,
        circle_id=circle,
        sealed=own.sealed,
        wrapped_key=own.wrapped_key,
        method=method,
        made_at=at,
    )
    return proposal


def change_proposal(
    organisation: UUID, standing: Proposed, entry: Mapping[str, str], *, method: str, at: datetime
) -> None:
    """Tell more or less of the same in a row of its own; what was answered stays, unless the fit is another now."""
    end_proposals([standing.id], at=at)
    is_same = entry["band"] == standing.band
    since = standing.made_at if is_same else at
    proposal = save_proposal(organisation, standing.circle, entry, method=method, at=since)
    if is_same and standing.answered_by and standing.answered_at:
        save_answer(organisation, proposal, standing.answer, by=standing.answered_by, at=standing.answered_at)


def save_answer(organisation: UUID, proposal: UUID, answer: Answer | None, *, by: UUID, at: datetime) -> None:
    """Write down what a side says to a proposal that stands; none takes back what it said.

    Sealed, so that yes and no look alike to whoever holds the table; that somebody answered is all that it tells.
    """
    said = {"answer": answer or "", "by": str(by)}
    own = keys.seal(organisation, said, bound_to=_answer_place(proposal))
    Proposal.objects.filter(id=proposal, organisation=organisation, ended_at=None).update(
        answer=own.sealed, answer_key=own.wrapped_key, answered_at=at
    )


def end_proposals(proposals: Iterable[UUID], *, at: datetime) -> None:
    """Let proposals stand no longer."""
    Proposal.objects.filter(id__in=list(proposals), ended_at=None).update(ended_at=at)


def load_exclusions(organisation: UUID) -> frozenset[UUID]:
    """Whom an organisation never wants to be introduced to."""
    row = Exclusions.objects.filter(organisation=organisation).first()
    if row is None:
        return frozenset()
    entry = keys.open_own(organisation, row.sealed, row.wrapped_key, bound_to=_exclusions_place())
    return frozenset(map(UUID, entry["never"]))


def save_exclusions(organisation: UUID, never: Iterable[UUID], *, at: datetime) -> None:
    """Write the whole list anew; its owner's row is held meanwhile."""
    own = keys.seal(organisation, {"never": sorted(map(str, never))}, bound_to=_exclusions_place())
    content = {"sealed": own.sealed, "wrapped_key": own.wrapped_key, "changed_at": at}
    Exclusions.objects.update_or_create(organisation_id=organisation, defaults=content)


def _answered(said: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """What was said to a proposal; nothing where it was taken back."""
    if not said["answer"]:
        return {}
    return {"answer": Answer(said["answer"]), "answered_by": UUID(said["by"]), "answered_at": at}


def _answer_place(proposal: UUID) -> tuple[str, ...]:
    return ("lichen_proposal", str(proposal), "answer")


def _exclusions_place() -> tuple[str, ...]:
    return ("lichen_exclusions",)


def _publication_place(publication: UUID) -> tuple[str, ...]:
    return ("lichen_publication", str(publication))


def card_place(publication: UUID) -> tuple[str, ...]:
    """To what a match card is bound."""
    return ("lichen_match_card", str(publication))


def _proposal_place(proposal: UUID, circle: UUID) -> tuple[str, ...]:
    return ("lichen_proposal", str(proposal), str(circle))


def _entry(card: Organisation) -> dict[str, Any]:
    return {
        "sector": str(card.sector),
        "country": card.country,
        "region": card.region,
        "size": str(card.size),
        "gaps": [[gap.code, gap.severity, gap.rank] for gap in card.vulnerabilities],
        "offers": [[offer.code, offer.strength, offer.evidence] for offer in card.offers],
    }


def _card(organisation: accounts.Organisation, entry: Mapping[str, Any]) -> Organisation:
    """The card as it was published: who looks like whom stands as long as what is compared."""
    return Organisation(
        str(organisation.id),
        organisation.name,
        sector=Sector(entry["sector"]),
        country=entry["country"],
        region=entry["region"],
        size=Size(entry["size"]),
        vulnerabilities=tuple(Vulnerability(*gap) for gap in entry["gaps"]),
        offers=tuple(Offer(*offer) for offer in entry["offers"]),
    )
