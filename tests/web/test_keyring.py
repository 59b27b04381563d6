from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from lichen.errors import InputError, NotAllowed
from lichen_web.environment import Environment, Part, environment_from
from lichen_web.keyring import (
    HostKey,
    Keyring,
    add_host_key,
    host_keyring,
    key_file,
    keyring_from,
    make_matcher_pair,
    matcher_private_key,
    matcher_public_key,
    put_first,
    read_copy,
    write_copy,
)
from lichen_web.sealing import Unopened, boxed, unboxed

FIRST, SECOND, THIRD = (HostKey(bytes([number]) * 32) for number in (1, 2, 3))
PLACE = ("lichen_mail", "7f")
OTHER_GROUP = os.getgid() or 65534
"""Some group that is not root's, to which this user may give a file."""


@pytest.fixture
def local(tmp_path: Path) -> Environment:
    return Environment(home=tmp_path / "home")


@pytest.fixture
def hosted(tmp_path: Path) -> Environment:
    return Environment(home=tmp_path / "home", url="https://lichen.example.org")


def written(path: Path, ring: Keyring, mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ring.text, encoding="ascii")
    path.chmod(mode)
    os.chown(path, -1, OTHER_GROUP)
    return path


# --- The ring --------------------------------------------------------------------------------------------------------


def test_ring_is_read_as_it_was_written():
    ring = Keyring((FIRST, SECOND))
    assert keyring_from(ring.text) == ring


def test_ring_is_not_printed():
    assert repr(Keyring((FIRST,))) == "Keyring(keys=(HostKey(),))"


def test_id_is_of_the_key_and_tells_nothing_of_it():
    assert len({key.id for key in (FIRST, SECOND, THIRD)}) == 3
    assert FIRST.id == "0004663a13faed41"
    assert FIRST.id not in FIRST.secret.hex()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "host.key: there is no key"),
        ("# nothing but a remark\n\n", "host.key: there is no key"),
        (f"{FIRST.id}", "host.key, row 1: this is not a key and its id, or has a slip in it"),
        (f"{FIRST.id} {'A' * 43}=", "host.key, row 1: this is not a key and its id, or has a slip in it"),
        (f"{FIRST.id} {b64encode(SECOND.secret).decode()}", "host.key, row 1: this is not a key and its id"),
        (f"{FIRST.id} {b64encode(FIRST.secret).decode()[:-4]}", "host.key, row 1: this is not a key and its id"),
        (f"{FIRST.id} é", "host.key, row 1: this is not a key and its id, or has a slip in it"),
        (Keyring((FIRST, FIRST)).text, "host.key, row 3: this key was there before"),
        (Keyring((FIRST,)).text + "and so on", "host.key, row 3: this is not a key and its id, or has a slip in it"),
    ],
)
def test_text_that_is_no_ring_is_refused_without_its_words(text: str, said: str):
    with pytest.raises(InputError) as refusal:
        keyring_from(text, "host.key")
    assert str(refusal.value).startswith(said)
    assert b64encode(FIRST.secret).decode() not in str(refusal.value)


def test_every_slip_in_a_line_is_found():
    line = Keyring((FIRST,)).text.splitlines()[1]
    for place in range(len(line)):
        for letter in "0Ab/= ":
            changed = line[:place] + letter + line[place + 1 :]
            if changed.split() != line.split():
                with pytest.raises(InputError):
                    keyring_from(changed)


def test_what_the_host_seals_opens_for_its_purpose_and_place_alone():
    ring = Keyring((FIRST,))
    envelope = ring.sealed("mail", b"words", PLACE)
    assert ring.opened("mail", envelope, PLACE) == b"words"
    assert ring.opened("mail", memoryview(envelope), PLACE) == b"words"
    for purpose, place in (("complaint", PLACE), ("mail", ("lichen_mail", "80")), ("mail", ()), ("", ("mail", *PLACE))):
        with pytest.raises(Unopened):
            ring.opened(purpose, envelope, place)


def test_every_flipped_bit_and_truncation_of_what_the_host_sealed_is_found():
    ring = Keyring((FIRST, SECOND))
    envelope = ring.sealed("mail", b"words", PLACE)
    for place in range(len(envelope)):
        with pytest.raises(Unopened):
            ring.opened("mail", envelope[:place], PLACE)
        for bit in range(8):
            changed = bytearray(envelope)
            changed[place] ^= 1 << bit
            with pytest.raises(Unopened):
                ring.opened("mail", bytes(changed), PLACE)


def test_what_the_host_sealed_opens_while_its_key_is_in_the_ring():
    envelope = Keyring((FIRST,)).sealed("mail", b"words", PLACE)
    assert Keyring((SECOND, FIRST)).opened("mail", envelope, PLACE) == b"words"
    with pytest.raises(Unopened, match=f"the host's key {FIRST.id} is not in the ring"):
        Keyring((SECOND,)).opened("mail", envelope, PLACE)


def test_host_seals_under_its_current_key():
    envelope = Keyring((SECOND, FIRST)).sealed("mail", b"words", PLACE)
    assert Keyring((SECOND,)).opened("mail", envelope, PLACE) == b"words"


def test_what_the_host_sealed_on_the_first_day_opens_for_ever():
    once = bytes.fromhex(
        "040004663a13faed4191c28b4ab68e5c7b5ff2bc940183467c0146034fe18ad6213d34647ed6ed34c30e7a24f042ca2f303a"
        "27e64f4b23165612dab8f322459536f9602dc462600ffb0c52aff644"
    )
    assert Keyring((FIRST,)).opened("mail", once, PLACE) == b"kept since the first day"


# --- Its file --------------------------------------------------------------------------------------------------------


def test_local_host_makes_its_key_once(local: Environment):
    ring = host_keyring(local)
    assert host_keyring(local) == ring
    assert keyring_from((local.home / "host.key").read_text()) == ring
    assert (local.home / "host.key").stat().st_mode & 0o777 == 0o600


def test_many_processes_that_start_at_once_have_one_key(local: Environment):
    code = (
        "import sys; from pathlib import Path; from lichen_web.environment import Environment;"
        "from lichen_web.keyring import host_keyring, make_matcher_pair;"
        "here = Environment(home=Path(sys.argv[1]));"
        "print(host_keyring(here).current.id, make_matcher_pair(here).public.hex())"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(local.home)], stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    told = {process.communicate()[0] for process in running}
    assert told == {f"{host_keyring(local).current.id} {matcher_public_key(local).hex()}\n"}
    assert sorted(path.name for path in local.home.iterdir()) == ["erasures", "host.key", "matcher.key", "matcher.pub"]


def test_host_that_others_reach_makes_no_key_by_itself(hosted: Environment):
    with pytest.raises(InputError, match="on a new host: lichen-web key make"):
        host_keyring(hosted)
    assert not hosted.home.exists()


def test_key_that_was_put_elsewhere_is_not_made_anew_when_it_is_away(local: Environment, tmp_path: Path):
    """A stick that is not plugged in must not end in a second key."""
    away = replace(local, key_file=tmp_path / "stick" / "host.key")
    with pytest.raises(InputError, match="the host's key is not here"):
        host_keyring(away)


def test_key_that_was_lost_is_not_made_anew(local: Environment):
    """What hangs on it would not open, and its copy would be put over the new one."""
    kept = host_keyring(local).text
    key_file(local).unlink()
    matcher_public_key(local)
    with pytest.raises(InputError, match="right would be: a copy of it, put there"):
        host_keyring(local)
    key_file(local).touch(mode=0o600)
    key_file(local).write_text(kept)
    assert host_keyring(local).text == kept


def test_matcher_s_pair_alone_does_not_pass_for_a_lost_key(local: Environment):
    matcher_public_key(local)
    assert len(host_keyring(local).keys) == 1


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o601, 0o610])
def test_key_that_others_may_touch_is_refused(local: Environment, mode: int):
    written(key_file(local), Keyring((FIRST,)), mode)
    with pytest.raises(InputError, match="others on this machine may read the host's key; right would be: chmod 600"):
        host_keyring(local)


def test_key_that_was_opened_to_others_later_is_refused(local: Environment):
    host_keyring(local)
    os.chown(key_file(local), -1, OTHER_GROUP)
    key_file(local).chmod(0o640)
    with pytest.raises(InputError, match="others on this machine may read"):
        host_keyring(local)


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives a file to root's group")
@pytest.mark.parametrize(("mode", "is_taken"), [(0o440, True), (0o640, True), (0o444, False), (0o660, False)])
def test_key_that_only_root_s_group_may_read_is_taken(local: Environment, mode: int, is_taken: bool):
    """A credential of systemd looks like this."""
    path = written(key_file(local), Keyring((FIRST,)), mode)
    os.chown(path, -1, 0)
    if is_taken:
        assert host_keyring(local).current == FIRST
    else:
        with pytest.raises(InputError, match="others on this machine may read"):
            host_keyring(local)


def test_changed_file_is_read_anew(local: Environment):
    written(key_file(local), Keyring((FIRST,)))
    assert host_keyring(local).current == FIRST
    written(key_file(local), Keyring((SECOND, FIRST)))
    assert host_keyring(local).current == SECOND


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"\0" * 100])
def test_file_that_is_no_ring_is_refused(local: Environment, content: bytes):
    written(key_file(local), Keyring((FIRST,))).write_bytes(content)
    with pytest.raises(InputError):
        host_keyring(local)


def test_folder_in_the_place_of_the_key_is_refused(local: Environment):
    key_file(local).mkdir(parents=True, mode=0o700)
    with pytest.raises(InputError, match="the host's key cannot be read"):
        host_keyring(local)


# --- A command -------------------------------------------------------------------------------------------------------


def test_command_prints_the_ring(local: Environment, tmp_path: Path):
    elsewhere = written(tmp_path / "vault", Keyring((SECOND, FIRST)))
    ring = host_keyring(replace(local, key_command=f"cat '{elsewhere}'"))
    assert ring == Keyring((SECOND, FIRST))
    assert not local.home.exists()


@pytest.mark.parametrize("command", ["false", "/there/is/no/such", "cat /there/is/no/such", "printf '\\377'", "'"])
def test_command_that_fails_is_told_without_what_it_said(local: Environment, command: str):
    with pytest.raises(InputError, match="the command for the host's key failed") as refusal:
        host_keyring(replace(local, key_command=command))
    assert "/there" not in str(refusal.value)


def test_command_that_prints_no_key_is_refused(local: Environment):
    with pytest.raises(InputError, match="there is no key"):
        host_keyring(replace(local, key_command="true"))


def test_file_and_command_together_are_refused():
    with pytest.raises(InputError, match="LICHEN_KEY_COMMAND"):
        environment_from({"LICHEN_KEY_FILE": "/a", "LICHEN_KEY_COMMAND": "cat /a"})


def test_keys_of_a_command_are_not_changed_here(local: Environment):
    vault = replace(local, key_command="cat /vault")
    for change in (lambda: add_host_key(vault), lambda: put_first(vault, FIRST.id)):
        with pytest.raises(InputError, match="the host's keys come from a command"):
            change()


# --- Making, putting first, copying ----------------------------------------------------------------------------------


def test_first_key_is_made_and_the_next_waits_behind_it(hosted: Environment):
    first = add_host_key(hosted)
    second = add_host_key(hosted)
    assert host_keyring(hosted).keys == (first, second)
    assert key_file(hosted).stat().st_mode & 0o777 == 0o600


def test_key_is_put_first_and_no_other_is_lost(hosted: Environment):
    written(key_file(hosted), Keyring((FIRST, SECOND, THIRD)))
    put_first(hosted, THIRD.id)
    assert host_keyring(hosted).keys == (THIRD, FIRST, SECOND)


def test_key_that_is_not_there_cannot_be_put_first(hosted: Environment):
    written(key_file(hosted), Keyring((FIRST,)))
    with pytest.raises(Unopened):
        put_first(hosted, SECOND.id)
    assert host_keyring(hosted).keys == (FIRST,)


def test_copy_holds_the_whole_ring_for_its_owner_alone(hosted: Environment, tmp_path: Path):
    written(key_file(hosted), Keyring((FIRST, SECOND)))
    copy = tmp_path / "stick"
    assert write_copy(hosted, copy) == host_keyring(hosted)
    assert keyring_from(read_copy(hosted, copy)) == host_keyring(hosted)
    assert copy.stat().st_mode & 0o777 == 0o600


def test_copy_overwrites_nothing(hosted: Environment, tmp_path: Path):
    written(key_file(hosted), Keyring((FIRST,)))
    other = written(tmp_path / "of-another-host", Keyring((SECOND,)))
    for to in (other, key_file(hosted), tmp_path):
        with pytest.raises(InputError, match="there is a file of this name"):
            write_copy(hosted, to)
    assert keyring_from(other.read_text()).current == SECOND
    assert host_keyring(hosted).current == FIRST


def test_host_s_own_file_is_no_second_copy(hosted: Environment, tmp_path: Path):
    own = written(key_file(hosted), Keyring((FIRST,)))
    linked = tmp_path / "linked"
    linked.symlink_to(own)
    hard = tmp_path / "hard"
    os.link(own, hard)
    for path in (own, linked, hard, hosted.home / "beside"):
        with pytest.raises(InputError, match="this is the host's own, not a second copy"):
            read_copy(hosted, path)


def test_copy_that_cannot_be_read_is_refused(hosted: Environment, tmp_path: Path):
    (tmp_path / "garbled").write_bytes(b"\xff")
    for path in (tmp_path / "missing", tmp_path, tmp_path / "garbled"):
        with pytest.raises(InputError):
            read_copy(hosted, path)


# --- The matcher -----------------------------------------------------------------------------------------------------


def worker(environment: Environment) -> Environment:
    return replace(environment, part=Part.WORKER)


def test_matcher_s_pair_is_made_once_and_belongs_together(local: Environment):
    public = matcher_public_key(local)
    assert unboxed(boxed(b"card", public), matcher_private_key(worker(local))) == b"card"
    assert make_matcher_pair(local).public == public == matcher_public_key(local)


@pytest.mark.parametrize("part", [Part.WEB, Part.OWNER])
def test_only_the_worker_has_the_matcher_s_private_half(local: Environment, part: Part):
    make_matcher_pair(local)
    with pytest.raises(NotAllowed, match="only the worker opens match cards"):
        matcher_private_key(replace(local, part=part))


def test_matcher_s_key_lies_where_the_host_says(local: Environment, tmp_path: Path):
    apart = environment_from(
        {"LICHEN_HOME": str(local.home), "LICHEN_MATCHER_KEY_FILE": str(tmp_path / "m"), "LICHEN_PART": "worker"}
    )
    make_matcher_pair(apart)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "m"]
    assert unboxed(boxed(b"card", matcher_public_key(apart)), matcher_private_key(apart)) == b"card"


def test_web_alone_needs_the_public_half_alone(local: Environment):
    make_matcher_pair(local)
    (local.home / "matcher.key").unlink()
    assert len(matcher_public_key(local)) == 32
    with pytest.raises(InputError, match="the matcher's private half is not where its public half is"):
        make_matcher_pair(local)


def test_host_that_others_reach_makes_no_matcher_s_pair_by_itself(hosted: Environment):
    for ask in (lambda: matcher_public_key(hosted), lambda: matcher_private_key(worker(hosted))):
        with pytest.raises(InputError, match="right would be: run lichen-web key make"):
            ask()


def test_matcher_s_key_that_others_may_read_is_refused(local: Environment):
    make_matcher_pair(local)
    (local.home / "matcher.key").chmod(0o644)
    with pytest.raises(InputError, match="others on this machine may read the matcher's key"):
        matcher_private_key(worker(local))


def test_matcher_s_key_with_a_slip_in_it_is_refused(local: Environment):
    make_matcher_pair(local)
    for name, ask in (("matcher.pub", matcher_public_key), ("matcher.key", matcher_private_key)):
        (local.home / name).write_text("AAAA\n")
        with pytest.raises(InputError, match="the matcher's key has a slip in it"):
            ask(worker(local))
