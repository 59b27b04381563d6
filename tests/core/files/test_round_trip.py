from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Source, Vulnerability
from lichen.files.reading import read_audit, read_audit_text, read_organisations
from lichen.files.schema import AUDIT, OFFER, ORGANISATION, VULNERABILITY
from lichen.files.writing import write_audit, write_organisations
from tests.cast import churches_audit, everyone, hospital_audit
from tests.core.files.drawn import NASTY, audits, many

FORMATS = ("yaml", "json", "csv", "xlsx")
TEXT_FORMATS = ("yaml", "json", "csv")
drawn = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
drawn_slowly = settings(drawn, max_examples=3)  # a workbook is opened by a process of its own


@pytest.mark.parametrize("form", FORMATS)
def test_write_audit_then_read_audit_gives_the_same_audit(form: str, tmp_path: Path):
    for audit in (hospital_audit, churches_audit):
        write_audit(audit, tmp_path / f"audit.{form}")

        assert read_audit(tmp_path / f"audit.{form}") == audit


@pytest.mark.parametrize("form", FORMATS)
def test_write_organisations_then_read_organisations_gives_the_same(form: str, tmp_path: Path):
    write_organisations(everyone, tmp_path / f"everyone.{form}")

    assert read_organisations([tmp_path / f"everyone.{form}"]) == everyone


@pytest.mark.parametrize("form", FORMATS)
def test_every_nasty_text_survives_in_every_text_field(form: str, tmp_path: Path):
    audit = Audit(
        Organisation(
            "nasty",
            "Nasty",
            region=NASTY[0],
            vulnerabilities=tuple(Vulnerability("ops.logistics", words=text) for text in NASTY),
            offers=tuple(
                Offer("assets.venue", spare=text, words=text, source=Source(text, text, 0.5, text)) for text in NASTY
            ),
        ),
        opening=Opening(NASTY[1], NASTY[2]),
    )
    write_audit(audit, tmp_path / f"nasty.{form}")

    assert read_audit(tmp_path / f"nasty.{form}") == audit


@pytest.mark.parametrize("form", FORMATS)
def test_items_in_which_no_capability_was_recognised_survive(form: str, tmp_path: Path):
    gap = Vulnerability("", 5, 1, words="Xyzzy plugh.", confirmed=False)
    offer = Offer("", 4, 2, words="Xyzzy plugh.", confirmed=False)
    audit = Audit(Organisation("x", "X", vulnerabilities=(gap, gap), offers=(offer,)))
    write_audit(audit, tmp_path / f"audit.{form}")

    assert read_audit(tmp_path / f"audit.{form}") == audit


@pytest.mark.parametrize("text", [text for text in NASTY if text.strip()])
@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_every_nasty_text_survives_as_the_name(form: str, text: str, tmp_path: Path):
    audit = Audit(Organisation("nasty", text, region=text), opening=Opening(text, text))
    write_audit(audit, tmp_path / f"nasty.{form}")

    assert read_audit(tmp_path / f"nasty.{form}") == audit


@pytest.mark.parametrize("form", TEXT_FORMATS)
@drawn
@given(audit=audits)
def test_any_audit_survives_a_text_format(form: str, audit: Audit, tmp_path: Path):
    write_audit(audit, tmp_path / f"any.{form}")

    assert read_audit(tmp_path / f"any.{form}") == audit


@drawn_slowly
@given(audit=audits)
def test_any_audit_survives_a_workbook(audit: Audit, tmp_path: Path):
    write_audit(audit, tmp_path / "any.xlsx")

    assert read_audit(tmp_path / "any.xlsx") == audit


@pytest.mark.parametrize("form", TEXT_FORMATS)
@drawn
@given(organisations=many)
def test_any_organisations_survive_a_text_format(form: str, organisations: tuple[Organisation, ...], tmp_path: Path):
    write_organisations(organisations, tmp_path / f"any.{form}")

    assert read_organisations([tmp_path / f"any.{form}"]) == organisations


@drawn_slowly
@given(organisations=many)
def test_any_organisations_survive_a_workbook(organisations: tuple[Organisation, ...], tmp_path: Path):
    write_organisations(organisations, tmp_path / "any.xlsx")

    assert read_organisations([tmp_path / "any.xlsx"]) == organisations


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_read_audit_text_reads_what_write_audit_wrote(form: str, tmp_path: Path):
    path = tmp_path / f"audit.{form}"
    write_audit(hospital_audit, path)

    assert read_audit_text(path.read_bytes(), form) == hospital_audit
    assert read_audit_text(path.read_text(encoding="utf-8"), form) == hospital_audit


def test_a_single_audit_is_read_as_organisations_too(tmp_path: Path):
    write_audit(hospital_audit, tmp_path / "one.yaml")
    write_organisations(everyone[1:3], tmp_path / "two.csv")
    write_organisations(everyone[3:], tmp_path / "rest.json")

    paths = [tmp_path / name for name in ("one.yaml", "two.csv", "rest.json")]
    assert read_organisations(paths) == everyone


@pytest.mark.parametrize(
    ("value", "table"),
    [(Organisation, ORGANISATION), (Vulnerability, VULNERABILITY), (Offer, OFFER)],
)
def test_the_table_of_fields_has_every_field_of_the_values(value: type, table: dict[str, object]):
    below = {"vulnerabilities", "offers"}
    assert {field.steps[0] for field in table.values()} == {field.name for field in fields(value)} - below


def test_the_table_of_fields_has_every_field_around_and_within():
    groups = {"readiness": Readiness, "opening": Opening}
    for name, value in groups.items():
        within = {field.steps[1] for field in AUDIT.values() if field.steps[0] == name}
        assert within == {field.name for field in fields(value)}
    assert {field.steps[0] for field in AUDIT.values()} == {field.name for field in fields(Audit)} - {"organisation"}
    assert {field.steps[1] for field in OFFER.values() if field.steps[0] == "source"} == {
        field.name for field in fields(Source)
    }


@pytest.mark.long
@pytest.mark.parametrize("form", TEXT_FORMATS)
@settings(drawn, max_examples=1_500)
@given(audit=audits)
def test_a_great_many_audits_survive_a_text_format(form: str, audit: Audit, tmp_path: Path):
    write_audit(audit, tmp_path / f"any.{form}")

    assert read_audit(tmp_path / f"any.{form}") == audit


@pytest.mark.long
@settings(drawn, max_examples=60)
@given(audit=audits, organisations=many)
def test_a_great_many_audits_survive_a_workbook(audit: Audit, organisations: tuple[Organisation, ...], tmp_path: Path):
    write_audit(audit, tmp_path / "any.xlsx")
    write_organisations(organisations, tmp_path / "many.xlsx")

    assert read_audit(tmp_path / "any.xlsx") == audit
    assert read_organisations([tmp_path / "many.xlsx"]) == organisations
