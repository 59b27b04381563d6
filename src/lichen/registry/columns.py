"""The columns of the store, in one place: what an entry looks like as a row of a table, and back.

What is searched stands apart from the evidence for it, so that a search reads a tenth of the file: ``gaps`` and
``offers`` have codes and numbers alone; ``gap_evidence`` and ``offer_evidence`` have, in the same order, the steps,
the confidence and the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.audit.weighing import gap_weights
from lichen.fit.cover import offer_worth
from lichen.registry.arrow import pa
from lichen.registry.entries import Entry
from lichen.registry.joining import canonical
from lichen.registry.listable import listable
from lichen.scales import Sector, Size

__all__ = ["EVIDENCE", "SCHEMA", "SEARCHED", "entry_of", "table_of"]

_TEXT, _NUMBER, _STEP = pa.string(), pa.float64(), pa.int8()
_WHY = [("confidence", _NUMBER), ("document", _TEXT), ("sentence", _TEXT), ("url", _TEXT)]

SCHEMA = pa.schema(
    [
        ("id", _TEXT),
        ("source", _TEXT),
        ("name", _TEXT),
        ("sector", _TEXT),
        ("country", _TEXT),
        ("region", _TEXT),
        ("locality", _TEXT),
        ("postcode", _TEXT),
        ("latitude", _NUMBER),
        ("longitude", _NUMBER),
        ("size", _TEXT),
        ("url", _TEXT),
        ("edition", _TEXT),
        ("gaps", pa.list_(pa.struct([("code", _TEXT), ("weight", _NUMBER)]))),
        ("offers", pa.list_(pa.struct([("code", _TEXT), ("worth", _NUMBER)]))),
        ("gap_evidence", pa.list_(pa.struct([("severity", _STEP), *_WHY]))),
        ("offer_evidence", pa.list_(pa.struct([("strength", _STEP), ("evidence", _STEP), *_WHY]))),
    ]
)
"""Every column of a partition, in order; docs/reference/store.md says what each means."""

EVIDENCE = ("gap_evidence", "offer_evidence")
"""The columns that say why, which a search does not need."""

SEARCHED = tuple(name for name in SCHEMA.names if name not in EVIDENCE)
"""The columns that a search reads."""

_PLAIN = ("locality", "postcode", "latitude", "longitude", "url", "edition")


def table_of(entries: Iterable[tuple[str, Entry]]) -> pa.Table:
    """Entries as rows, each with the source that it is from; what may not be listed is left out.

    Args:
        entries: Source and entry, in any order.
    """
    return pa.Table.from_pylist([_row(source, entry) for source, entry in entries], schema=SCHEMA)


def entry_of(row: Mapping[str, Any]) -> Entry:
    """The entry that a row of the store holds, its gaps and offers with the evidence for them."""
    gaps = zip(row["gaps"], row["gap_evidence"], strict=True)
    offers = zip(row["offers"], row["offer_evidence"], strict=True)
    organisation = Organisation(
        row["id"],
        row["name"],
        Sector(row["sector"]),
        row["country"],
        row["region"],
        Size(row["size"]),
        tuple(Vulnerability(gap["code"], why["severity"], source=_why(why), confirmed=False) for gap, why in gaps),
        tuple(
            Offer(offer["code"], why["strength"], why["evidence"], source=_why(why), confirmed=False)
            for offer, why in offers
        ),
    )
    return Entry(organisation, **{name: row[name] for name in _PLAIN})


def _row(source: str, entry: Entry) -> dict[str, Any]:
    one = entry.organisation
    return {
        "id": one.id,
        "source": source,
        "name": one.name,
        "sector": one.sector.value,
        "country": one.country,
        "region": one.region,
        "size": one.size.value,
        **{name: getattr(entry, name) for name in _PLAIN},
        **_suggested(one.vulnerabilities, one.offers),
    }


@lru_cache(maxsize=4096)
def _suggested(gaps: tuple[Vulnerability, ...], offers: tuple[Offer, ...]) -> Mapping[str, Any]:
    """The columns of what is suggested; many organisations of a register are suggested the very same."""
    one = listable(canonical(Organisation("", "", vulnerabilities=gaps, offers=offers))).organisation
    weights = zip(one.vulnerabilities, gap_weights(one), strict=True)
    return {
        "gaps": [{"code": gap.code, "weight": weight * gap.confidence} for gap, weight in weights],
        "offers": [{"code": offer.code, "worth": offer_worth(offer)} for offer in one.offers],
        "gap_evidence": [{"severity": gap.severity, **_said(gap.source)} for gap in one.vulnerabilities],
        "offer_evidence": [
            {"strength": offer.strength, "evidence": offer.evidence, **_said(offer.source)} for offer in one.offers
        ],
    }


def _said(source: Source | None) -> dict[str, Any]:
    if source is None:  # listable lets nothing pass that names no record
        return {}
    return {
        "confidence": source.confidence,
        "document": source.name,
        "sentence": source.sentence,
        "url": source.url,
    }


def _why(why: Mapping[str, Any]) -> Source:
    return Source(why["document"], why["sentence"], why["confidence"], why["url"])
