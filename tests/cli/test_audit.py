from __future__ import annotations

import json
from dataclasses import replace

import pytest

from lichen.audit.values import Audit
from lichen.files.reading import read_audit
from lichen.files.writing import write_audit
from tests.cast import churches_audit, hospital_audit, stranger

CONFESSION = "zq the matron drinks zq"


@pytest.fixture
def draft(tmp_path):
    """The hospital's audit with three gaps and no ranks, and a secret in its words."""
    gaps = tuple(replace(gap, rank=None, words=CONFESSION) for gap in hospital_audit.organisation.vulnerabilities[:3])
    path = tmp_path / "draft.yaml"
    write_audit(replace(hospital_audit, organisation=replace(hospital_audit.organisation, vulnerabilities=gaps)), path)
    return path


@pytest.fixture
def team(tmp_path):
    """Two people who rank the same gaps the other way round."""
    paths = []
    for place, order in enumerate((1, -1)):
        gaps = hospital_audit.organisation.vulnerabilities[::order]
        ranked = tuple(replace(gap, rank=rank) for rank, gap in enumerate(gaps, start=1))
        paths.append(tmp_path / f"person-{place}.yaml")
        write_audit(
            replace(hospital_audit, organisation=replace(hospital_audit.organisation, vulnerabilities=ranked)),
            paths[-1],
        )
    return paths


def test_audit_in_which_nothing_needs_mending_ends_with_nought(lichen):
    result = lichen("audit", "check", "hospital.yaml")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        "St Brigid's Hospital: 6 gaps, 5 offers",
        "",
        "Nothing needs mending. Next: lichen match hospital.yaml --among FILE…",
    ]


def test_audit_with_something_to_mend_ends_with_one_and_tells_the_heaviest_first(lichen, draft):
    result = lichen("audit", "check", draft)
    assert result.exit_code == 1
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines.index("Before you share anything") < lines.index("Would make it stronger")
    assert "Only 3 gaps are listed." in result.stdout


def test_findings_never_repeat_what_was_written(lichen, draft):
    for layout in ("table", "json", "csv", "md"):
        assert "zq" not in lichen("audit", "check", draft, "-f", layout).output


def test_findings_in_json_are_codes_figures_and_sentences(lichen, draft):
    records = json.loads(lichen("audit", "check", draft, "-f", "json").stdout)
    assert [list(record) for record in records] == [["file", "weight", "code", "item", "figures", "sentence"]] * len(
        records
    )
    assert (records[0]["weight"], records[0]["code"], records[0]["figures"]) == (
        "stop",
        "few_vulnerabilities",
        {"count": 3, "wanted": 5},
    )


def test_several_audits_are_checked_at_once(lichen, draft):
    records = json.loads(lichen("audit", "check", "churches.yaml", draft, "-f", "json").stdout)
    assert {record["file"] for record in records} <= {"churches.yaml", str(draft)}
    assert str(draft) in {record["file"] for record in records}


def test_audit_can_come_through_standard_input(lichen, draft):
    assert lichen("audit", "check", "-", given=draft.read_bytes()).exit_code == 1


def test_code_that_was_only_recognised_is_told_with_its_place(lichen, tmp_path):
    path = tmp_path / "words.yaml"
    path.write_text("organisation: {name: X}\nvulnerabilities:\n  - words: We have nobody who can write grant bids.\n")
    told = " ".join(lichen("audit", "check", path).stdout.split())
    assert "What Lichen took your words to mean: confirm each, or choose another" in told
    assert "1st gap grant seeking funding.grant_seeking" in told
    assert "in the column Capability of the workbook" in told


def test_guesses_are_told_apart_in_json_as_findings_that_name_the_guess(lichen, tmp_path):
    path = tmp_path / "words.yaml"
    path.write_text("organisation: {name: X}\nvulnerabilities:\n  - words: We have nobody who can write grant bids.\n")
    records = json.loads(lichen("audit", "check", path, "-f", "json").stdout)
    [guess] = [record for record in records if record["code"] == "unconfirmed"]
    assert (guess["item"], guess["weight"]) == ("funding.grant_seeking", "mend")
    assert "grant seeking (funding.grant_seeking)" in guess["sentence"]


@pytest.mark.parametrize(
    ("name", "told"), [("a.xlsx", "of their sheet, filled rows only."), ("a.yaml", "of their list.")]
)
def test_places_are_said_to_be_counted_as_the_file_has_them(lichen, tmp_path, draft, name, told):
    path = tmp_path / name
    write_audit(read_audit(draft), path)
    assert lichen("audit", "check", path).stdout.endswith(f"Gaps and offers are counted from the top {told}\n")


def test_prompts_open_with_the_two_questions_and_have_those_of_the_sector(lichen):
    asked = json.loads(lichen("audit", "prompts", "--sector", "health", "-f", "json").stdout)
    assert [record["id"] for record in asked[:3]] == ["worst_at", "awake_at_night", "health.1"]
    assert "What are you worst at?" in lichen("audit", "prompts").stdout


def test_template_is_a_workbook_that_is_empty_but_can_be_filled(lichen, tmp_path):
    path = tmp_path / "mine.xlsx"
    result = lichen("audit", "template", path, "--sector", "health")
    assert result.exit_code == 0
    assert path.read_bytes()[:2] == b"PK"
    assert "lichen audit check" in result.stdout


def test_template_never_writes_over_what_somebody_has_written(lichen, tmp_path):
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"three evenings of work")
    result = lichen("audit", "template", path)
    assert (result.stderr, result.exit_code) == (
        "mine.xlsx: there is such a file already; right would be: another name, or --overwrite\n",
        2,
    )
    assert path.read_bytes() == b"three evenings of work"
    assert lichen("audit", "template", path, "--overwrite").exit_code == 0


def test_team_that_agrees_is_told_so(lichen):
    result = lichen("audit", "combine", "hospital.yaml", "hospital.yaml")
    assert result.exit_code == 0
    assert "Their agreement is 1.00" in result.stdout
    assert "nothing is anonymous" in " ".join(result.stdout.split())


def test_team_that_disagrees_should_talk_first(lichen, team):
    result = lichen("audit", "combine", *team)
    assert result.exit_code == 1
    assert "That is no more than chance would give." in " ".join(result.stdout.split())
    assert "Talk before you publish" in " ".join(result.stdout.split())


def test_combined_audit_in_json_is_ranks_spread_and_agreement(lichen, team):
    told = json.loads(lichen("audit", "combine", *team, "-f", "json").stdout)
    assert list(told) == [
        "people",
        "method",
        "agreement",
        "beyond_chance",
        "talk_first",
        "kemeny_distance",
        "attributed",
        "items",
    ]
    assert (told["people"], told["agreement"], told["talk_first"], len(told["items"])) == (2, 0.0, True, 6)


def test_combined_audit_is_written_and_never_over_another(lichen, tmp_path):
    path = tmp_path / "team.yaml"
    assert lichen("audit", "combine", "hospital.yaml", "hospital.yaml", "--out", path).stderr == f"Written: {path}\n"
    assert read_audit(path).organisation.name == "St Brigid's Hospital"
    assert lichen("audit", "combine", "hospital.yaml", "hospital.yaml", "--out", path).exit_code == 2


def test_what_combining_changed_is_said(lichen, tmp_path):
    against = replace(hospital_audit, readiness=replace(hospital_audit.readiness, leadership_aligned=False, hours=1.5))
    path = tmp_path / "against.yaml"
    write_audit(against, path)
    told = " ".join(lichen("audit", "combine", "hospital.yaml", path).stdout.split())
    assert "Somebody says that the leadership does not stand behind it, so the whole says no." in told
    assert "Of the hours, the fewest that anybody gave stand in the whole: 1.5." in told


def test_one_person_alone_is_no_team(lichen):
    told = lichen("audit", "combine", "hospital.yaml").stdout
    assert told.startswith("What one person says of St Brigid's Hospital")


def test_audits_of_different_organisations_are_not_combined(lichen):
    result = lichen("audit", "combine", "hospital.yaml", "churches.yaml")
    assert result.exit_code == 2
    assert result.stderr == (
        "churches.yaml, column name, sector, size: the organisation differs; "
        "right would be: the same as in hospital.yaml, so that all are of one organisation\n"
    )


def test_anonymous_team_is_shown_without_single_answers(lichen, tmp_path):
    paths = [tmp_path / f"{n}.yaml" for n in range(5)]
    for path in paths:
        write_audit(churches_audit, path)
    told = lichen("audit", "combine", *paths).stdout
    assert "5 people answered." in told
    assert "nothing is anonymous" not in told


def test_empty_audit_is_answered_with_where_to_begin(lichen, tmp_path):
    path = tmp_path / "stranger.json"
    write_audit(Audit(stranger), path)
    result = lichen("audit", "check", path)
    assert result.exit_code == 1
    assert "No gap is listed yet." in result.stdout
