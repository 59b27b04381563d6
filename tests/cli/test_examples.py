"""The examples that ship are the cast of the tests, and the hospital's story can be told with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lichen.audit.values import Audit
from lichen.files.alliances import read_alliance, read_alliance_text, write_alliance
from lichen.files.reading import read_audit
from tests.cast import churches_audit, everyone, hospital_audit

EXAMPLES = Path(__file__).parents[2] / "examples"
AUDITS = {audit.organisation.id: audit for audit in (*map(Audit, everyone), hospital_audit, churches_audit)}
FILES = {f"{id.removeprefix('example-')}.yaml": audit for id, audit in AUDITS.items()}


@pytest.mark.parametrize(("name", "audit"), FILES.items())
def test_example_is_the_organisation_of_the_cast(name, audit):
    assert read_audit(EXAMPLES / name) == audit


def test_every_example_audit_is_of_the_cast():
    assert {path.name for path in EXAMPLES.glob("*.yaml")} == set(FILES)


@pytest.mark.parametrize("path", sorted((EXAMPLES / "alliances").glob("*.yaml")), ids=lambda path: path.name)
def test_example_alliance_has_nothing_wrong_with_it(path, tmp_path):
    alliance = read_alliance_text(path.read_bytes())
    again = tmp_path / path.name
    write_alliance(alliance, again)
    assert read_alliance(again) == alliance


def test_charter_of_the_example_is_signed_as_it_reads_today(lichen):
    result = lichen("charter", "agreement", "alliances/alliance.yaml", "--on", "2026-11-22")
    told = " ".join(result.stderr.split())
    assert (result.exit_code, "Signed: St Brigid's Hospital and Three Churches of Eastfield." in told) == (0, True)


def test_story_is_told_without_a_terminal(shell):
    told = shell("hospital_story.py")
    assert (told.returncode, told.stderr) == (0, "")
    assert max(map(len, told.stdout.splitlines())) <= 80
    assert "\x1b" not in told.stdout
    for part in (
        "3 gaps; Lichen asks for at least 5",
        "Three Churches of Eastfield",
        "0.65",
        "0.82",
        "one joint health fair",
    ):
        assert part in told.stdout


def test_story_can_be_told_from_any_folder(shell, tmp_path):
    assert shell(EXAMPLES / "hospital_story.py", cwd=tmp_path).returncode == 0
