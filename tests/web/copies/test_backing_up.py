"""A backup holds everything, and nobody reads a word of it without the host's key."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from lichen.errors import InputError
from lichen_web.alliances.copies.backing_up import back_up
from lichen_web.alliances.copies.files import read_file
from lichen_web.keyring import HostKey, Keyring, host_keyring
from lichen_web.sealing import Unopened, new_key
from tests.web.copies.scene import AT, PLANTED
from tests.web.homes import Home, living_in


@pytest.fixture
def backup(home: Home, tmp_path: Path) -> Path:
    file = tmp_path / "lichen.backup"
    with living_in(home):
        back_up(file, host_keyring(home.environment), at=AT)
    return file


def test_backup_shows_nobody_what_is_in_it(backup: Path, home: Home):
    raw, key = backup.read_bytes(), host_keyring(home.environment).current
    secrets = [word.encode() for word in PLANTED] + [key.secret, b"lichen_person", b"example.org"]
    assert [secret for secret in secrets if secret in raw] == []


def test_what_was_looked_for_is_in_the_database_or_sealed_there(home: Home):
    raw = (home.folder / "lichen.sqlite3").read_bytes()
    assert [word for word in PLANTED if word.encode() in raw] == list(PLANTED[3:])
