"""The addresses of the audit, gathered from its parts."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from lichen_web.pages.audit import answering, editing, ordering, overview, sitting, team, workbooks
from lichen_web.pages.audit.kinds import GAP, OFFER, Kind

__all__ = ["urls"]

_ONE = "organisations/<uuid:organisation>/audit/"


def _of(kind: Kind) -> Iterator[URLPattern]:
    """The addresses that gaps and offers have alike."""
    here, chosen = f"{_ONE}{kind.folder}/", {"kind": kind}
    one = f"{here}<uuid:item>/"
    yield path(f"{here}new/", editing.name, chosen, name=f"record_{kind.name}")
    yield path(f"{here}understand/", editing.understand, chosen, name=f"understand_{kind.name}")
    yield path(one, editing.change, chosen, name=f"change_{kind.name}")
    yield path(f"{one}remove/", editing.remove, chosen, name=f"remove_{kind.name}")
    yield path(f"{one}restore/", editing.restore, chosen, name=f"restore_{kind.name}")


urls: list[URLPattern] = [
    path(_ONE, overview.audit, name="audit"),
    path(f"{_ONE}missing/", overview.missing, name="review_audit"),
    path(f"{_ONE}removed/", overview.removed_lately, name="own_removed"),
    path(f"{_ONE}sitting/", sitting.sitting, name="record_sitting"),
    path(f"{_ONE}gaps/order/", ordering.put_in_order, name="rank_vulnerabilities"),
    *_of(GAP),
    *_of(OFFER),
    path(f"{_ONE}offers/<uuid:item>/public/", overview.make_public, name="open_offer"),
    *team.urls,
    *answering.urls,
    *workbooks.urls,
]
