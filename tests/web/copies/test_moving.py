"""A living database goes to PostgreSQL and back: the same to the bit, and the one that was left takes nobody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import OperationalError

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import Person
from lichen_web.alliances.access.chains import verified_chains
from lichen_web.alliances.access.transactions import whole
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.actions.membership import set_delegate_away
from lichen_web.alliances.copies.backing_up import back_up
from lichen_web.alliances.copies.halts import halt_in, refuse_halted
from lichen_web.alliances.copies.moving import SQLITE, database_there, move
from lichen_web.alliances.copies.restoring import restore
from lichen_web.alliances.copies.rows import NotKept, Tally
from lichen_web.alliances.events import record
from lichen_web.alliances.models import Event, Halt
from lichen_web.alliances.models.event import ChainOf
from lichen_web.alliances.models.halt import Why
from lichen_web.environment import Environment, Part
from lichen_web.keyring import host_keyring
from tests.web.copies.scene import AT, WORDS, Scene, everything, own_words, seen
from tests.web.homes import Home, home_on_postgres, living_in
from tests.web.postgres import Database

LATER = AT + timedelta(days=30)


@pytest.fixture
def grown(home: Home, postgres: Database) -> Home:
    """The same home on a PostgreSQL that has the tables and nothing in them."""
    return home_on_postgres(home, postgres, "copies_grown", template="lichen")


def moved(home: Home, to: Home) -> dict[str, Tally]:
    with living_in(home):
        return move(database_there(to.environment.database or SQLITE), at=LATER)


def put_aside(home: Home) -> Path:
    """What a host does before moving back: the old file goes elsewhere."""
    return (home.folder / "lichen.sqlite3").rename(home.folder / "before.sqlite3")


def test_there_and_back_again_nothing_has_changed(home: Home, postgres: Database):
    """Neither end has tables before."""
    grown = home_on_postgres(home, postgres, "copies_without_tables")
    with living_in(home):
        before = everything()
    there = moved(home, grown)
    with living_in(grown):
        assert (there, everything(), halt_in("default")) == (before, before, None)
    put_aside(home)
    back = moved(grown, home)
    with living_in(home):
        assert (back, everything(), halt_in("default")) == (before, before, None)


def test_life_goes_on_there_under_the_rules_of_its_rows(home: Home, grown: Home, scene: Scene):
    moved(home, grown)
    with living_in(grown, Part.WEB):
        assert own_words(scene.cast.hospital.lead)[0] == WORDS
        assert seen(scene.cast.churches.lead, scene.matter) == [WORDS]
        set_delegate_away(scene.cast.hospital.lead, is_away=True, at=LATER)  # the numbers of events count on
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM lichen_sealed_part")
            assert cursor.fetchone() == (0,)
    with living_in(grown):
        assert [chain.faults for chain in verified_chains() if chain.faults] == []


def test_who_signs_up_there_and_moves_back_is_there(home: Home, grown: Home, scene: Scene):
    moved(home, grown)
    with living_in(grown):
        set_delegate_away(scene.cast.hospital.lead, is_away=True, at=LATER)
        with whole():
            events = Event.objects.count()
    put_aside(home)
    moved(grown, home)
    with living_in(home):
        set_delegate_away(scene.cast.hospital.lead, is_away=False, at=LATER)
        assert Event.objects.count() > events
        assert [chain.faults for chain in verified_chains() if chain.faults] == []


def test_database_that_was_left_keeps_its_rows_and_takes_nobody(home: Home, grown: Home):
    with living_in(home):
        before = everything()
    moved(home, grown)
    with living_in(home):
        assert everything() == before
        with pytest.raises(InputError, match=r"was moved to postgresql://127\.0\.0\.1:\d+/copies_grown"):
            refuse_halted("default")
    put_aside(home)
    moved(grown, home)
    with living_in(grown, Part.WEB):
        with pytest.raises(InputError, match="was moved to"):
            refuse_halted("default")
        with pytest.raises(OperationalError, match="was left, or is not whole"):
            Person.objects.create_user("new@example.org", "password", name="New")
        with pytest.raises(OperationalError, match="was left, or is not whole"):
            transaction.atomic(record)("host_opened", of=ChainOf.HOST, at=AT)


def test_database_that_was_left_is_not_left_again(home: Home, grown: Home, postgres: Database):
    moved(home, grown)
    third = home_on_postgres(home, postgres, "copies_third", template="lichen")
    with pytest.raises(InputError, match="was moved to"):
        moved(home, third)


def test_nothing_is_moved_into_what_holds_something(home: Home, grown: Home):
    moved(home, grown)
    with living_in(home):
        Halt.objects.all().delete()
    with pytest.raises(NotAllowed, match="There is a Lichen in this database already"):
        moved(home, grown)
    with living_in(home):
        assert halt_in("default") is None


def test_row_that_postgresql_does_not_take_stops_the_move_and_changes_nothing(home: Home, grown: Home):
    with living_in(home):
        Person.objects.filter(name="Brigid Nolan").update(name="Brigid\0Nolan")
        before = everything()
    with pytest.raises(NotKept, match="a row of lichen_person as it is"):
        moved(home, grown)
    with living_in(home):
        assert (everything(), halt_in("default")) == (before, None)
    with living_in(grown):
        assert {tally.rows for tally in everything().values()} == {0}


def test_move_that_was_cut_off_before_its_last_word_is_finished(home: Home, grown: Home):
    """The power failed when both had everything: the old one is left, and the new one still says that it waits."""
    told = moved(home, grown)
    with living_in(home):
        left = Halt.objects.get()
    with living_in(grown):
        Halt.objects.create(id=left.id, why=Why.UNFINISHED, other="the file", since=AT)
        with pytest.raises(InputError, match="from the file has not wholly arrived"):
            refuse_halted("default")
    assert moved(home, grown) == told
    with living_in(grown):
        assert halt_in("default") is None


def test_move_that_was_cut_off_before_the_old_one_was_left_begins_anew(home: Home, grown: Home):
    told = moved(home, grown)
    with living_in(home):
        Halt.objects.all().delete()
    with living_in(grown):
        Halt.objects.create(why=Why.UNFINISHED, other="the file", since=AT)
    with pytest.raises(NotAllowed, match="There is a Lichen in this database already"):
        moved(home, grown)
    with living_in(home):
        assert (everything(), halt_in("default")) == (told, None)


def test_backup_goes_from_one_kind_to_the_other(home: Home, elsewhere: Home, grown: Home, tmp_path: Path):
    ring, files = host_keyring(home.environment), (tmp_path / "of sqlite", tmp_path / "of postgresql")
    with living_in(home):
        before = everything()
        assert back_up(files[0], ring, at=AT) == before
    with living_in(grown):
        assert restore(files[0], ring, at=LATER).tallies == everything() == before
        assert back_up(files[1], ring, at=LATER) == before
    with living_in(elsewhere):
        assert restore(files[1], ring, at=LATER).tallies == everything() == before


def test_erasures_are_replayed_on_postgresql(home: Home, grown: Home, scene: Scene, tmp_path: Path):
    ring, hospital = host_keyring(home.environment), scene.cast.hospital
    with living_in(home):
        back_up(tmp_path / "backup", ring, at=AT)
        erase_organisation(hospital.lead, name_typed=hospital.name, at=LATER)
    with living_in(grown):
        assert restore(tmp_path / "backup", ring, at=LATER).erased == 1
    with living_in(grown, Part.WEB):
        assert seen(scene.cast.churches.lead, scene.matter) == []


def test_nobody_but_the_owner_of_the_tables_backs_up_what_they_half_see(home: Home, grown: Home, tmp_path: Path):
    moved(home, grown)
    with living_in(grown, Part.WEB), pytest.raises(NotAllowed, match="Only the owner of the tables sees every row"):
        back_up(tmp_path / "half", host_keyring(grown.environment), at=LATER)
    assert list(tmp_path.glob("*half*")) == []


def test_unmigrated_database_is_not_moved(home: Home, grown: Home):
    with living_in(home), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")
    with pytest.raises(NotAllowed, match="First: lichen-web migrate"):
        moved(home, grown)


def test_other_end_is_signed_in_to_as_the_owner_of_its_tables(settings):
    settings.LICHEN = Environment(home=Path("/nowhere"))
    parts = database_there("postgresql://db.example.org:5433/lichen")
    named = {"HOST": "db.example.org", "PORT": "5433", "NAME": "lichen", "USER": "lichen_owner", "PASSWORD": ""}
    assert {word: parts[word] for word in named} == named
