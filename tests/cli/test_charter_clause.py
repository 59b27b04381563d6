"""``lichen charter clause``: what waits first, then what changed, then each request with its deadlines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit
from lichen.charter.agreement.terms import Version
from lichen.charter.clause.values import Capacity, Clause, ClauseTerms, Ground, Happening, MinimumDuty, Renegotiation
from lichen.charter.values import Charter
from lichen.cli.group import DONE, FINDINGS, UNUSABLE
from lichen.files.alliances import write_alliance
from tests.cast import churches, churches_audit, hospital, hospital_audit
from tests.cli.conftest import Run

HALLS = "halls on weekdays"
CLAUSE = Clause(
    ClauseTerms(
        events=("a grant is not renewed",),
        mediator="the mediation centre",
        minimum_duties=(MinimumDuty(hospital.id, "one team"), MinimumDuty(churches.id, "one hall")),
    ),
    capacities=(
        Capacity(churches.id, HALLS, 3, date(2026, 9, 1)),
        Capacity(churches.id, HALLS, 2, date(2026, 10, 20)),
    ),
    happenings=(Happening(hospital.id, "a grant is not renewed", date(2026, 10, 30)),),
    renegotiations=(
        Renegotiation(churches.id, Ground.CAPACITY_DOWN, date(2026, 11, 1), what=HALLS, wanted="two fairs a year"),
    ),
)


@pytest.fixture
def alliance(tmp_path: Path) -> Any:
    """Write an alliance's file with a clause, and say where it is."""

    def write(
        name: str = "alliance",
        clause: Clause = CLAUSE,
        partners: tuple[Audit, ...] = (hospital_audit, churches_audit),
        **charter: Any,
    ) -> str:
        path = tmp_path / f"{name}.yaml"
        write_alliance(Alliance("Eastfield", partners=partners, charter=Charter(clause=clause, **charter)), path)
        return str(path)

    return write


def plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def test_clause_says_what_waits_what_changed_and_what_is_due(lichen: Run, alliance: Any):
    result = lichen("charter", "clause", alliance(), "--on", "2026-11-22")
    assert result.exit_code == FINDINGS
    assert plain(result.stdout) == (
        """\
1 change lets a partner ask for other terms, and it has not asked. 1 request is
under way.

What has changed

Partner                    Change                     Request
St Brigid's Hospital       a grant is not renewed,    none yet; it may ask, in
                           on 30 October 2026.        writing
Three Churches of          halls on weekdays: down    asked on 1 November 2026
Eastfield                  by 33%, from 3 to 2.

Who asks writes it into the file: charter, clause, renegotiations. Changed needs
are not seen without the file as it was: --before FILE.

Requests for other terms

Three Churches of Eastfield asked on 1 November 2026: it has less to give (halls
on weekdays). Talks: 23 days left.
    – It wants: two fairs a year
    ■ Notice until 15 November 2026
    ▶ Talks until 15 December 2026: 23 days left
    · Mediation until 14 January 2027
    · Orderly exit until 15 March 2027
    – Until it is settled, each keeps up at least this:
    – St Brigid's Hospital: one team
    – Three Churches of Eastfield: one hall
    → If the talks bring nothing: mediation from 16 December 2026 to 14 January
      2027, by the mediation centre.
    – To ask in good faith costs nothing, at no step."""
    )


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2026-11-15", "Notice: today is the last day."),
        ("2026-11-16", "Talks: 29 days left."),
        ("2026-12-16", "Mediation: 29 days left."),
        ("2027-03-14", "Orderly exit: 1 day left."),
        ("2027-03-16", "It has left."),
    ],
)
def test_request_moves_on_with_the_day(lichen: Run, alliance: Any, on: str, sentence: str):
    told = json.loads(lichen("charter", "clause", alliance(), "--on", on, "-f", "json").stdout)
    assert told[-1]["sentence"].endswith(sentence)


def test_next_step_is_told_in_every_phase(lichen: Run, alliance: Any):
    path = alliance()
    days = ("2026-11-02", "2026-11-22", "2026-12-22", "2027-02-01", "2027-04-01")
    told = [json.loads(lichen("charter", "clause", path, "--on", day, "-f", "json").stdout)[-1]["next"] for day in days]
    assert told == [
        "The talks begin on 16 November 2026, and may take until 15 December 2026.",
        "If the talks bring nothing: mediation from 16 December 2026 to 14 January 2027, by the mediation centre.",
        "If mediation brings nothing: Three Churches of Eastfield leaves in good order, from 15 January 2027 to 15"
        " March 2027.",
        "After that Three Churches of Eastfield has left. Nobody is punished, and confidences are kept.",
        "",
    ]


def test_settled_request_says_what_was_agreed_and_waits_no_more(lichen: Run, alliance: Any):
    settled = replace(CLAUSE.renegotiations[0], settled_on=date(2026, 11, 20), settlement="two fairs in 2027")
    path = alliance(clause=replace(CLAUSE, happenings=(), renegotiations=(settled,)))
    result = lichen("charter", "clause", path, "--on", "2026-11-22")
    assert result.exit_code == DONE
    assert result.stdout.startswith("Nothing under the clause waits for you.")
    assert "They agreed: two fairs in 2027" in result.stdout


def test_changed_need_is_seen_against_the_earlier_file_and_never_named(lichen: Run, alliance: Any):
    gaps = tuple(
        replace(gap, severity=5) if gap.code == "service.clinical_delivery" else gap
        for gap in churches.vulnerabilities
        if gap.code != "funding.fundraising"
    )
    now = replace(churches_audit, organisation=replace(churches, vulnerabilities=gaps))
    paths = alliance("now", partners=(hospital_audit, now)), alliance("then")
    for form in ("table", "json", "csv", "md"):
        told = lichen("charter", "clause", paths[0], "--before", paths[1], "--on", "2026-11-22", "-f", form).stdout
        assert " ".join(told.split()).count("A need that it had declared has gone") == (1 if form != "table" else 0)
        everything = [gap for one in (hospital, churches) for gap in one.vulnerabilities]
        assert [gap.code for gap in everything if gap.code in told or gap.words in told] == []
    records = json.loads(lichen("charter", "clause", paths[0], "--before", paths[1], "-f", "json").stdout)
    needs = [(each["ground"], each["before"], each["after"]) for each in records if each["ground"].startswith("need")]
    assert needs == [("need worse", None, None), ("need eased", None, None)]


def test_request_that_the_figures_do_not_bear_out_is_told_so(lichen: Run, alliance: Any):
    small = (Capacity(churches.id, HALLS, 8, date(2026, 9, 1)), Capacity(churches.id, HALLS, 7, date(2026, 10, 20)))
    for capacities, sentence in (
        (small, "The figures do not bear this out: from 8 to 7 is −12.5%, and it takes 20% less."),
        (small[:1], "The figures do not bear this out: the file tells no change of it, in the same words each time."),
    ):
        path = alliance(clause=replace(CLAUSE, capacities=capacities))
        told = json.loads(lichen("charter", "clause", path, "--on", "2026-11-22", "-f", "json").stdout)
        assert told[-1]["unborne"] == [sentence]
        assert sentence in " ".join(lichen("charter", "clause", path, "--on", "2026-11-22").stdout.split())
    assert json.loads(lichen("charter", "clause", alliance(), "-f", "json").stdout)[-1]["unborne"] == []


def test_capacity_stated_once_beside_another_is_told_to_keep_to_its_words(lichen: Run, alliance: Any):
    renamed = (CLAUSE.capacities[0], replace(CLAUSE.capacities[1], what="weekday halls"))
    path = alliance(clause=replace(CLAUSE, capacities=renamed, renegotiations=(), happenings=()))
    told = " ".join(lichen("charter", "clause", path, "--on", "2026-11-22").stdout.split())
    for what in (HALLS, "weekday halls"):
        once = f"{what}: this series has one entry only: the words must be the same each time."
        assert f"Three Churches of Eastfield, {once}" in told


def test_changes_count_from_the_last_version_of_the_charter_on(lichen: Run, alliance: Any):
    path = alliance(clause=replace(CLAUSE, renegotiations=()), versions=(Version("a" * 64, date(2026, 11, 1)),))
    assert lichen("charter", "clause", path, "--on", "2026-11-22").exit_code == DONE


def test_minimum_duties_that_nobody_agreed_on_are_asked_for(lichen: Run, alliance: Any):
    bare = replace(CLAUSE, terms=ClauseTerms(events=CLAUSE.terms.events))
    told = lichen("charter", "clause", alliance(clause=bare), "--on", "2026-11-22").stdout
    assert "No minimum duties are agreed. Agree on them today" in told
    assert "somebody you all trust" in told


def test_file_with_a_request_by_a_stranger_is_refused(lichen: Run, alliance: Any):
    path = Path(alliance())
    path.write_text(
        path.read_text().replace("partner: example-churches\n        ground", "partner: nobody\n        ground")
    )
    result = lichen("charter", "clause", path)
    assert result.exit_code == UNUSABLE
    assert "charter, clause, renegotiations, item 1, partner: no partner of the alliance has this id" in result.stderr
