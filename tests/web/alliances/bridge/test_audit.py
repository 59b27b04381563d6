"""What goes into a sealed row comes out of it, and nothing else opens it."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.audit.values import Offer, Source, Vulnerability
from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances.bridge.audit import load_audit, save_offer, save_vulnerability
from lichen_web.alliances.keys import Unopened
from lichen_web.alliances.models import Grant, SealedPart
from tests.web.confiding import NOW, audited, opened
from tests.web.people import WebCast
from tests.web.sqlite.base import unguarded

words = st.text(max_size=200)
steps = st.integers(1, 5)
sources = st.none() | st.builds(Source, words, words, st.floats(0, 1), words)
gaps = st.builds(
    Vulnerability,
    code=words,
    severity=steps,
    rank=st.none() | st.integers(1, 60),
    core=st.booleans(),
    sensitivity=st.none() | st.sampled_from(Sensitivity),
    relevance=st.sampled_from(Relevance),
    words=words,
    source=sources,
    confirmed=st.booleans(),
)
offers = st.builds(
    Offer,
    code=words,
    strength=steps,
    evidence=steps,
    kinds=st.lists(words, max_size=3).map(tuple),
    spare=words,
    words=words,
    source=sources,
    confirmed=st.booleans(),
)


def test_whatever_is_sealed_comes_back(cast: WebCast):
    @settings(max_examples=50)
    @given(gap=gaps, offer=offers)
    def comes_back(gap: Vulnerability, offer: Offer):
        with transaction.atomic():
            save_vulnerability(cast.hospital.id, gap, at=NOW)
            save_offer(cast.hospital.id, offer, at=NOW)
            found = load_audit(cast.hospital.id)
            assert [item.vulnerability for item in found.gaps] == [gap]
            assert [(item.code, item.sensitivity) for item in found.gaps] == [(gap.code, gap.sensitivity)]
            assert [own.offer for own in found.offers] == [offer]
            transaction.set_rollback(True)

    comes_back()


def test_part_in_the_place_of_another_does_not_open(cast: WebCast):
    """Between rungs, gaps, offers and organisations."""
    audited(cast)
    mine = list(SealedPart.objects.filter(organisation=cast.hospital.id).order_by("offer", "vulnerability", "rung"))
    chosen = [*mine[:3], mine[-1], SealedPart.objects.filter(organisation=cast.churches.id)[0]]
    for one, other in permutations(chosen, 2):
        if one.organisation_id == cast.hospital.id:
            with unguarded():
                SealedPart.objects.filter(id=one.id).update(sealed=other.sealed, wrapped_key=other.wrapped_key)
            with pytest.raises(Unopened):
                load_audit(cast.hospital.id)
            with unguarded():
                SealedPart.objects.filter(id=one.id).update(sealed=one.sealed, wrapped_key=one.wrapped_key)
    assert len(load_audit(cast.hospital.id).gaps) == 6


def test_part_of_another_version_does_not_open(cast: WebCast):
    audited(cast)
    part = SealedPart.objects.filter(organisation=cast.hospital.id, rung=4).first()
    with unguarded():
        SealedPart.objects.filter(vulnerability=part.vulnerability_id).update(version=2)
    type(part.vulnerability).objects.filter(id=part.vulnerability_id).update(version=2)
    with pytest.raises(Unopened):
        load_audit(cast.hospital.id)


def test_every_part_has_a_key_of_its_own_and_a_padded_length(cast: WebCast):
    audited(cast)
    parts = SealedPart.objects.filter(organisation=cast.hospital.id)
    assert len({bytes(part.wrapped_key) for part in parts}) == len(parts) == 6 * 2 + 5
    assert {len(bytes(part.sealed)) - 29 for part in parts} <= {256, 1024}


def test_part_that_a_reader_needs_cannot_be_thrown_away(cast: WebCast):
    dealing = opened(audited(cast))
    grant = Grant.objects.filter(matter=dealing.id).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedPart.objects.filter(id=grant.part_id).delete()
