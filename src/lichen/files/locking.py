"""Locking a file with a passphrase: Argon2id makes the key of it, AES-256-GCM encrypts and seals.

A locked file is text: a header that says how the key is made, an empty line, and the rest in letters and digits::

    lichen: locked/1
    cipher: AES-256-GCM
    key: Argon2id, memory 131072 KiB, passes 3, lanes 4
    salt: (16 bytes in base64)
    nonce: (12 bytes in base64)

    (base64)

The header is bound to what it stands before, so that neither can be changed or put elsewhere. What is locked is
padded first, so that the length of the file says little of how much stands in it.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode, encodebytes
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass, field
from unicodedata import normalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from lichen.errors import InputError, Problem
from lichen.files.storage import LOCKED
from lichen.language import _

__all__ = ["Cost", "Lock", "is_locked", "largest_locked", "locked", "unlocked"]

_OURS = re.compile(rb"lichen: locked/1\b")
_HEADER = re.compile(
    rb"lichen: locked/1\ncipher: AES-256-GCM\n"
    rb"key: Argon2id, memory (\d{1,9}) KiB, passes (\d{1,9}), lanes (\d{1,9})\n"
    rb"salt: ([A-Za-z0-9+/]{22}==)\nnonce: ([A-Za-z0-9+/]{16})\n\n",
    re.ASCII,
)
_SALT, _NONCE, _KEY, _TAG = 16, 12, 32, 16  # bytes
_LONGEST_HEADER = 300
_END = b"\x80"
_SMALLEST = 2**16
_MEMORY, _PASSES, _LANES = range(2**16, 2**20 + 1), range(3, 11), range(1, 17)
"""What a header may ask for: 64 MiB to 1 GiB, in KiB. Less would be weak, and more could stop a machine."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs to make a key of a passphrase: once for its owner, and each time for whoever guesses."""

    memory: int = 2**17
    """KiB. The usual is twice what RFC 9106 asks for where two gigabytes are too much."""
    passes: int = 3
    """How often the memory is gone through."""
    lanes: int = 4
    """How many parts of it can be gone through at once."""

    @property
    def is_bearable(self) -> bool:
        """Whether a header may ask for it."""
        return self.memory in _MEMORY and self.passes in _PASSES and self.lanes in _LANES


@dataclass(frozen=True, slots=True)
class Lock:
    """What a file is locked with.

    Raises:
        InputError: The passphrase is empty.
    """

    passphrase: str = field(repr=False)
    """Any text but an empty one; whoever loses it loses the file."""
    random_bytes: Callable[[int], bytes]
    """Gives so many bytes that nobody can foretell, such as ``secrets.token_bytes``."""
    cost: Cost = Cost()
    """What it costs to make the key."""

    def __post_init__(self) -> None:
        if not self.passphrase:
            raise InputError(Problem(_("the passphrase is empty"), _("four words or more that nobody can guess")))


def is_locked(raw: bytes) -> bool:
    """Whether the bytes are those of a locked file, of this version or another."""
    return raw.startswith(LOCKED)


def locked(raw: bytes, lock: Lock) -> bytes:
    """The bytes as a locked file, which is different each time.

    Raises:
        InputError: The machine has too little memory for what the lock costs.

    Source:
        RFC 9106 (Argon2id); NIST SP 800-38D (GCM).
    """
    salt, nonce = lock.random_bytes(_SALT), lock.random_bytes(_NONCE)
    cost = lock.cost
    header = (
        f"lichen: locked/1\ncipher: AES-256-GCM\n"
        f"key: Argon2id, memory {cost.memory} KiB, passes {cost.passes}, lanes {cost.lanes}\n"
        f"salt: {b64encode(salt).decode()}\nnonce: {b64encode(nonce).decode()}\n\n"
    ).encode()
    sealed = AESGCM(_key(lock.passphrase, salt, cost)).encrypt(nonce, _padded(raw), header)
    return header + encodebytes(sealed)


def unlocked(raw: bytes, passphrase: str, file: str = "") -> bytes:
    """What was locked.

    Args:
        raw: A locked file.
        passphrase: What it was locked with.
        file: What to call the file in messages.

    Raises:
        InputError: The passphrase is not the right one, or the file is not as it was written (which look the same),
            or another version of Lichen wrote it.
    """
    header = _HEADER.match(raw)
    if header is None:
        raise _not_right(file) if _OURS.match(raw) else _another_way(file)
    cost, salt, nonce = Cost(*map(int, header.groups()[:3])), b64decode(header[4]), b64decode(header[5])
    if not cost.is_bearable:
        what = _("this file asks for more or less memory and time than Lichen locks with")
        raise InputError(Problem(what, _("a copy of the file that nobody changed"), file=file))
    try:
        sealed = _decoded(raw[header.end() :])
        return _unpadded(AESGCM(_key(passphrase, salt, cost)).decrypt(nonce, sealed, header[0]))
    except (InvalidTag, NotBase64):
        raise _not_right(file) from None


def largest_locked(most: int) -> int:
    """How many bytes a locked file has at most, if what was locked has at most so many.

    Example:
        >>> largest_locked(100)
        88855
    """
    sealed = _room(most) + _TAG
    return _LONGEST_HEADER + -(-sealed // 3) * 4 + -(-sealed // 57)


def _not_right(file: str) -> InputError:
    what = _("the passphrase is not right, or the file is not as it was written")
    return InputError(
        Problem(what, _("the passphrase that it was locked with, or a whole copy of the file"), file=file)
    )


def _another_way(file: str) -> InputError:
    what = _("this file was locked in another way, perhaps by a newer Lichen")
    return InputError(Problem(what, _("the Lichen that locked it"), file=file))


def _key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key; letters that look the same make the same key, however a keyboard puts them together."""
    kdf = Argon2id(salt=salt, length=_KEY, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    try:
        return kdf.derive(normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))
    except MemoryError:
        right = _("{megabytes} MB of free memory").format(megabytes=cost.memory // 2**10)
        raise InputError(Problem(_("the machine has too little memory for the lock"), right)) from None


def _decoded(text: bytes) -> bytes:
    """The bytes of the base64, which must be to the letter as it is written here."""
    decoded = b64decode(text.replace(b"\n", b""), validate=True)
    if encodebytes(decoded) != text:
        raise NotBase64
    return decoded


def _padded(raw: bytes) -> bytes:
    return (raw + _END).ljust(_room(len(raw)), b"\0")


def _unpadded(padded: bytes) -> bytes:
    return padded.rstrip(b"\0").removesuffix(_END)


def _room(length: int) -> int:
    """The next power of two that has room for the bytes and the mark of their end."""
    return max(_SMALLEST, 1 << length.bit_length())
