"""What the tests of the pages ask of an answer."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from lichen_web.accounts.models import Person
from lichen_web.alliances.access.actors import Actor

__all__ = ["browser", "errors_of", "heading", "said", "typed"]


def browser(actor: Actor | None = None, **more: object) -> Client:
    """The browser of somebody, or of nobody in particular."""
    client = Client(**more)  # type: ignore[arg-type]
    if actor is not None:
        client.force_login(Person.objects.get(id=actor.person))
    return client


def heading(answer: HttpResponse) -> str:
    """Its first heading, as people read it."""
    found = re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    return unescape(re.sub(r"\s+", " ", found[1])).strip() if found else ""


def errors_of(answer: HttpResponse) -> dict[str, str]:
    """What is told beside each field, by the field."""
    found = re.findall(r'<ul class="errorlist" id="id_(\w+)_error"><li>(.*?)</li>', answer.content.decode())
    return {field: unescape(told) for field, told in found}


def said(answer: HttpResponse) -> list[str]:
    """The messages on a page."""
    return [unescape(each) for each in re.findall(r'<p class="message [^"]*">(.*?)</p>', answer.content.decode())]


def typed(answer: HttpResponse, field: str) -> str:
    """What stands in a field of a form."""
    form = answer.context["form"]
    return str(form[field].value())
