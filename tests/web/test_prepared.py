"""Questions that are made once say what Django would say, on either database, whoever they are about."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from lichen_web.accounts.models import Organisation
from lichen_web.prepared import Prepared

ABOUT = ("id", "name", "is_public_body", "founded_at", "erased_at")


def about(organisation):
    return Organisation.objects.filter(id=organisation, suspended_at=None).values_list(*ABOUT)


@pytest.mark.django_db
@pytest.mark.usefixtures("any_database")
def test_prepared_question_is_answered_as_django_answers_it():
    first, second = (Organisation.objects.create(name=name, founded_at=timezone.now()) for name in ("First", "Second"))
    ask = Prepared(about)
    assert [ask(one.id) for one in (first, second, first)] == [list(about(one.id)) for one in (first, second, first)]
    assert ask(first.id) == [(first.id, "First", False, first.founded_at, None)]
    assert ask(uuid4()) == []


@pytest.mark.django_db
def test_arguments_stand_where_they_belong_in_any_order():
    kept, other = (Organisation.objects.create(name=name, founded_at=timezone.now()) for name in ("Kept", "Other"))
    ask = Prepared(lambda without, one: Organisation.objects.filter(id=one).exclude(id=without).values_list("name"))
    assert (ask(other.id, kept.id), ask(kept.id, kept.id)) == ([("Kept",)], [])
