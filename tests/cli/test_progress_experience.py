"""Experience on the command line: own figures, beside what, too few to say, and the claim as a claim."""

from __future__ import annotations

import json

import pytest

from tests.cli.several import several as several

DAY = ("--on", "2026-03-01")


def found(result) -> dict[str, dict[str, object]]:
    return {row["about"]: row for row in json.loads(result.stdout)}


def test_experience_tells_figures_claims_and_no_cause(lichen, several):
    result = lichen("progress", "experience", *several, *DAY)
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    assert (
        "14 partners over 51.8 partner-years, 1 left; 0.02 a partner-year (at 95% from 0 to 0.11; exact Poisson)."
        in told
    )
    assert "uncommon complement beside other models: 0 times the rate" in told
    assert told.count("Claimed in the article; no source found.") == 5
    assert "A difference is not a cause" in told
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_experience_of_few_says_so_and_nothing_else(lichen, several):
    told = " ".join(lichen("progress", "experience", several[0], *DAY).stdout.split())
    assert "1 request, 1 answered; too few to say." in told
    assert told.count("No comparator: says nothing about cause.") == 5
    assert "at 95%" not in told


def test_experience_knows_who_still_waits_and_who_dropped_out(lichen, several):
    every = found(lichen("progress", "experience", *several, *DAY, "-f", "json"))
    assert [(each["n"], each["events"], each["value"]) for each in every["agreement"]["figures"][:1]] == [(7, 0, None)]
    assert [(each["n"], each["events"]) for each in every["drop-out"]["figures"][:1]] == [(14, 1)]
    assert [each["group"] for each in every["replies"]["figures"]] == [
        "all",
        "uncommon complement",
        "other models",
        "with liaisons",
        "without liaisons",
    ]
    assert every["satisfaction"]["figures"][0]["value"] == 4
    assert all(each["too_few"] for each in every["replies"]["contrasts"])


@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_experience_prints_in_every_form_and_the_same_again(lichen, several, layout):
    first, again = (lichen("progress", "experience", *several, *DAY, "-f", layout).stdout for _ in range(2))
    assert first == again != ""
