"""The audit as a page to read, in order, with what is missing beside it, and what was removed within reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lichen.audit.findings import FindingCode
from lichen.audit.values import Audit, Opening, Readiness
from lichen_web.accounts.models import Facilitation
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.actions.audit import record_audit, remove_vulnerability
from lichen_web.alliances.actions.facilitation import open_to_facilitator
from lichen_web.pages.audit import missing
from tests.cast import hospital
from tests.web.confiding import H1, NOW, audited, disclose, gap_of, opened
from tests.web.pages.audit.typing import address, gaps_of, message_of, rows_of
from tests.web.pages.reading import browser, heading, said
from tests.web.people import WebCast


def page_of(cast: WebCast, actor, name: str = "audit"):
    return browser(actor).get(address(name, cast.hospital))


def test_rows_say_what_how_bad_and_to_how_many_it_was_shown(cast: WebCast):
    disclose(cast.hospital, opened(audited(cast)), H1)
    rows = rows_of(page_of(cast, cast.hospital.observer))
    words = "People in the poorest neighbourhoods do not believe us when we say it is safe."
    assert rows[0] == f"Trust in underserved communities core {words} 5 of 5 Total · shown to 1"
    assert rows[5].endswith("Serious · ours alone · shown to nobody")


def test_observer_reads_and_is_offered_no_change(cast: WebCast):
    audited(cast)
    page = page_of(cast, cast.hospital.observer).content.decode()
    assert (page.count("Change"), page.count("Name a gap"), page.count("Put them in order")) == (0, 0, 0)
    assert page_of(cast, cast.hospital.member).content.decode().count(">Change<") == 11


@pytest.mark.parametrize(
    ("scopes", "gaps", "offers", "has_words"),
    [
        ((), 0, 0, False),
        (("offers",), 0, 5, False),
        (("gaps",), 6, 0, False),
        (("gaps", "words", "offers"), 6, 5, True),
    ],
)
def test_facilitator_reads_what_was_opened_and_never_to_how_many(cast: WebCast, scopes, gaps, offers, has_words):
    audited(cast)
    line = Facilitation.objects.get(organisation=cast.hospital.id, ended_at=None)
    open_to_facilitator(cast.hospital.lead, facilitation=line.id, scopes=list(scopes), at=NOW)
    page = page_of(cast, cast.facilitator)
    assert (len(page.context["gaps"]), len(page.context["offers"])) == (gaps, offers)
    assert ("do not believe us" in page.content.decode()) is has_words
    assert "shown to" not in page.content.decode()
    assert page_of(cast, cast.facilitator, "review_audit").status_code == (200 if has_words else 403)
    assert page_of(cast, cast.facilitator, "own_removed").status_code == 403


def test_thirty_gaps_are_as_many_questions_as_one(cast: WebCast):
    def asked(count: int) -> int:
        gap = hospital.vulnerabilities[0]
        many = tuple(replace(gap, code="", words=f"Gap {n}.", rank=n) for n in range(1, count + 1))
        said = replace(hospital, vulnerabilities=many)
        record_audit(cast.hospital.lead, audit=Audit(said), at=NOW)
        client = browser(cast.hospital.lead)
        client.get(address("audit", cast.hospital))
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(address("audit", cast.hospital)).context["gaps"]) == count
        return len(queries)

    assert asked(1) == asked(30) <= 15


# --- In order --------------------------------------------------------------------------------------------------------


def order_of(cast: WebCast) -> list[str]:
    return [str(item.id) for item in gaps_of(cast.hospital)]


def ordered(cast: WebCast, seen: list[str], **more: str):
    where = address("rank_vulnerabilities", cast.hospital)
    return browser(cast.hospital.member).post(where, {"seen": ",".join(seen), **more})


def test_order_is_put_by_drag_by_buttons_and_by_places(cast: WebCast):
    audited(cast)
    a, b, c, *rest = order_of(cast)
    assert ordered(cast, [a, b, c, *rest], order=",".join([c, a, b, *rest])).status_code == 302
    assert order_of(cast) == [c, a, b, *rest]
    ordered(cast, [c, a, b, *rest], move=f"{a}:1")
    assert order_of(cast) == [a, c, b, *rest]
    ordered(cast, [a, c, b, *rest], **{f"place-{a}": "3", f"place-{c}": "2", f"place-{b}": "3"})
    assert order_of(cast) == [c, b, a, *rest]
    ordered(cast, [c, b, a, *rest], move=f"{c}:99")
    assert order_of(cast) == [b, a, *rest, c]


def test_order_is_never_put_over_another(cast: WebCast):
    audited(cast)
    seen = order_of(cast)
    ordered(cast, seen, move=f"{seen[5]}:1")
    theirs = order_of(cast)
    answer = ordered(cast, seen, move=f"{seen[1]}:1")
    assert (answer.status_code, order_of(cast)) == (409, theirs)
    assert "Somebody else has changed this meanwhile." in message_of(answer)


@pytest.mark.parametrize("wrong", [{"move": "x:1"}, {"move": "1"}, {"order": "a,b"}, {"move": f"{uuid4()}:1"}])
def test_what_is_no_order_changes_nothing(cast: WebCast, wrong: dict[str, str]):
    audited(cast)
    before = order_of(cast)
    assert ordered(cast, before, **wrong).status_code in {409, 422}
    assert order_of(cast) == before


# --- Removed ---------------------------------------------------------------------------------------------------------


def test_what_was_removed_is_put_back_at_once_or_within_thirty_days(cast: WebCast):
    audited(cast)
    client, gap = browser(cast.hospital.lead), gap_of(cast.hospital, H1)
    there = client.post(address("remove_vulnerability", cast.hospital, gap))["Location"]
    page = client.get(there)
    assert said(page) == ["Removed. It can be put back for thirty days."]
    assert page.context["put_back"] == address("restore_vulnerability", cast.hospital, gap)
    assert "Trust in underserved communities" in message_of(client.get(address("own_removed", cast.hospital)))
    client.post(page.context["put_back"])
    assert gap_of(cast.hospital, H1) == gap
    assert "Nothing was removed in the last thirty days." in message_of(
        client.get(address("own_removed", cast.hospital))
    )


def test_what_has_no_room_any_more_says_so(cast: WebCast):
    audited(cast)
    client, gap = browser(cast.hospital.lead), gap_of(cast.hospital, H1)
    client.post(address("remove_vulnerability", cast.hospital, gap))
    record_audit(cast.hospital.lead, audit=Audit(hospital), at=timezone.now())
    answer = client.post(address("restore_vulnerability", cast.hospital, gap), follow=True)
    assert (heading(answer), said(answer)[-1]) == ("Removed lately", "stands in the audit already")


def test_what_was_removed_too_long_ago_is_not_listed(cast: WebCast):
    audited(cast)
    gap = gap_of(cast.hospital, H1)
    remove_vulnerability(cast.hospital.lead, vulnerability=gap, at=timezone.now() - timedelta(days=31))
    assert page_of(cast, cast.hospital.lead, "own_removed").context["lines"] == []


@pytest.mark.parametrize("removed", ["", "gaps", "gaps:x", "cats:1", "offers:"])
def test_address_that_names_nothing_removed_offers_nothing(cast: WebCast, removed: str):
    page = browser(cast.hospital.lead).get(f"{address('audit', cast.hospital)}?removed={removed}")
    assert page.context["put_back"] == ""


# --- Missing ---------------------------------------------------------------------------------------------------------


def test_three_things_at_most_are_told_at_once_each_with_where_to_go(cast: WebCast):
    page = page_of(cast, cast.hospital.lead, "review_audit")
    first, rest = page.context["first"], page.context["rest"]
    assert [each.address for each in first] == [
        address(name, cast.hospital) for name in ("record_vulnerability", "record_offer", "record_sitting")
    ]
    assert [each.is_grave for each in first] == [True, True, False]
    assert len(rest) == 2
    seen = page_of(cast, cast.hospital.observer, "review_audit").context["first"]
    assert {each.address for each in seen} == {address("audit", cast.hospital)}


def test_nothing_is_missing_from_an_honest_audit(cast: WebCast):
    audited(cast)
    assert "The audit can be used as it is." in message_of(page_of(cast, cast.hospital.lead, "review_audit"))


def test_every_finding_is_said_or_shown():
    assert missing._SAYING.keys() | missing._SHOWN_ALREADY == set(FindingCode)
    assert missing._SAYING.keys() & missing._SHOWN_ALREADY == set()


def test_findings_about_an_item_lead_to_it(cast: WebCast):
    *ordinary, last = hospital.vulnerabilities
    gaps = (*(replace(gap, rank=None) for gap in ordinary), replace(last, code="", words="Xyz."))
    offers = tuple(replace(offer, evidence=1) for offer in hospital.offers)
    said = replace(hospital, vulnerabilities=gaps, offers=offers)
    audit = Audit(said, Readiness(leadership_aligned=False, hours=1.0), Opening("x", "y"))
    record_audit(cast.hospital.lead, audit=audit, at=NOW)
    own = own_audit(cast.hospital.lead)
    told = {each.address: each.words for each in missing.missing_from(own, may_write=True)}
    unsaid = next(item for item in own.gaps if not item.code)
    assert told[address("change_vulnerability", cast.hospital, unsaid.id)].startswith("It is not said what one of them")
    assert told[address("change_offer", cast.hospital, own.offers[0].id)].startswith("5 offers rest on your own word")
    assert address("rank_vulnerabilities", cast.hospital) in told


# --- How it was made -------------------------------------------------------------------------------------------------


SITTING = {"version": "0", "worst_at": "Being on time.", "awake_at_night": "", "leadership": "yes", "hours": "2.5"}


def test_how_it_was_made_is_kept_and_not_overwritten(cast: WebCast):
    where = address("record_sitting", cast.hospital)
    client = browser(cast.hospital.member)
    assert client.post(where, {**SITTING, "people": "4", "audited_on": "2026-11-20"}).status_code == 302
    own = own_audit(cast.hospital.lead)
    assert (own.readiness, own.opening.worst_at) == (Readiness(True, 2.5, 4), "Being on time.")
    assert str(own.audited_on) == "2026-11-20"
    late = client.post(where, {**SITTING, "worst_at": "Something else."})
    assert (late.status_code, late.context["form"]["worst_at"].value()) == (403, "Something else.")
    assert own_audit(cast.hospital.lead).opening.worst_at == "Being on time."


def test_nonsense_is_told_beside_its_field(cast: WebCast):
    answer = browser(cast.hospital.lead).post(
        address("record_sitting", cast.hospital), {**SITTING, "hours": "many", "people": "-1"}
    )
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["hours", "people"]
