"""Who is signed out in the middle of writing does not lose the words."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from tests.web.pages.reading import browser, heading

WORDS = "The collection pays for the roof & <b>nothing</b> else."


def test_what_was_written_in_a_form_is_given_back_once_with_the_way_in():
    at = reverse("record_vulnerability", args=[uuid4()])
    answer = browser().post(at, {"words": WORDS, "code": "fundraising", "password": "four lorries", "severity": "3"})
    page = answer.content.decode()
    assert (answer.status_code, heading(answer)) == (403, "You are signed out")
    assert page.count("The collection pays for the roof &amp; &lt;b&gt;nothing&lt;/b&gt; else.") == 1
    assert f'href="{reverse("account_login")}?next={at}"' in page
    assert "fundraising" not in page
    assert "four lorries" not in page


def test_a_form_without_words_leads_straight_to_the_way_in():
    at = reverse("found_organisation")
    answer = browser().post(at, {"sector": "nonprofit", "name": ""})
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={at}")


def test_a_part_of_a_page_stays_as_it_is_and_its_heading_says_why():
    here = reverse("audit", args=[uuid4()])
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{here}"}
    answer = browser().post(reverse("record_vulnerability", args=[uuid4()]), {"words": WORDS}, headers=headers)
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reselect"]) == (200, "h1", ".signed-out")
    assert f'href="{reverse("account_login")}?next={here}"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_who_only_looks_is_asked_in_at_once():
    here = reverse("desk")
    assert browser().get(here)["Location"] == f"{reverse('account_login')}?next={here}"
