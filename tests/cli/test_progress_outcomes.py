"""Outcomes on the command line: the answer first, how surely, and exactly what is missing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from lichen.alliance.values import Alliance
from lichen.files.alliances import read_alliance, write_alliance
from lichen.progress.comparison import Better, JointOutcome, OutcomeGroup, OutcomePlace, OutcomeReading
from lichen.progress.values import Progress
from tests.cast import churches_audit, hospital_audit
from tests.core.progress.test_outcomes import ARTICLE

FAIRS = JointOutcome(
    "Adults vaccinated",
    reached=OutcomeGroup("the fair wards", OutcomeReading(40, 400), OutcomeReading(68, 410)),
    compared=OutcomeGroup("two other wards", OutcomeReading(41, 380), OutcomeReading(46, 390)),
)
WAITING = JointOutcome(
    "Days to an appointment",
    "days",
    Better.DOWN,
    OutcomeGroup(
        places=tuple(OutcomePlace(name, 20, 20 - fall) for name, fall in zip("abcde", range(3, 8), strict=True))
    ),
    OutcomeGroup(places=tuple(OutcomePlace(name, 20, 20 - fall) for name, fall in zip("fghij", range(5), strict=True))),
)


@pytest.fixture
def kept(tmp_path):
    """Write an alliance with these outcomes, and say where."""

    def write(*outcomes: JointOutcome):
        path = tmp_path / "alliance.yaml"
        alliance = Alliance(
            "Eastfield", "GBP", partners=(hospital_audit, churches_audit), progress=Progress(outcomes=outcomes)
        )
        write_alliance(alliance, path)
        return path

    return write


def flat(result) -> str:
    return " ".join(result.stdout.split())


def test_outcomes_are_written_and_read_the_same(kept):
    earlier = (OutcomeReading(38, 400, on=date(2024, 6, 1)),)
    whole = replace(FAIRS, reached=replace(FAIRS.reached, earlier=earlier))
    assert read_alliance(kept(whole, WAITING, ARTICLE)).progress.outcomes == (whole, WAITING, ARTICLE)


def test_outcomes_say_the_answer_first_and_end_with_0(lichen, kept):
    result = lichen("progress", "outcomes", kept(FAIRS))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Adults vaccinated"
    told = flat(result)
    assert "✓ Better by 23 percentage points than what changed anyway; chance hardly explains it." in told
    assert "the fair wards: 40% (of 400) → 68% (of 410), +28 points" in told
    assert "The gap lies from 13.4 to 32.6, at 95% (normal, four groups of different people)" in told
    assert "Assumed, and beyond proof: without the alliance both groups would have moved alike." in told
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_outcomes_of_the_article_get_no_interval_and_end_with_1(lichen, kept):
    path = kept(ARTICLE)
    result = lichen("progress", "outcomes", path)
    told = flat(result)
    assert result.exit_code == 1
    for said in (
        "no interval is possible",
        "If both are percentage points, the gap is 23 points.",
        "If both are relative, those reached ended +21.9% higher than they else would have.",
        "Claimed in the article; no source found.",
        "of those reached: the baseline, among how many at the baseline (n), the figure afterwards",
    ):
        assert said in told
    (record,) = json.loads(lichen("progress", "outcomes", path, "-f", "json").stdout)
    assert (record["interval"], record["points"], len(record["missing"])) == (None, 23, 8)


def test_outcomes_of_few_places_are_permuted(lichen, kept):
    told = flat(lichen("progress", "outcomes", kept(WAITING)))
    assert "✓ Better by 3 days than what changed anyway" in told
    assert "Had chance dealt out the places, a gap this large would come in 4.0% of 252 ways; all were tried." in told


def test_outcomes_not_written_down_yet_say_how(lichen, kept):
    result = lichen("progress", "outcomes", kept())
    assert (result.exit_code, "No outcome is written down yet." in result.stdout) == (0, True)


@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_outcomes_print_in_every_form(lichen, kept, layout):
    assert "Adults vaccinated" in lichen("progress", "outcomes", kept(FAIRS, WAITING, ARTICLE), "-f", layout).stdout
