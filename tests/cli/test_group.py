from __future__ import annotations

import signal
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from lichen.cli.group import LazyGroup
from lichen.errors import ExtraNeeded, InputError, Problem

START = "from lichen.cli.main import run; run()"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["mtach"], "No such command 'mtach'. Did you mean 'match'? (see: lichen --help)"),
        (["--nonsense"], "No such option: --nonsense (see: lichen --help)"),
        (["match"], "Missing argument 'ORG'. (see: lichen match --help)"),
        (["match", "hospital.yaml"], "Missing option '--among'. (see: lichen match --help)"),
        (["audit", "chekc"], "No such command 'chekc'. Did you mean 'check'? (see: lichen audit --help)"),
        (
            ["match", "hospital.yaml", "--among", "churches.yaml", "--top", "0"],
            "Invalid value for '--top': it must be at least 1 (see: lichen match --help)",
        ),
        (
            ["match", "hospital.yaml", "--among", "churches.yaml", "--top", "ten"],
            "Invalid value for '--top': it is not a whole number (see: lichen match --help)",
        ),
        (
            ["match", "hospital.yaml", "--among", "churches.yaml", "--fusion", "mean"],
            "Invalid value for '--fusion': 'mean' is not one of 'harmonic', 'geometric', 'minimum', 'product'. "
            "(see: lichen match --help)",
        ),
        (
            ["matrix", "hospital.yaml", "churches.yaml", "--out", "matrix.pdf"],
            "Invalid value for --out: it must end in .html, .svg or .png (see: lichen matrix --help)",
        ),
        (
            ["brief", "hospital.yaml", "churches.yaml", "--out", "brief.pdf"],
            "Invalid value for --out: it must end in .md, .html or .json (see: lichen brief --help)",
        ),
    ],
)
def test_misuse_is_told_in_one_line_and_ends_with_two(lichen, arguments, told):
    result = lichen(*arguments)
    assert (result.stderr, result.stdout, result.exit_code) == (f"{told}\n", "", 2)


def test_format_that_there_is_not_names_those_that_there_are(lichen):
    result = lichen("match", "hospital.yaml", "--among", "churches.yaml", "--format", "pdf")
    assert result.exit_code == 2
    assert "'table', 'json', 'csv', 'md'" in result.stderr


def group(act) -> typer.Typer:
    app = typer.Typer(cls=LazyGroup, rich_markup_mode=None)
    app.callback(invoke_without_command=True)(lambda: act())
    return app


def test_refusal_tells_every_problem_on_a_line_of_its_own():
    def refuse() -> None:
        raise InputError([Problem("one thing", "another"), Problem("a second\x1b[2J", "", file="x.yaml", row=3)])

    result = CliRunner().invoke(group(refuse))
    assert (result.stderr, result.exit_code) == (
        "one thing; right would be: another\nx.yaml, row 3: a second[2J\n",
        2,
    )


def test_extra_that_is_missing_is_told_by_name():
    def refuse() -> None:
        raise ExtraNeeded("charts", "A picture")

    result = CliRunner().invoke(group(refuse))
    told = "A picture needs the optional part lichen[charts]. In the folder that Lichen was installed from: "
    assert (result.stderr, result.exit_code) == (f"{told}.venv/bin/pip install '.[charts]'\n", 2)


def test_what_nobody_foresaw_is_not_swallowed():
    def break_down() -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        CliRunner().invoke(group(break_down), catch_exceptions=False)


def test_interrupt_ends_quietly_with_130():
    def interrupt() -> None:
        raise KeyboardInterrupt

    result = CliRunner().invoke(group(interrupt))
    assert (result.output, result.exit_code) == ("", 130)


def test_interrupt_of_a_process_is_quiet():
    code = f"import sys; sys.argv = ['lichen', 'recognise']; {START}"
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, stderr=-1, text=True) as running:
        running.stdin.write("we lack money\n")
        running.stdin.flush()
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        running.stdin.close()  # a signal that comes just before it waits for a line is heard with the next, or the last
        assert (running.wait(60), running.stderr.read()) == (130, "")


def test_reader_that_has_read_enough_ends_it_quietly():
    code = f"import sys; sys.argv = ['lichen', 'capabilities']; {START}"
    with subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1, text=True) as running:
        running.stdout.close()
        assert (running.wait(20), running.stderr.read()) == (141, "")


def test_lines_are_answered_as_they_come():
    code = f"import sys; sys.argv = ['lichen', 'recognise']; {START}"
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True) as running:
        for line in ("we lack money", "a fine day"):
            running.stdin.write(f"{line}\n")
            running.stdin.flush()
            assert running.stdout.readline().startswith(f'{{"text": "{line}", "matches": [')
        running.stdin.close()
        assert running.wait(20) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["hospital.yaml", "--among", "churches.yaml", "farmers.yaml", "city.yaml"],
        ["--among", "churches.yaml", "farmers.yaml", "--among=city.yaml", "--top", "10", "hospital.yaml"],
        ["hospital.yaml", "--among", "churches.yaml", "--among", "farmers.yaml", "city.yaml", "--top", "10"],
    ],
)
def test_among_takes_every_file_up_to_the_next_option(lichen, arguments):
    found = lichen("match", *arguments).stdout
    assert "3 others were looked at" in found
