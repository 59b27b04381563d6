from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from lichen_web.sealing import (
    KEY_LENGTH,
    Envelope,
    KeyPair,
    Place,
    Unopened,
    box_pair,
    boxed,
    derived_key,
    is_signature,
    new_key,
    opened,
    padded,
    sealed,
    signature,
    signing_pair,
    unboxed,
    unpadded,
    unwrapped,
    wrapped,
)
from tests.strategies import modest

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
PLACE: Place = ("lichen_sealed_part", "7f", "organisation-a", "3", "1")
OTHER_PLACES = {
    "another table": ("lichen_offer", "7f", "organisation-a", "3", "1"),
    "another row": ("lichen_sealed_part", "80", "organisation-a", "3", "1"),
    "another organisation": ("lichen_sealed_part", "7f", "organisation-b", "3", "1"),
    "another rung": ("lichen_sealed_part", "7f", "organisation-a", "4", "1"),
    "another version": ("lichen_sealed_part", "7f", "organisation-a", "3", "2"),
    "a part less": PLACE[:-1],
    "a part more": (*PLACE, ""),
    "parts run together": ("lichen_sealed_part7f", "organisation-a", "3", "1"),
    "a part cut elsewhere": ("lichen_sealed_part", "7", "forganisation-a", "3", "1"),
    "no place": (),
}
PLAIN = padded({"code": "funding.solvency", "sensitivity": "high"})
BOX = box_pair()


@dataclass(frozen=True)
class Way:
    """One format, and how it is opened when all is right."""

    envelope: bytes
    open: Callable[[Envelope], bytes]
    plain: bytes


WAYS = {
    "sealed": Way(sealed(PLAIN, KEY, PLACE), lambda envelope: opened(envelope, KEY, PLACE), PLAIN),
    "wrapped": Way(wrapped(OTHER_KEY, KEY, PLACE), lambda envelope: unwrapped(envelope, KEY, PLACE), OTHER_KEY),
    "boxed": Way(boxed(PLAIN, BOX.public), lambda envelope: unboxed(envelope, BOX.private), PLAIN),
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
places = st.lists(st.text(max_size=8), max_size=4).map(tuple)


@every_way
def test_envelope_opens_where_it_was_closed(way: Way):
    assert way.open(way.envelope) == way.plain


@every_way
def test_envelope_opens_as_a_view_of_bytes(way: Way):
    assert way.open(memoryview(way.envelope)) == way.plain


@every_way
def test_every_single_flipped_bit_is_found(way: Way):
    for place in range(len(way.envelope)):
        for bit in range(8):
            changed = bytearray(way.envelope)
            changed[place] ^= 1 << bit
            with pytest.raises(Unopened):
                way.open(bytes(changed))


@every_way
def test_every_truncation_is_found_at_both_ends(way: Way):
    for length in range(len(way.envelope)):
        for cut in (way.envelope[:length], way.envelope[-length:] if length else b""):
            with pytest.raises(Unopened):
                way.open(cut)


@every_way
@pytest.mark.parametrize("more", [b"\0", b"\x01", b"\0" * 8, b"x" * 100])
def test_appended_bytes_are_found(way: Way, more: bytes):
    with pytest.raises(Unopened):
        way.open(way.envelope + more)


@every_way
@pytest.mark.parametrize("planted", [b"", b"\0", b"{}", PLAIN, b"\x01" + PLAIN, b"\x02" + KEY, b"\x03" + PLAIN])
def test_planted_plaintext_does_not_open(way: Way, planted: bytes):
    with pytest.raises(Unopened):
        way.open(planted)


@pytest.mark.parametrize("one", WAYS)
@pytest.mark.parametrize("other", WAYS)
def test_envelope_opens_in_its_own_format_alone(one: str, other: str):
    for form in range(256):
        envelope = bytes([form]) + WAYS[other].envelope[1:]
        if one != other or form != WAYS[one].envelope[0]:
            with pytest.raises(Unopened):
                WAYS[one].open(envelope)


@pytest.mark.parametrize("place", OTHER_PLACES.values(), ids=OTHER_PLACES)
def test_envelope_opens_at_its_own_place_alone(place: Place):
    with pytest.raises(Unopened):
        opened(WAYS["sealed"].envelope, KEY, place)
    with pytest.raises(Unopened):
        unwrapped(WAYS["wrapped"].envelope, KEY, place)


def test_envelope_opens_with_its_own_key_alone():
    with pytest.raises(Unopened):
        opened(WAYS["sealed"].envelope, OTHER_KEY, PLACE)
    with pytest.raises(Unopened):
        unwrapped(WAYS["wrapped"].envelope, OTHER_KEY, PLACE)
    with pytest.raises(Unopened):
        unboxed(WAYS["boxed"].envelope, box_pair().private)


@modest
@given(plain=st.binary(max_size=300), place=places, other=places)
def test_what_is_sealed_opens_at_its_place_and_at_no_other(plain: bytes, place: Place, other: Place):
    envelope = sealed(plain, KEY, place)
    assert opened(envelope, KEY, place) == plain
    if other != place:
        with pytest.raises(Unopened):
            opened(envelope, KEY, other)


@modest
@given(garbage=st.binary(max_size=200), form=st.sampled_from([b"", b"\x01", b"\x02", b"\x03"]))
def test_garbage_does_not_open(garbage: bytes, form: bytes):
    for way in WAYS.values():
        with pytest.raises(Unopened):
            way.open(form + garbage)


def test_refusal_says_nothing_of_why():
    said = set()
    for envelope, key, place in ((b"", KEY, PLACE), (PLAIN, KEY, PLACE), (WAYS["sealed"].envelope, OTHER_KEY, PLACE)):
        with pytest.raises(Unopened) as refusal:
            opened(envelope, key, place)
        said.add(str(refusal.value))
        assert refusal.value.__suppress_context__ or refusal.value.__context__ is None
    assert said == {"this does not open"}


def test_same_content_is_sealed_differently_each_time():
    assert len({sealed(PLAIN, KEY, PLACE) for _ in range(50)}) == 50
    assert len({boxed(PLAIN, BOX.public) for _ in range(50)}) == 50


def test_sealed_bytes_bear_nothing_of_the_content():
    assert b"solvency" not in WAYS["sealed"].envelope + WAYS["boxed"].envelope


def test_what_format_one_sealed_says_so_under_its_tag():
    """So that no later format can be talked into taking it."""
    envelope = WAYS["sealed"].envelope
    with pytest.raises(InvalidTag):
        AESGCM(KEY).decrypt(envelope[1:13], envelope[13:], json.dumps(PLACE).encode())
    assert AESGCM(KEY).decrypt(envelope[1:13], envelope[13:], b"\x01" + json.dumps(PLACE).encode()) == PLAIN


def test_what_was_once_sealed_opens_for_ever():
    """Envelopes as the first version of each format wrote them; a new format may come, these may not go."""
    once = "010ddba4fd43654a27b9c413d2911a3a2149c0bb0490b88bee4c2b80fdfb3e718a8b4cd29d15b2777af5be5e0fe6cce4f4d56fc12d"
    assert opened(bytes.fromhex(once), KEY, PLACE) == b"kept since the first day"
    once = "02a774133d0f95ea8f574405b17dd30cb73457c2c812b1ff4a8e2ec090a7d81d23fdb0f68ff97d8b6a"
    assert unwrapped(bytes.fromhex(once), KEY, PLACE) == OTHER_KEY
    once = (
        "032d3b41749d470e36037b90ee3515422ced67551cc6ba2e37920758ed88a091030799a105184a7a1551a912d0807000daf9"
        "255805b67f941d4e0eeec70d793004efbbf19e3372e43a"
    )
    assert unboxed(bytes.fromhex(once), KEY) == b"kept since the first day"


@modest
@given(content=st.dictionaries(st.text(), json_values, max_size=4))
def test_padded_content_comes_back_as_it_was(content: dict[str, object]):
    assert unpadded(padded(content)) == content


@pytest.mark.parametrize(
    ("length", "room"),
    [
        (12, 256),
        (256, 256),
        (257, 1024),
        (1024, 1024),
        (1025, 4096),
        (4097, 16_384),
        (16_385, 65_536),
        (65_536, 65_536),
        (65_537, 131_072),
        (131_072, 131_072),
        (131_073, 262_144),
    ],
)
def test_padding_fills_the_room(length: int, room: int):
    content = {"words": "x" * (length - len('{"words":""}'))}
    assert (len(padded(content).rstrip()), len(padded(content))) == (length, room)


@modest
@given(st.text(max_size=59), st.sampled_from(["low", "medium", "high"]))
def test_every_code_has_the_same_length(code: str, sensitivity: str):
    envelope = sealed(padded({"code": code[:40], "sensitivity": sensitivity}), KEY, PLACE)
    assert len(envelope) == 256 + 29


@pytest.mark.parametrize("raw", [b"", b"[]", b'"words"', b"null", b"{", b"\xff", b"{} x", b"1"])
def test_what_is_no_padded_content_does_not_open(raw: bytes):
    with pytest.raises(Unopened):
        unpadded(raw)


def test_numbers_that_json_does_not_know_are_not_sealed():
    with pytest.raises(ValueError, match="JSON"):
        padded({"severity": float("nan")})


def test_derived_keys_differ_by_key_purpose_and_salt():
    keys = {
        derived_key(key, *purpose, salt=salt)
        for key in (KEY, OTHER_KEY)
        for purpose in ((), ("a",), ("a", "b"), ("ab",), ("a", ""))
        for salt in (b"", b"salt")
    }
    assert len(keys) == 20
    assert {len(key) for key in keys} == {KEY_LENGTH}


def test_derived_key_is_that_of_the_standard():
    """RFC 5869, with the purpose in JSON; worked out apart, so that nothing sealed is shut by a change here."""
    extracted = hmac.digest(b"salt", KEY, "sha256")
    assert derived_key(KEY, "field", salt=b"salt") == hmac.digest(extracted, b'["field"]' + b"\x01", "sha256")


def test_new_keys_never_repeat():
    assert len({new_key() for _ in range(1000)}) == 1000
    assert len(new_key()) == KEY_LENGTH


@pytest.mark.parametrize("make", [box_pair, signing_pair])
def test_pair_is_made_again_from_its_private_half(make: Callable[..., KeyPair]):
    pair = make()
    assert make(pair.private) == pair
    assert make() != pair


def test_private_halves_are_not_printed():
    pair = box_pair(KEY)
    assert repr(pair) == f"KeyPair(public={pair.public!r})"


def test_signature_is_of_this_text_and_this_key():
    pair = signing_pair()
    mark = signature("We serve Eastfield.", pair.private)
    assert is_signature(mark, "We serve Eastfield.", pair.public)
    assert not is_signature(mark, "We serve Westfield.", pair.public)
    assert not is_signature(mark, "We serve Eastfield.", signing_pair().public)


def test_signature_is_of_the_standard():
    """RFC 8032, section 7.1, the first test: an empty text."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    pair = signing_pair(seed)
    assert pair.public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert signature("", seed).hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )


@pytest.mark.parametrize("length", [0, 1, 63, 65, 128])
def test_what_is_no_signature_is_none(length: int):
    assert not is_signature(b"x" * length, "text", signing_pair().public)


def test_every_flipped_bit_of_a_signature_is_found():
    pair = signing_pair()
    mark = signature("text", pair.private)
    for place in range(len(mark)):
        for bit in range(8):
            changed = bytearray(mark)
            changed[place] ^= 1 << bit
            assert not is_signature(bytes(changed), "text", pair.public)
