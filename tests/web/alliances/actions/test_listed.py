"""Listing organisations that are no members: what is kept, what is left out, and who does not come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lichen.audit.values import Offer, Source, Vulnerability
from lichen.errors import InputError, NotAllowed
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.listed import correction, host_listed
from lichen_web.alliances.actions.corrections import ask_correction, decide_correction
from lichen_web.alliances.actions.listed import ADDED_A_DAY, Tally, add_listed
from lichen_web.alliances.models import Delisting, Event, ListedOrganisation
from tests.web.listing import HALL, LISTED_AT, depot, id_of, listed, register, trust
from tests.web.people import WebCast, letters

DAY = timedelta(days=1)
ASKED = {"organisation": "Eastfield Community Trust", "words": "We closed the hall.", "name": "Ann", "email": "a@e.org"}


def test_file_is_listed_and_listing_it_again_changes_nothing(db):
    assert listed() == Tally(added=2)
    assert listed(at=LISTED_AT + DAY) == Tally(unchanged=2)
    assert set(ListedOrganisation.objects.values_list("changed_at", flat=True)) == {LISTED_AT}


def test_newer_file_updates_and_leaves_the_others(db):
    listed()
    moved = replace(trust, region="Essex")
    assert listed(moved, at=LISTED_AT + DAY) == Tally(updated=1)
    rows = ListedOrganisation.objects.order_by("name").values_list("name", "region", "changed_at")
    assert list(rows) == [
        ("Eastfield Community Trust", "Essex", LISTED_AT + DAY),
        ("Northern Depot", "Yorkshire", LISTED_AT),
    ]


def test_dry_run_counts_and_changes_nothing(db):
    assert listed(is_dry=True) == Tally(added=2)
    assert not ListedOrganisation.objects.exists()
    assert not Event.objects.filter(what="organisations_listed").exists()


def test_what_is_no_public_record_or_sensitive_is_never_stored(db):
    gaps = (
        Vulnerability("funding.solvency", source=register),
        Vulnerability("people.volunteers", words="Nobody comes."),
        Vulnerability("ops.logistics", source=register, words="our own words"),
    )
    confessed = Offer("trust.community", words="ours")
    told = listed(replace(trust, vulnerabilities=gaps, offers=(confessed, Offer("no.such", source=register))))
    assert told == Tally(added=1, items_left_out=(("no-record", 2), ("sensitive", 1), ("unknown", 1)))
    row = ListedOrganisation.objects.get()
    assert [gap["code"] for gap in row.items["gaps"]] == ["ops.logistics"]
    assert row.items["offers"] == []
    assert "own words" not in str(row.items)


def test_nameless_and_repeated_are_left_out_and_counted(db):
    same = [replace(depot, id=each, name=name) for each, name in (("a", "Hub"), ("b", "The HUB"), ("c", " "))]
    assert listed(*same) == Tally(added=1, unnamed=1, repeated=1)


def test_one_added_by_hand_is_known_again_by_name_when_its_number_comes(cast: WebCast):
    row = add_listed(cast.hospital.lead, **{**HALL, "name": trust.name})
    assert listed(trust, at=LISTED_AT + DAY) == Tally(updated=1)
    assert ListedOrganisation.objects.get(id=row).reference == trust.id


def test_member_adds_one_by_hand_and_it_is_marked_as_seen_by_somebody(cast: WebCast):
    row = ListedOrganisation.objects.get(id=add_listed(cast.hospital.member, **HALL))
    assert [item["code"] for item in row.items["offers"]] == ["assets.venue", "people.volunteers"]
    assert {item["source"]["name"] for item in row.items["offers"]} == {"Their leaflet"}
    assert max(item["source"]["confidence"] for item in row.items["offers"]) <= 0.8
    assert row.items["gaps"] == []
    assert Event.objects.filter(what="organisation_listed", about=row.id).count() == 2


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"name": ""}, "name"),
        ({"source": " "}, "source"),
        ({"offers": []}, "offers"),
        ({"offers": ["Ask Dr Patel, patel@example.org"]}, "offers"),
        ({"offers": ["qqq zzz"]}, "offers"),
        ({"reference": "12"}, "reference"),
        ({"country": "Britain"}, "country"),
        ({"sector": "circus"}, "sector"),
        ({"evidence": 9}, "evidence"),
    ],
)
def test_what_cannot_be_listed_by_hand_is_told(cast: WebCast, wrong, column: str):
    with pytest.raises(InputError) as refused:
        add_listed(cast.hospital.lead, **{**HALL, **wrong})
    assert {problem.column for problem in refused.value.problems} == {column}


def test_same_one_is_not_added_twice(cast: WebCast):
    add_listed(cast.hospital.lead, **HALL)
    with pytest.raises(InputError):
        add_listed(cast.churches.lead, **{**HALL, "name": "The mill-hall"})


def test_only_so_many_are_added_a_day(cast: WebCast):
    for number in range(ADDED_A_DAY):
        add_listed(cast.hospital.lead, **{**HALL, "name": f"Hall {number}"})
    with pytest.raises(NotAllowed):
        add_listed(cast.hospital.lead, **HALL)
    add_listed(cast.churches.lead, **HALL)


def test_observer_facilitator_and_nobody_else_adds(cast: WebCast):
    for who in (cast.hospital.observer, cast.serving_churches):
        with pytest.raises(NotAllowed):
            add_listed(who, **HALL)
    for who in (cast.facilitator, cast.host):
        with pytest.raises(NotThere):
            add_listed(who, **HALL)


def test_whoever_is_removed_does_not_come_back_by_file_or_by_hand(cast: WebCast):
    listed()
    asked = ask_correction(**ASKED, at=LISTED_AT)
    seen = correction(cast.host, asked)
    assert [each.organisation.name for each in seen.candidates] == [trust.name]
    answer = {"outcome": "removed", "reason": "Done.", "listed": str(id_of(trust)), "at": LISTED_AT + DAY}
    decide_correction(cast.host, correction=asked, **answer)
    assert not ListedOrganisation.objects.filter(name=trust.name).exists()
    assert listed(at=LISTED_AT + 2 * DAY) == Tally(unchanged=1, delisted=1)
    with pytest.raises(NotAllowed):
        add_listed(cast.churches.lead, **{**HALL, "name": trust.name})
    with pytest.raises(NotAllowed):
        add_listed(cast.churches.lead, **{**HALL, "reference": trust.id})
    with pytest.raises(NotAllowed):
        add_listed(cast.churches.lead, **{**HALL, "name": trust.name, "reference": "GB-CHC-1999999"})
    assert trust.name not in str(list(Delisting.objects.values()))
    assert letters("a@e.org")[0]["text"].endswith("Done.")
    with pytest.raises(NotAllowed):
        decide_correction(cast.host, correction=asked, **answer)


def test_what_the_host_corrected_no_import_changes(cast: WebCast):
    listed()
    asked = ask_correction(**ASKED, at=LISTED_AT)
    decide_correction(
        cast.host,
        correction=asked,
        outcome="corrected",
        reason="Put right.",
        listed=str(id_of(trust)),
        name="Eastfield Trust",
        wrong=["assets.venue"],
        at=LISTED_AT + DAY,
    )
    assert listed(at=LISTED_AT + 2 * DAY) == Tally(unchanged=1, corrected=1)
    row = ListedOrganisation.objects.get(reference=trust.id)
    assert (row.name, [item["code"] for item in row.items["offers"]]) == ("Eastfield Trust", ["trust.underserved"])


def test_request_is_sealed_and_only_the_host_reads_it(cast: WebCast):
    asked = ask_correction(**ASKED, at=LISTED_AT)
    view = host_listed(cast.host)
    assert (view.waiting, view.requests[0].words) == (1, "We closed the hall.")
    for who in (cast.hospital.lead, cast.convener, cast.stranger.lead):
        with pytest.raises(NotThere):
            host_listed(who)
        with pytest.raises(NotThere):
            correction(who, asked)
    decide_correction(cast.host, correction=asked, outcome="refused", reason="It is right.", at=LISTED_AT + DAY)
    assert [each.outcome for each in host_listed(cast.host).requests] == ["refused"]


def test_a_guess_has_its_source_and_confidence(db):
    listed()
    source = ListedOrganisation.objects.get(reference=trust.id).items["offers"][0]["source"]
    assert Source(**source) == register
