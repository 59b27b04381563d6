"""The drill: a backup restored elsewhere brings everything back but what was erased; anything less brings nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.copies.backing_up import back_up
from lichen_web.alliances.copies.halts import halt_in
from lichen_web.alliances.copies.restoring import restore
from lichen_web.alliances.copies.rows import read_lines, tally_of
from lichen_web.alliances.copies.tables import schema_of, tables_at
from lichen_web.keyring import host_keyring
from tests.web.copies.scene import AT, CODE, WORDS, Scene, opened_by_owner, opened_by_reader
from tests.web.homes import Home, living_in

LATER = AT + timedelta(days=30)


@pytest.fixture
def backup(home: Home, tmp_path: Path) -> Path:
    """A backup of the home; afterwards the stranger's organisation is erased there."""
    file = tmp_path / "lichen.backup"
    with living_in(home):
        back_up(file, host_keyring(home.environment), at=AT)
    return file


def erased(home: Home, scene: Scene) -> None:
    with living_in(home):
        erase_organisation(scene.cast.stranger.lead, name_typed=scene.cast.stranger.name, at=LATER)


def everything() -> dict[str, tuple[int, str]]:
    """How much there is of each table, and which."""
    tables = tables_at(schema_of("default"))
    return {table.name: tally_of(read_lines(table, "default")) for table in tables}


def is_empty() -> bool:
    return {tally.rows for tally in everything().values()} == {0}


def brought(backup: Path, to: Home):
    with living_in(to):
        return restore(backup, host_keyring(to.environment), at=LATER)


def test_all_comes_back_to_the_bit(backup: Path, home: Home, elsewhere: Home):
    with living_in(home):
        before = everything()
    answer = brought(backup, elsewhere)
    with living_in(elsewhere):
        assert (answer.made_at, answer.tallies, everything(), halt_in("default")) == (AT, before, before, None)


def test_items_open_for_their_owner_and_for_whom_they_were_granted(backup: Path, elsewhere: Home, scene: Scene):
    brought(backup, elsewhere)
    with living_in(elsewhere):
        assert own_words(scene.cast.hospital.lead)[0] == WORDS
        assert seen(scene.cast.churches.lead, scene.matter) == [WORDS]
        assert seen(scene.cast.hospital.lead, scene.matter) == []
        with pytest.raises(NotThere):
            seen(scene.cast.stranger.lead, scene.matter)


def test_chains_verify_and_go_on(backup: Path, elsewhere: Home, scene: Scene):
    brought(backup, elsewhere)
    lead = scene.cast.hospital.lead
    with living_in(elsewhere):
        before = Event.objects.count()
        set_delegate_away(lead, is_away=True, at=LATER)
        assert ([chain.faults for chain in verified_chains() if chain.faults], Event.objects.count()) == ([], before + 1)


def test_mail_that_waited_waits_again_and_is_found_by_the_sweep(backup: Path, elsewhere: Home):
    brought(backup, elsewhere)
    with living_in(elsewhere):
        assert Mail.objects.filter(sent_at=None).count() > 0
        sweep_mails(at=LATER)
        assert Mail.objects.filter(sent_at=None).count() == 0


def test_who_was_erased_after_the_backup_stays_erased(backup: Path, home: Home, elsewhere: Home, scene: Scene):
    stranger = scene.cast.stranger
    with living_in(home):
        erase_organisation(stranger.lead, name_typed=stranger.name, at=LATER)
    shutil.copy(home.folder / "erasures", elsewhere.folder)
    assert brought(backup, elsewhere).erased == 1
    with living_in(elsewhere):
        assert Organisation.objects.get(id=stranger.id).erased_at == LATER
        with pytest.raises(Unopened):
            load_audit(stranger.id)
        assert own_words(scene.cast.hospital.lead)[0] == WORDS


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        pytest.param(lambda raw: raw[:-1], "this does not open", id="truncated"),
        pytest.param(lambda raw: raw[: CHUNK + 200], "this does not open", id="cut in the middle"),
        pytest.param(lambda raw: raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:], "this does not open", id="changed"),
        pytest.param(lambda raw: b"lichen: backup/2" + raw[16:], "another version", id="another format"),
        pytest.param(lambda raw: b"PK" + raw, "not a backup", id="something else"),
        pytest.param(lambda raw: b"", "not a backup", id="empty"),
    ],
)
def test_damaged_backup_is_refused_before_anything_is_written(backup: Path, elsewhere: Home, spoilt, told: str):
    backup.write_bytes(spoilt(backup.read_bytes()))
    with pytest.raises(InputError, match=told):
        brought(backup, elsewhere)
    with living_in(elsewhere):
        assert is_empty()


def test_backup_without_its_key_is_refused_before_anything_is_written(backup: Path, elsewhere: Home):
    (elsewhere.folder / "host.key").unlink()
    with pytest.raises(InputError, match="is not in the ring"):
        brought(backup, elsewhere)
    with living_in(elsewhere):
        assert is_empty()


def test_backup_is_not_mixed_with_what_is_there(backup: Path, home: Home):
    with living_in(home):
        before = everything()
    with pytest.raises(NotAllowed, match="holds something already, in account_emailaddress, lichen_chain, "):
        brought(backup, home)
    with living_in(home):
        assert (everything(), halt_in("default")) == (before, None)


def rewritten(backup: Path, home: Home, change) -> None:
    """The backup with other lines, sealed as ours are: only a slip of our own could write such a one."""
    ring = host_keyring(home.environment)
    lines = list(read_file(backup, ring))
    write_file(backup, change(lines), ring)


def later(lines: list[bytes]) -> list[bytes]:
    head = json.loads(lines[0])
    head["schema"].append(["alliances", "9999_of_next_year"])
    return [json.dumps(head).encode(), *lines[1:]]


def test_backup_of_a_newer_lichen_is_refused_before_anything_is_written(backup: Path, elsewhere: Home):
    rewritten(backup, elsewhere, later)
    with pytest.raises(InputError, match="of a newer version of Lichen"):
        brought(backup, elsewhere)
    with living_in(elsewhere):
        assert is_empty()


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
    with living_in(elsewhere):
        assert is_empty()


def test_database_without_tables_gets_them(backup: Path, home: Home, tmp_path: Path):
    bare = home_beside(tmp_path / "bare", home)
    answer = brought(backup, bare)
    with living_in(bare):
        assert (everything(), is_current("default")) == (answer.tallies, True)


def test_backup_of_an_older_lichen_is_brought_up_to_this_one(home: Home, tmp_path: Path):
    """What was backed up two versions ago comes back into a database without tables, which is then brought up."""
    old, file = home_beside(tmp_path / "old", home), tmp_path / "old.backup"
    with living_in(old):
        bring_to("default", [node for node in schema_of_this() if node not in SINCE])
        Person.objects.create_user("old@example.org", "password", name="Old")
        back_up(file, host_keyring(old.environment), at=AT)
    bare = home_beside(tmp_path / "bare", home)
    brought(file, bare)
    with living_in(bare):
        assert (is_current("default"), [person.name for person in Person.objects.all()]) == (True, ["Old"])


def test_backup_of_an_older_lichen_needs_a_database_without_tables(backup: Path, elsewhere: Home):
    def older(lines: list[bytes]) -> list[bytes]:
        head = json.loads(lines[0])
        head["schema"].remove(["axes", "0001_initial"])
        return [json.dumps(head).encode(), *lines[1:]]

    rewritten(backup, elsewhere, older)
    with pytest.raises(NotAllowed, match="no tables at all"):
        brought(backup, elsewhere)
    with living_in(elsewhere):
        assert is_empty()


def test_restoring_that_fails_at_its_end_leaves_nothing(backup: Path, elsewhere: Home):
    """A row that another refers to is missing: the database finds it when all is in."""

    def without_people(lines: list[bytes]) -> list[bytes]:
        return [relisted(lines[0], "lichen_person"), *those_of_others(lines, "lichen_person")]

    rewritten(backup, elsewhere, without_people)
    with pytest.raises(DatabaseError):
        brought(backup, elsewhere)
    with living_in(elsewhere):
        assert is_empty()
