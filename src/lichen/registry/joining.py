"""Several entries of one organisation as one, the same whatever the order in which they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.registry.entries import Entry
from lichen.scales import Sector, Size

__all__ = ["canonical", "joined", "layered"]

Suggested = TypeVar("Suggested", Offer, Vulnerability)

_UNTOLD = frozenset({"", None, Sector.OTHER, Size.UNKNOWN})
_ITEMS = ("vulnerabilities", "offers")


def canonical(organisation: Organisation) -> Organisation:
    """An organisation with one gap and one offer a code, the best founded, likeliest first.

    Example:
        >>> offers = (Offer("ops.logistics", strength=2), Offer("ops.logistics", strength=4), Offer("assets.venue"))
        >>> [(offer.code, offer.strength) for offer in canonical(Organisation("x", "X", offers=offers)).offers]
        [('assets.venue', 3), ('ops.logistics', 4)]
    """
    return replace(organisation, vulnerabilities=_best(organisation.vulnerabilities), offers=_best(organisation.offers))


def joined(entries: Sequence[Entry]) -> Entry:
    """The entries of one id in one register as one: the latest edition, and of equals every field that is told.

    The order does not matter, nor does joining twice, so that files may come in any order and be loaded again.

    Args:
        entries: At least one.
    """
    latest = max(entry.edition for entry in entries)
    return _joined([entry for entry in entries if entry.edition == latest], _greatest)


def layered(entries: Sequence[Entry]) -> Entry:
    """The entries of one organisation in several registers as one: each field from the first that tells it.

    Args:
        entries: At least one; whoever is believed first comes first.
    """
    return _joined(entries, _first)


def _joined(entries: Sequence[Entry], chosen: Callable[[Sequence[Any]], Any]) -> Entry:
    organisations = [entry.organisation for entry in entries]
    said: dict[str, Any] = {
        field.name: chosen([getattr(one, field.name) for one in organisations])
        for field in fields(Organisation)
        if field.name not in _ITEMS
    }
    said |= {name: _best(item for one in organisations for item in getattr(one, name)) for name in _ITEMS}
    point = chosen([_point(entry) for entry in entries]) or (None, None)
    plain = {name: chosen([getattr(entry, name) for entry in entries]) for name in _PLAIN}
    return Entry(Organisation(**said), latitude=point[0], longitude=point[1], **plain)


_PLAIN = ("locality", "postcode", "url", "edition")


def _point(entry: Entry) -> tuple[float, float] | None:
    """Latitude and longitude belong together."""
    if entry.latitude is None or entry.longitude is None:
        return None
    return entry.latitude, entry.longitude


def _greatest(values: Sequence[Any]) -> Any:
    told = [value for value in values if value not in _UNTOLD]
    return max(told) if told else values[0]


def _first(values: Sequence[Any]) -> Any:
    return next((value for value in values if value not in _UNTOLD), values[0])


def _best(items: Iterable[Suggested]) -> tuple[Suggested, ...]:
    best: dict[str, Suggested] = {}
    for item in items:
        if item.code not in best or _weight(item) > _weight(best[item.code]):
            best[item.code] = item
    return tuple(sorted(best.values(), key=lambda item: (-item.confidence, item.code)))


def _weight(item: Offer | Vulnerability) -> tuple[object, ...]:
    """How well an item is founded; two that weigh the same are the same."""
    steps = (item.strength, item.evidence) if isinstance(item, Offer) else (item.severity, 0)
    source = item.source
    return (item.confidence, *steps, *((source.name, source.sentence, source.url) if source else ("", "", "")))
