"""The alliance's file against other eyes: its mode, its lock, and a writer that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.errors import InputError
from lichen.files.alliances import (
    check_lockable,
    is_locked_file,
    lock_alliance,
    read_alliance,
    unlock_alliance,
    write_alliance,
)
from lichen.files.locking import Cost, Lock
from lichen.files.reading import read_audit
from lichen.files.storage import OpenToOthers
from tests.core.files.given import written
from tests.core.files.test_storage import mode
from tests.core.files.whole_alliance import alliance

SESAME = "four words or more"
BY_HAND = """# kept by the facilitator
lichen: alliance/1
name: Eastfield Health    # for now
"""


@pytest.fixture
def lock() -> Lock:
    return Lock(SESAME, os.urandom, Cost(2**16, 3, 4))


def test_a_file_that_others_may_read_is_read_with_a_note_that_says_how_to_mend_it(tmp_path: Path):
    path = tmp_path / "alliance.yaml"
    write_alliance(alliance, path)
    path.chmod(0o640)

    with pytest.warns(OpenToOthers) as noted:
        assert read_alliance(path) == alliance
    assert str(noted[0].message) == (
        f"alliance.yaml: Other users of this machine may read it. To keep them out: chmod 600 {path}"
    )


def test_a_closed_file_and_a_locked_one_are_read_without_a_note(tmp_path: Path, lock: Lock):
    write_alliance(alliance, tmp_path / "closed.yaml")
    write_alliance(alliance, tmp_path / "locked.yaml", lock)
    (tmp_path / "locked.yaml").chmod(0o644)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_alliance(tmp_path / "closed.yaml") == alliance
        assert read_alliance(tmp_path / "locked.yaml", SESAME) == alliance


def test_a_locked_alliance_shows_nothing_and_reads_back(tmp_path: Path, lock: Lock):
    path = tmp_path / "alliance.json"
    write_alliance(alliance, path, lock)

    assert mode(path) == 0o600
    assert [text for text in (b"Eastfield", b"hospital", b"trust.") if text in path.read_bytes()] == []
    assert is_locked_file(path)
    assert read_alliance(path, SESAME) == alliance


def test_a_locked_alliance_is_not_read_without_its_passphrase(tmp_path: Path, lock: Lock):
    write_alliance(alliance, tmp_path / "alliance.yaml", lock)

    with pytest.raises(InputError, match="the file is locked"):
        read_alliance(tmp_path / "alliance.yaml")
    with pytest.raises(InputError, match="the passphrase is not right"):
        read_alliance(tmp_path / "alliance.yaml", "another")


def test_an_unlocked_alliance_is_not_written_over_a_locked_one(tmp_path: Path, lock: Lock):
    path = tmp_path / "alliance.yaml"
    write_alliance(alliance, path, lock)

    with pytest.raises(InputError, match="the file there is locked"):
        write_alliance(alliance, path)
    assert is_locked_file(path)


def test_locking_and_unlocking_keep_the_file_to_the_letter_with_its_comments(tmp_path: Path, lock: Lock):
    path = written(tmp_path, "alliance.yaml", BY_HAND)

    lock_alliance(path, lock)
    assert is_locked_file(path)
    unlock_alliance(path, SESAME)

    assert path.read_text() == BY_HAND
    assert mode(path) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["alliance.yaml"]


def test_a_file_is_locked_once_and_unlocked_once(tmp_path: Path, lock: Lock):
    path = written(tmp_path, "alliance.yaml", BY_HAND)
    with pytest.raises(InputError, match="the file is not locked"):
        unlock_alliance(path, SESAME)

    lock_alliance(path, lock)
    with pytest.raises(InputError, match="the file is locked already"):
        lock_alliance(path, lock)


def test_a_wrong_passphrase_unlocks_nothing(tmp_path: Path, lock: Lock):
    path = written(tmp_path, "alliance.yaml", BY_HAND)
    lock_alliance(path, lock)
    before = path.read_bytes()

    with pytest.raises(InputError, match="the passphrase is not right"):
        unlock_alliance(path, "another")
    assert path.read_bytes() == before


def test_a_file_that_is_no_alliance_by_its_name_is_not_locked(tmp_path: Path):
    path = written(tmp_path, "photo.jpg", "x")

    with pytest.raises(InputError, match="not kept in this format"):
        check_lockable(path)


@pytest.mark.parametrize("text", ["lichen: audit/1\n", "organisation: {name: x}\n", "organisations: [{name: x}]\n"])
def test_an_audit_is_not_locked_since_nothing_could_read_it_then(text: str, tmp_path: Path, lock: Lock):
    path = written(tmp_path, "audit.yaml", text)

    with pytest.raises(InputError, match="this is an audit, not an alliance"):
        lock_alliance(path, lock)
    assert path.read_text() == text


def test_a_locked_file_that_is_read_as_an_audit_is_called_locked_with_the_command_that_unlocks_it(
    tmp_path: Path, lock: Lock
):
    path = tmp_path / "my audit.yaml"
    write_alliance(alliance, path, lock)

    with pytest.raises(InputError) as refusal:
        read_audit(path)
    assert str(refusal.value.problems[0]) == (
        "my audit.yaml: the file is locked; right would be: the same file, unlocked: "
        "lichen alliance unlock 'my audit.yaml'"
    )


def test_an_alliance_as_large_as_a_file_may_be_can_be_locked_and_read(tmp_path: Path, lock: Lock):
    text = "name: x\n".ljust(5 * 10**6, "#")
    path = written(tmp_path, "alliance.yaml", text)
    lock_alliance(path, lock)

    assert read_alliance(path, SESAME) == Alliance("x")


WRITE_FOR_EVER = """
import os, sys
from lichen.files.alliances import read_alliance, write_alliance
from lichen.files.locking import Cost, Lock
path, passphrase = sys.argv[1:]
alliance = read_alliance(path, passphrase)
lock = Lock(passphrase, os.urandom, Cost(2**16, 3, 4)) if passphrase else None
print("begun", flush=True)
while True:
    write_alliance(alliance, path, lock)
"""


@pytest.mark.long
@pytest.mark.parametrize("passphrase", ["", SESAME])
def test_a_writer_that_is_killed_leaves_a_whole_alliance(passphrase: str, tmp_path: Path, lock: Lock):
    path = tmp_path / "alliance.yaml"
    write_alliance(alliance, path, lock if passphrase else None)

    for turn in range(20):
        command = [sys.executable, "-c", WRITE_FOR_EVER, str(path), passphrase]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.01 + 0.03 * turn)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()

        assert read_alliance(path, passphrase) == alliance
        assert mode(path) == 0o600
