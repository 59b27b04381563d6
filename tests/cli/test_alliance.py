"""The alliance's file on the command line: begun, checked, locked, and read by every command while it is locked."""

from __future__ import annotations

import json
import os
import pty
import select
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.charter.agreement.terms import AgreementTerms
from lichen.charter.values import Charter
from lichen.charter.votes.values import VotingRule
from lichen.files.alliances import is_locked_file, lock_alliance, read_alliance, write_alliance
from lichen.files.locking import Cost, Lock
from tests.cast import churches_audit, hospital_audit
from tests.cli.conftest import EXAMPLES
from tests.house.source import SRC

SESAME = "ein Löffel Kürbis im März"
CONFESSION = "zq the treasurer gambles zq"
PARTNERS = """
partners:
  - organisation: {id: a, name: A}
  - organisation: {id: b, name: B}
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    """An alliance of two, closed to others."""
    path = tmp_path / "alliance.yaml"
    write_alliance(Alliance("Eastfield Health", "GBP", partners=(hospital_audit, churches_audit)), path)
    return str(path)


@pytest.fixture
def locked_file(file: str) -> str:
    """The same, locked at the least cost."""
    lock_alliance(file, Lock(SESAME, os.urandom, Cost(2**16, 3, 4)))
    return file


def mode(path: str | Path) -> int:
    return stat.S_IMODE(Path(path).stat().st_mode)


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_new_begins_a_file_that_its_owner_alone_can_read_and_says_so(lichen, tmp_path: Path, form: str):
    out = tmp_path / f"alliance.{form}"
    asked = ("--name", "Eastfield Health", "--currency", "gbp", "--on", "2026-11-22", "--out", out)
    done = lichen("alliance", "new", "hospital.yaml", "churches.yaml", *asked)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        f"Written: {out}\n"
        "On this machine only your account and its administrator can read the file.\n"
        "It is not encrypted: whoever gets a copy can read it.\n"
        f"To encrypt it: lichen alliance lock {out}\n"
        f"Next, what may be shown to whom: lichen disclosure next {out}\n"
    )
    assert mode(out) == 0o600
    begun = read_alliance(out)
    assert (begun.name, begun.currency, begun.formed_on) == ("Eastfield Health", "GBP", None)
    assert begun.partners == (hospital_audit, churches_audit)


def test_new_writes_over_nothing_unless_it_is_told_to(lichen, file: str):
    done = lichen("alliance", "new", "hospital.yaml", "churches.yaml", "--name", "Other", "--out", file)

    assert done.exit_code == 2
    assert read_alliance(file).name == "Eastfield Health"


def test_new_tells_everything_that_is_wrong_with_the_audits(lichen, tmp_path: Path):
    out = tmp_path / "alliance.yaml"
    done = lichen("alliance", "new", "hospital.yaml", "gone.yaml", "gone.json", "--name", "x", "--out", out)

    assert (done.exit_code, done.stdout) == (2, "")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["gone.yaml", "gone.json"]
    assert not out.exists()


def test_new_needs_two_audits(lichen, tmp_path: Path):
    done = lichen("alliance", "new", "hospital.yaml", "--name", "x", "--out", tmp_path / "alliance.yaml")

    assert done.exit_code == 2
    assert done.stderr == "there are fewer than two audits; right would be: the audits of two partners or more\n"


def test_check_says_who_is_in_it_what_it_holds_who_can_read_it_and_whether_it_is_encrypted(
    lichen, file: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(Path(file).parent)
    done = lichen("alliance", "check")

    assert (done.exit_code, done.stderr) == (0, "")
    assert [line.rstrip() for line in done.stdout.splitlines() if line.strip()] == [
        "Eastfield Health",
        "Nothing is wrong with the file.",
        "Partners",
        "St Brigid's Hospital         6 gaps, 5 offers  example-hospital",
        "Three Churches of Eastfield  5 gaps, 5 offers  example-churches",
        "What it holds",
        "Opening up  nothing yet",
        "Pilots      nothing yet",
        "Charter     nothing yet",
        "Exchange    nothing yet",
        "Check-ins   nothing yet",
        "Progress    nothing yet",
        "Who can read it",
        "On this machine only your account and its administrator can read the file.",
        "It is not encrypted: whoever gets a copy can read it.",
        "To encrypt it: lichen alliance lock alliance.yaml",
    ]


def test_check_in_json_is_one_object(lichen, file: str):
    told = json.loads(lichen("alliance", "check", file, "--format", "json").stdout)

    assert list(told) == ["name", "currency", "formed_on", "partners", "holds", "owner_alone", "locked"]
    assert (told["owner_alone"], told["locked"]) == (True, False)
    assert told["holds"]["pilots"] == {"pilots": 0, "steps": 0, "reviews": 0}


@pytest.mark.parametrize("form", ["csv", "md"])
def test_check_has_the_other_formats_too(lichen, form: str, file: str):
    done = lichen("alliance", "check", file, "--format", form)

    assert done.exit_code == 0
    assert "example-churches" in done.stdout


def test_check_ends_with_1_where_others_can_read_the_file_and_says_how_to_mend_it(
    lichen, file: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(Path(file).parent)
    Path(file).chmod(0o644)
    done = lichen("alliance", "check", "alliance.yaml")

    assert (done.exit_code, done.stderr) == (1, "")
    assert "Other users of this machine can read the file." in done.stdout
    assert "To keep them out: chmod 600 alliance.yaml" in done.stdout


def test_check_tells_every_problem_with_its_place_and_who_can_read_the_file(lichen, tmp_path: Path):
    path = tmp_path / "alliance.yaml"
    path.write_text(
        f"name: x\ncurrency: pounds\n{PARTNERS}pilots:\n"
        f"  - {{id: p, partners: [a, z], terms: {{budget: {CONFESSION}}}}}\n"
        f"  - {{id: p, partners: [a, b], termz: {{}}}}\n"
    )
    path.chmod(0o600)
    done = lichen("alliance", "check", path)

    assert (done.exit_code, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert [line.split(":")[0] for line in lines[:5]] == [
        "alliance.yaml, pilots, item 1, terms.budget",
        "alliance.yaml, pilots, item 2, termz",
        "alliance.yaml, currency",
        "alliance.yaml, pilots, item 2, id",
        "alliance.yaml, pilots, item 1, partners",
    ]
    assert lines[5] == "On this machine only your account and its administrator can read the file."
    assert CONFESSION not in done.stderr


def test_check_does_not_pretend_to_know_who_can_read_a_file_on_windows(
    lichen, file: str, monkeypatch: pytest.MonkeyPatch
):
    for module in ("protection", "check"):
        monkeypatch.setattr(f"lichen.cli.alliance.{module}.is_owners_alone", lambda _path: None)
    done = lichen("alliance", "check", file)

    assert done.exit_code == 0
    assert "Windows alone knows who can read this file" in done.stdout


def test_lock_and_unlock_give_back_the_file_to_the_letter(lichen, file: str):
    before = Path(file).read_bytes()
    done = lichen("alliance", "lock", file, LICHEN_PASSPHRASE=SESAME)

    assert (done.exit_code, done.stderr) == (0, "")
    assert is_locked_file(file)
    assert (mode(file), b"Eastfield" in Path(file).read_bytes()) == (0o600, False)
    assert done.stdout == (
        f"Locked: {file}\n"
        "On this machine only your account and its administrator can read the file.\n"
        "It is encrypted: without the passphrase nobody can read it, and nobody can help who forgets it.\n"
        "Older copies of it, in backups, mails or on the disk itself, are as they were.\n"
    )
    assert lichen("alliance", "unlock", file, LICHEN_PASSPHRASE=SESAME).exit_code == 0
    assert (Path(file).read_bytes(), mode(file)) == (before, 0o600)


def test_check_reads_a_locked_file_and_says_that_it_is_encrypted(lichen, locked_file: str):
    Path(locked_file).chmod(0o644)
    done = lichen("alliance", "check", locked_file, LICHEN_PASSPHRASE=SESAME)

    assert (done.exit_code, done.stderr) == (0, "")
    assert "Three Churches of Eastfield" in done.stdout
    assert "It is encrypted" in done.stdout


@pytest.mark.parametrize(
    ("passphrase", "told"),
    [
        ("another one", "alliance.yaml: the passphrase is not right, or the file is not as it was written"),
        (None, "a passphrase is needed, and there is nobody to ask"),
    ],
)
def test_a_locked_file_is_read_with_its_passphrase_alone(lichen, locked_file: str, passphrase: str | None, told: str):
    environment = {} if passphrase is None else {"LICHEN_PASSPHRASE": passphrase}

    for command in ("check", "unlock"):
        done = lichen("alliance", command, locked_file, **environment)
        assert done.exit_code == 2
        assert done.stderr.splitlines()[0].partition("; right would be")[0] == told
        assert "another one" not in done.stderr
    assert is_locked_file(locked_file)


def test_a_passphrase_that_is_set_and_empty_counts_as_not_set(lichen, file: str):
    done = lichen("alliance", "lock", file, LICHEN_PASSPHRASE="")

    assert done.exit_code == 2
    assert done.stderr.startswith("a passphrase is needed, and there is nobody to ask; right would be: ")
    assert not is_locked_file(file)


@pytest.mark.parametrize(("passphrase", "is_short"), [("elevenmarks", True), ("twelve marks", False)])
def test_lock_warns_a_script_of_a_short_passphrase_and_takes_it(lichen, file: str, passphrase: str, is_short: bool):
    done = lichen("alliance", "lock", file, LICHEN_PASSPHRASE=passphrase)

    assert (done.exit_code, "This passphrase is short" in done.stderr) == (0, is_short)
    assert is_locked_file(file)


def test_lock_refuses_an_audit_before_it_asks(lichen, tmp_path: Path):
    path = tmp_path / "hospital.yaml"
    path.write_bytes((EXAMPLES / "hospital.yaml").read_bytes())
    done = lichen("alliance", "lock", path)

    assert done.exit_code == 2
    assert done.stderr.startswith("hospital.yaml, lichen: this is an audit, not an alliance; right would be: ")


def test_new_given_an_alliance_says_so(lichen, file: str, tmp_path: Path):
    done = lichen("alliance", "new", "hospital.yaml", file, "--name", "x", "--out", tmp_path / "new.yaml")

    assert done.exit_code == 2
    assert done.stderr.startswith("alliance.yaml, lichen: this is an alliance, not an audit; right would be: ")


def test_commands_to_copy_quote_a_path_with_a_space(lichen, tmp_path: Path):
    out = tmp_path / "my alliance.yaml"
    told = lichen("alliance", "new", "hospital.yaml", "churches.yaml", "--name", "x", "--out", out).stdout

    assert told.count(f"'{out}'") == 2


def test_check_counts_a_rule_and_terms_as_something_that_the_charter_holds(lichen, file: str):
    charter = Charter(rule=VotingRule(), terms=AgreementTerms(purpose="Fewer strokes"))
    write_alliance(replace(read_alliance(file), charter=charter), file)

    assert "Charter     how you decide, terms\n" in "\n".join(
        line.rstrip() for line in lichen("alliance", "check", file).stdout.splitlines()
    )


def test_lock_refuses_a_locked_file_before_it_asks(lichen, locked_file: str):
    done = lichen("alliance", "lock", locked_file)

    assert done.exit_code == 2
    assert done.stderr.startswith("alliance.yaml: the file is locked already")


def test_no_command_takes_a_passphrase_in_its_command_line(lichen):
    for command in ("new", "check", "lock", "unlock"):
        assert "--passphrase" not in lichen("alliance", command, "--help").stdout


def test_every_command_reads_an_alliance_through_the_one_door_that_asks_for_the_passphrase():
    doors = [
        path.relative_to(SRC).as_posix()
        for path in (SRC / "lichen" / "cli").rglob("*.py")
        if "read_alliance" in path.read_text(encoding="utf-8")
    ]
    assert doors == ["lichen/cli/alliance/given.py"]


def typed_at_a_terminal(arguments: list[str], answers: list[str]) -> tuple[int, str]:
    """Run a command at a terminal of its own, and answer each question that it ends a line with."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "LICHEN_PASSPHRASE"}
    command = [str(Path(sys.executable).with_name("lichen")), *arguments]
    running = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    shown, waiting, answered = "", list(answers), 0
    while read := _read_some(ours):
        shown += read
        asked = len(shown.rstrip(" "))  # a question and the space behind it may come in two pieces
        if waiting and asked > answered and shown[:asked].endswith(":"):
            os.write(ours, f"{waiting.pop(0)}\n".encode())
            answered = asked
    os.close(ours)
    return running.wait(timeout=60), shown.replace("\r\n", "\n")


def _read_some(handle: int) -> str:
    """What the terminal shows next; nothing once the command is done, or after a minute without a word."""
    try:
        ready, _, _ = select.select([handle], [], [], 60)
        return os.read(handle, 4096).decode(errors="replace") if ready else ""
    except OSError:
        return ""


def test_at_a_terminal_the_passphrase_is_asked_for_twice_and_never_shown(file: str):
    status, shown = typed_at_a_terminal(["alliance", "lock", file], [SESAME, SESAME])

    assert status == 0, shown
    assert shown.splitlines()[:3] == [f"New passphrase for {file}: ", "The same again: ", f"Locked: {file}"]
    assert SESAME not in shown
    status, shown = typed_at_a_terminal(["alliance", "unlock", file], [SESAME])
    assert (status, shown.splitlines()[:2]) == (0, [f"Passphrase of {file}: ", f"Unlocked: {file}"])


@pytest.mark.parametrize(("answers", "status"), [(["short", "y", "short"], 0), (["short", "n"], 2)])
def test_at_a_terminal_a_short_passphrase_is_asked_about(file: str, answers: list[str], status: int):
    done, shown = typed_at_a_terminal(["alliance", "lock", file], answers)

    assert (done, is_locked_file(file)) == (status, status == 0), shown
    assert "Lock the file with it: are you sure? [y/N]:" in shown


def test_at_a_terminal_two_different_passphrases_lock_nothing(file: str):
    status, shown = typed_at_a_terminal(["alliance", "lock", file], [SESAME, "other"])

    assert status == 2
    assert "the two passphrases are not the same" in shown
    assert not is_locked_file(file)
