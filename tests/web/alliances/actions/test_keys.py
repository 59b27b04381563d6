from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import CircleMembership, Organisation
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.organisations import own_organisation
from lichen_web.alliances.access.transactions import acting, reading, whole
from lichen_web.alliances.actions.keys import confirm_key_copy, erase_organisation, rotate_host_key
from lichen_web.alliances.actions.organisations import change_organisation
from lichen_web.alliances.keys import Unopened, key_for_reader, make_organisation_keys, open_granted, open_own, rewrap, seal
from lichen_web.alliances.models.event import Event
from lichen_web.alliances.models.key import Erasure, KeyCopy, OrganisationKey
from lichen_web.environment import Environment, Part
from lichen_web.keyring import Keyring, add_host_key, host_keyring, put_first
from tests.web.people import WebCast, cast_of

DAY, LATER = datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 29, 9, tzinfo=UTC)
PART = ("lichen_sealed_part", "7f", "4", "1")
CONFESSED = {"words": "Nobody has told the bank."}
KEPT = {"kept_by": "Anna Kovacs", "kept_where": "the bank's safe"}


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Environment:
    settings.LICHEN = replace(settings.LICHEN, home=tmp_path / "home")
    return settings.LICHEN


@pytest.fixture
def people(home: Environment, any_database: str) -> WebCast:
    return cast_of(DAY)


def events_told(what: str) -> list[tuple[UUID | None, UUID | None, UUID]]:
    """Of each event of that name: who did it, for whom, and in which chain."""
    with whole():
        return list(Event.objects.filter(what=what).order_by("id").values_list("person", "organisation", "chain"))
