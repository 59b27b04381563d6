"""Listing organisations that are no members: many at once by the host, one by one by members. Public data alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lichen.audit.names import MentionKind, people_named
from lichen.audit.values import Offer, Organisation, Source
from lichen.capabilities.recognise import recognise
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError, NotAllowed, Problem, refuse
from lichen.paper import one_line
from lichen.registry.listable import has_registration, listable, spoken_name
from lichen.registry.suggestions import LEAST_CONFIDENCE
from lichen.scales import Sector, Size
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.listed import added_by
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.actions.audit.writing import changed_meanwhile
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.given import choice_problems, line_problems, tidy
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.listed import delisted, items_of, list_changed, reference_of
from lichen_web.alliances.events import record
from lichen_web.alliances.models import Event, ListedOrganisation
from lichen_web.alliances.models.event import ChainOf

__all__ = ["ADDED_A_DAY", "AT_ONCE", "Tally", "add_listed", "change_listed", "list_organisations", "withdraw_listed"]

AT_ONCE = 500
"""How many organisations are written in one transaction; nobody else's waits longer than for these."""
ADDED_A_DAY = 20
"""How many an organisation can add by hand in a day: the list is for others, too."""
_SEEN = 0.8
"""How likely it is that somebody who saw an organisation do something, and chose what to call it, means that."""
_SURELY_PEOPLE = {MentionKind.TITLE, MentionKind.ROLE, MentionKind.EMAIL, MentionKind.PHONE}
"""What gives a person away beyond doubt; a hall may bear a given name."""
_DAY = timedelta(days=1)
_CONTENT = ("name", "spoken_name", "reference", "sector", "country", "region", "size", "website", "items", "source")


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the organisations of a file. Each is one of added, updated, unchanged and what follows."""

    added: int = 0
    """Listed from now on."""
    updated: int = 0
    """Listed before, and said anew."""
    unchanged: int = 0
    """Listed before, as it stands there."""
    corrected: int = 0
    """Left as it is, since the host put it right by hand."""
    delisted: int = 0
    """Left out: it asked not to be listed."""
    unnamed: int = 0
    """Left out: it has no name, or one that is no single line."""
    repeated: int = 0
    """Left out: it stands further up under the same name and country, and has no number on a register."""
    items_left_out: tuple[tuple[str, int], ...] = ()
    """How many of their gaps and offers were left out, by the reason."""

    @property
    def seen(self) -> int:
        """How many organisations there were."""
        kept = self.added + self.updated + self.unchanged + self.corrected
        return kept + self.delisted + self.unnamed + self.repeated


def list_organisations(
    organisations: Sequence[Organisation],
    *,
    source: str,
    at: datetime,
    is_dry: bool = False,
    progress: Callable[[int], None] = lambda _done: None,
) -> Tally:
    """List organisations from a file, as the host, at the server's own terminal.

    Known again is who has the same number on a register, or without one the same name and country. What is not in
    the file stays listed. It is done in small transactions: who is interrupted runs it again.

    Args:
        organisations: As they were read. Gaps and offers that name no public record are left out, and so are
            guesses at anything sensitive.
        source: From which file or record they come.
        at: When.
        is_dry: Whether only to count.
        progress: Is told how many are done, now and then.

    Returns:
        What became of them.
    """
    counts: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    met: set[str] = set()
    for start in range(0, len(organisations), AT_ONCE):
        some = organisations[start : start + AT_ONCE]
        with working():
            changed = _list_some(some, one_line(source), at, is_dry, counts, left_out, met)
            if changed and not is_dry:
                list_changed()
        progress(start + len(some))
    tally = Tally(**counts, items_left_out=tuple(sorted(left_out.items())))
    if not is_dry and tally.added + tally.updated:
        with working():
            told = {"added": str(tally.added), "updated": str(tally.updated)}
            record("organisations_listed", of=ChainOf.HOST, at=at, payload=told)
    return tally


def add_listed(actor: Actor, *, at: datetime, **said: Any) -> UUID:
    """List one organisation that a member knows; everybody on this host finds it from then on.

    Args:
        actor: Who adds it.
        at: When.
        said: What is known of it, as :func:`_seen_by_hand` takes it.

    Returns:
        The id of its row.

    Raises:
        InputError: Something cannot be used, is no public knowledge, or the organisation is listed already.
        NotAllowed: It asked not to be listed, or a day's number is reached.
    """
    row = _seen_by_hand(**said, at=at)
    with begun(actor, "add_listed") as who:
        _count_those_of_today(who, at)
        _kept(row, is_new=True)
        _tell("organisation_listed", who, row.id, at)
    return row.id


def change_listed(actor: Actor, *, listed: UUID, seen_at: datetime, at: datetime, **said: Any) -> None:
    """Put right what we added by hand; what a register or the host has written since is not ours any more.

    Args:
        actor: A lead or a member of the organisation that added it.
        listed: Which.
        seen_at: When what they saw there was written.
        at: When.
        said: What is known of it, as :func:`_seen_by_hand` takes it.

    Raises:
        InputError: Something cannot be used, or another one is listed so.
        NotAllowed: A colleague changed it meanwhile, or under its new name it asked not to be listed.
        NotThere: We did not add it, or something else has replaced what we wrote.
    """
    seen = _seen_by_hand(**said, at=at)
    with begun(actor, "change_listed") as who:
        row = _own_row(who, listed)
        if row.changed_at != seen_at:
            raise changed_meanwhile()
        for column in _CONTENT:
            setattr(row, column, getattr(seen, column))
        row.changed_at = at
        _kept(row, is_new=False)
        _tell("listed_changed", who, row.id, at)


def withdraw_listed(actor: Actor, *, listed: UUID, at: datetime) -> None:
    """Take back what we added by hand. It may be added or imported again; notes about it stay.

    Raises:
        NotThere: We did not add it, or something else has replaced what we wrote.
    """
    with begun(actor, "withdraw_listed") as who:
        row = _own_row(who, listed)
        row.delete()
        list_changed()
        _tell("listed_withdrawn", who, listed, at)


def _seen_by_hand(
    *,
    name: str,
    sector: str,
    country: str,
    region: str,
    size: str,
    website: str,
    reference: str,
    offers: Collection[str],
    evidence: int,
    source: str,
    source_url: str,
    at: datetime,
) -> ListedOrganisation:
    """A row of what somebody writes who knows the organisation.

    Args:
        name: Its name.
        sector: What it is.
        country: ISO 3166-1 alpha-2, or empty.
        region: Where it works, or empty.
        size: Its size band, or empty.
        website: Its website, or empty.
        reference: Its number on a register, in org-id style, or empty.
        offers: What it was seen to give, each in a few words or as a capability is called.
        evidence: How sure that is: a step of the evidence ladder.
        source: Where that stands, for all to look it up.
        source_url: Its address, or empty.
        at: When.
    """
    said = Organisation(
        id=tidy(reference).upper(),
        name=tidy(name),
        sector=Sector(sector) if sector in set(Sector) else Sector.OTHER,
        country=tidy(country).upper(),
        region=tidy(region),
        size=Size(size) if size in set(Size) else Size.UNKNOWN,
    )
    lines = [tidy(each) for each in offers if tidy(each)]
    place = Source(one_line(tidy(source)), "", _SEEN, tidy(source_url))
    refuse(_problems(said, sector, place, evidence, lines))
    seen = listable(replace(said, offers=tuple(_seen(line, place, evidence) for line in lines))).organisation
    row = _row_of(seen, place.name, at)
    row.website = tidy(website)
    return row


def _kept(row: ListedOrganisation, *, is_new: bool) -> None:
    """Save a row that was written by hand, within a transaction that is open."""
    try:
        with transaction.atomic():
            row.save(force_insert=is_new, force_update=not is_new)
    except IntegrityError:
        what, right = _("it is listed already"), _("one that is not listed; look for its name in the list")
        raise InputError(Problem(what, right, column="reference" if row.reference else "name")) from None
    # Asked once it is in: it may just have been taken off. A number may be made up, so the name counts, too.
    if delisted([(row.reference, row.name, row.country), ("", row.name, row.country)]):
        raise NotAllowed("delisted", _("This organisation asked not to be listed here. Please respect that."))
    list_changed()


def _own_row(actor: Actor, listed: UUID) -> ListedOrganisation:
    row = held(ListedOrganisation.objects.filter(id=listed))
    if not added_by(organisation_of(actor), row):
        raise NotThere
    return row


def _tell(what: str, by: Actor, listed: UUID, at: datetime) -> None:
    tell(what, by=by, at=at, about=listed, organisations=[organisation_of(by)], is_hosts=True)


def _list_some(
    some: Sequence[Organisation],
    source: str,
    at: datetime,
    is_dry: bool,
    counts: Counter[str],
    left_out: Counter[str],
    met: set[str],
) -> bool:
    """One transaction's worth; whether the list is another one afterwards."""
    known = _Known(some)
    added: list[ListedOrganisation] = []
    updated: list[ListedOrganisation] = []
    for organisation in some:
        seen = listable(replace(organisation, name=_cut(organisation.name)))
        left_out.update({str(why): number for why, number in seen.left_out.items()})
        row = _row_of(seen.organisation, source, at)
        fate, before = known.fate(row, met)
        counts[fate] += 1
        if fate == "added":
            added.append(row)
        elif fate == "updated" and before is not None:
            for column in _CONTENT:
                setattr(before, column, getattr(row, column) or getattr(before, column))
            before.changed_at = at
            updated.append(before)
    if not is_dry:
        ListedOrganisation.objects.bulk_create(added)
        ListedOrganisation.objects.bulk_update(updated, [*_CONTENT, "changed_at"])
    return bool(added or updated)


class _Known:
    """What is known already of some organisations, asked of the database at once."""

    def __init__(self, some: Sequence[Organisation]) -> None:
        told = [(reference_of(each), _cut(each.name), _country(each)) for each in some]
        references = {reference for reference, _name, _country in told if reference}
        names = {spoken_name(name, country) for _reference, name, country in told}
        rows = ListedOrganisation.objects.select_for_update()
        self.by_reference = {row.reference: row for row in rows.filter(reference__in=references)}
        self.by_name = {row.spoken_name: row for row in rows.filter(reference="", spoken_name__in=names)}
        self.delisted = delisted(told)  # once their rows are held: one of them may just have been taken off

    def fate(self, row: ListedOrganisation, met: set[str]) -> tuple[str, ListedOrganisation | None]:
        """What becomes of one, and the row that stands for it already."""
        if not row.name or next(line_problems("name", row.name, longest=200), None):
            return "unnamed", None
        if (row.reference, row.name, row.country) in self.delisted:
            return "delisted", None
        key = row.reference or row.spoken_name
        if key in met:
            return "repeated", None
        met.add(key)
        # One that was added by hand without its number is the same one.
        before = self.by_reference.get(row.reference) or self.by_name.pop(row.spoken_name, None)
        if before is None:
            return "added", None
        if before.corrected_at is not None:
            return "corrected", before
        told = [column for column in _CONTENT if getattr(row, column)]
        is_same = all(getattr(before, column) == getattr(row, column) for column in told)
        return ("unchanged" if is_same else "updated"), before


def _row_of(organisation: Organisation, source: str, at: datetime) -> ListedOrganisation:
    country = _country(organisation)
    return ListedOrganisation(
        reference=reference_of(organisation),
        spoken_name=spoken_name(organisation.name, country)[:220],
        name=organisation.name,
        sector=organisation.sector,
        country=country,
        region=one_line(organisation.region, 119),
        size=organisation.size,
        items=items_of(organisation),
        source=source[:200],
        listed_at=at,
        changed_at=at,
    )


def _cut(name: str) -> str:
    """A name as one line that the list has room for."""
    return one_line(name, 199)


def _country(organisation: Organisation) -> str:
    code = organisation.country.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _problems(said: Organisation, sector: str, place: Source, evidence: int, lines: Sequence[str]) -> Iterator[Problem]:
    yield from line_problems("name", said.name, longest=200)
    yield from line_problems("region", said.region, longest=120, is_needed=False)
    yield from line_problems("source", place.name, longest=200)
    yield from choice_problems("sector", [sector], [*Sector])
    yield from choice_problems("evidence", [str(evidence)], ["1", "2", "3", "4", "5"])
    if said.country and not _country(said):
        yield Problem(_("is no code of a country"), _("two letters, such as GB"), column="country")
    if said.id and not has_registration(said):
        yield Problem(_("is no number on a register"), _("such as GB-CHC-1000340, or nothing"), column="reference")
    if not lines:
        yield Problem(_("nothing was written"), _("what they can give, one thing a line"), column="offers")
    for line in lines:
        if any(mention.kind in _SURELY_PEOPLE for mention in people_named(line)):
            yield Problem(_("a line seems to name a person"), _("what they can give, without names"), column="offers")
        elif _code_of(line) is None:
            what = _("Lichen does not know what “{line}” means").format(line=line.strip())
            yield Problem(what, _("other words, such as: community venue"), column="offers")


def _seen(line: str, place: Source, evidence: int) -> Offer:
    code, likely = _code_of(line) or ("", 0.0)
    source = replace(place, sentence=line, confidence=round(min(_SEEN, likely), 2))
    return Offer(code, evidence=evidence, source=source, confirmed=False)


def _code_of(line: str) -> tuple[str, float] | None:
    """What a line names, and how likely: a capability by its code, by its name, or in somebody's words."""
    if line in taxonomy().capabilities:
        return line, 1.0
    best = next(iter(recognise(line, named="strength")), None)
    return (best.code, best.score) if best and best.score >= LEAST_CONFIDENCE else None


def _count_those_of_today(actor: Actor, at: datetime) -> None:
    """The organisation's row is held, so that they are counted one by one."""
    today = Event.objects.filter(chain=actor.organisation, what="organisation_listed", happened_at__gt=at - _DAY)
    if today.count() >= ADDED_A_DAY:
        why = _("{number} were added for your organisation within a day. Please go on tomorrow.")
        raise NotAllowed("added-a-day", why.format(number=ADDED_A_DAY))
