"""The check-in on the command line: what is due comes first, nothing sealed is printed, the exit status says it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lichen.checkin.values import CheckIn, NeedNow
from lichen.files.alliances import write_alliance
from tests.core.checkin.quarters import C, H, alliance, december, first, march, quarters, rating

LAYOUTS = pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
LATER = ("--on", "2027-07-10")


@pytest.fixture
def kept(tmp_path):
    """Write the alliance with these check-ins, and say where."""

    def write(*checkins: CheckIn, **more: object) -> Path:
        path = tmp_path / "alliance.yaml"
        write_alliance(replace(alliance, checkins=checkins, **more), path)
        return path

    return write


def flat(result) -> str:
    return " ".join(result.stdout.split())


def rows(result, part: str) -> list[dict[str, object]]:
    return [row for row in json.loads(result.stdout) if row["part"] == part]


def test_trust_answers_first_and_then_says_what_to_ask(lichen, kept):
    result = lichen("checkin", "trust", kept(first), *LATER)

    assert result.exit_code == 1
    assert flat(result).startswith(
        "Check-in of 21 September 2026: trust is uneven between one pair of partners. "
        "St Brigid's Hospital 8 ████████ │████ 4 Three Churches of Eastfield uneven"
    )
    assert "Ask Three Churches of Eastfield: what would St Brigid's Hospital have to do" in flat(result)


def test_trust_that_is_even_and_high_ends_well(lichen, kept):
    calm = replace(first, trust=(rating(H, C, 8, "5555555"), rating(C, H, 7, "5555555")))

    assert lichen("checkin", "trust", kept(calm), *LATER).exit_code == 0


@pytest.mark.parametrize("command", ["trust", "due", "culture"])
@LAYOUTS
def test_nothing_sealed_is_printed(lichen, kept, command, layout):
    """The ratings and the sliders of a check-in that nobody has laid open; the numbers stand nowhere else."""
    bare = replace(alliance.charter, requests=())
    sealed = [replace(first, revealed_on=None), replace(first, trust=first.trust[:1], culture=())]
    outputs = [
        lichen("checkin", command, kept(each, charter=bare, pilots=()), *LATER, "--format", layout).stdout
        for each in sealed
    ]

    assert not any(figure in output for output in outputs for figure in ("████", '"mean": 8', "uneven\n", "─A"))


@LAYOUTS
def test_no_person_is_named_where_answers_are_without_names(lichen, kept, layout):
    output = lichen("checkin", "trust", kept(*quarters), "--wave", "2027-04-02", *LATER, "--format", layout).stdout

    assert not any(each.person in output for each in (*december.trust, *march.trust))
    assert "7.33" not in output  # the mean with the sixth answer


def test_every_answer_stands_under_its_name_where_that_was_announced(lichen, kept):
    two = replace(first, trust=(rating(H, C, 8, person="Ann"), rating(H, C, 6, person="Ben"), rating(C, H, 7)))
    result = lichen("checkin", "trust", kept(two), *LATER, "--format", "json")

    assert [(row["person"], row["answer"]) for row in rows(result, "answer")] == [("Ann", 8), ("Ben", 6)]
    assert [row["forth"] for row in rows(result, "gap")] == [7]


def test_why_a_figure_is_not_shown_is_said(lichen, kept):
    few = replace(december, trust=december.trust[1:])
    result = lichen("checkin", "trust", kept(first, few), *LATER)

    assert "St Brigid's Hospital about Three Churches of Eastfield: Fewer than 5 answered, and without" in flat(result)


def test_an_audit_that_nobody_announced_is_told_what_to_do(lichen, kept):
    result = lichen("checkin", "trust", kept(replace(first, announced_on=None)), *LATER)

    assert result.exit_code == 1
    assert "nobody was told that names are shown, so these stay closed" in flat(result)


def test_between_three_partners_the_network_is_shown(lichen, kept):
    third = replace(alliance.partners[0], organisation=replace(alliance.partners[0].organisation, id="third", name="T"))
    pairs = [(one, other) for one in (H, C, "third") for other in (H, C, "third") if one != other]
    audit = replace(first, trust=tuple(rating(by, about, 8, "4444444") for by, about in pairs))
    result = lichen("checkin", "trust", kept(audit, partners=(*alliance.partners, third)), *LATER, "--format", "json")

    assert {row["figure"]: row["value"] for row in rows(result, "network")} == {
        "mean": 8,
        "of_top": 0.8,
        "of_scale": pytest.approx(7 / 9),
        "density": 1,
        "centralisation": 0,
    }
    assert {row["share"] for row in rows(result, "reciprocity")} == {1}
    assert result.exit_code == 0


def test_a_picture_and_forms_are_written_once(lichen, kept, tmp_path):
    file, picture, form = kept(first), tmp_path / "trust.svg", tmp_path / "form.md"

    assert lichen("checkin", "trust", file, *LATER, "--svg", picture).exit_code == 1
    assert lichen("checkin", "trust", file, "--blank", form, "--named").exit_code == 0
    assert picture.read_text().count("<rect") == 3
    assert form.read_text().count("Your answers will be shown under your name") == 2
    assert lichen("checkin", "trust", file, "--blank", form).exit_code == 2
    assert lichen("checkin", "trust", file, "--svg", tmp_path / "trust.png").exit_code == 2


def test_a_day_without_a_check_in_is_refused(lichen, kept):
    assert lichen("checkin", "trust", kept(first), "--wave", "2026-09-22").exit_code == 2


def test_due_says_by_how_many_days(lichen, kept):
    result = lichen("checkin", "due", kept(*quarters), *LATER)

    assert result.exit_code == 1
    assert flat(result).startswith(
        "A check-in is overdue: it was due on 2 July 2027, 8 days ago. "
        "Did not answer the last one: Three Churches of Eastfield. Has this been outgrown?"
    )


@pytest.mark.parametrize(("on", "status"), [("2026-12-21", 0), ("2026-12-22", 1)])
def test_due_ends_well_while_there_is_time(lichen, kept, on, status):
    assert lichen("checkin", "due", kept(first), "--on", on).exit_code == status


def test_due_says_what_changed_since_the_last_and_since_the_audit(lichen, kept):
    changes = rows(lichen("checkin", "due", kept(*quarters), *LATER, "--format", "json"), "change")

    assert [(row["since"], row["code"], row["move"]) for row in changes] == [
        ("2026-12-21", "ops.logistics", "new"),
        ("2026-12-21", "people.volunteers", "gone"),
        ("audit", "funding.fundraising", "down"),
        ("audit", "ops.logistics", "new"),
        ("audit", "people.languages", "down"),
        ("audit", "people.volunteers", "gone"),
    ]


@LAYOUTS
def test_a_partner_reads_only_its_own_needs(lichen, kept, layout):
    told = (*quarters, CheckIn(date(2027, 7, 2), answered_by=(H, C), needs=(NeedNow(H, "people.languages", 0),)))
    output = lichen("checkin", "due", kept(*told), *LATER, "--for", C, "--format", layout).stdout

    assert not any(word in output for word in ("languages", "Languages", "logistics", "Logistics", "olunteer"))
    assert "undraising" in output


def test_due_is_refused_for_a_stranger(lichen, kept):
    assert lichen("checkin", "due", kept(first), "--for", "stranger").exit_code == 2


def test_an_alliance_without_a_check_in_is_told_to_begin(lichen, kept):
    for command in ("trust", "due"):
        result = lichen("checkin", command, kept(), *LATER)
        assert result.exit_code == 1
        assert "It has not been held. Before the pilot, have each partner rate the others" in flat(result)


def test_culture_names_who_is_missing_and_who_is_slow(lichen, kept):
    result = lichen("checkin", "culture", kept(first), "--on", "2027-04-10")

    assert result.exit_code == 1
    assert flat(result).startswith("One pair works very differently. pace slow and thorough ─────A")
    assert "St Brigid's Hospital ▲ nobody yet" in flat(result)
    assert "▲ 1 overdue, the oldest open for 40 days ▲ 6 times as long as the quickest" in flat(result)


def test_culture_as_json_has_every_figure(lichen, kept):
    result = lichen("checkin", "culture", kept(first), "--on", "2027-04-10", "--format", "json")

    assert [row["distance"] for row in rows(result, "distance")] == [57.5]
    assert [(row["partner"], row["liaisons"]) for row in rows(result, "liaison")] == [(H, []), (C, ["Ama Mensah"])]
    assert [row["median_days"] for row in rows(result, "replies")] == [12, 2]


@pytest.mark.parametrize("command", ["trust", "due", "culture"])
def test_no_line_is_wider_than_the_screen(lichen, kept, command):
    output = lichen("checkin", command, kept(*quarters), *LATER).stdout

    assert max(map(len, output.splitlines())) <= 80
