"""``lichen exchange ledger``: what needs mending first, then every promise, claim and gift."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lichen.alliance.values import Alliance
from lichen.cli.group import DONE, FINDINGS, UNUSABLE
from lichen.exchange.ledger.actions import correct_delivery
from lichen.exchange.values import Intent, Ledger
from lichen.files.alliances import write_alliance
from tests.cast import churches_audit, hospital_audit
from tests.cli.conftest import Run
from tests.core.exchange.given import (
    CHURCHES,
    HOSPITAL,
    delivery,
    gift,
    march,
    promise,
    spare_halls,
    story,
    wanted_interpreters,
)

END_OF_MARCH = ("--on", "2026-03-31")
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write the hospital and the churches with a ledger, and say where."""

    def write(ledger: Ledger, name: str = "alliance.yaml") -> Path:
        alliance = Alliance("Eastfield", "GBP", partners=(hospital_audit, churches_audit), exchange=ledger)
        write_alliance(alliance, tmp_path / name)
        return tmp_path / name

    return write


def told(lichen: Run, *arguments: object, status: int = DONE) -> str:
    """What the command prints, its line ends as spaces."""
    ran = lichen("exchange", "ledger", *arguments)
    assert (ran.exit_code, ran.stderr) == (status, "")
    return " ".join(ran.stdout.split())


def records(lichen: Run, *arguments: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(lichen("exchange", "ledger", *arguments, "-f", "json").stdout)
    return found


def test_ledger_of_the_file_is_the_ledger_that_was_written(lichen: Run, written: Written) -> None:
    found = records(lichen, written(story), *END_OF_MARCH)
    assert [(one["part"], one["id"], one["state"]) for one in found] == [
        ("claim", "thanks", "late"),
        ("gift", "letter", "unanswered"),
        ("promise", "fair-halls", "open"),
        ("promise", "screening", "disputed"),
        ("intent", "interpreters", "request"),
    ]


def test_amounts_in_json_add_up(lichen: Run, written: Written) -> None:
    [screening] = [one for one in records(lichen, written(story), *END_OF_MARCH) if one["id"] == "screening"]
    assert {key: screening[key] for key in ("promised", "delivered", "accepted", "disputed", "owed", "unit")} == {
        "promised": 12.0,
        "delivered": 6.0,
        "accepted": 6.0,
        "disputed": 6.0,
        "owed": 6.0,
        "unit": "hours",
    }
    assert screening["events"] == ["team-1", "team-2"]


def test_what_needs_mending_comes_first_and_ends_with_one(lichen: Run, written: Written) -> None:
    text = told(lichen, written(story), *END_OF_MARCH, status=FINDINGS)
    assert text.startswith(
        "Late or disputed ▲ 3 days late: the churches named in the report, 1. St Brigid's Hospital owes it to Three"
        " Churches of Eastfield. Deliver it, or agree to give it up. ? Disputed: a screening team. Three Churches of"
        " Eastfield says that it was not as promised. Talk, then accept it or correct it. On 31 March 2026, 0 of 3"
        " promises and claims are delivered."
    )


def test_all_is_well_where_nothing_is_late(lichen: Run, written: Written) -> None:
    done = Ledger(commitments=(promise("halls"),), events=(delivery("e", "halls"),))
    text = told(lichen, written(done), *END_OF_MARCH)
    assert text.startswith("Nothing is late, disputed or promised twice. On 31 March 2026, 1 of 1 promise or claim")
    assert (
        "delivered space 3 of 3 halls 31 March 2026 from Three Churches of Eastfield 3 halls not accepted yet" in text
    )


def test_facts_beside_the_figures_are_told(lichen: Run, written: Written) -> None:
    halls = promise("halls", due_on=march(8))
    events = delivery("a", "halls", 2), delivery("b", "halls", 2), delivery("c", "halls", 1)
    ledger = correct_delivery(Ledger(commitments=(halls,), events=events), "a", id="undone", on=march(11))
    text = told(lichen, written(ledger), *END_OF_MARCH)
    assert "2 halls recorded and corrected since 2 days late" in text
    text = told(lichen, written(replace(ledger, events=events)), *END_OF_MARCH)
    assert "over-delivered space 5 of 3 halls" in text
    assert "2 halls beyond the promise" in text


def test_gifts_claims_and_what_is_only_wished_are_told(lichen: Run, written: Written) -> None:
    ledger = replace(story, intents=(*story.intents, replace(spare_halls, id="more", starts_on=march(1))))
    text = told(lichen, written(ledger), *END_OF_MARCH, status=FINDINGS)
    assert "1 letters from Three Churches of Eastfield on 20 March 2026, as a gift" in text
    assert "from St Brigid's Hospital, asked in return 3 days late" in text
    assert text.endswith(
        "Offered or asked for, and not promised yet St Brigid's Hospital asks for interpreters at the fairs Three"
        " Churches of Eastfield offers church halls on weekdays: 4 halls a month"
    )


def test_newest_stands_first(lichen: Run, written: Written) -> None:
    ledger = Ledger(
        commitments=(promise("old"), promise("new", promised_on=march(5)), promise("mid", promised_on=march(3)))
    )
    found = records(lichen, written(ledger), *END_OF_MARCH)
    assert [one["id"] for one in found] == ["new", "mid", "old"]


def test_day_decides_what_is_known(lichen: Run, written: Written) -> None:
    path = written(story)
    assert [one["id"] for one in records(lichen, path, "--on", "2026-02-01")] == ["halls", "interpreters"]
    [halls] = [one for one in records(lichen, path, "--on", "2026-03-10") if one["id"] == "fair-halls"]
    assert halls["delivered"] == 1.0


def test_same_halls_promised_in_two_alliances_are_found(lichen: Run, written: Written) -> None:
    here = written(replace(story, claims=(), events=story.events[:3], valuations=()))
    there = written(Ledger(commitments=(promise("choir", code="assets.venue", amount=2),)), "choir.yaml")
    assert told(lichen, here, *END_OF_MARCH).startswith("Nothing is late")
    text = told(lichen, here, *END_OF_MARCH, "--with", there, status=FINDINGS)
    assert text.startswith(
        "Promised twice ■ Three Churches of Eastfield promised 5 halls (community venue) from 1 March 2026 to 31 March"
        " 2026, and said it can spare 4 in that time. The promises: choir in "
    )
    [twice] = [one for one in records(lichen, here, "--with", there, *END_OF_MARCH) if one["part"] == "overpromise"]
    assert (twice["promised"], twice["capacity"], twice["promises"]) == (
        5.0,
        4.0,
        [f"{there}: choir", f"{here}: fair-halls"],
    )


def test_thing_without_a_code_is_told_by_its_kind(lichen: Run, written: Written) -> None:
    spare = Intent("hours", CHURCHES, "staff_time", amount=1, unit="hours")
    over = Ledger((spare,), (promise("rota", kind="staff_time", unit="hours"),))
    assert "promised 3 hours (staff time) from" in told(lichen, written(over), *END_OF_MARCH, status=FINDINGS)


def test_empty_ledger_says_what_to_do_next(lichen: Run, written: Written) -> None:
    text = told(lichen, written(Ledger()))
    assert text == "Nothing is promised yet. See who could give what: lichen exchange plan"


def test_csv_has_a_row_for_each_record(lichen: Run, written: Written) -> None:
    ran = lichen("exchange", "ledger", written(story), *END_OF_MARCH, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.stdout)))
    assert [(row["part"], row["id"], row["owed"]) for row in rows[2:4]] == [
        ("promise", "fair-halls", "1.0"),
        ("promise", "screening", "6.0"),
    ]


def test_no_line_is_wider_than_the_screen(lichen: Run, written: Written) -> None:
    ran = lichen("exchange", "ledger", written(story), *END_OF_MARCH)
    assert max(map(len, ran.stdout.splitlines())) <= 80


def test_problems_of_the_ledger_are_told_with_their_places(lichen: Run, written: Written) -> None:
    ran = lichen("exchange", "ledger", written(Ledger(intents=(wanted_interpreters,))))
    assert ran.exit_code == DONE
    path = written(Ledger())
    path.write_text(
        path.read_text(encoding="utf-8")
        + "exchange:\n  events:\n  - {id: e, happened_on: 2026-03-01, fulfils: nothing}\n",
        encoding="utf-8",
    )
    ran = lichen("exchange", "ledger", path)
    assert ran.exit_code == UNUSABLE
    assert "exchange, events, item 1, fulfils: no promise has this id" in ran.stderr


def test_what_a_partner_lacks_is_not_told(lichen: Run, written: Written) -> None:
    ran = lichen("exchange", "ledger", written(story), *END_OF_MARCH)
    gaps = [gap for audit in (hospital_audit, churches_audit) for gap in audit.organisation.vulnerabilities]
    assert [gap.code for gap in gaps if gap.words in ran.stdout] == []


def test_words_over_several_lines_are_told_in_one(lichen: Run, written: Written) -> None:
    cake = replace(gift("g", HOSPITAL, CHURCHES), what="tea\nand   cake")
    ran = lichen("exchange", "ledger", written(Ledger(events=(cake,))), *END_OF_MARCH)
    assert "tea and cake" in ran.stdout
