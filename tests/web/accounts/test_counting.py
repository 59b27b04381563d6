"""What is counted is kept as plain text."""

from __future__ import annotations

import base64
import pickle
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache, caches
from django.utils import timezone

from lichen_web.accounts.models import Counted

pytestmark = pytest.mark.django_db


class Planted:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.mark,))


def test_what_is_kept_comes_back(any_database: str):
    for value in ([1.5, 2.25], True, 3, "word", {"a": None}):
        cache.set("key", value, 60)
        assert cache.get("key") == value
    assert not cache.add("key", 1, 60)
    assert cache.touch("key", 60)
    assert not cache.touch("other", 60)
    assert cache.add("other", 1, None)
    assert cache.get_many(["key", "other", "none"]) == {"key": {"a": None}, "other": 1}
    assert cache.incr("other") == 2
    cache.delete("other")
    assert cache.get("other", "gone") == "gone"


def test_what_is_over_is_not_there_and_may_be_added_anew():
    cache.set("key", 1, 60)
    Counted.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert cache.get("key") is None
    assert cache.add("key", 2, 60)
    assert cache.get("key") == 2


def test_planted_row_is_not_there_and_runs_nothing(tmp_path: Path):
    mark = tmp_path / "mark"
    cache.set("key", 1, 60)
    for planted in (base64.b64encode(pickle.dumps(Planted(mark))).decode(), "", "[" * 100_000):
        Counted.objects.update(value=planted)
        assert cache.get("key") is None
    assert not mark.exists()
    cache.set("key", 2, 60)
    assert cache.get("key") == 2


def test_full_table_forgets_only_what_is_over(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(caches["default"], "_max_entries", 1)
    for key in "abc":
        cache.set(key, key, 60)
    assert cache.get_many("abc") == {"a": "a", "b": "b", "c": "c"}
