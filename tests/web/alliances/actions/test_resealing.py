"""What is sealed for the host goes over to another of its keys, whole, and the key before can go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import Model

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import CircleMembership, Complaint
from lichen_web.accounts.sessions import SessionStore
from lichen_web.alliances.access.complaints import opened
from lichen_web.alliances.access.listed import CORRECTION, place_of_correction
from lichen_web.alliances.access.transactions import whole
from lichen_web.alliances.actions.keys import forget_host_key, rotate_host_key
from lichen_web.alliances.actions.resealing import COLUMNS, sealed_under
from lichen_web.alliances.bridge.circles import removal_reason, sealed_removal_reason
from lichen_web.alliances.bridge.fit import card_place
from lichen_web.alliances.events import has_signed, signed_mark
from lichen_web.alliances.keys import open_as_matcher, open_for_host, seal_for_host, seal_to_matcher
from lichen_web.alliances.models import CorrectionRequest, MatchCard, Publication
from lichen_web.environment import Environment, Part
from lichen_web.keyring import add_host_key, host_keyring
from tests.web.people import WebCast, address, letters

DAY, LATER = datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 29, 9, tzinfo=UTC)

AsOwner = Callable[[], AbstractContextManager[None]]


class Kept:
    """One of everything that is sealed for the host, and whether it still says what it said."""

    def __init__(self, people: WebCast) -> None:
        self.people = people
        self.session = SessionStore()
        self.session["link"] = "abc"
        self.session.save()
        self.mail = letters(address(people.hospital.member))
        self.factor = Authenticator.objects.create(
            user_id=people.host.person, type="totp", data={"secret": get_adapter().encrypt("totp")}
        )
        self.codes = Authenticator.objects.create(
            user_id=people.host.person,
            type="recovery_codes",
            data={"migrated_codes": [get_adapter().encrypt("one"), get_adapter().encrypt("two")]},
        )
        self.complaint, self.publication, self.correction = uuid4(), uuid4(), uuid4()
        self.line = CircleMembership.objects.get(organisation=people.churches.id)

    def as_owner(self) -> None:
        """What no act of the web writes in one step."""
        made = {
            part: seal_for_host("complaint", {"text": part}, bound_to=("complaint", str(self.complaint), part))
            for part in ("words", "answer", "reason")
        }
        parties = {
            "circle_id": self.people.circle,
            "by_id": self.people.hospital.id,
            "about_id": self.line.organisation_id,
        }
        Complaint.objects.create(
            id=self.complaint,
            **parties,
            **made,
            made_at=DAY,
            answered_at=DAY,
            outcome="dismissed",
            decided_at=DAY,
        )
        because = sealed_removal_reason(self.line.id, "three complaints")
        CircleMembership.objects.filter(id=self.line.id).update(removed_because=because)
        of = {"organisation_id": self.people.hospital.id, "circle_id": self.people.circle}
        Publication.objects.create(
            id=self.publication, **of, published_at=DAY, stands_until=DAY, sealed=b"x", wrapped_key=b"x"
        )
        card = seal_to_matcher({"gaps": []}, bound_to=card_place(self.publication))
        MatchCard.objects.create(publication_id=self.publication, sealed=card)
        place = place_of_correction(self.correction, "words")
        sealed = seal_for_host(CORRECTION, {"about": "x"}, bound_to=place)
        CorrectionRequest.objects.create(id=self.correction, sealed=sealed, asked_at=DAY)

    def says(self, settings: Any) -> dict[str, object]:
        """Everything, opened."""
        complaint = Complaint.objects.get(id=self.complaint)
        request, card = CorrectionRequest.objects.get(id=self.correction), MatchCard.objects.get()
        settings.LICHEN = replace(settings.LICHEN, part=Part.WORKER)
        told = {
            "card": open_as_matcher(card.sealed, bound_to=card_place(card.pk)),
            "session": SessionStore(self.session.session_key).load(),
            "mail": letters(address(self.people.hospital.member)) == self.mail,
            "factor": get_adapter().decrypt(Authenticator.objects.get(pk=self.factor.pk).data["secret"]),
            "codes": [*map(get_adapter().decrypt, Authenticator.objects.get(pk=self.codes.pk).data["migrated_codes"])],
            "complaint": [opened(complaint, part) for part in ("words", "answer", "reason", "forgiven_because")],
            "removal": removal_reason(CircleMembership.objects.get(id=self.line.id)),
            "correction": open_for_host(
                CORRECTION, request.sealed, bound_to=place_of_correction(self.correction, "words")
            ),
        }
        settings.LICHEN = replace(settings.LICHEN, part=Part.OWNER)
        return told


SAID = {
    "card": {"gaps": []},
    "session": {"link": "abc"},
    "mail": True,
    "factor": "totp",
    "codes": ["one", "two"],
    "complaint": ["words", "answer", "reason", ""],
    "removal": "three complaints",
    "correction": {"about": "x"},
}


def test_everything_of_the_host_goes_over_and_the_old_key_is_forgotten(
    people: WebCast, home: Environment, as_owner: AsOwner, settings: Any
):
    kept, old, new = Kept(people), host_keyring(home).current, add_host_key(home)
    mark = signed_mark(uuid4(), "host", 3, "0" * 64, at=DAY)
    with as_owner():
        with whole():
            kept.as_owner()
            before = sealed_under()
        assert set(before) == {old.id}
        with pytest.raises(NotAllowed, match="still hang on this key"):
            forget_host_key(key=old.id, at=LATER)
        assert rotate_host_key(to=new.id, at=LATER) == (3, before[old.id])
        assert rotate_host_key(at=LATER) == (0, 0)
        with whole():
            assert sealed_under() == {new.id: before[old.id]}
        forget_host_key(key=old.id, at=LATER)
        assert host_keyring(home).keys == (new,)
        with whole():
            assert kept.says(settings) == SAID
    assert has_signed(mark)


def test_key_that_is_current_is_not_forgotten(home: Environment, as_owner: AsOwner):
    with as_owner(), pytest.raises(InputError, match="this is the current key"):
        forget_host_key(key=host_keyring(home).current.id, at=LATER)


def is_hosts(table: type[Model], comment: str) -> bool:
    """Whether what is sealed there has no key of its owner beside it."""
    fields = {field.name for field in table._meta.get_fields()}
    return comment.startswith("sealed:") and "wrapped_key" not in fields


def test_no_column_is_forgotten():
    found = {
        (table, field.name)
        for table in apps.get_models()
        for field in table._meta.concrete_fields
        if is_hosts(table, field.db_comment or "")
    }
    assert {(column.table, column.name) for column in COLUMNS} == found
