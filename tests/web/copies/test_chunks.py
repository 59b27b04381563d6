"""Pieces that were cut off, left out, put elsewhere, said twice or taken from another file do not open."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen_web.alliances.copies.chunks import CHUNK, lines_in, opened_chunks, sealed_chunks
from lichen_web.sealing import Unopened

KEY, OTHER, HEAD = bytes(32), bytes([1]) * 32, b"head"
PIECE = CHUNK + 16
LONG = [bytes([65 + number]) * (CHUNK - 1) for number in range(3)] + [b"the end"]


def opened(raw: bytes, key: bytes = KEY, head: bytes = HEAD) -> list[bytes]:
    return list(lines_in(opened_chunks(io.BytesIO(raw), key, head)))


def pieces(lines: list[bytes] = LONG, key: bytes = KEY) -> list[bytes]:
    return list(sealed_chunks(lines, key, HEAD))


@given(st.lists(st.binary(max_size=200).filter(lambda line: b"\n" not in line)))
def test_short_lines_come_back(lines: list[bytes]):
    assert opened(b"".join(pieces(lines))) == lines


@pytest.mark.parametrize("length", [CHUNK - 2, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK])
def test_lines_about_as_long_as_a_piece_come_back(length: int):
    lines = [b"x" * length, b"", b"y"]
    assert opened(b"".join(pieces(lines))) == lines


def test_pieces_have_one_length_but_for_the_last():
    assert [len(piece) for piece in pieces()] == [PIECE, PIECE, PIECE, 24]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda p: p[:-1], id="last left out"),
        pytest.param(lambda p: p[:1], id="all but the first left out"),
        pytest.param(lambda p: p[1:], id="first left out"),
        pytest.param(lambda p: [p[0], p[2], p[3]], id="one left out"),
        pytest.param(lambda p: [p[1], p[0], p[2], p[3]], id="two changed places"),
        pytest.param(lambda p: [p[0], p[0], *p[1:]], id="one said twice"),
        pytest.param(lambda p: [*p, p[-1]], id="the end said twice"),
        pytest.param(lambda p: [*p, b"more"], id="something behind the end"),
        pytest.param(lambda p: [p[0], pieces(key=OTHER)[1], *p[2:]], id="one of another file"),
        pytest.param(lambda p: [], id="nothing left"),
        pytest.param(lambda p: [p[0][:-1]], id="cut within the first"),
        pytest.param(lambda p: [*p[:-1], p[-1][:3]], id="cut within the last"),
    ],
)
def test_changed_order_of_pieces_does_not_open(changed):
    with pytest.raises(Unopened):
        opened(b"".join(changed(pieces())))


@given(st.integers(0, 79), st.integers(0, 7))
def test_every_bit_counts(place: int, bit: int):
    raw = bytearray(b"".join(pieces([b"x" * 63])))
    assert len(raw) == 80
    raw[place] ^= 1 << bit
    with pytest.raises(Unopened):
        opened(bytes(raw))


@given(st.integers(0, 79))
def test_every_cut_is_found(length: int):
    with pytest.raises(Unopened):
        opened(b"".join(pieces([b"x" * 63]))[:length])


@pytest.mark.parametrize(("key", "head"), [(OTHER, HEAD), (KEY, b"another head")])
def test_another_key_or_head_does_not_open(key: bytes, head: bytes):
    with pytest.raises(Unopened):
        opened(b"".join(pieces()), key, head)
