from __future__ import annotations

import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
CHURCHES = (EXAMPLES / "churches.yaml").read_bytes()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Three organisations in one file, two of one name."""
    entries = [
        {"id": f"id-{n}", "name": "Twin" if n else "Alone", "offers": [{"code": "trust.underserved"}]} for n in range(3)
    ]
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"lichen": "organisations/1", "organisations": entries}))
    return path


def names(result) -> list[str]:
    return [entry["name"] for entry in json.loads(result.stdout)]


def test_standard_input_stands_for_a_file_of_others(lichen):
    result = lichen("match", "hospital.yaml", "--among", "-", "farmers.yaml", "-f", "json", given=CHURCHES)
    assert names(result)[0] == "Three Churches of Eastfield"


def test_standard_input_stands_for_the_one_who_asks(lichen):
    result = lichen("match", "-", "--among", "hospital.yaml", "-f", "json", given=CHURCHES)
    assert names(result) == ["St Brigid's Hospital"]


def test_standard_input_may_be_json(lichen, many):
    result = lichen("match", "hospital.yaml", "--among", "-", "-f", "json", given=many.read_bytes())
    assert names(result) == ["Alone", "Twin", "Twin"]


def test_organisation_may_be_named_by_its_id_or_by_a_name_that_only_it_has(lichen, many):
    for org in ("id-1", "Alone"):
        assert lichen("match", org, "--among", many, "hospital.yaml", "-f", "json").exit_code == 0


@pytest.mark.parametrize("org", ["Twin", "id-9"])
def test_name_of_two_and_id_of_none_are_refused(lichen, many, org):
    result = lichen("match", org, "--among", many)
    assert result.exit_code == 2
    assert result.stderr == (
        "there is neither such a file nor one organisation of that id or name among the others; right would be: the "
        "path of an audit, or an id from the files after --among\n"
    )


def test_same_id_in_a_file_and_in_standard_input_is_refused(lichen):
    result = lichen("match", "hospital.yaml", "--among", "churches.yaml", "-", given=CHURCHES)
    assert result.exit_code == 2
    assert "example-churches" in result.stderr


def test_problems_of_every_file_are_told_at_once(lichen, tmp_path):
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text("organisation: {}\n")
    result = lichen("audit", "check", tmp_path / "one.yaml", tmp_path / "two.yaml")
    assert [line.partition(",")[0] for line in result.stderr.splitlines()] == ["one.yaml", "two.yaml"]


def test_what_a_reader_sets_aside_is_a_note_beside_the_answer(lichen, tmp_path):
    path = tmp_path / "more.yaml"
    path.write_text((EXAMPLES / "churches.yaml").read_text() + "our_own_notes: call on Monday\n")
    result = lichen("match", "hospital.yaml", "--among", path, "-f", "json")
    assert result.stderr.startswith("Note: more.yaml")
    assert "Monday" not in result.stderr
    assert names(result) == ["Three Churches of Eastfield"]


def test_name_that_is_too_long_for_a_file_is_no_crash(lichen):
    result = lichen("match", "x" * 5000, "--among", "hospital.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
