from __future__ import annotations

import json
import os
import tomllib
from dataclasses import replace

import pytest

from lichen.audit.values import Audit
from lichen.brief.editing import words_toml
from lichen.files.writing import write_audit
from tests.cast import hospital
from tests.core.files.given import within


@pytest.mark.parametrize(
    ("layout", "start"), [("md", "# First conversation with Three Churches"), ("html", "<!DOCTYPE html>")]
)
def test_brief_is_printed_or_written(lichen, tmp_path, layout, start):
    told = lichen("brief", "hospital.yaml", "churches.yaml", "-f", layout).stdout
    path = tmp_path / f"brief.{layout}"
    result = lichen("brief", "hospital.yaml", "churches.yaml", "--out", path)
    assert told.startswith(start)
    assert (path.read_text(), result.stdout, result.stderr) == (told, "", f"Written: {path}\n")


def test_brief_into_a_pipe_is_markdown(lichen):
    assert lichen("brief", "hospital.yaml", "churches.yaml").stdout.startswith("# First conversation")


def test_brief_in_json_counts_what_was_left_out_and_never_names_it(lichen):
    told = lichen("brief", "hospital.yaml", "churches.yaml", "-f", "json").stdout
    assert json.loads(told)["left_out"] == {"sensitive": 1, "later": 2}
    assert json.loads(told)["lead"]["code"] == "trust.underserved"
    assert "people.wellbeing" not in told


def test_brief_finds_a_partner_by_its_id_among_the_others(lichen):
    told = lichen("brief", "hospital.yaml", "example-river", "--among", "river.yaml", "city.yaml").stdout
    assert "River Fund" in told


def test_months_and_budget_are_those_that_were_asked_for(lichen):
    step = json.loads(
        lichen("brief", "hospital.yaml", "churches.yaml", "--months", "1", "--budget", "500", "-f", "json").stdout
    )["step"]
    assert (step["months"], step["budget"]) == (1, 500)


def test_edited_words_are_used(lichen, tmp_path):
    path = tmp_path / "words.toml"
    path.write_text('[sector.faith]\nreassure = "We come with empty hands."\n')
    assert "We come with empty hands" in lichen("brief", "hospital.yaml", "churches.yaml", "--words", path).stdout


@pytest.mark.parametrize(
    "words",
    [
        "not = toml = at all",
        None,
        pytest.param("a = " + "[" * 100_000, id="brackets without end"),
        pytest.param("a = " + "{a = " * 50_000, id="tables without end"),
        pytest.param("a" + ".a" * 50_000 + " = 1", id="a name of fifty thousand parts"),
        pytest.param("# kind\n" * 150_000, id="more than 1 MB"),
    ],
)
def test_words_that_cannot_be_read_are_refused(lichen, tmp_path, words):
    path = tmp_path / "words.toml"
    if words is not None:
        path.write_text(words)
    result = lichen("brief", "hospital.yaml", "churches.yaml", "--words", path)
    assert (result.stderr, result.exit_code) == (
        "words.toml: the table of words cannot be read; right would be: a table of words in TOML, such as: "
        "lichen brief --show-words > words.toml\n",
        2,
    )


def test_words_are_not_waited_for_at_a_pipe(lichen, tmp_path):
    os.mkfifo(tmp_path / "words.toml")
    with within(60):
        result = lichen("brief", "hospital.yaml", "churches.yaml", "--words", tmp_path / "words.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith("words.toml: the table of words cannot be read")


def test_words_to_edit_are_printed(lichen):
    result = lichen("brief", "--show-words")
    assert (result.stdout, result.exit_code) == (words_toml(), 0)
    assert "sector" in tomllib.loads(result.stdout)


def test_brief_for_oneself_is_refused(lichen):
    assert lichen("brief", "hospital.yaml", "hospital.yaml").exit_code == 2


def test_page_for_them_comes_alone(lichen):
    told = lichen("brief", "hospital.yaml", "churches.yaml", "--whose", "theirs").stdout
    assert told.startswith("# One small thing to try")
    assert "Left out here" not in told
    assert "Left out here" in lichen("brief", "hospital.yaml", "churches.yaml", "--whose", "ours").stdout


def test_json_is_never_for_them(lichen):
    result = lichen("brief", "hospital.yaml", "churches.yaml", "--whose", "theirs", "-f", "json")
    assert (result.stdout, result.exit_code) == ("", 2)


def test_brief_on_guesses_alone_says_that_it_is_not_ready_and_what_to_do(lichen, tmp_path):
    path = tmp_path / "guessed.yaml"
    gaps = tuple(replace(gap, confirmed=False) for gap in hospital.vulnerabilities)
    write_audit(Audit(replace(hospital, vulnerabilities=gaps)), path)
    told = lichen("brief", path, "churches.yaml").stdout
    assert told.startswith("# Not ready to talk with Three Churches of Eastfield")
    assert "5 gaps in your audit are only guesses at your words." in told
    assert "Confirm at least one capability in your audit" in told


def test_no_page_for_them_is_an_answer(lichen, tmp_path):
    path = tmp_path / "theirs.html"
    result = lichen("brief", "hospital.yaml", "distributor.yaml", "--whose", "theirs", "--out", path)
    assert (result.stderr, result.exit_code) == (
        "There is no page for them, since there is no reason to lead with a weakness.\n",
        0,
    )
    assert not path.exists()
