"""Keys in an address or a form that cannot be any of ours are not there."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.pages.reading import browser
from tests.web.people import signed_up

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("token", ["a%20b", "%E2%98%83", "x" * 65, "a.b", "a%0A"])
def test_token_that_is_none_of_ours_is_not_there(token: str):
    answer = Client().get(f"/invitations/{token}/")
    assert (answer.status_code, "lichen_invitation" in answer.cookies) == (404, False)


@pytest.mark.parametrize("key", ["\0", "x", "A" * 64, "a" * 65])
def test_key_of_a_session_that_is_none_of_ours_ends_nothing(key: str):
    client = browser(signed_up("Ann A"))
    assert client.post("/account/sessions/", {"session": key}).status_code in {302, 404}
    assert client.get("/desk/").status_code == 200
