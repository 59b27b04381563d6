"""Whose signature counts for a version of the charter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from lichen.charter.agreement.terms import Signature, Version
from lichen.charter.agreement.values import Party, SignedBy
from lichen.charter.values import Charter
from lichen.paper import one_line

__all__ = ["outdated_signatures", "signature_places"]


def signature_places(parties: Sequence[Party], charter: Charter, digest: str, on: date) -> tuple[SignedBy, ...]:
    """For each party the signature that counts for a version, or a place for it.

    A signature counts for the version it was given to. It counts for the next one, too, if the versions say that the
    change did not concern its party; and so on.

    Args:
        parties: Those who sign.
        charter: Its signatures and versions.
        digest: That of the version.
        on: The day; what is dated later does not count.
    """
    return tuple(_place(party, charter, digest, on) for party in parties)


def outdated_signatures(parties: Sequence[Party], charter: Charter, digest: str, on: date) -> tuple[str, ...]:
    """The ids of the parties that signed some version, and whose signature does not count for this one."""
    places = signature_places(parties, charter, digest, on)
    signed = {signature.party for signature in charter.signatures if signature.signed_on <= on}
    return tuple(place.party.id for place in places if not place.is_signed and place.party.id in signed)


def _place(party: Party, charter: Charter, digest: str, on: date) -> SignedBy:
    valid = _digests_valid_for(party.id, charter.versions, digest, on)
    found = next((each for each in reversed(charter.signatures) if _counts(each, party.id, valid, on)), None)
    if found is None:
        return SignedBy(party)
    return SignedBy(party, one_line(found.person), one_line(found.office), found.signed_on)


def _counts(signature: Signature, party: str, valid: frozenset[str], on: date) -> bool:
    return signature.party == party and signature.digest in valid and signature.signed_on <= on


def _digests_valid_for(party: str, versions: Sequence[Version], digest: str, on: date) -> frozenset[str]:
    """The version itself, and those before it from which on nothing changed that concerns the party."""
    agreed = [version for version in versions if version.agreed_on <= on]
    valid = {digest}
    for before, version in reversed([*pairwise(agreed)]):
        if version.digest in valid and party in version.unaffected:
            valid.add(before.digest)
    return frozenset(valid)
