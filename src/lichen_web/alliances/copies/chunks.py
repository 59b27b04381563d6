"""A long text sealed in pieces, so that neither writing nor opening it needs it whole in memory.

Each piece is sealed by itself under a key that no other file has. Its nonce is its number and whether it is the last,
and what stands before the pieces is authenticated with each: pieces that were cut off, left out, put elsewhere, said
twice or taken from another file do not open.

Source:
    NIST SP 800-38D (GCM); Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its
    Nonce-Reuse Misuse-Resistance" (2015), the construction STREAM.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lichen_web.sealing import Unopened

__all__ = ["CHUNK", "lines_in", "opened_chunks", "sealed_chunks"]

CHUNK = 2**18
"""How many bytes are sealed at a time."""
_TAG = 16


def sealed_chunks(lines: Iterable[bytes], key: bytes, head: bytes) -> Iterator[bytes]:
    """Lines, sealed in pieces of one length but for the last.

    Args:
        lines: Without their line feeds.
        key: 32 bytes that seal nothing else.
        head: What will stand before the pieces.
    """
    cipher, room = AESGCM(key), bytearray()
    number = count()
    for line in lines:
        room += line + b"\n"
        while len(room) > CHUNK:  # never all of it: what comes last must be known for the last
            yield cipher.encrypt(_nonce(next(number), is_last=False), bytes(room[:CHUNK]), head)
            del room[:CHUNK]
    yield cipher.encrypt(_nonce(next(number), is_last=True), bytes(room), head)


def opened_chunks(file: BinaryIO, key: bytes, head: bytes) -> Iterator[bytes]:
    """The pieces of a file from where it stands to its end, opened.

    Raises:
        Unopened: A piece is not to the bit what was sealed here, or the last one is missing.
    """
    cipher, chunk = AESGCM(key), file.read(CHUNK + _TAG)
    for number in count():
        following = file.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, is_last=not following), chunk, head)
        except (InvalidTag, ValueError):
            raise Unopened from None
        if not following:
            return
        chunk = following


def lines_in(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a text that comes in pieces, without their line feeds."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
