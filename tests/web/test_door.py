"""What is turned away at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from lichen_web.door import MOST_BYTES, Door

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
