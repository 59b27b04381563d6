"""Two walls before what the other side has opened: a key that fits, and the library's word."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lichen.errors import NotAllowed
from lichen_web.alliances.access.actors import NotThere, actor_for
from lichen_web.alliances.access.disclosure import visible_items
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.membership import remove_member
from lichen_web.alliances.bridge.audit import part_place
from lichen_web.alliances.keys import Unopened, key_for_reader
from lichen_web.alliances.models import Grant, OrganisationKey, SealedPart
from tests.house.source import SRC, parsed
from tests.house.test_imports import imports
from tests.web.confiding import C1, H1, H2, NOW, Dealing, audited, change, disclose, gap_of, met, opened, read
from tests.web.people import WebCast, membership_of
from tests.web.sqlite.base import unguarded


def forged(dealing: Dealing, code: str, rung: int, reader=None) -> Grant:
    """A grant that no act made, with a key that fits."""
    part = SealedPart.objects.get(vulnerability=gap_of(dealing.hospital, code), rung=rung)
    reader = reader or dealing.churches.id
    key = key_for_reader(dealing.hospital.id, bytes(part.wrapped_key), reader, bound_to=part_place(part))
    ids = {"owner_id": dealing.hospital.id, "reader_id": reader, "matter_id": dealing.id}
    return Grant.objects.create(part=part, sealed_key=key, granted_at=NOW, **ids)


def test_key_without_the_librarys_word_shows_nothing(cast: WebCast):
    dealing = met(audited(cast))
    for rung in (3, 4):
        forged(dealing, H1, rung)
    assert read(cast.churches, dealing) == {}


def test_key_to_words_without_the_librarys_word_shows_the_code_alone(cast: WebCast):
    dealing = opened(audited(cast))
    forged(dealing, H1, 4)
    assert read(cast.churches, dealing)[H1].vulnerability is None


def test_librarys_word_without_a_key_shows_nothing(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    Grant.objects.filter(part__rung=4).delete()
    assert read(cast.churches, dealing)[H1].vulnerability is None
    Grant.objects.filter(part__vulnerability=gap_of(cast.hospital, H1)).delete()
    assert H1 not in read(cast.churches, dealing)


def test_grant_opens_with_the_readers_key_alone(cast: WebCast):
    """A grant of the churches in the hands of the stranger, or one whose reader has no key any more."""
    dealing = opened(audited(cast))
    box = Grant.objects.filter(reader=cast.churches.id).first()
    with unguarded():
        Grant.objects.filter(id=box.id).update(sealed_key=forged(dealing, H1, 4, cast.stranger.id).sealed_key)
    with pytest.raises(Unopened):
        read(cast.churches, dealing)
    with unguarded():
        Grant.objects.filter(id=box.id).update(sealed_key=box.sealed_key)
    assert len(read(cast.churches, dealing)) == 3
    OrganisationKey.objects.filter(organisation=cast.churches.id).delete()
    with pytest.raises(Unopened):
        read(cast.churches, dealing)


def test_grant_moved_to_another_part_opens_nothing(cast: WebCast):
    dealing = opened(audited(cast))
    other = SealedPart.objects.get(vulnerability=gap_of(cast.hospital, H2), rung=4)
    with unguarded():
        Grant.objects.filter(reader=cast.churches.id, part__vulnerability=gap_of(cast.hospital, H2)).update(part=other)
    with pytest.raises(Unopened):
        read(cast.churches, dealing)


def test_only_people_of_the_two_read_and_only_their_own_side(cast: WebCast):
    dealing = opened(audited(cast))
    for actor in (cast.churches.lead, cast.churches.member, cast.churches.observer):
        assert len(visible_items(actor, matter=dealing.id)) == 3
    for stranger in (cast.stranger.lead, cast.host, cast.convener, cast.facilitator):
        with pytest.raises(NotThere):
            visible_items(stranger, matter=dealing.id)
    for serving in (cast.serving_hospital, cast.serving_churches):
        with pytest.raises(NotAllowed):
            visible_items(serving, matter=dealing.id)
    remove_member(cast.churches.lead, membership=membership_of(cast.churches.member), at=NOW)
    with pytest.raises(NotThere):
        actor_for(cast.churches.member.person, cast.churches.id)


def test_what_was_read_is_dated_and_says_whether_it_is_still_so(cast: WebCast):
    dealing = opened(audited(cast))
    change(cast.hospital, H1, severity=1)
    found = read(cast.churches, dealing)
    assert {code: (item.version, item.is_current, item.granted_at) for code, item in found.items()} == {
        code: (1, code != H1, NOW) for code in found
    }


def test_no_page_can_lay_both_sides_open():
    """What is needed to decide is never shown, so no page may ask for it."""
    barred = {"acting", "deciding", "open_matters", "own_dealing", "whole", "working"}
    pages = (parsed(path) for path in sorted((SRC / "lichen_web/pages").rglob("*.py")))
    taken = {
        (module.name, name)
        for module in pages
        for source, names in imports(module)
        for name in names
        if source.startswith("lichen_web.alliances.access") and name in barred
    }
    assert taken == set()


def test_more_items_are_no_more_questions(cast: WebCast):
    dealing = met(audited(cast))
    kept = [gap_of(cast.hospital, code) for code in (H1, H2)]
    disclosure.agree_to_codes(cast.hospital.lead, matter=dealing.id, but=kept, at=NOW)
    disclosure.agree_to_codes(cast.churches.lead, matter=dealing.id, at=NOW)
    counts = {}
    for step in ("codes", "words"):
        with CaptureQueriesContext(connection) as asked:
            counts[step, len(read(cast.churches, dealing))] = len(asked)
        disclose(cast.churches, dealing, C1)
    assert len({*counts.values()}) == 1
    assert max(counts.values()) <= 9
