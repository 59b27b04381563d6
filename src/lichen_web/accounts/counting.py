"""What is counted for a while, kept as plain text: whoever writes a row of it can have nothing run by that."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, transaction
from django.utils import timezone

from lichen_web.accounts.models.session import Counted

__all__ = ["Counting"]

_NEVER = datetime.max.replace(microsecond=0, tzinfo=UTC)


class Counting(DatabaseCache):
    """Django's cache in the database, with JSON in the place of pickles, and nothing forgotten that still counts."""

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """What is kept for these keys; what is over or cannot be read counts as not there."""
        asked = {self.make_and_validate_key(key, version=version): key for key in keys}
        rows = Counted.objects.filter(cache_key__in=asked, expires__gte=timezone.now())
        found = {}
        for key, text in rows.values_list("cache_key", "value"):
            try:
                found[asked[key]] = json.loads(text)
            except (ValueError, RecursionError):
                continue
        return found

    def _base_set(self, mode: str, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT) -> bool:
        now, until = timezone.now(), self.get_backend_timeout(timeout)
        expires = _NEVER if until is None else datetime.fromtimestamp(until, tz=UTC)
        try:
            with transaction.atomic():
                return _kept(mode, key, json.dumps(value), now, expires)
        except DatabaseError:  # as Django's does: somebody else was quicker
            return False
        finally:
            if Counted.objects.count() > self._max_entries:
                Counted.objects.filter(expires__lt=now).delete()


def _kept(mode: str, key: str, text: str, now: datetime, expires: datetime) -> bool:
    rows = Counted.objects.filter(cache_key=key)
    if mode == "touch":
        return bool(rows.update(expires=expires))
    taken_up = rows if mode == "set" else rows.filter(expires__lt=now)
    if not taken_up.update(value=text, expires=expires):
        Counted.objects.create(cache_key=key, value=text, expires=expires)
    return True
