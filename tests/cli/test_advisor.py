"""The advisor on the command line: answers from options, a file, a pipe or nobody; reasons, and 80 columns."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest

SIMPLE = ("-a", "horizon=short", "-a", "work=simple", "-a", "threat=none")


def rows(result, part: str) -> list[dict[str, object]]:
    return [row for row in json.loads(result.stdout) if row["part"] == part]


def test_advisor_says_the_model_first_then_why_and_ends_with_0(lichen):
    result = lichen("advisor", *SIMPLE)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Strength-based suits your situation"
    assert "+ It is best for simple work with clear results. [article: Model A]" in result.stdout
    assert "■ There is no threat that you share. [ours]" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_advisor_says_none_of_these_now_and_ends_with_1(lichen):
    result = lichen("advisor", *SIMPLE, "-a", "facts=hidden")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (1, "None of these now")
    assert "Show it, or do not ally." in " ".join(result.stdout.split())


def test_advisor_reads_a_file_and_single_answers_win(lichen, tmp_path):
    path = tmp_path / "situation.yaml"
    path.write_text("horizon: short\nwork: simple\nthreat: none\nfacts: hidden\nshowing: no\n")
    assert lichen("advisor", "--answers", path).exit_code == 1
    result = lichen("advisor", "--answers", path, "-a", "facts=shown", "-f", "json")
    (found,) = rows(result, "advice")
    assert (found["model"], found["verdict"], result.exit_code) == ("strength-based", "model", 0)
    ruled_out = {row["model"] for row in rows(result, "model") if row["is_ruled_out"]}
    assert ruled_out == {"uncommon-complement", "shared-threat"}


def test_advisor_takes_one_answer_a_line_from_a_pipe(lichen):
    result = lichen("advisor", "-f", "json", given="1\n1\n\nnone\n.\n2\n")
    (found,) = rows(result, "advice")
    assert (found["model"], len(found["open"]), found["is_provisional"]) == ("strength-based", 10, True)


def test_advisor_without_anybody_to_answer_says_so_and_does_not_wait(lichen):
    result = lichen("advisor", given="")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (1, "Too little is known to say")


def test_advisor_never_waits_for_a_pipe_that_stays_silent():
    with subprocess.Popen(
        [sys.executable, "-c", "from lichen.cli.main import run; run()", "advisor"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as asked:
        assert asked.stdout is not None
        assert b"Too little is known to say" in asked.stdout.read()
    assert asked.returncode == 1


def test_advisor_asks_one_at_a_time_at_a_terminal_and_again_after_a_slip():
    near, far = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", "from lichen.cli.main import run; run()", "advisor"],
        stdin=far,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": "80"},
        text=True,
    ) as asked:
        os.close(far)
        os.write(near, b"7\n1\n1\n\n1\n.\n")
        told, questions = asked.communicate()
    os.close(near)
    assert (asked.returncode, told.splitlines()[0]) == (0, "Strength-based suits your situation")
    assert "13 questions. Type a number; Enter leaves one open, a full stop ends." in questions
    assert questions.count("For how long do you need each other?") == 1
    assert "a number from 1 to 3, or short, medium, long" in questions
    assert "5 of 13. Does each have what the other lacks?" in questions
    assert "6 of 13" not in questions


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (("-a", "horizon=forever"), "horizon: this is none of the answers; right would be: short, medium, long"),
        (("-a", "weather=fine"), "weather: there is no such question"),
        (("-a", "short"), "--answer: this is no answer"),
    ],
)
def test_advisor_refuses_what_is_no_answer(lichen, given, problem):
    result = lichen("advisor", *given)
    assert result.exit_code == 2
    assert problem in result.stderr


def test_advisor_refuses_a_wrong_line_of_a_pipe(lichen):
    result = lichen("advisor", given="9\n")
    assert result.exit_code == 2
    assert "a number from 1 to 3, or short, medium, long" in result.stderr


@pytest.mark.parametrize("text", ["- a\n- b\n", "horizon: [short]\n", "just words\n"])
def test_advisor_refuses_a_file_that_is_no_list_of_answers(lichen, tmp_path, text):
    path = tmp_path / "situation.yaml"
    path.write_text(text)
    result = lichen("advisor", "--answers", path)
    assert (result.exit_code, "situation.yaml" in result.stderr) == (2, True)


def test_advisor_table_marks_the_claims(lichen):
    result = lichen("advisor", "--table")
    assert result.exit_code == 0
    assert "~60% *           ~50% *            ~10% *" in result.stdout
    assert "* claimed in the article; no source found." in result.stdout
    marked = [row["is_claimed"] for row in rows(lichen("advisor", "--table", "-f", "json"), "comparison")]
    assert marked == [False, False, False, False, False, True]


def test_advisor_tells_what_would_change_it(lichen):
    result = lichen("advisor", *SIMPLE, "-f", "json")
    changes = {(row["asked"], row["answer"]): row["verdict"] for row in rows(result, "change")}
    assert changes["facts", "hidden"] == changes["balance", "too-unequal"] == "none of these now"


@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_advisor_prints_in_every_form(lichen, layout):
    assert lichen("advisor", *SIMPLE, "-f", layout).stdout
