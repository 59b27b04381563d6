"""What is turned away at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client, RequestFactory

from lichen_web.door import MOST_BYTES, ON_LOOPBACK, Door, is_from_this_machine

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

MULTIPART = "multipart/form-data; boundary=xx; charset="


def inside(_environ: dict[str, Any], start: StartResponse) -> list[bytes]:
    start("200 OK", [])
    return [b"in"]


def status_of(**environ: str) -> str:
    told: list[str] = []
    list(Door(inside)(environ, lambda status, *_: told.append(status)))  # type: ignore[arg-type, return-value]
    return told[0][:3]


@pytest.mark.parametrize("charset", ["hex", "idna", "utf-7", "unicode_escape", "latin-1", "nonsense", '"utf-7"', ""])
def test_strange_alphabet_stays_outside(charset: str):
    assert status_of(CONTENT_TYPE=MULTIPART + charset) == "400"
    assert Client().generic("POST", "/account/login/", b"x", content_type=MULTIPART + charset).status_code == 400


@pytest.mark.parametrize("said", ["", "text/plain", MULTIPART + "utf-8", MULTIPART + "UTF-8", MULTIPART + '"utf8"'])
def test_ours_comes_in(said: str):
    assert status_of(CONTENT_TYPE=said) == "200"


@pytest.mark.parametrize("said", ["text/plain; charset*=nonsense''utf-7", "text/plain; charset*=utf-8''utf-7"])
def test_alphabet_said_in_a_roundabout_way_stays_outside(said: str):
    assert status_of(CONTENT_TYPE=said) == "400"


def test_more_than_a_form_holds_stays_outside():
    lengths = {"": "200", "0": "200", str(MOST_BYTES): "200", str(MOST_BYTES + 1): "413", "many": "400"}
    assert {length: status_of(CONTENT_LENGTH=length) for length in lengths} == lengths


@pytest.mark.parametrize("is_so", [True, False])
def test_server_says_with_every_request_whether_it_listens_on_loopback_alone(is_so: bool):
    heard: list[object] = []

    def listening(environ: dict[str, Any], start: StartResponse) -> list[bytes]:
        heard.append(environ[ON_LOOPBACK])
        return inside(environ, start)

    list(Door(listening, is_on_loopback=is_so)({ON_LOOPBACK: "forged"}, lambda *_: None))  # type: ignore[arg-type, return-value]
    assert heard == [is_so]


@pytest.mark.parametrize(
    ("sent", "here"),
    [
        ({}, True),
        ({"HTTP_HOST": "localhost:8000"}, True),
        ({"HTTP_HOST": "[::1]:8000"}, True),
        ({"HTTP_HOST": "lichen.example.org"}, False),
        ({"HTTP_HOST": ""}, False),
        ({"REMOTE_ADDR": "192.0.2.7"}, False),
        ({"REMOTE_ADDR": ""}, False),
        ({"HTTP_X_FORWARDED_HOST": "127.0.0.1"}, False),
        ({"HTTP_VIA": "1.1 proxy"}, False),
        ({ON_LOOPBACK: "yes"}, False),
    ],
)
def test_this_machine_is_told_by_everything_together(sent: dict[str, object], here: bool):
    asked = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000", ON_LOOPBACK: True}
    assert is_from_this_machine(RequestFactory().get("/", **{**asked, **sent})) == here
