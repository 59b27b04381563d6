"""Killed in the middle, the host's key is rotated all the same by whoever calls it again."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from lichen_web.accounts.models import Organisation
from lichen_web.alliances.copies.tables import bring_up
from lichen_web.alliances.keys import make_organisation_keys, open_own, seal
from lichen_web.keyring import add_host_key, host_keyring
from tests.web.homes import Home, home_beside, lichen_web, living_in

ORGANISATIONS, KILLS = 1_500, 3
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
PART, CONFESSED = ("lichen_sealed_part", "7f", "4", "1"), {"words": "Nobody has told the bank."}


def under(home: Home, key_id: str) -> int:
    """How many organisations hang on that key, as somebody else sees it meanwhile."""
    with closing(sqlite3.connect(home.folder / "lichen.sqlite3", timeout=20)) as database:
        told = database.execute("SELECT count(*) FROM lichen_organisation_key WHERE host_key = ?", [key_id])
        return int(told.fetchone()[0])


def rotating_until_killed(home: Home, key_id: str) -> int:
    """How many organisations' keys were wrapped anew when it was killed."""
    command = [sys.executable, "-m", "lichen_web.command.main", "key", "rotate", key_id]
    process = subprocess.Popen(command, env=home.variables, stdout=subprocess.DEVNULL)
    while process.poll() is None and not under(home, key_id):
        time.sleep(0.005)
    process.kill()
    process.wait()
    return under(home, key_id)


@pytest.mark.long
def test_killed_rotation_loses_nothing_and_is_gone_on_with(tmp_path: Path, django_db_blocker):
    home, half_way = home_beside(tmp_path / "home"), 0
    with django_db_blocker.unblock(), living_in(home):
        bring_up("default")
        rows = [Organisation(name=str(number), sector="health", founded_at=AT) for number in range(ORGANISATIONS)]
        with transaction.atomic():
            Organisation.objects.bulk_create(rows)
            for row in rows:
                make_organisation_keys(row.id, at=AT)
        parts = {row.id: seal(row.id, CONFESSED, bound_to=PART) for row in rows[::100]}
        for _ in range(KILLS):
            key = add_host_key(home.environment).id
            half_way += 0 < rotating_until_killed(home, key) < ORGANISATIONS
            assert host_keyring(home.environment).current.id == key
            for owner, part in parts.items():
                assert open_own(owner, part.sealed, part.wrapped_key, bound_to=PART) == CONFESSED
            assert lichen_web(home, "key", "rotate").returncode == 0
            assert under(home, key) == ORGANISATIONS
            assert lichen_web(home, "key", "status").returncode == 0
    assert half_way > 0
