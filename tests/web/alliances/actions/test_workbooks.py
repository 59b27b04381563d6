"""An audit out as a file and back: nothing is lost, doubled, or taken over unseen."""

from __future__ import annotations

import io
import time
import zipfile
from uuid import uuid4

import pytest

from lichen.audit.values import Audit
from lichen.errors import InputError, NotAllowed
from lichen.files.reading import read_audit_text
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.workbooks import UploadView, own_upload
from lichen_web.alliances.actions.audit import record_audit, record_vulnerability
from lichen_web.alliances.actions.workbooks import (
    FORMATS,
    KEPT,
    MOST_BYTES,
    apply_workbook,
    discard_workbook,
    map_columns,
    take_out_audit,
    upload_workbook,
)
from lichen_web.alliances.models import Event, Upload
from lichen_web.alliances.work.housekeeping import keep_house
from tests import cast as organisations
from tests.cast import churches_audit, hospital_audit
from tests.web.alliances.actions.test_audit import GAP
from tests.web.confiding import NOW
from tests.web.people import House, WebCast

WHOLE_CAST = [each for each in vars(organisations).values() if isinstance(each, Audit)]
RISKS = b"Area;Problem;How bad (1-5)\nassets.venue;We have no hall.;4\n"


def brought(house: House, raw: bytes, format: str = "csv") -> UploadView:
    upload = upload_workbook(house.member, raw=raw, format=format, at=NOW)
    return own_upload(house.member, upload=upload, at=NOW)


def taken_in(house: House, seen: UploadView, *, is_whole: bool = False) -> None:
    apply_workbook(house.member, upload=seen.id, is_whole=is_whole, state=seen.state, at=NOW)


def taken_out(house: House, format: str = "json") -> bytes:
    return take_out_audit(house.lead, format=format, at=NOW)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("audit", WHOLE_CAST, ids=lambda audit: audit.organisation.id)
def test_out_and_in_and_out_is_the_same(cast: WebCast, audit: Audit, format: str):
    house = cast.hospital
    record_audit(house.lead, audit=audit, at=NOW)
    first, stood = taken_out(house, format), own_audit(house.lead)
    seen = brought(house, first, format)
    assert {each.kind for each in (*seen.added, *seen.whole)} <= {"same"}
    taken_in(house, seen, is_whole=True)
    after = own_audit(house.lead)
    assert after.audit == stood.audit
    assert [item.version for item in after.gaps] == [item.version for item in stood.gaps]
    assert read_audit_text(taken_out(house, format), format) == read_audit_text(first, format)


def test_file_bears_no_id_of_ours(cast: WebCast):
    assert str(cast.hospital.id) not in taken_out(cast.hospital, "yaml").decode()


def test_that_it_was_taken_out_stands_in_the_own_events(cast: WebCast):
    taken_out(cast.hospital)
    event = Event.objects.get(what="audit_taken_out")
    assert (event.chain_id, event.person) == (cast.hospital.id, cast.hospital.lead.person)


def test_facilitator_takes_out_what_was_opened_to_them(cast: WebCast):
    record_audit(cast.hospital.lead, audit=hospital_audit, at=NOW)
    raw = take_out_audit(cast.serving_hospital, format="json", at=NOW)
    said = read_audit_text(raw, "json").organisation
    assert (len(said.offers), said.vulnerabilities) == (len(hospital_audit.organisation.offers), ())


def test_adding_takes_nothing_away_and_twice_is_once(cast: WebCast):
    house = cast.hospital
    record_audit(house.lead, audit=hospital_audit, at=NOW)
    record_audit(cast.churches.lead, audit=churches_audit, at=NOW)
    raw = taken_out(cast.churches)
    for expected in ({"added", "same", "changed"}, {"same"}):
        seen = brought(house, raw, "json")
        assert {each.kind for each in seen.added} <= expected
        taken_in(house, seen)
    codes = [item.code for item in own_audit(house.lead).gaps]
    assert len(codes) == len(set(codes))
    assert {gap.code for gap in hospital_audit.organisation.vulnerabilities} <= set(codes)


def test_file_of_another_organisation_is_told(cast: WebCast):
    record_audit(cast.churches.lead, audit=churches_audit, at=NOW)
    assert brought(cast.hospital, taken_out(cast.churches), "json").name == cast.churches.name
    assert brought(cast.churches, taken_out(cast.churches), "json").name == ""


def test_exactly_the_file_takes_away_what_it_does_not_name(cast: WebCast):
    house = cast.hospital
    record_audit(house.lead, audit=hospital_audit, at=NOW)
    seen = brought(house, b"organisation: {name: x}\nvulnerabilities: [{code: assets.venue}]", "yaml")
    assert {each.kind for each in seen.whole} == {"changed", "removed"}
    taken_in(house, seen, is_whole=True)
    assert [item.code for item in own_audit(house.lead).gaps] == ["assets.venue"]


def test_nothing_changes_before_it_is_taken_in_and_it_is_taken_in_once(cast: WebCast):
    house = cast.hospital
    seen = brought(house, RISKS)
    upload = map_columns(
        house.member, upload=seen.id, table=0, kind="gaps", columns={0: "code", 1: "words", 2: "severity"}, at=NOW
    )
    assert own_audit(house.lead).gaps == ()
    seen = own_upload(house.member, upload=upload, at=NOW)
    assert [each.kind for each in seen.added] == ["added"]
    with pytest.raises(NotThere):
        taken_in(house, seen, is_whole=True)
    taken_in(house, seen)
    assert [(item.code, item.vulnerability.severity) for item in own_audit(house.lead).gaps] == [("assets.venue", 4)]
    with pytest.raises(NotThere):
        taken_in(house, seen)


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(cast: WebCast):
    house = cast.hospital
    seen = brought(house, b"organisation: {name: x}\nvulnerabilities: [{code: assets.venue}]", "yaml")
    record_vulnerability(house.lead, **GAP, at=NOW)
    with pytest.raises(NotAllowed):
        taken_in(house, seen, is_whole=True)
    assert [item.code for item in own_audit(house.lead).gaps] == [GAP["code"]]


def test_file_is_kept_sealed_for_its_bringer_alone_and_not_for_long(cast: WebCast):
    house = cast.hospital
    seen = brought(house, RISKS)
    assert "hall" not in repr(Upload.objects.values())
    for other, at in ((house.lead, NOW), (cast.stranger.lead, NOW), (house.member, NOW + KEPT)):
        with pytest.raises(NotThere):
            own_upload(other, upload=seen.id, at=at)
        with pytest.raises(NotThere):
            apply_workbook(other, upload=seen.id, is_whole=False, state=seen.state, at=at)
        with pytest.raises(NotThere):
            discard_workbook(other, upload=seen.id, at=at)
    keep_house(at=NOW + KEPT)
    assert not Upload.objects.exists()


def test_next_file_takes_the_place_of_the_last(cast: WebCast):
    brought(cast.hospital, RISKS)
    brought(cast.hospital, RISKS)
    assert Upload.objects.count() == 1


def test_file_is_thrown_away_when_asked(cast: WebCast):
    seen = brought(cast.hospital, RISKS)
    discard_workbook(cast.hospital.member, upload=seen.id, at=NOW)
    assert not Upload.objects.exists()


def test_observer_and_facilitator_bring_nothing(cast: WebCast):
    for actor in (cast.hospital.observer, cast.serving_hospital):
        with pytest.raises(NotAllowed):
            upload_workbook(actor, raw=RISKS, format="csv", at=NOW)
    with pytest.raises(NotThere):
        map_columns(cast.hospital.member, upload=uuid4(), table=0, kind="gaps", columns={0: "words"}, at=NOW)


def test_every_wrong_row_is_told_with_its_place(cast: WebCast):
    raw = b"record,name,code,severity,rank\norganisation,Us,,,\ngap,,assets.venue,9,1\ngap,,assets.venue,3,first\n"
    with pytest.raises(InputError) as refusal:
        upload_workbook(cast.hospital.member, raw=raw, format="csv", at=NOW)
    assert [(each.row, each.column) for each in refusal.value.problems] == [(3, "severity"), (4, "rank")]
    assert not Upload.objects.exists()


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return held.getvalue()


HOSTILE = {
    "bomb": (bomb, "xlsx"),
    "no workbook": (lambda: b"PK\x03\x04" + b"\0" * 1000, "xlsx"),
    "old workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 1000, "xlsx"),
    "a million rows": (lambda: b"a,b\n" + b",\n" * 700_000, "csv"),
    "one endless cell": (lambda: b'a,b\n"' + b"x" * 1_400_000, "csv"),
    "many columns": (lambda: b"a," * 700_000, "csv"),
    "utf-16": (lambda: "record,name\norganisation,Us\n".encode("utf-16"), "csv"),
    "latin": (lambda: "record,name\norganisation,Café\n".encode("latin-1"), "csv"),
    "deep": (lambda: b"[" * 700_000, "json"),
    "deep yaml": (lambda: b"[" * 700_000, "yaml"),
    "many lines of yaml": (lambda: b"- a\n" * 370_000, "yaml"),
    "laughs": (lambda: b"a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n", "yaml"),
    "too large": (lambda: b"x" * (MOST_BYTES + 1), "csv"),
    "empty": (lambda: b"", "csv"),
    "another format": (lambda: b"x", "exe"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_soon_and_leaves_nothing(cast: WebCast, name: str):
    make, format = HOSTILE[name]
    raw, began = make(), time.monotonic()
    with pytest.raises(InputError):
        upload_workbook(cast.hospital.member, raw=raw[: MOST_BYTES + 1], format=format, at=NOW)
    assert time.monotonic() - began < 15
    assert not Upload.objects.exists()


def test_formula_stays_text(cast: WebCast):
    raw = b"Problem\n\"=cmd|' /C calc'!A0\"\n"
    seen = brought(cast.hospital, raw)
    upload = map_columns(cast.hospital.member, upload=seen.id, table=0, kind="gaps", columns={0: "words"}, at=NOW)
    taken_in(cast.hospital, own_upload(cast.hospital.member, upload=upload, at=NOW))
    [item] = own_audit(cast.hospital.lead).gaps
    assert item.vulnerability.words == "=cmd|' /C calc'!A0"
    assert b"\n=cmd" not in taken_out(cast.hospital, "csv")


def test_own_columns_are_set_aside_and_named(cast: WebCast):
    raw = b"record,name,code,Our own\norganisation,Us,,\ngap,,assets.venue,secret\n"
    assert len(brought(cast.hospital, raw).held.notes) == 1
