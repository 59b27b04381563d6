"""A backup holds everything, and nobody reads a word of it without the host's key."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from lichen.errors import InputError
from lichen_web.alliances.copies.backing_up import back_up
from lichen_web.alliances.copies.contents import checked, copied_lines, head_of
from lichen_web.alliances.copies.files import read_file
from lichen_web.alliances.models import Halt
from lichen_web.alliances.models.halt import Why
from lichen_web.keyring import HostKey, Keyring, host_keyring
from lichen_web.sealing import new_key
from tests.web.copies.scene import AT, CONFESSED, PLANTED
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
    assert [word for word in PLANTED if word.encode() in raw] == list(PLANTED[len(CONFESSED) :])


def test_backup_is_for_its_owner_alone(backup: Path):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir() if path.is_file()] == ["lichen.backup"]


def test_backup_never_takes_the_place_of_another_file(backup: Path, home: Home):
    before = backup.read_bytes()
    with pytest.raises(InputError, match="there is such a file already"), living_in(home):
        back_up(backup, host_keyring(home.environment), at=AT)
    assert backup.read_bytes() == before


def test_backup_does_not_open_with_another_key(backup: Path):
    with pytest.raises(InputError, match="is not in the ring"):
        next(read_file(backup, Keyring((HostKey(new_key()),))))


@pytest.mark.parametrize("place", [0, 15, 20, 60, 100, 130, 131, 132, 140, -1])
def test_backup_that_was_changed_does_not_open(backup: Path, home: Home, place: int):
    raw = bytearray(backup.read_bytes())
    raw[place] ^= 1
    backup.write_bytes(raw)
    with pytest.raises(InputError):
        list(read_file(backup, host_keyring(home.environment)))


def test_backup_is_of_one_moment_and_stops_nobody(home: Home):
    """Somebody signs up while the backup is being written: they can, and the backup does not know of them."""
    with living_in(home):
        lines = copied_lines("default", AT)
        head = next(lines)
        with closing(sqlite3.connect(home.folder / "lichen.sqlite3", timeout=1)) as other:
            other.execute("UPDATE lichen_person SET name = 'Somebody else'")
            other.commit()
        rest = list(lines)
        later = list(copied_lines("default", AT))
    people = checked(iter([head, *rest]))["lichen_person"].rows
    assert [sum(b"Somebody else" in line for line in told) for told in (rest, later)] == [0, people]


def test_backup_leaves_out_sessions_and_the_queue(home: Home):
    with living_in(home):
        tables = head_of(copied_lines("default", AT)).tables
    out = {"lichen_session", "lichen_counted", "django_q_ormq", "axes_accesslog", "lichen_halt"}
    within = {"lichen_person", "account_emailaddress", "mfa_authenticator", "lichen_event", "lichen_mail"}
    assert (out & tables.keys(), within - tables.keys()) == (set(), set())


def test_database_that_was_left_is_not_backed_up(home: Home, tmp_path: Path):
    with living_in(home):
        Halt.objects.create(why=Why.LEFT, other="postgresql://db/lichen", since=AT)
        with pytest.raises(InputError, match="moved to postgresql://db/lichen"):
            back_up(tmp_path / "late.backup", host_keyring(home.environment), at=AT)
    assert not (tmp_path / "late.backup").exists()
