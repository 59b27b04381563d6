"""The pages about organisations that are no members, as people see them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lichen.audit.values import Audit, Vulnerability
from lichen.errors import NotAllowed
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.corrections import ask_correction
from lichen_web.alliances.actions.listed_notes import (
    MOST_SEARCHES,
    note_listed,
    remove_search,
    restore_search,
    save_search,
)
from lichen_web.alliances.bridge.listed import load_listing
from lichen_web.alliances.models import CorrectionRequest, ListedNote, ListedOrganisation, SavedSearch
from tests import cast as organisations
from tests.web.listing import LISTED_AT, depot, id_of, listed, many, register, trust
from tests.web.pages.reading import browser
from tests.web.people import WebCast

ASKED = {"organisation": trust.name, "words": "We closed the hall.", "name": "Ann", "email": "a@example.org"}


@pytest.fixture
def told(cast: WebCast) -> WebCast:
    """The hospital with its audit, and two listed organisations."""
    record_audit(cast.hospital.lead, audit=Audit(organisations.hospital), at=LISTED_AT)
    listed()
    return cast


def words(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200, response.status_code
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_search_shows_them_by_name_with_reasons_and_says_what_is_guessed(told: WebCast):
    shown = words(browser(told.hospital.lead), "listed_organisations", told.hospital.id)
    assert "2 found among the 2 listed. 1 fits both ways." in shown
    assert shown.index("Northern Depot") < shown.index("Eastfield Community Trust")
    assert shown.count("are only guessed, from what public records say: ask them") == 1
    assert shown.count("≈ a guess, 62% sure") >= 3
    assert "What they lack: unknown. Ask." in shown
    assert "They seem to lack" in shown


def test_other_direction_shows_whom_we_could_help(told: WebCast):
    shown = words(browser(told.hospital.lead), "listed_organisations", told.hospital.id, query="?way=we-help")
    assert "Northern Depot" in shown
    assert "Eastfield Community Trust" not in shown


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?place=york", {"Northern Depot"}),
        ("?place=GB", {"Northern Depot", "Eastfield Community Trust"}),
        ("?sectors=nonprofit", {"Eastfield Community Trust"}),
        ("?sizes=large&sizes=micro", {"Northern Depot"}),
        ("?world=far", {"Northern Depot"}),
        ("?world=own", set()),
        ("?sectors=circus&page=9999999999&world=moon", {"Northern Depot", "Eastfield Community Trust"}),
        ("?search=1&page=-3", {"Northern Depot", "Eastfield Community Trust"}),
    ],
)
def test_filters_narrow_and_odd_ones_do_no_harm(told: WebCast, query: str, names: set[str]):
    shown = words(browser(told.hospital.lead), "listed_organisations", told.hospital.id, query=query)
    assert {name for name in ("Northern Depot", "Eastfield Community Trust") if name in shown} == names


def test_distances_are_plain_words_with_how_many_there_are(told: WebCast):
    client = browser(told.hospital.lead)
    shown = words(client, "listed_organisations", told.hospital.id, query="?world=far&place=GB")
    far = "Far from ours: another kind of organisation, and in another region or country (1)"
    for line in (
        "It does not matter how far (2)",
        "the same kind of organisation as we (0)",
        "wherever it is (2)",
        far,
    ):
        assert line in shown
    assert "wherever it is (1)" in words(client, "listed_organisations", told.hospital.id, query="?place=york")


def test_nobody_found_says_what_would_change_it(told: WebCast):
    client = browser(told.hospital.lead)
    shown = words(client, "listed_organisations", told.hospital.id, query="?place=Cornwall")
    assert "Nobody is found who is all that. 2 are found wherever they are." in shown
    ListedOrganisation.objects.all().delete()
    listed(replace(depot, offers=(), vulnerabilities=()))
    assert "another register" in words(client, "listed_organisations", told.hospital.id)
    assert "nobody knows" in words(client, "listed_organisations", told.hospital.id, query="?way=we-help")


def test_facilitator_with_offers_alone_sees_one_way_alone(told: WebCast):
    client = browser(told.serving_hospital)
    shown = words(client, "listed_organisations", told.hospital.id)
    assert "has not opened its gaps to you" in shown
    assert "Eastfield Community Trust" not in shown
    shown = words(client, "listed_organisations", told.hospital.id, query="?way=we-help")
    assert "Northern Depot" in shown
    assert "You lack" not in shown
    assert "You lack" not in words(client, "listed_organisation", told.hospital.id, id_of(trust))
    assert "has not opened its gaps" in words(client, "listed_map", told.hospital.id)


def test_a_guess_at_anything_sensitive_is_never_shown(told: WebCast):
    listed(replace(depot, vulnerabilities=(Vulnerability("funding.solvency", source=register),)))
    shown = words(browser(told.hospital.lead), "listed_organisation", told.hospital.id, id_of(depot))
    assert "olven" not in shown
    assert "unknown" in shown


def test_map_names_three_for_each_of_the_top_five(told: WebCast):
    listed(*many(60))
    shown = browser(told.hospital.lead).get(reverse("listed_map", args=[told.hospital.id])).content.decode()
    assert shown.count('scope="rowgroup"') == 5
    assert shown.count("<caption") == 1
    assert shown.count('rowspan="3"') >= 3


def note(cast: WebCast, **other: object):
    said = {"who": "Ann of theirs", "where": "Mill Hall", "on": LISTED_AT.date(), "words": "zyxquark was said"}
    more = {"evidence": 4, "offers": "assets.venue", "lacks": "knowledge.medical", **other}
    return note_listed(cast.hospital.lead, listed=id_of(trust), **said, **more, at=LISTED_AT)


def test_note_raises_an_item_for_us_alone(told: WebCast):
    record_audit(told.churches.lead, audit=Audit(organisations.hospital), at=LISTED_AT)
    note(told)
    ours = words(browser(told.hospital.observer), "listed_organisation", told.hospital.id, id_of(trust))
    assert "zyxquark was said" in ours
    assert "they told you that they have it" in ours
    assert "They told you that they lack" in ours
    for who in (told.churches.lead, told.serving_hospital):
        shown = words(browser(who), "listed_organisation", who.organisation, id_of(trust))
        assert "zyxquark" not in shown
        assert "told you" not in shown
    both = words(browser(told.hospital.lead), "listed_organisations", told.hospital.id)
    assert "2 fit both ways" in both
    drawn = words(browser(told.hospital.lead), "listed_map", told.hospital.id)
    assert "3. Community venue Eastfield Community Trust community venue medical and clinical expertise" in drawn


def test_note_is_sealed_with_everything_it_says(told: WebCast):
    note(told)
    [row] = ListedNote.objects.values()
    kept = b"".join(
        bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode() for value in row.values()
    )
    for word in (b"zyxquark", b"assets.venue", b"Mill Hall", str(id_of(trust)).encode()):
        assert word not in kept


def test_note_is_written_removed_and_put_back(told: WebCast):
    client = browser(told.hospital.member)
    form = {
        "who": "Ann",
        "on": "2026-11-01",
        "words": "We met.",
        "evidence": "1",
        "offers": "",
        "lacks": "",
        "where": "",
    }
    to = reverse("listed_note", args=[told.hospital.id, id_of(trust)])
    page = reverse("listed_organisation", args=[told.hospital.id, id_of(trust)])
    assert client.post(to, form).status_code == 302
    assert client.post(to, {**form, "lacks": "funding.solvency"}).status_code == 422
    assert client.post(to, {**form, "on": "2999-01-01"}).status_code == 422
    [row] = ListedNote.objects.all()
    own = [told.hospital.id, id_of(trust), row.id]
    assert client.post(reverse("remove_listed_note", args=own)).url == page
    assert "We met." not in words(client, "listed_organisation", *own[:2])
    assert client.post(reverse("restore_listed_note", args=own)).url == page
    assert "We met." in words(client, "listed_organisation", *own[:2])
    theirs = [told.churches.id, id_of(trust), row.id]
    assert browser(told.churches.lead).post(reverse("remove_listed_note", args=theirs)).status_code == 404


def test_notes_outlive_the_listing(told: WebCast):
    note(told)
    gone = id_of(trust)
    ListedOrganisation.objects.filter(id=gone).delete()
    assert "listed no longer" in words(browser(told.hospital.lead), "listed_organisation", told.hospital.id, gone)
    assert (
        browser(told.churches.lead).get(reverse("listed_organisation", args=[told.churches.id, gone])).status_code
        == 404
    )


def test_stranger_sees_nothing_of_notes_and_searches(told: WebCast):
    made = note(told)
    search = save_search(told.hospital.lead, name="near", sectors=[], place="London", sizes=[], world="", at=LISTED_AT)
    client = browser(told.stranger.lead)
    for name, args in {
        "listed_organisations": [],
        "listed_map": [],
        "saved_searches": [],
        "listed_organisation": [id_of(trust)],
        "listed_note": [id_of(trust)],
    }.items():
        assert client.get(reverse(name, args=[told.hospital.id, *args])).status_code == 404
    own = [told.stranger.id]
    assert client.get(reverse("listed_organisations", args=own) + f"?search={search}").status_code == 404
    for name, args in {
        "switch_search": [search],
        "remove_search": [search],
        "restore_search": [search],
        "remove_listed_note": [id_of(trust), made],
        "restore_listed_note": [id_of(trust), made],
    }.items():
        assert client.post(reverse(name, args=[*own, *args])).status_code == 404


def test_search_is_kept_sealed_and_looked_through_again(told: WebCast):
    client = browser(told.hospital.member)
    to = reverse("save_search", args=[told.hospital.id])
    assert 'value="Yorkshire"' in client.get(to + "?place=Yorkshire").content.decode()
    saved = client.post(to, {"name": "Up north", "place": "Yorkshire", "world": "", "sizes": ["large"]})
    assert saved.status_code == 302
    [row] = SavedSearch.objects.all()
    assert b"Yorkshire" not in bytes(row.sealed)
    shown = words(client, "listed_organisations", told.hospital.id, query=f"?search={row.id}")
    assert "Up north" in shown
    assert "1 found among the 2 listed" in shown
    assert "Sunil Rao" in words(client, "saved_searches", told.hospital.id)
    own = [told.hospital.id, row.id]
    client.post(reverse("switch_search", args=own), {"on": "no"})
    assert "silent" in words(client, "saved_searches", told.hospital.id)
    client.post(reverse("remove_search", args=own))
    assert "Removed: Up north" in words(client, "saved_searches", told.hospital.id)
    client.post(reverse("restore_search", args=own))
    assert "Removed" not in words(client, "saved_searches", told.hospital.id)


def test_twenty_searches_are_kept_also_by_whoever_removes_them_and_puts_them_back(told: WebCast):
    who, what = told.hospital.lead, {"sectors": [], "place": "", "sizes": [], "world": "", "at": LISTED_AT}
    removed = save_search(who, name="one more", **what)
    remove_search(who, search=removed, at=LISTED_AT)
    for number in range(MOST_SEARCHES):
        save_search(who, name=f"n{number}", **what)
    with pytest.raises(NotAllowed):
        restore_search(who, search=removed, at=LISTED_AT)
    assert SavedSearch.objects.filter(removed_at=None).count() == MOST_SEARCHES


ADDED = {
    "name": "Mill Hall",
    "sector": "nonprofit",
    "offers": "community venue\n",
    "evidence": "2",
    "source": "Leaflet",
}


def test_member_adds_one_by_the_page(told: WebCast):
    client, to = browser(told.hospital.member), reverse("add_listed", args=[told.hospital.id])
    saved = client.post(to, ADDED)
    assert saved.status_code == 302
    made = ListedOrganisation.objects.get(name="Mill Hall")
    assert saved.url == reverse("listed_organisation", args=[told.hospital.id, made.id])
    assert client.post(to, ADDED).status_code == 422
    shown = words(client, "listed_organisation", told.hospital.id, made.id)
    assert "≈ a guess, 80% sure" in shown
    assert "Leaflet" in shown


def test_member_puts_right_and_takes_back_what_their_organisation_added(told: WebCast):
    client = browser(told.hospital.member)
    client.post(reverse("add_listed", args=[told.hospital.id]), ADDED)
    made = ListedOrganisation.objects.get(name="Mill Hall")
    own, page = [told.hospital.id, made.id], reverse("listed_organisation", args=[told.hospital.id, made.id])
    assert "Put right what you added" in words(client, "listed_organisation", *own)
    stood = asked_anew(client, own)
    assert (stood["name"], stood["offers"], stood["source"]) == ("Mill Hall", "community venue", "Leaflet")
    assert client.post(reverse("change_listed", args=own), {**stood, "region": "Leeds"}).url == page
    assert ListedOrganisation.objects.get(id=made.id).region == "Leeds"
    twin = {**asked_anew(client, own), "name": trust.name, "reference": trust.id}
    refused = client.post(reverse("change_listed", args=own), twin).context["form"].errors
    assert refused == {
        "reference": ["It is listed already. Right would be: one that is not listed; look for its name in the list."]
    }
    withdrawn = client.post(reverse("withdraw_listed", args=own))
    assert withdrawn.url == reverse("listed_organisations", args=[told.hospital.id])
    assert not ListedOrganisation.objects.filter(id=made.id).exists()


def asked_anew(client: Client, own: list[UUID]) -> dict[str, object]:
    """What stands in the form in which it is put right."""
    form = client.get(reverse("change_listed", args=own)).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_of_two_colleagues_the_second_sees_what_the_first_wrote_and_overwrites_nothing_unseen(told: WebCast):
    lead, member = browser(told.hospital.lead), browser(told.hospital.member)
    lead.post(reverse("add_listed", args=[told.hospital.id]), ADDED)
    made = ListedOrganisation.objects.get(name="Mill Hall")
    own, to = [told.hospital.id, made.id], reverse("change_listed", args=[told.hospital.id, made.id])
    one, other = asked_anew(lead, own), asked_anew(member, own)
    assert lead.post(to, {**one, "region": "Leeds", "size": "large"}).status_code == 302
    clash = member.post(to, {**other, "region": "York"})
    form = clash.context["form"]
    assert (clash.status_code, form["region"].value()) == (422, "York")
    assert form.errors == {
        "region": ["They wrote: Leeds"],
        "size": [f"They wrote: {dict(form.fields['size'].choices)['large']}"],
        "__all__": [
            "A colleague has changed this meanwhile; nothing was overwritten. What they wrote stands beside yours."
        ],
    }
    assert ListedOrganisation.objects.get(id=made.id).region == "Leeds"
    assert member.post(to, {name: form[name].value() for name in form.fields}).status_code == 302
    assert ListedOrganisation.objects.get(id=made.id).region == "York"


@pytest.mark.parametrize("without", [True, False])
def test_a_form_that_does_not_say_what_was_seen_changes_nothing(told: WebCast, without: bool):
    client = browser(told.hospital.lead)
    client.post(reverse("add_listed", args=[told.hospital.id]), ADDED)
    own = [told.hospital.id, ListedOrganisation.objects.get(name="Mill Hall").id]
    said = {**asked_anew(client, own), "region": "York", "seen_at": "yesterday"}
    if without:
        del said["seen_at"]
    assert client.post(reverse("change_listed", args=own), said).status_code == 422
    assert ListedOrganisation.objects.get(id=own[1]).region == ""


@pytest.mark.parametrize("name", ["change_listed", "withdraw_listed"])
def test_nobody_else_changes_it_nor_anybody_after_a_register_or_the_host(told: WebCast, name: str):
    browser(told.hospital.member).post(reverse("add_listed", args=[told.hospital.id]), ADDED)
    made = ListedOrganisation.objects.get(name="Mill Hall").id

    def asked(who: Actor, about: UUID) -> int:
        return browser(who).get(reverse(name, args=[who.organisation, about])).status_code

    assert asked(told.hospital.lead, made) == 200
    assert asked(told.hospital.observer, made) == 403
    assert asked(told.churches.lead, made) == 404
    assert asked(told.hospital.lead, id_of(trust)) == 404
    assert browser(told.churches.lead).post(reverse(name, args=[told.churches.id, made]), ADDED).status_code == 404
    listed(replace(trust, id="GB-CHC-77", name="Mill Hall", country=""), at=timezone.now())
    assert asked(told.hospital.lead, made) == 404
    assert ListedOrganisation.objects.filter(id=made).exists()


def test_they_are_found_by_name_whether_they_fit_or_not(told: WebCast):
    listed(*many(25), replace(trust, id="GB-CHC-1", name="Zz Nothing Given", offers=()))
    client = browser(told.hospital.lead)
    assert "1 of that name. " in words(client, "listed_organisations", told.hospital.id, query="?named=nothing+zz")
    shown = words(client, "listed_organisations", told.hospital.id, query="?named=charity&page=3")
    assert "25 with that in their names." in shown
    assert shown.count("Charity 000") == 5
    gone = words(client, "listed_organisations", told.hospital.id, query="?named=%3Cb%3Eqqq&page=99")
    assert "Nobody of that name is listed." in gone
    assert "Narrow it down" not in gone


def test_what_they_told_is_searched_for_without_javascript_and_nothing_is_lost(told: WebCast):
    client, to = browser(told.hospital.member), reverse("listed_note", args=[told.hospital.id, id_of(trust)])
    assert client.get(to).content.decode().count('name="offers"') == 0
    typed = {
        "who": "Ann",
        "on": "2026-11-01",
        "words": "We met.",
        "evidence": "4",
        "search_lacks": "volunt",
        "look": "1",
    }
    page = client.post(to, typed)
    assert (page.status_code, ListedNote.objects.count()) == (200, 0)
    found = page.context["form"].fields["lacks"].choices
    assert 2 <= len(found) <= 9
    assert "people.volunteers" in dict(found)
    assert page.context["form"]["words"].value() == "We met."
    secret = client.post(to, {**typed, "search_lacks": "solvency"}).context["form"].fields["lacks"].choices
    assert "funding.solvency" not in dict(secret)
    del typed["look"]
    assert client.post(to, {**typed, "lacks": "people.volunteers"}).status_code == 302
    shown = words(client, "listed_organisation", told.hospital.id, id_of(trust))
    assert "They told you that they lack: volunteer base" in shown


def test_anybody_asks_for_a_correction_and_learns_nothing(told: WebCast, client: Client):
    to = reverse("ask_correction")
    here = client.post(to, ASKED)
    elsewhere = client.post(to, {**ASKED, "organisation": "Nobody at all"})
    assert (here.status_code, here.content) == (200, elsewhere.content)
    assert client.post(to, {**ASKED, "email": "no"}).status_code == 422
    assert CorrectionRequest.objects.count() == 2
    [_one, _two] = [bytes(row.sealed) for row in CorrectionRequest.objects.all()]
    assert b"closed" not in _one + _two
    for _more in range(3):
        client.post(to, ASKED)
    assert client.post(to, ASKED).status_code == 429
    assert CorrectionRequest.objects.count() == 5


def test_one_who_has_a_network_of_addresses_asks_no_oftener(told: WebCast):
    answers = [
        Client(REMOTE_ADDR=f"2001:db8:1:2::{number}", headers={"user-agent": f"{number}"}).post(
            reverse("ask_correction"), {**ASKED, "email": f" A{number}@E.org "}
        )
        for number in range(6)
    ]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    neighbour = Client(REMOTE_ADDR="2001:db8:1:3::1").post(reverse("ask_correction"), ASKED)
    assert neighbour.status_code == 200


def test_host_answers_by_the_page(told: WebCast):
    asked = ask_correction(**ASKED, at=timezone.now())
    client = browser(told.host)
    assert "waits for an answer" in words(client, "host_listed")
    to = reverse("decide_correction", args=[asked])
    assert client.post(to, {"outcome": "removed", "reason": "Done."}).status_code == 422
    assert client.post(to, {"outcome": "removed", "reason": "Done.", "listed": str(id_of(trust))}).status_code == 302
    assert not ListedOrganisation.objects.filter(name=trust.name).exists()
    assert browser(told.hospital.lead).get(to).status_code == 404
    assert client.get(reverse("decide_correction", args=[uuid4()])).status_code == 404


def test_footer_and_page_lead_to_the_form(told: WebCast, client: Client):
    assert reverse("ask_correction") in client.get("/").content.decode()
    shown = words(browser(told.hospital.lead), "listed_organisation", told.hospital.id, id_of(trust))
    assert reverse("ask_correction") in shown


@pytest.mark.parametrize(
    ("name", "often"), [("listed_organisations", 13), ("listed_map", 13), ("saved_searches", 16), ("host_listed", 10)]
)
def test_a_longer_list_asks_no_more(told: WebCast, name: str, often: int):
    client = browser(told.host if name == "host_listed" else told.hospital.lead)
    address = reverse(name, args=[] if name == "host_listed" else [told.hospital.id])
    ListedOrganisation.objects.exclude(reference=trust.id).delete()

    def grow(count: int) -> None:
        listed(*many(count))
        for number in range(min(count, 6)):
            save_search(told.hospital.lead, name=f"n{number}", sectors=[], place="", sizes=[], world="", at=LISTED_AT)
            ask_correction(**ASKED, at=LISTED_AT)

    def asked() -> int:
        load_listing()
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    grow(1)
    before = asked()
    grow(30)
    assert (before, asked()) == (often, often)
