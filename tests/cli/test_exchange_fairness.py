"""``lichen exchange fairness``: the lowest and the gap first, then what they rest on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit
from lichen.cli.group import DONE
from lichen.exchange.values import Ledger
from lichen.files.alliances import write_alliance
from tests.cast import churches, churches_audit, everyone, foundation, hospital, hospital_audit, youth
from tests.cli.conftest import Run
from tests.core.exchange.given import CHURCHES, HOSPITAL, YOUTH, gift, says, story

END = ("--on", "2026-03-31")
Written = Callable[..., Path]
ALL = sorted(f"{one.id.removeprefix('example-')}.yaml" for one in everyone)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write an alliance with a ledger, and say where."""

    def write(ledger: Ledger, *more: Audit) -> Path:
        partners = (hospital_audit, churches_audit, *more)
        write_alliance(Alliance("Eastfield", partners=partners, exchange=ledger), tmp_path / "alliance.yaml")
        return tmp_path / "alliance.yaml"

    return write


def told(lichen: Run, *arguments: object) -> str:
    """What the command prints, its line ends as spaces."""
    ran = lichen("exchange", "fairness", *arguments)
    assert (ran.exit_code, ran.stderr) == (DONE, "")
    return " ".join(ran.stdout.split())


def records(lichen: Run, part: str, *arguments: object) -> list[dict[str, Any]]:
    found = json.loads(lichen("exchange", "fairness", *arguments, "-f", "json").stdout)
    return [one for one in found if one["part"] == part]


def test_lowest_and_gap_come_first(lichen: Run, written: Written) -> None:
    assert told(lichen, written(story), *END).startswith(
        "Is it fair, as each sees it? Lowest: Three Churches of Eastfield, 0.75. By its own reckoning it received 75%"
        " of the worth of what it gave. Highest: St Brigid's Hospital, 3.50. The gap: 2.75. Partner Received ÷ given"
    )


def test_balance_in_json_can_be_added_up_again(lichen: Run, written: Written) -> None:
    first, second = records(lichen, "balance", written(story), *END)
    assert (first["partner"], second["partner"]) == (CHURCHES, HOSPITAL)
    for one in (first, second):
        for role, key in (("giver", "given"), ("receiver", "received")):
            assert sum(line["worth"] or 0 for line in one["worths"] if line["role"] == role) == one[key]
        assert one["ratio"] == one["received"] / one["given"]
    assert [line["by_promise"] for line in second["worths"]] == ["fair-halls", "fair-halls", None, None]


def test_few_partners_disputes_and_counts_are_told(lichen: Run, written: Written) -> None:
    text = told(lichen, written(replace(story, valuations=story.valuations[1:])), *END)
    assert "2 of 3 given and 1 of 1 received are valued" in text
    assert "With 2 partners nobody is anonymous: each view stands here with its name on it." in text
    assert "1 delivery is disputed and counts for nobody until the two have talked." in text


def test_what_is_not_known_is_told_as_such(lichen: Run, written: Written) -> None:
    gave = gift("a", CHURCHES, HOSPITAL)
    text = told(lichen, written(Ledger(events=(gave,))), *END)
    assert "Nobody knows yet: no partner has valued both what it gave and what it received." in text
    assert "? not a number: it has given nothing that counts yet" in text
    assert "? not known: it has not said what anything that it gave was worth to it" in text
    assert "Whether St Brigid's Hospital would rather have" not in text
    half = Ledger(events=(gave,), valuations=(says(CHURCHES, 3, "a"),))
    text = told(lichen, written(half), *END)
    assert "Lowest: Three Churches of Eastfield, 0.00." in text
    assert "Of the others it is not known, so there is no gap to tell." in text


def test_worthless_gifts_and_unvalued_receipts_are_told(lichen: Run, written: Written) -> None:
    events = gift("a", CHURCHES, HOSPITAL), gift("b", HOSPITAL, CHURCHES)
    said = says(CHURCHES, 0, "a"), says(HOSPITAL, 3, "b")
    text = told(lichen, written(Ledger(events=events, valuations=said)), *END)
    assert "not a number: it says that what it gave is worth nothing to it" in text
    assert "not known: it has not said what anything it received was worth to it" in text


def test_empty_ledger_has_nothing_to_weigh(lichen: Run, written: Written) -> None:
    text = told(lichen, written(Ledger()), *END)
    assert text == (
        "Is it fair, as each sees it? Nothing that counts has been delivered yet, so there is nothing to weigh."
    )


def quarterly(*worths: tuple[float, float]) -> Ledger:
    """For each quarter from 2026 on, what the churches received and gave, as they see it."""
    days = [date(2026, month, 15) for month in (2, 5, 8, 11)]
    events, said = [], []
    for place, (day, (received, gave)) in enumerate(zip(days, worths, strict=False)):
        events += [
            gift(f"r{place}", HOSPITAL, CHURCHES, on=day, kind="expertise"),
            gift(f"g{place}", CHURCHES, HOSPITAL, on=day),
        ]
        said += [says(CHURCHES, received, f"r{place}", day), says(CHURCHES, gave, f"g{place}", day)]
    return Ledger(events=tuple(events), valuations=tuple(said))


def test_quarters_that_lean_one_way_are_flagged(lichen: Run, written: Written) -> None:
    path = written(quarterly((4, 4), (1, 3), (1, 5)))
    text = told(lichen, path, "--on", "2026-09-30")
    assert "Three Churches of Eastfield ▅▄▃ lately gave more than it received (2 in a row)" in text
    assert "▲ Three Churches of Eastfield gave more than it received, as it sees it, 2 quarters in a row." in text
    assert "· expertise: mostly from St Brigid's Hospital to Three Churches of Eastfield, 3 quarters in a row." in text
    assert "A mark for each quarter from Q1 2026 to Q3 2026" in text
    assert "as it sees it" not in told(lichen, path, "--on", "2026-09-30", "--quarters", "3").partition("Worth a")[2]


def test_course_in_json_has_every_quarter(lichen: Run, written: Written) -> None:
    found = records(lichen, "course", written(quarterly((4, 4), (1, 3))), "--on", "2026-08-01")
    [churches_course] = [one for one in found if one["partner"] == CHURCHES]
    assert [(one["quarter"], one["received"], one["given_so_far"]) for one in churches_course["quarters"]] == [
        ("Q1 2026", 4.0, 4.0),
        ("Q2 2026", 1.0, 7.0),
        ("Q3 2026", 0.0, 7.0),
    ]
    assert churches_course["counted_by"] == "worth"


def test_giving_without_any_return_is_flagged_for_the_pair(lichen: Run, written: Written) -> None:
    ledger = Ledger(events=tuple(gift(f"e{month}", CHURCHES, HOSPITAL, on=date(2026, month, 3)) for month in (1, 4)))
    text = told(lichen, written(ledger), "--on", "2026-06-30")
    assert (
        "Three Churches of Eastfield gave to St Brigid's Hospital and nothing came back, 2 quarters in a row." in text
    )


def test_dependence_without_others_is_not_made_up(lichen: Run, written: Written) -> None:
    text = told(lichen, written(story), *END)
    assert "St Brigid's Hospital and Three Churches of Eastfield: who has more power is not known" in text
    assert "Who could do it instead is not known." in text
    assert "To see who could be replaced, give the files of others: --among FILE …" in text
    [one] = records(lichen, "dependence", written(story), *END)
    assert (one["total"], one["imbalance"], one["one"]["dependence"]) == (None, None, None)


def test_dependence_with_others_says_who_has_more_power(lichen: Run, written: Written) -> None:
    path = written(story)
    text = told(lichen, path, *END, "--among", *ALL)
    [one] = records(lichen, "dependence", path, *END, "--among", *ALL)
    assert one["imbalance"] == one["one"]["dependence"] - one["other"]["dependence"]
    assert f"the other way round, by {abs(one['imbalance']):.2f}" in text
    assert "Of 8 others, 0 could do as much for what is hardest to replace: dependence" in text


def test_dependence_names_what_is_given_and_never_what_is_lacked(lichen: Run, written: Written) -> None:
    near = Ledger(events=(gift("e", CHURCHES, HOSPITAL, code="trust.community"),))
    path = written(near)
    for form in ("table", "json", "csv", "md"):
        out = lichen("exchange", "fairness", path, *END, "-f", form).stdout
        assert "trust.underserved" not in out
        assert "underserved communities" not in out
        assert [gap.words for gap in hospital.vulnerabilities + churches.vulnerabilities if gap.words in out] == []
    assert "through local community trust" in told(lichen, path, *END)


def test_gifts_without_a_capability_are_counted(lichen: Run, written: Written) -> None:
    text = told(lichen, written(Ledger(events=(gift("a", CHURCHES, HOSPITAL),))), *END)
    assert "1 delivery or promise of Three Churches of Eastfield names no capability" in text


def test_envy_is_told_with_its_figures(lichen: Run, written: Written) -> None:
    text = told(lichen, written(story), *END)
    assert (
        "▲ Three Churches of Eastfield would rather have what St Brigid's Hospital received: worth 8 to it, its own 6."
        in text
    )
    assert "✓ St Brigid's Hospital would keep its own: worth 70 to it" in text
    assert "With two partners, what the other received is what one gave itself." in text


def test_envy_that_nobody_can_know_says_what_would_have_to_be_valued(lichen: Run, written: Written) -> None:
    events = gift("c", HOSPITAL, CHURCHES), gift("y", HOSPITAL, YOUTH, kind="data", unit="reports")
    path = written(Ledger(events=events, valuations=(says(CHURCHES, 6, "c"),)), Audit(youth))
    text = told(lichen, path, *END)
    assert (
        "? Whether Three Churches of Eastfield would rather have what Bright Start Learning received is not known: it"
        " has not valued data (reports)." in text
    )
    assert "Bright Start Learning received: worth" not in text


def test_many_comparisons_are_counted_and_only_envy_is_listed(lichen: Run, written: Written) -> None:
    events = gift("c", HOSPITAL, CHURCHES, 1), gift("y", HOSPITAL, YOUTH, 3), gift("f", HOSPITAL, foundation.id, 2)
    said = says(CHURCHES, 6, "c"), says(YOUTH, 5, "y"), says(foundation.id, 5, "f")
    path = written(Ledger(events=events, valuations=said), Audit(youth), Audit(foundation))
    text = told(lichen, path, *END)
    assert text.count("would rather have what") == 3 == text.count("▲")
    assert "Of 12 comparisons, 6 end with keeping one's own; 3 are open: not enough is valued." in text


def test_nothing_printed_is_wider_than_the_screen(lichen: Run, written: Written) -> None:
    ran = lichen("exchange", "fairness", written(story), *END, "--among", *ALL)
    assert max(map(len, ran.stdout.splitlines())) <= 80


def test_worked_file_of_the_hospital_is_read(lichen: Run) -> None:
    ran = lichen("exchange", "fairness", "alliances/alliance.yaml", "--on", "2026-11-22")
    text = " ".join(ran.stdout.split())  # a note may say that others may read what was checked out
    assert "Lowest: Three Churches of Eastfield, 0.79." in text


@pytest.mark.parametrize("what", [("exchange", "fairness"), ("exchange", "ledger"), ("charter", "votes")])
def test_day_too_far_ahead_is_refused(lichen: Run, written: Written, what: tuple[str, str]) -> None:
    ran = lichen(*what, written(Ledger()), "--on", "9999-12-31")
    assert ran.exit_code == 2
    assert "the day is too far ahead" in " ".join(ran.stderr.split())
