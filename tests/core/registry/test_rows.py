"""Reading a register's table row by row, and refusing what is no such table."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.errors import InputError, Problem
from lichen.registry.rows import register_rows, told
from tests.core.files.given import within


def table(folder: Path, content: bytes | str) -> Path:
    path = folder / "register.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path, *headings: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InputError) as caught:
        list(register_rows(path, headings))
    return [(problem.what, problem.row) for problem in caught.value.problems]


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    path = table(tmp_path, 'name,text\nOne,"two\nlines"\n\nTwo, b \n')
    found = [(row.number, dict(row.cells)) for row in register_rows(path, ["name"])]
    assert found == [(2, {"name": "One", "text": "two\nlines"}), (4, {"name": "Two", "text": "b"})]


def test_a_byte_order_mark_is_no_part_of_the_first_heading(tmp_path: Path) -> None:
    path = table(tmp_path, "\ufeffname\nOne\n")
    assert [row.cells["name"] for row in register_rows(path, ["name"])] == ["One"]


def test_the_first_of_two_headings_alike_counts(tmp_path: Path) -> None:
    path = table(tmp_path, "name,name\nOne,Two\n")
    assert [row.cells["name"] for row in register_rows(path, ["name"])] == ["One"]


def test_all_missing_headings_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        list(register_rows(table(tmp_path, "name\nOne\n"), ["org_id", "name", "income"]))
    assert [problem.right for problem in caught.value.problems] == [
        "a heading org_id in the first row",
        "a heading income in the first row",
    ]


def test_an_empty_file_lacks_every_heading(tmp_path: Path) -> None:
    assert refusal(table(tmp_path, ""), "name") == [("a column is missing", 1)]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.csv", "name") == [("the file cannot be read", None)]


def test_a_pipe_and_a_device_are_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    with within(60):
        assert refusal(tmp_path / "pipe.csv", "name") == [("the file cannot be read", None)]
        assert refusal(tmp_path / "zero.csv", "name") == [("the file cannot be read", None)]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "name") == [("the file cannot be read", None)]


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, "name\nCaf\xe9\n".encode("latin-1"))
    assert refusal(path, "name") == [("the text is not in UTF-8", 1)]


@pytest.mark.parametrize(
    "content",
    [
        'name\nOne\n"never closed\n',
        'name\nOne\n"closed"too early\n',
        "name\nOne\nTw\0o\n",
        "name\nOne\n" + "x" * 200_000 + "\n",
        "name\nOne\n" + "x," * 600_000 + "\n",
        'name\nOne\n"' + "x\n" * 600_000 + '"\n',
    ],
    ids=["open quotation", "text after quotation", "NUL", "huge cell", "huge row", "huge cell of many lines"],
)
def test_a_broken_or_huge_row_is_refused_with_its_place(tmp_path: Path, content: str) -> None:
    assert refusal(table(tmp_path, content), "name") == [("a cell does not end where it should", 3)]


def test_a_row_with_too_few_cells_is_refused(tmp_path: Path) -> None:
    what = "the row has another number of cells than there are headings"
    assert refusal(table(tmp_path, "name,text\nOne,a\nTwo\n"), "name") == [(what, 3)]


def test_many_problems_are_told_up_to_a_number_and_then_counted() -> None:
    problems = [Problem("wrong", "right", row=row) for row in range(60)]
    assert told(problems)[:50] == problems[:50]
    assert [problem.what for problem in told(problems)[50:]] == ["there are 10 more problems"]
    assert told(problems[:50]) == problems[:50]


@settings(max_examples=300)
@given(st.binary(max_size=60))
def test_whatever_the_bytes_the_answer_is_rows_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = table(tmp_path_factory.getbasetemp(), b"name\n" + content)
    with suppress(InputError):
        assert all(row.number > 1 for row in register_rows(path, ["name"]))
