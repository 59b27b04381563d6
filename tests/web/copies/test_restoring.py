"""The drill: a backup restored elsewhere brings everything back but what was erased; anything less brings nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.migrations.loader import MigrationLoader

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import Organisation, Person
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.chains import verified_chains
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.actions.membership import set_delegate_away
from lichen_web.alliances.bridge.audit import load_audit
from lichen_web.alliances.copies.backing_up import back_up
from lichen_web.alliances.copies.contents import Broken
from lichen_web.alliances.copies.files import read_file, write_file
from lichen_web.alliances.copies.halts import halt_in, refuse_halted
from lichen_web.alliances.copies.restoring import Restored, restore
from lichen_web.alliances.copies.tables import bring_to, bring_up, is_current
from lichen_web.alliances.events import record
from lichen_web.alliances.models import Event, Halt, Mail
from lichen_web.alliances.models.event import ChainOf
from lichen_web.alliances.models.halt import Why
from lichen_web.alliances.standing import refuse_unsafe
from lichen_web.alliances.work.mails import sweep_mails
from lichen_web.environment import Part
from lichen_web.keyring import HostKey, Keyring, host_keyring
from lichen_web.sealing import Unopened, new_key
from tests.web.copies.scene import AT, WORDS, Scene, everything, own_words, seen
from tests.web.homes import Home, home_beside, living_in

LATER = AT + timedelta(days=30)

Lines = list[bytes]


@pytest.fixture
def backup(home: Home, tmp_path: Path) -> Path:
    file = tmp_path / "lichen.backup"
    with living_in(home):
        back_up(file, host_keyring(home.environment), at=AT)
    return file


def brought(backup: Path, to: Home) -> Restored:
    with living_in(to):
        return restore(backup, host_keyring(to.environment), at=LATER)


def is_empty(home: Home) -> bool:
    with living_in(home):
        return {tally.rows for tally in everything().values()} == {0} and halt_in("default") is None


def rewritten(backup: Path, home: Home, change: Callable[[Lines], Lines]) -> None:
    """The backup with other lines, sealed as ours are: only a slip of our own could write such a one."""
    ring = host_keyring(home.environment)
    lines = list(read_file(backup, ring))
    write_file(backup, change(lines), ring)


def with_schema(change: Callable[[list[list[str]]], None]) -> Callable[[Lines], Lines]:
    def changed(lines: Lines) -> Lines:
        head = json.loads(lines[0])
        change(head["schema"])
        return [json.dumps(head).encode(), *lines[1:]]

    return changed


# --- Everything ------------------------------------------------------------------------------------------------------


def test_all_comes_back_to_the_bit(backup: Path, home: Home, elsewhere: Home):
    with living_in(home):
        before = everything()
    answer = brought(backup, elsewhere)
    with living_in(elsewhere):
        assert (answer.made_at, answer.tallies, everything(), halt_in("default")) == (AT, before, before, None)


def test_gaps_open_for_their_owner_and_for_whom_they_were_granted(backup: Path, elsewhere: Home, scene: Scene):
    brought(backup, elsewhere)
    with living_in(elsewhere):
        assert own_words(scene.cast.hospital.lead)[0] == WORDS
        assert seen(scene.cast.churches.lead, scene.matter) == [WORDS]
        assert seen(scene.cast.hospital.lead, scene.matter) == []
        with pytest.raises(NotThere):
            seen(scene.cast.stranger.lead, scene.matter)


def test_chains_verify_and_go_on(backup: Path, elsewhere: Home, scene: Scene):
    brought(backup, elsewhere)
    with living_in(elsewhere):
        before = Event.objects.count()
        set_delegate_away(scene.cast.hospital.lead, is_away=True, at=LATER)
        assert [chain.faults for chain in verified_chains() if chain.faults] == []
        assert Event.objects.count() > before


def test_mail_that_waited_waits_again_and_is_found_by_the_sweep(backup: Path, elsewhere: Home):
    brought(backup, elsewhere)
    with living_in(elsewhere):
        assert Mail.objects.filter(sent_at=None).count() > 0
        sweep_mails(at=LATER)
        assert Mail.objects.filter(sent_at=None).count() == 0


# --- But for what was erased -----------------------------------------------------------------------------------------


def test_who_was_erased_after_the_backup_stays_erased(backup: Path, home: Home, elsewhere: Home, scene: Scene):
    hospital = scene.cast.hospital
    with living_in(home):
        erase_organisation(hospital.lead, name_typed=hospital.name, at=LATER)
    shutil.copy(home.folder / "erasures", elsewhere.folder)
    assert brought(backup, elsewhere).erased == 1
    with living_in(elsewhere):
        assert Organisation.objects.get(id=hospital.id).erased_at == LATER
        with pytest.raises(Unopened):
            load_audit(hospital.id)
        assert seen(scene.cast.churches.lead, scene.matter) == []
        assert len(own_words(scene.cast.churches.lead)) == 5


# --- Or nothing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        pytest.param(lambda raw: raw[:-1], "this does not open", id="truncated"),
        pytest.param(lambda raw: raw[: len(raw) // 2], "this does not open", id="cut in the middle"),
        pytest.param(lambda raw: raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:], "this does not open", id="changed"),
        pytest.param(lambda raw: raw + raw, "this does not open", id="twice"),
        pytest.param(lambda raw: b"lichen: backup/2" + raw[16:], "another version", id="another format"),
        pytest.param(lambda raw: b"PK" + raw, "not a backup", id="something else"),
        pytest.param(lambda raw: b"", "not a backup", id="empty"),
    ],
)
def test_damaged_backup_is_refused_before_anything_is_written(backup: Path, elsewhere: Home, spoilt, told: str):
    backup.write_bytes(spoilt(backup.read_bytes()))
    with pytest.raises(InputError, match=told):
        brought(backup, elsewhere)
    assert is_empty(elsewhere)


def test_backup_without_its_key_is_refused_before_anything_is_written(backup: Path, elsewhere: Home):
    (elsewhere.folder / "host.key").write_text(Keyring((HostKey(new_key()),)).text)
    with pytest.raises(InputError, match="is not in the ring"):
        brought(backup, elsewhere)
    assert is_empty(elsewhere)


def test_backup_that_is_not_there_is_refused(elsewhere: Home):
    with pytest.raises(InputError, match="the file cannot be opened"):
        brought(elsewhere.folder / "nothing", elsewhere)


def test_backup_is_not_mixed_with_what_is_there(backup: Path, home: Home):
    with living_in(home):
        before = everything()
    with pytest.raises(NotAllowed, match="There is a Lichen in this database already"):
        brought(backup, home)
    with living_in(home):
        assert (everything(), halt_in("default")) == (before, None)


def test_backup_of_a_newer_lichen_is_refused_before_anything_is_written(backup: Path, elsewhere: Home):
    rewritten(backup, elsewhere, with_schema(lambda schema: schema.append(["alliances", "9999_of_next_year"])))
    with pytest.raises(InputError, match="of a newer version of Lichen"):
        brought(backup, elsewhere)
    assert is_empty(elsewhere)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda lines: lines[:-1], id="no end"),
        pytest.param(lambda lines: [*lines, lines[-1]], id="two ends"),
        pytest.param(lambda lines: [lines[0], *lines[2:]], id="a row less"),
        pytest.param(lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], id="two rows changed places"),
        pytest.param(lambda lines: [b"{}", *lines[1:]], id="no head"),
        pytest.param(lambda lines: [], id="nothing"),
    ],
)
def test_copy_that_does_not_add_up_is_refused_before_anything_is_written(backup: Path, elsewhere: Home, change):
    rewritten(backup, elsewhere, change)
    with pytest.raises(Broken):
        brought(backup, elsewhere)
    assert is_empty(elsewhere)


def test_restoring_that_fails_at_its_end_leaves_nothing(home: Home, elsewhere: Home, tmp_path: Path):
    """A row refers to somebody who is not there; the database finds that when all is in."""
    with closing(sqlite3.connect(home.folder / "lichen.sqlite3")) as careless:
        statement = 'INSERT INTO account_emailaddress (id, verified, "primary", email, user_id) VALUES (?, ?, ?, ?, ?)'
        careless.execute(statement, (99, True, False, "x@example.org", uuid4().hex))
        careless.commit()
    with living_in(home):
        back_up(tmp_path / "careless", host_keyring(home.environment), at=AT)
    with pytest.raises(IntegrityError):
        brought(tmp_path / "careless", elsewhere)
    assert is_empty(elsewhere)


# --- Other tables ----------------------------------------------------------------------------------------------------


def test_database_without_tables_gets_them(backup: Path, home: Home, tmp_path: Path):
    bare = home_beside(tmp_path / "bare", home)
    answer = brought(backup, bare)
    with living_in(bare):
        assert (everything(), is_current("default")) == (answer.tallies, True)


def test_backup_of_an_older_lichen_is_brought_up_to_this_one(home: Home, tmp_path: Path):
    old, file = home_beside(tmp_path / "old", home), tmp_path / "old.backup"
    with living_in(old):
        every = sorted(MigrationLoader(None).graph.nodes)
        bring_to("default", [node for node in every if node[0] != "alliances" or node[1] < "0005"])
        Person.objects.create_user("old@example.org", "password", name="Old")
        back_up(file, host_keyring(old.environment), at=AT)
    bare = home_beside(tmp_path / "bare", home)
    brought(file, bare)
    with living_in(bare):
        assert (is_current("default"), [person.name for person in Person.objects.all()]) == (True, ["Old"])


def test_backup_of_an_older_lichen_needs_a_database_without_tables(backup: Path, elsewhere: Home):
    rewritten(backup, elsewhere, with_schema(lambda schema: schema.remove(["axes", "0001_initial"])))
    with pytest.raises(NotAllowed, match="no tables at all"):
        brought(backup, elsewhere)
    assert is_empty(elsewhere)


# --- Until it is whole -----------------------------------------------------------------------------------------------


def test_database_that_is_not_whole_takes_nobody(elsewhere: Home):
    with living_in(elsewhere):
        Halt.objects.create(why=Why.UNFINISHED, other="lichen.backup", since=AT)
        for refuse in (lambda: refuse_halted("default"), lambda: refuse_unsafe(Part.WEB)):
            with pytest.raises(InputError, match=r"from lichen\.backup has not wholly arrived"):
                refuse()
        with pytest.raises(IntegrityError, match="was left, or is not whole"):
            Person.objects.create_user("new@example.org", "password", name="New")
        with pytest.raises(IntegrityError, match="was left, or is not whole"):
            transaction.atomic(record)("host_opened", of=ChainOf.HOST, at=AT)
        bring_up("default")
        assert Event.objects.count() == 0
