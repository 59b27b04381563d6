"""Which gaps of one organisation another could ease, and which of those may be shown as codes."""

from __future__ import annotations

from collections.abc import Set

from lichen.audit.values import Audit, Offer, Organisation
from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure.items import Item, item_of, items_of
from lichen.disclosure.state import MatterState, Pair
from lichen.disclosure.trying import is_tender
from lichen.disclosure.values import AHEAD
from lichen.scales import Relevance

__all__ = [
    "agreeable_codes",
    "codes_to_agree",
    "is_openable",
    "lapsed_codes",
    "matched_codes",
    "opening_codes",
    "room_before_pilot",
]


def matched_codes(owner: Organisation, reader: Organisation) -> tuple[str, ...]:
    """The gaps of one organisation that an offer of another eases, what needs outside help most first.

    Only what each has said and confirmed of itself counts.

    Example:
        >>> from lichen.audit.values import Vulnerability
        >>> farm = Organisation("f", "Farm", vulnerabilities=(Vulnerability("ops.logistics"), Vulnerability("x")))
        >>> matched_codes(farm, Organisation("d", "Depot", offers=(Offer("ops.logistics"),)))
        ('ops.logistics',)
    """
    offered = {offer.code for offer in reader.offers if _is_stated(offer)}
    return tuple(item.code for item in items_of(owner) if _is_eased(item.code, offered))


def agreeable_codes(state: MatterState, ours: Audit, theirs: Audit) -> tuple[str, ...]:
    """The matched codes that an owner could agree to show: relevant, and not too sensitive for the day.

    Args:
        state: Where the matter stands.
        ours: The audit of the owner.
        theirs: That of the reader.
    """
    owner, reader = ours.organisation, theirs.organisation
    matched, pair = matched_codes(owner, reader), (owner.id, reader.id)
    return tuple(item.code for item in items_of(owner) if item.code in matched and _is_open_to(state, pair, item))


def is_openable(state: MatterState, pair: Pair, code: str, ours: Audit | None, theirs: Audit | None) -> bool:
    """Whether what an owner has agreed to show may still be opened to a reader: an answer or an audit may have changed.

    Args:
        state: Where the matter stands.
        pair: Ids of the owner and the reader.
        code: The item.
        ours: The audit of the owner; where it is missing, it stands against nothing.
        theirs: That of the reader, in the same way.
    """
    if ours is None:
        return True
    item = item_of(ours.organisation, code)
    matches = theirs is None or code in matched_codes(ours.organisation, theirs.organisation)
    return item is not None and matches and _is_open_to(state, pair, item)


def lapsed_codes(state: MatterState, ours: Audit, theirs: Audit) -> tuple[str, ...]:
    """What either of two has agreed to show, and still waits, but may no longer be opened as their audits are now.

    It is written into the agreement that would have opened it: an audit of a later day knows nothing of that.
    """
    owner, reader = ours.organisation.id, theirs.organisation.id
    both = (((owner, reader), ours, theirs), ((reader, owner), theirs, ours))
    lapsed = (code for pair, *of in both for code in state.waiting(*pair) if not is_openable(state, pair, code, *of))
    return tuple(dict.fromkeys(lapsed))


def opening_codes(state: MatterState, owner: str, reader: str) -> tuple[str, ...]:
    """Of what an owner has agreed to show, the codes that open now that both have agreed, the first of them first.

    Of neither side more than one code ahead of the other's; what is beyond that waits until the other agrees to more.
    In a ring nothing opens by the agreement of two.
    """
    pair, back = (owner, reader), (reader, owner)
    if state.third or not {pair, back} <= state.agreed.keys():
        return ()
    ours, theirs = (len(state.seen(*each).intersection(state.open_codes(*each))) for each in (pair, back))
    room = theirs + len(state.waiting(*back)) + AHEAD - ours
    return state.waiting(*pair)[: max(0, room)]


def codes_to_agree(
    state: MatterState, ours: Audit, theirs: Audit, kept_back: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The codes that an owner would agree to show next: as many as the rules let it, but for those that wait already.

    Args:
        state: Where the matter stands.
        ours: The audit of the owner.
        theirs: That of the reader.
        kept_back: Codes that the owner keeps back all the same, besides those that it has withdrawn one by one.
    """
    pair = (ours.organisation.id, theirs.organisation.id)
    known = _known(state, *pair)
    waiting = {*state.waiting(*pair)}.difference(opening_codes(state, *pair))
    shut = {*kept_back, *waiting, *state.open_codes(*pair), *state.withdrawn.get(pair, ())}
    wanted = [code for code in agreeable_codes(state, ours, theirs) if code not in shut]
    if not state.has_pilot(*pair):
        new = [code for code in wanted if code not in known][: room_before_pilot(state, ours, pair[1])]
        wanted = [code for code in wanted if code in known or code in new]
    return tuple(wanted)


def room_before_pilot(state: MatterState, ours: Audit, reader: str) -> int:
    """How many more items of an owner a reader may come to know before a pilot starts."""
    most = 1 if is_tender(state, ours, reader) else state.rules.before_pilot
    return max(0, most - len(_known(state, ours.organisation.id, reader)))


def _is_open_to(state: MatterState, pair: Pair, item: Item) -> bool:
    return state.relevance(*pair, item) is Relevance.YES and (state.has_pilot(*pair) or not item.is_high)


def _known(state: MatterState, owner: str, reader: str) -> frozenset[str]:
    """What the reader has seen or is about to see."""
    return state.seen(owner, reader).union(state.agreed.get((owner, reader), ()))


def _is_stated(offer: Offer) -> bool:
    return offer.source is None and offer.confirmed and offer.code in taxonomy().capabilities


def _is_eased(code: str, offered: Set[str]) -> bool:
    words = taxonomy()
    return any(
        words.similarity(code, near) > 0 for near in (code, *words.capabilities[code].related) if near in offered
    )
