from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from base64 import b64decode, b64encode, encodebytes
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from lichen.errors import InputError
from lichen.files.locking import Cost, Lock, is_locked, largest_locked, locked, unlocked

SESAME = "ein Löffel Kürbis im März"
LIGHT = Cost(2**16, 3, 4)
"""The least that a header may ask for."""
WORDS = b"name: Eastfield Health\n" * 40
NOT_RIGHT = "the passphrase is not right, or the file is not as it was written"


@pytest.fixture(scope="module")
def raw() -> bytes:
    return locked(WORDS, Lock(SESAME, os.urandom, LIGHT))


def refused(raw: bytes, passphrase: str = SESAME) -> str:
    with pytest.raises(InputError) as refusal:
        unlocked(raw, passphrase, "alliance.yaml")
    [problem] = refusal.value.problems
    assert problem.right
    assert problem.file == "alliance.yaml"
    return problem.what


def test_what_was_locked_is_unlocked(raw: bytes):
    assert is_locked(raw)
    assert unlocked(raw, SESAME) == WORDS


@pytest.mark.parametrize("words", [b"", b"a\x80\0\0"])
def test_padding_is_taken_off_to_the_byte(words: bytes):
    assert unlocked(locked(words, Lock("a", os.urandom, LIGHT)), "a") == words


def test_the_usual_lock_costs_what_the_header_says():
    assert b"\nkey: Argon2id, memory 131072 KiB, passes 3, lanes 4\n" in locked(b"", Lock("a", os.urandom))


def test_a_locked_file_is_one_that_other_programs_open_too():
    """A vector made with the primitives alone: what the header says, and nothing else, opens the file."""
    chance = iter((bytes(range(16)), bytes(range(12))))
    raw = locked(b"name: x\n", Lock("a\u0301", lambda size: next(chance)[:size], LIGHT))
    header = (
        b"lichen: locked/1\ncipher: AES-256-GCM\nkey: Argon2id, memory 65536 KiB, passes 3, lanes 4\n"
        b"salt: " + b64encode(bytes(range(16))) + b"\nnonce: " + b64encode(bytes(range(12))) + b"\n\n"
    )
    kdf = Argon2id(salt=bytes(range(16)), length=32, iterations=3, lanes=4, memory_cost=65536)
    padded = b"name: x\n\x80".ljust(65536, b"\0")
    sealed = AESGCM(kdf.derive("á".encode())).encrypt(bytes(range(12)), padded, header)

    assert raw == header + encodebytes(sealed)


def test_the_same_is_locked_differently_each_time(raw: bytes):
    again = locked(WORDS, Lock(SESAME, os.urandom, LIGHT))
    header, body = raw.split(b"\n\n")
    other_header, other_body = again.split(b"\n\n")

    assert (header != other_header, body != other_body) == (True, True)


def test_the_length_of_a_locked_file_says_little():
    lengths = [len(locked(b"a" * length, Lock("a", os.urandom, LIGHT))) for length in (0, 65_535, 65_536)]

    assert lengths == [88_699, 88_699, 177_228]
    assert max(lengths) <= largest_locked(65_536)


def test_a_wrong_passphrase_is_refused(raw: bytes):
    assert refused(raw, "another") == NOT_RIGHT


def test_an_empty_passphrase_locks_nothing():
    with pytest.raises(InputError, match="the passphrase is empty"):
        Lock("", os.urandom)


def test_a_lock_does_not_show_its_passphrase():
    assert SESAME not in repr(Lock(SESAME, os.urandom))


def turned(raw: bytes, place: int, bit: int = 0) -> bytes:
    return raw[:place] + bytes([raw[place] ^ (1 << bit)]) + raw[place + 1 :]


def end_of_header(raw: bytes) -> int:
    return raw.index(b"\n\n") + 2


@pytest.mark.parametrize("line", ["lichen", "cipher", "key", "salt", "nonce"])
def test_a_header_in_which_a_bit_is_turned_is_refused(line: str, raw: bytes):
    end = re.search(rf"^{line}: .*\n".encode(), raw, re.MULTILINE)
    assert end is not None
    refused(turned(raw, end.end() - 4))


def test_a_body_in_which_a_bit_is_turned_is_refused(raw: bytes):
    begin = end_of_header(raw)

    for place in (begin, begin + 76, len(raw) - 1, len(raw) - 3, random.Random(1).randrange(begin, len(raw))):
        assert refused(turned(raw, place)) == NOT_RIGHT


@pytest.mark.long
def test_a_bit_that_is_turned_anywhere_in_the_header_is_refused(raw: bytes):
    for place in range(end_of_header(raw)):
        changed = turned(raw, place, place % 8)
        if is_locked(changed):
            refused(changed)


@pytest.mark.long
def test_bits_that_are_turned_all_over_the_body_are_refused(raw: bytes):
    for place in range(end_of_header(raw), len(raw), 2_500):
        assert refused(turned(raw, place, place % 8)) == NOT_RIGHT


@pytest.mark.parametrize(
    "cut",
    [
        lambda raw: raw[:20],
        lambda raw: raw[: end_of_header(raw) - 1],
        lambda raw: raw[: end_of_header(raw)],
        lambda raw: raw[: end_of_header(raw) + 77],
        lambda raw: raw[:-1],
        lambda raw: raw + b"\n",
        lambda raw: raw.replace(b"\n", b"\r\n"),
    ],
)
def test_a_locked_file_that_was_cut_or_added_to_is_refused(cut: Callable[[bytes], bytes], raw: bytes):
    changed = cut(raw)

    assert refused(changed) == NOT_RIGHT


def test_the_header_of_one_file_does_not_open_the_body_of_another(raw: bytes):
    other = locked(WORDS, Lock(SESAME, os.urandom, LIGHT))

    assert refused(raw[: end_of_header(raw)] + other[end_of_header(other) :]) == NOT_RIGHT


def test_the_same_header_does_not_open_what_the_same_key_locked_for_another_header(raw: bytes):
    """The header is bound to the body: here the key and the nonce are right, and the header says other passes."""
    salt, nonce = (b64decode(found) for found in re.findall(rb"(?:salt|nonce): (\S+)", raw))
    kdf = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=65536)
    sealed = AESGCM(kdf.derive(SESAME.encode())).encrypt(nonce, b"name: x\n\x80", b"another header")

    assert refused(raw[: end_of_header(raw)] + encodebytes(sealed)) == NOT_RIGHT


@pytest.mark.parametrize("magic", [b"lichen: locked/0\n", b"lichen: locked/2\n", b"lichen: locked/11\n"])
def test_a_file_of_another_version_is_refused_as_such(magic: bytes, raw: bytes):
    other = raw.replace(b"lichen: locked/1\n", magic)

    assert is_locked(other)
    assert refused(other) == "this file was locked in another way, perhaps by a newer Lichen"


@pytest.mark.parametrize(
    "asked",
    [
        b"memory 65535 KiB, passes 3, lanes 4",
        b"memory 1048577 KiB, passes 3, lanes 4",
        b"memory 999999999 KiB, passes 3, lanes 4",
        b"memory 65536 KiB, passes 2, lanes 4",
        b"memory 65536 KiB, passes 11, lanes 4",
        b"memory 65536 KiB, passes 999999999, lanes 4",
        b"memory 65536 KiB, passes 3, lanes 0",
        b"memory 65536 KiB, passes 3, lanes 17",
    ],
)
def test_a_header_that_asks_for_too_much_or_too_little_is_refused_before_any_key_is_made(asked: bytes, raw: bytes):
    hostile = raw.replace(b"memory 65536 KiB, passes 3, lanes 4", asked)

    assert refused(hostile) == "this file asks for more or less memory and time than Lichen locks with"


LITTLE_MEMORY = """
import resource, sys
from lichen.errors import InputError
from lichen.files.locking import unlocked
raw = sys.stdin.buffer.read()
resource.setrlimit(resource.RLIMIT_AS, (600 * 2**20, 600 * 2**20))
try:
    unlocked(raw, "a")
except InputError as error:
    print(error.problems[0].what)
"""


def test_a_machine_with_too_little_memory_is_told_plainly(raw: bytes):
    most = raw.replace(b"memory 65536", b"memory 1048576")
    done = subprocess.run([sys.executable, "-c", LITTLE_MEMORY], input=most, capture_output=True, check=True)

    assert done.stdout == b"the machine has too little memory for the lock\n"
