"""What has happened is rewritten by nobody: not by the web or the worker, and not by the owner of the tables."""

# ruff: noqa: S608 - the SQL that is put together here is the attack

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from lichen_web.alliances.access.transactions import whole, working
from lichen_web.alliances.standing import STAYS
from lichen_web.environment import Part
from tests.house.source import ROOT
from tests.web.alliances.one_of_each import NOON, OURS, granted, write_one_of_each
from tests.web.alliances.walls.attacks import refused, say
from tests.web.postgres import Database

UUIDS, TIMES, BYTES, NUMBER = (f"'{uuid4()}'", f"'{NOON + timedelta(days=9)}'", "'x'", "number")

CHANGES = {
    "lichen_circle_membership": {
        "circle_id": UUIDS,
        "organisation_id": UUIDS,
        "claim_id": UUIDS,
        "asked_at": TIMES,
        "admitted_at": TIMES,
        "vouched_by_id": UUIDS,
    },
    "lichen_complaint": {"circle_id": UUIDS, "by_id": UUIDS, "about_id": UUIDS, "words": BYTES, "made_at": TIMES},
    "lichen_grant": {
        "owner_id": UUIDS,
        "reader_id": UUIDS,
        "matter_id": UUIDS,
        "part_id": UUIDS,
        "granted_at": TIMES,
        "sealed_key": BYTES,
        "withdrawn_at": "NULL",
    },
    "lichen_match_card": {"sealed": BYTES},
    "lichen_matter": {
        "circle_id": UUIDS,
        "pair": "'x'",
        "opened_at": TIMES,
        "last_number": "last_number + 2",
    },
    "lichen_offer": {"organisation_id": UUIDS, "made_at": TIMES, "version": "0"},
    "lichen_probe_charge": {
        "organisation_id": UUIDS,
        "quarter": "'2020Q1'",
        "codes": "codes + 11",
    },
    "lichen_proposal": {"organisation_id": UUIDS, "circle_id": UUIDS, "sealed": BYTES, "method": "'x'"},
    "lichen_publication": {
        "organisation_id": UUIDS,
        "circle_id": UUIDS,
        "published_at": TIMES,
        "stands_until": TIMES,
        "sealed": BYTES,
        "wrapped_key": BYTES,
    },
    "lichen_sealed_part": {"sealed": BYTES, "rung": "4", "version": "2", "organisation_id": UUIDS},
    "lichen_sitting": {"version": "0"},
    "lichen_vulnerability": {"organisation_id": UUIDS, "made_at": TIMES, "version": "0"},
}
"""One change each of what must stay."""

SET_ONCE = {
    "lichen_complaint": {
        "answer = 'a', answered_at = '2026-11-23'": ("answer = 'b'", "answer = NULL, answered_at = NULL"),
        "outcome = 'upheld', reason = 'r', decided_at = '2026-11-24'": (
            "outcome = 'dismissed'",
            "decided_at = NULL",
            "reason = 'no'",
            "answer = 'late'",
        ),
    },
    "lichen_matter": {"ended_at = '2026-11-23'": ("ended_at = NULL", "ended_at = '2027-01-01'", "last_number = 2")},
    "lichen_probe_charge": {"codes = 10": ("codes = 9", "codes = 0")},
    "lichen_proposal": {"ended_at = '2026-11-23'": ("ended_at = NULL",)},
    "lichen_publication": {"withdrawn_at = '2026-11-23'": ("withdrawn_at = NULL", "withdrawn_at = '2027-01-01'")},
    "lichen_circle_membership": {"removed_at = '2026-11-23'": ("removed_at = NULL",)},
    "lichen_vulnerability": {"version = 5": ("version = 4",)},
    "lichen_offer": {"version = 5": ("version = 4",)},
    "lichen_sitting": {"version = 5": ("version = 4",)},
}
"""What may be said once, and then not again."""


def update(table: str, change: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")
        return int(cursor.rowcount)


def stayed() -> pytest.RaisesExc:
    return pytest.raises(IntegrityError, match="this is not changed any more")


@pytest.mark.parametrize(("table", "column"), [(table, column) for table, those in CHANGES.items() for column in those])
def test_what_stays_is_rewritten_by_nobody(rows: Database, table: str, column: str):
    change = f"{column} = {CHANGES[table][column]}"
    with rows.signed_in(Part.OWNER), whole(), stayed():
        update(table, change)
    for part in (Part.WEB, Part.WORKER):
        with rows.signed_in(part), working(OURS), refused():
            assert update(table, change) == 0
            raise IntegrityError


@pytest.mark.parametrize("table", SET_ONCE)
def test_what_is_said_once_is_not_said_again(rows: Database, table: str):
    with rows.signed_in(Part.OWNER), whole():
        for said, again in SET_ONCE[table].items():
            assert update(table, said) >= 1
            for other in again:
                with stayed(), transaction.atomic():
                    update(table, other)


@pytest.mark.django_db
@pytest.mark.parametrize("table", SET_ONCE)
def test_sqlite_keeps_it_as_well(table: str):
    write_one_of_each()
    for column, value in CHANGES.get(table, {}).items():
        with stayed(), transaction.atomic():
            update(table, f"{column} = {value}")
    for said, again in SET_ONCE[table].items():
        assert update(table, said) >= 1
        for other in again:
            with stayed(), transaction.atomic():
                update(table, other)


def test_grant_is_withdrawn_with_its_key_and_for_good(rows: Database):
    with working(OURS):
        granted()
    of_ours = {"me": OURS}
    with refused("not changed any more"):
        say("UPDATE lichen_grant SET sealed_key = 'other'", **of_ours)
    with refused("not changed any more"):
        say("UPDATE lichen_grant SET sealed_key = ''", **of_ours)
    standing = "WHERE withdrawn_at IS NULL"
    assert say(f"UPDATE lichen_grant SET withdrawn_at = now(), sealed_key = '' {standing}", **of_ours) == 1
    with refused("not changed any more"):
        say("UPDATE lichen_grant SET withdrawn_at = NULL", **of_ours)


def test_every_table_that_stays_is_attacked_here():
    attacked = CHANGES.keys() | SET_ONCE.keys() | {"lichen_convener", "lichen_membership"}
    assert attacked == {*STAYS}


def test_migration_and_start_name_the_same_tables():
    text = (ROOT / "src/lichen_web/alliances/migrations/0008_stronger_walls.py").read_text(encoding="utf-8")
    named = re.findall(r'^    "(lichen_\w+)": ', text.partition("STAYS = {")[2].partition("\n}\n")[0], re.MULTILINE)
    assert tuple(named) == STAYS
