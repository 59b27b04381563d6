"""The host's own keys: the ring that everything hangs on, and the matcher's pair.

The ring is a text of one line a key, in a file or printed by a command. The first key is current; behind it stand those
that came before it, and one that may be waiting to follow it::

    # whoever has this and the database reads everything
    8d0f3bd1a8d0c6f6 q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq80=

A key's id is worked out from the key, so that a line with a slip in it is found. What the host seals for itself is an
envelope of format 4: the id of the key (8 bytes), a salt (16 bytes), and an envelope of format 1 under a key that is
derived for its purpose and salt. It opens for as long as its key is in the ring.
"""

from __future__ import annotations

import secrets
import shlex
import stat
import subprocess
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from lichen.errors import InputError, NotAllowed, Problem, refuse
from lichen.files.storage import is_owners_alone, write_atomically
from lichen_web.environment import Environment, Part
from lichen_web.home import ERASURES, made_home, written_once
from lichen_web.sealing import (
    KEY_LENGTH,
    Envelope,
    KeyPair,
    Place,
    Unopened,
    box_pair,
    derived_key,
    new_key,
    opened,
    sealed,
    signing_pair,
)

__all__ = [
    "ENVELOPE_START",
    "HostKey",
    "Keyring",
    "add_host_key",
    "envelope_start",
    "forget_host_key",
    "host_keyring",
    "key_file",
    "key_of",
    "keyring_from",
    "make_matcher_pair",
    "matcher_private_key",
    "matcher_public_key",
    "put_first",
    "read_copy",
    "write_copy",
]

_HOSTS = b"\x04"
_SIGNED = "signed"
"""How a line begins that holds no key any more, but what a key that was taken out had signed is checked with."""
_ID_LENGTH, _SALT_LENGTH = 8, 16
ENVELOPE_START = 1 + _ID_LENGTH
"""How many bytes at the start of an envelope say what it is, and under which key."""
_PATIENCE = 60
_HEADING = (
    "# Whoever has this and the database of Lichen reads everything. The first key is current. Take no line out:"
    " lichen-web key forget does, when nothing needs it."
)


@dataclass(frozen=True, slots=True)
class HostKey:
    """One key-encryption key."""

    secret: bytes = field(repr=False)
    """32 bytes."""

    @property
    def id(self) -> str:
        """What it is called, in 16 digits and letters; nothing of the key can be told from it."""
        return derived_key(self.secret, "id of a host's key").hex()[: 2 * _ID_LENGTH]

    @property
    def signing(self) -> KeyPair:
        """With what this host signs where its chains of events stand."""
        return signing_pair(derived_key(self.secret, "checkpoints"))


@dataclass(frozen=True, slots=True)
class Keyring:
    """The host's keys."""

    keys: tuple[HostKey, ...]
    """At least one; the first is current."""
    past: tuple[bytes, ...] = field(default=(), repr=False)
    """The public halves with which what was signed by keys that were taken out is still checked."""

    @property
    def current(self) -> HostKey:
        """The key under which whatever is new is sealed."""
        return self.keys[0]

    @property
    def verify_keys(self) -> frozenset[bytes]:
        """With what this host's signatures are checked."""
        return frozenset((*(key.signing.public for key in self.keys), *self.past))

    @property
    def text(self) -> str:
        """The ring as its file has it."""
        lines = (f"{key.id} {b64encode(key.secret).decode()}" for key in self.keys)
        past = (f"{_SIGNED} {b64encode(public).decode()}" for public in self.past)
        return "\n".join((_HEADING, *lines, *past, ""))

    def key(self, key_id: str) -> HostKey:
        """The key of that id.

        Raises:
            Unopened: It is not in the ring.
        """
        for key in self.keys:
            if key.id == key_id:
                return key
        raise Unopened(f"the host's key {key_id} is not in the ring")

    def sealed(self, purpose: str, plain: bytes, place: Place) -> bytes:
        """The bytes, sealed for the host under its current key."""
        salt = secrets.token_bytes(_SALT_LENGTH)
        under = derived_key(self.current.secret, purpose, salt=salt)
        envelope = sealed(plain, under, (purpose, self.current.id, *place))
        return envelope_start(self.current) + salt + envelope

    def opened(self, purpose: str, envelope: Envelope, place: Place) -> bytes:
        """What :meth:`sealed` was given, under this key or one before it.

        Raises:
            Unopened: It is not what was sealed for this purpose and place, or its key is not in the ring.
        """
        raw = bytes(envelope)
        if raw[:1] != _HOSTS or len(raw) < 1 + _ID_LENGTH + _SALT_LENGTH:
            raise Unopened
        key = self.key(raw[1 : 1 + _ID_LENGTH].hex())
        salt, rest = raw[1 + _ID_LENGTH :][:_SALT_LENGTH], raw[1 + _ID_LENGTH + _SALT_LENGTH :]
        return opened(rest, derived_key(key.secret, purpose, salt=salt), (purpose, key.id, *place))


def envelope_start(key: HostKey) -> bytes:
    """How every envelope under this key starts."""
    return _HOSTS + bytes.fromhex(key.id)


def key_of(envelope: Envelope) -> str:
    """The id of the key under which an envelope was sealed; empty if it is none."""
    raw = bytes(envelope[:ENVELOPE_START])
    return raw[1:].hex() if raw[:1] == _HOSTS and len(raw) == ENVELOPE_START else ""


def keyring_from(text: str, file: str = "") -> Keyring:
    """The ring in a text.

    Args:
        text: One line a key: its id and the key in base64. Empty lines and those with ``#`` before them do not count.
        file: What to call the text in messages, which never repeat what stands in it.

    Raises:
        InputError: A line is none of these, says the same key again, or there is no key.
    """
    keys: list[HostKey] = []
    past: list[bytes] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if public := _past_in(line):
            past.append(public)
        elif line.strip() and not line.lstrip().startswith("#"):
            key = _key_in(line)
            if key is None or key in keys:
                what = "this key was there before" if key else "this is not a key and its id, or has a slip in it"
                problems.append(Problem(what, "a line as lichen-web key make wrote it", file=file, row=number))
            else:
                keys.append(key)
    if not keys and not problems:
        problems.append(Problem("there is no key", "a file that lichen-web key make wrote", file=file))
    refuse(problems)
    return Keyring(tuple(keys), tuple(past))


def _past_in(line: str) -> bytes | None:
    word, _, public = line.strip().partition(" ")
    with suppress(NotBase64, ValueError):
        raw = b64decode(public, validate=True) if word == _SIGNED else b""
        return raw if len(raw) == KEY_LENGTH else None
    return None


def _key_in(line: str) -> HostKey | None:
    key_id, _, secret = line.strip().partition(" ")
    try:
        key = HostKey(b64decode(secret, validate=True))
    except (NotBase64, ValueError):
        return None
    return key if len(key.secret) == KEY_LENGTH and key.id == key_id else None


# --- Where the ring is kept ------------------------------------------------------------------------------------------


def key_file(environment: Environment) -> Path:
    """Where the ring lies, unless a command prints it."""
    return environment.key_file or environment.home / "host.key"


def host_keyring(environment: Environment) -> Keyring:
    """The ring of this host, kept in memory until its file changes.

    On a host that only this machine can reach it is made at first need, in its usual place; never a second time.

    Raises:
        InputError: There is none, it cannot be read, others may read it, or it has a slip in it.
    """
    if environment.key_command:
        return _printed(environment.key_command)
    _begin(environment)
    path = key_file(environment)
    return _read(path, _stamp(path))


def add_host_key(environment: Environment) -> HostKey:
    """Make a key: the first, or one that waits behind those that are there until it is put first.

    Raises:
        InputError: The keys come from a command, or the file cannot be read or written.
    """
    path = key_file(environment)
    _refuse_command(environment)
    made_home(path.parent)
    new = HostKey(new_key())
    if written_once(path, Keyring((new,)).text) == Keyring((new,)).text.strip():
        _begin_erasures(environment)
    else:
        ring = host_keyring(environment)
        _write(replace(ring, keys=(*ring.keys, new)), path)
    return new


def put_first(environment: Environment, key_id: str) -> None:
    """Make a key of the ring the current one; the others stay, in their order.

    Raises:
        InputError: The keys come from a command, or the file cannot be read or written.
        Unopened: The key is not in the ring.
    """
    _refuse_command(environment)
    ring = host_keyring(environment)
    first = ring.key(key_id)
    _write(replace(ring, keys=(first, *(key for key in ring.keys if key != first))), key_file(environment))


def forget_host_key(environment: Environment, key_id: str) -> None:
    """Take a key out of the ring for good; whether anything still needs it is for others to know.

    Raises:
        InputError: It is the current one, the keys come from a command, or the file cannot be written.
        Unopened: The key is not in the ring.
    """
    _refuse_command(environment)
    ring = host_keyring(environment)
    gone = ring.key(key_id)
    if gone == ring.current:
        raise InputError(
            Problem("this is the current key", "one that stands behind it", file=key_file(environment).name)
        )
    kept = tuple(key for key in ring.keys if key != gone)
    _write(Keyring(kept, (*ring.past, gone.signing.public)), key_file(environment))


def write_copy(environment: Environment, to: Path) -> Keyring:
    """Write a copy of the ring, readable by its owner alone.

    Raises:
        InputError: Something is there already, or it cannot be written there.
    """
    if to.exists():
        raise InputError(Problem("there is a file of this name", "a new one, on another medium", file=to.name))
    ring = host_keyring(environment)
    _write(ring, to)
    return ring


def read_copy(environment: Environment, path: Path) -> str:
    """What stands in a second copy of the ring, which must lie elsewhere.

    Raises:
        InputError: It is the host's own file, lies in the host's own folder, or cannot be read.
    """
    if _is_own(environment, path):
        what, right = "this is the host's own, not a second copy", "a copy on another medium"
        raise InputError(Problem(what, right, file=path.name))
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        raise InputError(Problem("this copy cannot be read", "the path of a copy", file=path.name)) from None


def _begin(environment: Environment) -> None:
    """On a host that only this machine can reach: make the keys, unless there were any before.

    The matcher's public half comes last, and tells that. A key that was lost is not made anew: what hangs on it would
    not open, and whoever brought a copy back would lose what hangs on the new one.
    """
    _, public = _matcher_files(environment)
    if environment.is_local and not public.exists():
        path = key_file(environment)
        if not (environment.key_file or environment.key_command or path.exists()):
            written_once(made_home(environment.home) / path.name, Keyring((HostKey(new_key()),)).text)
            _begin_erasures(environment)
        make_matcher_pair(environment)


def _begin_erasures(environment: Environment) -> None:
    """With the first key comes the list of who was erased, which is empty: a restore can tell that from a lost one."""
    (made_home(environment.home) / ERASURES).touch(mode=0o600)


@lru_cache(maxsize=4)
def _read(path: Path, stamp: tuple[int, ...]) -> Keyring:
    """The ring in a file; ``stamp`` changes whenever the file does."""
    _refuse_open(path, "others on this machine may read the host's key")
    try:
        return keyring_from(path.read_text(encoding="ascii"), path.name)
    except (OSError, UnicodeDecodeError):
        raise InputError(Problem("the host's key cannot be read", "a file that you may read", file=path.name)) from None


@lru_cache(maxsize=4)
def _printed(command: str) -> Keyring:
    """The ring that a command prints. What it says when it fails is not repeated: a key may stand in it."""
    try:
        ran = subprocess.run(shlex.split(command), capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 - the host's own
        text = ran.stdout.decode("ascii")
    except (OSError, ValueError, subprocess.SubprocessError):
        what, right = "the command for the host's key failed", "a command that prints the key and ends with 0"
        raise InputError(Problem(what, right, column="LICHEN_KEY_COMMAND", document=True)) from None
    return keyring_from(text, "LICHEN_KEY_COMMAND")


def _is_own(environment: Environment, path: Path) -> bool:
    """Whether a path is the ring's own file, by whatever name, or lies in the host's own folder."""
    own = key_file(environment)
    is_same = own.exists() and path.exists() and path.samefile(own)
    return is_same or path.resolve().is_relative_to(environment.home.resolve())


def _refuse_open(path: Path, what: str) -> None:
    """Refuse a key that others may read. Root's own group, to which systemd hands credentials, is nobody else."""
    seen = path.stat()
    is_root_groups = seen.st_gid == 0 and not stat.S_IMODE(seen.st_mode) & ~(stat.S_IRWXU | stat.S_IRGRP)
    if is_owners_alone(path) is False and not is_root_groups:
        raise InputError(Problem(what, f"chmod 600 {path}", file=path.name))


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        seen = path.stat()
    except OSError:
        what = "the host's key is not here"
        right = "a copy of it, put there; on a new host: lichen-web key make"
        raise InputError(Problem(what, right, file=str(path), column="LICHEN_KEY_FILE", document=True)) from None
    return seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size


def _write(ring: Keyring, path: Path) -> None:
    write_atomically(ring.text.encode("ascii"), path)


def _refuse_command(environment: Environment) -> None:
    if environment.key_command:
        what, right = "the host's keys come from a command", "change what it prints; the first line is current"
        raise InputError(Problem(what, right, column="LICHEN_KEY_COMMAND", document=True))


# --- The matcher's pair ----------------------------------------------------------------------------------------------


def make_matcher_pair(environment: Environment) -> KeyPair:
    """The matcher's pair, made if need be; whoever comes second finds what the first made.

    Raises:
        InputError: A public half is there whose private half is not: this process is not where it is kept.
    """
    private, public = _matcher_files(environment)
    made_home(environment.home)
    if public.exists() and not private.exists():
        what, right = "the matcher's private half is not where its public half is", "the machine it was made on"
        raise InputError(Problem(what, right, file=private.name))
    pair = box_pair(_decoded(written_once(private, b64encode(new_key()).decode())))
    written_once(public, b64encode(pair.public).decode())
    return pair


def matcher_public_key(environment: Environment) -> bytes:
    """To what match cards are sealed.

    Raises:
        InputError: There is none yet, and this host is not local.
    """
    _begin(environment)
    _, public = _matcher_files(environment)
    if not public.exists():
        raise InputError(Problem("the matcher has no key yet", "run lichen-web key make", file=str(public)))
    return _decoded(public.read_text(encoding="ascii"))


def matcher_private_key(environment: Environment) -> bytes:
    """With what the worker, and nobody else, opens match cards.

    Raises:
        NotAllowed: This process is not the worker.
        InputError: There is none, or others may read it.
    """
    if environment.part is not Part.WORKER:
        raise NotAllowed("matcher-alone", "only the worker opens match cards")
    path, _ = _matcher_files(environment)
    if not path.exists():
        raise InputError(Problem("the matcher has no key here", "run lichen-web key make", file=str(path)))
    _refuse_open(path, "others on this machine may read the matcher's key")
    return _decoded(path.read_text(encoding="ascii"))


def _matcher_files(environment: Environment) -> tuple[Path, Path]:
    """Where the private and the public half are kept."""
    return environment.matcher_key_file or environment.home / "matcher.key", environment.home / "matcher.pub"


def _decoded(text: str) -> bytes:
    try:
        raw = b64decode(text.strip(), validate=True)
    except (NotBase64, ValueError):
        raw = b""
    if len(raw) != KEY_LENGTH:
        raise InputError(Problem("the matcher's key has a slip in it", "matcher.key and matcher.pub as they were made"))
    return raw
