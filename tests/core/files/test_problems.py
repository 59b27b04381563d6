from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from lichen.errors import InputError, Problem
from lichen.files.draft import SetAside
from lichen.files.reading import read_audit, read_audit_text, read_organisations, read_organisations_text
from tests.core.files.given import problems_of, written

CONFESSION = "we are insolvent and the board does not know"

WRONG = f"""
lichen: audit/1
organisation: {{name: "", country: Norway, sector: "{CONFESSION}", size: gigantic}}
audited_on: 14/09/2026
readiness: {{hours: lots, people: -3, leadership_aligned: perhaps}}
vulnerabilities:
  - {{code: ops.logistics, severity: 9, rank: 0, core: maybe}}
  - {{code: "{CONFESSION}"}}
  - {{severity: 3}}
offers:
  - {{code: assets.venue, strength: strong-ish, evidence: "{CONFESSION}", kinds: [space, "{CONFESSION}"]}}
  - {{code: assets.venue, source: {{name: Register}}}}
"""


def test_every_problem_of_a_file_is_told_at_once_and_in_its_place(tmp_path: Path):
    told = problems_of(written(tmp_path, "wrong.yaml", WRONG))

    assert [(problem.sheet, problem.row, problem.column) for problem in told] == [
        ("", None, "organisation.sector"),
        ("", None, "organisation.country"),
        ("", None, "organisation.size"),
        ("", None, "audited_on"),
        ("", None, "readiness.leadership_aligned"),
        ("", None, "readiness.hours"),
        ("", None, "readiness.people"),
        ("", None, "organisation.name"),
        ("vulnerabilities", 1, "severity"),
        ("vulnerabilities", 1, "rank"),
        ("vulnerabilities", 1, "core"),
        ("vulnerabilities", 2, "code"),
        ("vulnerabilities", 3, "code"),
        ("offers", 1, "strength"),
        ("offers", 1, "evidence"),
        ("offers", 1, "kinds"),
        ("offers", 2, "source.confidence"),
    ]


def test_no_problem_repeats_what_stands_in_the_file(tmp_path: Path):
    told = problems_of(written(tmp_path, "wrong.yaml", WRONG))

    assert not [problem for problem in told if CONFESSION in str(problem)]


def test_no_note_and_no_problem_repeats_a_key_that_is_a_sentence():
    with pytest.warns(SetAside) as noted:
        read_audit_text(f"organisation: {{name: x, '{CONFESSION}': y}}")

    assert CONFESSION not in str(noted[0].message)


def test_an_unknown_capability_is_told_with_the_nearest_of_the_list():
    with pytest.raises(InputError) as refusal:
        read_audit_text("organisation: {name: x}\noffers: [{code: Comunity venues}]")

    right = refusal.value.problems[0].right
    assert right.startswith("one of the list, such as: Community venue;")


def test_an_unknown_code_is_kept_for_the_review_to_tell_of():
    audit = read_audit_text("organisation: {name: x}\noffers: [{code: assets.helicopter}]")

    assert audit.organisation.offers[0].code == "assets.helicopter"


def test_a_thousand_wrong_rows_are_told_as_a_hundred_and_a_count(tmp_path: Path):
    rows = "".join(f"gap,,,ops.logistics,{row + 6},x\n" for row in range(1_000))
    path = written(tmp_path, "wrong.csv", "record,id,name,code,severity,organisation\norganisation,x,X\n" + rows)

    told = problems_of(path)

    assert len(told) == 101
    assert told[-1].what == "and 900 more problems"


def test_the_problems_of_several_files_are_told_together(tmp_path: Path):
    one = written(tmp_path, "one.yaml", "organisation: {name: x, size: huge}")
    two = written(tmp_path, "two.json", '{"organisation": {"name": "y", "sector": "circus"}}')
    gone = tmp_path / "gone.csv"

    with pytest.raises(InputError) as refusal:
        read_organisations([one, gone, two])

    assert [problem.file for problem in refusal.value.problems] == ["one.yaml", "gone.csv", "two.json"]


def test_an_id_that_stands_three_times_is_told_once(tmp_path: Path):
    one = written(tmp_path, "one.yaml", "organisation: {id: GB-CHC-1, name: x}")
    two = written(tmp_path, "two.csv", "record,id,name\norganisation,GB-CHC-1,y\norganisation,GB-CHC-1,z\n")

    with pytest.raises(InputError) as refusal:
        read_organisations([one, two])

    assert refusal.value.problems == (
        Problem(
            "3 organisations have the id GB-CHC-1", "an id of its own for each", file="one.yaml, two.csv", column="id"
        ),
    )
    with pytest.raises(InputError, match="2 organisations have the id"):
        read_organisations_text(two.read_bytes(), "csv")


def test_read_audit_refuses_a_file_of_several_organisations(tmp_path: Path):
    path = written(tmp_path, "two.csv", "record,id,name\norganisation,a,A\norganisation,b,B\n")

    assert problems_of(path)[0].what == "the file has 2 organisations"


def test_a_key_of_ones_own_is_noted_once_and_the_rest_is_read():
    with pytest.warns(SetAside) as noted:
        organisations = read_organisations_text(
            "organisations: [{name: A, postcode: E1}, {name: B, postcode: E2}]", name="two.yaml"
        )

    assert [one.name for one in organisations] == ["A", "B"]
    assert isinstance(noted[0].message, SetAside)
    assert [(note.file, note.row, note.column) for note in noted[0].message.notes] == [("two.yaml", 1, "postcode")]


def test_a_key_that_looks_mistyped_is_a_problem():
    with pytest.raises(InputError) as refusal:
        read_audit_text("organisation: {name: x}\nvulnerabilities: [{code: ops.logistics, severty: 5}]")

    problem = refusal.value.problems[0]
    assert (problem.column, problem.what, problem.right) == ("severty", "there is no such field", "severity")


def test_a_section_that_looks_mistyped_is_a_problem():
    with pytest.raises(InputError) as refusal:
        read_audit_text("organisation: {name: x}\nvulnerability: [{code: ops.logistics}]")

    assert [(one.column, one.right) for one in refusal.value.problems] == [("vulnerability", "vulnerabilities")]


def test_a_key_near_to_one_that_is_there_is_only_noted():
    with pytest.warns(SetAside):
        audit = read_audit_text("organisation: {name: x, names: y}")

    assert audit.organisation.name == "x"


def test_more_keys_of_ones_own_than_anybody_has_are_a_problem():
    own = ", ".join(f"zz{number}: 1" for number in range(200))
    with pytest.raises(InputError) as refusal:
        read_audit_text(f"organisation: {{name: x, {own}}}")

    assert [problem.right for problem in refusal.value.problems] == ["far fewer names of your own"]


def test_reading_what_is_in_order_warns_of_nothing(tmp_path: Path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_audit(written(tmp_path, "x.yaml", "organisation: {name: x}"))
