"""Killed in the middle of a backup, a restore or a move: nothing half done is ever taken for whole."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from lichen_web.alliances.copies.backing_up import back_up
from lichen_web.alliances.copies.contents import checked
from lichen_web.alliances.copies.files import read_file
from lichen_web.alliances.copies.halts import halt_in
from lichen_web.alliances.copies.moving import SQLITE, database_there, move
from lichen_web.alliances.copies.restoring import restore
from lichen_web.alliances.copies.rows import Tally
from lichen_web.alliances.models.halt import Why
from lichen_web.keyring import host_keyring
from tests.web.copies.scene import AT, everything
from tests.web.homes import Home, home_on_postgres, living_in
from tests.web.kills.killing import killed, moments
from tests.web.postgres import Database

pytestmark = pytest.mark.long

LATER = AT + timedelta(days=30)

Held = tuple[str | None, dict[str, Tally]]
"""Why nobody may start on a database, and what it holds."""


def held(home: Home) -> Held:
    with living_in(home):
        halt = halt_in("default")
        return halt and halt.why, everything()


def is_empty(told: Held) -> bool:
    return told[0] is None and {tally.rows for tally in told[1].values()} == {0}


def seconds(work: Callable[[], object]) -> float:
    """How long it takes when nobody stops it."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def renewed(home: Home, file: Path) -> None:
    """The home has this file for a database, as if nothing had happened."""
    for old in home.folder.glob("lichen.sqlite3*"):
        old.unlink()
    shutil.copy(file, home.folder / "lichen.sqlite3")


def test_killed_backup_is_there_whole_or_not_at_all(home: Home, tmp_path: Path):
    ring = host_keyring(home.environment)

    def backed_up(file: Path) -> None:
        with living_in(home):
            back_up(file, ring, at=AT)

    longest = seconds(lambda: backed_up(tmp_path / "first"))
    whole = checked(read_file(tmp_path / "first", ring))
    for number, moment in enumerate(moments(longest)):
        file = tmp_path / f"backup {number}"
        killed(lambda _told, file=file: backed_up(file), moment)
        assert not file.exists() or checked(read_file(file, ring)) == whole


def test_killed_restore_leaves_nothing_or_all_or_what_nobody_starts_on(
    home: Home, elsewhere: Home, bare: Home, tmp_path: Path
):
    ring = host_keyring(home.environment)
    with living_in(home):
        whole = back_up(tmp_path / "backup", ring, at=AT)

    def restored() -> None:
        with living_in(elsewhere):
            restore(tmp_path / "backup", ring, at=LATER)

    for moment in moments(seconds(restored)):
        renewed(elsewhere, bare.folder / "lichen.sqlite3")
        killed(lambda _told: restored(), moment)
        told = held(elsewhere)
        assert is_empty(told) or told in [(Why.UNFINISHED, whole), (None, whole)]


def test_killed_move_to_postgresql_leaves_one_database_that_lives(home: Home, postgres: Database, tmp_path: Path):
    file = shutil.copy(home.folder / "lichen.sqlite3", tmp_path / "before.sqlite3")

    def both() -> tuple[Home, Home]:
        renewed(home, file)
        return home, home_on_postgres(home, postgres, "copies_killed", template="lichen")

    assert_one_lives(both)


def test_killed_move_to_sqlite_leaves_one_database_that_lives(home: Home, bare: Home, postgres: Database):
    full = home_on_postgres(home, postgres, "copies_full", template="lichen")
    with living_in(home):
        move(database_there(full.environment.database), at=AT)

    def both() -> tuple[Home, Home]:
        renewed(home, bare.folder / "lichen.sqlite3")
        return home_on_postgres(home, postgres, "copies_killed", template="copies_full"), home

    assert_one_lives(both)


def assert_one_lives(both: Callable[[], tuple[Home, Home]]) -> None:
    """Move from one to the other of a pair, made anew each time; called again, the move comes to its end."""

    whole = held(both()[0])[1]
    for moment in moments(seconds(partial(moved, *both()))):
        start, end = both()
        killed(partial(moved, start, end), moment)
        here, there = held(start), held(end)
        if here == (None, whole):
            assert is_empty(there) or there == (Why.UNFINISHED, whole)
        else:
            assert here == (Why.LEFT, whole)
            if there != (None, whole):
                assert there == (Why.UNFINISHED, whole)
                moved(start, end)
                assert held(end) == (None, whole)


def moved(start: Home, end: Home, _told: object = None) -> None:
    with living_in(start):
        move(database_there(end.environment.database or SQLITE), at=LATER)
