"""The audit as a file, page by page."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lichen.files.reading import read_audit_text
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.actions.audit import record_audit, record_vulnerability
from lichen_web.alliances.models import Upload
from tests.cast import hospital_audit
from tests.web.alliances.actions.test_audit import GAP
from tests.web.alliances.actions.test_workbooks import RISKS
from tests.web.confiding import NOW
from tests.web.pages.reading import browser, errors_of, heading, said
from tests.web.people import WebCast

OURS = b"organisation: {name: x}\nvulnerabilities: [{code: assets.venue, words: No hall.}]\n"


def bring(window: Client, organisation: UUID, raw: bytes, name: str):
    brought = {"file": SimpleUploadedFile(name, raw)}
    return window.post(reverse("upload_workbook", args=[organisation]), brought, follow=True)


def look_at(window: Client, organisation: UUID):
    return window.get(reverse("workbook_look", args=[organisation, Upload.objects.get().id]))


def take_in(window: Client, organisation: UUID, how: str):
    seen = look_at(window, organisation)
    address = reverse("workbook_look", args=[organisation, Upload.objects.get().id])
    return window.post(address, {"how": how, "state": seen.context["upload"].state}, follow=True)


@pytest.mark.parametrize("format", ["xlsx", "csv", "yaml", "json"])
def test_audit_goes_out_as_a_file_that_tells_nothing_by_its_name(cast: WebCast, format: str):
    record_audit(cast.hospital.lead, audit=hospital_audit, at=NOW)
    out = browser(cast.hospital.lead).post(reverse("take_out_audit", args=[cast.hospital.id]), {"format": format})
    assert read_audit_text(out.content, format).organisation.vulnerabilities != ()
    assert out.headers["Content-Disposition"].startswith('attachment; filename="lichen-audit-20')
    assert (out.headers["Cache-Control"], out.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_empty_workbook_is_there(cast: WebCast):
    out = browser(cast.hospital.observer).get(reverse("workbook_template", args=[cast.hospital.id]))
    assert out.content.startswith(b"PK")


def test_own_file_changes_nothing(cast: WebCast):
    record_audit(cast.hospital.lead, audit=hospital_audit, at=NOW)
    lead = browser(cast.hospital.lead)
    raw = lead.post(reverse("take_out_audit", args=[cast.hospital.id]), {"format": "xlsx"}).content
    assert heading(bring(lead, cast.hospital.id, raw, "audit.xlsx")) == "Nothing would change"


def test_file_is_looked_over_and_added(cast: WebCast):
    member, hospital = browser(cast.hospital.member), cast.hospital.id
    record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    shown = bring(member, hospital, OURS, "ours.yaml")
    assert heading(shown) == "What would change"
    assert "The file says that it is about x." in shown.content.decode()
    assert "Make it exactly this file" in shown.content.decode()
    assert said(take_in(member, hospital, "add")) == ["It is taken in, and the file is thrown away here."]
    assert {item.code for item in own_audit(cast.hospital.lead).gaps} == {GAP["code"], "assets.venue"}


def test_audit_becomes_exactly_the_file_where_that_is_said(cast: WebCast):
    member, hospital = browser(cast.hospital.member), cast.hospital.id
    record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    bring(member, hospital, OURS, "ours.yml")
    take_in(member, hospital, "whole")
    assert [item.code for item in own_audit(cast.hospital.lead).gaps] == ["assets.venue"]


def test_colleagues_change_meanwhile_is_told(cast: WebCast):
    member, hospital = browser(cast.hospital.member), cast.hospital.id
    state = bring(member, hospital, OURS, "ours.yaml").context["upload"].state
    record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    address = reverse("workbook_look", args=[hospital, Upload.objects.get().id])
    late = member.post(address, {"how": "whole", "state": state}, follow=True)
    assert "Somebody has changed the audit meanwhile" in said(late)[0]
    assert [item.code for item in own_audit(cast.hospital.lead).gaps] == [GAP["code"]]


def test_columns_of_a_table_of_ones_own_are_put_right(cast: WebCast):
    member, hospital = browser(cast.hospital.member), cast.hospital.id
    asked = bring(member, hospital, RISKS, "risks.csv")
    assert heading(asked) == "What do the columns mean?"
    here = reverse("workbook_columns", args=[hospital, Upload.objects.get().id])
    offers = member.get(here, {"kind": "offers"})
    assert "Its rows are offers." in offers.content.decode()
    columns = {"column-0": "severity", "column-1": "words", "column-2": "-"}
    wrong = member.post(here, {"table": "0", "kind": "gaps", **columns})
    assert wrong.status_code == 422
    assert "Row 2" in wrong.content.decode()
    columns = {"column-0": "code", "column-1": "words", "column-2": "severity"}
    right = member.post(here, {"table": "0", "kind": "gaps", **columns}, follow=True)
    assert heading(right) == "What would change"
    take_in(member, hospital, "add")
    assert [item.code for item in own_audit(cast.hospital.lead).gaps] == ["assets.venue"]


@pytest.mark.parametrize("table", ["1", "-1", "x", "9" * 40, ""])
def test_table_that_is_not_there_is_not_there(cast: WebCast, table: str):
    member, hospital = browser(cast.hospital.member), cast.hospital.id
    bring(member, hospital, RISKS, "risks.csv")
    here = reverse("workbook_columns", args=[hospital, Upload.objects.get().id])
    assert member.get(here, {"table": table}).status_code == 404


def test_every_wrong_row_is_told_and_nothing_is_kept(cast: WebCast):
    raw = b"record,name,code,severity,rank\norganisation,Us,,,\ngap,,assets.venue,9,1\ngap,,assets.venue,3,first\n"
    refused = bring(browser(cast.hospital.member), cast.hospital.id, raw, "a.csv")
    shown = refused.content.decode()
    assert (refused.status_code, Upload.objects.count()) == (422, 0)
    assert "2 things in the file have to be put right first" in shown
    assert shown.count("Right would be") == 2


@pytest.mark.parametrize(("name", "raw"), [("a.exe", b"x"), ("a.csv", b""), ("a.csv", b"x" * 1_600_000), ("a", b"x")])
def test_what_is_no_file_for_an_audit_is_refused_beside_the_field(cast: WebCast, name: str, raw: bytes):
    refused = bring(browser(cast.hospital.member), cast.hospital.id, raw, name)
    assert (refused.status_code, list(errors_of(refused))) == (422, ["file"])


def test_file_is_thrown_away_when_asked(cast: WebCast):
    member, hospital = browser(cast.hospital.member), cast.hospital.id
    bring(member, hospital, OURS, "ours.yaml")
    member.post(reverse("discard_workbook", args=[hospital, Upload.objects.get().id]))
    assert not Upload.objects.exists()


def test_who_may_not_write_takes_out_and_brings_nothing(cast: WebCast):
    for actor in (cast.hospital.observer, cast.facilitator):
        window = browser(actor)
        page = window.get(reverse("workbook", args=[cast.hospital.id]))
        assert (page.status_code, "Bring one in" in page.content.decode()) == (200, False)
        assert bring(window, cast.hospital.id, OURS, "ours.yaml").status_code == 403


def test_facilitator_takes_out_what_was_opened_alone(cast: WebCast):
    record_audit(cast.hospital.lead, audit=hospital_audit, at=NOW)
    window = browser(cast.facilitator)
    out = window.post(reverse("take_out_audit", args=[cast.hospital.id]), {"format": "yaml"})
    organisation = read_audit_text(out.content, "yaml").organisation
    assert (organisation.vulnerabilities, len(organisation.offers)) == ((), len(hospital_audit.organisation.offers))


def test_stranger_finds_nothing(cast: WebCast):
    bring(browser(cast.hospital.member), cast.hospital.id, OURS, "ours.yaml")
    upload = Upload.objects.get().id
    stranger = browser(cast.stranger.lead)
    for name, more in (
        ("workbook", []),
        ("workbook_template", []),
        ("workbook_look", [upload]),
        ("workbook_columns", [upload]),
    ):
        assert stranger.get(reverse(name, args=[cast.hospital.id, *more])).status_code == 404
        assert more == [] or stranger.get(reverse(name, args=[cast.stranger.id, *more])).status_code == 404
    for name, more in (("take_out_audit", []), ("upload_workbook", []), ("discard_workbook", [upload])):
        assert stranger.post(reverse(name, args=[cast.hospital.id, *more])).status_code == 404
    assert stranger.post(reverse("discard_workbook", args=[cast.stranger.id, upload])).status_code == 404
    assert browser(cast.hospital.lead).get(reverse("workbook_look", args=[cast.hospital.id, upload])).status_code == 404
    assert (
        browser(cast.hospital.member).get(reverse("workbook_look", args=[cast.hospital.id, uuid4()])).status_code == 404
    )
