"""The keys of organisations, and sealing with them.

The host's key wraps one data key an organisation. From the data key come the keys that wrap its private keys and the
keys of all that it ever sealed, and a secret that stays with it::

    host's key ─ data key ┬─ item key, one for each sealed part ─┬─ field key ─ what is sealed
                          └─ secret ─────────────────────────────┘

A grant gives a reader the item key. The field key needs the owner's secret, too: once the owner's data key is
destroyed nobody opens anything of it, whatever they were granted. No key is kept in memory beyond a call but the
host's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from lichen.errors import InputError, NotAllowed, Problem
from lichen_web import keyring
from lichen_web.accounts.models import CircleMembership, Organisation
from lichen_web.alliances.models.fit import MatchCard, Proposal, Publication
from lichen_web.alliances.models.key import Erasure, KeyCopy, OrganisationKey
from lichen_web.home import ERASURES, append_line
from lichen_web.prepared import Prepared
from lichen_web.sealing import (
    Envelope,
    KeyPair,
    Place,
    Unopened,
    box_pair,
    boxed,
    derived_key,
    is_signature,
    new_key,
    opened,
    padded,
    sealed,
    signature,
    signing_pair,
    unboxed,
    unpadded,
    unwrapped,
    wrapped,
)

__all__ = [
    "CARD",
    "HostKeyUse",
    "Sealed",
    "Unopened",
    "are_signed",
    "erase_keys",
    "erasures_file",
    "host_key_uses",
    "is_signed",
    "key_for_reader",
    "make_organisation_keys",
    "mark_erased",
    "open_all_granted",
    "open_all_granted_by",
    "open_all_of",
    "open_all_own",
    "open_as_matcher",
    "open_for_host",
    "open_granted",
    "open_own",
    "replay_erasures",
    "require_key_copy",
    "rewrap",
    "seal",
    "seal_all",
    "seal_for_host",
    "seal_to_matcher",
    "sign_for",
]

CARD = "match card"
"""For what match cards are sealed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one sealed part keeps."""

    sealed: bytes
    """The content: padded, and bound to its owner and its place."""
    wrapped_key: bytes
    """Its key, one for it alone, wrapped by the owner's data key and bound to the same place."""


# --- An organisation's own -------------------------------------------------------------------------------------------


def make_organisation_keys(organisation: UUID, *, at: datetime) -> None:
    """Make the keys of a new organisation, within the transaction that founds it."""
    host, data_key, box, signing = _ring().current, new_key(), box_pair(), signing_pair()
    OrganisationKey.objects.create(
        organisation_id=organisation,
        host_key=host.id,
        data_key=wrapped(data_key, host.secret, _place(organisation, "data key")),
        public_key=box.public,
        private_key=_kept(box, data_key, _place(organisation, "private key")),
        verify_key=signing.public,
        signing_key=_kept(signing, data_key, _place(organisation, "signing key")),
        made_at=at,
    )


def seal(owner: UUID, content: Mapping[str, Any], *, bound_to: Place) -> Sealed:
    """Seal something of an organisation under a key of its own.

    Args:
        owner: Whose it is.
        content: Whatever JSON can say.
        bound_to: Its place, in words that are the same whenever it is opened: table, row, rung and version.

    Raises:
        Unopened: The owner has no keys, or they do not open.
    """
    return seal_all(owner, [(content, bound_to)])[0]


def seal_all(owner: UUID, parts: Iterable[tuple[Mapping[str, Any], Place]]) -> tuple[Sealed, ...]:
    """As :func:`seal`, for many at once: the owner's keys are fetched and unwrapped once.

    Args:
        owner: Whose they are.
        parts: Of each the content, and what it is bound to.

    Raises:
        Unopened: The owner has no keys, or they do not open.
    """
    data_key = _own_data_key(owner)
    secret = _secret(data_key)
    return tuple(_sealed(content, data_key, secret, (str(owner), *bound_to)) for content, bound_to in parts)


def open_own(owner: UUID, sealed: Envelope, wrapped_key: Envelope, *, bound_to: Place) -> dict[str, Any]:
    """What :func:`seal` was given, for its owner.

    Raises:
        Unopened: It is not what was sealed for this owner and place, or the owner was erased.
    """
    return open_all_own(owner, [(sealed, wrapped_key, bound_to)])[0]


def open_all_own(owner: UUID, parts: Iterable[tuple[Envelope, Envelope, Place]]) -> tuple[dict[str, Any], ...]:
    """As :func:`open_own`, for many at once: the owner's keys are fetched and unwrapped once.

    Args:
        owner: Whose they are.
        parts: Of each what is sealed, its wrapped key, and what it is bound to.

    Raises:
        Unopened: One of them does not open.
    """
    data_key = _own_data_key(owner)
    secret = _secret(data_key)
    return tuple(
        _content(part, _item_key(owner, wrapped_key, data_key, bound_to), secret, (str(owner), *bound_to))
        for part, wrapped_key, bound_to in parts
    )


def open_all_of(parts: Iterable[tuple[UUID, Envelope, Envelope, Place]]) -> tuple[dict[str, Any], ...]:
    """As :func:`open_all_own`, of several owners: the keys of all of them are fetched at once.

    Args:
        parts: Of each whose it is, what is sealed, its wrapped key, and what it is bound to.

    Raises:
        Unopened: One of them does not open, or an owner has no keys.
    """
    given = tuple(parts)
    rows = _rows(*{owner for owner, *_sealed in given})
    own = {owner: (key, _secret(key)) for owner, key in ((each, _data_key(row)) for each, row in rows.items())}
    return tuple(
        _content(part, _item_key(owner, wrapped_key, own[owner][0], bound_to), own[owner][1], (str(owner), *bound_to))
        for owner, part, wrapped_key, bound_to in given
    )


def sign_for(organisation: UUID, text: str) -> bytes:
    """The organisation's signature under a text.

    Raises:
        Unopened: It has no keys, or they do not open.
    """
    row = _row(organisation)
    return signature(text, _signing(row, _data_key(row)).private)


def is_signed(organisation: UUID, text: str, signature: Envelope) -> bool:
    """Whether the organisation signed a text; of one that was erased nobody can tell any more."""
    return are_signed([(organisation, text, signature)])[0]


def are_signed(said: Sequence[tuple[UUID, str, Envelope]]) -> tuple[bool, ...]:
    """The same of many texts, each with its organisation and signature; their keys are read at once."""
    rows = OrganisationKey.objects.in_bulk({organisation for organisation, _text, _signature in said})
    return tuple(_has_signed(rows.get(organisation), text, signature) for organisation, text, signature in said)


# --- To a reader -----------------------------------------------------------------------------------------------------


def key_for_reader(owner: UUID, wrapped_key: Envelope, reader: UUID, *, bound_to: Place) -> bytes:
    """The key of one sealed part, sealed to another organisation.

    Args:
        owner: Whose part it is.
        wrapped_key: The part's key as its owner keeps it.
        reader: Who may read from now on.
        bound_to: The part's place: so that nobody grants one part and gives away the key of another.

    Raises:
        Unopened: It is not the key of that part, or one of the two has no keys.
    """
    rows = _rows(owner, reader)
    item_key = _item_key(owner, wrapped_key, _data_key(rows[owner]), bound_to)
    return boxed(item_key, _box(rows[reader], _data_key(rows[reader])).public)


def open_granted(
    owner: UUID, reader: UUID, sealed: Envelope, sealed_key: Envelope, *, bound_to: Place
) -> dict[str, Any]:
    """What an owner sealed and granted to a reader.

    Raises:
        Unopened: It is not what was granted to this reader, or one of the two was erased.
    """
    return open_all_granted(owner, reader, [(sealed, sealed_key, bound_to)])[0]


def open_all_granted(
    owner: UUID, reader: UUID, parts: Iterable[tuple[Envelope, Envelope, Place]]
) -> tuple[dict[str, Any], ...]:
    """As :func:`open_granted`, for many at once: the keys of the two are fetched and unwrapped once.

    Args:
        owner: Whose they are.
        reader: To whom they were granted.
        parts: Of each what is sealed, its key in a box to the reader, and what it is bound to.

    Raises:
        Unopened: One of them does not open.
    """
    return open_all_granted_by(reader, ((owner, *part) for part in parts))


def open_all_granted_by(
    reader: UUID, parts: Iterable[tuple[UUID, Envelope, Envelope, Place]]
) -> tuple[dict[str, Any], ...]:
    """As :func:`open_all_granted`, of several owners: the keys of all of them are fetched at once.

    Args:
        reader: To whom they were granted.
        parts: Of each whose it is, what is sealed, its key in a box to the reader, and what it is bound to.

    Raises:
        Unopened: One of them does not open, or one of all these has no keys.
    """
    given = tuple(parts)
    rows = _rows(reader, *{owner for owner, *_sealed in given})
    own = {each: _data_key(row) for each, row in rows.items()}
    private, secrets = _box(rows[reader], own[reader]).private, {each: _secret(key) for each, key in own.items()}
    return tuple(
        _content(sealed, unboxed(sealed_key, private), secrets[owner], (str(owner), *bound_to))
        for owner, sealed, sealed_key, bound_to in given
    )


# --- For the host and the matcher ------------------------------------------------------------------------------------


def seal_for_host(purpose: str, content: Mapping[str, Any], *, bound_to: Place) -> bytes:
    """Seal something that is no organisation's: a mail, a complaint, a second factor.

    Args:
        purpose: What it is, in a word or two; each purpose has keys of its own.
        content: Whatever JSON can say.
        bound_to: Its place.
    """
    return _ring().sealed(purpose, padded(content), bound_to)


def open_for_host(purpose: str, sealed: Envelope, *, bound_to: Place) -> dict[str, Any]:
    """What :func:`seal_for_host` was given.

    Raises:
        Unopened: It is not what was sealed for this purpose and place, or its key is not in the host's ring.
    """
    return unpadded(_ring().opened(purpose, sealed, bound_to))


def seal_to_matcher(content: Mapping[str, Any], *, bound_to: Place) -> bytes:
    """Seal a match card: only the worker opens it, and only this host can have made it."""
    card = boxed(padded(content), keyring.matcher_public_key(settings.LICHEN))
    return _ring().sealed(CARD, card, bound_to)


def open_as_matcher(sealed: Envelope, *, bound_to: Place) -> dict[str, Any]:
    """What :func:`seal_to_matcher` was given.

    Raises:
        NotAllowed: This process is not the worker.
        Unopened: It is not what was sealed for this place.
    """
    private = keyring.matcher_private_key(settings.LICHEN)
    return unpadded(unboxed(_ring().opened(CARD, sealed, bound_to), private))


# --- The host's key --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HostKeyUse:
    """One of the host's keys, and what hangs on it."""

    id: str
    """What it is called."""
    is_in_ring: bool
    """Whether this host has it; what hangs on one that it has not does not open."""
    is_current: bool
    """Whether what is new is sealed under it."""
    organisations: int
    """How many organisations' data keys it wraps."""
    kept_by: tuple[str, ...]
    """Who showed a copy of it that was the same."""


def host_key_uses() -> tuple[HostKeyUse, ...]:
    """The keys of the ring in their order, then those that are missing from it."""
    ring = _ring()
    wrapping = dict(OrganisationKey.objects.values_list("host_key").annotate(Count("organisation")))
    copies = list(KeyCopy.objects.order_by("confirmed_at").values_list("host_key", "kept_by"))
    known = [key.id for key in ring.keys]
    return tuple(
        HostKeyUse(
            id=key_id,
            is_in_ring=key_id in known,
            is_current=key_id == ring.current.id,
            organisations=wrapping.get(key_id, 0),
            kept_by=tuple(dict.fromkeys(kept_by for of, kept_by in copies if of == key_id)),
        )
        for key_id in dict.fromkeys((*known, *sorted(wrapping)))
    )


def require_key_copy(of: str = "") -> None:
    """Stand against confessing on a host that others reach while one broken disk could shut everything for good.

    Args:
        of: The id of one of the host's keys; empty is the current one.

    Raises:
        NotAllowed: Nobody has shown a second copy of it.
    """
    if settings.LICHEN.is_local or KeyCopy.objects.filter(host_key=of or _ring().current.id).exists():
        return
    why = _("The host has not yet shown a second copy of its key; without one, what you write could be lost for good.")
    raise NotAllowed("key-copied", why + " " + _("Please ask the host for it, and try again then."))


def rewrap(most: int) -> int:
    """Wrap the data keys of some organisations with the host's current key, in one transaction.

    The owner of the tables calls it, who sees them whole.

    Args:
        most: Of how many at once.

    Returns:
        Of how many it was done; none once all are under the current key.

    Raises:
        Unopened: The key that wraps one of them is not in the ring, or its data key does not open.
    """
    ring, current = _ring(), _ring().current
    with transaction.atomic():
        rows = list(OrganisationKey.objects.select_for_update().exclude(host_key=current.id)[:most])
        for row in rows:
            place = _place(row.organisation_id, "data key")
            row.data_key = wrapped(unwrapped(row.data_key, ring.key(row.host_key).secret, place), current.secret, place)
            row.host_key = current.id
        OrganisationKey.objects.bulk_update(rows, ["data_key", "host_key"])
    return len(rows)


# --- Erasing ---------------------------------------------------------------------------------------------------------


def erase_keys(organisation: UUID) -> None:
    """Destroy an organisation's keys and the cards that hang on others': nothing it ever sealed opens again."""
    OrganisationKey.objects.filter(organisation=organisation).delete()
    MatchCard.objects.filter(publication__organisation=organisation).delete()


def mark_erased(organisation: UUID, *, at: datetime) -> None:
    """Destroy an organisation's keys, take it out of its circles and the matching, and write down that it was done.

    That stands in the home, too, outside the database. The line is written before the transaction ends: an erasure
    that was asked for is rather replayed than forgotten.
    """
    _erase(organisation, at)
    append_line(erasures_file(), f"{organisation} {at.isoformat()}")


def replay_erasures() -> int:
    """Erase again whoever was erased: a backup may be older than that. To be called after every restore.

    Erasures that the database alone knows of are told to the file, too. The owner of the tables calls it, who sees
    them whole.

    Returns:
        How many organisations had keys again.

    Raises:
        InputError: A line of the file cannot be read. Nothing was changed.
    """
    told, known = _told_erasures(), dict(Erasure.objects.values_list("organisation", "erased_at"))
    with transaction.atomic():
        back = OrganisationKey.objects.filter(organisation__in={*told, *known}).count()
        for organisation, erased_at in (known | told).items():
            _erase(organisation, erased_at)
    for organisation in known.keys() - told.keys():
        append_line(erasures_file(), f"{organisation} {known[organisation].isoformat()}")
    return back


def erasures_file() -> Path:
    """Where it is written down, outside the database, who was erased; a restore needs it."""
    return settings.LICHEN.home / ERASURES


def _erase(organisation: UUID, at: datetime) -> None:
    erase_keys(organisation)
    inside = CircleMembership.objects.filter(organisation=organisation)
    inside.filter(refused_at=None, left_at=None, removed_at=None).update(left_at=at)
    Publication.objects.filter(organisation=organisation, withdrawn_at=None).update(withdrawn_at=at)
    Proposal.objects.filter(organisation=organisation, ended_at=None).update(ended_at=at)
    Erasure.objects.get_or_create(organisation=organisation, defaults={"erased_at": at})
    Organisation.objects.filter(id=organisation, erased_at=None).update(erased_at=at)


def _told_erasures() -> dict[UUID, datetime]:
    """Who was erased, and when, as the file tells it."""
    if not erasures_file().exists():
        return {}
    lines = enumerate(erasures_file().read_text(encoding="ascii").splitlines(), 1)
    return dict(_erasure(line, number) for number, line in lines if line)


def _erasure(line: str, number: int) -> tuple[UUID, datetime]:
    organisation, _space, at = line.partition(" ")
    try:
        return UUID(organisation), datetime.fromisoformat(at)
    except ValueError:
        right = _("an organisation's id, a space, and when it was erased")
        raise InputError(Problem(_("this line cannot be read"), right, file=erasures_file().name, row=number)) from None


# --- Within ----------------------------------------------------------------------------------------------------------


_DATA_KEY = Prepared(
    lambda organisation: OrganisationKey.objects.filter(organisation=organisation).values_list("host_key", "data_key")
)


def _ring() -> keyring.Keyring:
    return keyring.host_keyring(settings.LICHEN)


def _row(organisation: UUID) -> OrganisationKey:
    return _rows(organisation)[organisation]


def _rows(*organisations: UUID) -> dict[UUID, OrganisationKey]:
    """The keys of organisations, all of which must have some."""
    rows = OrganisationKey.objects.in_bulk(organisations)
    if rows.keys() != {*organisations}:
        raise Unopened
    return rows


def _has_signed(row: OrganisationKey | None, text: str, signature: Envelope) -> bool:
    try:
        return row is not None and is_signature(signature, text, _signing(row, _data_key(row)).public)
    except Unopened:
        return False


def _place(organisation: UUID, what: str) -> Place:
    return (OrganisationKey._meta.db_table, str(organisation), what)


def _data_key(row: OrganisationKey) -> bytes:
    return _unwrapped_data_key(row.organisation_id, row.host_key, row.data_key)


def _own_data_key(organisation: UUID) -> bytes:
    """As :func:`_data_key`, where nothing else of the row is needed."""
    found = _DATA_KEY(organisation)
    if not found:
        raise Unopened
    return _unwrapped_data_key(organisation, *found[0])


def _unwrapped_data_key(organisation: UUID, host_key: str, data_key: Envelope) -> bytes:
    return unwrapped(data_key, _ring().key(host_key).secret, _place(organisation, "data key"))


def _item_key(owner: UUID, wrapped_key: Envelope, data_key: bytes, bound_to: Place) -> bytes:
    return unwrapped(wrapped_key, data_key, ("item key", str(owner), *bound_to))


def _secret(data_key: bytes) -> bytes:
    """What an owner never gives away: without it an item key opens nothing."""
    return derived_key(data_key, "secret")


def _field_key(item_key: bytes, secret: bytes) -> bytes:
    return derived_key(item_key, "field", salt=secret)


def _sealed(content: Mapping[str, Any], data_key: bytes, secret: bytes, place: Place) -> Sealed:
    item_key = new_key()
    return Sealed(
        sealed(padded(content), _field_key(item_key, secret), place), wrapped(item_key, data_key, ("item key", *place))
    )


def _content(part: Envelope, item_key: bytes, secret: bytes, place: Place) -> dict[str, Any]:
    return unpadded(opened(part, _field_key(item_key, secret), place))


def _kept(pair: KeyPair, data_key: bytes, place: Place) -> bytes:
    """A private half, sealed under the data key and bound to its public half, so that no other can be put there."""
    return sealed(pair.private, derived_key(data_key, "private keys"), (*place, pair.public.hex()))


def _pair(public: Envelope, kept: Envelope, data_key: bytes, place: Place) -> KeyPair:
    half = bytes(public)
    return KeyPair(half, opened(kept, derived_key(data_key, "private keys"), (*place, half.hex())))


def _box(row: OrganisationKey, data_key: bytes) -> KeyPair:
    return _pair(row.public_key, row.private_key, data_key, _place(row.organisation_id, "private key"))


def _signing(row: OrganisationKey, data_key: bytes) -> KeyPair:
    return _pair(row.verify_key, row.signing_key, data_key, _place(row.organisation_id, "signing key"))
