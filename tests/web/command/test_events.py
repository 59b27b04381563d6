"""``lichen-web events``: what is told of the chains, and marks that are kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from lichen.errors import InputError
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.transactions import acting
from lichen_web.alliances.events import record
from lichen_web.alliances.models.event import ChainOf
from lichen_web.command.events import app, read_marks

HOST = Actor(UUID(int=9), is_host=True)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CIRCLE = UUID(int=7)

Say = Callable[..., Result]


@pytest.fixture
def say(any_database: str, as_owner) -> Say:
    """Runs the command as its host does, who owns the tables."""
    for _ in range(3):
        happen()

    def run(*words: str) -> Result:
        with as_owner():
            return CliRunner().invoke(app, ["events", *words])

    return run


def happen() -> None:
    with acting(HOST):
        record("member_joined", of=ChainOf.CIRCLE, chain=CIRCLE, at=NOON, payload={"role": "lead"})


def test_chains_as_they_were_written_are_said_to_be_so(say: Say):
    answer = say("verify")
    assert answer.output.splitlines() == [
        "1 chains with 3 events were read.",
        "Nothing was changed.",
    ]
    assert answer.exit_code == 0


def test_what_was_changed_is_told_and_ends_with_one(say: Say, tamper):
    tamper("UPDATE lichen_event SET what = 'member_left' WHERE number = 2")
    answer = say("verify")
    assert answer.output.splitlines() == [
        f"circle {CIRCLE}: event 2 was changed",
        "1 chains with 3 events were read.",
    ]
    assert answer.exit_code == 1


def test_marks_kept_elsewhere_show_a_chain_that_was_cut(say: Say, tamper, tmp_path: Path):
    marks = tmp_path / "marks.jsonl"
    answer = say("checkpoint", "--to", str(marks))
    assert (answer.output, answer.exit_code) == ("1 chains were marked.\n", 0)
    assert marks.stat().st_mode & 0o777 == 0o600
    happen()
    assert say("verify", "--against", str(marks)).exit_code == 0
    tamper(
        "DELETE FROM lichen_event_payload",
        "DELETE FROM lichen_event",
        "DELETE FROM lichen_checkpoint",
        "DELETE FROM lichen_chain",
    )
    assert say("verify").exit_code == 0
    answer = say("verify", "--against", str(marks))
    assert answer.output.splitlines()[:2] == [
        f"? {CIRCLE}: the head does not point to the last event, 0",
        f"? {CIRCLE}: it is not as it was when event 3 was marked: it was written anew, or cut off",
    ]
    assert answer.exit_code == 1


def test_file_holds_the_newest_mark_of_each_chain(say: Say, tmp_path: Path):
    marks = tmp_path / "marks.jsonl"
    say("checkpoint")
    happen()
    say("checkpoint", "--to", str(marks))
    assert [(mark.chain, mark.of, mark.number) for mark in read_marks(marks)] == [(CIRCLE, "circle", 4)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "this is no file of marks"),
        ('{"chain": 1}\n', "this is no file of marks"),
        ('"lichen checkpoints/1"\n{"chain": 1}\n', "this line is no mark"),
        ('"lichen checkpoints/1"\n[]\n', "this line is no mark"),
        ('"lichen checkpoints/1"\nnot JSON\n', "this line is no mark"),
        (
            '"lichen checkpoints/1"\n' + json.dumps({"chain": str(CIRCLE), "of": "circle"}) + "\n",
            "this line is no mark",
        ),
        ("é", "this file cannot be read"),
    ],
)
def test_file_that_is_none_of_ours_is_refused(tmp_path: Path, text: str, problem: str):
    path = tmp_path / "marks.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_marks(path)
    assert [each.what for each in refused.value.problems] == [problem]


def test_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read"):
        read_marks(tmp_path / "none")
