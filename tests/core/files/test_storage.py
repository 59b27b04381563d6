from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.errors import InputError
from lichen.files.reading import read_audit
from lichen.files.workbook.template import write_template
from lichen.files.writing import write_audit, write_organisations
from tests.cast import churches_audit, hospital, hospital_audit

FORMATS = ("yaml", "json", "csv", "xlsx")
WRITE_FOR_EVER = """
import sys
from dataclasses import replace
from lichen.files.reading import read_audit
from lichen.files.writing import write_audit
path = sys.argv[1]
audit = read_audit(path)
print("begun", flush=True)
while True:
    write_audit(audit, path)
"""

# No file may grow beyond half of what is to be written: what a full disk does, for this process alone.
WRITE_TWICE_AS_MUCH = """
import resource, sys
from pathlib import Path
from lichen.errors import InputError
from lichen.files.storage import write_atomically
path = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_atomically(b"a" * 200_000, path)
except InputError as error:
    print(f"{error.problems[0].file}: {error.problems[0].what}")
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("form", FORMATS)
def test_a_written_file_is_readable_by_its_owner_alone(form: str, tmp_path: Path):
    before = os.umask(0)
    try:
        write_audit(hospital_audit, tmp_path / f"one.{form}")
        write_organisations((hospital,), tmp_path / f"many.{form}")
        write_template(tmp_path / "template.xlsx")
    finally:
        os.umask(before)

    assert {mode(path) for path in tmp_path.iterdir()} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them_when_it_is_written_anew(tmp_path: Path):
    path = tmp_path / "open.yaml"
    path.write_text("old")
    path.chmod(0o644)

    write_audit(hospital_audit, path)

    assert mode(path) == 0o600


def test_nothing_but_the_file_is_left_behind(tmp_path: Path):
    write_audit(hospital_audit, tmp_path / "audit.yaml")
    write_audit(churches_audit, tmp_path / "audit.yaml")

    assert [path.name for path in tmp_path.iterdir()] == ["audit.yaml"]


def test_a_link_keeps_leading_to_the_file_that_is_written(tmp_path: Path):
    (tmp_path / "real.yaml").write_text("old")
    (tmp_path / "link.yaml").symlink_to("real.yaml")

    write_audit(hospital_audit, tmp_path / "link.yaml")

    assert (tmp_path / "link.yaml").is_symlink()
    assert read_audit(tmp_path / "real.yaml") == hospital_audit


@pytest.mark.parametrize(
    "unreadable",
    [
        Organisation("x", ""),
        Organisation("x ", "X"),
        Organisation("x", "X", country="Norway"),
        Organisation("x", "X", vulnerabilities=(Vulnerability("ops.logistics", words="a" * 10_001),)),
        Organisation("x", "X", vulnerabilities=(Vulnerability("ops.logistics", words="\x1b[2J"),)),
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_what_could_not_be_read_back_is_not_written_over_what_can(form: str, unreadable: Organisation, tmp_path: Path):
    path = tmp_path / f"audit.{form}"
    write_audit(hospital_audit, path)

    with pytest.raises(InputError):
        write_audit(Audit(unreadable), path)

    assert read_audit(path) == hospital_audit


def test_a_text_that_a_cell_would_cut_off_is_not_written_to_a_workbook(tmp_path: Path):
    gap = Vulnerability("ops.logistics", words="\x0b" * 9_000)
    with pytest.raises(InputError, match="too long for a cell"):
        write_audit(Audit(Organisation("x", "X", vulnerabilities=(gap,))), tmp_path / "x.xlsx")


def test_what_is_too_large_to_be_read_back_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lichen.files.yaml_text.LARGEST", 100_000)
    gaps = (Vulnerability("ops.logistics", words="a" * 10_000),) * 10
    with pytest.raises(InputError, match="json holds most"):
        write_audit(Audit(Organisation("x", "X", vulnerabilities=gaps)), tmp_path / "x.yaml")

    assert list(tmp_path.iterdir()) == []


def test_an_id_that_two_organisations_have_is_not_written(tmp_path: Path):
    with pytest.raises(InputError, match="2 organisations have the id"):
        write_organisations((hospital, hospital), tmp_path / "x.json")


def test_a_folder_that_is_not_there_is_told_plainly(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be written here"):
        write_audit(hospital_audit, tmp_path / "gone" / "x.yaml")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "audit.yaml"
    write_audit(hospital_audit, path)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="cannot be written here"):
        write_audit(churches_audit, path)

    assert read_audit(path) == hospital_audit
    assert [one.name for one in tmp_path.iterdir()] == ["audit.yaml"]


def test_a_disk_that_is_full_in_the_middle_leaves_the_old_file_and_nothing_beside(tmp_path: Path):
    path = tmp_path / "audit.yaml"
    write_audit(hospital_audit, path)

    done = subprocess.run(
        [sys.executable, "-c", WRITE_TWICE_AS_MUCH, str(path)], capture_output=True, text=True, check=True
    )

    assert done.stdout == "audit.yaml: the file cannot be written here\n"
    assert read_audit(path) == hospital_audit
    assert [one.name for one in tmp_path.iterdir()] == ["audit.yaml"]


def test_whoever_is_reading_the_old_file_reads_it_to_its_end(tmp_path: Path):
    """The new one takes its place at once; nothing is ever written into the old one."""
    path = tmp_path / "audit.yaml"
    write_audit(hospital_audit, path)
    before = path.read_bytes()

    with path.open("rb") as old:
        write_audit(churches_audit, path)
        assert old.read() == before

    assert read_audit(path) == churches_audit


def test_a_pipe_is_not_written_over(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "link.yaml").symlink_to("pipe.yaml")

    with pytest.raises(InputError, match="this is not a file"):
        write_audit(hospital_audit, tmp_path / "link.yaml")

    assert (tmp_path / "pipe.yaml").is_fifo()


@pytest.mark.long
def test_a_writer_that_is_killed_never_leaves_half_a_file(tmp_path: Path):
    path = tmp_path / "audit.yaml"
    write_audit(hospital_audit, path)

    for turn in range(20):
        writer = subprocess.Popen([sys.executable, "-c", WRITE_FOR_EVER, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.01 + 0.007 * turn)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()

        assert read_audit(path) == hospital_audit
