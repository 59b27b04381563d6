"""What waits in the queue."""

from __future__ import annotations

import json

from django_q.models import OrmQ

__all__ = ["queued_jobs"]


def queued_jobs() -> list[tuple[str, ...]]:
    """Each job that waits: its name and its ids, in the order in which they came."""
    rows = OrmQ.objects.order_by("id").values_list("payload", flat=True)
    return [tuple(json.loads(payload)["args"]) for payload in rows]
