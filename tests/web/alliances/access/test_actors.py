from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lichen_web.accounts.models import Organisation
from lichen_web.alliances.access.actors import NotThere, actor_for, organisation_of
from tests.web.alliances.actions.acts import NOW
from tests.web.people import WebCast


def questions(ask: Callable[[], object]) -> list[str]:
    """What the database is asked until the answer is that it is not there."""
    with CaptureQueriesContext(connection) as asked, pytest.raises(NotThere):
        ask()
    return [each["sql"].partition("WHERE")[0] for each in asked]


def test_person_acts_for_their_own_organisations_alone(cast: WebCast):
    assert actor_for(cast.hospital.lead.person, cast.hospital.id).role == "lead"
    for organisation in (cast.churches.id, cast.stranger.id, uuid4()):
        with pytest.raises(NotThere):
            actor_for(cast.hospital.lead.person, organisation)


def test_everybody_acts_for_themselves(cast: WebCast):
    assert actor_for(cast.stranger.lead.person).organisation is None
    with pytest.raises(NotThere):
        actor_for(uuid4())


def test_who_acts_for_nobody_has_no_organisation(cast: WebCast):
    assert organisation_of(cast.hospital.lead) == cast.hospital.id
    with pytest.raises(NotThere):
        organisation_of(cast.convener)


def test_erased_organisation_is_not_there(cast: WebCast):
    Organisation.objects.filter(id=cast.hospital.id).update(erased_at=NOW)
    with pytest.raises(NotThere):
        actor_for(cast.hospital.lead.person, cast.hospital.id)


def test_not_there_and_not_yours_ask_the_same_questions(cast: WebCast):
    def asked(organisation: UUID) -> list[str]:
        return questions(lambda: actor_for(cast.stranger.lead.person, organisation))

    assert len(asked(uuid4())) == 3
    assert asked(uuid4()) == asked(cast.hospital.id)
