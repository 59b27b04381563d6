from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from lichen.audit.values import Source
from lichen.errors import InputError
from lichen.files.audits import draft_of
from lichen.files.documents import MANY, ONE, tree_of
from lichen.files.reading import read_audit_text, read_organisations_text
from lichen.files.yaml_text import written
from lichen.scales import Sensitivity, Size
from tests.cast import hospital_audit

BY_HAND = """
# what a person would write
organisation:
  name: 007 Housing
  country: NO
  region: null
  size: large
audited_on: 2026-09-14
readiness: {leadership_aligned: yes, hours: 2, people: 3}
vulnerabilities:
  - code: ops.logistics
    words: no
    severity: 4 - serious
    core: yes
    sensitivity: High
    source:
      name: Register
      sentence: 'They said: "no van".'
      confidence: 0.5
offers:
  - code: assets.venue
    words: |
      One hall.
      Two kitchens.
    spare: 12:30
    kinds: [space, staff time]
"""


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_yaml_written_by_hand_is_read_as_it_is_meant(loader: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lichen.files.yaml_text._Loader", getattr(yaml, loader))
    audit = read_audit_text(BY_HAND)
    organisation = audit.organisation
    gap, offer = organisation.vulnerabilities[0], organisation.offers[0]

    assert (organisation.id, organisation.name) == ("007-housing", "007 Housing")
    assert (organisation.country, organisation.region, organisation.size) == ("NO", "", Size.LARGE)
    assert str(audit.audited_on) == "2026-09-14"
    assert (audit.readiness.leadership_aligned, audit.readiness.hours, audit.readiness.people) == (True, 2.0, 3)
    assert (gap.words, gap.severity, gap.core, gap.sensitivity) == ("no", 4, True, Sensitivity.HIGH)
    assert gap.source == Source("Register", 'They said: "no van".', 0.5)
    assert (offer.words, offer.spare, offer.kinds) == ("One hall.\nTwo kitchens.\n", "12:30", ("space", "staff_time"))


@pytest.mark.parametrize("word", ["null", "~", "Null", ""])
def test_a_plain_null_means_nothing_and_a_quoted_one_is_text(word: str):
    audit = read_audit_text(f"organisation: {{name: x, region: {word}}}")
    quoted = read_audit_text(f"organisation: {{name: x, region: '{word}'}}")

    assert (audit.organisation.region, quoted.organisation.region) == ("", word)


def test_other_programs_read_our_yaml_and_our_json_alike():
    """Words that other readers take for something else stand in quotation marks."""
    draft = draft_of(hospital_audit)

    assert yaml.safe_load(written([draft], ONE)) == json.loads(json.dumps(tree_of([draft], ONE)))


def test_a_document_names_its_format_and_taxonomy_first():
    assert written([draft_of(hospital_audit)], ONE).startswith(b"lichen: audit/1\ntaxonomy: 0.2.0\norganisation:\n")
    assert written([], MANY) == b"lichen: organisations/1\ntaxonomy: 0.2.0\norganisations: []\n"


def test_organisations_are_known_by_their_key_where_the_format_is_not_named():
    assert [one.name for one in read_organisations_text("organisations: [{name: A}, {name: B}]")] == ["A", "B"]


def test_items_may_stand_inside_the_organisation_as_they_do_among_many():
    gaps = "vulnerabilities: [{code: ops.logistics}]"
    audit = read_audit_text(f"organisation: {{name: x, {gaps}}}\noffers: [{{code: assets.venue}}]")

    assert [gap.code for gap in audit.organisation.vulnerabilities] == ["ops.logistics"]
    assert [offer.code for offer in audit.organisation.offers] == ["assets.venue"]
    with pytest.raises(InputError, match="inside the organisation, too"):
        read_audit_text(f"organisation: {{name: x, {gaps}}}\n{gaps}")


def test_problems_among_many_organisations_say_which():
    text = "organisations: [{name: A}, {name: B, size: big, offers: [{code: assets.venue, strength: 7}]}]"
    with pytest.raises(InputError) as refusal:
        read_organisations_text(text)

    assert [(problem.sheet, problem.row, problem.column) for problem in refusal.value.problems] == [
        ("organisations", 2, "size"),
        ("organisations, item 2, offers", 1, "strength"),
    ]
    assert refusal.value.problems[1].place == "organisations, item 2, offers, item 1, strength"


def test_a_document_of_organisations_with_none_is_no_audit():
    assert read_organisations_text("organisations: []") == ()
    with pytest.raises(InputError, match="has 0 organisations"):
        read_audit_text("organisations: []")


def test_wrong_yaml_is_told_with_its_line():
    with pytest.raises(InputError) as refusal:
        read_audit_text("organisation:\n  name: x\n  name: y\n", name="-")

    assert refusal.value.problems[0].place == "-, line 3"


def test_yaml_of_more_parts_than_audits_have_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lichen.files.yaml_text._MOST_EVENTS", 50)
    with pytest.raises(InputError) as refusal:
        read_audit_text("[" + "a," * 50 + "]")

    assert refusal.value.problems[0].right == "fewer entries a file"


def test_wrong_json_is_told_with_its_line():
    with pytest.raises(InputError) as refusal:
        read_audit_text('{\n "organisation": {\n  "name": x\n }\n}', "json")

    assert refusal.value.problems[0].place == "line 3"


def test_the_yaml_of_the_how_to_is_read_as_it_stands():
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "workbook.md").read_text(encoding="utf-8")
    audit = read_audit_text(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0])

    assert [gap.code for gap in audit.organisation.vulnerabilities] == ["funding.digital_fundraising"]
    assert audit.organisation.offers[0].kinds == ("reach", "network_access")


def test_a_text_in_no_format_is_told():
    with pytest.raises(InputError, match=r"right would be: \.yaml"):
        read_audit_text("x", "toml")
