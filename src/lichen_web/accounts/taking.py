"""What anybody may do so and so often in a while: each time is looked up and written down under one lock."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from lichen_web.accounts.models.session import Counted

__all__ = ["is_taken"]


def is_taken(what: str, who: str, *, most: int, within: timedelta, at: datetime) -> bool:
    """Take one of the times that somebody may do something, if there is one left.

    Two who ask at the same moment come one after the other, so that the last is never given to both.

    Args:
        what: What they do.
        who: Who does it: an id or an address; kept as a keyed digest.
        most: So often.
        within: In so long.
        at: Now.

    Returns:
        Whether one was left.
    """
    key = f"{what}:{salted_hmac('lichen_web.taking', who, algorithm='sha256').hexdigest()}"
    with transaction.atomic():
        Counted.objects.bulk_create([Counted(cache_key=key, value="[]", expires=at + within)], ignore_conflicts=True)
        row = Counted.objects.select_for_update(no_key=True).get(cache_key=key)
        taken = [moment for moment in json.loads(row.value) if moment > (at - within).timestamp()]
        if len(taken) >= most:
            return False
        row.value, row.expires = json.dumps([*taken, at.timestamp()]), at + within
        row.save(update_fields=["value", "expires"])
        return True
