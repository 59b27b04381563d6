from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.charter.values import Charter
from lichen.charter.votes.values import VotingRule
from lichen.errors import InputError, Problem
from lichen.exchange.values import EconomicEvent, Ledger
from lichen.files.alliances import (
    alliance_text,
    read_alliance,
    read_alliance_text,
    write_alliance,
)
from lichen.files.beginning import begin_alliance
from lichen.files.draft import SetAside
from lichen.files.reading import read_audit_text
from lichen.pilot.values import PilotTerms
from tests.cast import churches_audit, hospital_audit
from tests.core.files.drawn import audits
from tests.core.files.given import within, written
from tests.core.files.test_storage import mode
from tests.core.files.whole_alliance import CHURCHES, HOSPITAL, alliance

FORMATS = ("yaml", "json")
CONFESSION = "we are insolvent and the board does not know"

BY_HAND = """
# kept by the facilitator
lichen: alliance/1
name: Eastfield Health
currency: GBP
formed_on: 22 November 2026
partners:
  - lichen: audit/1          # pasted as it stood in its own file
    taxonomy: 0.2.0
    organisation: {id: example-hospital, name: St Brigid's Hospital, sector: health}
    audited_on: 14/9/2026
    vulnerabilities:
      - code: service.basic_needs
        severity: total
  - organisation: {name: Three Churches}
pilots:
  - id: fairs
    partners: [example-hospital, three-churches]
    terms:
      budget: £9,500
      starts_on: 1 October 2026
"""

WRONG = f"""
lichen: alliance/1
currency: pounds
formed_on: 3/4/2026
partners:
  - organisation: {{id: a, name: A, size: "{CONFESSION}"}}
    vulnerabilities: [{{code: ops.logistics}}, {{code: ops.logistics, severity: "{CONFESSION}"}}]
    offers: [{{code: assets.venue, strngth: 4}}]
  - organisation: {{id: a, name: B}}
matters:
  - {{id: first, parties: [a, b], opened_on: "{CONFESSION}"}}
pilots:
  - id: fairs
    partners: [a, c]
    budget: 9,500
    terms: {{starts_on: 2026-02-01, ends_on: 2026-01-01, budget: "{CONFESSION}"}}
    steps: [{{what: A fair, worked_for: [d]}}]
charter:
  rule: {{method: "{CONFESSION}"}}
  motions: [{{id: m, by: e}}]
exchange:
  commitments: {{id: x}}
"""


def problems_in(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as refusal:
        read_alliance_text(text)
    return refusal.value.problems


@pytest.mark.parametrize("form", FORMATS)
def test_write_alliance_then_read_alliance_gives_the_same(form: str, tmp_path: Path):
    write_alliance(alliance, tmp_path / f"alliance.{form}")

    assert read_alliance(tmp_path / f"alliance.{form}") == alliance


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(audit=audits)
def test_any_audit_survives_as_a_partner(form: str, audit: Audit):
    codes = [gap.code for gap in audit.organisation.vulnerabilities]
    offers = [offer.code for offer in audit.organisation.offers]
    gaps = tuple(gap for place, gap in enumerate(audit.organisation.vulnerabilities) if gap.code not in codes[:place])
    kept = tuple(offer for place, offer in enumerate(audit.organisation.offers) if offer.code not in offers[:place])
    one = Alliance(
        "x", partners=(replace(audit, organisation=replace(audit.organisation, vulnerabilities=gaps, offers=kept)),)
    )

    assert read_alliance_text(alliance_text(one, form), form) == one


def test_an_alliance_written_by_hand_is_read_as_it_is_meant():
    read = read_alliance_text(BY_HAND)
    hospital, churches = read.partners

    assert (read.name, read.currency, read.formed_on) == ("Eastfield Health", "GBP", date(2026, 11, 22))
    assert (hospital.organisation.name, hospital.audited_on) == ("St Brigid's Hospital", date(2026, 9, 14))
    assert churches.organisation.id == "three-churches"
    assert read.pilots[0].terms == PilotTerms(date(2026, 10, 1), budget=9_500.0)
    assert (read.matters, read.charter, read.exchange) == ((), Charter(), Ledger())


def test_codes_of_an_older_taxonomy_are_carried_forward_in_a_partner():
    gap = read_alliance_text(BY_HAND).partners[0].organisation.vulnerabilities[0]

    assert (gap.code, gap.severity, gap.confirmed) == ("service.hardship_relief", 5, False)


def test_every_problem_of_the_whole_file_is_told_at_once_and_in_its_place():
    assert [problem.place for problem in problems_in(WRONG)] == [
        "formed_on",
        "partners, item 1, offers, item 1, strngth",
        "partners, item 1, organisation.size",
        "partners, item 1, vulnerabilities, item 2, severity",
        "matters, item 1, opened_on",
        "pilots, item 1, budget",
        "pilots, item 1, terms.budget",
        "charter, rule.method",
        "exchange, commitments",
        "currency",
        "name",
        "partners, item 2, organisation.id",
        "partners, item 1, vulnerabilities, item 2, code",
        "pilots, item 1, partners",
        "pilots, item 1, steps, item 1, worked_for",
        "pilots, item 1, terms.ends_on",
        "charter, motions, item 1, by",
    ]


def test_what_may_come_of_an_entry_that_could_not_be_read_is_not_told():
    """Whoever mends the entry has mended that, too; what surely is wrong elsewhere is told at once."""
    steps = "[{what: x, worked_for: [z]}, {held_on: 2026-01-01}]"
    pilots = f"pilots: [{{id: p, partners: [a, b], steps: {steps}}}, {{id: q, partners: [a, c]}}]"
    partners = "partners: [{organisation: {name: a}}, {organisation: {name: b}}]"

    assert [problem.place for problem in problems_in(f"name: x\n{partners}\n{pilots}")] == [
        "pilots, item 1, steps, item 2, what",
        "pilots, item 2, partners",
    ]
    assert [problem.place for problem in problems_in(f"name: x\n{partners[:-1]}, b]\n{pilots}")] == [
        "partners, item 3",
        "pilots, item 1, steps, item 2, what",
    ]


def test_no_problem_of_an_alliance_repeats_what_stands_in_the_file():
    assert [problem for problem in problems_in(WRONG) if CONFESSION in str(problem)] == []


def test_a_key_of_ones_own_is_a_note_in_an_alliance_and_in_its_partners():
    with pytest.warns(SetAside) as noted:
        read_alliance_text("name: x\nweather: fine\npartners: [{organisation: {name: A}, mood: good}]", name="a.yaml")

    assert str(noted[0].message) == (
        "a.yaml: Your own additions stay in the file, and Lichen does not read them: weather; partners, item 1, mood"
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- 1", "this is not an alliance"),
        ("lichen: alliance/2\nname: x", "this file has another format, perhaps of a newer Lichen"),
        ("lichen: audit/1\norganisation: {name: x}", "this is an audit, not an alliance"),
        ("organisation: {name: x}", "this is an audit, not an alliance"),
        ("organisations: [{name: x}]", "this is an audit, not an alliance"),
        ("name: [", "this is not YAML"),
        ("name: &a x", "anchors and aliases (& and *) are not read"),
        ("name: x\nname: y", "a key stands twice in one group"),
        (" ", "the file is empty"),
        ("audit: hospital.yaml\npartner: [a]", "there is no such field"),
    ],
)
def test_what_is_no_alliance_is_refused(text: str, what: str):
    assert what in [problem.what for problem in problems_in(text)]


@pytest.mark.parametrize("form", FORMATS)
def test_an_alliance_that_is_read_as_an_audit_is_called_one(form: str):
    with pytest.raises(InputError) as refusal:
        read_audit_text(alliance_text(alliance, form), form)
    assert [problem.what for problem in refusal.value.problems] == ["this is an alliance, not an audit"]


@pytest.mark.parametrize(
    "text",
    ["name: x\n\tcurrency: GBP\n", "name: x\npilots:\n\t- id: p\n", "name: x\npilots:\n  - id: p\n\tname: q\n"],
)
def test_a_tab_is_named_as_the_likely_slip(text: str):
    [problem] = problems_in(text)
    assert (problem.what, problem.right) == ("this is not YAML", "spaces in place of the tab on or before this line")


def test_an_alliance_is_kept_in_yaml_or_json_alone(tmp_path: Path):
    for path in (tmp_path / "alliance.xlsx", tmp_path / "alliance"):
        path.write_text("name: x")
        with pytest.raises(InputError, match="not kept in this format"):
            read_alliance(path)
        with pytest.raises(InputError, match="not kept in this format"):
            write_alliance(alliance, path)


@pytest.mark.parametrize("form", FORMATS)
def test_an_alliance_is_too_large_by_its_bytes(form: str, tmp_path: Path):
    path = written(tmp_path, f"large.{form}", b"#")
    os.truncate(path, 5 * 10**6 + 1)

    with pytest.raises(InputError, match="the file is too large"):
        read_alliance(path)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("yaml", "name: x\npilots: " + "[" * 2_000),
        ("json", '{"name": "x", "pilots": ' + "[" * 200_000),
        ("yaml", "name: x\nexchange: {events: [" + "{id: x}, " * 30_000 + "]}"),
        ("json", '{"name": "x", "matters": [' + "0," * 400_000 + "0]}"),
    ],
)
def test_a_hostile_alliance_gets_a_clear_refusal_in_time(form: str, text: str):
    with within(60), pytest.raises(InputError) as refusal:
        read_alliance_text(text, form)

    assert 1 <= len(refusal.value.problems) <= 101


def test_keys_stand_in_reading_order_and_defaults_are_left_out():
    text = alliance_text(alliance).decode()

    assert re.findall(r"^(\w+):", text, re.MULTILINE) == [
        "lichen",
        "taxonomy",
        "name",
        "currency",
        "formed_on",
        "partners",
        "matters",
        "pilots",
        "charter",
        "exchange",
        "checkins",
        "progress",
        "course",
    ]
    assert alliance_text(Alliance("x")) == b"lichen: alliance/1\ntaxonomy: 0.2.0\nname: x\n"


def test_a_partner_stands_there_as_in_a_file_of_its_own():
    entry = yaml.safe_load(alliance_text(alliance))["partners"][1]

    assert list(entry) == ["organisation", "audited_on", "opening", "readiness", "vulnerabilities", "offers"]
    assert entry["organisation"]["id"] == CHURCHES


@pytest.mark.parametrize("form", FORMATS)
def test_an_alliance_is_written_readable_by_its_owner_alone(form: str, tmp_path: Path):
    path = written(tmp_path, f"alliance.{form}", "old")
    path.chmod(0o644)
    write_alliance(alliance, path)

    assert mode(path) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "unreadable",
    [
        Alliance(""),
        replace(alliance, name="\x1b[2J"),
        replace(alliance, name="a" * 10_001),
        replace(alliance, partners=(hospital_audit, hospital_audit)),
        replace(alliance, partners=(hospital_audit,)),
        Alliance("x", partners=(Audit(Organisation("x", "X", vulnerabilities=(Vulnerability("ops.logistics"),) * 2)),)),
        Alliance("x", exchange=Ledger(events=(EconomicEvent("x", date(2026, 1, 1), 10.0**16, "x"),))),
    ],
)
def test_an_alliance_that_could_not_be_read_back_is_not_written_over_one_that_can(unreadable: Alliance, tmp_path: Path):
    path = tmp_path / "alliance.yaml"
    write_alliance(alliance, path)

    with pytest.raises(InputError):
        write_alliance(unreadable, path)
    assert read_alliance(path) == alliance


BEGUN_ON = date(2026, 11, 22)
BEGUN = Alliance("Eastfield", partners=(hospital_audit, churches_audit, Audit(Organisation("third", "Third"))))


@pytest.mark.parametrize("sign", ["^#", "^# ?"])
def test_what_is_still_empty_stands_below_a_new_alliance_as_examples_that_can_be_read(sign: str, tmp_path: Path):
    """Whether a person takes away the sign alone, or an editor a space with it."""
    path = tmp_path / "alliance.yaml"
    begin_alliance(BEGUN, path, BEGUN_ON)
    text = path.read_text(encoding="utf-8")
    filled = read_alliance_text(re.sub(sign, "", text, flags=re.MULTILINE))
    [matter], [pilot], charter, ledger = filled.matters, filled.pilots, filled.charter, filled.exchange

    assert (read_alliance(path), mode(path)) == (BEGUN, 0o600)
    assert "docs/reference/alliance-file.md" in text
    assert matter.parties == pilot.partners == (HOSPITAL, CHURCHES, "third")
    assert [event.by for event in matter.events] == [HOSPITAL]
    assert [len(part) for part in (pilot.expectations, pilot.steps, pilot.reviews)] == [1, 1, 1]
    assert (charter.rule, charter.vetoes[0].motion) == (VotingRule(), charter.motions[0].id)
    assert charter.clause.capacities[0].partner == CHURCHES
    assert (ledger.commitments[0].provider, ledger.events[0].fulfils) == (HOSPITAL, "first")


def test_a_new_alliance_in_json_has_no_comments(tmp_path: Path):
    begin_alliance(BEGUN, tmp_path / "alliance.json", BEGUN_ON)

    assert (tmp_path / "alliance.json").read_bytes() == alliance_text(BEGUN, "json")
