"""The drill as a host does it, with ``lichen-web`` itself: backed up here, restored there; moved, and moved back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from lichen_web.keyring import HostKey, Keyring
from lichen_web.sealing import new_key
from tests.web.copies.scene import WORDS, Scene, everything, own_words
from tests.web.homes import Home, home_on_postgres, lichen_web, living_in
from tests.web.postgres import Database


def answered(home: Home, *words: str) -> str:
    """What a command prints that did what was asked."""
    ran = lichen_web(home, *words)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def refused(home: Home, *words: str) -> str:
    """What a command says that did not."""
    ran = lichen_web(home, *words)
    assert (ran.returncode, ran.stdout) == (2, "")
    return ran.stderr


def test_drill(home: Home, elsewhere: Home, scene: Scene, tmp_path: Path):
    file = tmp_path / "lichen.backup"
    told = answered(home, "backup", "--to", str(file))
    words = rf"Backed up and read again: \d+ rows of \d+ tables, in {file}\. It opens with the host's key \w{{16}}\.\n"
    assert re.fullmatch(words, told)
    assert refused(home, "backup", "--to", str(file)).startswith("lichen.backup: there is such a file already;")

    (elsewhere.folder / "erasures").unlink()
    told = refused(elsewhere, "restore", str(file))
    assert "the list of the organisations that were erased is not in the home" in told
    told = answered(elsewhere, "restore", str(file), "--no-erasures-known").splitlines()
    assert told[1:] == ["Erased again: 0 organisations.", "Next: lichen-web events verify"]
    assert answered(elsewhere, "events", "verify").splitlines()[-1] == "Nothing was changed."
    with living_in(elsewhere):
        assert own_words(scene.cast.hospital.lead)[0] == WORDS


def test_backup_without_its_key_says_so_in_words(home: Home, elsewhere: Home, tmp_path: Path):
    answered(home, "backup", "--to", str(tmp_path / "lichen.backup"))
    (elsewhere.folder / "host.key").write_text(Keyring((HostKey(new_key()),)).text)
    told = refused(elsewhere, "restore", str(tmp_path / "lichen.backup"), "--no-erasures-known")
    assert re.match(r"lichen\.backup: the host's key \w{16} is not in the ring; right would be: ", told)


def test_move_and_back(home: Home, postgres: Database):
    with living_in(home):
        before = everything()
    grown = home_on_postgres(home, postgres, "copies_by_command", template="lichen")
    address = grown.environment.database

    *tables, last = answered(home, "move", "--to", address).splitlines()
    assert [line.split()[0] for line in tables] == list(before)
    assert last.endswith("alike on both sides. Now set LICHEN_DATABASE_URL; then: lichen-web events verify")
    assert refused(home, "web").startswith(f"everything in this database was moved to {address};")
    assert answered(grown, "events", "verify").splitlines()[-1] == "Nothing was changed."

    shutil.move(home.folder / "lichen.sqlite3", home.folder / "before.sqlite3")
    *_tables, last = answered(grown, "move", "--to", "sqlite").splitlines()
    assert last.endswith("Now unset LICHEN_DATABASE_URL; then: lichen-web events verify")
    with living_in(home):
        assert everything() == before


def test_move_to_no_database_says_so_in_words(home: Home):
    told = refused(home, "move", "--to", "mysql://db/lichen")
    assert told.startswith("LICHEN_DATABASE_URL: is no PostgreSQL address")
