"""What Lichen refuses becomes one page each, which says nothing that was secret."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import RequestFactory

from lichen.errors import InputError, LichenError, NotAllowed, Problem
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.keys import Unopened
from lichen_web.pages import errors
from lichen_web.pages.refusals import Refusals
from tests.web.pages.reading import browser, heading

ASKED = RequestFactory().get("/")
SECRET = "zyxquark"  # noqa: S105 - a word that must not turn up


def answered(refusal: Exception):
    return Refusals(lambda _request: errors.broken(ASKED)).process_exception(ASKED, refusal)


@pytest.mark.parametrize(
    ("refusal", "status", "title"),
    [
        (NotThere(SECRET), 404, "There is nothing here for you"),
        (NotAllowed("lead-only", "Only a lead can do this."), 403, "This is not yours to do"),
        (InputError(Problem(SECRET, SECRET)), 400, "Lichen could not read that"),
        (Unopened(SECRET), 503, "This could not be opened"),
        (LichenError(SECRET), 503, "This could not be opened"),
    ],
)
def test_each_refusal_has_its_page(refusal: Exception, status: int, title: str):
    page = answered(refusal)
    assert (page.status_code, heading(page), SECRET in page.content.decode()) == (status, title, False)


def test_a_rule_is_told_in_its_own_sentence():
    assert b"Only a lead can do this." in answered(NotAllowed("lead-only", "Only a lead can do this.")).content


@pytest.mark.parametrize("fault", [ValueError(SECRET), Http404(SECRET)])
def test_what_is_no_refusal_of_ours_goes_on(fault: Exception):
    assert answered(fault) is None


def test_nothing_is_asked_of_the_database_for_an_error(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        pages = [browser().get("/nowhere/"), errors.broken(ASKED), errors.stale_form(ASKED), errors.unreadable(ASKED)]
    assert [page.status_code for page in pages] == [404, 500, 403, 400]
    assert [b"<nav" in page.content for page in pages] == [False] * 4
