"""Survival on the command line: how long, why it ended, and others' figures beside, never mixed in."""

from __future__ import annotations

import json
from xml.etree.ElementTree import fromstring

import pytest

from tests.cli.several import several as several

DAY = ("--on", "2026-03-01")


def test_survival_says_how_long_and_why(lichen, several):
    result = lichen("progress", "survival", *several, *DAY)
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    assert "7 alliances: 4 alive, 3 ended. More than half would still live at the longest time seen" in told
    assert "1 years ██████████████████████████···· 86% 33%–98% 7" in told
    assert "Why they ended: an ending is not a failure" in told
    assert "the goal was met 1 14%" in told
    assert "nobody wrote down why 1 14%" in told
    assert "Feinberg, Bontempo and Greenberg 2008" in told
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_survival_has_published_figures_apart_from_its_own(lichen, several):
    rows = json.loads(lichen("progress", "survival", *several, *DAY, "-f", "json").stdout)
    assert [row["counted"] for row in rows if row["part"] == "published"] == [110, 165, 14, None, None]
    steps = [(row["at_risk"], round(row["survival"], 3)) for row in rows if row["part"] == "step"]
    assert steps == [(7, 0.857), (6, 0.714), (5, 0.571)]
    for row in rows:
        if row["part"] == "step":
            assert row["survival"] + sum(row["incidence"].values()) == pytest.approx(1)


def test_survival_of_few_alliances_is_too_few_to_say(lichen, several):
    result = lichen("progress", "survival", *several[:4], *DAY)
    told = " ".join(result.stdout.split())
    assert "4 alliances: 1 alive, 3 ended. Too few to say how long they last." in told
    assert "█" not in told


def test_survival_counts_a_file_given_twice_once(lichen, several):
    result = lichen("progress", "survival", several[0], several[0], *DAY)
    assert "1 alliance: 0 alive, 1 ended." in result.stdout


def test_survival_reckons_with_the_day(lichen, several):
    assert "7 alliances: 7 alive, 0 ended." in lichen("progress", "survival", *several, "--on", "2021-12-01").stdout


def test_survival_names_those_of_which_nobody_knows_when_they_began(lichen, several):
    text = several[6].read_text()
    several[6].write_text(
        "\n".join(line for line in text.splitlines() if "formed_on" not in line).partition("course:")[0]
    )
    told = " ".join(lichen("progress", "survival", *several, *DAY).stdout.split())
    assert "6 alliances" in told
    assert "Left out, since nobody wrote down when it began (formed_on): Alliance 6." in told


def test_survival_draws_a_picture_that_can_be_heard(lichen, several, tmp_path):
    path = tmp_path / "survival.svg"
    assert lichen("progress", "survival", *several, *DAY, "--svg", path).exit_code == 0
    picture = fromstring(path.read_text())  # noqa: S314
    named = {part.tag.rpartition("}")[2]: part for part in picture.iter()}
    assert named["title"].text == "How long alliances last"
    assert named["desc"].text.startswith("7 alliances: 4 alive, 3 ended.")
    assert len([part for part in picture.iter() if part.tag.endswith("path")]) == 2


def test_survival_tells_what_is_wrong_with_every_file(lichen, several, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("nonsense: 1\n")
    result = lichen("progress", "survival", wrong, several[0], tmp_path / "none.yaml")
    assert (result.exit_code, "wrong.yaml" in result.stderr, "none.yaml" in result.stderr) == (2, True, True)
