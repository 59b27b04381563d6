"""The walls of PostgreSQL around looks, messages and who wants no mail: the acts pass, and nothing else does."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.dealings import dealing_view, ever_given, own_dealings
from lichen_web.alliances.access.messages import own_messages
from lichen_web.alliances.access.transactions import acting, deciding, reading
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.looking import look_at_dealing, look_at_names
from lichen_web.alliances.actions.messages import send_message, set_message_mails
from lichen_web.alliances.models import Grant, Look, Message, Unmailed
from tests.web.confiding import H1, NOW, Dealing, audited, disclose, opened
from tests.web.people import House, cast_of


@pytest.fixture
def dealing(on_postgres) -> Dealing:
    return opened(audited(cast_of(NOW - timedelta(days=2))))


def seen(house: House, model: type) -> int:
    with reading(house.lead):
        return model.objects.count()


def test_two_open_up_write_and_are_looked_at(dealing: Dealing):
    disclose(dealing.hospital, dealing, H1)
    send_message(dealing.hospital.lead, matter=dealing.id, words="Tuesday?", at=NOW)
    set_message_mails(dealing.hospital.lead, is_mailed=False, at=NOW)
    send_message(dealing.churches.lead, matter=dealing.id, words="Tuesday.", at=NOW)
    for _ in range(2):
        assert len(look_at_dealing(dealing.churches.observer, matter=dealing.id, at=NOW)[1]) == 3
    assert {part.people for part in ever_given(dealing.hospital.lead)} == {1}
    assert len(own_messages(dealing.hospital.lead, matter=dealing.id, at=NOW).messages) == 2
    view = dealing_view(dealing.hospital.lead, matter=dealing.id, at=NOW)
    assert [gap.shown.code for gap in view.given if gap.shown.vulnerability] == [H1]
    assert [card.id for card in own_dealings(dealing.churches.lead)] == [dealing.id]


def test_third_organisation_sees_no_row(dealing: Dealing):
    look_at_dealing(dealing.churches.lead, matter=dealing.id, at=NOW)
    send_message(dealing.hospital.lead, matter=dealing.id, words="Tuesday?", at=NOW)
    set_message_mails(dealing.churches.lead, is_mailed=False, at=NOW)
    counts = {model: seen(dealing.cast.stranger, model) for model in (Look, Message, Unmailed)}
    assert counts == dict.fromkeys(counts, 0)
    assert [seen(dealing.hospital, model) for model in (Look, Message, Unmailed)] == [3, 1, 0]


def test_names_of_all_dealings_are_looked_at_at_once_and_those_of_before_count(dealing: Dealing):
    disclosure.end_matter(dealing.hospital.lead, matter=dealing.id, at=NOW)
    again = opened(dealing.cast)
    disclose(dealing.hospital, again, H1)
    found = look_at_names(dealing.churches.observer, at=NOW)
    assert {matter: len(items) for matter, items in found.items()} == {again.id: 3}
    assert {item.vulnerability.code for item in found[again.id] if item.vulnerability} == {H1}
    assert {part.people for part in ever_given(dealing.hospital.lead) if part.is_told} == {0}
    assert look_at_names(dealing.cast.stranger.lead, at=NOW) == {}


def test_messages_are_shut_with_everything_else(dealing: Dealing):
    send_message(dealing.hospital.lead, matter=dealing.id, words="Tuesday?", at=NOW)
    assert seen(dealing.churches, Message) == 1
    disclosure.withdraw_disclosure(dealing.hospital.lead, matter=dealing.id, at=NOW)
    assert (seen(dealing.churches, Message), seen(dealing.hospital, Message)) == (0, 1)


def test_nobody_says_that_another_has_looked(dealing: Dealing):
    with reading(dealing.churches.lead):
        grant = Grant.objects.filter(reader=dealing.churches.id).first()
    times = {"first_at": NOW, "last_at": NOW}
    for house in (dealing.cast.stranger, dealing.hospital):
        for reader in (dealing.churches.id, house.id):
            ids = {"owner_id": dealing.hospital.id, "reader_id": reader, "person_id": house.lead.person}
            with pytest.raises(DatabaseError), acting(house.lead), transaction.atomic():
                Look.objects.create(grant_id=grant.id, **ids, **times)


def test_owner_cannot_take_a_look_out_of_the_record(dealing: Dealing):
    look_at_dealing(dealing.churches.lead, matter=dealing.id, at=NOW)
    for house in (dealing.churches, dealing.hospital):
        with pytest.raises(DatabaseError), acting(house.lead), transaction.atomic():
            Look.objects.all()._raw_delete("default")


def test_no_message_for_anybody_but_the_two(dealing: Dealing):
    cast = dealing.cast
    ways = [
        (cast.stranger, cast.stranger.id, cast.churches.id),
        (cast.hospital, cast.churches.id, cast.hospital.id),
        (cast.hospital, cast.hospital.id, cast.stranger.id),
    ]
    for house, by, reader in ways:
        said = {"by_id": by, "reader_id": reader, "person_id": house.lead.person, "sent_at": NOW}
        keys = dict.fromkeys(("sealed", "wrapped_key", "sealed_key"), b"")
        with (
            pytest.raises((DatabaseError, NotThere)),
            acting(house.lead),
            transaction.atomic(),
            deciding(house.lead, matter=dealing.id),
        ):
            Message.objects.create(id=uuid4(), matter_id=dealing.id, **said, **keys)
    with reading(cast.hospital.lead):
        assert Message.objects.count() == 0


def test_message_is_never_changed(dealing: Dealing):
    send_message(dealing.hospital.lead, matter=dealing.id, words="Tuesday?", at=NOW)
    with pytest.raises(DatabaseError), acting(dealing.hospital.lead), transaction.atomic():
        Message.objects.update(sealed=b"")
