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
audited_on: 4/9/2026
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

    assert [problem.place.removeprefix("wrong.yaml, ") for problem in told] == [
        "organisation.name",
        "organisation.country",
        "organisation.sector",
        "organisation.size",
        "audited_on",
        "readiness.hours",
        "readiness.people",
        "readiness.leadership_aligned",
        "vulnerabilities, item 1, severity",
        "vulnerabilities, item 1, rank",
        "vulnerabilities, item 1, core",
        "vulnerabilities, item 3, code",
        "offers, item 1, strength",
        "offers, item 1, evidence",
        "offers, item 1, kinds",
        "offers, item 2, source.confidence",
    ]


def test_no_problem_repeats_what_stands_in_the_file(tmp_path: Path):
    told = problems_of(written(tmp_path, "wrong.yaml", WRONG))

    assert not [problem for problem in told if CONFESSION in str(problem)]


def test_no_note_and_no_problem_repeats_a_key_that_is_a_sentence():
    with pytest.warns(SetAside) as noted:
        read_audit_text(f"organisation: {{name: x, '{CONFESSION}': y}}")

    assert CONFESSION not in str(noted[0].message)


def test_what_would_be_right_is_told_in_the_words_of_the_drop_downs(tmp_path: Path):
    told = {problem.column: problem.right for problem in problems_of(written(tmp_path, "wrong.yaml", WRONG))}

    assert told["organisation.size"].startswith("micro - under 10,000; small - 10,000 to 100,000; ")
    assert told["kinds"].startswith("funding; in kind; staff time; ")
    assert told["readiness.hours"] == "a number of hours, such as 2.5"


def test_an_unknown_code_is_kept_for_the_review_to_tell_of():
    audit = read_audit_text("organisation: {name: x}\noffers: [{code: assets.helicopter}]")

    assert audit.organisation.offers[0].code == "assets.helicopter"


def test_five_hundred_wrong_rows_are_told_as_a_hundred_and_a_count(tmp_path: Path):
    rows = "".join(f"gap,,,ops.logistics,{row + 6},x\n" for row in range(500))
    path = written(tmp_path, "wrong.csv", "record,id,name,code,severity,organisation\norganisation,x,X\n" + rows)

    told = problems_of(path)

    assert len(told) == 101
    assert told[-1].what == "and 400 more problems"


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


def test_what_was_set_aside_is_told_in_one_sentence():
    with pytest.warns(SetAside) as noted:
        read_audit_text(f"{{organisation: {{name: x, {', '.join(f'zz{n}: 1' for n in range(7))}}}}}", name="a.yaml")

    assert str(noted[0].message) == (
        "a.yaml: Your own additions stay in the file, and Lichen does not read them: organisation, zz0; "
        "organisation, zz1; organisation, zz2; organisation, zz3; organisation, zz4; and 2 more"
    )


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
