"""``lichen progress reduction``: every need, the ones that got worse, what is new, and what one partner may read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.brief.phrases import label
from lichen.files.alliances import write_alliance
from lichen.progress.values import Progress
from tests.core.progress.measured import AUTUMN, FORMED, LANGUAGES, TRUST, C, H, alliance

DAY = ("--on", "2026-11-22")
LAYOUTS = pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])


@pytest.fixture
def kept(tmp_path):
    def write(made: Alliance = alliance) -> Path:
        write_alliance(made, tmp_path / "alliance.yaml")
        return tmp_path / "alliance.yaml"

    return write


def rows(result, part: str) -> list[dict[str, object]]:
    return [row for row in json.loads(result.stdout) if row["part"] == part]


def flat(result) -> str:
    return " ".join(result.stdout.split())


def test_every_need_is_drawn_and_one_that_got_worse_is_marked(lichen, kept):
    result = lichen("progress", "reduction", kept(), *DAY)

    assert result.exit_code == 0
    assert "Trust in underserved communities ■■■■■ → ■■■·· 40% less severe" in flat(result)
    assert "Staff and volunteer wellbeing ■■■■· → ■■■■■ ▲ 25% more severe" in flat(result)
    assert "New since 20 August 2026, and not in the figure: logistics and transport, now 3 of 5." in flat(result)
    assert "A percentage of self-rated severity: what the partners say of themselves" in flat(result)
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_the_figures_by_hand(lichen, kept):
    """The needs add up to the index, and both partners to the whole."""
    result = lichen("progress", "reduction", kept(), *DAY, "--format", "json")
    index = {row["owner"]: row["index"] for row in rows(result, "index")}
    points = [row["points"] for row in rows(result, "need") if row["owner"] == H]

    assert index[H] == pytest.approx(sum(points))
    assert index[C] == pytest.approx(
        100
        * sum(row["weight"] * (row["before"] - row["now"]) for row in rows(result, "need") if row["owner"] == C)
        / sum(row["weight"] * row["before"] for row in rows(result, "need") if row["owner"] == C)
    )
    assert min(index[H], index[C]) < index[""] < max(index[H], index[C])
    assert [row["on"] for row in rows(result, "wave") if row["owner"] == H] == [
        "2026-05-20",
        "2026-08-20",
        "2026-11-15",
    ]
    assert [row["answered"] for row in rows(result, "wave") if row["owner"] == H] == [True, False, True]


def test_what_was_measured_is_compared_and_never_mixed_in(lichen, kept):
    result = lichen("progress", "reduction", kept(), *DAY)
    without = replace(alliance, progress=Progress())

    assert "20% of 100 on 14 September 2025; 40% of 100 on 15 November 2026;" in flat(result)
    assert "the change lies between +7 and +32 points." in flat(result)
    assert "less severe; the measure got better. Both moved the same way." in flat(result)
    assert "less severe; the measure got worse. Ask what it sees that was not measured" in flat(result)
    for made in (alliance, without):
        found = lichen("progress", "reduction", kept(made), *DAY, "--format", "json")
        assert rows(found, "index") == rows(lichen("progress", "reduction", kept(), *DAY, "--format", "json"), "index")


def test_before_the_first_check_in_there_is_no_figure(lichen, kept):
    result = lichen("progress", "reduction", kept(), "--on", FORMED.isoformat())

    assert result.exit_code == 0
    assert "not rated again since its audit" in flat(result)
    assert "Hold a check-in" in flat(result)
    assert "%" not in flat(result).split("What was measured")[0]


def test_an_alliance_without_audits_is_told_where_to_begin(lichen, kept):
    result = lichen("progress", "reduction", kept(Alliance("Eastfield")), *DAY)

    assert "No partner has rated its needs yet." in flat(result)


@LAYOUTS
def test_a_partners_copy_holds_of_the_others_only_what_they_opened_to_it(lichen, kept, layout: str):
    result = lichen("progress", "reduction", kept(), "--for", C, *DAY, "--format", layout)
    hidden = [gap.code for gap in alliance.partners[0].organisation.vulnerabilities if gap.code != LANGUAGES]

    assert result.exit_code == 0
    assert label(LANGUAGES) in result.stdout or LANGUAGES in result.stdout
    for code in hidden:
        assert code not in result.stdout
        assert label(code).casefold() not in result.stdout.casefold()
    assert "Neighbours" not in result.stdout


def test_a_partners_copy_bears_no_figure_over_the_others_needs(lichen, kept):
    result = lichen("progress", "reduction", kept(), "--for", C, *DAY, "--format", "json")
    [languages] = [row for row in rows(result, "need") if row["owner"] == H]

    assert {row["owner"] for row in rows(result, "index")} == {C}
    assert {row["owner"] for row in rows(result, "wave")} == {C}
    assert {"weight", "points"} & languages.keys() == set()


def test_what_the_others_rate_in_secret_changes_nothing_in_a_partners_copy(lichen, kept):
    secret = [replace(each, needs=tuple(one for one in each.needs if one.owner != H)) for each in alliance.checkins]
    asked = ("--for", C, *DAY, "--format", "json")

    before = lichen("progress", "reduction", kept(), *asked).stdout

    assert lichen("progress", "reduction", kept(replace(alliance, checkins=tuple(secret))), *asked).stdout == before


def test_each_copy_says_of_how_many_needs_it_is(lichen, kept):
    whole, own = (lichen("progress", "reduction", kept(), *DAY, *asked) for asked in ((), ("--for", C)))

    assert "needs: 11, partners: 2." in flat(whole)
    assert "needs: 5, partners: 1. Of the others only what they opened to you in words is here." in flat(own)


def test_a_stranger_has_no_copy(lichen, kept):
    result = lichen("progress", "reduction", kept(), "--for", "nobody", *DAY)

    assert result.exit_code == 2
    assert "no partner of the alliance has this id" in result.stderr


def test_it_is_drawn_with_every_need_and_told_aloud(lichen, kept, tmp_path):
    picture = tmp_path / "needs.svg"
    result = lichen("progress", "reduction", kept(), *DAY, "--svg", picture)
    text = picture.read_text(encoding="utf-8")

    assert result.exit_code == 0
    assert text.count("url(#marked)") == 1
    assert "Trust in underserved communities: 5 → 3: 40% less severe." in text
    assert lichen("progress", "reduction", kept(), *DAY, "--svg", picture).exit_code == 2
    assert lichen("progress", "reduction", kept(), *DAY, "--svg", tmp_path / "needs.png").exit_code == 2


def test_a_partners_picture_holds_no_more_than_its_copy(lichen, kept, tmp_path):
    lichen("progress", "reduction", kept(), *DAY, "--for", C, "--svg", tmp_path / "needs.svg")
    text = (tmp_path / "needs.svg").read_text(encoding="utf-8")

    assert label(LANGUAGES) in text
    assert label(TRUST) not in text
    assert str(AUTUMN) not in text
