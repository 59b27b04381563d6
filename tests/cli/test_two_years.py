"""The two years that ship: the story can be told, and every command of the second half answers on the example files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from lichen.alliance.as_of import alliance_as_of
from lichen.alliance.needs import need_courses
from lichen.checkin.trust import trust_waves
from lichen.checkin.values import Dimension
from lichen.files.alliances import read_alliance_text
from lichen.pilot.gate import gate
from lichen.progress.indicators import MovedAlike, measured_needs
from lichen.progress.outcomes import outcome_result
from lichen.progress.reduction import reductions

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = ("two-years.yaml", "coalition.yaml")
H, C = "example-hospital", "example-churches"
CHAPTERS = 9
SECONDS = 60
"""It takes four; a story that takes so long is not told."""

whole = read_alliance_text((EXAMPLES / "alliances" / "two-years.yaml").read_bytes())
last_on = whole.checkins[-1].held_on


@pytest.fixture(scope="module")
def story() -> str:
    """The whole story, told once without a terminal, from another folder."""
    environment = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"} | {"COLUMNS": "80"}
    told = subprocess.run(
        [sys.executable, EXAMPLES / "two_years_story.py"],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")
    return told.stdout


@pytest.fixture
def kept(tmp_path: Path):
    """A copy of an example that only its owner can read, so that nothing about who can read it is found."""

    def copied(name: str) -> Path:
        path = Path(copy(EXAMPLES / "alliances" / name, tmp_path / name))
        path.chmod(0o600)
        return path

    return copied


def flat(text: str) -> str:
    return " ".join(text.split())


def test_two_years_are_told_in_80_columns_without_colours(story):
    # The last two lines are commands to copy, with the path of the file.
    *told, _your_turn, _and_then, _end = story.rstrip(" ").split("\n")[:-1]
    assert max(map(len, told)) <= 80
    assert "\x1b" not in story


def test_two_years_are_told_chapter_by_chapter_in_their_order(story):
    numbers = [int(number) for number in re.findall(r"^ (\d)  \S", story, flags=re.MULTILINE)]
    days = re.findall(r"^    (\d+ \w+ \d{4})\s*$", story, flags=re.MULTILINE)
    assert numbers == list(range(1, CHAPTERS + 1))
    assert days == [
        "30 October 2023",
        "15 February 2024",
        "20 March 2024",
        "28 October 2024",
        "16 December 2024",
        *["16 March 2026"] * 4,
    ]


def test_a_chapter_knows_nothing_of_later_days(story):
    """The first three are told before the cut and before any need was outgrown."""
    early = story.partition("An autumn of cuts")[0]
    assert [word for word in ("2024-10", "outgrown", "nurse hours", "succession") if word in early] == []


def test_the_story_tells_what_the_library_reckons(story):
    told = flat(story)
    first = trust_waves(whole.checkins, [H, C], whole.checkins[0].held_on)[0]
    cut_fell = [trust_waves(whole.checkins, [H, C], day)[-1] for day in (date(2024, 9, 23), date(2024, 12, 16))]
    opened = gate(whole.pilots, whole.pilots[0].rules)
    courses = need_courses(whole, last_on)
    outcome = outcome_result(whole.progress.outcomes[0])

    assert f"{first.mean(H, C):g} against {first.mean(C, H):g}" in told
    assert f"{len(opened.successes)} successes, and it takes {opened.wanted}" in told
    assert f"answers {cut_fell[1].mean(C, H):g}, a quarter ago {cut_fell[0].mean(C, H):g}" in told
    for each in reductions(courses):
        assert not each.owner or f"{each.index:.0f}% less severe" in told
    assert f"{outcome.difference:.1f} percentage points" in told
    assert f"from {outcome.interval.low:.0f} to {outcome.interval.high:.0f};" in told


def test_the_two_years_hold_what_their_story_needs():
    """Trust that falls in autumn, a measure that does not follow, and a need that gets worse and nobody covers."""
    courses = {(each.owner, each.code): each for each in need_courses(whole, last_on)}
    beside = measured_needs(whole.progress.indicators, [*courses.values()], last_on)
    answers = [wave.mean(C, H, Dimension.TRUST) for wave in trust_waves(whole.checkins, [H, C], last_on)]

    assert answers == [3, 5, 6, 4, 5, 6, 7, 8, 8]
    assert courses[C, "governance.succession"].fall == -2
    assert [each.indicator.code for each in beside if each.agreement is MovedAlike.RATING_AHEAD] == [
        "funding.fundraising"
    ]


def test_what_warns_in_autumn_was_not_known_in_summer():
    summer = alliance_as_of(whole, date(2024, 9, 30))
    assert (len(summer.checkins), summer.charter.clause.renegotiations) == (3, ())


@pytest.mark.parametrize("name", FILES)
def test_example_passes_its_own_check(lichen, kept, name):
    result = lichen("alliance", "check", kept(name))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Nothing is wrong with the file." in result.stdout


WITH_FINDINGS, WITHOUT = 1, 0
ENDS = {
    "checkin trust": (WITH_FINDINGS, WITH_FINDINGS),
    "checkin due": (WITH_FINDINGS, WITH_FINDINGS),
    # Both liaisons are named in the one, and none in the other.
    "checkin culture": (WITHOUT, WITH_FINDINGS),
    "progress reduction": (WITHOUT, WITHOUT),
    "progress attainment": (WITHOUT, WITHOUT),
    "progress outcomes": (WITHOUT, WITHOUT),
    "progress satisfaction": (WITHOUT, WITHOUT),
    "progress experience": (WITHOUT, WITHOUT),
    "progress survival": (WITHOUT, WITHOUT),
    "pitfalls": (WITH_FINDINGS, WITH_FINDINGS),
    "simulate": (WITHOUT, WITHOUT),
}
"""How each ends on the two years and on the coalition, which has held no check-in yet."""


@pytest.mark.parametrize("place", range(len(FILES)), ids=FILES)
@pytest.mark.parametrize("command", ENDS)
def test_command_ends_as_its_help_says_on_the_examples(lichen, kept, command, place):
    few = ("--runs", "200") if command == "simulate" else ()
    result = lichen(*command.split(), kept(FILES[place]), "--on", "2026-03-20" if place == 0 else "2026-11-22", *few)
    lines = result.stdout.splitlines()

    assert (result.exit_code, result.stderr) == (ENDS[command][place], "")
    assert [line for line in lines if len(line) > 80 or line != line.rstrip()] == []


def test_figures_of_a_later_day_are_no_outcome_yet(lichen, tmp_path):
    path = tmp_path / "fairs.yaml"
    path.write_text(
        "lichen: alliance/1\nname: Eastfield\nprogress:\n  outcomes:\n    - what: Adults vaccinated\n"
        "      reached: {before: {value: 40, n: 400, on: 2024-01-10}, after: {value: 68, n: 410, on: 2026-01-10}}\n"
        "      compared: {before: {value: 41, n: 380, on: 2024-01-10}, after: {value: 46, n: 390, on: 2026-01-10}}\n",
        encoding="utf-8",
    )
    path.chmod(0o600)
    then, now = (lichen("progress", "outcomes", path, "--on", day) for day in ("2025-12-31", "2026-01-10"))

    assert (then.exit_code, now.exit_code) == (1, 0)
    assert "Better by 23 percentage points" in flat(now.stdout)
    assert "Better by" not in flat(then.stdout)


def test_the_schedule_follows_the_charter_that_both_signed(lichen, kept):
    """Without its day, the first check-in under the charter would count as five months late."""
    result = lichen("checkin", "due", kept("two-years.yaml"), "--on", "2024-07-01")
    assert "24 June 2024" in result.stdout
    assert re.search(r"^24 June 2024 +2  –$", result.stdout, flags=re.MULTILINE)


def test_trust_that_is_even_all_in_all_says_in_how_many_kinds_it_is_not(lichen, kept):
    result = lichen("checkin", "trust", kept("two-years.yaml"), "--on", "2026-03-20")
    heading = "Check-in of 16 March 2026: trust is even all in all, and uneven in 2 of its kinds."
    assert (result.exit_code, flat(result.stdout).startswith(heading)) == (1, True)


def test_rows_with_nothing_below_them_stand_together(lichen, kept):
    lines = lichen("checkin", "culture", kept("two-years.yaml"), "--on", "2026-03-20").stdout.splitlines()
    assert [" ".join(line.split()) for line in lines[-3:]] == [
        "Replies Half within Late",
        "St Brigid's Hospital 1 21 days 1",
        "Three Churches of Eastfield 1 9 days 0",
    ]


def test_check_counts_what_the_second_half_holds(lichen, kept):
    told = flat(lichen("alliance", "check", kept("two-years.yaml")).stdout)
    assert "Check-ins 9 check-ins" in told
    assert "Progress 16 answers on satisfaction, 3 indicators, 3 goals, 1 joint outcome" in told


def test_a_need_that_is_gone_is_told_by_its_severity(lichen, kept):
    told = flat(lichen("pitfalls", kept("two-years.yaml"), "--on", "2026-03-20").stdout)
    assert "7 check-ins in a row (warns from 2 on); severity 0, since 16 December 2024" in told
