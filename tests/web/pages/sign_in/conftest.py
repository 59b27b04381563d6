"""People who sign in, and the mails they get."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress

from lichen_web.accounts.models import Person
from lichen_web.alliances.keys import open_for_host
from lichen_web.alliances.mails import PURPOSE, bound_to
from lichen_web.alliances.models import Mail

PASSWORD = "moss under granite weather"  # noqa: S105 - of nobody


@pytest.fixture
def person(db: None) -> Person:
    """Somebody who has signed up and confirmed the address."""
    ada = Person.objects.create_user("ada@hospital.example", PASSWORD, name="Ada Adeyemi")
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    return ada


@pytest.fixture
def password() -> str:
    return PASSWORD


class Postbox:
    """What was mailed, opened as the worker would open it."""

    @property
    def mails(self) -> list[dict[str, str]]:
        rows = Mail.objects.order_by("written_at")
        return [{"kind": row.kind, **open_for_host(PURPOSE, row.sealed, bound_to=bound_to(row.id))} for row in rows]

    @property
    def kinds(self) -> list[str]:
        return [mail["kind"] for mail in self.mails]

    @property
    def code(self) -> str:
        """The code in the last mail."""
        return re.findall(r"^    ([A-Z]{4}-[A-Z]{4})$", self.mails[-1]["text"], re.MULTILINE)[0]


@pytest.fixture
def postbox(db: None) -> Postbox:
    return Postbox()
