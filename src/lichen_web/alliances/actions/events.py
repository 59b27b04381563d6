"""Marking where the chains of events stand, signed with the host's key."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Max, Q

from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.events import signed_mark
from lichen_web.alliances.models import Chain, Checkpoint

__all__ = ["mark_chains"]


def mark_chains(*, at: datetime) -> int:
    """Sign where every chain stands that went on since its last mark; a second time nothing happens.

    Args:
        at: When.

    Returns:
        How many were marked.
    """
    with working():
        went_on = Q(marked=None) | Q(marked__lt=F("last_number"))
        chains = Chain.objects.annotate(marked=Max("checkpoints__number")).filter(went_on, last_number__gt=0)
        marks = [signed_mark(row.id, row.of, row.last_number, row.last_hash, at=at) for row in chains.order_by("id")]
        Checkpoint.objects.bulk_create(
            [
                Checkpoint(
                    chain_id=mark.chain,
                    number=mark.number,
                    hash=mark.hash,
                    signed_at=mark.signed_at,
                    signature=mark.signature,
                    verify_key=mark.verify_key,
                )
                for mark in marks
            ],
            batch_size=500,
        )
    return len(marks)
