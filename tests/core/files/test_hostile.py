from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from lichen.errors import InputError
from lichen.files.draft import Reading
from lichen.files.reading import read_audit, read_audit_text, read_organisations
from lichen.files.workbook.vetting import vet
from tests.core.files.given import problems_of, within, written
from tests.core.files.hostile import HOSTILE, SLOW, lying_about_sizes, workbook

READ_ALL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))
from pathlib import Path
from lichen.errors import InputError
from lichen.files.reading import read_audit
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read_audit(path)
    except InputError:
        print(path.name)
"""

LIMITS = """
import resource
from lichen.files.workbook import child
try:
    child.main()
except Exception:
    print(resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU))
"""


def test_there_are_at_least_forty_hostile_files():
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in SLOW else ()) for name in HOSTILE]
)
def test_a_hostile_file_gets_a_clear_refusal_in_time(name: str, tmp_path: Path):
    form, made = HOSTILE[name]
    path = written(tmp_path, f"hostile.{form}", made())

    with within(60):
        told = problems_of(path)

    assert 1 <= len(told) <= 101
    assert all(problem.what and problem.right for problem in told)
    assert {problem.file for problem in told[:100]} == {path.name}


@pytest.mark.parametrize(
    "name",
    [
        "a billion laughs in a sheet",
        "a billion laughs in the strings",
        "an entity from a file",
        "a doctype in UTF-16",
        "a doctype in UTF-16 without a mark",
        "letters of another alphabet",
    ],
)
def test_declarations_in_a_workbook_are_refused_before_anything_parses_them(name: str):
    with pytest.raises(InputError, match="declarations that no spreadsheet program writes"):
        vet(HOSTILE[name][1](), Reading(""))


def test_a_part_is_never_unpacked_beyond_the_size_that_was_looked_at():
    raw = lying_about_sizes()
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="damaged"):
            vet(raw, Reading(""))
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_the_child_that_opens_workbooks_has_limits_of_memory_and_time():
    done = subprocess.run([sys.executable, "-c", LIMITS], input="", capture_output=True, text=True, check=True)

    assert done.stdout == "(1073741824, 1073741824) (20, 20)\n"


@pytest.mark.parametrize(
    ("form", "most"), [("yaml", 5 * 10**6), ("xlsx", 5 * 10**6), ("json", 64 * 2**20), ("csv", 64 * 2**20)]
)
def test_a_file_is_too_large_by_its_bytes_whatever_is_in_it(form: str, most: int, tmp_path: Path):
    path = written(tmp_path, f"large.{form}", b"#")
    os.truncate(path, most + 1)

    assert [problem.what for problem in problems_of(path)] == ["the file is too large"]


@pytest.mark.long
def test_hostile_files_are_refused_in_two_gigabytes_of_memory(tmp_path: Path):
    names = []
    for place, (form, made) in enumerate(HOSTILE.values()):
        names.append(written(tmp_path, f"{place:03}.{form}", made()).name)

    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(tmp_path)], capture_output=True, text=True, timeout=300, check=True
    )

    assert done.stdout.split() == names


def test_a_missing_file_is_told_plainly(tmp_path: Path):
    assert problems_of(tmp_path / "gone.yaml")[0].what == "there is no such file"


def test_a_folder_is_no_file(tmp_path: Path):
    (tmp_path / "folder.json").mkdir()

    assert [problem.what for problem in problems_of(tmp_path / "folder.json")] == ["this is not a file"]


def test_a_pipe_without_a_writer_does_not_hang(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.json")

    with within(60):
        assert problems_of(tmp_path / "pipe.json")[0].what == "this is not a file"


def test_a_device_without_an_end_is_no_file(tmp_path: Path):
    (tmp_path / "zero.json").symlink_to("/dev/zero")

    with within(60):
        assert problems_of(tmp_path / "zero.json")[0].what == "this is not a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told_plainly(tmp_path: Path):
    path = written(tmp_path, "closed.yaml", "organisation: {name: x}")
    path.chmod(0)

    assert problems_of(path)[0].what == "the file cannot be opened"


def test_a_suffix_that_is_no_format_is_told_with_those_that_are(tmp_path: Path):
    problem = problems_of(written(tmp_path, "audit.docx", "x"))[0]

    assert (problem.file, problem.right) == ("audit.docx", ".yaml, .yml, .json, .csv, .xlsx")


def test_a_path_with_a_nought_in_it_is_told_plainly():
    with pytest.raises(InputError, match="cannot be opened"):
        read_audit("a\0b.yaml")


def test_a_plain_workbook_from_the_same_workshop_is_read(tmp_path: Path):
    """So that the hostile ones are refused for what is wrong with them, and not for the way they were made."""
    path = written(tmp_path, "plain.xlsx", workbook())

    assert [one.name for one in read_organisations([path])] == ["Meadow Action"]


def test_the_child_does_not_take_its_modules_from_the_folder_it_is_called_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = written(tmp_path, "plain.xlsx", workbook())
    for name in ("openpyxl", "json", "defusedxml"):
        written(tmp_path, f"{name}.py", "raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)

    assert read_audit(path).organisation.name == "Meadow Action"


def test_more_rows_than_anybody_has_are_refused_before_each_is_pondered():
    """What each of them means is looked for in the vocabulary: tens of thousands kept a server busy for long."""
    many = ", ".join(['{"code": "x", "words": "y"}'] * 501)
    with pytest.raises(InputError, match="too many rows"):
        read_audit_text(f'{{"organisation": {{"name": "x"}}, "vulnerabilities": [{many}]}}', "json")
