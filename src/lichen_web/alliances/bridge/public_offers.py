"""What an organisation lets everybody see of what it can give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F

from lichen.audit.values import Offer, Source
from lichen_web.alliances import keys
from lichen_web.alliances.bridge.audit import part_place
from lichen_web.alliances.models import SealedPart

__all__ = ["load_public_offers"]


def load_public_offers(organisation: UUID) -> tuple[Offer, ...]:
    """The public offers of an organisation, in the order in which they were named.

    Raises:
        Unopened: One is not what was sealed, or its owner was erased.
    """
    public = {"offer__is_public": True, "offer__removed_at": None, "version": F("offer__version")}
    parts = SealedPart.objects.filter(organisation=organisation, **public).order_by("offer__made_at", "id")
    sealed = [(part.sealed, part.wrapped_key, part_place(part)) for part in parts.select_related("offer")]
    return tuple(_offer(content) for content in (keys.open_all_own(organisation, sealed) if sealed else ()))


def _offer(content: Mapping[str, Any]) -> Offer:
    source = content["source"]
    return Offer(**{**content, "kinds": tuple(content["kinds"]), "source": Source(**source) if source else None})
