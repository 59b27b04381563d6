"""Sealing: how what nobody may read is hidden, and bound to its place. Keys are given; nothing is kept here.

Every envelope begins with the number of its format, so that a later way can stand beside this one::

    1  sealed    nonce (12 bytes), AES-256-GCM; the format and the place it is bound to are authenticated with it
    2  wrapped   a key, by AES key wrap, under a key derived for the place it is bound to
    3  boxed     X25519 SealedBox: whoever has the public half can close it, only the private half opens it

Whatever is not to the bit what was sealed, where it was sealed, is :class:`Unopened`, and never says why.

Source:
    NIST SP 800-38D (GCM), RFC 3394 (key wrap), RFC 5869 (HKDF), RFC 8032 (Ed25519).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from lichen.errors import LichenError

__all__ = [
    "KEY_LENGTH",
    "Envelope",
    "KeyPair",
    "Place",
    "Unopened",
    "box_pair",
    "boxed",
    "derived_key",
    "is_signature",
    "new_key",
    "opened",
    "padded",
    "sealed",
    "signature",
    "signing_pair",
    "unboxed",
    "unpadded",
    "unwrapped",
    "wrapped",
]

Place = tuple[str, ...]
"""What an envelope is bound to, such as table, row, organisation, rung and version: it opens nowhere else."""

Envelope = bytes | memoryview
"""What was sealed, as a database gives it back."""

KEY_LENGTH = 32
_NONCE_LENGTH = 12
_SEALED, _WRAPPED, _BOXED = b"\x01", b"\x02", b"\x03"
_ROOMS = (2**8, 2**10, 2**12, 2**14, 2**16)


class Unopened(LichenError):
    """The key, the place or the content is not what it was sealed with: these are never told apart."""

    def __init__(self, why: str = "this does not open") -> None:
        """Say no more than that, unless a key is missing and the host can find it."""
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Two halves of one key."""

    public: bytes
    """Whoever has it can seal to the owner of the other half, or check what that half signed."""
    private: bytes = field(repr=False)
    """What opens, or signs."""


def new_key() -> bytes:
    """A key that nobody can guess."""
    return secrets.token_bytes(KEY_LENGTH)


def derived_key(key: bytes, *purpose: str, salt: bytes = b"") -> bytes:
    """The key for one purpose; from it neither the key that it comes from nor that for another purpose can be told.

    Args:
        key: 32 bytes that nobody can guess.
        purpose: What it is for, and for what place.
        salt: A second secret, or something that makes it this one's alone.
    """
    return HKDF(SHA256(), KEY_LENGTH, salt, _bytes_of(purpose)).derive(key)


def sealed(plain: bytes, key: bytes, place: Place) -> bytes:
    """The bytes, sealed under a key and bound to a place; different each time."""
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    return _SEALED + nonce + AESGCM(key).encrypt(nonce, plain, _SEALED + _bytes_of(place))


def opened(envelope: Envelope, key: bytes, place: Place) -> bytes:
    """What :func:`sealed` was given.

    Raises:
        Unopened: It is not what was sealed with this key for this place.
    """
    raw = _within(envelope, _SEALED)
    try:
        return AESGCM(key).decrypt(raw[:_NONCE_LENGTH], raw[_NONCE_LENGTH:], _SEALED + _bytes_of(place))
    except (InvalidTag, ValueError):  # a nonce or a tag that was cut off is a ValueError
        raise Unopened from None


def wrapped(key: bytes, under: bytes, place: Place) -> bytes:
    """A key, wrapped by another and bound to a place."""
    return _WRAPPED + aes_key_wrap(derived_key(under, *place), key)


def unwrapped(envelope: Envelope, under: bytes, place: Place) -> bytes:
    """The key that :func:`wrapped` was given.

    Raises:
        Unopened: It is not what was wrapped by this key for this place.
    """
    try:
        return aes_key_unwrap(derived_key(under, *place), _within(envelope, _WRAPPED))
    except InvalidUnwrap:
        raise Unopened from None


def box_pair(private_half: bytes | None = None) -> KeyPair:
    """An X25519 pair, to whose public half one can seal: a new one, or the one that belongs to a private half."""
    private = PrivateKey(private_half or new_key())
    return KeyPair(bytes(private.public_key), bytes(private))


def boxed(plain: bytes, public: Envelope) -> bytes:
    """The bytes, sealed to whoever has the private half."""
    return _BOXED + SealedBox(PublicKey(bytes(public))).encrypt(plain)


def unboxed(envelope: Envelope, private: bytes) -> bytes:
    """What :func:`boxed` was given.

    Raises:
        Unopened: It was not sealed to this half, or is not as it was sealed.
    """
    try:
        return SealedBox(PrivateKey(private)).decrypt(_within(envelope, _BOXED))
    except CryptoError:
        raise Unopened from None


def signing_pair(private_half: bytes | None = None) -> KeyPair:
    """An Ed25519 pair: a new one, or the one that belongs to a private half."""
    private = SigningKey(private_half or new_key())
    return KeyPair(bytes(private.verify_key), bytes(private))


def signature(text: str, private: bytes) -> bytes:
    """The signature under a text."""
    return SigningKey(private).sign(text.encode()).signature


def is_signature(mark: Envelope, text: str, public: Envelope) -> bool:
    """Whether the private half of this key signed this text."""
    try:
        VerifyKey(bytes(public)).verify(text.encode(), bytes(mark))
    except CryptoError:
        return False
    return True


def padded(content: Mapping[str, Any]) -> bytes:
    """The content as JSON, filled up so that its length says nearly nothing.

    It has 256, 1,024, 4,096, 16,384 or 65,536 bytes, and above that the next power of two.

    Example:
        >>> len(padded({"code": "trust.community"})), len(padded({"code": "funding.solvency", "sensitivity": "high"}))
        (256, 256)
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    raw = text.encode("utf-8", "surrogatepass")
    return raw.ljust(next((room for room in _ROOMS if room >= len(raw)), 1 << (len(raw) - 1).bit_length()))


def unpadded(raw: bytes) -> dict[str, Any]:
    """The content that :func:`padded` was given; JSON leaves the spaces behind it unread.

    Raises:
        Unopened: It is no such content.
    """
    try:
        content = json.loads(raw)
    except ValueError:
        raise Unopened from None
    if not isinstance(content, dict):
        raise Unopened
    return content


def _within(envelope: Envelope, form: bytes) -> bytes:
    """What stands in an envelope of this format."""
    raw = bytes(envelope)
    if raw[:1] != form:
        raise Unopened
    return raw[1:]


def _bytes_of(words: tuple[str, ...]) -> bytes:
    """Words as bytes, so that no two lists of words give the same: JSON says where each ends."""
    return json.dumps(words).encode()
